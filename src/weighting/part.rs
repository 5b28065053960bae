//! The rows that are weighted together: their cells, and what each is multiplied by.

use std::collections::BTreeMap;

use crate::tally::DesignCell;

use super::linearisation::Prepared;
use super::sampling::Sampling;
use super::{Cell, Design, Failure, Scheme, Weighted, weigh};

/// The cells of one wave, or of all rows.
#[derive(Clone, Debug)]
pub(super) struct Part {
    /// The wave; `None` where all rows are weighted together.
    pub(super) wave: Option<usize>,
    /// Its cells, by their place among all.
    pub(super) cells: Vec<usize>,
    /// By cell, the place of its combination of raking categories.
    pub(super) combination: Vec<usize>,
    /// What was weighted.
    pub(super) combinations: Vec<Cell>,
    /// The weights; `None` without a scheme.
    pub(super) solved: Option<(Weighted, Prepared)>,
    /// By cell, what its rows' design weights are multiplied by.
    pub(super) factors: Vec<f64>,
    /// How its rows were drawn.
    pub(super) sampling: Sampling,
}

impl Part {
    /// Weighs the cells at these places; `strata` has the names of strata by code.
    pub(super) fn solve(
        wave: Option<usize>,
        places: Vec<usize>,
        cells: &[DesignCell],
        scheme: Option<&Scheme>,
        (design, strata): (&Design, &[String]),
    ) -> Result<Self, Vec<Failure>> {
        let own: Vec<&DesignCell> = places.iter().filter_map(|at| cells.get(*at)).collect();
        // Bounds are kept by every row, and cells with few design weights keep them closest.
        let apart = scheme.is_some_and(|scheme| scheme.trimming.is_some());
        let (combinations, combination) = combined(&own, apart);
        let solved = match scheme {
            None => None,
            Some(scheme) => {
                let weighted = weigh(&combinations, scheme)
                    .map_err(|failures| located(failures, &places, &combination))?;
                let prepared = Prepared::of(&weighted, &combinations);
                Some((weighted, prepared))
            }
        };
        let factor = |at: &usize| match &solved {
            None => 1.0,
            Some((weighted, _)) => weighted.factors.get(*at).copied().unwrap_or(0.0),
        };
        let factors: Vec<f64> = combination.iter().map(factor).collect();
        let sampling = Sampling::of(&own, &factors, design, strata)?;
        Ok(Self { wave, cells: places, combination, combinations, solved, factors, sampling })
    }

    /// Whether the rows of the cell at this place are left out for a missing answer.
    pub(super) fn lacks_answer(&self, own: usize) -> bool {
        let solved = self.solved.as_ref().zip(self.combination.get(own));
        solved.is_some_and(|((weighted, _), combination)| {
            weighted.problem.unanswered.binary_search(combination).is_ok()
        })
    }
}

/// Cells by their raking categories alone, with the place of each cell's; `apart` keeps every cell for itself.
fn combined(cells: &[&DesignCell], apart: bool) -> (Vec<Cell>, Vec<usize>) {
    let mut found: Vec<Cell> = Vec::new();
    let mut places: BTreeMap<&[Option<u32>], usize> = BTreeMap::new();
    let mut combination = Vec::with_capacity(cells.len());
    for cell in cells {
        let (least, greatest) =
            if cell.rows.w > 0.0 { (cell.weights.min, cell.weights.max) } else { (0.0, 0.0) };
        let (n, sum, sum_of_squares) = (cell.rows.n, cell.rows.w, cell.rows.w2);
        let place = if apart { found.len() } else { *places.entry(&cell.raking).or_insert(found.len()) };
        combination.push(place);
        let Some(known) = found.get_mut(place) else {
            found.push(Cell { categories: cell.raking.clone(), n, sum, sum_of_squares, least, greatest });
            continue;
        };
        known.least = match (known.sum > 0.0, sum > 0.0) {
            (true, true) => known.least.min(least),
            (false, true) => least,
            _ => known.least,
        };
        known.greatest = known.greatest.max(greatest);
        known.n += n;
        known.sum += sum;
        known.sum_of_squares += sum_of_squares;
    }
    (found, combination)
}

/// The failures with cells named by their place among all.
fn located(failures: Vec<Failure>, places: &[usize], combination: &[usize]) -> Vec<Failure> {
    let all = |found: usize| {
        let own = combination.iter().zip(places).filter(move |(place, _)| **place == found);
        own.map(|(_, at)| *at)
    };
    let first = |found: usize| all(found).next().unwrap_or(found);
    let located = failures.into_iter().map(|failure| match failure {
        Failure::CellUnsound { cell } => Failure::CellUnsound { cell: first(cell) },
        Failure::WideCell { cell, least, greatest } => {
            Failure::WideCell { cell: first(cell), least, greatest }
        }
        Failure::NegativeWeights { cells, rows } => {
            Failure::NegativeWeights { cells: cells.into_iter().flat_map(all).collect(), rows }
        }
        other => other,
    });
    located.collect()
}
