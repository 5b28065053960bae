//! What kind of need every feature is: one row a feature, then one a feature and group.

use super::account;
use super::lookup::Lookup;
use super::story::Story;
use super::{Block, Cell, Column, Extent, Table};
use crate::report::words::{self, Names, heading};
use crate::report::{Flag, KanoRow, Report, Section};

/// The blocks of a report that is about nothing else, in reading order.
pub(super) fn document(report: &Report, extent: Extent) -> Vec<Block> {
    let lookup = Lookup::new(report);
    let ids = report.sections.iter().filter_map(|section| match section {
        Section::Kano(kano) => Some(kano.rows.iter().map(|row| row.question.as_str())),
        _ => None,
    });
    let story = Story::about(ids.flatten());
    let mut blocks = vec![account::title(report)];
    blocks.extend(blocks_of(&lookup, extent, true));
    blocks.extend(account::sentences(report, &story, extent));
    if extent.explain {
        blocks.extend(account::ledger(report));
        blocks.extend(account::provenance(report));
    }
    blocks
}

/// The features of all respondents, beside scores.
pub(super) fn blocks(lookup: &Lookup, extent: Extent) -> Vec<Block> {
    blocks_of(lookup, extent, false)
}

fn blocks_of(lookup: &Lookup, extent: Extent, alone: bool) -> Vec<Block> {
    let mut blocks = Vec::new();
    for section in &lookup.report.sections {
        let Section::Kano(kano) = section else { continue };
        let (all, groups): (Vec<&KanoRow>, Vec<&KanoRow>) =
            kano.rows.iter().partition(|row| row.segment.is_empty());
        if !alone {
            blocks.push(Block::Heading(heading::KANO.to_owned()));
        }
        blocks.push(Block::Table(table(lookup, &all, extent)));
        let shown: Vec<&KanoRow> = if alone { kano.rows.iter().collect() } else { all };
        blocks.push(Block::Legend(legend(&shown, lookup)));
        if alone {
            blocks.extend(by_group(lookup, &groups, extent));
        }
    }
    blocks
}

/// One table a segment.
fn by_group(lookup: &Lookup, rows: &[&KanoRow], extent: Extent) -> Vec<Block> {
    let mut segments: Vec<&str> = Vec::new();
    for segment in rows.iter().flat_map(|row| row.segment.keys()) {
        if !segments.contains(&segment.as_str()) {
            segments.push(segment);
        }
    }
    let of_segment = segments.into_iter().flat_map(|segment| {
        let own: Vec<&KanoRow> = rows
            .iter()
            .copied()
            .filter(|row| row.segment.contains_key(segment) && row.base != Some(0))
            .collect();
        [
            Block::Heading(lookup.segment_label(segment).to_owned()),
            Block::Table(grouped(lookup, &own, segment, extent)),
        ]
    });
    of_segment.collect()
}

fn columns(lookup: &Lookup, extent: Extent) -> Vec<Column> {
    let mut columns = vec![Column::text(heading::NEED)];
    columns.extend(["M", "O", "A", "I", "R", "Q"].map(Column::number));
    columns.push(Column::number(heading::BETTER));
    if extent.explain {
        columns.push(Column::interval(lookup.report.survey.confidence));
    }
    columns.push(Column::number(heading::WORSE));
    if extent.explain {
        columns.push(Column::interval(lookup.report.survey.confidence));
        columns.extend([heading::LEAD, heading::CARED_ABOUT].map(Column::number));
        columns.push(Column::text(heading::BY_BLAUTH));
        columns.push(Column::number(heading::IMPORTANCE));
    }
    columns.push(Column::number(heading::BASE));
    columns
}

fn table(lookup: &Lookup, rows: &[&KanoRow], extent: Extent) -> Table {
    let names = Names::new(&lookup.report.survey);
    let heads = std::iter::once(Column::text(heading::FEATURE)).chain(columns(lookup, extent)).collect();
    let rows = rows.iter().map(|row| {
        std::iter::once(Cell::from(names.called(&row.question))).chain(cells(lookup, row, extent)).collect()
    });
    Table::new(1, heads, rows.collect()).without_empty_columns()
}

fn grouped(lookup: &Lookup, rows: &[&KanoRow], segment: &str, extent: Extent) -> Table {
    let names = [Column::text(heading::FEATURE), Column::text(heading::GROUP)];
    let heads = names.into_iter().chain(columns(lookup, extent)).collect();
    // By feature, so that groups stand beside each other.
    let mut rows = rows.to_vec();
    rows.sort_by_key(|row| lookup.question_rank(&row.question));
    let names = Names::new(&lookup.report.survey);
    let rows = rows.into_iter().map(|row| {
        let value = row.segment.get(segment).map_or("", String::as_str);
        [Cell::from(names.called(&row.question)), Cell::from(value)]
            .into_iter()
            .chain(cells(lookup, row, extent))
            .collect()
    });
    Table::new(2, heads, rows.collect()).without_empty_columns().with_names_once()
}

fn cells(lookup: &Lookup, row: &KanoRow, extent: Extent) -> Vec<Cell> {
    let count = |count: Option<u64>| count.map_or_else(|| Cell::from(""), |n| Cell::from(words::count(n)));
    let limits = |low: Option<f64>, high: Option<f64>, signed: bool| {
        let text = low.zip(high).map(|(low, high)| {
            format!("{} to {}", words::fixed(low, 2, signed), words::fixed(high, 2, signed))
        });
        Cell::from(text.unwrap_or_default())
    };
    let share = |share: Option<f64>| {
        share.map_or_else(|| Cell::from(""), |share| Cell::from(words::fixed(100.0 * share, 0, false) + " %"))
    };
    let mut cells = vec![Cell::from(need(lookup, row))];
    cells.extend(
        [row.must_be, row.one_dimensional, row.attractive, row.indifferent, row.reverse, row.questionable]
            .map(count),
    );
    let figure = |value: Option<f64>| {
        Cell::from(value.map_or_else(String::new, |value| words::fixed(value, 2, false)))
    };
    cells.push(figure(row.better));
    if extent.explain {
        cells.push(limits(row.better_low, row.better_high, false));
    }
    cells.push(figure(row.worse));
    if extent.explain {
        cells.push(limits(row.worse_low, row.worse_high, false));
        cells.extend([share(row.category_strength), share(row.total_strength)]);
        cells.push(Cell::from(row.category_by_groups.map_or("", words::kano_category)));
        cells.push(figure(row.importance));
    }
    let base = row.base.map_or_else(String::new, words::count);
    cells.push(Cell::from(if row.flag == Some(Flag::SmallBase) { base + "*" } else { base }));
    cells
}

/// The category, with the question mark of one that is not told apart; or why there is none.
fn need(lookup: &Lookup, row: &KanoRow) -> String {
    match (row.category, row.flag) {
        (Some(category), _) => {
            let mark = if row.distinguishable == Some(true) { "" } else { "?" };
            format!("{}{mark}", words::kano_category(category))
        }
        (None, Some(flag)) => lookup.flag(flag),
        (None, None) => words::NO_FIGURE.to_owned(),
    }
}

fn legend(rows: &[&KanoRow], lookup: &Lookup) -> Vec<String> {
    let mut lines = vec![words::kano_letters().to_owned(), words::kano_coefficients().to_owned()];
    if rows.iter().any(|row| row.category.is_some() && row.distinguishable != Some(true)) {
        lines.push(words::kano_unsettled().to_owned());
    }
    if rows.iter().any(|row| row.flag == Some(Flag::SmallBase)) {
        lines.push(format!("* {}", lookup.flag(Flag::SmallBase)));
    }
    lines
}
