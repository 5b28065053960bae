//! Twelve significant digits: where platforms' mathematical libraries differ, the report does not show it.

/// A figure as it enters the report, rounded to 12 significant digits; `None` for what is no number.
pub fn rounded(figure: f64) -> Option<f64> {
    // Through decimal text: rounding by a power of ten would itself leave binary dust.
    let rounded: f64 = format!("{figure:.11e}").parse().ok()?;
    // Adding zero turns a negative zero into zero.
    rounded.is_finite().then_some(rounded + 0.0)
}

#[cfg(test)]
mod tests {
    use super::rounded;

    #[test]
    fn twelve_significant_digits_are_kept() {
        assert_eq!(rounded(66.558_863_339_999_99), Some(66.558_863_34));
        assert_eq!(rounded(1.0 / 3.0), Some(0.333_333_333_333));
        assert_eq!(rounded(-0.0).map(f64::is_sign_negative), Some(false));
        assert_eq!(rounded(1e-300), Some(1e-300));
    }

    #[test]
    fn what_is_no_number_does_not_enter_the_report() {
        assert_eq!(rounded(f64::NAN), None);
        assert_eq!(rounded(f64::INFINITY), None);
    }
}
