//! Rows as bits, so that the answers to every two columns are counted sixty-four rows at a time.
//!
//! Of sixty-four rows every code of every column has a word in which a bit says whether the row has it: as many rows have
//! two codes as the two words have bits in common.

use fearless_simd::prelude::*;
use fearless_simd::{Level, dispatch, u8x64};

use super::pair_layout::{LANES, PairLayout};
use super::patterns::Place;

/// Rows whose bits stand in one word.
const ROWS: usize = 64;

/// Words of a code that are counted together: the counters are then touched once for five hundred rows.
const WORDS: usize = 8;

/// What the rows of all groups have in common.
pub(super) struct BitColumns<'a> {
    pub(super) layout: &'a PairLayout,
    /// Where the codes of columns stand in a key; no code is above 255.
    pub(super) places: &'a [Place],
    /// Whether rows without every answer are left out.
    pub(super) listwise: bool,
    /// Which processor this is.
    pub(super) level: Level,
}

/// What is counted of the rows of a group.
#[derive(Clone, Debug)]
pub(super) struct GroupCounts {
    /// Rows by the codes of every two columns.
    pub(super) counters: Vec<u32>,
    /// Rows with every answer.
    pub(super) complete: u64,
    /// Rows with an outcome and an answer to some predictor.
    pub(super) used: u64,
}

impl GroupCounts {
    /// Adds so many rows of the same codes.
    pub(super) fn add(&mut self, of: &BitColumns<'_>, codes: &[usize], rows: usize) {
        let known = codes.iter().filter(|code| **code > 0).count();
        let has_outcome = codes.first().is_some_and(|code| *code > 0);
        self.complete += if known == codes.len() { rows as u64 } else { 0 };
        self.used += if has_outcome && known > 1 { rows as u64 } else { 0 };
        if of.listwise && known < codes.len() {
            return;
        }
        let rows = u32::try_from(rows).unwrap_or(u32::MAX);
        for (one, code) in codes.iter().enumerate() {
            for (other, second) in codes.iter().enumerate().skip(one) {
                self.counters[of.layout.place((one, *code), (other, *second))] += rows;
            }
        }
    }
}

/// Rows of a group that wait to be counted.
#[derive(Clone, Debug)]
pub(super) struct RowBits {
    /// By word of a key, that word of each row.
    keys: Vec<[u64; ROWS]>,
    /// How many rows there are of it.
    rows: usize,
    /// By word, and in it by code of all columns in turn: the rows that have the code.
    bits: Vec<u64>,
    /// How many words a code has of it.
    words: usize,
}

impl RowBits {
    pub(super) fn new(of: &BitColumns<'_>) -> Self {
        let words = of.places.iter().map(|place| place.word + 1).max().unwrap_or(0);
        Self { keys: vec![[0; ROWS]; words], rows: 0, bits: vec![0; WORDS * of.layout.codes()], words: 0 }
    }

    /// Adds a row.
    #[inline]
    pub(super) fn push(&mut self, key: &[u64], of: &BitColumns<'_>, into: &mut GroupCounts) {
        for (words, word) in self.keys.iter_mut().zip(key) {
            words[self.rows % ROWS] = *word;
        }
        self.rows += 1;
        if self.rows == ROWS {
            self.turn(of, into);
        }
    }

    /// Counts what waits.
    pub(super) fn finish(&mut self, of: &BitColumns<'_>, into: &mut GroupCounts) {
        if self.rows > 0 {
            self.turn(of, into);
        }
        if self.words > 0 {
            self.count(of, into);
        }
    }

    /// Makes a word a code of the rows.
    fn turn(&mut self, of: &BitColumns<'_>, into: &mut GroupCounts) {
        let codes = of.layout.codes();
        let bits = &mut self.bits[self.words * codes..(self.words + 1) * codes];
        dispatch!(of.level, simd => write(simd, of, &self.keys, bits));
        let rows = u64::MAX >> (ROWS - self.rows);
        // Code 0 of a column is no answer.
        let missing = |column: usize| bits[of.layout.before(column)];
        let lacks = (0..of.layout.columns()).map(missing).fold(0, |all, one| all | one);
        let without = (1..of.layout.columns()).map(missing).fold(u64::MAX, |all, one| all & one);
        let complete = rows & !lacks;
        into.complete += u64::from(complete.count_ones());
        into.used += u64::from((rows & !missing(0) & !without).count_ones());
        let counted = if of.listwise { complete } else { rows };
        for word in bits.iter_mut() {
            *word &= counted;
        }
        (self.rows, self.words) = (0, self.words + 1);
        if self.words == WORDS {
            self.count(of, into);
        }
    }

    fn count(&mut self, of: &BitColumns<'_>, into: &mut GroupCounts) {
        self.bits[self.words * of.layout.codes()..].fill(0);
        dispatch!(of.level, simd => add(simd, of.layout, &self.bits, &mut into.counters));
        self.words = 0;
    }
}

/// Writes which of the rows have each code.
#[expect(clippy::inline_always, reason = "what is not inlined is compiled for the oldest processor")]
#[inline(always)]
fn write<S: Simd>(simd: S, of: &BitColumns<'_>, keys: &[[u64; ROWS]], bits: &mut [u64]) {
    let one = u8x64::splat(simd, 1);
    for (column, place) in of.places.iter().enumerate() {
        let Some(keys) = keys.get(place.word) else { continue };
        let mut codes = [0_u8; ROWS];
        for (code, key) in codes.iter_mut().zip(keys) {
            [*code, ..] = (key >> place.shift & place.mask).to_le_bytes();
        }
        let codes = u8x64::from_slice(simd, &codes);
        let mut code = u8x64::splat(simd, 0);
        for word in bits.iter_mut().skip(of.layout.before(column)).take(of.layout.width(column)) {
            *word = codes.simd_eq(code).to_bitmask();
            code += one;
        }
    }
}

/// Adds to the counters what all words of every two codes have in common.
///
/// No counter overflows, for a group has fewer than 2³² rows; sums are told so, or they would be made one by one.
#[expect(clippy::inline_always, reason = "what is not inlined is compiled for the oldest processor")]
#[inline(always)]
fn add<S: Simd>(_: S, layout: &PairLayout, bits: &[u64], counters: &mut [u32]) {
    for column in 0..layout.columns() {
        let words: [&[[u64; LANES]]; WORDS] = std::array::from_fn(|word| {
            let codes = word * layout.codes()..(word + 1) * layout.codes();
            bits[codes][layout.counted_from(column)..].as_chunks().0
        });
        for code in 0..layout.width(column) {
            let place = layout.before(column) + code;
            let own: [u64; WORDS] = std::array::from_fn(|word| bits[word * layout.codes() + place]);
            let counters = &mut counters[layout.row(column, code)..layout.row(column, code + 1)];
            for (lanes, counters) in counters.as_chunks_mut::<LANES>().0.iter_mut().enumerate() {
                // By index: an iterator is a function, and one that is not inlined here is ten times as slow.
                for word in 0..WORDS {
                    let (own, others) = (own[word], &words[word][lanes]);
                    for lane in 0..LANES {
                        counters[lane] = counters[lane].wrapping_add((own & others[lane]).count_ones());
                    }
                }
            }
        }
    }
}
