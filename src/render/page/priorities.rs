//! What matters, and how it does: one list of what to improve, and importance against performance.

use super::super::chart::{Chart, QuadrantChart, QuadrantMark};
use super::context::Context;
use super::{Block, Cell, Figure, Table, Tone, anchor, axis, cell, plane};
use crate::report::words::{
    NumberStyle, fill, priorities_sentences, priority_sureness, quadrant_name, statistic_name,
};
use crate::report::{ChangeVerdict, PrioritiesSection, PriorityRow, Quadrant, Section, Unit};

/// A quadrant is settled where at least this share of resamples agrees.
const SETTLED: f64 = 0.8;

pub(super) fn blocks(context: &Context) -> Vec<Block> {
    let sections = context.report.sections.iter().filter_map(|section| match section {
        Section::Priorities(priorities) if !priorities.rows.is_empty() => Some(priorities),
        _ => None,
    });
    sections
        .flat_map(|priorities| {
            let mut blocks = list(context, priorities);
            // Drivers stand on a plane of their own.
            if priorities.importance_from != DERIVED {
                let texts = &context.phrases().priorities;
                blocks.push(Block::Figure(Box::new(figure(context, priorities))));
                let mut said = Vec::new();
                if priorities.alike {
                    said.push(texts.alike);
                }
                if priorities.ignores_design {
                    said.extend([context.phrases().drivers.ignores_design, texts.nothing_settled]);
                }
                said.extend([texts.settled, texts.diagonal, texts.list_beside, texts.meaning]);
                blocks.push(Block::Text(said.into_iter().map(str::to_owned).collect()));
            }
            blocks
        })
        .collect()
}

/// Importance that nobody stated.
const DERIVED: &str = "derived";

/// What to improve in order, with what the list is; nothing in reports of versions that made none.
fn list(context: &Context, priorities: &PrioritiesSection) -> Vec<Block> {
    if priorities.rows.iter().all(|row| row.rank.is_none() && row.unranked.is_none()) {
        return Vec::new();
    }
    let title = context.titled(context.phrases().priorities.list_title.to_owned(), priorities.wave.as_ref());
    let said = priorities_sentences(&context.speech, &context.names, context.report, priorities);
    if priorities.weighted_index.is_none() {
        return vec![Block::Heading(title), Block::Text(said)];
    }
    Block::titled(ranked_table(context, priorities, title), said)
}

fn ranked_table(context: &Context, priorities: &PrioritiesSection, caption: String) -> Table {
    let (texts, columns) = (&context.phrases().priorities, &context.phrases().columns);
    let one = NumberStyle::plain(1);
    let is_derived = priorities.importance_from == DERIVED;
    let rows = priorities.rows.iter().filter(|row| row.rank.is_some()).map(|row| {
        vec![
            cell::text(context.names.question(&row.question)),
            cell::count(context, row.rank),
            cell::text(priority_sureness(&context.speech, priorities, row)),
            cell::number(context, row.missing, one),
            cell::number(context, row.missing_low, one),
            cell::number(context, row.missing_high, one),
            cell::number(context, row.importance, one),
            cell::number(context, row.performance, one),
            gap(context, row),
            change(context, row),
            cell::text(small_base(context, row)),
        ]
    });
    let mut table = Table {
        caption,
        rows: rows.collect(),
        columns: vec![
            cell::words(columns.question),
            cell::numbers(context.phrases().drivers.rank),
            cell::words(texts.sure_column),
            cell::numbers(texts.missing_column),
            cell::numbers(columns.low),
            cell::numbers(columns.high),
            cell::numbers(if is_derived { texts.importance_derived } else { columns.importance }),
            cell::numbers(columns.performance),
            cell::words(columns.gap),
            cell::words(columns.change),
            cell::words(columns.note),
        ],
    };
    table.drop_empty_columns();
    table
}

/// Perception less expectation with its limits, and whether it is clearly short.
fn gap(context: &Context, row: &PriorityRow) -> Cell {
    let Some(gap) = &row.gap else { return Cell::Nothing(None) };
    let limits = gap.low.zip(gap.high);
    let style = NumberStyle::figure(Unit::Scale, "gap", limits);
    let text = with_range(context, context.speech.styled(gap.value, style), limits, style);
    if gap.short {
        return Cell::Verdict(fill(context.phrases().priorities.short, &[("gap", &text)]), Tone::Bad);
    }
    Cell::Verdict(text, Tone::Plain)
}

/// The change with its limits, and what its test says.
fn change(context: &Context, row: &PriorityRow) -> Cell {
    let Some(change) = &row.change else { return Cell::Nothing(None) };
    let texts = &context.phrases().verdicts;
    let limits = change.low.zip(change.high);
    let style = NumberStyle::difference(change.unit, limits);
    let value = context.speech.difference(change.unit, change.value, limits);
    let text = with_range(context, value, limits, style);
    let verdict = match change.verdict {
        Some(ChangeVerdict::Up) => texts.up_plain,
        Some(ChangeVerdict::Down) => texts.down_plain,
        Some(ChangeVerdict::NoClearChange) => texts.no_clear_change_plain,
        Some(ChangeVerdict::AboutEqual) => texts.about_equal_plain,
        None => texts.not_tested,
    };
    let statistic = statistic_name(&context.speech, &context.names, &row.question, &change.statistic);
    let values: [(&str, &dyn std::fmt::Display); 4] =
        [("change", &text), ("statistic", &statistic), ("against", &change.against), ("verdict", &verdict)];
    let said = fill(context.phrases().priorities.change, &values);
    Cell::Verdict(said, cell::change_tone(change.verdict, change.better))
}

