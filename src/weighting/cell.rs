//! What the weights are made from: counted rows, never a row itself.

/// All rows with one combination of raking categories, or a part of them.
///
/// A combination may come in several cells, in any order: nothing depends on how it is split. A row's final
/// weight is its design weight d times the factor of its cell, so Σw = f·Σd and Σw² = f²·Σd² hold exactly of
/// every finer cell.
///
/// Bounds on final weights are kept for the lightest and the heaviest row of a cell. Where design weights take
/// many values, one cell a combination is enough for a pass over any number of rows, and trimming a cell scales
/// all its rows; cells by combination *and* distinct design weight (or class of it) trim row by row.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// The category of every raking variable; `None` where it is missing.
    pub categories: Vec<Option<u32>>,
    /// Number of rows.
    pub n: u64,
    /// Sum of their design weights, of ones where there is none.
    pub sum: f64,
    /// Sum of the squares of their design weights.
    pub sum_of_squares: f64,
    /// The smallest design weight above 0, or 0 without one.
    pub least: f64,
    /// The greatest design weight.
    pub greatest: f64,
}

impl Cell {
    /// Rows without a design weight.
    pub fn unweighted(categories: Vec<Option<u32>>, n: u64) -> Self {
        Self::uniform(categories, n, 1.0)
    }

    /// Rows that share one design weight.
    pub fn uniform(categories: Vec<Option<u32>>, n: u64, design_weight: f64) -> Self {
        let rows = n as f64;
        Self {
            categories,
            n,
            sum: rows * design_weight,
            sum_of_squares: rows * design_weight * design_weight,
            least: design_weight,
            greatest: design_weight,
        }
    }

    /// Rows by their design weights.
    pub fn of_rows(categories: Vec<Option<u32>>, design_weights: &[f64]) -> Self {
        let positive = design_weights.iter().copied().filter(|d| *d > 0.0);
        let least = positive.fold(f64::INFINITY, f64::min);
        Self {
            categories,
            n: design_weights.len() as u64,
            sum: design_weights.iter().sum(),
            sum_of_squares: design_weights.iter().map(|d| d * d).sum(),
            least: if least.is_finite() { least } else { 0.0 },
            greatest: design_weights.iter().copied().fold(0.0, f64::max),
        }
    }

    /// Whether all rows with weight share one design weight.
    pub fn is_uniform(&self) -> bool {
        self.greatest - self.least <= 1e-9 * self.greatest
    }

    pub(super) fn is_sound(&self) -> bool {
        let numbers = [self.sum, self.sum_of_squares, self.least, self.greatest];
        numbers.iter().all(|x| x.is_finite() && *x >= 0.0)
            && self.least <= self.greatest
            && (self.n > 0 || self.sum <= 0.0)
            && (self.sum > 0.0) == (self.greatest > 0.0)
    }

    pub(super) fn has_weight(&self) -> bool {
        self.n > 0 && self.sum > 0.0
    }
}
