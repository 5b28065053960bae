//! The counters of every stratum of one grouping, found by the codes of a row.

use std::ops::{BitOr, Shl};

use hashbrown::HashMap;

use super::batch::Codes;
use super::cell::Cell;
use super::design::CellCodes;
use super::layout::Layout;
use super::number::NumberTally;
use crate::source::BATCH_RECORDS;
use crate::survey::Code;

/// The wave, or the cell of the design, and the segment codes, 16 bits each; those of a cell are 32.
type Key = u128;

/// How many strata are found without the map, a power of two.
const RECENT: usize = 1024;

/// The same where there are cells of the design.
const RECENT_OF_CELLS: usize = 8192;

/// How many segments beside the wave a key of 64 bits holds.
const SHORT_DEPTH: usize = 3;

/// How many segments beside the cell of the design a key of 64 bits holds.
const SHORT_DEPTH_OF_CELLS: usize = 2;

/// No stratum.
const NONE: u32 = u32::MAX;

/// The strata of one grouping.
pub(super) struct Strata<C> {
    fixed_len: usize,
    growing_len: usize,
    numbers_len: usize,
    depth: usize,
    index: HashMap<Key, usize>,
    keys: Vec<Key>,
    /// Strata found lately, by a cheap hash of a key of 64 bits.
    recent: Vec<(u64, u32)>,
    fixed: Vec<C>,
    growing: Vec<Vec<C>>,
    numbers: Vec<NumberTally<C>>,
}

/// The counters of one stratum.
pub(super) struct StratumCells<'a, C> {
    /// The fixed run; the first counter has the rows.
    pub(super) fixed: &'a [C],
    /// The growing rows.
    pub(super) growing: &'a [Vec<C>],
    /// The number tallies.
    pub(super) numbers: &'a [NumberTally<C>],
}

impl<C: Cell> Strata<C> {
    /// No strata yet; `depth` segment variables make a key beside the wave or the cell of the design.
    pub(super) fn new(layout: &Layout, depth: usize) -> Self {
        Self {
            fixed_len: layout.fixed,
            growing_len: layout.growing,
            numbers_len: layout.numbers,
            depth: depth.min(layout.deepest_crossing()),
            index: HashMap::new(),
            keys: Vec::new(),
            recent: vec![(0, NONE); if layout.design.is_empty() { RECENT } else { RECENT_OF_CELLS }],
            fixed: Vec::new(),
            growing: Vec::new(),
            numbers: Vec::new(),
        }
    }

    /// How many strata there are.
    pub(super) fn len(&self) -> usize {
        self.keys.len()
    }

    /// How many distinct numbers are kept.
    pub(super) fn number_values(&self) -> u64 {
        self.numbers.iter().map(NumberTally::values_kept).sum()
    }

