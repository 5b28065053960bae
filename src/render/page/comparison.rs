//! Two sides against each other: one table, and what it allows to be said.

use super::context::Context;
use super::{Block, Cell, Column, Part, Table, cell};
use crate::report::words::{
    self, NumberStyle, comparison_sentences, comparison_sides, comparison_title, comparison_verdict,
    statistic_name,
};
use crate::report::{ComparisonRow, ComparisonSection, Flag, Section};

/// The part of the comparison; none where the report has none.
pub(super) fn part(context: &Context) -> Option<Part> {
    let section = context.report.sections.iter().find_map(|section| match section {
        Section::Comparison(found) => Some(found.as_ref()),
        _ => None,
    })?;
    let title = context.phrases().compare.part.to_owned();
    Some(Part { id: "comparison", title, clause: None, blocks: blocks(context, section) })
}

fn blocks(context: &Context, section: &ComparisonSection) -> Vec<Block> {
    let speech = &context.speech;
    let name = |id: &str| context.names.question(id).to_owned();
    let segment = |id: &str| context.names.segment(id).to_owned();
    let mut sentences = comparison_sides(speech, section);
    sentences.extend(comparison_sentences(speech, section, &name, &segment, true));
    let table = table(context, section);
    vec![Block::Heading(table.caption.clone()), Block::Table(table), Block::Text(sentences)]
}

fn table(context: &Context, section: &ComparisonSection) -> Table {
    let mut table = Table {
        caption: comparison_title(&context.speech, section),
        columns: columns(context),
        rows: section.rows.iter().map(|row| self::row(context, row)).collect(),
    };
    if section.rows.iter().all(|row| row.headline) {
        // The headline of a question goes without saying.
        table.columns.remove(1);
        for row in &mut table.rows {
            row.remove(1);
        }
    }
    table
}

fn columns(context: &Context) -> Vec<Column> {
    let texts = &context.phrases().compare;
    let columns = &context.phrases().columns;
    vec![
        cell::words(columns.question),
        cell::words(columns.statistic),
        cell::numbers("a"),
        cell::numbers("b"),
        cell::numbers(texts.difference),
        cell::numbers(columns.low),
        cell::numbers(columns.high),
        cell::words(columns.verdict),
        cell::numbers(texts.base_a),
        cell::numbers(texts.base_b),
        cell::numbers("p"),
        cell::numbers(columns.p_adjusted),
        cell::numbers(columns.detectable),
        cell::words(columns.method),
        cell::words(columns.note),
    ]
}

fn row(context: &Context, row: &ComparisonRow) -> Vec<Cell> {
    let speech = &context.speech;
    let difference = NumberStyle::difference(row.unit, row.low.zip(row.high));
    let detectable = NumberStyle { signed: false, ..NumberStyle::difference(row.unit, None) };
    let style = |limits| NumberStyle::figure(row.unit, &row.statistic, limits);
    let verdict = comparison_verdict(speech, row);
    vec![
        cell::name(context.names.question(&row.question).to_owned()),
        cell::text(statistic_name(speech, &context.names, &row.question, &row.statistic)),
        cell::value(context, row.a, row.flag_a, style(row.a_low.zip(row.a_high))),
        cell::value(context, row.b, row.flag_b, style(row.b_low.zip(row.b_high))),
        cell::number(context, row.difference, difference),
        cell::number(context, row.low, difference),
        cell::number(context, row.high, difference),
        verdict.map_or(Cell::Nothing(None), |verdict| {
            Cell::Verdict(verdict, cell::change_tone(row.verdict, row.better))
        }),
        cell::count(context, row.base_a),
        cell::count(context, row.base_b),
        cell::p(context, row.p),
        cell::p(context, row.p_adjusted),
        cell::number(context, row.minimum_detectable, detectable),
        cell::text(row.method.as_deref().map(words::method).unwrap_or_default()),
        cell::text(notes(context, row)),
    ]
}

/// What is to be known about either figure.
fn notes(context: &Context, row: &ComparisonRow) -> String {
    let note = |side: &str, value: Option<f64>, flag: Option<Flag>| {
        value.and(flag).map(|flag| format!("{side}: {}", context.flag(flag)))
    };
    let notes = [note("a", row.a, row.flag_a), note("b", row.b, row.flag_b)];
    let notes: Vec<String> = notes.into_iter().flatten().collect();
    notes.join(context.phrases().page.phrase_separator)
}
