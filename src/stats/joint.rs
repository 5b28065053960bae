//! Resampling of several independent sets of counts at once, for statements about all of them together.
//!
//! Every set has its own ChaCha8 stream, numbered in the order given: threads and what came before change nothing. The
//! sets are drawn independently: what they have in common in truth (the same respondents) is not in the counts.

use super::Bootstrap;
use super::resampled_mean::Scores;

impl Bootstrap {
    /// The statistic of each replicate of the mean scores of all `sets` of counts with their scores, in order.
    ///
    /// `None` where a set has no answers, or not one count for each score.
    pub fn joint<T>(
        &self,
        sets: &[(Vec<u64>, Vec<f64>)],
        mut statistic: impl FnMut(&[f64]) -> T,
    ) -> Option<Vec<T>> {
        let scores = sets.iter().map(|(_, scores)| Scores::new(scores)).collect::<Option<Vec<_>>>()?;
        let mut drawn = Vec::with_capacity(sets.len());
        for ((number, (counts, _)), scores) in (0..).zip(sets).zip(&scores) {
            drawn.push((scores.resampled(counts, self.replicates)?, self.stream(number)));
        }
        let mut means = vec![0.0; sets.len()];
        let replicate = |_| {
            for (mean, (resampled, rng)) in means.iter_mut().zip(&mut drawn) {
                *mean = resampled.draw(rng);
            }
            statistic(&means)
        };
        Some((0..self.replicates).map(replicate).collect())
    }

    /// The statistic of each replicate of the means of several figures over groups of rows, drawn with replacement.
    ///
    /// A group has, by figure, its sum of w x and its sum of w, 0 where none of its rows has an answer; all figures of a group
    /// are drawn together, so that what the same rows say belongs together. A mean is `None` where no group drawn has an
    /// answer. Nothing without groups.
    pub fn joint_of_groups<T>(
        &self,
        groups: &[Vec<(f64, f64)>],
        mut statistic: impl FnMut(&[Option<f64>]) -> T,
    ) -> Vec<T> {
        let Some(figures) = groups.first().map(Vec::len) else { return Vec::new() };
        let replicate = |number| {
            let mut draws = self.draws(number);
            let mut sums = vec![(0.0, 0.0); figures];
            for _ in groups {
                let Some(group) = groups.get(draws.below(groups.len())) else { continue };
                for (sum, (wx, w)) in sums.iter_mut().zip(group) {
                    *sum = (sum.0 + wx, sum.1 + w);
                }
            }
            let means: Vec<Option<f64>> = sums.iter().map(|(wx, w)| (*w > 0.0).then(|| wx / w)).collect();
            statistic(&means)
        };
        (0..self.replicates).map(replicate).collect()
    }
}

#[cfg(test)]
#[allow(clippy::float_cmp)]
mod tests {
    use super::*;

    const BOOTSTRAP: Bootstrap = Bootstrap { replicates: 2000, seed: 7 };

    #[test]
    fn each_set_keeps_its_mean_and_varies_on_its_own() {
        let sets =
            [(vec![30, 70], vec![1.0, 0.0]), (vec![8], vec![4.0]), (vec![5, 0, 15], vec![0.0, 50.0, 100.0])];
        let drawn = BOOTSTRAP.joint(&sets, <[f64]>::to_vec).unwrap();
        assert_eq!(drawn.len(), 2000);
        let mean = |part: &dyn Fn(&Vec<f64>) -> f64| drawn.iter().map(part).sum::<f64>() / 2000.0;
        // Standard errors of the means: sqrt(0.21 / 100 / 2000) = 0.001, sqrt(1875 / 20 / 2000) = 0.22.
        assert!((mean(&|means| means[0]) - 0.3).abs() < 0.005);
        assert!((mean(&|means| means[2]) - 75.0).abs() < 1.0);
        assert!(drawn.iter().all(|means| means[1] == 4.0));
        // Standard errors of 0.0458 and 9.68: their product, if independent, has that over sqrt(2000) = 0.0099.
        let covariance = mean(&|means| (means[0] - 0.3) * (means[2] - 75.0));
        assert!(covariance.abs() < 0.045, "{covariance}");
    }

    #[test]
    fn one_seed_one_answer() {
        let sets = [(vec![12, 7, 40], vec![1.0, 2.0, 3.0])];
        let run = |seed| Bootstrap { replicates: 50, seed }.joint(&sets, <[f64]>::to_vec).unwrap();
        assert_eq!(run(1), run(1));
        assert_ne!(run(1), run(2));
    }

    #[test]
    fn a_set_without_answers_has_no_means() {
        for set in [(vec![0, 0], vec![1.0, 2.0]), (vec![], vec![]), (vec![3], vec![1.0, 2.0])] {
            assert_eq!(BOOTSTRAP.joint(&[(vec![3, 4], vec![1.0, 2.0]), set], <[f64]>::len), None);
        }
    }

    #[test]
    fn figures_of_a_group_are_drawn_together() {
        // 100 rows of two figures of which the second is 10 less the first: their means always add up to 10.
        let groups: Vec<Vec<(f64, f64)>> = (0..100_u32)
            .map(|row| {
                let x = f64::from(row % 5 + 1);
                vec![(x, 1.0), (10.0 - x, 1.0), (0.0, 0.0)]
            })
            .collect();
        let drawn = BOOTSTRAP.joint_of_groups(&groups, <[Option<f64>]>::to_vec);
        assert_eq!(drawn.len(), 2000);
        assert!(drawn.iter().all(|means| (means[0].unwrap() + means[1].unwrap() - 10.0).abs() < 1e-12));
        assert!(drawn.iter().all(|means| means[2].is_none()), "nobody answered");
        let mean = drawn.iter().map(|means| means[0].unwrap()).sum::<f64>() / 2000.0;
        let spread = drawn.iter().map(|means| (means[0].unwrap() - 3.0).powi(2)).sum::<f64>() / 2000.0;
        // A variance of 2 over 100 rows.
        assert!((mean - 3.0).abs() < 0.015 && (spread - 0.02).abs() < 0.002, "{mean} {spread}");
        assert!(BOOTSTRAP.joint_of_groups(&[], <[Option<f64>]>::len).is_empty());
    }
}
