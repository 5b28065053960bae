//! The cells of the design as a worker knows them: one code for the wave and the codes of raking variables, stratum
//! and cluster of a row.

use hashbrown::HashMap;

use super::batch::Codes;
use crate::source::BATCH_RECORDS;
use crate::survey::{Code, Missing};

/// A column of the codes of cells.
pub(super) type CellCodes = [u32; BATCH_RECORDS];

/// The wave and seven codes, 16 bits each; or a code that stands for what comes before, and six.
type Key = u128;

/// How many codes the first key holds beside the wave.
const FIRST_CODES: usize = 7;

/// How many codes a later key holds beside what comes before.
const LATER_CODES: usize = 6;

/// How many cells are found without the map, a power of two.
const RECENT: usize = 4096;

/// No cell.
const NONE: u32 = u32::MAX;

/// Gives each row the worker's code of its cell: the number of cells met before its own was.
pub(super) struct DesignCoder {
    levels: Vec<Level>,
    /// By cell, the smallest and the largest weight of its rows, in units of 10⁻⁹; empty without weights.
    ranges: Vec<(u64, u64)>,
}

/// What a worker's codes of cells stand for.
#[derive(Debug, Default)]
pub(super) struct LocalCells {
    /// By cell, the worker's code of the wave, then of each variable of the design; no answer is [`NO_ANSWER`].
    pub(super) codes: Vec<Vec<Code>>,
    /// By cell, the smallest and the largest weight of its rows, in units of 10⁻⁹; empty without weights.
    pub(super) ranges: Vec<(u64, u64)>,
}

/// What stands in a cell for every reason of not answering.
pub(super) const NO_ANSWER: Code = Missing::Invalid.code();

impl DesignCoder {
    /// A coder of cells of so many variables.
    pub(super) fn new(variables: usize) -> Self {
        let later = variables.saturating_sub(FIRST_CODES);
        let mut levels = vec![Level::new(1 + variables.min(FIRST_CODES))];
        let full = (0..later / LATER_CODES).map(|_| LATER_CODES);
        let rest = Some(later % LATER_CODES).filter(|rest| *rest > 0);
        levels.extend(full.chain(rest).map(Level::new));
        Self { levels, ranges: Vec::new() }
    }

    /// Codes rows by the codes of their waves and of the variables.
    pub(super) fn code<'c>(
        &mut self,
        rows: usize,
        waves: &'c Codes,
        variables: impl Iterator<Item = &'c Codes>,
        cells: &mut CellCodes,
    ) {
        let mut keys: [Key; BATCH_RECORDS] = [0; BATCH_RECORDS];
        let rows = rows.min(BATCH_RECORDS);
        for (key, &wave) in keys.iter_mut().zip(waves).take(rows) {
            *key = Key::from(wave);
        }
        let (mut level, mut held) = (0, 1);
        for codes in variables {
            if self.levels.get(level).is_some_and(|full| full.codes == held) {
                self.find(level, &mut keys, rows, cells);
                for (key, &cell) in keys.iter_mut().zip(cells.iter()).take(rows) {
                    *key = Key::from(cell);
                }
                (level, held) = (level + 1, 0);
            }
            for (key, &code) in keys.iter_mut().zip(codes).take(rows) {
                *key = (*key << Code::BITS) | Key::from(code.max(NO_ANSWER));
            }
            held += 1;
        }
        self.find(level, &mut keys, rows, cells);
    }

    /// Takes the weights of rows into account, whose cells these are.
    pub(super) fn weigh(&mut self, rows: usize, cells: &CellCodes, weights: &[u64; BATCH_RECORDS]) {
        let found = self.levels.last().map_or(0, |level| level.keys.len());
        self.ranges.resize(found, (u64::MAX, 0));
        for (&cell, &weight) in cells.iter().zip(weights).take(rows) {
            if let Some((least, most)) = self.ranges.get_mut(cell as usize) {
                (*least, *most) = ((*least).min(weight), (*most).max(weight));
            }
        }
    }

    /// What the codes stand for.
    pub(super) fn finish(self) -> LocalCells {
        let cells = self.levels.last().map_or(0, |level| level.keys.len());
        let codes = |cell: usize| {
            let (mut codes, mut part) = (Vec::new(), cell);
            for (place, level) in self.levels.iter().enumerate().rev() {
                let key = level.keys.get(part).copied().unwrap_or_default();
                let own = (0..level.codes).map(|place| {
                    Code::try_from((key >> (place * 16)) & Key::from(Code::MAX)).unwrap_or_default()
                });
                codes.extend(own);
                if place > 0 {
                    part = usize::try_from(key >> (level.codes * 16)).unwrap_or(usize::MAX);
                }
            }
            codes.reverse();
            codes
        };
        LocalCells { codes: (0..cells).map(codes).collect(), ranges: self.ranges }
    }

    fn find(&mut self, level: usize, keys: &mut [Key; BATCH_RECORDS], rows: usize, cells: &mut CellCodes) {
        if let Some(level) = self.levels.get_mut(level) {
            for (cell, &key) in cells.iter_mut().zip(keys.iter()).take(rows) {
                *cell = level.find(key);
            }
        }
    }
}

