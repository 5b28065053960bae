//! The figures of all records together, with interval, base, target and verdict.

use super::super::context::Context;
use super::super::{Block, Table, cell};
use super::{RecordWords, figure_columns};
use crate::report::Estimate;
use crate::report::words::NumberStyle;

pub(in super::super) fn blocks(context: &Context, words: RecordWords) -> Vec<Block> {
    let texts = &context.phrases().complaints;
    let columns = &context.phrases().columns;
    let is_told = |estimate: &&Estimate| {
        estimate.question == words.question
            && estimate.segment.is_empty()
            && estimate.wave.is_none()
            // Why other figures do not exist is said where they would stand.
            && (estimate.value.is_some() || estimate.target.is_some())
    };
    let rows: Vec<_> =
        context.report.estimates.iter().filter(is_told).map(|row| cells(context, words, row)).collect();
    let mut blocks = Vec::new();
    if !rows.is_empty() {
        let mut heads = vec![cell::words(texts.figure)];
        heads.extend(figure_columns(context, columns.value));
        heads.extend([
            cell::numbers(columns.base),
            cell::numbers(columns.target),
            cell::words(columns.verdict),
            cell::words(columns.note),
        ]);
        let table = Table { caption: texts.key_title.to_owned(), columns: heads, rows };
        blocks.extend(Block::titled(table, Vec::new()));
        blocks.retain(|block| *block != Block::Text(Vec::new()));
    }
    blocks
}

fn cells(context: &Context, words: RecordWords, estimate: &Estimate) -> Vec<super::Cell> {
    let style = NumberStyle::figure(estimate.unit, &estimate.statistic, estimate.low.zip(estimate.high));
    let note = estimate.value.and(estimate.flag).map_or_else(String::new, |flag| context.flag(flag));
    vec![
        cell::text((words.figure)(&context.speech, &estimate.statistic)),
        cell::value(context, estimate.value, estimate.flag, style),
        cell::number(context, estimate.low, style.bare()),
        cell::number(context, estimate.high, style.bare()),
        cell::count(context, estimate.base),
        cell::number(context, estimate.target, style.bare()),
        cell::target(context, estimate.target_verdict),
        cell::text(note),
    ]
}
