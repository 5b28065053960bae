//! Bytes out: one [`Report`] as a terminal table, as Markdown, as CSV or as JSON.
//!
//! A renderer sees only `report`. It lays out, cuts, escapes and colours; it computes no figure. The terminal and
//! Markdown are two writers of one `Document`, so they say the same. Texts of the survey are taken as hostile: each
//! format makes control characters, markup and formulas in them harmless.

mod chart;
mod csv;
mod document;
mod escape;
mod html;
pub mod json;
mod markdown;
mod page;
#[cfg(test)]
mod sample;
mod terminal;

use crate::report::Report;

/// A format that a report can be rendered to as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For reading in a terminal.
    Table,
    /// GitHub Markdown.
    Markdown,
    /// The estimates, one row each.
    Csv,
    /// The report itself.
    Json,
}

impl Format {
    /// All formats with the names that `--format` takes.
    pub const ALL: [(Self, &'static str); 4] =
        [(Self::Table, "table"), (Self::Markdown, "md"), (Self::Csv, "csv"), (Self::Json, "json")];

    /// The name that `--format` takes.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(format, _)| *format == self).map_or("", |(_, name)| name)
    }
}

/// How a report is to look; figures do not depend on it, CSV and JSON not at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// The columns of the terminal. No line is wider; below 40 it is taken as 40.
    pub width: usize,
    /// Whether to colour and embolden. Nothing is said by colour alone.
    pub colour: bool,
    /// Whether to show standard errors, effective bases, methods, definitions and the whole ledger.
    pub explain: bool,
}

impl Default for Look {
    /// 80 columns without colour, the first screen only.
    fn default() -> Self {
        Self { width: 80, colour: false, explain: false }
    }
}

/// The report in that format, ending in a newline.
pub fn render(report: &Report, format: Format, look: &Look) -> String {
    match format {
        Format::Table => terminal::render(report, look),
        Format::Markdown => markdown::render(report, look),
        Format::Csv => csv::render(report),
        Format::Json => json::render(report),
    }
}
