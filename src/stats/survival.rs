//! The share of cases that take longer than a time, with its limits.
//!
//! Variance: Greenwood 1926. Limits: of the share itself, of its logarithm, or of the logarithm of its negative
//! logarithm (Kalbfleisch and Prentice 1980, *The Statistical Analysis of Failure Time Data*), cut to 0..1.

use super::distributions::upper_normal_quantile;
use super::{Confidence, Interval};

/// The form of the limits of a share of cases that take longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum SurvivalLimits {
    /// The share ± z standard errors.
    Plain,
    /// Of the logarithm of the share.
    Log,
    /// Of the logarithm of the negative logarithm: never outside 0..1, and the best of the three in small samples.
    #[default]
    LogLog,
}

/// The share of cases that take longer than a time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Survival {
    /// The share, 0 to 1.
    pub share: f64,
    /// Greenwood's sum: the relative variance of the share; infinite where the share is 0.
    relative_variance: f64,
}

impl Survival {
    /// Before any case ended.
    pub(super) const ALL: Self = Self { share: 1.0, relative_variance: 0.0 };

    /// Greenwood's standard error of the share; `None` where the share is 0.
    pub fn se(self) -> Option<f64> {
        self.relative_variance.is_finite().then(|| self.share * self.relative_variance.sqrt())
    }

    /// Limits of the share, within 0..1.
    ///
    /// `None` where the share is 0 or 1: nothing tells how sure that is (see `KaplanMeier::known_at`).
    pub fn interval(self, form: SurvivalLimits, confidence: Confidence) -> Option<Interval> {
        self.limits(form, upper_normal_quantile(confidence.tail()))
    }

    /// The share of cases that have ended by then.
    pub fn ended(self) -> f64 {
        1.0 - self.share
    }

    /// Limits of the share that have ended by then; `None` as [`Self::interval`].
    pub fn ended_interval(self, form: SurvivalLimits, confidence: Confidence) -> Option<Interval> {
        let longer = self.interval(form, confidence)?;
        Interval::new(1.0 - longer.high, 1.0 - longer.low)
    }

    /// The share after a time at which `ended` of `at_risk` cases, at least as many, ended.
    pub(super) fn after(self, ended: u64, at_risk: u64) -> Self {
        if ended == 0 {
            return self;
        }
        let (ended, at_risk) = (ended as f64, at_risk as f64);
        Self {
            share: self.share * ((at_risk - ended) / at_risk),
            relative_variance: self.relative_variance + ended / (at_risk * (at_risk - ended)),
        }
    }

    /// [`Self::interval`] at a critical value.
    pub(super) fn limits(self, form: SurvivalLimits, z: f64) -> Option<Interval> {
        if !(self.share > 0.0 && self.share < 1.0) {
            return None;
        }
        let root = self.relative_variance.sqrt();
        let (low, high) = match form {
            SurvivalLimits::Plain => (self.share * (1.0 - z * root), self.share * (1.0 + z * root)),
            SurvivalLimits::Log => (self.share * (-z * root).exp(), self.share * (z * root).exp()),
            SurvivalLimits::LogLog => {
                let factor = (z * root / -self.share.ln()).exp();
                (self.share.powf(factor), self.share.powf(1.0 / factor))
            }
        };
        Interval::new(low.clamp(0.0, 1.0), high.clamp(0.0, 1.0))
    }
}

#[cfg(test)]
#[allow(clippy::float_cmp)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    #[test]
    fn the_log_log_limits_undo_their_transformation() {
        // Half of ten: Greenwood's sum is 5 / (10 · 5).
        let half = Survival::ALL.after(5, 10);
        assert_relative_eq!(half.se().unwrap(), 0.5 * 0.1_f64.sqrt(), max_relative = 1e-14);
        let confidence = Confidence::new(0.9).unwrap();
        let limits = half.interval(SurvivalLimits::LogLog, confidence).unwrap();
        let distance = |limit: f64| (-limit.ln()).ln() - (-half.share.ln()).ln();
        let wanted = confidence.z() * 0.1_f64.sqrt() / 2.0_f64.ln();
        assert_relative_eq!(distance(limits.low), wanted, max_relative = 1e-12);
        assert_relative_eq!(distance(limits.high), -wanted, max_relative = 1e-12);
        let ended = half.ended_interval(SurvivalLimits::LogLog, confidence).unwrap();
        assert_eq!((ended.low, ended.high), (1.0 - limits.high, 1.0 - limits.low));
    }

    #[test]
    fn plain_and_log_limits_end_at_0_and_1() {
        let confidence = Confidence::new(0.99).unwrap();
        let few = Survival::ALL.after(3, 4);
        assert_eq!(few.interval(SurvivalLimits::Plain, confidence).unwrap().low, 0.0);
        let most = Survival::ALL.after(1, 4);
        for form in [SurvivalLimits::Plain, SurvivalLimits::Log] {
            assert_eq!(most.interval(form, confidence).unwrap().high, 1.0);
        }
        assert!(most.interval(SurvivalLimits::LogLog, confidence).unwrap().high < 1.0);
    }

    #[test]
    fn none_and_all_have_no_limits() {
        let confidence = Confidence::new(0.95).unwrap();
        let none = Survival::ALL.after(4, 4);
        assert_eq!((none.share, none.se()), (0.0, None));
        for form in [SurvivalLimits::Plain, SurvivalLimits::Log, SurvivalLimits::LogLog] {
            assert_eq!(none.interval(form, confidence), None);
            assert_eq!(Survival::ALL.interval(form, confidence), None);
        }
        assert_eq!(Survival::ALL.after(0, 9), Survival::ALL);
    }
}
