//! Excel 5 to 2003 (.xls): one stream of records, which is held with the cells of one sheet. It has at most 65,536
//! rows and 256 columns.

use std::collections::BTreeMap;

use super::biff::{Record, RecordReader, Texts};
use super::cell::{Shown, push_number};
use super::choose::{SheetEntry, SheetKind};
use super::error::WorkbookError;
use super::held::HeldCells;
use super::shape::{Block, Shape};
use super::xlsx_parts::SharedStrings;

/// How many sheets are listed.
const MAX_SHEETS: usize = 10_000;

/// A workbook of records.
pub(super) struct Xls {
    stream: Vec<u8>,
    sheets: Vec<SheetEntry>,
    /// Where the records of each sheet begin.
    starts: Vec<usize>,
    strings: SharedStrings,
    /// What the number format of each cell style shows.
    styles: Vec<Shown>,
    texts: Texts,
    is_1904: bool,
}

impl Xls {
    /// Reads what all sheets share.
    pub(super) fn open(stream: Vec<u8>) -> Result<Self, WorkbookError> {
        let (mut sheets, mut starts) = (Vec::new(), Vec::new());
        let mut strings = SharedStrings::default();
        let (mut formats, mut format_of) = (BTreeMap::new(), Vec::new());
        let (mut texts, mut is_1904, mut code_page) = (Texts::Unicode, false, 1252);
        let mut records = RecordReader::new(&stream, 0);
        let mut is_ended = false;
        while let Some(record) = records.next() {
            match record.kind {
                BEGIN => match record.short(0) {
                    Some(0x0600) => texts = Texts::Unicode,
                    Some(0x0500) => texts = Texts::code_page(code_page),
                    _ => return Err(damaged("its version of Excel is not known")),
                },
                0x002F if record.short(0).is_some_and(|kind| kind != 0) || record.data.len() > 4 => {
                    return Err(WorkbookError::Protected);
                }
                0x0042 => {
                    code_page = record.short(0).unwrap_or(1252);
                    if matches!(texts, Texts::CodePage(_)) {
                        texts = Texts::code_page(code_page);
                    }
                }
                0x0022 => is_1904 = record.short(0) == Some(1),
                0x041E => {
                    let code = texts.decode(record.from(2), matches!(texts, Texts::CodePage(_)));
                    if let (Some(number), Some(code)) = (record.short(0), code) {
                        formats.insert(number, Shown::by_code(&code));
                    }
                }
                0x00E0 => format_of.push(record.short(2).unwrap_or(0)),
                0x0085 if sheets.len() < MAX_SHEETS => {
                    let (Some(start), Some(state)) = (record.long(0), record.short(4)) else {
                        return Err(damaged("its list of sheets is cut"));
                    };
                    let name = texts.decode(record.from(6), true).unwrap_or_default();
                    let kind = match state >> 8 {
                        0 => SheetKind::Table,
                        2 => SheetKind::Chart,
                        _ => SheetKind::Other,
                    };
                    sheets.push(SheetEntry { name, kind, is_hidden: state & 3 != 0 });
                    starts.push(usize::try_from(start).unwrap_or(usize::MAX));
                }
                0x00FC => {
                    let mut segments = records.with_continued(record.data);
                    segments.skip(8);
                    let claimed = record.long(4).and_then(|count| usize::try_from(count).ok()).unwrap_or(0);
                    while strings.len() < claimed {
                        let Some(text) = segments.shared_string() else { break };
                        strings.push(&text)?;
                    }
                }
                END => {
                    is_ended = true;
                    break;
                }
                _ => {}
            }
        }
        if !is_ended {
            return Err(damaged("it is cut: its list of sheets has no end"));
        }
        let styles = format_of
            .into_iter()
            .map(|format| {
                formats.get(&format).copied().unwrap_or_else(|| Shown::by_number(u32::from(format)))
            })
            .collect();
        Ok(Self { stream, sheets, starts, strings, styles, texts, is_1904 })
    }

    /// Its sheets.
    pub(super) fn sheets(&self) -> &[SheetEntry] {
        &self.sheets
    }

    /// Reads the cells of a sheet.
    pub(super) fn read(&self, index: usize) -> Result<(Shape, HeldCells), WorkbookError> {
        let mut reading = Reading {
            book: self,
            sheet: &self.sheets[index].name,
            held: HeldCells::default(),
            merged: Vec::new(),
            formula: (0, 0),
            text: String::new(),
        };
        // Charts within a sheet have records of their own, cells too.
        let mut depth = 0_u32;
        for record in RecordReader::new(&self.stream, self.starts[index]) {
            match record.kind {
                BEGIN => depth = depth.saturating_add(1),
                END if depth <= 1 => {
                    let mut shape = reading.held.finish();
                    for block in reading.merged {
                        shape.merge(block);
                    }
                    shape.finish();
                    return Ok((shape, reading.held));
                }
                END => depth -= 1,
                _ if depth == 1 => reading.see(record)?,
                _ => {}
            }
        }
        Err(WorkbookError::damaged(
            format!("sheet `{}`", self.sheets[index].name),
            "it is cut: its end is missing",
        ))
    }
}

