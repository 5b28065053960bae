//! Each indicator from period to period with its control limits.

use super::super::super::chart::{Chart, TrendChart, TrendMark};
use super::super::context::Context;
use super::super::{Block, Figure, Table, anchor, axis, cell};
use super::{called, figures, style, unit};
use crate::report::words::{NumberStyle, fill, indicator_figure, indicator_reason, rule_names};
use crate::report::{ControlLimits, IndicatorSeries, IndicatorsSection, PeriodChartPoint, Unit};

/// So many periods that stand out are named in a sentence.
const NAMED: usize = 2;

/// Those of all, and of segments where there is none of all.
pub(super) fn blocks(context: &Context, section: &IndicatorsSection) -> Vec<Block> {
    let has_total = |series: &IndicatorSeries| {
        section.series.iter().any(|other| other.id == series.id && other.segment.is_empty())
    };
    let drawn = section.series.iter().filter(|series| {
        // One point has nothing that moved.
        series.chart.points.iter().filter(|point| point.value.is_some()).count() > 1
            && (series.segment.is_empty() || !has_total(series))
    });
    drawn
        .flat_map(|series| {
            let figure = figure(context, section, series);
            let title = Block::Heading(figure.title.clone());
            [title, Block::Figure(Box::new(figure)), Block::Text(said(context, series))]
        })
        .collect()
}

/// What the control chart says, or why there is none.
fn said(context: &Context, series: &IndicatorSeries) -> Vec<String> {
    let texts = &context.phrases().complaints;
    let chart = &series.chart;
    let Some(control) = chart.chart.as_ref().filter(|control| !control.limits.is_empty()) else {
        let reason = indicator_reason(&context.speech, chart.reason.as_deref().unwrap_or_default());
        return vec![fill(texts.chart_no_limits, &[("reason", &reason)])];
    };
    // The newest first: older ones are seen in the picture.
    let signals: Vec<String> = chart
        .points
        .iter()
        .rev()
        .filter(|point| !point.rules.is_empty())
        .map(|point| {
            let rules = rule_names(&context.speech, &point.rules.join(","))
                .join(context.phrases().page.list_separator);
            fill(texts.chart_signal, &[("period", &point.period), ("rules", &rules)])
        })
        .collect();
    let list = context.speech.list_of_first(&signals, NAMED);
    let mut said = vec![if signals.is_empty() {
        fill(texts.chart_quiet, &[("kind", &control.type_)])
    } else {
        fill(texts.chart_signals, &[("kind", &control.type_), ("list", &list)])
    }];
    if control.provisional {
        said.push(texts.chart_provisional.to_owned());
    }
    vec![said.join(" ")]
}

fn figure(context: &Context, section: &IndicatorsSection, series: &IndicatorSeries) -> Figure {
    let texts = &context.phrases().complaints;
    let name = called(context, series);
    let kind = indicator_figure(&context.speech, &series.statistic);
    let title = fill(context.phrases().indicators.chart_title, &[("indicator", &name), ("figure", &kind)]);
    let points = || series.chart.points.iter().filter(|point| point.value.is_some());
    let end = |point: Option<&PeriodChartPoint>| {
        point.map_or_else(String::new, |point| format!("{} {}", point.period, text(context, series, point)))
    };
    let count = context.speech.count(u64::try_from(points().count()).unwrap_or(u64::MAX));
    let description = fill(
        texts.chart_description,
        &[
            ("figure", &title),
            ("count", &count),
            ("first", &end(points().next())),
            ("last", &end(points().next_back())),
        ],
    );
    let id: Vec<&str> = ["indicators", series.id.as_str()]
        .into_iter()
        .chain(series.segment.values().map(String::as_str))
        .collect();
    Figure {
        id: anchor(&id),
        description,
        note: fill(texts.chart_note, &[("confidence", &context.confidence())]),
        chart: Chart::Trend(drawn(context, section, series)),
        table: table(context, series, title.clone()),
        title,
    }
}

fn text(context: &Context, series: &IndicatorSeries, point: &PeriodChartPoint) -> String {
    point.value.map_or_else(
        || context.phrases().flags.no_figure.to_owned(),
        |value| context.speech.styled(value, style(series, point.low.zip(point.high))),
    )
}

fn limits_of<'a>(series: &'a IndicatorSeries, period: &str) -> Option<&'a ControlLimits> {
    series.chart.chart.as_ref()?.limits.iter().find(|limits| limits.wave == period)
}

/// The target that the definition sets, with its text.
fn target(context: &Context, section: &IndicatorsSection, series: &IndicatorSeries) -> Option<(f64, String)> {
    let estimate = figures::estimate(context, series, section.period.as_deref()?)?;
    let written = context.speech.figure(estimate).target?;
    Some((estimate.target?, fill(context.phrases().verdicts.target_line, &[("target", &written)])))
}

