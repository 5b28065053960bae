//! The tables of gaps, as every format shows them: columns and cells with their styles, not laid out yet.
//!
//! The terminal writes limits as one column and numbers as text, pages and workbooks have a column for each limit and
//! numbers that can be reckoned with; both are made of these tables.

mod beside;
mod groups;
mod items;
mod sentences;

pub(super) use beside::beside;
pub(super) use groups::by_group;
pub(super) use items::{Detail, dimensions, items, style};
pub(super) use sentences::{is_clear, notes, sentences};

use crate::report::words::{Names, NumberStyle, Speech};
use crate::report::{Estimated, Report};

/// What names and words are taken from.
pub(super) struct GapWords<'a> {
    pub(super) report: &'a Report,
    pub(super) speech: &'a Speech,
    pub(super) names: Names<'a>,
}

impl<'a> GapWords<'a> {
    pub(super) fn new(report: &'a Report, speech: &'a Speech) -> Self {
        Self { report, speech, names: Names::new(&report.survey) }
    }

    /// What a dimension is called; a gap without one is called by its question.
    fn dimension(&self, id: &str) -> String {
        let label =
            self.report.survey.dimensions.get(id).map(String::as_str).filter(|label| !label.is_empty());
        label.map_or_else(|| self.names.called(id), str::to_owned)
    }

    fn confidence(&self) -> String {
        self.speech.confidence(self.report.survey.confidence)
    }
}

/// One table.
pub(super) struct GapTable {
    /// What stands over it.
    pub(super) title: String,
    /// How many columns name the row.
    pub(super) keys: usize,
    pub(super) columns: Vec<GapColumn>,
    pub(super) rows: Vec<Vec<GapCell>>,
    /// What is to be said of it.
    pub(super) notes: Vec<String>,
}

/// A column.
pub(super) enum GapColumn {
    Words(String),
    Numbers(String),
    /// Two limits.
    Limits,
}

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum GapCell {
    /// The id of a question.
    Question(String),
    Text(String),
    Number(Option<f64>, NumberStyle),
    Limits(Option<(f64, f64)>, NumberStyle),
    P(Option<f64>),
    /// A number of respondents, and whether it is small.
    Base(Option<u64>, bool),
}

/// A share in percent.
fn share(share: Option<f64>) -> GapCell {
    GapCell::Number(share.map(|share| 100.0 * share), NumberStyle::percent())
}

/// A share with its limits.
fn share_with_limits(found: Estimated) -> [GapCell; 2] {
    let percent = |limits: (f64, f64)| (100.0 * limits.0, 100.0 * limits.1);
    [share(found.value), GapCell::Limits(found.low.zip(found.high).map(percent), NumberStyle::percent())]
}

/// A point of the scale.
fn point(value: Option<f64>) -> GapCell {
    GapCell::Number(value, NumberStyle::plain(2))
}

/// A difference of points with its limits.
fn difference_with_limits(found: Estimated) -> [GapCell; 2] {
    let style = signed();
    [GapCell::Number(found.value, style), GapCell::Limits(found.low.zip(found.high), style)]
}

fn signed() -> NumberStyle {
    NumberStyle { signed: true, ..NumberStyle::plain(2) }
}

fn words(header: &str) -> GapColumn {
    GapColumn::Words(header.to_owned())
}

fn numbers(header: &str) -> GapColumn {
    GapColumn::Numbers(header.to_owned())
}
