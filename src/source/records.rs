//! The fields of the records of a block, batch by batch.
//!
//! Values are slices of the block; a field in quotes loses them when it is asked for, and only one with a doubled quote,
//! or with text after its closing quote, is copied.
//!
//! What a record is, is what the `csv` crate says it is with `flexible(true)`: blank lines are skipped, a record
//! may have any number of fields.

use std::cell::Cell;

use memchr::memchr;

use super::field_index::FieldIndex;
pub use super::field_index::{BATCH_RECORDS, Record};
use super::record_ends::count_lines;

/// Some records of a block, in order; at most [`BATCH_RECORDS`].
#[derive(Debug)]
pub struct Records<'a> {
    block: &'a [u8],
    starts: &'a [u32],
    all: &'a [Record],
    /// A position in the block, and the lines that end before it.
    counted: &'a Cell<(usize, u64)>,
}

impl Record {
    /// Its number among the records of the block, from 0.
    pub fn number(self) -> u64 {
        u64::from(self.number)
    }

    /// How many fields it has.
    #[inline]
    pub fn fields(self) -> usize {
        self.fields as usize
    }
}

impl<'a> Records<'a> {
    /// The records.
    pub fn all(&self) -> &'a [Record] {
        self.all
    }

    /// The value of the field at a position (from 0), without quotes; empty when the record is too short to have it.
    ///
    /// `copy` takes a value that does not stand in the block as it is.
    #[inline]
    pub fn field<'b>(&'b self, record: Record, position: usize, copy: &'b mut Vec<u8>) -> &'b [u8] {
        let cell = self.as_it_stands(record, position);
        if cell.first() == Some(&b'"') { unquoted(&cell[1..], copy) } else { cell }
    }

    /// The bytes of the field at a position, quotes included.
    #[inline]
    pub(super) fn as_it_stands(&self, record: Record, position: usize) -> &'a [u8] {
        match self.bounds(record, position) {
            Some([start, next]) if position < record.fields() => {
                self.block.get(start as usize..next.wrapping_sub(1) as usize).unwrap_or_default()
            }
            _ => &[],
        }
    }

    /// Codes the fields at a position, which every one of these records (whose stride is given) must have: `short` of a
    /// field of at most one byte as it stands in the file says what the byte, or the separator after an empty one,
    /// means; `longer` the rest.
    #[expect(clippy::inline_always, reason = "most cells of a file go through it")]
    #[inline(always)]
    pub fn code<T: Copy>(
        &self,
        records: &[Record],
        stride: Option<Stride>,
        position: usize,
        codes: &mut [T],
        short: &[T; 256],
        mut longer: impl FnMut(Record) -> T,
    ) {
        let byte = |start: u32, next: u32| {
            if next.wrapping_sub(start) <= 2 { self.block.get(start as usize).copied() } else { None }
        };
        // As a rule all records have the same number of fields: then nothing is looked up by record.
        if let Some(Stride { first, fields }) = stride
            && let Some(starts) = self.starts.get(first.wrapping_add(position)..)
            && starts.len() / fields >= records.len()
        {
            let cells = starts.chunks_exact(fields).zip(records);
            for ((starts, &record), code) in cells.zip(codes) {
                let found = if let [start, next, ..] = *starts { byte(start, next) } else { None };
                *code = match found {
                    Some(byte) => short[usize::from(byte)],
                    None => longer(record),
                };
            }
        } else {
            for (&record, code) in records.iter().zip(codes) {
                let found = self.bounds(record, position).and_then(|[start, next]| byte(start, next));
                *code = match found {
                    Some(byte) => short[usize::from(byte)],
                    None => longer(record),
                };
            }
        }
    }

    /// Of a field of at most 16 bytes as it stands in the file, what stands there and how long it is; `None` when it is
    /// longer or near the end of the block. The record must have the position.
    #[inline]
    pub(super) fn window(&self, record: Record, position: usize) -> Option<(&'a [u8; 16], usize)> {
        let [start, next] = self.bounds(record, position)?;
        let length = next.wrapping_sub(start).wrapping_sub(1) as usize;
        let window = self.block.get(start as usize..)?.first_chunk()?;
        (length <= window.len()).then_some((window, length))
    }

    /// How many physical lines (LF, CRLF or CR) end before a record in the block.
    pub fn lines_before(&self, record: Record) -> u64 {
        let position =
            |record: &Record| self.starts.get(record.first as usize).map_or(0, |&start| start as usize);
        let (from, lines) = self.counted.get();
        let (batch, start) = (self.all.first().map_or(0, position), position(&record));
        let at_batch = lines + self.block.get(from..batch).map_or(0, count_lines);
        self.counted.set((batch, at_batch));
        at_batch + self.block.get(batch..start).map_or(0, count_lines)
    }

    /// The bytes of a record as they stand, without its line end.
    pub(super) fn bytes(&self, record: Record) -> &'a [u8] {
        let last = record.fields().saturating_sub(1);
        match (self.bounds(record, 0), self.bounds(record, last)) {
            (Some([start, _]), Some([_, next])) => {
                self.block.get(start as usize..next.wrapping_sub(1) as usize).unwrap_or_default()
            }
            _ => &[],
        }
    }

    /// Where a record starts in the block.
    pub(super) fn start(&self, record: Record) -> usize {
        self.bounds(record, 0).map_or(0, |[start, _]| start as usize)
    }

    /// Where a field starts, and where the one after it does.
    #[inline]
    fn bounds(&self, record: Record, position: usize) -> Option<[u32; 2]> {
        let place = (record.first as usize).wrapping_add(position);
        self.starts.get(place..)?.first_chunk().copied()
    }
}

