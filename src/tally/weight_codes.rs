//! Design weights as codes, for cells of the design that are split by them.

use hashbrown::HashMap;

use super::batch::Codes;
use super::size::MAX_WEIGHTS;
use crate::source::BATCH_RECORDS;
use crate::survey::{Code, REASONS};

/// The weights met so far, as a worker's codes.
#[derive(Debug, Default)]
pub(super) struct WeightCodes {
    codes: HashMap<u64, Code>,
}

impl WeightCodes {
    /// The codes of the weights of rows, in units of 10⁻⁹. Beyond those allowed all have the last code: they are refused
    /// at the end of the block.
    pub(super) fn code(&mut self, rows: usize, weights: &[u64; BATCH_RECORDS], into: &mut Codes) {
        for (code, weight) in into.iter_mut().zip(weights).take(rows) {
            let next = Code::try_from(REASONS + self.codes.len().min(MAX_WEIGHTS)).unwrap_or(Code::MAX);
            *code = *self.codes.entry(*weight).or_insert(next);
        }
    }

    /// Whether there are more than are allowed.
    pub(super) fn overflow(&self) -> bool {
        self.codes.len() > MAX_WEIGHTS
    }
}
