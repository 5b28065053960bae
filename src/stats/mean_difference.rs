//! The difference of two independent means: Welch's t, and any difference with its standard error.
//!
//! Works from (mean, variance of the mean, degrees of freedom), so that plain means and linearised
//! weighted ones go through the same door. Welch 1947 with Satterthwaite's 1946 degrees of freedom;
//! where a design has its own, [`difference_test`] takes them. Groups are assumed independent.
//! No variation in either group: no interval and no p, whatever the difference.
//! Reference cases: `tests/reference/differences`.

use super::{Confidence, Interval, Linearised, Moments, PKind, Reference};

/// A mean with the variance of that mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MeanEstimate {
    /// The mean, or any estimate that is nearly normal.
    pub mean: f64,
    /// Its variance (the square of its standard error).
    pub variance: f64,
    /// Degrees of freedom of that variance, n - 1 for a plain mean.
    pub df: f64,
}

impl MeanEstimate {
    /// The mean of plain answers; `None` with fewer than two.
    pub fn from_moments(moments: &Moments) -> Option<Self> {
        let se = moments.se?;
        Some(Self { mean: moments.mean, variance: se * se, df: moments.n.checked_sub(1)? as f64 })
    }

    /// A weighted mean with its linearised variance and (answers - 1) degrees of freedom; `None`
    /// with fewer than two answers.
    pub fn from_linearised(mean: &Linearised) -> Option<Self> {
        (mean.n >= 2).then(|| Self { mean: mean.mean, variance: mean.variance, df: (mean.n - 1) as f64 })
    }

    pub(super) fn is_valid(&self) -> bool {
        self.mean.is_finite()
            && self.variance >= 0.0
            && self.variance.is_finite()
            && self.df > 0.0
            && self.df.is_finite()
    }
}

/// A difference, its interval and the two-sided test that it is 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DifferenceTest {
    /// First less second.
    pub difference: f64,
    /// Standard error that interval and test use.
    pub se: f64,
    /// Limits, raw; `None` where the standard error is 0.
    pub interval: Option<Interval>,
    /// Difference over standard error; `None` where that is 0.
    pub statistic: Option<f64>,
    /// Degrees of freedom; `None` for a normal test.
    pub df: Option<f64>,
    /// Two-sided p-value; `None` with `statistic`.
    pub p: Option<f64>,
    /// How `p` was found.
    pub p_kind: PKind,
}

/// Welch's t of `first` less `second`.
///
/// `None` for estimates that are none (not finite, a variance below 0, no degrees of freedom).
pub fn mean_difference(
    first: &MeanEstimate,
    second: &MeanEstimate,
    confidence: Confidence,
) -> Option<DifferenceTest> {
    if !(first.is_valid() && second.is_valid()) {
        return None;
    }
    // Two variances of 0 leave no degrees of freedom; the result then says neither limits nor p.
    let df = satterthwaite(first, second).unwrap_or(first.df + second.df);
    let se = (first.variance + second.variance).sqrt();
    difference_test(first.mean - second.mean, se, Reference::StudentT(df), confidence)
}

/// Degrees of freedom of the sum of two independent variances; `None` where both are 0.
pub fn satterthwaite(first: &MeanEstimate, second: &MeanEstimate) -> Option<f64> {
    if !(first.is_valid() && second.is_valid()) {
        return None;
    }
    // Shares of the sum, so that tiny and huge variances neither vanish nor overflow.
    let larger = first.variance.max(second.variance);
    let (a, b) = (first.variance / larger, second.variance / larger);
    let df = (a + b) * (a + b) / (a * a / first.df + b * b / second.df);
    df.is_finite().then_some(df)
}