/// How records lie in the index that stand side by side there and have the same number of fields, at least two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stride {
    first: usize,
    fields: usize,
}

impl Stride {
    /// The stride of these records, if they have one.
    pub fn of(records: &[Record]) -> Option<Self> {
        let first = records.first()?;
        let mut place = first.first;
        let mut differs = u32::from(first.fields < 2);
        for record in records {
            differs |= (record.first ^ place) | (record.fields ^ first.fields);
            place = place.wrapping_add(first.fields);
        }
        (differs == 0).then_some(Self { first: first.first as usize, fields: first.fields() })
    }
}

/// Finds records and fields; one for each thread, as it keeps its buffers from block to block.
#[derive(Debug)]
pub struct RecordScanner {
    index: FieldIndex,
}

impl RecordScanner {
    /// A scanner of fields separated by `delimiter`.
    ///
    /// The delimiter is a printable character or a tab: not NUL, a quote or a line end.
    pub fn new(delimiter: u8) -> Self {
        Self { index: FieldIndex::new(delimiter) }
    }

    /// Calls `on_records` for all records of a block, some at a time, in order. The block starts and ends at a record
    /// boundary and is shorter than 4 GiB, as those of a [`BlockReader`](super::BlockReader) are.
    pub fn scan(&mut self, block: &[u8], mut on_records: impl FnMut(&Records<'_>)) {
        let counted = Cell::new((0, 0));
        self.index.begin();
        while self.index.fill(block) {
            on_records(&Records {
                block,
                starts: self.index.starts(),
                all: self.index.records(),
                counted: &counted,
            });
        }
    }
}

/// The value of a field whose opening quote stands just before these bytes.
#[inline(never)]
fn unquoted<'a>(field: &'a [u8], copy: &'a mut Vec<u8>) -> &'a [u8] {
    let mut rest = field;
    match memchr(b'"', rest) {
        None => return rest,
        Some(quote) if quote + 1 == rest.len() => return &rest[..quote],
        Some(_) => {}
    }
    copy.clear();
    while let Some(quote) = memchr(b'"', rest) {
        copy.extend_from_slice(&rest[..quote]);
        rest = &rest[quote + 1..];
        if rest.first() == Some(&b'"') {
            copy.push(b'"');
            rest = &rest[1..];
        } else {
            break;
        }
    }
    // Text after the closing quote, further quotes included, is kept as it stands.
    copy.extend_from_slice(rest);
    copy
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `number@line: fields at the positions | number of fields` for each record.
    fn told(block: &[u8], positions: &[usize], header_len: usize) -> Vec<String> {
        let mut scanner = RecordScanner::new(b',');
        let mut told = Vec::new();
        scanner.scan(block, |records| {
            for &record in records.all() {
                let field = |&at: &usize| {
                    String::from_utf8_lossy(records.field(record, at, &mut Vec::new())).into_owned()
                };
                let fields: Vec<String> = positions.iter().map(field).collect();
                let ragged = if record.fields() == header_len { "" } else { " ragged" };
                let (number, line) = (record.number(), records.lines_before(record));
                told.push(format!("{number}@{line}: {} | {}{ragged}", fields.join("~"), record.fields()));
            }
        });
        told
    }

    #[test]
    fn an_empty_block_has_no_record_and_a_last_line_needs_no_end() {
        assert!(told(b"", &[0], 1).is_empty());
        assert!(told(b"\n\r\n\r", &[0], 1).is_empty());
        assert_eq!(told(b"a,", &[0, 1], 2), ["0@0: a~ | 2"]);
        assert_eq!(told(b"\"", &[0], 1), ["0@0:  | 1"]);
    }

    #[test]
    fn ragged_rows_give_empty_fields() {
        let block = b"1,2,3\n4\n5,6,7,8\n";
        assert_eq!(told(block, &[0, 2], 3), ["0@0: 1~3 | 3", "1@1: 4~ | 1 ragged", "2@2: 5~7 | 4 ragged"]);
        assert_eq!(told(b"\"4\"\n", &[0, 2], 3), ["0@0: 4~ | 1 ragged"]);
    }

    #[test]
    fn quotes_go_and_doubled_ones_halve() {
        let block = b"\"a\"\"b\",\"x\ny, z\",\"\",5\" pipe,\"q\"r\"s,\"\"\"\"\n";
        assert_eq!(told(block, &[0, 1, 2, 3, 4, 5], 6), ["0@0: a\"b~x\ny, z~~5\" pipe~qr\"s~\" | 6"]);
    }

    #[test]
    fn lines_count_quoted_ends_blank_lines_and_every_kind_of_end() {
        let block = b"a\r\n\r\n\"x\r\ny\rz\n\"\r\nb\rc\n\nd";
        let lines: Vec<String> = told(block, &[], 1).iter().map(|told| told[..3].to_owned()).collect();
        assert_eq!(lines, ["0@0", "1@2", "2@6", "3@7", "4@9"]);
    }

    #[test]
    fn twenty_thousand_columns_and_a_small_record_after() {
        let wide = (0..20_000).map(|n| n.to_string()).collect::<Vec<_>>().join(",") + ",";
        let block = format!("{wide}end\n1,2\n{wide}\"e,nd\"\n");
        let told = told(block.as_bytes(), &[0, 19_999, 20_000], 20_001);
        assert_eq!(told, ["0@0: 0~19999~end | 20001", "1@1: 1~~ | 2 ragged", "2@2: 0~19999~e,nd | 20001"]);
    }

    #[test]
    fn a_scanner_starts_afresh_with_each_block() {
        let mut scanner = RecordScanner::new(b';');
        let mut seen = Vec::new();
        for block in [&b"a;\"open"[..], b"b;2\n", b"\n", b"c;3\n"] {
            scanner.scan(block, |records| {
                let field = |record| records.field(record, 1, &mut Vec::new()).to_vec();
                seen.extend(records.all().iter().map(|&record| (field(record), record.number())));
            });
        }
        assert_eq!(seen, [(b"open".to_vec(), 0), (b"2".to_vec(), 0), (b"3".to_vec(), 0)]);
    }

    #[test]
    fn records_come_in_batches_and_lines_are_counted_in_any_order() {
        let block = (0..2_000).fold(String::new(), |text, row| text + &format!("{row},\"a\nb\"\n\n"));
        let mut scanner = RecordScanner::new(b',');
        let (mut batches, mut seen) = (0, 0);
        scanner.scan(block.as_bytes(), |records| {
            batches += 1;
            assert!(records.all().len() <= BATCH_RECORDS);
            for &record in records.all().iter().rev().chain(records.all()) {
                assert_eq!(records.lines_before(record), record.number() * 3);
            }
            for &record in records.all() {
                assert_eq!(records.field(record, 0, &mut Vec::new()), seen.to_string().as_bytes());
                seen += 1;
            }
        });
        assert_eq!(seen, 2_000);
        assert!(batches > 2);
    }

    #[test]
    fn short_fields_and_what_stands_there() {
        let block = b"7,,12,\"5\"\r\n,4";
        RecordScanner::new(b',').scan(block, |records| {
            let bytes = std::array::from_fn(|byte| u8::try_from(byte).ok());
            let coded = |of: &[Record], at| {
                let mut codes = vec![None; of.len()];
                records.code(of, Stride::of(of), at, &mut codes, &bytes, |_| None);
                codes
            };
            let all = records.all();
            assert_eq!(coded(all, 0), [Some(b'7'), Some(b',')], "of different lengths");
            assert_eq!(coded(all, 1), [Some(b','), Some(b'4')]);
            assert_eq!([0, 1, 2, 3].map(|at| coded(&all[..1], at)[0]), [Some(b'7'), Some(b','), None, None]);
            let window = |number: usize, at| records.window(records.all()[number], at);
            assert_eq!(window(0, 0), None, "near the end of the block");
        });
        RecordScanner::new(b',').scan(b"ab,c,0123456789012345\n,\n", |records| {
            let window = |at| records.window(records.all()[0], at);
            assert_eq!(window(0), Some((b"ab,c,01234567890", 2)));
            assert_eq!(window(2), Some((b"0123456789012345", 16)));
        });
    }
}
