//! The fields of a complaint that a file can have a column for.

use crate::survey::case_field::{CaseField, CaseKind};

use CaseKind::{Category, Identity, Moment, Number, YesNo};

const fn field(id: &'static str, kind: CaseKind) -> CaseField {
    CaseField { id, kind }
}

/// Every field of a complaint, by the steps of its handling as ISO 10002:2018, clause 7, has them.
///
/// `severity` is a category because many files write it in words; [`severity_of`] gives its points. The fields of
/// yes or no may also say how often, which is yes above 0 ([`counts_as_yes`]).
///
/// [`severity_of`]: super::ComplaintsDefinition::severity_of
pub const COMPLAINT_FIELDS: [CaseField; 22] = [
    field("id", Identity),
    field("customer", Identity),
    field("received", Moment),
    field("acknowledged", Moment),
    field("responded", Moment),
    field("decided", Moment),
    field("closed", Moment),
    field("due", Moment),
    field("status", Category),
    field("category", Category),
    field("kind", Category),
    field("channel", Category),
    field("severity", Category),
    field("outcome", Category),
    field("remedy_cost", Number),
    field("reopened", YesNo),
    field("recurrent", YesNo),
    field("first_contact", YesNo),
    field("escalated", YesNo),
    field("promise", Category),
    field("process_satisfaction", Number),
    field("outcome_satisfaction", Number),
];

/// The texts that mean yes beside words and `1`: a count of how often, from 2 to 100, as service desks write it for
/// complaints that were opened again.
pub fn counts_as_yes() -> Vec<String> {
    (2..=100).map(|count: u32| count.to_string()).collect()
}