fn with_range(context: &Context, value: String, limits: Option<(f64, f64)>, style: NumberStyle) -> String {
    let Some(limits) = limits else { return value };
    let range = context.speech.range(limits, style.bare());
    fill(context.phrases().findings.with_range, &[("value", &value), ("range", &range)])
}

fn small_base(context: &Context, row: &PriorityRow) -> String {
    if !row.small_base {
        return String::new();
    }
    let below = context.speech.count(context.report.survey.flag_below);
    fill(context.phrases().flags.small_base, &[("below", &below)])
}

fn is_settled(row: &PriorityRow) -> bool {
    row.quadrant_probability.is_some_and(|share| share >= SETTLED)
}

fn quadrant(context: &Context, row: &PriorityRow) -> String {
    let Some(quadrant) = row.quadrant else {
        let has_figures = row.performance.is_some() && row.importance.is_some();
        let (flags, texts) = (&context.phrases().flags, &context.phrases().priorities);
        return if has_figures { texts.not_apart } else { flags.no_figure }.to_owned();
    };
    let name = quadrant_name(&context.speech, quadrant);
    if is_settled(row) {
        return name.to_owned();
    }
    fill(context.phrases().priorities.unsettled, &[("quadrant", &name)])
}

fn figure(context: &Context, priorities: &PrioritiesSection) -> Figure {
    let texts = &context.phrases().priorities;
    let title = context.titled(texts.title.to_owned(), priorities.wave.as_ref());
    let axis = |of: fn(&PriorityRow) -> [Option<f64>; 3], line: f64, title: &str| {
        let figures = priorities.rows.iter().flat_map(of).flatten().chain([line]);
        let range = axis::window(figures, Some((0.0, 100.0))).unwrap_or((0.0, 100.0));
        axis::over(context, range, title.to_owned(), false)
    };
    let corner = |quadrant| quadrant_name(&context.speech, quadrant).to_owned();
    let weak: Vec<String> = priorities
        .rows
        .iter()
        .filter(|row| row.quadrant == Some(Quadrant::ConcentrateHere) && is_settled(row))
        .map(|row| context.speech.quoted(context.names.question(&row.question)))
        .collect();
    let list = if weak.is_empty() { texts.nothing.to_owned() } else { context.speech.list(&weak) };
    let note = match priorities.crosshair.as_str() {
        "medians" => texts.note_medians,
        "midpoint" => texts.note_midpoint,
        "target" => texts.note_target,
        _ => texts.note,
    };
    let count = context.speech.count(u64::try_from(priorities.rows.len()).unwrap_or(u64::MAX));
    Figure {
        id: anchor(&["importance-performance"]),
        description: fill(texts.description, &[("count", &count), ("list", &list)]),
        note: fill(note, &[("confidence", &context.confidence())]),
        chart: Chart::Quadrants(QuadrantChart {
            performance: axis(
                |row| [row.performance, row.performance_low, row.performance_high],
                priorities.performance_line,
                texts.performance,
            ),
            importance: axis(
                |row| [row.importance, row.importance_low, row.importance_high],
                priorities.importance_line,
                texts.importance,
            ),
            crosshair: (priorities.performance_line, priorities.importance_line),
            corners: [
                corner(Quadrant::ConcentrateHere),
                corner(Quadrant::KeepUpTheGoodWork),
                corner(Quadrant::LowPriority),
                corner(Quadrant::PossibleOverkill),
            ],
            has_diagonal: true,
            is_first_shaded: true,
            marks: priorities.rows.iter().filter_map(|row| mark(context, row)).collect(),
            legend: plane::legend(context, plane::Told::Priority),
        }),
        table: table(context, priorities, title.clone()),
        title,
    }
}

fn mark(context: &Context, row: &PriorityRow) -> Option<QuadrantMark> {
    Some(QuadrantMark {
        label: context.names.question(&row.question).to_owned(),
        performance: (row.performance?, row.performance_low.zip(row.performance_high)),
        importance: (row.importance?, row.importance_low.zip(row.importance_high)),
        settled: is_settled(row),
    })
}

fn table(context: &Context, priorities: &PrioritiesSection, caption: String) -> Table {
    let columns = &context.phrases().columns;
    let one = NumberStyle::plain(1);
    let signed = NumberStyle { signed: true, ..one };
    let rows = priorities
        .rows
        .iter()
        .map(|row| {
            vec![
                cell::text(context.names.question(&row.question)),
                cell::number(context, row.performance, one),
                cell::number(context, row.performance_low, one),
                cell::number(context, row.performance_high, one),
                cell::number(context, row.importance, one),
                cell::number(context, row.importance_low, one),
                cell::number(context, row.importance_high, one),
                cell::number(context, row.deficit, signed),
                cell::number(context, row.deficit_low, signed),
                cell::number(context, row.deficit_high, signed),
                cell::text(quadrant(context, row)),
                cell::share(context, row.quadrant_probability),
                cell::text(small_base(context, row)),
            ]
        })
        .collect();
    Table {
        caption,
        columns: vec![
            cell::words(columns.question),
            cell::numbers(columns.performance),
            cell::numbers(columns.low),
            cell::numbers(columns.high),
            cell::numbers(columns.importance),
            cell::numbers(columns.low),
            cell::numbers(columns.high),
            cell::numbers(columns.deficit),
            cell::numbers(columns.low),
            cell::numbers(columns.high),
            cell::words(columns.quadrant),
            cell::numbers(columns.quadrant_share),
            cell::words(columns.note),
        ],
        rows,
    }
}
