//! The ledger: every row and cell, used or not, with the reason. It adds up.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::lookup::LookupLedger;

/// What was read, used and left out.
///
/// `rows_read` = `rows_used` + the rows of every entry of `excluded`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Ledger {
    /// Records after the header rows.
    pub rows_read: u64,
    /// Records that count in the figures.
    pub rows_used: u64,
    /// Records left out, by reason; no entry is 0.
    pub excluded: Vec<Excluded>,
    /// What was odd but kept, such as ragged rows; no entry is 0.
    pub kept: Vec<Excluded>,
    /// One line a question.
    pub questions: Vec<QuestionLedger>,
    /// One line a list whose columns were brought to the answers; written only where there is one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lookups: Vec<LookupLedger>,
}

/// Rows with one reason.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Excluded {
    /// The reason: short_row, preview, partial, excluded, duplicate_id, filtered, invalid_weight, zero_weight, no_date,
    /// repeated_header, other_wave …
    pub reason: String,
    /// How many rows.
    pub rows: u64,
    /// The first five.
    pub places: Vec<LedgerPlace>,
}

/// What became of one question's cells.
///
/// The six counts add up to `rows_used`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct QuestionLedger {
    /// The question's id.
    pub question: String,
    /// Cells with an answer.
    pub answered: Option<u64>,
    /// Cells that say not applicable.
    pub not_applicable: Option<u64>,
    /// Cells that say don't know.
    pub dont_know: Option<u64>,
    /// Empty cells and missing codes.
    pub blank: Option<u64>,
    /// Cells that the scale does not know.
    pub invalid: Option<u64>,
    /// Rows of files without the question, and of people to whom it was not put.
    pub not_asked: Option<u64>,
    /// The first five invalid cells.
    pub places: Vec<LedgerPlace>,
}

/// Where something was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LedgerPlace {
    /// The input's name.
    pub input: String,
    /// The record after the header rows, counted from 1.
    pub row: u64,
    /// The line of the file on which the record begins, counted from 1.
    pub line: u64,
    /// The column of the file, counted from 1, for a cell.
    pub column: Option<u64>,
}
