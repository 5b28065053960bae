//! What is to be thought of before figures of complaints are used.

use crate::report::words::said;
use crate::report::{ComplaintsSection, Note, NoteSeverity};

/// Fields that one of several files has no column for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AbsentColumns {
    /// The name of the file in reports.
    pub input: String,
    /// The fields, at least one.
    pub fields: Vec<String>,
}

/// That a field is blank in the complaints of a file without a column for it.
pub fn column_in_some_files(absent: &AbsentColumns) -> Note {
    let values = [("input", absent.input.clone()), ("list", absent.fields.join(", "))];
    said(NoteSeverity::Caution, "column_in_some_files", Some("complaints"), values)
}

/// That a segment has no figures period by period: it has too `many` groups, or some would be `hidden`.
pub(super) fn no_periods(segment: &str, why: &str) -> Note {
    let values = [("case", why.to_owned()), ("segment", segment.to_owned())];
    said(NoteSeverity::Info, "no_periods_of_segment", Some("complaints"), values)
}

/// The caveats of a section; `unused` are the periods that only transactions have.
pub(super) fn notes(section: &ComplaintsSection, unused: &[&str]) -> Vec<Note> {
    let mut notes = Vec::new();
    let mut say = |severity, code: &str, values: Vec<(&'static str, String)>| {
        notes.push(said(severity, code, Some("complaints"), values));
    };
    let without: Vec<&str> = section
        .periods
        .iter()
        .filter(|period| period.complete && period.volume.received == 0)
        .map(|period| period.period.as_str())
        .collect();
    if section.counted.complaints == 0 {
        say(NoteSeverity::Caution, "no_complaints", vec![("case", "none".to_owned())]);
    } else if !without.is_empty() {
        let values = vec![("case", "periods".to_owned()), ("list", without.join(", "))];
        say(NoteSeverity::Caution, "no_complaints", values);
    } else {
        say(NoteSeverity::Info, "complaints_are_not_dissatisfaction", Vec::new());
    }
    if section.as_of_from == "last_moment" {
        let moment = section.as_of_moment.replace('T', " ");
        say(NoteSeverity::Info, "as_of_last_moment", vec![("moment", moment)]);
    }
    if section.volume.transactions.is_none() {
        say(NoteSeverity::Info, "no_transactions", Vec::new());
    }
    let partly: Vec<&str> = section
        .deadlines
        .iter()
        .filter(|row| row.segment.is_empty() && row.period.is_none())
        .filter(|row| {
            row.early.is_some_and(|early| early > 0) && row.not_yet_due.is_some_and(|open| open > 0)
        })
        .map(|row| row.step.as_str())
        .collect();
    if !partly.is_empty() {
        say(NoteSeverity::Info, "judged_early", vec![("list", partly.join(", "))]);
    }
    if section.categories.as_ref().is_some_and(|found| found.other_too_large) {
        say(NoteSeverity::Caution, "other_too_large", Vec::new());
    }
    if section.clock.as_ref().is_some_and(|clock| !clock.holidays_known) {
        say(NoteSeverity::Info, "no_holidays", Vec::new());
    }
    if !unused.is_empty() {
        let label = section.periods.first().map_or("2026-Q1", |period| period.period.as_str()).to_owned();
        let values = vec![("list", unused.join(", ")), ("label", label)];
        say(NoteSeverity::Caution, "transactions_of_other_periods", values);
    }
    notes
}
