//! What attributes lack: the points that keep an index of all of them, weighted by importance, from 100.
//!
//! The index is the mean of performances p (0 to 100) with weights w = importance over the sum of importances. Attribute i
//! takes w (100 - p) from it; all attributes together take 100 less the index. The order of these points is that of
//! importance times distance from the best, and needs no line to be drawn.

use crate::stats::quantile_type7;

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

/// The best and the worst rank of each figure, the largest the first, that their differences leave open: all together at the
/// confidence that leaves `tail` on either side.
///
/// One figure is clearly before another where the limits of their difference leave out 0. Deviations of the differences in
/// the replicates from their mean are divided by their standard deviation, and the limits hold for all pairs at once by
/// the quantile of the largest of them (Mogstad, Romano, Shaikh and Wilhelm 2024). Percentiles of the ranks in replicates
/// do not cover the true rank where figures are nearly the same (Hall and Miller 2009). Pairs whose difference never moves
/// are left open. `draws` holds by replicate the figures in their order; `None` below two of them, and where no
/// difference moves.
pub fn rank_limits(figures: &[f64], draws: &[Vec<f64>], tail: f64) -> Option<Vec<(u64, u64)>> {
    let count = draws.len() as f64;
    if draws.len() < 2 || draws.iter().any(|draw| draw.len() != figures.len()) {
        return None;
    }
    let mut largest = vec![0.0_f64; draws.len()];
    let mut pairs = Vec::new();
    for (one, own) in figures.iter().enumerate() {
        for (other, beside) in figures.iter().enumerate().skip(one + 1) {
            let differences: Vec<f64> =
                draws.iter().filter_map(|draw| Some(draw.get(one)? - draw.get(other)?)).collect();
            let mean = differences.iter().sum::<f64>() / count;
            let squares: f64 = differences.iter().map(|difference| (difference - mean).powi(2)).sum();
            let error = (squares / (count - 1.0)).sqrt();
            if error.is_nan() || error <= SAME {
                continue;
            }
            for (largest, difference) in largest.iter_mut().zip(&differences) {
                *largest = largest.max(((difference - mean) / error).abs());
            }
            pairs.push((one, other, (own - beside) / error));
        }
    }
    if pairs.is_empty() {
        return None;
    }
    let mut largest: Vec<(f64, u64)> = largest.into_iter().map(|largest| (largest, 1)).collect();
    largest.sort_by(|left, right| left.0.total_cmp(&right.0));
    let critical = quantile_type7(&largest, 1.0 - 2.0 * tail)?;
    let mut limits = vec![(1, figures.len() as u64); figures.len()];
    for (one, other, apart) in pairs.into_iter().filter(|(.., apart)| apart.abs() > critical) {
        let (before, behind) = if apart > 0.0 { (one, other) } else { (other, one) };
        if let Some(limits) = limits.get_mut(before) {
            limits.1 -= 1;
        }
        if let Some(limits) = limits.get_mut(behind) {
            limits.0 += 1;
        }
    }
    Some(limits)
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;
    use proptest::prelude::*;

    use super::{places, rank_limits, shortfalls};
    use crate::stats::Bootstrap;

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

    /// Replicates of independent figures with these means, each of standard deviation 1.
    fn normal(means: &[f64], replicates: u32) -> Vec<Vec<f64>> {
        let mut draws = Bootstrap { replicates, seed: 7 }.draws(1);
        // Of so many coins the sum is nearly normal.
        let mut one = |mean: &f64| mean + draws.among(&[1, 1], 400)[0] as f64 / 10.0 - 20.0;
        (0..replicates).map(|_| means.iter().map(&mut one).collect()).collect()
    }

    #[test]
    fn ranks_that_differences_leave_open_hold_all_together() {
        let means = [20.0, 10.0, 9.5, 9.0];
        let draws = normal(&means, 4000);
        assert_eq!(rank_limits(&means, &draws, 0.025).unwrap(), [(1, 1), (2, 4), (2, 4), (2, 4)]);
        // The limit of six differences of four is Tukey's studentised range over root 2: 3.633 / 1.414 = 2.569 at 95 %
        // (scipy 1.16 studentized_range.ppf(0.95, 4, inf)), times the root of 2 of a difference: 3.63.
        for (apart, clear) in [(3.4, false), (3.9, true)] {
            let means = [apart, 0.0, 0.0, 0.0];
            let found = rank_limits(&means, &normal(&means, 4000), 0.025).unwrap();
            assert_eq!(found[0], (1, if clear { 1 } else { 4 }), "{apart}");
        }
        let pair = [2.9, 0.0];
        assert_eq!(rank_limits(&pair, &normal(&pair, 4000), 0.025).unwrap(), [(1, 1), (2, 2)]);
        assert_eq!(rank_limits(&[3.0, 1.0], &vec![vec![3.0, 1.0]; 50], 0.025), None, "nothing moves");
        assert_eq!(rank_limits(&[3.0], &normal(&[3.0], 50), 0.025), None);
        assert_eq!(rank_limits(&[], &[], 0.025), None);
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
