//! Deadlines as a section has them.

use crate::analysis::records::{Kept, working_clock};
use crate::report::{StepDeadline, WorkingClock};
use crate::stats::Confidence;
use crate::survey::ComplaintsDefinition;

use super::tally::{DEADLINE_STEPS, Facts};

/// The steps with deadlines and the statistics of what was done in time.
pub(super) const IN_TIME: [(&str, &str); 3] =
    [("acknowledge", "acknowledged_in_time"), ("respond", "responded_in_time"), ("close", "closed_in_time")];

/// What became of a deadline in one group of so many complaints.
pub(super) fn row(
    facts: &Facts<'_>,
    step: usize,
    kept: &Kept,
    cases: u64,
    confidence: Confidence,
) -> StepDeadline {
    let name = IN_TIME.get(step).map_or("", |(name, _)| name);
    let deadline = facts.deadline(step).map(|deadline| deadline.to_string());
    let step_name = name.to_owned();
    if let Some(reason) = missing(facts, step) {
        let reason = Some(reason.to_owned());
        return StepDeadline {
            step: step_name,
            deadline,
            cases: Some(cases),
            reason,
            ..StepDeadline::default()
        };
    }
    let by = match (facts.has_due(step), facts.deadline(step)) {
        (true, Some(_)) => "due_or_deadline",
        (true, None) => "due",
        _ => "deadline",
    };
    StepDeadline { step: step_name, deadline, ..kept.row(cases, by, confidence) }
}

/// Why a step cannot be judged.
pub(super) fn missing(facts: &Facts<'_>, step: usize) -> Option<&'static str> {
    if facts.deadline(step).is_none() && !facts.has_due(step) {
        return Some("no_deadline");
    }
    let place = DEADLINE_STEPS.get(step).copied().unwrap_or(0);
    let is_known = facts.book.steps.get(place).is_some_and(|step| step.known);
    (!is_known).then_some("no_column")
}

/// How working time was counted; `None` where no deadline needs it.
pub(super) fn clock(definition: &ComplaintsDefinition, holidays: usize) -> Option<WorkingClock> {
    let deadlines = [definition.acknowledge_within, definition.respond_within, definition.close_within];
    deadlines.into_iter().flatten().find(|deadline| deadline.unit.is_business())?;
    let zone = definition.time_zone.as_ref();
    Some(working_clock(definition.business_hours, definition.holidays.as_ref(), holidays, zone))
}
