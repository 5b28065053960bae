//! The counters of every stratum of one grouping, found by the codes of a row.

use std::ops::{BitOr, Shl};

use hashbrown::HashMap;

use super::batch::Codes;
use super::cell::Cell;
use super::layout::{DEEPEST_CROSSING, Layout};
use super::number::NumberTally;
use crate::source::BATCH_RECORDS;
use crate::survey::Code;

/// The wave and up to [`DEEPEST_CROSSING`] segment codes, 16 bits each.
type Key = u128;

/// How many strata are found without the map, a power of two.
const RECENT: usize = 1024;

/// How many segments beside the wave a key of 64 bits holds.
const SHORT_DEPTH: usize = 3;

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
    /// No strata yet; `depth` segment variables make a key beside the wave.
    pub(super) fn new(layout: &Layout, depth: usize) -> Self {
        Self {
            fixed_len: layout.fixed,
            growing_len: layout.growing,
            numbers_len: layout.numbers,
            depth: depth.min(DEEPEST_CROSSING),
            index: HashMap::new(),
            keys: Vec::new(),
            recent: vec![(0, NONE); RECENT],
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
            let keys: [u64; BATCH_RECORDS] = keys(waves, segments);
            for (found, &key) in found.iter_mut().zip(&keys).take(rows) {
                *found = self.find_short(key);
            }
        } else {
            let keys: [Key; BATCH_RECORDS] = keys(waves, segments);
            for (found, &key) in found.iter_mut().zip(&keys).take(rows) {
                *found = self.look_up(key);
            }
        }
    }

    #[inline]
    fn find_short(&mut self, key: u64) -> usize {
        let place = recent_place(key);
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

    /// Every stratum with its wave code and segment codes.
    pub(super) fn iter(&self) -> impl Iterator<Item = (Code, Vec<Code>, StratumCells<'_, C>)> {
        self.keys.iter().enumerate().map(|(stratum, &key)| {
            let (wave, segments) = unpack(key, self.depth);
            let cells = StratumCells {
                fixed: &self.fixed[stratum * self.fixed_len..][..self.fixed_len],
                growing: &self.growing[stratum * self.growing_len..][..self.growing_len],
                numbers: &self.numbers[stratum * self.numbers_len..][..self.numbers_len],
            };
            (wave, segments, cells)
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

/// The keys of rows: their waves and segments, 16 bits each.
fn keys<'c, K>(waves: &'c Codes, segments: impl Iterator<Item = &'c Codes>) -> [K; BATCH_RECORDS]
where
    K: Copy + Default + From<Code> + Shl<u32, Output = K> + BitOr<Output = K>,
{
    let mut keys = [K::default(); BATCH_RECORDS];
    for codes in std::iter::once(waves).chain(segments) {
        for (key, &code) in keys.iter_mut().zip(codes) {
            *key = (*key << Code::BITS) | K::from(code);
        }
    }
    keys
}

/// A place among [`RECENT`]: codes are small and near each other, so one multiplication spreads them.
#[inline]
fn recent_place(key: u64) -> usize {
    usize::try_from(key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32).unwrap_or(0) % RECENT
}

fn unpack(key: Key, depth: usize) -> (Code, Vec<Code>) {
    let part = |place: usize| {
        let shifted = key >> (place * 16);
        Code::try_from(shifted & Key::from(Code::MAX)).unwrap_or(0)
    };
    (part(depth), (0..depth).rev().map(part).collect())
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
    }
}
