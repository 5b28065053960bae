//! One input, opened and looked at, ready to be counted.

use std::fmt;
use std::io::Read;

use super::Original;

/// A stream of records with the header that was found at its head.
pub struct Source {
    /// Its name as given, for messages and the provenance.
    pub name: String,
    /// What separates its fields.
    pub delimiter: u8,
    /// The names of its columns, cleaned (trimmed, NFC).
    pub header: Vec<String>,
    /// The stream from byte 0: a byte order mark and the header record are still in it.
    pub reader: Box<dyn Read + Send>,
    /// How many of the columns a list has brought; they stand before those of the file.
    pub brought: usize,
    /// The bytes that the stream was made of; none where it is those bytes.
    pub original: Option<Original>,
}

impl fmt::Debug for Source {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Source")
            .field("name", &self.name)
            .field("delimiter", &char::from(self.delimiter))
            .field("header", &self.header)
            .finish_non_exhaustive()
    }
}
