//! A variable as a column: its cells, and what the dictionary says of it.

use std::ops::Range;

use super::encoding::Decoding;
use super::shape::Shape;
use crate::survey::ColumnFacts;

/// A variable, very long strings put together.
#[derive(Debug)]
pub(super) struct Variable {
    /// Its name; the long one where there is one.
    pub(super) name: String,
    /// Its first element of a case, from 0.
    pub(super) first: usize,
    /// Where its cells come from.
    pub(super) kind: Kind,
    /// What the file says of it.
    pub(super) facts: ColumnFacts,
    /// The range of its missing values; what is in it may be unlisted in the facts.
    pub(super) missing_range: Option<(f64, f64)>,
}

/// Where the cells of a variable come from.
#[derive(Debug)]
pub(super) enum Kind {
    /// A float.
    Number {
        /// Its place among the bytes of a case.
        at: usize,
        /// How it is printed.
        shape: Shape,
    },
    /// A string.
    Text {
        /// The places of its bytes, in order.
        pieces: Vec<Range<usize>>,
    },
}

/// How the bytes of values are read.
#[derive(Clone, Debug)]
pub(super) struct Values {
    /// Whether the most significant byte comes first.
    pub(super) is_big: bool,
    /// The number that stands for no value.
    pub(super) system_missing: f64,
    /// How text is read.
    pub(super) decoding: Decoding,
}

impl Values {
    /// The number of 8 bytes; none where it is system missing or no number.
    pub(super) fn number(&self, bytes: [u8; 8]) -> Option<f64> {
        let number = self.any_number(bytes);
        let is_missing = !number.is_finite()
            || [self.system_missing, -f64::MAX].iter().any(|missing| same(number, *missing));
        (!is_missing).then_some(number)
    }

    /// The number of 8 bytes, whatever it stands for.
    pub(super) fn any_number(&self, bytes: [u8; 8]) -> f64 {
        if self.is_big { f64::from_be_bytes(bytes) } else { f64::from_le_bytes(bytes) }
    }

    /// The number of a variable in a case.
    pub(super) fn number_at(&self, case: &[u8], at: usize) -> Option<f64> {
        let bytes = case.get(at..at + 8)?;
        self.number(<[u8; 8]>::try_from(bytes).ok()?)
    }
}

impl Variable {
    /// The cell of a case.
    pub(super) fn cell(&self, case: &[u8], values: &Values) -> String {
        match &self.kind {
            Kind::Number { at, shape } => {
                values.number_at(case, *at).map_or_else(String::new, |number| shape.print(number))
            }
            Kind::Text { pieces } => {
                if let [piece] = pieces.as_slice() {
                    return values.decoding.text(&case[piece.clone()]);
                }
                // A character may begin in one piece and end in the next.
                let bytes: Vec<&[u8]> = pieces.iter().map(|piece| &case[piece.clone()]).collect();
                values.decoding.text(&bytes.concat())
            }
        }
    }

    /// The label of a cell's text, where it has one.
    pub(super) fn label(&self, cell: &str) -> Option<&str> {
        self.facts.labels.iter().find(|(code, _)| code == cell).map(|(_, label)| label.as_str())
    }

    /// Whether it is a number.
    pub(super) fn is_number(&self) -> bool {
        matches!(self.kind, Kind::Number { .. })
    }
}

/// Whether two numbers are equal; no number equals none.
pub(super) fn same(one: f64, other: f64) -> bool {
    one.partial_cmp(&other) == Some(std::cmp::Ordering::Equal)
}
