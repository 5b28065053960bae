//! Complaints: what was counted, key figures, periods, deadlines, times, kinds, decisions, satisfaction, charts, and
//! what is odd in the records.
//!
//! A figure that does not exist is missing with its reason, and few complaints are never read as satisfaction.

pub(super) mod charts;
mod deadlines;
mod key_figures;
mod kinds;
mod outcomes;
mod periods;
pub(super) mod records;
#[cfg(test)]
pub(in crate::render) mod sample;
mod satisfaction;
mod severity_map;
mod survey;
#[cfg(test)]
mod tests;
mod times;

use indexmap::IndexMap;

use super::context::Context;
use super::{Block, Cell, Column, cell};
use crate::report::words::{NumberStyle, complaint_reason, complaint_step, complaints_account};
use crate::report::{ComplaintsSection, Section, Unit};

/// The question that estimates of complaints are of.
const QUESTION: &str = "complaints";

/// Nothing where there is no section; customers get none.
pub(super) fn blocks(context: &Context) -> Vec<Block> {
    let Some(section) = section(context) else { return Vec::new() };
    let mut blocks = vec![Block::Text(complaints_account(&context.speech, section))];
    blocks.extend(key_figures::blocks(context, section));
    blocks.extend(periods::blocks(context, section));
    blocks.extend(charts::blocks(context, section));
    blocks.extend(deadlines::blocks(context, section));
    blocks.extend(times::blocks(context, section));
    blocks.extend(kinds::blocks(context, section));
    blocks.extend(severity_map::blocks(context, section));
    blocks.extend(outcomes::blocks(context, section));
    blocks.extend(satisfaction::blocks(context, section));
    blocks.extend(survey::blocks(context, section));
    // Whoever decides by the figures is not who mends the records.
    if !context.for_board() {
        blocks.extend(records::blocks(context, section));
    }
    blocks
}

/// The section, where there is one and the page may show it.
pub(super) fn section<'a>(context: &Context<'a>) -> Option<&'a ComplaintsSection> {
    if context.for_customers() {
        return None;
    }
    context.report.sections.iter().find_map(|section| match section {
        Section::Complaints(section) => Some(section.as_ref()),
        _ => None,
    })
}

/// What a row is of, in one cell, so that rows are told apart where a table is laid out in pieces: `Closed, Region: North`.
fn row_name(
    context: &Context,
    step: &str,
    segment: &IndexMap<String, String>,
    period: Option<&str>,
) -> String {
    let separator = context.phrases().page.list_separator;
    let step = complaint_step(&context.speech, step).to_owned();
    let values = segment.iter().map(|(id, value)| format!("{}: {value}", context.names.segment(id)));
    let pieces: Vec<String> = std::iter::once(step).chain(values).chain(period.map(str::to_owned)).collect();
    pieces.join(separator)
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
            (None, Some(code)) => Cell::Nothing(Some(complaint_reason(&context.speech, code).to_owned())),
            _ => cell::number(context, value, style),
        },
        cell::number(context, low, style.bare()),
        cell::number(context, high, style.bare()),
    ]
}
