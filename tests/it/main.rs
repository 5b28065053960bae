//! The one integration binary: everything that is tested from outside the modules.
#![allow(clippy::unwrap_used, clippy::float_cmp, clippy::disallowed_methods, missing_docs)]

mod architecture; // the import table
mod definition; // definitions: every key, every complaint, the templates and the documentation
mod inference; // what files without a definition are taken for
