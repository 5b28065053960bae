//! Which complaints stayed unresolved, for what follows them to an outside provider.

use chrono::NaiveDate;

use crate::analysis::records::Faults;
use crate::measures::WorkingTime;
use crate::source::cases::Cases;
use crate::survey::{ComplaintsDefinition, Outcome};

use super::ComplaintsError;
use super::answers::answers;
use super::book::{Book, CLOSE, WAITING};
use super::tally::{Facts, Tally};

/// The place of closing among the steps with deadlines.
const CLOSING: usize = 2;

/// The place of escalated among the shares.
const ESCALATED: usize = 4;

/// A complaint as disputes need it.
#[derive(Clone, Copy, Debug)]
pub(in crate::analysis) struct HandledComplaint {
    /// The hash of its id, where it has one.
    pub(in crate::analysis) id: Option<u64>,
    /// When it was received, seconds since 1970.
    pub(in crate::analysis) received: u32,
    /// What was decided, where that is known.
    pub(in crate::analysis) outcome: Option<Outcome>,
    /// Whether it was passed on.
    pub(in crate::analysis) escalated: bool,
    /// Whether it is open, and its due date or deadline has passed.
    pub(in crate::analysis) overdue: bool,
}

/// The complaints of a file up to a day, else up to its latest moment.
pub(in crate::analysis) fn handled_complaints(
    cases: &Cases,
    definition: &ComplaintsDefinition,
    holidays: &[NaiveDate],
    as_of: Option<i64>,
) -> Result<Vec<HandledComplaint>, ComplaintsError> {
    // What is odd in these records is told where complaints are the subject.
    let mut faults = Faults::new(cases, "");
    let book = Book::new(cases, definition, as_of, &mut faults)?;
    let days = holidays.iter().map(|day| i64::from(day.to_epoch_days()));
    let working = WorkingTime::new(definition.business_hours, days);
    let (answers, _) = answers(cases, definition, &book, None);
    let names = |field: &str| cases.categories(field).map_or(&[][..], |found| found.names());
    let facts = Facts {
        cases,
        definition,
        book: &book,
        working: &working,
        answers,
        others: Vec::new(),
        outcomes: names("outcome").iter().map(|name| definition.outcome_of(name)).collect(),
    };
    let ids = cases.identities("id");
    let closing = book.steps.get(CLOSE).map_or(&[][..], |step| step.done.as_slice());
    let is_judged = facts.deadline(CLOSING).is_some() || facts.has_due(CLOSING);
    let handled = book.cases.iter().enumerate().map(|(complaint, case)| {
        let case = *case as usize;
        let is_open = closing.get(complaint) == Some(&WAITING);
        let mut tally = Tally::default();
        if let Some(kept) = tally.deadlines.get_mut(CLOSING).filter(|_| is_judged && is_open) {
            facts.add_deadline(kept, CLOSING, complaint);
        }
        HandledComplaint {
            id: ids.and_then(|ids| ids.get(case)),
            received: book.received.get(complaint).copied().unwrap_or_default(),
            outcome: facts.outcome(case).flatten(),
            escalated: facts.answers.get(ESCALATED).and_then(|of| of.get(complaint)) == Some(&1),
            overdue: tally.deadlines.get(CLOSING).is_some_and(|kept| kept.overdue > 0),
        }
    });
    Ok(handled.collect())
}
