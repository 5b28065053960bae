//! Rows with the same answers and the same weight, counted once: what every figure of drivers is made from.
//!
//! Patterns stand in the order of their codes, so that the order of rows changes no digit.

use std::cmp::Ordering;
use std::ops::Range;
use std::thread;

/// The numbers that the codes of a column stand for: code 0 is no answer, code k the k-th value.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PatternColumn {
    /// In rising order.
    pub values: Vec<f64>,
}

/// Where the codes of rows are read.
pub trait RowCodes: Sync {
    /// Writes the codes of a column in some rows, as many as there is room for; one that the column does not have is no
    /// answer.
    fn write(&self, column: usize, rows: &[u32], into: &mut [u32]);

    /// The weight of a row, above 0; `None` in an unweighted run.
    fn weight(&self, row: u32) -> Option<f64>;
}

/// Distinct rows of an outcome, the first column, and its predictors.
#[derive(Clone, Debug, PartialEq)]
pub struct Patterns {
    columns: Vec<PatternColumn>,
    places: Vec<Place>,
    /// By pattern, the codes of its columns side by side in so many words, the outcome's the most significant.
    keys: Vec<u64>,
    words: usize,
    /// By pattern the weight of one of its rows; empty without weights.
    weights: Vec<f64>,
    /// By pattern how many rows it has.
    counts: Vec<u32>,
    rows: u64,
}

/// Words of a key of forty columns of eleven points.
const MANY_WORDS: usize = 4;

/// Words of the longest key: two columns of any numbers a word.
const MOST_WORDS: usize = 24;

/// The codes of a row side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Key<const WORDS: usize>([u64; WORDS]);

/// Where the code of a column stands in a key.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Place {
    pub(super) word: usize,
    pub(super) shift: u32,
    pub(super) mask: u64,
}

/// How many rows are read at a time.
const ROWS_AT_A_TIME: usize = 4096;

/// Fewer keys are not worth a thread.
const KEYS_OF_A_THREAD: usize = 1 << 16;

impl Patterns {
    /// The patterns of some rows, in the order of their codes whatever the order of the rows; of at most 48 columns.
    pub fn new(columns: Vec<PatternColumn>, rows: &[u32], codes: &dyn RowCodes, threads: usize) -> Self {
        let places = places(&columns);
        let words = places.iter().map(|place| place.word + 1).max().unwrap_or(1);
        let read = Reading { columns: &columns, places: &places, codes, threads };
        let (keys, weights, counts) = match words {
            1 => read.patterns::<1>(rows),
            2 => read.patterns::<2>(rows),
            ..=MANY_WORDS => read.patterns::<MANY_WORDS>(rows),
            _ => read.patterns::<MOST_WORDS>(rows),
        };
        let words = match words {
            1 | 2 => words,
            ..=MANY_WORDS => MANY_WORDS,
            _ => MOST_WORDS,
        };
        Self { columns, places, keys, words, weights, counts, rows: rows.len() as u64 }
    }

