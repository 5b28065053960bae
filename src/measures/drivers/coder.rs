//! How answers enter the sums: by pairs, of complete rows alone, or with a mark of its own for a missing answer.

use super::pair_counts::PairCounts;
use super::patterns::Patterns;
use super::products::Products;

/// What becomes of rows without all answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MissingAnswers {
    /// Every correlation is of the rows with both answers.
    Pairwise,
    /// Only rows with all answers are used.
    Listwise,
    /// Rows with an outcome are used; each missing answer is taken out of the rest by a 0/1 predictor of its own (Cohen
    /// and Cohen 1975), which is approximate.
    Dummy,
}

/// Puts patterns into sums.
#[derive(Clone, Debug)]
pub(super) struct Coder {
    missing: MissingAnswers,
    /// By column, a number near its mean.
    origins: Vec<f64>,
    /// The columns that have a mark of their own.
    marked: Vec<usize>,
}

/// Room for the answers of a pattern.
#[derive(Clone, Debug)]
pub(super) struct Room {
    codes: Vec<usize>,
    x: Vec<f64>,
    known: Vec<f64>,
}

/// How a pattern entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Entered {
    Complete,
    Partial,
    LeftOut,
}

impl Coder {
    pub(super) fn new(patterns: &Patterns, missing: MissingAnswers) -> Self {
        let columns = patterns.predictors() + 1;
        let mut sums = vec![(0.0, 0.0); columns];
        let mut lacks = vec![false; columns];
        let mut codes = vec![0; columns];
        for pattern in 0..patterns.len() {
            patterns.codes(pattern, &mut codes);
            let count = f64::from(patterns.count(pattern).0);
            for (column, code) in codes.iter().enumerate() {
                match patterns.value(column, *code) {
                    Some(value) => sums[column] = (sums[column].0 + count * value, sums[column].1 + count),
                    None => lacks[column] = lacks[column] || codes.first() != Some(&0),
                }
            }
        }
        let mean = |(sum, n): &(f64, f64)| if *n > 0.0 { sum / n } else { 0.0 };
        let marked = (1..columns).filter(|column| missing == MissingAnswers::Dummy && lacks[*column]);
        Self { missing, origins: sums.iter().map(mean).collect(), marked: marked.collect() }
    }

    /// Of rows that were counted by pairs, which no mark is made for.
    pub(super) fn of_counts(patterns: &Patterns, counts: &PairCounts, missing: MissingAnswers) -> Self {
        let origin = |column: usize| {
            let values = patterns.values(column).iter().zip(1..);
            let (sum, n) = values.fold((0.0, 0.0), |(sum, n), (value, code)| {
                let rows: u64 = (0..counts.groups())
                    .map(|group| u64::from(counts.count(group, (column, code), (column, code))))
                    .sum();
                (sum + rows as f64 * value, n + rows as f64)
            });
            if n > 0.0 { sum / n } else { 0.0 }
        };
        let origins = (0..=patterns.predictors()).map(origin).collect();
        Self { missing, origins, marked: Vec::new() }
    }

    /// The columns of the sums: the outcome, the predictors, then the marks.
    pub(super) fn columns(&self) -> usize {
        self.origins.len() + self.marked.len()
    }

    /// The marks among them.
    pub(super) fn marks(&self) -> std::ops::Range<usize> {
        self.origins.len()..self.columns()
    }

    pub(super) fn origin(&self, column: usize) -> f64 {
        self.origins.get(column).copied().unwrap_or(0.0)
    }

    pub(super) fn room(&self) -> Room {
        let columns = self.columns();
        Room { codes: vec![0; self.origins.len()], x: vec![0.0; columns], known: vec![0.0; columns] }
    }

    /// Reads a pattern.
    pub(super) fn read(&self, patterns: &Patterns, pattern: usize, room: &mut Room) -> Entered {
        patterns.codes(pattern, &mut room.codes);
        let (mut missing, mut first) = (0_usize, false);
        for (column, code) in room.codes.iter().enumerate() {
            let value = patterns.value(column, *code);
            room.x[column] = value.map_or(0.0, |value| value - self.origin(column));
            room.known[column] = f64::from(u8::from(value.is_some()));
            missing += usize::from(value.is_none());
            first |= column == 0 && value.is_none();
        }
        for (mark, column) in self.marks().zip(&self.marked) {
            (room.x[mark], room.known[mark]) = (1.0 - room.known[*column], 1.0);
        }
        match self.missing {
            _ if missing == 0 => Entered::Complete,
            MissingAnswers::Dummy if !first => Entered::Complete,
            MissingAnswers::Pairwise if missing < room.codes.len() => Entered::Partial,
            _ => Entered::LeftOut,
        }
    }

    /// Adds what was read to sums, for rows of Σw.
    pub(super) fn add(room: &Room, entered: Entered, w: f64, into: &mut Products) {
        match entered {
            Entered::Complete => into.add_complete(&room.x, w),
            Entered::Partial => into.add_partial(&room.x, &room.known, w),
            Entered::LeftOut => {}
        }
    }
}
