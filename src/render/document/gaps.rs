//! Expectation and perception: questions, dimensions, what stands beside them, groups.

use super::account;
use super::lookup::Lookup;
use super::story::Story;
use super::{Block, Cell, Column, Extent, Interval, Table};
use crate::render::gaps::{
    Detail, GapCell, GapColumn, GapTable, GapWords, beside, by_group, dimensions, items, notes, sentences,
};
use crate::report::words::{self, Speech};
use crate::report::{DocumentSection, Flag, GapRow, Report, Section};

/// The blocks of a report that is about nothing else, in reading order.
pub(super) fn document(report: &Report, extent: Extent) -> Vec<Block> {
    let lookup = Lookup::new(report);
    let mut blocks = vec![account::title(report)];
    blocks.extend(blocks_of(&lookup, extent));
    blocks.extend(account::sentences(report, &story(report), extent));
    if extent.explain {
        blocks.extend(account::ledger(report));
        blocks.extend(account::provenance(report));
    }
    blocks
}

/// The questions that the gaps are of.
fn story(report: &Report) -> Story<'_> {
    let of_section = report.sections.iter().filter_map(|section| match section {
        Section::Gaps(gaps) => Some(gaps),
        _ => None,
    });
    let ids = of_section.flat_map(|gaps| {
        let pairs = gaps.rows.iter().map(|row| row.question.as_str());
        let zones = gaps.tolerance.iter().map(|row| row.question.as_str());
        let direct = gaps.disconfirmation.iter().map(|row| row.question.as_str());
        pairs.chain(zones).chain(direct)
    });
    Story::about(ids)
}

/// The gaps, beside scores too.
pub(super) fn blocks_of(lookup: &Lookup, extent: Extent) -> Vec<Block> {
    let report = lookup.report;
    let speech = Speech::new(&DocumentSection::default());
    let words_of = GapWords::new(report, &speech);
    let detail = if extent.explain { Detail::Full } else { Detail::Narrow };
    let mut blocks = Vec::new();
    for section in &report.sections {
        let Section::Gaps(gaps) = section else { continue };
        let rows: Vec<&GapRow> = gaps.rows.iter().collect();
        if !rows.is_empty() {
            let title = speech.phrases().gaps.title.to_owned();
            blocks.push(table(&words_of, items(&words_of, &rows, title, detail)));
        }
        let dimensions = dimensions(&words_of, gaps, detail);
        blocks.extend(dimensions.into_iter().flat_map(|own| titled(&words_of, own)));
        let said = sentences(&words_of, gaps);
        if !said.is_empty() {
            blocks.push(Block::Sentences(said));
        }
        blocks.extend(beside(&words_of, gaps).into_iter().flat_map(|own| titled(&words_of, own)));
        let groups = by_group(&words_of, gaps, extent.explain);
        blocks.extend(groups.into_iter().flat_map(|own| titled(&words_of, own)));
        let mut said = notes(&words_of, gaps);
        said.extend(marks(lookup, &blocks));
        let hidden = gaps.groups.iter().filter_map(|group| group.total.flag);
        let hidden: Vec<Flag> = hidden.filter(|flag| *flag != Flag::SmallBase).collect();
        let hides = |wanted| hidden.contains(&wanted).then(|| lookup.flag(wanted));
        said.extend([Flag::Suppressed, Flag::Complementary].into_iter().filter_map(hides));
        if !said.is_empty() {
            blocks.push(Block::Sentences(said));
        }
    }
    blocks
}

/// What the mark of a small base says, where one stands.
fn marks(lookup: &Lookup, blocks: &[Block]) -> Option<String> {
    let is_marked = |cell: &Cell| matches!(cell, Cell::Text(text) if text.ends_with(words::SMALL_BASE_MARK));
    let marked = blocks.iter().any(|block| match block {
        Block::Table(table) => table.rows.iter().flatten().any(is_marked),
        _ => false,
    });
    let text = lookup.flag(Flag::SmallBase);
    marked.then(|| format!("{} {text}", words::SMALL_BASE_MARK))
}

fn titled(words_of: &GapWords, mut own: GapTable) -> Vec<Block> {
    let (title, notes) = (std::mem::take(&mut own.title), std::mem::take(&mut own.notes));
    let mut blocks = vec![Block::Heading(title), table(words_of, own)];
    if !notes.is_empty() {
        blocks.push(Block::Legend(notes));
    }
    blocks
}

fn table(words_of: &GapWords, own: GapTable) -> Block {
    let confidence = words_of.report.survey.confidence;
    let columns = own.columns.iter().map(|column| match column {
        GapColumn::Words(header) => Column::text(header),
        GapColumn::Numbers(header) => Column::number(header),
        GapColumn::Limits => Column::interval(confidence),
    });
    let columns = columns.collect();
    let rows = own.rows.into_iter().map(|row| row.into_iter().map(|cell| shown(words_of, cell)).collect());
    Block::Table(Table::new(own.keys, columns, rows.collect()).without_empty_columns().with_names_once())
}

fn shown(words_of: &GapWords, cell: GapCell) -> Cell {
    let speech = words_of.speech;
    match cell {
        GapCell::Question(id) => Cell::from(words_of.names.called(&id)),
        GapCell::Text(text) => Cell::from(text),
        GapCell::Number(value, style) => {
            Cell::from(value.map_or_else(|| words::NO_FIGURE.to_owned(), |value| speech.styled(value, style)))
        }
        GapCell::Limits(None, _) => Cell::from(""),
        GapCell::Limits(Some((low, high)), style) => {
            let text = |limit| speech.styled(limit, style);
            Cell::Interval(Interval { low: text(low), high: text(high), bar: None })
        }
        GapCell::P(p) => Cell::from(p.map_or_else(String::new, |p| speech.p_number(p).0)),
        GapCell::Base(base, small) => {
            let base = base.map_or_else(|| words::NO_FIGURE.to_owned(), words::count);
            Cell::from(if small { base + words::SMALL_BASE_MARK } else { base })
        }
    }
}
