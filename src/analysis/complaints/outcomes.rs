//! What was decided, what it cost, and how satisfied complainants were.

use crate::analysis::records::{Amounts, Faults, Part, Share};
use crate::measures::rounded;
use crate::report::{
    ComplaintOutcome, ComplaintOutcomes, ComplaintRemedy, ComplaintSatisfaction, ComplaintSatisfied,
};
use crate::stats::{self, Confidence, PKind, PairedShares, Simultaneous};
use crate::survey::Outcome;

use super::tally::{Facts, Tally};

/// The columns of satisfaction, and with what.
const SATISFACTION: [(&str, &str); 2] =
    [("process", "process_satisfaction"), ("outcome", "outcome_satisfaction")];

/// What was decided; `None` without a column.
pub(super) fn outcomes(
    facts: &Facts<'_>,
    all: &Tally,
    confidence: Confidence,
    faults: &mut Faults<'_>,
) -> Option<ComplaintOutcomes> {
    let found = facts.cases.categories("outcome")?;
    if all.unknown_outcome > 0 {
        for case in facts.book.cases.iter().map(|case| *case as usize) {
            if facts.outcome(case) == Some(None) {
                faults.note("unknown_outcome", "outcome", "cell_left_out", case);
            }
        }
        for (name, known) in found.names().iter().zip(&facts.outcomes) {
            if known.is_none() {
                faults.text("unknown_outcome", "outcome", name);
            }
        }
    }
    let decided: u64 = all.outcomes.iter().sum();
    let limits = limits(all, confidence);
    let rows = Outcome::ALL.into_iter().enumerate().map(|(place, (_, name))| {
        let cases = all.outcomes.get(place).copied().unwrap_or(0);
        let limits = limits.get(place);
        ComplaintOutcome {
            outcome: name.to_owned(),
            cases,
            share: (decided > 0).then(|| cases as f64 / decided as f64 * 100.0).and_then(rounded),
            low: limits.map(|limits| limits[0]),
            high: limits.map(|limits| limits[1]),
        }
    });
    Some(ComplaintOutcomes {
        decided,
        undecided: all.cases - decided - all.unknown_outcome,
        unknown: all.unknown_outcome,
        rows: rows.collect(),
        method: (decided > 0).then(|| "goodman".to_owned()),
    })
}

/// The limits of the shares of outcomes in percent, which hold together (Goodman 1965); none without any decided.
pub(super) fn limits(tally: &Tally, confidence: Confidence) -> Vec<[f64; 2]> {
    let limits = stats::simultaneous(Simultaneous::Goodman, &tally.outcomes, confidence).unwrap_or_default();
    let percent = |limit: f64| rounded(limit.clamp(0.0, 1.0) * 100.0).unwrap_or(0.0);
    limits.iter().map(|limits| [percent(limits.low), percent(limits.high)]).collect()
}

/// What remedies cost; `None` without a column.
pub(super) fn remedy(
    facts: &Facts<'_>,
    confidence: Confidence,
    faults: &mut Faults<'_>,
) -> Option<ComplaintRemedy> {
    let found = facts.cases.numbers("remedy_cost")?;
    let (mut costs, mut row) = (Vec::new(), ComplaintRemedy::default());
    for case in facts.book.cases.iter().map(|case| *case as usize) {
        match found.get(case) {
            Some(cost) if cost < 0.0 => {
                row.negative += 1;
                faults.note("negative_cost", "remedy_cost", "cell_left_out", case);
            }
            Some(cost) => costs.push(cost),
            None => row.without += 1,
        }
    }
    let found = Amounts::new(costs, confidence);
    (row.cases, row.paid, row.largest, row.sum) = (found.cases, found.above_zero, found.largest, found.sum);
    [row.mean, row.mean_low, row.mean_high] = found.mean;
    [row.median, row.median_low, row.median_high] = found.median;
    Some(row)
}

