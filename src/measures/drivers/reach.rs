//! Key dissatisfiers and enhancers: failures that reach the dissatisfied and not the satisfied.
//!
//! Reach against noise (Conklin, Powaga and Lipovetsky 2004, European Journal of Operational Research 154, 819-827): of
//! a set of drivers, the share of the dissatisfied for whom at least one of them fails, less the same share of the others. Each
//! driver's part of it is its Shapley value; drivers enter the key set in the order of these values as long as the
//! difference grows. Enhancers are the same with what delights and who is delighted. A missing answer is no failure.

use super::parallel::{PARTS, in_parallel, part_of};
use super::patterns::Patterns;
use crate::stats::shapley_weights;

/// All sets of up to so many drivers are looked at.
pub const MOST_REACHED: usize = 20;

/// Sets of more drivers take too much room for every part of the rows to have its own.
const MOST_IN_PARTS: usize = 14;

/// Who is to be reached, and by what.
#[derive(Clone, Debug, PartialEq)]
pub struct Reached {
    /// By code of the outcome whether the respondent is one of those to reach; `None` without an answer.
    outcome: Vec<Option<bool>>,
    /// By predictor and code of it, whether it is a failure (or a delight).
    hits: Vec<Vec<bool>>,
}

/// The drivers in the order of their parts, with the rows to reach and the others.
type Found = (Vec<KeyDriver>, u64, u64);

/// One driver in the order of its part.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KeyDriver {
    /// The predictor, from 0 on.
    pub predictor: usize,
    /// Its part of reach less noise of all drivers.
    pub shapley: f64,
    /// Reach of the set up to and with it, a fraction.
    pub reach: f64,
    /// Noise of that set.
    pub noise: f64,
    /// Whether it belongs to the key set.
    pub key: bool,
}

impl Reached {
    /// `outcome` says of its code whether the respondent is one of those to reach, `None` without an answer; `is_hit` says
    /// whether a code of a predictor is a failure (or a delight).
    pub fn new(
        patterns: &Patterns,
        outcome: impl Fn(usize) -> Option<bool>,
        is_hit: impl Fn(usize, usize) -> bool,
    ) -> Self {
        let codes = |column: usize| 0..=patterns.values(column).len();
        let hits = |predictor: usize| codes(predictor + 1).map(|code| is_hit(predictor, code)).collect();
        Self {
            outcome: codes(0).map(outcome).collect(),
            hits: (0..patterns.predictors()).map(hits).collect(),
        }
    }
}

/// The drivers in order, by each of two ways to reach respondents.
///
/// `None` without predictors or with more than [`MOST_REACHED`], and without rows on one side.
pub fn key_drivers(patterns: &Patterns, reached: &[Reached; 2], threads: usize) -> [Option<Found>; 2] {
    let p = patterns.predictors();
    if p == 0 || p > MOST_REACHED {
        return [None, None];
    }
    let parts = if p <= MOST_IN_PARTS { PARTS } else { 1 };
    let marks = marks(patterns, reached);
    let of_part = |part: usize| {
        let bounds = if parts > 1 { part_of(patterns.len(), part) } else { 0..patterns.len() };
        let mut both = [HitSets::new(p), HitSets::new(p)];
        patterns.with_marks(bounds, &marks, |pattern, marks| {
            let (count, weight) = patterns.count(pattern);
            both[0].add(marks, p, count, weight);
            both[1].add(marks >> MARKS_OF_WAY, p, count, weight);
        });
        both
    };
    let mut found = in_parallel(parts, threads, &of_part).into_iter();
    let Some(mut both) = found.next() else { return [None, None] };
    for part in found {
        both.iter_mut().zip(&part).for_each(|(into, from)| into.merge(from));
    }
    both.map(|sets| sets.found(p))
}

/// Bits of one way to reach respondents: whether there is an outcome, whether the respondent is to be reached, and a hit of
/// each predictor.
const MARKS_OF_WAY: usize = 2 + MOST_REACHED;
const ANSWERED: u64 = 1;
const WANTED: u64 = 2;

/// By column and code its bits of both ways.
fn marks(patterns: &Patterns, reached: &[Reached; 2]) -> Vec<Vec<u64>> {
    let mark = |column: usize, code: usize, reached: &Reached| {
        let Some(predictor) = column.checked_sub(1) else {
            return match reached.outcome.get(code) {
                Some(Some(wanted)) => ANSWERED | if *wanted { WANTED } else { 0 },
                _ => 0,
            };
        };
        let is_hit = reached.hits.get(predictor).and_then(|codes| codes.get(code)).copied();
        u64::from(is_hit.unwrap_or(false)) << (2 + predictor)
    };
    let of = |column: usize| -> Vec<u64> {
        let codes = 0..=patterns.values(column).len();
        let both = |code| mark(column, code, &reached[0]) | mark(column, code, &reached[1]) << MARKS_OF_WAY;
        codes.map(both).collect()
    };
    (0..=patterns.predictors()).map(of).collect()
}

/// Rows by the predictors that are hits.
struct HitSets {
    /// By set of hits, Σw of those to reach and of the others.
    sets: Vec<(f64, f64)>,
    reached: u64,
    others: u64,
}

impl HitSets {
    fn new(predictors: usize) -> Self {
        Self { sets: vec![(0.0, 0.0); 1 << predictors], reached: 0, others: 0 }
    }

    /// Adds rows of a weight.
    #[inline]
    fn add(&mut self, marks: u64, predictors: usize, count: u32, weight: f64) {
        let set = usize::try_from(marks >> 2).unwrap_or(0) & ((1 << predictors) - 1);
        let Some(set) = self.sets.get_mut(set).filter(|_| marks & ANSWERED > 0) else { return };
        let w = f64::from(count) * weight;
        if marks & WANTED > 0 {
            set.0 += w;
            self.reached += u64::from(count);
        } else {
            set.1 += w;
            self.others += u64::from(count);
        }
    }

