//! Excel 2007 and later (.xlsx, .xlsm): each sheet is a part of XML, gone over twice and never held.
//!
//! The first reading learns where the cells stand, the second hands them out, so that memory holds the shared
//! strings and one row. (calamine, which reads the other binary format, holds the sheet and believes the counts and
//! dimensions that a file claims; the tests compare with it.)

use std::io::{Read, Seek};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::cell::{Shown, push_iso, push_number, push_shortest};
use super::choose::SheetEntry;
use super::error::WorkbookError;
use super::package::{Package, PartReader};
use super::rows::Cells;
use super::shape::{MAX_COLUMNS, MAX_ROWS, Shape, parse_cell_name, parse_range};
use super::xlsx_parts::{Contents, SharedStrings, contents, push_string, shared_strings, styles};
use crate::source::format::{Losses, Places};

use super::xml::{Tag, Token, XmlReader, unescape_into};

/// A workbook of XML parts.
pub(super) struct Xlsx<S> {
    source: S,
    package: Package,
    contents: Contents,
}

impl<S: Read + Seek> Xlsx<S> {
    /// The workbook whose list of sheets is in this part.
    pub(super) fn open(mut source: S, package: Package, workbook: &str) -> Result<Self, WorkbookError> {
        let contents = contents(&package, &mut source, workbook)?;
        Ok(Self { source, package, contents })
    }

    /// Its sheets.
    pub(super) fn sheets(&self) -> &[SheetEntry] {
        &self.contents.sheets
    }

    /// Where the cells of a sheet stand.
    pub(super) fn shape(&mut self, index: usize) -> Result<Shape, WorkbookError> {
        let sheet = &self.contents.sheets[index].name;
        let part = &self.contents.parts[index];
        let damaged = |problem: String| WorkbookError::damaged(format!("sheet `{sheet}`"), problem);
        let mut tokens = XmlReader::new(part_of(&self.package, &mut self.source, sheet, part)?);
        let (mut shape, mut place) = (Shape::default(), Place::default());
        let (mut is_in_value, mut is_cells) = (false, false);
        while let Some(token) = tokens.next().map_err(|error| damaged(error.to_string()))? {
            match token {
                Token::Open(tag) => match tag.name {
                    b"row" => place.enter_row(&tag, sheet)?,
                    b"c" => place.enter_cell(&tag, sheet)?,
                    b"v" | b"t" => is_in_value = !tag.is_closed && place.is_in_cell,
                    b"sheetData" => is_cells = true,
                    b"mergeCell" => {
                        if let Some(block) = tag.raw(b"ref").and_then(parse_range) {
                            shape.merge(block);
                        }
                    }
                    _ => {}
                },
                Token::Close(b"v" | b"t") => is_in_value = false,
                Token::Close(b"c") => place.is_in_cell = false,
                Token::Text(text) | Token::Data(text) if is_in_value && !text.is_empty() => {
                    shape.add(place.row, place.column);
                    is_in_value = false;
                }
                _ => {}
            }
        }
        if !is_cells {
            return Err(damaged("it has no cells, not even an empty list of them".to_owned()));
        }
        shape.finish();
        Ok(shape)
    }

    /// The cells of a sheet.
    pub(super) fn cells(mut self, index: usize, losses: &Losses) -> Result<XlsxCells<S>, WorkbookError> {
        let styles = styles(&self.package, &mut self.source, &self.contents.styles)?;
        let (strings, wrong_strings) =
            shared_strings(&self.package, &mut self.source, &self.contents.strings)?;
        let wrong = Arc::clone(&losses.wrong_bytes);
        wrong.fetch_add(wrong_strings, Ordering::Relaxed);
        let sheet = self.contents.sheets.swap_remove(index).name;
        let part = part_of(&self.package, self.source, &sheet, &self.contents.parts[index])?;
        Ok(XlsxCells {
            tokens: XmlReader::new(part),
            sheet,
            styles,
            strings,
            is_1904: self.contents.is_1904,
            place: Place::default(),
            stored: String::new(),
            wrong,
            unset: losses.unset_formulas.clone(),
        })
    }
}

