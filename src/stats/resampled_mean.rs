//! The mean score of answers drawn anew, with replacement, from their counts.
//!
//! Only the mean of a resample is wanted, so only its sum is drawn. Scores that are whole steps
//! apart (a share, a balance, the points of a scale) have sums on the same steps, and the chances
//! of the sum of n answers are the n-th power (by convolution) of the chances of one: Feller, *An
//! Introduction to Probability Theory*, vol. 1, ch. XI. It is exact but for rounding, since chances
//! are only multiplied and added; those below 1e-20 at the ends are left out, together less than
//! what a random number of 53 bits can show. A draw is then one look into a table.
//!
//! Where the table would cost more than it saves (very many answers, scores without a common step),
//! the count of every score is drawn instead. Both draw from the same distribution; which is taken
//! depends on counts, scores and the number of draws only.

use rand_chacha::ChaCha8Rng;

use super::alias::Alias;
use super::binomial;

/// Chances at either end that nobody can notice.
const UNNOTICED: f64 = 1e-20;

/// As many standard deviations on either side of the mean hold the chances that can be noticed.
const REACH: f64 = 9.5;

/// So many products of two chances take the time in which one count is drawn.
const PRODUCTS_PER_COUNT: f64 = 200.0;

/// Scores farther apart than so many steps have a common step by accident.
const MOST_STEPS: f64 = 1000.0;

/// Scores less than this part of their range off a step are on it.
const ROUNDING: f64 = 1e-9;

/// The scores that answers can have.
#[derive(Clone, Debug)]
pub(super) struct Scores {
    lowest: f64,
    step: f64,
    /// Where each score is, in steps from the lowest.
    places: Vec<f64>,
    /// The same in whole steps, where there is a common one.
    steps: Option<Vec<usize>>,
}

/// The mean score of a resample, made ready to be drawn many times.
#[derive(Clone, Debug)]
pub(super) enum ResampledMean<'a> {
    /// The chances of every mean.
    Table(Alias),
    /// Answers by score, to be drawn count by count.
    Counts(&'a [u64], &'a Scores),
}

impl Scores {
    /// `None` where a score is no finite number.
    pub(super) fn new(scores: &[f64]) -> Option<Self> {
        let lowest = scores.iter().copied().fold(f64::INFINITY, f64::min);
        let range = scores.iter().map(|score| score - lowest).fold(0.0, f64::max);
        if !scores.iter().all(|score| score.is_finite()) || !range.is_finite() {
            return None;
        }
        let step = scores.iter().fold(range, |step, score| common_step(score - lowest, step, range));
        let steps = whole_steps(scores, lowest, step, range);
        Some(match &steps {
            Some(steps) => {
                let places = steps.iter().map(|steps| *steps as f64).collect();
                Self { lowest, step, places, steps: Some(steps.clone()) }
            }
            None => Self { lowest: 0.0, step: 1.0, places: scores.to_vec(), steps },
        })
    }

    /// Makes ready to draw the mean of `counts` about `draws` times.
    ///
    /// `None` without answers, or where there is not one count for each score.
    pub(super) fn resampled<'a>(&'a self, counts: &'a [u64], draws: u32) -> Option<ResampledMean<'a>> {
        let answers = counts.iter().try_fold(0_u64, |all, count| all.checked_add(*count))?;
        if answers == 0 || counts.len() != self.places.len() {
            return None;
        }
        let table = self.is_worth_a_table(counts, answers, draws).then(|| self.table(counts, answers));
        Some(table.flatten().map_or(ResampledMean::Counts(counts, self), ResampledMean::Table))
    }

    /// The mean of `answers` with this sum of places: the same for the same ratio, so that ties are ties.
    fn mean(&self, sum: f64, answers: f64) -> f64 {
        self.lowest + self.step * (sum / answers)
    }

    /// Whether the chances of all sums are sooner had than `draws` resamples.
    fn is_worth_a_table(&self, counts: &[u64], answers: u64, draws: u32) -> bool {
        let n = answers as f64;
        let taken = || counts.iter().zip(&self.places).filter(|(count, _)| **count > 0);
        let sum = |part: &dyn Fn(f64) -> f64| {
            taken().map(|(count, place)| *count as f64 * part(*place)).sum::<f64>()
        };
        let mean = sum(&|place| place) / n;
        let variance = sum(&|place| (place - mean).powi(2)) / n;
        let range = taken().map(|(_, place)| *place).fold(0.0, f64::max);
        let sums = (range * n).min(2.0 * REACH * (variance * n).sqrt() + range) + 1.0;
        let drawn = taken().count().saturating_sub(1).max(1) as f64 * f64::from(draws);
        self.steps.is_some() && sums * sums <= PRODUCTS_PER_COUNT * drawn
    }

