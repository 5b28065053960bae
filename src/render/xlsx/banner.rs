//! The book of banner tables: a sheet a stub with all banners side by side.
//!
//! Figures are numbers; the letters of the tests stand in a row of their own beneath each, so that both can be read by
//! a program.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Color, Format, FormatAlign, Worksheet, XlsxError};
use unicode_width::UnicodeWidthStr;

use super::names::SheetNames;
use super::sheet::{column, write};
use super::styles::{Styles, number_format};
use crate::render::banner::{Banner, BannerCell, BannerColumn, BannerRole, BannerTable, heads};
use crate::render::page::{Block, Page, Part};

/// The names of rows in characters.
const NAMES_WIDTH: (usize, usize) = (18, 44);

/// A column of figures in characters.
const FIGURES_WIDTH: (usize, usize) = (8, 16);

/// Excel has 16,384 columns; what goes beyond stands in the sheet of all figures.
const MOST_COLUMNS: usize = 16_000;

/// A short name of a sheet is the stub's title up to this, else its id.
const LONGEST_TITLE: usize = 31;

/// The sheets of a part of banner tables with their names.
pub(super) fn sheets(
    page: &Page,
    part: &Part,
    contents: &str,
    styles: &Styles,
    names: &mut SheetNames,
) -> Result<Vec<(String, Worksheet)>, XlsxError> {
    let tables = part.blocks.iter().filter_map(|block| match block {
        Block::Banner(table) => Some(table.as_ref()),
        _ => None,
    });
    let mut sheets = Vec::new();
    for table in tables {
        let is_short = table.title.chars().count() <= LONGEST_TITLE;
        let name = names.unique(if is_short { &table.title } else { &table.name });
        let book = Book { styles, formats: BTreeMap::new() };
        let sheet = book.sheet(&name, table, (contents, page.words.back))?;
        sheets.push((name, sheet));
    }
    Ok(sheets)
}

struct Book<'a> {
    styles: &'a Styles,
    /// The formats of figures by what they are told by.
    formats: BTreeMap<(String, bool, i8), Format>,
}

