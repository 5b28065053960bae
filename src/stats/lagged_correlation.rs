//! Whether two series move together, at once or one some periods after the other.
//!
//! Pearson's correlation with Fisher's interval (1921) and Spearman's of mid-ranks with the wider one of Bonett and
//! Wright (2000, *Psychometrika* 65, 23-28: variance of artanh r (1 + r²/2)/(n - 3)); both p-values from Student's t
//! with n - 2 degrees of freedom. Both take the periods as independent. Two series that only share a trend correlate
//! without having anything to do with each other (Granger and Newbold 1974, *Journal of Econometrics* 2, 111-120):
//! compare with the correlation of [`first_differences`], and say where it vanishes. Of many lags some are large by
//! chance; adjusting for that is the caller's. Below eight common periods there is no coefficient at all.

use super::{Confidence, Interval, PKind, Reference, correlation};

/// Fewer common periods than this tell nothing.
pub const LEAST_PERIODS: usize = 8;

/// The correlations at one lag.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LaggedCorrelation {
    /// Periods by which the second series follows the first; below 0 the first follows the second.
    pub lag: i64,
    /// Periods that both series have at this lag.
    pub n: usize,
    /// Pearson's; `None` below [`LEAST_PERIODS`] or where a series does not vary.
    pub pearson: Option<SeriesCorrelation>,
    /// Spearman's; `None` as Pearson's.
    pub spearman: Option<SeriesCorrelation>,
}

/// A coefficient with its limits and test.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SeriesCorrelation {
    /// The coefficient, -1 to 1.
    pub r: f64,
    /// Its limits; `None` where it is -1 or 1.
    pub interval: Option<Interval>,
    /// Two-sided p-value against no correlation.
    pub p: f64,
    /// How `p` was found.
    pub p_kind: PKind,
}

/// The correlations at the lags from `-widest` to `widest`, in order, but not beyond the length of the longer series.
///
/// Both series begin at the same period and have one value a period, `None` where it is missing; they may end apart.
/// A value that is not finite counts as missing.
pub fn lagged_correlations(
    first: &[Option<f64>],
    second: &[Option<f64>],
    widest: u32,
    confidence: Confidence,
) -> Vec<LaggedCorrelation> {
    let longest = first.len().max(second.len());
    let widest = i64::from(u32::try_from(longest).map_or(widest, |longest| widest.min(longest)));
    let at = |lag: i64| {
        let shift = usize::try_from(lag.unsigned_abs()).unwrap_or(usize::MAX);
        let (skip_first, skip_second) = if lag < 0 { (shift, 0) } else { (0, shift) };
        let pairs: Vec<(f64, f64)> = first
            .iter()
            .skip(skip_first)
            .zip(second.iter().skip(skip_second))
            .filter_map(|(a, b)| Some(((*a)?, (*b)?)))
            .filter(|(a, b)| a.is_finite() && b.is_finite())
            .collect();
        let n = pairs.len();
        if n < LEAST_PERIODS {
            return LaggedCorrelation { lag, n, pearson: None, spearman: None };
        }
        let z = confidence.z();
        LaggedCorrelation {
            lag,
            n,
            pearson: coefficient(&pairs, z, |_| 1.0),
            spearman: coefficient(&ranked(&pairs), z, |r| 1.0 + r * r / 2.0),
        }
    };
    (-widest..=widest).map(at).collect()
}

/// Each period less the one before; `None` for the first and where either is missing or not finite, so that periods stay
/// in place.
pub fn first_differences(series: &[Option<f64>]) -> Vec<Option<f64>> {
    let before = std::iter::once(None).chain(series.iter().copied());
    let step = |now: Option<f64>, before: Option<f64>| Some(now? - before?).filter(|step| step.is_finite());
    series.iter().zip(before).map(|(now, before)| step(*now, before)).collect()
}

