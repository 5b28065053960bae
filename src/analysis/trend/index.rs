//! Waves with their estimates at hand: whole, and by segment.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use crate::measures::Side;
use crate::report::{Better, Estimate, QuestionSummary, Unit};
use crate::survey::ALL_ITEMS;

use super::figures::WaveFigures;

/// One wave with its estimates by question and segment.
pub(in crate::analysis) struct WaveIndex<'a> {
    pub(in crate::analysis) figures: &'a WaveFigures,
    totals: BTreeMap<&'a str, Vec<&'a Estimate>>,
    groups: BTreeMap<(&'a str, &'a str), Groups<'a>>,
}

/// The estimates of one question by the values of one segment.
pub(in crate::analysis) type Groups<'a> = IndexMap<&'a str, Vec<&'a Estimate>>;

/// A question with its headline figure.
#[derive(Clone, Copy, Debug)]
pub(in crate::analysis) struct Headline<'a> {
    pub(in crate::analysis) question: &'a str,
    pub(in crate::analysis) statistic: &'a str,
    pub(in crate::analysis) unit: Unit,
    pub(in crate::analysis) better: Option<Better>,
    pub(in crate::analysis) scale: Option<[i32; 2]>,
}

impl<'a> WaveIndex<'a> {
    pub(in crate::analysis) fn new(figures: &'a WaveFigures) -> Self {
        let mut totals: BTreeMap<&str, Vec<&Estimate>> = BTreeMap::new();
        let mut groups: BTreeMap<(&str, &str), Groups> = BTreeMap::new();
        for estimate in &figures.estimates {
            let mut places = estimate.segment.iter();
            match (places.next(), places.next()) {
                (None, _) => totals.entry(&estimate.question).or_default().push(estimate),
                (Some((segment, value)), None) => {
                    let values = groups.entry((&estimate.question, segment)).or_default();
                    values.entry(value).or_default().push(estimate);
                }
                _ => {}
            }
        }
        Self { figures, totals, groups }
    }

    /// The estimates of a question in the whole wave.
    pub(in crate::analysis) fn total(&self, question: &str) -> &[&'a Estimate] {
        self.totals.get(question).map_or(&[], Vec::as_slice)
    }

    /// One estimate of the whole wave.
    pub(in crate::analysis) fn estimate(&self, question: &str, statistic: &str) -> Option<&'a Estimate> {
        find(self.total(question), statistic)
    }

    /// A headline as one side of a comparison; `None` where it has no figure.
    pub(in crate::analysis) fn side(&self, headline: &Headline) -> Option<Side> {
        let side = Side::of(self.total(headline.question), headline.statistic)?;
        Some(side.on_scale(headline.scale, headline.statistic))
    }

    /// The figures of a question by the values of a segment.
    pub(in crate::analysis) fn groups(&self, question: &'a str, segment: &'a str) -> Option<&Groups<'a>> {
        self.groups.get(&(question, segment))
    }

    /// Whether rows were weighted.
    pub(in crate::analysis) fn weighted(&self) -> bool {
        self.figures.weight.is_some()
    }
}

/// One statistic among the estimates of a question.
pub(in crate::analysis) fn find<'a>(estimates: &[&'a Estimate], statistic: &str) -> Option<&'a Estimate> {
    estimates.iter().copied().find(|estimate| estimate.statistic == statistic)
}

/// The headlines of the newest wave in written order, as far as any wave has figures of them.
pub(in crate::analysis) fn headlines<'a>(waves: &[WaveIndex<'a>]) -> Vec<Headline<'a>> {
    let Some(newest) = waves.last() else { return Vec::new() };
    newest.figures.questions.iter().filter_map(|question| headline(waves, question)).collect()
}

fn headline<'a>(waves: &[WaveIndex<'a>], question: &'a QuestionSummary) -> Option<Headline<'a>> {
    // Of a checklist all items together have a trend; each by itself is a step from no to yes.
    let is_item = question.measure == "checklist" && question.id != ALL_ITEMS;
    let statistic = question.headline.as_deref().filter(|_| !is_item)?;
    let known = waves.iter().rev().find_map(|wave| wave.estimate(&question.id, statistic))?;
    Some(Headline {
        question: &question.id,
        statistic,
        unit: known.unit,
        better: known.better,
        scale: question.scale,
    })
}
