//! Quantiles and tail probabilities: the one door to `statrs`.
//!
//! From `statrs` come the log-gamma and the incomplete gamma function and a first guess of normal
//! quantiles. Student's t, F and the beta distribution rest on `incomplete_beta`, because
//! the crate's own beta quantile is coarse for large parameters (its t quantile is wrong at 10⁶
//! degrees of freedom and does not return at 10⁸), and the normal on `error_function`,
//! because the crate's is good to eleven digits only. Tails are always computed as tails, never as one minus the rest.

use std::cell::RefCell;
use std::collections::BTreeMap;

use statrs::function::{erf, gamma};

use super::error_function::erfc;
use super::incomplete_beta::{self, Share, Tails};
use super::root;

/// From here on Student's quantile follows from the normal one by the Cornish-Fisher expansion,
/// whose first term left out is below 10⁻¹⁵.
const EXPANSION_FROM_DF: f64 = 1e5;
/// From here on the first-order expansion of Student's tail is exact to the last digit.
const NORMAL_TAIL_FROM_DF: f64 = 1e8;
/// Beyond this the log-gamma in the incomplete gamma function costs too many digits.
const LARGEST_CHI_SQUARE_DF: f64 = 1e6;
/// Beyond this the chi-square quantile has no digit left for the distance from its mean.
const LARGEST_EXPANDED_DF: f64 = 1e15;

/// The point below which the standard normal has probability `p`; `None` unless `0 < p < 1`.
pub fn normal_quantile(p: f64) -> Option<f64> {
    if !(p > 0.0 && p < 1.0) {
        return None;
    }
    Some(if p < 0.5 { -upper_normal_quantile(p) } else { upper_normal_quantile(1.0 - p) })
}

/// Probability below `x` of the standard normal; `None` where `x` is not a number.
pub fn normal_cdf(x: f64) -> Option<f64> {
    normal_sf(-x)
}

/// Probability above `x` of the standard normal; `None` where `x` is not a number.
pub fn normal_sf(x: f64) -> Option<f64> {
    (!x.is_nan()).then(|| 0.5 * erfc(x / std::f64::consts::SQRT_2))
}

/// The point below which Student's t has probability `p`.
///
/// `None` unless `0 < p < 1`, `df` is positive and finite, and the point itself is finite.
pub fn t_quantile(p: f64, df: f64) -> Option<f64> {
    if !(p > 0.0 && p < 1.0) {
        return None;
    }
    if p < 0.5 { upper_t_quantile(p, df).map(|t| -t) } else { upper_t_quantile(1.0 - p, df) }
}

/// Probability above `t` of Student's t; `None` unless `df` is positive and finite.
pub fn t_sf(t: f64, df: f64) -> Option<f64> {
    if t.is_nan() || !is_positive(df) {
        return None;
    }
    let beyond = if t.is_infinite() {
        0.0
    } else if df >= NORMAL_TAIL_FROM_DF {
        let density = (-0.5 * t * t).exp() / std::f64::consts::TAU.sqrt();
        let shift = density * (t.abs().powi(3) + t.abs()) / (4.0 * df);
        normal_sf(t.abs())? + if shift.is_finite() { shift } else { 0.0 }
    } else {
        let ratio = t / df.sqrt();
        let share = Share { x: 1.0 / (1.0 + ratio * ratio), y: ratio * ratio / (1.0 + ratio * ratio) };
        // A ratio so large that its square overflows lies beyond every tail.
        if share.y.is_nan() { 0.0 } else { 0.5 * incomplete_beta::tails(share, 0.5 * df, 0.5)?.lower }
    };
    Some(if t >= 0.0 { beyond } else { 1.0 - beyond })
}

/// The point below which the beta distribution with parameters `a` and `b` has probability `p`.
///
/// `None` unless `0 < p < 1` and both parameters are positive and at most 10¹².
pub fn beta_quantile(p: f64, a: f64, b: f64) -> Option<f64> {
    if !(p > 0.0 && p < 1.0) {
        return None;
    }
    let wanted = Tails { lower: p, upper: 1.0 - p };
    let u = incomplete_beta::logit_quantile(wanted, a, b)?;
    Some(Share::from_logit(u).x)
}

