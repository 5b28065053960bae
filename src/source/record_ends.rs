//! The last record end in a growing buffer, and how many lines and records stand before it.
//!
//! What `blocks` cuts with. Every 64 bytes are looked at once, so that a giant record costs no more a byte than
//! a small one however often its buffer grows.

use super::structure::{CHUNK, Carry, classify, padded};

/// How far a buffer has been looked at. Whole chunks are looked at once, however often the buffer grows.
pub(crate) struct Progress {
    delimiter: u8,
    /// The state after the whole chunks.
    carry: Carry,
    /// The state after the last byte looked at.
    state: Carry,
    done: usize,
    lines: u64,
    /// Records that ended; always those up to `last_end`, for nothing ends after it.
    pub(crate) records: u64,
    pub(crate) last_end: Option<LastEnd>,
}

/// The last record end seen, with what is needed to count the lines up to it.
#[derive(Clone, Copy)]
pub(crate) struct LastEnd {
    pub(crate) position: usize,
    lines_before_chunk: u64,
    line_ends_in_chunk: u64,
}

impl LastEnd {
    /// How many physical lines end up to here.
    pub(crate) fn lines(&self) -> u64 {
        self.lines_before_chunk + u64::from(self.line_ends_in_chunk.count_ones())
    }
}

impl Progress {
    pub(crate) fn new(delimiter: u8) -> Self {
        let carry = Carry::at_record_start();
        Self { delimiter, carry, state: carry, done: 0, lines: 0, records: 0, last_end: None }
    }

    /// Looks at the bytes not yet looked at. `bytes` starts at a record and has only grown since the last call.
    pub(crate) fn advance(&mut self, bytes: &[u8]) {
        let (chunks, tail) = bytes.get(self.done..).unwrap_or_default().as_chunks::<CHUNK>();
        for chunk in chunks {
            let mut carry = self.carry;
            let (lines, records) = self.look(chunk, &mut carry);
            self.carry = carry;
            self.lines += lines;
            self.records += records;
            self.done += CHUNK;
        }
        // The tail is looked at for record ends but not counted as done: more bytes may complete its chunk.
        let mut state = self.carry;
        if !tail.is_empty() {
            let (_, records) = self.look(&padded(tail), &mut state);
            if self.last_end.is_some_and(|end| end.position >= self.done) {
                self.records += records;
            }
        }
        self.state = state;
    }

    /// Whether the bytes looked at end inside an open quote.
    pub(crate) fn is_inside(&self) -> bool {
        self.state.is_inside()
    }

    /// Notes the last record end of a chunk; gives its line ends and records.
    #[inline]
    fn look(&mut self, chunk: &[u8; CHUNK], carry: &mut Carry) -> (u64, u64) {
        let before = *carry;
        let marks = classify(chunk, self.delimiter, carry);
        if marks.record_ends != 0 {
            let last = 63 - marks.record_ends.leading_zeros();
            self.last_end = Some(LastEnd {
                position: self.done + last as usize,
                lines_before_chunk: self.lines,
                line_ends_in_chunk: marks.line_ends & (u64::MAX >> (63 - last)),
            });
        }
        let records = before.without_blank_lines(marks.record_ends);
        (u64::from(marks.line_ends.count_ones()), u64::from(records.count_ones()))
    }

    /// Where the quote opened that is still open at the end of `bytes`. Only asked on the way to an error.
    pub(crate) fn last_opening(&self, bytes: &[u8]) -> usize {
        let mut carry = Carry::at_record_start();
        let mut last = 0;
        for (number, chunk) in bytes.chunks(CHUNK).enumerate() {
            let opening = classify(&padded(chunk), self.delimiter, &mut carry).opening;
            if opening != 0 {
                last = number * CHUNK + (63 - opening.leading_zeros()) as usize;
            }
        }
        last
    }
}

/// How many physical lines end before `position`.
pub(crate) fn lines_before(bytes: &[u8], position: usize) -> u64 {
    let mut lines = 0;
    let mut before = 0;
    for &byte in &bytes[..position] {
        lines += u64::from(byte == b'\r' || (byte == b'\n' && before != b'\r'));
        before = byte;
    }
    lines
}
