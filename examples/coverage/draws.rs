//! Outcomes with their probabilities, and samples from a seed.

use csat::tally::Count;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// The probabilities of 0 to n hits.
pub(crate) fn binomial(n: u64, p: f64) -> Vec<f64> {
    let factorials = logarithms_of_factorials(n);
    let of = |hits: usize| {
        let rest = factorials.len() - 1 - hits;
        let ways = factorials[factorials.len() - 1] - factorials[hits] - factorials[rest];
        (ways + hits as f64 * p.ln() + rest as f64 * (1.0 - p).ln()).exp()
    };
    (0..factorials.len()).map(of).collect()
}

/// Every outcome of promoters and detractors with its probability.
pub(crate) fn trinomial(n: u64, promoters: f64, detractors: f64) -> impl Iterator<Item = (u64, u64, f64)> {
    let factorials = logarithms_of_factorials(n);
    let passives = 1.0 - promoters - detractors;
    (0..=n).flat_map(move |above| {
        let factorials = factorials.clone();
        (0..=n - above).map(move |below| {
            let between = n - above - below;
            let log = |count: u64| usize::try_from(count).map_or(0.0, |count| factorials[count]);
            let ways = log(n) - log(above) - log(between) - log(below);
            let logarithm = ways
                + above as f64 * promoters.ln()
                + between as f64 * passives.ln()
                + below as f64 * detractors.ln();
            (above, below, logarithm.exp())
        })
    })
}

fn logarithms_of_factorials(n: u64) -> Vec<f64> {
    let mut sum = 0.0;
    let rest = (1..=n).map(|count| {
        sum += (count as f64).ln();
        sum
    });
    std::iter::once(0.0).chain(rest).collect()
}

/// A stream of samples; the same for every run.
pub(crate) struct Draws {
    rng: ChaCha8Rng,
}

impl Draws {
    /// The stream of a number of answers.
    pub(crate) fn new(n: u64) -> Self {
        Self { rng: ChaCha8Rng::seed_from_u64(n) }
    }

    /// A number from 0 to 1, without 1.
    fn uniform(&mut self) -> f64 {
        (self.rng.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Hits among n.
    pub(crate) fn hits(&mut self, n: u64, p: f64) -> u64 {
        (0..n).map(|_| u64::from(self.uniform() < p)).sum()
    }

    /// Promoters and detractors among n.
    pub(crate) fn parts(&mut self, n: u64, promoters: f64, detractors: f64) -> (u64, u64) {
        let drawn = self.points(n, &[promoters, detractors, 1.0 - promoters - detractors]);
        (drawn[0], drawn[1])
    }

    /// How many of n fall to each share.
    pub(crate) fn points(&mut self, n: u64, shares: &[f64]) -> Vec<u64> {
        let mut counts = vec![0; shares.len()];
        for _ in 0..n {
            let mut left = self.uniform();
            let place = shares.iter().position(|share| {
                left -= share;
                left < 0.0
            });
            // Rounding may leave a crumb behind the last share.
            counts[place.unwrap_or(shares.len() - 1)] += 1;
        }
        counts
    }

    /// Hits and the rest under log-normal weights that know nothing of the answers.
    pub(crate) fn weighted(&mut self, n: u64, p: f64, variation: f64) -> [Count; 2] {
        let mut counts = [Count::default(); 2];
        for _ in 0..n {
            let place = usize::from(self.uniform() >= p);
            let weight = (self.normal() * (1.0 + variation * variation).ln().sqrt()).exp();
            let count = &mut counts[place];
            (count.n, count.w, count.w2) = (count.n + 1, count.w + weight, count.w2 + weight * weight);
        }
        counts
    }

    /// A standard normal number (Box and Muller 1958).
    fn normal(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.uniform()).ln()).sqrt();
        radius * (std::f64::consts::TAU * self.uniform()).cos()
    }
}
