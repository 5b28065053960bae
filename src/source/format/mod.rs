//! What the bytes of an input are, and the text that they stand for.
//!
//! An archive is unpacked, a workbook, an SPSS file and JSON are written as CSV, text in another encoding becomes
//! UTF-8: each as a stream, so that everything after sees one kind of input, UTF-8 text separated by a character.
//! A file that is that already is passed on untouched.

pub mod archive;
mod csv_stream;
mod decode;
pub mod encoding;
pub mod json;
mod losses;
pub mod spss;
pub mod workbook;

use std::io::Read;

use super::delimiter::Delimiter;
use crate::survey::ColumnFacts;

pub use csv_stream::{CsvStream, Rows};
pub use decode::{FormatError, decode, head_of_file, kind_of_head};
pub use losses::{Losses, Places};

/// An input as UTF-8 text.
pub struct Decoded {
    /// The text from its first byte.
    pub reader: Box<dyn Read + Send>,
    /// What separates its fields, where we wrote it or the format says; else it is found.
    pub delimiter: Option<Delimiter>,
    /// What the format says of the columns, by position; empty where it has no dictionary.
    pub columns: Vec<ColumnFacts>,
    /// How it was read, a sentence each: `sheet "Answers", the first of 3`.
    pub reasons: Vec<String>,
    /// What could not be passed on; counted while the text is read.
    pub losses: Losses,
}
