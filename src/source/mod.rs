//! Files in: readers, delimiters, header binding, cells to codes, dates, the profile and the ledger.

mod ledger;

pub use ledger::{Ledger, PLACES_KEPT, Position, Tallied};
