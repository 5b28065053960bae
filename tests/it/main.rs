//! it

mod reference; // numbers of `stats` against other programs, from tests/reference
