//! The one integration test program; a comment on each module says what belongs there.

/// Definitions: every key, every complaint, the templates and the documentation.
mod definition;
