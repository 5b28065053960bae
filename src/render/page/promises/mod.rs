//! Promises: what was counted, what was kept, how far breaches go, what was made good, complaints, versions, groups,
//! periods, what customers say, what is promised, and what is odd in the records.
//!
//! A figure that does not exist is missing with its reason: a promise without events was never tested.

mod cells;
mod consequences;
mod kept;
mod register;

use super::complaints::{charts, records};
use super::context::Context;
use super::{Block, Cell, Column, cell};
use crate::report::words::{NumberStyle, promise_code, promise_figure, promise_reason, promises_account};
use crate::report::{PromisesSection, Section, Unit};

/// The question that estimates of all promises are of.
const QUESTION: &str = "promises";

/// Nothing where there is no section; customers get none.
pub(super) fn blocks(context: &Context) -> Vec<Block> {
    let Some(section) = section(context) else { return Vec::new() };
    let mut blocks = vec![Block::Text(promises_account(&context.speech, section))];
    blocks.extend(kept::blocks(context, section));
    for chart in &section.charts {
        let question = question(chart.promise.as_deref());
        let name = promise_figure(&context.speech, &question, &chart.chart.statistic);
        blocks.extend(charts::chart_blocks(context, &question, &name, &chart.chart));
    }
    blocks.extend(consequences::blocks(context, section));
    blocks.extend(cells::blocks(context, section));
    blocks.extend(kept::answers(context, section));
    blocks.extend(register::blocks(context, section));
    // Whoever decides by the figures is not who mends the records.
    if !context.for_board() {
        let tables = [
            records::faults(context, &section.faults, promise_code),
            records::joined(context, &section.joined, promise_code),
            records::columns(context, &section.columns, promise_code),
        ];
        for table in tables.into_iter().filter(|table| !table.rows.is_empty()) {
            blocks.extend([Block::Heading(table.caption.clone()), Block::Table(table)]);
        }
    }
    blocks
}

/// The section, where there is one and the page may show it.
pub(super) fn section<'a>(context: &Context<'a>) -> Option<&'a PromisesSection> {
    if context.for_customers() {
        return None;
    }
    context.report.sections.iter().find_map(|section| match section {
        Section::Promises(section) => Some(section.as_ref()),
        _ => None,
    })
}

/// The question that estimates of a promise are of; of all where there is none.
fn question(promise: Option<&str>) -> String {
    promise.map_or_else(|| QUESTION.to_owned(), |id| format!("{QUESTION}.{id}"))
}

/// What a row is of: the id of a promise, or all of them.
fn promise_name(context: &Context, promise: Option<&str>) -> Cell {
    cell::name(promise.unwrap_or(context.phrases().promises.all_promises).to_owned())
}

/// A column of figures and its limits.
fn figure_columns(context: &Context, header: &str) -> Vec<Column> {
    let mut columns = vec![cell::numbers(header)];
    columns.extend(cell::limits(context));
    columns
}

/// A figure with its limits; where there is none, the reason.
fn figure(
    context: &Context,
    unit: Unit,
    [value, low, high]: [Option<f64>; 3],
    reason: Option<&str>,
) -> Vec<Cell> {
    let style = NumberStyle::figure(unit, "", low.zip(high));
    vec![
        match (value, reason) {
            (None, Some(code)) => Cell::Nothing(Some(promise_reason(&context.speech, code).to_owned())),
            _ => cell::number(context, value, style),
        },
        cell::number(context, low, style.bare()),
        cell::number(context, high, style.bare()),
    ]
}
