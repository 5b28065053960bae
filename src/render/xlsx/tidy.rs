//! The last sheets of a book of banner tables: every figure and every test in tidy rows, under the names that JSON has.

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::names::SheetNames;
use super::sheet::{column, told};
use super::styles::Styles;
use crate::render::banner::{Field, Record, records, tidy_heads};
use crate::render::csv::harmless;
use crate::render::page::Page;
use crate::report::{CrosstabSection, Report, Section};

/// Rows of a sheet; Excel has few more.
const MOST_ROWS: u32 = 1_000_000;

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

/// The sheets of all figures and of all tests, the tests last; none without banner tables.
pub(super) fn sheets(
    page: &Page,
    report: &Report,
    styles: &Styles,
    names: &mut SheetNames,
) -> Result<Vec<(String, Worksheet)>, XlsxError> {
    let sections: Vec<&CrosstabSection> = report
        .sections
        .iter()
        .filter_map(|section| match section {
            Section::Crosstab(section) => Some(section.as_ref()),
            _ => None,
        })
        .collect();
    if sections.is_empty() {
        return Ok(Vec::new());
    }
    let is_figure = |record: &Record| matches!(record, Record::Cell(..));
    let mut sheets = Vec::new();
    for (title, without, figures) in
        [(page.words.figures, OF_TESTS.as_slice(), true), (page.words.tests, OF_FIGURES.as_slice(), false)]
    {
        let mut list = List::new(title, &sections, without, styles);
        for section in &sections {
            for record in records(section).filter(|record| is_figure(record) == figures) {
                list.push(section, &record, names)?;
            }
        }
        sheets.extend(list.done(names)?);
    }
    Ok(sheets)
}

/// Rows over as many sheets as they take.
struct List<'a> {
    title: &'a str,
    heads: Vec<String>,
    levels: usize,
    kept: Vec<usize>,
    styles: &'a Styles,
    guarded: Format,
    open: Option<(String, Worksheet, u32)>,
    full: Vec<(String, Worksheet)>,
}

impl<'a> List<'a> {
    fn new(title: &'a str, sections: &[&CrosstabSection], without: &[&str], styles: &'a Styles) -> Self {
        let (heads, levels) = tidy_heads(sections);
        let is_kept = |at: &usize| heads.get(*at).is_some_and(|head| !without.contains(&head.as_str()));
        let kept = (0..heads.len()).filter(is_kept).collect();
        let guarded = Format::new().set_quote_prefix();
        Self { title, heads, levels, kept, styles, guarded, open: None, full: Vec::new() }
    }

    fn push(
        &mut self,
        section: &CrosstabSection,
        record: &Record,
        names: &mut SheetNames,
    ) -> Result<(), XlsxError> {
        if self.open.as_ref().is_none_or(|(.., row)| *row > MOST_ROWS) {
            self.turn(names)?;
        }
        let Some((_, sheet, row)) = &mut self.open else { return Ok(()) };
        let fields = record.fields(section, self.levels);
        for (place, at) in self.kept.iter().enumerate() {
            match fields.get(*at) {
                Some(Field::Number(number)) => {
                    sheet.write_number(*row, column(place), *number)?;
                }
                Some(Field::Text(text)) => {
                    let shown = told(text);
                    if harmless(&shown) == shown {
                        sheet.write_string(*row, column(place), shown)?;
                    } else {
                        sheet.write_string_with_format(*row, column(place), shown, &self.guarded)?;
                    }
                }
                Some(Field::Nothing) | None => {}
            }
        }
        *row += 1;
        Ok(())
    }

    /// Ends the open sheet and begins the next.
    fn turn(&mut self, names: &mut SheetNames) -> Result<(), XlsxError> {
        self.close()?;
        let name = names.unique(self.title);
        let mut sheet = Worksheet::new();
        sheet.set_name(&name)?;
        for (place, at) in self.kept.iter().enumerate() {
            let head = self.heads.get(*at).map_or("", String::as_str);
            sheet.set_column_width(column(place), WIDTH)?;
            sheet.write_string_with_format(0, column(place), head, &self.styles.head)?;
        }
        sheet.set_freeze_panes(1, 0)?;
        self.open = Some((name, sheet, 1));
        Ok(())
    }

    fn close(&mut self) -> Result<(), XlsxError> {
        if let Some((name, mut sheet, row)) = self.open.take() {
            if row > 1 && !self.kept.is_empty() {
                sheet.autofilter(0, 0, row - 1, column(self.kept.len()) - 1)?;
            }
            self.full.push((name, sheet));
        }
        Ok(())
    }

    fn done(mut self, names: &mut SheetNames) -> Result<Vec<(String, Worksheet)>, XlsxError> {
        if self.open.is_none() {
            self.turn(names)?;
        }
        self.close()?;
        Ok(self.full)
    }
}