/// Pearson's coefficient, the variance of its artanh being `spread` over n - 3.
fn coefficient(pairs: &[(f64, f64)], z: f64, spread: impl Fn(f64) -> f64) -> Option<SeriesCorrelation> {
    let counted: Vec<(f64, f64, u64)> = pairs.iter().map(|&(a, b)| (a, b, 1)).collect();
    let r = correlation(&counted)?.r;
    let n = pairs.len() as f64;
    let centre = r.atanh();
    let half_width = z * (spread(r) / (n - 3.0)).sqrt();
    let interval = Interval::around(centre, half_width)
        .and_then(|limits| Interval::new(limits.low.tanh(), limits.high.tanh()));
    let reference = Reference::StudentT(n - 2.0);
    let t = r * ((n - 2.0) / ((1.0 - r) * (1.0 + r))).sqrt();
    Some(SeriesCorrelation { r, interval, p: reference.two_sided(t)?, p_kind: reference.kind() })
}

/// The ranks of both sides, ties at their middle.
fn ranked(pairs: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let first = mid_ranks(&pairs.iter().map(|pair| pair.0).collect::<Vec<_>>());
    let second = mid_ranks(&pairs.iter().map(|pair| pair.1).collect::<Vec<_>>());
    first.into_iter().zip(second).collect()
}

fn mid_ranks(values: &[f64]) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let rank = |value: &f64| {
        let below = sorted.partition_point(|other| other < value);
        let not_above = sorted.partition_point(|other| other <= value);
        (below + not_above + 1) as f64 / 2.0
    };
    values.iter().map(rank).collect()
}

