//! Formbricks: one header record, questions numbered `1. …`, choices with a twin column of their ids.

use super::naming::{Names, plain};
use super::{FirstRecords, Layout, Seen, SeenColumn};
use crate::survey::{FileFacts, Metadata, RowRule};

/// Formbricks, responses as CSV or XLSX.
pub(super) struct Formbricks;

const METADATA: [(&str, Metadata); 9] = [
    ("No.", Metadata::Technical),
    ("Response ID", Metadata::Response),
    ("Timestamp", Metadata::Ended),
    ("Finished", Metadata::Finished),
    ("Quotas", Metadata::Technical),
    ("Survey ID", Metadata::Technical),
    ("Formbricks ID (internal)", Metadata::Technical),
    ("User ID", Metadata::Respondent),
    ("Verified Email", Metadata::Personal),
];

/// What follows a question in the name of the twin column.
const TWIN: &str = " - Option ID";

impl Layout for Formbricks {
    fn name(&self) -> &'static str {
        "formbricks"
    }

    fn signs(&self) -> &'static str {
        "the columns `No.`, `Response ID`, `Survey ID` and `Formbricks ID (internal)`"
    }

    fn recognise(&self, first: &FirstRecords) -> Option<Seen> {
        let header = first.header();
        let signs = ["No.", "Response ID", "Survey ID", "Formbricks ID (internal)"];
        if !signs.iter().all(|sign| first.has(sign)) {
            return None;
        }
        let mut names = Names::default();
        let columns: Vec<SeenColumn> =
            header.iter().enumerate().map(|(at, cell)| column(&mut names, &header, at, cell)).collect();
        let partial_rows = first.position("Finished").map(|_| RowRule {
            column: "Finished".to_owned(),
            values: vec!["No".to_owned(), "false".to_owned()],
        });
        let zone = first.position("Timestamp").and_then(|at| zone(&first.cells(at, 1)));
        let mut reasons = vec![
            "a Formbricks export: it has a Survey ID and a Formbricks ID".to_owned(),
            "an empty cell of a finished response may have been skipped, dismissed or not asked: the export does not \
             tell"
                .to_owned(),
        ];
        reasons.extend(names.reasons());
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

/// The zone behind the time, which newer exports write.
fn zone(cells: &[&str]) -> Option<String> {
    let last = cells.first()?.rsplit(' ').next()?;
    last.starts_with(|c: char| c.is_ascii_alphabetic()).then(|| last.to_owned())
}

fn column(names: &mut Names, header: &[&str], at: usize, cell: &str) -> SeenColumn {
    let column = SeenColumn::copied(names.give(cell, at), at);
    if let Some((_, metadata)) = METADATA.iter().find(|(name, _)| *name == cell) {
        return column.about(*metadata);
    }
    if cell == "Tags" || cell.ends_with(TWIN) || is_about_the_browser(cell) {
        return column.about(Metadata::Technical);
    }
    let Some(question) = question(cell) else {
        return column;
    };
    let Some((number, text)) = question.split_once(". ") else { return column };
    // Rows of a matrix share the number and the headline in front of ` - `.
    if let Some((stem, row)) = text.rsplit_once(" - ") {
        let start = format!("{number}. {stem} - ");
        let rows = header.iter().filter(|other| other.starts_with(&start) && !other.ends_with(TWIN)).count();
        if rows > 1 {
            return column.asking(&plain(row)).under(&plain(stem));
        }
    }
    column.asking(&plain(text))
}

/// The cell, where it begins with a number and a full stop.
fn question(cell: &str) -> Option<&str> {
    let (number, text) = cell.split_once(". ")?;
    (number.parse::<u32>().is_ok() && !text.is_empty()).then_some(cell)
}

/// Columns about the visit that the first response brought.
fn is_about_the_browser(cell: &str) -> bool {
    cell == "url" || cell == "source" || cell == "country" || cell.starts_with("userAgent - ")
}

#[cfg(test)]
mod tests {
    use super::super::sample::{column, names, role, seen};
    use super::*;
    use crate::survey::Role;

    const EXPORT: &str = concat!(
        "No.,Response ID,Timestamp,Finished,Survey ID,Formbricks ID (internal),User ID,Tags,source,",
        "1. How satisfied are you?,2. What did you like?,2. What did you like? - Option ID,",
        "3. Please rate - Staff,3. Please rate - Rooms,4. Coming back - when?,plan,person.email\n",
        "1,c1,2026-07-01 10:00:00 GMT+2,Yes,s,f,u,,web,5,Price,o1,4,3,soon,gold,a@example.org\n",
    );

    #[test]
    fn questions_are_numbered_and_twins_are_no_answers() {
        let seen = seen(&Formbricks, EXPORT).unwrap();
        assert_eq!(names(&seen).len(), 17);
        assert_eq!(
            column(&seen, "1. How satisfied are you?").facts.text.as_deref(),
            Some("How satisfied are you?")
        );
        assert_eq!(*role(&seen, "2. What did you like? - Option ID"), Role::Metadata(Metadata::Technical));
        let staff = &column(&seen, "3. Please rate - Staff").facts;
        assert_eq!((staff.stem.as_deref(), staff.text.as_deref()), (Some("Please rate"), Some("Staff")));
        let alone = &column(&seen, "4. Coming back - when?").facts;
        assert_eq!((alone.stem.as_deref(), alone.text.as_deref()), (None, Some("Coming back - when?")));
        assert_eq!(*role(&seen, "plan"), Role::Unknown);
        assert_eq!(seen.file.zone.as_deref(), Some("GMT+2"));
        assert_eq!(seen.file.partial_rows.unwrap().column, "Finished");
    }

    #[test]
    fn half_of_its_columns_are_not_enough() {
        assert_eq!(seen(&Formbricks, "No.,Response ID,Timestamp,Finished\n1,c,x,Yes\n"), None);
    }
}
