//! How much of R² each predictor of a linear model accounts for, from correlations alone.
//!
//! LMG (Lindeman, Merenda and Gold 1980; Shapley 1953): what a predictor adds to R², averaged over all orders in which
//! the predictors may enter. Johnson's relative weights (2000; the same as Genizi's 1993): R² parted over the
//! orthogonal variables nearest to the predictors, and back. Both add up to R². Reference cases: R relaimpo 2.2.7 and
//! rwa, scikit-learn over all subsets.

use super::Draws;
use super::sum::sum;
use super::symmetric::Symmetric;

/// Up to so many predictors every subset is fitted.
pub const MOST_EXACT: usize = 20;

/// A predictor is determined by others where less than this part of its variance is left.
const COLLINEAR: f64 = 1e-10;

/// The correlations of an outcome with its predictors and of these among each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Correlations {
    /// With the outcome.
    pub outcome: Vec<f64>,
    /// Among the predictors, row by row.
    pub predictors: Vec<f64>,
}

/// Parts of R², one a predictor.
#[derive(Clone, Debug, PartialEq)]
pub struct RelativeImportance {
    /// R² of all predictors.
    pub r2: f64,
    /// The parts, which add up to it. None is negative where the correlations are of complete rows.
    pub parts: Vec<f64>,
    /// By predictor, the standard error of a part that was sampled; empty where all orders were averaged.
    pub errors: Vec<f64>,
}

impl Correlations {
    /// How many predictors there are.
    pub fn size(&self) -> usize {
        self.outcome.len()
    }

    /// LMG over all subsets of up to [`MOST_EXACT`] predictors; `None` beyond, for cells that are no correlations, and where
    /// a predictor is determined by others.
    pub fn lmg(&self) -> Option<RelativeImportance> {
        let p = self.size();
        if p == 0 || p > MOST_EXACT || !self.are_sound() {
            return None;
        }
        // One pass over the tree of subsets: entering a predictor takes it off what is left of the others.
        let mut walk = Walk {
            shares: vec![0.0; p],
            all: 0.0,
            weights: shapley_weights(p),
            chosen: Vec::with_capacity(p),
            rests: vec![Rest::of(self); p + 1],
            r2: 0.0,
        };
        walk.subsets(0, 0.0)?;
        let parts: Vec<f64> = walk.shares.iter().map(|share| share - walk.all).collect();
        let r2 = walk.r2;
        (r2.is_finite() && parts.iter().all(|part| part.is_finite())).then_some(RelativeImportance {
            r2,
            parts,
            errors: Vec::new(),
        })
    }

    /// LMG over so many random orders and their reverses, with the standard error of each part; for more predictors than
    /// [`Self::lmg`] takes. At least two orders.
    pub fn lmg_sampled(&self, orders: u32, draws: &mut Draws) -> Option<RelativeImportance> {
        let p = self.size();
        if p == 0 || orders < 2 || !self.are_sound() {
            return None;
        }
        let mut sums = vec![(0.0, 0.0); p];
        let mut r2 = 0.0;
        let mut rest = Rest::of(self);
        let mut order: Vec<usize> = (0..p).collect();
        let mut both = vec![0.0; p];
        for _ in 0..orders {
            order.iter_mut().zip(0..).for_each(|(predictor, place)| *predictor = place);
            for place in (1..p).rev() {
                order.swap(place, draws.below(place + 1));
            }
            // An order and its reverse together vary less than two orders.
            both.fill(0.0);
            self.entered(&order, &mut rest, &mut both)?;
            order.reverse();
            r2 = self.entered(&order, &mut rest, &mut both)?;
            for (sum, gain) in sums.iter_mut().zip(&both) {
                let mean = gain / 2.0;
                *sum = (sum.0 + mean, sum.1 + mean * mean);
            }
        }
        let n = f64::from(orders);
        let parts: Vec<f64> = sums.iter().map(|(sum, _)| sum / n).collect();
        let error = |(sum, squares): &(f64, f64)| ((squares - sum * sum / n).max(0.0) / (n - 1.0) / n).sqrt();
        let errors = sums.iter().map(error).collect();
        Some(RelativeImportance { r2, parts, errors })
    }

