//! The nearest correlations that a sample of complete rows could have.
//!
//! Correlations of pairs from different rows need not fit together. Alternating projections with Dykstra's correction
//! (Higham 2002, IMA Journal of Numerical Analysis 22): onto matrices whose eigenvalues are at least a small positive
//! number, and onto those with ones on the diagonal. Reference: R Matrix nearPD.

use super::symmetric::Symmetric;

/// What an eigenvalue is raised to: well above what counts as collinear.
const LEAST_EIGENVALUE: f64 = 1e-6;

/// More rounds than any table of ratings needs.
const MOST_ROUNDS: u32 = 10_000;

/// No cell moves more than this in the last round.
const SETTLED: f64 = 1e-10;

/// Correlations that fit together.
#[derive(Clone, Debug, PartialEq)]
pub struct NearestCorrelation {
    /// Row by row.
    pub cells: Vec<f64>,
    /// The largest change of a cell, 0 where the given ones fit together already.
    pub moved: f64,
}

/// The positive definite correlations nearest to symmetric `cells`, row by row.
///
/// `None` where there are not `size`² cells, one is not between −1 and 1, or the rounds do not settle.
pub fn nearest_correlation(cells: &[f64], size: usize) -> Option<NearestCorrelation> {
    let within = |cell: &f64| cell.is_finite() && cell.abs() <= 1.0 + 1e-9;
    if cells.len() != size * size || !cells.iter().all(within) {
        return None;
    }
    let given = Symmetric::new(size, |i, j| if i == j { 1.0 } else { cells[i * size + j] });
    let smallest = given.clone().eigenvalues()?.last().copied().unwrap_or(1.0);
    if smallest >= LEAST_EIGENVALUE {
        return Some(NearestCorrelation { cells: given.into_cells(), moved: 0.0 });
    }
    let mut correction = vec![0.0; size * size];
    let mut nearest = given.clone();
    for _ in 0..MOST_ROUNDS {
        let shifted = Symmetric::new(size, |i, j| nearest.at(i, j) - correction[i * size + j]);
        let raised = shifted.clone().raised(LEAST_EIGENVALUE)?;
        for (place, cell) in correction.iter_mut().enumerate() {
            *cell = raised.at(place / size, place % size) - shifted.at(place / size, place % size);
        }
        let next = Symmetric::new(size, |i, j| if i == j { 1.0 } else { raised.at(i, j) });
        let step = largest_difference(&next, &nearest);
        nearest = next;
        if step < SETTLED {
            // The last projection may have taken a hair off the least eigenvalue.
            let moved = largest_difference(&nearest, &given);
            return Some(NearestCorrelation { cells: nearest.into_cells(), moved });
        }
    }
    None
}

fn largest_difference(one: &Symmetric, other: &Symmetric) -> f64 {
    let n = one.size();
    (0..n * n)
        .map(|place| (one.at(place / n, place % n) - other.at(place / n, place % n)).abs())
        .fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;
    use proptest::prelude::*;

    use super::super::symmetric::Symmetric;
    use super::{LEAST_EIGENVALUE, nearest_correlation};

    fn least(cells: &[f64], size: usize) -> f64 {
        let values = Symmetric::new(size, |i, j| cells[i * size + j]).eigenvalues().unwrap();
        values[size - 1]
    }

    #[test]
    fn the_published_example_is_met() {
        // Higham 2002, page 334; the eigenvalue kept above 0 moves the fourth digit no further.
        let found = nearest_correlation(&[1.0, 1.0, 0.0, 1.0, 1.0, 1.0, 0.0, 1.0, 1.0], 3).unwrap();
        for (cell, wanted) in [(1, 0.7607), (2, 0.1573), (5, 0.7607)] {
            assert_relative_eq!(found.cells[cell], wanted, epsilon = 6e-5);
        }
        assert_relative_eq!(found.moved, 1.0 - 0.7607, epsilon = 6e-5);
    }

    #[test]
    fn what_fits_is_kept_and_what_is_no_correlation_is_refused() {
        let fits = [1.0, 0.4, 0.4, 1.0];
        let found = nearest_correlation(&fits, 2).unwrap();
        assert_eq!((found.cells.as_slice(), found.moved), (&fits[..], 0.0));
        assert_eq!(nearest_correlation(&[1.0, 1.5, 1.5, 1.0], 2), None);
        assert_eq!(nearest_correlation(&[1.0, f64::NAN, f64::NAN, 1.0], 2), None);
        assert_eq!(nearest_correlation(&[1.0], 2), None);
        assert!(nearest_correlation(&[], 0).unwrap().cells.is_empty());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn any_cells_become_correlations_no_further_than_shrinking_all_of_them(
            cells in prop::collection::vec(-1.0_f64..1.0, 10),
        ) {
            let size = 5;
            let place = |i: usize, j: usize| i.max(j) * (i.max(j) - 1) / 2 + i.min(j);
            let at = |i: usize, j: usize| if i == j { 1.0 } else { cells[place(i, j)] };
            let given: Vec<f64> = (0..25).map(|cell| at(cell / 5, cell % 5)).collect();
            let found = nearest_correlation(&given, size).unwrap();
            prop_assert!(least(&found.cells, size) > LEAST_EIGENVALUE * 0.5);
            prop_assert!(found.cells.iter().all(|cell| cell.abs() <= 1.0 + 1e-12));
            let distance = |other: &dyn Fn(usize) -> f64| -> f64 {
                (0..25).map(|cell| (given[cell] - other(cell)).powi(2)).sum()
            };
            // Towards independence until positive definite: a correlation matrix, so no nearer than the nearest.
            let lowest = least(&given, size).min(0.0);
            let share = (1.0 - LEAST_EIGENVALUE) / (1.0 - lowest);
            let shrunk = distance(&|cell| if cell % 6 == 0 { 1.0 } else { given[cell] * share });
            prop_assert!(distance(&|cell| found.cells[cell]) <= shrunk + 1e-7);
        }
    }
}
