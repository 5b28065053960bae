//! The share of events that kept each promise, with target and verdict; and what customers say.

use super::super::context::Context;
use super::super::{Block, Cell, Table, cell};
use super::{figure, figure_columns, promise_name};
use crate::report::words::{NumberStyle, promise_figure, statistic_name};
use crate::report::{PromiseAnswer, PromiseFigures, PromiseRow, PromisesSection, Unit};

pub(super) fn blocks(context: &Context, section: &PromisesSection) -> Vec<Block> {
    let texts = &context.phrases().promises;
    let columns = &context.phrases().columns;
    let mut heads = vec![cell::words(texts.promise)];
    heads.extend(figure_columns(context, texts.kept));
    heads.extend([
        cell::numbers(texts.events),
        cell::numbers(texts.judged),
        cell::numbers(columns.target),
        cell::words(columns.verdict),
        cell::words(columns.note),
    ]);
    let all = (section.promises.len() != 1).then(|| row(context, None, &section.total));
    let each = section.promises.iter().map(|promise| row(context, Some(promise), &promise.figures));
    let table = Table {
        caption: texts.key_title.to_owned(),
        columns: heads,
        rows: all.into_iter().chain(each).collect(),
    };
    vec![Block::Heading(table.caption.clone()), Block::Table(table)]
}

fn row(context: &Context, promise: Option<&PromiseRow>, figures: &PromiseFigures) -> Vec<Cell> {
    let texts = &context.phrases().promises;
    let mut notes = Vec::new();
    if let Some(promise) = promise {
        notes.extend(promise.no_indicator.then(|| texts.no_indicator.to_owned()));
        notes.extend((!promise.in_force).then(|| texts.not_in_force.to_owned()));
    }
    notes.extend(figures.kept_share.and(figures.flag).map(|flag| context.flag(flag)));
    let mut cells = vec![promise_name(context, promise.map(|promise| promise.promise.as_str()))];
    let share = [figures.kept_share, figures.low, figures.high];
    cells.extend(figure(context, Unit::Percent, share, figures.reason.as_deref()));
    cells.extend([
        cell::count(context, figures.events),
        cell::count(context, figures.judged),
        cell::number(context, figures.target, NumberStyle::figure(Unit::Percent, "", None).bare()),
        cell::target(context, figures.target_verdict),
        cell::text(notes.join(context.phrases().page.list_separator)),
    ]);
    cells
}

/// What customers say of the promises; nothing where nobody was asked.
pub(super) fn answers(context: &Context, section: &PromisesSection) -> Vec<Block> {
    let texts = &context.phrases().promises;
    let columns = &context.phrases().columns;
    if section.answers.is_empty() {
        return Vec::new();
    }
    let mut heads =
        vec![cell::words(texts.what), cell::words(columns.question), cell::words(columns.statistic)];
    heads.extend(figure_columns(context, columns.value));
    heads.extend([cell::numbers(columns.base), cell::words(columns.wave)]);
    let rows = section.answers.iter().map(|answer| said(context, answer)).collect();
    let table = Table { caption: texts.answers_title.to_owned(), columns: heads, rows };
    vec![Block::Heading(table.caption.clone()), Block::Table(table)]
}

fn said(context: &Context, answer: &PromiseAnswer) -> Vec<Cell> {
    let mut cells = vec![
        cell::text(promise_figure(&context.speech, super::QUESTION, &answer.statistic)),
        cell::name(answer.text.clone()),
        cell::text(statistic_name(&context.speech, &context.names, &answer.question, &answer.of)),
    ];
    let style = NumberStyle::figure(answer.unit, &answer.of, answer.low.zip(answer.high));
    cells.extend([
        cell::number(context, answer.value, style),
        cell::number(context, answer.low, style.bare()),
        cell::number(context, answer.high, style.bare()),
        cell::count(context, answer.base),
        cell::text(answer.wave.clone().unwrap_or_default()),
    ]);
    cells
}
