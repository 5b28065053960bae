//! Buffers go round: filled by the reader, counted by a thread, given back to be filled again.
//!
//! So memory is what is in flight, however long the file; a mutex is taken twice a block, which is nothing.

use std::sync::{Arc, Mutex, PoisonError};

/// Buffers that were read and counted, to be filled again.
///
/// Clones share the same buffers: the reader keeps one, each thread that counts keeps another.
#[derive(Debug, Clone)]
pub struct BufferPool {
    buffers: Arc<Mutex<Vec<Vec<u8>>>>,
    largest_kept: usize,
}

impl BufferPool {
    /// An empty pool that keeps buffers of at most `largest_kept` bytes.
    pub(crate) fn new(largest_kept: usize) -> Self {
        Self { buffers: Arc::default(), largest_kept }
    }

    /// Gives a buffer back. One that grew for a giant record is let go, so that memory shrinks again.
    pub fn give_back(&self, buffer: Vec<u8>) {
        if buffer.capacity() <= self.largest_kept {
            self.buffers.lock().unwrap_or_else(PoisonError::into_inner).push(buffer);
        }
    }

    /// A buffer to fill; its length and content are those of its last use.
    pub(crate) fn take(&self) -> Vec<u8> {
        self.buffers.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default()
    }
}
