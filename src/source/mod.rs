//! source
pub mod blocks;
pub mod buffer_pool;
pub mod differential;
mod record_ends;
pub mod records;
mod structure;
