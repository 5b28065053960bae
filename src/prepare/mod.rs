//! Rows made ready while the stream runs: filters and derived variables that one row decides.

mod filter;
mod wave;

pub use filter::{AnswerNames, BoundFilter, Filter};
pub use wave::{CalendarWave, wave_of};
