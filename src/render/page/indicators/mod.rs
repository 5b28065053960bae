//! Indicators: the latest figures, what changed, each over its periods, what they have in common with the scores, and
//! what is odd in the records.
//!
//! A figure that does not exist is missing with its reason; none recorded is never read as satisfaction.

mod changes;
mod charts;
mod corroboration;
mod figures;
mod records;
#[cfg(test)]
pub(in crate::render) mod sample;
#[cfg(test)]
mod tests;

use super::Block;
use super::context::Context;
use crate::report::words::{NumberStyle, indicators_account};
use crate::report::{IndicatorSeries, IndicatorsSection, Section, Unit};

/// Nothing where there is no section; customers get none.
pub(super) fn blocks(context: &Context) -> Vec<Block> {
    let Some(section) = section(context) else { return Vec::new() };
    let mut blocks = vec![Block::Text(indicators_account(&context.speech, section))];
    blocks.extend(figures::blocks(context, section));
    blocks.extend(changes::blocks(context, section));
    blocks.extend(charts::blocks(context, section));
    blocks.extend(corroboration::blocks(context, section));
    // Whoever decides by the figures is not who mends the records.
    if !context.for_board() {
        blocks.extend(records::blocks(context, section));
    }
    blocks
}

/// The section, where there is one and the page may show it.
pub(super) fn section<'a>(context: &Context<'a>) -> Option<&'a IndicatorsSection> {
    if context.for_customers() {
        return None;
    }
    context.report.sections.iter().find_map(|section| match section {
        Section::Indicators(section) => Some(section.as_ref()),
        _ => None,
    })
}

/// What a series is called: `Returns`, `Returns, Region: North`.
fn called(context: &Context, series: &IndicatorSeries) -> String {
    let values = series.segment.iter().map(|(id, value)| format!("{}: {value}", context.names.segment(id)));
    let pieces: Vec<String> = std::iter::once(series.name.clone()).chain(values).collect();
    pieces.join(context.phrases().page.list_separator)
}

fn unit(series: &IndicatorSeries) -> Unit {
    series.figure_unit.unwrap_or(Unit::Scale)
}

/// How a figure is written: what was counted is whole, and what was recorded has the decimals of the file, at most two.
fn style(series: &IndicatorSeries, limits: Option<(f64, f64)>) -> NumberStyle {
    let usual = NumberStyle::figure(unit(series), &series.statistic, limits);
    match series.kind.as_str() {
        "count" => NumberStyle { decimals: 0, ..usual },
        "value" => NumberStyle { decimals: decimals(series), ..usual },
        _ => usual,
    }
}

/// The decimals that all recorded figures of a series need, at most two.
fn decimals(series: &IndicatorSeries) -> usize {
    let values = || series.chart.points.iter().filter_map(|point| point.value);
    let fits = |power: f64| values().all(|value| (value * power).fract().abs() < 1e-6);
    match () {
        () if fits(1.0) => 0,
        () if fits(10.0) => 1,
        () => 2,
    }
}
