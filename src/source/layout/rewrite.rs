//! A file as its tool wrote it, passed on as a plain table: one header, then the rows as the layout sees them.
//!
//! A record stays on the line on which it stood: where several lines become one, blank lines follow, which readers
//! skip. A record with fewer or more cells than the header keeps that fault, so that it is counted.

use std::io::{self, Read};

use crate::source::format::Rows;

use super::{Cells, Seen};

/// Takes note of every cell that is not passed on as it stood.
pub trait Edits: Send {
    /// `row` counts records after the headers from 1; `rule` names why.
    fn edit(&mut self, row: u64, column: &str, old: &str, new: &str, rule: &'static str);
}

/// The rows of a plain table out of a file as its tool wrote it.
pub struct Rewritten {
    reader: csv::Reader<Box<dyn Read + Send>>,
    seen: Seen,
    /// How many cells a record has.
    width: usize,
    record: csv::ByteRecord,
    /// A record waits until the lines before it are blank.
    waits: bool,
    /// The line that is written next, from 1.
    line: u64,
    row: u64,
    edits: Option<Box<dyn Edits>>,
}

impl Rewritten {
    /// The rows below the headers that were seen; `stream` begins with those, without a byte order mark.
    pub fn new(
        stream: Box<dyn Read + Send>,
        delimiter: u8,
        seen: Seen,
        width: usize,
        edits: Option<Box<dyn Edits>>,
    ) -> Self {
        let reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(stream);
        Self {
            reader,
            seen,
            width,
            record: csv::ByteRecord::new(),
            waits: false,
            line: 0,
            row: 0,
            edits,
        }
    }

    /// The header, and the records above the answers read away.
    fn header(&mut self, row: &mut Vec<String>) -> io::Result<()> {
        for _ in 0..self.seen.file.header_rows {
            self.reader.read_byte_record(&mut self.record)?;
        }
        row.extend(self.seen.columns.iter().map(|column| column.name.clone()));
        self.line = 2;
        Ok(())
    }