/// Numbers keys in the order in which they are met.
struct Level {
    /// How many codes a key holds: the wave among them, the code of what comes before not.
    codes: usize,
    index: HashMap<Key, u32>,
    keys: Vec<Key>,
    /// Keys found lately with their numbers, by a cheap hash.
    recent_keys: Vec<Key>,
    recent: Vec<u32>,
}

impl Level {
    fn new(codes: usize) -> Self {
        Self {
            codes,
            index: HashMap::new(),
            keys: Vec::new(),
            recent_keys: vec![0; RECENT],
            recent: vec![NONE; RECENT],
        }
    }

    #[inline]
    fn find(&mut self, key: Key) -> u32 {
        let place = recent_place(key);
        let cell = self.recent[place];
        if self.recent_keys[place] == key && cell != NONE {
            return cell;
        }
        let cell = self.look_up(key);
        (self.recent_keys[place], self.recent[place]) = (key, cell);
        cell
    }

    #[cold]
    fn look_up(&mut self, key: Key) -> u32 {
        // Counters of far fewer cells are refused.
        let next = u32::try_from(self.keys.len()).unwrap_or(NONE);
        *self.index.entry(key).or_insert_with(|| {
            self.keys.push(key);
            next
        })
    }
}

/// A place among [`RECENT`]: codes are small, so one multiplication of each half spreads them.
#[inline]
fn recent_place(key: Key) -> usize {
    let half = |shift: u32| u64::try_from((key >> shift) & Key::from(u64::MAX)).unwrap_or_default();
    let low = half(0).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let high = half(u64::BITS).wrapping_mul(0xC2B2_AE3D_27D4_EB4F);
    usize::try_from((low ^ high.rotate_left(29)) >> 40).unwrap_or(0) % RECENT
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The cells of rows given as wave and codes, in batches of 100.
    fn cells(variables: usize, rows: &[(Code, Vec<Code>)]) -> (Vec<u32>, LocalCells) {
        let mut coder = DesignCoder::new(variables);
        let mut found = Vec::new();
        for rows in rows.chunks(100) {
            let (mut waves, mut codes) = ([0; BATCH_RECORDS], vec![[0; BATCH_RECORDS]; variables]);
            for (row, (wave, own)) in rows.iter().enumerate() {
                waves[row] = *wave;
                own.iter().zip(&mut codes).for_each(|(code, column)| column[row] = *code);
            }
            let mut cells = [0; BATCH_RECORDS];
            coder.code(rows.len(), &waves, codes.iter(), &mut cells);
            coder.weigh(rows.len(), &cells, &std::array::from_fn(|row| row as u64 + 1));
            found.extend_from_slice(&cells[..rows.len()]);
        }
        (found, coder.finish())
    }

    proptest! {
        #[test]
        fn a_cell_stands_for_its_codes(
            variables in 0_usize..22,
            seeds in proptest::collection::vec((0_u16..3, any::<u64>()), 0..300),
        ) {
            let rows: Vec<(Code, Vec<Code>)> = seeds
                .iter()
                .map(|(wave, seed)| {
                    // Few rows differ, and then in the last variables as well as in the first.
                    let code = |place: usize| if seed % 7 == place as u64 % 7 { 65_004 - (seed % 3) as Code } else { 2 + (seed % 5) as Code };
                    (*wave, (0..variables).map(code).collect())
                })
                .collect();
            let (found, local) = cells(variables, &rows);
            let mut met: Vec<Vec<Code>> = Vec::new();
            for ((wave, codes), cell) in rows.iter().zip(&found) {
                let expected: Vec<Code> =
                    std::iter::once(*wave).chain(codes.iter().map(|code| (*code).max(NO_ANSWER))).collect();
                prop_assert_eq!(&local.codes[*cell as usize], &expected);
                if !met.contains(&expected) {
                    met.push(expected);
                }
            }
            prop_assert_eq!(local.codes, met, "each once, in the order in which they were met");
        }
    }

    #[test]
    fn weights_reach_from_the_least_to_the_most_of_a_cell() {
        let rows = [(0, vec![5]), (0, vec![6]), (1, vec![5]), (0, vec![5])];
        assert_eq!(cells(1, &rows).1.ranges, [(1, 4), (2, 2), (3, 3)]);
    }
}
