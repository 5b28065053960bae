//! Files in: from bytes to the fields of each record.
//!
//! [`input`] opens and refuses, [`delimiter`] and [`header`] read the first bytes, [`blocks`] cuts the stream
//! into blocks of whole records on one thread, [`records`] finds the fields of a block on any number of them.

pub mod blocks;
pub mod buffer_pool;
pub mod delimiter;
pub mod differential;
pub mod header;
pub mod input;
mod record_ends;
pub mod records;
mod structure;
