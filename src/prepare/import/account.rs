//! What went through an import, in numbers.

use std::collections::BTreeMap;

use serde::Serialize;

/// The rows and edits of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ImportAccount {
    /// Rows below the headers.
    pub rows: u64,
    /// Rows that were written.
    pub written: u64,
    /// Previews and tests by the file's own word; left out unless they are kept.
    pub tests: u64,
    /// Rows that are the header once more; left out.
    pub repeated_headers: u64,
    /// Rows of people who did not reach the end, by the file's own word; tests among them are not counted.
    pub partial: u64,
    /// Rows without any answer; tests among them are not counted.
    pub blank: u64,
    /// Rows with fewer cells than the header; written as they are.
    pub short: u64,
    /// Rows with filled cells beyond the header; those cells are cut off.
    pub long: u64,
    /// Cells with bytes that are no UTF-8, each such sequence written as U+FFFD.
    pub undecodable_cells: u64,
    /// Edits by rule.
    pub edits: BTreeMap<&'static str, u64>,
}
