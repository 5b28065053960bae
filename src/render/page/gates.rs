//! Targets and limits that were judged: what is missed first, then each with its figure, and how often chance does it.

use super::context::Context;
use super::glance::carded;
use super::{Block, Cell, Table, Tone, cell};
use crate::report::words::{NumberStyle, fill, gate_style, statistic_name, translated};
use crate::report::{GateComparison, GateOutcome, GateRow, GatesSection, Section};

/// More decimals than this are never written.
const MOST_DECIMALS: usize = 6;

/// Nothing where there is none, where the cards say it all, and for customers: limits are internal.
pub(super) fn blocks(context: &Context) -> Vec<Block> {
    let section = context.report.sections.iter().find_map(|section| match section {
        Section::Gates(section) => Some(section),
        _ => None,
    });
    let Some(section) = section.filter(|_| !context.for_customers()) else { return Vec::new() };
    let (cards, _) = carded(context);
    let on_card =
        |row: &GateRow| row.is_target() && cards.iter().any(|estimate| estimate.question == row.question);
    if section.rows.iter().all(on_card) {
        return Vec::new();
    }
    let mut blocks = Block::titled(table(context, section), verdicts(context, section));
    blocks.push(Block::Text(chances(context, section)));
    blocks
}

/// How many were judged, which are missed, and for which it cannot be told.
fn verdicts(context: &Context, section: &GatesSection) -> Vec<String> {
    let texts = &context.phrases().gates;
    let list = |wanted: &dyn Fn(GateOutcome) -> bool| {
        let rows = section.rows.iter().filter(|row| wanted(row.outcome));
        let names: Vec<String> = rows.map(|row| short(context, row)).collect();
        context.speech.list(&names)
    };
    let count = context.speech.count(u64::try_from(section.rows.len()).unwrap_or(u64::MAX));
    let missed = list(&|outcome| outcome == GateOutcome::Failed);
    let text = if missed.is_empty() { texts.none_missed } else { texts.some_missed };
    let mut sentences = vec![fill(text, &[("count", &count), ("list", &missed)])];
    let open = list(&|outcome| !matches!(outcome, GateOutcome::Failed | GateOutcome::Passed));
    if !open.is_empty() {
        sentences.push(fill(texts.undecided, &[("list", &open)]));
    }
    sentences
}

fn table(context: &Context, section: &GatesSection) -> Table {
    let texts = &context.phrases().gates;
    let columns = &context.phrases().columns;
    let mut table = Table {
        caption: texts.title.to_owned(),
        columns: vec![
            cell::words(texts.subject),
            cell::words(columns.verdict),
            cell::numbers(columns.value),
            cell::numbers(columns.low),
            cell::numbers(columns.high),
            cell::numbers(columns.base),
            cell::words(texts.limit),
            cell::numbers(texts.by_chance),
        ],
        rows: Vec::new(),
    };
    let with_reasons = section.rows.iter().any(|row| row.reason.is_some());
    if with_reasons {
        table.columns.push(cell::words(columns.note));
    }
    for row in &section.rows {
        let style = gate_style(row);
        let (value, limits) = if row.is_change() {
            (row.found, row.change_low.zip(row.change_high))
        } else {
            (row.value, row.low.zip(row.high))
        };
        let mut cells = vec![
            cell::text(subject(context, row)),
            verdict(context, row.outcome),
            cell::number(context, value, style),
            cell::number(context, limits.map(|limits| limits.0), style.bare()),
            cell::number(context, limits.map(|limits| limits.1), style.bare()),
            cell::count(context, row.base),
            cell::text(limit(context, row)),
            by_chance(context, row),
        ];
        if with_reasons {
            let reason = row.reason_note().map(|reason| translated(&context.speech, &reason));
            cells.push(cell::text(reason.unwrap_or_default()));
        }
        table.rows.push(cells);
    }
    table
}

/// A gate within a sentence: the name that the definition gives it, else what it is about with its limit.
fn short(context: &Context, row: &GateRow) -> String {
    let question = context.speech.quoted(context.names.question(&row.question));
    let mut apart = apart(context, row);
    apart.push(limit(context, row));
    let about = format!("{question} ({})", apart.join(context.phrases().page.list_separator));
    row.name.clone().unwrap_or(about)
}

