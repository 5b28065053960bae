//! The complementary error function to full relative accuracy, far into the tail.
//!
//! The series of positive terms (Abramowitz and Stegun 7.1.6) near the centre, the continued
//! fraction (7.1.14) outside.

/// From here on the continued fraction converges fast, and one minus the series would lose digits.
const FRACTION_FROM: f64 = 1.5;

/// `2/√π ∫ exp(-t²) dt` from `x` to infinity.
pub(super) fn erfc(x: f64) -> f64 {
    if x < 0.0 {
        2.0 - erfc(-x)
    } else if x < FRACTION_FROM {
        1.0 - series(x)
    } else {
        fraction(x)
    }
}

fn series(x: f64) -> f64 {
    let mut term = 1.0;
    let mut total = 1.0;
    let mut odd = 1.0;
    while term > f64::EPSILON * 0.1 * total {
        odd += 2.0;
        term *= 2.0 * x * x / odd;
        total += term;
    }
    std::f64::consts::FRAC_2_SQRT_PI * x * (-x * x).exp() * total
}

fn fraction(x: f64) -> f64 {
    // exp(-x²) underflows before x reaches this.
    if x > 27.3 {
        return 0.0;
    }
    // Backwards from the deepest term that can be seen.
    let deepest = depth(x);
    let below = (1..=deepest).rev().fold(0.0, |rest, k| f64::from(k) / 2.0 / (x + rest));
    // The square of the rounded part is exact, so that its exponential keeps its digits.
    let rounded = (x * 16.0).floor() / 16.0;
    let rest = (x - rounded) * (x + rounded);
    let density = (-rounded * rounded).exp() * (-rest).exp();
    density * std::f64::consts::FRAC_2_SQRT_PI / 2.0 / (x + below)
}

/// Terms of the continued fraction that suffice: about 270/x², and some to spare.
fn depth(x: f64) -> i32 {
    match x {
        x if x < 2.0 => 120,
        x if x < 3.0 => 80,
        x if x < 4.5 => 44,
        x if x < 8.0 => 26,
        _ => 16,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    #[test]
    fn published_values_are_met() {
        // 2 pnorm(-x sqrt 2) in R.
        for (x, wanted) in [
            (0.5, 0.479_500_122_186_953_5),
            (1.0, 0.157_299_207_050_285_13),
            (2.0, 0.004_677_734_981_047_266),
            (5.0, 1.537_459_794_428_035e-12),
            (10.0, 2.088_487_583_762_545e-45),
        ] {
            assert_relative_eq!(erfc(x), wanted, max_relative = 1e-14);
            assert_relative_eq!(erfc(-x), 2.0 - wanted, max_relative = 1e-15);
        }
    }

    #[test]
    fn series_and_fraction_agree_where_they_meet() {
        for x in [1.5, 1.6, 2.0, 2.5] {
            assert_relative_eq!(1.0 - series(x), fraction(x), max_relative = 1e-12);
        }
    }

    #[test]
    fn deeper_fractions_say_the_same() {
        for x in [1.5, 2.0, 2.001, 3.0, 3.001, 4.5, 4.501, 8.0, 8.001, 26.0] {
            let rest = |terms: i32| (1..=terms).rev().fold(0.0, |rest, k| f64::from(k) / 2.0 / (x + rest));
            assert_relative_eq!(x + rest(depth(x)), x + rest(400), max_relative = 4e-16);
        }
    }

    #[test]
    #[allow(clippy::float_cmp)]
    fn ends_are_exact() {
        assert_eq!(erfc(0.0), 1.0);
        assert_eq!(erfc(f64::INFINITY), 0.0);
        assert_eq!(erfc(f64::NEG_INFINITY), 2.0);
    }
}
