//! Expected and perceived: the gaps of ISO 10004's own model.

use super::super::chart::{Chart, GapChart, GapMark};
use super::context::Context;
use super::{Block, Figure, Table, anchor, axis, cell};
use crate::report::words::{NumberStyle, fill};
use crate::report::{GapRow, GapsSection, Section, Unit};

pub(super) fn blocks(context: &Context) -> Vec<Block> {
    let sections = context.report.sections.iter().filter_map(|section| match section {
        Section::Gaps(gaps) if !gaps.rows.is_empty() => Some(gaps),
        _ => None,
    });
    sections.flat_map(|gaps| section(context, gaps)).collect()
}

fn section(context: &Context, gaps: &GapsSection) -> Vec<Block> {
    // One axis holds one scale.
    let mut scales: Vec<(Option<[i32; 2]>, Vec<&GapRow>)> = Vec::new();
    for row in sorted(gaps) {
        let scale = context.names.summary(&row.question).and_then(|question| question.scale);
        match scales.iter_mut().find(|(known, _)| *known == scale) {
            Some((_, rows)) => rows.push(row),
            None => scales.push((scale, vec![row])),
        }
    }
    let mut blocks: Vec<Block> = scales
        .iter()
        .map(|(scale, rows)| Block::Figure(Box::new(figure(context, gaps, *scale, rows))))
        .collect();
    blocks.push(Block::Text(sentences(context, gaps)));
    blocks
}

/// The widest shortfall first, gaps without a figure last.
fn sorted(gaps: &GapsSection) -> Vec<&GapRow> {
    let mut rows: Vec<&GapRow> = gaps.rows.iter().collect();
    rows.sort_by(|one, other| {
        let gap = |row: &GapRow| row.gap.unwrap_or(f64::INFINITY);
        gap(one).total_cmp(&gap(other))
    });
    rows
}

fn style(row: &GapRow) -> NumberStyle {
    NumberStyle::figure(Unit::Scale, "gap", row.low.zip(row.high))
}

fn is_clear(context: &Context, row: &GapRow) -> bool {
    row.p_adjusted.is_some_and(|p| p < 1.0 - context.report.survey.confidence)
}

/// The gap with its interval.
fn written(context: &Context, row: &GapRow) -> String {
    let style = style(row);
    let Some(gap) = row.gap else { return context.phrases().flags.no_figure.to_owned() };
    let gap = context.speech.styled(gap, style);
    row.low.zip(row.high).map_or_else(
        || gap.clone(),
        |limits| {
            let range = context.speech.range(limits, style);
            fill(context.phrases().gaps.text, &[("gap", &gap), ("range", &range)])
        },
    )
}

fn figure(context: &Context, gaps: &GapsSection, scale: Option<[i32; 2]>, rows: &[&GapRow]) -> Figure {
    let texts = &context.phrases().gaps;
    let title = context.titled(texts.title.to_owned(), gaps.wave.as_ref());
    let means = rows.iter().flat_map(|row| [row.expectation, row.perception]).flatten();
    let range = scale
        .map(|scale| scale.map(f64::from))
        .map(|[least, most]| (least, most))
        .or_else(|| axis::window(means, None))
        .unwrap_or((0.0, 1.0));
    let question = rows.first().and_then(|row| context.names.summary(&row.question));
    let count = context.speech.count(u64::try_from(rows.len()).unwrap_or(u64::MAX));
    let (widest, gap) = rows.first().map_or_else(Default::default, |row| {
        (context.names.question(&row.question).to_owned(), written(context, row))
    });
    Figure {
        id: anchor(&["expected-perceived"]),
        description: fill(texts.description, &[("count", &count), ("question", &widest), ("gap", &gap)]),
        note: fill(texts.note, &[("confidence", &context.confidence())]),
        chart: Chart::Gaps(GapChart {
            axis: axis::over(context, range, axis::title(context, Unit::Scale, question), false),
            expectation: texts.expectation.to_owned(),
            perception: texts.perception.to_owned(),
            rows: rows.iter().map(|row| mark(context, row)).collect(),
        }),
        table: table(context, rows, title.clone()),
        title,
    }
}

