//! How fair customers found the provider and how satisfied they were with the procedure, by how it ended for them.

use crate::analysis::records::{Faults, Part, Share};
use crate::measures::rounded;
use crate::report::{DisputeSatisfaction, DisputeSatisfied, SidesApart};
use crate::stats::{self, Confidence, Reference, SampledShare};
use crate::survey::DisputeOutcome;

use super::tally::{Facts, SATISFACTION, outcome_place};

/// Answers and their points.
type Answered = (Part, f64);

/// How satisfied customers were; `None` without a column for either.
pub(super) fn satisfaction(
    facts: &Facts<'_>,
    confidence: Confidence,
    faults: &mut Faults<'_>,
) -> Option<DisputeSatisfaction> {
    let is_there = |(_, field): &(&str, &str)| facts.cases.numbers(field).is_some();
    let there: Vec<(&str, &str)> = SATISFACTION.into_iter().filter(is_there).collect();
    if there.is_empty() {
        return None;
    }
    let mut section = DisputeSatisfaction {
        points: facts.definition.points(),
        satisfied_from: facts.definition.satisfied_from(),
        ..DisputeSatisfaction::default()
    };
    for (with, field) in there {
        let answers = by_outcome(facts, field, faults);
        let has_outcomes = facts.cases.categories("outcome").is_some();
        for (place, (part, sum)) in answers.iter().enumerate() {
            if place > 0 && (!has_outcomes || part.base == 0) {
                continue;
            }
            let share = Share::new(*part, confidence);
            let outcome = DisputeOutcome::ALL.get(place.wrapping_sub(1)).map(|(_, name)| (*name).to_owned());
            section.rows.push(DisputeSatisfied {
                with: with.to_owned(),
                outcome: outcome
                    .or_else(|| (place > DisputeOutcome::ALL.len()).then(|| "undecided".to_owned())),
                base: part.base,
                satisfied: part.count,
                share: share.map(|share| share.percent),
                low: share.map(|share| share.low),
                high: share.map(|share| share.high),
                mean: (part.base > 0).then(|| sum / part.base as f64).and_then(rounded),
            });
        }
        if has_outcomes {
            let of =
                |outcome| answers.get(outcome_place(outcome) + 1).map(|(part, _)| *part).unwrap_or_default();
            let (won, lost) = (of(DisputeOutcome::ForCustomer), of(DisputeOutcome::ForOrganisation));
            section.sides.push(apart(with, won, lost, confidence));
        }
    }
    let p: Vec<f64> = section.sides.iter().filter_map(|side| side.p).collect();
    let adjusted = stats::holm(&p).unwrap_or_default();
    for (side, adjusted) in section.sides.iter_mut().filter(|side| side.p.is_some()).zip(adjusted) {
        side.p_adjusted = rounded(adjusted);
    }
    Some(section)
}

/// The answers of all, then by outcome, then of those without one.
fn by_outcome(facts: &Facts<'_>, field: &str, faults: &mut Faults<'_>) -> Vec<Answered> {
    let from = f64::from(facts.definition.satisfied_from());
    let mut answers = vec![(Part::default(), 0.0); DisputeOutcome::ALL.len() + 2];
    for (dispute, case) in facts.book.cases.iter().enumerate() {
        let case = *case as usize;
        let Some(points) = facts.points(field, case) else {
            if facts.cases.numbers(field).is_some_and(|found| found.get(case).is_some()) {
                faults.note("satisfaction_out_of_range", field, "cell_left_out", case);
            }
            continue;
        };
        let outcome = facts.book.outcomes.get(dispute).copied().flatten();
        let place = outcome.map_or(DisputeOutcome::ALL.len(), outcome_place) + 1;
        for place in [0, place] {
            if let Some((part, sum)) = answers.get_mut(place) {
                part.add(Some(points >= from));
                *sum += points;
            }
        }
    }
    answers
}

/// Those for whom it was decided less those against whom it was.
fn apart(with: &str, won: Part, lost: Part, confidence: Confidence) -> SidesApart {
    let mut row = SidesApart {
        with: with.to_owned(),
        base_won: won.base,
        base_lost: lost.base,
        ..SidesApart::default()
    };
    if won.base == 0 || lost.base == 0 {
        row.reason = Some("no_cases".to_owned());
        return row;
    }
    let [won, lost] =
        [won, lost].map(|part| SampledShare { p: part.count as f64 / part.base as f64, n: part.base as f64 });
    row.difference = rounded((won.p - lost.p) * 100.0);
    let limits = stats::newcombe(&won, &lost, confidence.z(), confidence.z());
    row.low = limits.and_then(|limits| rounded(limits.low.max(-1.0) * 100.0));
    row.high = limits.and_then(|limits| rounded(limits.high.min(1.0) * 100.0));
    row.p = stats::pooled_share_test(&won, &lost, Reference::Normal).and_then(|test| rounded(test.p));
    row
}