/// How satisfied complainants were with the way and with the result; `None` without a column for either.
pub(super) fn satisfaction(
    facts: &Facts<'_>,
    confidence: Confidence,
    faults: &mut Faults<'_>,
) -> Option<ComplaintSatisfaction> {
    let there: Vec<_> =
        SATISFACTION.into_iter().filter(|(_, field)| facts.cases.numbers(field).is_some()).collect();
    if there.is_empty() {
        return None;
    }
    let from = f64::from(facts.definition.satisfied_from());
    let mut rows = Vec::new();
    for (with, field) in &there {
        let mut answers = vec![(Part::default(), 0.0); Outcome::ALL.len() + 2];
        for case in facts.book.cases.iter().map(|case| *case as usize) {
            let Some(points) = facts.points(field, case) else {
                if facts.cases.numbers(field).is_some_and(|found| found.get(case).is_some()) {
                    faults.note("satisfaction_out_of_range", field, "cell_left_out", case);
                }
                continue;
            };
            let decided =
                facts.outcome(case).flatten().map_or(Outcome::ALL.len(), super::tally::outcome_place) + 1;
            for place in [0, decided] {
                if let Some((part, sum)) = answers.get_mut(place) {
                    part.add(Some(points >= from));
                    *sum += points;
                }
            }
        }
        let has_outcomes = facts.cases.categories("outcome").is_some();
        for (place, (part, sum)) in answers.into_iter().enumerate() {
            if place > 0 && (!has_outcomes || part.base == 0) {
                continue;
            }
            let share = Share::new(part, confidence);
            let decided = Outcome::ALL.get(place.wrapping_sub(1)).map(|(_, name)| (*name).to_owned());
            rows.push(ComplaintSatisfied {
                with: (*with).to_owned(),
                decided: decided.or_else(|| (place > Outcome::ALL.len()).then(|| "undecided".to_owned())),
                base: part.base,
                satisfied: part.count,
                share: share.map(|share| share.percent),
                low: share.map(|share| share.low),
                high: share.map(|share| share.high),
                mean: (part.base > 0).then(|| sum / part.base as f64).and_then(rounded),
            });
        }
    }
    let mut section = ComplaintSatisfaction {
        points: facts.definition.points(),
        satisfied_from: facts.definition.satisfied_from(),
        rows,
        ..ComplaintSatisfaction::default()
    };
    if there.len() == SATISFACTION.len() {
        add_pairs(&mut section, facts, from, confidence);
    }
    Some(section)
}

/// Process against outcome of those who answered both.
fn add_pairs(section: &mut ComplaintSatisfaction, facts: &Facts<'_>, from: f64, confidence: Confidence) {
    let mut pairs = PairedShares::default();
    for case in facts.book.cases.iter().map(|case| *case as usize) {
        let [process, outcome] = SATISFACTION.map(|(_, field)| facts.points(field, case));
        let (Some(process), Some(outcome)) = (process, outcome) else { continue };
        // The difference is that of the second less the first.
        let count = match (outcome >= from, process >= from) {
            (true, true) => &mut pairs.both,
            (true, false) => &mut pairs.first_only,
            (false, true) => &mut pairs.second_only,
            (false, false) => &mut pairs.neither,
        };
        *count += 1;
    }
    section.pairs = Some(pairs.n());
    section.both = Some(pairs.both);
    section.process_only = Some(pairs.second_only);
    section.outcome_only = Some(pairs.first_only);
    section.neither = Some(pairs.neither);
    section.difference = pairs.difference().and_then(|difference| rounded(difference * 100.0));
    let limits = pairs.newcombe(confidence.z());
    section.difference_low = limits.and_then(|limits| rounded(limits.low * 100.0));
    section.difference_high = limits.and_then(|limits| rounded(limits.high * 100.0));
    if let Some(test) = pairs.mcnemar() {
        section.p = rounded(test.p);
        let kind = if test.p_kind == PKind::Exact { "exact" } else { "asymptotic" };
        section.p_kind = Some(kind.to_owned());
    }
}
