//! Providers side by side, in a funnel of the limits that their numbers of cases allow.

use super::super::super::chart::{Chart, ChartLine, LineChart, LineKind, LineMark};
use super::super::context::Context;
use super::super::{Block, Cell, Figure, Table, anchor, axis, cell};
use super::{QUESTION, figure, figure_columns, percent};
use crate::report::words::{NumberStyle, dispute_code, dispute_figure, dispute_reason, fill};
use crate::report::{DisputeFunnel, DisputesSection, FunnelBounds, FunnelProvider, Unit};

pub(super) fn blocks(context: &Context, section: &DisputesSection) -> Vec<Block> {
    section.funnels.iter().flat_map(|funnel| of_figure(context, funnel)).collect()
}

fn of_figure(context: &Context, funnel: &DisputeFunnel) -> Vec<Block> {
    let texts = &context.phrases().disputes;
    let name = dispute_figure(&context.speech, &funnel.statistic);
    let title = fill(texts.funnel_title, &[("figure", &name)]);
    let table = table(context, funnel, title.clone());
    let mut blocks = vec![Block::Heading(title)];
    if table.rows.is_empty() {
        blocks.push(Block::Text(vec![said(context, funnel)]));
        return blocks;
    }
    if funnel.bounds.len() > 1 {
        blocks.push(Block::Figure(Box::new(pictured(context, funnel, table))));
    } else {
        blocks.push(Block::Table(table));
    }
    blocks.push(Block::Text(vec![said(context, funnel)]));
    blocks
}

fn overall(context: &Context, funnel: &DisputeFunnel) -> String {
    percent(context, [funnel.overall, None, None])
        .map_or_else(|| context.phrases().flags.no_figure.to_owned(), |(value, _)| value)
}

/// Who lies outside, who has few cases, or why nothing is compared.
fn said(context: &Context, funnel: &DisputeFunnel) -> String {
    let texts = &context.phrases().disputes;
    if let Some(code) = &funnel.reason {
        let alike = code == "no_variation";
        let reason = if alike { texts.funnel_alike } else { dispute_reason(&context.speech, code) };
        return fill(texts.funnel_none, &[("reason", &reason)]);
    }
    let mut said = vec![fill(texts.funnel_text, &[("overall", &overall(context, funnel))])];
    let outside = funnel.providers.iter().filter(|provider| is_outside(provider)).map(|provider| {
        let place = dispute_code(&context.speech, "place", provider.place.as_deref().unwrap_or_default());
        format!("{} ({place})", provider.provider)
    });
    let separator = context.phrases().page.phrase_separator;
    let outside: Vec<String> = outside.collect();
    said.push(if outside.is_empty() {
        texts.funnel_inside.to_owned()
    } else {
        fill(texts.funnel_outside, &[("list", &outside.join(separator))])
    });
    let few = funnel.providers.iter().filter(|provider| provider.few);
    let few: Vec<&str> = few.map(|provider| provider.provider.as_str()).collect();
    if !few.is_empty() {
        said.push(fill(texts.funnel_few, &[("list", &few.join(context.phrases().page.list_separator))]));
    }
    said.join(" ")
}

fn is_outside(provider: &FunnelProvider) -> bool {
    provider.place.as_deref().is_some_and(|place| place != "within")
}

fn table(context: &Context, funnel: &DisputeFunnel, caption: String) -> Table {
    let (texts, columns_of) = (&context.phrases().disputes, &context.phrases().columns);
    let mut columns = vec![cell::words(texts.provider)];
    columns.extend(figure_columns(context, columns_of.share));
    columns.extend([
        cell::numbers(columns_of.base),
        cell::numbers(texts.limits_95),
        cell::numbers(texts.limits_998),
        cell::numbers("p"),
        cell::words(texts.where_it_lies),
    ]);
    let rows = funnel.providers.iter().map(|row| {
        let mut cells = vec![cell::text(row.provider.as_str())];
        cells.extend(figure(context, Unit::Percent, [row.share, row.low, row.high], row.reason.as_deref()));
        cells.push(cell::base(context, row.base, row.few));
        for limits in [row.low_95.zip(row.high_95), row.low_998.zip(row.high_998)] {
            let style = NumberStyle::figure(Unit::Percent, "", limits).bare();
            cells.push(cell::text(
                limits.map_or_else(String::new, |limits| context.speech.range(limits, style)),
            ));
        }
        cells.push(cell::p(context, row.p));
        let place = row.place.as_deref().map(|place| dispute_code(&context.speech, "place", place));
        cells.push(cell::text(place.unwrap_or_default()));
        cells
    });
    let rows: Vec<Vec<Cell>> = rows.collect();
    Table { caption, columns, rows }
}

fn pictured(context: &Context, funnel: &DisputeFunnel, table: Table) -> Figure {
    let texts = &context.phrases().disputes;
    let name = dispute_figure(&context.speech, &funnel.statistic);
    let (all, count) =
        (overall(context, funnel), context.speech.count(u64::try_from(table.rows.len()).unwrap_or(u64::MAX)));
    Figure {
        id: anchor(&[QUESTION, "funnel", &funnel.statistic]),
        title: fill(texts.funnel_title, &[("figure", &name)]),
        description: fill(
            texts.funnel_description,
            &[("figure", &name), ("count", &count), ("overall", &all)],
        ),
        note: fill(texts.overall, &[("value", &all)]),
        chart: Chart::Lines(drawn(context, funnel)),
        table,
    }
}

fn drawn(context: &Context, funnel: &DisputeFunnel) -> LineChart {
    let texts = &context.phrases().disputes;
    let most = funnel.bounds.last().map_or(1.0, |bounds| bounds.cases as f64);
    let line = |name: &str, kind, limit: fn(&FunnelBounds) -> f64| ChartLine {
        name: name.to_owned(),
        kind,
        points: funnel.bounds.iter().map(|bounds| (bounds.cases as f64, limit(bounds))).collect(),
    };
    let all = funnel.overall.unwrap_or(0.0);
    let name = fill(texts.overall, &[("value", &overall(context, funnel))]);
    let lines = vec![
        ChartLine { name, kind: LineKind::Overall, points: vec![(0.0, all), (most, all)] },
        line(texts.limits_95, LineKind::Inner, |bounds| bounds.low_95),
        line("", LineKind::Inner, |bounds| bounds.high_95),
        line(texts.limits_998, LineKind::Outer, |bounds| bounds.low_998),
        line("", LineKind::Outer, |bounds| bounds.high_998),
    ];
    let marks = funnel.providers.iter().filter_map(|provider| {
        let share = provider.share?;
        Some(LineMark {
            label: provider.provider.clone(),
            at: (provider.base? as f64, share),
            text: context.speech.styled(share, NumberStyle::figure(Unit::Percent, "", None)),
            outside: is_outside(provider),
            weak: provider.few,
        })
    });
    LineChart {
        across: axis::over(context, (0.0, most * 1.05), texts.cases_axis.to_owned(), false),
        up: axis::over(context, (0.0, 100.0), context.phrases().units.percent_axis.to_owned(), false),
        lines,
        bands: Vec::new(),
        marks: marks.collect(),
    }
}
