//! The rank test of weighted groups, from weighted counts by code.
//!
//! Lumley and Scott (2013, *Biometrika* 100): every answer's score is its mid-rank on the weighted distribution, between
//! 0 and 1, and mean scores of groups are compared by the design (R survey's `svyranktest`). Ties take the middle of
//! their weight; R takes them in the order of the rows, which a table of counts does not have. With two groups it is
//! Student's t, with more Wald's F.
//! Reference cases: `tests/reference/groups` (`svyranktest.*`).

use super::homogeneity::by_f;
use super::sum::sum;
use super::{Homogeneity, Linearised, WeightedPoint, linearised_mean};

/// Mean mid-rank scores of weighted groups; the codes of all groups in one order.
///
/// Each group lists the rows by code (`x` is not read, the position is the code). In the order given, with the
/// variance of the design of `design_n` rows; `None` for a group without weight. `None` for all where groups differ in
/// their number of codes, nobody has weight, or the design has fewer than two rows or fewer than answered.
pub fn rank_means(groups: &[Vec<WeightedPoint>], design_n: u64) -> Option<Vec<Option<Linearised>>> {
    let codes = groups.first()?.len();
    let fits = |point: &WeightedPoint| point.w >= 0.0 && point.w.is_finite() && point.w2 >= 0.0;
    if groups.iter().any(|group| group.len() != codes || !group.iter().all(fits)) {
        return None;
    }
    let n = groups.iter().flatten().try_fold(0_u64, |n, point| n.checked_add(point.n))?;
    if n > design_n || design_n < 2 {
        return None;
    }
    let totals: Vec<f64> = (0..codes).map(|code| sum(groups.iter().map(|group| group[code].w))).collect();
    let all = sum(totals.iter().copied());
    if !(all > 0.0 && all.is_finite()) {
        return None;
    }
    let mut before = 0.0;
    let mut scores = Vec::with_capacity(codes);
    for total in &totals {
        scores.push((before + 0.5 * total) / all);
        before += total;
    }
    let scored = |group: &Vec<WeightedPoint>| -> Vec<WeightedPoint> {
        group.iter().zip(&scores).map(|(point, x)| WeightedPoint { x: *x, ..*point }).collect()
    };
    Some(groups.iter().map(|group| linearised_mean(&scored(group), design_n)).collect())
}

/// Wald's F that weighted means of groups that share no row are equal, by the design's degrees of freedom.
///
/// Σ(x − x̄)²/v around the inverse-variance mean over k − 1, with k − 1 and `design_df` − (k − 1) degrees of freedom, as R
/// survey's `regTermTest` of a regression on the groups; for two groups the square of the design-based t. For ranks,
/// means and net promoter scores alike. `None` with fewer than two groups, one of them without variance, or without
/// degrees of freedom left.
pub fn design_homogeneity(groups: &[Linearised], design_df: u64) -> Option<Homogeneity> {
    let estimates: Option<Vec<_>> = groups.iter().map(super::MeanEstimate::from_linearised).collect();
    let wald = super::wald_homogeneity(&estimates?)?;
    let left = design_df as f64 - wald.df;
    if left > 0.0 { by_f(wald.statistic / wald.df, wald.df, left) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::OrderedGroups;
    use approx::assert_relative_eq;

    fn unweighted(counts: &[u64]) -> Vec<WeightedPoint> {
        counts.iter().map(|&n| WeightedPoint { x: 0.0, n, w: n as f64, w2: n as f64 }).collect()
    }

    #[test]
    fn equal_weights_give_the_plain_mean_ranks() {
        let counts = [vec![3, 7, 9], vec![8, 2, 4], vec![0, 5, 5]];
        let n = counts.iter().flatten().sum::<u64>();
        let plain = OrderedGroups::new(&counts).unwrap().mean_ranks();
        let groups: Vec<_> = counts.iter().map(|group| unweighted(group)).collect();
        for (rank, score) in plain.into_iter().zip(rank_means(&groups, n).unwrap()) {
            assert_relative_eq!(score.unwrap().mean, (rank.unwrap() - 0.5) / n as f64, max_relative = 1e-13);
        }
    }

    #[test]
    fn what_carries_no_weight_has_no_rank() {
        assert_eq!(rank_means(&[], 9), None);
        let groups = [unweighted(&[1, 2]), unweighted(&[0, 0])];
        let found = rank_means(&groups, 9).unwrap();
        assert!(found[0].is_some() && found[1].is_none());
        assert_eq!(rank_means(&groups, 2), None);
        assert_eq!(rank_means(&[unweighted(&[0])], 9), None);
        assert_eq!(rank_means(&[unweighted(&[1]), unweighted(&[1, 2])], 9), None);
        assert_eq!(design_homogeneity(&[found[0].unwrap()], 8), None);
    }
}
