//! A scale in the current input: most variables are such, and most of their cells are one byte.

use crate::source::{Record, ScaleCoder};
use crate::survey::{Code, Missing};

/// Codes the cells of a scale, those of one byte by a table.
pub(super) struct ScaleCells {
    /// The variable that takes the codes.
    pub(super) variable: usize,
    slot: usize,
    /// The position of the column in the file, from 0.
    column: usize,
    /// What cells of one byte mean, as the coder says; in the loop itself, most cells being such.
    one_byte: Box<[Code; 256]>,
    coder: ScaleCoder,
}

impl ScaleCells {
    /// The cells of a column, which has this slot among those selected.
    pub(super) fn new(variable: usize, slot: usize, column: usize, mut coder: ScaleCoder) -> Self {
        let one_byte = std::array::from_fn(|byte| {
            u8::try_from(byte).map_or(Missing::Invalid.code(), |byte| coder.code(&[byte]))
        });
        Self { variable, slot, column, one_byte: Box::new(one_byte), coder }
    }

    /// The code of the cell of a record.
    #[inline]
    pub(super) fn code(&mut self, record: &Record<'_>) -> Code {
        match record.only_byte(self.column) {
            Some(byte) => self.one_byte[usize::from(byte)],
            None => self.longer(record),
        }
    }

    #[inline(never)]
    fn longer(&mut self, record: &Record<'_>) -> Code {
        self.coder.code(record.field(self.slot))
    }
}
