//! The figures of every group: counts, shares and times, as estimates and as rows of the section.

use crate::analysis::records::{GroupTimes, Grouping, Ordered, Part, step_times, step_times_test};
use crate::report::{ComplaintsSection, Flag, StepDeadline, StepTimes};
use crate::survey::Outcome;

use super::ComplaintsAsk;
use super::book::{Book, CLOSE, NO_TIME, STEPS, UNKNOWN};
use super::deadlines::{self, IN_TIME};
use super::estimates::Figures;
use super::tally::{DEADLINE_STEPS, Facts, SHARES, Tally};
use super::{outcomes, volume};

/// The figures of one group that are counts and shares.
pub(super) fn counted_figures(
    facts: &Facts<'_>,
    section: &ComplaintsSection,
    period: Option<usize>,
    tally: &Tally,
    figures: &mut Figures<'_>,
    share_by: &[Option<&'static str>; 5],
) {
    let of_period = period.and_then(|place| section.periods.get(place));
    let is_all = figures.segment.is_empty() && period.is_none();
    // A segment in a period has counts of its own; how many of it were open then nobody counted.
    let of_all = of_period.filter(|_| figures.segment.is_empty());
    match of_all {
        Some(period) => figures.volume(&period.volume),
        None if is_all => figures.volume(&section.volume),
        None => figures.volume(&volume::volume(tally.cases, None, figures.confidence)),
    }
    for (step, (_, statistic)) in IN_TIME.iter().enumerate() {
        let has_column = facts.book.steps.get(DEADLINE_STEPS[step]).is_some_and(|step| step.known);
        match deadlines::missing(facts, step) {
            None => figures.share(statistic, tally.deadlines[step].part()),
            Some("no_deadline") if is_all && has_column => figures.missing(statistic, Flag::NoDeadline),
            Some(_) => {}
        }
    }
    let is_dated = facts.book.steps.get(CLOSE).is_some_and(|step| step.known);
    let knows_state = tally.unknown < tally.cases || (is_dated && tally.cases == 0);
    match of_all {
        Some(period) => {
            if let Some(backlog) = &period.backlog {
                figures.number("open", Some(backlog.open as f64), period.volume.received);
            }
            if is_dated {
                let flow = [period.flow_ratio, period.flow_ratio_low, period.flow_ratio_high];
                figures.ratio("flow_ratio", flow, period.volume.received);
            }
        }
        None if knows_state && period.is_none() => {
            figures.number("open", Some(tally.open as f64), tally.cases);
        }
        None => {}
    }
    if facts.cases.categories("outcome").is_some() {
        let limits = outcomes::limits(tally, figures.confidence);
        let decided = tally.outcomes.iter().sum();
        for (place, (count, (_, name))) in tally.outcomes.iter().zip(Outcome::ALL).enumerate() {
            figures.outcome(name, Part { count: *count, base: decided }, limits.get(place).copied());
        }
    }
    for ((statistic, part), by) in SHARES.iter().zip(&tally.shares).zip(share_by) {
        if by.is_some() {
            figures.share(statistic, *part);
        }
    }
    if facts.cases.categories("category").is_some() {
        figures.share("other_category", tally.other);
    }
    for (statistic, part) in
        [("process_satisfaction", tally.process), ("outcome_satisfaction", tally.outcome)]
    {
        if facts.cases.numbers(statistic).is_some() {
            figures.share(statistic, part);
        }
    }
}

/// What became of the deadlines in one group; segments period by period are estimates alone.
pub(super) fn add_deadlines(
    facts: &Facts<'_>,
    tally: &Tally,
    figures: &Figures<'_>,
    section: &mut ComplaintsSection,
) {
    if !figures.segment.is_empty() && figures.wave.is_some() {
        return;
    }
    for (step, kept) in tally.deadlines.iter().enumerate() {
        let mut row = deadlines::row(facts, step, kept, tally.cases, figures.confidence);
        if figures.hidden.is_some() {
            row = StepDeadline {
                step: row.step,
                deadline: row.deadline,
                reason: Some("suppressed".to_owned()),
                ..StepDeadline::default()
            };
        }
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
    section: &mut ComplaintsSection,
    ask: &ComplaintsAsk<'_>,
) {
    let name = STEPS[step].0;
    let Some(known) = book.steps.get(step).filter(|known| known.known) else {
        let reason = Some("no_column".to_owned());
        section.times.push(StepTimes { step: name.to_owned(), reason, ..StepTimes::default() });
        return;
    };
    let ordered = Ordered::new(book.len(), |complaint| book.waited(step, complaint));
    let no_time = |complaint: usize| matches!(known.done.get(complaint), Some(&(NO_TIME | UNKNOWN)));
    for (grouping, figures) in groupings.iter().zip(figures) {
        let times: Vec<GroupTimes> = ordered.by_group(book.len(), grouping, no_time);
        let is_crossed = grouping.is_crossed();
        if !grouping.ids.is_empty() && !is_crossed {
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
            if !is_crossed {
                section.times.push(row);
            }
        }
    }
}
