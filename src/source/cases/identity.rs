//! What tells cases or customers apart, kept as hashes.

use xxhash_rust::xxh3::xxh3_64;

use super::column::Outcome;
use crate::source::text::{text, trim};
use crate::survey::normalize;

/// The identities of a field, one a case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identities {
    pub(super) hashes: Vec<u64>,
}

impl Identities {
    /// By case the xxh3 hash of its text, trimmed and in one Unicode form; 0 where the cell is blank. Letter case counts.
    pub fn hashes(&self) -> &[u64] {
        &self.hashes
    }

    /// The hash of a case; none where the cell is blank.
    pub fn get(&self, case: usize) -> Option<u64> {
        self.hashes.get(case).copied().filter(|hash| *hash != 0)
    }
}

/// Reads identities.
#[derive(Debug)]
pub(super) struct IdentityReader {
    missing: Vec<String>,
    pub(super) found: Identities,
}

impl IdentityReader {
    /// A reader; `missing` are the texts that mean blank.
    pub(super) fn new(missing: &[String]) -> Self {
        let missing = missing.iter().map(|text| normalize(text)).collect();
        Self { missing, found: Identities::default() }
    }

    /// The hash of a cell, 0 where it is blank.
    #[inline]
    pub(super) fn hash(&self, cell: &[u8]) -> u64 {
        let plain = trim(cell);
        if plain.is_ascii() {
            return self.hash_of(plain);
        }
        // What is not UTF-8 stays as it is, so that two of them are not taken for one.
        match text(cell) {
            Some(text) => self.hash_of(normalize(text).as_bytes()),
            None => self.hash_of(plain),
        }
    }

    fn hash_of(&self, text: &[u8]) -> u64 {
        if text.is_empty() || self.missing.iter().any(|missing| missing.as_bytes() == text) {
            return 0;
        }
        // 0 means blank.
        xxh3_64(text).max(1)
    }

    /// Adds a case by the hash of its cell.
    #[inline]
    pub(super) fn push(&mut self, hash: u64) -> Outcome {
        self.found.hashes.push(hash);
        if hash == 0 { Outcome::Blank } else { Outcome::Read(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_text_is_the_same_identity() {
        let reader = IdentityReader::new(&[String::new(), "NA".to_owned()]);
        let hash = |cell: &str| reader.hash(cell.as_bytes());
        assert_eq!(hash(" 18-00269879 "), hash("18-00269879"));
        assert_eq!(hash("18-00269879"), xxh3_64(b"18-00269879"));
        assert_eq!(hash("\u{a0}Zo\u{e9}"), hash("Zoe\u{301}"));
        assert_ne!(hash("a1"), hash("A1"));
        assert_ne!(hash("1"), hash("01"));
        for blank in ["", "  ", "\u{3000}", "NA", " NA"] {
            assert_eq!(hash(blank), 0, "{blank:?}");
        }
        assert_ne!(reader.hash(b"\xff1"), reader.hash(b"\xfe1"));
    }
}
