//! The ratio of two independent estimates, such as a step of a funnel from a survey's figure to a file's count.
//!
//! Delta method on the logarithm (Katz, Baptista, Azen and Pike 1978, *Biometrics* 34, 469-474, for two shares): the
//! relative variances add, and the limits are the ratio times exp(± z · root). The numerator need not be part of the
//! denominator, so that ratio and limits may exceed 1. A logarithm of 0 does not exist: such a ratio has no limits,
//! and says why.

use super::{Confidence, Interval};

/// A figure with its standard error, both at least 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimated {
    /// The figure.
    pub value: f64,
    /// Its standard error: 0 for a figure that is known, `None` where there is none.
    pub se: Option<f64>,
}

/// Why a ratio has no limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RatioFault {
    /// A figure or standard error is negative or not finite, or the ratio is too large or too small for a double.
    Impossible,
    /// The denominator is 0: there is no ratio either.
    ZeroDenominator,
    /// The numerator is 0: the ratio is 0, without limits.
    ZeroNumerator,
    /// The numerator has no standard error.
    NumeratorWithoutError,
    /// The denominator has no standard error.
    DenominatorWithoutError,
    /// Both figures are known: nothing is left to chance.
    NothingUncertain,
}

/// A ratio with its limits or what keeps them away.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ratio {
    /// Numerator over denominator; `None` where that does not exist.
    pub value: Option<f64>,
    /// Standard error by the delta method; `None` where there are no limits.
    pub se: Option<f64>,
    /// Limits, above 0 and possibly above 1.
    pub limits: Result<Interval, RatioFault>,
}

impl Estimated {
    /// A figure known without error: a population, a count of customers.
    pub fn known(value: f64) -> Self {
        Self { value, se: Some(0.0) }
    }

    /// A count of independent events, with the standard error of the Poisson law.
    ///
    /// Without events there is none: the root of 0 is no measure of chance.
    pub fn events(count: u64) -> Self {
        let value = count as f64;
        Self { value, se: (count > 0).then(|| value.sqrt()) }
    }

    /// The estimate times a known number, as a share times its population.
    #[must_use]
    pub fn times(self, known: f64) -> Self {
        Self { value: self.value * known, se: self.se.map(|se| se * known) }
    }

    /// This over another, independent estimate.
    pub fn over(self, other: Self, confidence: Confidence) -> Ratio {
        let none = |fault| Ratio { value: None, se: None, limits: Err(fault) };
        if !(self.is_possible() && other.is_possible()) {
            return none(RatioFault::Impossible);
        }
        if other.value <= 0.0 {
            return none(RatioFault::ZeroDenominator);
        }
        let value = self.value / other.value;
        // Too large or too small for a double.
        if !value.is_finite() || (value <= 0.0 && self.value > 0.0) {
            return none(RatioFault::Impossible);
        }
        let limits = |error: f64| {
            let factor = (confidence.z() * error).exp();
            let limits = Interval::new(value / factor, value * factor).ok_or(RatioFault::Impossible)?;
            Ok((limits, error * value))
        };
        match self.relative_error(other).and_then(limits) {
            Ok((limits, se)) => Ratio { value: Some(value), se: Some(se), limits: Ok(limits) },
            Err(fault) => Ratio { value: Some(value), se: None, limits: Err(fault) },
        }
    }

    /// Standard error of the logarithm of this over another of possible figures.
    fn relative_error(self, other: Self) -> Result<f64, RatioFault> {
        if self.value <= 0.0 {
            return Err(RatioFault::ZeroNumerator);
        }
        let own = self.se.ok_or(RatioFault::NumeratorWithoutError)? / self.value;
        let others = other.se.ok_or(RatioFault::DenominatorWithoutError)? / other.value;
        let error = own.hypot(others);
        if error > 0.0 { Ok(error) } else { Err(RatioFault::NothingUncertain) }
    }

