//! Bytes out: one [`Report`] as a terminal table, as Markdown, as CSV, as JSON, as a page, as PDF or as a workbook.
//!
//! A renderer sees only `report`. It lays out, cuts, escapes and colours; it computes no figure. The terminal and
//! Markdown are two writers of one `Document`, so they say the same; HTML, PDF, the workbook and a presented report in
//! Markdown are writers of one `Page`. Texts of the survey are taken as hostile: each format makes
//! control characters, markup and formulas in them harmless.

mod badge;
mod banner;
mod chart;
mod colour;
mod comparison_csv;
mod csv;
mod document;
mod drivers_csv;
mod escape;
mod follow_up;
mod format;
mod gaps;
mod gaps_csv;
mod gate;
mod html;
pub mod json;
mod kano_csv;
mod markdown;
mod page;
mod page_markdown;
#[cfg(feature = "pdf")]
mod pdf;
mod pictures;
mod quality;
mod row_weights;
#[cfg(test)]
mod sample;
mod terminal;
mod verification;
mod xlsx;

use crate::report::{Report, Section};
use page::Page;

pub use badge::badge;
pub use follow_up::{follow_up_csv, follow_up_xlsx};
pub use format::{Format, RenderError};
pub use gate::{annotations, junit};
pub use pictures::{ChartFile, charts};
pub use quality::{QualityFormat, quality, quality_flags};
pub use row_weights::row_weights_csv;
pub use verification::verification;

/// How a report is to look; figures do not depend on it, CSV and JSON not at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// The columns of the terminal. No line is wider; below 40 it is taken as 40.
    pub width: usize,
    /// Whether to colour and embolden. Nothing is said by colour alone.
    pub colour: bool,
    /// Whether to show standard errors, effective bases, methods, definitions and the whole ledger.
    pub explain: bool,
    /// What a table is about.
    pub subject: Subject,
}

/// What a table is about; the other formats have everything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Subject {
    /// The scores of the wave shown.
    #[default]
    Scores,
    /// How headlines moved from wave to wave.
    Trend,
    /// Two sides against each other.
    Comparison,
    /// Targets and limits that were judged.
    Gates,
    /// What weighting did to the sample.
    Weights,
    /// What drives an outcome.
    Drivers,
    /// What kind of need every feature is.
    Kano,
    /// What was expected against what was perceived.
    Gaps,
    /// Complaints and their handling.
    Complaints,
    /// What the organisation records anyway, beside the scores.
    Indicators,
    /// Promises to customers and whether they were kept.
    Promises,
    /// Disputes before outside providers.
    Disputes,
}

impl Default for Look {
    /// 80 columns without colour, the first screen only.
    fn default() -> Self {
        Self { width: 80, colour: false, explain: false, subject: Subject::Scores }
    }
}

/// The report in that format; a text ends in a newline.
///
/// Markdown is the page where the report says how it is presented, else the tables of scores.
///
/// # Errors
/// A PDF where csat was built without the feature `pdf`; a PDF or a workbook that cannot be made.
pub fn render(report: &Report, format: Format, look: &Look) -> Result<Vec<u8>, RenderError> {
    let is_presented = report.sections.iter().any(|section| matches!(section, Section::Document(_)));
    match format {
        Format::Table => Ok(terminal::render(report, look).into_bytes()),
        Format::Markdown if is_presented => {
            Ok(page_markdown::render(&Page::of(report).for_reading()).into_bytes())
        }
        Format::Markdown => Ok(markdown::render(report, look).into_bytes()),
        Format::Csv => {
            let only = comparison_csv::render(report)
                .or_else(|| kano_csv::render(report))
                .or_else(|| gaps_csv::render(report))
                .or_else(|| drivers_csv::render(report));
            Ok(only.unwrap_or_else(|| csv::render(report)).into_bytes())
        }
        Format::Json => Ok(json::render(report).into_bytes()),
        Format::Html => Ok(html::render(&Page::of(report).for_reading()).into_bytes()),
        Format::Xlsx => xlsx::render(&Page::of(report), report),
        #[cfg(feature = "pdf")]
        Format::Pdf => pdf::render(&Page::of(report).for_reading()),
        #[cfg(not(feature = "pdf"))]
        Format::Pdf => Err(RenderError::NoPdf),
    }
}

#[cfg(test)]
mod tests {
    use super::{Format, Look, json, render, sample};

    #[test]
    fn banner_tables_loaded_back_render_to_the_same_bytes() {
        for report in [sample::tables(), sample::weighted_tables(), sample::hostile_tables()] {
            let loaded = json::load(&json::render(&report)).unwrap();
            assert_eq!(loaded, report);
            for format in
                [Format::Table, Format::Markdown, Format::Csv, Format::Json, Format::Html, Format::Xlsx]
            {
                let look = Look { explain: true, ..Look::default() };
                assert!(render(&report, format, &look).unwrap() == render(&loaded, format, &look).unwrap());
            }
        }
    }

    #[test]
    fn the_tidy_rows_of_banner_tables_are_complete_and_no_formulas() {
        let report = sample::hostile_tables();
        let text = String::from_utf8(render(&report, Format::Csv, &Look::default()).unwrap()).unwrap();
        let mut reader = ::csv::Reader::from_reader(text.as_bytes());
        let heads = reader.headers().unwrap().clone();
        let records: Vec<::csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        let of = |kind: &str| records.iter().filter(|record| &record[0] == kind).count();
        let sections = report.sections.iter().filter_map(|section| match section {
            crate::report::Section::Crosstab(section) => Some(section),
            _ => None,
        });
        let (mut cells, mut contrasts, mut tests) = (0, 0, 0);
        for section in sections {
            cells += section.cells.len();
            contrasts += section.contrasts.len();
            tests += usize::from(section.test.is_some()) + section.further_tests.len();
        }
        assert_eq!((of("cell"), of("contrast"), of("test")), (cells, contrasts, tests));
        for record in &records {
            for (name, cell) in heads.iter().zip(record) {
                let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
                assert!(!formula || cell.parse::<f64>().is_ok(), "{name}: {cell}");
            }
        }
        let first = records.iter().find(|record| &record[0] == "cell").unwrap();
        let at = |name: &str| &first[heads.iter().position(|head| head == name).unwrap()];
        assert_eq!((at("column"), at("row"), at("percent"), at("base")), ("total", "1", "4.2", "812"));
    }
}
