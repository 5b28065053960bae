//! How sure the order of several independent estimates is.
//!
//! The answers of every item are resampled from their counts; in each replicate the items are
//! ranked by their mean score, the highest first, and items that tie share their ranks equally.
//! Each item has its own ChaCha8 stream, numbered in the order of the counts, so that neither
//! threads nor the order of the items change a figure: items with the same counts have the same.
//! Marshall and Spiegelhalter, *BMJ* 316, 1998, on why a rank needs an interval.
//! An item whose answers are all alike never moves when it is resampled, however few they are; it
//! is marked, because its figures then say nothing about chance.

use super::resampled_mean::Scores;
use super::{Bootstrap, Confidence};

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
    /// Ranks items by the mean of their `scores`, the highest first; in the order given.
    ///
    /// Each of `counts` has a count for each score. `None` without items, without replicates, and
    /// where an item has no answers.
    pub fn ranking(
        &self,
        counts: &[Vec<u64>],
        scores: &[f64],
        confidence: Confidence,
    ) -> Option<Vec<RankedItem>> {
        let mut order: Vec<usize> = (0..counts.len()).collect();
        order.sort_by(|&a, &b| counts[a].cmp(&counts[b]));
        let means = self.means(counts, &order, &Scores::new(scores)?)?;
        // How often each item has each rank, as what begins and ends at a rank.
        let mut turns = vec![vec![0.0; counts.len() + 1]; counts.len()];
        let mut ranked = Vec::with_capacity(counts.len());
        for replicate in 0..usize::try_from(self.replicates).ok()? {
            ranked.clear();
            ranked.extend(means.iter().map(|(item, means)| (means[replicate], *item)));
            add_ranks(&mut ranked, &mut turns);
        }
        share_among_equals(&order, counts, &mut turns);
        let replicates = f64::from(self.replicates);
        let ranked = |(item, turns): (&Vec<u64>, &Vec<f64>)| {
            let tail = confidence.tail() * replicates;
            let (begun, ended) = (turns.split_last()?.1, turns.split_first()?.1);
            Some(RankedItem {
                first: begun.first()? / replicates,
                last: -ended.last()? / replicates,
                rank_low: 1 + left_out(begun.iter().copied(), tail),
                rank_high: u32::try_from(begun.len()).ok()?
                    - left_out(ended.iter().rev().map(|turn| -turn), tail),
                fixed: item.iter().filter(|count| **count > 0).count() == 1,
            })
        };
        if counts.is_empty() || self.replicates == 0 {
            return None;
        }
        counts.iter().zip(&turns).map(ranked).collect()
    }

    /// The means of all replicates of each item, the items in the order of their counts.
    fn means(&self, counts: &[Vec<u64>], order: &[usize], scores: &Scores) -> Option<Vec<(usize, Vec<f64>)>> {
        let mut means = Vec::with_capacity(counts.len());
        for (number, &item) in (0..).zip(order) {
            let resampled = scores.resampled(&counts[item], self.replicates)?;
            let mut rng = self.stream(number);
            means.push((item, (0..self.replicates).map(|_| resampled.draw(&mut rng)).collect()));
        }
        Some(means)
    }
}

/// Adds one replicate to what begins and ends at each rank of each item.
fn add_ranks(means: &mut [(f64, usize)], turns: &mut [Vec<f64>]) {
    means.sort_unstable_by(|a, b| b.0.total_cmp(&a.0));
    let mut rank = 0;
    for tie in means.chunk_by(|a, b| (a.0 - b.0).abs() <= 0.0) {
        let part = 1.0 / tie.len() as f64;
        for &(_, item) in tie {
            turns[item][rank] += part;
            turns[item][rank + tie.len()] -= part;
        }
        rank += tie.len();
    }
}

/// Items with the same counts have the same chances; what the draws made of them is shared.
fn share_among_equals(order: &[usize], counts: &[Vec<u64>], turns: &mut [Vec<f64>]) {
    for equals in order.chunk_by(|&a, &b| counts[a] == counts[b]) {
        let mut shared = vec![0.0; counts.len() + 1];
        for &item in equals {
            for (sum, turn) in shared.iter_mut().zip(&turns[item]) {
                *sum += turn / equals.len() as f64;
            }
        }
        for &item in equals {
            turns[item].clone_from(&shared);
        }
    }
}

