//! Bootstrap intervals of a statistic of counts.
//!
//! Answers are resampled as a whole from their counts. Each replicate has its own stream of ChaCha8
//! under the one seed, so that neither the order nor the number of threads can change a figure.
//! Efron and Tibshirani 1993: percentile, basic, and BCa with the acceleration by jackknife.
//! Reference cases: `tests/reference/nps` (`nps.bootstrap.*`, scipy).

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use super::distributions::{normal_cdf, normal_quantile};
use super::sum::sum;
use super::{Confidence, Interval, binomial, quantile_type7};

/// At least this share of the replicates has to have a value.
const USABLE: f64 = 0.95;

/// How often and from which seed to resample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bootstrap {
    /// Number of replicates.
    pub replicates: u32,
    /// Seed of the random numbers.
    pub seed: u64,
}

impl Bootstrap {
    /// The central part of the replicates.
    ///
    /// `None` where the statistic has no value, where more than one replicate in twenty has none,
    /// or where they do not vary: an interval without width would claim what nobody knows.
    pub fn percentile(
        &self,
        counts: &[u64],
        confidence: Confidence,
        statistic: impl Fn(&[u64]) -> Option<f64>,
    ) -> Option<Interval> {
        value(counts, &statistic)?;
        let replicates = self.replicates(counts, &statistic)?;
        let tail = confidence.tail();
        between(&replicates, tail, 1.0 - tail)
    }

    /// The percentile interval mirrored at the estimate; `None` as for [`Self::percentile`].
    pub fn basic(
        &self,
        counts: &[u64],
        confidence: Confidence,
        statistic: impl Fn(&[u64]) -> Option<f64>,
    ) -> Option<Interval> {
        let estimate = value(counts, &statistic)?;
        let percentile = self.percentile(counts, confidence, statistic)?;
        Interval::new(2.0 * estimate - percentile.high, 2.0 * estimate - percentile.low)
    }

    /// Bias-corrected and accelerated; `None` as for [`Self::percentile`] and where all replicates
    /// lie on one side of the estimate.
    pub fn bca(
        &self,
        counts: &[u64],
        confidence: Confidence,
        statistic: impl Fn(&[u64]) -> Option<f64>,
    ) -> Option<Interval> {
        let estimate = value(counts, &statistic)?;
        let replicates = self.replicates(counts, &statistic)?;
        let below = replicates.iter().filter(|(x, _)| *x < estimate).count();
        let not_above = replicates.iter().filter(|(x, _)| *x <= estimate).count();
        let position = (below + not_above) as f64 / (2 * replicates.len()) as f64;
        let bias = normal_quantile(position)?;
        let acceleration = acceleration(counts, &statistic)?;
        let z = confidence.z();
        let adjusted = |z: f64| {
            let moved = bias + z;
            let stretch = 1.0 - acceleration * moved;
            (stretch > 0.0).then(|| normal_cdf(bias + moved / stretch)).flatten()
        };
        between(&replicates, adjusted(-z)?, adjusted(z)?)
    }

    /// Draws for one part of the work, such as a replicate: the same whatever was drawn before.
    pub fn draws(&self, part: u32) -> Draws {
        Draws { rng: self.stream(part) }
    }

    /// The random numbers of one part of the work (a replicate, an item), whatever came before it.
    pub(super) fn stream(&self, part: u32) -> ChaCha8Rng {
        let mut rng = ChaCha8Rng::seed_from_u64(self.seed);
        rng.set_stream(u64::from(part) + 1);
        rng
    }

    fn replicates(
        &self,
        counts: &[u64],
        statistic: &impl Fn(&[u64]) -> Option<f64>,
    ) -> Option<Vec<(f64, u64)>> {
        let mut values: Vec<(f64, u64)> = Vec::new();
        for replicate in 0..self.replicates {
            let mut rng = self.stream(replicate);
            let drawn = binomial::resample(counts, &mut rng);
            if let Some(value) = value(&drawn, statistic) {
                values.push((value, 1));
            }
        }
        let usable = values.len() as f64 >= USABLE * f64::from(self.replicates);
        let (first, _) = *values.first()?;
        let varies = values.iter().any(|(x, _)| x.total_cmp(&first).is_ne());
        (usable && varies).then_some(values)
    }
}

/// Random draws in an order.
#[derive(Clone, Debug)]
pub struct Draws {
    rng: ChaCha8Rng,
}

