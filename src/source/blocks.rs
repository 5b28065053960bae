//! A stream of bytes as blocks that start and end at record boundaries.
//!
//! The reader looks at every quote, so a block needs no guess and no second parse: whichever thread takes it
//! may read it alone. What goes by is hashed (xxh3-128, over every byte as it came, byte order mark included)
//! and counted, so that a report can say what was read.
//!
//! Assumes a delimiter and bytes in which `"`, CR, LF and the delimiter are single bytes (ASCII, UTF-8, any
//! 8-bit code page). Refuses a record over 64 MiB, a quote that is never closed, and one that closes only where a later
//! cell opens, naming the line. Quotes that are odd and lose nothing are counted.

use std::io::{self, ErrorKind, Read};

use memchr::{memchr_iter, memchr2_iter};
use xxhash_rust::xxh3::Xxh3;

use super::buffer_pool::BufferPool;
use super::format::Losses;
use super::record_ends::{QuoteWalk, count_lines};

/// How many bytes a block has, unless one record needs more.
pub const BLOCK_SIZE: usize = 256 * 1024;

/// The longest record that is read, in bytes and with its line end.
pub const RECORD_LIMIT: usize = 64 * 1024 * 1024;

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Whole records, with their place in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// 0 for the first block; blocks are handed out in order.
    pub index: u64,
    /// The bytes: record ends included, a byte order mark dropped.
    pub bytes: Vec<u8>,
    /// The line of the file on which the block starts, from 1.
    pub first_line: u64,
}

/// What went through a [`BlockReader`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Digest {
    /// xxh3-128 of every byte read.
    pub hash: u128,
    /// How many bytes were read.
    pub bytes: u64,
}

/// Why the stream cannot be read further.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BlockError {
    /// The stream failed.
    #[error("cannot read further after {bytes} bytes: {source}")]
    Read {
        /// How many bytes came before the failure.
        bytes: u64,
        /// What the system said.
        source: io::Error,
    },
    /// A quote swallows more than [`RECORD_LIMIT`] bytes, most often because it was never closed.
    #[error("line {line}: the quote opened here is not closed within {}; close or double it", size(*limit))]
    QuoteTooLong {
        /// The line on which the quote opened, from 1.
        line: u64,
        /// The limit that was passed.
        limit: usize,
    },
    /// A record is longer than [`RECORD_LIMIT`].
    #[error(
        "line {line}: the record that starts here is longer than {}; check that this is a text file with line ends",
        size(*limit)
    )]
    RecordTooLong {
        /// The line on which the record starts, from 1.
        line: u64,
        /// The limit that was passed.
        limit: usize,
    },
    /// The file ends inside a quoted field; the last block, which holds it, was handed out before.
    #[error(
        "line {line}: the quote opened here is never closed, so everything after it would be one answer; close or double it"
    )]
    UnclosedQuote {
        /// The line on which the quote opened, from 1.
        line: u64,
    },
    /// A quote closes on a later line with text behind it: it was never closed, and that quote opens another cell.
    #[error(
        "line {line}: the quote opened here closes in line {closed}, in the middle of a cell, so the lines between would be \
         one answer; close or double it"
    )]
    CrossingQuote {
        /// The line on which the quote opened, from 1.
        line: u64,
        /// The line on which the next quote stands.
        closed: u64,
    },
}

/// Reads a stream and hands out blocks of whole records.
pub struct BlockReader<R> {
    source: R,
    delimiter: u8,
    block_size: usize,
    record_limit: usize,
    pool: BufferPool,
    hasher: Box<Xxh3>,
    bytes_read: u64,
    at_end: bool,
    /// Bytes of a record not yet whole: the start of the next block.
    rest: Vec<u8>,
    started: bool,
    walk: QuoteWalk,
    header_delimiters: Option<usize>,
    /// Where odd quotes are counted.
    losses: Losses,
    refuses_crossing: bool,
    /// The line on which an unclosed quote opened, to be reported after the last block.
    unclosed: Option<u64>,
    index: u64,
    line: u64,
}

