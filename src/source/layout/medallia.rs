//! Medallia Agent Connect: names of columns in snake case, dates of UTC.

use super::naming::Names;
use super::{FirstRecords, Layout, Seen, SeenColumn};
use crate::survey::{FileFacts, Metadata, Role};

/// Medallia Agent Connect's export.
pub(super) struct Medallia;

const METADATA: [(&str, Metadata); 9] = [
    ("request_id", Metadata::Response),
    ("request_sent_at", Metadata::Started),
    ("request_delivery_status", Metadata::Technical),
    ("response_received_at", Metadata::Ended),
    ("channel", Metadata::Channel),
    ("tags", Metadata::Technical),
    ("customer_name", Metadata::Personal),
    ("customer_email", Metadata::Personal),
    ("customer_id", Metadata::Respondent),
];

impl Layout for Medallia {
    fn name(&self) -> &'static str {
        "medallia"
    }

    fn signs(&self) -> &'static str {
        "the columns request_id, request_sent_at, response_received_at and star_rating"
    }

    fn recognise(&self, first: &FirstRecords) -> Option<Seen> {
        let signs = ["request_id", "request_sent_at", "response_received_at", "star_rating"];
        if !signs.iter().all(|sign| first.has(sign)) {
            return None;
        }
        let mut names = Names::default();
        let header = first.header();
        let columns = header.iter().enumerate().map(|(at, cell)| {
            let column = SeenColumn::copied(names.give(cell, at), at);
            match METADATA.iter().find(|(name, _)| name == cell) {
                Some((_, metadata)) => column.about(*metadata),
                None if matches!(*cell, "comments" | "additional_question_response") => {
                    column.with_role(Role::OpenText)
                }
                None => column,
            }
        });
        let columns: Vec<SeenColumn> = columns.collect();
        let mut reasons = vec![
            "a Medallia export: request_id, request_sent_at, response_received_at and star_rating".to_owned(),
            "a request without a rating was sent and not answered: it counts as blank, not as a refusal"
                .to_owned(),
        ];
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
    use super::super::sample::{role, seen};
    use super::*;

    #[test]
    fn columns_have_their_roles() {
        let text = concat!(
            "request_id,request_sent_at,response_received_at,star_rating,comments,brand,customer_name\n",
            "1,2026-07-01 10:00:00,2026-07-01 11:00:00,5,good,A,Ann\n",
        );
        let seen = seen(&Medallia, text).unwrap();
        assert_eq!(*role(&seen, "response_received_at"), Role::Metadata(Metadata::Ended));
        assert_eq!(*role(&seen, "customer_name"), Role::Metadata(Metadata::Personal));
        assert_eq!((role(&seen, "star_rating"), role(&seen, "comments")), (&Role::Unknown, &Role::OpenText));
    }
}
