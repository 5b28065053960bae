//! Cells that are kept by their bytes: which are blank, and one hash of several.

use std::collections::BTreeSet;

use xxhash_rust::xxh3::Xxh3;

use crate::survey::{fold, is_blank};

/// Tells cells that mean blank from the others.
#[derive(Clone, Debug)]
pub(super) struct BlankCells {
    missing: BTreeSet<String>,
    /// No cell of more bytes means blank; folding may make a text shorter or longer, hardly by more than half.
    longest: usize,
}

impl BlankCells {
    /// Cells without text, and those with one of these texts.
    pub(super) fn new(missing: &[String]) -> Self {
        let missing: BTreeSet<String> = missing.iter().map(|text| fold(text)).collect();
        let longest = missing.iter().map(String::len).max().unwrap_or(0).saturating_mul(4);
        Self { missing, longest }
    }

    /// The cell without the blanks around it; `None` when it means blank.
    pub(super) fn filled<'a>(&self, cell: &'a [u8]) -> Option<&'a [u8]> {
        let Ok(text) = std::str::from_utf8(cell) else {
            return Some(cell.trim_ascii()).filter(|cell| !cell.is_empty());
        };
        let text = text.trim_matches(is_blank);
        let is_missing = text.is_empty()
            || (text.len() <= self.longest && !self.missing.is_empty() && self.missing.contains(&fold(text)));
        (!is_missing).then_some(text.as_bytes())
    }
}

/// One hash of several cells, 128 bits: two rows of different cells share one less often than a disk errs.
#[derive(Clone, Default)]
pub(super) struct CellsHash {
    hash: Xxh3,
    filled: bool,
}

impl CellsHash {
    /// Forgets the cells.
    pub(super) fn begin(&mut self) {
        self.hash.reset();
        self.filled = false;
    }

    /// Adds a cell; `None` is a blank one.
    pub(super) fn add(&mut self, cell: Option<&[u8]>) {
        // The length keeps `a` beside `bc` apart from `ab` beside `c`, and a blank apart from everything.
        let length = cell.map_or(u64::MAX, |cell| cell.len() as u64);
        self.hash.update(&length.to_le_bytes());
        self.hash.update(cell.unwrap_or_default());
        self.filled |= cell.is_some();
    }

    /// The hash, never 0; 0 when every cell is blank.
    pub(super) fn end(&self) -> u128 {
        if self.filled { self.hash.digest128().max(1) } else { 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_are_no_cells() {
        let blank = BlankCells::new(&["NA".to_owned()]);
        for cell in ["", "  ", "\u{a0}", "na", " NA "] {
            assert_eq!(blank.filled(cell.as_bytes()), None, "{cell:?}");
        }
        assert_eq!(blank.filled(b" a 1 "), Some(&b"a 1"[..]));
        assert_eq!(blank.filled(b"\xff "), Some(&b"\xff"[..]));
        assert_eq!(BlankCells::new(&[]).filled(b"NA"), Some(&b"NA"[..]));
    }

    #[test]
    fn a_hash_is_of_the_cells_in_their_places() {
        let hash = |cells: &[Option<&[u8]>]| {
            let mut hash = CellsHash::default();
            hash.begin();
            cells.iter().for_each(|cell| hash.add(*cell));
            hash.end()
        };
        let (a, b): (Option<&[u8]>, Option<&[u8]>) = (Some(b"a"), Some(b"b"));
        assert_eq!(hash(&[a, b]), hash(&[a, b]));
        assert_ne!(hash(&[a, b]), hash(&[b, a]));
        assert_ne!(hash(&[Some(b"ab"), Some(b"c")]), hash(&[Some(b"a"), Some(b"bc")]));
        assert_ne!(hash(&[a, None]), hash(&[None, a]));
        assert_eq!(hash(&[None, None]), 0);
    }
}
