//! What is promised, and how that changed over time.

use super::super::context::Context;
use super::super::{Block, Cell, Table, cell};
use super::{figure, figure_columns, promise_name};
use crate::report::{PromiseRow, PromiseState, PromiseVersion, PromisesSection, Unit};

pub(super) fn blocks(context: &Context, section: &PromisesSection) -> Vec<Block> {
    // Without a register nothing is known but ids.
    if !section.counted.declared {
        return Vec::new();
    }
    [versions(context, section), register(context, section)]
        .into_iter()
        .flat_map(|table| [Block::Heading(table.caption.clone()), Block::Table(table)])
        .collect()
}

fn register(context: &Context, section: &PromisesSection) -> Table {
    let texts = &context.phrases().promises;
    let heads =
        [texts.promise, texts.text, texts.topic, texts.indicator, texts.remedy, texts.owner, texts.state];
    Table {
        caption: texts.register_title.to_owned(),
        columns: heads.map(cell::words).to_vec(),
        rows: section.promises.iter().map(|row| promise(context, row)).collect(),
    }
}

fn promise(context: &Context, row: &PromiseRow) -> Vec<Cell> {
    let texts = &context.phrases().promises;
    let optional = |text: &Option<String>| cell::text(text.clone().unwrap_or_default());
    let mut state = Vec::new();
    match row.state {
        PromiseState::Tested => {}
        PromiseState::NotJudged => state.push(texts.state_not_judged),
        PromiseState::NeverTested => state.push(texts.never_tested),
    }
    state.extend(row.no_indicator.then_some(texts.no_indicator));
    state.extend((!row.in_force).then_some(texts.not_in_force));
    vec![
        promise_name(context, Some(&row.promise)),
        optional(&row.text),
        optional(&row.topic),
        optional(&row.indicator),
        optional(&row.remedy),
        optional(&row.owner),
        cell::text(state.join(context.phrases().page.list_separator)),
    ]
}

fn versions(context: &Context, section: &PromisesSection) -> Table {
    let texts = &context.phrases().promises;
    let mut columns =
        [texts.promise, texts.version, texts.rule, texts.from, texts.to].map(cell::words).to_vec();
    columns.extend(figure_columns(context, texts.kept));
    columns.extend([cell::numbers(texts.events), cell::numbers(texts.judged), cell::words(texts.text)]);
    Table {
        caption: texts.versions_title.to_owned(),
        columns,
        rows: section.versions.iter().map(|row| version(context, row)).collect(),
    }
}

fn version(context: &Context, row: &PromiseVersion) -> Vec<Cell> {
    let figures = &row.figures;
    let optional = |text: &Option<String>| cell::text(text.clone().unwrap_or_default());
    let rule = row.operator.as_ref().zip(row.target).map_or_else(String::new, |(operator, target)| {
        let unit = row.unit.as_ref().map_or_else(String::new, |unit| format!(" {unit}"));
        format!("{operator} {}{unit}", context.speech.plain(target, 6, false))
    });
    let mut cells = vec![
        promise_name(context, Some(&row.promise)),
        optional(&row.version),
        cell::text(rule),
        optional(&row.from),
        optional(&row.to),
    ];
    let share = [figures.kept_share, figures.low, figures.high];
    cells.extend(figure(context, Unit::Percent, share, figures.reason.as_deref()));
    cells.extend([cell::count(context, figures.events), cell::count(context, figures.judged)]);
    cells.push(optional(&row.text));
    cells
}