    /// Johnson's relative weights; `None` for cells that are no correlations, and where a predictor is determined by
    /// others.
    pub fn johnson(&self) -> Option<RelativeImportance> {
        let p = self.size();
        if p == 0 || !self.are_sound() {
            return None;
        }
        let (root, inverse) = Symmetric::new(p, |i, j| self.predictors[i * p + j]).square_root()?;
        let row = |matrix: &[f64], i: usize| matrix[i * p..(i + 1) * p].to_vec();
        let nearest: Vec<f64> =
            (0..p).map(|i| sum(row(&inverse, i).iter().zip(&self.outcome).map(|(x, y)| x * y))).collect();
        let part = |i: usize| sum(row(&root, i).iter().zip(&nearest).map(|(x, y)| x * x * y * y));
        let parts: Vec<f64> = (0..p).map(part).collect();
        let r2 = sum(nearest.iter().map(|x| x * x));
        r2.is_finite().then_some(RelativeImportance { r2, parts, errors: Vec::new() })
    }

    fn are_sound(&self) -> bool {
        let p = self.size();
        let within = |cell: &f64| cell.is_finite() && cell.abs() <= 1.0 + 1e-9;
        self.predictors.len() == p * p && self.predictors.iter().chain(&self.outcome).all(within)
    }

    /// Adds to each predictor what it adds to R² in this order; R² of all. `rest` is room, whatever stands in it.
    fn entered(&self, order: &[usize], rest: &mut Rest, gains: &mut [f64]) -> Option<f64> {
        let p = self.size();
        rest.predictors.clear();
        for i in order {
            rest.predictors.extend(order.iter().map(|j| self.predictors[i * p + j]));
        }
        rest.outcome.clear();
        rest.outcome.extend(order.iter().map(|i| self.outcome[*i]));
        let mut r2 = 0.0;
        for (place, predictor) in order.iter().enumerate() {
            let gain = rest.gain(place)?;
            gains[*predictor] += gain;
            r2 += gain;
            rest.take_off(place);
        }
        Some(r2)
    }
}

/// What predictors entered so far leave of those after them.
#[derive(Clone)]
struct Rest {
    predictors: Vec<f64>,
    outcome: Vec<f64>,
}

impl Rest {
    fn of(known: &Correlations) -> Self {
        Self { predictors: known.predictors.clone(), outcome: known.outcome.clone() }
    }

    /// What a predictor adds to R²; `None` where nothing is left of it.
    fn gain(&self, predictor: usize) -> Option<f64> {
        let left = *self.predictors.get(predictor * self.outcome.len() + predictor)?;
        (left > COLLINEAR).then(|| self.outcome[predictor] * self.outcome[predictor] / left)
    }

    /// Enters a predictor: only the cells of those after it, on the diagonal and right of it, are looked at from then on.
    fn take_off(&mut self, predictor: usize) {
        let n = self.outcome.len();
        let (entered, after) = self.predictors.split_at_mut((predictor + 1) * n);
        let own = &entered[predictor * n..];
        let (pivot, explained) = (own[predictor], self.outcome[predictor]);
        for (row, i) in after.chunks_exact_mut(n).zip(predictor + 1..) {
            let by = own[i] / pivot;
            for (cell, own) in row[i..].iter_mut().zip(&own[i..]) {
                *cell -= by * own;
            }
            self.outcome[i] -= by * explained;
        }
    }

    /// Becomes what is left after a predictor enters; only the cells of those after it are looked at from then on.
    fn enter(&mut self, before: &Self, predictor: usize) {
        let n = self.outcome.len();
        let own = &before.predictors[predictor * n..(predictor + 1) * n];
        for i in predictor + 1..n {
            let by = own[i] / own[predictor];
            let cells = self.predictors[i * n + predictor + 1..(i + 1) * n].iter_mut();
            let known = before.predictors[i * n + predictor + 1..(i + 1) * n].iter();
            for ((cell, known), own) in cells.zip(known).zip(&own[predictor + 1..]) {
                *cell = known - by * own;
            }
            self.outcome[i] = before.outcome[i] - by * before.outcome[predictor];
        }
    }
}

/// The way through all subsets.
struct Walk {
    /// By predictor, the sum over the subsets with it.
    shares: Vec<f64>,
    /// What every predictor has too much by the subsets without it.
    all: f64,
    /// By size of a subset, the part of all orders in which it is what came before one certain predictor.
    weights: Vec<f64>,
    chosen: Vec<usize>,
    /// By the number of those chosen, what they leave of the others.
    rests: Vec<Rest>,
    r2: f64,
}

