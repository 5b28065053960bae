//! Figures from period to period with their control limits.

use super::super::super::chart::{Axis, Chart, TrendChart, TrendMark};
use super::super::context::Context;
use super::super::{Block, Figure, Table, anchor, axis, cell};
use super::{RecordWords, figure_columns};
use crate::report::words::{NumberStyle, Speech, complaint_reason, fill, rule_names};
use crate::report::{ControlLimits, PeriodChart, PeriodChartPoint, Unit};

/// What a chart is of.
#[derive(Clone, Copy)]
struct Of<'a> {
    question: &'a str,
    /// The name of the figure.
    name: &'a str,
    /// What an axis of numbers of records shows.
    count_axis: &'static str,
    /// Why there are no limits.
    reason: fn(&Speech, &str) -> &'static str,
}

pub(in super::super) fn blocks(context: &Context, words: RecordWords, charts: &[PeriodChart]) -> Vec<Block> {
    let of_chart = |chart: &PeriodChart| {
        let name = (words.figure)(&context.speech, &chart.statistic);
        let RecordWords { question, count_axis, reason, .. } = words;
        charted(context, Of { question, name: &name, count_axis, reason }, chart)
    };
    charts.iter().flat_map(of_chart).collect()
}

/// A chart of a figure of a question with what it says; none where nothing could have moved. `name` is that of the figure.
pub(in super::super) fn chart_blocks(
    context: &Context,
    question: &str,
    name: &str,
    chart: &PeriodChart,
) -> Vec<Block> {
    let count_axis = context.phrases().complaints.frequency_axis;
    charted(context, Of { question, name, count_axis, reason: complaint_reason }, chart)
}

fn charted(context: &Context, of: Of<'_>, chart: &PeriodChart) -> Vec<Block> {
    // One point has nothing that moved.
    if chart.points.iter().filter(|point| point.value.is_some()).count() < 2 {
        return Vec::new();
    }
    let figure = figure(context, of, chart);
    vec![
        Block::Heading(figure.title.clone()),
        Block::Figure(Box::new(figure)),
        Block::Text(said(context, of, chart)),
    ]
}

fn unit(chart: &PeriodChart) -> Unit {
    match chart.statistic.as_str() {
        "count" => Unit::Count,
        "rate_per_1000" => Unit::Rate,
        _ => Unit::Percent,
    }
}

/// What the control chart says, or why there is none.
fn said(context: &Context, of: Of<'_>, chart: &PeriodChart) -> Vec<String> {
    let texts = &context.phrases().complaints;
    let Some(control) = &chart.chart else {
        let reason = (of.reason)(&context.speech, chart.reason.as_deref().unwrap_or_default());
        return vec![fill(texts.chart_no_limits, &[("reason", &reason)])];
    };
    let signals: Vec<String> = chart
        .points
        .iter()
        .filter(|point| !point.rules.is_empty())
        .map(|point| {
            let rules = rule_names(&context.speech, &point.rules.join(","))
                .join(context.phrases().page.list_separator);
            fill(texts.chart_signal, &[("period", &point.period), ("rules", &rules)])
        })
        .collect();
    let kind = control.type_.replace('_', "-");
    let mut said = vec![if signals.is_empty() {
        fill(texts.chart_quiet, &[("kind", &kind)])
    } else {
        let list = signals.join(context.phrases().page.phrase_separator);
        fill(texts.chart_signals, &[("kind", &kind), ("list", &list)])
    }];
    if control.provisional {
        said.push(texts.chart_provisional.to_owned());
    }
    vec![said.join(" ")]
}

fn figure(context: &Context, of: Of<'_>, chart: &PeriodChart) -> Figure {
    let texts = &context.phrases().complaints;
    let title = fill(texts.chart_title, &[("figure", &of.name)]);
    let end = |point: Option<&PeriodChartPoint>| {
        point.map_or_else(String::new, |point| format!("{} {}", point.period, text(context, chart, point)))
    };
    let count = context.speech.count(u64::try_from(chart.points.len()).unwrap_or(u64::MAX));
    Figure {
        id: anchor(&[of.question, &chart.statistic]),
        description: fill(
            texts.chart_description,
            &[
                ("figure", &of.name),
                ("count", &count),
                ("first", &end(chart.points.first())),
                ("last", &end(chart.points.last())),
            ],
        ),
        note: fill(texts.chart_note, &[("confidence", &context.confidence())]),
        chart: Chart::Trend(drawn(context, of, chart)),
        table: table(context, chart, title.clone()),
        title,
    }
}

