//! What the columns of a file of complaints are, without a definition: by the words of their headers, and by whether
//! their values are what the field holds.

use std::cmp::Reverse;

use super::dates::is_date;
use crate::survey::casebook::casebook;
use crate::survey::complaints::{COMPLAINT_FIELDS, ComplaintsDefinition};
use crate::survey::phrasebook::phrasebook;
use crate::survey::{CaseColumn, CaseField, CaseKind, ColumnProfile};

/// The most distinct values of a status, a kind or a severity.
pub(super) const MOST_STATUSES: usize = 60;
/// The longest text of a category, in characters; what is longer was written, not chosen.
const LONGEST_CATEGORY: usize = 120;
/// The longest text of a kind in a column whose header does not say that it is about kinds, in characters.
const LONGEST_KIND: usize = 40;
/// The rank of a column whose values alone say what it is.
const BY_VALUES: usize = 9;

/// The definition that the columns of a file of complaints suggest: each column `guessed`, none for two fields and no
/// field from two columns. What could have been taken as well is in
/// [`also_possible`](ComplaintsDefinition::also_possible).
///
/// A header has to be known; where the head of the file has values in the column, they have to be what the field holds:
/// dates, numbers, yes and no, or a few texts. What the texts mean is left to the words of
/// [`ComplaintsDefinition::state_of`] and the like. A `kind` is taken only where the values plainly are kinds of
/// contact, complaints among them.
pub fn infer_complaints(columns: &[ColumnProfile]) -> ComplaintsDefinition {
    let mut candidates: Vec<Candidate> = Vec::new();
    for (index, column) in columns.iter().enumerate() {
        // Of two columns of one name it cannot be said which is meant.
        if columns.iter().filter(|other| other.name == column.name).count() > 1 {
            continue;
        }
        let named = casebook().fields_of(&column.name);
        for (order, field) in COMPLAINT_FIELDS.into_iter().enumerate() {
            let named = named.iter().find(|(id, _)| id == field.id).map(|(_, rank)| *rank);
            let rank = match field.id {
                "kind" if !is_of_kinds(column) => None,
                "kind" => Some(named.unwrap_or(BY_VALUES)),
                _ => named.filter(|rank| fits(field, column, *rank)),
            };
            let Some(rank) = rank else { continue };
            // A header with a word for a date is more likely a moment, and without one more likely something else.
            let is_odd = (field.kind == CaseKind::Moment) != casebook().is_about_a_moment(&column.name);
            // Values that plainly are kinds outweigh a header that may be a category.
            let is_sure = field.id == "kind" && column.filled > 0;
            candidates.push(Candidate {
                field,
                order: (Reverse(is_sure), rank, is_odd, order, index),
                index,
            });
        }
    }
    candidates.sort_by_key(|candidate| candidate.order);
    settled(&candidates, columns)
}

/// A column that may hold a field.
struct Candidate {
    field: CaseField,
    order: (Reverse<bool>, usize, bool, usize, usize),
    index: usize,
}

fn settled(candidates: &[Candidate], columns: &[ColumnProfile]) -> ComplaintsDefinition {
    let mut taken: Vec<(CaseField, usize)> = Vec::new();
    for candidate in candidates {
        let is_free =
            taken.iter().all(|(field, index)| field.id != candidate.field.id && *index != candidate.index);
        if is_free {
            taken.push((candidate.field, candidate.index));
        }
    }
    let name = |index: usize| columns.get(index).map(|column| column.name.clone()).unwrap_or_default();
    let mut definition = ComplaintsDefinition::default();
    for field in COMPLAINT_FIELDS {
        let Some((_, index)) = taken.iter().find(|(other, _)| other.id == field.id) else { continue };
        definition.columns.push(CaseColumn {
            field: field.id.to_owned(),
            kind: field.kind,
            column: name(*index),
            format: None,
            guessed: true,
        });
        let others = candidates.iter().filter(|candidate| candidate.field.id == field.id);
        let others = others.filter(|candidate| taken.iter().all(|(_, index)| *index != candidate.index));
        let others: Vec<String> = others.map(|candidate| name(candidate.index)).collect();
        if !others.is_empty() {
            definition.also_possible.insert(field.id.to_owned(), others);
        }
    }
    definition.scale_satisfaction = points(&taken, columns);
    definition
}

