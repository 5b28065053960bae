//! Twelve significant digits: where platforms' mathematical libraries differ, the report does not show it.

/// Significant digits that are kept.
const DIGITS: i32 = 12;

/// The largest power of ten that a float holds exactly.
const EXACT_POWER: i32 = 22;

/// A figure as it enters the report, rounded to 12 significant digits; `None` for what is no number.
///
/// The result is the float nearest to a decimal of 12 digits: a whole number below 10^12 divided (or multiplied) by an
/// exact power of ten. Very large and very small figures go through decimal text, which takes longer.
pub fn rounded(figure: f64) -> Option<f64> {
    if !figure.is_finite() {
        return None;
    }
    let size = figure.abs();
    let rounded = match (1e-9..1e12).contains(&size).then(|| places(size)) {
        Some(places) => {
            let power = 10_f64.powi(places);
            (figure * power).round_ties_even() / power
        }
        None => format!("{figure:.11e}").parse().ok()?,
    };
    // Adding zero turns a negative zero into zero.
    rounded.is_finite().then_some(rounded + 0.0)
}

/// How many decimals a figure of this size keeps: found by comparison, since logarithms differ by platform.
fn places(size: f64) -> i32 {
    let mut whole = 0;
    let mut bound = 1.0;
    while size >= bound {
        bound *= 10.0;
        whole += 1;
    }
    let mut below = 0.1;
    while size < below && DIGITS - whole < EXACT_POWER {
        below /= 10.0;
        whole -= 1;
    }
    DIGITS - whole
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::rounded;

    #[test]
    fn twelve_significant_digits_are_kept() {
        assert_eq!(rounded(66.558_863_339_999_99), Some(66.558_863_34));
        assert_eq!(rounded(1.0 / 3.0), Some(0.333_333_333_333));
        assert_eq!(rounded(-0.0).map(f64::is_sign_negative), Some(false));
        assert_eq!(rounded(1e-300), Some(1e-300));
    }

    proptest! {
        #[test]
        fn the_quick_way_gives_what_decimal_text_gives(digits in 1_u64..1_000_000_000_000, power in -20_i32..3) {
            // Figures that are no tie of twelve digits: text and arithmetic must agree to the last digit.
            let figure = digits as f64 * 10_f64.powi(power) / 7.0;
            let text: f64 = format!("{figure:.11e}").parse().unwrap();
            prop_assert_eq!(rounded(figure), Some(text));
            prop_assert_eq!(rounded(-figure), Some(-text));
            prop_assert_eq!(rounded(text), Some(text), "rounding twice changes nothing");
        }
    }

    #[test]
    fn what_is_no_number_does_not_enter_the_report() {
        assert_eq!(rounded(f64::NAN), None);
        assert_eq!(rounded(f64::INFINITY), None);
    }
}
