//! What is left of a sampling variance where rows are a part of a known population.
//!
//! Replicates are moved towards the estimate: their deviations shrink by the root of 1 - f, as those of the rescaling
//! bootstrap do to first order (Rao and Wu 1988; Shao and Tu 1995, 6.2), and errors of coefficients by the same root
//! (Cochran 1977, 2.8). n is that of the pair of outcome and driver with the fewest answers, so that f is never too large.

use crate::measures::Patterns;
use crate::stats::corrected_variance;

use super::ask::DriversMissing;

/// 1 - n/N for the rows of patterns: 0 for a census, 1 where no population is known.
pub(super) fn left(population: Option<u64>, patterns: &Patterns, missing: DriversMissing) -> f64 {
    let Some(population) = population else { return 1.0 };
    let answered = fewest(patterns, missing);
    if answered >= population {
        return 0.0;
    }
    corrected_variance(1.0, answered as f64, population as f64).unwrap_or(1.0)
}

/// The fewest rows that a figure rests on.
fn fewest(patterns: &Patterns, missing: DriversMissing) -> u64 {
    let mut codes = vec![0; patterns.predictors() + 1];
    let (mut complete, mut outcomes) = (0, 0);
    let mut both = vec![0_u64; patterns.predictors()];
    for pattern in 0..patterns.len() {
        patterns.codes(pattern, &mut codes);
        let rows = u64::from(patterns.count(pattern).0);
        let Some((outcome, predictors)) = codes.split_first().filter(|(outcome, _)| **outcome > 0) else {
            continue;
        };
        outcomes += rows;
        complete += if *outcome > 0 && predictors.iter().all(|code| *code > 0) { rows } else { 0 };
        let known = both.iter_mut().zip(predictors).filter(|(_, code)| **code > 0);
        known.for_each(|(both, _)| *both += rows);
    }
    match missing {
        DriversMissing::Listwise => complete,
        DriversMissing::Dummy => outcomes,
        DriversMissing::Pairwise => both.into_iter().min().unwrap_or(0),
    }
}

#[cfg(test)]
#[allow(clippy::float_cmp)]
mod tests {
    use super::*;
    use crate::measures::{PatternColumn, RowCodes};

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
        let of = |population, missing| left(population, &patterns, missing);
        assert_eq!(of(None, DriversMissing::Pairwise), 1.0);
        assert_eq!(of(Some(6), DriversMissing::Pairwise), 0.5);
        assert_eq!(of(Some(8), DriversMissing::Dummy), 0.5);
        assert_eq!(of(Some(3), DriversMissing::Listwise), 0.0);
    }
}
