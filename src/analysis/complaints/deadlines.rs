//! Deadlines as a section has them.

use crate::analysis::records::{Part, Share};
use crate::measures::rounded;
use crate::report::{StepDeadline, WorkingClock};
use crate::stats::Confidence;
use crate::survey::{ComplaintsDefinition, Holidays, TimeZone};

use super::tally::{DEADLINE_STEPS, Facts, Kept};

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
    let mut row = StepDeadline {
        step: name.to_owned(),
        deadline: facts.deadline(step).map(|deadline| deadline.to_string()),
        cases: Some(cases),
        ..StepDeadline::default()
    };
    if let Some(reason) = missing(facts, step) {
        row.reason = Some(reason.to_owned());
        return row;
    }
    let by = match (facts.has_due(step), facts.deadline(step)) {
        (true, Some(_)) => "due_or_deadline",
        (true, None) => "due",
        _ => "deadline",
    };
    row.by = Some(by.to_owned());
    row.within = Some(kept.within);
    row.early = Some(kept.early);
    row.late = Some(kept.late);
    row.overdue = Some(kept.overdue);
    row.not_yet_due = Some(kept.not_yet_due);
    row.no_deadline = Some(kept.no_deadline);
    row.no_time = Some(kept.no_time);
    row.judged = Some(kept.judged());
    match Share::new(part(kept), confidence) {
        Some(share) => {
            (row.share, row.low, row.high) = (Some(share.percent), Some(share.low), Some(share.high));
            row.method = Some("wilson".to_owned());
        }
        None => row.reason = Some("nothing_judged".to_owned()),
    }
    let percent = |count: u64, of: u64| (of > 0).then(|| count as f64 / of as f64 * 100.0).and_then(rounded);
    row.share_of_done = percent(kept.within, kept.within + kept.late);
    row.share_of_due = percent(kept.within - kept.early, kept.judged() - kept.early);
    row
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

/// In time of those judged.
pub(super) fn part(kept: &Kept) -> Part {
    Part { count: kept.within, base: kept.judged() }
}

/// How working time was counted; `None` where no deadline needs it.
pub(super) fn clock(definition: &ComplaintsDefinition, holidays: usize) -> Option<WorkingClock> {
    let deadlines = [definition.acknowledge_within, definition.respond_within, definition.close_within];
    deadlines.into_iter().flatten().find(|deadline| deadline.unit.is_business())?;
    Some(WorkingClock {
        business_hours: definition.business_hours.to_string(),
        holidays: holidays as u64,
        holidays_known: match &definition.holidays {
            None => false,
            Some(Holidays::File(_) | Holidays::Dates(_)) => true,
        },
        time_zone: definition.time_zone.as_ref().map(|zone| match zone {
            TimeZone::Named(name) => name.clone(),
            TimeZone::Fixed(minutes) => {
                let sign = if *minutes < 0 { '-' } else { '+' };
                format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
            }
        }),
    })
}
