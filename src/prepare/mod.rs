//! Rows made ready while the stream runs: filters and derived variables that one row decides, files written anew as
//! plain tables, copies without personal data.

mod filter;
pub mod import;
pub mod redact;
mod wave;

pub use filter::{AnswerNames, BoundFilter, Filter};
pub use wave::{CalendarWave, wave_of};
