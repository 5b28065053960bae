//! Sums of a number and its square, unweighted and weighted, and the squares about the mean.

use super::count::ExactCount;
use super::wide::{SignedWide, Wide};
use crate::tally::count::Count;

/// 10⁹, 10¹⁸, 10²⁷ and 10³⁶: the units of sums with two to four factors.
const NANO: u128 = 1_000_000_000;
const NANO_2: u128 = NANO * NANO;
const NANO_3: u128 = NANO_2 * NANO;
const NANO_4: u128 = NANO_2 * NANO_2;

/// Sums of a number and its square, unweighted and weighted, exactly.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExactMoments {
    count: ExactCount,
    x: i128,
    x2: Wide<3>,
    wx: SignedWide<3>,
    wx2: Wide<4>,
    w2x: SignedWide<4>,
    w2x2: Wide<5>,
}

/// The sums of [`ExactMoments`] as floats.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct MomentSums {
    /// Rows, Σw and Σw².
    pub count: Count,
    /// Σwx.
    pub sum_wx: f64,
    /// Σwx².
    pub sum_wx2: f64,
    /// Σw²x.
    pub sum_w2x: f64,
    /// Σw²x².
    pub sum_w2x2: f64,
    /// Σ(x − mean)² of the unweighted rows; never negative.
    pub centred_sum_squares: f64,
    /// Σw(x − weighted mean)²; never negative.
    pub centred_w_sum_squares: f64,
    /// Σw²(x − weighted mean)²; never negative.
    pub centred_w2_sum_squares: f64,
}

impl ExactMoments {
    /// Adds a row: a number and its weight, both in units of 10⁻⁹.
    pub fn add(&mut self, value: i64, weight: u64) {
        let (x, w) = (u128::from(value.unsigned_abs()), u128::from(weight));
        let (x2, w2) = (Wide::<2>::from(x * x), Wide::<2>::from(w * w));
        let negative = value < 0;
        self.count.add(weight);
        self.x += i128::from(value);
        self.x2.add(&x2.resized());
        self.wx.add_signed(negative, &Wide::from(x * w));
        self.wx2.add(&x2.times(&Wide::<1>::from(w)));
        self.w2x.add_signed(negative, &w2.times(&Wide::<1>::from(x)));
        self.w2x2.add(&x2.times(&w2));
    }

    /// Adds what another has counted.
    pub fn merge(&mut self, other: &Self) {
        self.count.merge(&other.count);
        self.x += other.x;
        self.x2.add(&other.x2);
        self.wx.add(&other.wx);
        self.wx2.add(&other.wx2);
        self.w2x.add(&other.w2x);
        self.w2x2.add(&other.w2x2);
    }

    /// The sums as floats, each the nearest to the exact one.
    pub fn to_sums(&self) -> MomentSums {
        MomentSums {
            count: self.count.to_count(),
            sum_wx: self.wx.over(&Wide::from(NANO_2)),
            sum_wx2: self.wx2.resized::<5>().over(&Wide::from(NANO_3)),
            sum_w2x: self.w2x.over(&Wide::from(NANO_3)),
            sum_w2x2: self.w2x2.resized::<6>().over(&Wide::from(NANO_4)),
            centred_sum_squares: self.centred(),
            centred_w_sum_squares: self.centred_w(),
            centred_w2_sum_squares: self.centred_w2(),
        }
    }

    /// Σ(x − m)² = (n Σx² − (Σx)²) / n.
    fn centred(&self) -> f64 {
        let n = Wide::<1>::from(u128::from(self.count.n()));
        let sum = Wide::<2>::from(self.x.unsigned_abs());
        let mut squares: Wide<5> = self.x2.times(&n);
        squares.subtract(&sum.times(&sum));
        squares.over(&Wide::<2>::from(NANO_2).times(&n))
    }

