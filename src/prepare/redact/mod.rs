//! A copy of the answers without what tells who gave them.
//!
//! Ids become keyed hashes, so that one person has one pseudonym in every file that is redacted with the same key.
//! What names a person directly goes; dates of birth become years, postal codes their first characters, moments their
//! day, addresses and numbers inside comments a mask. That is pseudonymous, not anonymous: names inside comments are not found, and rows
//! that stand alone by the columns that are kept are counted, not changed.

mod cell;
mod day;
mod key;
mod plan;
mod uniqueness;

use std::borrow::Cow;

pub use day::DayForm;
pub use key::{KEY_BYTES, KeyTooShort, PseudonymKey};
pub use plan::{RedactedColumn, Treatment, redacted_columns};
pub use uniqueness::UniqueRows;

use uniqueness::Uniqueness;

/// What is done to the cells of a file, and what is counted of them.
#[derive(Debug)]
pub struct Redaction {
    treatments: Vec<Treatment>,
    key: PseudonymKey,
    /// How many cells of each column were changed.
    changed: Vec<u64>,
    /// The columns by which rows may be told apart, by position.
    telling: Vec<usize>,
    /// Those of them that are segments.
    segments: Vec<usize>,
    uniqueness: Uniqueness,
    by_segments: Uniqueness,
}

/// A cell after its treatment.
#[derive(Debug, PartialEq, Eq)]
pub struct Treated<'a> {
    /// The text.
    pub text: Cow<'a, str>,
    /// The rules that changed it.
    pub rules: Vec<&'static str>,
}

impl Redaction {
    /// The redaction of a file with these columns.
    pub fn new(columns: &[RedactedColumn], key: PseudonymKey) -> Self {
        let named = || columns.iter().enumerate().filter(|(_, column)| column.tells);
        Self {
            treatments: columns.iter().map(|column| column.treatment).collect(),
            key,
            changed: vec![0; columns.len()],
            telling: named().map(|(at, _)| at).collect(),
            segments: named().filter(|(_, column)| column.is_segment).map(|(at, _)| at).collect(),
            uniqueness: Uniqueness::default(),
            by_segments: Uniqueness::default(),
        }
    }

    /// Whether a column goes.
    pub fn drops(&self, column: usize) -> bool {
        self.treatments.get(column) == Some(&Treatment::Drop)
    }

    /// A cell as it is written.
    pub fn treat<'a>(&mut self, column: usize, text: Cow<'a, str>) -> Treated<'a> {
        let treatment = self.treatments.get(column).copied().unwrap_or(Treatment::Mask);
        let treated = cell::treat(treatment, text, &self.key);
        if let Some(changed) = self.changed.get_mut(column).filter(|_| !treated.rules.is_empty()) {
            *changed += 1;
        }
        treated
    }

    /// How many cells of a column were changed; those of one that goes are not counted.
    pub fn changed(&self, column: usize) -> u64 {
        self.changed.get(column).copied().unwrap_or(0)
    }

    /// Counts a row by its cells as they are written.
    pub fn count<'a>(&mut self, cell: impl Fn(usize) -> &'a str) {
        if !self.telling.is_empty() {
            self.uniqueness.add(self.telling.iter().map(|at| cell(*at)));
        }
        if !self.segments.is_empty() {
            self.by_segments.add(self.segments.iter().map(|at| cell(*at)));
        }
    }

    /// How many rows stand alone; none where no column that is kept tells rows apart.
    pub fn unique_rows(&self) -> Option<UniqueRows> {
        (!self.telling.is_empty()).then(|| self.uniqueness.rows())
    }

    /// The same by the segments alone.
    pub fn unique_by_segments(&self) -> Option<UniqueRows> {
        (!self.segments.is_empty()).then(|| self.by_segments.rows())
    }
}
