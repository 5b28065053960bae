//! How many rows stand alone by some columns together: k-anonymity with the k that the file has.

use std::hash::{BuildHasherDefault, Hasher};

use xxhash_rust::xxh3::Xxh3;

/// Rows by the hash of their cells: sixteen bytes and a count for each combination, no text.
#[derive(Debug, Default)]
pub(super) struct Uniqueness {
    groups: hashbrown::HashMap<u128, u64, BuildHasherDefault<Folded>>,
}

/// How many rows stand alone by the columns together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct UniqueRows {
    /// Rows in all.
    pub rows: u64,
    /// Rows that no other row is like.
    pub unique: u64,
    /// Combinations of values.
    pub groups: u64,
    /// Rows of the smallest combination; 0 without rows.
    pub smallest: u64,
}

impl Uniqueness {
    /// Counts a row by its cells.
    pub(super) fn add<'a>(&mut self, cells: impl Iterator<Item = &'a str>) {
        let mut hash = Xxh3::new();
        for cell in cells {
            let cell = cell.trim();
            hash.update(&(cell.len() as u64).to_le_bytes());
            hash.update(cell.as_bytes());
        }
        *self.groups.entry(hash.digest128()).or_insert(0) += 1;
    }

    pub(super) fn rows(&self) -> UniqueRows {
        let counts = || self.groups.values().copied();
        UniqueRows {
            rows: counts().sum(),
            unique: counts().filter(|count| *count == 1).sum(),
            groups: self.groups.len() as u64,
            smallest: counts().min().unwrap_or(0),
        }
    }
}

/// A hash of a hash: its lower half.
#[derive(Debug, Default)]
struct Folded(u64);

impl Hasher for Folded {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        let lower = bytes.first_chunk::<8>().copied().unwrap_or_default();
        self.0 = u64::from_le_bytes(lower);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_that_stand_alone_are_counted() {
        let mut rows = Uniqueness::default();
        assert_eq!(rows.rows(), UniqueRows { rows: 0, unique: 0, groups: 0, smallest: 0 });
        for cells in [["North", "1985"], ["North ", "1985"], ["Nor", "th1985"], ["South", "1990"]] {
            rows.add(cells.into_iter());
        }
        assert_eq!(rows.rows(), UniqueRows { rows: 4, unique: 2, groups: 3, smallest: 1 });
    }
}
