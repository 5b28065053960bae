//! How sure importance is: rows drawn again, or left out by groups.
//!
//! Up to 200,000 rows the percentile bootstrap: rows with their weights are drawn with replacement (Efron and Tibshirani
//! 1993); limits of shares are widened to hold the estimate. Above, the delete-a-group jackknife (Kott 2001): rows fall into a hundred groups by a hash of their answers, sums
//! are made by group in one pass, and each group is left out once; limits use Student's t on 99 degrees of freedom.
//! Neither the order of the rows nor the number of threads changes a figure.

use std::sync::atomic::{AtomicU32, Ordering};

use crate::stats::{Bootstrap, Confidence, Interval, quantile_type7};

use super::coder::{Coder, Entered};
use super::importance::{Drawn, Importance};
use super::parallel::{PARTS, in_parallel, part_of};
use super::patterns::{Patterns, mixed};
use super::products::Products;
use crate::measures::rank_limits;

/// Above so many rows they are left out by groups.
pub const MOST_DRAWN_ROWS: u64 = 200_000;

/// The groups that are left out in turn.
pub(super) const GROUPS: usize = 100;

/// Replicates that are added up from groups left out.
const REPLICATES: usize = 2000;

/// At least this share of the replicates has to have a figure.
const USABLE: f64 = 0.95;

/// How rows are resampled.
#[derive(Clone, Copy)]
pub struct Resampling<'a> {
    /// Replicates of the bootstrap.
    pub replicates: u32,
    /// Seed of the random numbers.
    pub seed: u64,
    /// How many threads may work.
    pub threads: usize,
    /// The confidence of limits.
    pub confidence: Confidence,
    /// Told how many replicates of how many are done, from any thread.
    pub progress: Option<&'a (dyn Fn(u64, u64) + Sync)>,
    /// What is left of a sampling variance: 1 - n/N of a known population of N, else 1.
    pub left: f64,
}

/// How sure importance is; lists are by predictor.
#[derive(Clone, Debug, PartialEq)]
pub struct Spread {
    /// `bootstrap-percentile` or `jackknife`.
    pub method: &'static str,
    /// Whether limits of a share had to be widened to hold the estimate.
    pub extended: bool,
    /// The replicates with a figure.
    pub replicates: usize,
    /// Of the share of R².
    pub shares: Vec<Option<Interval>>,
    /// The variance of the share.
    pub share_variances: Vec<f64>,
    /// The best and the worst rank by share that differences leave open, all together; 1 is the first.
    pub ranks: Vec<(u64, u64)>,
    /// Of the coefficient in the outcome's units.
    pub slopes: Vec<Option<Interval>>,
    /// Of R².
    pub r2: Option<Interval>,
    /// Of the correlation with the outcome.
    pub correlations: Vec<Option<Interval>>,
    /// By replicate the share and the mean of each predictor; of a jackknife replicates with its variances.
    pub draws: Vec<Vec<(f64, f64)>>,
}

/// The sums of patterns by group of rows, or of all in one.
pub(super) fn sums(patterns: &Patterns, coder: &Coder, threads: usize) -> Vec<Products> {
    let groups = if patterns.rows() > MOST_DRAWN_ROWS { GROUPS } else { 1 };
    let parts = if groups > 1 { PARTS } else { 1 };
    let of_part = |part: usize| {
        let mut sums = vec![Products::new(coder.columns()); groups];
        let mut room = coder.room();
        let mut rows = vec![0_u32; groups];
        let bounds = if parts > 1 { part_of(patterns.len(), part) } else { 0..patterns.len() };
        for pattern in bounds {
            let entered = coder.read(patterns, pattern, &mut room);
            if entered == Entered::LeftOut {
                continue;
            }
            let (count, weight) = patterns.count(pattern);
            if groups == 1 {
                Coder::add(&room, entered, f64::from(count) * weight, &mut sums[0]);
                continue;
            }
            let own = patterns.seed(pattern);
            for row in 0..count {
                let hash = mixed(own ^ mixed(u64::from(row)));
                rows[usize::try_from(hash % groups as u64).unwrap_or(0)] += 1;
            }
            for (rows, sums) in rows.iter_mut().zip(&mut sums).filter(|(rows, _)| **rows > 0) {
                Coder::add(&room, entered, f64::from(*rows) * weight, sums);
                *rows = 0;
            }
        }
        sums
    };
    let found = in_parallel(parts, threads, &of_part);
    let mut found = found.into_iter();
    let mut all = found.next().unwrap_or_default();
    for part in found {
        for (into, from) in all.iter_mut().zip(&part) {
            into.add(from, 1.0);
        }
    }
    all
}

