//! Cells that hold a number, coded to bands.

use super::number::NumberCoder;
use super::{REMEMBERED, answer_code};
use crate::source::memo::Memo;
use crate::source::number::Fixed;
use crate::survey::{Band, Code, Missing, NumberStyle};

/// Codes numbers to bands: code 5 + i is the i-th band as written.
///
/// Both ends belong to a band, and of bands that overlap the first takes the number. A number in no band is invalid,
/// one between `30..49` and `50..` too: the bands say what is known.
#[derive(Clone, Debug)]
pub struct BandCoder {
    memo: Memo<Code>,
    numbers: NumberCoder,
    bands: Bands,
}

impl BandCoder {
    /// A coder; `missing` are the texts that mean blank.
    pub fn new(bands: &[Band], missing: &[String]) -> Self {
        Self { memo: Memo::new(REMEMBERED), numbers: NumberCoder::new(missing), bands: Bands::new(bands) }
    }

    /// Makes ready for a column whose numbers are written so.
    pub fn begin(&mut self, style: NumberStyle) {
        if self.numbers.style() != style {
            self.memo = Memo::new(REMEMBERED);
        }
        self.numbers.begin(style);
    }

    /// Whether a cell was a number in another style than that of its column, and so invalid.
    pub fn was_contrary(&self) -> bool {
        self.numbers.was_contrary()
    }

    /// The code of a cell.
    #[inline]
    pub fn code(&mut self, cell: &[u8]) -> Code {
        let Self { memo, numbers, bands } = self;
        memo.get_or(cell, |cell| match numbers.number(cell) {
            Ok(number) => bands.code(number.nano()),
            Err(reason) => reason.code(),
        })
    }
}

/// Bands in units of 10⁻⁹.
#[derive(Clone, Debug)]
pub(super) struct Bands(Vec<(i64, i64)>);

impl Bands {
    pub(super) fn new(bands: &[Band]) -> Self {
        let low = |band: &Band| band.low.map_or(i64::MIN, bound);
        let high = |band: &Band| band.high.map_or(i64::MAX, bound);
        Self(bands.iter().map(|band| (low(band), high(band))).collect())
    }

    /// The code of the first band that holds a number, or invalid.
    pub(super) fn code(&self, nano: i64) -> Code {
        let band = self.0.iter().position(|(low, high)| (*low..=*high).contains(&nano));
        band.and_then(answer_code).unwrap_or(Missing::Invalid.code())
    }
}

/// A bound as the decimal that it was written as; beyond 10⁹ it lies beyond every number.
fn bound(value: f64) -> i64 {
    match Fixed::from_f64(value) {
        Some(bound) => bound.nano(),
        None if value < 0.0 => i64::MIN,
        None => i64::MAX,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn band(low: Option<f64>, high: Option<f64>) -> Band {
        Band { label: String::new(), low, high }
    }

    #[test]
    fn both_ends_belong() {
        let bands = [band(None, Some(29.0)), band(Some(30.0), Some(49.0)), band(Some(50.0), None)];
        let mut coder = BandCoder::new(&bands, &["NA".to_owned(), "-1".to_owned()]);
        for (cell, code) in [
            ("29", 5),
            ("-7.5", 5),
            ("30", 6),
            ("49.0", 6),
            ("50", 7),
            ("1e9", 7),
            ("49.5", Missing::Invalid.code()),
            ("1e12", Missing::Invalid.code()),
            ("old", Missing::Invalid.code()),
            ("-1", Missing::Blank.code()),
            ("na", Missing::Blank.code()),
            (" ", Missing::Blank.code()),
        ] {
            assert_eq!(coder.code(cell.as_bytes()), code, "{cell}");
        }
    }

    #[test]
    fn bounds_are_the_decimals_that_were_written() {
        let mut coder = BandCoder::new(&[band(Some(0.1), Some(0.3)), band(Some(0.3), None)], &[]);
        assert_eq!(coder.code(b"0.1"), 5);
        assert_eq!(coder.code(b"0.3"), 5);
        assert_eq!(coder.code(b"0.300000001"), 6);
        assert_eq!(coder.code(b"0.0999999999"), 5, "rounds to 0.1");
        assert_eq!(coder.code(b"0.099999999"), Missing::Invalid.code());
    }

    #[test]
    fn bounds_beyond_every_number() {
        let mut coder =
            BandCoder::new(&[band(Some(1e300), None), band(Some(f64::NEG_INFINITY), Some(1e300))], &[]);
        assert_eq!(coder.code(b"1e9"), 6);
        assert_eq!(BandCoder::new(&[], &[]).code(b"1"), Missing::Invalid.code());
    }
}
