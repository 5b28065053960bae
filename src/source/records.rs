//! The fields of each record in a block, of the columns that are asked for.
//!
//! A structural index (where each field starts) is built 64 bytes at a time and kept for a few records only, so
//! it stays in the first cache; a column that nobody asks for costs its delimiter and no more. Values are slices
//! of the block; only a field with a doubled quote, or with text after its closing quote, is copied.
//!
//! What a record is, is what the `csv` crate says it is with `flexible(true)`: blank lines are skipped, a record
//! may have any number of fields.

use memchr::memchr;

use super::structure::{CHUNK, Carry, classify, padded};

/// The columns to look at, by position from 0. A column's place among them is its slot.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ColumnSelection {
    positions: Vec<usize>,
}

impl ColumnSelection {
    /// A selection of these positions, in any order; twice is once.
    pub fn new(positions: impl IntoIterator<Item = usize>) -> Self {
        let mut positions: Vec<usize> = positions.into_iter().collect();
        positions.sort_unstable();
        positions.dedup();
        Self { positions }
    }

    /// The slot of a position, if it was selected.
    pub fn slot(&self, position: usize) -> Option<usize> {
        self.positions.binary_search(&position).ok()
    }

    /// The positions in order: `positions()[slot]`.
    pub fn positions(&self) -> &[usize] {
        &self.positions
    }
}

/// One record of a block.
#[derive(Debug)]
pub struct Record<'a> {
    /// Its number among the records of the block, from 0.
    pub index_in_block: u64,
    /// How many physical lines (LF, CRLF or CR) end before it in the block.
    pub line_in_block: u64,
    block: &'a [u8],
    /// Where each field starts, and where the field after the last would.
    starts: &'a [usize],
    columns: &'a [usize],
    header_len: usize,
    /// The selected fields without their quotes, when the record has quotes at all.
    unquoted: Option<&'a Unquoted>,
}

impl<'a> Record<'a> {
    /// The value of a slot of the selection, without quotes; empty when the record is too short to have it.
    #[inline]
    pub fn field(&self, slot: usize) -> &'a [u8] {
        match self.unquoted {
            None => raw_field(self.block, self.starts, self.columns, slot).unwrap_or_default(),
            Some(unquoted) => unquoted.field(self.block, slot),
        }
    }

    /// The byte of a field that is one byte long as it stands in the file, by position; most cells are.
    #[inline]
    pub fn only_byte(&self, position: usize) -> Option<u8> {
        let [start, next] = *self.starts.get(position..)?.first_chunk()?;
        if next.wrapping_sub(start) == 2 { self.block.get(start).copied() } else { None }
    }

    /// How many fields the record has.
    #[expect(clippy::len_without_is_empty, reason = "a record has at least one field")]
    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// Whether it has more or fewer fields than the header.
    pub fn is_ragged(&self) -> bool {
        self.len() != self.header_len
    }
}

/// Finds records and fields; one for each thread, as it keeps its buffers from block to block.
#[derive(Debug)]
pub struct RecordScanner {
    delimiter: u8,
    columns: Vec<usize>,
    header_len: usize,
    /// Where fields start: of the record being read and of some before it.
    starts: Vec<usize>,
    unquoted: Unquoted,
}

impl RecordScanner {
    /// A scanner for a file whose header has `header_len` fields.
    ///
    /// The delimiter is a printable character or a tab: not NUL, a quote or a line end.
    pub fn new(delimiter: u8, selection: &ColumnSelection, header_len: usize) -> Self {
        Self {
            delimiter,
            columns: selection.positions.clone(),
            header_len,
            starts: vec![0; 1024],
            unquoted: Unquoted::default(),
        }
    }