fn drawn(context: &Context, section: &IndicatorsSection, series: &IndicatorSeries) -> TrendChart {
    let change = &context.phrases().change;
    let control = series.chart.chart.as_ref().filter(|control| !control.limits.is_empty());
    // Counts of a control chart have no whole centre.
    let usual = NumberStyle::figure(unit(series), &series.statistic, None);
    let own = NumberStyle { decimals: usual.decimals.max(1), ..usual };
    let written = |value: f64| context.speech.styled(value, own);
    let limit = |phrase: &str, of: fn(&ControlLimits) -> f64| {
        let value = of(control?.limits.last()?);
        Some((value, fill(phrase, &[("value", &written(value))])))
    };
    let target = target(context, section, series);
    let mark = |point: &PeriodChartPoint| TrendMark {
        wave: point.period.clone(),
        value: point.value,
        limits: point.low.zip(point.high),
        control: limits_of(series, &point.period).map(|limits| (limits.lower, limits.upper)),
        text: text(context, series, point),
        signal: !point.rules.is_empty(),
        weak: !point.complete,
        broken: false,
    };
    let points = &series.chart.points;
    let figures = points.iter().flat_map(|point| [point.value, point.low, point.high]).flatten();
    let limits = control.iter().flat_map(|control| &control.limits);
    let limits = limits.flat_map(|limits| [limits.lower, limits.upper]);
    let natural = match (unit(series), series.kind.as_str()) {
        (Unit::Percent, _) => Some((0.0, 100.0)),
        (_, "rate" | "count") => Some((0.0, f64::MAX)),
        _ => None,
    };
    let all = figures.chain(limits).chain(target.as_ref().map(|(target, _)| *target));
    let window = axis::window(all, natural).unwrap_or((0.0, 1.0));
    TrendChart {
        axis: axis::over(context, window, axis_title(context, series), false),
        points: points.iter().map(mark).collect(),
        center: control
            .map(|control| (control.center, fill(change.center, &[("value", &written(control.center))]))),
        target,
        upper: limit(change.limit_upper, |limits| limits.upper),
        lower: limit(change.limit_lower, |limits| limits.lower),
    }
}

/// The unit as the file has it, else what the figure is.
fn axis_title(context: &Context, series: &IndicatorSeries) -> String {
    if unit(series) == Unit::Percent {
        return context.phrases().units.percent_axis.to_owned();
    }
    let plain = series.unit.clone().filter(|_| series.kind != "rate");
    plain.unwrap_or_else(|| indicator_figure(&context.speech, &series.statistic))
}

fn table(context: &Context, series: &IndicatorSeries, caption: String) -> Table {
    let columns = &context.phrases().columns;
    let of_complaints = &context.phrases().complaints;
    let texts = &context.phrases().indicators;
    let mut heads = vec![cell::words(of_complaints.period), cell::numbers(columns.value)];
    heads.extend(cell::limits(context));
    heads.extend([
        cell::numbers(cell::capital(texts.field_value).as_str()),
        cell::numbers(texts.denominator),
        cell::numbers(columns.limits_from),
        cell::numbers(columns.limits_to),
        cell::words(columns.signal),
        cell::words(columns.note),
    ]);
    let is_counted = !matches!(series.kind.as_str(), "value" | "count");
    let rows = series.chart.points.iter().map(|point| {
        let style = style(series, point.low.zip(point.high));
        let finer = NumberStyle { decimals: style.decimals.max(1), ..style.bare() };
        let control = limits_of(series, &point.period);
        let rules = rule_names(&context.speech, &point.rules.join(","));
        let record = series.records.iter().find(|record| record.period == point.period);
        let amount = |amount: Option<f64>| {
            let is_whole = amount.is_some_and(|amount| amount.fract().abs() <= 0.0);
            cell::number(context, amount, NumberStyle::plain(if is_whole { 0 } else { 2 }))
        };
        let flag = record.and_then(|record| record.flag);
        let note = flag.map_or_else(String::new, |flag| context.why_none(Some(flag)));
        vec![
            cell::text(point.period.as_str()),
            cell::number(context, point.value, style),
            cell::number(context, point.low, finer),
            cell::number(context, point.high, finer),
            amount(record.and_then(|record| record.value).filter(|_| is_counted)),
            amount(record.and_then(|record| record.denominator)),
            cell::number(context, control.map(|limits| limits.lower), finer),
            cell::number(context, control.map(|limits| limits.upper), finer),
            cell::text(context.speech.list(&rules)),
            cell::text(if point.complete { note.as_str() } else { of_complaints.running }),
        ]
    });
    Table { caption, columns: heads, rows: rows.collect() }
}