/// What a gate is about besides the question: a statistic that is no headline, a group, a wave that is not the
/// report's.
fn apart(context: &Context, row: &GateRow) -> Vec<String> {
    let headline = context.names.summary(&row.question).and_then(|question| question.headline.as_deref());
    let mut apart: Vec<String> = Vec::new();
    if headline.is_some_and(|headline| headline != row.statistic) {
        apart.push(statistic_name(&context.speech, &context.names, &row.question, &row.statistic));
    }
    apart.extend(row.segment.iter().map(|(segment, value)| {
        fill(context.phrases().page.about, &[("segment", &context.names.segment(segment)), ("value", value)])
    }));
    apart.extend(row.wave.clone().filter(|wave| context.report.waves.wave.as_ref() != Some(wave)));
    apart
}

/// What is looked at: the question, for whom, whether its change, and the name that the definition gives it.
fn subject(context: &Context, row: &GateRow) -> String {
    let texts = &context.phrases().gates;
    let mut subject = context.names.question(&row.question).to_owned();
    let apart = apart(context, row);
    if !apart.is_empty() {
        subject = format!("{subject} ({})", apart.join(context.phrases().page.list_separator));
    }
    if row.is_change() {
        subject = match &row.against {
            Some(against) => fill(texts.of_change_since, &[("subject", &subject), ("against", against)]),
            None => fill(texts.of_change, &[("subject", &subject)]),
        };
    }
    match &row.name {
        Some(name) => fill(texts.named, &[("name", name), ("subject", &subject)]),
        None => subject,
    }
}

fn verdict(context: &Context, outcome: GateOutcome) -> Cell {
    let texts = &context.phrases().gates;
    let (text, tone) = match outcome {
        GateOutcome::Passed => (texts.kept, Tone::Good),
        GateOutcome::Failed => (texts.missed, Tone::Bad),
        GateOutcome::CannotTell => (context.phrases().verdicts.cannot_tell, Tone::Plain),
        GateOutcome::SmallBase => (texts.small_base, Tone::Plain),
        GateOutcome::NoFigure => (context.phrases().flags.no_figure, Tone::Plain),
    };
    Cell::Verdict(text.to_owned(), tone)
}

/// The limit in words: `Target 80`, `missed if the lower limit of the interval < 20`, `drop of at most 5`.
fn limit(context: &Context, row: &GateRow) -> String {
    let texts = &context.phrases().gates;
    let limit = context.speech.plain(row.limit, MOST_DECIMALS, false);
    let Some(comparison) = row.comparison else {
        return if row.is_change() {
            fill(texts.drop, &[("limit", &limit)])
        } else {
            fill(context.phrases().verdicts.target_line, &[("target", &limit)])
        };
    };
    let what = match row.of.as_str() {
        "low" => texts.the_low,
        "high" => texts.the_high,
        "base" => texts.the_base,
        "change" => texts.the_change,
        _ => texts.the_value,
    };
    let sign = match comparison {
        GateComparison::Below => "<",
        GateComparison::AtMost => "≤",
        GateComparison::Above => ">",
        GateComparison::AtLeast => "≥",
    };
    fill(texts.missed_if, &[("what", &what), ("sign", &sign), ("limit", &limit)])
}

fn by_chance(context: &Context, row: &GateRow) -> Cell {
    let percent = row.error_rate.map(|rate| rate * 100.0);
    let tenths = percent.is_some_and(|percent| (percent - percent.round()).abs() > 1e-9);
    cell::number(context, percent, NumberStyle { decimals: usize::from(tenths), ..NumberStyle::percent() })
}

/// What the column of chances means, and what of it applies.
fn chances(context: &Context, section: &GatesSection) -> Vec<String> {
    let texts = &context.phrases().gates;
    let rates: Vec<f64> = section.rows.iter().filter_map(|row| row.error_rate).collect();
    if rates.is_empty() {
        return Vec::new();
    }
    let mut sentences = vec![match section.error_rate_any {
        Some(any) => {
            let (rate, any) = (context.speech.confidence(section.error_rate), context.speech.confidence(any));
            fill(texts.chance, &[("rate", &rate), ("any", &any)])
        }
        None => texts.chance_plain.to_owned(),
    }];
    let has = |least: f64, most: f64| rates.iter().any(|rate| *rate > least && *rate < most);
    sentences.extend(has(0.4, 0.6).then(|| texts.even.to_owned()));
    sentences.extend(has(0.6, 1.0).then(|| texts.proof.to_owned()));
    sentences
}
