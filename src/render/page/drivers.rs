//! What goes with an outcome: shares with intervals, the plane of importance and performance, groups, key drivers.

use super::super::chart::{Chart, Emphasis, IntervalChart, IntervalRow, QuadrantMark};
use super::context::Context;
use super::plane::{Plane, Told};
use super::{Block, Column, Figure, Table, anchor, axis, cell};
use crate::report::words::{
    NumberStyle, driver_factor, drivers_differences, drivers_group, drivers_no_group, drivers_outcome,
    drivers_sentences, fill, key_drivers_meaning, outcome_level, quadrant_name,
};
use crate::report::{
    DriverRow, DriversSection, KeyDriversTable, OutcomeLevel, PageSection, Quadrant, Section,
};

/// A quadrant is settled where at least this share of resamples agrees.
const SETTLED: f64 = 0.8;

/// The sections.
pub(super) fn sections<'a>(context: &Context<'a>) -> impl Iterator<Item = &'a DriversSection> {
    context.report.sections.iter().filter_map(|section| match section {
        Section::Drivers(drivers) if !drivers.rows.is_empty() => Some(drivers.as_ref()),
        _ => None,
    })
}

pub(super) fn blocks(context: &Context) -> Vec<Block> {
    sections(context).flat_map(|drivers| section(context, drivers)).collect()
}

fn section(context: &Context, drivers: &DriversSection) -> Vec<Block> {
    let texts = &context.phrases().drivers;
    let (speech, names) = (&context.speech, &context.names);
    let mut blocks = vec![
        Block::Figure(Box::new(shares(context, drivers))),
        Block::Text(drivers_sentences(speech, names, drivers, context.is_asked_for(PageSection::Drivers))),
    ];
    blocks.extend(plane(context, drivers).map(|figure| Block::Figure(Box::new(figure))));
    // A report of everything keeps to what its reader acts on.
    if !context.is_asked_for(PageSection::Drivers) {
        return blocks;
    }
    for (title, table) in
        [(texts.dissatisfiers, &drivers.dissatisfiers), (texts.enhancers, &drivers.enhancers)]
    {
        if let Some(table) = table {
            blocks.extend(Block::titled(
                key_drivers(context, title, table),
                vec![key_drivers_meaning(speech, table)],
            ));
        }
    }
    for question in questions(&drivers.levels) {
        blocks.push(Block::Table(levels(context, drivers, question)));
    }
    if !drivers.differences.is_empty() {
        blocks.push(Block::Text(drivers_differences(speech, names, drivers)));
    }
    if !context.for_customers() {
        for group in &drivers.groups {
            if group.rows.is_empty() {
                blocks.push(Block::Text(vec![drivers_no_group(speech, names, group)]));
            } else {
                blocks.push(Block::Table(table(context, &group.rows, drivers_group(names, group))));
            }
        }
    }
    blocks
}

fn title(context: &Context, drivers: &DriversSection, text: &str) -> String {
    let outcome = drivers_outcome(&context.speech, &context.names, drivers);
    context.titled(fill(text, &[("outcome", &outcome)]), drivers.wave.as_ref())
}

/// The drivers by their share, the largest first.
fn ranked(rows: &[DriverRow]) -> Vec<&DriverRow> {
    let mut ranked: Vec<&DriverRow> = rows.iter().collect();
    let share = |row: &DriverRow| row.share.unwrap_or(f64::NEG_INFINITY);
    ranked.sort_by(|a, b| share(b).total_cmp(&share(a)));
    ranked
}

fn shares(context: &Context, drivers: &DriversSection) -> Figure {
    let texts = &context.phrases().drivers;
    let title = title(context, drivers, texts.title);
    let rows = ranked(&drivers.rows);
    let percent = |share: f64| 100.0 * share;
    let most = rows.iter().flat_map(|row| [row.share, row.share_high]).flatten().map(percent);
    let range = axis::window(most.chain([0.0]), Some((0.0, 100.0))).unwrap_or((0.0, 100.0));
    let first = rows.first().map_or("", |row| context.names.question(&row.question));
    let count = context.speech.count(u64::try_from(rows.len()).unwrap_or(u64::MAX));
    let mark = |row: &&DriverRow| IntervalRow {
        label: context.names.question(&row.question).to_owned(),
        note: String::new(),
        value: row.share.map(percent),
        limits: row.share_low.zip(row.share_high).map(|(low, high)| (percent(low), percent(high))),
        text: row.share.map_or_else(String::new, |share| context.speech.share(share)),
        emphasis: Emphasis::Usual,
    };
    Figure {
        id: anchor(&["drivers", &drivers.outcome]),
        description: fill(texts.description, &[("count", &count), ("list", &context.speech.quoted(first))]),
        // Nothing is drawn about figures without limits.
        note: if rows.iter().any(|row| row.share_low.is_some()) {
            fill(texts.note, &[("confidence", &context.confidence())])
        } else {
            String::new()
        },
        chart: Chart::Intervals(IntervalChart {
            axis: axis::over(context, range, texts.share_axis.to_owned(), false),
            rows: rows.iter().map(mark).collect(),
            reference: None,
            target: None,
        }),
        table: table(context, &drivers.rows, title.clone()),
        title,
    }
}

