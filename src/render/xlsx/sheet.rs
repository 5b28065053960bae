//! One sheet, written from top to bottom.

use rust_xlsxwriter::{Chart, Format, Worksheet, XlsxError};
use unicode_width::UnicodeWidthStr;

use super::names::cut;
use super::styles::{Styles, number_format};
use crate::render::csv::harmless;
use crate::render::escape::visible;
use crate::render::page::{Cell, Table};

/// The longest text of a cell in UTF-16 units.
const LONGEST_TEXT: usize = 32_767;

/// Paragraphs reach over so many characters.
const TEXT_WIDTH: f64 = 100.0;

/// A column that no table uses.
const SPARE_WIDTH: f64 = 12.0;

/// The height of a line in points.
const LINE_HEIGHT: f64 = 15.0;

/// The lines that a title takes: its letters are larger.
const TITLE_LINES: u32 = 2;

/// The greatest height of a row in points.
const MOST_HEIGHT: f64 = 409.0;

/// The height of a row in pixels where nothing sets it.
const ROW_PIXELS: u32 = 20;

/// A sheet with the row that is written next.
pub(super) struct Sheet<'a> {
    cells: Worksheet,
    styles: &'a Styles,
    row: u32,
    widths: Vec<f64>,
    /// How many columns a paragraph reaches over.
    span: usize,
}

/// Where a table stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// The row of its heads.
    pub(super) head: u32,
    last: u32,
    columns: u16,
}

impl<'a> Sheet<'a> {
    /// A sheet whose columns suit these tables.
    pub(super) fn new<'t>(
        name: &str,
        styles: &'a Styles,
        tables: impl IntoIterator<Item = &'t Table>,
    ) -> Result<Self, XlsxError> {
        let mut widths: Vec<f64> = Vec::new();
        for table in tables {
            for place in 0..table.columns.len() {
                let needed = width(table, place);
                match widths.get_mut(place) {
                    Some(width) => *width = width.max(needed),
                    None => widths.push(needed),
                }
            }
        }
        if widths.is_empty() {
            widths.push(28.0);
        }
        while widths.iter().sum::<f64>() < TEXT_WIDTH || widths.len() < 3 {
            widths.push(SPARE_WIDTH);
        }
        let mut reached = 0.0;
        let before = widths.iter().take_while(|width| {
            reached += **width;
            reached < TEXT_WIDTH
        });
        let span = (before.count() + 1).max(3);
        let mut cells = Worksheet::new();
        cells.set_name(name)?;
        for (place, width) in widths.iter().enumerate() {
            cells.set_column_width(column(place), *width)?;
        }
        // A4, as wide as the paper.
        cells.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0).set_footer("&P / &N");
        Ok(Self { cells, styles, row: 0, widths, span })
    }

    /// The sheet as it is, to be put into a workbook.
    pub(super) fn done(self) -> Worksheet {
        self.cells
    }

    /// The row that is written next.
    pub(super) fn row(&self) -> u32 {
        self.row
    }

    /// Leaves a row empty.
    pub(super) fn gap(&mut self) {
        self.row += 1;
    }

    /// No lines between cells: a page to read.
    pub(super) fn as_page(&mut self) {
        self.cells.set_screen_gridlines(false);
    }

    /// Keeps the rows before that one and so many columns in sight.
    pub(super) fn freeze(&mut self, row: u32, columns: u16) -> Result<(), XlsxError> {
        self.cells.set_freeze_panes(row, columns)?;
        Ok(())
    }

    /// Repeats a row on every printed page.
    pub(super) fn repeat(&mut self, row: u32) -> Result<(), XlsxError> {
        self.cells.set_repeat_rows(row, row)?;
        Ok(())
    }

    /// Lets the reader filter a table; a sheet has one filter.
    pub(super) fn filter(&mut self, place: Place) -> Result<(), XlsxError> {
        if place.columns > 0 && place.last > place.head {
            self.cells.autofilter(place.head, 0, place.last, place.columns - 1)?;
        }
        Ok(())
    }

    /// A line that does not wrap.
    pub(super) fn line(&mut self, text: &str, format: &Format) -> Result<(), XlsxError> {
        write(&mut self.cells, self.row, 0, text, format)?;
        self.heighten(1)
    }

    /// The title of the sheet.
    pub(super) fn title(&mut self, text: &str) -> Result<(), XlsxError> {
        let styles = self.styles;
        write(&mut self.cells, self.row, 0, text, &styles.title)?;
        self.heighten(TITLE_LINES)
    }

    /// A link to a sheet.
    pub(super) fn link(&mut self, name: &str) -> Result<(), XlsxError> {
        let target = format!("internal:'{name}'!A1");
        self.cells.write_url_with_text(self.row, 0, target.as_str(), name)?;
        self.cells.set_cell_format(self.row, 0, &self.styles.link)?;
        self.row += 1;
        Ok(())
    }

    /// A paragraph over the width of the text.
    pub(super) fn paragraph(&mut self, text: &str, format: &Format) -> Result<(), XlsxError> {
        let lines = self.merged(0, text, format)?;
        self.heighten(lines)
    }

    /// A label with its text beside it.
    pub(super) fn fact(&mut self, label: &str, text: &str, format: &Format) -> Result<(), XlsxError> {
        write(&mut self.cells, self.row, 0, label, format)?;
        let styles = self.styles;
        let lines = self.merged(1, text, &styles.text)?.max(lines(label, self.widths[0] * 0.9));
        self.heighten(lines)
    }

    /// A chart in rows of its own.
    pub(super) fn chart(&mut self, chart: &Chart, height: u32) -> Result<(), XlsxError> {
        self.cells.insert_chart_with_offset(self.row, 0, chart, 4, 4)?;
        self.row += height.div_ceil(ROW_PIXELS) + 1;
        Ok(())
    }

    /// A table with typed numbers.
    pub(super) fn table(&mut self, table: &Table) -> Result<Place, XlsxError> {
        let head = self.row;
        for (place, heading) in table.columns.iter().enumerate() {
            let format = if heading.numeric { &self.styles.number_head } else { &self.styles.head };
            write(&mut self.cells, head, column(place), &heading.header, format)?;
        }
        self.heighten(self.highest(table.columns.iter().map(|heading| heading.header.as_str())))?;
        for row in &table.rows {
            for (place, cell) in row.iter().enumerate() {
                self.cell(
                    column(place),
                    cell,
                    table.columns.get(place).is_some_and(|column| column.numeric),
                )?;
            }
            self.heighten(self.highest(row.iter().map(words)))?;
        }
        Ok(Place { head, last: self.row - 1, columns: column(table.columns.len()) })
    }

    /// The lines of the longest of the texts in their columns.
    fn highest<'t>(&self, texts: impl Iterator<Item = &'t str>) -> u32 {
        // The indent takes some of the width.
        texts.zip(&self.widths).map(|(text, width)| lines(text, width - 1.5)).max().unwrap_or(1)
    }

    fn cell(&mut self, column: u16, cell: &Cell, is_number: bool) -> Result<(), XlsxError> {
        let format = if is_number { &self.styles.number } else { &self.styles.words };
        match cell {
            Cell::Number { value, decimals, percent, signed, text } if value.is_finite() => {
                let shown = number_format(*decimals, *percent, *signed, text);
                let number = self.styles.number.clone().set_num_format(shown);
                self.cells.write_number_with_format(self.row, column, *value, &number)?;
                Ok(())
            }
            Cell::Text(text) | Cell::Shortened { full: text, .. } | Cell::Number { text, .. } => {
                write(&mut self.cells, self.row, column, text, format)
            }
            Cell::Verdict(text, tone) => {
                write(&mut self.cells, self.row, column, text, &Styles::toned(format, *tone))
            }
            // An empty cell is no zero; the border goes on.
            Cell::Nothing(None) => {
                self.cells.write_blank(self.row, column, format)?;
                Ok(())
            }
            Cell::Nothing(Some(reason)) => write(&mut self.cells, self.row, column, reason, format),
        }
    }

    /// Writes over the columns from that one to the end of the text; gives the lines it takes.
    fn merged(&mut self, first: usize, text: &str, format: &Format) -> Result<u32, XlsxError> {
        let width: f64 = self.widths[first..self.span].iter().sum();
        let text = told(text);
        let format = guarded(&text, format);
        self.cells.merge_range(self.row, column(first), self.row, column(self.span - 1), &text, &format)?;
        Ok(lines(&text, width))
    }

    /// Makes the row as high as its lines and goes on to the next: merged cells do not do so by themselves.
    fn heighten(&mut self, lines: u32) -> Result<(), XlsxError> {
        self.cells.set_row_height(self.row, (f64::from(lines) * LINE_HEIGHT).min(MOST_HEIGHT))?;
        self.row += 1;
        Ok(())
    }
}

