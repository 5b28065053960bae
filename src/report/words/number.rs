//! Numbers as text. Formatting only: nothing is computed from a figure here.
//!
//! The minus is U+2212, counts have no thousands separator, zero has no sign.

/// From here on a number is written with an exponent, so that a column stays readable.
const EXPONENT_FROM: f64 = 1e12;

/// Figures carry twelve significant digits, so this share of one decides ties and nothing else: 12.5 points are +13,
/// where the bare formatter would turn to the even neighbour or to the side of a binary fraction's error.
const TIE: f64 = 1e-13;

/// A number with that many decimals, halves away from zero; `signed` puts a plus before a positive one.
///
/// ```
/// use csat::report::words::fixed;
/// assert_eq!(fixed(-0.54, 2, true), "−0.54");
/// assert_eq!(fixed(31.4, 0, true), "+31");
/// assert_eq!(fixed(-0.001, 2, true), "0.00");
/// ```
pub fn fixed(number: f64, decimals: usize, signed: bool) -> String {
    let size = number.abs() * (1.0 + TIE);
    let digits = if size >= EXPONENT_FROM { format!("{size:.3e}") } else { format!("{size:.decimals$}") };
    let is_zero = digits.chars().all(|digit| matches!(digit, '0' | '.'));
    let sign = match (is_zero, number < 0.0, signed) {
        (true, _, _) | (false, false, false) => "",
        (false, true, _) => "−",
        (false, false, true) => "+",
    };
    format!("{sign}{digits}")
}

/// A number with at most that many decimals and no trailing zeros.
///
/// ```
/// use csat::report::words::plain;
/// assert_eq!(plain(70.0, 2, false), "70");
/// assert_eq!(plain(-0.5, 2, true), "−0.5");
/// ```
pub fn plain(number: f64, decimals: usize, signed: bool) -> String {
    let text = fixed(number, decimals, signed);
    if text.contains('.') && !text.contains('e') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

/// A count.
pub fn count(number: u64) -> String {
    number.to_string()
}

/// A confidence level in percent: `95 %`, `99.9 %`.
pub fn confidence(level: f64) -> String {
    format!("{} %", plain(level * 100.0, 3, false))
}

#[cfg(test)]
mod tests {
    use super::{confidence, fixed, plain};

    #[test]
    fn zero_has_no_sign_and_no_minus_after_rounding() {
        assert_eq!(fixed(0.0, 1, true), "0.0");
        assert_eq!(fixed(-0.0, 1, true), "0.0");
        assert_eq!(fixed(-0.04, 1, true), "0.0");
        assert_eq!(fixed(0.3, 0, true), "0");
    }

    #[test]
    fn halves_go_away_from_zero() {
        assert_eq!(fixed(12.5, 0, true), "+13");
        assert_eq!(fixed(-12.5, 0, true), "−13");
        assert_eq!(fixed(65.25, 1, false), "65.3");
        assert_eq!(fixed(0.285, 2, false), "0.29");
        assert_eq!(fixed(0.284_999_999_999, 2, false), "0.28");
        assert_eq!(fixed(99.949_999_999_9, 1, false), "99.9");
        assert_eq!(fixed(100.0, 6, false), "100.000000");
    }

    #[test]
    fn large_numbers_stay_short() {
        assert_eq!(fixed(1.5e300, 2, false), "1.500e300");
        assert_eq!(plain(1.5e300, 2, false), "1.500e300");
        assert_eq!(fixed(-2e15, 2, false), "−2.000e15");
    }

    #[test]
    fn trailing_zeros_go_but_whole_tens_stay() {
        assert_eq!(plain(100.0, 0, false), "100");
        assert_eq!(plain(100.0, 1, false), "100");
        assert_eq!(plain(72.5, 2, true), "+72.5");
        assert_eq!(confidence(0.9), "90 %");
        assert_eq!(confidence(0.975), "97.5 %");
    }
}
