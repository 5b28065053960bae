//! Readers that watch what goes through: how much, and where it ends.

use std::fmt;
use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::error::{ArchiveError, ArchiveFormat};

/// Deflate cannot pass 1,032 times, and tables of answers stay far below it.
const MOST_RATIO: u64 = 1000;

/// Up to here anything may inflate: it fits into memory, and short repetitive files are packed well.
const HARMLESS: u64 = 64 * 1024 * 1024;

/// Counts what is taken from a packed stream.
pub(super) struct Metered<R> {
    inner: R,
    taken: Arc<AtomicU64>,
}

impl<R: Read> Metered<R> {
    pub(super) fn new(inner: R, taken: Arc<AtomicU64>) -> Self {
        Self { inner, taken }
    }
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(buffer)?;
        self.taken.fetch_add(u64::try_from(length).unwrap_or(0), Ordering::Relaxed);
        Ok(length)
    }
}

/// Holds what comes out against what was taken in.
pub(super) struct Expansion<R> {
    inner: R,
    taken: Arc<AtomicU64>,
    given: u64,
}

impl<R: Read> Expansion<R> {
    pub(super) fn new(inner: R, taken: Arc<AtomicU64>) -> Self {
        Self { inner, taken, given: 0 }
    }
}

impl<R: Read> Read for Expansion<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(buffer)?;
        self.given += u64::try_from(length).unwrap_or(0);
        if self.given > HARMLESS && self.given / MOST_RATIO > self.taken.load(Ordering::Relaxed) {
            return Err(ArchiveError::Bomb { ratio: MOST_RATIO }.into());
        }
        Ok(length)
    }
}

/// Remembers how a packed stream ended, for the message when it cannot be unpacked.
pub(super) struct Watched<R> {
    inner: R,
    is_ended: bool,
    error: Option<io::Error>,
}

impl<R: Read> Watched<R> {
    pub(super) fn new(inner: R) -> Self {
        Self { inner, is_ended: false, error: None }
    }

    /// Why unpacking failed: the stream itself failed, or ended, or its content is wrong.
    pub(super) fn fault(&mut self, format: ArchiveFormat, reason: &dyn fmt::Display) -> io::Error {
        if let Some(error) = self.error.take() {
            return error;
        }
        if self.is_ended {
            return ArchiveError::Cut { format }.into();
        }
        ArchiveError::Damaged { format, reason: reason.to_string() }.into()
    }
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.inner.read(buffer) {
            Ok(0) if !buffer.is_empty() => {
                self.is_ended = true;
                Ok(0)
            }
            Err(error) if error.kind() != io::ErrorKind::Interrupted => {
                let kind = error.kind();
                self.error = Some(error);
                Err(kind.into())
            }
            other => other,
        }
    }
}
