//! Workbooks: .xlsx, .xlsb, .xls and .ods as the rows of one sheet, the first visible one with a table or the one
//! that is asked for.
//!
//! What it is goes by the bytes, not by the name. Dates become ISO 8601, booleans `TRUE` and `FALSE`, formulas their
//! last value, errors their text (`#N/A`); a merged cell has its text in its first column. Blank rows are blank lines
//! and columns go from the first filled one to the last.
//!
//! Nothing that a file claims is believed. Refused: more than 8 GiB unpacked, a part above 64 MiB that unpacks to
//! over 250 times its size, shared strings above 192 MiB, a row above 32 MiB, and for .xls and .xlsb, which are held
//! in memory, more than 4 million cells (.xls: 80 MiB).

mod biff;
mod cell;
mod choose;
mod compound;
#[cfg(test)]
mod converted;
mod error;
mod held;
mod kind;
mod ods;
mod ods_cell;
mod package;
mod rows;
mod shape;
#[cfg(test)]
mod tests;
mod xls;
mod xlsb;
mod xlsx;
mod xlsx_parts;
mod xml;

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use super::{CsvStream, Decoded, Losses};
use crate::source::delimiter::Delimiter;
use choose::{Choice, SheetEntry, choose};
use error::cell_name;
use held::HeldCells;
use kind::{Kind, recognise};
use ods::Ods;
use rows::{Cells, SheetRows};
use shape::{Block, Shape};
use xls::Xls;
use xlsb::XlsbBook;
use xlsx::Xlsx;

pub use error::WorkbookError;

/// The most that is kept of a workbook that comes through a pipe.
const MAX_SPOOLED: u64 = 4 << 30;

/// A sheet that is ready to be read.
pub struct Sheet {
    /// Its rows as text.
    pub decoded: Decoded,
    /// How many rows with one filled cell stand above the first row with more: titles, as a rule.
    pub title_rows: u32,
}

/// Whether these are the first bytes of a workbook or of something that is named as one: a zip archive (which may
/// hold anything, see [`is_workbook`]) or a compound file of older Office programs.
pub fn may_be_workbook(head: &[u8]) -> bool {
    head.starts_with(kind::ZIP) || head.starts_with(kind::COMPOUND)
}

/// Whether this is a workbook; a zip archive that holds other files is none. Ends where it began.
///
/// # Errors
/// The file cannot be read.
pub fn is_workbook<S: Read + Seek>(source: &mut S) -> io::Result<bool> {
    let is_workbook = match recognise(source) {
        Ok(_) | Err(WorkbookError::Protected | WorkbookError::TooLarge { .. }) => true,
        Err(WorkbookError::Unreadable(error)) => return Err(error),
        Err(_) => false,
    };
    source.seek(SeekFrom::Start(0))?;
    Ok(is_workbook)
}

/// Keeps what comes through a pipe in a file without a name, since a workbook is not read from front to back.
///
/// # Errors
/// It is larger than 4 GiB or the file cannot be written.
pub fn spool(stream: impl Read) -> Result<File, WorkbookError> {
    let mut file = tempfile::tempfile()?;
    let size = io::copy(&mut stream.take(MAX_SPOOLED + 1), &mut file)?;
    if size > MAX_SPOOLED {
        let what = "it is larger".to_owned();
        return Err(WorkbookError::TooLarge { what, limit: error::bytes_text(MAX_SPOOLED) });
    }
    file.seek(SeekFrom::Start(0))?;
    Ok(file)
}

/// The rows of a sheet as CSV: that of this name or number (`#2`), or the first visible one that holds a table.
///
/// # Errors
/// It is no workbook, is damaged or protected, or has no such sheet; see [`WorkbookError`]. A cell that makes no
/// sense is said by the stream, when it is reached.
pub fn read<S: Read + Seek + Send + 'static>(
    source: S,
    sheet: Option<&str>,
) -> Result<Decoded, WorkbookError> {
    open(source, sheet).map(|sheet| sheet.decoded)
}

