//! One indicator of all or of one segment value: its figures by period, which way is good, and its names.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use crate::report::{Better, Flag, IndicatorsSection, SegmentSummary};
use crate::source::cases::Categories;
use crate::stats::Confidence;
use crate::survey::{self, fold, indicator_direction};

use super::book::{Book, Row};
use super::kind::{Figure, IndicatorKind, Shape, shapes};
use super::period::LabelPeriod;
use super::segment::value_of;

/// One indicator of all or of one segment value.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) shape: Shape,
    pub(super) better: Option<Better>,
    pub(super) direction_reason: Option<&'static str>,
    pub(super) unit: Option<String>,
    pub(super) segment: IndexMap<String, String>,
    pub(super) sources: Vec<String>,
    /// By the number of the period.
    pub(super) points: BTreeMap<i64, Point>,
}

/// One period of a line.
#[derive(Clone, Debug)]
pub(super) struct Point {
    pub(super) period: LabelPeriod,
    pub(super) complete: bool,
    pub(super) value: f64,
    pub(super) denominator: Option<f64>,
    pub(super) figure: Figure,
    /// Why it is hidden.
    pub(super) hidden: Option<Flag>,
}

/// What figures are made with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Making<'a> {
    pub(super) per: f64,
    pub(super) confidence: Confidence,
    pub(super) as_of: chrono::NaiveDate,
    pub(super) segments: &'a [SegmentSummary],
}

impl Line {
    /// The figure of a complete period that is not hidden.
    pub(super) fn open(&self, number: i64) -> Option<&Point> {
        self.points.get(&number).filter(|point| point.complete && point.hidden.is_none())
    }

    pub(super) fn is_of_all(&self) -> bool {
        self.segment.is_empty()
    }
}

/// The lines of a book, by name, those of all before those of segments.
pub(super) fn lines(book: &mut Book<'_>, making: &Making<'_>, section: &mut IndicatorsSection) -> Vec<Line> {
    let shapes = shapes(book);
    let kind = |row: &Row| shapes.get(&row.indicator).map_or(IndicatorKind::Value, |shape| shape.kind);
    drop_several(book, &|row| matches!(kind(row), IndicatorKind::Value));
    section.every = book.every.map(|every| every.name().to_owned());
    section.joined_from = book.joined_from.map(|every| every.name().to_owned());
    let ids = ids(book);
    let directions = directions(book);
    let mut groups: BTreeMap<(u16, bool, u16), Vec<&Row>> = BTreeMap::new();
    for row in &book.rows {
        groups.entry((row.indicator, row.segment != Categories::NONE, row.segment)).or_default().push(row);
    }
    groups
        .into_iter()
        .filter_map(|((indicator, _, segment), rows)| {
            let shape = *shapes.get(&indicator)?;
            let (better, direction_reason) = directions.get(&indicator).copied()?;
            let source = |row: &&Row| book.text("source", row.source).map(str::to_owned);
            let sources: BTreeSet<String> = rows.iter().filter_map(source).collect();
            Some(Line {
                id: ids.get(&indicator)?.clone(),
                name: book.text("indicator", indicator)?.to_owned(),
                shape,
                better,
                direction_reason,
                unit: book.text("unit", shape.written).map(str::to_owned),
                segment: book
                    .text("segment", segment)
                    .map_or_else(IndexMap::new, |text| value_of(text, making.segments)),
                sources: sources.into_iter().collect(),
                points: points(&rows, shape, making),
            })
        })
        .collect()
}

/// Plain figures cannot be added, so of several in one longer period none counts.
fn drop_several(book: &mut Book<'_>, is_plain: &dyn Fn(&Row) -> bool) {
    let key = |row: &Row| (row.indicator, row.segment, row.period.number);
    let mut counts: BTreeMap<(u16, u16, i64), usize> = BTreeMap::new();
    for row in book.rows.iter().filter(|row| is_plain(row)) {
        *counts.entry(key(row)).or_default() += 1;
    }
    book.retain("several_in_period", "value", |row| counts.get(&key(row)).is_none_or(|count| *count < 2));
}