/// The cells of a sheet, read as they are asked for.
pub(super) struct XlsxCells<S> {
    tokens: XmlReader<PartReader<S>>,
    sheet: String,
    styles: Vec<Shown>,
    strings: SharedStrings,
    is_1904: bool,
    place: Place,
    /// The value of the cell as it is stored.
    stored: String,
    wrong: Arc<AtomicU64>,
    /// Formulas without a stored value, by their row.
    unset: Places,
}

impl<S: Read + Seek> Cells for XlsxCells<S> {
    fn next_cell(&mut self, text: &mut String) -> Result<Option<(u32, u32)>, WorkbookError> {
        let mut collected = Collected::Nothing;
        let mut is_reading_aid = false;
        let mut has_formula = false;
        self.stored.clear();
        loop {
            let token = self.tokens.next().map_err(|error| {
                WorkbookError::damaged(format!("sheet `{}`", self.sheet), error.to_string())
            })?;
            let Some(token) = token else {
                let problem = "it is cut: the list of cells has no end";
                return Err(WorkbookError::damaged(format!("sheet `{}`", self.sheet), problem));
            };
            match token {
                Token::Open(tag) => match tag.name {
                    b"row" => self.place.enter_row(&tag, &self.sheet)?,
                    b"c" => {
                        self.place.enter_cell(&tag, &self.sheet)?;
                        has_formula = false;
                    }
                    b"f" => has_formula = true,
                    b"v" if !tag.is_closed => collected = Collected::Value,
                    b"rPh" => is_reading_aid = !tag.is_closed,
                    b"t" if !tag.is_closed && !is_reading_aid => {
                        collected = Collected::Text { keeps_space: tag.raw(b"space") == Some(b"preserve") };
                    }
                    b"sheetData" if tag.is_closed => return Ok(None),
                    _ => {}
                },
                Token::Text(raw) if collected != Collected::Nothing && self.place.is_in_cell => {
                    let wrong = unescape_into(raw, &mut self.stored);
                    if wrong > 0 {
                        self.wrong.fetch_add(wrong, Ordering::Relaxed);
                    }
                }
                Token::Data(raw) if collected != Collected::Nothing && self.place.is_in_cell => {
                    self.stored.push_str(&String::from_utf8_lossy(raw));
                }
                Token::Close(name) => match name {
                    b"v" => collected = Collected::Nothing,
                    b"t" => {
                        if let Collected::Text { keeps_space } = collected {
                            push_string(&self.stored, keeps_space, text);
                            self.stored.clear();
                        }
                        collected = Collected::Nothing;
                    }
                    b"rPh" => is_reading_aid = false,
                    b"c" if self.place.is_in_cell => {
                        self.place.is_in_cell = false;
                        // An inline string is the text of its runs; a value beside it repeats it.
                        if text.is_empty() {
                            self.push_value(text)?;
                        }
                        if !text.is_empty() {
                            return Ok(Some((self.place.row, self.place.column)));
                        }
                        // One that gives an empty text has the kind of a text.
                        if has_formula && self.place.kind == Kind::Number {
                            self.unset.note(|| u64::from(self.place.row) + 1);
                        }
                        self.stored.clear();
                    }
                    b"sheetData" => return Ok(None),
                    _ => {}
                },
                Token::Text(_) | Token::Data(_) => {}
            }
        }
    }
}

