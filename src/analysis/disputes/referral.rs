//! How many unresolved complaints went to a provider, and disputes period by period.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::complaints::{HandledComplaint, handled_complaints};
use crate::analysis::records::{Calendar, Done, Faults, Part, Share};
use crate::measures::rounded;
use crate::report::{DisputePeriod, DisputeReferral};
use crate::source::cases::Cases;
use crate::stats::{self, Confidence, Estimated};
use crate::survey::{DisputesDefinition, Outcome, Unresolved, UnresolvedWhen};

use super::ComplaintsBeside;
use super::DisputesError;
use super::book::{Book, OUTCOME, State};

/// The complaints that went before.
pub(super) struct Before {
    all: Vec<HandledComplaint>,
    /// Those with an id, by it; of an id that repeats the first.
    pub(super) by_id: BTreeMap<u64, HandledComplaint>,
}

impl Before {
    /// The complaints of the file beside, if there is one.
    pub(super) fn read(
        beside: Option<&ComplaintsBeside<'_>>,
        as_of: Option<i64>,
    ) -> Result<Option<Self>, DisputesError> {
        let Some(beside) = beside else { return Ok(None) };
        let all = handled_complaints(beside.cases, beside.definition, &beside.holidays, as_of)?;
        let mut by_id = BTreeMap::new();
        for complaint in &all {
            if let Some(id) = complaint.id {
                by_id.entry(id).or_insert(*complaint);
            }
        }
        Ok(Some(Self { all, by_id }))
    }
}

/// Whether a complaint counts as unresolved.
fn is_unresolved(definition: &DisputesDefinition, complaint: &HandledComplaint) -> bool {
    let is = |when| match when {
        UnresolvedWhen::Rejected => complaint.outcome == Some(Outcome::Rejected),
        UnresolvedWhen::PartlyUpheld => complaint.outcome == Some(Outcome::PartlyUpheld),
        UnresolvedWhen::Escalated => complaint.escalated,
        UnresolvedWhen::Overdue => complaint.overdue,
    };
    UnresolvedWhen::ALL.into_iter().any(|(when, _)| definition.is_unresolved(when) && is(when))
}

/// A rate with its limits, as sections have it.
struct Rate {
    figure: [Option<f64>; 3],
    method: Option<&'static str>,
    reason: Option<&'static str>,
}

impl Rate {
    /// Of unresolved complaints those that were referred.
    fn of_subset(part: Part, confidence: Confidence) -> Self {
        match Share::new(part, confidence) {
            Some(share) => Self {
                figure: [Some(share.percent), Some(share.low), Some(share.high)],
                method: Some("wilson"),
                reason: None,
            },
            None => Self::none("none_unresolved"),
        }
    }

    /// Disputes for each hundred of as many complaints as somebody counted; without any dispute the logarithm has no
    /// limits, and those of the count stand in.
    fn of_counts(disputes: u64, unresolved: u64, confidence: Confidence) -> Self {
        let ratio = Estimated::events(disputes).over(Estimated::known(unresolved as f64), confidence);
        let percent = |value: f64| rounded(value * 100.0);
        let Some(value) = ratio.value.and_then(percent) else { return Self::none("none_unresolved") };
        if let Ok(limits) = ratio.limits {
            let figure = [Some(value), percent(limits.low), percent(limits.high)];
            return Self { figure, method: Some("log-ratio"), reason: None };
        }
        let limits = stats::garwood(disputes, confidence);
        let limit = |of: Option<f64>| of.and_then(|of| percent(of / unresolved as f64));
        let figure =
            [Some(value), limit(limits.map(|limits| limits.low)), limit(limits.map(|limits| limits.high))];
        Self { figure, method: Some("garwood"), reason: None }
    }

    const fn none(reason: &'static str) -> Self {
        Self { figure: [None; 3], method: None, reason: Some(reason) }
    }
}

/// The referral rate of all periods, which is filled into the periods too.
pub(super) fn referral(
    (cases, book): (&Cases, &Book),
    definition: &DisputesDefinition,
    (before, calendar): (Option<&Before>, &Calendar),
    periods: &mut [DisputePeriod],
    confidence: Confidence,
    faults: &mut Faults<'_>,
) -> DisputeReferral {
    let mut row = DisputeReferral::default();
    let rate = match (before, &definition.unresolved) {
        (Some(before), _) => {
            let when = UnresolvedWhen::ALL.into_iter().filter(|(when, _)| definition.is_unresolved(*when));
            row.unresolved_when = when.map(|(_, name)| name.to_owned()).collect();
            of_complaints(
                (cases, book),
                definition,
                (before, calendar),
                (&mut row, periods),
                confidence,
                faults,
            )
        }
        (None, Some(Unresolved::InAll(count))) => {
            row.by = Some("declared".to_owned());
            (row.unresolved, row.referred) = (Some(*count), Some(book.len() as u64));
            row.not_a_subset = true;
            Rate::of_counts(book.len() as u64, *count, confidence)
        }
        (None, Some(Unresolved::ByPeriod(counts))) => {
            row.by = Some("declared_by_period".to_owned());
            row.not_a_subset = true;
            for period in periods.iter_mut() {
                let Some(count) = counts.get(&period.period).copied() else { continue };
                fill(period, count, period.referred, &Rate::of_counts(period.referred, count, confidence));
            }
            total(&mut row, periods, confidence)
        }
        (None, None) => Rate::none("no_unresolved"),
    };
    [row.rate, row.low, row.high] = rate.figure;
    row.method = rate.method.map(str::to_owned);
    row.reason = rate.reason.map(str::to_owned);
    for period in periods.iter_mut().filter(|period| period.rate.is_none()) {
        period.reason = Some(row.reason.clone().unwrap_or_else(|| "no_unresolved".to_owned()));
    }
    row
}

