//! How sure the order of several independent estimates is.
//!
//! The answers of every item are resampled from their counts; in each replicate the items are
//! ranked by score, the highest first, and items that tie share their ranks equally. Each replicate
//! has its own ChaCha8 stream, and items are drawn in the order of their counts, so that neither
//! threads nor the order of the items change a figure: items with the same counts have the same.
//! Marshall and Spiegelhalter, *BMJ* 316, 1998, on why a rank needs an interval.
//! An item whose answers are all alike never moves when it is resampled, however few they are; it
//! is marked, because its figures then say nothing about chance.

use super::{Bootstrap, Confidence, binomial};

/// At least this share of the replicates has to have a score for every item.
const USABLE: f64 = 0.95;

/// The rank of one item.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RankedItem {
    /// Share of the replicates in which it is first.
    pub first: f64,
    /// Share of the replicates in which it is last.
    pub last: f64,
    /// Lowest rank number within the confidence, 1 being first.
    pub rank_low: u32,
    /// Highest rank number within the confidence.
    pub rank_high: u32,
    /// Whether its answers are all alike, so that resampling cannot move it.
    pub fixed: bool,
}

impl Bootstrap {
    /// Ranks the items of `counts` by `score`, the highest first; in the order given.
    ///
    /// `None` without items, without replicates, where an item has no answers or no score, or where
    /// more than one replicate in twenty lacks a score.
    pub fn ranking(
        &self,
        counts: &[Vec<u64>],
        confidence: Confidence,
        score: impl Fn(&[u64]) -> Option<f64>,
    ) -> Option<Vec<RankedItem>> {
        let value = |counts: &[u64]| score(counts).filter(|score| score.is_finite());
        for item in counts {
            let answers = item.iter().try_fold(0_u64, |all, count| all.checked_add(*count))?;
            if answers == 0 {
                return None;
            }
            value(item)?;
        }
        let mut order: Vec<usize> = (0..counts.len()).collect();
        order.sort_by(|&a, &b| counts[a].cmp(&counts[b]));
        let mut chances = vec![vec![0.0; counts.len()]; counts.len()];
        let mut usable = 0.0;
        for replicate in 0..self.replicates {
            let mut rng = self.stream(replicate);
            let drawn = order.iter().map(|&item| {
                // Every item is drawn, with a score or without, to keep the stream in step.
                let drawn = binomial::resample(&counts[item], &mut rng);
                value(&drawn).map(|score| (score, item))
            });
            let drawn: Vec<Option<(f64, usize)>> = drawn.collect();
            if let Some(scores) = drawn.into_iter().collect::<Option<Vec<_>>>() {
                usable += 1.0;
                add_ranks(scores, &mut chances);
            }
        }
        if usable < 1.0 || usable < USABLE * f64::from(self.replicates) {
            return None;
        }
        share_among_equals(&order, counts, &mut chances);
        let ranked = |(item, chances): (&Vec<u64>, &Vec<f64>)| {
            let at = |rank: usize| chances.get(rank).map(|chance| chance / usable);
            let tail = confidence.tail() * usable;
            Some(RankedItem {
                first: at(0)?,
                last: at(chances.len() - 1)?,
                rank_low: 1 + left_out(chances.iter(), tail),
                rank_high: u32::try_from(chances.len()).ok()? - left_out(chances.iter().rev(), tail),
                fixed: item.iter().filter(|count| **count > 0).count() == 1,
            })
        };
        if counts.is_empty() { None } else { counts.iter().zip(&chances).map(ranked).collect() }
    }
}

/// Adds one replicate to how often each item has each rank.
fn add_ranks(mut scores: Vec<(f64, usize)>, chances: &mut [Vec<f64>]) {
    scores.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut rank = 0;
    for tie in scores.chunk_by(|a, b| (a.0 - b.0).abs() <= 0.0) {
        let part = 1.0 / tie.len() as f64;
        for &(_, item) in tie {
            for chance in &mut chances[item][rank..rank + tie.len()] {
                *chance += part;
            }
        }
        rank += tie.len();
    }
}

/// Items with the same counts have the same chances; what the draws made of them is shared.
fn share_among_equals(order: &[usize], counts: &[Vec<u64>], chances: &mut [Vec<f64>]) {
    for equals in order.chunk_by(|&a, &b| counts[a] == counts[b]) {
        let mut shared = vec![0.0; counts.len()];
        for &item in equals {
            for (sum, chance) in shared.iter_mut().zip(&chances[item]) {
                *sum += chance / equals.len() as f64;
            }
        }
        for &item in equals {
            chances[item].clone_from(&shared);
        }
    }
}

