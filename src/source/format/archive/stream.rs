//! Bytes that may or may not be read twice.

use std::fs::File;
use std::io::{self, Cursor, Read, Seek, SeekFrom};

/// Bytes that can be read from any place.
pub trait ReadSeek: Read + Seek + Send {}

impl<T: Read + Seek + Send> ReadSeek for T {}

/// The bytes of an input.
pub enum Stream {
    /// A file, or what was written to one; it is read from its start.
    Seekable(Box<dyn ReadSeek>),
    /// What comes once: standard input, the inside of an archive.
    Piped(Box<dyn Read + Send>),
}

impl Stream {
    /// A file that was opened; a pipe that has the name of a file is a pipe.
    pub fn from_file(file: File) -> Self {
        if file.metadata().is_ok_and(|metadata| metadata.is_file()) {
            Self::Seekable(Box::new(file))
        } else {
            Self::Piped(Box::new(file))
        }
    }

    /// The first bytes, at most `size`; they come again.
    ///
    /// # Errors
    /// The stream cannot be read.
    pub fn head(&mut self, size: usize) -> io::Result<Vec<u8>> {
        let mut head = Vec::new();
        let limit = u64::try_from(size).unwrap_or(u64::MAX);
        match self {
            Self::Seekable(file) => {
                file.rewind()?;
                file.by_ref().take(limit).read_to_end(&mut head)?;
                file.rewind()?;
            }
            Self::Piped(pipe) => {
                pipe.by_ref().take(limit).read_to_end(&mut head)?;
                let rest = std::mem::replace(pipe, Box::new(io::empty()));
                *pipe = Box::new(Cursor::new(head.clone()).chain(rest));
            }
        }
        Ok(head)
    }

    /// All bytes, once, from the first.
    pub fn into_reader(self) -> Box<dyn Read + Send> {
        match self {
            Self::Seekable(file) => Box::new(file),
            Self::Piped(pipe) => pipe,
        }
    }

    /// All bytes, from any place; what comes once is written to a temporary file without a name.
    ///
    /// # Errors
    /// The stream cannot be read, or the file not be written.
    pub fn into_seekable(self) -> io::Result<Box<dyn ReadSeek>> {
        match self {
            Self::Seekable(mut file) => {
                file.rewind()?;
                Ok(file)
            }
            Self::Piped(mut pipe) => {
                let mut file = tempfile::tempfile()?;
                io::copy(&mut pipe, &mut file)?;
                file.seek(SeekFrom::Start(0))?;
                Ok(Box::new(file))
            }
        }
    }
}
