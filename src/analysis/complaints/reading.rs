//! How the file was read: statuses, and what was counted or left out.

use crate::analysis::records::{Faults, date_of};
use crate::report::{ComplaintsCounted, LeftOut, RecordStatus};
use crate::source::cases::Cases;
use crate::survey::{CaseState, ComplaintsDefinition};

use super::book::Book;
use super::tally::Tally;

/// What was counted and what was not.
pub(super) fn counted(cases: &Cases, book: &Book, all: &Tally, faults: &Faults<'_>) -> ComplaintsCounted {
    let text = |reason: &str, of: u16| {
        let field = if reason == "not_a_complaint" { "kind" } else { "status" };
        cases.categories(field)?.names().get(usize::from(of)).cloned()
    };
    let mut left_out: Vec<LeftOut> = book
        .left_out
        .iter()
        .map(|((reason, of), tallied)| LeftOut {
            reason: (*reason).to_owned(),
            text: text(reason, *of),
            records: tallied.rows,
            places: faults.places(&tallied.places),
        })
        .collect();
    left_out.sort_by(|one, other| {
        one.reason.cmp(&other.reason).then(other.records.cmp(&one.records)).then(one.text.cmp(&other.text))
    });
    let day = |at: Option<&u32>| {
        at.and_then(|at| date_of(i64::from(*at))).map(|date| date.format("%Y-%m-%d").to_string())
    };
    ComplaintsCounted {
        records: cases.rows() as u64,
        complaints: all.cases,
        closed: all.cases - all.open - all.unknown,
        open: all.open,
        unknown: all.unknown,
        left_out,
        kinds_known: cases.categories("kind").is_some(),
        first_received: day(book.received.iter().min()),
        last_received: day(book.received.iter().max()),
    }
}

/// The statuses, the most frequent first.
pub(super) fn statuses(cases: &Cases, definition: &ComplaintsDefinition, book: &Book) -> Vec<RecordStatus> {
    let Some(found) = cases.categories("status") else { return Vec::new() };
    let lists = [
        &definition.closed_statuses,
        &definition.open_statuses,
        &definition.left_out_statuses,
        &definition.escalated_statuses,
    ];
    let key = |text: &str| crate::survey::fold(text).split_whitespace().collect::<String>();
    let declared: Vec<String> = lists.into_iter().flatten().map(|text| key(text)).collect();
    let counts = found.counts();
    let named = found.names().iter().zip(counts).zip(&book.states);
    let mut statuses: Vec<RecordStatus> = named
        .map(|((status, records), state)| RecordStatus {
            status: status.clone(),
            records,
            state: state.map(|state| {
                match state {
                    CaseState::Open => "open",
                    CaseState::Closed => "closed",
                    CaseState::LeftOut => "left_out",
                }
                .to_owned()
            }),
            declared: declared.contains(&key(status)),
            escalated: definition.is_escalated(status),
        })
        .collect();
    statuses
        .sort_by(|one, other| other.records.cmp(&one.records).then_with(|| one.status.cmp(&other.status)));
    statuses
}
