//! Resampling of several independent sets of counts at once, for statements about all of them together.
//!
//! Every set is drawn in every replicate, in the order given, from the replicate's own ChaCha8 stream: threads and
//! what came before change nothing. The sets are drawn independently: what they have in common in truth (the same
//! respondents) is not in the counts.

use super::{Bootstrap, binomial};

impl Bootstrap {
    /// The statistic of each replicate of all `counts`, in order.
    pub fn joint<T>(&self, counts: &[Vec<u64>], mut statistic: impl FnMut(&[Vec<u64>]) -> T) -> Vec<T> {
        let replicate = |replicate| {
            let mut rng = self.stream(replicate);
            let drawn: Vec<Vec<u64>> =
                counts.iter().map(|counts| binomial::resample(counts, &mut rng)).collect();
            statistic(&drawn)
        };
        (0..self.replicates).map(replicate).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOOTSTRAP: Bootstrap = Bootstrap { replicates: 2000, seed: 7 };

    #[test]
    fn each_set_keeps_its_size_and_its_mean() {
        let counts = [vec![30, 70], vec![0, 0], vec![5, 0, 15]];
        let drawn = BOOTSTRAP.joint(&counts, <[Vec<u64>]>::to_vec);
        assert_eq!(drawn.len(), 2000);
        for sets in &drawn {
            assert_eq!(sets.iter().map(|set| set.iter().sum::<u64>()).collect::<Vec<_>>(), [100, 0, 20]);
        }
        let mean = |set: usize, cell: usize| {
            drawn.iter().map(|sets| sets[set][cell] as f64).sum::<f64>() / drawn.len() as f64
        };
        // Standard errors of the means: sqrt(21 / 2000) = 0.10, sqrt(3.75 / 2000) = 0.04.
        assert!((mean(0, 0) - 30.0).abs() < 0.4 && (mean(2, 0) - 5.0).abs() < 0.2);
    }

    #[test]
    fn one_seed_one_answer() {
        let run = |seed| Bootstrap { replicates: 50, seed }.joint(&[vec![12, 7, 40]], <[Vec<u64>]>::to_vec);
        assert_eq!(run(1), run(1));
        assert_ne!(run(1), run(2));
    }
}
