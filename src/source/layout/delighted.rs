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
        let mut columns: Vec<SeenColumn> = columns.collect();
        let kinds = kinds(first);
        let mut reasons =
            vec!["Delighted's survey responses: survey_type, score, permalink and created_at".to_owned()];
        if let [kind] = kinds.as_slice() {
            let question = QUESTIONS.iter().find(|(known, _)| known == kind).map(|(_, question)| *question);
            let score = columns.iter_mut().find(|column| column.name == "score");
            if let (Some(score), Some(question)) = (score, question) {
                score.facts.text = Some(question.to_owned());
                reasons.push(format!("every survey_type is `{kind}`, so the score answers \"{question}\""));
            }
        } else if kinds.len() > 1 {
            // Then the kind is an answer to which survey it was, and rows are chosen by it.
            if let Some(kind) = columns.iter_mut().find(|column| column.name == "survey_type") {
                kind.facts.role = Role::Unknown;
            }
            reasons.push(format!(
                "caution: the scores are of several kinds of survey ({}), and a mean over all of them says nothing; \
                 count one kind at a time, with a filter on `survey_type`",
                kinds.join(", ")
            ));
        }
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

/// What Delighted asks in each kind of survey.
const QUESTIONS: [(&str, &str); 6] = [
    ("nps", "How likely are you to recommend us to a friend?"),
    ("csat", "How satisfied were you with us?"),
    ("smileys", "How satisfied were you with us?"),
    ("five_star", "How satisfied were you with us?"),
    ("stars", "How satisfied were you with us?"),
    ("ces", "How easy was it for you?"),
];

/// The kinds of survey in the first records.
fn kinds(first: &FirstRecords) -> Vec<String> {
    let cells = first.position("survey_type").map(|at| first.cells(at, 1)).unwrap_or_default();
    let mut kinds: Vec<String> = cells.iter().map(|cell| cell.to_lowercase()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds
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
        let asked = |seen: &Seen| column(seen, "score").facts.text.clone();
        assert!(asked(&seen).is_some_and(|text| text.contains("recommend")));
        let mixed = text.to_owned() + "2,8,csat,4,ok,https://example.org,1782900000,North,\n";
        let mixed = super::super::sample::seen(&Delighted, &mixed).unwrap();
        assert_eq!((asked(&mixed), role(&mixed, "survey_type")), (None, &Role::Unknown));
        assert!(mixed.file.reasons.iter().any(|reason| reason.contains("(csat, nps)")));
        assert_eq!(super::super::sample::seen(&Delighted, "id,score,comment\n1,9,x\n"), None);
    }
}
