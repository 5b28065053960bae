//! What each complaint says of shares: settled at once, opened again, said once more, passed on.

use super::book::{self, Book, CLOSE};
use super::customers::Customers;
use crate::analysis::records::code;
use crate::source::cases::Cases;
use crate::survey::ComplaintsDefinition;

/// By share what each complaint says, and how that was found.
pub(super) type Answers = ([Vec<u8>; 5], [Option<&'static str>; 5]);

/// The answers of a file.
pub(super) fn answers(
    cases: &Cases,
    definition: &ComplaintsDefinition,
    book: &Book,
    customers: Option<&Customers<'_>>,
) -> Answers {
    const NONE: u8 = u8::MAX;
    let column = |field: &str| -> Option<Vec<u8>> {
        let found = cases.yes_nos(field)?.answers();
        Some(book.cases.iter().map(|case| found.get(*case as usize).copied().unwrap_or(NONE)).collect())
    };
    let closing = book.steps.get(CLOSE).map_or(&[][..], |step| step.done.as_slice());
    let is_open = |complaint: usize| closing.get(complaint) == Some(&book::WAITING);
    // Who was never closed could not be opened again.
    let reopened = column("reopened").map(|mut answers| {
        for (complaint, answer) in answers.iter_mut().enumerate() {
            if *answer == 0 && is_open(complaint) {
                *answer = NONE;
            }
        }
        answers
    });
    let computed = customers.filter(|_| cases.categories("category").is_some());
    let (recurrent, recurrent_by) = match (column("recurrent"), computed) {
        (Some(answers), _) => (Some(answers), Some("column")),
        (None, Some(customers)) => (Some(customers.recurrent(book)), Some("customer_and_category")),
        (None, None) => (None, None),
    };
    let by_status = cases.categories("status").map(|found| {
        let escalated: Vec<bool> = found.names().iter().map(|name| definition.is_escalated(name)).collect();
        (found, escalated)
    });
    let by_status = by_status.filter(|(_, escalated)| escalated.contains(&true));
    let (mut escalated, mut escalated_by) = (column("escalated"), None);
    if escalated.is_some() {
        escalated_by = Some("column");
    } else if let Some((found, is_escalated)) = by_status {
        escalated_by = Some("status");
        let of = |case: &u32| match is_escalated.get(usize::from(code(found, *case as usize))) {
            Some(is) => u8::from(*is),
            None => NONE,
        };
        escalated = Some(book.cases.iter().map(of).collect());
    }
    let by_column = |answers: &Option<Vec<u8>>| answers.as_ref().map(|_| "column");
    let first_contact = column("first_contact");
    let by = [
        by_column(&first_contact),
        by_column(&reopened),
        customers.map(|_| "customers"),
        recurrent_by,
        escalated_by,
    ];
    let answers = [first_contact, reopened, None, recurrent, escalated].map(Option::unwrap_or_default);
    (answers, by)
}