    /// The record as a row of the plain table.
    fn cells(&mut self, row: &mut Vec<String>) {
        self.row += 1;
        let record = &self.record;
        for column in &self.seen.columns {
            let is_there = match &column.cells {
                Cells::Copied(position) | Cells::Stripped { column: position, .. } => *position < record.len(),
                Cells::Ticked { options, .. } => options.iter().any(|(position, _)| *position < record.len()),
            };
            if !is_there && record.len() < self.width {
                break;
            }
            let (cell, old, rule) = match &column.cells {
                Cells::Copied(position) => (text(record, *position), None, ""),
                Cells::Stripped { column, prefix, suffix } => stripped(&text(record, *column), prefix, suffix),
                Cells::Ticked { options, separator, unticked } => ticked(record, options, separator, unticked),
            };
            if let (Some(edits), Some(old)) = (&mut self.edits, old) {
                edits.edit(self.row, &column.name, &old, &cell, rule);
            }
            row.push(cell);
        }
        row.extend((self.width..record.len()).map(|position| text(record, position)));
        let breaks: usize =
            row.iter().map(|cell| memchr::memchr_iter(b'\n', cell.as_bytes()).count()).sum();
        self.line += 1 + breaks as u64;
    }
}

impl Rows for Rewritten {
    fn next_row(&mut self, row: &mut Vec<String>) -> io::Result<bool> {
        if self.line == 0 {
            self.header(row)?;
            return Ok(true);
        }
        if !self.waits {
            self.waits = self.reader.read_byte_record(&mut self.record)?;
            if !self.waits {
                return Ok(false);
            }
        }
        let begins = self.record.position().map_or(0, csv::Position::line);
        if self.line < begins {
            self.line += 1;
            return Ok(true);
        }
        self.waits = false;
        self.cells(row);
        Ok(true)
    }
}

fn text(record: &csv::ByteRecord, position: usize) -> String {
    String::from_utf8_lossy(record.get(position).unwrap_or_default()).into_owned()
}

/// A cell without the marks of its tool, and as it stood where that differs.
fn stripped(cell: &str, prefix: &str, suffix: &str) -> (String, Option<String>, &'static str) {
    let plain = cell.strip_prefix(prefix).unwrap_or(cell);
    let plain = plain.strip_suffix(suffix).unwrap_or(plain);
    let old = (plain.len() < cell.len()).then(|| cell.to_owned());
    (plain.to_owned(), old, "mark_of_the_tool")
}

/// The options that were ticked; what stood in their columns where that is something.
fn ticked(
    record: &csv::ByteRecord,
    options: &[(usize, String)],
    separator: &str,
    unticked: &[String],
) -> (String, Option<String>, &'static str) {
    let (mut chosen, mut stood) = (Vec::new(), Vec::new());
    for (position, option) in options {
        let cell = text(record, *position);
        let cell = cell.trim();
        if cell.is_empty() {
            continue;
        }
        stood.push(cell.to_owned());
        if !unticked.iter().any(|word| word.eq_ignore_ascii_case(cell)) {
            chosen.push(option.as_str());
        }
    }
    let joined = chosen.join(separator);
    let old = (!stood.is_empty()).then(|| stood.join(" | "));
    (joined, old, "options_joined")
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::super::SeenColumn;
    use super::*;
    use crate::source::format::CsvStream;
    use crate::survey::{ColumnFacts, FileFacts};

    fn column(name: &str, cells: Cells) -> SeenColumn {
        SeenColumn { name: name.to_owned(), facts: ColumnFacts::default(), cells }
    }

    fn seen(header_rows: u32, columns: Vec<SeenColumn>) -> Seen {
        Seen { file: FileFacts { header_rows, ..FileFacts::default() }, columns }
    }

    fn rewritten(text: &'static str, seen: Seen, width: usize) -> String {
        let rows = Rewritten::new(Box::new(text.as_bytes()), b',', seen, width, None);
        let mut written = String::new();
        CsvStream::new(rows).read_to_string(&mut written).unwrap();
        written
    }

    fn two() -> Seen {
        seen(3, vec![column("id", Cells::Copied(0)), column("overall", Cells::Copied(1))])
    }

    #[test]
    fn headers_become_one_and_records_keep_their_lines() {
        let text = "id,q1\n\"Response\",\"How\nsatisfied?\"\n{},{}\n1,5\n\n2,\"a\nb\"\n3,4\n";
        let written = rewritten(text, two(), 2);
        assert_eq!(written, "id,overall\n\n\n\n1,5\n\n2,\"a\nb\"\n3,4\n");
        let line = |text: &str, wanted: &str| text.lines().position(|line| line.starts_with(wanted));
        for record in ["1,5", "2,\"a", "3,4"] {
            assert_eq!(line(text, record), line(&written, record), "{record}");
        }
    }

    #[test]
    fn short_and_long_records_stay_so() {
        let written = rewritten("id,q1\nx,y\nx,y\n1\n2,4,9\n", two(), 2);
        assert_eq!(written, "id,overall\n\n\n1\n2,4,9\n");
    }

    #[test]
    fn options_are_joined_and_marks_taken_off() {
        let columns = vec![
            column(
                "why",
                Cells::Ticked {
                    options: vec![(1, "Price".to_owned()), (2, "Speed; service".to_owned())],
                    separator: " | ".to_owned(),
                    unticked: vec!["No".to_owned()],
                },
            ),
            column("phone", Cells::Stripped { column: 0, prefix: "'", suffix: ";" }),
        ];
        let written = rewritten("a,b,c\n'+49,Price,yes\n1;,no,\n,,\n", seen(1, columns), 3);
        assert_eq!(written, "why,phone\nPrice | Speed; service,+49\n,1\n,\n");
    }

    #[test]
    fn every_changed_cell_is_noted() {
        struct Noted(Arc<Mutex<Vec<String>>>);
        impl Edits for Noted {
            fn edit(&mut self, row: u64, column: &str, old: &str, new: &str, rule: &'static str) {
                self.0.lock().unwrap().push(format!("{row} {column} {old} -> {new} {rule}"));
            }
        }
        let notes = Arc::new(Mutex::new(Vec::new()));
        let columns = vec![column("a", Cells::Stripped { column: 0, prefix: "'", suffix: "" })];
        let edits = Box::new(Noted(Arc::clone(&notes)));
        let rows = Rewritten::new(Box::new(&b"a\nx\n'=1\n"[..]), b',', seen(1, columns), 1, Some(edits));
        CsvStream::new(rows).read_to_end(&mut Vec::new()).unwrap();
        assert_eq!(*notes.lock().unwrap(), ["2 a '=1 -> =1 mark_of_the_tool"]);
    }
}
