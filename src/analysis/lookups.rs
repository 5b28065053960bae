//! Lists whose columns were brought to the answers: in the account, among the files, and what a reader should know.

use std::sync::Arc;

use crate::report::{Input, InputKind, Ledger, LookupLedger, Note, NoteSeverity, Report, words};
use crate::source::lookup::{Brought, List};

use super::ledger::input_name;

/// Writes what became of the keys into a report that was made of the answers.
pub fn note_lists(report: &mut Report, lists: &[Arc<Brought>]) {
    report.ledger.lookups = lists.iter().map(|brought| account(brought)).collect();
    report.provenance.inputs.extend(lists.iter().map(|brought| input(&brought.list)));
    report.notes.extend(list_notes(&report.ledger));
}

/// What a reader should know of the lists in an account.
pub fn list_notes(ledger: &Ledger) -> Vec<Note> {
    ledger.lookups.iter().flat_map(notes).collect()
}

/// Whether a note is one of a list.
pub fn is_list_note(note: &Note) -> bool {
    note.code.starts_with("lookup_")
}

fn account(brought: &Brought) -> LookupLedger {
    let (lookup, found) = (brought.list.lookup(), brought.list.account());
    let matches = brought.matches();
    LookupLedger {
        list: input_name(&lookup.file),
        key: lookup.key.clone(),
        columns: brought.list.names().to_vec(),
        matched: matches.matched,
        unmatched: matches.unmatched,
        blank: matches.blank,
        without_zeros: matches.without_zeros,
        rows: found.rows,
        keys: found.keys,
        blank_keys: found.blank_keys,
        repeated: found.repeated,
        conflicting: found.conflicting,
    }
}

fn input(list: &List) -> Input {
    let found = list.account();
    Input {
        name: input_name(&list.lookup().file),
        kind: InputKind::List,
        bytes: found.bytes,
        rows: found.rows,
        hash: found.xxh3.clone(),
        definition: None,
    }
}

fn notes(line: &LookupLedger) -> Vec<Note> {
    let total = line.matched.saturating_add(line.unmatched).saturating_add(line.blank);
    // Groups of the few that were found say little about all.
    let few = line.matched < total.saturating_sub(total / 5);
    let severity = if few { NoteSeverity::Caution } else { NoteSeverity::Info };
    let name = || ("name", line.list.clone());
    let column = || ("column", line.key.clone());
    let counts = [
        ("count", line.matched.to_string()),
        ("total", total.to_string()),
        ("unmatched", line.unmatched.to_string()),
        ("blank", line.blank.to_string()),
    ];
    let about = Some(line.list.as_str());
    let mut notes =
        vec![words::said(severity, "lookup_matched", about, counts.into_iter().chain([name(), column()]))];
    let caution = |code, count: u64| {
        let values = [("count", count.to_string()), name(), column()];
        words::said(NoteSeverity::Caution, code, about, values)
    };
    if line.without_zeros > 0 {
        notes.push(caution("lookup_zeros", line.without_zeros));
    }
    if line.conflicting > 0 {
        notes.push(caution("lookup_conflicts", line.conflicting));
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(line: &LookupLedger) -> Vec<(NoteSeverity, String)> {
        notes(line).into_iter().map(|note| (note.severity, note.text)).collect()
    }

    #[test]
    fn what_was_found_is_told_and_few_is_a_caution() {
        let mut line = LookupLedger {
            list: "customers.csv".to_owned(),
            key: "id".to_owned(),
            matched: 90,
            unmatched: 8,
            blank: 2,
            ..LookupLedger::default()
        };
        assert_eq!(
            said(&line),
            [(
                NoteSeverity::Info,
                "customers.csv: 90 of 100 rows read are in the list by id, 8 are not, 2 have no id"
                    .to_owned()
            )]
        );
        (line.matched, line.unmatched, line.without_zeros, line.conflicting) = (50, 48, 40, 3);
        let said = said(&line);
        assert!(said.iter().all(|(severity, _)| *severity == NoteSeverity::Caution));
        assert_eq!(
            said[1].1,
            "answers that customers.csv would have without the zeros at the start of id: 40; `leading_zeros = \"ignore\"` \
             finds them"
        );
        assert_eq!(
            said[2].1,
            "keys with several different rows in customers.csv: 3; the first row of each counts"
        );
    }
}
