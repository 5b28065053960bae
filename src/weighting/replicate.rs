//! Bootstrap replicates that are weighted anew.

use super::{Cell, Failure, Scheme, weigh};

/// The factors of a replicate that drew `counts[i]` rows of cell i, with the same scheme.
///
/// Rows are drawn as a cell's mean row: with several design weights in a cell their spread is not resampled, so
/// replicates want cells by distinct design weight. A replicate in which a category is empty fails as a sample
/// would; whoever draws says how many did.
///
/// # Errors
/// Those of [`weigh`]; [`Failure::CellUnsound`] where the counts do not fit the cells.
pub fn reweigh(cells: &[Cell], scheme: &Scheme, counts: &[u64]) -> Result<Vec<f64>, Vec<Failure>> {
    if counts.len() != cells.len() {
        return Err(vec![Failure::CellUnsound { cell: counts.len().min(cells.len()) }]);
    }
    let mut drawn = Vec::with_capacity(cells.len());
    for (at, (cell, count)) in cells.iter().zip(counts).enumerate() {
        if cell.n == 0 && *count > 0 {
            return Err(vec![Failure::CellUnsound { cell: at }]);
        }
        let times = if cell.n > 0 { *count as f64 / cell.n as f64 } else { 0.0 };
        let here = *count > 0;
        drawn.push(Cell {
            n: *count,
            sum: cell.sum * times,
            sum_of_squares: cell.sum_of_squares * times,
            least: if here { cell.least } else { 0.0 },
            greatest: if here { cell.greatest } else { 0.0 },
            categories: cell.categories.clone(),
        });
    }
    weigh(&drawn, scheme).map(|weighted| weighted.factors)
}
