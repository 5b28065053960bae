//! Colours by the numbers: what is typed by an author is changed until text in it can be read.
//!
//! Relative luminance and contrast: WCAG 2.2, W3C Recommendation 2023, definitions "relative luminance" and
//! "contrast ratio".

/// The contrast that text needs: WCAG 2.2, success criterion 1.4.3 (AA).
pub(super) const TEXT_CONTRAST: f64 = 4.5;

/// A colour in sRGB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Colour([u8; 3]);

impl Colour {
    /// From its channels.
    pub(super) const fn new(red: u8, green: u8, blue: u8) -> Self {
        Self([red, green, blue])
    }

    /// From `#rrggbb`; none if it is anything else.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
        let channel = |start: usize| {
            let pair = digits.get(start..start + 2)?;
            pair.bytes().all(|digit| digit.is_ascii_hexdigit()).then(|| u8::from_str_radix(pair, 16).ok())?
        };
        Some(Self([channel(0)?, channel(2)?, channel(4)?]))
    }

    /// As `#rrggbb`.
    pub(super) fn hex(self) -> String {
        let [red, green, blue] = self.0;
        format!("#{red:02x}{green:02x}{blue:02x}")
    }

    /// This colour with `percent` of another in it.
    pub(super) fn mixed(self, other: Self, percent: u8) -> Self {
        let share = u32::from(percent.min(100));
        let mut channels = self.0;
        for (own, theirs) in channels.iter_mut().zip(other.0) {
            let sum = u32::from(*own) * (100 - share) + u32::from(theirs) * share;
            *own = u8::try_from((sum + 50) / 100).unwrap_or(u8::MAX);
        }
        Self(channels)
    }

    /// The contrast ratio of two colours, 1 to 21.
    pub(super) fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// This colour, moved towards `pole` no further than until it has `least` contrast to all of `grounds`.
    pub(super) fn readable(self, grounds: &[Self], pole: Self, least: f64) -> Self {
        (0..=100)
            .map(|percent| self.mixed(pole, percent))
            .find(|tried| grounds.iter().all(|ground| tried.contrast(*ground) >= least))
            .unwrap_or(pole)
    }

    fn luminance(self) -> f64 {
        let [red, green, blue] = self.0.map(|channel| {
            let share = f64::from(channel) / 255.0;
            if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}

#[cfg(test)]
mod tests {
    use super::{Colour, TEXT_CONTRAST};

    const WHITE: Colour = Colour::new(255, 255, 255);
    const BLACK: Colour = Colour::new(0, 0, 0);

    #[test]
    fn only_six_hexadecimal_digits_are_a_colour() {
        assert_eq!(Colour::parse("#0a5CAb"), Some(Colour::new(0x0a, 0x5c, 0xab)));
        for wrong in ["0a5cab", "#0a5ca", "#0a5cabf", "#+a5cab", "#gg5cab", "#ääb", "", "red;}"] {
            assert_eq!(Colour::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        assert!((WHITE.contrast(BLACK) - 21.0).abs() < 1e-9);
        assert!((WHITE.contrast(WHITE) - 1.0).abs() < 1e-9);
        // #767676 is the lightest grey that passes on white.
        assert!(Colour::new(0x76, 0x76, 0x76).contrast(WHITE) >= TEXT_CONTRAST);
        assert!(Colour::new(0x77, 0x77, 0x77).contrast(WHITE) < TEXT_CONTRAST);
    }

    #[test]
    fn mixing_ends_at_the_ends() {
        let blue = Colour::new(10, 92, 171);
        assert_eq!(blue.mixed(WHITE, 0), blue);
        assert_eq!(blue.mixed(WHITE, 100), WHITE);
        assert_eq!(BLACK.mixed(WHITE, 50).hex(), "#808080");
    }

    #[test]
    fn a_readable_colour_stays_and_others_move_until_they_are() {
        let blue = Colour::new(10, 92, 171);
        assert_eq!(blue.readable(&[WHITE], BLACK, TEXT_CONTRAST), blue);
        for hostile in ["#ffffff", "#ffff00", "#808080", "#000000", "#00ff7f"] {
            let colour = Colour::parse(hostile).unwrap();
            assert!(colour.readable(&[WHITE], BLACK, TEXT_CONTRAST).contrast(WHITE) >= TEXT_CONTRAST);
            assert!(colour.readable(&[BLACK], WHITE, TEXT_CONTRAST).contrast(BLACK) >= TEXT_CONTRAST);
        }
    }
}