    fn table(&self, counts: &[u64], answers: u64) -> Option<Alias> {
        let n = answers as f64;
        let steps = self.steps.as_ref()?;
        let mut chances = vec![0.0; steps.iter().max()? + 1];
        for (count, step) in counts.iter().zip(steps) {
            chances[*step] += *count as f64 / n;
        }
        let sums = Sums::of_one(chances).power(answers);
        let mut place = sums.first as f64;
        Alias::new(sums.chances.into_iter().map(|chance| {
            let mean = self.mean(place, n);
            place += 1.0;
            (mean, chance)
        }))
    }
}

impl ResampledMean<'_> {
    /// The mean score of one resample.
    pub(super) fn draw(&self, rng: &mut ChaCha8Rng) -> f64 {
        match self {
            Self::Table(table) => table.draw(rng),
            Self::Counts(counts, scores) => {
                let (mut sum, mut answers) = (0.0, 0.0);
                for (count, place) in binomial::resampled(counts, rng).zip(&scores.places) {
                    sum += count as f64 * place;
                    answers += count as f64;
                }
                scores.mean(sum, answers)
            }
        }
    }
}

/// The largest step that two distances are whole multiples of (Euclid), within rounding of the range.
fn common_step(a: f64, b: f64, range: f64) -> f64 {
    let (mut a, mut b) = (a, b);
    while b > ROUNDING * range {
        (a, b) = (b, (a - b * (a / b).round()).abs());
    }
    a
}

fn whole_steps(scores: &[f64], lowest: f64, step: f64, range: f64) -> Option<Vec<usize>> {
    if scores.is_empty() || range > MOST_STEPS * step {
        return None;
    }
    let place = |score: &f64| {
        let place = if step > 0.0 { ((score - lowest) / step).round() } else { 0.0 };
        let is_on_it = (score - lowest - place * step).abs() <= ROUNDING * range;
        is_on_it.then(|| usize::try_from(binomial::whole(place)).ok()).flatten()
    };
    scores.iter().map(place).collect()
}

/// The chances of sums, from the first that is kept.
#[derive(Clone, Debug)]
struct Sums {
    first: usize,
    chances: Vec<f64>,
}

impl Sums {
    fn of_one(chances: Vec<f64>) -> Self {
        Self { first: 0, chances }.trimmed()
    }

    /// The sum of so many draws, at least one.
    fn power(self, draws: u64) -> Self {
        // Bit by bit from the highest: doubled, and one more where the bit is set.
        let mut sum = self.clone();
        for bit in (0..draws.max(1).ilog2()).rev() {
            sum = sum.plus(&sum);
            if (draws >> bit) & 1 == 1 {
                sum = sum.plus(&self);
            }
        }
        sum
    }

    fn plus(&self, other: &Self) -> Self {
        let mut chances = vec![0.0; self.chances.len() + other.chances.len() - 1];
        for (index, one) in self.chances.iter().enumerate() {
            for (sum, two) in chances[index..].iter_mut().zip(&other.chances) {
                *sum += one * two;
            }
        }
        Self { first: self.first + other.first, chances }.trimmed()
    }

    fn trimmed(mut self) -> Self {
        let is_noticed = |chance: &f64| *chance >= UNNOTICED;
        let end = self.chances.iter().rposition(is_noticed).map_or(0, |last| last + 1);
        let start = self.chances[..end].iter().position(is_noticed).unwrap_or(end);
        self.chances.truncate(end);
        self.chances.drain(..start);
        self.first += start;
        self
    }
}