fn is_settled(row: &DriverRow) -> bool {
    row.quadrant_probability.is_some_and(|share| share >= SETTLED)
}

/// Importance and performance; none for free numbers.
fn plane(context: &Context, drivers: &DriversSection) -> Option<Figure> {
    let texts = &context.phrases().drivers;
    let (performance, importance) = drivers.performance_line.zip(drivers.importance_line)?;
    let percent = |share: f64| 100.0 * share;
    let marks: Vec<QuadrantMark> = drivers
        .rows
        .iter()
        .filter_map(|row| {
            Some(QuadrantMark {
                label: context.names.question(&row.question).to_owned(),
                performance: (row.performance?, None),
                importance: (
                    percent(row.importance?),
                    row.share_low.zip(row.share_high).map(|(low, high)| (percent(low), percent(high))),
                ),
                settled: is_settled(row),
            })
        })
        .collect();
    if marks.len() < 2 {
        return None;
    }
    let range = |figures: Vec<f64>| axis::window(figures, Some((0.0, 100.0))).unwrap_or((0.0, 100.0));
    let across = marks.iter().map(|mark| mark.performance.0).chain([performance]).collect();
    let up = marks.iter().flat_map(|mark| {
        let (low, high) = mark.importance.1.unwrap_or((mark.importance.0, mark.importance.0));
        [mark.importance.0, low, high]
    });
    let up = up.chain([percent(importance)]).collect();
    let corner = |quadrant| quadrant_name(&context.speech, quadrant).to_owned();
    let weak: Vec<String> = drivers
        .rows
        .iter()
        .filter(|row| row.quadrant == Some(Quadrant::ConcentrateHere) && is_settled(row))
        .map(|row| context.speech.quoted(context.names.question(&row.question)))
        .collect();
    let list = if weak.is_empty() {
        context.phrases().priorities.nothing.to_owned()
    } else {
        context.speech.list(&weak)
    };
    let count = context.speech.count(u64::try_from(marks.len()).unwrap_or(u64::MAX));
    let title = context.titled(texts.plane.to_owned(), drivers.wave.as_ref());
    Some(Figure {
        id: anchor(&["drivers-plane", &drivers.outcome]),
        description: fill(texts.plane_description, &[("count", &count), ("list", &list)]),
        note: fill(plane_note(context, &drivers.crosshair), &[("confidence", &context.confidence())]),
        chart: Plane {
            told: Told::Priority,
            axes: (
                axis::over(context, range(across), texts.rating.to_owned(), false),
                axis::over(context, range(up), texts.share_axis.to_owned(), false),
            ),
            crosshair: (performance, percent(importance)),
            corners: [
                corner(Quadrant::ConcentrateHere),
                corner(Quadrant::KeepUpTheGoodWork),
                corner(Quadrant::LowPriority),
                corner(Quadrant::PossibleOverkill),
            ],
            marks,
        }
        .chart(context),
        table: plane_table(context, drivers, title.clone()),
        title,
    })
}

/// Where the lines of the plane stand.
fn plane_note(context: &Context, crosshair: &str) -> &'static str {
    let texts = &context.phrases().priorities;
    match crosshair {
        "medians" => texts.note_medians,
        "midpoint" => texts.note_equal,
        "target" => texts.note_target,
        _ => context.phrases().drivers.plane_note,
    }
}

fn plane_table(context: &Context, drivers: &DriversSection, caption: String) -> Table {
    let (texts, columns) = (&context.phrases().drivers, &context.phrases().columns);
    let one = NumberStyle::plain(1);
    let rows = drivers.rows.iter().map(|row| {
        let name = row.quadrant.map_or_else(String::new, |quadrant| {
            let name = quadrant_name(&context.speech, quadrant);
            if is_settled(row) {
                name.to_owned()
            } else {
                fill(context.phrases().priorities.unsettled, &[("quadrant", &name)])
            }
        });
        vec![
            cell::text(context.names.question(&row.question)),
            cell::number(context, row.performance, one),
            cell::share(context, row.importance),
            cell::text(name),
            cell::share(context, row.quadrant_probability),
        ]
    });
    Table {
        caption,
        columns: vec![
            cell::words(texts.driver),
            cell::numbers(texts.rating),
            cell::numbers(texts.share),
            cell::words(columns.quadrant),
            cell::numbers(columns.quadrant_share),
        ],
        rows: rows.collect(),
    }
}

