//! Whether groups differ on an ordered scale, from counts by code: rank tests.
//!
//! Kruskal and Wallis (1952) and Dunn (1964), both with the variance that ties leave; Mann and Whitney (1947) with tie
//! and continuity correction, and the chance that an answer of the first group is the better one (half of ties), which
//! is Vargha and Delaney's A (2000) and gives Cliff's delta (1993). Codes are only ordered, their distances do not
//! count. Counts, never weights: weighted groups belong to [`super::rank_means`].
//! Reference cases: `tests/reference/groups` (`means.*`, `dunn.*`, `mann_whitney.*`).

use super::distributions::normal_sf;
use super::homogeneity::by_chi_square;
use super::sum::sum;
use super::{Homogeneity, PKind};

/// Groups of answers on one ordered scale.
#[derive(Clone, Debug, PartialEq)]
pub struct OrderedGroups {
    sizes: Vec<f64>,
    rank_means: Vec<f64>,
    n: f64,
    /// Variance of a rank among all answers, smaller for ties; 0 where all are alike.
    rank_variance: f64,
}

/// A test of two groups of several.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RankPair {
    /// Index of the first group.
    pub first: usize,
    /// Index of the second group.
    pub second: usize,
    /// Mean rank of the first less that of the second, over its standard error.
    pub z: f64,
    /// Two-sided p-value, not adjusted for the number of pairs.
    pub p: f64,
    /// Always normal.
    pub p_kind: PKind,
}

/// Result of the test of two groups.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MannWhitney {
    /// Pairs in which the first group's answer is the higher code, half of the ties (R's W, scipy's U).
    pub u: f64,
    /// Two-sided normal p-value with tie and continuity correction; `None` where all answers are alike.
    pub p: Option<f64>,
    /// Always normal.
    pub p_kind: PKind,
    /// Chance that an answer of the first group is higher than one of the second, half of ties.
    pub superiority: f64,
}

impl MannWhitney {
    /// Chance to be higher less chance to be lower, −1 to 1.
    pub fn cliffs_delta(&self) -> f64 {
        2.0 * self.superiority - 1.0
    }
}

impl OrderedGroups {
    /// Of the counts by code of each group, codes in their order; groups without answers are kept but take no part.
    ///
    /// `None` where groups differ in their number of codes, without answers, or beyond 10¹² of them.
    pub fn new(groups: &[Vec<u64>]) -> Option<Self> {
        const MOST: u64 = 1_000_000_000_000;
        let codes = groups.first()?.len();
        if groups.iter().any(|group| group.len() != codes) {
            return None;
        }
        groups
            .iter()
            .flatten()
            .try_fold(0_u64, |n, count| n.checked_add(*count))
            .filter(|n| (1..=MOST).contains(n))?;
        let totals: Vec<f64> =
            (0..codes).map(|code| groups.iter().map(|group| group[code]).sum::<u64>() as f64).collect();
        let n = sum(totals.iter().copied());
        // Ranks around their own mean, so that large bases keep the digits of differences.
        let mut before = 0.0;
        let mut ranks = Vec::with_capacity(codes);
        for total in &totals {
            ranks.push(before + 0.5 * total - 0.5 * n);
            before += total;
        }
        let sizes: Vec<f64> = groups.iter().map(|group| group.iter().sum::<u64>() as f64).collect();
        let rank_means = groups
            .iter()
            .zip(&sizes)
            .map(|(group, size)| {
                let total = sum(group.iter().zip(&ranks).map(|(count, rank)| *count as f64 * rank));
                if *size > 0.0 { total / size } else { 0.0 }
            })
            .collect();
        let squares = sum(totals.iter().zip(&ranks).map(|(total, rank)| total * rank * rank));
        Some(Self { sizes, rank_means, n, rank_variance: squares / (n - 1.0).max(1.0) })
    }

    /// Mean rank of each group, 1 being the lowest answer; `None` for a group without answers.
    pub fn mean_ranks(&self) -> Vec<Option<f64>> {
        let middle = f64::midpoint(self.n, 1.0);
        let rank = |(size, mean): (&f64, &f64)| (*size > 0.0).then_some(mean + middle);
        self.sizes.iter().zip(&self.rank_means).map(rank).collect()
    }

