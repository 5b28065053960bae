//! Intervals for a proportion in a simple random sample.
//!
//! `n` may be fractional (an effective number of answers) and the critical value is passed in, so
//! that the same formula serves normal and t limits. Sources: Wilson 1927; Agresti and Coull 1998;
//! Clopper and Pearson 1934; Jeffreys after Brown, Cai and DasGupta 2001 without their special
//! cases at 0 and n; the continuity correction is Newcombe 1998, method 4.
//! Reference cases: `tests/reference/intervals`.

use super::distributions::beta_quantile;
use super::{Confidence, Interval};

/// Wilson's score interval of the share `p` among `n` answers.
///
/// It starts at exactly 0 for `p = 0` and ends at exactly 1 for `p = 1`.
pub fn wilson(p: f64, n: f64, critical: f64) -> Option<Interval> {
    let n = valid(p, n, critical)?;
    let z2 = critical * critical;
    let scale = 1.0 + z2 / n;
    let centre = (p + z2 / (2.0 * n)) / scale;
    let half = critical / scale * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
    let low = if p <= 0.0 { 0.0 } else { centre - half };
    let high = if p >= 1.0 { 1.0 } else { centre + half };
    Interval::new(low, high)
}

/// The plain normal interval: no width at 0 and 1, and outside the scale near them.
pub fn wald(p: f64, n: f64, critical: f64) -> Option<Interval> {
    let n = valid(p, n, critical)?;
    Interval::around(p, critical * (p * (1.0 - p) / n).sqrt())
}

/// Agresti and Coull's interval: Wald after adding z²/2 successes and as many failures.
pub fn agresti_coull(p: f64, n: f64, critical: f64) -> Option<Interval> {
    let n = valid(p, n, critical)?;
    let z2 = critical * critical;
    let total = n + z2;
    let centre = (p * n + z2 / 2.0) / total;
    Interval::around(centre, critical * (centre * (1.0 - centre) / total).sqrt())
}

/// Wilson's interval with Newcombe's continuity correction.
///
/// `None` also where fractional successes put the correction outside its range.
pub fn wilson_continuity(successes: f64, n: f64, critical: f64) -> Option<Interval> {
    let p = share(successes, n)?;
    let n = valid(p, n, critical)?;
    let z2 = critical * critical;
    let q = 1.0 - p;
    let below = |of: f64| (of >= 0.0).then(|| critical * of.sqrt());
    let low = if successes <= 0.0 {
        0.0
    } else {
        let root = below(z2 - 2.0 - 1.0 / n + 4.0 * p * (n * q + 1.0))?;
        (2.0 * n * p + z2 - 1.0 - root) / (2.0 * (n + z2))
    };
    let high = if successes >= n {
        1.0
    } else {
        let root = below(z2 + 2.0 - 1.0 / n + 4.0 * p * (n * q - 1.0))?;
        (2.0 * n * p + z2 + 1.0 + root) / (2.0 * (n + z2))
    };
    Interval::new(low, high)
}

/// Clopper and Pearson's exact interval: coverage at least nominal, hence wide.
pub fn clopper_pearson(successes: f64, n: f64, confidence: Confidence) -> Option<Interval> {
    share(successes, n)?;
    let failures = n - successes;
    let tail = confidence.tail();
    let low = if successes <= 0.0 { 0.0 } else { beta_quantile(tail, successes, failures + 1.0)? };
    let high = if failures <= 0.0 {
        1.0
    } else {
        // The upper limit of the successes is one minus the lower limit of the failures.
        1.0 - beta_quantile(tail, failures, successes + 1.0)?
    };
    Interval::new(low, high)
}

/// Equal-tailed posterior interval under Jeffreys' prior; it misses the estimate at 0 and n.
pub fn jeffreys(successes: f64, n: f64, confidence: Confidence) -> Option<Interval> {
    share(successes, n)?;
    let (a, b) = (successes + 0.5, n - successes + 0.5);
    let low = beta_quantile(confidence.tail(), a, b)?;
    let high = 1.0 - beta_quantile(confidence.tail(), b, a)?;
    Interval::new(low, high)
}

fn share(successes: f64, n: f64) -> Option<f64> {
    (n > 0.0 && n.is_finite() && successes >= 0.0 && successes <= n).then(|| successes / n)
}

fn valid(p: f64, n: f64, critical: f64) -> Option<f64> {
    let fits =
        (0.0..=1.0).contains(&p) && n > 0.0 && n.is_finite() && critical >= 0.0 && critical.is_finite();
    fits.then_some(n)
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    fn confidence() -> Confidence {
        Confidence::new(0.95).unwrap()
    }

    #[test]
    fn wilson_matches_the_published_values() {
        let z = confidence().z();
        let interval = wilson(0.8, 100.0, z).unwrap();
        assert_relative_eq!(interval.low, 0.711_17, epsilon = 5e-6);
        assert_relative_eq!(interval.high, 0.866_63, epsilon = 5e-6);
        let none_of_20 = wilson(0.0, 20.0, z).unwrap();
        assert_relative_eq!(none_of_20.high, 0.161_13, epsilon = 5e-6);
    }

    #[test]
    #[allow(clippy::float_cmp)]
    fn score_and_exact_limits_reach_the_ends_exactly() {
        let z = confidence().z();
        for n in [1.0, 2.0, 3.7, 10.0, 1e7] {
            assert_eq!(wilson(0.0, n, z).unwrap().low, 0.0);
            assert_eq!(wilson(1.0, n, z).unwrap().high, 1.0);
            assert_eq!(clopper_pearson(0.0, n, confidence()).unwrap().low, 0.0);
            assert_eq!(clopper_pearson(n, n, confidence()).unwrap().high, 1.0);
        }
    }

    #[test]
    fn exact_limits_hold_for_ten_million_answers() {
        let exact = clopper_pearson(8e6, 1e7, confidence()).unwrap();
        let score = wilson(0.8, 1e7, confidence().z()).unwrap();
        assert_relative_eq!(exact.low, score.low, max_relative = 1e-6);
        assert_relative_eq!(exact.high, score.high, max_relative = 1e-6);
    }

    #[test]
    fn exact_limits_come_back_for_a_million_million_answers() {
        let exact = clopper_pearson(3e11, 1e12, confidence()).unwrap();
        let score = wilson(0.3, 1e12, confidence().z()).unwrap();
        assert_relative_eq!(exact.low, score.low, max_relative = 1e-9);
        assert_relative_eq!(exact.high, score.high, max_relative = 1e-9);
    }

    #[test]
    fn no_answers_and_impossible_shares_have_no_interval() {
        let z = confidence().z();
        assert_eq!(wilson(0.5, 0.0, z), None);
        assert_eq!(wilson(1.1, 10.0, z), None);
        assert_eq!(wald(f64::NAN, 10.0, z), None);
        assert_eq!(agresti_coull(0.5, f64::INFINITY, z), None);
        assert_eq!(clopper_pearson(5.0, 4.0, confidence()), None);
        assert_eq!(jeffreys(0.0, 0.0, confidence()), None);
        assert_eq!(wilson_continuity(-1.0, 4.0, z), None);
    }
}