/// One row a driver, the largest share first.
fn table(context: &Context, rows: &[DriverRow], caption: String) -> Table {
    let (texts, columns) = (&context.phrases().drivers, &context.phrases().columns);
    let (one, two) = (NumberStyle::plain(1), NumberStyle::plain(2));
    let signed = NumberStyle { signed: true, ..two };
    let in_full = context.is_asked_for(PageSection::Drivers);
    let [share_low, share_high] = cell::limits(context);
    let [slope_low, slope_high] = cell::limits(context);
    let mut heads = vec![
        cell::words(texts.driver),
        cell::numbers(columns.base),
        cell::numbers(texts.share),
        share_low,
        share_high,
        cell::numbers(texts.rank),
        cell::numbers(texts.correlation),
        cell::numbers(texts.slope),
        slope_low,
        slope_high,
        cell::numbers(texts.rating),
    ];
    let technical: &[&str] = &[
        "R²: LMG",
        "R²: Johnson",
        "β",
        "ρ (Spearman)",
        "ρ (polychoric)",
        "VIF",
        "SE",
        "p",
        "logit",
        "SE",
        "p",
    ];
    if in_full {
        heads.extend(technical.iter().map(|head| cell::numbers(head)));
    }
    if in_full {
        heads.extend([cell::numbers(texts.penalty), cell::numbers(texts.reward), cell::words(texts.factor)]);
    }
    let cells = ranked(rows).into_iter().map(|row| {
        let number = |value, style| cell::number(context, value, style);
        let ranks = row.rank_low.zip(row.rank_high).map_or_else(String::new, |(low, high)| {
            if low == high { low.to_string() } else { format!("{low}–{high}") }
        });
        let mut cells = vec![
            cell::text(context.names.question(&row.question)),
            cell::count(context, row.base),
            cell::share(context, row.share),
            cell::share(context, row.share_low),
            cell::share(context, row.share_high),
            cell::text(ranks),
            number(row.correlation, two),
            number(row.b, signed),
            number(row.b_low, signed),
            number(row.b_high, signed),
            number(row.performance, one),
        ];
        if in_full {
            cells.extend([
                number(row.lmg, NumberStyle::plain(3)),
                number(row.johnson, NumberStyle::plain(3)),
                number(row.beta, signed),
                number(row.spearman, two),
                number(row.polychoric, two),
                number(row.vif, one),
                number(row.se, NumberStyle::plain(3)),
                cell::p(context, row.p),
                number(row.logit, signed),
                number(row.logit_se, NumberStyle::plain(3)),
                cell::p(context, row.logit_p),
            ]);
        }
        if in_full {
            cells.extend([
                number(row.penalty, signed),
                number(row.reward, signed),
                cell::text(row.factor.map_or("", |factor| driver_factor(&context.speech, factor))),
            ]);
        }
        cells
    });
    Table { caption, columns: heads, rows: cells.collect() }
}

fn key_drivers(context: &Context, caption: &str, key: &KeyDriversTable) -> Table {
    let texts = &context.phrases().drivers;
    let rows = key.rows.iter().map(|row| {
        vec![
            cell::text(context.names.question(&row.question)),
            cell::share(context, Some(row.reach)),
            cell::share(context, Some(row.noise)),
            cell::number(context, Some(row.shapley), NumberStyle { signed: true, ..NumberStyle::plain(3) }),
            cell::text(if row.key { texts.yes } else { "" }),
        ]
    });
    Table {
        caption: caption.to_owned(),
        columns: vec![
            cell::words(texts.driver),
            cell::numbers(texts.reach),
            cell::numbers(texts.noise),
            cell::numbers(texts.part),
            cell::words(texts.key),
        ],
        rows: rows.collect(),
    }
}

/// The ratings by which an outcome is told, in order.
fn questions(levels: &[OutcomeLevel]) -> Vec<&str> {
    let mut found: Vec<&str> = Vec::new();
    for level in levels {
        if !found.contains(&level.question.as_str()) {
            found.push(&level.question);
        }
    }
    found
}

fn levels(context: &Context, drivers: &DriversSection, question: &str) -> Table {
    let (texts, columns) = (&context.phrases().drivers, &context.phrases().columns);
    let one = NumberStyle::plain(1);
    let own: Vec<&OutcomeLevel> = drivers.levels.iter().filter(|level| level.question == question).collect();
    let rows = own.iter().map(|level| {
        vec![
            cell::text(outcome_level(&context.speech, level)),
            cell::number(context, level.value, one),
            cell::number(context, level.low, one),
            cell::number(context, level.high, one),
            cell::count(context, Some(level.base)),
        ]
    });
    let percent = own.iter().any(|level| level.unit == "percent");
    let [low, high] = cell::limits(context);
    let value: Column = if percent { cell::numbers("%") } else { cell::numbers(&drivers.outcome) };
    let with = [
        ("outcome", &drivers.outcome as &dyn std::fmt::Display),
        ("question", &context.names.question(question)),
    ];
    Table {
        caption: fill(texts.levels, &with),
        columns: vec![cell::words(texts.level), value, low, high, cell::numbers(columns.base)],
        rows: rows.collect(),
    }
}
