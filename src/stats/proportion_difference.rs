//! The difference of two independent proportions.
//!
//! Interval: Newcombe's hybrid score interval (*Statistics in Medicine* 17, 1998, method 10), which
//! squares and adds the distances of two Wilson limits; it always contains the difference and stays
//! between -1 and 1. Test: z with pooled variance. `n` may be fractional (an effective number of
//! answers) and each group has its own critical value, t in a weighted sample.
//! Reference cases: `tests/reference/differences`.

use super::{Interval, PKind, Reference, wilson};

/// A share among `n` answers of one group.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SampledShare {
    /// The share, 0 to 1.
    pub p: f64,
    /// Number of answers, whole or effective.
    pub n: f64,
}

impl SampledShare {
    pub(super) fn is_valid(&self) -> bool {
        (0.0..=1.0).contains(&self.p) && self.n > 0.0 && self.n.is_finite()
    }
}

/// The pooled test of two shares.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PooledTest {
    /// Difference over its standard error under equality; `None` where both shares are 0 or both 1.
    pub z: Option<f64>,
    /// Two-sided p-value: 1 where both shares are 0 or both 1.
    pub p: f64,
    /// How `p` was found.
    pub p_kind: PKind,
}

/// Newcombe's interval of `first` less `second`; `None` without answers in either group.
pub fn newcombe(
    first: &SampledShare,
    second: &SampledShare,
    first_critical: f64,
    second_critical: f64,
) -> Option<Interval> {
    let (a, b) = (wilson(first.p, first.n, first_critical)?, wilson(second.p, second.n, second_critical)?);
    let difference = first.p - second.p;
    let below = (first.p - a.low).hypot(b.high - second.p);
    let above = (a.high - first.p).hypot(second.p - b.low);
    Interval::new(difference - below, difference + above)
}

/// Newcombe's interval of two shares whose estimates are correlated, each with its critical value.
///
/// The hybrid of two Wilson limits for paired samples (Newcombe 1998, *Statistics in Medicine* 17, 2635-2650, method
/// 10): squares of the distances, less twice the correlation times their product. Without correlation it is
/// [`newcombe`]. `None` without answers in either group, or where the correlation is none.
pub fn newcombe_correlated(
    (first, first_critical): (&SampledShare, f64),
    (second, second_critical): (&SampledShare, f64),
    correlation: f64,
) -> Option<Interval> {
    if !correlation.is_finite() {
        return None;
    }
    let correlation = correlation.clamp(-1.0, 1.0);
    let (a, b) = (wilson(first.p, first.n, first_critical)?, wilson(second.p, second.n, second_critical)?);
    let distance = |one: f64, other: f64| {
        if correlation.abs() > 0.0 {
            (one * one + other * other - 2.0 * correlation * one * other).max(0.0).sqrt()
        } else {
            one.hypot(other)
        }
    };
    let difference = first.p - second.p;
    let below = distance(first.p - a.low, b.high - second.p);
    let above = distance(a.high - first.p, second.p - b.low);
    Interval::new(difference - below, difference + above)
}

/// The test that two shares are equal, its variance from the share of both groups together.
///
/// `reference` is normal for counted answers; a weighted sample may ask for t.
/// `None` without answers in either group.
pub fn pooled_share_test(
    first: &SampledShare,
    second: &SampledShare,
    reference: Reference,
) -> Option<PooledTest> {
    if !(first.is_valid() && second.is_valid()) {
        return None;
    }
    let total = first.n + second.n;
    let pooled = (first.p * (first.n / total) + second.p * (second.n / total)).clamp(0.0, 1.0);
    let se = (pooled * (1.0 - pooled) * (1.0 / first.n + 1.0 / second.n)).sqrt();
    let z = Some((first.p - second.p) / se).filter(|z| se > 0.0 && z.is_finite());
    let p = match z {
        Some(z) => reference.two_sided(z)?,
        None => 1.0,
    };
    Some(PooledTest { z, p, p_kind: reference.kind() })
}

/// The same of two shares whose estimates are correlated, such as those of two groups in the same clusters.
///
/// The variance is that of both shares pooled on each base, less twice the correlation times the product of their roots.
/// `None` also where the correlation is none, and where shares that differ could not have differed.
pub fn pooled_correlated_share_test(
    first: &SampledShare,
    second: &SampledShare,
    correlation: f64,
    reference: Reference,
) -> Option<PooledTest> {
    if !correlation.is_finite() {
        return None;
    }
    let apart = pooled_share_test(first, second, reference)?;
    let Some(z) = apart.z else { return Some(apart) };
    let left = correlated_error(first.n, second.n, correlation);
    let z = Some(if z.abs() > 0.0 { z / left } else { 0.0 }).filter(|z| z.is_finite())?;
    Some(PooledTest { z: Some(z), p: reference.two_sided(z)?, p_kind: apart.p_kind })
}

