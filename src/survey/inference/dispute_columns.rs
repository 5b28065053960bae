//! What the columns of a file of disputes are, without a definition: by the words of their headers, and by whether
//! their values are what the field holds.

use super::complaint_columns::{
    HALF, MOST, MOST_STATUSES, is_free_text, is_yes_or_no, number, points_of, repeats, share,
};
use super::dates::is_date;
use crate::survey::casebook::dispute_words;
use crate::survey::complaints::ComplaintsDefinition;
use crate::survey::disputes::{DISPUTE_FIELDS, DisputesDefinition};
use crate::survey::{CaseColumn, CaseField, CaseKind, ColumnProfile};

/// The definition that the columns of a file of disputes suggest: each column `guessed`, none for two fields and no
/// field from two columns. What could have been taken as well is in
/// [`also_possible`](DisputesDefinition::also_possible).
///
/// A header has to be known; where the head of the file has values in the column, they have to be what the field holds:
/// dates, numbers, yes and no, or a few texts.
pub fn infer_disputes(columns: &[ColumnProfile]) -> DisputesDefinition {
    let headers = &dispute_words().headers;
    let mut candidates: Vec<((usize, bool, usize, usize), CaseField)> = Vec::new();
    for (index, column) in columns.iter().enumerate() {
        // Of two columns of one name it cannot be said which is meant.
        if columns.iter().filter(|other| other.name == column.name).count() > 1 {
            continue;
        }
        let named = headers.fields_of(&column.name);
        for (order, field) in DISPUTE_FIELDS.into_iter().enumerate() {
            let Some((_, rank)) = named.iter().find(|(id, _)| id == field.id) else { continue };
            if fits(field, column) {
                // A header with a word for a date is more likely a moment, and without one more likely something else.
                let is_odd = (field.kind == CaseKind::Moment) != headers.is_about_a_moment(&column.name);
                candidates.push(((*rank, is_odd, order, index), field));
            }
        }
    }
    candidates.sort_by_key(|(order, _)| *order);
    let mut taken: Vec<(CaseField, usize)> = Vec::new();
    for ((.., index), field) in &candidates {
        if taken.iter().all(|(other, place)| other.id != field.id && place != index) {
            taken.push((*field, *index));
        }
    }
    let name = |index: usize| columns.get(index).map(|column| column.name.clone()).unwrap_or_default();
    let mut definition = DisputesDefinition::default();
    for field in DISPUTE_FIELDS {
        let Some((_, index)) = taken.iter().find(|(other, _)| other.id == field.id) else { continue };
        definition.columns.push(CaseColumn {
            field: field.id.to_owned(),
            kind: field.kind,
            column: name(*index),
            format: None,
            guessed: true,
        });
        let others =
            candidates.iter().filter(|(_, other)| other.id == field.id).map(|((.., index), _)| *index);
        let others = others.filter(|index| taken.iter().all(|(_, place)| place != index));
        let others: Vec<String> = others.map(name).collect();
        if !others.is_empty() {
            definition.also_possible.insert(field.id.to_owned(), others);
        }
    }
    let points = taken.iter().filter(|(field, _)| matches!(field.id, "fair" | "process_satisfaction"));
    definition.scale_satisfaction = points.filter_map(|(_, index)| points_of(columns.get(*index)?)).max();
    definition
}

/// Whether the values of a column, as far as there are some, are what a field holds.
fn fits(field: CaseField, column: &ColumnProfile) -> bool {
    if column.filled == 0 {
        return true;
    }
    let dates = share(column, is_date);
    let is_few = !column.overflow && column.values.len() <= MOST_STATUSES;
    match (field.id, field.kind) {
        (_, CaseKind::Moment) => dates >= MOST,
        ("fair" | "process_satisfaction", _) => points_of(column).is_some(),
        (_, CaseKind::Number) => share(column, |text| number(text).is_some()) >= MOST,
        (_, CaseKind::YesNo) => share(column, is_yes_or_no) >= MOST,
        ("id", _) => dates < MOST && !repeats(column),
        (_, CaseKind::Identity) => dates < MOST,
        ("outcome", _) => {
            let definition = DisputesDefinition::default();
            is_few && share(column, |text| definition.outcome_of(text).is_some()) >= HALF
        }
        ("internal_outcome", _) => {
            let own = ComplaintsDefinition::default();
            is_few && share(column, |text| own.outcome_of(text).is_some()) >= HALF
        }
        _ => dates < MOST && !is_free_text(column),
    }
}