fn points(rows: &[&Row], shape: Shape, making: &Making<'_>) -> BTreeMap<i64, Point> {
    let mut sums: BTreeMap<i64, Vec<&Row>> = BTreeMap::new();
    for row in rows {
        sums.entry(row.period.number).or_default().push(row);
    }
    // Sums of amounts must not depend on the order of the file.
    let sum = |mut numbers: Vec<f64>| {
        numbers.sort_by(f64::total_cmp);
        numbers.iter().sum::<f64>()
    };
    sums.into_iter()
        .filter_map(|(number, rows)| {
            let period = rows.first()?.period.clone();
            let value = sum(rows.iter().map(|row| row.value).collect());
            let denominators: Vec<f64> = rows.iter().filter_map(|row| row.denominator).collect();
            let needs = !matches!(shape.kind, IndicatorKind::Value | IndicatorKind::Count);
            let denominator = (needs && !denominators.is_empty()).then(|| sum(denominators));
            let figure = shape.kind.figure(value, denominator, making.per, making.confidence);
            let complete = period.is_over(making.as_of);
            Some((number, Point { period, complete, value, denominator, figure, hidden: None }))
        })
        .collect()
}

/// The ids of the indicators by the place of their names: letters and digits, each other run as `_`.
fn ids(book: &Book<'_>) -> BTreeMap<u16, String> {
    let indicators: BTreeSet<u16> = book.rows.iter().map(|row| row.indicator).collect();
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut ids = BTreeMap::new();
    for indicator in indicators {
        let plain = indicator_id(book.text("indicator", indicator).unwrap_or_default());
        let mut id = plain.clone();
        let mut number = 2_u32;
        while !taken.insert(id.clone()) {
            id = format!("{plain}_{number}");
            number += 1;
        }
        ids.insert(indicator, id);
    }
    ids
}

/// The id that a name gives.
pub(super) fn indicator_id(name: &str) -> String {
    let folded = fold(name);
    let words: Vec<&str> =
        folded.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if words.is_empty() { "indicator".to_owned() } else { words.join("_") }
}

/// Which way is good for each indicator, or why that is not known.
fn directions(book: &mut Book<'_>) -> BTreeMap<u16, (Option<Better>, Option<&'static str>)> {
    let mut said: BTreeMap<u16, BTreeSet<u8>> = BTreeMap::new();
    let mut unknown: Vec<(usize, String)> = Vec::new();
    for row in &book.rows {
        let found = said.entry(row.indicator).or_default();
        let Some(text) = book.text("direction", row.direction) else { continue };
        match indicator_direction(text) {
            Some(survey::Better::Higher) => found.insert(0),
            Some(survey::Better::Lower) => found.insert(1),
            Some(survey::Better::None) => found.insert(2),
            None => {
                unknown.push((row.case, text.to_owned()));
                false
            }
        };
    }
    for (case, text) in unknown {
        book.faults.note("unknown_direction", "direction", "counted_without_verdict", case);
        book.faults.text("unknown_direction", "direction", &text);
    }
    let two: Vec<usize> = book
        .rows
        .iter()
        .filter(|row| {
            row.direction != Categories::NONE && said.get(&row.indicator).is_some_and(|said| said.len() > 1)
        })
        .map(|row| row.case)
        .collect();
    for case in two {
        book.faults.note("two_directions", "direction", "counted_without_verdict", case);
    }
    said.into_iter()
        .map(|(indicator, said)| {
            let said: Vec<u8> = said.into_iter().collect();
            let found = match said.as_slice() {
                [] => (None, Some("no_direction")),
                [0] => (Some(Better::Higher), None),
                [1] => (Some(Better::Lower), None),
                [2] => (None, Some("neither")),
                _ => (None, Some("two_directions")),
            };
            (indicator, found)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_made_of_names() {
        assert_eq!(indicator_id("Warranty claims (%)"), "warranty_claims");
        assert_eq!(indicator_id("Überweisungen/Tag"), "überweisungen_tag");
        assert_eq!(indicator_id("***"), "indicator");
    }
}
