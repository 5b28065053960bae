//! What was counted or left out, and what each text of an outcome was taken for.

use crate::analysis::records::{Faults, date_of};
use crate::report::{DisputesCounted, LeftOut, RecordStatus};
use crate::source::cases::Cases;
use crate::survey::{DisputeOutcome, DisputesDefinition};

use super::book::Book;
use super::tally::Tally;

/// What was counted and what was not.
pub(super) fn counted(cases: &Cases, book: &Book, all: &Tally, faults: &Faults<'_>) -> DisputesCounted {
    let left_out = book.left_out.iter().map(|(reason, tallied)| LeftOut {
        reason: (*reason).to_owned(),
        text: None,
        records: tallied.rows,
        places: faults.places(&tallied.places),
    });
    let mut left_out: Vec<LeftOut> = left_out.collect();
    left_out.sort_by(|one, other| one.reason.cmp(&other.reason));
    let day = |at: Option<&u32>| {
        at.and_then(|at| date_of(i64::from(*at))).map(|date| date.format("%Y-%m-%d").to_string())
    };
    let heard = cases.moments("hearing").map(|found| {
        let with = |case: &&u32| found.get(**case as usize).is_some();
        book.cases.iter().filter(with).count() as u64
    });
    DisputesCounted {
        records: cases.rows() as u64,
        disputes: all.cases,
        decided: all.cases - all.open - all.unknown,
        open: all.open,
        unknown: all.unknown,
        closed: all.closed,
        heard,
        left_out,
        first_referred: day(book.referred.iter().min()),
        last_referred: day(book.referred.iter().max()),
    }
}

/// The texts of outcomes, the most frequent first.
pub(super) fn texts(cases: &Cases, definition: &DisputesDefinition) -> Vec<RecordStatus> {
    let Some(found) = cases.categories("outcome") else { return Vec::new() };
    let mut texts: Vec<RecordStatus> = found
        .names()
        .iter()
        .zip(found.counts())
        .map(|(text, records)| RecordStatus {
            status: text.clone(),
            records,
            state: definition
                .outcome_of(text)
                .map(|outcome| outcome.map_or("undecided", DisputeOutcome::name).to_owned()),
            declared: definition.lists_outcome(text),
            escalated: false,
        })
        .collect();
    texts.sort_by(|one, other| other.records.cmp(&one.records).then_with(|| one.status.cmp(&other.status)));
    texts
}
