//! What attributes lack: the points that keep an index of all of them, weighted by importance, from 100.
//!
//! The index is the mean of performances p (0 to 100) with weights w = importance over the sum of importances. Attribute i
//! takes w (100 - p) from it; all attributes together take 100 less the index. The order of these points is that of
//! importance times distance from the best, and needs no line to be drawn.

/// Figures nearer to each other than this are the same; figures carry 12 digits.
const SAME: f64 = 1e-9;

/// What one attribute lacks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shortfall {
    /// Its part of all importances, 0 to 1.
    pub weight: f64,
    /// The points that the weighted index lacks because of it, 0 to 100.
    pub missing: f64,
}

/// What each attribute lacks, from its performance (index 0 to 100) and its importance (0 or more, in any unit).
///
/// An attribute without figures lacks nothing that could be told. `None` where no importance is above 0.
pub fn shortfalls(points: &[Option<(f64, f64)>]) -> Option<Vec<Option<Shortfall>>> {
    let sum: f64 = points.iter().flatten().map(|(_, importance)| importance).sum();
    if !(sum.is_finite() && sum > 0.0) {
        return None;
    }
    let of = |(performance, importance): (f64, f64)| {
        let weight = importance / sum;
        Shortfall { weight, missing: weight * (100.0 - performance) }
    };
    Some(points.iter().map(|point| point.map(of)).collect())
}

/// The best and the worst place of each figure, the largest first and 1 the first; who has the same figure shares places.
pub fn places(figures: &[f64]) -> Vec<(u64, u64)> {
    let place = |own: &f64| {
        let above = figures.iter().filter(|other| **other > own + SAME).count() as u64;
        let same = figures.iter().filter(|other| (**other - own).abs() <= SAME).count() as u64;
        (above + 1, above + same.max(1))
    };
    figures.iter().map(place).collect()
}

/// The limits of a rank from its best and its worst place in every replicate: as many replicates lie beyond each limit as
/// `tail`, the share in a tail, allows. `None` without replicates.
pub fn rank_limits(mut best: Vec<u64>, mut worst: Vec<u64>, tail: f64) -> Option<(u64, u64)> {
    let beyond = |count: usize| {
        (1_u32..).zip(0..count).take_while(|(n, _)| f64::from(*n) <= tail * count as f64).count()
    };
    best.sort_unstable();
    worst.sort_unstable();
    let low = best.get(beyond(best.len())).copied()?;
    let high = worst.get(worst.len().checked_sub(beyond(worst.len()) + 1)?).copied()?;
    Some((low, high))
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;
    use proptest::prelude::*;

    use super::{places, rank_limits, shortfalls};

    #[test]
    fn points_are_parts_of_what_the_index_lacks() {
        // Weights 60 / 150, 30 / 150, 60 / 150; the index is 0.4 * 50 + 0.2 * 90 + 0.4 * 75 = 68.
        let found = shortfalls(&[Some((50.0, 60.0)), None, Some((90.0, 30.0)), Some((75.0, 60.0))]).unwrap();
        let missing: Vec<Option<f64>> = found.iter().map(|one| one.map(|one| one.missing)).collect();
        assert_eq!(missing[1], None);
        for (place, expected) in [(0, 20.0), (2, 2.0), (3, 10.0)] {
            assert_relative_eq!(missing[place].unwrap(), expected, epsilon = 1e-12);
        }
        assert_relative_eq!(found[0].unwrap().weight, 0.4, epsilon = 1e-12);
        assert_eq!(shortfalls(&[Some((50.0, 0.0)), None]), None, "nothing is important");
        assert_eq!(shortfalls(&[]), None);
    }

    #[test]
    fn the_same_figure_shares_places() {
        assert_eq!(places(&[2.0, 5.0, 2.0, 1.0]), [(2, 3), (1, 1), (2, 3), (4, 4)]);
        assert_eq!(places(&[]), []);
    }

    #[test]
    fn a_limit_leaves_out_as_many_as_a_tail_holds() {
        // Of 40 at 2.5 % one lies beyond each limit.
        let mut ranks = vec![2; 38];
        ranks.extend([1, 3]);
        assert_eq!(rank_limits(ranks.clone(), ranks.clone(), 0.025), Some((2, 2)));
        assert_eq!(rank_limits(ranks.clone(), ranks, 0.02), Some((1, 3)));
        assert_eq!(rank_limits(vec![4], vec![5], 0.025), Some((4, 5)));
        assert_eq!(rank_limits(Vec::new(), Vec::new(), 0.025), None);
    }

    fn points() -> impl Strategy<Value = Vec<Option<(f64, f64)>>> {
        let point = prop::option::weighted(0.9, (0.0_f64..=100.0, 0.0_f64..=100.0));
        prop::collection::vec(point, 1..20).prop_filter("something is important", |points| {
            points.iter().flatten().any(|point| point.1 > 0.01)
        })
    }

    proptest! {
        #[test]
        fn all_together_lack_what_the_index_lacks(points in points()) {
            let found = shortfalls(&points).unwrap();
            let index: f64 = points.iter().zip(&found).filter_map(|(point, one)| Some((*point)?.0 * (*one)?.weight)).sum();
            let missing: f64 = found.iter().flatten().map(|one| one.missing).sum();
            prop_assert!((missing - (100.0 - index)).abs() < 1e-9, "{missing} {index}");
            prop_assert!((found.iter().flatten().map(|one| one.weight).sum::<f64>() - 1.0).abs() < 1e-9);
        }

        #[test]
        fn the_unit_of_importance_does_not_matter(points in points(), factor in 0.001_f64..1000.0) {
            let scaled: Vec<_> = points.iter().map(|point| point.map(|(p, i)| (p, i * factor))).collect();
            for (one, other) in shortfalls(&points).unwrap().iter().zip(shortfalls(&scaled).unwrap()) {
                prop_assert_eq!(one.is_some(), other.is_some());
                if let (Some(one), Some(other)) = (one, other) {
                    prop_assert!((one.missing - other.missing).abs() < 1e-9);
                }
            }
        }

        #[test]
        fn places_cover_every_rank_and_do_not_know_the_order(figures in prop::collection::vec(0_u8..6, 1..15)) {
            let figures: Vec<f64> = figures.into_iter().map(f64::from).collect();
            let found = places(&figures);
            let covered: u64 = found.iter().map(|(best, worst)| (best + worst) * 500).sum();
            let n = figures.len() as u64;
            prop_assert_eq!(covered, n * (n + 1) * 500, "the middle places of all add up to those of the ranks");
            let mut turned = figures;
            turned.reverse();
            let mut back = places(&turned);
            back.reverse();
            prop_assert_eq!(back, found);
        }
    }
}