    /// How many patterns there are.
    pub fn len(&self) -> usize {
        self.counts.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// How many rows there are.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// The number of predictors.
    pub fn predictors(&self) -> usize {
        self.columns.len().saturating_sub(1)
    }

    /// Whether rows have weights.
    pub fn is_weighted(&self) -> bool {
        !self.weights.is_empty()
    }

    /// How many rows a pattern has, and the weight of one of them.
    #[inline]
    pub fn count(&self, pattern: usize) -> (u32, f64) {
        let count = self.counts.get(pattern).copied().unwrap_or(0);
        (count, self.weights.get(pattern).copied().unwrap_or(1.0))
    }

    /// Writes the codes of a pattern, one a column.
    #[inline]
    pub fn codes(&self, pattern: usize, into: &mut [usize]) {
        let key = self.key(pattern);
        for (place, code) in self.places.iter().zip(into) {
            let word = key.get(place.word).copied().unwrap_or(0);
            *code = usize::try_from(word >> place.shift & place.mask).unwrap_or(0);
        }
    }

    /// Where the codes of the columns stand in a key.
    pub(super) fn places(&self) -> &[Place] {
        &self.places
    }

    /// The codes of a pattern side by side, in so many words.
    #[inline]
    pub(super) fn key(&self, pattern: usize) -> &[u64] {
        self.keys.get(pattern * self.words..(pattern + 1) * self.words).unwrap_or(&[])
    }

    /// Tells of each pattern of a range the bits that its codes have in `marks`, by column and code, all together.
    pub(super) fn with_marks(
        &self,
        range: Range<usize>,
        marks: &[Vec<u64>],
        mut each: impl FnMut(usize, u64),
    ) {
        for pattern in range {
            let key = self.key(pattern);
            let all = self.places.iter().zip(marks).fold(0, |all, (place, marks)| {
                let word = key.get(place.word).copied().unwrap_or(0);
                let code = usize::try_from(word >> place.shift & place.mask).unwrap_or(0);
                all | marks.get(code).copied().unwrap_or(0)
            });
            each(pattern, all);
        }
    }

    /// The number that a code of a column stands for; `None` for no answer.
    pub fn value(&self, column: usize, code: usize) -> Option<f64> {
        self.columns.get(column)?.values.get(code.checked_sub(1)?).copied()
    }

    /// The numbers of a column in rising order.
    pub fn values(&self, column: usize) -> &[f64] {
        self.columns.get(column).map_or(&[], |column| &column.values)
    }

    /// What identifies a pattern whatever else there is, for chance that depends on nothing but the answers.
    #[inline]
    pub fn seed(&self, pattern: usize) -> u64 {
        let key = self.key(pattern).iter().fold(0, |seed, word| mixed(seed) ^ word);
        key ^ self.weights.get(pattern).map_or(0, |weight| mixed(weight.to_bits()))
    }
}

impl<const WORDS: usize> PartialOrd for Key<WORDS> {
    #[inline]
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<const WORDS: usize> Ord for Key<WORDS> {
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering {
        // Sorting keys of one word is what most of the time goes to: they are compared as the numbers they are.
        if WORDS == 1 { self.0[0].cmp(&other.0[0]) } else { self.0.cmp(&other.0) }
    }
}

/// Reads the keys of rows.
struct Reading<'a> {
    columns: &'a [PatternColumn],
    places: &'a [Place],
    codes: &'a dyn RowCodes,
    threads: usize,
}

impl Reading<'_> {
    /// The keys of patterns with the weight and the number of their rows; no weights in an unweighted run.
    fn patterns<const WORDS: usize>(&self, rows: &[u32]) -> (Vec<u64>, Vec<f64>, Vec<u32>) {
        // In the room that the keys have.
        let flat = |keys: Vec<Key<WORDS>>| {
            let keys: Vec<[u64; WORDS]> = keys.into_iter().map(|Key(words)| words).collect();
            keys.into_flattened()
        };
        if rows.first().is_none_or(|row| self.codes.weight(*row).is_none()) {
            let (keys, counts) = counted(self.read::<WORDS, _>(rows, |key, _| key), self.threads);
            return (flat(keys), Vec::new(), counts);
        }
        // Weights are positive: their bits are in the order of their sizes.
        let bits = |row| self.codes.weight(row).unwrap_or(1.0).to_bits();
        let (pairs, counts) = counted(self.read::<WORDS, _>(rows, |key, row| (key, bits(row))), self.threads);
        let weights = pairs.iter().map(|(_, bits)| f64::from_bits(*bits)).collect();
        (flat(pairs.into_iter().map(|(key, _)| key).collect()), weights, counts)
    }