impl<R: Read> BlockReader<R> {
    /// A reader of records whose fields are separated by `delimiter`.
    pub fn new(source: R, delimiter: u8) -> Self {
        Self::with_limits(source, delimiter, BLOCK_SIZE, RECORD_LIMIT)
    }

    /// The same with a block size and a record limit of one's own.
    pub fn with_limits(source: R, delimiter: u8, block_size: usize, record_limit: usize) -> Self {
        let record_limit = record_limit.max(BYTE_ORDER_MARK.len());
        // A block no larger than the limit keeps the verdict on a record free of how the blocks fall.
        let block_size = block_size.clamp(1, record_limit);
        Self {
            source,
            block_size,
            record_limit,
            pool: BufferPool::new(block_size.saturating_mul(2)),
            hasher: Box::new(Xxh3::new()),
            bytes_read: 0,
            at_end: false,
            rest: Vec::new(),
            started: false,
            walk: QuoteWalk::new(delimiter),
            delimiter,
            header_delimiters: None,
            losses: Losses::default(),
            refuses_crossing: true,
            unclosed: None,
            index: 0,
            line: 1,
        }
    }

    /// The same, counting odd quotes there.
    #[must_use]
    pub fn noting(mut self, losses: &Losses) -> Self {
        self.losses = losses.clone();
        self
    }

    /// The same without a verdict on quotes that cross lines, to compare what a record is with other readers.
    #[must_use]
    pub fn without_verdict(mut self) -> Self {
        self.refuses_crossing = false;
        self
    }

    /// Where to give buffers back.
    pub fn pool(&self) -> BufferPool {
        self.pool.clone()
    }

    /// The next block, or `None` after the last.
    ///
    /// # Errors
    /// See [`BlockError`]; after an error there is nothing more to read.
    pub fn next_block(&mut self) -> Result<Option<Block>, BlockError> {
        if let Some(line) = self.unclosed.take() {
            return Err(BlockError::UnclosedQuote { line });
        }
        let mut buffer = self.pool.take();
        let mut filled = self.rest.len();
        // The first block is long enough to show a byte order mark.
        let mut target = self.block_size.max(filled + 1).max(BYTE_ORDER_MARK.len());
        // A recycled buffer keeps its length, so that only its last few bytes are zeroed again.
        buffer.resize(target, 0);
        buffer[..filled].copy_from_slice(&self.rest);
        self.rest.clear();

        self.walk.restart();
        loop {
            filled = self.fill(&mut buffer, filled)?;
            if !self.started {
                self.started = true;
                if buffer[..filled].starts_with(BYTE_ORDER_MARK) {
                    buffer.copy_within(BYTE_ORDER_MARK.len()..filled, 0);
                    filled -= BYTE_ORDER_MARK.len();
                }
            }
            // A CR at the very end may be half of a CRLF: it is looked at with its successor.
            let open_cr = !self.at_end && filled > 0 && buffer[filled - 1] == b'\r';
            let settled = &buffer[..filled - usize::from(open_cr)];
            self.walk.advance(settled, self.at_end);
            if let Some((opened, closed)) = self.walk.odd().crossing.filter(|_| self.refuses_crossing) {
                self.at_end = true;
                let [line, closed] = [opened, closed].map(|at| self.line_of(&buffer, at));
                return Err(BlockError::CrossingQuote { line, closed });
            }
            let end = self.walk.last_end(settled);
            match end {
                Some(end) if !self.at_end => return Ok(Some(self.cut(buffer, filled, end + 1))),
                None if filled >= self.record_limit => {
                    self.at_end = true;
                    return Err(self.too_long(&buffer));
                }
                _ if self.at_end => return Ok(self.last_block(buffer, filled)),
                _ => {}
            }
            target = target.saturating_mul(2).min(self.record_limit);
            buffer.resize(target, 0);
        }
    }

    /// The hash and the length of what was read; of the whole stream once `next_block` gave `None`.
    pub fn digest(&self) -> Digest {
        Digest { hash: self.hasher.digest128(), bytes: self.bytes_read }
    }