impl Spread {
    /// `None` where too many replicates have no figure, and where none was asked for.
    pub(super) fn of(
        patterns: &Patterns,
        coder: &Coder,
        groups: &[Products],
        found: &Importance,
        how: &Resampling<'_>,
    ) -> Option<Self> {
        if groups.len() > 1 {
            Self::by_groups(coder, groups, found, how)
        } else {
            Self::drawn(patterns, coder, found, how)
        }
    }

    fn drawn(patterns: &Patterns, coder: &Coder, found: &Importance, how: &Resampling<'_>) -> Option<Self> {
        let bootstrap = Bootstrap { replicates: how.replicates, seed: how.seed };
        let mut rooms = Vec::new();
        let mut of_row: Vec<u32> = Vec::new();
        for pattern in 0..patterns.len() {
            let mut room = coder.room();
            let entered = coder.read(patterns, pattern, &mut room);
            if entered == Entered::LeftOut {
                continue;
            }
            let (count, weight) = patterns.count(pattern);
            let place = u32::try_from(rooms.len()).ok()?;
            rooms.push((room, entered, weight));
            of_row.extend(std::iter::repeat_n(place, usize::try_from(count).ok()?));
        }
        if of_row.len() < 2 || how.replicates == 0 {
            return None;
        }
        if let Some(told) = how.progress {
            told(0, u64::from(how.replicates));
        }
        let done = AtomicU32::new(0);
        let replicate = |part: usize| {
            let part = u32::try_from(part).unwrap_or(u32::MAX);
            let mut draws = bootstrap.draws(part);
            let mut counts = vec![0_u32; rooms.len()];
            for _ in 0..of_row.len() {
                let row =
                    of_row.get(draws.below(of_row.len())).and_then(|place| usize::try_from(*place).ok());
                if let Some(count) = row.and_then(|place| counts.get_mut(place)) {
                    *count += 1;
                }
            }
            let mut products = Products::new(coder.columns());
            for ((room, entered, weight), count) in rooms.iter().zip(&counts).filter(|(_, n)| **n > 0) {
                Coder::add(room, *entered, f64::from(*count) * weight, &mut products);
            }
            let one = Drawn::of(&products, coder, (how.seed, part));
            if let Some(told) = how.progress {
                told(u64::from(done.fetch_add(1, Ordering::Relaxed) + 1), u64::from(how.replicates));
            }
            one
        };
        let replicates = usize::try_from(how.replicates).ok()?;
        let mut drawn: Vec<Drawn> =
            in_parallel(replicates, how.threads, &replicate).into_iter().flatten().collect();
        if (drawn.len() as f64) < USABLE * f64::from(how.replicates) {
            return None;
        }
        if how.left < 1.0 {
            draw_in(&mut drawn, found, how.left)?;
        }
        let tail = how.confidence.tail();
        let limits = |of: &dyn Fn(&Drawn) -> f64| {
            let values: Vec<(f64, u64)> = drawn.iter().map(|drawn| (of(drawn), 1)).collect();
            let varies = values.iter().any(|(value, _)| value.total_cmp(&values[0].0).is_ne());
            let limit = |p| quantile_type7(&values, p);
            if varies { Interval::new(limit(tail)?, limit(1.0 - tail)?) } else { None }
        };
        // R² is drawn upwards by chance: once in the rows, and once more in the rows drawn from them. What it is parted into
        // is too, each share by as much of the same, so that shares stay where they are.
        let r2 = || {
            let limits = limits(&|drawn| drawn.r2)?;
            let bias = drawn.iter().map(|drawn| drawn.r2).sum::<f64>() / drawn.len() as f64 - found.r2;
            let within = |limit: f64| (limit - 2.0 * bias).clamp(0.0, 1.0);
            Interval::new(within(limits.low).min(found.r2), within(limits.high).max(found.r2))
        };
        let share = |estimate: f64, place: usize| {
            let limits = limits(&|drawn| drawn.shares[place])?;
            Interval::new(limits.low.clamp(0.0, estimate), limits.high.clamp(estimate, 1.0))
        };
        let own = found.shares()?;
        let p = patterns.predictors();
        let variance = |place: usize| {
            let n = drawn.len() as f64;
            let mean = drawn.iter().map(|drawn| drawn.shares[place]).sum::<f64>() / n;
            drawn.iter().map(|drawn| (drawn.shares[place] - mean).powi(2)).sum::<f64>() / (n - 1.0).max(1.0)
        };
        let misses = |place: usize| {
            let limits = limits(&|drawn| drawn.shares[place]);
            own.get(place).zip(limits).is_some_and(|(own, limits)| !limits.contains(*own))
        };
        let extended = (0..p).any(misses);
        let draws: Vec<Vec<f64>> = drawn.iter().map(|drawn| drawn.shares.clone()).collect();
        let ranks = rank_limits(&own, &draws, tail).unwrap_or_else(|| vec![(1, p as u64); p]);
        Some(Self {
            method: "bootstrap-percentile",
            extended,
            replicates: drawn.len(),
            shares: (0..p).map(|place| share(*own.get(place)?, place)).collect(),
            share_variances: (0..p).map(variance).collect(),
            ranks,
            slopes: (0..p).map(|place| limits(&|drawn| drawn.slopes[place])).collect(),
            r2: r2(),
            correlations: (0..p).map(|place| limits(&|drawn| drawn.correlations[place])).collect(),
            draws: drawn
                .iter()
                .map(|drawn| drawn.shares.iter().copied().zip(drawn.means.iter().copied()).collect())
                .collect(),
        })
    }

