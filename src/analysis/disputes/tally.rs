//! What is counted of every group in one pass.

use crate::analysis::records::{DAY, Done, Grouping, Kept, Part};
use crate::measures::WorkingTime;
use crate::source::cases::Cases;
use crate::survey::{Deadline, DisputeOutcome, DisputesDefinition};

use super::book::{Book, OUTCOME, State};

/// The steps with deadlines and the statistics of what was done in time.
pub(super) const IN_TIME: [(&str, &str); 3] = [
    ("response", "responded_in_time"),
    ("outcome", "decided_in_time"),
    ("implementation", "implemented_in_time"),
];
/// The place of carrying out among [`IN_TIME`].
pub(super) const IMPLEMENTATION: usize = 2;
/// The shares that are yes or no of a dispute, as statistics.
pub(super) const SHARES: [&str; 5] =
    ["settled", "organisation_accepted", "customer_accepted", "accepted", "overturned"];
/// The columns of satisfaction: with what, and the field, which is the statistic too.
pub(super) const SATISFACTION: [(&str, &str); 2] = [("fair", "fair"), ("process", "process_satisfaction")];

/// The counts of one group.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    pub(super) cases: u64,
    pub(super) open: u64,
    pub(super) unknown: u64,
    pub(super) closed: u64,
    pub(super) deadlines: [Kept; 3],
    pub(super) shares: [Part; 5],
    pub(super) outcomes: [u64; 7],
    pub(super) unknown_outcome: u64,
    pub(super) satisfied: [Part; 2],
    /// What was claimed and awarded, of decided disputes with both.
    pub(super) awards: Vec<(f64, f64)>,
    pub(super) costs: Vec<f64>,
}

impl Tally {
    /// Disputes with a known outcome.
    pub(super) fn ended(&self) -> u64 {
        self.outcomes.iter().sum()
    }
}

/// What disputes are, looked up once.
pub(super) struct Facts<'a> {
    pub(super) cases: &'a Cases,
    pub(super) definition: &'a DisputesDefinition,
    pub(super) book: &'a Book,
    pub(super) working: &'a WorkingTime,
    /// By share the answer of each dispute: 1, 0, or anything else for none; empty where nothing tells.
    pub(super) answers: [Vec<u8>; 5],
}

impl Facts<'_> {
    /// The deadline of a step with deadlines.
    pub(super) fn deadline(&self, step: usize) -> Option<Deadline> {
        match step {
            0 => self.definition.respond_within,
            OUTCOME => self.definition.decide_within,
            _ => None,
        }
    }

    /// Why a step cannot be judged.
    pub(super) fn missing(&self, step: usize) -> Option<&'static str> {
        if step == IMPLEMENTATION {
            return match self.book.implementation() {
                (true, true) => None,
                (true, false) => Some("no_column"),
                (false, _) => Some("no_deadline"),
            };
        }
        if self.deadline(step).is_none() {
            return Some("no_deadline");
        }
        let is_known = self.book.steps.get(step).is_some_and(|step| step.known);
        (!is_known).then_some("no_column")
    }

    /// The points of a dispute; `None` for none, and for some out of range.
    pub(super) fn points(&self, field: &str, case: usize) -> Option<f64> {
        let points = self.cases.numbers(field)?.get(case)?;
        (1.0..=f64::from(self.definition.points())).contains(&points).then_some(points)
    }

    /// An amount of at least 0.
    pub(super) fn amount(&self, field: &str, case: usize) -> Option<f64> {
        self.cases.numbers(field)?.get(case).filter(|amount| *amount >= 0.0)
    }

    /// Whether a dispute was brought to an end by which something could be awarded.
    pub(super) fn is_concluded(&self, dispute: usize) -> bool {
        match self.book.outcomes.get(dispute).copied().flatten() {
            Some(outcome) => outcome.is_concluded(),
            None => self.book.states.get(dispute) != Some(&State::Open),
        }
    }

    /// What was claimed and awarded; `None` where there is no ratio of them.
    pub(super) fn award(&self, dispute: usize, case: usize) -> Option<(f64, f64)> {
        let claimed = self.amount("claimed", case).filter(|claimed| *claimed > 0.0)?;
        self.amount("awarded", case).filter(|_| self.is_concluded(dispute)).map(|awarded| (awarded, claimed))
    }

    fn add_deadline(&self, kept: &mut Kept, step: usize, dispute: usize) {
        let as_of = self.book.as_of;
        if step == IMPLEMENTATION {
            let (done, due) = self.book.carried_out(dispute);
            kept.add(done, as_of, |at| Some(at <= due?));
            return;
        }
        let Some(column) = self.book.steps.get(step).filter(|column| column.known) else { return };
        let cut = |moment: i64| if column.in_days { moment.div_euclid(DAY) * DAY } else { moment };
        let begin = self.book.begin(step, dispute);
        let done = if begin.is_none() { Done::NoTime } else { self.book.done(step, dispute) };
        let from = begin.unwrap_or(as_of);
        let deadline = self.deadline(step);
        kept.add(done, as_of, |at| Some(self.working.is_kept(deadline?, cut(from), cut(at))));
    }
}

/// The counts of all groups of a grouping.
pub(super) fn tallies(facts: &Facts<'_>, grouping: &Grouping) -> Vec<Tally> {
    let mut tallies = vec![Tally::default(); grouping.groups.len()];
    let from = f64::from(facts.definition.satisfied_from());
    let steps: Vec<usize> = (0..IN_TIME.len()).filter(|step| facts.missing(*step).is_none()).collect();
    for (dispute, &case) in facts.book.cases.iter().enumerate() {
        let case = case as usize;
        let Some(tally) = grouping.group(dispute).and_then(|group| tallies.get_mut(group)) else { continue };
        tally.cases += 1;
        match facts.book.states.get(dispute) {
            Some(State::Open) => tally.open += 1,
            Some(State::Decided) => {}
            Some(State::Unknown) | None => tally.unknown += 1,
        }
        let is_closed = matches!(facts.book.done(super::book::CLOSE, dispute), Done::At(_));
        tally.closed += u64::from(is_closed);
        for step in &steps {
            if let Some(kept) = tally.deadlines.get_mut(*step) {
                facts.add_deadline(kept, *step, dispute);
            }
        }
        for (part, answers) in tally.shares.iter_mut().zip(&facts.answers) {
            part.add(answers.get(dispute).filter(|answer| **answer <= 1).map(|answer| *answer == 1));
        }
        if let Some(outcome) = facts.book.outcomes.get(dispute).copied().flatten()
            && let Some(count) = tally.outcomes.get_mut(outcome_place(outcome))
        {
            *count += 1;
        }
        tally.unknown_outcome += u64::from(facts.book.unknown_outcome.get(dispute) == Some(&true));
        for (part, (_, field)) in tally.satisfied.iter_mut().zip(SATISFACTION) {
            part.add(facts.points(field, case).map(|points| points >= from));
        }
        tally.awards.extend(facts.award(dispute, case));
        tally.costs.extend(facts.amount("cost", case));
    }
    tallies
}

/// The place of an outcome among [`DisputeOutcome::ALL`].
pub(super) fn outcome_place(outcome: DisputeOutcome) -> usize {
    DisputeOutcome::ALL.iter().position(|(other, _)| *other == outcome).unwrap_or(0)
}