    /// The strata of rows, made when they are new, by the codes of their waves and segments.
    pub(super) fn find<'c>(
        &mut self,
        rows: usize,
        waves: &'c Codes,
        segments: impl Iterator<Item = &'c Codes>,
        found: &mut [usize; BATCH_RECORDS],
    ) {
        if self.depth <= SHORT_DEPTH {
            let keys: [u64; BATCH_RECORDS] = keys(rows, waves, segments);
            for (found, &key) in found.iter_mut().zip(&keys).take(rows) {
                *found = self.find_short(key);
            }
        } else {
            let keys: [Key; BATCH_RECORDS] = keys(rows, waves, segments);
            for (found, &key) in found.iter_mut().zip(&keys).take(rows) {
                *found = self.look_up(key);
            }
        }
    }

    /// The same by the cells of the design, to which the wave belongs.
    pub(super) fn find_by_cell<'c>(
        &mut self,
        rows: usize,
        cells: &CellCodes,
        segments: impl Iterator<Item = &'c Codes>,
        found: &mut [usize; BATCH_RECORDS],
    ) {
        if self.depth == 0 {
            // Cells are numbered as they are met, and every row comes by here: the stratum has the cell's number.
            for (found, &cell) in found.iter_mut().zip(cells).take(rows) {
                let stratum = cell as usize;
                *found = if stratum < self.keys.len() { stratum } else { self.add(Key::from(cell)) };
            }
        } else if self.depth <= SHORT_DEPTH_OF_CELLS {
            let keys: [u64; BATCH_RECORDS] = keys(rows, cells, segments);
            for (found, &key) in found.iter_mut().zip(&keys).take(rows) {
                *found = self.find_short(key);
            }
        } else {
            let keys: [Key; BATCH_RECORDS] = keys(rows, cells, segments);
            for (found, &key) in found.iter_mut().zip(&keys).take(rows) {
                *found = self.look_up(key);
            }
        }
    }

    #[inline]
    fn find_short(&mut self, key: u64) -> usize {
        let place = recent_place(key) & (self.recent.len() - 1);
        let (known, stratum) = self.recent[place];
        if known == key && stratum != NONE {
            return stratum as usize;
        }
        let stratum = self.look_up(Key::from(key));
        self.recent[place] = (key, u32::try_from(stratum).unwrap_or(NONE));
        stratum
    }

    /// Where the fixed run of a stratum starts.
    #[inline]
    pub(super) fn start(&self, stratum: usize) -> usize {
        stratum.wrapping_mul(self.fixed_len)
    }

    /// The fixed runs of all strata, one after the other.
    #[inline]
    pub(super) fn all_fixed(&mut self) -> &mut [C] {
        &mut self.fixed
    }

    /// Adds a row to a counter of a growing row.
    #[inline]
    pub(super) fn grow(&mut self, stratum: usize, row: usize, code: Code, weight: u64) {
        let cells = &mut self.growing[stratum * self.growing_len + row];
        let place = usize::from(code);
        if place >= cells.len() {
            cells.resize_with(place + 1, C::default);
        }
        cells[place].add(weight);
    }

    /// A number tally of a stratum.
    #[inline]
    pub(super) fn number(&mut self, stratum: usize, slot: usize) -> &mut NumberTally<C> {
        &mut self.numbers[stratum * self.numbers_len + slot]
    }

    /// Every stratum with its wave code or the code of its cell of the design, and its segment codes.
    pub(super) fn iter(&self) -> impl Iterator<Item = (u32, Vec<Code>, StratumCells<'_, C>)> {
        self.keys.iter().enumerate().map(|(stratum, &key)| {
            let (head, segments) = unpack(key, self.depth);
            let cells = StratumCells {
                fixed: &self.fixed[stratum * self.fixed_len..][..self.fixed_len],
                growing: &self.growing[stratum * self.growing_len..][..self.growing_len],
                numbers: &self.numbers[stratum * self.numbers_len..][..self.numbers_len],
            };
            (head, segments, cells)
        })
    }

    fn look_up(&mut self, key: Key) -> usize {
        match self.index.get(&key) {
            Some(&stratum) => stratum,
            None => self.add(key),
        }
    }

    #[cold]
    fn add(&mut self, key: Key) -> usize {
        let stratum = self.keys.len();
        self.keys.push(key);
        self.index.insert(key, stratum);
        self.fixed.resize_with(self.fixed.len() + self.fixed_len, C::default);
        self.growing.resize_with(self.growing.len() + self.growing_len, Vec::new);
        self.numbers.resize_with(self.numbers.len() + self.numbers_len, NumberTally::default);
        stratum
    }
}

/// The keys of rows: their waves or cells, then their segments, 16 bits each.
fn keys<'c, K, H>(
    rows: usize,
    heads: &[H; BATCH_RECORDS],
    segments: impl Iterator<Item = &'c Codes>,
) -> [K; BATCH_RECORDS]
where
    K: Copy + Default + From<H> + From<Code> + Shl<u32, Output = K> + BitOr<Output = K>,
    H: Copy,
{
    let mut keys = [K::default(); BATCH_RECORDS];
    for (key, &head) in keys.iter_mut().zip(heads).take(rows) {
        *key = K::from(head);
    }
    for codes in segments {
        for (key, &code) in keys.iter_mut().zip(codes).take(rows) {
            *key = (*key << Code::BITS) | K::from(code);
        }
    }
    keys
}

/// A place among recent keys, to be cut to how many are kept: codes are small and near each other, so one
/// multiplication spreads them.
#[inline]
fn recent_place(key: u64) -> usize {
    usize::try_from(key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32).unwrap_or(0)
}

fn unpack(key: Key, depth: usize) -> (u32, Vec<Code>) {
    let part = |place: usize| {
        let shifted = key >> (place * 16);
        Code::try_from(shifted & Key::from(Code::MAX)).unwrap_or(0)
    };
    let head = u32::try_from(key >> (depth * 16)).unwrap_or(u32::MAX);
    (head, (0..depth).rev().map(part).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_gives_its_codes_back() {
        let codes = [7, 0, Code::MAX, 5, 1, 2, 65_000];
        let key = codes.iter().fold(Key::from(9_u16), |key, code| (key << Code::BITS) | Key::from(*code));
        assert_eq!(unpack(key, codes.len()), (9, codes.to_vec()));
        assert_eq!(unpack(3, 0), (3, vec![]));
        let cell =
            codes[..6].iter().fold(Key::from(u32::MAX - 1), |key, code| (key << 16) | Key::from(*code));
        assert_eq!(unpack(cell, 6), (u32::MAX - 1, codes[..6].to_vec()));
    }
}
