//! How long steps take, what is open counted as not yet.

use super::super::super::chart::{Chart, Emphasis, IntervalChart, IntervalRow};
use super::super::context::Context;
use super::super::{Block, Cell, Figure, Table, anchor, axis, cell};
use super::{RecordWords, figure_columns, figure_or, row_name};
use crate::report::words::{NumberStyle, complaint_step, fill};
use crate::report::{StepTimes, StepTimesTest, TimesQuantile, Unit};

/// The part that stands first.
const FIRST: &str = "median";

/// The parts whose times are shown, with the end of their statistic.
const PARTS: [(u32, &str); 3] = [(50, FIRST), (80, "p80"), (90, "p90")];

/// A p-value below this is not chance alone.
const LEVEL: f64 = 0.05;

pub(in super::super) fn blocks(
    context: &Context,
    words: RecordWords,
    (times, tests): (&[StepTimes], &[StepTimesTest]),
    meaning: &str,
) -> Vec<Block> {
    let texts = &context.phrases().complaints;
    let all: Vec<&StepTimes> = times
        .iter()
        .filter(|row| {
            row.segment.is_empty() && row.period.is_none() && row.reason.as_deref() != Some("no_column")
        })
        .collect();
    if all.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![Block::Heading(texts.times_title.to_owned())];
    let shown = table(context, words, &all, texts.times_title);
    match chart(context, words, &all) {
        Some(chart) => blocks.push(Block::Figure(Box::new(pictured(context, words, &all, chart, shown)))),
        None => blocks.push(Block::Table(shown)),
    }
    let mut meaning = meaning.to_owned();
    let is_open = |quantile: &TimesQuantile| quantile.low.is_some() && quantile.high.is_none();
    if times.iter().flat_map(|row| &row.quantiles).any(is_open) {
        meaning = format!("{meaning} {}", texts.times_open_end);
    }
    blocks.push(Block::Text(vec![meaning]));
    let groups: Vec<&StepTimes> =
        times.iter().filter(|row| !row.segment.is_empty() && row.period.is_none()).collect();
    if !groups.is_empty() {
        blocks.push(Block::Table(table(context, words, &groups, texts.times_groups)));
    }
    if !tests.is_empty() {
        blocks.push(Block::Text(tests.iter().map(|test| said(context, words, tests, test)).collect()));
    }
    let periods: Vec<&StepTimes> =
        times.iter().filter(|row| row.segment.is_empty() && row.period.is_some()).collect();
    if !periods.is_empty() {
        blocks.push(Block::Table(table(context, words, &periods, words.by_period.0)));
    }
    blocks
}

/// Whether groups differ, with the p-value that is adjusted for the number of tests.
fn said(context: &Context, words: RecordWords, tests: &[StepTimesTest], test: &StepTimesTest) -> String {
    let texts = &context.phrases().complaints;
    let ids = test.segment.split('*').map(|id| context.names.segment(id));
    let segment = ids.collect::<Vec<&str>>().join(context.phrases().tables.crossed);
    let step = complaint_step(&context.speech, &test.step);
    let Some(p) = test.p_adjusted.or(test.p) else {
        let reason = (words.reason)(&context.speech, test.reason.as_deref().unwrap_or_default());
        return fill(texts.logrank_none, &[("step", &step), ("segment", &segment), ("reason", &reason)]);
    };
    let mut written = context.speech.p(p);
    let family = tests.iter().filter(|test| test.p_adjusted.is_some()).count();
    if family > 1 && test.p_adjusted.is_some() {
        let count = context.speech.count(family as u64);
        written = format!("{written}, {}", fill(texts.adjusted, &[("count", &count)]));
    }
    let text = if p < LEVEL { texts.logrank_differs } else { texts.logrank_open };
    fill(text, &[("step", &step), ("segment", &segment), ("p", &written)])
}

fn quantile(row: &StepTimes, percent: u32) -> Option<&TimesQuantile> {
    row.quantiles.iter().find(|quantile| quantile.percent == percent)
}