/// How many ranks from this end hold no more than the tail together.
fn left_out<'a>(chances: impl Iterator<Item = &'a f64>, tail: f64) -> u32 {
    let mut held = 0.0;
    let mut ranks = 0;
    for chance in chances {
        held += chance;
        if held > tail {
            return ranks;
        }
        ranks += 1;
    }
    ranks
}

#[cfg(test)]
#[allow(clippy::float_cmp)]
mod tests {
    use super::*;

    const BOOTSTRAP: Bootstrap = Bootstrap { replicates: 2000, seed: 42 };

    fn share_of_first(counts: &[u64]) -> Option<f64> {
        let n: u64 = counts.iter().sum();
        (n > 0).then(|| counts[0] as f64 / n as f64)
    }

    fn rank(counts: &[Vec<u64>]) -> Option<Vec<RankedItem>> {
        BOOTSTRAP.ranking(counts, Confidence::new(0.95).unwrap(), share_of_first)
    }

    #[test]
    fn clear_differences_have_certain_ranks() {
        let items = rank(&[vec![100, 900], vec![900, 100], vec![500, 500]]).unwrap();
        let ranks: Vec<(u32, u32)> = items.iter().map(|item| (item.rank_low, item.rank_high)).collect();
        assert_eq!(ranks, [(3, 3), (1, 1), (2, 2)]);
        assert_eq!((items[0].last, items[1].first, items[2].first), (1.0, 1.0, 0.0));
    }

    #[test]
    fn equal_items_share_every_rank() {
        let items = rank(&vec![vec![5, 5]; 4]).unwrap();
        for item in &items {
            assert_eq!(item, &items[0]);
            assert!((item.first - 0.25).abs() < 1e-12 && (item.last - 0.25).abs() < 1e-12);
            assert_eq!((item.rank_low, item.rank_high), (1, 4));
        }
    }

    #[test]
    fn the_order_of_the_items_changes_nothing() {
        let mut counts = vec![vec![12, 8], vec![30, 30], vec![9, 3], vec![12, 8], vec![0, 4]];
        let mut one = rank(&counts).unwrap();
        counts.reverse();
        one.reverse();
        assert_eq!(one, rank(&counts).unwrap());
    }

    #[test]
    fn a_single_difference_meets_the_normal_chance() {
        // 60 % and 50 % of 200: the difference in standard errors of the resamples is 2.02.
        let items = rank(&[vec![120, 80], vec![100, 100]]).unwrap();
        let se = (0.24_f64 / 200.0 + 0.25 / 200.0).sqrt();
        let wanted = super::super::distributions::normal_cdf(0.1 / se).unwrap();
        assert!((items[0].first - wanted).abs() < 0.012, "{} {wanted}", items[0].first);
        assert!((items[0].first + items[1].first - 1.0).abs() < 1e-12);
        // The second is first in 2.2 %, less than the 5 % left out on either side.
        let counts = [vec![120, 80], vec![100, 100]];
        let items = BOOTSTRAP.ranking(&counts, Confidence::new(0.9).unwrap(), share_of_first).unwrap();
        assert_eq!((items[1].rank_low, items[1].rank_high), (2, 2));
    }

    #[test]
    fn one_item_is_first_and_last_and_constant_ones_are_marked() {
        let items = rank(&[vec![3, 0]]).unwrap();
        assert_eq!((items[0].first, items[0].last, items[0].fixed), (1.0, 1.0, true));
        assert_eq!((items[0].rank_low, items[0].rank_high), (1, 1));
        assert!(!rank(&[vec![3, 1]]).unwrap()[0].fixed);
    }

    #[test]
    fn nothing_to_rank_has_no_ranking() {
        let confidence = Confidence::new(0.95).unwrap();
        assert_eq!(rank(&[]), None);
        assert_eq!(rank(&[vec![1, 1], vec![0, 0]]), None);
        assert_eq!(rank(&[vec![1, 1], vec![]]), None);
        assert_eq!(rank(&[vec![u64::MAX, 1]]), None);
        let none = Bootstrap { replicates: 0, seed: 1 };
        assert_eq!(none.ranking(&[vec![1, 1]], confidence, share_of_first), None);
        let fussy = |counts: &[u64]| (counts[0] >= 5).then_some(1.0);
        assert_eq!(BOOTSTRAP.ranking(&[vec![5, 5]], confidence, fussy), None);
    }
}