fn mark(context: &Context, row: &GapRow) -> GapMark {
    GapMark {
        label: context.names.question(&row.question).to_owned(),
        note: fill(context.phrases().gaps.row_note, &[("count", &context.speech.count(row.base))]),
        expectation: row.expectation,
        perception: row.perception,
        text: written(context, row),
        clear: is_clear(context, row),
    }
}

fn table(context: &Context, rows: &[&GapRow], caption: String) -> Table {
    let columns = &context.phrases().columns;
    let two = NumberStyle::plain(2);
    let with_dimensions = rows.iter().any(|row| row.dimension.is_some());
    let with_importance = rows.iter().any(|row| row.importance.is_some());
    let mut table = Table { caption, columns: vec![cell::words(columns.question)], rows: Vec::new() };
    if with_dimensions {
        table.columns.push(cell::words(columns.dimension));
    }
    table.columns.extend([
        cell::numbers(columns.expected),
        cell::numbers(columns.perceived),
        cell::numbers(columns.gap),
        cell::numbers(columns.low),
        cell::numbers(columns.high),
        cell::numbers(columns.p_adjusted),
        cell::numbers(columns.effect),
    ]);
    if with_importance {
        table.columns.extend([cell::numbers(columns.importance), cell::numbers(columns.weighted_gap)]);
    }
    table.columns.push(cell::numbers(columns.base));
    for gap in rows {
        let style = style(gap);
        let mut row = vec![cell::text(context.names.question(&gap.question))];
        if with_dimensions {
            let dimension = gap.dimension.as_deref().unwrap_or_default();
            let label = context.report.survey.dimensions.get(dimension).map_or(dimension, String::as_str);
            row.push(cell::text(label));
        }
        row.extend([
            cell::number(context, gap.expectation, two),
            cell::number(context, gap.perception, two),
            cell::number(context, gap.gap, style),
            cell::number(context, gap.low, style),
            cell::number(context, gap.high, style),
            cell::p(context, gap.p_adjusted),
            cell::number(context, gap.dz, NumberStyle { signed: true, ..two }),
        ]);
        if with_importance {
            row.push(cell::number(context, gap.importance, two));
            row.push(cell::number(context, gap.weighted_gap, NumberStyle { signed: true, ..two }));
        }
        row.push(cell::count(context, Some(gap.base)));
        table.rows.push(row);
    }
    table
}

fn sentences(context: &Context, gaps: &GapsSection) -> Vec<String> {
    let texts = &context.phrases().gaps;
    let tested = gaps.rows.iter().filter(|row| row.p_adjusted.is_some()).count();
    let count = context.speech.count(u64::try_from(tested).unwrap_or(u64::MAX));
    let clear: Vec<String> = sorted(gaps)
        .into_iter()
        .filter(|row| is_clear(context, row))
        .map(|row| context.speech.quoted(context.names.question(&row.question)))
        .collect();
    let mut sentences = Vec::new();
    if clear.is_empty() {
        sentences.push(fill(texts.none_clear, &[("count", &count)]));
    } else {
        let list = context.speech.list(&clear);
        sentences.push(fill(texts.clear, &[("count", &count), ("list", &list)]));
    }
    let limits = gaps.total.low.zip(gaps.total.high);
    let style = NumberStyle::figure(Unit::Scale, "gap", limits);
    if let Some(total) = gaps.total.unweighted {
        let total = context.speech.styled(total, style);
        sentences.push(match limits {
            Some(limits) => {
                let range = context.speech.range(limits, style);
                fill(texts.total_range, &[("gap", &total), ("range", &range)])
            }
            None => fill(texts.total, &[("gap", &total)]),
        });
    }
    if let Some(weighted) = gaps.total.weighted {
        sentences.push(fill(texts.weighted, &[("gap", &context.speech.styled(weighted, style))]));
    }
    sentences
}
