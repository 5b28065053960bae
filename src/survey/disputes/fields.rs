//! The fields of a dispute that a file can have a column for.

use crate::survey::case_field::{CaseField, CaseKind};

use CaseKind::{Category, Identity, Moment, Number, YesNo};

const fn field(id: &'static str, kind: CaseKind) -> CaseField {
    CaseField { id, kind }
}

/// Every field of a dispute, by the steps of its resolution as ISO 10003:2018, clause 7, has them.
///
/// `complaint` is the id of the complaint in the organisation's own file; nothing but hashes of it are compared.
pub const DISPUTE_FIELDS: [CaseField; 21] = [
    field("id", Identity),
    field("complaint", Identity),
    field("provider", Category),
    field("method", Category),
    field("referred", Moment),
    field("notice", Moment),
    field("responded", Moment),
    field("hearing", Moment),
    field("decided", Moment),
    field("outcome", Category),
    field("organisation_accepted", YesNo),
    field("customer_accepted", YesNo),
    field("claimed", Number),
    field("awarded", Number),
    field("cost", Number),
    field("implemented", Moment),
    field("implementation_due", Moment),
    field("closed", Moment),
    field("fair", Number),
    field("process_satisfaction", Number),
    field("internal_outcome", Category),
];
