//! OpenDocument spreadsheets (.ods): all sheets are one part of XML, gone over twice and never held.
//!
//! Rows and cells are repeated by a number; a number is taken at its word only as far as filled cells go, and only
//! up to [`MAX_REPEATED`] cells.

use std::io::{Read, Seek};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::choose::{SheetEntry, SheetKind};
use super::error::WorkbookError;
use super::ods_cell::{OpenCell, repeats_of};
use super::package::{Package, PartReader};
use super::rows::Cells;
use super::shape::{Block, MAX_COLUMNS, MAX_ROWS, Shape};
use super::xml::{Token, XmlReader, unescape_into};

const CONTENT: &str = "content.xml";
/// How many filled cells repeated rows and cells may stand for.
const MAX_REPEATED: u64 = 16 << 20;
const MAX_SHEETS: usize = 10_000;

/// A workbook of OpenDocument.
pub(super) struct Ods<S> {
    source: S,
    package: Package,
    sheets: Vec<SheetEntry>,
    shapes: Vec<Shape>,
}

impl<S: Read + Seek> Ods<S> {
    /// Goes over all sheets.
    pub(super) fn open(mut source: S, package: Package) -> Result<Self, WorkbookError> {
        const MANIFEST: &str = "META-INF/manifest.xml";
        let manifest = package.bytes(&mut source, MANIFEST, 16 << 20)?.unwrap_or_default();
        if memchr::memmem::find(&manifest, b"encryption-data").is_some() {
            return Err(WorkbookError::Protected);
        }
        let (mut sheets, mut shapes) = (Vec::new(), Vec::new());
        let mut reader = OdsReader::new(content(&package, &mut source)?);
        while let Some(sheet) = reader.next_sheet()? {
            if sheets.len() == MAX_SHEETS {
                break;
            }
            sheets.push(sheet);
            let mut shape = Shape::default();
            while let Some((row, repeats)) = reader.next_row()? {
                for at in [row, row + repeats - 1].into_iter().take(usize::try_from(repeats).unwrap_or(2)) {
                    for run in &reader.runs {
                        shape.add(at, run.column);
                        if run.repeats > 1 {
                            shape.add(at, run.column + run.repeats - 1);
                        }
                    }
                }
            }
            for block in reader.spans.drain(..) {
                shape.merge(block);
            }
            shape.finish();
            shapes.push(shape);
        }
        Ok(Self { source, package, sheets, shapes })
    }

    /// Its sheets.
    pub(super) fn sheets(&self) -> &[SheetEntry] {
        &self.sheets
    }

    /// Where the cells of each sheet stand.
    pub(super) fn shapes(&self) -> &[Shape] {
        &self.shapes
    }

    /// The cells of a sheet.
    pub(super) fn cells(self, index: usize, wrong: Arc<AtomicU64>) -> Result<OdsCells<S>, WorkbookError> {
        let mut reader = OdsReader::new(content(&self.package, self.source)?);
        for _ in 0..=index {
            reader.next_sheet()?;
        }
        Ok(OdsCells { reader, row: 0, rows_left: 0, run: 0, cells_done: 0, wrong })
    }
}

fn content<S: Read + Seek>(package: &Package, source: S) -> Result<PartReader<S>, WorkbookError> {
    package
        .part(source, CONTENT)?
        .ok_or_else(|| WorkbookError::damaged("the workbook", "its part `content.xml` is missing"))
}

/// The cells of a sheet, read as they are asked for.
pub(super) struct OdsCells<S> {
    reader: OdsReader<PartReader<S>>,
    row: u32,
    /// How often the row is still to be handed out.
    rows_left: u32,
    run: usize,
    /// How many cells of the run are handed out.
    cells_done: u32,
    wrong: Arc<AtomicU64>,
}

