//! Qualtrics before 2017: two header records, columns about the interview called `V1`, `V2`, … in the first, and
//! often an empty column at the end.

use super::naming::{Names, plain};
use super::qualtrics_rows::{NOT_REAL, known_cells, unfinished};
use super::{FirstRecords, Layout, Seen, SeenColumn};
use crate::survey::{FileFacts, Metadata, Role};

/// Qualtrics before 2017.
pub(super) struct QualtricsLegacy;

/// The names of columns about the interview, in the second record.
const METADATA: [(&str, Metadata); 10] = [
    ("ResponseID", Metadata::Response),
    ("ResponseSet", Metadata::Technical),
    ("Name", Metadata::Personal),
    ("ExternalDataReference", Metadata::Respondent),
    ("EmailAddress", Metadata::Personal),
    ("IPAddress", Metadata::Personal),
    ("Status", Metadata::Kind),
    ("StartDate", Metadata::Started),
    ("EndDate", Metadata::Ended),
    ("Finished", Metadata::Finished),
];

impl Layout for QualtricsLegacy {
    fn name(&self) -> &'static str {
        "qualtrics-legacy"
    }

    fn signs(&self) -> &'static str {
        "a first record that begins with V1, V2, V3 and a second one with ResponseID and ResponseSet"
    }

    fn recognise(&self, first: &FirstRecords) -> Option<Seen> {
        let (header, wordings) = (first.header(), first.row(1));
        let begins = header.iter().take(3).eq(["V1", "V2", "V3"].iter());
        if !begins || !wordings.contains(&"ResponseID") || !wordings.contains(&"ResponseSet") {
            return None;
        }
        let mut names = Names::default();
        let mut columns = Vec::with_capacity(header.len());
        for (at, id) in header.iter().enumerate() {
            let wording = wordings.get(at).copied().unwrap_or_default();
            // Every record ends in a comma: a column without a name and without answers.
            if id.is_empty() && wording.is_empty() && first.cells(at, 2).is_empty() {
                continue;
            }
            let known = METADATA.iter().find(|(name, _)| *name == wording && is_numbered(id));
            columns.push(match known {
                Some((name, metadata)) => SeenColumn::copied(names.give(name, at), at).about(*metadata),
                None => question(names.give(id, at), at, id, wording),
            });
        }
        let rule = |about, values| SeenColumn::row_rule(&columns, about, values);
        let mut reasons = vec![
            "an export of Qualtrics before 2017: the first record calls columns V1, V2, V3, the second ResponseID and \
             ResponseSet"
                .to_owned(),
        ];
        reasons.extend(names.reasons());
        let file = FileFacts {
            layout: self.name(),
            header_rows: 2,
            test_rows: rule(Metadata::Kind, &NOT_REAL),
            known_cells: known_cells(&columns, first, 2),
            partial_rows: unfinished(&columns, first, 2),
            reasons,
            ..FileFacts::default()
        };
        Some(Seen { file, columns })
    }
}

/// Whether a name is `V` and a number.
fn is_numbered(id: &str) -> bool {
    id.strip_prefix('V').is_some_and(|number| number.parse::<u32>().is_ok())
}

fn question(name: String, at: usize, id: &str, wording: &str) -> SeenColumn {
    let column = SeenColumn::copied(name, at);
    if id.ends_with("_TEXT") {
        return column.asking(&plain(wording)).with_role(Role::OpenText);
    }
    // A row of a grid is written `stem-row`, with no space; a hyphen in a sentence has no sign of its own.
    column.asking(&plain(wording))
}

#[cfg(test)]
mod tests {
    use super::super::sample::{names, role, seen};
    use super::*;

    const LEGACY: &str = concat!(
        "V1,V2,V3,V4,V5,V6,V7,V8,V9,V10,Q1,Q2_TEXT,\n",
        "ResponseID,ResponseSet,Name,ExternalDataReference,EmailAddress,IPAddress,Status,StartDate,EndDate,Finished,",
        "How satisfied are you?,Why?,\n",
        "R_1,Default,,,,,0,2016-01-02 10:00:00,2016-01-02 10:04:00,1,5,fine,\n",
    );

    #[test]
    fn the_two_records_become_one_and_the_empty_column_goes() {
        let seen = seen(&QualtricsLegacy, LEGACY).unwrap();
        assert_eq!(seen.file.header_rows, 2);
        assert_eq!(names(&seen).len(), 12);
        assert_eq!(names(&seen)[10..], ["Q1", "Q2_TEXT"]);
        assert_eq!(*role(&seen, "EndDate"), Role::Metadata(Metadata::Ended));
        assert_eq!(*role(&seen, "Q2_TEXT"), Role::OpenText);
        assert_eq!(seen.file.partial_rows.unwrap().column, "Finished");
    }

    #[test]
    fn columns_that_happen_to_be_called_so_are_no_export() {
        assert_eq!(seen(&QualtricsLegacy, "V1,V2,V3\n1,2,3\n4,5,6\n"), None);
        assert_eq!(seen(&QualtricsLegacy, ""), None);
    }
}
