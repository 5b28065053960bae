//! Headline figures by wave, by segment and by crossing: a row a stratum, a group of columns a score.
//!
//! By default only of the scores that carry the story, and of the first values of a long segment; what is left out is
//! counted below.

use super::lookup::{Lookup, any_small, base, optional};
use super::scores::{Kind, kind, legend};
use super::story::Story;
use super::{Block, Cell, Column, Extent, Group, Name, Table};
use crate::report::words::{self, heading};
use crate::report::{Estimate, Unit};
use indexmap::{IndexMap, IndexSet};

/// A score: question and statistic.
type Score<'a> = (&'a str, &'a str);

/// A stratum: segment values in the order of their family, and the wave.
type Stratum<'a> = (Vec<&'a str>, Option<&'a str>);

/// Figures by score.
type Figures<'a> = IndexMap<Score<'a>, &'a Estimate>;

/// More rows than this are shown only where everything is asked for.
const MOST_ROWS: usize = 30;

/// One table for each list of segments, the waves first.
pub(super) fn blocks(lookup: &Lookup, story: &Story, extent: Extent) -> Vec<Block> {
    let report = lookup.report;
    let explain = extent.explain;
    let mut families: IndexMap<Vec<&str>, Family> = IndexMap::new();
    for estimate in &report.estimates {
        if !is_shown(estimate, explain) {
            continue;
        }
        let ids: Vec<&str> = estimate.segment.keys().map(String::as_str).collect();
        families.entry(ids).or_default().push(estimate);
    }
    // The stratum of all respondents in the wave of the report has been shown; it alone is no breakdown.
    families.retain(|ids, family| !ids.is_empty() || family.has_other_waves(report.waves.wave.as_deref()));
    families.sort_by_cached_key(|ids, _| {
        let ranks: Vec<usize> = ids.iter().map(|id| lookup.segment_rank(id)).collect();
        (ids.len(), ranks)
    });
    let mut blocks = Vec::new();
    let (mut found, mut shown) = (IndexSet::new(), IndexSet::new());
    let mut titles = Vec::new();
    let mut flagged = Vec::new();
    for (ids, mut family) in families {
        found.extend(family.scores.keys().copied());
        family.keep(story);
        if family.scores.is_empty() {
            continue;
        }
        shown.extend(family.scores.keys().copied());
        titles.push(family_title(lookup, &ids));
        flagged.extend(family.write(lookup, &ids, explain, &mut blocks));
    }
    let mut below: Vec<String> = legend(lookup, flagged).into_iter().collect();
    if shown.len() < found.len() && !shown.is_empty() {
        below.push(words::scores_shown(shown.len(), found.len(), &titles, extent.interactive));
    }
    if !below.is_empty() {
        blocks.push(Block::Legend(below));
    }
    blocks
}

/// What a family is broken down by: `region`, `region × age`, `wave`.
fn family_title(lookup: &Lookup, ids: &[&str]) -> String {
    if ids.is_empty() {
        return heading::WAVE.to_lowercase();
    }
    heading::crossed(ids.iter().map(|id| lookup.segment_label(id)))
}

/// Headlines always; numbers and shares, which would take a table a question, where everything is asked for.
fn is_shown(estimate: &Estimate, explain: bool) -> bool {
    match kind(estimate) {
        Kind::Score | Kind::Importance => estimate.headline,
        Kind::Number => estimate.headline || explain,
        Kind::Share => explain,
        Kind::Item => false,
    }
}

/// The figures of all strata of one list of segments.
#[derive(Default)]
struct Family<'a> {
    /// By segment values and wave, then by score.
    strata: IndexMap<Stratum<'a>, Figures<'a>>,
    /// The first figure of each score.
    scores: Figures<'a>,
}

impl<'a> Family<'a> {
    fn push(&mut self, estimate: &'a Estimate) {
        let score = (estimate.question.as_str(), estimate.statistic.as_str());
        let values = estimate.segment.values().map(String::as_str).collect();
        self.strata.entry((values, estimate.wave.as_deref())).or_default().insert(score, estimate);
        self.scores.entry(score).or_insert(estimate);
    }

    /// Leaves out the scores that the story does not tell.
    fn keep(&mut self, story: &Story) {
        self.scores.retain(|(question, _), _| story.tells(question));
        for figures in self.strata.values_mut() {
            figures.retain(|(question, _), _| story.tells(question));
        }
        self.strata.retain(|_, figures| !figures.is_empty());
    }

