//! Colours of charts.

use rust_xlsxwriter::Color;

use crate::render::chart::{BarPart, Side};

/// Lines beside the subject.
pub(super) const GREY: Color = Color::RGB(0x0059_636E);

/// The target.
pub(super) const RED: Color = Color::RGB(0x00B4_2318);

/// The colours of the bad, the neutral and the good points, the outer ones first.
const BAD: [u32; 3] = [0x00B3_5A1F, 0x00E0_9A5B, 0x00F2_CFA8];
const NEUTRAL: [u32; 3] = [0x00C9_CED4, 0x00DD_E1E5, 0x00B4_BAC1];
const GOOD: [u32; 3] = [0x0015_5AA6, 0x005B_96CF, 0x00B0_CFEB];

/// From the first to the last point where none is good or bad.
const SEQUENCE: [u32; 5] = [0x00DD_E1E5, 0x00C3_C9D0, 0x00A4_ACB5, 0x0083_8C96, 0x0057_606C];

/// The colour of a part: of its side, the outer ones strongest; without sides from pale to dark.
pub(super) fn part(parts: &[BarPart], place: usize) -> Color {
    let Some(part) = parts.get(place) else { return GREY };
    if parts.iter().all(|part| part.side == Side::Neutral) {
        let last = parts.len().saturating_sub(1).max(1);
        return Color::RGB(SEQUENCE[place * (SEQUENCE.len() - 1) / last]);
    }
    let same = |part: &&BarPart, side: Side| part.side == side;
    let before = parts[..place].iter().filter(|other| same(other, part.side)).count();
    let after = parts[place + 1..].iter().filter(|other| same(other, part.side)).count();
    let (shades, nth) = match part.side {
        Side::Bad => (BAD, before),
        Side::Neutral => (NEUTRAL, before),
        Side::Good => (GOOD, after),
    };
    Color::RGB(shades[nth.min(shades.len() - 1)])
}

#[cfg(test)]
mod tests {
    use super::{BAD, GOOD, NEUTRAL, part};
    use crate::render::chart::{BarPart, Side};
    use rust_xlsxwriter::Color;

    #[test]
    fn the_outer_parts_are_the_strongest() {
        let sides = [Side::Bad, Side::Bad, Side::Neutral, Side::Good, Side::Good];
        let parts = sides.map(|side| BarPart { label: String::new(), side });
        let colours: Vec<Color> = (0..parts.len()).map(|place| part(&parts, place)).collect();
        let expected = [BAD[0], BAD[1], NEUTRAL[0], GOOD[1], GOOD[0]].map(Color::RGB);
        assert!(colours == expected);
    }

    #[test]
    fn more_parts_than_shades_repeat_the_last() {
        let parts: Vec<BarPart> = (0..9).map(|_| BarPart { label: String::new(), side: Side::Bad }).collect();
        assert!(part(&parts, 8) == Color::RGB(BAD[2]));
    }
}
