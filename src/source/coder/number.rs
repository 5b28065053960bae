//! Cells that hold a free number.

use super::lexicon::Lexicon;
use crate::source::number::Fixed;
use crate::source::text::{text, trim};
use crate::survey::{Missing, NumberStyle};

/// Reads free numbers: decimal texts from −10⁹ to 10⁹, rounded half away from zero to 9 places.
///
/// What is no number in the style of the column is invalid. Texts that mean blank match as numbers too.
#[derive(Clone, Debug)]
pub struct NumberCoder {
    missing: Lexicon,
    style: NumberStyle,
    contrary: bool,
}

impl NumberCoder {
    /// A coder; `missing` are the texts that mean blank.
    pub fn new(missing: &[String]) -> Self {
        Self { missing: Lexicon::of_missing(missing), style: NumberStyle::default(), contrary: false }
    }

    /// Makes ready for a column whose numbers are written so.
    pub fn begin(&mut self, style: NumberStyle) {
        self.style = style;
    }

    /// How the numbers of the column are written.
    pub(super) fn style(&self) -> NumberStyle {
        self.style
    }

    /// Whether a cell was a number in another style than that of its column, and so invalid.
    pub fn was_contrary(&self) -> bool {
        self.contrary
    }

    /// The number of a cell.
    ///
    /// # Errors
    /// The reason why there is none: blank or invalid.
    #[inline]
    pub fn number(&mut self, cell: &[u8]) -> Result<Fixed, Missing> {
        match Fixed::parse_in(trim(cell), self.style) {
            Some(number) if self.missing.number(number).is_none() => Ok(number),
            Some(_) => Err(Missing::Blank),
            None => Err(self.without_number(cell)),
        }
    }

    fn without_number(&mut self, cell: &[u8]) -> Missing {
        match text(cell) {
            Some("") => Missing::Blank,
            Some(text) if self.missing.get(text).is_some() => Missing::Blank,
            Some(text) => {
                self.contrary = self.contrary || self.style.is_contrary(text);
                Missing::Invalid
            }
            None => Missing::Invalid,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::DecimalMark;

    #[test]
    fn numbers_blanks_and_the_rest() {
        let mut coder = NumberCoder::new(&[String::new(), "NA".to_owned(), "-99".to_owned()]);
        let mut nano = |cell: &[u8]| coder.number(cell).map(Fixed::nano);
        assert_eq!(nano(b" 12.5 "), Ok(12_500_000_000));
        assert_eq!(nano("\u{a0}-1e3".as_bytes()), Ok(-1_000_000_000_000));
        assert_eq!(nano(b"-99.0"), Err(Missing::Blank));
        assert_eq!(nano(b"na"), Err(Missing::Blank));
        assert_eq!(nano("\u{3000}".as_bytes()), Err(Missing::Blank));
        for cell in ["12,5", "1,000", "inf", "NaN", "1e10", "ten", "$5"] {
            assert_eq!(nano(cell.as_bytes()), Err(Missing::Invalid), "{cell}");
        }
        assert_eq!(nano(b"1\xff"), Err(Missing::Invalid));
    }

    #[test]
    fn in_the_style_of_the_column() {
        let mut coder = NumberCoder::new(&["-99".to_owned()]);
        coder.begin(NumberStyle {
            decimal: Some(DecimalMark::Comma),
            affix: Some("€"),
            ..NumberStyle::default()
        });
        for (cell, number) in [
            ("1.234,5 €", Ok(1_234_500_000_000)),
            ("１２，５€", Ok(12_500_000_000)),
            ("\u{2212}99 €", Err(Missing::Blank)),
            ("n/a", Err(Missing::Invalid)),
        ] {
            assert_eq!(coder.number(cell.as_bytes()).map(Fixed::nano), number, "{cell}");
        }
        assert!(!coder.was_contrary());
        assert_eq!(coder.number(b"12,5"), Err(Missing::Invalid));
        assert!(coder.was_contrary());
    }
}