/// Of declared numbers by period those of complete periods, or all where none is complete.
fn total(row: &mut DisputeReferral, periods: &[DisputePeriod], confidence: Confidence) -> Rate {
    let with = || periods.iter().filter(|period| period.unresolved.is_some());
    let is_any_complete = with().any(|period| period.complete);
    let (mut unresolved, mut referred) = (0, 0);
    for period in with().filter(|period| period.complete || !is_any_complete) {
        unresolved += period.unresolved.unwrap_or(0);
        referred += period.of_unresolved.unwrap_or(0);
    }
    if unresolved == 0 {
        return Rate::none("no_unresolved");
    }
    (row.unresolved, row.referred) = (Some(unresolved), Some(referred));
    Rate::of_counts(referred, unresolved, confidence)
}

fn fill(period: &mut DisputePeriod, unresolved: u64, referred: u64, rate: &Rate) {
    (period.unresolved, period.of_unresolved) = (Some(unresolved), Some(referred));
    [period.rate, period.rate_low, period.rate_high] = rate.figure;
    period.reason = rate.reason.map(str::to_owned);
}

/// By a file of complaints: those of its unresolved complaints that a dispute names, else as counts side by side.
fn of_complaints(
    (cases, book): (&Cases, &Book),
    definition: &DisputesDefinition,
    (before, calendar): (&Before, &Calendar),
    (row, periods): (&mut DisputeReferral, &mut [DisputePeriod]),
    confidence: Confidence,
    faults: &mut Faults<'_>,
) -> Rate {
    let unresolved: Vec<&HandledComplaint> =
        before.all.iter().filter(|complaint| is_unresolved(definition, complaint)).collect();
    let count = unresolved.len() as u64;
    row.unresolved = Some(count);
    let Some(ids) = cases.identities("complaint").filter(|_| !before.by_id.is_empty()) else {
        row.by = Some("complaints_counted".to_owned());
        row.referred = Some(book.len() as u64);
        row.not_a_subset = true;
        for (place, period) in periods.iter_mut().enumerate() {
            let of = unresolved.iter().filter(|of| calendar.within(i64::from(of.received)) == Some(place));
            let of = of.count() as u64;
            fill(period, of, period.referred, &Rate::of_counts(period.referred, of, confidence));
        }
        return Rate::of_counts(book.len() as u64, count, confidence);
    };
    row.by = Some("complaints".to_owned());
    let (mut resolved, mut missing, mut without) = (0, 0, 0);
    let mut named: BTreeSet<u64> = BTreeSet::new();
    for case in book.cases.iter().map(|case| *case as usize) {
        let Some(id) = ids.get(case) else {
            without += 1;
            continue;
        };
        named.insert(id);
        match before.by_id.get(&id) {
            None => {
                missing += 1;
                faults.note("unknown_complaint", "complaint", "counted", case);
            }
            Some(complaint) => resolved += u64::from(!is_unresolved(definition, complaint)),
        }
    }
    (row.though_resolved, row.not_in_file, row.without_id) = (Some(resolved), Some(missing), Some(without));
    let mut parts = vec![Part::default(); periods.len()];
    let mut all = Part::default();
    for complaint in unresolved {
        let is_named = complaint.id.is_some_and(|id| named.contains(&id));
        all.add(Some(is_named));
        let place = calendar.within(i64::from(complaint.received));
        if let Some(part) = place.and_then(|place| parts.get_mut(place)) {
            part.add(Some(is_named));
        }
    }
    for (period, part) in periods.iter_mut().zip(parts) {
        fill(period, part.base, part.count, &Rate::of_subset(part, confidence));
    }
    row.referred = Some(all.count);
    Rate::of_subset(all, confidence)
}

/// The periods with what was referred, what was decided and what was left open at their ends.
pub(super) fn periods(book: &Book, calendar: &Calendar, confidence: Confidence) -> Vec<DisputePeriod> {
    let count = calendar.labels.len();
    let (mut referred, mut decided, mut open) = (vec![0_u64; count], vec![0_u64; count], vec![0_u64; count]);
    let add = |counts: &mut Vec<u64>, place: usize| {
        if let Some(count) = counts.get_mut(place) {
            *count += 1;
        }
    };
    for (dispute, at) in book.referred.iter().enumerate() {
        let from = calendar.place(i64::from(*at));
        add(&mut referred, from);
        let until = match (book.done(OUTCOME, dispute), book.states.get(dispute)) {
            (Done::At(at), _) => calendar.place(at),
            (Done::Waiting, Some(State::Open)) => count,
            _ => continue,
        };
        add(&mut decided, until);
        for place in from..until.min(count) {
            add(&mut open, place);
        }
    }
    let is_dated = book.steps.get(OUTCOME).is_some_and(|step| step.known);
    let at = |counts: &[u64], place: usize| counts.get(place).copied().unwrap_or(0);
    let rows = calendar.labels.iter().enumerate().map(|(place, label)| {
        let referred = at(&referred, place);
        let limits = stats::garwood(referred, confidence);
        DisputePeriod {
            period: label.clone(),
            complete: calendar.ends.get(place).is_some_and(|end| end - 1 <= book.as_of),
            first: place == 0,
            referred,
            referred_low: limits.and_then(|limits| rounded(limits.low)),
            referred_high: limits.and_then(|limits| rounded(limits.high)),
            decided: is_dated.then(|| at(&decided, place)),
            open: is_dated.then(|| at(&open, place)),
            ..DisputePeriod::default()
        }
    });
    rows.collect()
}