/// How many ranks from this end hold no more than the tail together.
fn left_out(turns: impl Iterator<Item = f64>, tail: f64) -> u32 {
    let (mut chance, mut held) = (0.0, 0.0);
    let mut ranks = 0;
    for turn in turns {
        chance += turn;
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

    fn rank(counts: &[Vec<u64>]) -> Option<Vec<RankedItem>> {
        BOOTSTRAP.ranking(counts, &[1.0, 0.0], Confidence::new(0.95).unwrap())
    }

    fn binomial(n: u32, p: f64) -> Vec<f64> {
        let ways = |k: u32| (0..k).fold(1.0, |ways, i| ways * f64::from(n - i) / f64::from(i + 1));
        (0..=n).map(|k| ways(k) * p.powf(f64::from(k)) * (1.0 - p).powf(f64::from(n - k))).collect()
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
        let items = BOOTSTRAP.ranking(&counts, &[1.0, 0.0], Confidence::new(0.9).unwrap()).unwrap();
        assert_eq!((items[1].rank_low, items[1].rank_high), (2, 2));
    }

    #[test]
    fn two_items_come_first_as_often_as_enumeration_says() {
        // Every pair of resamples of a share, ties halved; a bad draw of one in 30,000 would fail.
        let bootstrap = Bootstrap { replicates: 100_000, ..BOOTSTRAP };
        for (one, two) in
            [((7_u32, 3_u32), (6, 4)), ((40, 20), (21, 9)), ((1, 1), (1, 2)), ((90, 10), (9, 1))]
        {
            let chances = |(a, b): (u32, u32)| binomial(a + b, f64::from(a) / f64::from(a + b));
            let mut wanted = 0.0;
            for (k, p) in (0_u32..).zip(chances(one)) {
                for (l, q) in (0_u32..).zip(chances(two)) {
                    // k / n against l / m in whole numbers.
                    wanted += p
                        * q
                        * match (k * (two.0 + two.1)).cmp(&(l * (one.0 + one.1))) {
                            std::cmp::Ordering::Greater => 1.0,
                            std::cmp::Ordering::Equal => 0.5,
                            std::cmp::Ordering::Less => 0.0,
                        };
                }
            }
            let counts = [one, two].map(|(a, b)| vec![u64::from(a), u64::from(b)]);
            let items = bootstrap.ranking(&counts, &[100.0, 0.0], Confidence::new(0.95).unwrap()).unwrap();
            let error = (wanted * (1.0 - wanted) / f64::from(bootstrap.replicates)).sqrt();
            assert!((items[0].first - wanted).abs() < 4.2 * error, "{one:?} {two:?} {wanted} {items:?}");
        }
    }

    #[test]
    fn a_scale_is_ranked_as_enumeration_says_whether_sums_or_counts_are_drawn() {
        // Three answers each on 1 to 3, all 27 x 27 resamples; the scores 1, 2, 3 + 1e-5 have no common step, so that
        // their counts are drawn, and tie where the others do but for the third.
        let (one, two) = ([3_u64, 1, 2], [2_u64, 3, 1]);
        let answers = |counts: [u64; 3]| -> Vec<usize> {
            let of = |(point, count): (usize, &u64)| vec![point; usize::try_from(*count).unwrap()];
            counts.iter().enumerate().flat_map(of).collect()
        };
        let sums = |counts: [u64; 3], scores: [f64; 3]| -> Vec<f64> {
            let mut sums = vec![0.0];
            for _ in 0..6 {
                sums = sums
                    .iter()
                    .flat_map(|sum| answers(counts).into_iter().map(move |point| sum + scores[point]))
                    .collect();
            }
            sums
        };
        let bootstrap = Bootstrap { replicates: 100_000, ..BOOTSTRAP };
        for scores in [[1.0, 2.0, 3.0], [3.0, 2.0, 1.0], [1.0, 2.0, 3.0 + 1e-5]] {
            let sorted = |counts| {
                let mut sums = sums(counts, scores);
                sums.sort_by(f64::total_cmp);
                sums
            };
            let others = sorted(two);
            let below = |sum: f64| others.partition_point(|other| *other < sum - 1e-9);
            let not_above = |sum: f64| others.partition_point(|other| *other <= sum + 1e-9);
            let own = sorted(one);
            let wins: usize = own.iter().map(|sum| below(*sum) + not_above(*sum)).sum();
            let wanted = wins as f64 / (2.0 * own.len() as f64 * others.len() as f64);
            let counts = [one.to_vec(), two.to_vec()];
            let items = bootstrap.ranking(&counts, &scores, Confidence::new(0.95).unwrap()).unwrap();
            let error = (0.25 / f64::from(bootstrap.replicates)).sqrt();
            assert!((items[0].first - wanted).abs() < 4.2 * error, "{scores:?} {wanted} {items:?}");
        }
    }

    #[test]
    fn many_answers_are_ranked_as_the_normal_law_says() {
        // So many that counts are drawn: 50.01 % against 50 % of ten million each.
        let items = rank(&[vec![5_001_000, 4_999_000], vec![5_000_000, 5_000_000]]).unwrap();
        let wanted = super::super::distributions::normal_cdf(1e-4 / (0.5_f64 / 1e7).sqrt()).unwrap();
        assert!((items[0].first - wanted).abs() < 0.045, "{} {wanted}", items[0].first);
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
        assert_eq!(none.ranking(&[vec![1, 1]], &[1.0, 0.0], confidence), None);
        for scores in
            [vec![], vec![1.0], vec![f64::NAN, 0.0], vec![f64::INFINITY, 0.0], vec![f64::MAX, f64::MIN]]
        {
            assert_eq!(BOOTSTRAP.ranking(&[vec![5, 5]], &scores, confidence), None, "{scores:?}");
        }
    }
}
