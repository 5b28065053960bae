//! The scores that carry the story: those that breakdowns and the account of missing answers keep to by default.

use super::lookup::Lookup;
use super::scores::{Kind, kind};
use crate::report::Estimate;
use indexmap::IndexMap;

/// Breakdowns keep to at most so many scores.
const MOST: usize = 4;

/// So many where no score is an overall outcome, a recommendation or an effort.
const OTHERWISE: usize = 3;

/// The questions that a hurried reader wants first, or all.
pub(super) struct Story<'a> {
    /// Their ids; none when all are told.
    chosen: Option<Vec<&'a str>>,
    /// Whether the report is about nothing else.
    alone: bool,
}

impl<'a> Story<'a> {
    /// The overall outcome, recommendation and effort; else the first headlines.
    pub(super) fn new(lookup: &Lookup<'a>, everything: bool) -> Self {
        if everything {
            return Self { chosen: None, alone: false };
        }
        let mut headlines: IndexMap<&str, &Estimate> = IndexMap::new();
        for estimate in lookup.report.estimates.iter().filter(|estimate| estimate.headline) {
            headlines.entry(&estimate.question).or_insert(estimate);
        }
        headlines.sort_by_cached_key(|id, estimate| {
            (kind(estimate) != Kind::Score, estimate.measure == "gap", lookup.question_rank(id))
        });
        let is_overall = |id: &str| lookup.question(id).is_some_and(|question| question.overall);
        let mut chosen: Vec<&str> = headlines
            .iter()
            .filter(|(id, estimate)| {
                kind(estimate) == Kind::Score
                    && (is_overall(id) || matches!(estimate.measure.as_str(), "nps" | "ces"))
            })
            .map(|(id, _)| *id)
            .collect();
        chosen.sort_by_key(|id| !is_overall(id));
        chosen.truncate(MOST);
        if chosen.is_empty() {
            chosen = headlines.keys().copied().take(OTHERWISE).collect();
        }
        chosen.sort_by_key(|id| lookup.question_rank(id));
        Self { chosen: Some(chosen), alone: false }
    }

    /// These questions and no others, however much is asked for.
    pub(super) fn about(questions: impl IntoIterator<Item = &'a str>) -> Self {
        Self { chosen: Some(questions.into_iter().collect()), alone: true }
    }

    /// Whether the report is about these questions and nothing else.
    pub(super) fn is_alone(&self) -> bool {
        self.alone
    }

    /// Whether a question is told about.
    pub(super) fn tells(&self, question: &str) -> bool {
        self.chosen.as_ref().is_none_or(|chosen| chosen.contains(&question))
    }
}