/// The point below which the F distribution with `df1` and `df2` degrees of freedom has probability `p`.
///
/// `None` unless `0 < p < 1` and both are positive and at most 2·10¹².
pub fn f_quantile(p: f64, df1: f64, df2: f64) -> Option<f64> {
    if !(p > 0.0 && p < 1.0) {
        return None;
    }
    let wanted = Tails { lower: p, upper: 1.0 - p };
    let odds = incomplete_beta::logit_quantile(wanted, 0.5 * df1, 0.5 * df2)?.exp();
    let f = odds * df2 / df1;
    f.is_finite().then_some(f)
}

/// The point below which the chi-square distribution has probability `p`.
///
/// Above 10⁶ degrees of freedom by the Cornish-Fisher expansion (Goldberg and Levine 1946, *Annals of Mathematical
/// Statistics* 17, 216-225), whose first term left out is then below 10⁻⁷. `None` unless `0 < p < 1` and `df` is
/// positive and at most 10¹⁵.
pub fn chi_square_quantile(p: f64, df: f64) -> Option<f64> {
    if !(p > 0.0 && p < 1.0 && df > 0.0 && df <= LARGEST_EXPANDED_DF) {
        return None;
    }
    if df > LARGEST_CHI_SQUARE_DF {
        return expanded_chi_square_quantile(p, df);
    }
    let shape = 0.5 * df;
    let upper_wanted = 1.0 - p;
    let at = |u: f64| {
        let x = u.exp();
        let slope = (shape * u - x - ln_gamma(shape)).exp();
        if p <= 0.5 {
            let lower = gamma::checked_gamma_lr(shape, x).unwrap_or(0.0);
            (lower.ln() - p.ln(), slope / lower)
        } else {
            let upper = gamma::checked_gamma_ur(shape, x).unwrap_or(1.0);
            (upper_wanted.ln() - upper.ln(), slope / upper)
        }
    };
    // No tail of a double lies further out than this.
    let highest = (shape + 800.0 + 60.0 * shape.sqrt()).ln();
    let u = root::increasing(-700.0, highest, shape.ln(), at);
    Some(2.0 * u.exp())
}

fn expanded_chi_square_quantile(p: f64, df: f64) -> Option<f64> {
    let z = normal_quantile(p)?;
    let (z2, root) = (z * z, (2.0 * df).sqrt());
    let skew = 2.0 / 3.0 * (z2 - 1.0);
    let third = z * (z2 - 7.0) / (9.0 * root);
    let fourth = ((6.0 * z2 + 14.0) * z2 - 32.0) / (405.0 * df);
    Some(df + (z * root + (skew + (third - fourth))))
}

/// Probability above `x` of the chi-square distribution; `None` unless `0 < df <= 10⁶`.
pub fn chi_square_sf(x: f64, df: f64) -> Option<f64> {
    if x.is_nan() || !(df > 0.0 && df <= LARGEST_CHI_SQUARE_DF) {
        return None;
    }
    if x <= 0.0 {
        return Some(1.0);
    }
    if x.is_infinite() {
        return Some(0.0);
    }
    gamma::checked_gamma_ur(0.5 * df, 0.5 * x).ok().map(|p| p.clamp(0.0, 1.0))
}

/// Probability above `f` of the F distribution with `df1` and `df2` degrees of freedom.
///
/// `None` unless both are positive and at most 2·10¹².
pub fn f_sf(f: f64, df1: f64, df2: f64) -> Option<f64> {
    if f.is_nan() || !is_positive(df1) || !is_positive(df2) {
        return None;
    }
    if f <= 0.0 {
        return Some(1.0);
    }
    let odds = df1 / df2 * f;
    if odds.is_infinite() {
        return Some(0.0);
    }
    let share = Share { x: 1.0 / (1.0 + odds), y: odds / (1.0 + odds) };
    Some(incomplete_beta::tails(share, 0.5 * df2, 0.5 * df1)?.lower)
}

/// The standard normal point with probability `tail`, between 0 and 0.5, above it.
pub(super) fn upper_normal_quantile(tail: f64) -> f64 {
    let z = std::f64::consts::SQRT_2 * erf::erfc_inv(2.0 * tail);
    // One Newton step takes the crate's rational approximation to full accuracy.
    let density = (-0.5 * z * z).exp() / std::f64::consts::TAU.sqrt();
    let above = 0.5 * erfc(z / std::f64::consts::SQRT_2);
    let polished = z + (above - tail) / density;
    if polished.is_finite() { polished } else { z }
}

