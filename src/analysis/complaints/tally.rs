//! What is counted of every group in one pass.

use crate::analysis::records::{DAY, Done, Grouping, Kept, Part, code};
use crate::measures::WorkingTime;
use crate::source::cases::{Cases, Categories};
use crate::survey::{ComplaintsDefinition, Deadline, Outcome};

use super::book::{Book, CLOSE, NO_TIME, UNKNOWN, WAITING};

/// The steps with deadlines: their places among the steps of the book.
pub(super) const DEADLINE_STEPS: [usize; 3] = [0, 1, CLOSE];
/// The shares that are yes or no of a complaint, as statistics.
pub(super) const SHARES: [&str; 5] = ["first_contact", "reopened", "repeat", "recurrent", "escalated"];
/// The place of repeat customers, whose base is customers.
pub(super) const REPEAT: usize = 2;

/// The counts of one group.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    pub(super) cases: u64,
    pub(super) open: u64,
    pub(super) unknown: u64,
    pub(super) deadlines: [Kept; 3],
    pub(super) shares: [Part; 5],
    pub(super) other: Part,
    pub(super) outcomes: [u64; 4],
    pub(super) unknown_outcome: u64,
    pub(super) process: Part,
    pub(super) outcome: Part,
}

/// What complaints are, looked up once.
pub(super) struct Facts<'a> {
    pub(super) cases: &'a Cases,
    pub(super) definition: &'a ComplaintsDefinition,
    pub(super) book: &'a Book,
    pub(super) working: &'a WorkingTime,
    /// By share the answer of each complaint: 1, 0, or anything else for none; empty where nothing tells.
    pub(super) answers: [Vec<u8>; 5],
    /// By name of a category whether it is an "other".
    pub(super) others: Vec<bool>,
    /// By name of an outcome what it stands for.
    pub(super) outcomes: Vec<Option<Outcome>>,
}

impl Facts<'_> {
    /// The deadline of a step with deadlines.
    pub(super) fn deadline(&self, step: usize) -> Option<Deadline> {
        match step {
            0 => self.definition.acknowledge_within,
            1 => self.definition.respond_within,
            _ => self.definition.close_within,
        }
    }

    /// Whether a step is judged by due dates.
    pub(super) fn has_due(&self, step: usize) -> bool {
        step == 2 && !self.book.due.is_empty()
    }

    /// The outcome of a complaint: `None` without any, `Some(None)` for a text that nobody knows.
    #[allow(clippy::option_option, reason = "no text, or a text that nobody knows")]
    pub(super) fn outcome(&self, case: usize) -> Option<Option<Outcome>> {
        let of = code(self.cases.categories("outcome")?, case);
        (of != Categories::NONE).then(|| self.outcomes.get(usize::from(of)).copied().flatten())
    }

    /// Whether a complainant is satisfied by a number of points; `None` for one out of range.
    pub(super) fn points(&self, field: &str, case: usize) -> Option<f64> {
        let points = self.cases.numbers(field)?.get(case)?;
        (1.0..=f64::from(self.definition.points())).contains(&points).then_some(points)
    }

    fn is_satisfied(&self, field: &str, case: usize) -> Option<bool> {
        Some(self.points(field, case)? >= f64::from(self.definition.satisfied_from()))
    }

    pub(super) fn add_deadline(&self, kept: &mut Kept, step: usize, complaint: usize) {
        let Some(place) = DEADLINE_STEPS.get(step).copied() else { return };
        let Some(column) = self.book.steps.get(place).filter(|column| column.known) else { return };
        let (Some(&done), Some(&received)) = (column.done.get(complaint), self.book.received.get(complaint))
        else {
            return;
        };
        let cut = |moment: i64| if column.in_days { moment.div_euclid(DAY) * DAY } else { moment };
        let (from, as_of) = (i64::from(received), self.book.as_of);
        let due = if self.has_due(step) { self.book.due.get(complaint).copied() } else { None };
        let is_kept = |at: i64| match (due, self.deadline(step)) {
            (Some(due), _) if due != WAITING => Some(at <= i64::from(due)),
            (_, Some(deadline)) => Some(self.working.is_kept(deadline, cut(from), cut(at))),
            _ => None,
        };
        let done = match done {
            NO_TIME | UNKNOWN => Done::NoTime,
            WAITING => Done::Waiting,
            at => Done::At(i64::from(at)),
        };
        kept.add(done, as_of, is_kept);
    }
}

/// The counts of all groups of a grouping.
pub(super) fn tallies(facts: &Facts<'_>, grouping: &Grouping) -> Vec<Tally> {
    let mut tallies = vec![Tally::default(); grouping.groups.len()];
    let categories = facts.cases.categories("category");
    let closing = facts.book.steps.get(CLOSE).map_or(&[][..], |step| step.done.as_slice());
    let steps: Vec<usize> =
        (0..3).filter(|step| facts.deadline(*step).is_some() || facts.has_due(*step)).collect();
    for (complaint, &case) in facts.book.cases.iter().enumerate() {
        let case = case as usize;
        let Some(tally) = grouping.group(complaint).and_then(|group| tallies.get_mut(group)) else {
            continue;
        };
        tally.cases += 1;
        match closing.get(complaint) {
            Some(&WAITING) => tally.open += 1,
            Some(&UNKNOWN) | None => tally.unknown += 1,
            _ => {}
        }
        for step in &steps {
            if let Some(kept) = tally.deadlines.get_mut(*step) {
                facts.add_deadline(kept, *step, complaint);
            }
        }
        for (place, (part, answers)) in tally.shares.iter_mut().zip(&facts.answers).enumerate() {
            if place != REPEAT {
                part.add(answers.get(complaint).filter(|answer| **answer <= 1).map(|answer| *answer == 1));
            }
        }
        if let Some(found) = categories {
            tally.other.add(facts.others.get(usize::from(code(found, case))).copied());
        }
        match facts.outcome(case) {
            Some(Some(outcome)) => {
                if let Some(count) = tally.outcomes.get_mut(outcome_place(outcome)) {
                    *count += 1;
                }
            }
            Some(None) => tally.unknown_outcome += 1,
            None => {}
        }
        tally.process.add(facts.is_satisfied("process_satisfaction", case));
        tally.outcome.add(facts.is_satisfied("outcome_satisfaction", case));
    }
    tallies
}

/// The place of an outcome among [`Outcome::ALL`].
pub(super) fn outcome_place(outcome: Outcome) -> usize {
    Outcome::ALL.iter().position(|(other, _)| *other == outcome).unwrap_or(0)
}