    /// What is made of the key of each row, in the order of the rows.
    fn read<const WORDS: usize, T: Copy + Default + Send>(
        &self,
        rows: &[u32],
        made: impl Fn(Key<WORDS>, u32) -> T + Sync,
    ) -> Vec<T> {
        let mut all = vec![T::default(); rows.len()];
        let read = |rows: &[u32], into: &mut [T]| {
            let mut keys = vec![Key::<WORDS>::default(); ROWS_AT_A_TIME];
            let mut codes = vec![0; ROWS_AT_A_TIME];
            for (rows, into) in rows.chunks(ROWS_AT_A_TIME).zip(into.chunks_mut(ROWS_AT_A_TIME)) {
                keys.fill(Key::default());
                for (number, (column, place)) in self.columns.iter().zip(self.places).enumerate() {
                    self.codes.write(number, rows, &mut codes[..rows.len()]);
                    let most = column.values.len() as u64;
                    for (Key(words), code) in keys.iter_mut().zip(&codes[..rows.len()]) {
                        let code = u64::from(*code);
                        if let Some(word) = words.get_mut(place.word) {
                            *word |= if code > most { 0 } else { code } << place.shift;
                        }
                    }
                }
                for ((into, key), row) in into.iter_mut().zip(&keys).zip(rows) {
                    *into = made(*key, *row);
                }
            }
        };
        let each = rows.len().div_ceil(self.threads.max(1)).max(KEYS_OF_A_THREAD);
        thread::scope(|scope| {
            let read = &read;
            for (rows, into) in rows.chunks(each).zip(all.chunks_mut(each)) {
                scope.spawn(move || read(rows, into));
            }
        });
        all
    }
}

impl<const WORDS: usize> Default for Key<WORDS> {
    fn default() -> Self {
        Self([0; WORDS])
    }
}

/// The places of columns in a key.
fn places(columns: &[PatternColumn]) -> Vec<Place> {
    let bits = |column: &PatternColumn| u64::BITS - (column.values.len() as u64).leading_zeros();
    let (mut word, mut left) = (0, u64::BITS);
    let place = |column: &PatternColumn| {
        let bits = bits(column).max(1);
        if bits > left {
            (word, left) = (word + 1, u64::BITS);
        }
        left -= bits;
        Place { word, shift: left, mask: u64::MAX >> (u64::BITS - bits) }
    };
    columns.iter().map(place).collect()
}

/// The different ones of all, in order, and how many there are of each.
fn counted<K: Ord + Copy + Send>(mut all: Vec<K>, threads: usize) -> (Vec<K>, Vec<u32>) {
    sort(&mut all, threads);
    let mut counts: Vec<u32> = Vec::new();
    let mut last = None;
    all.retain(|key| {
        let is_new = last != Some(*key);
        last = Some(*key);
        match counts.last_mut() {
            Some(count) if !is_new => *count += 1,
            _ => counts.push(1),
        }
        is_new
    });
    (all, counts)
}

/// Sorts by several threads, without room for a second copy.
fn sort<K: Ord + Copy + Send>(all: &mut [K], threads: usize) {
    if threads < 2 || all.len() < 2 * KEYS_OF_A_THREAD {
        all.sort_unstable();
        return;
    }
    let middle = all.len() / 2;
    all.select_nth_unstable(middle);
    let (low, high) = all.split_at_mut(middle);
    thread::scope(|scope| {
        scope.spawn(|| sort(low, threads / 2));
        sort(high, threads - threads / 2);
    });
}

