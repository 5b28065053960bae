//! Draws from any finite distribution in constant time: Walker's alias method.
//!
//! Every outcome has a column of the same width; what an outcome lacks to fill its column is taken
//! by one other. A draw needs one word of random bits: its product with the number of columns has
//! the column in the upper half and the place within it in the lower one, so that no outcome's
//! chance is off by more than the rounding of its share (Walker, *ACM TOMS* 3, 1977; the table as
//! in Vose, *IEEE Transactions on Software Engineering* 17, 1991).

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::Rng;

use super::binomial::unit;

/// Values with their chances, made ready for drawing.
#[derive(Clone, Debug)]
pub(super) struct Alias {
    columns: Vec<Column>,
}

#[derive(Clone, Copy, Debug)]
struct Column {
    /// The part of the column that is the outcome's own.
    share: f64,
    own: f64,
    other: f64,
}

impl Alias {
    /// Prepares values with positive weights; `None` where there are none.
    pub(super) fn new(outcomes: impl Iterator<Item = (f64, f64)>) -> Option<Self> {
        let outcomes: Vec<(f64, f64)> =
            outcomes.filter(|(_, weight)| weight.is_finite() && *weight > 0.0).collect();
        let total: f64 = outcomes.iter().map(|(_, weight)| weight).sum();
        if outcomes.is_empty() || !total.is_finite() {
            return None;
        }
        let size = outcomes.len() as f64;
        let mut columns: Vec<Column> = outcomes
            .iter()
            .map(|&(value, weight)| Column { share: weight / total * size, own: value, other: value })
            .collect();
        let (mut lacking, mut over): (Vec<usize>, Vec<usize>) =
            (0..columns.len()).partition(|&index| columns[index].share < 1.0);
        while let (Some(&small), Some(&large)) = (lacking.last(), over.last()) {
            lacking.pop();
            columns[small].other = columns[large].own;
            columns[large].share -= 1.0 - columns[small].share;
            if columns[large].share < 1.0 {
                over.pop();
                lacking.push(large);
            }
        }
        // What rounding leaves on either side fills its own column.
        for index in lacking.into_iter().chain(over) {
            columns[index].share = 1.0;
        }
        Some(Self { columns })
    }

    /// One value.
    pub(super) fn draw(&self, rng: &mut ChaCha8Rng) -> f64 {
        let columns = u64::try_from(self.columns.len()).unwrap_or(u64::MAX);
        let (place, column) = rng.next_u64().carrying_mul(columns, 0);
        let column = self.columns[usize::try_from(column).unwrap_or(usize::MAX)];
        if unit(place) < column.share { column.own } else { column.other }
    }
}

#[cfg(test)]
#[allow(clippy::float_cmp)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rand_chacha::rand_core::SeedableRng;

    fn chances(alias: &Alias, value: f64) -> f64 {
        let part = |column: &Column| {
            f64::from(u8::from(column.own == value)) * column.share
                + f64::from(u8::from(column.other == value)) * (1.0 - column.share)
        };
        alias.columns.iter().map(part).sum::<f64>() / alias.columns.len() as f64
    }

    proptest! {
        #[test]
        fn columns_hold_exactly_the_chances(weights in prop::collection::vec(0.0_f64..9.0, 1..40)) {
            let total: f64 = weights.iter().sum();
            prop_assume!(total > 1e-3);
            let alias = Alias::new((0_u8..).map(f64::from).zip(weights.iter().copied())).unwrap();
            for (value, weight) in (0_u8..).map(f64::from).zip(&weights) {
                prop_assert!((chances(&alias, value) - weight / total).abs() < 1e-12);
            }
            for column in &alias.columns {
                prop_assert!((0.0..=1.0).contains(&column.share));
            }
        }
    }

    #[test]
    fn one_outcome_is_always_drawn_and_an_impossible_one_never() {
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        let alias = Alias::new([(3.0, 0.0), (5.0, 1e-300), (7.0, 0.0)].into_iter()).unwrap();
        assert!((0..1000).all(|_| alias.draw(&mut rng) == 5.0));
        for weights in [vec![], vec![(1.0, 0.0)], vec![(1.0, f64::NAN)], vec![(1.0, f64::INFINITY)]] {
            assert!(Alias::new(weights.into_iter()).is_none());
        }
    }

    #[test]
    fn draws_have_the_chances_of_their_weights() {
        let mut rng = ChaCha8Rng::seed_from_u64(2);
        let weights = [1.0, 2.0, 3.0, 4.0, 90.0];
        let alias = Alias::new((0_u8..).map(f64::from).zip(weights)).unwrap();
        let draws = 100_000_u32;
        let drawn: Vec<f64> = (0..draws).map(|_| alias.draw(&mut rng)).collect();
        let chi_square: f64 = (0_u8..)
            .zip(weights)
            .map(|(value, weight)| {
                let seen = drawn.iter().filter(|drawn| **drawn == f64::from(value)).count() as f64;
                let expected = weight / 100.0 * f64::from(draws);
                (seen - expected).powi(2) / expected
            })
            .sum();
        // Four degrees of freedom: 18.5 is the 0.999 quantile.
        assert!(chi_square < 18.5, "{chi_square}");
    }
}
