//! Cells that hold a free number.

use super::lexicon::Lexicon;
use crate::source::number::Fixed;
use crate::source::text::{text, trim};
use crate::survey::Missing;

/// Reads free numbers: decimal texts from −10⁹ to 10⁹, rounded half away from zero to 9 places.
///
/// Decimal commas and thousands separators are invalid. Texts that mean blank match as numbers too.
#[derive(Clone, Debug)]
pub struct NumberCoder {
    missing: Lexicon,
}

impl NumberCoder {
    /// A coder; `missing` are the texts that mean blank.
    pub fn new(missing: &[String]) -> Self {
        Self { missing: Lexicon::of_missing(missing) }
    }

    /// The number of a cell.
    ///
    /// # Errors
    /// The reason why there is none: blank or invalid.
    #[inline]
    pub fn number(&self, cell: &[u8]) -> Result<Fixed, Missing> {
        match Fixed::parse(trim(cell)) {
            Some(number) if self.missing.number(number).is_none() => Ok(number),
            Some(_) => Err(Missing::Blank),
            None => Err(self.without_number(cell)),
        }
    }

    fn without_number(&self, cell: &[u8]) -> Missing {
        match text(cell) {
            Some("") => Missing::Blank,
            Some(text) if self.missing.get(text).is_some() => Missing::Blank,
            _ => Missing::Invalid,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_blanks_and_the_rest() {
        let coder = NumberCoder::new(&[String::new(), "NA".to_owned(), "-99".to_owned()]);
        let nano = |cell: &[u8]| coder.number(cell).map(Fixed::nano);
        assert_eq!(nano(b" 12.5 "), Ok(12_500_000_000));
        assert_eq!(nano("\u{a0}-1e3".as_bytes()), Ok(-1_000_000_000_000));
        assert_eq!(nano(b"-99.0"), Err(Missing::Blank));
        assert_eq!(nano(b"na"), Err(Missing::Blank));
        assert_eq!(nano("\u{3000}".as_bytes()), Err(Missing::Blank));
        for cell in ["12,5", "1 000", "inf", "NaN", "1e10", "ten", "$5"] {
            assert_eq!(nano(cell.as_bytes()), Err(Missing::Invalid), "{cell}");
        }
        assert_eq!(nano(b"1\xff"), Err(Missing::Invalid));
    }
}
