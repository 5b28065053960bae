//! `[disputes]`: how a file of disputes before an outside provider is read, and what is promised about them.

mod fields;
mod meaning;
mod statistic;

use chrono::NaiveDate;
use indexmap::IndexMap;

use super::case_field::{CaseColumn, CaseField, CaseKind};
use super::complaints::{BusinessHours, CaseSegment, Deadline, Holidays, TimeZone};
use super::definition::Period;
use super::named_file::NamedFile;
use super::scale::Scale;

pub use fields::DISPUTE_FIELDS;
pub use meaning::{DisputeOutcome, granted};
pub use statistic::{DISPUTE_STATISTICS, DisputeStatistic, DisputeUnit};

/// What `[disputes]` says, or what was guessed from the columns of a file.
///
/// Nothing here has a number of its own: a deadline, a target or a number of unresolved complaints is there only where
/// the organisation wrote one.
#[derive(Clone, Debug, PartialEq)]
pub struct DisputesDefinition {
    /// The file with the disputes, for commands that are given none.
    pub file: Option<NamedFile>,
    /// The columns that hold fields, in the order of [`DISPUTE_FIELDS`]; then those that only segments name.
    pub columns: Vec<CaseColumn>,
    /// How all moments are written, where it is said; the columns of moments have it too.
    pub format: Option<String>,
    /// What figures are broken by, in written order.
    pub segments: Vec<CaseSegment>,
    /// The texts of each outcome; an outcome that is not there is found by words.
    pub outcomes: IndexMap<DisputeOutcome, Vec<String>>,
    /// The texts of `outcome` that say that nothing is decided yet; empty: by words.
    pub undecided: Vec<String>,
    /// Within which time after notice the organisation responds.
    pub respond_within: Option<Deadline>,
    /// Within which time after notice there is an outcome.
    pub decide_within: Option<Deadline>,
    /// When the organisation works; Monday to Friday, whole days, where nothing is written.
    pub business_hours: BusinessHours,
    /// The days on which it does not.
    pub holidays: Option<Holidays>,
    /// The zone of business hours, and of moments without one.
    pub time_zone: Option<TimeZone>,
    /// How many complaints stayed unresolved, for the referral rate.
    pub unresolved: Option<Unresolved>,
    /// Which complaints of a file of complaints count as unresolved; empty: all of [`UnresolvedWhen::DEFAULT`].
    pub unresolved_when: Vec<UnresolvedWhen>,
    /// The day up to which the file is complete.
    pub as_of: Option<NaiveDate>,
    /// The period of figures over time: a month, a quarter or a year.
    pub period: Period,
    /// How many points the columns of fairness and satisfaction have, from 1; `None`: [`points`](Self::points).
    pub scale_satisfaction: Option<u32>,
    /// From which point on a customer is satisfied; `None`: the top box of so many points.
    pub satisfied_from: Option<u32>,
    /// The targets by figure, in its unit.
    pub targets: IndexMap<String, f64>,
    /// Of guessed columns: by field the columns that could have been taken as well, best first.
    pub also_possible: IndexMap<String, Vec<String>>,
}

/// How many complaints stayed unresolved: those whose customers could have gone to a provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unresolved {
    /// As many in all the time of the file, at least 1.
    InAll(u64),
    /// By the label of the period, `2026-Q1`, each at least 1.
    ByPeriod(IndexMap<String, u64>),
}

/// When a complaint of a file of complaints counts as unresolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UnresolvedWhen {
    /// It was rejected.
    Rejected,
    /// It was upheld in part only.
    PartlyUpheld,
    /// It was passed on.
    Escalated,
    /// It is open, and what it was due by has passed.
    Overdue,
}

impl UnresolvedWhen {
    /// All of them, with the word in the definition.
    pub const ALL: [(Self, &'static str); 4] = [
        (Self::Rejected, "rejected"),
        (Self::PartlyUpheld, "partly_upheld"),
        (Self::Escalated, "escalated"),
        (Self::Overdue, "overdue"),
    ];

    /// What holds where nothing is written.
    pub const DEFAULT: [Self; 3] = [Self::Rejected, Self::Escalated, Self::Overdue];

    /// The word in the definition.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(when, _)| *when == self).map_or("", |(_, name)| name)
    }
}

impl Default for DisputesDefinition {
    /// An empty table.
    fn default() -> Self {
        Self {
            file: None,
            columns: Vec::new(),
            format: None,
            segments: Vec::new(),
            outcomes: IndexMap::new(),
            undecided: Vec::new(),
            respond_within: None,
            decide_within: None,
            business_hours: BusinessHours::default(),
            holidays: None,
            time_zone: None,
            unresolved: None,
            unresolved_when: Vec::new(),
            as_of: None,
            period: Period::Quarter,
            scale_satisfaction: None,
            satisfied_from: None,
            targets: IndexMap::new(),
            also_possible: IndexMap::new(),
        }
    }
}

