//! Counts of events and rates by exposure: exact limits and comparisons under the Poisson law.
//!
//! A complaint count is a number of events in a known number of transactions, days or customers, not a share of
//! answers. Interval: Garwood 1936 (*Biometrika* 28, 437-442), quantiles of chi-square. Two rates: given their sum
//! the first count is binomial (Przyborowski and Wilenski 1940, *Biometrika* 31, 313-323), which gives an exact
//! p-value (all outcomes no likelier than the one seen, as R's `poisson.test`) and, by Clopper and Pearson's limits
//! of that share, a ratio with limits; the p-value is not the limits turned round, so that near the level they can
//! disagree. Several rates: chi-square around the common rate, k - 1 degrees of freedom. Events are taken as
//! independent: customers who complain twice make the limits too narrow, which is for the caller to say.

use super::binomial_distribution::Binomial;
use super::distributions::chi_square_quantile;
use super::homogeneity::by_chi_square;
use super::sum::sum;
use super::{Confidence, Homogeneity, Interval, OpenInterval, PKind, clopper_pearson};

/// Events counted over an exposure (transactions, customers, days), in the unit that the rate is to be by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EventRate {
    /// Number of events.
    pub events: u64,
    /// Exposure, above 0: in thousands for a rate per 1,000.
    pub exposure: f64,
}

/// One rate over another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RateRatio {
    /// First rate over second; `None` without events in the second.
    pub ratio: Option<f64>,
    /// Exact limits of the ratio: from 0 without events in the first, without upper end (`None`) without events in the
    /// second, and both `None` without any.
    pub limits: OpenInterval,
    /// Two-sided p-value that the rates are equal; 1 without any events.
    pub p: f64,
    /// How `p` was found.
    pub p_kind: PKind,
}

/// Garwood's limits of the mean behind a count; the lower one of no events is exactly 0.
///
/// Coverage is at least nominal. `None` above 4·10¹⁴ events.
pub fn garwood(events: u64, confidence: Confidence) -> Option<Interval> {
    let (k, tail) = (events as f64, confidence.tail());
    let low = if events == 0 { 0.0 } else { chi_square_quantile(tail, 2.0 * k)? / 2.0 };
    let high = chi_square_quantile(1.0 - tail, 2.0 * k + 2.0)? / 2.0;
    Interval::new(low, high)
}

impl EventRate {
    /// Events by unit of exposure; `None` unless the exposure is positive and finite.
    pub fn rate(self) -> Option<f64> {
        let rate = self.events as f64 / self.exposure;
        (self.is_valid() && rate.is_finite()).then_some(rate)
    }

    /// Standard error of the rate; `None` as [`Self::rate`], and without events, where the root of 0 is no measure of
    /// chance.
    pub fn se(self) -> Option<f64> {
        let se = (self.events as f64).sqrt() / self.exposure;
        (self.is_valid() && self.events > 0 && se.is_finite()).then_some(se)
    }

    /// Garwood's limits by unit of exposure; `None` unless the exposure is positive and finite.
    pub fn interval(self, confidence: Confidence) -> Option<Interval> {
        self.rate()?;
        let count = garwood(self.events, confidence)?;
        Interval::new(count.low / self.exposure, count.high / self.exposure)
    }

    /// This rate over another, with the exact test that they are equal; `None` unless both exposures are positive and
    /// finite.
    pub fn over(self, other: Self, confidence: Confidence) -> Option<RateRatio> {
        let (own_rate, other_rate) = (self.rate()?, other.rate()?);
        let events = self.events.checked_add(other.events)?;
        // Chance that an event is one of the first, if the rates are equal.
        let chance = 1.0 / (1.0 + other.exposure / self.exposure);
        let p = Binomial::new(events, chance)?.two_sided(self.events)?;
        let limits = if events == 0 {
            OpenInterval { low: None, high: None }
        } else {
            let share = clopper_pearson(self.events as f64, events as f64, confidence)?;
            let scale = other.exposure / self.exposure;
            let ratio = |share: f64| Some(share / (1.0 - share) * scale).filter(|ratio| ratio.is_finite());
            OpenInterval { low: ratio(share.low), high: ratio(share.high) }
        };
        let ratio = Some(own_rate / other_rate).filter(|ratio| ratio.is_finite());
        Some(RateRatio { ratio, limits, p, p_kind: PKind::Exact })
    }

