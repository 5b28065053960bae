//! The smallest true difference that two samples of this size would probably have shown.
//!
//! (z at 1 - α/2 + z at 80 %) · SE₀, the usual two-sided normal sample-size formula solved for the
//! difference; SE₀ is the standard error under equality, from the answers of both groups taken
//! together. So that it is never 0, pseudo-observations join the pooled answers: one success and
//! one failure for shares, 1.5 promoters, 3 passives and 1.5 detractors for net promoter scores
//! (what the adjusted interval adds to two groups), one answer at either end of the scale for means.
//! A design figure: it is no evidence that there is no difference, and it is raw, so that with a
//! handful of answers it may exceed the scale. Reference cases: `tests/reference/differences`.

use super::distributions::upper_normal_quantile;
use super::nps::{ADDED, nps_value, nps_variance_per_answer};
use super::sum::sum;
use super::{Confidence, PromoterShares, SampledPromoters, SampledShare};

/// Chance of missing a difference of the stated size.
const MISSED: f64 = 0.2;

/// Mean and spread of one group, for the figure of means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SampledMean {
    /// The mean.
    pub mean: f64,
    /// Variance of one answer, divisor n - 1; 0 for a single answer.
    pub variance: f64,
    /// Number of answers, whole or effective.
    pub n: f64,
}

/// For the difference of two shares; `None` without answers in either group.
pub fn detectable_share(first: &SampledShare, second: &SampledShare, confidence: Confidence) -> Option<f64> {
    if !(first.is_valid() && second.is_valid()) {
        return None;
    }
    let total = first.n + second.n + 2.0;
    let p = (first.p * first.n + second.p * second.n + 1.0) / total;
    detectable(p * (1.0 - p), first.n, second.n, confidence)
}

/// For the difference of two net promoter scores; `None` without answers in either group.
pub fn detectable_nps(
    first: &SampledPromoters,
    second: &SampledPromoters,
    confidence: Confidence,
) -> Option<f64> {
    nps_value(&first.shares)?;
    nps_value(&second.shares)?;
    sizes(first.n, second.n)?;
    let pooled = |of: fn(&PromoterShares) -> f64| of(&first.shares) * first.n + of(&second.shares) * second.n;
    let shares = PromoterShares::from_totals(
        pooled(|s| s.promoters) + ADDED / 2.0,
        pooled(|s| s.passives) + ADDED,
        pooled(|s| s.detractors) + ADDED / 2.0,
    )?;
    detectable(nps_variance_per_answer(&shares)?, first.n, second.n, confidence)
}

/// For the difference of two means on a scale from `low` to `high`; `None` without answers in
/// either group, for a mean outside the scale, or for a scale without length.
pub fn detectable_mean(
    first: &SampledMean,
    second: &SampledMean,
    (low, high): (f64, f64),
    confidence: Confidence,
) -> Option<f64> {
    sizes(first.n, second.n)?;
    let fits = |group: &SampledMean| {
        (low..=high).contains(&group.mean) && group.variance >= 0.0 && group.variance.is_finite()
    };
    if !(low < high && fits(first) && fits(second)) {
        return None;
    }
    let parts = [
        (first.mean, first.variance, first.n),
        (second.mean, second.variance, second.n),
        (low, 0.0, 1.0),
        (high, 0.0, 1.0),
    ];
    let total = first.n + second.n + 2.0;
    let mean = sum(parts.iter().map(|(mean, _, n)| mean * (n / total)));
    let within = sum(parts.iter().map(|(_, variance, n)| variance * (n - 1.0).max(0.0)));
    let between = sum(parts.iter().map(|(m, _, n)| n * (m - mean) * (m - mean)));
    detectable((within + between) / (total - 1.0), first.n, second.n, confidence)
}

fn detectable(per_answer: f64, first_n: f64, second_n: f64, confidence: Confidence) -> Option<f64> {
    sizes(first_n, second_n)?;
    let se = (per_answer * (1.0 / first_n + 1.0 / second_n)).sqrt();
    let difference = (confidence.z() + upper_normal_quantile(MISSED)) * se;
    (difference > 0.0 && difference.is_finite()).then_some(difference)
}

fn sizes(first: f64, second: f64) -> Option<()> {
    let fits = |n: f64| n > 0.0 && n.is_finite();
    (fits(first) && fits(second)).then_some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    fn confidence() -> Confidence {
        Confidence::new(0.95).unwrap()
    }

    #[test]
    fn a_share_of_one_half_meets_the_formula_by_hand() {
        let half = SampledShare { p: 0.5, n: 100.0 };
        let wanted = (1.959_963_984_540_054 + 0.841_621_233_572_914) * (0.25_f64 * 0.02).sqrt();
        let got = detectable_share(&half, &half, confidence()).unwrap();
        assert_relative_eq!(got, wanted, max_relative = 1e-14);
    }

    #[test]
    fn a_two_point_scale_is_a_share_but_for_the_divisor() {
        // Answers 0 and 1: the pooled variance over N - 1 instead of N, N = 202.
        let share = SampledShare { p: 0.3, n: 100.0 };
        let mean = SampledMean { mean: 0.3, variance: 0.21 * 100.0 / 99.0, n: 100.0 };
        let by_share = detectable_share(&share, &share, confidence()).unwrap();
        let by_mean = detectable_mean(&mean, &mean, (0.0, 1.0), confidence()).unwrap();
        assert_relative_eq!(by_mean, by_share * (202.0_f64 / 201.0).sqrt(), max_relative = 1e-12);
    }

    #[test]
    fn it_is_never_zero_where_nobody_disagrees() {
        for n in [1.0, 2.0, 50.0] {
            for p in [0.0, 1.0] {
                let share = SampledShare { p, n };
                assert!(detectable_share(&share, &share, confidence()).unwrap() > 0.0);
            }
            let shares = PromoterShares { promoters: 1.0, passives: 0.0, detractors: 0.0 };
            let all = SampledPromoters { shares, n };
            assert!(detectable_nps(&all, &all, confidence()).unwrap() > 0.0);
            let top = SampledMean { mean: 5.0, variance: 0.0, n };
            assert!(detectable_mean(&top, &top, (1.0, 5.0), confidence()).unwrap() > 0.0);
        }
    }

    #[test]
    fn more_answers_show_smaller_differences() {
        let of = |n| SampledShare { p: 0.8, n };
        let (small, large) = (of(50.0), of(200.0));
        let at = |a, b| detectable_share(a, b, confidence()).unwrap();
        assert!(at(&large, &large) < at(&small, &large) && at(&small, &large) < at(&small, &small));
    }

    #[test]
    fn nobody_and_values_outside_the_scale_are_refused() {
        let share = SampledShare { p: 0.5, n: 10.0 };
        assert_eq!(detectable_share(&share, &SampledShare { p: 0.5, n: 0.0 }, confidence()), None);
        let mean = SampledMean { mean: 3.0, variance: 1.0, n: 10.0 };
        for (other, scale) in [
            (SampledMean { mean: 9.0, ..mean }, (1.0, 5.0)),
            (SampledMean { variance: f64::NAN, ..mean }, (1.0, 5.0)),
            (SampledMean { n: 0.0, ..mean }, (1.0, 5.0)),
            (SampledMean { mean: 3.0, ..mean }, (3.0, 3.0)),
        ] {
            assert_eq!(detectable_mean(&mean, &other, scale, confidence()), None);
        }
    }
}
