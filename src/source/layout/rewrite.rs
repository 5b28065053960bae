//! A file as its tool wrote it, passed on as a plain table: one header, then the rows as the layout sees them.
//!
//! A record stays on the line on which it stood: where several lines become one, blank lines follow, which readers
//! skip. A record with fewer or more cells than the header keeps that fault, so that it is counted.

use std::io::{self, Read};

use chrono::DateTime;

use crate::source::format::Rows;
use crate::survey::NONE_CHOSEN;

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
    /// Lines end in CR LF, whose LF the reader leaves for the next record: it counts a line less than was read.
    leaves_line_feeds: bool,
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
            leaves_line_feeds: false,
            waits: false,
            line: 0,
            row: 0,
            edits,
        }
    }

    /// The line on which the record begins. What the reader says of a record is where it looked for it: blank lines
    /// before the record are not counted, so it is counted back from the record's end.
    fn begins(&self) -> u64 {
        let looked = self.record.position().map_or(0, csv::Position::line);
        let own = self.breaks() + u64::from(!self.leaves_line_feeds);
        looked.max(self.reader.position().line().saturating_sub(own))
    }

    /// How many lines end inside the record's cells.
    fn breaks(&self) -> u64 {
        self.record.iter().map(|cell| memchr::memchr_iter(b'\n', cell).count() as u64).sum()
    }

    /// The header, and the records above the answers read away.
    fn header(&mut self, row: &mut Vec<String>) -> io::Result<()> {
        for header in 0..self.seen.file.header_rows {
            self.reader.read_byte_record(&mut self.record)?;
            if header == 0 {
                self.leaves_line_feeds = self.reader.position().line() == 1 + self.breaks();
            }
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
            let is_there = column.cells.positions().iter().any(|position| *position < record.len());
            if !is_there && record.len() < self.width {
                break;
            }
            let (cell, old, rule) = match &column.cells {
                Cells::Copied(position) => (text(record, *position), None, ""),
                Cells::Trimmed { column, suffix } => trimmed(&text(record, *column), suffix),
                Cells::Unmasked(column) => unmasked(&text(record, *column)),
                Cells::UnixSeconds(column) => dated(&text(record, *column)),
                Cells::Ticked { options, separator, unticked } => {
                    ticked(record, options, separator, unticked)
                }
            };
            if let (Some(edits), Some(old)) = (&mut self.edits, old) {
                edits.edit(self.row, &column.name, &old, &cell, rule);
            }
            row.push(cell);
        }
        row.extend((self.width..record.len()).map(|position| text(record, position)));
        let breaks: usize = row.iter().map(|cell| memchr::memchr_iter(b'\n', cell.as_bytes()).count()).sum();
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
        if self.line < self.begins() {
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

/// A changed cell, what stood there where that differs, and the rule.
type Changed = (String, Option<String>, &'static str);

fn changed(old: &str, new: String, rule: &'static str) -> Changed {
    let stood = (new != old).then(|| old.to_owned());
    (new, stood, rule)
}

/// A cell without the mark at its end.
fn trimmed(cell: &str, suffix: &str) -> Changed {
    let plain = cell.trim_end();
    changed(cell, plain.strip_suffix(suffix).unwrap_or(plain).to_owned(), "mark_of_the_tool")
}

/// A cell without the apostrophe that keeps a spreadsheet from reading it as a formula or a number.
fn unmasked(cell: &str) -> Changed {
    let plain = cell.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@'])).unwrap_or(cell);
    changed(cell, plain.to_owned(), "apostrophe_of_the_tool")
}

/// Seconds since 1970 as a date and time; other texts as they stand.
fn dated(cell: &str) -> Changed {
    let moment = cell.trim().parse().ok().and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    let new = moment.map_or_else(|| cell.to_owned(), |at| at.format("%Y-%m-%d %H:%M:%S").to_string());
    changed(cell, new, "seconds_to_date")
}

/// The options that were ticked, or that a no to some of them is all there is; what stood in their columns where that is something.
fn ticked(
    record: &csv::ByteRecord,
    options: &[(usize, String)],
    separator: &str,
    unticked: &[&str],
) -> Changed {
    let (mut chosen, mut stood) = (Vec::new(), Vec::new());
    let mut has_declined = false;
    for (position, option) in options {
        let cell = text(record, *position);
        let cell = cell.trim();
        if cell.is_empty() {
            continue;
        }
        stood.push(cell.to_owned());
        if unticked.iter().any(|word| word.eq_ignore_ascii_case(cell)) {
            has_declined = true;
        } else {
            chosen.push(option.as_str());
        }
    }
    let joined =
        if chosen.is_empty() && has_declined { NONE_CHOSEN.to_owned() } else { chosen.join(separator) };
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

    fn rewritten(text: &str, seen: Seen, width: usize) -> String {
        let rows = Rewritten::new(Box::new(io::Cursor::new(text.to_owned())), b',', seen, width, None);
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
        assert_eq!(rewritten(&text.replace('\n', "\r\n"), two(), 2).replace('\r', ""), written);
        assert_eq!(rewritten(text.trim_end(), two(), 2), written);
        assert_eq!(rewritten(text.replace('\n', "\r\n").trim_end(), two(), 2).replace('\r', ""), written);
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
                    separator: " | ",
                    unticked: &["No"],
                },
            ),
            column("phone", Cells::Unmasked(0)),
            column("list", Cells::Trimmed { column: 0, suffix: ";" }),
            column("date", Cells::UnixSeconds(0)),
        ];
        let written = rewritten("a,b,c\n'+49,Price,yes\n1;,no,\n1782900000,,\n", seen(1, columns), 3);
        assert_eq!(
            written,
            "why,phone,list,date\nPrice | Speed; service,+49,'+49,'+49\n(none chosen),1;,1,1;\n\
             ,1782900000,1782900000,2026-07-01 10:00:00\n"
        );
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
        let columns = vec![column("a", Cells::Unmasked(0))];
        let edits = Box::new(Noted(Arc::clone(&notes)));
        let rows = Rewritten::new(Box::new(&b"a\nx\n'=1\n"[..]), b',', seen(1, columns), 1, Some(edits));
        CsvStream::new(rows).read_to_end(&mut Vec::new()).unwrap();
        assert_eq!(*notes.lock().unwrap(), ["2 a '=1 -> =1 apostrophe_of_the_tool"]);
    }
}
