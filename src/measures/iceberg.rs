//! How many had a problem, by those who complained: the part of an iceberg that is seen, over the share that is above water.
//!
//! Complaints of a period over the share of those with a problem who say that they complained. The share is that of the
//! respondents of a survey and complaints are counted elsewhere, so both are independent; limits by the delta method on the
//! logarithm ([`Estimated::over`]; Katz, Baptista, Azen and Pike 1978, *Biometrics* 34, 469-474), complaints as a Poisson count.

use crate::stats::{Confidence, Estimated, Interval};

/// With fewer answers the share is not known well enough to divide by.
pub const FEWEST_ANSWERS: f64 = 30.0;

/// The share of those with a problem who complained, as a survey has it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ComplainingShare {
    /// The share, 0 to 1.
    pub value: f64,
    /// Its standard error.
    pub se: Option<f64>,
    /// Its lower limit, 0 to 1.
    pub low: Option<f64>,
    /// The n that its interval used.
    pub base: f64,
}

/// Why nothing can be said of those who did not complain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IcebergFault {
    /// None was counted: that is no sign that nobody had a problem.
    NoComplaints,
    /// Fewer than [`FEWEST_ANSWERS`] with a problem said whether they complained.
    TooFewAnswers,
    /// The lower limit of the share is 0, so that there may be any number.
    ShareMayBeZero,
    /// The share has no standard error.
    NoError,
}

/// The number of problems behind the complaints of a period, with its limits.
///
/// # Errors
/// See [`IcebergFault`].
pub fn problems_behind(
    complaints: u64,
    share: ComplainingShare,
    confidence: Confidence,
) -> Result<(f64, Interval), IcebergFault> {
    if complaints == 0 {
        return Err(IcebergFault::NoComplaints);
    }
    if share.base < FEWEST_ANSWERS {
        return Err(IcebergFault::TooFewAnswers);
    }
    if share.value <= 0.0 || share.low.is_none_or(|low| low <= 0.0) {
        return Err(IcebergFault::ShareMayBeZero);
    }
    let ratio =
        Estimated::events(complaints).over(Estimated { value: share.value, se: share.se }, confidence);
    ratio.value.zip(ratio.limits.ok()).ok_or(IcebergFault::NoError)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn level() -> Confidence {
        Confidence::new(0.95).unwrap()
    }

    fn share(x: f64, n: f64) -> ComplainingShare {
        let value = x / n;
        let se = (value * (1.0 - value) / n).sqrt();
        ComplainingShare { value, se: Some(se), low: Some((value - 2.0 * se).max(0.0)), base: n }
    }

    #[test]
    fn limits_are_those_of_r() {
        // R 4.2.2, survey 4.1-1: svycontrast of log(count / share), variances 240 and 0.3 * 0.7 / 200.
        let (value, limits) = problems_behind(240, share(60.0, 200.0), level()).unwrap();
        assert!((value - 800.0).abs() < 1e-9);
        assert!((limits.low - 625.147_945_565).abs() < 1e-6, "{limits:?}");
        assert!((limits.high - 1_023.757_663_350).abs() < 1e-6, "{limits:?}");
    }

    #[test]
    fn what_is_not_known_is_not_said() {
        let of = |complaints, share| problems_behind(complaints, share, level()).unwrap_err();
        assert_eq!(of(0, share(20.0, 60.0)), IcebergFault::NoComplaints);
        assert_eq!(of(9, share(14.0, 29.0)), IcebergFault::TooFewAnswers);
        assert_eq!(of(9, share(0.0, 60.0)), IcebergFault::ShareMayBeZero);
        assert_eq!(of(9, share(1.0, 60.0)), IcebergFault::ShareMayBeZero);
        assert_eq!(of(9, ComplainingShare { se: None, ..share(20.0, 60.0) }), IcebergFault::NoError);
    }

    #[test]
    fn a_census_that_all_complained_in_leaves_the_complaints() {
        let all = ComplainingShare { value: 1.0, se: Some(0.0), low: Some(0.9), base: 40.0 };
        let (value, limits) = problems_behind(25, all, level()).unwrap();
        assert!((value - 25.0).abs() < 1e-12 && limits.low < 25.0 && limits.high > 25.0);
    }

    proptest! {
        #[test]
        fn there_are_at_least_as_many_problems_as_complaints(k in 1_u64..100_000, x in 20_u32..400, more in 0_u32..400) {
            let n = f64::from(x + more).max(30.0);
            let (value, limits) = problems_behind(k, share(f64::from(x), n), level()).unwrap();
            prop_assert!(value >= k as f64 * (1.0 - 1e-12));
            prop_assert!(limits.low <= value && value <= limits.high && limits.low > 0.0);
        }
    }
}
