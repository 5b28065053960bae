//! Complaints: what was counted, key figures, periods, deadlines, times, kinds, decisions, satisfaction, charts, and
//! what is odd in the records.
//!
//! A figure that does not exist is missing with its reason, and few complaints are never read as satisfaction.

pub(super) mod charts;
pub(super) mod deadlines;
pub(super) mod key_figures;
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
pub(super) mod times;

use indexmap::IndexMap;

use super::context::Context;
use super::{Block, Cell, Column, cell};
use crate::report::words::{
    NumberStyle, Speech, complaint_code, complaint_figure, complaint_reason, complaint_step,
    complaints_account, fill,
};
use crate::report::{ComplaintsSection, Section, Unit};

/// The question that estimates of complaints are of.
const QUESTION: &str = "complaints";

/// What views of records of one kind call things.
#[derive(Clone, Copy)]
pub(super) struct RecordWords {
    /// The question that their estimates are of.
    pub(super) question: &'static str,
    /// The records: `Complaints`.
    pub(super) cases: &'static str,
    /// What stands above times, and above what was done in time, by period.
    pub(super) by_period: (&'static str, &'static str),
    /// What an axis of numbers of them shows.
    pub(super) count_axis: &'static str,
    /// The name of a figure.
    pub(super) figure: fn(&Speech, &str) -> String,
    /// A code of a kind in words.
    pub(super) code: fn(&Speech, &str, &str) -> String,
    /// Why there is no figure.
    pub(super) reason: fn(&Speech, &str) -> &'static str,
}

/// What complaints call things.
fn words(context: &Context) -> RecordWords {
    let texts = &context.phrases().complaints;
    RecordWords {
        question: QUESTION,
        cases: texts.cases,
        by_period: (texts.times_periods, texts.deadlines_periods),
        count_axis: texts.frequency_axis,
        figure: complaint_figure,
        code: complaint_code,
        reason: complaint_reason,
    }
}

/// Nothing where there is no section; customers get none.
pub(super) fn blocks(context: &Context) -> Vec<Block> {
    let Some(section) = section(context) else { return Vec::new() };
    let mut blocks = vec![Block::Text(complaints_account(&context.speech, section))];
    let words = words(context);
    blocks.extend(key_figures::blocks(context, words));
    if section.volume.reason.as_deref() == Some("no_transactions") {
        blocks.push(Block::Text(vec![context.phrases().complaints.no_rate.to_owned()]));
    }
    blocks.extend(periods::blocks(context, section));
    blocks.extend(charts::blocks(context, words, &section.charts));
    blocks.extend(deadlines::blocks(context, words, &section.deadlines, section.clock.as_ref()));
    let meaning = fill(context.phrases().complaints.times_meaning, &[("date", &section.as_of)]);
    blocks.extend(times::blocks(context, words, (&section.times, &section.time_tests), &meaning));
    blocks.extend(kinds::blocks(context, section));
    blocks.extend(severity_map::blocks(context, section));
    blocks.extend(outcomes::blocks(context, section));
    blocks.extend(satisfaction::blocks(context, section));
    blocks.extend(survey::blocks(context, section));
    // Whoever decides by the figures is not who mends the records.
    if !context.for_board() {
        blocks.extend(records::blocks(context, words, &records::Reading::of(context, section)));
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
pub(super) fn figure_columns(context: &Context, header: &str) -> Vec<Column> {
    let mut columns = vec![cell::numbers(header)];
    columns.extend(cell::limits(context));
    columns
}

/// A figure with its limits; where there is none, the reason.
fn figure(context: &Context, unit: Unit, figures: [Option<f64>; 3], reason: Option<&str>) -> Vec<Cell> {
    let reason = reason.map(|code| complaint_reason(&context.speech, code));
    figure_or(context, unit, figures, reason)
}

/// A figure with its limits; where there is none, the reason in words.
pub(super) fn figure_or(
    context: &Context,
    unit: Unit,
    [value, low, high]: [Option<f64>; 3],
    reason: Option<&str>,
) -> Vec<Cell> {
    let style = NumberStyle::figure(unit, "", low.zip(high));
    vec![
        match (value, reason) {
            (None, Some(reason)) => Cell::Nothing(Some(reason.to_owned())),
            _ => cell::number(context, value, style),
        },
        cell::number(context, low, style.bare()),
        cell::number(context, high, style.bare()),
    ]
}
