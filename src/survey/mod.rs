//! What was asked: the definition, its scales and codes, expressions, inference and the embedded library.

mod definition;
pub mod expression;
mod measure;
mod missing;
mod profile;
mod question;
mod scale;
mod segment;

pub use definition::{Data, DateColumn, Dimension, Invited, Period, Sampling, Survey, WaveRule};
pub use measure::{Best, Better, Headline, Measure};
pub use missing::{Code, Missing, REASONS, answer};
pub use profile::{ColumnProfile, Profile};
pub use question::{Columns, Question};
pub use scale::Scale;
pub use segment::{Band, Segment};