#[cfg(test)]
#[allow(clippy::float_cmp)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rand_chacha::rand_core::SeedableRng;

    /// The chances of every sum of so many draws, by Pascal's rule: one draw after the other.
    fn one_by_one(chances: &[f64], draws: usize) -> Vec<f64> {
        let mut sums = vec![1.0];
        for _ in 0..draws {
            let mut next = vec![0.0; sums.len() + chances.len() - 1];
            for (index, sum) in sums.iter().enumerate() {
                for (step, chance) in chances.iter().enumerate() {
                    next[index + step] += sum * chance;
                }
            }
            sums = next;
        }
        sums
    }

    /// Successes in n trials by the formula, in logarithms.
    fn binomial_chances(n: u32, p: f64) -> Vec<f64> {
        let ln_factorial = |k: u32| (1..=k).map(|i| f64::from(i).ln()).sum::<f64>();
        let ln = |k: u32| {
            ln_factorial(n) - ln_factorial(k) - ln_factorial(n - k)
                + f64::from(k) * p.ln()
                + f64::from(n - k) * (-p).ln_1p()
        };
        (0..=n).map(|k| ln(k).exp()).collect()
    }

    fn is_table(scores: &[f64], counts: &[u64], draws: u32) -> bool {
        let scores = Scores::new(scores).unwrap();
        matches!(scores.resampled(counts, draws), Some(ResampledMean::Table(_)))
    }

    #[test]
    fn powers_are_binomial_chances() {
        for (n, p) in [(1, 0.3), (2, 0.5), (7, 0.01), (64, 0.25), (200, 0.985), (999, 0.5)] {
            let sums = Sums::of_one(vec![1.0 - p, p]).power(u64::from(n));
            for (k, wanted) in binomial_chances(n, p).into_iter().enumerate() {
                let found = k.checked_sub(sums.first).and_then(|index| sums.chances.get(index));
                let found = found.copied().unwrap_or_default();
                assert!((found - wanted).abs() <= 1e-10 * wanted + 1e-19, "{n} {p} {k}: {found} {wanted}");
            }
        }
    }

    proptest! {
        #[test]
        fn powers_are_those_of_one_draw_after_the_other(
            counts in prop::collection::vec(0_u64..20, 1..8), draws in 1_usize..40,
        ) {
            let n: u64 = counts.iter().sum();
            prop_assume!(n > 0);
            let chances: Vec<f64> = counts.iter().map(|count| *count as f64 / n as f64).collect();
            let sums = Sums::of_one(chances.clone()).power(u64::try_from(draws).unwrap());
            for (sum, wanted) in one_by_one(&chances, draws).into_iter().enumerate() {
                let found = sum.checked_sub(sums.first).and_then(|index| sums.chances.get(index));
                prop_assert!((found.copied().unwrap_or_default() - wanted).abs() <= 1e-12 * wanted + 1e-18);
            }
        }

        #[test]
        fn means_lie_within_the_scores_and_table_and_counts_have_the_same_moments(
            counts in prop::collection::vec(0_u64..30, 5), seed in any::<u64>(),
        ) {
            let answers: u64 = counts.iter().sum();
            prop_assume!(answers > 0);
            let values = [1.0, 2.0, 3.0, 4.0, 5.0];
            let n = answers as f64;
            let moment = |part: &dyn Fn(f64) -> f64| {
                counts.iter().zip(values).map(|(count, value)| *count as f64 * part(value)).sum::<f64>() / n
            };
            let mean = moment(&|value| value);
            let variance = moment(&|value| (value - mean).powi(2)) / n;
            let scores = Scores::new(&values).unwrap();
            let mut rng = ChaCha8Rng::seed_from_u64(seed);
            for resampled in [scores.resampled(&counts, 2000).unwrap(), ResampledMean::Counts(&counts, &scores)] {
                let draws: Vec<f64> = (0..2000).map(|_| resampled.draw(&mut rng)).collect();
                prop_assert!(draws.iter().all(|draw| (1.0..=5.0).contains(draw)));
                let found = draws.iter().sum::<f64>() / 2000.0;
                prop_assert!((found - mean).abs() <= 6.0 * (variance / 2000.0).sqrt() + 1e-12);
                let spread = draws.iter().map(|draw| (draw - mean).powi(2)).sum::<f64>() / 2000.0;
                prop_assert!((spread - variance).abs() <= 0.5 * variance + 1e-12);
            }
        }
    }

    #[test]
    fn table_and_counts_draw_every_mean_as_often_as_the_exact_chance_says() {
        let counts = [3_u64, 0, 9, 6, 2];
        let scores = Scores::new(&[1.0, 2.0, 3.0, 4.0, 5.0]).unwrap();
        let chances: Vec<f64> = counts.iter().map(|count| *count as f64 / 20.0).collect();
        let exact = one_by_one(&chances, 20);
        let table = scores.resampled(&counts, 2000).unwrap();
        assert!(matches!(table, ResampledMean::Table(_)));
        for resampled in [table, ResampledMean::Counts(&counts, &scores)] {
            let mut rng = ChaCha8Rng::seed_from_u64(5);
            let draws = 100_000_u32;
            let mut seen = vec![0.0; exact.len()];
            for _ in 0..draws {
                let sum = ((resampled.draw(&mut rng) - 1.0) * 20.0).round();
                seen[usize::try_from(binomial::whole(sum)).unwrap()] += 1.0;
            }
            let expected = exact.iter().map(|chance| chance * f64::from(draws));
            let cells: Vec<f64> = expected
                .zip(&seen)
                .filter(|(expected, _)| *expected > 5.0)
                .map(|(expected, seen)| (seen - expected).powi(2) / expected)
                .collect();
            // About 36 degrees of freedom: 70 lies beyond the 0.9994 quantile.
            assert!(cells.len() > 30 && cells.iter().sum::<f64>() < 70.0, "{cells:?}");
        }
    }

    #[test]
    fn scores_a_common_step_apart_are_found() {
        let steps = |scores: &[f64]| Scores::new(scores).unwrap().steps;
        assert_eq!(steps(&[-1.0, 0.0, 1.0]), Some(vec![0, 1, 2]));
        assert_eq!(steps(&[0.0, 1.0]), Some(vec![0, 1]));
        assert_eq!(steps(&[7.0]), Some(vec![0]));
        assert_eq!(steps(&[5.0, 3.0, -4.0]), Some(vec![9, 7, 0]));
        assert_eq!(steps(&[0.3, 0.1, 0.7]), Some(vec![1, 0, 3]));
        // An index of 1 to 7 is sixths of a hundred, rounded.
        let index: Vec<f64> = (0_u8..7).map(|point| 100.0 * f64::from(point) / 6.0).collect();
        assert_eq!(steps(&index), Some((0..7).collect()));
        assert_eq!(steps(&[0.0, 1.0, std::f64::consts::SQRT_2]), None);
        assert_eq!(steps(&[0.0, 1.0, 100_000.0]), None);
        assert_eq!(steps(&[]), None);
    }

    #[test]
    fn equal_shares_of_unequal_bases_are_the_same_mean() {
        let scores =
            Scores::new(&(0_u8..7).map(|point| 100.0 * f64::from(point) / 6.0).collect::<Vec<_>>()).unwrap();
        assert_eq!(scores.mean(3.0, 7.0), scores.mean(30.0, 70.0));
        assert_eq!(Scores::new(&[1.0, 2.0, 3.0]).unwrap().mean(2.0, 6.0), 4.0 / 3.0);
    }

    #[test]
    fn many_answers_or_few_draws_make_no_table() {
        let scores = [1.0, 2.0, 3.0, 4.0, 5.0];
        assert!(is_table(&scores, &[40, 40, 40, 40, 40], 2000));
        assert!(!is_table(&scores, &[40_000_000, 40, 40, 40, 40_000_000], 2000));
        assert!(!is_table(&scores, &[40, 40, 40, 40, 40], 10));
        assert!(is_table(&scores, &[0, u64::MAX, 0, 0, 0], 2000), "one score is one sum");
        assert!(!is_table(&[1.0, 2.0, 3.0, 4.0, 5.5 - 1e-4], &[4, 4, 4, 4, 4], 2000));
    }

    #[test]
    fn nothing_to_resample_is_none() {
        let scores = Scores::new(&[0.0, 1.0]).unwrap();
        for counts in [vec![], vec![0, 0], vec![3], vec![1, 1, 1], vec![u64::MAX, 1]] {
            assert!(scores.resampled(&counts, 10).is_none(), "{counts:?}");
        }
        for scores in [[f64::NAN, 0.0], [f64::INFINITY, 0.0], [f64::MAX, f64::MIN]] {
            assert!(Scores::new(&scores).is_none());
        }
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        for counts in [[0, 1], [0, 5], [0, u64::MAX]] {
            assert_eq!(scores.resampled(&counts, 100).unwrap().draw(&mut rng), 1.0);
        }
    }
}
