//! Headline figures by wave, by segment and by crossing: a row a stratum, a group of columns a score.

use super::lookup::{Lookup, Room, any_small, base, optional};
use super::scores::{Kind, kind, legend};
use super::{Block, Cell, Column, Group, Table};
use crate::report::words::{self, heading};
use crate::report::{Estimate, Unit};
use indexmap::IndexMap;

/// A score: question and statistic.
type Score<'a> = (&'a str, &'a str);

/// A stratum: segment values in the order of their family, and the wave.
type Stratum<'a> = (Vec<&'a str>, Option<&'a str>);

/// Figures by score.
type Figures<'a> = IndexMap<Score<'a>, &'a Estimate>;

/// One table for each list of segments, the waves first.
pub(super) fn blocks(lookup: &Lookup, explain: bool) -> Vec<Block> {
    let report = lookup.report;
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
    for (ids, family) in families {
        family.write(lookup, &ids, explain, &mut blocks);
    }
    blocks
}

/// Headlines always; numbers and shares, which would take a table a question, where everything is asked for.
fn is_shown(estimate: &Estimate, explain: bool) -> bool {
    match kind(estimate) {
        Kind::Score | Kind::Importance => estimate.headline,
        Kind::Number => estimate.headline || explain,
        Kind::Share => explain,
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

    fn has_other_waves(&self, shown: Option<&str>) -> bool {
        self.strata.keys().any(|(_, wave)| *wave != shown)
    }

    fn write(mut self, lookup: &Lookup<'a>, ids: &[&'a str], explain: bool, blocks: &mut Vec<Block>) {
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
                    row.extend(cells(lookup, figures.get(score).copied(), mark, explain));
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
        blocks.push(Block::Table(Table { keys, columns, rows }));
        blocks.extend(legend(lookup, self.figures(), Room::Narrow));
    }

    fn figures(&self) -> impl Iterator<Item = &'a Estimate> {
        self.strata.values().flat_map(|figures| figures.values().copied())
    }
}

/// The columns of one score.
fn group<'a>(lookup: &Lookup<'a>, number: usize, example: &'a Estimate, explain: bool) -> Vec<Column> {
    let title = match kind(example) {
        Kind::Share => format!("{}: {}", lookup.wording(&example.question), lookup.option_label(example)),
        _ => lookup.score_label(example),
    };
    let value = if example.unit == Unit::Percent { "%" } else { heading::VALUE };
    let mut columns = vec![
        Column::number(value),
        Column::text(&heading::interval(lookup.report.survey.confidence)),
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
fn cells(lookup: &Lookup, figure: Option<&Estimate>, mark: bool, explain: bool) -> Vec<Cell> {
    let Some(estimate) = figure else {
        let blank = if explain { 5 } else { 3 };
        return vec![Cell::from(""); blank];
    };
    let text = words::figure(estimate);
    // The head of the column says the unit already.
    let value = text.value.trim_end_matches(" %").to_owned();
    let mut cells = vec![Cell::from(value), lookup.interval(estimate, Room::Narrow), base(estimate, mark)];
    if explain {
        cells.push(Cell::from(text.se.unwrap_or_default()));
        cells.push(optional(estimate.base_effective, 1));
    }
    cells
}