/// As [`read`], with what is seen of the rows.
///
/// # Errors
/// See [`read`].
pub fn open<S: Read + Seek + Send + 'static>(
    mut source: S,
    asked: Option<&str>,
) -> Result<Sheet, WorkbookError> {
    let wrong = Arc::new(AtomicU64::new(0));
    match recognise(&mut source)? {
        Kind::Xlsx(package, workbook) => {
            let mut book = Xlsx::open(source, package, &workbook)?;
            let sheets = book.sheets().to_vec();
            let choice = choose(&sheets, asked, |index| book.shape(index))?;
            let losses = Losses::of_bytes(wrong);
            let cells = book.cells(choice.index, &losses)?;
            Ok(sheet(cells, &sheets[choice.index].name, &choice, losses))
        }
        Kind::Ods(package) => {
            let book = Ods::open(source, package)?;
            let sheets = book.sheets().to_vec();
            let choice = choose(&sheets, asked, |index| Ok(book.shapes()[index].clone()))?;
            let cells = book.cells(choice.index, Arc::clone(&wrong))?;
            Ok(sheet(cells, &sheets[choice.index].name, &choice, Losses::of_bytes(wrong)))
        }
        Kind::Xls(stream) => {
            let book = Xls::open(stream)?;
            let sheets = book.sheets().to_vec();
            open_held(&sheets, asked, wrong, |index| book.read(index))
        }
        Kind::Xlsb(package) => {
            let mut book = XlsbBook::open(source, &package)?;
            let sheets = book.sheets().to_vec();
            open_held(&sheets, asked, wrong, |index| book.read(index))
        }
    }
}

/// A sheet of a workbook whose cells are held; those of the sheet that was read last are kept.
fn open_held(
    sheets: &[SheetEntry],
    asked: Option<&str>,
    wrong: Arc<AtomicU64>,
    mut read: impl FnMut(usize) -> Result<(Shape, HeldCells), WorkbookError>,
) -> Result<Sheet, WorkbookError> {
    let mut last = None;
    let choice = choose(sheets, asked, |index| {
        last = None;
        let (shape, cells) = read(index)?;
        last = Some((index, cells));
        Ok(shape)
    })?;
    let cells = match last {
        Some((index, cells)) if index == choice.index => cells,
        _ => read(choice.index)?.1,
    };
    Ok(sheet(cells, &sheets[choice.index].name, &choice, Losses::of_bytes(wrong)))
}

fn sheet<C: Cells + Send + 'static>(cells: C, name: &str, choice: &Choice, losses: Losses) -> Sheet {
    let shape = &choice.shape;
    let used = shape.used.unwrap_or(Block { first: (0, 0), last: (0, 0) });
    let mut reasons = vec![choice.reason.clone()];
    reasons.extend(reasons_of(shape, used));
    let rows = SheetRows::new(cells, name.to_owned(), used);
    let decoded = Decoded {
        reader: Box::new(CsvStream::new(rows)),
        delimiter: Some(Delimiter::Comma),
        columns: Vec::new(),
        reasons,
        losses,
    };
    Sheet { decoded, title_rows: shape.title_rows() }
}

fn reasons_of(shape: &Shape, used: Block) -> Vec<String> {
    const SHOWN: usize = 3;
    let mut reasons = Vec::new();
    if used.first != (0, 0) {
        reasons.push(format!("the cells begin at {}", cell_name(used.first.0, used.first.1)));
    }
    match shape.title_rows() {
        0 => {}
        1 => reasons.push("a row with one filled cell stands above the table".to_owned()),
        rows => reasons.push(format!("{rows} rows with one filled cell each stand above the table")),
    }
    if !shape.merged.is_empty() {
        let range = |block: &Block| {
            format!("{}:{}", cell_name(block.first.0, block.first.1), cell_name(block.last.0, block.last.1))
        };
        let shown: Vec<String> = shape.merged.iter().take(SHOWN).map(range).collect();
        let more = match shape.merged.len().saturating_sub(SHOWN) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        reasons.push(format!(
            "cells of the header are merged ({}{more}): the text stands in the first column of each",
            shown.join(", ")
        ));
    }
    reasons
}
