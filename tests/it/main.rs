//! The one integration test program; a comment on each module says what belongs there.

// Functions beside the tests are tests too; clippy.toml allows it in test functions only.
#![allow(clippy::unwrap_used)]

/// Definitions: every key, every complaint, the templates and the documentation.
mod definition;