/// Writes a text as a text, whatever it begins with.
pub(super) fn write(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    text: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    let text = told(text);
    let format = guarded(&text, format);
    sheet.write_string_with_format(row, column, text, &format)?;
    Ok(())
}

/// The text as a cell holds it: no control characters, no longer than Excel takes.
pub(super) fn told(text: &str) -> String {
    cut(&visible(text), LONGEST_TEXT)
}

/// A text that begins like a formula is marked as a text, so that it stays one when the reader edits it.
fn guarded(text: &str, format: &Format) -> Format {
    if harmless(text) == text { format.clone() } else { format.clone().set_quote_prefix() }
}

/// A place in a row; beyond the last column the workbook says so.
pub(super) fn column(place: usize) -> u16 {
    u16::try_from(place).unwrap_or(u16::MAX)
}

/// The lines that a text takes in a width; words do not fill lines to the end.
fn lines(text: &str, width: f64) -> u32 {
    let mut room = width * 1.02;
    let mut lines = 1;
    let mut left = room;
    room = room.max(1.0);
    for word in text.split(' ') {
        // No row is higher than so many lines.
        if f64::from(lines) * LINE_HEIGHT > MOST_HEIGHT {
            break;
        }
        let mut needed = word.width() as f64 + 1.0;
        if needed > left {
            lines += 1;
            left = room;
        }
        while needed > room {
            lines += 1;
            needed -= room;
        }
        left -= needed;
    }
    lines
}

/// The width of a column: numbers never wrap, words do.
fn width(table: &Table, place: usize) -> f64 {
    let Some(heading) = table.columns.get(place) else { return SPARE_WIDTH };
    let longest_word = heading.header.split(' ').map(UnicodeWidthStr::width).max().unwrap_or(0) + 4;
    let texts = table.rows.iter().filter_map(|row| row.get(place)).map(|cell| words(cell).width());
    let needed = texts.max().unwrap_or(0).max(longest_word).max(heading.header.width() / 3) + 3;
    let (least, most) = match (place, heading.numeric) {
        (0, _) => (22, 46),
        (_, true) => (10, 18),
        (_, false) => (10, 36),
    };
    needed.clamp(least, most) as f64
}

/// What a cell says.
fn words(cell: &Cell) -> &str {
    match cell {
        Cell::Text(text)
        | Cell::Shortened { full: text, .. }
        | Cell::Number { text, .. }
        | Cell::Verdict(text, _) => text,
        Cell::Nothing(reason) => reason.as_deref().unwrap_or_default(),
    }
}