    /// H with correction for ties; `None` with fewer than two groups that have answers, or all answers alike.
    pub fn kruskal_wallis(&self) -> Option<Homogeneity> {
        let df = self.filled().checked_sub(1).filter(|df| *df > 0)? as f64;
        let squares = sum(self.sizes.iter().zip(&self.rank_means).map(|(size, mean)| size * mean * mean));
        by_chi_square(squares / self.rank_variance()?, df)
    }

    /// Epsilon squared of Kruskal and Wallis's test, H/(n − 1) (Tomczak and Tomczak 2014): the part of the variance of
    /// ranks that lies between groups.
    pub fn epsilon_squared(&self) -> Option<f64> {
        Some((self.kruskal_wallis()?.statistic / (self.n - 1.0)).clamp(0.0, 1.0))
    }

    /// Eta squared of H, (H − k + 1)/(n − k), which corrects for the number of groups and can be below 0.
    ///
    /// `None` where there are no more answers than groups.
    pub fn eta_squared_h(&self) -> Option<f64> {
        let test = self.kruskal_wallis()?;
        let left = self.n - test.df - 1.0;
        (left > 0.0).then(|| (test.statistic - test.df) / left)
    }

    /// Dunn's test of every two groups that have answers, the first one's index the smaller; not adjusted.
    ///
    /// `None` where all answers are alike or fewer than two groups have any.
    pub fn dunn(&self) -> Option<Vec<RankPair>> {
        let variance = self.rank_variance()?;
        let filled: Vec<usize> = (0..self.sizes.len()).filter(|&group| self.sizes[group] > 0.0).collect();
        let mut pairs = Vec::new();
        for (position, &first) in filled.iter().enumerate() {
            for &second in &filled[position + 1..] {
                let se = (variance * (1.0 / self.sizes[first] + 1.0 / self.sizes[second])).sqrt();
                let z = (self.rank_means[first] - self.rank_means[second]) / se;
                let p = (2.0 * normal_sf(z.abs())?).min(1.0);
                pairs.push(RankPair { first, second, z, p, p_kind: PKind::Normal });
            }
        }
        (!pairs.is_empty()).then_some(pairs)
    }

    fn rank_variance(&self) -> Option<f64> {
        (self.rank_variance > 0.0).then_some(self.rank_variance)
    }

    fn filled(&self) -> usize {
        self.sizes.iter().filter(|size| **size > 0.0).count()
    }
}

/// The test that neither of two groups tends to higher codes; counts by code, codes in their order.
///
/// `None` where the groups differ in their number of codes or one has no answers.
pub fn mann_whitney(first: &[u64], second: &[u64]) -> Option<MannWhitney> {
    let groups = OrderedGroups::new(&[first.to_vec(), second.to_vec()])?;
    let (a, b) = (groups.sizes[0], groups.sizes[1]);
    if groups.filled() < 2 {
        return None;
    }
    // Mean ranks differ by U/(ab) − ½, in units of n/2.
    let off = (groups.rank_means[0] - groups.rank_means[1]) / groups.n;
    let superiority = (0.5 + off).clamp(0.0, 1.0);
    let p = groups.rank_variance().and_then(|variance| {
        let se = (a * b / groups.n * variance).sqrt();
        let distance = ((off * a * b).abs() - 0.5).max(0.0);
        Some((2.0 * normal_sf(distance / se)?).min(1.0))
    });
    Some(MannWhitney { u: (0.5 + off) * a * b, p, p_kind: PKind::Normal, superiority })
}

#[cfg(test)]
#[allow(clippy::float_cmp)]
mod tests {
    use std::cmp::Ordering;

    use super::*;
    use approx::assert_relative_eq;
    use proptest::prelude::*;

