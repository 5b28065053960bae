//! Cells to codes: each coder turns the bytes of a cell into an answer or the reason why there is none.
//!
//! What holds for all of them: blanks around a cell do not count, a cell with nothing else is blank, one that is not
//! UTF-8 is invalid. Texts that a definition declares are compared folded ([`crate::survey::fold`]), and as numbers where both
//! are numbers (`6` is `6.0`).

mod age;
mod band;
mod category;
mod lexicon;
mod multiple;
mod number;
mod scale;

pub use age::AgeBandCoder;
pub use band::BandCoder;
pub use category::{CategoryCoder, MAX_CATEGORIES};
pub use multiple::MultipleCoder;
pub use number::NumberCoder;
pub use scale::ScaleCoder;

pub(super) use lexicon::Lexicon;

use crate::survey::{Code, REASONS};

/// Distinct texts that a coder remembers.
const REMEMBERED: usize = 4_096;

/// The code of the answer at `index`; `None` beyond what a code can hold.
fn answer_code(index: usize) -> Option<Code> {
    Code::try_from(index.checked_add(REASONS)?).ok()
}
