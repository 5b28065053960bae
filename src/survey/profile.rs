//! What the head of a file looks like: the header and a bounded table of values for each column.
//!
//! Filled by `source` from the first 8 MiB or 20,000 records; read by inference, `init` and the checks that
//! bind a definition to a file.

use std::collections::BTreeMap;

use super::{ColumnFacts, FileFacts};

/// The header and the values of the head of one file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Profile {
    /// The name of the input.
    pub input: String,
    /// The columns in file order.
    pub columns: Vec<ColumnProfile>,
    /// How many records were looked at.
    pub records: u64,
    /// Whether that was the whole file.
    pub complete: bool,
    /// How many fields the header of the file has.
    pub header_fields: usize,
    /// How many records have so many fields, by their number.
    pub fields: BTreeMap<usize, u64>,
    /// How many records the file calls a test and unfinished, both.
    pub unfinished_tests: u64,
    /// The line of the first record that has not as many fields as the header; a field too many that is empty is none.
    pub first_ragged: Option<u64>,
    /// What the file says of itself.
    pub file: FileFacts,
}

/// One column of the head of a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ColumnProfile {
    /// The header cell, trimmed.
    pub name: String,
    /// Distinct cell texts (trimmed) with their counts, in order of first appearance; at most 1,001 are kept.
    pub values: Vec<(String, u64)>,
    /// Whether there were more distinct values than are kept.
    pub overflow: bool,
    /// How many cells were empty after trimming.
    pub empty: u64,
    /// How many cells were not empty.
    pub filled: u64,
    /// The longest cell in characters.
    pub longest: usize,
    /// What the file says of the column.
    pub facts: ColumnFacts,
}
