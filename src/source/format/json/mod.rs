//! JSON: records one a line (NDJSON), in a list, or in a list of an object such as `{"responses": […]}`, as rows.
//!
//! Nested objects become columns by their path (`person.email`), lists of scalars one cell joined with `;` or, where
//! a value has that, with another separator. A list of answers, each with its question, becomes a column a question.
//! Other lists of objects stay JSON text. Null is an empty cell; numbers keep their digits.
//!
//! The columns are the keys of the first 20,000 records; the file is never held. Refused: a record above 64 MiB or a
//! million values, nesting deeper than 64, a key that stands twice, more than 16,384 columns.

mod columns;
mod error;
mod flatten;
mod lookahead;
mod parser;
mod records;
mod shape;
#[cfg(test)]
mod tests;
mod value;

use std::collections::VecDeque;
use std::io::{self, Read};
use std::sync::atomic::Ordering;

use super::{CsvStream, Decoded, Losses, Rows};
use crate::source::delimiter::Delimiter;
use columns::{Columns, Placed};
use flatten::{Cell, flatten};
use records::{Arrangement, Records};

pub use error::JsonError;

/// How many records are looked at for the columns.
const LOOKED_AT: usize = 20_000;
/// How much text they may hold together; what comes later is not looked at then.
const LOOKED_AT_TEXT: usize = 64 << 20;
/// The most columns.
const MAX_COLUMNS: usize = 16_384;

/// Whether a file begins as JSON does: with `{` or `[`, blanks left out, and a key, a list or an object behind it.
pub fn may_be_json(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    let Some((first, rest)) = head.split_first() else {
        return false;
    };
    let next = rest.trim_ascii_start().first();
    match first {
        b'{' => matches!(next, Some(b'"' | b'}')),
        b'[' => matches!(next, Some(b'{' | b'[' | b']')),
        _ => false,
    }
}

/// The records as CSV.
///
/// # Errors
/// The beginning is no JSON or holds no record; see [`JsonError`]. What is wrong further down is said by the stream,
/// when it is reached.
pub fn read<R: Read + Send + 'static>(source: R) -> Result<Decoded, JsonError> {
    let mut records = Records::open(source)?;
    let mut columns = Columns::default();
    let mut waiting = VecDeque::new();
    let mut held = 0;
    let mut is_all = false;
    while waiting.len() < LOOKED_AT && held < LOOKED_AT_TEXT {
        let Some((line, record)) = records.next()? else {
            is_all = true;
            break;
        };
        let cells = flatten(record);
        if !columns.see(&cells, MAX_COLUMNS) {
            return Err(JsonError::TooManyKeys { line, limit: MAX_COLUMNS });
        }
        held += cells.iter().map(size_of_cell).sum::<usize>();
        waiting.push_back((line, cells));
    }
    if waiting.is_empty() {
        return Err(JsonError::Empty);
    }
    if columns.len() == 0 {
        return Err(JsonError::NoKeys);
    }
    let mut reasons = vec![match records.arrangement() {
        Arrangement::Lines => "JSON, one record behind the other".to_owned(),
        Arrangement::List => "JSON, a list of records".to_owned(),
        Arrangement::Under(path) => format!("JSON, the records under `{}`", path.join(".")),
        Arrangement::One => "JSON, one record".to_owned(),
    }];
    if !is_all {
        reasons.push(format!("the columns are the keys of the first {} records", waiting.len()));
    }
    reasons.extend(columns.reasons());
    let losses = Losses::default();
    let facts = columns.facts();
    let rows = JsonRows { records, columns, waiting, is_header_done: false, losses: losses.clone() };
    Ok(Decoded {
        reader: Box::new(CsvStream::new(rows)),
        delimiter: Some(Delimiter::Comma),
        columns: facts,
        reasons,
        losses,
    })
}

fn size_of_cell(cell: &Cell) -> usize {
    const AROUND: usize = 64;
    let text = match &cell.content {
        flatten::Content::One(text) => text.len(),
        flatten::Content::Many(texts) => texts.iter().map(|text| text.len() + AROUND / 2).sum(),
    };
    cell.name.len() + text + AROUND
}

struct JsonRows<R> {
    records: Records<R>,
    columns: Columns,
    /// The records that were looked at.
    waiting: VecDeque<(u64, Vec<Cell>)>,
    is_header_done: bool,
    losses: Losses,
}

impl<R: Read> JsonRows<R> {
    fn next(&mut self, row: &mut Vec<String>) -> Result<bool, JsonError> {
        if !self.is_header_done {
            self.is_header_done = true;
            row.extend(self.columns.names().map(str::to_owned));
            return Ok(true);
        }
        let next = match self.waiting.pop_front() {
            Some(next) => Some(next),
            None => self.records.next()?.map(|(line, record)| (line, flatten(record))),
        };
        self.losses.wrong_bytes.fetch_add(std::mem::take(&mut self.records.wrong), Ordering::Relaxed);
        let Some((line, cells)) = next else {
            return Ok(false);
        };
        row.resize(self.columns.len(), String::new());
        for cell in cells {
            match self.columns.place(cell, row) {
                Placed::Well => {}
                Placed::AsJson => {
                    self.losses.unjoined_lists.fetch_add(1, Ordering::Relaxed);
                }
                Placed::Nowhere => {
                    self.losses.late_values.fetch_add(1, Ordering::Relaxed);
                }
                Placed::Twice(key) => return Err(JsonError::DuplicateKey { line, key }),
            }
        }
        Ok(true)
    }
}

impl<R: Read> Rows for JsonRows<R> {
    fn next_row(&mut self, row: &mut Vec<String>) -> io::Result<bool> {
        self.next(row).map_err(JsonError::into_io)
    }
}
