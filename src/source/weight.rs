//! Weights, read exactly from their decimal text: `0.1` is one tenth, not the float nearest to it.

use super::memo::Memo;
use super::number::{Decimal, LARGEST, plain, written};
use super::text::{text, trim};
use crate::survey::NumberStyle;

/// The weight 1, in units of 10⁻⁹.
pub const UNIT_WEIGHT: u64 = 1_000_000_000;

/// Distinct texts that are remembered: weights from raking are few and long.
const REMEMBERED: usize = 4_096;

/// A weight above zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weight {
    /// In units of 10⁻⁹, rounded half away from zero; 1 to 10¹⁸.
    pub nano: u64,
    /// Whether rounding moved it by more than 10⁻⁹ of itself, looked at to 18 places.
    pub rounded: bool,
}

/// Why a row has no weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WeightFault {
    /// Zero, or so small that it rounds to zero.
    Zero,
    /// Negative, not finite, text, blank or above 10⁹.
    Invalid,
}

/// Reads the weights of a column.
#[derive(Clone, Debug)]
pub struct WeightCoder {
    style: NumberStyle,
    contrary: bool,
    memo: Memo<Result<Weight, WeightFault>>,
}

impl WeightCoder {
    /// A coder.
    pub fn new() -> Self {
        Self { style: NumberStyle::default(), contrary: false, memo: Memo::new(REMEMBERED) }
    }

    /// Makes ready for a column whose numbers are written so.
    pub fn begin(&mut self, style: NumberStyle) {
        if self.style != style {
            self.memo = Memo::new(REMEMBERED);
        }
        self.style = style;
    }

    /// Whether a cell was a number in another style than that of its column, and so no weight.
    pub fn was_contrary(&self) -> bool {
        self.contrary
    }

    /// The weight of a cell.
    ///
    /// # Errors
    /// Why it has none.
    #[inline]
    pub fn weight(&mut self, cell: &[u8]) -> Result<Weight, WeightFault> {
        // Weights of many digits are mostly distinct: plain ones are read faster than looked up.
        let Self { style, contrary, memo } = self;
        match plain(cell) {
            Some(nano @ 1..=LARGEST) if style.takes_plain() => Ok(Weight { nano, rounded: false }),
            _ => memo.get_or(cell, |cell| {
                let weight = read(cell, *style);
                *contrary =
                    *contrary || (weight.is_err() && text(cell).is_some_and(|text| style.is_contrary(text)));
                weight
            }),
        }
    }
}

impl Default for WeightCoder {
    fn default() -> Self {
        Self::new()
    }
}

fn read(cell: &[u8], style: NumberStyle) -> Result<Weight, WeightFault> {
    let cell = trim(cell);
    let decimal = style.takes_plain().then(|| Decimal::parse(cell)).flatten();
    let in_style = || Decimal::parse(written(cell, style)?.as_bytes());
    let decimal = decimal.or_else(in_style).ok_or(WeightFault::Invalid)?;
    if decimal.negative && decimal.atto > 0 {
        return Err(WeightFault::Invalid);
    }
    match decimal.nano() {
        0 => Err(WeightFault::Zero),
        nano => Ok(Weight { nano, rounded: moved(nano, decimal.atto) }),
    }
}