impl Book<'_> {
    fn sheet(
        mut self,
        name: &str,
        table: &BannerTable,
        (contents, back): (&str, &str),
    ) -> Result<Worksheet, XlsxError> {
        let mut sheet = Worksheet::new();
        sheet.set_name(name)?;
        sheet.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0).set_footer("&P / &N");
        sheet.set_screen_gridlines(false);
        let columns: Vec<&BannerColumn> = table
            .total
            .iter()
            .chain(table.banners.iter().flat_map(|banner| &banner.columns))
            .take(MOST_COLUMNS)
            .collect();
        sheet.set_column_width(0, names_width(table))?;
        for (at, banner) in columns.iter().enumerate() {
            sheet.set_column_width(column(at + 1), figures_width(banner))?;
        }
        write(&mut sheet, 0, 0, &table.title, &self.styles.title)?;
        sheet.set_row_height(0, 30)?;
        sheet.write_url_with_text(1, 0, format!("internal:'{contents}'!A1").as_str(), back)?;
        sheet.set_cell_format(1, 0, &self.styles.link)?;
        let mut row = self.heads(&mut sheet, table)?;
        let fixed = 1 + u16::from(table.total.is_some());
        sheet.set_freeze_panes(row, fixed)?;
        sheet.set_repeat_columns(0, fixed - 1)?;
        let is_lettered = columns.iter().any(|column| !column.letter.is_empty());
        for (at, named) in table.rows.iter().enumerate() {
            let is_base = named.role == BannerRole::Base;
            let is_strong = named.role == BannerRole::Summary;
            let label =
                if is_strong { self.styles.words.clone().set_bold() } else { self.styles.words.clone() };
            write(&mut sheet, row, 0, &named.label, &label)?;
            for (place, banner) in columns.iter().enumerate() {
                let Some(cell) = banner.cells.get(at) else { continue };
                self.figure(&mut sheet, (row, column(place + 1)), cell, (is_base, is_strong))?;
            }
            row += 1;
            if is_lettered && !is_base {
                let format = self.styles.number.clone().set_font_color(self.styles.accent).set_bold();
                sheet.write_blank(row, 0, &self.styles.words)?;
                for (place, banner) in columns.iter().enumerate() {
                    let letters = banner.cells.get(at).map_or("", |cell| cell.letters.as_str());
                    if letters.is_empty() {
                        sheet.write_blank(row, column(place + 1), &self.styles.number)?;
                    } else {
                        write(&mut sheet, row, column(place + 1), letters, &format)?;
                    }
                }
                row += 1;
            }
        }
        for line in &table.legend {
            row += 1;
            write(&mut sheet, row, 0, line, &self.styles.small_line)?;
        }
        Ok(sheet)
    }

    /// Writes the heads from the fourth row on; gives the row after them.
    fn heads(&self, sheet: &mut Worksheet, table: &BannerTable) -> Result<u32, XlsxError> {
        let banners: Vec<&Banner> = table.banners.iter().collect();
        let over = self.styles.head.clone().set_align(FormatAlign::Center).set_indent(0);
        let mut row = 3;
        for line in heads(table, &banners) {
            let mut place = 0;
            for head in &line {
                if place + head.columns > MOST_COLUMNS {
                    break;
                }
                let first = column(place);
                place += head.columns;
                match (head.empty, head.columns) {
                    (true, _) => {
                        for at in first..column(place) {
                            sheet.write_blank(row, at, &self.styles.head)?;
                        }
                    }
                    (false, 1) => write(sheet, row, first, head.text, &self.styles.number_head)?,
                    (false, _) => {
                        let text = super::sheet::told(head.text);
                        sheet.merge_range(row, first, row, column(place) - 1, &text, &over)?;
                    }
                }
            }
            row += 1;
        }
        let columns = table.total.iter().chain(banners.iter().flat_map(|banner| &banner.columns));
        let letters: Vec<&str> = columns.map(|column| column.letter.as_str()).take(MOST_COLUMNS).collect();
        if letters.iter().any(|letter| !letter.is_empty()) {
            sheet.write_blank(row, 0, &self.styles.head)?;
            for (place, letter) in letters.iter().enumerate() {
                write(sheet, row, column(place + 1), letter, &self.styles.number_head)?;
            }
            row += 1;
        }
        Ok(row)
    }

    fn figure(
        &mut self,
        sheet: &mut Worksheet,
        (row, at): (u32, u16),
        cell: &BannerCell,
        (is_base, is_strong): (bool, bool),
    ) -> Result<(), XlsxError> {
        let Some(number) = cell.number else {
            return write(sheet, row, at, &cell.text, &self.styles.number);
        };
        let mut shown = number_format(number.decimals, number.percent, number.signed, &cell.text);
        if is_base && !cell.letters.is_empty() {
            // The mark of a small base stands behind the number.
            shown = format!("{shown}\" {}\"", cell.letters.replace('"', ""));
        }
        let styles = self.styles;
        let format =
            self.formats.entry((shown, is_strong, cell.shade)).or_insert_with_key(|(shown, _, shade)| {
                let format = styles.number.clone().set_num_format(shown);
                let format = if is_strong { format.set_bold() } else { format };
                match shade {
                    2.. => format.set_background_color(Color::RGB(0x00BD_D7EE)),
                    1 => format.set_background_color(Color::RGB(0x00DD_EBF7)),
                    0 => format,
                    -1 => format.set_background_color(Color::RGB(0x00FC_E4D6)),
                    ..=-2 => format.set_background_color(Color::RGB(0x00F8_CBAD)),
                }
            });
        sheet.write_number_with_format(row, at, number.value, format)?;
        Ok(())
    }
}

fn names_width(table: &BannerTable) -> f64 {
    let widest = table.rows.iter().map(|row| row.label.width()).max().unwrap_or(0) + 3;
    widest.clamp(NAMES_WIDTH.0, NAMES_WIDTH.1) as f64
}

fn figures_width(column: &BannerColumn) -> f64 {
    let cells = column.cells.iter().map(|cell| cell.text.width().max(cell.letters.width()));
    let word = column.values.last().map_or("", String::as_str);
    let word = word.split(' ').map(UnicodeWidthStr::width).max().unwrap_or(0);
    (cells.max().unwrap_or(0).max(word) + 2).clamp(FIGURES_WIDTH.0, FIGURES_WIDTH.1) as f64
}
