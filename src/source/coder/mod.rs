//! Cells to codes: each coder turns the bytes of a cell into an answer or the reason why there is none.

use indexmap::IndexMap;

use super::dates::DateReadings;
use super::number::Fixed;
use crate::survey::{Band, Code, Missing, Scale};

/// How many categories one column may have.
pub const MAX_CATEGORIES: usize = 65_000;

/// Codes the cells of a scale.
#[derive(Clone, Debug)]
pub struct ScaleCoder {}

impl ScaleCoder {
    /// A coder; `missing` are the texts that mean blank everywhere.
    pub fn new(_scale: &Scale, _missing: &[String]) -> Self {
        todo!()
    }
    /// The code of a cell.
    pub fn code(&mut self, _cell: &[u8]) -> Code {
        todo!()
    }
}

/// Codes the cells of a choice or a segment.
#[derive(Clone, Debug)]
pub struct CategoryCoder {}

impl CategoryCoder {
    /// A coder: the labels are the first categories.
    pub fn new(_labels: &IndexMap<String, String>, _closed: bool, _missing: &[String]) -> Self {
        todo!()
    }
    /// The code of a cell.
    pub fn code(&mut self, _cell: &[u8]) -> Code {
        todo!()
    }
    /// The categories: code 5 + i is the i-th; declared labels first, in their order, even when never seen.
    pub fn names(&self) -> &[String] {
        todo!()
    }
    /// Whether a category was refused because there are [`MAX_CATEGORIES`]; sticky.
    pub fn overflow(&self) -> bool {
        todo!()
    }
}

/// Codes cells that hold several categories.
#[derive(Clone, Debug)]
pub struct MultipleCoder {}

impl MultipleCoder {
    /// A coder.
    pub fn new(_labels: &IndexMap<String, String>, _separator: &str, _missing: &[String]) -> Self {
        todo!()
    }
    /// Clears `out` and puts the categories of the cell into it, each once; `Some(reason)` when there is none.
    pub fn codes(&mut self, _cell: &[u8], _out: &mut Vec<Code>) -> Option<Missing> {
        todo!()
    }
    /// The categories, as of [`CategoryCoder::names`].
    pub fn names(&self) -> &[String] {
        todo!()
    }
    /// As of [`CategoryCoder::overflow`].
    pub fn overflow(&self) -> bool {
        todo!()
    }
}

/// Codes numbers to bands: code 5 + i is the i-th band as written.
#[derive(Clone, Debug)]
pub struct BandCoder {}

impl BandCoder {
    /// A coder.
    pub fn new(_bands: &[Band], _missing: &[String]) -> Self {
        todo!()
    }
    /// The code of a cell.
    pub fn code(&mut self, _cell: &[u8]) -> Code {
        todo!()
    }
}

/// Codes years and dates of birth to bands of the age at the date of the answer.
#[derive(Clone, Debug)]
pub struct AgeBandCoder {}

impl AgeBandCoder {
    /// A coder.
    pub fn new(_bands: &[Band], _missing: &[String]) -> Self {
        todo!()
    }
    /// The code of a cell of birth, with the readings of the date of the answer (`None`: no date, so blank).
    pub fn code(&mut self, _birth: &[u8], _answered: Option<DateReadings>) -> Code {
        todo!()
    }
}

/// Reads free numbers.
#[derive(Clone, Debug)]
pub struct NumberCoder {}

impl NumberCoder {
    /// A coder.
    pub fn new(_missing: &[String]) -> Self {
        todo!()
    }
    /// The number of a cell.
    ///
    /// # Errors
    /// The reason why there is none.
    pub fn number(&mut self, _cell: &[u8]) -> Result<Fixed, Missing> {
        todo!()
    }
}
