//! What is to be thought of before figures of complaints are used.

use indexmap::IndexMap;

use crate::report::{ComplaintsSection, Note, NoteSeverity};

/// The caveats of a section; `unused` are the periods that only transactions have.
pub(super) fn notes(section: &ComplaintsSection, unused: &[&str]) -> Vec<Note> {
    let mut notes = Vec::new();
    let mut say = |severity, code: &str, text: String| {
        notes.push(Note {
            code: code.to_owned(),
            severity,
            text,
            about: Some("complaints".to_owned()),
            values: IndexMap::new(),
        });
    };
    let without: Vec<&str> = section
        .periods
        .iter()
        .filter(|period| period.complete && period.volume.received == 0)
        .map(|period| period.period.as_str())
        .collect();
    if section.counted.complaints == 0 {
        say(
            NoteSeverity::Caution,
            "no_complaints",
            "no complaint was counted; that is no sign of satisfaction, as most who are dissatisfied do not complain: look at \
             how easily they can, and ask them"
                .to_owned(),
        );
    } else if !without.is_empty() {
        say(
            NoteSeverity::Caution,
            "no_complaints",
            format!(
                "no complaint was received in {}; that is no sign of satisfaction: fewer may have been able to complain, or fewer \
             may have been recorded",
                without.join(", ")
            ),
        );
    } else {
        say(
            NoteSeverity::Info,
            "complaints_are_not_dissatisfaction",
            "complaints count those who complained: few complaints alone are no sign of satisfaction"
                .to_owned(),
        );
    }
    if section.as_of_from == "last_moment" {
        say(
            NoteSeverity::Info,
            "as_of_last_moment",
            format!(
                "open complaints are looked at as of {}, the last moment in the file; if it was exported later, say when with \
             --as-of or `as_of`",
                section.as_of_moment.replace('T', " ")
            ),
        );
    }
    if section.volume.transactions.is_none() {
        say(
            NoteSeverity::Info,
            "no_transactions",
            "how many transactions there were is not known: there are counts and no rate".to_owned(),
        );
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
        say(
            NoteSeverity::Info,
            "judged_early",
            format!(
                "the newest complaints are judged only where they were quick ({}): `share_of_due` is of those whose deadline has \
             passed",
                partly.join(", ")
            ),
        );
    }
    if section.categories.as_ref().is_some_and(|found| found.other_too_large) {
        say(NoteSeverity::Caution, "other_too_large", 
            "more than 15 % of complaints are in categories that say only \"other\"; 15 % is a default of csat: the \
             scheme of categories may be worn out".to_owned());
    }
    if section.clock.as_ref().is_some_and(|clock| !clock.holidays_known) {
        say(
            NoteSeverity::Info,
            "no_holidays",
            "no holidays are named: business days are all days of work by the weekday".to_owned(),
        );
    }
    if !unused.is_empty() {
        say(
            NoteSeverity::Caution,
            "transactions_of_other_periods",
            format!(
                "transactions are given for {} and no complaint is of such a period; labels are as `{}`",
                unused.join(", "),
                section.periods.first().map_or("2026-Q1", |period| period.period.as_str())
            ),
        );
    }
    notes
}
