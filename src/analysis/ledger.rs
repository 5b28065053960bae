//! The account of one pass, for the waves that the report shows. It adds up.

use std::collections::BTreeMap;

use crate::report::{Excluded, Ledger, LedgerPlace, QuestionLedger};
use crate::source::{PLACES_KEPT, Position, Tallied};
use crate::survey::{Missing, Survey};
use crate::tally::{Counted, Stratum};

use super::plan::PlanMap;

/// The ledger of the rows in `total`, the stratum of all rows of the wave shown (or of all waves).
pub(super) fn ledger(
    survey: &Survey,
    map: &PlanMap,
    counted: &Counted,
    total: Option<&Stratum>,
    wave: Option<&str>,
) -> Ledger {
    let source = &counted.ledger;
    let rows_used = total.map_or(0, |total| total.rows.n);
    let mut excluded = entries(counted, &source.excluded);
    let other_wave = source.rows_used.saturating_sub(rows_used);
    if other_wave > 0 {
        excluded.push(Excluded { reason: "other_wave".to_owned(), rows: other_wave, places: Vec::new() });
    }
    let lines = survey.questions.iter().enumerate().filter_map(|(index, question)| {
        let counts = total?.counts.get(map.tallies[index]?)?;
        let rows = |reason| Some(counts.missing(reason).n);
        Some(QuestionLedger {
            question: question.id.clone(),
            answered: Some(counts.answered()),
            not_applicable: rows(Missing::NotApplicable),
            dont_know: rows(Missing::DontKnow),
            blank: rows(Missing::Blank),
            invalid: rows(Missing::Invalid),
            not_asked: rows(Missing::NotAsked),
            places: invalid_places(counted, &map.variables[index], wave),
        })
    });
    Ledger {
        lookups: Vec::new(),
        rows_read: source.rows_read,
        rows_used,
        excluded,
        kept: entries(counted, &source.kept),
        questions: lines.collect(),
    }
}

/// The name of an input without its folders: where it lay says nothing about the answers.
pub(super) fn input_name(name: &str) -> String {
    name.rsplit(['/', '\\']).next().filter(|last| !last.is_empty()).unwrap_or(name).to_owned()
}

fn entries(counted: &Counted, reasons: &BTreeMap<&'static str, Tallied>) -> Vec<Excluded> {
    let some = reasons.iter().filter(|(_, tallied)| tallied.rows > 0);
    some.map(|(reason, tallied)| Excluded {
        reason: (*reason).to_owned(),
        rows: tallied.rows,
        places: tallied.places.iter().map(|position| place(counted, *position)).collect(),
    })
    .collect()
}

/// The first places at which cells of these variables could not be read, in one wave or in all.
pub(super) fn invalid_places(
    counted: &Counted,
    variables: &[String],
    wave: Option<&str>,
) -> Vec<LedgerPlace> {
    let concerned = counted.ledger.invalid.iter().filter(|((variable, in_wave), _)| {
        variables.contains(variable) && wave.is_none_or(|wave| wave == in_wave)
    });
    let mut positions: Vec<Position> =
        concerned.flat_map(|(_, tallied)| tallied.places.iter().copied()).collect();
    positions.sort_unstable();
    positions.dedup();
    positions.truncate(PLACES_KEPT);
    positions.into_iter().map(|position| place(counted, position)).collect()
}

fn place(counted: &Counted, position: Position) -> LedgerPlace {
    LedgerPlace {
        input: counted.inputs.get(position.input).map_or_else(String::new, |input| input_name(&input.name)),
        row: position.row,
        line: position.line,
        column: (position.column > 0).then_some(position.column),
    }
}