    /// Calls `on_record` for each record of a block, in order. The block starts and ends at a record boundary.
    pub fn scan(&mut self, block: &[u8], mut on_record: impl FnMut(&Record<'_>)) {
        // `starts[first]` is where the record being read starts, `starts[last]` where its last field so far does.
        let mut starts = std::mem::take(&mut self.starts);
        let (mut first, mut last) = (0, 0);
        starts[0] = 0;
        let (mut index, mut line, mut lines) = (0, 0, 0);
        // Where the first quote of the record being read opened.
        let mut quote = usize::MAX;
        let columns_end = self.columns.last().map_or(0, |&column| column.saturating_add(1));
        let mut carry = Carry::at_record_start();

        let (chunks, tail) = block.as_chunks::<CHUNK>();
        let tail_chunk = padded(tail);
        for (number, chunk) in chunks.iter().chain([&tail_chunk]).enumerate() {
            let mut marks = classify(chunk, self.delimiter, &mut carry);
            if number == chunks.len() {
                // The end of the block ends a record too; after a line end it is one more blank line.
                marks.record_ends |= 1 << tail.len();
            }
            let separators = marks.delimiters | marks.record_ends;
            if last + 1 + CHUNK > starts.len() {
                make_room(&mut starts, &mut first, &mut last);
            }
            let before = last;
            if let Some(room) = starts[before + 1..].first_chunk_mut::<CHUNK>() {
                last += write_positions(separators, number * CHUNK + 1, room);
            }

            // As a rule each line is a record, and the lines need no bits counted.
            let is_plain = marks.line_ends == marks.record_ends;
            let lines_before = lines;
            let (mut ends, mut opening) = (marks.record_ends, marks.opening);
            while ends != 0 {
                let up_to = ends ^ (ends - 1);
                let next_first = before + (separators & up_to).count_ones() as usize;
                if opening & up_to != 0 {
                    quote = quote.min(number * CHUNK + opening.trailing_zeros() as usize);
                    opening &= !up_to;
                }
                let is_blank = starts[next_first] == starts[first] + 1;
                if !is_blank {
                    let starts = &starts[first..=next_first];
                    // Quotes after the last column that is asked for, as in a final comment, cost nothing.
                    let is_quoted =
                        starts.get(columns_end).map_or(quote != usize::MAX, |&after| quote < after);
                    if is_quoted {
                        self.unquoted.fill(block, starts, &self.columns);
                    }
                    on_record(&Record {
                        index_in_block: index,
                        line_in_block: line,
                        block,
                        starts,
                        columns: &self.columns,
                        header_len: self.header_len,
                        unquoted: is_quoted.then_some(&self.unquoted),
                    });
                    index += 1;
                }
                first = next_first;
                quote = usize::MAX;
                lines += 1;
                if !is_plain {
                    lines = lines_before + u64::from((marks.line_ends & up_to).count_ones());
                }
                line = lines;
                ends &= ends - 1;
            }
            if opening != 0 {
                quote = quote.min(number * CHUNK + opening.trailing_zeros() as usize);
            }
            if !is_plain {
                lines = lines_before + u64::from(marks.line_ends.count_ones());
            }
        }
        self.starts = starts;
    }
}

/// Makes room in the index for one more chunk, by dropping records that are done with or by growing.
#[cold]
fn make_room(starts: &mut Vec<usize>, first: &mut usize, last: &mut usize) {
    starts.copy_within(*first..=*last, 0);
    *last -= *first;
    *first = 0;
    // At least half is free afterwards, so that a wide record is not moved again and again.
    if (*last + 1 + CHUNK) * 2 > starts.len() {
        starts.resize(starts.len() * 2, 0);
    }
}

/// The positions of the bits set, each plus `base`; returns how many. What stands after them means nothing.
#[expect(clippy::inline_always, reason = "it is half of the loop over chunks")]
#[inline(always)]
fn write_positions(mut bits: u64, base: usize, room: &mut [usize; CHUNK]) -> usize {
    let count = bits.count_ones() as usize;
    // Eight at a time whether or not there are as many: a loop that ends at a different count in each chunk is
    // mispredicted in each chunk.
    let (groups, _) = room.as_chunks_mut::<8>();
    for (number, group) in groups.iter_mut().enumerate() {
        for place in group {
            *place = base.wrapping_add(bits.trailing_zeros() as usize);
            bits &= bits.wrapping_sub(1);
        }
        if count <= (number + 1) * 8 {
            break;
        }
    }
    count
}

#[inline]
fn raw_field<'a>(block: &'a [u8], starts: &[usize], columns: &[usize], slot: usize) -> Option<&'a [u8]> {
    let column = *columns.get(slot)?;
    let next = *starts.get(column.wrapping_add(1))?;
    block.get(*starts.get(column)?..next.wrapping_sub(1))
}