    /// With A = Σwx and B = Σw: Σw(x − A/B)² = (B Σwx² − A²) / B.
    fn centred_w(&self) -> f64 {
        let weights = self.count.weights();
        let sum = self.wx.magnitude();
        let mut squares: Wide<6> = self.wx2.times(&weights);
        squares.subtract(&sum.times(&sum));
        squares.over(&weights.times(&Wide::<4>::from(NANO_3)))
    }

    /// With A = Σwx and B = Σw: Σw²(x − A/B)² = (B² Σw²x² − 2AB Σw²x + A² Σw²) / B².
    fn centred_w2(&self) -> f64 {
        let weights = self.count.weights();
        let weights_squared: Wide<4> = weights.times(&weights);
        let sum = self.wx.magnitude();
        let mut squares: Wide<10> = self.w2x2.times(&weights_squared);
        squares.add(&sum.times::<3, 6>(&sum).times(self.count.squared_weights()));
        let mut cross: Wide<10> = sum.times::<2, 5>(&weights).times(&self.w2x.magnitude());
        cross.double();
        if self.wx.is_negative() == self.w2x.is_negative() {
            squares.subtract(&cross);
        } else {
            squares.add(&cross);
        }
        squares.over(&weights_squared.times(&Wide::<2>::from(NANO_4)))
    }
}

