//! The figures of every group: counts, shares and times, as estimates and as rows of the section.

use crate::analysis::records::{
    Amounts, Done, GroupTimes, Grouping, Ordered, Part, step_times, step_times_test,
};
use crate::report::{DisputesSection, Flag, StepDeadline, StepTimes};
use crate::survey::DisputeOutcome;

use super::DisputesAsk;
use super::amounts::award;
use super::book::{Book, STEPS, State};
use super::estimates::Figures;
use super::outcomes;
use super::tally::{Facts, IMPLEMENTATION, IN_TIME, SATISFACTION, SHARES, Tally};

/// The figures of one group that are counts, shares and amounts.
pub(super) fn counted_figures(
    facts: &Facts<'_>,
    section: &DisputesSection,
    period: Option<usize>,
    tally: &Tally,
    figures: &mut Figures<'_>,
    share_by: &[Option<&'static str>; 5],
) {
    let of_period = period.and_then(|place| section.periods.get(place));
    let is_all = figures.segment.is_empty() && period.is_none();
    figures.count(tally.cases);
    let referral = &section.referral;
    let rate = match of_period {
        Some(period) => {
            period.unresolved.map(|base| ([period.rate, period.rate_low, period.rate_high], base))
        }
        None if is_all => {
            referral.unresolved.map(|base| ([referral.rate, referral.low, referral.high], base))
        }
        None => None,
    };
    if let Some((rate, base)) = rate {
        let method = if rate[0] == Some(0.0) && referral.not_a_subset {
            Some("garwood")
        } else if referral.not_a_subset {
            Some("log-ratio")
        } else {
            Some("wilson")
        };
        figures.referral(rate, base, method.filter(|_| rate[0].is_some()), referral.not_a_subset);
    }
    for (step, (_, statistic)) in IN_TIME.iter().enumerate() {
        let has_column = facts.book.steps.get(step).is_some_and(|step| step.known) && step != IMPLEMENTATION;
        match facts.missing(step) {
            None => figures.share(statistic, tally.deadlines[step].part()),
            Some("no_deadline") if is_all && has_column => figures.missing(statistic, Flag::NoDeadline),
            Some(_) => {}
        }
    }
    match of_period {
        Some(period) => {
            if let Some(open) = period.open {
                figures.number("open", open, period.referred);
            }
        }
        None if facts.book.states.iter().any(|state| *state != State::Unknown) => {
            figures.number("open", tally.open, tally.cases);
        }
        None => {}
    }
    if facts.cases.categories("outcome").is_some() {
        let limits = outcomes::limits(tally, figures.confidence);
        let ended = tally.ended();
        for (place, (count, (outcome, name))) in tally.outcomes.iter().zip(DisputeOutcome::ALL).enumerate() {
            // Settled is a rate of its own, of those neither withdrawn nor out of scope.
            if outcome != DisputeOutcome::Settled {
                figures.outcome(name, Part { count: *count, base: ended }, limits.get(place).copied());
            }
        }
    }
    for ((statistic, part), by) in SHARES.iter().zip(&tally.shares).zip(share_by) {
        if by.is_some() {
            figures.share(statistic, *part);
        }
    }
    if facts.cases.numbers("claimed").is_some() && facts.cases.numbers("awarded").is_some() {
        figures.award(&award(tally.awards.clone(), figures.confidence));
        let awarded = tally.awards.iter().map(|(awarded, _)| *awarded).collect();
        figures.amounts("awarded_mean", None, &Amounts::new(awarded, figures.confidence));
    }
    if facts.cases.numbers("cost").is_some() {
        let costs = Amounts::new(tally.costs.clone(), figures.confidence);
        figures.amounts("cost_mean", Some("cost_median"), &costs);
    }
    for ((_, field), part) in SATISFACTION.into_iter().zip(tally.satisfied) {
        if facts.cases.numbers(field).is_some() {
            figures.share(field, part);
        }
    }
}

/// What became of the deadlines in one group.
pub(super) fn add_deadlines(
    facts: &Facts<'_>,
    tally: &Tally,
    figures: &Figures<'_>,
    section: &mut DisputesSection,
) {
    for (step, kept) in tally.deadlines.iter().enumerate() {
        let (name, deadline) = (IN_TIME[step].0, facts.deadline(step).map(|deadline| deadline.to_string()));
        let by = if step == IMPLEMENTATION { "due" } else { "deadline" };
        let reason = if figures.hidden.is_some() { Some("suppressed") } else { facts.missing(step) };
        let mut row = match reason {
            None => kept.row(tally.cases, by, figures.confidence),
            Some(reason) => StepDeadline { reason: Some(reason.to_owned()), ..StepDeadline::default() },
        };
        (row.step, row.deadline) = (name.to_owned(), deadline);
        (row.segment, row.period) = (figures.segment.clone(), figures.wave.clone());
        let is_all = row.segment.is_empty() && row.period.is_none();
        if is_all || !matches!(row.reason.as_deref(), Some("no_deadline" | "no_column")) {
            section.deadlines.push(row);
        }
    }
}

/// The times of a step, of all groups.
pub(super) fn add_times(
    step: usize,
    book: &Book,
    groupings: &[Grouping],
    figures: &mut [Vec<Figures<'_>>],
    section: &mut DisputesSection,
    ask: &DisputesAsk<'_>,
) {
    let name = STEPS[step].0;
    if !book.steps.get(step).is_some_and(|step| step.known) {
        let reason = Some("no_column".to_owned());
        section.times.push(StepTimes { step: name.to_owned(), reason, ..StepTimes::default() });
        return;
    }
    section.counted_from.push((name.to_owned(), book.counted_from(step).to_owned()));
    let ordered = Ordered::new(book.len(), |dispute| book.waited(step, dispute));
    let no_time =
        |dispute: usize| book.begin(step, dispute).is_none() || book.done(step, dispute) == Done::NoTime;
    for (grouping, figures) in groupings.iter().zip(figures) {
        let times: Vec<GroupTimes> = ordered.by_group(book.len(), grouping, no_time);
        if !grouping.ids.is_empty() {
            let is_hidden = figures.iter().any(|figures| figures.hidden.is_some());
            section.time_tests.push(step_times_test(name, grouping, &times, is_hidden));
        }
        for (times, figures) in times.into_iter().zip(figures) {
            let mut row = match figures.hidden {
                Some(flag) => StepTimes {
                    flag: Some(flag),
                    reason: Some("suppressed".to_owned()),
                    ..StepTimes::default()
                },
                None => step_times(times, figures.wave.is_none(), ask.confidence, ask.flag_below),
            };
            name.clone_into(&mut row.step);
            (row.segment, row.period) = (figures.segment.clone(), figures.wave.clone());
            figures.times(&row);
            section.times.push(row);
        }
    }
}
