//! The bytes of the file in order, with their place, and a bound on what is kept of them.

use std::io::{BufRead, BufReader, Read};

use super::error::SpssError;

/// The most that a dictionary may take; those of large panels take some megabytes.
const KEPT_LIMIT: u64 = 48 << 20;

/// Bytes that cases are read from.
pub(super) trait DataBytes {
    /// Fills the buffer as far as there are bytes, and says how far.
    fn fill(&mut self, buffer: &mut [u8]) -> Result<usize, SpssError>;

    /// The place in the file.
    fn offset(&self) -> u64;
}

/// A system file, read from its first byte to its last.
pub(super) struct FileBytes {
    stream: BufReader<Box<dyn Read + Send>>,
    offset: u64,
    kept: u64,
    /// Whether the most significant byte comes first.
    pub(super) is_big: bool,
}

impl FileBytes {
    /// The file of this stream, least significant byte first until the header says otherwise.
    pub(super) fn new(stream: Box<dyn Read + Send>) -> Self {
        Self { stream: BufReader::with_capacity(64 * 1024, stream), offset: 0, kept: 0, is_big: false }
    }

    /// The next bytes, all of them.
    pub(super) fn array<const LENGTH: usize>(
        &mut self,
        expected: &'static str,
    ) -> Result<[u8; LENGTH], SpssError> {
        let mut array = [0; LENGTH];
        if self.fill(&mut array)? < LENGTH {
            return Err(SpssError::Cut { offset: self.offset, expected });
        }
        Ok(array)
    }

    /// The next number of 32 bits.
    pub(super) fn i32(&mut self, expected: &'static str) -> Result<i32, SpssError> {
        let bytes = self.array(expected)?;
        Ok(if self.is_big { i32::from_be_bytes(bytes) } else { i32::from_le_bytes(bytes) })
    }

    /// The next number of 64 bits.
    pub(super) fn i64(&mut self, expected: &'static str) -> Result<i64, SpssError> {
        let bytes = self.array(expected)?;
        Ok(if self.is_big { i64::from_be_bytes(bytes) } else { i64::from_le_bytes(bytes) })
    }

    /// The next number of 32 bits, which counts something and so is not negative.
    pub(super) fn count(&mut self, expected: &'static str) -> Result<usize, SpssError> {
        let offset = self.offset;
        let number = self.i32(expected)?;
        usize::try_from(number).map_err(|_| SpssError::Unexpected {
            offset,
            found: number.to_string(),
            expected,
        })
    }

    /// The next bytes, which are kept. Grows with what is there, not with what is asked for.
    pub(super) fn bytes(&mut self, length: u64, expected: &'static str) -> Result<Vec<u8>, SpssError> {
        self.keep(length)?;
        let mut bytes = Vec::new();
        let read = Read::take(&mut self.stream, length)
            .read_to_end(&mut bytes)
            .map_err(|source| SpssError::Unreadable { offset: self.offset, source })?;
        self.offset += read as u64;
        if (read as u64) < length {
            return Err(SpssError::Cut { offset: self.offset, expected });
        }
        Ok(bytes)
    }

    /// Passes over bytes.
    pub(super) fn skip(&mut self, length: u64, expected: &'static str) -> Result<(), SpssError> {
        let passed = std::io::copy(&mut Read::take(&mut self.stream, length), &mut std::io::sink())
            .map_err(|source| SpssError::Unreadable { offset: self.offset, source })?;
        self.offset += passed;
        if passed < length {
            return Err(SpssError::Cut { offset: self.offset, expected });
        }
        Ok(())
    }

    /// Accounts for memory that a part of the dictionary takes.
    pub(super) fn keep(&mut self, bytes: u64) -> Result<(), SpssError> {
        self.kept = self.kept.saturating_add(bytes);
        if self.kept > KEPT_LIMIT {
            return Err(SpssError::TooLarge {
                offset: self.offset,
                what: "the dictionary",
                limit: KEPT_LIMIT,
            });
        }
        Ok(())
    }

    /// Bytes that are there without waiting for more; none at the end.
    pub(super) fn chunk(&mut self) -> Result<&[u8], SpssError> {
        let offset = self.offset;
        loop {
            match self.stream.fill_buf() {
                Ok(_) => break,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(source) => return Err(SpssError::Unreadable { offset, source }),
            }
        }
        Ok(self.stream.buffer())
    }

    /// Takes bytes of the chunk as read.
    pub(super) fn consume(&mut self, length: usize) {
        self.stream.consume(length);
        self.offset += length as u64;
    }
}

impl DataBytes for FileBytes {
    fn fill(&mut self, buffer: &mut [u8]) -> Result<usize, SpssError> {
        let mut filled = 0;
        while filled < buffer.len() {
            let chunk = self.chunk()?;
            if chunk.is_empty() {
                break;
            }
            let length = chunk.len().min(buffer.len() - filled);
            buffer[filled..filled + length].copy_from_slice(&chunk[..length]);
            self.consume(length);
            filled += length;
        }
        Ok(filled)
    }

    fn offset(&self) -> u64 {
        self.offset
    }
}
