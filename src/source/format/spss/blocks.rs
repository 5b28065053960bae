//! The cases of a .zsav file: blocks of zlib, one after the other, and a trailer that lists them.
//!
//! Blocks are inflated as a stream, so no claimed size is ever allocated; the list is checked when it comes.

use flate2::{Decompress, FlushDecompress, Status};

use super::bytes::{DataBytes, FileBytes};
use super::error::SpssError;

/// The most blocks, a terabyte of the usual size.
const BLOCK_LIMIT: usize = 1 << 18;

/// Inflated bytes of the blocks.
pub(super) struct Blocks {
    bytes: FileBytes,
    /// Compressed bytes left.
    left: u64,
    inflate: Decompress,
    /// Inflated and compressed size of each block so far, as the trailer writes them.
    sizes: Vec<(i32, i32)>,
    is_checked: bool,
}

impl Blocks {
    /// Reads the header of the blocks.
    pub(super) fn new(mut bytes: FileBytes) -> Result<Self, SpssError> {
        let start = bytes.offset();
        let expected = "the offset of the compressed cases";
        let claimed = bytes.i64(expected)?;
        if u64::try_from(claimed) != Ok(start) {
            return Err(SpssError::Unexpected { offset: start, found: claimed.to_string(), expected });
        }
        let trailer = bytes.i64("the offset of the list of blocks")?;
        bytes.i64("the length of the list of blocks")?;
        let left = u64::try_from(trailer).ok().and_then(|trailer| trailer.checked_sub(bytes.offset()));
        let Some(left) = left else {
            let (offset, expected) = (start + 8, "an offset after the compressed cases");
            return Err(SpssError::Unexpected { offset, found: trailer.to_string(), expected });
        };
        Ok(Self { bytes, left, inflate: Decompress::new(true), sizes: Vec::new(), is_checked: false })
    }

    /// Inflates into the buffer; how many bytes it gave, and whether it moved on at all.
    fn inflate(&mut self, buffer: &mut [u8]) -> Result<usize, SpssError> {
        let offset = self.bytes.offset();
        let damaged = |found: String| SpssError::Unexpected { offset, found, expected: "a block of zlib" };
        // Without bytes left, what is missing of a block may still wait inside the inflater.
        let chunk = if self.left == 0 { &[] } else { self.bytes.chunk()? };
        if chunk.is_empty() && self.left > 0 {
            return Err(SpssError::Cut { offset, expected: "a block of compressed cases" });
        }
        let length = usize::try_from(self.left).unwrap_or(usize::MAX).min(chunk.len());
        let (taken, given) = (self.inflate.total_in(), self.inflate.total_out());
        let status = self
            .inflate
            .decompress(&chunk[..length], buffer, FlushDecompress::None)
            .map_err(|error| damaged(error.to_string()))?;
        let (taken, given) = (self.inflate.total_in() - taken, self.inflate.total_out() - given);
        let consumed = usize::try_from(taken).unwrap_or(length).min(length);
        self.bytes.consume(consumed);
        self.left -= consumed as u64;
        if status == Status::StreamEnd {
            let sizes =
                i32::try_from(self.inflate.total_out()).ok().zip(i32::try_from(self.inflate.total_in()).ok());
            self.sizes.push(sizes.ok_or_else(|| damaged("a block of over 2 GiB".to_owned()))?);
            if self.sizes.len() > BLOCK_LIMIT {
                return Err(damaged(format!("more than {BLOCK_LIMIT} blocks")));
            }
            self.inflate.reset(true);
        } else if taken == 0 && given == 0 {
            return Err(damaged("a block that does not go on".to_owned()));
        } else if i32::try_from(self.inflate.total_out()).is_err() {
            return Err(damaged("a block that inflates beyond 2 GiB".to_owned()));
        }
        Ok(usize::try_from(given).unwrap_or(buffer.len()).min(buffer.len()))
    }

    /// Compares the blocks with the list after them.
    fn check(&mut self) -> Result<(), SpssError> {
        self.is_checked = true;
        let list = "the list of blocks";
        self.bytes.skip(20, list)?;
        let offset = self.bytes.offset();
        let count = self.bytes.i32(list)?;
        if usize::try_from(count) != Ok(self.sizes.len()) {
            let found = format!("a list of {count} blocks after {}", self.sizes.len());
            return Err(SpssError::Unexpected {
                offset,
                found,
                expected: "as many in the list as there are",
            });
        }
        for (inflated, compressed) in &self.sizes {
            self.bytes.skip(16, list)?;
            let offset = self.bytes.offset();
            let listed = (self.bytes.i32(list)?, self.bytes.i32(list)?);
            if listed != (*inflated, *compressed) {
                let found = format!(
                    "a block listed as {} bytes compressed to {}, which has {inflated} compressed to {compressed}",
                    listed.0, listed.1
                );
                return Err(SpssError::Unexpected { offset, found, expected: "the sizes that it has" });
            }
        }
        Ok(())
    }
}

impl DataBytes for Blocks {
    fn fill(&mut self, buffer: &mut [u8]) -> Result<usize, SpssError> {
        let mut filled = 0;
        while filled < buffer.len() {
            if self.left == 0 && self.inflate.total_in() == 0 {
                if !self.is_checked {
                    self.check()?;
                }
                break;
            }
            filled += self.inflate(&mut buffer[filled..])?;
        }
        Ok(filled)
    }

    fn offset(&self) -> u64 {
        self.bytes.offset()
    }
}
