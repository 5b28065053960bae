//! The cases of the sample: interviews, what is left out of them, and those who gave none, each with its disposition.
//!
//! `[exclude]` says whose answers count, not who was in the sample. Who did not finish, or answered too fast to be
//! believed, was reached and counts with the disposition all the same. A preview is nobody's case, and of several rows
//! with one id one is.

use std::collections::BTreeMap;

use crate::survey::{Disposition, KeptRow, Missing, QualityDefinition, Survey};
use crate::tally::AnswerRows;

use super::{QualityAsk, Subject};

/// Those of the rows shown that are cases: all but the repetitions of an id among rows that are left out, where the
/// definition counts one row an id.
pub(super) fn cases(survey: &Survey, ask: &QualityAsk, rows: &AnswerRows, shown: &[usize]) -> Vec<usize> {
    let Some((keep, hash)) = survey.exclusions.duplicate_ids.zip(ask.id) else { return shown.to_vec() };
    let mut stays: BTreeMap<u128, usize> = BTreeMap::new();
    // Of the rows that the other exclusions leave in one of an id is left, and that is its case; a row that they leave
    // out stands for an id only where there is no such row.
    let is_weak = |row: usize| rows.left_out(row).is_some();
    for row in 0..rows.rows() {
        let Some(id) = rows.hash(hash, row) else { continue };
        let known = stays.entry(id).or_insert(row);
        let replaces = match (is_weak(*known), is_weak(row)) {
            (true, false) => true,
            (false, true) => false,
            _ => keep == KeptRow::Last,
        };
        if replaces {
            *known = row;
        }
    }
    let is_case = |row: &usize| {
        let id = rows.hash(hash, *row);
        id.and_then(|id| stays.get(&id)).is_none_or(|stays| stays == row)
    };
    shown.iter().copied().filter(is_case).collect()
}

/// What became of the rows of a subject.
pub(super) struct CaseDispositions<'a> {
    subject: &'a Subject<'a>,
    column: usize,
    /// By the name of an answer in the column.
    classes: Vec<Option<Disposition>>,
}

impl<'a> CaseDispositions<'a> {
    /// By the column of dispositions.
    pub(super) fn new(definition: &QualityDefinition, subject: &'a Subject<'a>, column: usize) -> Self {
        let names = subject.rows.names(column).iter();
        Self { subject, column, classes: names.map(|name| definition.disposition_of(name)).collect() }
    }

    /// The disposition of a row: what its cell stands for. Where it stands for nothing, an unfinished response that is
    /// left out is a partial interview; and of a file without the column every other row is a complete one.
    pub(super) fn of(&self, row: usize) -> Option<Disposition> {
        let Subject { rows, ask, .. } = self.subject;
        let name = rows.answer(self.column, row);
        if let Some(said) = name.and_then(|name| self.classes.get(name).copied().flatten()) {
            return Some(said);
        }
        if rows.left_out(row).is_some_and(|rule| ask.unfinished.contains(&rule)) {
            return Some(Disposition::Partial);
        }
        let has_column = Missing::of(rows.code(self.column, row)) != Some(Missing::NotAsked);
        (!has_column).then_some(Disposition::Complete)
    }
}