impl<S> XlsxCells<S> {
    /// The text of the value that was stored.
    fn push_value(&self, text: &mut String) -> Result<(), WorkbookError> {
        let stored = self.stored.as_str();
        match self.place.kind {
            Kind::Shared => {
                if stored.is_empty() {
                    return Ok(());
                }
                let shared = stored.trim().parse().ok().and_then(|number| self.strings.get(number));
                let Some(shared) = shared else {
                    let problem = format!("it points to text {stored} of {}", self.strings.len());
                    return Err(WorkbookError::cell(&self.sheet, self.place.row, self.place.column, problem));
                };
                text.push_str(shared);
            }
            Kind::Bool => match stored.trim() {
                "" => {}
                "0" | "false" | "FALSE" => text.push_str("FALSE"),
                "1" | "true" | "TRUE" => text.push_str("TRUE"),
                other => text.push_str(other),
            },
            Kind::Text => push_string(stored, true, text),
            Kind::Iso => push_iso(stored, text),
            Kind::Number => {
                let shown = self.styles.get(self.place.style).copied().unwrap_or_default();
                let is_short =
                    (1..=15).contains(&stored.len()) && stored.bytes().all(|byte| byte.is_ascii_digit());
                if shown == Shown::Number && is_short && !stored.starts_with('0') {
                    text.push_str(stored);
                } else {
                    match stored.trim().parse::<f64>() {
                        Ok(value) if value.is_finite() && shown == Shown::Number => {
                            push_shortest(value, text);
                        }
                        Ok(value) if value.is_finite() => push_number(value, shown, self.is_1904, text),
                        // What is no number is kept as it stands.
                        _ => text.push_str(stored),
                    }
                }
            }
        }
        Ok(())
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Collected {
    Nothing,
    Value,
    Text { keeps_space: bool },
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Kind {
    #[default]
    Number,
    Shared,
    Bool,
    /// Text, also that of an error such as `#N/A`.
    Text,
    Iso,
}

/// The cell that is being read.
#[derive(Default)]
struct Place {
    row: u32,
    column: u32,
    /// The row and column that a cell or row without a name of its own has.
    next_row: u32,
    next_column: u32,
    is_in_cell: bool,
    style: usize,
    kind: Kind,
}

impl Place {
    fn enter_row(&mut self, tag: &Tag<'_>, sheet: &str) -> Result<(), WorkbookError> {
        if let Some(raw) = tag.raw(b"r") {
            let number = std::str::from_utf8(raw).ok().and_then(|text| text.trim().parse::<u32>().ok());
            let Some(number) = number.filter(|number| (1..=MAX_ROWS).contains(number)) else {
                let found = String::from_utf8_lossy(raw);
                let problem = format!("it has a row number `{found}`, expected 1 to {MAX_ROWS}");
                return Err(WorkbookError::damaged(format!("sheet `{sheet}`"), problem));
            };
            self.next_row = number - 1;
        }
        self.row = self.next_row;
        self.next_row = (self.row + 1).min(MAX_ROWS);
        self.next_column = 0;
        Ok(())
    }

    fn enter_cell(&mut self, tag: &Tag<'_>, sheet: &str) -> Result<(), WorkbookError> {
        let [mut name, mut style, mut kind]: [Option<&[u8]>; 3] = [None; 3];
        for (key, value) in tag.attributes() {
            match key {
                b"r" => name = Some(value),
                b"s" => style = Some(value),
                b"t" => kind = Some(value),
                _ => {}
            }
        }
        match name {
            Some(name) => {
                let Some((row, column)) = parse_cell_name(name) else {
                    let found = String::from_utf8_lossy(name);
                    let problem = format!("it has a cell named `{found}`");
                    return Err(WorkbookError::damaged(format!("sheet `{sheet}`"), problem));
                };
                (self.row, self.column) = (row, column);
            }
            None => self.column = self.next_column.min(MAX_COLUMNS - 1),
        }
        self.next_column = self.column + 1;
        self.is_in_cell = !tag.is_closed;
        self.style =
            style.and_then(|style| std::str::from_utf8(style).ok()?.parse().ok()).unwrap_or_default();
        self.kind = match kind {
            Some(b"s") => Kind::Shared,
            Some(b"b") => Kind::Bool,
            Some(b"d") => Kind::Iso,
            Some(b"str" | b"e" | b"inlineStr") => Kind::Text,
            _ => Kind::Number,
        };
        Ok(())
    }
}

fn part_of<S: Read + Seek>(
    package: &Package,
    source: S,
    sheet: &str,
    part: &str,
) -> Result<PartReader<S>, WorkbookError> {
    package.part(source, part)?.ok_or_else(|| {
        WorkbookError::damaged(format!("sheet `{sheet}`"), format!("its part `{part}` is missing"))
    })
}
