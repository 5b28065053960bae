//! What moved: a figure a headline, and what the tests say of it.

mod sentences;
mod why;

pub(super) use sentences::{adjustment, common};

use super::super::chart::{Chart, TrendChart, TrendMark};
use super::context::Context;
use super::{Block, Cell, Column, Figure, Table, anchor, axis, cell, glance};
use crate::report::words::{NumberStyle, change_verdict, fill, rule_names, target_verdict};
use crate::report::{ControlLimits, Flag, TrendPoint, TrendSection, Untested};

/// So many headlines have a figure, all of them; of more only those that carry the story.
const ALL_FIGURES: usize = 6;

pub(super) fn blocks(context: &Context) -> Vec<Block> {
    let texts = &context.phrases().change;
    let mut trends = context.trends();
    if context.report.waves.found.len() == 1 {
        // A figure of one wave has nothing that moved.
        trends.retain(|trend| trend.points.len() > 1);
    }
    if trends.is_empty() {
        let text = match context.report.waves.found.len() {
            0 if context.report.waves.rule.is_some() => texts.empty_waves,
            0 => texts.no_waves,
            1 => texts.one_wave,
            _ => texts.no_trend,
        };
        return vec![Block::Text(vec![text.to_owned()])];
    }
    let few = trends.len() <= ALL_FIGURES;
    let (shown, others): (Vec<&TrendSection>, Vec<&TrendSection>) =
        trends.into_iter().partition(|trend| few || context.tells(&trend.question));
    let mut blocks = Vec::new();
    let mut said: Vec<Vec<String>> = shown.iter().map(|trend| sentences::of(context, trend)).collect();
    let common = common(&mut said, texts.no_signal);
    for (trend, said) in shown.iter().zip(said) {
        let figure = figure(context, trend);
        blocks.push(Block::Heading(figure.title.clone()));
        blocks.push(Block::Figure(Box::new(figure)));
        if !said.is_empty() {
            blocks.push(Block::Text(said));
        }
        if !context.for_customers() {
            blocks.extend(why::blocks(context, trend));
        }
    }
    if !others.is_empty() {
        blocks.push(Block::Heading(texts.others.to_owned()));
        blocks.push(Block::Table(others_table(context, &others)));
    }
    let mut general = sentences::general(context, &shown);
    general.extend(common);
    if !general.is_empty() {
        blocks.push(Block::Text(general));
    }
    blocks
}

fn figure(context: &Context, trend: &TrendSection) -> Figure {
    let texts = &context.phrases().change;
    let question = context.names.question(&trend.question);
    let title = fill(texts.title, &[("question", &question)]);
    let value = |point: &TrendPoint| format!("{} {}", point.wave, text(context, trend, point));
    let ends = |point: Option<&TrendPoint>| point.map_or_else(String::new, value);
    let mut description = vec![fill(
        texts.description,
        &[
            ("question", &question),
            ("count", &context.speech.count(u64::try_from(trend.points.len()).unwrap_or(u64::MAX))),
            ("first", &ends(trend.points.first())),
            ("last", &ends(trend.points.last())),
        ],
    )];
    let standing_out: Vec<&str> =
        trend.points.iter().filter(|point| point.signal.is_some()).map(|point| point.wave.as_str()).collect();
    let provisional = trend.chart.as_ref().is_some_and(|chart| chart.provisional);
    if !context.for_customers() && !standing_out.is_empty() {
        let waves = context.speech.list(&standing_out);
        description.push(if provisional {
            fill(texts.signals_provisional, &[("list", &waves)])
        } else {
            fill(texts.description_signals, &[("waves", &waves)])
        });
    }
    Figure {
        id: anchor(&["trend", &trend.question]),
        description: description.join(" "),
        note: glance::note(context, trend.points.iter().filter_map(|point| point.base)),
        chart: Chart::Trend(chart(context, trend)),
        table: table(context, trend, title.clone()),
        title,
    }
}