/// A whole number with its bits well mixed (Steele, Lea and Flood 2014: SplitMix64).
#[inline]
pub(super) fn mixed(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
pub(super) mod sample {
    use super::{PatternColumn, Patterns, RowCodes};

    /// Codes by column and row, and weights by row.
    struct Codes<C, W>(C, Option<W>);

    impl<C, W> RowCodes for Codes<C, W>
    where
        C: Fn(usize, usize) -> usize + Sync,
        W: Fn(usize) -> f64 + Sync,
    {
        fn write(&self, column: usize, rows: &[u32], into: &mut [u32]) {
            for (row, code) in rows.iter().zip(into) {
                *code = u32::try_from(self.0(column, usize::try_from(*row).unwrap())).unwrap();
            }
        }

        fn weight(&self, row: u32) -> Option<f64> {
            self.1.as_ref().map(|weight| weight(usize::try_from(row).unwrap()))
        }
    }

    /// The patterns of so many rows.
    pub(in crate::measures::drivers) fn patterns(
        columns: Vec<PatternColumn>,
        rows: usize,
        code: impl Fn(usize, usize) -> usize + Sync,
    ) -> Patterns {
        let rows: Vec<u32> = (0..u32::try_from(rows).unwrap()).collect();
        Patterns::new(columns, &rows, &Codes(code, None::<fn(usize) -> f64>), 2)
    }

    /// The patterns of rows with weights.
    pub(in crate::measures::drivers) fn weighted(
        columns: Vec<PatternColumn>,
        rows: usize,
        code: impl Fn(usize, usize) -> usize + Sync,
        weight: impl Fn(usize) -> f64 + Sync,
    ) -> Patterns {
        let rows: Vec<u32> = (0..u32::try_from(rows).unwrap()).collect();
        Patterns::new(columns, &rows, &Codes(code, Some(weight)), 1)
    }
}

#[cfg(test)]
mod tests {
    use super::sample::{patterns, weighted};
    use super::{KEYS_OF_A_THREAD, PatternColumn, mixed, sort};

    fn columns(widths: &[usize]) -> Vec<PatternColumn> {
        widths.iter().map(|n| PatternColumn { values: (1..=*n).map(|v| v as f64).collect() }).collect()
    }

    #[test]
    fn equal_rows_are_one_pattern_in_any_order_of_rows() {
        let rows = [[5, 1, 0], [2, 3, 4], [5, 1, 0], [0, 0, 0], [2, 3, 4], [5, 1, 0]];
        let found = patterns(columns(&[5, 5, 7]), 6, |column, row| rows[row][column]);
        assert_eq!((found.len(), found.rows(), found.predictors(), found.is_weighted()), (3, 6, 2, false));
        let mut codes = [0; 3];
        let all: Vec<_> = (0..3)
            .map(|pattern| {
                found.codes(pattern, &mut codes);
                (codes, found.count(pattern).0)
            })
            .collect();
        assert_eq!(all, [([0, 0, 0], 1), ([2, 3, 4], 2), ([5, 1, 0], 3)]);
        assert_eq!((found.value(2, 4), found.value(2, 0), found.value(2, 8)), (Some(4.0), None, None));
        assert_eq!(patterns(columns(&[5, 5, 7]), 6, |column, row| rows[5 - row][column]), found);
    }

    #[test]
    fn rows_of_different_weights_are_different_and_wide_rows_fit() {
        let weight = |row: usize| if row == 2 { 2.5 } else { 0.5 };
        for columns in [columns(&[5, 5]), columns(&[11; 20]), columns(&[11; 41]), columns(&[70_000; 41])] {
            let found = weighted(columns, 4, |column, _| column % 5, weight);
            assert_eq!((found.count(0), found.count(1), found.len()), ((3, 0.5), (1, 2.5), 2));
            let mut codes = vec![0; found.predictors() + 1];
            found.codes(1, &mut codes);
            assert!(codes.iter().enumerate().all(|(column, code)| *code == column % 5));
            assert_ne!(found.seed(0), found.seed(1));
        }
    }

    #[test]
    fn threads_sort_as_one_does_and_rows_beyond_a_chunk_are_all_read() {
        let n = 5 * KEYS_OF_A_THREAD + 77;
        let keys: Vec<u64> = (0..n as u64).map(|key| mixed(key) % 10_000).collect();
        let (mut one, mut many) = (keys.clone(), keys);
        one.sort_unstable();
        sort(&mut many, 3);
        assert_eq!(one, many);
        let code = |column: usize, row: usize| (row / 7 + column) % 6;
        let found = patterns(columns(&[5, 5, 5]), n, code);
        assert_eq!((found.len(), found.rows()), (6, n as u64));
        let counts: u64 = (0..6).map(|pattern| u64::from(found.count(pattern).0)).sum();
        assert_eq!(counts, n as u64);
    }
}
