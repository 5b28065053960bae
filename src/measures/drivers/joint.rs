//! The outcome beside each predictor, answer by answer.

use super::pair_counts::PairCounts;
use super::patterns::Patterns;

/// The outcome beside one predictor.
#[derive(Clone, Debug, PartialEq)]
pub struct Joint {
    /// Σw by value of the outcome, then of the predictor.
    pub table: Vec<Vec<f64>>,
    /// The rows with both answers, or with every one.
    pub rows: u64,
}

impl Joint {
    fn empty(patterns: &Patterns, predictor: usize) -> Self {
        let width = patterns.values(predictor + 1).len();
        Self { table: vec![vec![0.0; width]; patterns.values(0).len()], rows: 0 }
    }

    /// By predictor, of the rows with both answers, or only of those with every one.
    pub(super) fn all(patterns: &Patterns, complete: bool) -> Vec<Self> {
        let mut joints: Vec<Self> = (0..patterns.predictors()).map(|p| Self::empty(patterns, p)).collect();
        let mut codes = vec![0; patterns.predictors() + 1];
        for pattern in 0..patterns.len() {
            patterns.codes(pattern, &mut codes);
            if complete && codes.contains(&0) {
                continue;
            }
            let (count, weight) = patterns.count(pattern);
            let Some(outcome) = codes.first().and_then(|code| code.checked_sub(1)) else { continue };
            for (joint, code) in joints.iter_mut().zip(codes.iter().skip(1)) {
                let cells = joint.table.get_mut(outcome);
                let cell = code.checked_sub(1).and_then(|place| cells?.get_mut(place));
                if let Some(cell) = cell {
                    *cell += f64::from(count) * weight;
                    joint.rows += u64::from(count);
                }
            }
        }
        joints
    }

    /// The same of rows that were counted by pairs.
    pub(super) fn of_counts(patterns: &Patterns, counts: &PairCounts) -> Vec<Self> {
        let of = |predictor: usize| {
            let mut joint = Self::empty(patterns, predictor);
            for (cells, outcome) in joint.table.iter_mut().zip(1..) {
                for (cell, code) in cells.iter_mut().zip(1..) {
                    let rows: u64 = (0..counts.groups())
                        .map(|group| u64::from(counts.count(group, (0, outcome), (predictor + 1, code))))
                        .sum();
                    *cell = rows as f64;
                    joint.rows += rows;
                }
            }
            joint
        };
        (0..patterns.predictors()).map(of).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::pair_counts::PairCounts;
    use super::super::patterns::{PatternColumn, sample};
    use super::Joint;

    #[test]
    fn pairs_give_the_tables_of_the_rows() {
        let columns = vec![PatternColumn { values: vec![1.0, 2.0, 3.0] }; 3];
        let patterns = sample::patterns(columns, 90, |column, row| (row / (column + 1)) % 4);
        for complete in [false, true] {
            let counts = PairCounts::new::<4>(&patterns, complete, 2).unwrap();
            assert_eq!(Joint::of_counts(&patterns, &counts), Joint::all(&patterns, complete));
        }
        // Rows 4k + 1 to 4k + 3 have an outcome; of them those with row / 2 not a multiple of 4, of 0 to 7: 3 (1), 2 (1), ...
        let first = &Joint::all(&patterns, false)[0];
        let by_hand = (0..90).filter(|row| row % 4 > 0 && row / 2 % 4 > 0).count();
        assert_eq!(usize::try_from(first.rows).unwrap(), by_hand);
    }
}