/// The selected fields of a record that has quotes.
#[derive(Debug, Default)]
struct Unquoted {
    values: Vec<Value>,
    copies: Vec<u8>,
}

/// Where a value is: in the block as it stands, or among the copies.
#[derive(Debug, Clone, Copy)]
enum Value {
    InBlock(usize, usize),
    Copied(usize, usize),
}

impl Unquoted {
    fn fill(&mut self, block: &[u8], starts: &[usize], columns: &[usize]) {
        self.values.clear();
        self.copies.clear();
        for &column in columns {
            let value = match starts.get(column..).and_then(|starts| starts.first_chunk::<2>()) {
                Some(&[start, next]) if block.get(start) == Some(&b'"') && start + 1 < next => {
                    self.unquote(block, start + 1, next - 1)
                }
                Some(&[start, next]) => Value::InBlock(start, next - 1),
                None => Value::InBlock(0, 0),
            };
            self.values.push(value);
        }
    }

    /// The value of a field whose opening quote stands just before `start`.
    fn unquote(&mut self, block: &[u8], start: usize, end: usize) -> Value {
        let mut rest = &block[start..end];
        match memchr(b'"', rest) {
            None => return Value::InBlock(start, end),
            Some(quote) if quote + 1 == rest.len() => return Value::InBlock(start, start + quote),
            Some(_) => {}
        }
        let from = self.copies.len();
        while let Some(quote) = memchr(b'"', rest) {
            self.copies.extend_from_slice(&rest[..quote]);
            rest = &rest[quote + 1..];
            if rest.first() == Some(&b'"') {
                self.copies.push(b'"');
                rest = &rest[1..];
            } else {
                break;
            }
        }
        // Text after the closing quote, further quotes included, is kept as it stands.
        self.copies.extend_from_slice(rest);
        Value::Copied(from, self.copies.len())
    }

    fn field<'a>(&'a self, block: &'a [u8], slot: usize) -> &'a [u8] {
        match self.values.get(slot) {
            Some(&Value::InBlock(start, end)) => &block[start..end],
            Some(&Value::Copied(start, end)) => &self.copies[start..end],
            None => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `number@line: fields of the selection | number of fields` for each record.
    fn told(block: &[u8], columns: &[usize], header_len: usize) -> Vec<String> {
        let selection = ColumnSelection::new(columns.iter().copied());
        let mut scanner = RecordScanner::new(b',', &selection, header_len);
        let mut told = Vec::new();
        scanner.scan(block, |record| {
            let fields: Vec<_> = (0..selection.positions().len())
                .map(|slot| String::from_utf8_lossy(record.field(slot)))
                .collect();
            let ragged = if record.is_ragged() { " ragged" } else { "" };
            let (index, line) = (record.index_in_block, record.line_in_block);
            told.push(format!("{index}@{line}: {} | {}{ragged}", fields.join("~"), record.len()));
        });
        told
    }

    #[test]
    fn fields_by_slot_in_column_order() {
        let selection = ColumnSelection::new([5, 1, 5, 2]);
        assert_eq!(selection.positions(), [1, 2, 5]);
        assert_eq!((selection.slot(5), selection.slot(0)), (Some(2), None));
        assert_eq!(told(b"a,b,c\n1,2,3\n", &[2, 0], 3), ["0@0: a~c | 3", "1@1: 1~3 | 3"]);
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
        let selection = ColumnSelection::new([1]);
        let mut scanner = RecordScanner::new(b';', &selection, 2);
        let mut seen = Vec::new();
        for block in [&b"a;\"open"[..], b"b;2\n", b"\n", b"c;3\n"] {
            scanner.scan(block, |record| seen.push((record.field(0).to_vec(), record.index_in_block)));
        }
        assert_eq!(seen, [(b"open".to_vec(), 0), (b"2".to_vec(), 0), (b"3".to_vec(), 0)]);
    }
}
