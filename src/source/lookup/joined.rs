//! A table with the cells of lists before each of its records, as a stream.

use std::io::{self, Read};
use std::sync::Arc;

use super::key::Found;
use super::list::written;
use super::{Brought, KeyAt, Matches};
use crate::source::blocks::{BlockError, BlockReader};
use crate::source::records::{Record, RecordScanner, Records};

/// The stream; a byte order mark is dropped, all else of the records stays as it stands.
pub(super) struct Joined {
    blocks: BlockReader<Box<dyn Read + Send>>,
    scanner: RecordScanner,
    filler: Filler,
    read: usize,
    is_done: bool,
}

impl Joined {
    /// `keys` says where the key of each list stands.
    pub(super) fn new(
        stream: Box<dyn Read + Send>,
        delimiter: u8,
        lists: Vec<Arc<Brought>>,
        keys: Vec<KeyAt>,
    ) -> Self {
        let matches = vec![Matches::default(); lists.len()];
        Self {
            // Odd quotes are found where the joined table is read.
            blocks: BlockReader::new(stream, delimiter).without_verdict(),
            scanner: RecordScanner::new(delimiter),
            filler: Filler {
                lists,
                keys,
                matches,
                delimiter,
                at_header: true,
                found: Vec::new(),
                copy: Vec::new(),
                out: Vec::new(),
            },
            read: 0,
            is_done: false,
        }
    }

    fn fill(&mut self) -> io::Result<()> {
        self.filler.out.clear();
        self.read = 0;
        let block = match self.blocks.next_block() {
            Ok(Some(block)) => block,
            // What the file ends in was handed on as it stands, and is found where it is read.
            Ok(None) | Err(BlockError::UnclosedQuote { .. }) => {
                self.is_done = true;
                return Ok(());
            }
            Err(error) => return Err(io::Error::other(error)),
        };
        let mut copied = 0;
        self.scanner.scan(&block.bytes, |records| {
            for &record in records.all() {
                let start = records.start(record);
                self.filler.out.extend_from_slice(block.bytes.get(copied..start).unwrap_or_default());
                copied = start;
                self.filler.prefix(records, record);
            }
        });
        self.filler.out.extend_from_slice(block.bytes.get(copied..).unwrap_or_default());
        self.filler.note();
        self.blocks.pool().give_back(block.bytes);
        Ok(())
    }
}

impl Read for Joined {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.read == self.filler.out.len() && !self.is_done {
            self.fill()?;
        }
        let rest = &self.filler.out[self.read..];
        let length = rest.len().min(buffer.len());
        buffer[..length].copy_from_slice(&rest[..length]);
        self.read += length;
        Ok(length)
    }
}

/// Writes the brought cells of a record.
struct Filler {
    lists: Vec<Arc<Brought>>,
    keys: Vec<KeyAt>,
    matches: Vec<Matches>,
    delimiter: u8,
    at_header: bool,
    /// The rows found for the record, by list.
    found: Vec<Option<u32>>,
    copy: Vec<u8>,
    out: Vec<u8>,
}

impl Filler {
    fn prefix(&mut self, records: &Records<'_>, record: Record) {
        if std::mem::take(&mut self.at_header) {
            for name in self.lists.iter().flat_map(|brought| brought.list.names()) {
                written(name.as_bytes(), &mut self.copy);
                self.out.extend_from_slice(&self.copy);
                self.out.push(self.delimiter);
            }
            return;
        }
        self.found.clear();
        for number in 0..self.lists.len() {
            let found = self.find(number, records, record);
            self.matches[number].add(found);
            let row = if let Found::Row(row) = found { Some(row) } else { None };
            self.found.push(row);
            let list = &self.lists[number].list;
            for column in 0..list.names().len() {
                if let Some(row) = row {
                    self.out.extend_from_slice(list.cell(row, column));
                }
                self.out.push(self.delimiter);
            }
        }
    }

    fn find(&mut self, number: usize, records: &Records<'_>, record: Record) -> Found {
        let list = &self.lists[number].list;
        match self.keys[number] {
            KeyAt::Record(position) => list.find(records.field(record, position, &mut self.copy)),
            KeyAt::Brought(position) => list.find(self.brought(position)),
            KeyAt::Absent => Found::Blank,
        }
    }

    /// A cell that a list before has brought; keys in quotes are not met.
    fn brought(&self, position: usize) -> &[u8] {
        let mut column = position;
        for (brought, row) in self.lists.iter().zip(&self.found) {
            let width = brought.list.names().len();
            if column < width {
                return row.map_or(&[], |row| brought.list.cell(row, column));
            }
            column -= width;
        }
        &[]
    }

    /// Hands over what was counted.
    fn note(&mut self) {
        for (brought, matches) in self.lists.iter().zip(&mut self.matches) {
            brought.note(std::mem::take(matches));
        }
    }
}
