//! Decimal numbers, read exactly: never through a float.

/// A decimal number in units of 10⁻⁹, at most 10⁹ either way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fixed(i64);

impl Fixed {
    /// The number in units of 10⁻⁹.
    pub const fn nano(self) -> i64 {
        self.0
    }
    /// The nearest float.
    pub fn to_f64(self) -> f64 {
        todo!()
    }
    /// The number of a text, rounded half away from zero to 9 places.
    pub fn parse(_text: &[u8]) -> Option<Self> {
        todo!()
    }
}