impl<S: Read + Seek> Cells for OdsCells<S> {
    fn next_cell(&mut self, text: &mut String) -> Result<Option<(u32, u32)>, WorkbookError> {
        loop {
            if self.rows_left == 0 {
                let Some((row, repeats)) = self.reader.next_row()? else {
                    self.wrong.fetch_add(self.reader.wrong, Ordering::Relaxed);
                    self.reader.wrong = 0;
                    return Ok(None);
                };
                (self.row, self.rows_left) = (row, repeats);
                (self.run, self.cells_done) = (0, 0);
            }
            let Some(run) = self.reader.runs.get(self.run) else {
                self.row += 1;
                self.rows_left -= 1;
                (self.run, self.cells_done) = (0, 0);
                continue;
            };
            if self.cells_done == run.repeats {
                self.run += 1;
                self.cells_done = 0;
                continue;
            }
            text.push_str(&run.text);
            self.cells_done += 1;
            return Ok(Some((self.row, run.column + self.cells_done - 1)));
        }
    }
}

/// A filled cell and how often it stands there.
struct Run {
    column: u32,
    repeats: u32,
    text: String,
}

/// The tables of a document, row by row.
struct OdsReader<R> {
    tokens: XmlReader<R>,
    /// Styles of sheets that are not shown.
    hidden_styles: Vec<String>,
    sheet: String,
    is_in_sheet: bool,
    row: u32,
    /// The filled cells of the row that was read last.
    runs: Vec<Run>,
    /// Cells that go over several columns.
    spans: Vec<Block>,
    /// How many filled cells were repeated.
    repeated: u64,
    wrong: u64,
}

impl<R: Read> OdsReader<R> {
    fn new(source: R) -> Self {
        Self {
            tokens: XmlReader::new(source),
            hidden_styles: Vec::new(),
            sheet: String::new(),
            is_in_sheet: false,
            row: 0,
            runs: Vec::new(),
            spans: Vec::new(),
            repeated: 0,
            wrong: 0,
        }
    }

    fn next_sheet(&mut self) -> Result<Option<SheetEntry>, WorkbookError> {
        while self.is_in_sheet {
            self.next_row()?;
        }
        let mut style = String::new();
        while let Some(token) = self.tokens.next().map_err(|error| damaged("the workbook", &error))? {
            match token {
                Token::Open(tag) => match tag.name {
                    b"style" => style = tag.value(b"name").unwrap_or_default(),
                    b"table-properties"
                        if tag.raw(b"display") == Some(b"false") && self.hidden_styles.len() < MAX_SHEETS =>
                    {
                        self.hidden_styles.push(style.clone());
                    }
                    // Copies of tables in other files stand in links, at the end.
                    b"dde-links" if !tag.is_closed => return Ok(None),
                    b"table" if !tag.is_closed => {
                        self.sheet = tag.value(b"name").unwrap_or_default();
                        self.is_in_sheet = true;
                        (self.row, self.repeated) = (0, 0);
                        let is_hidden =
                            tag.value(b"style-name").is_some_and(|name| self.hidden_styles.contains(&name));
                        return Ok(Some(SheetEntry {
                            name: self.sheet.clone(),
                            kind: SheetKind::Table,
                            is_hidden,
                        }));
                    }
                    _ => {}
                },
                Token::Close(b"spreadsheet") => return Ok(None),
                _ => {}
            }
        }
        Ok(None)
    }

