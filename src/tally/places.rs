//! Where the records of a block stand in their file, worked out for those that are told.

use std::collections::BTreeMap;

use super::account::provisional_row;
use crate::source::{Block, NotUtf8, Position, Record, Records};

/// Some records of a block of an input.
#[derive(Debug, Clone, Copy)]
pub(super) struct Places<'a> {
    /// The index of the input.
    pub(super) input: usize,
    /// The block.
    pub(super) block: &'a Block,
    /// How many columns of a list stand before those of the file.
    pub(super) brought: usize,
    /// The records.
    pub(super) records: &'a Records<'a>,
}

impl Places<'_> {
    /// The position of a record's field (from 0), or of the whole record.
    pub(super) fn of(&self, record: Record, field: Option<usize>) -> Position {
        Position {
            input: self.input,
            row: provisional_row(self.block.index, record.number()),
            line: self.block.first_line + self.records.lines_before(record),
            // What a list has brought stands nowhere in the file.
            column: field.map_or(0, |field| (field + 1).saturating_sub(self.brought) as u64),
        }
    }

    /// Whether the record has a field that is not blank from this place on.
    pub(super) fn is_filled_from(&self, record: Record, first: usize) -> bool {
        let mut copy = Vec::new();
        (first..record.fields()).any(|at| !self.records.field(record, at, &mut copy).trim_ascii().is_empty())
    }

    /// Takes note of a field that cannot be read, if that is because it is not UTF-8.
    pub(super) fn note_unread(&self, record: Record, field: usize, into: &mut BTreeMap<usize, NotUtf8>) {
        let mut copy = Vec::new();
        let cell = self.records.field(record, field, &mut copy);
        if std::str::from_utf8(cell).is_err() {
            let row = provisional_row(self.block.index, record.number());
            into.entry(self.input).or_default().note(cell, row, || self.of(record, Some(field)));
        }
    }
}
