//! Which ids stand in several rows, and which of these rows stays: the earlier or the later place decides, so that it
//! is the same for any number of workers.
//!
//! An id is remembered by its hash of 128 bits, whatever its length, while the inputs are read for the first time;
//! for the second time only those that stand in several rows are.

use hashbrown::HashMap;
use xxhash_rust::xxh3::xxh3_128;

use crate::survey::{KeptRow, normalize};

/// A row by its input and its provisional number.
pub(super) type RowPlace = (u32, u64);

/// The ids that a worker has met.
#[derive(Debug)]
pub(super) struct IdTable {
    keep: KeptRow,
    rows: HashMap<u128, Seen>,
}

#[derive(Clone, Copy, Debug)]
struct Seen {
    row: u64,
    input: u32,
    again: bool,
}

/// The row that stays of each id that stands in several.
#[derive(Debug, Default)]
pub(super) struct Repeated {
    stays: HashMap<u128, RowPlace>,
}

impl IdTable {
    /// No ids yet.
    pub(super) fn new(keep: KeptRow) -> Self {
        Self { keep, rows: HashMap::new() }
    }

    /// Takes a row into account.
    pub(super) fn note(&mut self, id: u128, (input, row): RowPlace) {
        self.add(id, Seen { row, input, again: false });
    }

    /// Adds what another worker has met.
    pub(super) fn merge(mut self, mut other: Self) -> Self {
        if other.rows.len() > self.rows.len() {
            std::mem::swap(&mut self.rows, &mut other.rows);
        }
        for (id, seen) in other.rows {
            self.add(id, seen);
        }
        self
    }

    /// The ids that stand in several rows.
    pub(super) fn into_repeated(self) -> Repeated {
        let several = self.rows.into_iter().filter(|(_, seen)| seen.again);
        Repeated { stays: several.map(|(id, seen)| (id, (seen.input, seen.row))).collect() }
    }

    fn add(&mut self, id: u128, seen: Seen) {
        let keep = self.keep;
        self.rows
            .entry(id)
            .and_modify(|known| {
                let is_later = (seen.input, seen.row) > (known.input, known.row);
                let stays = if is_later == (keep == KeptRow::Last) { seen } else { *known };
                *known = Seen { again: true, ..stays };
            })
            .or_insert(seen);
    }
}

impl Repeated {
    /// Whether another row with this id stays instead.
    pub(super) fn leaves_out(&self, id: u128, row: RowPlace) -> bool {
        self.stays.get(&id).is_some_and(|stays| *stays != row)
    }
}

/// What stands for an id: the hash of its text, trimmed and in one Unicode form; none where it is blank.
pub(super) fn id_of(cell: &[u8], missing: &[String]) -> Option<u128> {
    let text = String::from_utf8_lossy(cell);
    let text = if text.is_ascii() { text } else { normalize(&text).into() };
    let text = text.trim_matches(crate::survey::is_blank);
    let is_blank = text.is_empty() || missing.iter().any(|missing| missing == text);
    (!is_blank).then(|| xxh3_128(text.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_compared_without_blanks_in_one_form() {
        let id = |text: &str| id_of(text.as_bytes(), &["NA".to_owned()]);
        assert_eq!(id(" r1\t"), id("r1"));
        assert_eq!(id("\u{a0}Zoe\u{308}"), id("Zo\u{eb}"));
        assert_ne!(id("R1"), id("r1"));
        assert_ne!(id("01"), id("1"));
        for blank in ["", "  ", "\u{200b}", "NA", " NA "] {
            assert_eq!(id(blank), None, "{blank:?}");
        }
    }

    #[test]
    fn the_earlier_or_the_later_row_stays_in_any_order_of_merging() {
        let rows: [(u128, RowPlace); 6] =
            [(1, (0, 3)), (1, (0, 1)), (2, (0, 2)), (1, (1, 0)), (3, (1, 9)), (3, (1, 8))];
        for (keep, one, three) in [(KeptRow::First, (0, 1), (1, 8)), (KeptRow::Last, (1, 0), (1, 9))] {
            for cut in 0..=rows.len() {
                let table = |rows: &[(u128, RowPlace)]| {
                    let mut table = IdTable::new(keep);
                    rows.iter().for_each(|(id, place)| table.note(*id, *place));
                    table
                };
                let repeated = table(&rows[cut..]).merge(table(&rows[..cut])).into_repeated();
                assert_eq!(repeated.stays.len(), 2, "one id stands once");
                assert_eq!((repeated.stays[&1], repeated.stays[&3]), (one, three));
                assert!(!repeated.leaves_out(1, one) && repeated.leaves_out(1, (0, 3)));
                assert!(!repeated.leaves_out(2, (0, 2)));
            }
        }
    }
}