    /// The next row with filled cells and how often it stands there; the cells are in `runs`.
    fn next_row(&mut self) -> Result<Option<(u32, u32)>, WorkbookError> {
        while self.is_in_sheet {
            let Some(token) =
                self.tokens.next().map_err(|error| damaged(&sheet_part(&self.sheet), &error))?
            else {
                return Err(self.cut());
            };
            match token {
                Token::Open(tag) if tag.name == b"table-row" => {
                    let repeats = repeats_of(&tag, b"number-rows-repeated");
                    let row = self.row;
                    let is_closed = tag.is_closed;
                    self.runs.clear();
                    if !is_closed {
                        self.read_row()?;
                    }
                    self.row = row.saturating_add(repeats);
                    if self.runs.is_empty() {
                        continue;
                    }
                    if self.row > MAX_ROWS {
                        let problem = format!("it stands below row {MAX_ROWS}");
                        return Err(WorkbookError::cell(&self.sheet, row, self.runs[0].column, problem));
                    }
                    let cells: u64 = self.runs.iter().map(|run| u64::from(run.repeats)).sum();
                    let stored = self.runs.len() as u64;
                    self.repeated =
                        self.repeated.saturating_add((cells * u64::from(repeats)).saturating_sub(stored));
                    if self.repeated > MAX_REPEATED {
                        return Err(WorkbookError::TooLarge {
                            what: format!("sheet `{}` repeats filled cells more often", self.sheet),
                            limit: format!("{MAX_REPEATED} times"),
                        });
                    }
                    return Ok(Some((row, repeats)));
                }
                Token::Close(b"table") => self.is_in_sheet = false,
                _ => {}
            }
        }
        Ok(None)
    }

    /// The filled cells of a row that was just opened.
    fn read_row(&mut self) -> Result<(), WorkbookError> {
        let mut column = 0_u32;
        let mut cell: Option<OpenCell> = None;
        loop {
            let Some(token) =
                self.tokens.next().map_err(|error| damaged(&sheet_part(&self.sheet), &error))?
            else {
                return Err(self.cut());
            };
            match token {
                Token::Open(tag) if matches!(tag.name, b"table-cell" | b"covered-table-cell") => {
                    let repeats = repeats_of(&tag, b"number-columns-repeated");
                    let span = repeats_of(&tag, b"number-columns-spanned");
                    if span > 1 && self.spans.len() < MAX_SHEETS {
                        let last = (self.row, column.saturating_add(span - 1));
                        self.spans.push(Block { first: (self.row, column), last });
                    }
                    let open = OpenCell::new(&tag, column, repeats);
                    column = column.saturating_add(repeats);
                    if tag.is_closed {
                        self.close_cell(open)?;
                    } else {
                        cell = Some(open);
                    }
                }
                Token::Open(tag) => {
                    if let Some(open) = &mut cell {
                        open.enter(&tag);
                    }
                }
                Token::Close(b"table-cell" | b"covered-table-cell") => {
                    if let Some(open) = cell.take() {
                        self.close_cell(open)?;
                    }
                }
                Token::Close(b"table-row") => return Ok(()),
                Token::Close(name) => {
                    if let Some(open) = &mut cell {
                        open.leave(name);
                    }
                }
                Token::Text(raw) => {
                    if let Some(open) = cell.as_mut().filter(|open| open.is_in_text()) {
                        let mut piece = String::new();
                        self.wrong += unescape_into(raw, &mut piece);
                        open.push_words(&piece);
                    }
                }
                Token::Data(raw) => {
                    if let Some(open) = cell.as_mut().filter(|open| open.is_in_text()) {
                        open.push_words(&String::from_utf8_lossy(raw));
                    }
                }
            }
        }
    }

    fn close_cell(&mut self, cell: OpenCell) -> Result<(), WorkbookError> {
        let (column, repeats) = (cell.column, cell.repeats);
        let text = cell.into_text();
        if text.is_empty() {
            return Ok(());
        }
        if column.saturating_add(repeats) > MAX_COLUMNS {
            let problem = format!("it stands beyond column {MAX_COLUMNS}");
            return Err(WorkbookError::cell(&self.sheet, self.row, column, problem));
        }
        self.runs.push(Run { column, repeats, text });
        Ok(())
    }

    fn cut(&self) -> WorkbookError {
        WorkbookError::damaged(sheet_part(&self.sheet), "it is cut: the table has no end")
    }
}

fn sheet_part(sheet: &str) -> String {
    format!("sheet `{sheet}`")
}

fn damaged(part: &str, error: &std::io::Error) -> WorkbookError {
    WorkbookError::damaged(part, error.to_string())
}