const BEGIN: u16 = 0x0809;
const END: u16 = 0x000A;

/// A sheet that is being read.
struct Reading<'a> {
    book: &'a Xls,
    sheet: &'a str,
    held: HeldCells,
    merged: Vec<Block>,
    /// The formula whose text comes in the next record.
    formula: (u32, u32),
    text: String,
}

impl Reading<'_> {
    fn see(&mut self, record: Record<'_>) -> Result<(), WorkbookError> {
        let is_cell =
            matches!(record.kind, 0x0203 | 0x0204 | 0x00D6 | 0x0205 | 0x027E | 0x00FD | 0x00BD | 0x0006);
        let (row, column) = match (record.short(0), record.short(2)) {
            (Some(row), Some(column)) => (u32::from(row), u32::from(column)),
            _ if is_cell => {
                return Err(WorkbookError::damaged(format!("sheet `{}`", self.sheet), "a cell is cut"));
            }
            _ => (0, 0),
        };
        self.text.clear();
        let style = usize::from(record.short(4).unwrap_or(0));
        match record.kind {
            0x0203 => self.push_number(record.double(6), style),
            0x027E => self.push_number(record.long(6).map(number_of), style),
            0x00BD => return self.see_several(record, row, column),
            0x00FD => {
                let number = record.long(6).and_then(|number| usize::try_from(number).ok());
                let Some(text) = number.and_then(|number| self.book.strings.get(number)) else {
                    let problem =
                        format!("it points to text {} of {}", number.unwrap_or(0), self.book.strings.len());
                    return Err(WorkbookError::cell(self.sheet, row, column, problem));
                };
                self.text.push_str(text);
            }
            0x0204 | 0x00D6 => {
                self.text.push_str(&self.book.texts.decode(record.from(6), false).unwrap_or_default());
            }
            0x0205 => match record.from(6) {
                [value, 0, ..] => self.text.push_str(bool_text(*value)),
                [error, ..] => self.text.push_str(error_text(*error)),
                [] => {}
            },
            0x0006 => {
                self.formula = (row, column);
                match record.from(6) {
                    [1, _, value, _, _, _, 0xFF, 0xFF, ..] => self.text.push_str(bool_text(*value)),
                    [2, _, error, _, _, _, 0xFF, 0xFF, ..] => self.text.push_str(error_text(*error)),
                    // Text, which comes in the next record, or nothing.
                    [_, _, _, _, _, _, 0xFF, 0xFF, ..] => return Ok(()),
                    _ => self.push_number(record.double(6), style),
                }
            }
            0x0207 => {
                let text = self.book.texts.decode(record.data, false).unwrap_or_default();
                let (row, column) = self.formula;
                return self.held.push(row, column, &text, self.sheet);
            }
            0x00E5 => {
                for block in record.from(2).chunks_exact(8) {
                    let at = |place: usize| u32::from(u16::from_le_bytes([block[place], block[place + 1]]));
                    self.merged.push(Block { first: (at(0), at(4)), last: (at(2), at(6)) });
                }
                return Ok(());
            }
            _ => return Ok(()),
        }
        self.held.push(row, column, &self.text, self.sheet)
    }

    /// Numbers side by side: style and number of each, the last column at the end.
    fn see_several(&mut self, record: Record<'_>, row: u32, first: u32) -> Result<(), WorkbookError> {
        for (offset, pair) in (0..).zip(record.from(4).chunks_exact(6)) {
            let pair = Record { kind: 0, data: pair };
            self.text.clear();
            self.push_number(pair.long(2).map(number_of), usize::from(pair.short(0).unwrap_or(0)));
            self.held.push(row, first + offset, &self.text, self.sheet)?;
        }
        Ok(())
    }

    fn push_number(&mut self, value: Option<f64>, style: usize) {
        if let Some(value) = value {
            let shown = self.book.styles.get(style).copied().unwrap_or_default();
            push_number(value, shown, self.book.is_1904, &mut self.text);
        }
    }
}

/// A number in four bytes: 30 bits of a whole number or of a float, and whether it is in hundredths.
fn number_of(stored: u32) -> f64 {
    let value = if stored & 2 == 0 {
        f64::from_bits(u64::from(stored & !3) << 32)
    } else {
        f64::from(stored.cast_signed() >> 2)
    };
    if stored & 1 == 0 { value } else { value / 100.0 }
}

fn bool_text(value: u8) -> &'static str {
    if value == 0 { "FALSE" } else { "TRUE" }
}

fn error_text(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        _ => "#N/A",
    }
}

fn damaged(problem: &str) -> WorkbookError {
    WorkbookError::damaged("the workbook", problem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::float_cmp, reason = "the numbers are exact or the nearest float of the same quotient")]
    fn short_numbers_have_four_shapes() {
        assert_eq!(number_of(0x3FF0_0000), 1.0);
        assert_eq!(number_of(12345 << 2 | 3), 123.45);
        assert_eq!(number_of((-7_i32 << 2).cast_unsigned() | 2), -7.0);
        assert_eq!(number_of(0x4059_0000 | 1), 1.0);
    }
}
