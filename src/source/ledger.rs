//! The account of what was read: rows left out by reason, odd rows kept, invalid cells, with their first places.

use std::collections::BTreeMap;

use super::NotUtf8;

/// How many places are kept of each kind.
pub const PLACES_KEPT: usize = 5;

/// Where something was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The index of the input.
    pub input: usize,
    /// The record after the header rows, counted from 1.
    pub row: u64,
    /// The line on which the record begins, counted from 1.
    pub line: u64,
    /// The column of the file, counted from 1; 0 for the whole row.
    pub column: u64,
}

/// A number of rows or cells with the first places.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tallied {
    /// How many.
    pub rows: u64,
    /// The first [`PLACES_KEPT`] by position.
    pub places: Vec<Position>,
}

impl Tallied {
    /// Counts one more; positions come in rising order, so the first come first, and the others are not worked out.
    #[inline]
    pub fn note(&mut self, position: impl FnOnce() -> Position) {
        self.rows += 1;
        if self.places.len() < PLACES_KEPT {
            self.places.push(position());
        }
    }

    /// Counts several, of which the i-th stands at `position(i)`.
    pub fn note_all(&mut self, count: usize, position: impl FnMut(usize) -> Position) {
        self.rows += count as u64;
        let wanted = PLACES_KEPT.saturating_sub(self.places.len()).min(count);
        self.places.extend((0..wanted).map(position));
    }

    /// Adds what another has found, in any order.
    pub fn merge(&mut self, other: &Self) {
        self.rows += other.rows;
        self.places.extend_from_slice(&other.places);
        self.places.sort_unstable();
        self.places.truncate(PLACES_KEPT);
    }
}

/// The account of one pass.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    /// Records after the header rows.
    pub rows_read: u64,
    /// Records that are in the strata (any wave).
    pub rows_used: u64,
    /// Rows left out, by reason: `short_row`, `invalid_weight`, `zero_weight`, `no_date`, `repeated_header`, and those of the plan's own rules,
    /// such as `filtered`.
    pub excluded: BTreeMap<&'static str, Tallied>,
    /// Rows kept though odd, by reason: `ragged_row`, `overlong_row`, `rounded_weight`, `outside_base`.
    pub kept: BTreeMap<&'static str, Tallied>,
    /// Invalid cells of used rows by variable id and wave label (empty without waves).
    pub invalid: BTreeMap<(String, String), Tallied>,
    /// By input, cells that were read as UTF-8 and are not, among those that were looked at. They are invalid, left
    /// out with their row, or read with U+FFFD, and counted there too.
    pub not_utf8: BTreeMap<usize, NotUtf8>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(rows: &[u64]) -> Tallied {
        let mut tallied = Tallied::default();
        for &row in rows {
            tallied.note(|| Position { input: 0, row, line: row + 1, column: 0 });
        }
        tallied
    }

    #[test]
    fn merging_keeps_the_first_places_in_either_order() {
        let (odd, even) = (found(&[1, 3, 5, 7, 9, 11, 13]), found(&[2, 4]));
        let mut left = odd.clone();
        left.merge(&even);
        let mut right = even.clone();
        right.merge(&odd);
        assert_eq!(left, right);
        assert_eq!(left.rows, 9);
        let rows: Vec<u64> = left.places.iter().map(|place| place.row).collect();
        assert_eq!(rows, [1, 2, 3, 4, 5]);
    }
}
