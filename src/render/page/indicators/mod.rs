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

/// How a figure is written: what was recorded as whole stays whole.
fn style(series: &IndicatorSeries, value: Option<f64>, limits: Option<(f64, f64)>) -> NumberStyle {
    let usual = NumberStyle::figure(unit(series), &series.statistic, limits);
    let is_whole = value.is_some_and(|value| value.fract().abs() <= 0.0);
    match series.kind.as_str() {
        "value" if is_whole => NumberStyle { decimals: 0, ..usual },
        _ => usual,
    }
}
