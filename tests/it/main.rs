//! The one integration binary: everything that is tested from outside the modules.
#![allow(clippy::unwrap_used, clippy::float_cmp, clippy::disallowed_methods, missing_docs)]

mod architecture; // the import table
mod definition; // definitions: every complaint, every key, every shipped file
mod invariants; // laws that hold for every answer, weight, level and method
mod reference; // numbers of `stats` against other programs, from tests/reference