/// Whether a rounded weight is off by more than 10⁻⁹ of what was written (in units of 10⁻¹⁸).
fn moved(nano: u64, atto: u128) -> bool {
    let unit = u128::from(UNIT_WEIGHT);
    (u128::from(nano) * unit).abs_diff(atto) * unit > atto
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn weight(text: &str) -> Result<(u64, bool), WeightFault> {
        WeightCoder::new().weight(text.as_bytes()).map(|weight| (weight.nano, weight.rounded))
    }

    #[test]
    fn decimals_are_exact() {
        assert_eq!(weight("0.1"), Ok((100_000_000, false)));
        assert_eq!(weight(" 1 "), Ok((UNIT_WEIGHT, false)));
        assert_eq!(weight("1e-3"), Ok((1_000_000, false)));
        assert_eq!(weight("1000000000"), Ok((1_000_000_000_000_000_000, false)));
        assert_eq!(weight(&format!("1.{}", "0".repeat(10_000))), Ok((UNIT_WEIGHT, false)));
    }

    #[test]
    fn rounding_is_said_when_it_matters() {
        assert_eq!(weight("0.0000000015"), Ok((2, true)));
        assert_eq!(weight("1.0000000005"), Ok((1_000_000_001, false)));
        assert_eq!(weight("0.33333333333333333"), Ok((333_333_333, false)));
        assert_eq!(weight("0.12345678949"), Ok((123_456_789, true)));
        assert_eq!(weight("0.1000000001"), Ok((100_000_000, false)));
        assert_eq!(weight("0.0000000005"), Ok((1, true)));
    }

    #[test]
    fn what_is_no_weight() {
        for text in ["0", "0.0", "-0", "0e99", "0.0000000004", "1e-400"] {
            assert_eq!(weight(text), Err(WeightFault::Zero), "{text}");
        }
        let invalid = [
            "",
            " ",
            "-1",
            "-0.5",
            "1e10",
            "1E308",
            "1000000000.5",
            "inf",
            "NaN",
            "1_000",
            "1,5",
            "one",
            "NA",
        ];
        for text in invalid {
            assert_eq!(weight(text), Err(WeightFault::Invalid), "{text}");
        }
        assert_eq!(WeightCoder::new().weight(b"1\xff"), Err(WeightFault::Invalid));
    }

    #[test]
    fn a_column_of_decimal_commas() {
        let comma =
            NumberStyle { decimal: Some(crate::survey::DecimalMark::Comma), ..NumberStyle::default() };
        let mut coder = WeightCoder::new();
        assert_eq!(coder.weight(b"1.234"), Ok(Weight { nano: 1_234_000_000, rounded: false }));
        coder.begin(comma);
        assert_eq!(coder.weight(b"1.234"), Ok(Weight { nano: 1_234 * UNIT_WEIGHT, rounded: false }));
        assert_eq!(coder.weight("0,8\u{a0}".as_bytes()), Ok(Weight { nano: 800_000_000, rounded: false }));
        assert_eq!(coder.weight(b"2"), Ok(Weight { nano: 2 * UNIT_WEIGHT, rounded: false }));
        assert_eq!(coder.weight(b"-0,8"), Err(WeightFault::Invalid));
        assert!(!coder.was_contrary());
        assert_eq!(coder.weight(b"0.8"), Err(WeightFault::Invalid));
        assert!(coder.was_contrary());
        coder.begin(NumberStyle::default());
        assert_eq!(coder.weight(b"1.234"), Ok(Weight { nano: 1_234_000_000, rounded: false }));
    }

    proptest! {
        #[test]
        fn nine_places_are_never_rounded(nano in 1..=1_000_000_000_000_000_000_u64) {
            let text = format!("{}.{:09}", nano / UNIT_WEIGHT, nano % UNIT_WEIGHT);
            prop_assert_eq!(weight(&text), Ok((nano, false)));
        }

        #[test]
        fn rounding_is_by_at_most_half_a_unit(whole in 0_u64..1_000, fraction in 0_u64..1_000_000_000_000) {
            let text = format!("{whole}.{fraction:012}");
            let pico = u128::from(whole) * 1_000_000_000_000 + u128::from(fraction);
            match weight(&text) {
                Ok((nano, rounded)) => {
                    let off = (u128::from(nano) * 1_000).abs_diff(pico);
                    prop_assert!(off <= 500);
                    prop_assert_eq!(rounded, off * u128::from(UNIT_WEIGHT) > pico);
                }
                Err(fault) => {
                    prop_assert_eq!(fault, WeightFault::Zero);
                    prop_assert!(pico < 500);
                }
            }
        }
    }
}