/// One row a step of all, of a group or of a period.
fn table(context: &Context, words: RecordWords, rows: &[&StepTimes], caption: &str) -> Table {
    let texts = &context.phrases().complaints;
    let mut columns = vec![cell::words(texts.step)];
    for header in [texts.median, texts.p80, texts.p90] {
        columns.extend(figure_columns(context, header));
    }
    columns.extend([
        cell::numbers(texts.longest),
        cell::numbers(words.cases),
        cell::numbers(texts.not_yet),
        cell::numbers(texts.time_unknown),
        cell::words(context.phrases().columns.note),
    ]);
    let rows = rows.iter().map(|row| {
        let mut cells = vec![cell::name(row_name(context, &row.step, &row.segment, row.period.as_deref()))];
        for (percent, part) in PARTS {
            let of = quantile(row, percent);
            let found = [of.and_then(|of| of.days), of.and_then(|of| of.low), of.and_then(|of| of.high)];
            // The reason is that of all parts and is said once.
            let reason = row.reason.as_deref().filter(|_| part == FIRST);
            let reason = reason.map(|code| (words.reason)(&context.speech, code));
            cells.extend(figure_or(context, Unit::Days, found, reason));
        }
        cells.extend([
            cell::number(context, row.longest, NumberStyle::plain(1)),
            cell::count(context, row.cases),
            cell::count(context, row.censored),
            cell::count(context, row.no_time),
            cell::text(row.flag.map_or_else(String::new, |flag| context.flag(flag))),
        ]);
        cells
    });
    let rows: Vec<Vec<Cell>> = rows.collect();
    Table { caption: caption.to_owned(), columns, rows }
}

/// The times that are known, one row each; none where there is none.
fn chart(context: &Context, words: RecordWords, rows: &[&StepTimes]) -> Option<IntervalChart> {
    let marks: Vec<IntervalRow> = rows
        .iter()
        .flat_map(|row| PARTS.map(|(percent, part)| mark(context, words, row, quantile(row, percent)?, part)))
        .flatten()
        .collect();
    let figures = marks.iter().flat_map(|row| {
        let (low, high) = row.limits.unzip();
        [row.value, low, high]
    });
    let window = axis::window(figures.flatten().chain([0.0]), Some((0.0, f64::MAX)))?;
    let title = context.phrases().units.days_axis.to_owned();
    let axis = axis::over(context, window, title, false);
    (!marks.is_empty()).then_some(IntervalChart { axis, rows: marks, reference: None, target: None })
}

fn mark(
    context: &Context,
    words: RecordWords,
    row: &StepTimes,
    of: &TimesQuantile,
    part: &str,
) -> Option<IntervalRow> {
    let limits = of.low.zip(of.high);
    let style = NumberStyle::figure(Unit::Days, "", limits);
    Some(IntervalRow {
        label: (words.figure)(&context.speech, &format!("time_to_{}_{part}", row.step)),
        note: row.cases.map_or_else(String::new, |cases| context.speech.count(cases)),
        value: Some(of.days?),
        limits,
        text: context.speech.styled(of.days?, style),
        emphasis: if part == FIRST { Emphasis::Strong } else { Emphasis::Usual },
    })
}

fn pictured(
    context: &Context,
    words: RecordWords,
    rows: &[&StepTimes],
    chart: IntervalChart,
    table: Table,
) -> Figure {
    let texts = &context.phrases().complaints;
    let said = chart.rows.iter().map(|row| format!("{} {}", row.label, row.text));
    let said: Vec<String> = said.take(rows.len().saturating_mul(PARTS.len())).collect();
    Figure {
        id: anchor(&[words.question, "times"]),
        title: texts.times_title.to_owned(),
        description: said.join(context.phrases().page.phrase_separator),
        note: fill(texts.chart_note, &[("confidence", &context.confidence())]),
        chart: Chart::Intervals(chart),
        table,
    }
}
