//! How disputes ended, what was accepted and overturned, what was awarded and what it cost.

use super::super::context::Context;
use super::super::{Block, Cell, Table, cell};
use super::{figure, figure_columns};
use crate::report::words::{NumberStyle, dispute_code, dispute_figure, dispute_reason, fill};
use crate::report::{DisputeAmounts, DisputeAward, DisputeOutcomes, DisputesSection, RecordShare, Unit};

pub(super) fn blocks(context: &Context, section: &DisputesSection) -> Vec<Block> {
    let mut blocks = Vec::new();
    blocks.extend(section.outcomes.iter().flat_map(|outcomes| ended(context, outcomes)));
    blocks.extend(shares(context, &section.shares));
    blocks.extend(section.award.iter().flat_map(|award| awarded(context, award)));
    blocks.extend(section.cost.iter().flat_map(|cost| costs(context, cost)));
    blocks
}

fn ended(context: &Context, outcomes: &DisputeOutcomes) -> Vec<Block> {
    let texts = &context.phrases().disputes;
    let count = |number| context.speech.count(number);
    let mut said = vec![fill(
        texts.outcomes_text,
        &[("decided", &count(outcomes.decided)), ("undecided", &count(outcomes.undecided))],
    )];
    if outcomes.unknown > 0 {
        let text = context.phrases().complaints.outcome_unknown;
        said.push(fill(text, &[("count", &count(outcomes.unknown))]));
    }
    if let Some(reason) = &outcomes.reason {
        let reason = dispute_reason(&context.speech, reason);
        said.push(fill(texts.outcomes_none, &[("reason", &reason)]));
    }
    let mut columns = vec![cell::words(texts.outcome), cell::numbers(texts.cases)];
    columns.extend(figure_columns(context, context.phrases().columns.share));
    let rows = outcomes.rows.iter().map(|row| {
        let name = dispute_code(&context.speech, "outcome", &row.outcome);
        let mut cells = vec![cell::text(name), cell::count(context, Some(row.cases))];
        cells.extend(figure(context, Unit::Percent, [row.share, row.low, row.high], None));
        cells
    });
    let table = Table { caption: texts.outcomes_title.to_owned(), columns, rows: rows.collect() };
    Block::titled(table, vec![said.join(" ")])
}

/// Shares that nothing tells of are not shown.
fn shares(context: &Context, shares: &[RecordShare]) -> Vec<Block> {
    let (texts, shared) = (&context.phrases().disputes, &context.phrases().complaints);
    let known: Vec<&RecordShare> =
        shares.iter().filter(|share| share.reason.as_deref() != Some("no_column")).collect();
    if known.is_empty() {
        return Vec::new();
    }
    let columns_of = &context.phrases().columns;
    let mut columns = vec![cell::words(shared.figure)];
    columns.extend(figure_columns(context, columns_of.share));
    columns.extend([
        cell::numbers(texts.cases),
        cell::numbers(columns_of.base),
        cell::numbers(shared.unknown),
    ]);
    let is_overturned = known.iter().any(|share| share.statistic == "overturned");
    let rows = known.into_iter().map(|row| {
        let mut cells = vec![cell::text(dispute_figure(&context.speech, &row.statistic))];
        cells.extend(figure(context, Unit::Percent, [row.share, row.low, row.high], row.reason.as_deref()));
        cells.extend([row.count, row.base, row.unknown].map(|number| cell::count(context, number)));
        cells
    });
    let rows: Vec<Vec<Cell>> = rows.collect();
    let table = Table { caption: texts.shares_title.to_owned(), columns, rows };
    let mut blocks = vec![Block::Heading(texts.shares_title.to_owned()), Block::Table(table)];
    blocks.extend(is_overturned.then(|| Block::Text(vec![texts.overturned_text.to_owned()])));
    blocks
}

fn awarded(context: &Context, award: &DisputeAward) -> Vec<Block> {
    let texts = &context.phrases().disputes;
    let count = |number| context.speech.count(number);
    let sum = |sum: Option<f64>| context.speech.styled(sum.unwrap_or(0.0), NumberStyle::plain(2));
    let mut said = vec![fill(
        texts.award_text,
        &[
            ("cases", &count(award.cases)),
            ("without", &count(award.without)),
            ("awarded", &sum(award.awarded)),
            ("claimed", &sum(award.claimed)),
        ],
    )];
    if award.above_claim > 0 {
        said.push(fill(texts.award_above, &[("count", &count(award.above_claim))]));
    }
    said.extend(missing(context, award.reason.as_deref()));
    let rows = [
        (texts.award_ratio, [award.ratio, award.low, award.high]),
        (texts.award_ratio_median, [award.median, award.median_low, award.median_high]),
    ];
    let rows = rows.into_iter().filter(|(_, [value, ..])| value.is_some()).map(|(name, figures)| {
        let cells = figure(context, Unit::Percent, figures, None);
        std::iter::once(cell::text(name)).chain(cells).collect()
    });
    titled(context, texts.award_title, rows.collect(), &said)
}

fn costs(context: &Context, cost: &DisputeAmounts) -> Vec<Block> {
    let (texts, shared) = (&context.phrases().disputes, &context.phrases().complaints);
    let count = |number| context.speech.count(number);
    let mut said =
        vec![fill(texts.cost_text, &[("cases", &count(cost.cases)), ("without", &count(cost.without))])];
    if cost.negative > 0 {
        said.push(fill(shared.remedy_negative, &[("count", &count(cost.negative))]));
    }
    said.extend(missing(context, cost.reason.as_deref()));
    let lines = [
        (shared.cost_sum, [cost.sum, None, None]),
        (shared.cost_mean, [cost.mean, cost.mean_low, cost.mean_high]),
        (shared.cost_median, [cost.median, cost.median_low, cost.median_high]),
        (shared.cost_largest, [cost.largest, None, None]),
    ];
    let rows = lines.into_iter().filter(|(_, [value, ..])| value.is_some()).map(|(name, figures)| {
        let numbers = figures.map(|number| cell::number(context, number, NumberStyle::plain(2)));
        std::iter::once(cell::text(name)).chain(numbers).collect()
    });
    titled(context, texts.cost_title, rows.collect(), &said)
}

/// Why there is no mean.
fn missing(context: &Context, reason: Option<&str>) -> Option<String> {
    let reason = dispute_reason(&context.speech, reason?);
    Some(fill(context.phrases().disputes.amounts_none, &[("reason", &reason)]))
}

/// A table of figures with what is said of it; the words alone where it has no rows.
fn titled(context: &Context, title: &str, rows: Vec<Vec<Cell>>, said: &[String]) -> Vec<Block> {
    let mut columns = vec![cell::words(context.phrases().complaints.figure)];
    columns.extend(figure_columns(context, context.phrases().columns.value));
    if rows.is_empty() {
        return vec![Block::Heading(title.to_owned()), Block::Text(vec![said.join(" ")])];
    }
    Block::titled(Table { caption: title.to_owned(), columns, rows }, vec![said.join(" ")])
}
