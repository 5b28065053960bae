//! One input, opened and looked at, ready to be counted.

use std::fmt;
use std::fs::File;
use std::io::{self, Read, Seek};
use std::sync::Arc;

use super::format::Losses;
use super::{Original, RepeatedHeader};
use crate::survey::NumberStyle;

/// A stream of records with the header that was found at its head.
pub struct Source {
    /// Its name as given, for messages and the provenance.
    pub name: String,
    /// What separates its fields.
    pub delimiter: u8,
    /// The names of its columns, cleaned (trimmed, NFC).
    pub header: Vec<String>,
    /// The header records as they stood, to be known where they come once more.
    pub repeated: Arc<RepeatedHeader>,
    /// How the numbers of each column are written, by position; a column without an entry is written plainly.
    pub number_styles: Vec<NumberStyle>,
    /// The stream from byte 0: a byte order mark and the header record are still in it.
    pub reader: Box<dyn Read + Send>,
    /// How many of the columns a list has brought; they stand before those of the file.
    pub brought: usize,
    /// The bytes that the stream was made of; none where it is those bytes.
    pub original: Option<Original>,
    /// What could not be passed on, counted while the stream is read.
    pub losses: Losses,
    /// How the stream is opened once more from byte 0; none for what comes once, such as standard input.
    pub again: Option<Again>,
}

/// Opens a stream once more.
pub type Again = Box<dyn FnOnce() -> io::Result<Box<dyn Read + Send>> + Send>;

impl Source {
    /// The same input for a reading before the one that counts. What comes once is kept in a temporary file for that.
    ///
    /// # Errors
    /// The input cannot be opened once more, or not be kept.
    pub fn first_reading(&mut self) -> io::Result<Self> {
        let reader = match self.again.take() {
            Some(again) => again()?,
            None => self.kept()?,
        };
        Ok(Self {
            name: self.name.clone(),
            delimiter: self.delimiter,
            header: self.header.clone(),
            repeated: Arc::clone(&self.repeated),
            number_styles: self.number_styles.clone(),
            brought: self.brought,
            reader,
            original: None,
            losses: Losses::default(),
            again: None,
        })
    }

    /// The stream put into a file, from which it comes twice.
    fn kept(&mut self) -> io::Result<Box<dyn Read + Send>> {
        let mut kept = tempfile::tempfile()?;
        io::copy(&mut self.reader, &mut kept)?;
        kept.rewind()?;
        // One place in the file for both: the second reading starts when the first is done.
        let first = kept.try_clone()?;
        self.reader = Box::new(FromStart { file: kept, started: false });
        Ok(Box::new(first))
    }
}

/// A file that is read from its start, wherever its place is when reading begins.
struct FromStart {
    file: File,
    started: bool,
}

impl Read for FromStart {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if !std::mem::replace(&mut self.started, true) {
            self.file.rewind()?;
        }
        self.file.read(buffer)
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_once_is_read_twice_from_a_file() {
        let mut source = Source {
            repeated: Arc::default(),
            number_styles: Vec::new(),
            brought: 0,
            name: "standard input".to_owned(),
            delimiter: b',',
            header: vec!["a".to_owned()],
            reader: Box::new(&b"a\n1\n"[..]),
            original: None,
            losses: Losses::default(),
            again: None,
        };
        let (mut first, mut second) = (String::new(), String::new());
        source.first_reading().unwrap().reader.read_to_string(&mut first).unwrap();
        source.reader.read_to_string(&mut second).unwrap();
        assert_eq!((first.as_str(), second.as_str()), ("a\n1\n", "a\n1\n"));
    }
}
