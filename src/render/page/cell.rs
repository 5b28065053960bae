//! Cells and columns that several tables share.

use super::context::Context;
use super::{Cell, Column, JoinedLimits, Table, Tone};
use crate::report::words::{NumberStyle, SMALL_BASE_MARK, fill, is_good, shortened, target_word};
use crate::report::{Better, ChangeVerdict, Estimate, Flag, TargetVerdict};

/// A column of words.
pub(super) fn words(header: &str) -> Column {
    Column { header: header.to_owned(), numeric: false, joined: None }
}

/// A column of numbers.
pub(super) fn numbers(header: &str) -> Column {
    Column { header: header.to_owned(), numeric: true, joined: None }
}

/// Two columns of limits, which a page writes in one.
pub(super) fn limits(context: &Context) -> [Column; 2] {
    let (columns, views) = (&context.phrases().columns, &context.phrases().views);
    let header = fill(views.interval, &[("confidence", &context.confidence())]);
    let joined = JoinedLimits { header, text: context.phrases().units.range, done: false };
    [Column { joined: Some(joined), ..numbers(columns.low) }, numbers(columns.high)]
}

/// A base, marked where it is small.
pub(super) fn base(context: &Context, base: Option<u64>, is_small: bool) -> Cell {
    match count(context, base) {
        Cell::Number { value, decimals, percent, signed, text } if is_small => {
            Cell::Number { value, decimals, percent, signed, text: text + SMALL_BASE_MARK }
        }
        cell => cell,
    }
}

/// What the mark of a small base says, where a cell has one.
pub(super) fn small_base_note(context: &Context, tables: &[&Table]) -> Option<String> {
    let is_marked =
        |cell: &Cell| matches!(cell, Cell::Number { text, .. } if text.ends_with(SMALL_BASE_MARK));
    let below = context.speech.count(context.report.survey.flag_below);
    let said = fill(context.phrases().flags.small_base, &[("below", &below)]);
    let any = tables.iter().any(|table| table.rows.iter().flatten().any(is_marked));
    any.then(|| format!("{SMALL_BASE_MARK} {said}"))
}

/// A word of the report's own as a heading.
pub(super) fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Words, or nothing.
pub(super) fn text(text: impl Into<String>) -> Cell {
    let text = text.into();
    if text.is_empty() { Cell::Nothing(None) } else { Cell::Text(text) }
}

/// A name, in short where it is a whole question.
pub(super) fn name(full: String) -> Cell {
    let text = shortened(&full);
    if text == full { self::text(full) } else { Cell::Shortened { text, full } }
}

/// A number in a style.
pub(super) fn number(context: &Context, value: Option<f64>, style: NumberStyle) -> Cell {
    value.map_or(Cell::Nothing(None), |value| Cell::Number {
        value,
        decimals: style.decimals,
        percent: style.percent,
        signed: style.signed,
        text: context.speech.styled(value, style),
    })
}

/// A count.
pub(super) fn count(context: &Context, count: Option<u64>) -> Cell {
    count.map_or(Cell::Nothing(None), |count| Cell::Number {
        // Counts beyond 2^53 are out of reach.
        value: count as f64,
        decimals: 0,
        percent: false,
        signed: false,
        text: context.speech.count(count),
    })
}

/// A figure, or why there is none.
pub(super) fn value(context: &Context, value: Option<f64>, flag: Option<Flag>, style: NumberStyle) -> Cell {
    match value {
        Some(_) => number(context, value, style),
        None => Cell::Nothing(Some(context.why_none(flag))),
    }
}

/// A p-value.
pub(super) fn p(context: &Context, p: Option<f64>) -> Cell {
    p.map_or(Cell::Nothing(None), |p| {
        let (text, decimals) = context.speech.p_number(p);
        Cell::Number { value: p, decimals, percent: false, signed: false, text }
    })
}

/// A share between 0 and 1.
pub(super) fn share(context: &Context, share: Option<f64>) -> Cell {
    share.map_or(Cell::Nothing(None), |share| Cell::Number {
        value: share * 100.0,
        decimals: 0,
        percent: true,
        signed: false,
        text: context.speech.share(share),
    })
}

/// The columns of [`figure`]: value, limits, base.
pub(super) fn figure_columns(context: &Context) -> Vec<Column> {
    let columns = &context.phrases().columns;
    vec![numbers(columns.value), numbers(columns.low), numbers(columns.high), numbers(columns.base)]
}

/// Value, limits and base of a figure.
pub(super) fn figure(context: &Context, estimate: &Estimate) -> Vec<Cell> {
    let style = NumberStyle::figure(estimate.unit, &estimate.statistic, estimate.low.zip(estimate.high));
    vec![
        value(context, estimate.value, estimate.flag, style),
        number(context, estimate.low, style.bare()),
        number(context, estimate.high, style.bare()),
        count(context, estimate.base),
    ]
}

/// The verdict on a target.
pub(super) fn target(context: &Context, verdict: Option<TargetVerdict>) -> Cell {
    verdict.map_or(Cell::Nothing(None), |verdict| {
        Cell::Verdict(target_word(&context.speech, verdict).to_owned(), target_tone(Some(verdict)))
    })
}

/// Whether a target's verdict is good news.
pub(super) fn target_tone(verdict: Option<TargetVerdict>) -> Tone {
    match verdict {
        Some(TargetVerdict::Met) => Tone::Good,
        Some(TargetVerdict::Missed) => Tone::Bad,
        Some(TargetVerdict::CannotTell) | None => Tone::Plain,
    }
}

/// Whether a change or a difference is good news.
pub(super) fn change_tone(verdict: Option<ChangeVerdict>, better: Option<Better>) -> Tone {
    tone(verdict.and_then(|verdict| is_good(verdict, better)))
}

/// The tone of good, bad or neither.
pub(super) fn tone(is_good: Option<bool>) -> Tone {
    match is_good {
        Some(true) => Tone::Good,
        Some(false) => Tone::Bad,
        None => Tone::Plain,
    }
}