/// The point of Student's t with probability `tail`, between 0 and 0.5, above it.
pub(super) fn upper_t_quantile(tail: f64, df: f64) -> Option<f64> {
    if !(is_positive(df) && tail > 0.0 && tail <= 0.5) {
        return None;
    }
    if tail >= 0.5 {
        return Some(0.0);
    }
    if df >= EXPANSION_FROM_DF {
        let z = upper_normal_quantile(tail);
        let z2 = z * z;
        let first = z * (z2 + 1.0) / 4.0;
        let second = z * ((5.0 * z2 + 16.0) * z2 + 3.0) / 96.0;
        let third = z * (((3.0 * z2 + 19.0) * z2 + 17.0) * z2 - 15.0) / 384.0;
        return Some(z + (first + (second + third / df) / df) / df);
    }
    remembered((tail.to_bits(), df.to_bits()), || {
        let wanted = Tails { lower: 2.0 * tail, upper: 1.0 - 2.0 * tail };
        let u = incomplete_beta::logit_quantile(wanted, 0.5 * df, 0.5)?;
        let t = df.sqrt() * (-0.5 * u).exp();
        t.is_finite().then_some(t)
    })
}

/// A quantile worked out once: the statistics of one question share their degrees of freedom, and solving for the
/// quantile was a quarter of the time of a small report. The memory is the thread's own and never changes a value.
fn remembered(key: (u64, u64), solve: impl FnOnce() -> Option<f64>) -> Option<f64> {
    const MOST: usize = 4096;
    thread_local! {
        static KNOWN: RefCell<BTreeMap<(u64, u64), Option<f64>>> = const { RefCell::new(BTreeMap::new()) };
    }
    KNOWN.with_borrow_mut(|known| {
        if let Some(quantile) = known.get(&key) {
            return *quantile;
        }
        let quantile = solve();
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(key, quantile);
        quantile
    })
}

/// Logarithm of the gamma function.
pub(super) fn ln_gamma(x: f64) -> f64 {
    gamma::ln_gamma(x)
}

