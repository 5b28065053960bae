//! What resampling of counts has in common: what is drawn, and how often.

use crate::tally::Count;

/// Replicates where counts are few enough: a share of replicates is then known to about two points.
const REPLICATES: u32 = 2000;

/// Fewer say nothing of use: a share of 200 replicates is known to about seven points.
const FEWEST_REPLICATES: u32 = 200;

/// Draws of one resampling, so that a thousand groups take no longer than a wink.
const MOST_DRAWS: usize = 400_000;

/// How often to resample: 2,000 times, and less often where there are very many cells, never below 200.
pub(super) fn replicates<'a>(counts: impl Iterator<Item = &'a [u64]>) -> u32 {
    let cells: usize = counts.map(|counts| counts.iter().filter(|count| **count > 0).count()).sum();
    let affordable = u32::try_from(MOST_DRAWS / cells.max(1)).unwrap_or(u32::MAX);
    affordable.clamp(FEWEST_REPLICATES, REPLICATES)
}

/// The counts to draw from: the rows, or with weights the weighted shares on the effective base, in whole answers.
///
/// Largest remainders go up, so that the whole stays the effective base rounded.
pub(super) fn draws(answers: &[(f64, Count)], effective: Option<f64>) -> Vec<u64> {
    let Some(effective) = effective.filter(|effective| effective.is_finite() && *effective > 0.0) else {
        return answers.iter().map(|(_, count)| count.n).collect();
    };
    let weight: f64 = answers.iter().map(|(_, count)| count.w).sum();
    let whole = effective.round().max(1.0);
    let parts: Vec<f64> =
        answers.iter().map(|(_, count)| if weight > 0.0 { count.w / weight * whole } else { 0.0 }).collect();
    let mut counts: Vec<u64> = parts.iter().map(|part| floor(*part)).collect();
    let mut left = floor(whole).saturating_sub(counts.iter().sum());
    let mut order: Vec<usize> = (0..parts.len()).collect();
    let remainder = |index: usize| parts[index] - parts[index].floor();
    order.sort_by(|&a, &b| remainder(b).total_cmp(&remainder(a)).then(a.cmp(&b)));
    for index in order {
        if left == 0 {
            break;
        }
        counts[index] += 1;
        left -= 1;
    }
    counts
}

/// The whole part of a figure that is not negative; beyond what a count can hold, the largest count.
fn floor(figure: f64) -> u64 {
    let mut whole = 0_u64;
    let floor = figure.floor();
    // Bit by bit: no cast that could cut or lose a sign.
    for bit in (0..=62).rev() {
        let step = 1_u64 << bit;
        if (whole + step) as f64 <= floor {
            whole += step;
        }
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::{draws, floor, replicates};
    use crate::tally::Count;
    use proptest::prelude::*;

    fn weighted(n: u64, w: f64) -> Count {
        Count { n, w, w2: w * w }
    }

    #[test]
    fn rows_are_drawn_as_they_are_and_weights_as_shares_of_the_effective_base() {
        let answers = [(0.0, weighted(3, 1.0)), (1.0, weighted(7, 3.0))];
        assert_eq!(draws(&answers, None), [3, 7]);
        assert_eq!(draws(&answers, Some(8.2)), [2, 6]);
        assert_eq!(draws(&answers, Some(2.0)), [1, 1], "a half goes up once");
        assert_eq!(draws(&[], Some(5.0)), Vec::<u64>::new());
    }

    #[test]
    fn a_thousand_groups_are_drawn_less_often() {
        let of = |groups| replicates(std::iter::repeat_n([5, 5].as_slice(), groups));
        assert_eq!(of(10), 2000);
        assert_eq!(of(1000), 200);
        assert_eq!(of(0), 2000);
    }

    proptest! {
        #[test]
        fn nothing_is_lost_in_rounding(weights in prop::collection::vec(0.0_f64..50.0, 1..12), effective in 1.0_f64..1e6) {
            prop_assume!(weights.iter().sum::<f64>() > 0.0);
            let answers: Vec<(f64, Count)> = weights.iter().map(|w| (0.0, weighted(1, *w))).collect();
            prop_assert_eq!(draws(&answers, Some(effective)).iter().sum::<u64>(), floor(effective.round()));
        }

        #[test]
        fn floors_are_floors(figure in 0_u32..u32::MAX) {
            prop_assert_eq!(floor(f64::from(figure) + 0.5), u64::from(figure));
        }
    }
}