#[cfg(test)]
#[allow(clippy::float_cmp)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    const RATES: [f64; 12] = [4.1, 3.9, 4.4, 4.0, 5.2, 4.8, 5.0, 6.1, 5.7, 5.9, 6.4, 6.0];
    const SCORES: [f64; 12] = [78.0, 79.5, 78.2, 77.0, 78.2, 74.1, 75.0, 73.9, 71.0, 72.5, 70.2, 69.8];

    fn confidence() -> Confidence {
        Confidence::new(0.95).unwrap()
    }

    fn series(values: &[f64]) -> Vec<Option<f64>> {
        values.iter().copied().map(Some).collect()
    }

    fn at(found: &[LaggedCorrelation], lag: i64) -> LaggedCorrelation {
        *found.iter().find(|one| one.lag == lag).unwrap()
    }

    #[test]
    fn coefficients_limits_and_p_values_are_those_of_scipy() {
        // scipy 1.17.1: stats.pearsonr (with .confidence_interval(0.95)) and stats.spearmanr; the limits of
        // Spearman's by formula.
        let found = lagged_correlations(&series(&RATES), &series(&SCORES), 2, confidence());
        for (lag, n, pearson, spearman) in [
            (
                -2,
                10,
                (
                    -0.922_426_281_487_680_2,
                    -0.981_824_671_872_326_9,
                    -0.698_446_324_169_184_4,
                    0.000_144_153_095_867_297_07,
                ),
                (
                    -0.863_225_872_025_691_7,
                    -0.974_452_986_866_978_2,
                    -0.411_960_871_966_114_53,
                    0.001_293_814_760_510_458,
                ),
            ),
            (
                0,
                12,
                (
                    -0.856_723_452_697_735,
                    -0.959_072_917_253_662_1,
                    -0.556_379_917_739_629,
                    0.000_371_960_700_418_709_15,
                ),
                (
                    -0.809_108_070_930_79,
                    -0.954_236_190_411_307_8,
                    -0.355_522_536_342_422_26,
                    0.001_434_740_369_936_470_4,
                ),
            ),
            (
                1,
                11,
                (
                    -0.977_883_985_946_823_6,
                    -0.994_422_586_500_358,
                    -0.914_408_424_014_546,
                    2.017_371_074_162_336e-07,
                ),
                (
                    -0.952_166_479_438_449,
                    -0.990_824_082_728_578_5,
                    -0.769_502_806_378_263_6,
                    6.254_560_213_027_754e-06,
                ),
            ),
        ] {
            let one = at(&found, lag);
            assert_eq!(one.n, n);
            for (found, (r, low, high, p)) in [(one.pearson, pearson), (one.spearman, spearman)] {
                let found = found.unwrap();
                assert_relative_eq!(found.r, r, max_relative = 1e-11);
                assert_relative_eq!(found.interval.unwrap().low, low, max_relative = 1e-10);
                assert_relative_eq!(found.interval.unwrap().high, high, max_relative = 1e-10);
                assert_relative_eq!(found.p, p, max_relative = 1e-9);
            }
        }
    }

    #[test]
    fn a_shared_trend_vanishes_in_differences() {
        // Two rising series whose steps have nothing in common.
        let steps = [1.0, 2.0, 1.0, 2.0, 1.0, 2.0, 1.0, 2.0, 1.0, 2.0, 1.0, 2.0];
        let others = [1.0, 1.0, 2.0, 2.0, 1.0, 1.0, 2.0, 2.0, 1.0, 1.0, 2.0, 2.0];
        let summed = |steps: &[f64]| {
            let mut total = 0.0;
            let levels = steps.iter().map(|step| {
                total += step;
                Some(total)
            });
            std::iter::once(Some(0.0)).chain(levels).collect::<Vec<_>>()
        };
        let (first, second) = (summed(&steps), summed(&others));
        let levels = at(&lagged_correlations(&first, &second, 0, confidence()), 0).pearson.unwrap();
        let (first, second) = (first_differences(&first), first_differences(&second));
        assert_eq!((first[0], first.len()), (None, 13));
        let changes = at(&lagged_correlations(&first, &second, 0, confidence()), 0);
        assert!(levels.r > 0.98 && levels.p < 1e-6);
        assert_eq!(changes.n, 12);
        assert!(changes.pearson.unwrap().r.abs() < 1e-12);
    }

    #[test]
    fn the_leading_series_shows_at_its_lag() {
        let first = [3.0, 8.0, 1.0, 9.0, 4.0, 7.0, 2.0, 6.0, 5.0, 8.0, 1.0, 3.0];
        let mut second = vec![Some(5.0), Some(5.0)];
        second.extend(first[..10].iter().map(|x| Some(10.0 - x)));
        let found = lagged_correlations(&series(&first), &second, 3, confidence());
        let two = at(&found, 2).pearson.unwrap();
        assert_eq!((two.r, two.p, two.interval), (-1.0, 0.0, None));
        assert!(at(&found, -2).pearson.unwrap().r > -0.9);
        let lags: Vec<i64> = found.iter().map(|one| one.lag).collect();
        assert_eq!(lags, [-3, -2, -1, 0, 1, 2, 3]);
    }

    #[test]
    fn seven_common_periods_are_too_few_and_are_counted() {
        let mut first = series(&RATES[..9]);
        first[3] = None;
        first[5] = Some(f64::NAN);
        let found = lagged_correlations(&first, &series(&SCORES), 1, confidence());
        assert_eq!(at(&found, 0), LaggedCorrelation { lag: 0, n: 7, pearson: None, spearman: None });
        let few = lagged_correlations(&first, &[], 20, confidence());
        assert!(few.iter().all(|one| one.n == 0 && one.pearson.is_none()));
        assert_eq!(few.len(), 2 * first.len() + 1);
        assert_eq!(first_differences(&first)[3..7], [None; 4]);
    }

    #[test]
    fn a_series_that_does_not_vary_has_no_correlation() {
        let still = vec![Some(4.0); 12];
        let one = lagged_correlations(&still, &series(&SCORES), 0, confidence())[0];
        assert_eq!((one.n, one.pearson, one.spearman), (12, None, None));
    }
}
