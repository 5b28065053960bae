//! The last sheets of a book of banner tables: every figure and every test in tidy rows, under the names that JSON has.

use std::io::{self, Write};

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::names::SheetNames;
use super::rows::Rows;
use super::sheet::column;
use super::styles::Styles;
use crate::render::banner::{Field, Record, records, sections, tidy_heads};
use crate::render::page::Page;
use crate::report::{CrosstabSection, Report};

/// Rows of a sheet; Excel has few more.
const MOST_ROWS: usize = 1_000_000;

/// The columns that only figures have.
const OF_FIGURES: [&str; 15] = [
    "base",
    "base_weighted",
    "base_effective",
    "count",
    "count_weighted",
    "percent",
    "interval_base",
    "row_percent",
    "total_percent",
    "relative_index",
    "adjusted_residual",
    "letters",
    "flag",
    "letter",
    "column_label",
];

/// The columns that only tests have.
const OF_TESTS: [&str; 16] = [
    "record",
    "against",
    "difference",
    "p_adjusted",
    "method",
    "test",
    "statistic",
    "df",
    "df2",
    "effect",
    "effect_name",
    "effect_size",
    "reason",
    "thin_cells",
    "family_size",
    "adjustment",
];

/// The width of a column in characters.
const WIDTH: f64 = 14.0;

/// A sheet of one kind of rows, or the part of them that one sheet holds.
pub(super) struct TidySheet<'a> {
    /// Its name in the workbook.
    pub(super) name: String,
    sections: Vec<&'a CrosstabSection>,
    heads: Vec<String>,
    /// The heads that the sheet has, as places among all.
    kept: Vec<usize>,
    /// How many values a column of a banner has at most.
    levels: usize,
    /// Whether it is a sheet of figures; else of tests.
    figures: bool,
    first: usize,
    rows: usize,
}

/// The sheets of all figures and of all tests, the tests last; none without banner tables.
pub(super) fn sheets<'a>(page: &Page, report: &'a Report, names: &mut SheetNames) -> Vec<TidySheet<'a>> {
    let sections = sections(report);
    if sections.is_empty() {
        return Vec::new();
    }
    let (heads, levels) = tidy_heads(&sections);
    let mut sheets = Vec::new();
    for (title, without, figures) in
        [(page.words.figures, OF_TESTS.as_slice(), true), (page.words.tests, OF_FIGURES.as_slice(), false)]
    {
        let is_kept = |at: &usize| heads.get(*at).is_some_and(|head| !without.contains(&head.as_str()));
        let all =
            sections.iter().flat_map(|section| records(section)).filter(|record| is(record, figures)).count();
        for first in (0..all.max(1)).step_by(MOST_ROWS) {
            sheets.push(TidySheet {
                name: names.unique(title),
                sections: sections.clone(),
                heads: heads.clone(),
                kept: (0..heads.len()).filter(is_kept).collect(),
                levels,
                figures,
                first,
                rows: MOST_ROWS.min(all - first),
            });
        }
    }
    sheets
}

fn is(record: &Record, figures: bool) -> bool {
    matches!(record, Record::Cell(..)) == figures
}

impl<'a> TidySheet<'a> {
    /// The sheet with its heads and none of its rows: a cell in the style of texts that look like formulas stands at its
    /// end, so that the workbook knows how far it reaches.
    pub(super) fn frame(&self, styles: &Styles) -> Result<Worksheet, XlsxError> {
        let mut sheet = Worksheet::new();
        sheet.set_name(&self.name)?;
        for (place, at) in self.kept.iter().enumerate() {
            let head = self.heads.get(*at).map_or("", String::as_str);
            sheet.set_column_width(column(place), WIDTH)?;
            sheet.write_string_with_format(0, column(place), head, &styles.head)?;
        }
        sheet.set_freeze_panes(1, 0)?;
        if self.rows > 0 && !self.kept.is_empty() {
            let (row, column) = (u32::try_from(self.rows).unwrap_or(u32::MAX), column(self.kept.len()) - 1);
            sheet.write_blank(row, column, &Format::new().set_quote_prefix())?;
            sheet.autofilter(0, 0, row, column)?;
        }
        Ok(sheet)
    }

    /// How many columns it has.
    pub(super) fn columns(&self) -> usize {
        self.kept.len()
    }

    /// Writes the rows after that of the heads.
    pub(super) fn write(&self, rows: &mut Rows<impl Write>) -> io::Result<()> {
        let of_section = |section: &'a CrosstabSection| records(section).map(move |record| (section, record));
        let all = self.sections.iter().copied().flat_map(of_section);
        let all = all.filter(|(_, record)| is(record, self.figures));
        for (section, record) in all.skip(self.first).take(self.rows) {
            let fields = record.fields(section, self.levels);
            rows.begin()?;
            for (place, at) in self.kept.iter().enumerate() {
                match fields.get(*at) {
                    Some(Field::Number(number)) => rows.number(place, *number)?,
                    Some(Field::Text(text)) => rows.text(place, text)?,
                    Some(Field::Nothing) | None => {}
                }
            }
            rows.end()?;
        }
        Ok(())
    }
}
