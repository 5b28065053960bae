//! Google Forms: one header record of whole questions behind a column of times.
//!
//! Two dialects. The form's own CSV writes `2026/10/04 10:15:00 AM GMT+5:30` in every language, the sheet's download
//! `12/6/2018 11:57:58` in the language of the sheet. The first is sure; the second is taken for a form only where
//! everything else is a question in words, and is read as it stands either way.

use super::first_records::is_moment;
use super::naming::{Names, plain};
use super::{FirstRecords, Layout, Seen, SeenColumn};
use crate::survey::{FileFacts, Metadata};

/// Google Forms, its own CSV or the sheet's.
pub(super) struct GoogleForms;

impl Layout for GoogleForms {
    fn name(&self) -> &'static str {
        "google-forms"
    }

    fn signs(&self) -> &'static str {
        "a first column of times such as 2026/10/04 10:15:00 AM GMT+5:30 or 12/6/2018 11:57:58, then questions in words"
    }

    fn recognise(&self, first: &FirstRecords) -> Option<Seen> {
        let header = first.header();
        if header.len() < 2 || first.cells(0, 1).is_empty() {
            return None;
        }
        let own = first.all(0, 1, is_own_time);
        let is_sheet = first.all(0, 1, is_sheet_time) && questions_in_words(&header);
        if !own && !is_sheet {
            return None;
        }
        let mut names = Names::default();
        let columns: Vec<SeenColumn> =
            header.iter().enumerate().map(|(at, cell)| column(&mut names, at, cell, first)).collect();
        let zone = first.cells(0, 1).first().and_then(|cell| cell.rsplit_once(" GMT"));
        let mut reasons = vec![
            if own {
                "a Google Forms export: its first column holds times with a zone such as GMT+2"
            } else {
                "probably a sheet of Google Forms: times of the response, then questions in words"
            }
            .to_owned(),
        ];
        reasons.extend(names.reasons());
        let file = FileFacts {
            layout: self.name(),
            header_rows: 1,
            zone: zone.map(|(_, zone)| format!("GMT{zone}")),
            reasons,
            ..FileFacts::default()
        };
        Some(Seen { file, columns })
    }
}

/// `2026/10/04 10:15:00 AM GMT+5:30`; what stands for AM is in the language of the account.
fn is_own_time(cell: &str) -> bool {
    let Some((moment, zone)) = cell.rsplit_once(" GMT") else { return false };
    let is_offset = zone.is_empty() || zone.starts_with(['+', '-', '\u{2212}']);
    is_offset && is_moment(moment) && moment.as_bytes().get(4) == Some(&b'/')
}

/// `12/6/2018 11:57:58`, not filled up with zeros, or `06.12.2018 11:57:58`.
fn is_sheet_time(cell: &str) -> bool {
    is_moment(cell) && cell.matches(':').count() == 2 && !cell.contains('-') && !cell.contains('T')
}

/// Whether all columns but the first two or three are headed by several words.
fn questions_in_words(header: &[&str]) -> bool {
    let questions = header.iter().skip(1).filter(|name| !name.contains('@'));
    let total = header.len() - 1;
    let worded =
        questions.filter(|name| name.split(' ').filter(|word| !word.is_empty()).count() >= 3).count();
    !header[0].is_empty() && total >= 2 && worded * 3 >= total * 2
}

fn column(names: &mut Names, at: usize, cell: &str, first: &FirstRecords) -> SeenColumn {
    let column = SeenColumn::copied(names.give(cell, at), at);
    if at == 0 {
        return column.about(Metadata::Ended);
    }
    if first.all(at, 1, |cell| cell.contains('@') && !cell.contains(' ')) {
        return column.about(Metadata::Personal);
    }
    if first.all(at, 1, is_quiz_score) {
        return column.about(Metadata::Technical);
    }
    match cell.strip_suffix(']').and_then(|cell| cell.rsplit_once(" [")) {
        Some((stem, row)) => column.asking(&plain(row)).under(&plain(stem)),
        None => column.asking(&plain(cell)),
    }
}

/// `28.00 / 30`
fn is_quiz_score(cell: &str) -> bool {
    cell.split_once(" / ")
        .is_some_and(|(points, of)| points.parse::<f64>().is_ok() && of.parse::<f64>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::super::sample::{column, role, seen};
    use super::*;
    use crate::survey::Role;

    #[test]
    fn both_dialects_are_recognised_in_any_language() {
        let own = concat!(
            "Zeitstempel,Nutzername,Punktzahl,Wie zufrieden?,Bitte bewerten [Personal],Bitte bewerten [Räume]\n",
            "2026/10/04 10:15:00 AM GMT+2,a@example.org,28.00 / 30,5,4,3\n",
        );
        let seen_own = seen(&GoogleForms, own).unwrap();
        assert_eq!(seen_own.file.zone.as_deref(), Some("GMT+2"));
        assert_eq!(*role(&seen_own, "Zeitstempel"), Role::Metadata(Metadata::Ended));
        assert_eq!(*role(&seen_own, "Nutzername"), Role::Metadata(Metadata::Personal));
        assert_eq!(*role(&seen_own, "Punktzahl"), Role::Metadata(Metadata::Technical));
        let staff = &column(&seen_own, "Bitte bewerten [Personal]").facts;
        assert_eq!(
            (staff.stem.as_deref(), staff.text.as_deref()),
            (Some("Bitte bewerten"), Some("Personal"))
        );
        let sheet = concat!(
            "Horodateur,Êtes-vous satisfait de nous ?,Que pouvons-nous améliorer ici ?\n",
            "12/6/2018 11:57:58,5,le prix\n",
        );
        assert!(seen(&GoogleForms, sheet).unwrap().file.reasons[0].starts_with("probably"));
    }

    #[test]
    fn tables_with_a_date_first_are_none() {
        for text in [
            "date,overall,nps\n9/8/18 15:29,5,9\n",
            "submitted,region,overall\n12/6/2018 11:57:58,North,5\n",
            "Timestamp,How satisfied are you?,Why is that so?\n2026-10-04,5,x\n",
            "",
        ] {
            assert_eq!(seen(&GoogleForms, text), None, "{text}");
        }
    }
}