impl Draws {
    /// How many of `draws` with replacement fall on each category, chances being in proportion to its count; none
    /// where all counts are 0.
    pub fn among(&mut self, counts: &[u64], draws: u64) -> Vec<u64> {
        if counts.iter().all(|count| *count == 0) {
            return vec![0; counts.len()];
        }
        binomial::drawn(counts, draws, &mut self.rng).collect()
    }

    /// A whole number below a bound, each as likely; 0 for the bounds 0 and 1.
    pub fn below(&mut self, bound: usize) -> usize {
        let wide = (bound as u64).max(1);
        // Numbers above the last whole multiple would make small ones more likely.
        let whole = u64::MAX - u64::MAX % wide;
        loop {
            let drawn = self.rng.next_u64();
            if drawn < whole {
                return usize::try_from(drawn % wide).unwrap_or(0);
            }
        }
    }

    /// How many of `draws` succeed, each with this chance; chances outside 0 to 1 are the nearer end.
    pub fn successes(&mut self, chance: f64, draws: u64) -> u64 {
        binomial::binomial(draws, chance.clamp(0.0, 1.0), &mut self.rng)
    }
}

fn value(counts: &[u64], statistic: &impl Fn(&[u64]) -> Option<f64>) -> Option<f64> {
    statistic(counts).filter(|value| value.is_finite())
}

fn between(replicates: &[(f64, u64)], low: f64, high: f64) -> Option<Interval> {
    Interval::new(quantile_type7(replicates, low)?, quantile_type7(replicates, high)?)
}

/// Skewness of the influence of single answers, over six: all answers of a category, left out one
/// at a time, have the same influence.
fn acceleration(counts: &[u64], statistic: &impl Fn(&[u64]) -> Option<f64>) -> Option<f64> {
    let mut without = counts.to_vec();
    let mut values = Vec::new();
    for index in 0..counts.len() {
        if counts[index] > 0 {
            without[index] -= 1;
            values.push((value(&without, statistic)?, counts[index] as f64));
            without[index] += 1;
        }
    }
    let n = sum(values.iter().map(|(_, count)| *count));
    let mean = sum(values.iter().map(|(x, count)| x * count)) / n;
    let squares = sum(values.iter().map(|(x, count)| (mean - x).powi(2) * count));
    let cubes = sum(values.iter().map(|(x, count)| (mean - x).powi(3) * count));
    let acceleration = cubes / (6.0 * squares.powf(1.5));
    Some(if acceleration.is_finite() { acceleration } else { 0.0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOOTSTRAP: Bootstrap = Bootstrap { replicates: 4000, seed: 42 };

    fn share_of_first(counts: &[u64]) -> Option<f64> {
        let n: u64 = counts.iter().sum();
        (n > 0).then(|| counts[0] as f64 / n as f64)
    }

    #[test]
    fn limits_are_near_the_normal_ones_for_a_large_sample() {
        let confidence = Confidence::new(0.95).unwrap();
        let counts = [30_000, 70_000];
        let wald = super::super::wald(0.3, 1e5, confidence.z()).unwrap();
        for interval in [
            BOOTSTRAP.percentile(&counts, confidence, share_of_first),
            BOOTSTRAP.basic(&counts, confidence, share_of_first),
            BOOTSTRAP.bca(&counts, confidence, share_of_first),
        ] {
            let interval = interval.unwrap();
            assert!((interval.low - wald.low).abs() < 2e-4);
            assert!((interval.high - wald.high).abs() < 2e-4);
        }
    }

    #[test]
    fn one_seed_one_answer() {
        let confidence = Confidence::new(0.9).unwrap();
        let run = |seed| Bootstrap { replicates: 500, seed }.bca(&[123, 77, 400], confidence, share_of_first);
        assert_eq!(run(1), run(1));
        assert_ne!(run(1), run(2));
    }

    #[test]
    fn what_cannot_vary_has_no_interval() {
        let confidence = Confidence::new(0.95).unwrap();
        for counts in [vec![5, 0], vec![0, 0], vec![1, 0]] {
            assert_eq!(BOOTSTRAP.percentile(&counts, confidence, share_of_first), None);
            assert_eq!(BOOTSTRAP.bca(&counts, confidence, share_of_first), None);
        }
        let none = Bootstrap { replicates: 0, seed: 1 };
        assert_eq!(none.percentile(&[5, 5], confidence, share_of_first), None);
    }

    #[test]
    fn a_statistic_that_often_fails_has_no_interval() {
        let confidence = Confidence::new(0.95).unwrap();
        let fussy = |counts: &[u64]| (counts[0] >= 5).then(|| counts[0] as f64);
        assert_eq!(BOOTSTRAP.percentile(&[5, 5], confidence, fussy), None);
    }
}
