//! Sums without rounding: integers all the way, floats once at the end.

use super::count::Count;

/// Rows, the sum of their weights and of the squared weights, exactly.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ExactCount {}

impl ExactCount {
    /// Adds a row of this weight, in units of 10⁻⁹ (at most 10¹⁸).
    pub fn add(&mut self, _weight: u64) {
        todo!()
    }
    /// Adds what another has counted.
    pub fn merge(&mut self, _other: &Self) {
        todo!()
    }
    /// Rows counted.
    pub fn n(&self) -> u64 {
        todo!()
    }
    /// The sums as floats, each correctly rounded.
    pub fn to_count(&self) -> Count {
        todo!()
    }
}

/// Sums of a number and its square, unweighted and weighted, exactly.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExactMoments {}

impl ExactMoments {
    /// Adds a row: a number and its weight, both in units of 10⁻⁹ (at most 10¹⁸ either way).
    pub fn add(&mut self, _value: i64, _weight: u64) {
        todo!()
    }
    /// Adds what another has counted.
    pub fn merge(&mut self, _other: &Self) {
        todo!()
    }
    /// The sums as floats, each correctly rounded.
    pub fn to_sums(&self) -> MomentSums {
        todo!()
    }
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
    /// Σ(x − mean)² of the unweighted rows.
    pub centred_sum_squares: f64,
    /// Σw²(x − weighted mean)².
    pub centred_w2_sum_squares: f64,
}