/// The window of the vertical axis: the figures with their intervals and limits, and the target.
pub(super) fn window(context: &Context, trend: &TrendSection) -> (f64, f64) {
    let figures = trend.points.iter().flat_map(|point| [point.value, point.low, point.high]).flatten();
    let limits = trend.chart.iter().flat_map(|chart| &chart.limits);
    let limits = limits.flat_map(|limits| [limits.lower, limits.upper]);
    let question = context.names.summary(&trend.question);
    let natural = axis::natural_range(trend.unit, &trend.statistic, question);
    let target = target(context, trend).map(|(target, _)| target);
    axis::window(figures.chain(limits).chain(target), natural).or(natural).unwrap_or((0.0, 1.0))
}

fn target(context: &Context, trend: &TrendSection) -> Option<(f64, String)> {
    let estimate = context.of_all(&trend.question, &trend.statistic)?;
    let verdicts = &context.phrases().verdicts;
    let target = context.speech.figure(estimate).target?;
    Some((estimate.target?, fill(verdicts.target_line, &[("target", &target)])))
}

fn chart(context: &Context, trend: &TrendSection) -> TrendChart {
    let question = context.names.summary(&trend.question);
    let style = NumberStyle::figure(trend.unit, &trend.statistic, None);
    let control = trend.chart.as_ref().filter(|_| !context.for_customers());
    let limit = |text: &str, of: fn(&ControlLimits) -> f64| {
        let value = of(control?.limits.last()?);
        Some((value, fill(text, &[("value", &context.speech.styled(value, style))])))
    };
    TrendChart {
        axis: axis::over(
            context,
            window(context, trend),
            axis::title(context, trend.unit, question),
            style.signed,
        ),
        points: trend.points.iter().map(|point| mark(context, trend, point)).collect(),
        center: control.map(|control| {
            let value = context.speech.styled(control.center, style);
            (control.center, fill(context.phrases().change.center, &[("value", &value)]))
        }),
        target: target(context, trend),
        upper: limit(context.phrases().change.limit_upper, |limits| limits.upper),
        lower: limit(context.phrases().change.limit_lower, |limits| limits.lower),
    }
}

fn mark(context: &Context, trend: &TrendSection, point: &TrendPoint) -> TrendMark {
    let limits = trend.chart.iter().flat_map(|chart| &chart.limits).find(|limits| limits.wave == point.wave);
    // Control charts are for those who work with the figures.
    let is_told = !context.for_customers();
    TrendMark {
        wave: point.wave.clone(),
        value: point.value,
        limits: point.low.zip(point.high),
        control: limits.filter(|_| is_told).map(|limits| (limits.lower, limits.upper)),
        text: text(context, trend, point),
        signal: is_told && point.signal.is_some(),
        weak: !point.complete || point.flag == Some(Flag::SmallBase),
        broken: trend.breaks.iter().any(|interrupted| interrupted.wave == point.wave && !interrupted.bridged),
    }
}

/// The figure of a wave in words.
fn text(context: &Context, trend: &TrendSection, point: &TrendPoint) -> String {
    let style = NumberStyle::figure(trend.unit, &trend.statistic, point.low.zip(point.high));
    point.value.map_or_else(|| context.why_none(point.flag), |value| context.speech.styled(value, style))
}

fn table(context: &Context, trend: &TrendSection, caption: String) -> Table {
    let columns = &context.phrases().columns;
    let brief = context.for_customers();
    let mut table = Table { caption, columns: vec![cell::words(columns.wave)], rows: Vec::new() };
    table.columns.extend(cell::figure_columns(context));
    table.columns.extend(change_columns(context));
    let with_control = !brief && trend.chart.is_some();
    if with_control {
        table.columns.extend([
            cell::numbers(columns.limits_from),
            cell::numbers(columns.limits_to),
            cell::words(columns.signal),
        ]);
    }
    let with_notes = trend.points.iter().any(|point| !notes(context, point).is_empty());
    if with_notes {
        table.columns.push(cell::words(columns.note));
    }
    for point in &trend.points {
        let style = NumberStyle::figure(trend.unit, &trend.statistic, point.low.zip(point.high));
        let mut row = vec![
            cell::text(point.wave.as_str()),
            cell::value(context, point.value, point.flag, style),
            cell::number(context, point.low, style.bare()),
            cell::number(context, point.high, style.bare()),
            cell::count(context, point.base),
        ];
        row.extend(change_cells(context, trend, point));
        if with_control {
            let control = mark(context, trend, point).control;
            row.push(cell::number(context, control.map(|limits| limits.0), style.bare()));
            row.push(cell::number(context, control.map(|limits| limits.1), style.bare()));
            let rules = rule_names(&context.speech, point.signal.as_deref().unwrap_or_default());
            row.push(cell::text(context.speech.list(&rules)));
        }
        if with_notes {
            row.push(cell::text(notes(context, point)));
        }
        table.rows.push(row);
    }
    table
}