    #[test]
    fn two_groups_agree_in_all_three_tests() {
        let (a, b) = (vec![5, 9, 12, 30, 14], vec![9, 14, 11, 20, 8]);
        let groups = OrderedGroups::new(&[a.clone(), b.clone()]).unwrap();
        let (h, dunn) = (groups.kruskal_wallis().unwrap(), groups.dunn().unwrap());
        assert_eq!(dunn.len(), 1);
        assert_relative_eq!(h.statistic, dunn[0].z * dunn[0].z, max_relative = 1e-12);
        assert_relative_eq!(h.p, dunn[0].p, max_relative = 1e-9);
        let pair = mann_whitney(&a, &b).unwrap();
        let back = mann_whitney(&b, &a).unwrap();
        assert_relative_eq!(pair.u + back.u, 70.0 * 62.0, max_relative = 1e-14);
        assert_relative_eq!(pair.p.unwrap(), back.p.unwrap(), max_relative = 1e-12);
        assert!(pair.p.unwrap() > h.p, "the continuity correction takes something back");
        let pairs: f64 = a
            .iter()
            .enumerate()
            .flat_map(|(i, x)| b.iter().enumerate().map(move |(j, y)| (i, j, *x as f64 * *y as f64)))
            .map(|(i, j, count)| match i.cmp(&j) {
                Ordering::Greater => count,
                Ordering::Equal => 0.5 * count,
                Ordering::Less => 0.0,
            })
            .sum();
        assert_relative_eq!(pair.u, pairs, max_relative = 1e-13);
        assert_relative_eq!(pair.superiority, pairs / (70.0 * 62.0), max_relative = 1e-13);
    }

    #[test]
    fn corners_have_what_they_have() {
        assert_eq!(OrderedGroups::new(&[]), None);
        assert_eq!(OrderedGroups::new(&[vec![0, 0], vec![0, 0]]), None);
        assert_eq!(OrderedGroups::new(&[vec![1], vec![1, 2]]), None);
        assert_eq!(OrderedGroups::new(&[vec![u64::MAX], vec![1]]), None);
        let alike = OrderedGroups::new(&[vec![0, 7], vec![0, 9]]).unwrap();
        assert_eq!((alike.kruskal_wallis(), alike.dunn(), alike.epsilon_squared()), (None, None, None));
        assert_eq!(alike.mean_ranks(), [Some(8.5), Some(8.5)]);
        let pair = mann_whitney(&[0, 7], &[0, 9]).unwrap();
        assert_eq!((pair.p, pair.superiority, pair.cliffs_delta()), (None, 0.5, 0.0));
        assert_eq!(mann_whitney(&[0, 0], &[1, 2]), None);
        let two = mann_whitney(&[1, 0], &[0, 1]).unwrap();
        assert_eq!((two.u, two.superiority), (0.0, 0.0));
        assert!(two.p.unwrap() > 0.3);
        let one_empty = OrderedGroups::new(&[vec![1, 3], vec![0, 0], vec![2, 1]]).unwrap();
        assert_eq!(one_empty.kruskal_wallis().unwrap().df, 1.0);
        assert_eq!(one_empty.mean_ranks()[1], None);
        assert_eq!(one_empty.dunn().unwrap()[0].second, 2);
    }

    #[test]
    fn one_answer_off_many_equal_ones_is_a_variance() {
        for n in [10_u64, 1_000, 100_000_000] {
            let groups = OrderedGroups::new(&[vec![n, 0], vec![n - 1, 1]]).unwrap();
            assert_relative_eq!(groups.kruskal_wallis().unwrap().statistic, 1.0, max_relative = 1e-12);
        }
    }

    proptest! {
        #[test]
        fn order_of_groups_and_empty_codes_change_nothing(counts in prop::array::uniform9(0_u64..30)) {
            let [a, b, c, d, e, f, g, h, i] = counts;
            let Some(one) = OrderedGroups::new(&[vec![a, b, c], vec![d, e, f], vec![g, h, i]]) else { return Ok(()) };
            let other = OrderedGroups::new(&[vec![g, 0, h, i], vec![a, 0, b, c], vec![d, 0, e, f]]).unwrap();
            // Turning the scale round turns the ranks and nothing else.
            let turned = OrderedGroups::new(&[vec![c, b, a], vec![f, e, d], vec![i, h, g]]).unwrap();
            let (one, other, turned) = (one.kruskal_wallis(), other.kruskal_wallis(), turned.kruskal_wallis());
            prop_assert_eq!(one.is_some(), other.is_some());
            if let (Some(one), Some(other), Some(turned)) = (one, other, turned) {
                prop_assert!((0.0..=1.0).contains(&one.p));
                prop_assert!((one.statistic - other.statistic).abs() < 1e-9 * one.statistic.max(1.0));
                prop_assert!((one.statistic - turned.statistic).abs() < 1e-9 * one.statistic.max(1.0));
            }
        }
    }
}