    fn merge(&mut self, from: &Self) {
        (self.reached, self.others) = (self.reached + from.reached, self.others + from.others);
        for (into, from) in self.sets.iter_mut().zip(&from.sets) {
            *into = (into.0 + from.0, into.1 + from.1);
        }
    }

    fn found(self, p: usize) -> Option<Found> {
        let Self { mut sets, reached, others } = self;
        let all = sets.iter().fold((0.0, 0.0), |sum, set| (sum.0 + set.0, sum.1 + set.1));
        if !(all.0 > 0.0 && all.1 > 0.0) {
            return None;
        }
        // By set, Σw of the rows whose hits are all within it.
        for place in 0..p {
            for set in 0..sets.len() {
                if set >> place & 1 == 1 {
                    let without = sets[set ^ (1 << place)];
                    sets[set].0 += without.0;
                    sets[set].1 += without.1;
                }
            }
        }
        let full = sets.len() - 1;
        let of = |set: usize| {
            let missed = sets[full & !set];
            ((1.0 - missed.0 / all.0).max(0.0), (1.0 - missed.1 / all.1).max(0.0))
        };
        let success = |set: usize| {
            let (reach, noise) = of(set);
            reach - noise
        };
        let chances = shapley_weights(p);
        let shapley = |place: usize| {
            let sets = (0..=full).filter(|set| set >> place & 1 == 0);
            sets.map(|set| {
                let size = usize::try_from(set.count_ones()).unwrap_or(0);
                chances[size] * (success(set | 1 << place) - success(set))
            })
            .sum::<f64>()
        };
        let parts: Vec<f64> = (0..p).map(shapley).collect();
        let mut order: Vec<usize> = (0..p).collect();
        order.sort_by(|a, b| parts[*b].total_cmp(&parts[*a]).then(a.cmp(b)));
        let (mut set, mut best, mut is_growing) = (0, 0.0, true);
        let found = order.into_iter().map(|predictor| {
            set |= 1 << predictor;
            let (reach, noise) = of(set);
            is_growing = is_growing && reach - noise > best;
            best = reach - noise;
            KeyDriver { predictor, shapley: parts[predictor], reach, noise, key: is_growing }
        });
        Some((found.collect(), reached, others))
    }
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;

    use super::super::patterns::{PatternColumn, Patterns, sample};
    use super::{Reached, key_drivers};

    /// Ten dissatisfied and ten others; a failure is a 1. The first driver fails for six and one, the second for four (two
    /// of them the same) and four, the third for nobody.
    fn patterns() -> Patterns {
        let row = |row: usize| -> [usize; 4] {
            let (unhappy, place) = (row < 10, row % 10);
            let first = if unhappy { place < 6 } else { place < 1 };
            let second = if unhappy { (4..8).contains(&place) } else { (2..6).contains(&place) };
            [if unhappy { 1 } else { 2 }, 2 - usize::from(first), 2 - usize::from(second), 2]
        };
        let columns = vec![PatternColumn { values: vec![1.0, 2.0] }; 4];
        sample::patterns(columns, 20, |column, at| row(at)[column])
    }

    #[test]
    fn the_key_set_grows_while_it_tells_more() {
        let patterns = patterns();
        let low = Reached::new(&patterns, |code| Some(code == 1), |_, code| code == 1);
        // The other way round: those who are not dissatisfied, by what does not fail.
        let high = Reached::new(&patterns, |code| Some(code == 2), |_, code| code == 2);
        let [found, enhancers] = key_drivers(&patterns, &[low, high], 2);
        let (found, reached, others) = found.unwrap();
        assert_eq!((reached, others), (10, 10));
        // By hand: first alone 0.6 - 0.1, both 0.8 - 0.5, second alone 0.4 - 0.4.
        let order: Vec<(usize, bool)> = found.iter().map(|key| (key.predictor, key.key)).collect();
        assert_eq!(order, [(0, true), (2, false), (1, false)]);
        assert_relative_eq!(found[0].shapley, f64::midpoint(0.5, 0.3), epsilon = 1e-14);
        assert_relative_eq!(found[2].shapley, f64::midpoint(0.0, -0.2), epsilon = 1e-14);
        assert_relative_eq!(found[0].reach, 0.6, epsilon = 1e-14);
        assert_relative_eq!(found[2].noise, 0.5, epsilon = 1e-14);
        assert_relative_eq!(found.iter().map(|key| key.shapley).sum::<f64>(), 0.3, epsilon = 1e-14);
        // By hand: the first alone 0.9 - 0.4, with the second 1.0 - 0.8; the third reaches everybody on either side.
        let (found, reached, others) = enhancers.unwrap();
        assert_eq!((reached, others, found[0].predictor, found[0].key), (10, 10, 0, true));
        assert_relative_eq!(found[0].reach, 0.9, epsilon = 1e-14);
        assert_relative_eq!(found[0].noise, 0.4, epsilon = 1e-14);
        assert_relative_eq!(found.iter().map(|key| key.shapley).sum::<f64>(), 0.0, epsilon = 1e-14);
    }

    #[test]
    fn nobody_on_a_side_is_nothing_to_tell() {
        let patterns = patterns();
        let all = Reached::new(&patterns, |_| Some(true), |_, code| code == 1);
        let none = Reached::new(&patterns, |_| None, |_, code| code == 1);
        assert_eq!(key_drivers(&patterns, &[all, none], 2), [None, None]);
    }
}