/// Whether the values of a column, as far as there are some, are what a field holds.
fn fits(field: CaseField, column: &ColumnProfile, rank: usize) -> bool {
    if column.filled == 0 {
        // A resolution is an outcome only where it reads like one.
        return !matches!((field.id, rank), ("outcome" | "status", 1..));
    }
    let dates = share(column, is_date);
    let is_chosen = dates < MOST && column.longest <= LONGEST_CATEGORY;
    let is_few = !column.overflow && column.values.len() <= MOST_STATUSES;
    let meanings = ComplaintsDefinition::default();
    match (field.id, field.kind) {
        (_, CaseKind::Moment) => dates >= MOST,
        ("process_satisfaction" | "outcome_satisfaction", _) => points_of(column).is_some(),
        (_, CaseKind::Number) => share(column, |text| number(text).is_some()) >= MOST,
        (_, CaseKind::YesNo) => share(column, is_yes_or_no) >= MOST,
        ("id", _) => dates < MOST && !repeats(column),
        (_, CaseKind::Identity) => dates < MOST,
        ("status", _) => {
            let known = share(column, |text| meanings.state_of(text).is_some());
            is_chosen && is_few && (known >= HALF || rank == 0)
        }
        ("severity", _) => {
            let known = |text: &str| number(text).is_some() || casebook().severity(text).is_some();
            is_few && (rank == 0 || share(column, known) >= HALF)
        }
        ("outcome", _) => is_few && share(column, |text| meanings.outcome_of(text).is_some()) >= HALF,
        _ => is_chosen && !is_free_text(column),
    }
}

/// Most of the cells of a column, for one that may hold slips.
pub(super) const MOST: f64 = 0.6;
pub(super) const HALF: f64 = 0.5;

/// The share of the cells of which something is true, of those that the head keeps; 0 to 1.
pub(super) fn share(column: &ColumnProfile, is_so: impl Fn(&str) -> bool) -> f64 {
    let filled = || column.values.iter().filter(|(text, _)| !text.trim().is_empty());
    let all: u64 = filled().map(|(_, cells)| cells).sum();
    let those: u64 = filled().filter(|(text, _)| is_so(text.trim())).map(|(_, cells)| cells).sum();
    if all == 0 { 0.0 } else { those as f64 / all as f64 }
}

/// Whether the values plainly are kinds of contact: complaints, and either other kinds or nothing else.
fn is_of_kinds(column: &ColumnProfile) -> bool {
    if column.overflow || column.values.len() > MOST_STATUSES {
        return false;
    }
    let known = |wanted: Option<bool>| share(column, move |text| casebook().is_complaint(text) == wanted);
    let (complaints, others) = (known(Some(true)), known(Some(false)));
    if complaints <= 0.0 || complaints + others < HALF {
        return false;
    }
    let named = casebook().fields_of(&column.name).into_iter().find(|(field, _)| field == "kind");
    match named {
        // Of a column that knows complaints only, the header has to say that it is about kinds: other columns may hold
        // the word in all of their texts.
        Some((_, rank)) => others > 0.0 || rank < 2,
        // Nor are subjects and texts kinds, where every second one is another.
        None => others > 0.0 && column.longest <= LONGEST_KIND && distinct(column) * 2 <= column.filled,
    }
}

pub(super) fn number(text: &str) -> Option<f64> {
    let plain =
        text.trim_matches(|mark: char| mark.is_whitespace() || "€$£%".contains(mark)).replace(',', ".");
    plain.parse::<f64>().ok().filter(|number| number.is_finite())
}

/// A word for yes or no, or a small count.
pub(super) fn is_yes_or_no(text: &str) -> bool {
    let is_count = text.parse::<u32>().is_ok_and(|count| count <= 100);
    is_count || phrasebook().is_yes(text) || phrasebook().is_no(text)
}

/// How many distinct values the head keeps.
fn distinct(column: &ColumnProfile) -> u64 {
    column.values.iter().filter(|(text, _)| !text.trim().is_empty()).count() as u64
}

/// Whether values stand so often that they tell no records apart.
pub(super) fn repeats(column: &ColumnProfile) -> bool {
    !column.overflow && column.filled >= 10 && distinct(column) * 2 < column.filled
}

/// Whether nearly every text stands once, as people write it.
pub(super) fn is_free_text(column: &ColumnProfile) -> bool {
    column.overflow || (column.filled >= 20 && distinct(column) * 10 >= column.filled * 9)
}

/// How many points a column of satisfaction has: 5, 7 or 10, from 1; `None` where its values are others.
pub(super) fn points_of(column: &ColumnProfile) -> Option<u32> {
    let is_point = |text: &str| number(text).is_some_and(|number| (1.0..=10.0).contains(&number));
    if share(column, is_point) < MOST
        || share(column, |text| number(text).is_some_and(|number| number < 1.0)) > 0.0
    {
        return None;
    }
    let most = column.values.iter().filter_map(|(text, _)| number(text)).fold(0.0, f64::max);
    [5, 7, 10].into_iter().find(|points| most <= f64::from(*points))
}

/// The points of the columns of satisfaction that were taken, the larger where there are two.
fn points(taken: &[(CaseField, usize)], columns: &[ColumnProfile]) -> Option<u32> {
    let satisfaction = taken.iter().filter(|(field, _)| field.id.ends_with("_satisfaction"));
    satisfaction.filter_map(|(_, index)| points_of(columns.get(*index)?)).max()
}

#[cfg(test)]
mod tests;