/// The columns of [`change_cells`].
fn change_columns(context: &Context) -> Vec<Column> {
    let columns = &context.phrases().columns;
    let mut changes = vec![
        cell::words(columns.against),
        cell::numbers(columns.change),
        cell::numbers(columns.low),
        cell::numbers(columns.high),
    ];
    if !context.for_customers() {
        changes.push(cell::numbers(columns.p_adjusted));
    }
    changes.push(cell::words(columns.verdict));
    changes
}

/// Against which wave, change, limits, adjusted p-value (not for customers), verdict.
fn change_cells(context: &Context, trend: &TrendSection, point: &TrendPoint) -> Vec<Cell> {
    let limits = point.change_low.zip(point.change_high);
    let style = NumberStyle::difference(trend.unit, limits);
    let mut cells = vec![
        cell::text(point.against.as_deref().unwrap_or_default()),
        cell::number(context, point.change, style),
        cell::number(context, point.change_low, style),
        cell::number(context, point.change_high, style),
    ];
    if !context.for_customers() {
        cells.push(cell::p(context, point.p_adjusted));
    }
    cells.push(match (point.verdict, point.untested) {
        (Some(verdict), _) => Cell::Verdict(
            change_verdict(
                &context.speech,
                verdict,
                trend.unit,
                None,
                point.within_margin.as_ref(),
                point.family_size,
            ),
            cell::change_tone(Some(verdict), trend.better),
        ),
        (None, Some(Untested::TooFewAnswers)) => cell::text(context.phrases().verdicts.too_few),
        (None, None) => Cell::Nothing(None),
    });
    cells
}

fn notes(context: &Context, point: &TrendPoint) -> String {
    let texts = &context.phrases().change;
    let mut notes = Vec::new();
    notes.extend(point.value.and(point.flag).map(|flag| context.flag(flag)));
    if context.is_future(point) {
        notes.push(texts.future_mark.to_owned());
    } else if !point.complete {
        notes.push(texts.running_mark.to_owned());
    }
    notes.extend(point.saved.then(|| texts.saved_mark.to_owned()));
    notes.join(context.phrases().page.phrase_separator)
}

/// The scores without a figure of their own, in the wave of the report.
fn others_table(context: &Context, trends: &[&TrendSection]) -> Table {
    let columns = &context.phrases().columns;
    let mut table = Table {
        caption: context.phrases().change.others.to_owned(),
        columns: vec![cell::words(columns.question), cell::words(columns.wave)],
        rows: Vec::new(),
    };
    table.columns.extend(cell::figure_columns(context));
    table.columns.extend(change_columns(context));
    table.columns.extend([cell::numbers(columns.detectable), cell::words(columns.target)]);
    for trend in trends {
        let Some(point) = context.point(trend) else { continue };
        let style = NumberStyle::figure(trend.unit, &trend.statistic, point.low.zip(point.high));
        let mut row = vec![
            cell::text(context.names.question(&trend.question)),
            cell::text(point.wave.as_str()),
            cell::value(context, point.value, point.flag, style),
            cell::number(context, point.low, style.bare()),
            cell::number(context, point.high, style.bare()),
            cell::count(context, point.base),
        ];
        row.extend(change_cells(context, trend, point));
        let detectable = NumberStyle { signed: false, ..NumberStyle::difference(trend.unit, None) };
        row.push(cell::number(context, point.minimum_detectable, detectable));
        let estimate = context.of_all(&trend.question, &trend.statistic);
        row.push(
            estimate
                .and_then(|estimate| {
                    let text = target_verdict(&context.speech, estimate)?;
                    Some(Cell::Verdict(text, cell::target_tone(estimate.target_verdict)))
                })
                .unwrap_or(Cell::Nothing(None)),
        );
        table.rows.push(row);
    }
    table
}
