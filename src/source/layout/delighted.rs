//! Delighted: the JSON of its interface, flattened. Its CSV is not recognised, since no real one was at hand.

use super::naming::Names;
use super::{Cells, FirstRecords, Layout, Seen, SeenColumn};
use crate::survey::{FileFacts, Metadata, Role};

/// Delighted's survey responses as JSON.
pub(super) struct Delighted;

const METADATA: [(&str, Metadata); 9] = [
    ("id", Metadata::Response),
    ("person", Metadata::Respondent),
    ("person.id", Metadata::Respondent),
    ("person.name", Metadata::Personal),
    ("person.email", Metadata::Personal),
    ("person.phone_number", Metadata::Personal),
    ("survey_type", Metadata::Technical),
    ("permalink", Metadata::Technical),
    ("updated_at", Metadata::Recorded),
];

impl Layout for Delighted {
    fn name(&self) -> &'static str {
        "delighted"
    }

    fn signs(&self) -> &'static str {
        "the members survey_type, score, permalink and created_at (JSON)"
    }

    fn recognise(&self, first: &FirstRecords) -> Option<Seen> {
        let signs = ["survey_type", "score", "permalink", "created_at"];
        if !signs.iter().all(|sign| first.has(sign)) {
            return None;
        }
        let mut names = Names::default();
        let is_seconds = |cell: &str| cell.len() >= 9 && cell.bytes().all(|byte| byte.is_ascii_digit());
        let header = first.header();
        let columns = header.iter().enumerate().map(|(at, cell)| {
            let name = cell.strip_prefix("person_properties.").unwrap_or(cell);
            let column = SeenColumn::copied(names.give(name, at), at);
            let cells = if cell.ends_with("_at") && first.all(at, 1, is_seconds) {
                Cells::UnixSeconds(at)
            } else {
                Cells::Copied(at)
            };
            let column = SeenColumn { cells, ..column };
            match *cell {
                "created_at" => column.about(Metadata::Ended),
                "comment" => column.with_role(Role::OpenText),
                "Delighted Source" | "person_properties.delighted_source" => column.about(Metadata::Channel),
                cell if cell.starts_with("person_properties.Delighted ") || cell.starts_with("notes") => {
                    column.about(Metadata::Technical)
                }
                "tags" => column.about(Metadata::Technical),
                cell => match METADATA.iter().find(|(name, _)| *name == cell) {
                    Some((_, metadata)) => column.about(*metadata),
                    None => column,
                },
            }
        });
        let columns: Vec<SeenColumn> = columns.collect();
        let mut reasons =
            vec!["Delighted's survey responses: survey_type, score, permalink and created_at".to_owned()];
        reasons.extend(names.reasons());
        let file = FileFacts {
            layout: self.name(),
            header_rows: 1,
            zone: Some("UTC".to_owned()),
            reasons,
            ..FileFacts::default()
        };
        Some(Seen { file, columns })
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{column, names, role, seen};
    use super::*;

    #[test]
    fn seconds_become_dates_and_properties_lose_their_prefix() {
        let text = concat!(
            "id,person,survey_type,score,comment,permalink,created_at,person_properties.region,tags\n",
            "1,7,nps,9,good,https://example.org,1782900000,North,\n",
        );
        let seen = seen(&Delighted, text).unwrap();
        assert_eq!(names(&seen)[7], "region");
        assert_eq!(column(&seen, "created_at").cells, Cells::UnixSeconds(6));
        assert_eq!(*role(&seen, "created_at"), Role::Metadata(Metadata::Ended));
        assert_eq!(*role(&seen, "comment"), Role::OpenText);
        assert_eq!(super::super::sample::seen(&Delighted, "id,score,comment\n1,9,x\n"), None);
    }
}