    fn has_other_waves(&self, shown: Option<&str>) -> bool {
        self.strata.keys().any(|(_, wave)| *wave != shown)
    }

    /// Pushes heading and table and returns the figures whose flags want to be explained.
    fn write(
        mut self,
        lookup: &Lookup<'a>,
        ids: &[&'a str],
        explain: bool,
        blocks: &mut Vec<Block>,
    ) -> Vec<&'a Estimate> {
        let with_wave = self.has_other_waves(lookup.report.waves.wave.as_deref());
        self.strata.sort_by_cached_key(|(values, wave), _| {
            let ranks: Vec<usize> =
                ids.iter().zip(values).map(|(id, value)| lookup.value_rank(id, value)).collect();
            (ranks, lookup.wave_rank(*wave))
        });
        self.scores.sort_by_cached_key(|_, estimate| estimate.measure == "gap");

        let mut columns: Vec<Column> = ids.iter().map(|id| Column::text(lookup.segment_label(id))).collect();
        if with_wave {
            columns.push(Column::text(heading::WAVE));
        }
        let keys = columns.len();
        let left_out = if explain { 0 } else { self.strata.len().saturating_sub(MOST_ROWS) };
        self.strata.truncate(self.strata.len() - left_out);
        let mark = any_small(self.figures());
        for (number, example) in self.scores.values().enumerate() {
            columns.extend(group(lookup, number, example, explain));
        }
        let rows = self
            .strata
            .iter()
            .map(|((values, wave), figures)| {
                let mut row: Vec<Cell> = values.iter().map(|value| Cell::from(*value)).collect();
                if with_wave {
                    row.push(Cell::from(wave.unwrap_or(words::ALL_WAVES)));
                }
                for score in self.scores.keys() {
                    row.extend(cells(figures.get(score).copied(), mark, explain));
                }
                row
            })
            .collect();
        let title = if ids.is_empty() {
            heading::BY_WAVE.to_owned()
        } else {
            heading::by(ids.iter().map(|id| lookup.segment_label(id)))
        };
        blocks.push(Block::Heading(title));
        blocks.push(Block::Table(Table::new(keys, columns, rows)));
        if left_out > 0 {
            blocks.push(Block::Legend(vec![words::rows_left_out(left_out)]));
        }
        self.figures().collect()
    }

    fn figures(&self) -> impl Iterator<Item = &'a Estimate> {
        self.strata.values().flat_map(|figures| figures.values().copied())
    }
}

/// The columns of one score.
fn group<'a>(lookup: &Lookup<'a>, number: usize, example: &'a Estimate, explain: bool) -> Vec<Column> {
    let title = match kind(example) {
        Kind::Share => {
            let option = lookup.option_name(example);
            Name {
                id: format!("{}: {}", example.question, option.id),
                text: format!("{}: {}", lookup.called(&example.question), option.text),
                kind: None,
                statistic: None,
            }
        }
        _ => lookup.score_name(example),
    };
    let value = if example.unit == Unit::Percent { "%" } else { heading::VALUE };
    let mut columns = vec![
        Column::number(value),
        Column::interval(lookup.report.survey.confidence),
        Column::number(heading::BASE),
    ];
    if explain {
        columns.push(Column::number(heading::STANDARD_ERROR));
        columns.push(Column::number(heading::EFFECTIVE_BASE));
    }
    let group = Group { number, title };
    columns.into_iter().map(|column| column.of(&group)).collect()
}

/// The cells of one score; a stratum without the figure has empty ones.
fn cells(figure: Option<&Estimate>, mark: bool, explain: bool) -> Vec<Cell> {
    let Some(estimate) = figure else {
        let blank = if explain { 5 } else { 3 };
        return vec![Cell::from(""); blank];
    };
    let text = words::figure(estimate);
    // The head of the column says the unit already.
    let value = text.value.trim_end_matches(" %").to_owned();
    let mut cells = vec![Cell::from(value), Lookup::interval(estimate, None), base(estimate, mark)];
    if explain {
        cells.push(Cell::from(text.se.unwrap_or_default()));
        cells.push(optional(estimate.base_effective, 1));
    }
    cells
}