fn style(chart: &PeriodChart, point: &PeriodChartPoint) -> NumberStyle {
    NumberStyle::figure(unit(chart), &chart.statistic, point.low.zip(point.high))
}

fn text(context: &Context, chart: &PeriodChart, point: &PeriodChartPoint) -> String {
    point.value.map_or_else(
        || context.phrases().flags.no_figure.to_owned(),
        |value| context.speech.styled(value, style(chart, point)),
    )
}

fn limits_of<'a>(chart: &'a PeriodChart, period: &str) -> Option<&'a ControlLimits> {
    chart.chart.as_ref()?.limits.iter().find(|limits| limits.wave == period)
}

/// The target that the definition sets for the figure, with its text.
fn target(context: &Context, of: Of<'_>, chart: &PeriodChart) -> Option<(f64, String)> {
    let estimate = context.total(of.question, &chart.statistic, None)?;
    let written = context.speech.figure(estimate).target?;
    Some((estimate.target?, fill(context.phrases().verdicts.target_line, &[("target", &written)])))
}

fn drawn(context: &Context, of: Of<'_>, chart: &PeriodChart) -> TrendChart {
    let change = &context.phrases().change;
    let control = chart.chart.as_ref();
    // Counts of a control chart have no whole centre.
    let own = NumberStyle {
        decimals: NumberStyle::figure(unit(chart), "", None).decimals.max(1),
        ..NumberStyle::figure(unit(chart), "", None)
    };
    let written = |value: f64| context.speech.styled(value, own);
    let limit = |phrase: &str, of: fn(&ControlLimits) -> f64| {
        let value = of(control?.limits.last()?);
        Some((value, fill(phrase, &[("value", &written(value))])))
    };
    let target = target(context, of, chart);
    let mark = |point: &PeriodChartPoint| TrendMark {
        wave: point.period.clone(),
        value: point.value,
        limits: point.low.zip(point.high),
        control: limits_of(chart, &point.period).map(|limits| (limits.lower, limits.upper)),
        text: text(context, chart, point),
        signal: !point.rules.is_empty(),
        weak: !point.complete,
        broken: false,
    };
    TrendChart {
        axis: axis(context, of, chart, target.as_ref().map(|(target, _)| *target)),
        points: chart.points.iter().map(mark).collect(),
        center: control
            .map(|control| (control.center, fill(change.center, &[("value", &written(control.center))]))),
        target,
        upper: limit(change.limit_upper, |limits| limits.upper),
        lower: limit(change.limit_lower, |limits| limits.lower),
    }
}

fn axis(context: &Context, of: Of<'_>, chart: &PeriodChart, target: Option<f64>) -> Axis {
    let texts = &context.phrases().complaints;
    let figures = chart.points.iter().flat_map(|point| [point.value, point.low, point.high]).flatten();
    let limits = chart.chart.iter().flat_map(|control| &control.limits);
    let limits = limits.flat_map(|limits| [limits.lower, limits.upper]);
    let (natural, title) = match unit(chart) {
        Unit::Count => ((0.0, f64::MAX), of.count_axis),
        Unit::Rate => ((0.0, f64::MAX), texts.rate),
        _ => ((0.0, 100.0), context.phrases().units.percent_axis),
    };
    let window = axis::window(figures.chain(limits).chain(target), Some(natural)).unwrap_or((0.0, 1.0));
    axis::over(context, window, title.to_owned(), false)
}

fn table(context: &Context, chart: &PeriodChart, caption: String) -> Table {
    let columns = &context.phrases().columns;
    let texts = &context.phrases().complaints;
    let mut heads = vec![cell::words(texts.period)];
    heads.extend(figure_columns(context, columns.value));
    heads.extend([
        cell::numbers(columns.base),
        cell::numbers(columns.limits_from),
        cell::numbers(columns.limits_to),
        cell::words(columns.signal),
        cell::words(columns.note),
    ]);
    let rows = chart.points.iter().map(|point| {
        let style = style(chart, point);
        let finer = NumberStyle { decimals: style.decimals.max(1), ..style.bare() };
        let control = limits_of(chart, &point.period);
        let rules = rule_names(&context.speech, &point.rules.join(","));
        vec![
            cell::text(point.period.as_str()),
            cell::number(context, point.value, style),
            cell::number(context, point.low, finer),
            cell::number(context, point.high, finer),
            cell::count(context, point.base),
            cell::number(context, control.map(|limits| limits.lower), finer),
            cell::number(context, control.map(|limits| limits.upper), finer),
            cell::text(context.speech.list(&rules)),
            cell::text(if point.complete { "" } else { texts.running }),
        ]
    });
    Table { caption, columns: heads, rows: rows.collect() }
}
