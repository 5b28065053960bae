//! How disputes ended.

use crate::measures::rounded;
use crate::report::{DisputeOutcomeRow, DisputeOutcomes};
use crate::stats::{self, Confidence, Simultaneous};
use crate::survey::DisputeOutcome;

use super::amounts::too_few;
use super::tally::{Facts, Tally};

/// How disputes ended; `None` without a column.
pub(super) fn outcomes(facts: &Facts<'_>, all: &Tally, confidence: Confidence) -> Option<DisputeOutcomes> {
    facts.cases.categories("outcome")?;
    let ended = all.ended();
    let reason = too_few(ended);
    let limits = limits(all, confidence);
    let rows = DisputeOutcome::ALL.into_iter().enumerate().map(|(place, (_, name))| {
        let cases = all.outcomes.get(place).copied().unwrap_or(0);
        let limits = limits.get(place).filter(|_| reason.is_none());
        let share = (reason.is_none()).then(|| cases as f64 / ended as f64 * 100.0);
        DisputeOutcomeRow {
            outcome: name.to_owned(),
            cases,
            share: share.and_then(rounded),
            low: limits.map(|limits| limits[0]),
            high: limits.map(|limits| limits[1]),
        }
    });
    Some(DisputeOutcomes {
        decided: ended,
        undecided: all.cases - ended - all.unknown_outcome,
        unknown: all.unknown_outcome,
        rows: rows.collect(),
        method: reason.is_none().then(|| "goodman".to_owned()),
        reason,
    })
}

/// The limits of the shares of outcomes in percent, which hold together (Goodman 1965); none without any.
pub(super) fn limits(tally: &Tally, confidence: Confidence) -> Vec<[f64; 2]> {
    let limits = stats::simultaneous(Simultaneous::Goodman, &tally.outcomes, confidence).unwrap_or_default();
    let percent = |limit: f64| rounded(limit.clamp(0.0, 1.0) * 100.0).unwrap_or(0.0);
    limits.iter().map(|limits| [percent(limits.low), percent(limits.high)]).collect()
}
