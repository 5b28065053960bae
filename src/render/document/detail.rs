//! Every statistic of every question with its standard error, bases and method: `--explain`.

use super::lookup::{Lookup, any_small, base, optional};
use super::{Block, Cell, Column, Table};
use crate::report::Estimate;
use crate::report::words::{self, heading};

/// One table a question.
pub(super) fn blocks(lookup: &Lookup) -> Vec<Block> {
    let mut blocks = Vec::new();
    for question in &lookup.report.survey.questions {
        let figures: Vec<&Estimate> = lookup
            .report
            .estimates
            .iter()
            .filter(|estimate| estimate.segment.is_empty() && estimate.question == question.id)
            .collect();
        if figures.is_empty() {
            continue;
        }
        blocks.push(Block::Heading(lookup.wording(&question.id).to_owned()));
        if !question.definition.is_empty() {
            blocks.push(Block::Sentences(vec![definition(&question.id, &question.definition)]));
        }
        blocks.push(Block::Table(table(lookup, &figures)));
    }
    blocks
}

fn definition(id: &str, words: &str) -> String {
    format!("{id}: {words}")
}

fn table(lookup: &Lookup, figures: &[&Estimate]) -> Table {
    let with_wave = figures.iter().any(|estimate| estimate.wave != lookup.report.waves.wave);
    let mark = any_small(figures.iter().copied());
    let mut columns = vec![Column::text(heading::STATISTIC)];
    if with_wave {
        columns.push(Column::text(heading::WAVE));
    }
    let keys = columns.len();
    columns.extend([
        Column::number(heading::VALUE),
        Column::interval(lookup.report.survey.confidence),
        Column::number(heading::BASE),
        Column::number(heading::STANDARD_ERROR),
        Column::number(heading::WEIGHTED_BASE),
        Column::number(heading::EFFECTIVE_BASE),
        Column::number(heading::KISH_BASE),
        Column::number(heading::DESIGN_EFFECT),
        Column::text(heading::METHOD),
    ]);
    let rows = figures.iter().map(|estimate| row(lookup, estimate, with_wave, mark)).collect();
    without_empty_columns(Table::new(keys, columns, rows))
}

fn row(lookup: &Lookup, estimate: &Estimate, with_wave: bool, mark: bool) -> Vec<Cell> {
    let text = words::figure(estimate);
    let name = if estimate.statistic.starts_with("share:") {
        lookup.option_label(estimate)
    } else {
        words::statistic(&estimate.statistic)
    };
    let mut row: Vec<Cell> = vec![name.into()];
    if with_wave {
        row.push(Cell::from(estimate.wave.as_deref().unwrap_or(words::ALL_WAVES)));
    }
    // Without weights the sum of weights is the base again.
    let weighted = lookup.report.survey.weight.as_ref().and(estimate.base_weighted);
    row.extend([
        Cell::from(text.value),
        Lookup::interval(estimate, None),
        base(estimate, mark),
        Cell::from(text.se.unwrap_or_default()),
        optional(weighted, 1),
        optional(estimate.base_effective, 1),
        optional(estimate.base_kish, 1),
        optional(estimate.design_effect_kish, 2),
        Cell::from(estimate.method.as_deref().map(words::method).unwrap_or_default()),
    ]);
    row
}

/// Columns that have nothing to say, such as Kish's without weights, are left out.
fn without_empty_columns(table: Table) -> Table {
    let keep: Vec<bool> = (0..table.columns.len())
        .map(|column| {
            column < table.keys || table.rows.iter().any(|row| row.get(column).is_some_and(|c| !c.is_empty()))
        })
        .collect();
    let kept = |index: &usize| keep.get(*index).copied().unwrap_or(false);
    Table::new(
        table.keys,
        table.columns.into_iter().enumerate().filter(|(at, _)| kept(at)).map(|(_, c)| c).collect(),
        table
            .rows
            .into_iter()
            .map(|row| row.into_iter().enumerate().filter(|(at, _)| kept(at)).map(|(_, c)| c).collect())
            .collect(),
    )
}
