//! Typeform: one header record that begins with `#` and ends with dates of UTC and a `Network ID`.
//!
//! A question with several options has a column an option, headed by the option; the question's own words are not in
//! the file, so neighbours of that kind are taken for one question.

use super::naming::{Names, plain};
use super::{Cells, FirstRecords, Layout, Seen, SeenColumn};
use crate::survey::{FileFacts, Metadata, RowRule};

/// Typeform, responses as CSV or XLSX.
pub(super) struct Typeform;

const METADATA: [(&str, Metadata); 7] = [
    ("Response Type", Metadata::Finished),
    ("Start Date (UTC)", Metadata::Started),
    ("Stage Date (UTC)", Metadata::Recorded),
    ("Submit Date (UTC)", Metadata::Ended),
    ("Network ID", Metadata::Personal),
    ("Tags", Metadata::Technical),
    ("Ending", Metadata::Technical),
];

impl Layout for Typeform {
    fn name(&self) -> &'static str {
        "typeform"
    }

    fn signs(&self) -> &'static str {
        "a first column `#` and the columns `Submit Date (UTC)` and `Network ID`"
    }

    fn recognise(&self, first: &FirstRecords) -> Option<Seen> {
        let header = first.header();
        if header.first() != Some(&"#") || !first.has("Submit Date (UTC)") || !first.has("Network ID") {
            return None;
        }
        let tail = METADATA.iter().filter_map(|(name, _)| first.position(name)).min()?;
        let mut names = Names::default();
        let mut columns = vec![SeenColumn::copied(names.give("#", 0), 0).about(Metadata::Response)];
        let mut lists = 0;
        let mut at = 1;
        while at < header.len() {
            let options = (at..tail).take_while(|&column| is_option(first, column)).count();
            if options > 1 {
                lists += 1;
                columns.push(list(&mut names, &header, at, options, lists));
                at += options;
                continue;
            }
            columns.push(column(&mut names, header[at], at, first));
            at += 1;
        }
        let partial_rows = first.position("Response Type").map(|_| RowRule {
            column: "Response Type".to_owned(),
            values: vec!["partial".to_owned(), "started".to_owned()],
        });
        let mut reasons =
            vec!["a Typeform export: it begins with `#` and has dates of UTC and a Network ID".to_owned()];
        if lists > 0 {
            reasons.push(
                "columns whose cells repeat their own heading are options to tick; neighbours are taken for one \
                 question, since the export does not name it"
                    .to_owned(),
            );
        }
        reasons.extend(names.reasons());
        let zone = Some("UTC".to_owned());
        let file = FileFacts {
            layout: self.name(),
            header_rows: 1,
            zone,
            partial_rows,
            reasons,
            ..FileFacts::default()
        };
        Some(Seen { file, columns })
    }
}

/// Whether the cells of a column say nothing but its heading.
fn is_option(first: &FirstRecords, at: usize) -> bool {
    let label = first.header().get(at).map(|cell| plain(cell)).unwrap_or_default();
    !label.is_empty() && first.all(at, 1, |cell| plain(cell) == label)
}

fn list(names: &mut Names, header: &[&str], at: usize, count: usize, number: usize) -> SeenColumn {
    let options: Vec<(usize, String)> =
        (at..at + count).map(|column| (column, plain(header[column]))).collect();
    let labels: Vec<&str> = options.iter().map(|(_, option)| option.as_str()).collect();
    let text = labels.join(", ");
    SeenColumn::ticked(names.give(&format!("choices_{number}"), at), options, &[]).asking(&text)
}

fn column(names: &mut Names, header: &str, at: usize, first: &FirstRecords) -> SeenColumn {
    let is_masked = first.cells(at, 1).iter().any(|cell| cell.starts_with("'+") || cell.starts_with("'="));
    let cells = if is_masked { Cells::Unmasked(at) } else { Cells::Copied(at) };
    let column = SeenColumn { cells, ..SeenColumn::copied(names.give(header, at), at) };
    match METADATA.iter().find(|(name, _)| *name == header) {
        Some((_, metadata)) => column.about(*metadata),
        None => column.asking(&plain(header)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{column, names, role, seen};
    use super::*;
    use crate::survey::Role;

    const EXPORT: &str = concat!(
        "#,\"Hallo {{field:1}}, wie zufrieden sind Sie?\",Preis,Lage,Other,Telefon,Response Type,Start Date (UTC),",
        "Stage Date (UTC),Submit Date (UTC),Network ID,Tags,Ending\n",
        "ab1,5,Preis,,,'+49 30 12,completed,2026-07-01 10:00:00,,2026-07-01 10:05:00,n1,,\n",
        "ab2,4,Preis,Lage,,,partial,2026-07-01 11:00:00,,,n2,,\n",
        "ab3,4,,,der Kaffee,,completed,2026-07-01 11:00:00,,2026-07-01 12:00:00,n3,,\n",
    );

    #[test]
    fn options_become_one_question_and_dates_are_of_utc() {
        let seen = seen(&Typeform, EXPORT).unwrap();
        assert_eq!(
            names(&seen)[..5],
            ["#", "Hallo …, wie zufrieden sind Sie?", "choices_1", "Other", "Telefon"]
        );
        assert_eq!(column(&seen, "choices_1").cells.positions(), [2, 3]);
        assert_eq!(column(&seen, "Telefon").cells, Cells::Unmasked(5));
        assert_eq!(*role(&seen, "Submit Date (UTC)"), Role::Metadata(Metadata::Ended));
        assert_eq!(seen.file.zone.as_deref(), Some("UTC"));
        assert_eq!(seen.file.partial_rows.unwrap().values[0], "partial");
    }

    #[test]
    fn older_exports_have_no_response_type() {
        let text = "#,Wie?,Start Date (UTC),Submit Date (UTC),Network ID\n1,5,2018-04-03 09:05:14,2018-04-03 09:06:14,x\n";
        assert_eq!(seen(&Typeform, text).unwrap().file.partial_rows, None);
        assert_eq!(seen(&Typeform, "#,a,b\n1,2,3\n"), None);
    }
}
