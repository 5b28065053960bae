//! Rows with the sums of their weights and squared weights.

use super::wide::{Wide, quotient};
use crate::tally::count::Count;

/// Units of a weight and of a squared weight that make one.
const UNIT: u64 = 1_000_000_000;
const UNIT_SQUARED: u64 = UNIT * UNIT;

/// Rows, the sum of their weights and of the squared weights, exactly.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ExactCount {
    n: u64,
    w: u128,
    w2: Wide<3>,
}

impl ExactCount {
    /// Adds a row of this weight, in units of 10⁻⁹.
    #[inline]
    pub fn add(&mut self, weight: u64) {
        let weight = u128::from(weight);
        self.n += 1;
        self.w += weight;
        self.w2.add(&Wide::from(weight * weight));
    }

    /// Adds what another has counted.
    pub fn merge(&mut self, other: &Self) {
        self.n += other.n;
        self.w += other.w;
        self.w2.add(&other.w2);
    }

    /// Rows counted.
    pub fn n(&self) -> u64 {
        self.n
    }

    /// The sums as floats, each the nearest.
    pub fn to_count(&self) -> Count {
        let w2 = match self.w2.as_u128() {
            Some(w2) => quotient(w2, UNIT_SQUARED),
            None => self.w2.resized::<4>().over(&Wide::from(u128::from(UNIT_SQUARED))),
        };
        Count { n: self.n, w: quotient(self.w, UNIT), w2 }
    }

    /// Σw in units of 10⁻⁹.
    pub(super) fn weights(&self) -> Wide<2> {
        Wide::from(self.w)
    }

    /// Σw² in units of 10⁻¹⁸.
    pub(super) fn squared_weights(&self) -> &Wide<3> {
        &self.w2
    }
}

#[cfg(test)]
#[allow(clippy::float_cmp)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn count(weights: &[u64]) -> ExactCount {
        let mut count = ExactCount::default();
        for weight in weights {
            count.add(*weight);
        }
        count
    }

    #[test]
    fn none_one_and_equal() {
        assert_eq!(count(&[]).to_count(), Count::default());
        assert_eq!(count(&[UNIT]).to_count(), Count { n: 1, w: 1.0, w2: 1.0 });
        assert_eq!(count(&[UNIT / 10; 10]).to_count(), Count { n: 10, w: 1.0, w2: 0.1 });
    }

    #[test]
    fn squares_beyond_128_bits() {
        let count = count(&[1_000_000_000 * UNIT; 1_000]);
        assert_eq!(count.w2.as_u128(), None);
        assert_eq!(count.to_count(), Count { n: 1_000, w: 1e12, w2: 1e21 });
    }

    proptest! {
        #[test]
        fn sums_are_the_nearest_floats(weights in proptest::collection::vec(0..=1_000_000_000_000_000_u64, 0..50)) {
            let sums = count(&weights).to_count();
            let w: u128 = weights.iter().map(|weight| u128::from(*weight)).sum();
            let w2: u128 = weights.iter().map(|weight| u128::from(*weight).pow(2)).sum();
            let nearest = |value: u128, places: u32| format!("{value}e-{places}").parse::<f64>().expect("a number");
            prop_assert_eq!(sums, Count { n: weights.len() as u64, w: nearest(w, 9), w2: nearest(w2, 18) });
        }

        #[test]
        fn order_and_splits_do_not_count(weights in proptest::collection::vec(any::<u64>(), 0..30)) {
            let whole = count(&weights);
            for split in 0..=weights.len() {
                let (left, right) = weights.split_at(split);
                let mut merged = count(left);
                merged.merge(&count(right));
                prop_assert_eq!(merged, whole);
                let mut turned = count(right);
                turned.merge(&count(left));
                prop_assert_eq!(turned, whole);
            }
            let reversed: Vec<u64> = weights.iter().rev().copied().collect();
            prop_assert_eq!(count(&reversed), whole);
        }
    }
}
