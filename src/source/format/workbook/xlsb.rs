//! Excel's binary workbooks (.xlsb), read by calamine, which holds the shared strings; the cells are held here.
//!
//! The format is rare among answers. calamine trusts its records, so that a damaged file can make it panic: that is
//! caught and said. What a file claims of its size is checked before, and the cells are counted.

use std::io::{Read, Seek, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsb};

use super::cell::{Shown, push_iso, push_number, push_shortest};
use super::choose::{SheetEntry, SheetKind};
use super::error::{WorkbookError, bytes_text};
use super::held::HeldCells;
use super::package::Package;
use super::shape::Shape;

/// What the shared strings may unpack to.
const MAX_STRINGS: u64 = 128 << 20;

/// Around the end of the year 9999.
const LAST_DAY: f64 = 2_956_000.0;

/// A workbook of binary parts.
pub(super) struct XlsbBook<S: Read + Seek> {
    workbook: Xlsb<S>,
    sheets: Vec<SheetEntry>,
}

impl<S: Read + Seek> XlsbBook<S> {
    /// Reads the list of sheets and the shared strings.
    pub(super) fn open(mut source: S, package: &Package) -> Result<Self, WorkbookError> {
        if let Some(mut strings) = package.part(&mut source, "xl/sharedStrings.bin")? {
            let mut sink = std::io::sink();
            let size = std::io::copy(&mut strings.by_ref().take(MAX_STRINGS + 1), &mut sink)
                .map_err(|error| WorkbookError::damaged("the shared strings", error.to_string()))?;
            if size > MAX_STRINGS {
                let what = "its texts are longer".to_owned();
                return Err(WorkbookError::TooLarge { what, limit: bytes_text(MAX_STRINGS) });
            }
        }
        source.seek(SeekFrom::Start(0))?;
        let workbook = guarded(|| Xlsb::new(source).map_err(|error| error.to_string()))?;
        let sheets = workbook
            .sheets_metadata()
            .iter()
            .map(|sheet| SheetEntry {
                name: sheet.name.clone(),
                kind: match sheet.typ {
                    SheetType::WorkSheet => SheetKind::Table,
                    SheetType::ChartSheet => SheetKind::Chart,
                    _ => SheetKind::Other,
                },
                is_hidden: sheet.visible != SheetVisible::Visible,
            })
            .collect();
        Ok(Self { workbook, sheets })
    }

    /// Its sheets.
    pub(super) fn sheets(&self) -> &[SheetEntry] {
        &self.sheets
    }

    /// Reads the cells of a sheet.
    pub(super) fn read(&mut self, index: usize) -> Result<(Shape, HeldCells), WorkbookError> {
        let name = self.sheets[index].name.clone();
        let workbook = &mut self.workbook;
        let mut held = HeldCells::default();
        let mut full = None;
        guarded(|| {
            let mut cells = workbook.worksheet_cells_reader(&name).map_err(|error| error.to_string())?;
            let mut text = String::new();
            while let Some(cell) = cells.next_cell().map_err(|error| error.to_string())? {
                text.clear();
                push_value(cell.get_value(), &mut text);
                let (row, column) = cell.get_position();
                if let Err(error) = held.push(row, column, &text, &name) {
                    full = Some(error);
                    break;
                }
            }
            Ok(())
        })?;
        if let Some(error) = full {
            return Err(error);
        }
        Ok((held.finish(), held))
    }
}

fn push_value(value: &DataRef<'_>, text: &mut String) {
    match value {
        DataRef::Int(number) => text.push_str(&number.to_string()),
        DataRef::Float(number) => push_shortest(*number, text),
        DataRef::String(words) => text.push_str(words),
        DataRef::SharedString(words) => text.push_str(words),
        DataRef::Bool(is_true) => text.push_str(if *is_true { "TRUE" } else { "FALSE" }),
        DataRef::DateTime(moment) => push_moment(*moment, text),
        DataRef::DateTimeIso(stored) | DataRef::DurationIso(stored) => push_iso(stored, text),
        DataRef::Error(error) => text.push_str(&error.to_string()),
        DataRef::Empty => {}
    }
}

/// A date as calamine reads it; it keeps to itself from which year its days are counted.
fn push_moment(moment: ExcelDateTime, text: &mut String) {
    let value = moment.as_f64();
    if moment.is_duration() || (0.0..1.0).contains(&value) {
        let shown = if moment.is_duration() { Shown::Elapsed } else { Shown::Time };
        return push_number(value, shown, false, text);
    }
    if !(0.0..LAST_DAY).contains(&value) {
        return push_shortest(value, text);
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    text.push_str(&date);
    if (hour, minute, second) != (0, 0, 0) {
        let time = format!(" {hour:02}:{minute:02}:{second:02}");
        text.push_str(&time);
    }
}

/// Runs calamine; what it says or panics of is a damaged workbook.
fn guarded<T>(read: impl FnOnce() -> Result<T, String>) -> Result<T, WorkbookError> {
    match catch_unwind(AssertUnwindSafe(read)) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(problem)) => Err(WorkbookError::damaged("the binary workbook", problem)),
        Err(_) => Err(WorkbookError::damaged("the binary workbook", "its records make no sense")),
    }
}
