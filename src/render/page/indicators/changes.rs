//! The latest complete period against the one before and against a year before.

use super::super::context::Context;
use super::super::{Block, Cell, Table, cell};
use super::{called, decimals, unit};
use crate::report::words::{NumberStyle, fill, indicator_verdict};
use crate::report::{IndicatorChange, IndicatorSeries, IndicatorsSection};

/// Two decimals, for ratios.
const RATIO: NumberStyle = NumberStyle { decimals: 2, signed: false, percent: false };

pub(super) fn blocks(context: &Context, section: &IndicatorsSection) -> Vec<Block> {
    let texts = &context.phrases().indicators;
    let columns = &context.phrases().columns;
    let Some(period) = &section.period else { return Vec::new() };
    let of_series = |series: &IndicatorSeries| {
        let changes = [series_change(series, false), series_change(series, true)].into_iter().flatten();
        changes.map(move |change| row(context, series, change)).collect::<Vec<_>>()
    };
    let rows: Vec<Vec<Cell>> = section.series.iter().flat_map(of_series).collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let mut heads =
        vec![cell::words(texts.indicator), cell::words(columns.against), cell::numbers(columns.change)];
    heads.extend(cell::limits(context));
    heads.push(cell::numbers(texts.ratio));
    heads.extend(cell::limits(context));
    heads.extend([cell::numbers(columns.p_adjusted), cell::words(columns.verdict)]);
    let caption = fill(texts.changes_title, &[("period", period)]);
    Block::titled(Table { caption, columns: heads, rows }, vec![texts.changed_text.to_owned()])
}

/// The change against the period before or against a year before, where there is anything to compare with.
fn series_change(series: &IndicatorSeries, is_last_year: bool) -> Option<&IndicatorChange> {
    let change = if is_last_year { series.last_year.as_ref() } else { series.previous.as_ref() };
    change.filter(|change| change.change.is_some() || !is_last_year)
}

fn row(context: &Context, series: &IndicatorSeries, change: &IndicatorChange) -> Vec<Cell> {
    let usual = NumberStyle::difference(unit(series), change.change_low.zip(change.change_high));
    let style = match series.kind.as_str() {
        "value" => NumberStyle { decimals: decimals(series), ..usual },
        _ => usual,
    };
    let good = change
        .verdict
        .map_or(super::super::Tone::Plain, |verdict| cell::change_tone(Some(verdict), series.better));
    let said = indicator_verdict(&context.speech, change, series.better);
    vec![
        cell::name(called(context, series)),
        cell::text(change.against.as_str()),
        cell::number(context, change.change, style),
        cell::number(context, change.change_low, style),
        cell::number(context, change.change_high, style),
        cell::number(context, change.ratio, RATIO),
        cell::number(context, change.ratio_low, RATIO),
        cell::number(context, change.ratio_high, RATIO),
        cell::p(context, change.p_adjusted),
        Cell::Verdict(said, good),
    ]
}
