//! What a survey tool writes around the answers: rows of headers, columns about the interview, options as columns.
//!
//! A [`Layout`] looks at the first records and says what it sees; it rests on what stays the same in every language
//! and account, never on a localised word. What is seen is one header and a recipe for each column, so that the
//! rest of the file can be passed on as a plain table.

mod rewrite;

use crate::survey::{ColumnFacts, FileFacts};

pub use rewrite::{Edits, Rewritten};

/// The first records of a file as text, blank lines left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FirstRecords {
    /// The records with their cells, trimmed of nothing.
    pub records: Vec<Vec<String>>,
    /// The line on which each begins, from 1; the line after the last record follows them.
    pub lines: Vec<u64>,
}

/// One survey tool's way to write answers.
pub trait Layout: Sync {
    /// The name for `--layout`, such as `qualtrics`.
    fn name(&self) -> &'static str;

    /// What is seen of this layout; none where a sign that it always has is missing.
    ///
    /// It must not claim files of other layouts, and a file that is half of it is not it.
    fn recognise(&self, first: &FirstRecords) -> Option<Seen>;
}

/// What a layout sees in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// What the file says of itself; `header_rows` records are no answers.
    pub file: FileFacts,
    /// The columns of the plain table, in order.
    pub columns: Vec<SeenColumn>,
}

/// A column of the plain table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenColumn {
    /// Its name: unique, on one line.
    pub name: String,
    /// What the file says of it.
    pub facts: ColumnFacts,
    /// Where its cells come from.
    pub cells: Cells,
}

/// Where the cells of a column come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cells {
    /// A column of the file, by position from 0, as it stands.
    Copied(usize),
    /// Options of one question, a column each: those that were ticked, joined.
    Ticked {
        /// Position of the column and the option it stands for.
        options: Vec<(usize, String)>,
        /// What stands between them.
        separator: String,
        /// Cell texts that say "not ticked" beside an empty cell, compared without case, such as `0`, `No`, `N`.
        unticked: Vec<String>,
    },
    /// A column whose cells have a mark of the tool in front or behind, which is taken off: `'=1+1`, `a;b;`.
    Stripped {
        /// The column, by position from 0.
        column: usize,
        /// What is taken off the front.
        prefix: &'static str,
        /// What is taken off the end.
        suffix: &'static str,
    },
}
