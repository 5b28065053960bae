//! `[complaints]`: how a file of complaints is read, which of them count, and what is promised about their handling.

mod business_hours;
mod deadline;
mod fields;
mod meaning;
mod questions;
mod statistic;
mod time_zone;

use chrono::NaiveDate;
use indexmap::IndexMap;

use super::case_field::{CaseColumn, CaseField, CaseKind};
use super::definition::Period;
use super::named_file::NamedFile;
use super::scale::Scale;

pub use business_hours::BusinessHours;
pub use deadline::{Deadline, DeadlineUnit};
pub use fields::{COMPLAINT_FIELDS, counts_as_yes};
pub(super) use meaning::text_key;
pub use meaning::{CaseState, Outcome};
pub use questions::ProblemQuestions;
pub use statistic::{COMPLAINT_STATISTICS, ComplaintStatistic, ComplaintUnit};
pub use time_zone::TimeZone;

/// What `[complaints]` says, or what was guessed from the columns of a file.
///
/// Nothing here has a number of its own: a deadline, a target or a number of transactions is there only where the
/// organisation wrote one.
#[derive(Clone, Debug, PartialEq)]
pub struct ComplaintsDefinition {
    /// The file with the complaints, for commands that are given none.
    pub file: Option<NamedFile>,
    /// The columns that hold fields, in the order of [`COMPLAINT_FIELDS`]; then those that only segments name.
    pub columns: Vec<CaseColumn>,
    /// How all moments are written, where it is said; the columns of moments have it too.
    pub format: Option<String>,
    /// What figures are broken by, in written order.
    pub segments: Vec<CaseSegment>,
    /// The kinds that count as complaints; empty: what the words of [`counts`](Self::counts) say.
    pub kinds: Vec<String>,
    /// The statuses that mean closed; empty: by words.
    pub closed_statuses: Vec<String>,
    /// The statuses that mean open; empty: by words.
    pub open_statuses: Vec<String>,
    /// The statuses of records that are no complaints of their own, such as duplicates; never guessed.
    pub left_out_statuses: Vec<String>,
    /// The statuses that mean escalated; empty: by words.
    pub escalated_statuses: Vec<String>,
    /// The texts of each outcome; an outcome that is not there is found by words.
    pub outcomes: IndexMap<Outcome, Vec<String>>,
    /// The categories that mean "other"; empty: by words.
    pub other_categories: Vec<String>,
    /// The words of severity, the mildest first, which has one point; empty: by words.
    pub severity_order: Vec<String>,
    /// Within which time after receipt a complaint is acknowledged.
    pub acknowledge_within: Option<Deadline>,
    /// Within which time after receipt it is answered.
    pub respond_within: Option<Deadline>,
    /// Within which time after receipt it is closed.
    pub close_within: Option<Deadline>,
    /// When the organisation works; Monday to Friday, whole days, where nothing is written.
    pub business_hours: BusinessHours,
    /// The days on which it does not.
    pub holidays: Option<Holidays>,
    /// The zone of business hours, and of moments without one.
    pub time_zone: Option<TimeZone>,
    /// How many transactions there were, for rates.
    pub transactions: Option<Transactions>,
    /// The day up to which the file is complete.
    pub as_of: Option<NaiveDate>,
    /// The period of figures over time: a month, a quarter or a year.
    pub period: Period,
    /// How many points the two columns of satisfaction have, from 1; `None`: [`points`](Self::points).
    pub scale_satisfaction: Option<u32>,
    /// From which point on a complainant is satisfied; `None`: the top box of so many points.
    pub satisfied_from: Option<u32>,
    /// The most points of severity, from 1.
    pub severity_max: u32,
    /// What a survey asks of problems and of complaining.
    pub asked: ProblemQuestions,
    /// The targets by figure, in its unit.
    pub targets: IndexMap<String, f64>,
    /// Of guessed columns: by field the columns that could have been taken as well, best first.
    pub also_possible: IndexMap<String, Vec<String>>,
}

/// What figures of complaints are broken by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseSegment {
    /// Its id in outputs.
    pub id: String,
    /// The [`CaseColumn::field`] of the column that holds it: its own id, or the field whose column it shares.
    pub field: String,
}

/// The days on which nobody works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Holidays {
    /// A file with a column of dates.
    File(NamedFile),
    /// The days, each once, in order.
    Dates(Vec<NaiveDate>),
}

/// How many transactions there were: purchases, visits, contracts, whatever complaints can be about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Transactions {
    /// As many in each period, at least 1.
    EachPeriod(u64),
    /// By the label of the period, `2026-Q1`, each at least 1.
    ByPeriod(IndexMap<String, u64>),
    /// A file with a column of periods or dates and one of numbers.
    File(NamedFile),
}

impl Default for ComplaintsDefinition {
    /// An empty table.
    fn default() -> Self {
        Self {
            file: None,
            columns: Vec::new(),
            format: None,
            segments: Vec::new(),
            kinds: Vec::new(),
            closed_statuses: Vec::new(),
            open_statuses: Vec::new(),
            left_out_statuses: Vec::new(),
            escalated_statuses: Vec::new(),
            outcomes: IndexMap::new(),
            other_categories: Vec::new(),
            severity_order: Vec::new(),
            acknowledge_within: None,
            respond_within: None,
            close_within: None,
            business_hours: BusinessHours::default(),
            holidays: None,
            time_zone: None,
            transactions: None,
            as_of: None,
            period: Period::Quarter,
            scale_satisfaction: None,
            satisfied_from: None,
            severity_max: 5,
            asked: ProblemQuestions::default(),
            targets: IndexMap::new(),
            also_possible: IndexMap::new(),
        }
    }
}