    pub(super) fn is_valid(self) -> bool {
        self.exposure > 0.0 && self.exposure.is_finite()
    }
}

/// The test that k rates are equal; statistic 0 and p 1 without any events.
///
/// The approximation is coarse where a group expects fewer than five events. `None` with fewer than two groups or
/// where an exposure is not positive and finite.
pub fn rate_homogeneity(groups: &[EventRate]) -> Option<Homogeneity> {
    let df = groups.len().checked_sub(1).filter(|df| *df > 0)? as f64;
    if !groups.iter().all(|group| group.is_valid()) {
        return None;
    }
    let exposure = sum(groups.iter().map(|group| group.exposure));
    let rate = sum(groups.iter().map(|group| group.events as f64)) / exposure;
    let part = |group: &EventRate| {
        let expected = rate * group.exposure;
        (group.events as f64 - expected).powi(2) / expected
    };
    let statistic = if rate > 0.0 { sum(groups.iter().map(part)) } else { 0.0 };
    by_chi_square(statistic, df)
}

#[cfg(test)]
#[allow(clippy::float_cmp)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    fn confidence(level: f64) -> Confidence {
        Confidence::new(level).unwrap()
    }

    fn rate(events: u64, exposure: f64) -> EventRate {
        EventRate { events, exposure }
    }

    #[test]
    fn limits_of_a_count_are_those_of_scipy() {
        // scipy 1.17.1: chi2.ppf(tail, 2 k) / 2 and chi2.isf(tail, 2 k + 2) / 2.
        for (events, level, low, high) in [
            (0, 0.95, 0.0, 3.688_879_454_113_935_4),
            (0, 0.998, 0.0, 6.907_755_278_982_137),
            (1, 0.95, 0.025_317_807_984_289_897, 5.571_643_390_938_898),
            (3, 0.998, 0.190_533_377_568_403_27, 13.062_240_779_188_07),
            (10, 0.95, 4.795_388_696_132_433_5, 18.390_356_042_017_78),
            (240, 0.998, 194.960_314_379_370_9, 291.835_645_493_925_54),
            (600_000, 0.95, 598_482.765_800_570_5, 601_520.129_770_234),
            (3_000_000, 0.998, 2_994_650.410_357_274_6, 3_005_356.290_225_002_4),
        ] {
            let found = garwood(events, confidence(level)).unwrap();
            assert_relative_eq!(found.low, low, max_relative = 1e-10);
            assert_relative_eq!(found.high, high, max_relative = 1e-10);
        }
        // R 4.2.2: poisson.test(137, 24.19865)$conf.int.
        let found = rate(137, 24.198_65).interval(confidence(0.95)).unwrap();
        assert_relative_eq!(found.low, 4.753_179_802_749_266, max_relative = 1e-11);
        assert_relative_eq!(found.high, 6.692_786_774_802_451, max_relative = 1e-11);
    }

    #[test]
    fn two_rates_are_compared_as_r_does() {
        // R 4.2.2: poisson.test(c(a, b), c(t, u)): estimate, conf.int, p.value.
        for (first, second, ratio, low, high, p) in [
            (
                rate(137, 24.198_65),
                rate(36, 16.5),
                2.594_841_723_264_176_7,
                1.786_310_564_518_337,
                3.857_642_061_646_533,
                4.137_920_640_747_685e-8,
            ),
            (
                rate(11, 800.0),
                rate(21, 3011.0),
                1.971_488_095_238_095_3,
                0.858_426_403_391_639_2,
                4.277_265_943_654_071,
                0.079_668_633_033_329_52,
            ),
            (rate(3, 1.0), rate(3, 1.0), 1.0, 0.133_937_588_177_730_2, 7.466_164_006_724_067, 1.0),
            (
                rate(12_000, 1e6),
                rate(11_500, 1.01e6),
                1.053_913_043_478_261,
                1.027_213_585_060_190_7,
                1.081_310_238_259_531_4,
                5.854_357_096_959_194e-5,
            ),
            (
                rate(1, 30.0),
                rate(20, 40.0),
                0.066_666_666_666_666_67,
                0.001_608_449_258_373_632,
                0.416_815_222_412_480_4,
                0.000_198_467_246_800_971_15,
            ),
        ] {
            let found = first.over(second, confidence(0.95)).unwrap();
            assert_relative_eq!(found.ratio.unwrap(), ratio, max_relative = 1e-12);
            assert_relative_eq!(found.limits.low.unwrap(), low, max_relative = 1e-10);
            assert_relative_eq!(found.limits.high.unwrap(), high, max_relative = 1e-10);
            assert_relative_eq!(found.p, p, max_relative = 1e-9);
        }
    }

    #[test]
    fn rates_without_events_have_a_limit_on_one_side() {
        // R 4.2.2: poisson.test(c(0, 5), c(10, 12)), poisson.test(c(5, 0), c(10, 12)).
        let none = rate(0, 10.0).over(rate(5, 12.0), confidence(0.95)).unwrap();
        assert_eq!((none.ratio, none.limits.low), (Some(0.0), Some(0.0)));
        assert_relative_eq!(none.limits.high.unwrap(), 1.309_534_926_219_055, max_relative = 1e-11);
        assert_relative_eq!(none.p, 0.067_686_633_426_678_5, max_relative = 1e-11);
        let only = rate(5, 10.0).over(rate(0, 12.0), confidence(0.95)).unwrap();
        assert_eq!((only.ratio, only.limits.high), (None, None));
        assert_relative_eq!(only.limits.low.unwrap(), 1.099_627_028_778_552, max_relative = 1e-11);
        assert_relative_eq!(only.p, 0.019_403_791_345_598_6, max_relative = 1e-11);
        let neither = rate(0, 3.0).over(rate(0, 4.0), confidence(0.95)).unwrap();
        assert_eq!((neither.ratio, neither.p), (None, 1.0));
        assert_eq!(neither.limits, OpenInterval { low: None, high: None });
    }

    #[test]
    fn several_rates_meet_the_chi_square_of_r() {
        // R 4.2.2: chisq.test(c(18, 25, 40, 9), p = t / sum(t)).
        let groups = [rate(18, 1200.0), rate(25, 1500.0), rate(40, 1800.0), rate(9, 950.0)];
        let test = rate_homogeneity(&groups).unwrap();
        assert_relative_eq!(test.statistic, 6.385_456_394_609_712, max_relative = 1e-12);
        assert_relative_eq!(test.p, 0.094_290_944_279_067_44, max_relative = 1e-10);
        assert_eq!(test.df, 3.0);
        let none = rate_homogeneity(&[rate(0, 5.0), rate(0, 7.0)]).unwrap();
        assert_eq!((none.statistic, none.p), (0.0, 1.0));
    }

    #[test]
    fn without_exposure_there_is_no_rate() {
        assert_eq!((rate(0, 4.0).se(), rate(9, 4.0).se()), (None, Some(0.75)));
        for exposure in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            let bad = rate(3, exposure);
            assert_eq!(bad.rate(), None);
            assert_eq!(bad.interval(confidence(0.95)), None);
            assert_eq!(bad.over(rate(1, 1.0), confidence(0.95)), None);
            assert_eq!(rate(1, 1.0).over(bad, confidence(0.95)), None);
            assert_eq!(rate_homogeneity(&[bad, rate(1, 1.0)]), None);
        }
        assert_eq!(rate_homogeneity(&[rate(1, 1.0)]), None);
        assert_eq!(rate(u64::MAX, 1.0).interval(confidence(0.95)), None);
        assert_eq!(rate(u64::MAX, 1.0).over(rate(1, 1.0), confidence(0.95)), None);
    }
}
