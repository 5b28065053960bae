//! Files in: readers, delimiters, header binding, cells to codes, dates, the profile and the ledger.

mod coder;
mod dates;
mod ledger;
mod number;
mod text;
mod weight;

pub use coder::{AgeBandCoder, BandCoder, CategoryCoder, MAX_CATEGORIES, MultipleCoder, NumberCoder, ScaleCoder};
pub use dates::{DateCoder, DateOrder, DateReadings, InvalidDateFormat, OrderEvidence, OrderOpen};
pub use ledger::{Ledger, PLACES_KEPT, Position, Tallied};
pub use number::Fixed;
pub use text::fold;
pub use weight::{UNIT_WEIGHT, Weight, WeightCoder, WeightFault};
