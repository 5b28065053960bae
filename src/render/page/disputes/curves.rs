//! The curves of the times: which part of disputes has a step by a day.

use super::super::super::chart::{Chart, ChartLine, LineChart, LineKind};
use super::super::context::Context;
use super::super::{Block, Figure, Table, anchor, axis, cell};
use super::{QUESTION, figure, figure_columns};
use crate::report::words::{NumberStyle, complaint_step, fill};
use crate::report::{DisputesSection, StepTimes, TimesPoint, Unit};

/// The most points of a curve that a table shows.
const MOST_ROWS: usize = 12;

pub(super) fn blocks(context: &Context, section: &DisputesSection) -> Vec<Block> {
    let is_all = |row: &&StepTimes| row.segment.is_empty() && row.period.is_none();
    let rows: Vec<&StepTimes> =
        section.times.iter().filter(is_all).filter(|row| row.curve.len() > 1).collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let title = context.phrases().disputes.curve_title;
    vec![Block::Heading(title.to_owned()), Block::Figure(Box::new(pictured(context, &rows)))]
}

fn pictured(context: &Context, rows: &[&StepTimes]) -> Figure {
    let texts = &context.phrases().disputes;
    let ends = rows.iter().filter_map(|row| {
        let last = row.curve.last()?;
        let share = context.speech.styled(last.finished, NumberStyle::figure(Unit::Percent, "", None));
        let days = context.speech.styled(last.days, NumberStyle::plain(1));
        let step = complaint_step(&context.speech, &row.step);
        Some(fill(texts.curve_end, &[("step", &step), ("share", &share), ("days", &days)]))
    });
    let list = ends.collect::<Vec<String>>().join(context.phrases().page.phrase_separator);
    Figure {
        id: anchor(&[QUESTION, "curve"]),
        title: texts.curve_title.to_owned(),
        description: fill(texts.curve_description, &[("list", &list)]),
        note: fill(texts.curve_note, &[("confidence", &context.confidence())]),
        chart: Chart::Lines(drawn(context, rows)),
        table: table(context, rows),
    }
}

/// The points as steps: between two of them nothing changes.
fn stepped<T: Copy>(points: &[TimesPoint], begin: T, at: impl Fn(&TimesPoint) -> T) -> Vec<(f64, T)> {
    let mut last = begin;
    let mut steps = vec![(0.0, begin)];
    for point in points {
        steps.push((point.days, last));
        last = at(point);
        steps.push((point.days, last));
    }
    steps
}

fn drawn(context: &Context, rows: &[&StepTimes]) -> LineChart {
    let texts = &context.phrases().disputes;
    let kinds = [LineKind::First, LineKind::Second, LineKind::Third];
    let lines = rows.iter().zip(kinds).map(|(row, kind)| ChartLine {
        name: complaint_step(&context.speech, &row.step).to_owned(),
        kind,
        points: stepped(&row.curve, 0.0, |point| point.finished),
    });
    let band = rows.first().map(|row| {
        let limits = stepped(&row.curve, (0.0, 0.0), |point| {
            (point.low.unwrap_or(point.finished), point.high.unwrap_or(point.finished))
        });
        limits.into_iter().map(|(days, (low, high))| (days, low, high)).collect()
    });
    let days = rows.iter().flat_map(|row| row.curve.iter().map(|point| point.days));
    let across = axis::window(days.chain([0.0]), Some((0.0, f64::MAX))).unwrap_or((0.0, 1.0));
    LineChart {
        across: axis::over(context, across, context.phrases().units.days_axis.to_owned(), false),
        up: axis::over(context, (0.0, 100.0), texts.curve_axis.to_owned(), false),
        lines: lines.collect(),
        bands: band.into_iter().collect(),
        marks: Vec::new(),
    }
}

/// Some points of each curve, the last among them.
fn table(context: &Context, rows: &[&StepTimes]) -> Table {
    let texts = &context.phrases().disputes;
    let mut columns = vec![cell::words(context.phrases().complaints.step), cell::numbers(texts.days)];
    columns.extend(figure_columns(context, context.phrases().columns.share));
    columns.push(cell::numbers(texts.waiting));
    let shown = rows.iter().flat_map(|row| {
        let (last, count) = (row.curve.len().saturating_sub(1), row.curve.len().min(MOST_ROWS));
        let places = (0..count).map(move |place| if count > 1 { place * last / (count - 1) } else { 0 });
        places.filter_map(|place| Some((row.step.as_str(), row.curve.get(place)?)))
    });
    let rows = shown.map(|(step, point)| {
        let mut cells = vec![
            cell::text(complaint_step(&context.speech, step)),
            cell::number(context, Some(point.days), NumberStyle::plain(1)),
        ];
        cells.extend(figure(context, Unit::Percent, [Some(point.finished), point.low, point.high], None));
        cells.push(cell::count(context, Some(point.at_risk)));
        cells
    });
    Table { caption: texts.curve_title.to_owned(), columns, rows: rows.collect() }
}