    fn by_groups(
        coder: &Coder,
        groups: &[Products],
        found: &Importance,
        how: &Resampling<'_>,
    ) -> Option<Self> {
        let mut all = Products::new(coder.columns());
        for group in groups {
            all.add(group, 1.0);
        }
        let without = |group: usize| {
            let mut rest = all.clone();
            rest.add(&groups[group], -1.0);
            Drawn::of(&rest, coder, (how.seed, 0))
        };
        // Of what is known of everybody nothing varies.
        if how.left <= 0.0 {
            return None;
        }
        let left: Option<Vec<Drawn>> = in_parallel(groups.len(), how.threads, &without).into_iter().collect();
        let left = left?;
        let n = left.len() as f64;
        let t = how.confidence.t(n - 1.0)?;
        let variance = |of: &dyn Fn(&Drawn) -> f64| {
            let mean = left.iter().map(of).sum::<f64>() / n;
            how.left * (n - 1.0) / n * left.iter().map(|left| (of(left) - mean).powi(2)).sum::<f64>()
        };
        let around = |centre: f64, of: &dyn Fn(&Drawn) -> f64, within: bool| {
            let half = t * variance(of).sqrt();
            let (low, high) = (centre - half, centre + half);
            if within { Interval::new(low.max(0.0), high.min(1.0)) } else { Interval::new(low, high) }
        };
        let shares = found.shares()?;
        let p = shares.len();
        let replicates = replicates(&left, found, &shares, how);
        let draws: Vec<Vec<f64>> =
            replicates.iter().map(|draw| draw.iter().map(|(share, _)| *share).collect()).collect();
        let tail = how.confidence.tail();
        let ranks = rank_limits(&shares, &draws, tail).unwrap_or_else(|| vec![(1, p as u64); p]);
        Some(Self {
            method: "jackknife",
            extended: false,
            replicates: left.len(),
            ranks,
            share_variances: (0..p).map(|place| variance(&|left| left.shares[place])).collect(),
            slopes: (0..p)
                .map(|place| around(found.slopes[place], &|left| left.slopes[place], false))
                .collect(),
            r2: around(found.r2, &|left| left.r2, true),
            correlations: (0..p)
                .map(|place| around(found.correlations[place], &|left| left.correlations[place], false))
                .collect(),
            shares: (0..p).map(|place| around(shares[place], &|left| left.shares[place], true)).collect(),
            draws: replicates,
        })
    }
}

