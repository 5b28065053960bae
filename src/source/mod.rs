//! Files in: readers, delimiters, header binding, cells to codes, dates, the profile and the ledger.
//!
//! [`input`] opens and refuses, [`delimiter`] and [`header`] read the first bytes, [`head`] looks at the values there,
//! [`blocks`] cuts the stream into blocks of whole records on one thread, [`records`] finds the fields of a block on
//! any number of them.

mod binding;
pub mod blocks;
pub mod buffer_pool;
pub mod cases;
mod coder;
mod dates;
pub mod delimiter;
mod delivered;
pub mod differential;
mod field_index;
pub mod format;
pub mod head;
pub mod header;
pub mod input;
mod judged;
mod lanes;
pub mod late_encoding;
pub mod layout;
mod ledger;
mod list_rows;
pub mod lookup;
mod memo;
mod no_header;
mod not_utf8;
mod number;
mod original;
mod promises;
mod record_ends;
pub mod records;
mod repeated_header;
#[expect(clippy::module_inception, reason = "an input that is ready to be counted is a source")]
mod source;
mod structure;
mod targets;
mod text;
mod weight;

pub use binding::{Binding, DuplicateColumn};
pub use blocks::{Block, BlockError, BlockReader};
pub use buffer_pool::BufferPool;
pub use coder::{
    AgeBandCoder, BandCoder, CategoryCoder, MAX_CATEGORIES, MultipleCoder, NumberCoder, ScaleCoder,
};
pub use dates::{
    DateCoder, DateOrder, DateReadings, InvalidDateFormat, MomentCoder, MomentReadings, OrderEvidence,
    OrderOpen, Zone,
};
pub use delivered::read_delivered;
pub use ledger::{Ledger, PLACES_KEPT, Position, Tallied};
pub use not_utf8::NotUtf8;
pub use number::Fixed;
pub use original::Original;
pub use promises::{PromiseRegister, read_promises};
pub use records::{BATCH_RECORDS, Record, RecordScanner, Records, Stride};
pub use repeated_header::RepeatedHeader;
pub use source::{Again, Source};
pub use targets::{TargetsError, read_targets};
pub use weight::{UNIT_WEIGHT, Weight, WeightCoder, WeightFault};