impl Walk {
    /// All subsets of the predictors from `next` on, with those chosen.
    fn subsets(&mut self, next: usize, r2: f64) -> Option<()> {
        let size = self.chosen.len();
        if next == self.shares.len() {
            let weight = |size: usize| self.weights.get(size).copied().unwrap_or(0.0);
            let after = if size == 0 { 0.0 } else { weight(size - 1) };
            let before = weight(size);
            self.all += before * r2;
            for predictor in &self.chosen {
                self.shares[*predictor] += (after + before) * r2;
            }
            if size == next {
                self.r2 = r2;
            }
            return Some(());
        }
        self.subsets(next + 1, r2)?;
        let gain = self.rests[size].gain(next)?;
        let (before, after) = self.rests.split_at_mut(size + 1);
        if let (Some(before), Some(after)) = (before.last(), after.first_mut()) {
            after.enter(before, next);
        }
        self.chosen.push(next);
        self.subsets(next + 1, r2 + gain)?;
        self.chosen.pop();
        Some(())
    }
}

/// The weights of Shapley's value: |S|! (p − |S| − 1)! / p! by the size of S, for p members (Shapley 1953); empty for none.
pub fn shapley_weights(p: usize) -> Vec<f64> {
    let mut weights = vec![1.0 / p as f64; p];
    for size in 1..p {
        weights[size] = weights[size - 1] * size as f64 / (p - size) as f64;
    }
    weights
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;
    use proptest::prelude::*;

    use super::{Correlations, MOST_EXACT};
    use crate::stats::Bootstrap;

    /// Five ratings of a bank and its overall satisfaction, 686 complete rows (numpy corrcoef).
    fn bank() -> Correlations {
        let outcome = vec![
            0.586_053_857_797_408_9,
            0.537_920_251_508_383_5,
            0.532_476_134_543_195_8,
            0.387_897_485_619_351_56,
            0.398_078_429_600_535_3,
        ];
        let above = [
            [
                0.473_670_864_441_100_4,
                0.501_237_954_823_176_9,
                0.350_203_397_132_775_15,
                0.422_816_911_985_236_3,
            ],
            [0.454_888_723_556_915_6, 0.329_082_564_261_447_7, 0.392_650_098_787_433_1, 0.0],
            [0.301_144_766_985_846_36, 0.427_689_972_307_542_96, 0.0, 0.0],
            [0.281_793_661_251_540_8, 0.0, 0.0, 0.0],
        ];
        let mut predictors = vec![0.0; 25];
        for i in 0..5 {
            predictors[i * 5 + i] = 1.0;
            for j in i + 1..5 {
                predictors[i * 5 + j] = above[i][j - i - 1];
                predictors[j * 5 + i] = above[i][j - i - 1];
            }
        }
        Correlations { outcome, predictors }
    }

    #[test]
    fn a_bank_s_drivers_are_those_of_relaimpo_and_rwa() {
        // relaimpo 2.2.7 calc.relimp(lmg, genizi); rwa; scikit-learn over all subsets to 1e-14.
        let lmg = bank().lmg().unwrap();
        assert_relative_eq!(lmg.r2, 0.486_805_521_122_580_5, max_relative = 1e-12);
        let expected = [
            0.153_782_491_843_136,
            0.120_035_812_612_465,
            0.112_848_077_032_128,
            0.053_863_447_763_676_5,
            0.046_275_691_871_176_2,
        ];
        for (part, expected) in lmg.parts.iter().zip(expected) {
            assert_relative_eq!(*part, expected, max_relative = 1e-11);
        }
        let johnson = bank().johnson().unwrap();
        let expected = [
            0.151_304_297_027_217,
            0.120_302_651_921_74,
            0.112_518_113_819_509,
            0.056_465_657_860_545_1,
            0.046_214_800_493_569_8,
        ];
        for (part, expected) in johnson.parts.iter().zip(expected) {
            assert_relative_eq!(*part, expected, max_relative = 1e-11);
        }
        assert_relative_eq!(johnson.r2, lmg.r2, max_relative = 1e-12);
    }

    #[test]
    fn sampled_orders_are_near_all_orders_by_their_own_errors() {
        let exact = bank().lmg().unwrap();
        let mut draws = Bootstrap { replicates: 1, seed: 7 }.draws(0);
        let sampled = bank().lmg_sampled(2000, &mut draws).unwrap();
        assert_relative_eq!(sampled.r2, exact.r2, max_relative = 1e-12);
        assert_relative_eq!(sampled.parts.iter().sum::<f64>(), exact.r2, max_relative = 1e-12);
        for ((part, error), exact) in sampled.parts.iter().zip(&sampled.errors).zip(&exact.parts) {
            assert!((part - exact).abs() < 5.0 * error && *error < 0.002, "{part} {exact} {error}");
        }
    }

    #[test]
    fn one_uncorrelated_and_collinear_predictors() {
        let alone = Correlations { outcome: vec![0.6], predictors: vec![1.0] };
        assert_relative_eq!(alone.lmg().unwrap().parts[0], 0.36, max_relative = 1e-14);
        assert_relative_eq!(alone.johnson().unwrap().parts[0], 0.36, max_relative = 1e-14);
        let apart = Correlations { outcome: vec![0.3, -0.5], predictors: vec![1.0, 0.0, 0.0, 1.0] };
        assert_relative_eq!(apart.lmg().unwrap().parts[1], 0.25, max_relative = 1e-14);
        let twice = Correlations { outcome: vec![0.5, 0.5], predictors: vec![1.0; 4] };
        assert_eq!((twice.lmg(), twice.johnson()), (None, None));
        let none = Correlations { outcome: Vec::new(), predictors: Vec::new() };
        assert_eq!((none.lmg(), none.johnson()), (None, None));
        let wrong = Correlations { outcome: vec![f64::NAN], predictors: vec![1.0] };
        assert_eq!((wrong.lmg(), wrong.johnson()), (None, None));
        let many = Correlations {
            outcome: vec![0.1; MOST_EXACT + 1],
            predictors: (0..(MOST_EXACT + 1).pow(2))
                .map(|i| f64::from(u8::from(i % (MOST_EXACT + 2) == 0)))
                .collect(),
        };
        assert_eq!(many.lmg(), None);
    }

    /// Correlations of so many rows of numbers that hang together.
    fn sample(predictors: usize, seed: &[f64]) -> Option<Correlations> {
        let columns = predictors + 1;
        let rows: Vec<&[f64]> = seed.chunks_exact(columns).collect();
        let n = rows.len() as f64;
        let mean = |c: usize| rows.iter().map(|row| row[c] + 0.5 * row[0]).sum::<f64>() / n;
        let means: Vec<f64> = (0..columns).map(mean).collect();
        let product = |i: usize, j: usize| {
            rows.iter()
                .map(|row| (row[i] + 0.5 * row[0] - means[i]) * (row[j] + 0.5 * row[0] - means[j]))
                .sum::<f64>()
        };
        let r = |i: usize, j: usize| product(i, j) / (product(i, i) * product(j, j)).sqrt();
        let outcome: Vec<f64> = (1..columns).map(|j| r(0, j)).collect();
        let among = (0..predictors * predictors).map(|place| {
            let (i, j) = (place / predictors, place % predictors);
            if i == j { 1.0 } else { r(1 + i.max(j), 1 + i.min(j)) }
        });
        let found = Correlations { outcome, predictors: among.collect() };
        found.outcome.iter().chain(&found.predictors).all(|r| r.is_finite()).then_some(found)
    }

    proptest! {
        #[test]
        fn parts_add_up_to_r2_and_follow_their_predictors(
            predictors in 1_usize..7,
            seed in proptest::collection::vec(-1.0_f64..1.0, 350),
        ) {
            let Some(known) = sample(predictors, &seed) else { return Ok(()) };
            let (Some(lmg), Some(johnson)) = (known.lmg(), known.johnson()) else { return Ok(()) };
            for found in [&lmg, &johnson] {
                prop_assert!((found.parts.iter().sum::<f64>() - found.r2).abs() < 1e-10);
                prop_assert!(found.parts.iter().all(|part| *part > -1e-12));
                prop_assert!((0.0..=1.0 + 1e-12).contains(&found.r2));
            }
            prop_assert!((lmg.r2 - johnson.r2).abs() < 1e-9);
            // Turning a scale round and another order of the predictors change no part.
            let p = predictors;
            let turned = Correlations {
                outcome: known.outcome.iter().enumerate().map(|(i, r)| if i == 0 { -r } else { *r }).collect(),
                predictors: (0..p * p)
                    .map(|place| {
                        let flips = usize::from(place / p == 0) + usize::from(place % p == 0);
                        if flips == 1 { -known.predictors[place] } else { known.predictors[place] }
                    })
                    .collect(),
            };
            let reversed = Correlations {
                outcome: known.outcome.iter().rev().copied().collect(),
                predictors: known.predictors.iter().rev().copied().collect(),
            };
            for (one, other) in lmg.parts.iter().zip(&turned.lmg().unwrap().parts) {
                prop_assert!((one - other).abs() < 1e-10);
            }
            for (one, other) in lmg.parts.iter().rev().zip(&reversed.lmg().unwrap().parts) {
                prop_assert!((one - other).abs() < 1e-10);
            }
        }
    }
}
