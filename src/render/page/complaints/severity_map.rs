//! The map of categories by frequency and gravity.

use super::super::super::chart::{Chart, QuadrantChart, QuadrantLegend, QuadrantMark};
use super::super::context::Context;
use super::super::{Block, Figure, Table, anchor, axis, cell};
use super::QUESTION;
use crate::report::words::{NumberStyle, complaint_code, fill};
use crate::report::{ComplaintCategory, ComplaintsSection};

/// Fewer categories have no map.
const LEAST: usize = 3;

pub(super) fn blocks(context: &Context, section: &ComplaintsSection) -> Vec<Block> {
    let Some(crosshair) =
        section.severity.as_ref().and_then(|severity| severity.map_severity.zip(severity.map_frequency))
    else {
        return Vec::new();
    };
    let rows = section.categories.iter().flat_map(|categories| &categories.rows);
    let rows: Vec<&ComplaintCategory> =
        rows.filter(|row| row.square.is_some() && row.severity_mean.is_some()).collect();
    if rows.len() < LEAST {
        return Vec::new();
    }
    let title = context.phrases().complaints.map_title.to_owned();
    vec![Block::Heading(title), Block::Figure(Box::new(figure(context, &rows, crosshair)))]
}

fn figure(context: &Context, rows: &[&ComplaintCategory], crosshair: (f64, f64)) -> Figure {
    let texts = &context.phrases().complaints;
    let worst = rows.iter().filter(|row| row.square.as_deref() == Some("frequent_and_grave"));
    let worst: Vec<String> =
        worst.map(|row| fill(context.phrases().page.quoted, &[("text", &row.category)])).collect();
    let list =
        if worst.is_empty() { texts.nothing.to_owned() } else { context.speech.list_of_first(&worst, 5) };
    let count = context.speech.count(u64::try_from(rows.len()).unwrap_or(u64::MAX));
    let severities = rows.iter().filter_map(|row| row.severity_mean).chain([crosshair.0]);
    // Counts beyond 2^53 are out of reach.
    let frequencies = rows.iter().map(|row| row.cases as f64).chain([crosshair.1, 0.0]);
    let over = |window: Option<(f64, f64)>, title: &str| {
        axis::over(context, window.unwrap_or((0.0, 1.0)), title.to_owned(), false)
    };
    Figure {
        id: anchor(&[QUESTION, "map"]),
        title: texts.map_title.to_owned(),
        description: fill(texts.map_description, &[("count", &count), ("list", &list)]),
        note: fill(
            texts.map_text,
            &[
                ("severity", &context.speech.number(crosshair.0, 2, false)),
                ("frequency", &context.speech.number(crosshair.1, 1, false)),
            ],
        ),
        chart: Chart::Quadrants(QuadrantChart {
            performance: over(axis::window(severities, None), texts.severity_axis),
            importance: over(axis::window(frequencies, Some((0.0, f64::MAX))), texts.frequency_axis),
            crosshair,
            corners: [texts.frequent, texts.frequent_and_grave, texts.neither, texts.grave]
                .map(str::to_owned),
            has_diagonal: false,
            is_first_shaded: false,
            marks: rows.iter().filter_map(|row| mark(row)).collect(),
            legend: QuadrantLegend {
                settled: texts.map_mark.to_owned(),
                unsettled: texts.map_mark.to_owned(),
                beginning: context.phrases().views.beginning.to_owned(),
            },
        }),
        table: table(context, rows),
    }
}

fn mark(row: &ComplaintCategory) -> Option<QuadrantMark> {
    Some(QuadrantMark {
        label: row.category.clone(),
        performance: (row.severity_mean?, None),
        // Counts beyond 2^53 are out of reach.
        importance: (row.cases as f64, None),
        settled: true,
    })
}

fn table(context: &Context, rows: &[&ComplaintCategory]) -> Table {
    let texts = &context.phrases().complaints;
    let rows = rows.iter().map(|row| {
        vec![
            cell::name(row.category.clone()),
            cell::count(context, Some(row.cases)),
            cell::number(context, row.severity_mean, NumberStyle::plain(2)),
            cell::text(
                row.square
                    .as_ref()
                    .map_or_else(String::new, |code| complaint_code(&context.speech, "square", code)),
            ),
        ]
    });
    Table {
        caption: texts.map_title.to_owned(),
        columns: vec![
            cell::words(texts.category),
            cell::numbers(texts.cases),
            cell::numbers(texts.severity_mean),
            cell::words(texts.square),
        ],
        rows: rows.collect(),
    }
}
