//! The binomial distribution: probabilities, both tails, quantiles, and the exact test of a share.
//!
//! Tails by the incomplete beta function, each as a tail; single probabilities by Loader's saddle-point form (2000), so
//! that both keep their digits for millions of trials.

use super::incomplete_beta::{Share, Tails, deviance, stirling_error, tails};

/// More trials than this are beyond the incomplete beta function.
const MOST_TRIALS: u64 = 1_000_000_000_000;
/// Probabilities up to this part above that of the outcome count as equal to it, as in R's `binom.test`.
const SAME: f64 = 1e-7;

/// Successes in `n` trials, each with chance `p`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Binomial {
    n: u64,
    p: f64,
}

impl Binomial {
    /// `None` above 10¹² trials and unless `0 <= p <= 1`.
    pub(super) fn new(n: u64, p: f64) -> Option<Self> {
        (n <= MOST_TRIALS && (0.0..=1.0).contains(&p)).then_some(Self { n, p })
    }

    /// Probability of at most `k` successes.
    pub(super) fn at_most(self, k: u64) -> Option<f64> {
        Some(self.tails(k)?.lower)
    }

    /// Probability of at least `k` successes.
    pub(super) fn at_least(self, k: u64) -> Option<f64> {
        match k.checked_sub(1) {
            Some(below) => Some(self.tails(below)?.upper),
            None => Some(1.0),
        }
    }

    /// The least number of successes that with the ones below it has at least the probability `wanted`.
    pub(super) fn quantile(self, wanted: f64) -> Option<u64> {
        let enough = |k| Some(self.at_most(k)? >= wanted);
        let (mut low, mut high) = (0, self.n);
        while low < high {
            let middle = low + (high - low) / 2;
            if enough(middle)? { high = middle } else { low = middle + 1 }
        }
        Some(low)
    }

    /// Two-sided exact p-value of `k` successes: the probability of all numbers that are no likelier than `k`.
    ///
    /// `None` for more successes than trials.
    pub(super) fn two_sided(self, k: u64) -> Option<f64> {
        if k > self.n {
            return None;
        }
        let limit = self.probability(k) * (1.0 + SAME);
        let mean = self.n as f64 * self.p;
        let unlikely = |other: u64| self.probability(other) <= limit;
        let p = if (k as f64) < mean {
            // Beyond the mean the probabilities fall: the first that is no likelier begins the other tail.
            let (mut low, mut high) = (k + 1, self.n + 1);
            while low < high {
                let middle = low + (high - low) / 2;
                if middle as f64 >= mean && unlikely(middle) { high = middle } else { low = middle + 1 }
            }
            let far = if low > self.n { 0.0 } else { self.at_least(low)? };
            self.at_most(k)? + far
        } else if (k as f64) > mean {
            // The number of outcomes from 0 on, below the mean, that are no likelier.
            let (mut low, mut high) = (0, k);
            while low < high {
                let middle = low + (high - low) / 2;
                if middle as f64 <= mean && unlikely(middle) { low = middle + 1 } else { high = middle }
            }
            let far = match low.checked_sub(1) {
                Some(last) => self.at_most(last)?,
                None => 0.0,
            };
            self.at_least(k)? + far
        } else {
            1.0
        };
        Some(p.min(1.0))
    }

    /// Probability of exactly `k` successes.
    pub(super) fn probability(self, k: u64) -> f64 {
        let (n, p, q) = (self.n as f64, self.p, 1.0 - self.p);
        if k > self.n {
            return 0.0;
        }
        let (successes, failures) = (k as f64, (self.n - k) as f64);
        if p <= 0.0 {
            return if k == 0 { 1.0 } else { 0.0 };
        }
        if q <= 0.0 {
            return if k == self.n { 1.0 } else { 0.0 };
        }
        if k == 0 {
            return (n * (-p).ln_1p()).exp();
        }
        if k == self.n {
            return (n * p.ln()).exp();
        }
        let exponent = stirling_error(n)
            - stirling_error(successes)
            - stirling_error(failures)
            - deviance(successes, n * p)
            - deviance(failures, n * q);
        (n / (std::f64::consts::TAU * successes * failures)).sqrt() * exponent.exp()
    }

