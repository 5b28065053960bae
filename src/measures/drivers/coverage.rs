//! Which rows have the answers: all of them, those of use, those to both of two columns.

use super::coder::MissingAnswers;
use super::pair_counts::PairCounts;
use super::patterns::Patterns;

/// Which rows have the answers; columns are numbered from 0, the outcome, on.
#[derive(Clone, Debug, PartialEq)]
pub struct Coverage {
    /// Rows with every answer.
    pub complete: u64,
    /// Rows that are used.
    pub used: u64,
    columns: usize,
    /// By two columns, the rows with both answers.
    both: Vec<u64>,
}

impl Coverage {
    pub(super) fn of(patterns: &Patterns, missing: MissingAnswers) -> Self {
        let columns = patterns.predictors() + 1;
        let (mut complete, mut used) = (0, 0);
        let mut both = vec![0; columns * columns];
        let mut codes = vec![0; columns];
        for pattern in 0..patterns.len() {
            patterns.codes(pattern, &mut codes);
            let rows = u64::from(patterns.count(pattern).0);
            let has_outcome = codes.first().is_some_and(|code| *code > 0);
            let is_complete = codes.iter().all(|code| *code > 0);
            let is_used = match missing {
                MissingAnswers::Pairwise => has_outcome && codes.iter().skip(1).any(|code| *code > 0),
                MissingAnswers::Listwise => is_complete,
                MissingAnswers::Dummy => has_outcome,
            };
            used += if is_used { rows } else { 0 };
            complete += if is_complete { rows } else { 0 };
            for (i, _) in codes.iter().enumerate().filter(|(_, code)| **code > 0) {
                let known =
                    codes.iter().zip(both.iter_mut().skip(i * columns)).filter(|(code, _)| **code > 0);
                known.for_each(|(_, both)| *both += rows);
            }
        }
        Self { complete, used, columns, both }
    }

    /// Of rows that were counted by pairs, without marks for missing answers.
    pub(super) fn of_counts(counts: &PairCounts, columns: usize, missing: MissingAnswers) -> Self {
        let pair = |place: usize| {
            let (i, j) = (place / columns, place % columns);
            counts.both(i.min(j), i.max(j))
        };
        let used = if missing == MissingAnswers::Listwise { counts.complete } else { counts.used };
        Self { complete: counts.complete, used, columns, both: (0..columns * columns).map(pair).collect() }
    }

    /// The fewest rows with an outcome and an answer to one predictor; 0 without predictors.
    pub fn fewest_with_outcome(&self) -> u64 {
        self.both.iter().take(self.columns).skip(1).min().copied().unwrap_or(0)
    }

    /// The two columns that the fewest rows have both answers to, and how many; `None` without two columns.
    pub fn fewest_in_common(&self) -> Option<(usize, usize, u64)> {
        let pairs =
            self.both.iter().enumerate().map(|(at, rows)| (at / self.columns, at % self.columns, *rows));
        pairs.filter(|(one, other, _)| one < other).min_by_key(|(_, _, rows)| *rows)
    }
}

#[cfg(test)]
mod tests {
    use super::super::pair_counts::PairCounts;
    use super::super::patterns::{PatternColumn, sample};
    use super::{Coverage, MissingAnswers};

    #[test]
    fn pairs_say_what_a_walk_over_the_rows_says() {
        let rows = [[1, 2, 0], [0, 1, 1], [2, 0, 0], [1, 1, 2], [2, 2, 2], [0, 0, 0], [1, 0, 2]];
        let columns = vec![PatternColumn { values: vec![1.0, 2.0] }; 3];
        let patterns = sample::patterns(columns, rows.len(), |column, row| rows[row][column]);
        for (missing, used) in
            [(MissingAnswers::Pairwise, 4), (MissingAnswers::Listwise, 2), (MissingAnswers::Dummy, 5)]
        {
            let found = Coverage::of(&patterns, missing);
            assert_eq!((found.complete, found.used, found.fewest_in_common()), (2, used, Some((0, 1, 3))));
            assert_eq!(found.fewest_with_outcome(), 3);
            if missing == MissingAnswers::Pairwise {
                let counts = PairCounts::new::<3>(&patterns, false, 2).unwrap();
                assert_eq!(Coverage::of_counts(&counts, 3, missing), found);
            }
        }
    }
}
