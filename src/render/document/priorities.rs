//! What to improve first, in a terminal: one list.

use super::lookup::Lookup;
use super::{Block, Cell, Column, Interval, Table};
use crate::report::words::{
    self, NumberStyle, Speech, priorities_sentences, priority_ranks, priority_verdict,
};
use crate::report::{DocumentSection, Flag, PrioritiesSection, PriorityRow, Section};

/// The list of a report that ranks attributes.
pub(super) fn blocks(lookup: &Lookup) -> Vec<Block> {
    let speech = Speech::new(&DocumentSection::default());
    let found = lookup.report.sections.iter().filter_map(|section| match section {
        Section::Priorities(found) if found.weighted_index.is_some() => Some(found),
        _ => None,
    });
    found.flat_map(|found| list(lookup, &speech, found)).collect()
}

fn list(lookup: &Lookup, speech: &Speech, found: &PrioritiesSection) -> Vec<Block> {
    let (texts, columns) = (&speech.phrases().priorities, &speech.phrases().columns);
    let heads = vec![
        Column::text(columns.question),
        Column::number(speech.phrases().drivers.rank),
        Column::text(columns.ranks),
        Column::text(texts.sure_column),
        Column::number(texts.missing_column),
        Column::interval(lookup.report.survey.confidence),
        Column::number(if found.outcome.is_some() { texts.importance_derived } else { columns.importance }),
        Column::number(columns.performance),
    ];
    let ranked = found.rows.iter().filter(|row| row.rank.is_some());
    let names = words::Names::new(&lookup.report.survey);
    let rows = ranked.map(|row| cells(&names, speech, found, row)).collect();
    let mut said = priorities_sentences(speech, &names, lookup.report, found);
    if found.rows.iter().any(|row| row.small_base && row.rank.is_some()) {
        said.push(format!("{} {}", words::SMALL_BASE_MARK, lookup.flag(Flag::SmallBase)));
    }
    vec![
        Block::Heading(texts.list_title.to_owned()),
        Block::Table(Table::new(1, heads, rows).without_empty_columns()),
        Block::Legend(said),
    ]
}

fn cells(names: &words::Names, speech: &Speech, section: &PrioritiesSection, row: &PriorityRow) -> Vec<Cell> {
    let one = NumberStyle::plain(1);
    let number = |value: Option<f64>| {
        value.map_or_else(|| words::NO_FIGURE.to_owned(), |value| speech.styled(value, one))
    };
    let text = |limit| speech.styled(limit, one);
    let limits = row.missing_low.zip(row.missing_high).map_or(Cell::from(""), |(low, high)| {
        Cell::Interval(Interval { low: text(low), high: text(high), bar: None })
    });
    let mark = if row.small_base { words::SMALL_BASE_MARK } else { "" };
    vec![
        Cell::from(names.called(&row.question)),
        Cell::from(row.rank.map_or_else(String::new, |rank| format!("{rank}{mark}"))),
        Cell::from(priority_ranks(row).unwrap_or_default()),
        Cell::from(priority_verdict(speech, section, row).unwrap_or_default()),
        Cell::from(number(row.missing)),
        limits,
        Cell::from(number(row.importance)),
        Cell::from(number(row.performance)),
    ]
}
