//! Expected and perceived: the gaps of ISO 10004's own model.

use super::super::chart::{Chart, GapChart, GapMark};
use super::context::Context;
use super::{Block, Figure, Table, anchor, axis, cell};
use crate::render::gaps::{
    Detail, GapCell, GapColumn, GapTable, GapWords, beside, by_group, dimensions, is_clear, items, notes,
    sentences, style,
};
use crate::report::words::fill;
use crate::report::{GapRow, GapsSection, PageSection, Section, Unit};

pub(super) fn blocks(context: &Context) -> Vec<Block> {
    let sections = context.report.sections.iter().filter_map(|section| match section {
        Section::Gaps(gaps) => Some(gaps),
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
    let words_of = GapWords::new(context.report, &context.speech);
    let mut said = [sentences(&words_of, gaps), notes(&words_of, gaps)].concat();
    let beside = beside_them(context, gaps);
    let tables: Vec<&Table> = blocks.iter().chain(&beside).filter_map(Block::table).collect();
    said.extend(cell::small_base_note(context, &tables));
    if !said.is_empty() {
        blocks.push(Block::Text(said));
    }
    blocks.extend(beside);
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

/// The gap with its interval.
fn written(context: &Context, row: &GapRow) -> String {
    let style = style(row.low.zip(row.high));
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
        note: fill(
            if rows.iter().all(|row| row.low.is_none()) { texts.note_census } else { texts.note },
            &[("confidence", &context.confidence())],
        ),
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
        clear: is_clear(&GapWords::new(context.report, &context.speech), row),
    }
}

/// The closer view has every test.
fn detail(context: &Context) -> Detail {
    if context.is_asked_for(PageSection::Gaps) { Detail::Full } else { Detail::Usual }
}

/// The questions.
fn table(context: &Context, rows: &[&GapRow], caption: String) -> Table {
    let words_of = GapWords::new(context.report, &context.speech);
    laid_out(context, items(&words_of, rows, caption, detail(context))).0
}

/// A table of gaps as a page has it, and what is to be said of it: a column for each limit.
fn laid_out(context: &Context, table: GapTable) -> (Table, Vec<String>) {
    let mut laid = Table { caption: table.title, columns: Vec::new(), rows: Vec::new() };
    for column in &table.columns {
        match column {
            GapColumn::Words(header) => laid.columns.push(cell::words(header)),
            GapColumn::Numbers(header) => laid.columns.push(cell::numbers(header)),
            GapColumn::Limits => {
                laid.columns.extend(cell::limits(context));
            }
        }
    }
    let cells = |found: GapCell| match found {
        GapCell::Question(id) => vec![cell::text(context.names.question(&id))],
        GapCell::Text(text) => vec![cell::text(text)],
        GapCell::Number(value, style) => vec![cell::number(context, value, style)],
        GapCell::Limits(limits, style) => {
            let limit = |of: fn((f64, f64)) -> f64| cell::number(context, limits.map(of), style.bare());
            vec![limit(|limits| limits.0), limit(|limits| limits.1)]
        }
        GapCell::P(p) => vec![cell::p(context, p)],
        GapCell::Base(base, is_small) => vec![cell::base(context, base, is_small)],
    };
    laid.rows = table.rows.into_iter().map(|row| row.into_iter().flat_map(cells).collect()).collect();
    base_after_names(&mut laid, table.keys);
    (laid, table.notes)
}

/// Puts the base, which stands last, behind what names the row: there it is seen before anything scrolls.
fn base_after_names(table: &mut Table, names: usize) {
    let last = table.columns.len().saturating_sub(1);
    if !table.columns.get(last).is_some_and(|column| column.numeric) || names >= last {
        return;
    }
    table.columns[names..].rotate_right(1);
    for row in table.rows.iter_mut().filter(|row| row.len() == last + 1) {
        row[names..].rotate_right(1);
    }
}

/// What stands beside the gaps of questions: dimensions, tolerance, direct questions, qualities, the staff, groups.
fn beside_them(context: &Context, gaps: &GapsSection) -> Vec<Block> {
    let words_of = GapWords::new(context.report, &context.speech);
    let mut tables: Vec<GapTable> = dimensions(&words_of, gaps, detail(context)).into_iter().collect();
    // What is planned, delivered and thought by the staff is no customer's business.
    if !context.for_customers() {
        tables.extend(beside(&words_of, gaps));
    }
    // A report of everything has no room for every gap of every group; whoever asks for gaps gets them.
    if detail(context) == Detail::Full && !context.for_customers() {
        tables.extend(by_group(&words_of, gaps, false));
    }
    let blocks = tables.into_iter().flat_map(|mut table| {
        table.title = context.titled(table.title, gaps.wave.as_ref());
        let (table, notes) = laid_out(context, table);
        let said = (!notes.is_empty()).then_some(Block::Text(notes));
        std::iter::once(Block::Table(table)).chain(said)
    });
    blocks.collect()
}
