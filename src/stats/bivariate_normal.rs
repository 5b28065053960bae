//! Probabilities of two standard normals that are correlated.
//!
//! Sheppard's integral over the angle whose sine is the correlation, from independence; near ±1 from perfect
//! dependence instead, where the integrand is written so that nothing cancels (Drezner and Wesolowsky 1990; Genz
//! 2004 describe the same two sides). Both are integrated by the double exponential rule (Takahasi and Mori 1974).

use std::f64::consts::TAU;
use std::sync::LazyLock;

use super::distributions::normal_cdf;

/// From this size of the correlation on the integral starts from perfect dependence.
const NEARLY_PERFECT: f64 = 0.75;

/// Points between 0 and 1, near 0 with all their digits, and their weights.
static RULE: LazyLock<Vec<(f64, f64)>> = LazyLock::new(|| {
    const STEPS: i32 = 112;
    const STEP: f64 = 1.0 / 32.0;
    let quarter = std::f64::consts::FRAC_PI_2;
    let point = |k: i32| {
        let t = f64::from(k) * STEP;
        let x = 1.0 / (1.0 + (-2.0 * quarter * t.sinh()).exp());
        let left = 1.0 / (1.0 + (2.0 * quarter * t.sinh()).exp());
        (x, STEP * 2.0 * quarter * t.cosh() * x * left)
    };
    (-STEPS..=STEPS).map(point).collect()
});

/// The probability that two standard normals with correlation `r` lie below `h` and `k`; `None` for a limit that is
/// not a number and a correlation outside −1 to 1. Absolute error below 10⁻¹².
pub fn bivariate_normal_cdf(h: f64, k: f64, r: f64) -> Option<f64> {
    if !(-1.0..=1.0).contains(&r) {
        return None;
    }
    let (below_h, below_k) = (normal_cdf(h)?, normal_cdf(k)?);
    if h.is_infinite() || k.is_infinite() {
        // One of the two is certain or impossible.
        return Some(below_h * below_k);
    }
    if r < 0.0 {
        return Some((below_h - bivariate_normal_cdf(h, -k, -r)?).max(0.0));
    }
    let probability = if r < NEARLY_PERFECT {
        let angle = r.asin();
        let density = |theta: f64| {
            let (sine, cosine) = theta.sin_cos();
            (-(h * h + k * k - 2.0 * h * k * sine) / (2.0 * cosine * cosine)).exp()
        };
        below_h * below_k + integral(angle, density)
    } else {
        let angle = ((1.0 - r) * (1.0 + r)).sqrt().atan2(r);
        let apart = (h - k) * (h - k) / 2.0;
        let density = |phi: f64| {
            let (sine, cosine) = phi.sin_cos();
            if sine > 0.0 { (-apart / (sine * sine) - h * k / (1.0 + cosine)).exp() } else { 0.0 }
        };
        below_h.min(below_k) - integral(angle, density)
    };
    Some(probability.clamp(0.0, below_h.min(below_k)))
}

/// The density of two standard normals with correlation `r` at a point; 0 at infinity.
pub(super) fn bivariate_normal_density(h: f64, k: f64, r: f64) -> f64 {
    if h.is_infinite() || k.is_infinite() {
        return 0.0;
    }
    let left = (1.0 - r) * (1.0 + r);
    (-(h * h - 2.0 * r * h * k + k * k) / (2.0 * left)).exp() / (TAU * left.sqrt())
}

fn integral(until: f64, of: impl Fn(f64) -> f64) -> f64 {
    until * RULE.iter().map(|(x, weight)| weight * of(until * x)).sum::<f64>() / TAU
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;
    use proptest::prelude::*;

    use super::*;

    const REFERENCE: [(f64, f64, f64, f64); 10] = [
        (0.3, -0.4, 0.5, 0.283_034_844_487_565_94),
        (1.2, 0.7, -0.6, 0.645_235_840_450_092_9),
        (-1.5, -1.4, 0.9, 0.048_505_614_418_183_095),
        (0.5, 0.6, 0.99, 0.684_609_108_668_607_8),
        (2.1, -0.3, 0.74, 0.382_066_461_107_156_03),
        (2.1, -0.3, 0.76, 0.382_076_049_295_257_3),
        (-0.8, 0.9, -0.97, 0.043_309_098_133_608_13),
        (3.5, 3.4, 0.999, 0.999_662_866_506_900_4),
        (-2.5, -2.6, 0.3, 0.000_209_135_704_311_437_8),
        (0.01, 0.02, 0.9999, 0.503_192_981_355_918_7),
    ];

    #[test]
    fn probabilities_are_those_of_mpmath() {
        // mpmath 1.3, quad of the conditional normal at 40 digits.
        for (h, k, r, wanted) in REFERENCE {
            assert_relative_eq!(bivariate_normal_cdf(h, k, r).unwrap(), wanted, epsilon = 1e-14);
        }
    }

    #[test]
    fn the_middle_is_known_in_closed_form() {
        for r in [-1.0, -0.999_999, -0.95, -0.5, 0.0, 0.3, 0.749, 0.75, 0.924, 0.926, 0.999_999_9, 1.0_f64] {
            let wanted = 0.25 + r.asin() / TAU;
            assert_relative_eq!(bivariate_normal_cdf(0.0, 0.0, r).unwrap(), wanted, epsilon = 1e-14);
        }
    }

    #[test]
    fn ends_are_the_margins_and_what_is_none_is_refused() {
        let (high, low) = (f64::INFINITY, f64::NEG_INFINITY);
        assert_eq!(bivariate_normal_cdf(high, 0.7, 0.4), normal_cdf(0.7));
        assert_eq!(bivariate_normal_cdf(low, 0.7, -0.4), Some(0.0));
        assert_eq!(bivariate_normal_cdf(high, high, 0.4), Some(1.0));
        assert_eq!(bivariate_normal_cdf(0.0, f64::NAN, 0.4), None);
        assert_eq!(bivariate_normal_cdf(0.0, 0.0, 1.1), None);
    }

    proptest! {
        #[test]
        fn both_sides_agree_and_the_quadrants_add_up(
            h in -6.0_f64..6.0, k in -6.0_f64..6.0, r in -1.0_f64..1.0,
        ) {
            let at = |h, k, r| bivariate_normal_cdf(h, k, r).unwrap();
            let below = normal_cdf(h).unwrap();
            prop_assert!((at(h, k, r) + at(h, -k, -r) - below).abs() < 1e-13);
            prop_assert!((at(h, k, r) - at(k, h, r)).abs() < 1e-14);
            let up = 1e-6;
            if r + up < 1.0 {
                let slope = (at(h, k, r + up) - at(h, k, r)) / up;
                prop_assert!(slope > -1e-8);
            }
        }
    }
}
