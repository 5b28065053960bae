//! The account of a file of cases.

use std::collections::BTreeMap;

use super::category::JoinedCategory;
use super::order::SettledOrder;
use crate::diagnostic::visible;
use crate::source::{NotUtf8, PLACES_KEPT, Position, Tallied};
use crate::survey::{CaseColumn, CaseKind, mask};

/// How much of a cell is looked at to be shown, in bytes.
const LOOKED_AT: usize = 1_000;
/// How much of a cell is shown, in characters.
const SHOWN: usize = 60;

/// What became of the records of a file and of their cells.
///
/// It adds up: `rows_read` is `rows_used` and all of `excluded`; of each field `read`, `blank`, `unreadable` and
/// `out_of_reach` together are `rows_used`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseLedger {
    /// Records after the header rows.
    pub rows_read: u64,
    /// Records that are cases.
    pub rows_used: u64,
    /// Records left out, by reason: `repeated_header`, `blank_row`, `short_row` (it ends before the columns that are
    /// asked for, and what is there is no case), `repeated_record` (the identity and the record of one before),
    /// `repeated_id` (the identity of one before, in another record).
    pub excluded: BTreeMap<&'static str, Tallied>,
    /// Records kept though odd, by reason: `ragged_row` (fewer fields than the header, or more that are blank),
    /// `overlong_row` (more fields than the header).
    pub kept: BTreeMap<&'static str, Tallied>,
    /// The fields, in the order in which they were asked for.
    pub fields: Vec<FieldLedger>,
    /// Cells that were read as UTF-8 and are not, among those of all fields but identities.
    pub not_utf8: NotUtf8,
}

impl CaseLedger {
    /// The account of a field.
    pub fn field(&self, id: &str) -> Option<&FieldLedger> {
        self.fields.iter().find(|field| field.field == id)
    }
}

/// The column of a field in a further file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldColumn {
    /// The place of the file among all, from 1: the first one is not among these.
    pub input: usize,
    /// The name of the column.
    pub column: String,
    /// Where it stands in that file, counted from 1.
    pub position: u64,
}

/// What became of the cells of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldLedger {
    /// The id of the field.
    pub field: String,
    /// What it holds.
    pub kind: CaseKind,
    /// The name of its column.
    pub column: String,
    /// Whether the column was guessed.
    pub guessed: bool,
    /// Where the column stands in the file, counted from 1; 0 where only further files have one.
    pub position: u64,
    /// Its columns in the further files, where there are several; those that have none are not there.
    pub further: Vec<FieldColumn>,
    /// Cells with a value.
    pub read: u64,
    /// Cells without anything, or with a text that means blank.
    pub blank: u64,
    /// Cells that hold something else than the field does.
    pub unreadable: FoundCells,
    /// Moments of the years 1900 to 2200 outside 1970 to 2105, such as `1900-01-01`, which stands for none; numbers
    /// beyond 10¹⁵. A date of any other year, `9999-12-31` for one, is unreadable.
    pub out_of_reach: FoundCells,
    /// Moments of which only the month is written; they are its first day.
    pub month_only: Tallied,
    /// How days and months were told apart; none where nothing depends on it, or where few cells do that do not tell:
    /// of these the ones that can be read both ways are unreadable.
    pub order: Option<SettledOrder>,
    /// Categories written in several ways.
    pub joined: Vec<JoinedCategory>,
}

impl FieldLedger {
    /// An account of nothing yet; `position` counts from 1.
    pub(super) fn new(column: &CaseColumn, position: u64) -> Self {
        Self {
            field: column.field.clone(),
            kind: column.kind,
            column: column.column.clone(),
            guessed: column.guessed,
            position,
            further: Vec::new(),
            read: 0,
            blank: 0,
            unreadable: FoundCells::default(),
            out_of_reach: FoundCells::default(),
            month_only: Tallied::default(),
            order: None,
            joined: Vec::new(),
        }
    }

    /// Cells with anything in them.
    pub fn filled(&self) -> u64 {
        self.read + self.unreadable.cells + self.out_of_reach.cells
    }
}

/// A number of cells, and the first of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FoundCells {
    /// How many.
    pub cells: u64,
    /// The first [`PLACES_KEPT`] by position.
    pub places: Vec<FoundCell>,
}

/// A cell that is told.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FoundCell {
    /// Where it stands.
    pub position: Position,
    /// What stands there, at most 60 characters of it, control characters spelt out, addresses and numbers of
    /// accounts masked. Identities are always readable, so that none is ever here.
    pub text: String,
}

impl FoundCell {
    /// A cell as it may be shown.
    pub(super) fn of(position: Position, cell: &[u8]) -> Self {
        let head = cell.get(..LOOKED_AT).unwrap_or(cell);
        let text = String::from_utf8_lossy(head);
        // Dates that are wrong look like telephone numbers, and would be told without what is wrong with them.
        let masked =
            mask(text.trim()).filter(|masked| masked.rules.iter().any(|rule| *rule != "masked_phone"));
        let text = visible(&masked.map_or_else(|| text.trim().to_owned(), |masked| masked.text));
        let is_long = cell.len() > head.len() || text.chars().count() > SHOWN;
        let mut shown: String = text.chars().take(SHOWN).collect();
        if is_long {
            shown.push('…');
        }
        Self { position, text: shown }
    }
}

impl FoundCells {
    /// Counts one more; positions come in rising order, so the first come first, and the others are not worked out.
    #[inline]
    pub(super) fn note(&mut self, cell: impl FnOnce() -> FoundCell) {
        self.cells += 1;
        if self.places.len() < PLACES_KEPT {
            self.places.push(cell());
        }
    }

    /// Adds what another has found, in any order.
    pub(super) fn merge(&mut self, other: Self) {
        self.cells += other.cells;
        self.places.extend(other.places);
        self.places.sort_unstable();
        self.places.truncate(PLACES_KEPT);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(row: u64) -> Position {
        Position { input: 0, row, line: row + 1, column: 3 }
    }

    #[test]
    fn cells_are_cut_masked_and_made_visible() {
        let shown = |cell: &[u8]| FoundCell::of(at(1), cell).text;
        assert_eq!(shown(b" soon "), "soon");
        assert_eq!(shown(b"a\x1b[31m\x07"), "a\\u{1b}[31m\\u{7}");
        assert_eq!(shown(b"ask ann@example.org"), "ask [e-mail]");
        assert_eq!(shown(b"31.02.2026"), "31.02.2026");
        assert_eq!(shown(b"04/13/2026 10:15:00"), "04/13/2026 10:15:00");
        assert_eq!(shown(b"\xff\xfe"), "\u{fffd}\u{fffd}");
        let long = shown("é".repeat(10_000_000).as_bytes());
        assert_eq!((long.chars().count(), long.ends_with("é…")), (SHOWN + 1, true));
        assert_eq!(shown(b""), "");
    }

    #[test]
    fn the_first_places_are_kept_whichever_way_they_are_put_together() {
        let found = |rows: &[u64]| {
            let mut found = FoundCells::default();
            for &row in rows {
                found.note(|| FoundCell::of(at(row), b"x"));
            }
            found
        };
        let (mut left, mut right) = (found(&[1, 3, 5, 7, 9, 11]), found(&[2, 4]));
        let (odd, even) = (left.clone(), right.clone());
        left.merge(even);
        right.merge(odd);
        assert_eq!(left, right);
        assert_eq!(left.cells, 8);
        assert_eq!(left.places.iter().map(|cell| cell.position.row).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
    }
}
