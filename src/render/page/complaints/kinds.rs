//! What complaints are about, the most frequent first, and how grave they are.

use super::super::super::chart::{Chart, Emphasis, IntervalChart, IntervalRow};
use super::super::context::Context;
use super::super::{Block, Figure, Table, anchor, axis, cell};
use super::{QUESTION, figure, figure_columns};
use crate::report::words::{NumberStyle, fill, shortened};
use crate::report::{ComplaintCategories, ComplaintCategory, ComplaintsSection, Unit};

/// More rows than this make a picture that nobody reads; the table has them all.
const MOST_DRAWN: usize = 20;

/// So many of the most frequent are named in a sentence.
const MOST_NAMED: usize = 3;

pub(super) fn blocks(context: &Context, section: &ComplaintsSection) -> Vec<Block> {
    let texts = &context.phrases().complaints;
    let mut blocks = Vec::new();
    match &section.categories {
        None => blocks.push(Block::Text(vec![texts.no_column_category.to_owned()])),
        Some(categories) if categories.rows.is_empty() => {}
        Some(categories) => {
            blocks.push(Block::Heading(texts.categories_title.to_owned()));
            blocks.push(Block::Figure(Box::new(pareto(context, categories))));
            let said = said(context, categories);
            if !said.is_empty() {
                blocks.push(Block::Text(said));
            }
        }
    }
    blocks.extend(severity(context, section));
    blocks
}

/// How few categories make up most, whether the rest has grown too large, and how many have none.
fn said(context: &Context, categories: &ComplaintCategories) -> Vec<String> {
    let texts = &context.phrases().complaints;
    let count = |number| context.speech.count(number);
    let mut said = Vec::new();
    if let Some(few) = categories.reach_80 {
        let all = count(u64::try_from(categories.rows.len()).unwrap_or(u64::MAX));
        let text = if few == 1 { texts.few_one } else { texts.few_many };
        said.push(fill(text, &[("count", &count(few)), ("all", &all)]));
    }
    if let Some(share) = categories.other_share.filter(|_| categories.other_too_large) {
        let style = NumberStyle::percent();
        let limits = categories.other_low.zip(categories.other_high);
        let range = limits.map_or_else(
            || context.phrases().flags.no_interval.to_owned(),
            |limits| context.speech.range(limits, style),
        );
        let limit = context.speech.written(&format!("{} %", categories.other_limit));
        let share = context.speech.styled(share, style);
        said.push(fill(texts.other_large, &[("share", &share), ("range", &range), ("limit", &limit)]));
    }
    if categories.without > 0 {
        said.push(fill(texts.no_category, &[("count", &count(categories.without))]));
    }
    said
}

fn pareto(context: &Context, categories: &ComplaintCategories) -> Figure {
    let texts = &context.phrases().complaints;
    let rows: Vec<&ComplaintCategory> = categories.rows.iter().take(MOST_DRAWN).collect();
    let named: Vec<String> = rows
        .iter()
        .take(MOST_NAMED)
        .map(|row| {
            let name = fill(context.phrases().page.quoted, &[("text", &shortened(&row.category))]);
            format!("{name} {}", context.speech.styled(row.share, NumberStyle::percent()))
        })
        .collect();
    let figures = rows.iter().flat_map(|row| [Some(row.share), row.low, row.high]).flatten();
    let window = axis::window(figures.chain([0.0]), Some((0.0, 100.0))).unwrap_or((0.0, 100.0));
    let mark = |row: &&ComplaintCategory| IntervalRow {
        label: row.category.clone(),
        note: context.speech.count(row.cases),
        value: Some(row.share),
        limits: row.low.zip(row.high),
        text: context.speech.styled(row.share, NumberStyle::percent()),
        emphasis: if row.other { Emphasis::Weak } else { Emphasis::Usual },
    };
    Figure {
        id: anchor(&[QUESTION, "categories"]),
        title: texts.categories_title.to_owned(),
        description: fill(texts.pareto_description, &[("list", &context.speech.list(&named))]),
        note: fill(texts.chart_note, &[("confidence", &context.confidence())]),
        chart: Chart::Intervals(IntervalChart {
            axis: axis::over(context, window, texts.share_axis.to_owned(), false),
            rows: rows.iter().map(mark).collect(),
            reference: None,
            target: None,
        }),
        table: table(context, categories),
    }
}

fn table(context: &Context, categories: &ComplaintCategories) -> Table {
    let texts = &context.phrases().complaints;
    let mut columns = vec![cell::words(texts.category), cell::numbers(texts.cases)];
    columns.extend(figure_columns(context, context.phrases().columns.share));
    columns.extend([
        cell::numbers(texts.cumulative),
        cell::numbers(texts.severity_mean),
        cell::numbers(texts.risk_share),
        cell::numbers(texts.risk_rank),
    ]);
    let rows = categories.rows.iter().map(|row| {
        let mut cells = vec![cell::name(row.category.clone()), cell::count(context, Some(row.cases))];
        cells.extend(figure(context, Unit::Percent, [Some(row.share), row.low, row.high], None));
        cells.extend([
            cell::number(context, Some(row.cumulative), NumberStyle::percent()),
            cell::number(context, row.severity_mean, NumberStyle::plain(2)),
            cell::number(context, row.risk_share, NumberStyle::percent()),
            cell::count(context, row.risk_rank),
        ]);
        cells
    });
    Table { caption: texts.categories_title.to_owned(), columns, rows: rows.collect() }
}

fn severity(context: &Context, section: &ComplaintsSection) -> Vec<Block> {
    let texts = &context.phrases().complaints;
    let Some(severity) = &section.severity else { return Vec::new() };
    let Some(mean) = severity.mean else { return vec![Block::Text(vec![texts.severity_none.to_owned()])] };
    let rows = severity.counts.iter().map(|(points, cases)| {
        vec![cell::text(context.speech.plain(*points, 2, false)), cell::count(context, Some(*cases))]
    });
    let table = Table {
        caption: texts.severity_title.to_owned(),
        columns: vec![cell::words(texts.points), cell::numbers(texts.cases)],
        rows: rows.collect(),
    };
    let said = fill(
        texts.severity_text,
        &[
            ("mean", &context.speech.number(mean, 2, false)),
            ("most", &severity.most),
            ("count", &context.speech.count(severity.without)),
        ],
    );
    Block::titled(table, vec![said])
}