fn is_positive(df: f64) -> bool {
    df > 0.0 && df.is_finite()
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    #[test]
    fn normal_quantiles_are_those_of_r() {
        for (p, z) in [
            (0.975, 1.959_963_984_540_054_2),
            (0.9, 1.281_551_565_544_600_4),
            (0.999_5, 3.290_526_731_491_895),
            (1e-10, -6.361_340_902_404_057),
        ] {
            assert_relative_eq!(normal_quantile(p).unwrap(), z, max_relative = 1e-12);
        }
        assert_eq!(normal_quantile(0.0), None);
        assert_eq!(normal_quantile(f64::NAN), None);
    }

    #[test]
    fn t_quantile_meets_the_closed_forms_of_one_and_two_degrees_of_freedom() {
        for tail in [1e-9_f64, 0.005, 0.1, 0.4, 0.499_999] {
            let cauchy = 1.0 / (std::f64::consts::PI * tail).tan();
            assert_relative_eq!(upper_t_quantile(tail, 1.0).unwrap(), cauchy, max_relative = 1e-9);
            let two = (1.0 - 2.0 * tail) / (2.0 * tail * (1.0 - tail)).sqrt();
            assert_relative_eq!(upper_t_quantile(tail, 2.0).unwrap(), two, max_relative = 1e-9);
        }
    }

    #[test]
    fn t_quantile_is_continuous_where_the_expansion_takes_over() {
        for tail in [1e-6, 0.005, 0.025, 0.25] {
            let below = upper_t_quantile(tail, EXPANSION_FROM_DF * (1.0 - 1e-9)).unwrap();
            let above = upper_t_quantile(tail, EXPANSION_FROM_DF).unwrap();
            assert_relative_eq!(below, above, max_relative = 1e-12);
        }
    }

    #[test]
    fn t_quantile_of_many_degrees_of_freedom_is_nearly_normal() {
        let z = normal_quantile(0.975).unwrap();
        for df in [1e6, 1e8, 1e15] {
            let t = t_quantile(0.975, df).unwrap();
            assert!(t >= z && t - z < 3.0 / df);
        }
    }

    #[test]
    fn t_tail_undoes_the_quantile() {
        for df in [0.7, 1.0, 4.5, 30.0, 1e3, 1e6, 9e7, 1.1e8, 1e12] {
            for p in [1e-6, 0.025, 0.3, 0.9] {
                let t = t_quantile(p, df).unwrap();
                assert_relative_eq!(t_sf(-t, df).unwrap(), p, max_relative = 1e-9);
            }
        }
    }

    #[test]
    fn far_tails_do_not_vanish() {
        // R: pchisq(100, 1, lower.tail = FALSE), 2 * pnorm(10, lower.tail = FALSE).
        assert_relative_eq!(
            chi_square_sf(100.0, 1.0).unwrap(),
            1.523_970_604_832_105e-23,
            max_relative = 1e-9
        );
        assert_relative_eq!(2.0 * normal_sf(10.0).unwrap(), 1.523_970_604_832_105e-23, max_relative = 1e-9);
    }

    #[test]
    fn chi_square_and_f_agree_with_normal_and_t() {
        for p in [0.01, 0.5, 0.95, 0.999] {
            let z = upper_normal_quantile((1.0 - p) / 2.0);
            assert_relative_eq!(chi_square_quantile(p, 1.0).unwrap(), z * z, max_relative = 1e-10);
            // Two degrees of freedom: an exponential distribution.
            assert_relative_eq!(
                chi_square_quantile(p, 2.0).unwrap(),
                -2.0 * (1.0 - p).ln(),
                max_relative = 1e-10
            );
        }
        let t: f64 = 2.3;
        assert_relative_eq!(
            f_sf(t * t, 1.0, 17.0).unwrap(),
            2.0 * t_sf(t, 17.0).unwrap(),
            max_relative = 1e-12
        );
    }

    #[test]
    fn chi_square_quantiles_of_many_degrees_of_freedom_are_those_of_scipy() {
        // scipy 1.17.1: stats.chi2.ppf(0.025, 6e6) / 2, stats.chi2.isf(0.001, 6e6 + 2) / 2.
        let half = |p, df| chi_square_quantile(p, df).unwrap() / 2.0;
        assert_relative_eq!(half(0.025, 6e6), 2_996_606.190_049_971_5, max_relative = 1e-13);
        assert_relative_eq!(half(0.999, 6e6 + 2.0), 3_005_356.290_225_002_4, max_relative = 1e-13);
        for p in [1e-6, 0.025, 0.5, 0.999] {
            let below = chi_square_quantile(p, LARGEST_CHI_SQUARE_DF).unwrap();
            let above = chi_square_quantile(p, LARGEST_CHI_SQUARE_DF * (1.0 + 1e-12)).unwrap();
            assert_relative_eq!(below, above, max_relative = 1e-10);
        }
        assert_eq!(chi_square_quantile(0.5, 1e16), None);
    }

    #[test]
    fn f_quantiles_undo_the_tail() {
        for (df1, df2) in [(1.0, 4.0), (76.0, 304.0), (3.5, 1e5), (200.0, 1.3)] {
            for p in [0.025, 0.5, 0.975] {
                let f = f_quantile(p, df1, df2).unwrap();
                assert_relative_eq!(f_sf(f, df1, df2).unwrap(), 1.0 - p, max_relative = 1e-10);
            }
        }
        assert_eq!(f_quantile(0.5, 0.0, 3.0), None);
    }

    #[test]
    fn what_does_not_exist_is_none() {
        assert_eq!(normal_sf(f64::NAN), None);
        assert_eq!(t_sf(1.0, 0.0), None);
        assert_eq!(t_quantile(0.975, f64::NAN), None);
        assert_eq!(beta_quantile(0.5, 0.0, 1.0), None);
        assert_eq!(chi_square_quantile(0.5, 0.0), None);
        assert_eq!(f_sf(1.0, -1.0, 1.0), None);
        // Beyond the range of a double.
        assert_eq!(t_quantile(1e-300, 1e-3), None);
    }
}
