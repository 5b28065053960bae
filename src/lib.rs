//! Customer satisfaction measurement: from a file of answers to scores one can trust.

pub mod analysis;
pub mod diagnostic;
pub mod measures;
pub mod prepare;
pub mod render;
pub mod report;
pub mod source;
pub mod stats;
pub mod survey;
pub mod tally;
