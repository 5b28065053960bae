//! `[promises]`: what an organisation promises its customers, and how a file of events tells whether it was kept.

mod operator;
mod promise;
mod statistic;

use chrono::NaiveDate;
use indexmap::IndexMap;

use super::aliases::is_same_name;
use super::case_field::{CaseColumn, CaseField, CaseKind};
use super::complaints::CaseSegment;
use super::definition::Period;
use super::label::fold;
use super::named_file::NamedFile;

pub use operator::Operator;
pub use promise::{Promise, RegisterFault, register_faults};
pub use statistic::{PROMISE_STATISTICS, PromiseStatistic, PromiseUnit};

/// The fields of an event: one occasion on which a promise could be kept.
///
/// A remedy due or paid may be an amount, or yes and no.
pub const PROMISE_EVENT_FIELDS: [CaseField; 9] = [
    field("event_id", CaseKind::Identity),
    field("promise_id", CaseKind::Category),
    field("date", CaseKind::Moment),
    field("segment", CaseKind::Category),
    field("value", CaseKind::Number),
    field("met", CaseKind::YesNo),
    field("remedy_due", CaseKind::Number),
    field("remedy_paid", CaseKind::Number),
    field("complaint_id", CaseKind::Identity),
];

/// The fields that a file of events cannot be without; of `met` and `value` one is needed besides.
pub const NEEDED_PROMISE_FIELDS: [&str; 2] = ["promise_id", "date"];

const fn field(id: &'static str, kind: CaseKind) -> CaseField {
    CaseField { id, kind }
}

/// What `[promises]` says.
///
/// Nothing here has a number of its own: a target is there only where the organisation wrote one.
#[derive(Clone, Debug, PartialEq)]
pub struct PromisesDefinition {
    /// The file with the promises, where they are not written here.
    pub file: Option<NamedFile>,
    /// The promises that are written here, in order; the versions of one are promises of the same id.
    pub promises: Vec<Promise>,
    /// The file with the events, for commands that are given none.
    pub events: Option<NamedFile>,
    /// A column for each of [`PROMISE_EVENT_FIELDS`], in that order, then those that only segments name. One that is not
    /// written has the name of its field and is `guessed`: a file may lack it, unless it is needed.
    pub columns: Vec<CaseColumn>,
    /// How dates of events are written, where it is said; the column has it too.
    pub format: Option<String>,
    /// What figures are broken by, in written order; empty: by the field `segment`, where the file has it.
    pub segments: Vec<CaseSegment>,
    /// The categories of complaints that say that a promise was misunderstood.
    pub misunderstood: Vec<String>,
    /// The question that tells who knows the promises.
    pub awareness: Option<String>,
    /// The answer to it that means knowing, where it has answers of its own; empty: words for yes.
    pub aware: Vec<String>,
    /// The question that tells how satisfied customers are with the promises.
    pub satisfaction: Option<String>,
    /// The day up to which the file of events is complete.
    pub as_of: Option<NaiveDate>,
    /// The period of figures over time: a month, a quarter or a year.
    pub period: Period,
    /// The targets by figure, in its unit, for all promises and for each.
    pub targets: IndexMap<String, f64>,
}

impl Default for PromisesDefinition {
    /// An empty table.
    fn default() -> Self {
        let columns = PROMISE_EVENT_FIELDS.into_iter().map(|field| CaseColumn {
            field: field.id.to_owned(),
            kind: field.kind,
            column: field.id.to_owned(),
            format: None,
            guessed: true,
        });
        Self {
            file: None,
            promises: Vec::new(),
            events: None,
            columns: columns.collect(),
            format: None,
            segments: Vec::new(),
            misunderstood: Vec::new(),
            awareness: None,
            aware: Vec::new(),
            satisfaction: None,
            as_of: None,
            period: Period::Quarter,
            targets: IndexMap::new(),
        }
    }
}

impl PromisesDefinition {
    /// The columns to read from a file of events with this header: those that are written, and those that the file has by
    /// the name of their field, whatever its case. A needed one stays where the file has none, for the reader to complain.
    pub fn columns_in(&self, header: &[String]) -> Vec<CaseColumn> {
        let found = self.columns.iter().filter_map(|column| {
            if !column.guessed {
                return Some(column.clone());
            }
            // A column that was written for another field is no field of its own name.
            let taken = |name: &str| self.columns.iter().any(|other| !other.guessed && other.column == name);
            let spelled = header.iter().find(|name| is_same_name(name, &column.column) && !taken(name));
            match spelled {
                Some(name) => Some(CaseColumn { column: name.clone(), ..column.clone() }),
                None => NEEDED_PROMISE_FIELDS.contains(&column.field.as_str()).then(|| column.clone()),
            }
        });
        found.collect()
    }

    /// The column of a field.
    pub fn column(&self, field: &str) -> Option<&CaseColumn> {
        self.columns.iter().find(|column| column.field == field)
    }

    /// Whether a category of complaints says that a promise was misunderstood, whatever its case and blanks.
    pub fn is_misunderstanding(&self, category: &str) -> bool {
        let key = |text: &str| fold(text).split_whitespace().collect::<String>();
        let wanted = key(category);
        self.misunderstood.iter().any(|text| key(text) == wanted)
    }
}

/// The field of an event of this id.
pub(super) fn promise_event_field(id: &str) -> Option<CaseField> {
    PROMISE_EVENT_FIELDS.into_iter().find(|field| field.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_may_lack_what_is_not_needed() {
        let header: Vec<String> = ["Promise_ID", "when", "met", "value"].map(str::to_owned).to_vec();
        let mut definition = PromisesDefinition::default();
        let read = |definition: &PromisesDefinition| -> Vec<(String, String)> {
            let columns = definition.columns_in(&header).into_iter();
            columns.map(|column| (column.field, column.column)).collect()
        };
        let of = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
            pairs.iter().map(|(field, column)| ((*field).to_owned(), (*column).to_owned())).collect()
        };
        assert_eq!(
            read(&definition),
            of(&[("promise_id", "Promise_ID"), ("date", "date"), ("value", "value"), ("met", "met")])
        );
        let date = definition.columns.iter_mut().find(|column| column.field == "date").unwrap();
        (date.column, date.guessed) = ("when".to_owned(), false);
        let value = definition.columns.iter_mut().find(|column| column.field == "value").unwrap();
        (value.column, value.guessed) = ("met".to_owned(), false);
        assert_eq!(
            read(&definition),
            of(&[("promise_id", "Promise_ID"), ("date", "when"), ("value", "met")]),
            "a column is one field"
        );
    }

    #[test]
    fn misunderstandings_are_known_whatever_their_case() {
        let definition = PromisesDefinition {
            misunderstood: vec!["Wrong expectation".to_owned()],
            ..PromisesDefinition::default()
        };
        assert!(definition.is_misunderstanding("WRONG  EXPECTATION"));
        assert!(!definition.is_misunderstanding("late"));
        assert!(!PromisesDefinition::default().is_misunderstanding(""));
    }
}
