//! The figures of the latest complete period, with interval, denominator, target and verdict.

use super::super::context::Context;
use super::super::{Block, Cell, Table, cell};
use super::{called, style};
use crate::report::words::{NumberStyle, fill, indicator_direction, indicator_figure};
use crate::report::{Estimate, IndicatorSeries, IndicatorsSection};

pub(super) fn blocks(context: &Context, section: &IndicatorsSection) -> Vec<Block> {
    let texts = &context.phrases().indicators;
    let columns = &context.phrases().columns;
    let Some(period) = &section.period else { return Vec::new() };
    let rows: Vec<Vec<Cell>> = section.series.iter().map(|series| row(context, series, period)).collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let mut heads =
        vec![cell::words(texts.indicator), cell::words(texts.figure), cell::numbers(columns.value)];
    heads.extend(cell::limits(context));
    heads.extend([
        cell::numbers(texts.denominator),
        cell::numbers(columns.target),
        cell::words(columns.verdict),
        cell::words(texts.good_is),
        cell::words(columns.note),
        cell::words(cell::capital(texts.field_source).as_str()),
    ]);
    let caption = fill(texts.latest_title, &[("period", period)]);
    vec![Block::Heading(caption.clone()), Block::Table(Table { caption, columns: heads, rows })]
}

fn row(context: &Context, series: &IndicatorSeries, period: &str) -> Vec<Cell> {
    let texts = &context.phrases().indicators;
    let found = estimate(context, series, period);
    let value = found.and_then(|found| found.value);
    let limits = found.and_then(|found| found.low.zip(found.high));
    let style = style(series, limits);
    let finer = NumberStyle { decimals: style.decimals.max(1), ..style.bare() };
    let record = series.records.iter().find(|record| record.period == period);
    let denominator = record.and_then(|record| record.denominator);
    let whole = denominator.is_some_and(|of| of.fract().abs() <= 0.0);
    let shown = match (found, value) {
        (None, _) => Cell::Nothing(Some(texts.why_no_figure.to_owned())),
        (Some(found), _) => cell::value(context, value, found.flag, style),
    };
    let figure = indicator_figure(&context.speech, &series.statistic);
    let figure = series
        .unit
        .as_ref()
        .map_or(figure.clone(), |unit| fill(texts.figure_unit, &[("figure", &figure), ("unit", unit)]));
    let note = found.filter(|found| found.value.is_some()).and_then(|found| found.flag);
    vec![
        cell::name(called(context, series)),
        cell::name(figure),
        shown,
        cell::number(context, limits.map(|limits| limits.0), finer),
        cell::number(context, limits.map(|limits| limits.1), finer),
        cell::number(context, denominator, NumberStyle::plain(if whole { 0 } else { 2 })),
        cell::number(context, found.and_then(|found| found.target), finer),
        cell::target(context, found.and_then(|found| found.target_verdict)),
        cell::text(indicator_direction(&context.speech, series)),
        cell::text(note.map_or_else(String::new, |flag| context.flag(flag))),
        cell::name(series.sources.join(context.phrases().page.list_separator)),
    ]
}

/// The estimate of a series in a period.
pub(super) fn estimate<'a>(
    context: &Context<'a>,
    series: &IndicatorSeries,
    period: &str,
) -> Option<&'a Estimate> {
    let question = format!("indicators.{}", series.id);
    context.report.estimates.iter().find(|estimate| {
        estimate.question == question
            && estimate.wave.as_deref() == Some(period)
            && estimate.segment == series.segment
    })
}