impl DisputesDefinition {
    /// The column of a field, or of a segment by its [`CaseSegment::field`].
    pub fn column(&self, field: &str) -> Option<&CaseColumn> {
        self.columns.iter().find(|column| column.field == field)
    }

    /// Whether a complaint that is so counts as unresolved.
    pub fn is_unresolved(&self, when: UnresolvedWhen) -> bool {
        if self.unresolved_when.is_empty() {
            return UnresolvedWhen::DEFAULT.contains(&when);
        }
        self.unresolved_when.contains(&when)
    }

    /// How many points the columns of fairness and satisfaction have: 5 where nothing is written.
    pub fn points(&self) -> u32 {
        self.scale_satisfaction.unwrap_or(5)
    }

    /// From which point on a customer is satisfied: 1 to [`points`](Self::points).
    pub fn satisfied_from(&self) -> u32 {
        let points = self.points();
        let top = i32::try_from(points).map_or(1, |max| Scale::default_top(1, max));
        self.satisfied_from.unwrap_or((points + 1).saturating_sub(top)).clamp(1, points.max(1))
    }

    /// This definition with guessed columns for the fields that it does not name; a column that it names for something
    /// else is not taken for another field.
    #[must_use]
    pub fn with_guessed(mut self, guessed: &Self) -> Self {
        let own = std::mem::take(&mut self.columns);
        let (named, segments): (Vec<CaseColumn>, Vec<CaseColumn>) =
            own.into_iter().partition(|column| dispute_field(&column.field).is_some());
        for field in DISPUTE_FIELDS {
            if let Some(column) = named.iter().find(|column| column.field == field.id) {
                self.columns.push(column.clone());
                continue;
            }
            let is_free = |column: &&CaseColumn| named.iter().all(|other| other.column != column.column);
            if let Some(column) = guessed.column(field.id).filter(is_free) {
                let format = self.format.clone().filter(|_| column.kind == CaseKind::Moment);
                self.columns.push(CaseColumn { format, ..column.clone() });
                if let Some(others) = guessed.also_possible.get(field.id) {
                    let free = others.iter().filter(|name| named.iter().all(|other| other.column != **name));
                    let others: Vec<String> = free.cloned().collect();
                    if !others.is_empty() {
                        self.also_possible.insert(field.id.to_owned(), others);
                    }
                }
            }
        }
        for column in segments {
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
        self.scale_satisfaction = self.scale_satisfaction.or(guessed.scale_satisfaction);
        self
    }
}

/// The field of a dispute of this id.
pub(super) fn dispute_field(id: &str) -> Option<CaseField> {
    DISPUTE_FIELDS.into_iter().find(|field| field.id == id)
}

/// The [`CaseColumn::field`] of a column that only a segment names: its id, told apart from the fields of disputes.
pub(super) fn dispute_segment_field(id: &str) -> String {
    if dispute_field(id).is_some() { format!("segment.{id}") } else { id.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(field: &str, column: &str, guessed: bool) -> CaseColumn {
        let kind = dispute_field(field).map_or(CaseKind::Category, |field| field.kind);
        CaseColumn { field: field.to_owned(), kind, column: column.to_owned(), format: None, guessed }
    }

    #[test]
    fn what_is_not_named_is_guessed_from_the_other_columns() {
        let declared = DisputesDefinition {
            columns: vec![column("referred", "opened", false), column("Stelle", "Stelle", false)],
            segments: vec![CaseSegment { id: "Stelle".to_owned(), field: "Stelle".to_owned() }],
            format: Some("%d/%m/%Y".to_owned()),
            ..DisputesDefinition::default()
        };
        let guessed = DisputesDefinition {
            columns: vec![
                column("provider", "Stelle", true),
                column("notice", "opened", true),
                column("closed", "closed_at", true),
            ],
            scale_satisfaction: Some(7),
            ..DisputesDefinition::default()
        };
        let both = declared.with_guessed(&guessed);
        let told: Vec<(&str, &str, bool)> = both
            .columns
            .iter()
            .map(|column| (column.field.as_str(), column.column.as_str(), column.format.is_some()))
            .collect();
        assert_eq!(
            told,
            [("provider", "Stelle", false), ("referred", "opened", false), ("closed", "closed_at", true)]
        );
        assert_eq!(both.segments[0].field, "provider");
        assert_eq!((both.points(), both.satisfied_from()), (7, 6));
    }

    #[test]
    fn what_counts_as_unresolved_is_declared_or_usual() {
        let usual = DisputesDefinition::default();
        assert!(usual.is_unresolved(UnresolvedWhen::Overdue));
        assert!(!usual.is_unresolved(UnresolvedWhen::PartlyUpheld));
        let own = DisputesDefinition {
            unresolved_when: vec![UnresolvedWhen::PartlyUpheld],
            ..DisputesDefinition::default()
        };
        assert!(
            own.is_unresolved(UnresolvedWhen::PartlyUpheld) && !own.is_unresolved(UnresolvedWhen::Rejected)
        );
    }
}