/// Shares and means about the estimate with the variances of a jackknife: what each group left out changes, with a sign by
/// chance, and all of them added up (the multiplier bootstrap, Chernozhukov, Chetverikov and Kato 2013).
fn replicates(
    left: &[Drawn],
    found: &Importance,
    shares: &[f64],
    how: &Resampling<'_>,
) -> Vec<Vec<(f64, f64)>> {
    let n = left.len() as f64;
    let root = (how.left.max(0.0) * (n - 1.0) / n).sqrt();
    let changes = |of: &dyn Fn(&Drawn) -> f64| {
        let mean = left.iter().map(of).sum::<f64>() / n;
        left.iter().map(|left| root * (of(left) - mean)).collect::<Vec<f64>>()
    };
    let predictors = shares.iter().zip(&found.means).enumerate().map(|(place, (share, mean))| {
        let of_share = changes(&|left: &Drawn| left.shares[place]);
        let of_mean = changes(&|left: &Drawn| left.means[place]);
        ((*share, of_share), (*mean, of_mean))
    });
    let predictors: Vec<_> = predictors.collect();
    let mut draws = Bootstrap { replicates: 1, seed: how.seed }.draws(0);
    let mut one = |_| {
        let signs: Vec<f64> = left.iter().map(|_| if draws.below(2) == 0 { 1.0 } else { -1.0 }).collect();
        let moved = |(own, changes): &(f64, Vec<f64>)| {
            own + changes.iter().zip(&signs).map(|(change, sign)| change * sign).sum::<f64>()
        };
        predictors.iter().map(|(share, mean)| (moved(share).clamp(0.0, 1.0), moved(mean))).collect()
    };
    (0..REPLICATES).map(&mut one).collect()
}