#[cfg(test)]
#[allow(clippy::float_cmp)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const UNIT: u64 = 1_000_000_000;
    const LARGEST: i64 = 1_000_000_000_000_000_000;

    fn moments(rows: &[(i64, u64)]) -> ExactMoments {
        let mut moments = ExactMoments::default();
        for (value, weight) in rows {
            moments.add(*value, *weight);
        }
        moments
    }

    #[test]
    fn none_and_one() {
        assert_eq!(moments(&[]).to_sums(), MomentSums::default());
        let one = moments(&[(-2_500_000_000, 2 * UNIT)]).to_sums();
        assert_eq!(one.count, Count { n: 1, w: 2.0, w2: 4.0 });
        assert_eq!((one.sum_wx, one.sum_wx2, one.sum_w2x, one.sum_w2x2), (-5.0, 12.5, -10.0, 25.0));
        assert_eq!((one.centred_sum_squares, one.centred_w2_sum_squares), (0.0, 0.0));
    }

    #[test]
    fn the_example_of_the_standard() {
        // ISO/TS annex E: 4, 5, 7, 7, 9 has mean 6.4 and standard deviation 1.949359.
        let rows = [4, 5, 7, 7, 9].map(|value: i64| (value * 1_000_000_000, UNIT));
        let sums = moments(&rows).to_sums();
        assert_eq!((sums.sum_wx, sums.sum_wx2), (32.0, 220.0));
        assert_eq!(sums.centred_sum_squares, 15.2);
        assert_eq!(sums.centred_w_sum_squares, 15.2);
        assert_eq!(sums.centred_w2_sum_squares, 15.2);
    }

    #[test]
    fn a_thousand_rows_of_the_largest() {
        let rows = vec![(-LARGEST, LARGEST.unsigned_abs()); 1_000];
        let sums = moments(&rows).to_sums();
        assert_eq!((sums.sum_wx, sums.sum_wx2, sums.sum_w2x, sums.sum_w2x2), (-1e21, 1e30, -1e30, 1e39));
        assert_eq!((sums.centred_sum_squares, sums.centred_w2_sum_squares), (0.0, 0.0));
        let mut both = moments(&rows);
        both.merge(&moments(&vec![(LARGEST, LARGEST.unsigned_abs()); 1_000]));
        assert_eq!(both.to_sums().centred_sum_squares, 2e21);
        assert_eq!(both.to_sums().centred_w2_sum_squares, 2e39);
    }

    #[test]
    fn a_small_spread_far_from_zero_is_not_lost() {
        let rows = [(LARGEST - 1, UNIT), (LARGEST, UNIT)];
        assert_eq!(moments(&rows).to_sums().centred_sum_squares, 0.5e-18);
        let weighted = [(LARGEST - 1, 3 * UNIT), (LARGEST, UNIT)];
        assert_eq!(moments(&weighted).to_sums().centred_w_sum_squares, 0.75e-18);
    }

    fn rows(length: usize) -> impl Strategy<Value = Vec<(i64, u64)>> {
        let value = prop_oneof![-10_i64..10, -LARGEST..=LARGEST];
        let weight = prop_oneof![1_u64..10, 1..=LARGEST.unsigned_abs()];
        proptest::collection::vec((value, weight), 0..length)
    }

    proptest! {
        #[test]
        fn small_sums_agree_with_the_processor(rows in proptest::collection::vec((-1_000_i64..1_000, 1_u64..1_000), 1..20)) {
            let sums = moments(&rows).to_sums();
            let sum = |term: fn(i128, i128) -> i128| -> i128 {
                rows.iter().map(|(x, w)| term(i128::from(*x), i128::from(*w))).sum()
            };
            let (n, b) = (rows.len() as i128, sum(|_, w| w));
            let (x, x2, a) = (sum(|x, _| x), sum(|x, _| x * x), sum(|x, w| x * w));
            let (d, c, e) = (sum(|x, w| w * w * x), sum(|x, w| w * w * x * x), sum(|_, w| w * w));
            let nearest = |value: i128, places: u32| format!("{value}e-{places}").parse::<f64>().expect("a number");
            prop_assert_eq!(sums.sum_wx, nearest(a, 18));
            prop_assert_eq!(sums.sum_wx2, nearest(sum(|x, w| w * x * x), 27));
            prop_assert_eq!(sums.sum_w2x, nearest(d, 27));
            prop_assert_eq!(sums.sum_w2x2, nearest(c, 36));
            let close = |value: f64, numerator: i128, divisor: i128, unit: f64| {
                let expected = numerator as f64 / divisor as f64 * unit;
                (value - expected).abs() <= 1e-14 * expected
            };
            prop_assert!(close(sums.centred_sum_squares, n * x2 - x * x, n, 1e-18));
            prop_assert!(close(sums.centred_w_sum_squares, b * sum(|x, w| w * x * x) - a * a, b, 1e-27));
            prop_assert!(close(sums.centred_w2_sum_squares, b * b * c - 2 * a * b * d + a * a * e, b * b, 1e-36));
        }

        #[test]
        fn order_and_splits_do_not_count(rows in rows(20)) {
            let whole = moments(&rows);
            for split in 0..=rows.len() {
                let (left, right) = rows.split_at(split);
                let mut merged = moments(left);
                merged.merge(&moments(right));
                prop_assert_eq!(&merged, &whole);
                let mut turned = moments(right);
                turned.merge(&moments(left));
                prop_assert_eq!(&turned, &whole);
            }
            let reversed: Vec<(i64, u64)> = rows.iter().rev().copied().collect();
            prop_assert_eq!(moments(&reversed), whole);
        }

        #[test]
        fn centred_sums_do_not_move_with_the_numbers(
            rows in proptest::collection::vec((-1_000_000_i64..1_000_000, 1..=LARGEST.unsigned_abs()), 0..20),
            shift in -LARGEST / 2..LARGEST / 2,
        ) {
            let shifted: Vec<(i64, u64)> = rows.iter().map(|(value, weight)| (value + shift, *weight)).collect();
            let mirrored: Vec<(i64, u64)> = rows.iter().map(|(value, weight)| (-value, *weight)).collect();
            let sums = moments(&rows).to_sums();
            for other in [moments(&shifted).to_sums(), moments(&mirrored).to_sums()] {
                prop_assert_eq!(other.centred_sum_squares.to_bits(), sums.centred_sum_squares.to_bits());
                prop_assert_eq!(other.centred_w_sum_squares.to_bits(), sums.centred_w_sum_squares.to_bits());
                prop_assert_eq!(other.centred_w2_sum_squares.to_bits(), sums.centred_w2_sum_squares.to_bits());
            }
            prop_assert!(sums.centred_sum_squares >= 0.0 && sums.centred_w2_sum_squares >= 0.0);
        }
    }
}
