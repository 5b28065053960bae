//! What weighting did: every margin before and after, what the weights look like, the scores with and without.

use super::account;
use super::lookup::{Lookup, optional};
use super::story::Story;
use super::{Block, Cell, Column, Extent, Table};
use crate::report::words::{self, heading};
use crate::report::{Report, Section, Unit, WeightingMargin, WeightingScore, WeightingSection};

/// The blocks in reading order.
pub(super) fn blocks(report: &Report, extent: Extent) -> Vec<Block> {
    let lookup = Lookup::new(report);
    let mut blocks = vec![account::title(report)];
    for section in &report.sections {
        if let Section::Weighting(section) = section {
            // Several are those of the waves, after that of all together.
            let named = section.wave.as_ref().filter(|wave| report.waves.wave.as_ref() != Some(wave));
            blocks.extend(named.map(|wave| Block::Heading(wave.clone())));
            blocks.extend(of_section(&lookup, section));
        }
    }
    let story = Story::new(&lookup, extent.explain);
    blocks.extend(account::sentences(report, &story, extent));
    if extent.explain {
        blocks.extend(account::ledger(report));
        blocks.extend(account::provenance(report));
    }
    blocks
}

fn of_section(lookup: &Lookup, section: &WeightingSection) -> Vec<Block> {
    let mut blocks = Vec::new();
    if !section.margins.is_empty() {
        blocks.push(Block::Table(margins(section)));
    }
    blocks.push(Block::Legend(words::weighting(section)));
    if !section.scores.is_empty() {
        blocks.push(Block::Heading(heading::WITH_AND_WITHOUT_WEIGHTS.to_owned()));
        blocks.push(Block::Table(scores(lookup, &section.scores)));
    }
    blocks
}

fn margins(section: &WeightingSection) -> Table {
    // What the data came with differs from the sample only where they came with weights.
    let had_weights = section.variable.is_some();
    let mut columns = vec![
        Column::text(heading::MARGIN),
        Column::text(heading::CATEGORY),
        Column::number(heading::ROWS),
        Column::number(heading::SAMPLE),
    ];
    if had_weights {
        columns.push(Column::number(heading::BEFORE));
    }
    columns.extend([Column::number(heading::TARGET), Column::number(heading::AFTER)]);
    let mut last = "";
    let rows = section.margins.iter().map(|margin| {
        let name = if margin.variable == last { "" } else { margin.variable.as_str() };
        last = &margin.variable;
        margin_cells(name, margin, had_weights)
    });
    Table::new(2, columns, rows.collect())
}

fn margin_cells(name: &str, margin: &WeightingMargin, had_weights: bool) -> Vec<Cell> {
    let percent = |value: Option<f64>| {
        value.map_or_else(
            || Cell::from(words::NO_FIGURE),
            |value| Cell::from(words::fixed(value, 1, false) + " %"),
        )
    };
    let mut cells = vec![
        Cell::from(name),
        Cell::from(margin.category.as_str()),
        margin.rows.map_or_else(|| Cell::from(words::NO_FIGURE), |rows| Cell::from(words::count(rows))),
        percent(margin.sample),
    ];
    if had_weights {
        cells.push(percent(margin.before));
    }
    cells.extend([percent(margin.target), percent(margin.after)]);
    cells
}

fn scores(lookup: &Lookup, scores: &[WeightingScore]) -> Table {
    let columns = vec![
        Column::text(heading::SCORE),
        Column::number(heading::WITHOUT),
        Column::number(heading::WITH),
        Column::number(heading::DIFFERENCE),
        Column::number(heading::DESIGN_EFFECT),
    ];
    let rows = scores.iter().map(|score| {
        let decimals = if score.unit == Unit::Scale { 2 } else { 1 };
        let figure = |value: Option<f64>, signed: bool| {
            let text = value.map(|value| words::fixed(value, decimals, signed));
            Cell::from(text.unwrap_or_else(|| words::NO_FIGURE.to_owned()))
        };
        let measure = lookup.question(&score.question).map_or("", |question| question.measure.as_str());
        let is_signed = matches!(score.statistic.as_str(), "nps" | "net" | "gap");
        vec![
            Cell::Name(lookup.name(&score.question, measure, &score.statistic)),
            figure(score.unweighted, is_signed),
            figure(score.weighted, is_signed),
            figure(score.difference, true),
            optional(score.design_effect, 2),
        ]
    });
    Table::new(1, columns, rows.collect())
}
