//! Short lists beside a definition, wholly in memory: one record a thing, each with its line.

use super::blocks::BlockReader;
use super::head::OpenedSource;
use super::records::RecordScanner;
use crate::diagnostic::Place;
use crate::survey::normalize;

/// The most rows of such a list; nobody writes that many by hand.
const MOST: usize = 100_000;

/// A list that was read.
pub(super) struct ListRows {
    /// The records after the header.
    pub(super) rows: Vec<ListRow>,
    /// How many bytes the list has.
    pub(super) bytes: u64,
    /// Its hash as reports have it.
    pub(super) hash: String,
}

/// One record of a list.
pub(super) struct ListRow {
    line: u64,
    cells: Vec<String>,
}

impl ListRow {
    /// The cell at a position from 0, trimmed; empty where the record is too short.
    pub(super) fn cell(&self, position: usize) -> &str {
        self.cells.get(position).map_or("", String::as_str)
    }

    /// Whether no cell has anything.
    pub(super) fn is_blank(&self) -> bool {
        self.cells.iter().all(String::is_empty)
    }

    /// Where the record stands.
    pub(super) fn place(&self, file: &str) -> Place {
        let source = self.cells.join(",");
        Place {
            file: file.to_owned(),
            line: usize::try_from(self.line).unwrap_or(usize::MAX),
            column: 1,
            length: source.chars().count().max(1),
            source,
        }
    }

    /// Where one of its cells stands, in the record as [`place`](Self::place) writes it.
    pub(super) fn place_of(&self, file: &str, position: usize) -> Place {
        let before: usize = self.cells.iter().take(position).map(|cell| cell.chars().count() + 1).sum();
        let length = self.cell(position).chars().count().max(1);
        Place { column: before + 1, length, ..self.place(file) }
    }
}

/// The records of a list after its header.
pub(super) fn list_rows(opened: OpenedSource) -> Result<ListRows, String> {
    let columns = opened.header.names().len();
    let original = opened.source.original.clone();
    let mut scanner = RecordScanner::new(opened.source.delimiter);
    let mut reader = BlockReader::new(opened.source.reader, opened.source.delimiter);
    let mut rows: Vec<ListRow> = Vec::new();
    let mut at_header = true;
    while let Some(block) = reader.next_block().map_err(|fault| fault.to_string())? {
        scanner.scan(&block.bytes, |records| {
            for &record in records.all() {
                if std::mem::take(&mut at_header) {
                    continue;
                }
                let mut copy = Vec::new();
                let mut cell = |position| {
                    normalize(&String::from_utf8_lossy(records.field(record, position, &mut copy)))
                };
                let cells = (0..columns).map(&mut cell).collect();
                rows.push(ListRow { line: block.first_line + records.lines_before(record), cells });
            }
        });
        reader.pool().give_back(block.bytes);
        if rows.len() > MOST {
            return Err(format!("it has more than {MOST} rows"));
        }
    }
    let digest = reader.digest();
    let (bytes, hash) = match original {
        Some(original) => (original.bytes, original.sha256),
        None => (digest.bytes, format!("xxh3-128:{:032x}", digest.hash)),
    };
    Ok(ListRows { rows, bytes, hash })
}
