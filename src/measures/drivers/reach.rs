//! Key dissatisfiers and enhancers: failures that reach the dissatisfied and not the satisfied.
//!
//! Reach against noise (Conklin, Powaga and Lipovetsky 2004, European Journal of Operational Research 154, 819-827): of
//! a set of drivers, the share of the dissatisfied for whom at least one of them fails, less the same share of the others. Each
//! driver's part of it is its Shapley value; drivers enter the key set in the order of these values as long as the
//! difference grows. Enhancers are the same with what delights and who is delighted. A missing answer is no failure.

use super::patterns::Patterns;
use crate::stats::shapley_weights;

/// All sets of up to so many drivers are looked at.
pub const MOST_REACHED: usize = 20;

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

/// The drivers in order; `outcome` says of its code whether the respondent is one of those to reach, `None` without an
/// answer; `is_hit` says whether a code of a predictor is a failure (or a delight). With them the rows to reach and the others.
///
/// `None` without predictors or with more than [`MOST_REACHED`], and without rows on one side.
pub fn key_drivers(
    patterns: &Patterns,
    outcome: impl Fn(usize) -> Option<bool>,
    is_hit: impl Fn(usize, usize) -> bool,
) -> Option<(Vec<KeyDriver>, u64, u64)> {
    let p = patterns.predictors();
    if p == 0 || p > MOST_REACHED {
        return None;
    }
    // By set of hits, Σw of those to reach and of the others.
    let mut sets = vec![(0.0, 0.0); 1 << p];
    let (mut reached, mut others) = (0, 0);
    let mut codes = vec![0; p + 1];
    for pattern in 0..patterns.len() {
        patterns.codes(pattern, &mut codes);
        let Some(wanted) = codes.first().and_then(|code| outcome(*code)) else { continue };
        let hits = codes.iter().skip(1).enumerate();
        let set: usize =
            hits.filter(|(place, code)| is_hit(*place, **code)).map(|(place, _)| 1 << place).sum();
        let (count, weight) = patterns.count(pattern);
        let w = f64::from(count) * weight;
        if wanted {
            sets[set].0 += w;
            reached += u64::from(count);
        } else {
            sets[set].1 += w;
            others += u64::from(count);
        }
    }
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

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;

    use super::super::patterns::{PatternColumn, Patterns};
    use super::key_drivers;

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
        Patterns::new(columns, 0..20, |column, at| row(at)[column], None)
    }

    #[test]
    fn the_key_set_grows_while_it_tells_more() {
        let found = key_drivers(&patterns(), |code| Some(code == 1), |_, code| code == 1);
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
    }

    #[test]
    fn nobody_on_a_side_is_nothing_to_tell() {
        assert_eq!(key_drivers(&patterns(), |_| Some(true), |_, code| code == 1), None);
        assert_eq!(key_drivers(&patterns(), |_| None, |_, code| code == 1), None);
    }
}
