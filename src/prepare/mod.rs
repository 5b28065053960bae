//! Rows made ready while the stream runs: filters and derived variables that one row decides.

mod filter;

pub use filter::{AnswerNames, BoundFilter, Filter};