/// What correlation makes of the standard error of a difference of two estimates on bases `first` and `second` with the
/// same variance of one answer, as a factor: 1 without correlation, 0 where both always move together.
pub fn correlated_error(first: f64, second: f64, correlation: f64) -> f64 {
    let apart = 1.0 / first + 1.0 / second;
    let left = apart - 2.0 * correlation.clamp(-1.0, 1.0) / (first * second).sqrt();
    // What rounding leaves of nothing is nothing.
    if left <= 1e-14 * apart { 0.0 } else { (left / apart).sqrt() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    const Z: f64 = 1.959_963_984_540_054;

    fn share(successes: f64, n: f64) -> SampledShare {
        SampledShare { p: successes / n, n }
    }

    #[test]
    fn newcombes_published_examples_are_met() {
        // Table II of the paper, method 10: 56/70 - 48/80, 9/10 - 3/10, 10/10 - 0/20, 10/10 - 0/10.
        for ((a, m), (b, n), (low, high)) in [
            ((56.0, 70.0), (48.0, 80.0), (0.0524, 0.3339)),
            ((9.0, 10.0), (3.0, 10.0), (0.1705, 0.8090)),
            ((10.0, 10.0), (0.0, 20.0), (0.6791, 1.0)),
            ((10.0, 10.0), (0.0, 10.0), (0.6075, 1.0)),
            ((0.0, 10.0), (0.0, 20.0), (-0.1611, 0.2775)),
        ] {
            let got = newcombe(&share(a, m), &share(b, n), Z, Z).unwrap();
            assert_relative_eq!(got.low, low, epsilon = 5.1e-5);
            assert_relative_eq!(got.high, high, epsilon = 5.1e-5);
        }
    }

    #[test]
    fn correlated_shares_are_closer_and_uncorrelated_ones_are_newcombes() {
        // 32/50 and 22/50 with the corrected phi 0.454954215106 of the table 20, 12, 2, 16, by the formula in Python.
        let (a, b) = (share(32.0, 50.0), share(22.0, 50.0));
        let got = newcombe_correlated((&a, Z), (&b, Z), 0.454_954_215_105_995_93).unwrap();
        assert_relative_eq!(got.low, 0.056_156_424_841_748_265, epsilon = 1e-12);
        assert_relative_eq!(got.high, 0.329_206_995_400_140_5, epsilon = 1e-12);
        assert_eq!(newcombe_correlated((&a, Z), (&b, Z), 0.0), newcombe(&a, &b, Z, Z));
        assert_eq!(newcombe_correlated((&a, Z), (&b, Z), f64::NAN), None);
        let same = newcombe_correlated((&a, Z), (&a, Z), 1.0).unwrap();
        assert!(same.low <= 0.0 && same.high >= 0.0);
    }

    #[test]
    fn shares_at_one_end_are_equal_and_not_tested() {
        for p in [0.0, 1.0] {
            let test = pooled_share_test(
                &SampledShare { p, n: 5.0 },
                &SampledShare { p, n: 900.0 },
                Reference::Normal,
            );
            let test = test.unwrap();
            assert_eq!((test.z, test.p), (None, 1.0));
        }
    }

    #[test]
    fn one_answer_a_group_has_wide_limits_and_no_evidence() {
        let (yes, no) = (share(1.0, 1.0), share(0.0, 1.0));
        let interval = newcombe(&yes, &no, Z, Z).unwrap();
        assert!(interval.low < 0.0 && interval.high <= 1.0);
        let test = pooled_share_test(&yes, &no, Reference::Normal).unwrap();
        assert_relative_eq!(test.z.unwrap(), 2.0_f64.sqrt(), max_relative = 1e-15);
    }

    #[test]
    fn no_answers_and_impossible_shares_are_refused() {
        let right = share(1.0, 2.0);
        for wrong in [
            SampledShare { p: 0.5, n: 0.0 },
            SampledShare { p: f64::NAN, n: 2.0 },
            SampledShare { p: 1.5, n: 2.0 },
            SampledShare { p: 0.5, n: f64::INFINITY },
        ] {
            assert_eq!(newcombe(&right, &wrong, Z, Z), None);
            assert_eq!(pooled_share_test(&wrong, &right, Reference::Normal), None);
        }
        assert_eq!(pooled_share_test(&right, &right, Reference::StudentT(0.0)), None);
    }
}
