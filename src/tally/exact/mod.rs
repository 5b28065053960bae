//! Sums without rounding: integers all the way, floats once at the end.
//!
//! Weights and numbers come in units of 10⁻⁹. Integers add up in any order to the same sum, so neither threads nor the
//! order of rows nor the split of files can change a digit. Room is left for 2⁶³ rows of the largest weights and numbers.

mod count;
mod moments;
mod wide;

pub use count::ExactCount;
pub use moments::{ExactMoments, MomentSums};
pub(super) use wide::quotient;