    /// Reads until the buffer is full or the stream ends; returns how far it is filled.
    fn fill(&mut self, buffer: &mut [u8], mut filled: usize) -> Result<usize, BlockError> {
        while filled < buffer.len() && !self.at_end {
            match self.source.read(&mut buffer[filled..]) {
                Ok(0) => self.at_end = true,
                Ok(count) => {
                    self.hasher.update(&buffer[filled..filled + count]);
                    self.bytes_read += count as u64;
                    filled += count;
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(source) => {
                    self.at_end = true;
                    return Err(BlockError::Read { bytes: self.bytes_read, source });
                }
            }
        }
        Ok(filled)
    }

    /// Cuts at a record boundary and keeps what follows for the next block.
    fn cut(&mut self, mut buffer: Vec<u8>, filled: usize, boundary: usize) -> Block {
        self.rest.extend_from_slice(&buffer[boundary..filled]);
        buffer.truncate(boundary);
        self.block(buffer)
    }

    fn last_block(&mut self, mut buffer: Vec<u8>, filled: usize) -> Option<Block> {
        buffer.truncate(filled);
        self.unclosed = self.walk.opened_at().map(|quote| self.line_of(&buffer, quote));
        if buffer.is_empty() { None } else { Some(self.block(buffer)) }
    }

    fn line_of(&self, buffer: &[u8], at: usize) -> u64 {
        self.line + count_lines(&buffer[..at])
    }

    fn block(&mut self, bytes: Vec<u8>) -> Block {
        if self.header_delimiters.is_none() {
            self.header_delimiters = header_delimiters(&bytes, self.delimiter);
        }
        let odd = self.walk.odd();
        // What stands behind the block is looked at once more with the next one.
        for &at in odd.followed.iter().take_while(|at| **at < bytes.len()) {
            self.losses.quotes_followed.note(|| self.line_of(&bytes, at));
        }
        for &(opened, closed) in odd.broken.iter().take_while(|(opened, _)| *opened < bytes.len()) {
            if self.holds_rows(&bytes[opened + 1..closed]) {
                self.losses.quotes_with_rows.note(|| self.line_of(&bytes, opened));
            }
        }
        let block = Block { index: self.index, bytes, first_line: self.line };
        self.index += 1;
        self.line += count_lines(&block.bytes);
        block
    }

    /// Whether the whole lines of a cell are all like rows, and enough of them that no sentence is taken for one.
    fn holds_rows(&self, cell: &[u8]) -> bool {
        let Some(delimiters) = self.header_delimiters.filter(|delimiters| *delimiters > 0) else {
            return false;
        };
        let (mut from, mut lines, mut is_first) = (0, 0_usize, true);
        for end in memchr2_iter(b'\n', b'\r', cell) {
            let line = &cell[from..end];
            from = end + 1;
            if std::mem::take(&mut is_first) || line.is_empty() {
                continue;
            }
            if memchr_iter(self.delimiter, line).count() != delimiters {
                return false;
            }
            lines += 1;
        }
        lines >= 2 && lines.saturating_mul(delimiters) >= 4
    }

    fn too_long(&self, record: &[u8]) -> BlockError {
        let limit = self.record_limit;
        match self.walk.opened_at() {
            Some(quote) => BlockError::QuoteTooLong { line: self.line_of(record, quote), limit },
            None => BlockError::RecordTooLong { line: self.line, limit },
        }
    }
}

/// How many delimiters the first record has, if there is one.
fn header_delimiters(bytes: &[u8], delimiter: u8) -> Option<usize> {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(bytes);
    let mut record = csv::ByteRecord::new();
    // Reading from memory does not fail.
    let is_there = reader.read_byte_record(&mut record).unwrap_or(false);
    is_there.then(|| record.len().saturating_sub(1))
}

/// A number of bytes in the unit in which it was meant.
fn size(bytes: usize) -> String {
    const MIB: usize = 1 << 20;
    if bytes >= MIB && bytes.is_multiple_of(MIB) {
        format!("{} MiB", bytes / MIB)
    } else {
        format!("{bytes} bytes")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Hands out at most `step` bytes a time, as a pipe does, and interrupts now and then, as signals do.
    struct Trickle<'a>(&'a [u8], usize, bool);

    impl Read for Trickle<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            self.2 = !self.2;
            if self.2 {
                return Err(ErrorKind::Interrupted.into());
            }
            let count = self.1.min(buffer.len()).min(self.0.len());
            buffer[..count].copy_from_slice(&self.0[..count]);
            self.0 = &self.0[count..];
            Ok(count)
        }
    }

    fn blocks(data: &[u8], step: usize, size: usize, limit: usize) -> (Vec<Block>, Option<String>) {
        read_all(BlockReader::with_limits(Trickle(data, step, false), b',', size, limit))
    }

    fn read_all<R: Read>(mut reader: BlockReader<R>) -> (Vec<Block>, Option<String>) {
        let pool = reader.pool();
        let mut blocks = Vec::new();
        loop {
            match reader.next_block() {
                Ok(Some(block)) => {
                    blocks.push(block.clone());
                    pool.give_back(block.bytes);
                }
                Ok(None) => return (blocks, None),
                Err(error) => return (blocks, Some(error.to_string())),
            }
        }
    }

    fn records(data: &[u8]) -> Vec<csv::ByteRecord> {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(data);
        reader.byte_records().map(Result::unwrap).collect()
    }

    #[test]
    fn nothing_gives_no_block() {
        assert_eq!(blocks(b"", 1, 1, 100), (vec![], None));
        assert_eq!(blocks(b"\xEF\xBB\xBF", 1, 1, 100), (vec![], None));
    }

    #[test]
    fn the_byte_order_mark_is_hashed_and_dropped() {
        let data = b"\xEF\xBB\xBF\"a,b\"\n";
        let mut reader = BlockReader::new(&data[..], b',');
        let block = reader.next_block().unwrap().unwrap();
        assert_eq!(block.bytes, b"\"a,b\"\n");
        assert_eq!(reader.next_block().unwrap(), None);
        let hash = xxhash_rust::xxh3::xxh3_128(data);
        assert_eq!(reader.digest(), Digest { hash, bytes: 9 });
    }

    #[test]
    fn crlf_is_never_parted() {
        let (blocks, error) = blocks(b"a\r\nb\r\nc\r\n", 2, 1, 100);
        let bytes: Vec<_> = blocks.iter().map(|block| block.bytes.as_slice()).collect();
        assert_eq!((bytes, error), (vec![&b"a\r\n"[..], b"b\r\n", b"c\r\n"], None));
        assert_eq!(blocks.iter().map(|block| block.first_line).collect::<Vec<_>>(), [1, 2, 3]);
    }

    #[test]
    fn an_unclosed_quote_is_named_after_its_block() {
        let (blocks, error) = blocks(b"a,b\n1,2\n\n3,\"x\ny,5\n", 5, 4, 100);
        assert_eq!(blocks.last().unwrap().bytes, b"3,\"x\ny,5\n");
        assert!(error.unwrap().starts_with("line 4: the quote opened here is never closed"));
    }

    #[test]
    fn a_quote_that_closes_in_a_later_cell_is_refused() {
        let data = b"id,comment,score\n1,\"open,5\n2,fine,4\n3,\"open again,5\n4,fine,3\n";
        for size in [4, 30, 1000] {
            let (_, error) = blocks(data, 7, size, 1000);
            assert_eq!(
                error.as_deref(),
                Some(
                    "line 2: the quote opened here closes in line 4, in the middle of a cell, so the lines between \
                     would be one answer; close or double it"
                )
            );
        }
    }

    #[test]
    fn odd_quotes_are_counted_once_with_their_first_line() {
        let sound = "1,\"two\nlines, \"\"quoted\"\"\",5\r\n2,\"spaced\nout\" ,4\n3,5\" screen,4\n";
        let followed = "4,\"good\" service,5\n5,\"x\"y,5\n";
        let rows = "6,\"open,5\n7,fine,4\n8,fine,4\n9,27\",5\n";
        for (text, expected) in [
            (sound.to_owned(), [(0, 0), (0, 0)]),
            (format!("{sound}{followed}"), [(2, 7), (0, 0)]),
            (format!("{sound}{rows}{sound}"), [(0, 0), (1, 7)]),
        ] {
            for size in [1, 16, 40, 1000] {
                let losses = Losses::default();
                let text = format!("id,comment,score\n{text}");
                let reader = BlockReader::with_limits(Trickle(text.as_bytes(), 9, false), b',', size, 1000);
                assert_eq!(read_all(reader.noting(&losses)).1, None);
                let found = [&losses.quotes_followed, &losses.quotes_with_rows]
                    .map(|places| places.get().unwrap_or_default());
                assert_eq!(found, expected, "{text} {size}");
            }
        }
    }

    #[test]
    fn giant_records_pass_up_to_the_limit_and_memory_shrinks_after() {
        let cell = "x".repeat(10_000);
        let data = format!("a,b\n1,\"{cell}\"\n2,3\n");
        let (read, error) = blocks(data.as_bytes(), 999, 64, 10_005);
        assert_eq!(error, None);
        assert_eq!(read.concat_bytes(), data.as_bytes());
        let (_, error) = blocks(data.replace('"', "").as_bytes(), 999, 64, 10_002);
        assert_eq!(
            error.unwrap(),
            "line 2: the record that starts here is longer than 10002 bytes; check that this is a text file with line ends"
        );
        let (_, error) = blocks(data.as_bytes(), 999, 64, 5_000);
        assert_eq!(
            error.unwrap(),
            "line 2: the quote opened here is not closed within 5000 bytes; close or double it"
        );
        let mut reader = BlockReader::with_limits(data.as_bytes(), b',', 64, 20_000);
        let pool = reader.pool();
        while let Some(block) = reader.next_block().unwrap() {
            pool.give_back(block.bytes);
            assert!(pool.take().capacity() <= 128);
        }
    }

    #[test]
    fn a_failing_stream_is_an_error_and_then_the_end() {
        struct Broken;
        impl Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::other("the disk is gone"))
            }
        }
        let mut reader = BlockReader::new(Broken, b',');
        let error = reader.next_block().unwrap_err().to_string();
        assert_eq!(error, "cannot read further after 0 bytes: the disk is gone");
        assert_eq!(reader.next_block().unwrap(), None);
    }

    trait ConcatBytes {
        fn concat_bytes(&self) -> Vec<u8>;
    }

    impl ConcatBytes for Vec<Block> {
        fn concat_bytes(&self) -> Vec<u8> {
            self.iter().flat_map(|block| block.bytes.clone()).collect()
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]
        #[test]
        fn blocks_are_the_input_cut_at_records(
            data in "[,\"\n\ra ;]{0,400}", step in 1_usize..200, size in 1_usize..200,
        ) {
            let data = data.as_bytes();
            let reader = BlockReader::with_limits(Trickle(data, step, false), b',', size, 1 << 20);
            let (blocks, error) = read_all(reader.without_verdict());
            prop_assert_eq!(blocks.concat_bytes(), data);
            let mut apart = Vec::new();
            for (index, block) in blocks.iter().enumerate() {
                prop_assert_eq!(block.index, index as u64);
                let before: Vec<u8> = blocks[..index].to_vec().concat_bytes();
                prop_assert_eq!(block.first_line, 1 + lines_by_byte(&before));
                apart.extend(records(&block.bytes));
            }
            prop_assert_eq!(&apart, &records(data));
            prop_assert_eq!(error.is_some(), ends_inside_quotes(data));
        }
    }

    fn lines_by_byte(bytes: &[u8]) -> u64 {
        let text = String::from_utf8_lossy(bytes).replace("\r\n", "\n").replace('\r', "\n");
        text.matches('\n').count() as u64
    }

    /// A further line end is kept in the last field only inside quotes.
    fn ends_inside_quotes(data: &[u8]) -> bool {
        let longer = [data, b"z\n"].concat();
        records(&longer)
            .last()
            .and_then(|record| record.iter().next_back())
            .is_some_and(|field| field.ends_with(b"z\n"))
    }
}
