//! What is left of a sampling variance where rows are a part of a known population.
//!
//! Replicates are moved towards the estimate: their deviations shrink by the root of 1 - f, as those of the rescaling
//! bootstrap do to first order (Rao and Wu 1988; Shao and Tu 1995, 6.2), and errors of coefficients by the same root
//! (Cochran 1977, 2.8). n is that of the pair of outcome and driver with the fewest answers, so that f is never too large.

use crate::measures::Coverage;
use crate::stats::corrected_variance;

use super::ask::DriversMissing;

/// 1 - n/N for rows with these answers: 0 for a census, 1 where no population is known.
pub(super) fn left(population: Option<u64>, coverage: &Coverage, missing: DriversMissing) -> f64 {
    let Some(population) = population else { return 1.0 };
    // The fewest rows that a figure rests on.
    let answered = match missing {
        DriversMissing::Listwise => coverage.complete,
        DriversMissing::Dummy => coverage.used,
        DriversMissing::Pairwise => coverage.fewest_with_outcome(),
    };
    if answered >= population {
        return 0.0;
    }
    corrected_variance(1.0, answered as f64, population as f64).unwrap_or(1.0)
}

#[cfg(test)]
#[allow(clippy::float_cmp)]
mod tests {
    use super::*;
    use crate::measures::{Drivers, PatternColumn, Patterns, RowCodes};

    struct Rows([[u32; 2]; 5]);

    impl RowCodes for Rows {
        fn write(&self, column: usize, rows: &[u32], into: &mut [u32]) {
            for (row, code) in rows.iter().zip(into) {
                *code = self.0[usize::try_from(*row).unwrap()][column];
            }
        }

        fn weight(&self, _: u32) -> Option<f64> {
            None
        }
    }

    #[test]
    fn the_fewest_answers_to_both_say_how_much_is_left() {
        let rows = Rows([[1, 2], [2, 0], [0, 1], [2, 2], [1, 1]]);
        let columns = vec![PatternColumn { values: vec![1.0, 2.0] }; 2];
        let patterns = Patterns::new(columns, &[0, 1, 2, 3, 4], &rows, 1);
        let of = |population, missing: DriversMissing| {
            let drivers = Drivers::new(&patterns, missing.answers(), 1);
            left(population, drivers.coverage(), missing)
        };
        assert_eq!(of(None, DriversMissing::Pairwise), 1.0);
        assert_eq!(of(Some(6), DriversMissing::Pairwise), 0.5);
        assert_eq!(of(Some(8), DriversMissing::Dummy), 0.5);
        assert_eq!(of(Some(3), DriversMissing::Listwise), 0.0);
    }
}