    fn is_possible(self) -> bool {
        let fits = |x: f64| x >= 0.0 && x.is_finite();
        fits(self.value) && self.se.is_none_or(fits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    fn confidence() -> Confidence {
        Confidence::new(0.95).unwrap()
    }

    fn share(k: f64, n: f64) -> Estimated {
        let p = k / n;
        Estimated { value: p, se: Some((p * (1.0 - p) / n).sqrt()) }
    }

    #[test]
    fn two_shares_meet_the_relative_risk_of_scipy() {
        // scipy 1.17.1: stats.contingency.relative_risk(k, n, l, m).confidence_interval(0.95).
        for (first, second, ratio, low, high) in [
            (
                share(27.0, 122.0),
                share(44.0, 487.0),
                2.449_515_648_286_139_8,
                1.583_699_092_670_011_6,
                3.788_678_631_546_635_4,
            ),
            (share(3.0, 20.0), share(15.0, 18.0), 0.18, 0.062_142_291_617_592_3, 0.521_384_055_151_703_6),
            (share(900.0, 1000.0), share(12.0, 4000.0), 300.0, 170.453_289_667_281_58, 528.003_889_955_286_9),
        ] {
            let found = first.over(second, confidence());
            assert_relative_eq!(found.value.unwrap(), ratio, max_relative = 1e-13);
            let limits = found.limits.unwrap();
            assert_relative_eq!(limits.low, low, max_relative = 1e-11);
            assert_relative_eq!(limits.high, high, max_relative = 1e-11);
        }
    }

    #[test]
    fn two_counts_meet_the_log_limits_of_statsmodels() {
        // statsmodels 0.15.0: confint_poisson_2indep(30, 1, 20, 1, method="wald-log", compare="ratio").
        let found = Estimated::events(30).over(Estimated::events(20), confidence());
        let limits = found.limits.unwrap();
        assert_relative_eq!(limits.low, 0.851_864_536_995_963_8, max_relative = 1e-9);
        assert_relative_eq!(limits.high, 2.641_265_016_072_222, max_relative = 1e-9);
    }

    #[test]
    fn a_numerator_that_is_no_part_may_exceed_the_denominator() {
        // 400 complaints, where the survey's 2 % ± 0.5 % of 10,000 customers are 200.
        let told = Estimated { value: 0.02, se: Some(0.005) }.times(10_000.0);
        let found = Estimated::events(400).over(told, confidence());
        assert_relative_eq!(found.value.unwrap(), 2.0, max_relative = 1e-14);
        let limits = found.limits.unwrap();
        // √(1/400 + 1/16) = √0.065 = 0.254951.
        assert_relative_eq!(limits.low, 2.0 * (-1.959_964 * 0.254_951_f64).exp(), max_relative = 1e-6);
        assert!(limits.high > 3.0);
        assert_relative_eq!(found.se.unwrap(), 2.0 * 0.065_f64.sqrt(), max_relative = 1e-14);
        // Turned round, the limits turn round.
        let back = told.over(Estimated::events(400), confidence()).limits.unwrap();
        assert_relative_eq!(back.low, 1.0 / limits.high, max_relative = 1e-13);
    }

    #[test]
    fn what_keeps_limits_away_is_said() {
        let five = Estimated::events(5);
        let fault =
            |a: Estimated, b: Estimated| (a.over(b, confidence()).value, a.over(b, confidence()).limits);
        assert_eq!(fault(five, Estimated::known(0.0)), (None, Err(RatioFault::ZeroDenominator)));
        assert_eq!(fault(Estimated::events(0), five), (Some(0.0), Err(RatioFault::ZeroNumerator)));
        let bare = Estimated { value: 5.0, se: None };
        assert_eq!(fault(bare, five), (Some(1.0), Err(RatioFault::NumeratorWithoutError)));
        assert_eq!(fault(five, bare), (Some(1.0), Err(RatioFault::DenominatorWithoutError)));
        let known = Estimated::known(10.0);
        assert_eq!(fault(known, known), (Some(1.0), Err(RatioFault::NothingUncertain)));
        for bad in [-1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(fault(Estimated::known(bad), five), (None, Err(RatioFault::Impossible)));
            assert_eq!(
                fault(five, Estimated { value: 1.0, se: Some(bad) }),
                (None, Err(RatioFault::Impossible))
            );
        }
        let tiny = Estimated { value: 1e-300, se: Some(1.0) };
        assert_eq!(fault(five, tiny).1, Err(RatioFault::Impossible));
        assert_eq!(fault(tiny, Estimated::known(1e300)), (None, Err(RatioFault::Impossible)));
    }
}
