//! What each dispute says of shares: settled, accepted, overturned.

use std::collections::BTreeMap;

use crate::analysis::complaints::HandledComplaint;
use crate::analysis::records::{Faults, code};
use crate::source::cases::{Cases, Categories};
use crate::survey::{ComplaintsDefinition, DisputeOutcome, DisputesDefinition, granted};

use super::book::Book;

/// Neither yes nor no.
const NONE: u8 = u8::MAX;

/// By share what each dispute says, and how that was found.
pub(super) type Answers = ([Vec<u8>; 5], [Option<&'static str>; 5]);

/// The answers of a file; `complaints` are those that went before, by id.
pub(super) fn answers(
    cases: &Cases,
    book: &Book,
    internal: &ComplaintsDefinition,
    complaints: &BTreeMap<u64, HandledComplaint>,
    faults: &mut Faults<'_>,
) -> Answers {
    let has_outcomes = cases.categories("outcome").is_some();
    let settled = has_outcomes.then(|| {
        let is_settled = |outcome: &Option<DisputeOutcome>| match outcome {
            Some(outcome) if outcome.is_concluded() => u8::from(*outcome == DisputeOutcome::Settled),
            _ => NONE,
        };
        book.outcomes.iter().map(is_settled).collect::<Vec<u8>>()
    });
    // Only a recommendation can be accepted; without outcomes every answer counts.
    let is_recommended = |dispute: usize| {
        !has_outcomes || book.outcomes.get(dispute).copied().flatten() == Some(DisputeOutcome::Recommendation)
    };
    let column = |field: &str| -> Option<Vec<u8>> {
        let found = cases.yes_nos(field)?.answers();
        let of = |(dispute, case): (usize, &u32)| {
            found.get(*case as usize).copied().filter(|_| is_recommended(dispute)).unwrap_or(NONE)
        };
        Some(book.cases.iter().enumerate().map(of).collect())
    };
    let (organisation, customer) = (column("organisation_accepted"), column("customer_accepted"));
    let both = organisation.as_ref().zip(customer.as_ref()).map(|(one, other)| {
        let both = |(one, other): (&u8, &u8)| match (one, other) {
            (0, _) | (_, 0) => 0,
            (1, 1) => 1,
            _ => NONE,
        };
        one.iter().zip(other).map(both).collect::<Vec<u8>>()
    });
    let (overturned, overturned_by) = overturned(cases, book, internal, complaints, faults);
    let by = [
        settled.as_ref().map(|_| "column"),
        organisation.as_ref().map(|_| "column"),
        customer.as_ref().map(|_| "column"),
        both.as_ref().map(|_| "column"),
        overturned_by,
    ];
    ([settled, organisation, customer, both, overturned].map(Option::unwrap_or_default), by)
}

/// Whether the outcome was better for the customer than what the organisation itself had decided: by its column, else by
/// the file of complaints.
fn overturned(
    cases: &Cases,
    book: &Book,
    internal: &ComplaintsDefinition,
    complaints: &BTreeMap<u64, HandledComplaint>,
    faults: &mut Faults<'_>,
) -> (Option<Vec<u8>>, Option<&'static str>) {
    let column = cases.categories("internal_outcome");
    let ids = cases.identities("complaint").filter(|_| complaints.values().any(|of| of.outcome.is_some()));
    let by = match (column, ids) {
        _ if cases.categories("outcome").is_none() => return (None, None),
        (Some(_), Some(_)) => "column_or_complaints",
        (Some(_), None) => "column",
        (None, Some(_)) => "complaints",
        (None, None) => return (None, None),
    };
    let meanings: Vec<Option<Option<u8>>> = column.map_or_else(Vec::new, |column| {
        column.names().iter().map(|name| DisputesDefinition::granted(internal, name)).collect()
    });
    let mut answers = Vec::with_capacity(book.len());
    for (dispute, case) in book.cases.iter().enumerate() {
        let case = *case as usize;
        let text = column.map_or(Categories::NONE, |column| code(column, case));
        let written = if text == Categories::NONE { None } else { meanings.get(usize::from(text)).copied() };
        if written == Some(None) {
            faults.note("unknown_internal_outcome", "internal_outcome", "cell_left_out", case);
        }
        let handled = || complaints.get(&ids?.get(case)?)?.outcome.and_then(granted);
        let own = match written.flatten() {
            Some(own) => own,
            None => handled(),
        };
        let outcome = book.outcomes.get(dispute).copied().flatten().and_then(DisputeOutcome::to_customer);
        answers.push(outcome.zip(own).map_or(NONE, |(outcome, own)| u8::from(outcome > own)));
    }
    for (name, meaning) in column.map_or(&[][..], |column| column.names()).iter().zip(&meanings) {
        if meaning.is_none() {
            faults.text("unknown_internal_outcome", "internal_outcome", name);
        }
    }
    (Some(answers), Some(by))
}
