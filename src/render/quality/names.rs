//! What questions are called in a terminal: a short id as it is, else the label, else the wording.

use std::collections::BTreeMap;

use crate::render::escape::visible;
use crate::render::terminal::text::width;
use crate::report::{QualityGrid, QualitySection, QuestionSummary, Report};

/// An id of at most so many columns, of one word, is a name.
const LONGEST_ID: usize = 24;

/// The names that the columns of a question with two of them have in a grid: `question.part`.
const PARTS: [&str; 4] = ["expectation", "perception", "functional", "dysfunctional"];

/// The names of questions whose id is none.
pub(super) struct Names<'a>(BTreeMap<&'a str, &'a str>);

impl<'a> Names<'a> {
    pub(super) fn of(report: &'a Report, section: &'a QualitySection) -> Self {
        let items =
            section.items.iter().filter_map(|item| Some((item.question.as_str(), item.label.as_deref()?)));
        let summaries = report
            .survey
            .questions
            .iter()
            .map(|question| (question.id.as_str(), QuestionSummary::name(question)));
        let is_named = |(id, name): &(&str, &str)| {
            !name.is_empty() && (id.contains(char::is_whitespace) || width(id) > LONGEST_ID)
        };
        Self(items.chain(summaries).filter(is_named).collect())
    }

    /// A question, with its part where it has two columns.
    pub(super) fn question(&self, id: &str, part: Option<&str>) -> String {
        let name = visible(self.0.get(id).copied().unwrap_or(id));
        part.map_or_else(|| name.clone(), |part| format!("{name} {part}"))
    }

    /// The block of the definition, else the first and the last question.
    pub(super) fn grid(&self, grid: &QualityGrid) -> String {
        let (Some(first), Some(last), false) = (grid.questions.first(), grid.questions.last(), grid.block)
        else {
            return visible(&grid.name);
        };
        let called = |written: &str| {
            let parted = written.rsplit_once('.').filter(|(_, part)| PARTS.contains(part));
            let (id, part) = parted.map_or((written, None), |(id, part)| (id, Some(part)));
            self.question(id, part)
        };
        format!("{} to {}", called(first), called(last))
    }
}
