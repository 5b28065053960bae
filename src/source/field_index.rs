//! Where each field of a batch of records starts: built 64 bytes at a time and kept for a batch only, so that it
//! stays in the first cache. A column that nobody asks for costs its delimiter and no more.

use fearless_simd::{Level, Simd, dispatch};

use super::lanes::{CHUNK, padded};
use super::structure::{Carry, classify};

/// The most records of a batch.
pub const BATCH_RECORDS: usize = 192;

/// Starts of fields after which a batch is not filled further: what one batch needs stays in the first cache.
const ENTRIES: usize = 4096;

/// A record of a batch.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Record {
    /// Its number among the records of the block, from 0.
    pub(super) number: u32,
    /// The place of its first field in the index.
    pub(super) first: u32,
    /// How many fields it has.
    pub(super) fields: u32,
}

/// The fields of the records of one block, batch by batch.
#[derive(Debug)]
pub(super) struct FieldIndex {
    level: Level,
    delimiter: u8,
    /// Where fields start, and where the one after the last would; first those of the batch, then those of the record
    /// that is not yet whole.
    starts: Vec<u32>,
    records: Vec<Record>,
    /// How many chunks of the block were looked at.
    chunks: usize,
    /// How many records of the block were found.
    found: u32,
    carry: Carry,
    /// The place in `starts` of the record being read.
    first: usize,
    /// The place of its last field so far.
    last: usize,
}

impl FieldIndex {
    /// An index of fields separated by `delimiter`.
    pub(super) fn new(delimiter: u8) -> Self {
        Self {
            level: Level::new(),
            delimiter,
            starts: vec![0; ENTRIES + 2 * CHUNK],
            records: Vec::with_capacity(BATCH_RECORDS),
            chunks: 0,
            found: 0,
            carry: Carry::at_record_start(),
            first: 0,
            last: 0,
        }
    }

    /// Makes ready for a new block.
    pub(super) fn begin(&mut self) {
        (self.chunks, self.found, self.carry) = (0, 0, Carry::at_record_start());
        (self.first, self.last, self.starts[0]) = (0, 0, 0);
    }

    /// Where the fields of the batch start.
    pub(super) fn starts(&self) -> &[u32] {
        &self.starts
    }

    /// The records of the batch.
    pub(super) fn records(&self) -> &[Record] {
        &self.records
    }

    /// Finds the next records of the block; says whether there are any.
    pub(super) fn fill(&mut self, block: &[u8]) -> bool {
        dispatch!(self.level, simd => self.fill_with(simd, block))
    }

    #[expect(clippy::inline_always, reason = "compiled again for each kind of processor")]
    #[inline(always)]
    fn fill_with<S: Simd>(&mut self, simd: S, block: &[u8]) -> bool {
        self.starts.copy_within(self.first..=self.last, 0);
        self.last -= self.first;
        self.first = 0;
        self.records.clear();
        let (chunks, tail) = block.as_chunks::<CHUNK>();
        let mut carry = self.carry;
        while self.records.len() <= BATCH_RECORDS - CHUNK
            && (self.last < ENTRIES || self.records.is_empty())
            && self.chunks <= chunks.len()
        {
            let number = self.chunks;
            self.chunks += 1;
            let marks = if let Some(chunk) = chunks.get(number) {
                classify(simd, chunk, self.delimiter, &mut carry)
            } else {
                let mut marks = classify(simd, &padded(tail), self.delimiter, &mut carry);
                // The end of the block ends a record too; after a line end it is one more blank line.
                marks.separators |= 1 << tail.len();
                marks.record_ends |= 1 << tail.len();
                marks
            };
            let before = self.last;
            if before + 1 + ROOM > self.starts.len() {
                self.make_room();
            }
            if let Some(room) = self.starts[before + 1..].first_chunk_mut::<ROOM>() {
                self.last += write_positions(marks.separators, number * CHUNK + 1, room);
            }
            let mut ends = marks.record_ends;
            while ends != 0 {
                let up_to = ends ^ (ends - 1);
                self.end_record(before + (marks.separators & up_to).count_ones() as usize);
                ends &= ends - 1;
            }
        }
        self.carry = carry;
        !self.records.is_empty()
    }

    /// Ends the record being read; the next one starts at this place of the index.
    #[expect(clippy::inline_always, reason = "it is part of the loop over chunks")]
    #[inline(always)]
    fn end_record(&mut self, next: usize) {
        let is_blank = self.starts[next] == self.starts[self.first].wrapping_add(1);
        if !is_blank {
            let record = Record {
                number: self.found,
                first: u32::try_from(self.first).unwrap_or(u32::MAX),
                fields: u32::try_from(next - self.first).unwrap_or(u32::MAX),
            };
            self.found = self.found.wrapping_add(1);
            self.records.push(record);
        }
        self.first = next;
    }

    /// Makes room for the fields of a wide record.
    #[cold]
    fn make_room(&mut self) {
        self.starts.resize(self.starts.len() * 2, 0);
    }
}

/// Room for the positions of a chunk: they are written eight at a time.
const ROOM: usize = CHUNK + 8;

/// Which bits of a byte are set, lowest first.
static BITS_SET: [[u32; 8]; 256] = {
    let mut table = [[0; 8]; 256];
    let mut byte = 0;
    while byte < 256 {
        let (mut bit, mut count) = (0, 0);
        while bit < 8 {
            if byte >> bit & 1 == 1 {
                table[byte][count] = bit;
                count += 1;
            }
            bit += 1;
        }
        byte += 1;
    }
    table
};

/// The positions of the bits set, each plus `base`; returns how many. What stands after them means nothing.
#[expect(clippy::inline_always, reason = "it is half of the loop over chunks")]
#[inline(always)]
fn write_positions(bits: u64, base: usize, room: &mut [u32; ROOM]) -> usize {
    // A block is shorter than 4 GiB.
    let mut base = u32::try_from(base).unwrap_or(u32::MAX);
    let mut count = 0_usize;
    // Byte by byte, each looked up whole: the same steps for any number of bits, so that nothing is mispredicted.
    for byte in bits.to_le_bytes() {
        if let Some(places) = room.get_mut(count..).and_then(|room| room.first_chunk_mut::<8>()) {
            for (place, bit) in places.iter_mut().zip(BITS_SET[usize::from(byte)]) {
                *place = base.wrapping_add(bit);
            }
        }
        base = base.wrapping_add(8);
        count = count.wrapping_add(byte.count_ones() as usize);
    }
    count
}
