//! Weights, read exactly from decimal text.

/// The weight 1, in units of 10⁻⁹.
pub const UNIT_WEIGHT: u64 = 1_000_000_000;

/// A weight above zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weight {
    /// In units of 10⁻⁹, rounded half away from zero; 1 to 10¹⁸.
    pub nano: u64,
    /// Whether rounding moved it by more than 10⁻⁹ of itself.
    pub rounded: bool,
}

/// Why a row has no weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WeightFault {
    /// Zero, or below half of 10⁻⁹.
    Zero,
    /// Negative, not finite, text, blank or above 10⁹.
    Invalid,
}

/// Reads weights.
#[derive(Clone, Debug, Default)]
pub struct WeightCoder {}

impl WeightCoder {
    /// A coder.
    pub fn new() -> Self {
        Self::default()
    }
    /// The weight of a cell.
    ///
    /// # Errors
    /// Why it has none.
    pub fn weight(&mut self, _cell: &[u8]) -> Result<Weight, WeightFault> {
        todo!()
    }
}
