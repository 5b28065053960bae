//! Funnel plots: whether the share of a unit differs from an overall share by more than its size explains.
//!
//! Exact binomial limits about a given share for every size (Spiegelhalter 2005, *Statistics in Medicine* 24,
//! 1185-1202), by custom at 95 % and 99.8 %. Between whole counts they are interpolated as there, but at both ends by
//! the tail outside, so that a unit lies outside exactly where its tail is smaller than (1 - confidence)/2: chart and
//! p-value cannot contradict each other. (With the paper's upper end a unit can be outside with a larger tail.) The
//! overall share counts as known; with many units some lie outside by chance, and adjusting for that is the caller's.

use super::binomial_distribution::Binomial;
use super::{Confidence, Interval, PKind};

/// A unit of a comparison: a provider, a branch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FunnelUnit {
    /// Cases that count: settled, overturned.
    pub count: u64,
    /// All cases, at least one.
    pub n: u64,
}

/// Where a unit lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FunnelSide {
    /// Below the lower limit.
    Below,
    /// Between the limits.
    Within,
    /// Above the upper limit.
    Above,
}

/// A unit held against the overall share.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FunnelTest {
    /// Where it lies at the confidence asked for.
    pub side: FunnelSide,
    /// Two-sided p-value: twice the smaller tail, at most 1.
    pub p: f64,
    /// How `p` was found.
    pub p_kind: PKind,
}

/// The limits of the share of a unit of `n` cases about `overall`, within 0..1.
///
/// `None` without cases, above 10¹² cases, or unless `0 <= overall <= 1`.
pub fn funnel_limits(overall: f64, n: u64, confidence: Confidence) -> Option<Interval> {
    if n == 0 {
        return None;
    }
    let tail = confidence.tail();
    let low = lower_count(Binomial::new(n, overall)?, tail)?;
    let missing = lower_count(Binomial::new(n, 1.0 - overall)?, tail)?;
    let n = n as f64;
    Interval::new(low / n, (n - missing) / n)
}

impl FunnelUnit {
    /// The share of the unit; `None` without cases or with more counted than there are.
    pub fn share(self) -> Option<f64> {
        (self.n > 0 && self.count <= self.n).then(|| self.count as f64 / self.n as f64)
    }

    /// The unit against `overall`; `None` as [`Self::share`] and [`funnel_limits`].
    pub fn test(self, overall: f64, confidence: Confidence) -> Option<FunnelTest> {
        self.share()?;
        let law = Binomial::new(self.n, overall)?;
        let (below, above) = (law.at_most(self.count)?, law.at_least(self.count)?);
        let side = if below < confidence.tail() {
            FunnelSide::Below
        } else if above < confidence.tail() {
            FunnelSide::Above
        } else {
            FunnelSide::Within
        };
        Some(FunnelTest { side, p: (2.0 * below.min(above)).min(1.0), p_kind: PKind::Exact })
    }
}

/// The count that leaves just the tail below it, between two whole counts by the part of the step that is needed.
fn lower_count(law: Binomial, tail: f64) -> Option<f64> {
    let count = law.quantile(tail)?;
    let (reached, step) = (law.at_most(count)?, law.probability(count));
    let back = if step > 0.0 { ((reached - tail) / step).clamp(0.0, 1.0) } else { 0.0 };
    Some((count as f64 - back).max(0.0))
}

#[cfg(test)]
#[allow(clippy::float_cmp)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    fn confidence(level: f64) -> Confidence {
        Confidence::new(level).unwrap()
    }

    #[test]
    fn lower_limits_are_spiegelhalters_and_upper_ones_their_mirror() {
        // R 4.2.2: r <- qbinom(tail, n, p); (r - (pbinom(r, n, p) - tail) / dbinom(r, n, p)) / n.
        let cases = [
            (0.3, 50, 0.95, 0.166_139_380_311_934_5, 0.440_135_886_716_880_4),
            (0.3, 50, 0.998, 0.103_129_984_547_538_1, 0.519_069_588_548_035_9),
            (0.62, 137, 0.95, 0.534_194_641_045_299_2, 0.704_261_925_976_374_9),
            (0.62, 137, 0.998, 0.485_930_458_126_656_1, 0.749_076_390_378_592_6),
            (0.02, 2500, 0.998, 0.011_705_704_013_591_5, 0.029_393_512_146_346_8),
            (0.1, 100_000, 0.95, 0.098_139_413_003_270_5, 0.101_868_174_046_394_7),
        ];
        for (overall, n, level, low, high) in cases {
            let found = funnel_limits(overall, n, confidence(level)).unwrap();
            assert_relative_eq!(found.low, low, max_relative = 1e-10);
            assert_relative_eq!(found.high, high, max_relative = 1e-10);
        }
    }

    #[test]
    fn a_unit_lies_outside_exactly_where_its_tail_is_too_small() {
        for n in [1_u64, 2, 9, 40, 150] {
            for overall in [0.0, 0.02, 0.3, 0.5, 0.85, 1.0] {
                for level in [0.8, 0.95, 0.998] {
                    let limits = funnel_limits(overall, n, confidence(level)).unwrap();
                    for count in 0..=n {
                        let unit = FunnelUnit { count, n };
                        let share = unit.share().unwrap();
                        let wanted = if share < limits.low {
                            FunnelSide::Below
                        } else if share > limits.high {
                            FunnelSide::Above
                        } else {
                            FunnelSide::Within
                        };
                        let test = unit.test(overall, confidence(level)).unwrap();
                        assert_eq!(test.side, wanted, "{count} of {n} about {overall} at {level}");
                        if test.side == FunnelSide::Within {
                            assert!(test.p > 1.0 - level - 1e-12);
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn p_values_are_twice_the_smaller_tail() {
        // R 4.2.2: 2 * pbinom(6, 50, 0.3), 2 * pbinom(22, 50, 0.3, lower.tail = FALSE).
        let test = |count| FunnelUnit { count, n: 50 }.test(0.3, confidence(0.95)).unwrap();
        assert_relative_eq!(test(6).p, 2.0 * 0.002_493_722_085_668_711, max_relative = 1e-11);
        assert_relative_eq!(test(23).p, 2.0 * (1.0 - 0.987_723_874_287_093_5), max_relative = 1e-9);
        assert_eq!((test(6).side, test(15).side, test(15).p), (FunnelSide::Below, FunnelSide::Within, 1.0));
    }

    #[test]
    fn corners() {
        // Where all count, one that does not is outside, and the limit lies between the two.
        let all = funnel_limits(1.0, 30, confidence(0.998)).unwrap();
        assert!(all.low > 29.0 / 30.0 && all.high >= 1.0);
        assert_eq!(
            FunnelUnit { count: 29, n: 30 }.test(1.0, confidence(0.95)).unwrap().side,
            FunnelSide::Below
        );
        assert_eq!(funnel_limits(0.5, 1, confidence(0.95)), Interval::new(0.0, 1.0));
        assert_eq!(funnel_limits(0.5, 0, confidence(0.95)), None);
        assert_eq!(funnel_limits(1.2, 5, confidence(0.95)), None);
        assert_eq!(funnel_limits(f64::NAN, 5, confidence(0.95)), None);
        assert_eq!(FunnelUnit { count: 6, n: 5 }.test(0.5, confidence(0.95)), None);
        assert_eq!(FunnelUnit { count: 0, n: 0 }.test(0.5, confidence(0.95)), None);
    }
}
