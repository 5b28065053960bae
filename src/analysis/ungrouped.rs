//! Rows that belong to no value of a segment: they count in the total and in no group, and that is said.

use crate::report::words::said;
use crate::report::{Note, NoteSeverity};
use crate::survey::Survey;
use crate::tally::{Counted, Stratum};

/// A note for each segment that some rows have no value of; `strata` are those of the wave shown (or of all).
///
/// With suppression only the fact is said, since a small number of rows would itself be a hidden group.
pub(super) fn notes(
    survey: &Survey,
    counted: &Counted,
    total: Option<&Stratum>,
    strata: &[&Stratum],
    suppressing: bool,
) -> Vec<Note> {
    let Some(total) = total else { return Vec::new() };
    let mut notes = Vec::new();
    for segment in &survey.segments {
        let grouped: u64 = strata
            .iter()
            .filter(|stratum| matches!(stratum.segment.as_slice(), [(id, _)] if *id == segment.id))
            .map(|stratum| stratum.rows.n)
            .sum();
        let without = total.rows.n.saturating_sub(grouped);
        if without == 0 {
            continue;
        }
        let unreadable =
            counted.ledger.invalid.iter().any(|((id, _), cells)| *id == segment.id && cells.rows > 0);
        let severity = if unreadable { NoteSeverity::Caution } else { NoteSeverity::Info };
        let case = match (unreadable, suppressing) {
            (false, false) => "counted",
            (false, true) => "some",
            (true, false) => "unreadable",
            (true, true) => "unreadable_some",
        };
        let count = (!suppressing).then(|| ("count", without.to_string()));
        let values =
            [("case", case.to_owned()), ("total", total.rows.n.to_string()), ("segment", segment.id.clone())];
        notes.push(said(severity, "no_group", Some(&segment.id), values.into_iter().chain(count)));
    }
    notes
}

#[cfg(test)]
mod tests {
    use crate::analysis::sample::{Row, counted, day, survey, times};
    use crate::analysis::{Scope, plan, run};
    use crate::report::Provenance;

    fn texts(suppress_below: u64) -> Vec<String> {
        let mut answers = times(30, Row(Some("N"), 0, Ok(5)));
        answers.extend(times(4, Row(None, 0, Ok(5))));
        let mut survey = survey();
        survey.suppress_below = suppress_below;
        let scope = Scope::new(day(2026, 7, 1));
        let (_, map) = plan(&survey, &scope).unwrap();
        let report = run(&survey, &map, &counted(&answers), &scope, Provenance::default()).unwrap();
        report.notes.into_iter().filter(|note| note.code == "no_group").map(|note| note.text).collect()
    }

    #[test]
    fn rows_without_a_value_are_said() {
        assert_eq!(
            texts(0),
            ["4 of 34 rows have no value of region: they count in the total and in no group"]
        );
    }

    #[test]
    fn their_number_is_not_said_where_small_groups_are_hidden() {
        assert!(texts(10)[0].starts_with("some of 34 rows"));
    }
}
