//! Counts as the rest of the program reasons from them: n, Σw and Σw², made of exact sums.

use crate::survey::{Missing, REASONS};

/// The count of one cell: how many rows, the sum of their weights and of the squared weights.
///
/// Without weights `w` and `w2` equal `n`. Sums are exact inside the engine and become floats once, here.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Count {
    /// Rows.
    pub n: u64,
    /// Sum of weights.
    pub w: f64,
    /// Sum of squared weights.
    pub w2: f64,
}

/// The counts of one coded variable in one stratum.
#[derive(Clone, Debug, PartialEq)]
pub struct Distribution {
    /// By point (from the smallest) or by category (in the order of `Counted::categories`).
    pub points: Vec<Count>,
    /// By reason, in the order of [`Missing::ALL`].
    pub missing: [Count; REASONS],
}

/// The joint counts of a pair of variables with the same points in one stratum.
#[derive(Clone, Debug, PartialEq)]
pub struct Joint {
    /// The number of points of the first variable (expectation).
    pub first_points: usize,
    /// The number of points of the second variable (perception).
    pub second_points: usize,
    /// `cells[first * second_points + second]`, pairs where both are answered.
    pub cells: Vec<Count>,
    /// Pairs without an answer by the first reason that applies, in the order of [`Missing::ALL`].
    pub missing: [Count; REASONS],
}

/// The counts of a question with several answers in one cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Selections {
    /// Rows that chose each option, in the order of `Counted::categories`.
    pub options: Vec<Count>,
    /// Rows that answered (chose at least one known option).
    pub answered: Count,
    /// By reason, in the order of [`Missing::ALL`].
    pub missing: [Count; REASONS],
}

/// The counts of a free number in one stratum.
#[derive(Clone, Debug, PartialEq)]
pub struct Values {
    /// Distinct values (rounded to 9 places) in rising order with their counts; empty when there were too many.
    pub values: Vec<(f64, Count)>,
    /// Whether there were more distinct values than are kept (10,000 a stratum); the moments stay exact.
    pub overflow: bool,
    /// Rows that answered.
    pub answered: Count,
    /// Σwx, Σwx², Σw²x, Σw²x², from exact sums.
    pub sum_wx: f64,
    /// Σwx².
    pub sum_wx2: f64,
    /// Σw²x.
    pub sum_w2x: f64,
    /// Σw²x².
    pub sum_w2x2: f64,
    /// Σ(x − mean)² of the unweighted rows, from exact sums, never negative.
    pub centred_sum_squares: f64,
    /// Σw(x − weighted mean)², from exact sums, never negative.
    pub centred_w_sum_squares: f64,
    /// Σw²(x − weighted mean)², from exact sums, never negative.
    pub centred_w2_sum_squares: f64,
    /// By reason, in the order of [`Missing::ALL`].
    pub missing: [Count; REASONS],
}

/// The counts of one tally of the plan in one stratum.
#[derive(Clone, Debug, PartialEq)]
pub enum Counts {
    /// One coded variable.
    Single(Distribution),
    /// A pair of coded variables.
    Pair(Joint),
    /// Several answers a row.
    Multiple(Selections),
    /// A free number.
    Number(Values),
}

impl Counts {
    /// The rows without an answer for a reason.
    pub fn missing(&self, reason: Missing) -> Count {
        let missing = match self {
            Self::Single(counts) => &counts.missing,
            Self::Pair(counts) => &counts.missing,
            Self::Multiple(counts) => &counts.missing,
            Self::Number(counts) => &counts.missing,
        };
        missing[usize::from(reason.code())]
    }

    /// The rows with an answer.
    pub fn answered(&self) -> u64 {
        self.answered_count().n
    }

    /// The rows with an answer and their weights.
    pub fn answered_count(&self) -> Count {
        match self {
            Self::Single(counts) => sum(&counts.points),
            Self::Pair(counts) => sum(&counts.cells),
            Self::Multiple(counts) => counts.answered,
            Self::Number(counts) => counts.answered,
        }
    }
}

fn sum(counts: &[Count]) -> Count {
    counts.iter().fold(Count::default(), |total, count| Count {
        n: total.n + count.n,
        w: total.w + count.w,
        w2: total.w2 + count.w2,
    })
}
