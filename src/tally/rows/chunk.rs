//! What a worker has kept of the rows of one block, in the worker's own codes.

use std::collections::BTreeMap;

use crate::source::OrderEvidence;
use crate::survey::{Code, Missing, REASONS};
use crate::tally::coders::CellCoder;
use crate::tally::plan::Coding;

use super::places::RowPlaces;

/// How many codes a byte holds.
pub(super) const NARROW: usize = 256;

/// What one worker has kept.
#[derive(Default)]
pub(in crate::tally) struct KeptChunks {
    /// By input and block.
    pub(super) chunks: BTreeMap<(usize, u64), Chunk>,
    /// By wanted and extra variable, the sets of options that codes above the reasons stand for.
    pub(super) sets: Vec<Vec<Vec<Code>>>,
    /// The coders of the extra variables.
    pub(super) coders: Vec<CellCoder>,
    /// By wanted date column, for which order its rows speak.
    pub(super) orders: Vec<OrderEvidence>,
}

/// The rows of a block, or of several that stand together.
#[derive(Clone, Debug, Default)]
pub(super) struct Chunk {
    /// Where the rows stand; row numbers are provisional.
    pub(super) places: RowPlaces,
    /// The worker's wave codes; empty without waves, unless raking answers have split them.
    pub(super) waves: Vec<Code>,
    /// The exclusions of rows that are left out; empty unless such rows are kept.
    pub(super) left_out: Vec<Option<usize>>,
    /// Weights in units of 10⁻⁹; empty without weights.
    pub(super) weights: Vec<u64>,
    /// By wanted variable, extra variable, and column of which presence is wanted.
    pub(super) columns: Vec<ChunkColumn>,
    /// By wanted date column: the day read day first and month first.
    pub(super) dates: Vec<Vec<(i32, i32)>>,
    /// By wanted text column.
    pub(super) texts: Vec<Texts>,
    /// By wanted group of columns.
    pub(super) hashes: Vec<Vec<u128>>,
}

/// One variable of a chunk.
#[derive(Clone, Debug)]
pub(super) enum ChunkColumn {
    /// Codes that fit a byte.
    Narrow(Vec<u8>),
    /// The worker's codes of categories.
    Wide(Vec<Code>),
    /// Reasons, and above them the worker's numbers of sets of options.
    Sets(Vec<u32>),
    /// Reasons or the code of an answer, and free numbers.
    Numbers(Vec<u8>, Vec<f64>),
}

impl ChunkColumn {
    /// An empty column of cells that are coded in this way.
    pub(super) fn of(coding: &Coding) -> Self {
        match coding {
            Coding::Scale(scale) if scale.points() + REASONS <= NARROW => Self::Narrow(Vec::new()),
            Coding::Bands(bands) if bands.len() + REASONS <= NARROW => Self::Narrow(Vec::new()),
            Coding::Multiple { .. } => Self::Sets(Vec::new()),
            Coding::Number => Self::Numbers(Vec::new(), Vec::new()),
            Coding::Scale(_) | Coding::Bands(_) | Coding::Category { .. } | Coding::AgeBands { .. } => {
                Self::Wide(Vec::new())
            }
        }
    }
}

/// Texts of a column, one after the other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Texts {
    bytes: String,
    ends: Vec<usize>,
}

impl Texts {
    /// Adds the next row's.
    pub(super) fn push(&mut self, text: &str) {
        self.bytes.push_str(text);
        self.ends.push(self.bytes.len());
    }

    /// The text of a row; empty beyond the last.
    pub(super) fn get(&self, row: usize) -> &str {
        let start = row.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied());
        let bounds = start.zip(self.ends.get(row).copied());
        bounds.and_then(|(start, end)| self.bytes.get(start..end)).unwrap_or_default()
    }
}

/// A day, or a reason why there is none, in 32 bits: days are counted from the first of January of the year 1.
pub(super) fn packed_day(day: Result<i32, Missing>) -> i32 {
    day.unwrap_or_else(|reason| i32::MIN + i32::from(reason.code()))
}

/// What was packed.
pub(super) fn unpacked_day(packed: i32) -> Result<i32, Missing> {
    let code = packed.checked_sub(i32::MIN).and_then(|code| Code::try_from(code).ok());
    match code.and_then(Missing::of) {
        Some(reason) => Err(reason),
        None => Ok(packed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_days_come_back() {
        let mut texts = Texts::default();
        for text in ["a", "", "été"] {
            texts.push(text);
        }
        assert_eq!([0, 1, 2, 3].map(|row| texts.get(row)), ["a", "", "été", ""]);
        for day in [Ok(739_000), Ok(-1), Err(Missing::Blank), Err(Missing::NotAsked)] {
            assert_eq!(unpacked_day(packed_day(day)), day);
        }
    }
}