    /// Probabilities of at most and of more than `k` successes.
    fn tails(self, k: u64) -> Option<Tails> {
        let Some(failures) = self.n.checked_sub(k).filter(|failures| *failures > 0) else {
            return Some(Tails { lower: 1.0, upper: 0.0 });
        };
        let share = Share { x: 1.0 - self.p, y: self.p };
        tails(share, failures as f64, k as f64 + 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Binomial;
    use approx::assert_relative_eq;

    #[test]
    fn probabilities_tails_and_quantiles_are_those_of_r() {
        // R 4.2.2: qbinom, pbinom and dbinom.
        for (wanted, n, p, quantile, at_most, probability) in [
            (0.025, 50, 0.3, 9, 0.040_231_634_139_193_99, 0.021_978_287_381_059_89),
            (0.975, 50, 0.3, 22, 0.987_723_874_287_093_5, 0.012_810_915_952_544_59),
            (0.001, 50, 0.3, 6, 0.002_493_722_085_668_711, 0.001_770_860_364_506_354),
            (0.025, 7, 0.9, 4, 0.025_691_5, 0.022_963_5),
            (0.975, 7, 0.9, 7, 1.0, 0.478_296_9),
            (0.001, 100_000, 0.02, 1865, 0.001_074_891_453_255_634, 8.024_768_439_624_732e-5),
        ] {
            let law = Binomial::new(n, p).unwrap();
            assert_eq!(law.quantile(wanted), Some(quantile));
            assert_relative_eq!(law.at_most(quantile).unwrap(), at_most, max_relative = 1e-11);
            assert_relative_eq!(law.probability(quantile), probability, max_relative = 1e-11);
        }
    }

    #[test]
    fn the_exact_test_is_that_of_r() {
        // R 4.2.2: binom.test(k, n, p)$p.value.
        for (k, n, p, wanted) in [
            (3, 10, 0.2, 0.429_574_656),
            (0, 10, 0.2, 0.228_248_064),
            (10, 10, 0.2, 1.024e-7),
            (7, 20, 0.5, 0.263_175_964_355_468_75),
            (451, 1000, 0.5, 0.002_143_700_097_847_328),
            (2, 5, 0.4, 1.0),
        ] {
            let found = Binomial::new(n, p).unwrap().two_sided(k).unwrap();
            assert_relative_eq!(found, wanted, max_relative = 1e-10);
        }
    }

    #[test]
    fn tails_and_test_add_up_as_enumeration_says() {
        for (n, p) in [(1, 0.5), (6, 0.37), (23, 0.08), (40, 0.75), (9, 0.0), (9, 1.0)] {
            let law = Binomial::new(n, p).unwrap();
            let all: Vec<f64> = (0..=n).map(|k| law.probability(k)).collect();
            for k in 0..=n {
                let at = usize::try_from(k).unwrap();
                let lower: f64 = all[..=at].iter().sum();
                let upper: f64 = all[at..].iter().sum();
                assert_relative_eq!(law.at_most(k).unwrap(), lower, epsilon = 1e-12);
                assert_relative_eq!(law.at_least(k).unwrap(), upper, epsilon = 1e-12);
                let unlikely = all.iter().filter(|other| **other <= all[at] * (1.0 + 1e-7)).sum();
                assert_relative_eq!(law.two_sided(k).unwrap(), unlikely, epsilon = 1e-12);
            }
        }
    }

    #[test]
    fn more_successes_than_trials_and_impossible_chances_are_refused() {
        assert!(Binomial::new(5, 1.1).is_none() && Binomial::new(5, f64::NAN).is_none());
        assert_eq!(Binomial::new(5, 0.5).unwrap().two_sided(6), None);
        assert!(Binomial::new(u64::MAX, 0.5).is_none());
        assert_eq!(Binomial::new(0, 0.5).unwrap().two_sided(0), Some(1.0));
    }
}