impl ComplaintsDefinition {
    /// The column of a field, or of a segment by its [`CaseSegment::field`].
    pub fn column(&self, field: &str) -> Option<&CaseColumn> {
        self.columns.iter().find(|column| column.field == field)
    }

    /// Whether a column is named for any field; where none is, columns are guessed.
    pub fn names_fields(&self) -> bool {
        COMPLAINT_FIELDS.iter().any(|field| self.column(field.id).is_some())
    }

    /// How many points the columns of satisfaction have: 5 where nothing is written.
    pub fn points(&self) -> u32 {
        self.scale_satisfaction.unwrap_or(5)
    }

    /// From which point on a complainant is satisfied: 1 to [`points`](Self::points).
    pub fn satisfied_from(&self) -> u32 {
        let points = self.points();
        let top = i32::try_from(points).map_or(1, |max| Scale::default_top(1, max));
        self.satisfied_from.unwrap_or((points + 1).saturating_sub(top)).clamp(1, points.max(1))
    }

    /// This definition with the columns that were guessed from the file, where it names no field itself; what it does
    /// say stays as it is.
    #[must_use]
    pub fn with_guessed(mut self, guessed: Self) -> Self {
        if self.names_fields() {
            return self;
        }
        let own = std::mem::take(&mut self.columns);
        self.columns = guessed.columns;
        for moment in self.columns.iter_mut().filter(|column| column.kind == CaseKind::Moment) {
            moment.format.clone_from(&self.format);
        }
        for column in own {
            // A segment may be a column that was taken for a field: the file has it once.
            let taken = self.columns.iter().find(|other| other.column == column.column);
            match taken.map(|other| other.field.clone()) {
                Some(field) => {
                    let same = self.segments.iter_mut().filter(|segment| segment.field == column.field);
                    same.for_each(|segment| segment.field.clone_from(&field));
                }
                None => self.columns.push(column),
            }
        }
        self.also_possible = guessed.also_possible;
        self.scale_satisfaction = self.scale_satisfaction.or(guessed.scale_satisfaction);
        self
    }
}

/// The field of a complaint of this id.
pub(super) fn complaint_field(id: &str) -> Option<CaseField> {
    COMPLAINT_FIELDS.into_iter().find(|field| field.id == id)
}

/// The [`CaseColumn::field`] of a column that only a segment names: its id, told apart from the fields of complaints.
pub(super) fn segment_field(id: &str) -> String {
    if complaint_field(id).is_some() { format!("segment.{id}") } else { id.to_owned() }
}

/// Whether figures can be broken by what a field holds.
pub(super) const fn is_group(kind: CaseKind) -> bool {
    matches!(kind, CaseKind::Category | CaseKind::YesNo)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(field: &str, column: &str, guessed: bool) -> CaseColumn {
        let kind = complaint_field(field).map_or(CaseKind::Category, |field| field.kind);
        CaseColumn { field: field.to_owned(), kind, column: column.to_owned(), format: None, guessed }
    }

    #[test]
    fn the_top_of_satisfaction_follows_its_points() {
        let of = |points, from| ComplaintsDefinition {
            scale_satisfaction: points,
            satisfied_from: from,
            ..ComplaintsDefinition::default()
        };
        assert_eq!((of(None, None).points(), of(None, None).satisfied_from()), (5, 4));
        for (points, from) in [(2, 2), (3, 3), (4, 3), (7, 6), (10, 8)] {
            assert_eq!(of(Some(points), None).satisfied_from(), from, "{points}");
        }
        assert_eq!(of(Some(5), Some(3)).satisfied_from(), 3);
    }

    #[test]
    fn columns_are_guessed_only_where_none_is_named() {
        let guessed = ComplaintsDefinition {
            columns: vec![column("received", "CreatedDate", true), column("channel", "Via", true)],
            scale_satisfaction: Some(10),
            ..ComplaintsDefinition::default()
        };
        let segment = |id: &str| CaseSegment { id: id.to_owned(), field: id.to_owned() };
        let unnamed = ComplaintsDefinition {
            columns: vec![column("Via", "Via", false), column("region", "region", false)],
            segments: vec![segment("Via"), segment("region")],
            format: Some("%d/%m/%Y".to_owned()),
            ..ComplaintsDefinition::default()
        };
        let both = unnamed.with_guessed(guessed.clone());
        let names: Vec<&str> = both.columns.iter().map(|column| column.column.as_str()).collect();
        assert_eq!(names, ["CreatedDate", "Via", "region"]);
        let formats: Vec<bool> = both.columns.iter().map(|column| column.format.is_some()).collect();
        assert_eq!(formats, [true, false, false], "moments are read as the definition says");
        let fields: Vec<&str> = both.segments.iter().map(|segment| segment.field.as_str()).collect();
        assert_eq!(fields, ["channel", "region"]);
        assert_eq!(both.points(), 10);
        let named = ComplaintsDefinition {
            columns: vec![column("received", "opened", false)],
            ..ComplaintsDefinition::default()
        };
        assert_eq!(named.clone().with_guessed(guessed), named);
    }
}