/// The interval and test of a difference with a known standard error.
///
/// `None` where difference or standard error is not finite or the standard error is below 0.
pub fn difference_test(
    difference: f64,
    se: f64,
    reference: Reference,
    confidence: Confidence,
) -> Option<DifferenceTest> {
    if !(difference.is_finite() && se >= 0.0 && se.is_finite()) {
        return None;
    }
    let statistic = Some(difference / se).filter(|ratio| se > 0.0 && ratio.is_finite());
    let df = match reference {
        Reference::Normal => None,
        Reference::StudentT(df) => Some(df).filter(|df| df.is_finite()),
    };
    Some(DifferenceTest {
        difference,
        se,
        interval: statistic.and_then(|_| reference.interval(difference, se, confidence.tail())),
        statistic,
        df,
        p: statistic.and_then(|ratio| reference.two_sided(ratio)),
        p_kind: reference.kind(),
    })
}

#[cfg(test)]
#[allow(clippy::float_cmp)]
mod tests {
    use super::*;
    use crate::stats::moments;
    use approx::assert_relative_eq;

    fn of(points: &[(f64, u64)]) -> Option<MeanEstimate> {
        MeanEstimate::from_moments(&moments(points)?)
    }

    fn confidence() -> Confidence {
        Confidence::new(0.95).unwrap()
    }

    #[test]
    fn two_answers_a_group_meet_the_closed_form_of_two_degrees_of_freedom() {
        // Equal variances and sizes: df = 2, where p = 1 - t / √(t² + 2).
        let test = mean_difference(
            &of(&[(1.0, 1), (3.0, 1)]).unwrap(),
            &of(&[(4.0, 1), (6.0, 1)]).unwrap(),
            confidence(),
        );
        let test = test.unwrap();
        let t = -3.0 / 2.0_f64.sqrt();
        assert_relative_eq!(test.statistic.unwrap(), t, max_relative = 1e-14);
        assert_relative_eq!(test.df.unwrap(), 2.0, max_relative = 1e-14);
        let wanted = 1.0 - t.abs() / (t * t + 2.0).sqrt();
        assert_relative_eq!(test.p.unwrap(), wanted, max_relative = 1e-12);
        assert_eq!(test.p_kind, PKind::StudentT);
    }

    #[test]
    fn one_answer_has_no_test_and_no_variation_has_no_p() {
        assert_eq!(of(&[(3.0, 1)]), None);
        let same = of(&[(3.0, 5)]).unwrap();
        let other = of(&[(4.0, 2)]).unwrap();
        let test = mean_difference(&same, &other, confidence()).unwrap();
        assert_eq!((test.difference, test.se), (-1.0, 0.0));
        assert_eq!((test.interval, test.statistic, test.p), (None, None, None));
    }

    #[test]
    fn one_group_without_variation_leaves_the_other_groups_degrees_of_freedom() {
        let still = of(&[(3.0, 50)]).unwrap();
        let moving = of(&[(1.0, 2), (2.0, 2), (5.0, 1)]).unwrap();
        let test = mean_difference(&still, &moving, confidence()).unwrap();
        assert_relative_eq!(test.df.unwrap(), 4.0, max_relative = 1e-14);
        assert!(test.interval.unwrap().contains(test.difference));
    }

    #[test]
    fn extreme_variances_keep_their_degrees_of_freedom() {
        for scale in [1e-300, 1.0, 1e300] {
            let first = MeanEstimate { mean: 0.0, variance: scale, df: 9.0 };
            let second = MeanEstimate { mean: 0.0, variance: scale, df: 9.0 };
            assert_relative_eq!(satterthwaite(&first, &second).unwrap(), 18.0, max_relative = 1e-14);
        }
    }

    #[test]
    fn what_is_no_estimate_has_no_difference() {
        let right = MeanEstimate { mean: 0.0, variance: 1.0, df: 9.0 };
        for wrong in [
            MeanEstimate { mean: f64::NAN, ..right },
            MeanEstimate { variance: -1.0, ..right },
            MeanEstimate { variance: f64::INFINITY, ..right },
            MeanEstimate { df: 0.0, ..right },
        ] {
            assert_eq!(mean_difference(&right, &wrong, confidence()), None);
            assert_eq!(mean_difference(&wrong, &right, confidence()), None);
        }
        assert_eq!(difference_test(1.0, -1.0, Reference::Normal, confidence()), None);
    }
}