/// Moves replicates towards the estimate as far as a finite population asks for: what they differ from their mean by the
/// root of the part of the variance that is left, and their bias, which is of the order of a variance, by that part.
fn draw_in(drawn: &mut [Drawn], found: &Importance, left: f64) -> Option<()> {
    let shares = found.shares()?;
    let all = |estimate: f64, of: &dyn Fn(&mut Drawn) -> &mut f64, drawn: &mut [Drawn]| {
        let n = drawn.len() as f64;
        let mean = drawn.iter_mut().map(|one| *of(one)).sum::<f64>() / n;
        let centre = estimate + left * (mean - estimate);
        drawn.iter_mut().map(of).for_each(|value| *value = centre + left.sqrt() * (*value - mean));
    };
    all(found.r2, &|one| &mut one.r2, drawn);
    let estimates = shares.iter().zip(&found.slopes).zip(&found.means).zip(&found.correlations);
    for (place, (((share, slope), mean), correlation)) in estimates.enumerate() {
        all(*share, &|one| &mut one.shares[place], drawn);
        all(*slope, &|one| &mut one.slopes[place], drawn);
        all(*mean, &|one| &mut one.means[place], drawn);
        all(*correlation, &|one| &mut one.correlations[place], drawn);
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::{MOST_DRAWN_ROWS, Resampling, Spread};
    use crate::measures::drivers::patterns::sample;
    use crate::measures::drivers::{Drivers, MissingAnswers, PatternColumn, Patterns};
    use crate::stats::Confidence;

    /// So many rows of an outcome and two predictors of five points; the outcome follows the first more than the second.
    fn patterns(rows: usize) -> Patterns {
        let columns = vec![PatternColumn { values: vec![1.0, 2.0, 3.0, 4.0, 5.0] }; 3];
        let chance = |row: usize, of: u64| {
            let hash = super::mixed(row as u64 * 3 + of);
            usize::try_from(hash % 5).unwrap()
        };
        let code = |column: usize, row: usize| match column {
            0 => 1 + (2 * chance(row, 1) + chance(row, 2) + chance(row, 0)) / 4,
            other => 1 + chance(row, other as u64),
        };
        sample::patterns(columns, rows, code)
    }

    fn how(threads: usize) -> Resampling<'static> {
        Resampling {
            replicates: 60,
            seed: 3,
            threads,
            confidence: Confidence::new(0.95).unwrap(),
            left: 1.0,
            progress: None,
        }
    }

    #[test]
    fn groups_left_out_are_as_sure_as_rows_drawn_again() {
        let rows = usize::try_from(MOST_DRAWN_ROWS).unwrap() + 1;
        let patterns = patterns(rows);
        let drivers = Drivers::new(&patterns, MissingAnswers::Pairwise, 2);
        let found = drivers.importance(1).unwrap();
        let left = drivers.spread(&found, &how(2)).unwrap();
        assert_eq!((left.method, left.replicates), ("jackknife", 100));
        assert_eq!(left.ranks, [(1, 1), (2, 2)]);
        let again = Drivers::new(&patterns, MissingAnswers::Pairwise, 1);
        assert_eq!(again.importance(1).unwrap(), found);
        assert_eq!(again.spread(&found, &how(1)).unwrap(), left);
        let variance_of = |values: Vec<f64>| {
            let mean = values.iter().sum::<f64>() / values.len() as f64;
            values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (values.len() as f64 - 1.0)
        };
        assert!(drivers.spread(&found, &Resampling { left: 0.0, ..how(2) }).is_none(), "a census");
        for (place, variance) in left.share_variances.iter().enumerate() {
            let ratio = variance_of(left.draws.iter().map(|draw| draw[place].0).collect()) / variance;
            assert!((0.85..1.15).contains(&ratio), "replicates vary as the jackknife says: {ratio}");
        }
        assert!(left.correlations[0].unwrap().low > 0.0);
        let drawn =
            Spread::drawn(&patterns, &drivers.coder, &drivers.importance(3).unwrap(), &how(2)).unwrap();
        let shares = found.shares().unwrap();
        for (place, share) in shares.iter().enumerate() {
            assert!(left.shares[place].unwrap().contains(*share));
            // Variances of 100 groups and of 60 draws are known to some fifteen percent each.
            let ratio = left.share_variances[place] / drawn.share_variances[place];
            assert!((0.4..2.5).contains(&ratio), "{ratio}");
        }
    }

    #[test]
    fn draws_are_the_same_for_any_number_of_threads() {
        let patterns = patterns(300);
        let drivers = Drivers::new(&patterns, MissingAnswers::Listwise, 1);
        let found = drivers.importance(1).unwrap();
        let one = drivers.spread(&found, &how(1)).unwrap();
        assert_eq!(one, drivers.spread(&found, &how(3)).unwrap());
        assert_eq!((one.method, one.draws.len()), ("bootstrap-percentile", 60));
        let other = drivers.spread(&found, &Resampling { seed: 4, ..how(1) }).unwrap();
        assert_ne!(one.shares, other.shares);
        assert!(drivers.spread(&found, &Resampling { replicates: 0, ..how(1) }).is_none());
    }
}
