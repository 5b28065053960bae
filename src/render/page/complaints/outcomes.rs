//! What was decided, how often complaints come back, and what remedies cost.

use super::super::context::Context;
use super::super::{Block, Cell, Table, cell};
use super::{figure, figure_columns};
use crate::report::words::{NumberStyle, complaint_code, complaint_figure, fill};
use crate::report::{ComplaintOutcomes, ComplaintRemedy, ComplaintsSection, RecordShare, Unit};

pub(super) fn blocks(context: &Context, section: &ComplaintsSection) -> Vec<Block> {
    let mut blocks = Vec::new();
    blocks.extend(section.outcomes.iter().flat_map(|outcomes| decided(context, outcomes)));
    blocks.extend(shares(context, &section.shares));
    blocks.extend(section.remedy.iter().flat_map(|remedy| costs(context, remedy)));
    blocks
}

fn decided(context: &Context, outcomes: &ComplaintOutcomes) -> Vec<Block> {
    let texts = &context.phrases().complaints;
    let count = |number| context.speech.count(number);
    let mut said = fill(
        texts.decided_text,
        &[("decided", &count(outcomes.decided)), ("undecided", &count(outcomes.undecided))],
    );
    if outcomes.unknown > 0 {
        said = format!("{said} {}", fill(texts.outcome_unknown, &[("count", &count(outcomes.unknown))]));
    }
    let mut columns = vec![cell::words(texts.outcome), cell::numbers(texts.cases)];
    columns.extend(figure_columns(context, context.phrases().columns.share));
    let rows = outcomes.rows.iter().map(|row| {
        let name = complaint_code(&context.speech, "outcome", &row.outcome);
        let mut cells = vec![cell::text(name), cell::count(context, Some(row.cases))];
        cells.extend(figure(context, Unit::Percent, [row.share, row.low, row.high], None));
        cells
    });
    let table = Table { caption: texts.outcomes_title.to_owned(), columns, rows: rows.collect() };
    Block::titled(table, vec![said])
}

/// Shares that nothing tells of are not shown; hidden ones are, with their reason.
fn shares(context: &Context, shares: &[RecordShare]) -> Vec<Block> {
    let texts = &context.phrases().complaints;
    let known: Vec<&RecordShare> =
        shares.iter().filter(|share| share.reason.as_deref() != Some("no_column")).collect();
    if known.is_empty() {
        return Vec::new();
    }
    let columns_of = &context.phrases().columns;
    let mut columns = vec![cell::words(texts.figure)];
    columns.extend(figure_columns(context, columns_of.share));
    columns.extend([
        cell::numbers(texts.cases),
        cell::numbers(columns_of.base),
        cell::numbers(texts.unknown),
    ]);
    let rows = known.into_iter().map(|row| {
        let mut cells = vec![cell::text(complaint_figure(&context.speech, &row.statistic))];
        cells.extend(figure(context, Unit::Percent, [row.share, row.low, row.high], row.reason.as_deref()));
        cells.extend([row.count, row.base, row.unknown].map(|number| cell::count(context, number)));
        cells
    });
    let rows: Vec<Vec<Cell>> = rows.collect();
    let table = Table { caption: texts.shares_title.to_owned(), columns, rows };
    vec![Block::Heading(texts.shares_title.to_owned()), Block::Table(table)]
}

fn costs(context: &Context, remedy: &ComplaintRemedy) -> Vec<Block> {
    let texts = &context.phrases().complaints;
    let count = |number| context.speech.count(number);
    let mut said = vec![fill(
        texts.remedy_text,
        &[
            ("cases", &count(remedy.cases)),
            ("paid", &count(remedy.paid)),
            ("without", &count(remedy.without)),
        ],
    )];
    if remedy.negative > 0 {
        said.push(fill(texts.remedy_negative, &[("count", &count(remedy.negative))]));
    }
    let mut columns = vec![cell::words(texts.figure)];
    columns.extend(figure_columns(context, context.phrases().columns.value));
    let lines = [
        (texts.cost_sum, [remedy.sum, None, None]),
        (texts.cost_mean, [remedy.mean, remedy.mean_low, remedy.mean_high]),
        (texts.cost_median, [remedy.median, remedy.median_low, remedy.median_high]),
        (texts.cost_largest, [remedy.largest, None, None]),
    ];
    let rows = lines.into_iter().filter(|(_, [value, ..])| value.is_some()).map(|(name, figures)| {
        let numbers = figures.map(|number| cell::number(context, number, NumberStyle::plain(2)));
        std::iter::once(cell::text(name)).chain(numbers).collect()
    });
    let table = Table { caption: texts.remedy_title.to_owned(), columns, rows: rows.collect() };
    if table.rows.is_empty() {
        return vec![Block::Heading(table.caption), Block::Text(vec![said.join(" ")])];
    }
    Block::titled(table, vec![said.join(" ")])
}
