//! Encodings of text: which one bytes are in, and a stream of UTF-8 from them.
//!
//! [`sniff`] looks at the head of a file: byte order marks, zero bytes, UTF-8, else a guess that is said and that
//! `--encoding` overrides; [`scan`] looks at a whole file. [`Utf8Reader`] decodes as a stream. What is UTF-8 already
//! never goes through it ([`Guess::needs_decoding`]).
//!
//! A head of ASCII says nothing of the bytes behind it: such a file is passed on as it is, and what is not UTF-8 there
//! becomes U+FFFD where the cells are read, and is counted there. `scan` finds the encoding of such a file.

mod evidence;
mod familiar;
mod guess;
mod label;
mod plausible;
mod reader;
mod sequences;
mod wide;

pub use guess::{Guess, Sureness, scan, sniff};
pub use label::{Encoding, UnknownEncoding};
pub use reader::Utf8Reader;

#[cfg(test)]
mod tests;
