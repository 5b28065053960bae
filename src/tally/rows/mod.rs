//! The column store: what an analysis keeps of each row where counts are not enough.
//!
//! The pass that counts a plan fills it, so rows, codes, waves and weights are those of the counts, and standard input
//! is read once. It holds the rows that are counted, in file order for any number of threads: where each stands, the
//! codes of chosen variables (a byte or two each), numbers, the wave, the weight, dates in the settled order of day and
//! month, hashes of cells, and the texts of cells only where they are asked for. It stays under a bound in bytes or is
//! not there at all; nothing is written to disk.

mod answer_rows;
mod cells;
mod chunk;
mod condition;
mod join;
mod keeper;
mod kept_rows;
mod places;
mod selection;
#[cfg(test)]
mod tests;

pub use answer_rows::{AnswerRows, Days};
pub use join::RowsTooLarge;
pub use selection::RowSelection;

pub(super) use chunk::KeptChunks;
pub(super) use join::join;
pub(super) use keeper::{Keeping, RowKeeper};

use super::plan::Variable;
use crate::survey::DateColumn;

/// The bytes that rows may take unless another bound is given: about ten million rows of fifty answers.
pub const ROWS_KEPT_BYTES: u64 = 1 << 30;

/// What is kept of each row.
#[derive(Clone, Debug, PartialEq)]
pub struct Wanted {
    /// Variables of the plan whose codes, or numbers, are kept.
    pub variables: Vec<usize>,
    /// Variables that nothing counts, coded besides: an input may lack them and a row be too short for them. No ages.
    pub extra: Vec<Variable>,
    /// Columns, each by its alternative names, of which is kept whether a cell is there.
    pub presence: Vec<Vec<String>>,
    /// Date columns.
    pub dates: Vec<DateColumn>,
    /// Columns whose cells are kept as texts, without the blanks around them.
    pub texts: Vec<Vec<String>>,
    /// Groups of columns; of the cells of a group one hash is kept.
    pub hashes: Vec<Vec<Vec<String>>>,
    /// Whether cases of the sample that are left out, with or without an interview, are kept beside the rows that are
    /// counted.
    pub cases: bool,
    /// The most bytes that rows may take.
    pub most_bytes: u64,
}

impl Default for Wanted {
    /// Nothing but where rows stand, under the usual bound.
    fn default() -> Self {
        Self {
            variables: Vec::new(),
            extra: Vec::new(),
            presence: Vec::new(),
            dates: Vec::new(),
            texts: Vec::new(),
            hashes: Vec::new(),
            cases: false,
            most_bytes: ROWS_KEPT_BYTES,
        }
    }
}
