//! The difference of two independent net promoter scores, on the unit scale.
//!
//! The difference is that of the scores as they are. Adjusted: interval and test stand on counts
//! with 0.75, 1.5 and 0.75 answers added to each group (Rocks 2016), so that groups all in one
//! camp still have a standard error; their centre is not the difference, and the interval may miss
//! it, which is for the caller to mend. Plain: Wald on the counts. Welch: t on -1, 0 and +1 with
//! variances over n - 1. `n` may be fractional. Reference cases: `tests/reference/differences`.

use super::nps::{nps_adjusted, nps_value, nps_variance_per_answer};
use super::{
    Confidence, DifferenceTest, MeanEstimate, PromoterShares, Reference, correlated_difference,
    difference_test, mean_difference,
};

/// The three groups of one sample.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SampledPromoters {
    /// Shares of promoters, passives and detractors.
    pub shares: PromoterShares,
    /// Number of answers, whole or effective.
    pub n: f64,
}

impl SampledPromoters {
    /// Score and its variance, with `n - 1` degrees of freedom and divisor; `None` below two answers.
    ///
    /// This is what Welch's tests of two or more groups take.
    pub fn as_mean(&self) -> Option<MeanEstimate> {
        self.value()?;
        let df = self.n - 1.0;
        if self.n < 2.0 {
            return None;
        }
        let variance = nps_variance_per_answer(&self.shares)? / df;
        Some(MeanEstimate { mean: nps_value(&self.shares)?, variance, df })
    }

    fn value(&self) -> Option<f64> {
        if self.n > 0.0 && self.n.is_finite() { nps_value(&self.shares) } else { None }
    }
}

/// First less second with interval and p from adjusted counts; `None` without answers in a group.
///
/// `statistic` is the adjusted difference over its standard error.
pub fn nps_difference_adjusted(
    first: &SampledPromoters,
    second: &SampledPromoters,
    reference: Reference,
    confidence: Confidence,
) -> Option<DifferenceTest> {
    nps_difference_correlated(first, second, 0.0, reference, confidence)
}

/// The same of two groups whose scores are correlated; `None` also where the correlation is none.
pub fn nps_difference_correlated(
    first: &SampledPromoters,
    second: &SampledPromoters,
    correlation: f64,
    reference: Reference,
    confidence: Confidence,
) -> Option<DifferenceTest> {
    let difference = first.value()? - second.value()?;
    let (a, b) = (nps_adjusted(&first.shares, first.n)?, nps_adjusted(&second.shares, second.n)?);
    let covariance = correlation.clamp(-1.0, 1.0) * (a.variance * b.variance).sqrt();
    let test = correlated_difference(
        [a.value, b.value],
        [a.variance, b.variance],
        covariance,
        reference,
        confidence,
    )?;
    Some(DifferenceTest { difference, ..test })
}

/// First less second with the plain normal interval; `None` without answers in a group.
pub fn nps_difference_wald(
    first: &SampledPromoters,
    second: &SampledPromoters,
    reference: Reference,
    confidence: Confidence,
) -> Option<DifferenceTest> {
    let difference = first.value()? - second.value()?;
    let variance = nps_variance_per_answer(&first.shares)? / first.n
        + nps_variance_per_answer(&second.shares)? / second.n;
    difference_test(difference, variance.sqrt(), reference, confidence)
}

/// First less second by Welch's t on -1, 0 and +1; `None` with fewer than two answers in a group.
pub fn nps_difference_welch(
    first: &SampledPromoters,
    second: &SampledPromoters,
    confidence: Confidence,
) -> Option<DifferenceTest> {
    mean_difference(&first.as_mean()?, &second.as_mean()?, confidence)
}

#[cfg(test)]
#[allow(clippy::float_cmp)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    fn of(promoters: f64, passives: f64, detractors: f64) -> SampledPromoters {
        SampledPromoters {
            shares: PromoterShares::from_totals(promoters, passives, detractors).unwrap(),
            n: promoters + passives + detractors,
        }
    }

    fn confidence() -> Confidence {
        Confidence::new(0.95).unwrap()
    }

    #[test]
    fn groups_all_in_one_camp_are_tested_by_adjusted_counts_only() {
        let (a, b) = (of(10.0, 0.0, 0.0), of(0.0, 0.0, 10.0));
        let plain = nps_difference_wald(&a, &b, Reference::Normal, confidence()).unwrap();
        assert_eq!((plain.difference, plain.interval, plain.p), (2.0, None, None));
        let adjusted = nps_difference_adjusted(&a, &b, Reference::Normal, confidence()).unwrap();
        assert_eq!(adjusted.difference, 2.0);
        // 10.75 promoters and 0.75 detractors of 13.
        let score: f64 = 10.0 / 13.0;
        let se = (2.0 * (11.5 / 13.0 - score * score) / 13.0).sqrt();
        assert_relative_eq!(adjusted.se, se, max_relative = 1e-14);
        assert_relative_eq!(adjusted.statistic.unwrap(), 2.0 * score / se, max_relative = 1e-14);
        assert!(adjusted.p.unwrap() < 1e-3);
    }

    #[test]
    fn equal_groups_differ_by_nothing() {
        let a = of(4.0, 3.0, 3.0);
        for test in [
            nps_difference_wald(&a, &a, Reference::Normal, confidence()),
            nps_difference_adjusted(&a, &a, Reference::StudentT(9.0), confidence()),
            nps_difference_welch(&a, &a, confidence()),
        ] {
            let test = test.unwrap();
            assert_eq!((test.difference, test.p), (0.0, Some(1.0)));
        }
    }

    #[test]
    fn one_answer_has_no_welch_and_none_has_nothing() {
        let (one, more) = (of(1.0, 0.0, 0.0), of(4.0, 3.0, 3.0));
        assert_eq!(nps_difference_welch(&one, &more, confidence()), None);
        assert!(nps_difference_adjusted(&one, &more, Reference::Normal, confidence()).is_some());
        for n in [0.0, f64::NAN, f64::INFINITY] {
            let none = SampledPromoters { n, ..more };
            assert_eq!(nps_difference_adjusted(&none, &more, Reference::Normal, confidence()), None);
            assert_eq!(nps_difference_wald(&more, &none, Reference::Normal, confidence()), None);
        }
    }
}
