//! Files in: readers, delimiters, header binding, cells to codes, dates, the profile and the ledger.
//!
//! [`input`] opens and refuses, [`delimiter`] and [`header`] read the first bytes, [`head`] looks at the values
//! there, [`blocks`] cuts the stream into blocks of whole records on one thread, [`records`] finds the fields of
//! a block on any number of them.

pub mod blocks;
pub mod buffer_pool;
pub mod delimiter;
pub mod differential;
pub mod head;
pub mod header;
pub mod input;
mod ledger;
mod record_ends;
pub mod records;
#[expect(clippy::module_inception, reason = "an input that is ready to be counted is a source")]
mod source;
mod structure;

pub use ledger::{Ledger, PLACES_KEPT, Position, Tallied};
pub use source::Source;
