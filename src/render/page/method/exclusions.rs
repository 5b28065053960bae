//! The scores with and without the rows that the definition leaves out.

use super::super::context::Context;
use super::super::{Block, Table, cell};
use super::account::reason;
use crate::report::words::{NumberStyle, fill, statistic_name};
use crate::report::{ExclusionRow, ExclusionsSection, Section};

/// Nothing where nothing is left out, and nothing for customers, who are told how many rows were.
pub(super) fn blocks(context: &Context) -> Vec<Block> {
    if context.for_customers() {
        return Vec::new();
    }
    let sections = context.report.sections.iter().filter_map(|section| match section {
        Section::Exclusions(exclusions) => Some(exclusions),
        _ => None,
    });
    sections.flat_map(|exclusions| section(context, exclusions)).collect()
}

fn section(context: &Context, exclusions: &ExclusionsSection) -> Vec<Block> {
    let texts = &context.phrases().account;
    let reasons: Vec<String> = exclusions
        .reasons
        .iter()
        .map(|line| {
            let count = context.speech.count(line.rows);
            let reason = line.label.clone().unwrap_or_else(|| reason(context, &line.reason));
            fill(texts.term, &[("count", &count), ("reason", &reason)])
        })
        .collect();
    let list = context.speech.list(&reasons);
    let mut blocks = vec![
        Block::Heading(texts.compared.to_owned()),
        Block::Text(vec![fill(texts.compared_text, &[("list", &list)])]),
    ];
    if !exclusions.rows.is_empty() {
        blocks.push(Block::Table(table(context, exclusions)));
    }
    blocks
}

fn table(context: &Context, exclusions: &ExclusionsSection) -> Table {
    let texts = &context.phrases().account;
    let columns = &context.phrases().columns;
    Table {
        caption: context.titled(texts.compared.to_owned(), exclusions.wave.as_ref()),
        columns: vec![
            cell::words(columns.question),
            cell::words(columns.statistic),
            cell::numbers(columns.value),
            cell::numbers(columns.base),
            cell::numbers(texts.value_all),
            cell::numbers(texts.base_all),
            cell::numbers(texts.difference),
        ],
        rows: exclusions.rows.iter().map(|row| cells(context, row)).collect(),
    }
}

fn cells(context: &Context, row: &ExclusionRow) -> Vec<super::super::Cell> {
    let style = NumberStyle::figure(row.unit, &row.statistic, None);
    vec![
        cell::text(context.names.question(&row.question)),
        cell::text(statistic_name(&context.speech, &context.names, &row.question, &row.statistic)),
        cell::value(context, row.value, None, style),
        cell::count(context, row.base),
        cell::value(context, row.value_all, row.flag, style),
        cell::count(context, row.base_all),
        cell::number(context, row.difference, NumberStyle::difference(row.unit, None)),
    ]
}
