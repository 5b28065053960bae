//! Microsoft Forms: a workbook, or a CSV made of it; five columns about the response, then the questions.
//!
//! The headings are those of the account's language, so the first five columns are recognised by what they hold:
//! numbers that count up, when the response was begun and finished, an address or one word for all, a name or none.

use super::first_records::{is_digits, is_moment};
use super::naming::{Names, plain};
use super::{Cells, FirstRecords, Layout, Seen, SeenColumn};
use crate::survey::{FileFacts, Metadata, Role};

/// Microsoft Forms, opened in Excel.
pub(super) struct MicrosoftForms;

/// What the first five columns hold.
const ABOUT: [Metadata; 5] =
    [Metadata::Response, Metadata::Started, Metadata::Ended, Metadata::Personal, Metadata::Personal];

/// What stands between the chosen options of a cell, and behind the last.
const SEPARATOR: &str = ";";

impl Layout for MicrosoftForms {
    fn name(&self) -> &'static str {
        "microsoft-forms"
    }

    fn signs(&self) -> &'static str {
        "first columns that hold a running number, two dates with times, an address or one word for all, and a name"
    }

    fn recognise(&self, first: &FirstRecords) -> Option<Seen> {
        let header = first.header();
        if header.len() < 6 || header[..5].iter().any(|name| name.is_empty()) || !is_form(first) {
            return None;
        }
        let mut names = Names::default();
        let columns: Vec<SeenColumn> = header
            .iter()
            .enumerate()
            .map(|(at, cell)| column(&mut names, &header, at, cell, first))
            .collect();
        let mut reasons = vec![
            "a Microsoft Forms export: its first columns hold a running number, when a response was begun and \
             finished, an address and a name"
                .to_owned(),
        ];
        reasons.extend(names.reasons());
        let file = FileFacts { layout: self.name(), header_rows: 1, reasons, ..FileFacts::default() };
        Some(Seen { file, columns })
    }
}

fn is_form(first: &FirstRecords) -> bool {
    let numbers: Vec<u64> = first.cells(0, 1).iter().filter_map(|cell| cell.parse().ok()).collect();
    let counts_up = !numbers.is_empty() && numbers.windows(2).all(|pair| pair[0] < pair[1]);
    let mails = first.cells(3, 1);
    let same_word = mails.first().is_some_and(|word| {
        !word.contains(' ') && !is_digits(word) && mails.iter().all(|other| other == word)
    });
    let is_mail = !mails.is_empty() && mails.iter().all(|mail| mail.contains('@'));
    // Every response has an address or the word for none.
    let everyone = mails.len() == first.records.len().saturating_sub(1);
    first.all(0, 1, is_digits)
        && counts_up
        && first.all(1, 1, is_moment)
        && first.all(2, 1, is_moment)
        && everyone
        && (is_mail || same_word)
}

fn column(names: &mut Names, header: &[&str], at: usize, cell: &str, first: &FirstRecords) -> SeenColumn {
    let name = names.give(cell, at);
    if let Some(metadata) = ABOUT.get(at) {
        return SeenColumn::copied(name, at).about(*metadata);
    }
    // A column of dates right behind the name is when the response was last changed; it is empty where it was not.
    if at == 5 && (first.cells(at, 1).is_empty() || first.all(at, 1, is_moment)) {
        return SeenColumn::copied(name, at).about(Metadata::Recorded);
    }
    // A quiz adds points and feedback, headed by a word and the question.
    let of_a_question = cell.split_once(" - ").is_some_and(|(_, question)| header.contains(&question));
    if of_a_question {
        return SeenColumn::copied(name, at).about(Metadata::Technical);
    }
    let cells = first.cells(at, 1);
    let marked = cells.iter().filter(|cell| cell.ends_with(SEPARATOR)).count();
    if marked > 0 && marked * 5 >= cells.len() * 4 {
        let role = Role::Multiple { options: Vec::new(), separator: SEPARATOR.to_owned() };
        let cells = Cells::Trimmed { column: at, suffix: SEPARATOR };
        return SeenColumn { cells, ..SeenColumn::copied(name, at) }.asking(&plain(cell)).with_role(role);
    }
    SeenColumn::copied(name, at).asking(&plain(cell))
}

#[cfg(test)]
mod tests {
    use super::super::sample::{column, names, role, seen};
    use super::*;

    const EXPORT: &str = concat!(
        "ID,Startzeit,Fertigstellungszeit,E-Mail,Name,Uhrzeit der letzten Änderung,\"Wie\u{a0}zufrieden\nsind Sie?\",",
        "Was war gut?,Punkte - Was war gut?\n",
        "1,7/2/20 11:00:22,7/2/20 11:03:10,anonymous,,,5,Preis;Lage;,0\n",
        "2,7/3/20 11:00:22,7/3/20 11:03:10,anonymous,,,4,Preis;,0\n",
    );

    #[test]
    fn a_german_form_is_recognised_by_what_it_holds() {
        let seen = seen(&MicrosoftForms, EXPORT).unwrap();
        assert_eq!(names(&seen)[6], "Wie zufrieden sind Sie?");
        assert_eq!(*role(&seen, "Fertigstellungszeit"), Role::Metadata(Metadata::Ended));
        assert_eq!(*role(&seen, "Uhrzeit der letzten Änderung"), Role::Metadata(Metadata::Recorded));
        assert_eq!(*role(&seen, "Punkte - Was war gut?"), Role::Metadata(Metadata::Technical));
        assert_eq!(column(&seen, "Was war gut?").cells, Cells::Trimmed { column: 7, suffix: ";" });
    }

    #[test]
    fn other_tables_are_none() {
        for text in [
            "id,begun,ended,region,branch,score\n2,2026-07-01 10:00,2026-07-01 10:05,North,A,5\n1,2026-07-01 10:00,2026-07-01 10:05,South,B,5\n",
            "id,a,b,c,d,e\n1,2,3,4,5,6\n",
            "ID,s,e,m,n,q\n",
            "",
        ] {
            assert_eq!(seen(&MicrosoftForms, text), None, "{text}");
        }
    }
}
