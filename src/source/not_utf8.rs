//! Cells of an input read as UTF-8 that are not: how many, the first of them, and what they most likely are.
//!
//! The head of a file says its encoding, and a head of ASCII says UTF-8. What stands further down shows in the cells
//! that cannot be read, so this is filled where such cells are met and costs nothing elsewhere.

use std::collections::BTreeMap;

use super::Position;
use super::format::encoding::{self, Encoding, Guess};

/// How many of the cells are kept to guess by: the first by position, whoever met them.
const CELLS_KEPT: usize = 32;

/// How much of each is kept.
const BYTES_KEPT: usize = 128;

/// The cells of one input that are not UTF-8, among those that were looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NotUtf8 {
    cells: u64,
    first: BTreeMap<Position, Vec<u8>>,
}

impl NotUtf8 {
    /// Counts a cell. `row` rises with the record; the position is worked out for the first cells only.
    pub fn note(&mut self, cell: &[u8], row: u64, position: impl FnOnce() -> Position) {
        self.cells += 1;
        let is_late = self.first.last_key_value().is_some_and(|(last, _)| last.row < row);
        if is_late && self.first.len() >= CELLS_KEPT {
            return;
        }
        self.first.insert(position(), cell[..cell.len().min(BYTES_KEPT)].to_vec());
        self.keep_first();
    }

    /// Adds what another has met, in any order.
    pub fn merge(&mut self, other: &Self) {
        self.cells += other.cells;
        self.first.extend(other.first.iter().map(|(position, cell)| (*position, cell.clone())));
        self.keep_first();
    }

    /// How many cells.
    pub fn cells(&self) -> u64 {
        self.cells
    }

    /// The line on which the first of them begins.
    pub fn first_line(&self) -> Option<u64> {
        self.first.first_key_value().map(|(position, _)| position.line)
    }

    /// What the first of them are, read by themselves; none where nothing but UTF-8 comes out.
    pub fn guess(&self) -> Option<Guess> {
        let text: Vec<u8> = self.first.values().flat_map(|cell| [cell, &b"\n"[..]].concat()).collect();
        Some(encoding::sniff(&text, None)).filter(|guess| guess.encoding != Encoding::Utf8)
    }

    fn keep_first(&mut self) {
        while self.first.len() > CELLS_KEPT {
            self.first.pop_last();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(row: u64) -> Position {
        Position { input: 0, row, line: row + 1, column: 2 }
    }

    fn met(rows: impl Iterator<Item = u64>) -> NotUtf8 {
        let mut found = NotUtf8::default();
        for row in rows {
            found.note(b"M\xfcnchen, sch\xf6n", row, || at(row));
        }
        found
    }

    #[test]
    fn the_first_cells_are_kept_whoever_met_them() {
        let all = met(1..=100);
        let mut halves = met((1..=100).filter(|row| row % 2 == 0));
        halves.merge(&met((1..=100).filter(|row| row % 2 == 1)));
        assert_eq!(all, halves);
        assert_eq!((all.cells(), all.first_line(), all.first.len()), (100, Some(2), CELLS_KEPT));
        assert_eq!(met((1..=100).rev()), all, "columns are looked at one after the other");
    }

    #[test]
    fn what_they_are_is_guessed_from_what_was_kept() {
        assert_eq!(
            met(7..9).guess().map(|guess| guess.encoding.to_string()).as_deref(),
            Some("windows-1252")
        );
        assert_eq!(NotUtf8::default().guess(), None);
        let mut long = NotUtf8::default();
        long.note(&[b'\xe4'; 5000], 1, || at(1));
        assert_eq!(long.first.values().map(Vec::len).collect::<Vec<_>>(), [BYTES_KEPT]);
    }
}
