//! Complaints: what came in, what became of it, and how long that took.

mod kinds;
mod outcomes;
mod reading;
mod series;
mod survey;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use kinds::{ComplaintCategories, ComplaintCategory, ComplaintSeverity};
pub use outcomes::{
    ComplaintOutcome, ComplaintOutcomes, ComplaintRemedy, ComplaintSatisfaction, ComplaintSatisfied,
};
pub use reading::ComplaintsCounted;
pub use series::{AgeBands, ComplaintPeriod, ComplaintVolume};
pub use survey::{
    ComplaintIceberg, ComplaintRecovery, ComplaintSurvey, RecoveryDifference, RecoveryFigure, RecoveryGroup,
};

use super::groups::HomogeneityTest;
use super::records::{
    JoinedText, PeriodChart, RecordColumn, RecordFault, RecordSegment, RecordShare, RecordStatus,
    StepDeadline, StepTimes, StepTimesTest, WorkingClock,
};

/// Complaints and their handling (ISO 10002:2018, 7.2 to 7.9 and 8.2 to 8.3).
///
/// Shares are percentages, 0 to 100; times are days, of which hours are parts. A figure that does not exist is null and
/// its `reason`, a stable name, says why. Figures are of complaints by the period in which they were received, unless
/// said otherwise. That few complain is no sign of satisfaction.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ComplaintsSection {
    /// The day at whose end open complaints were looked at, `YYYY-MM-DD`.
    pub as_of: String,
    /// The moment itself in the time of the file, `YYYY-MM-DDTHH:MM:SS`.
    pub as_of_moment: String,
    /// Where the day is from: `asked`, `definition` or `last_moment`, the latest moment in the file.
    pub as_of_from: String,
    /// The period of figures over time: `month`, `quarter` or `year`.
    pub every: String,
    /// The confidence level of all limits, 0 to 1.
    pub confidence: f64,
    /// What was counted and what was not.
    pub counted: ComplaintsCounted,
    /// Which column was taken for which field.
    pub columns: Vec<RecordColumn>,
    /// Every status of the file and what it was taken for.
    pub statuses: Vec<RecordStatus>,
    /// What the figures are broken by.
    pub segments: Vec<RecordSegment>,
    /// How working time was counted; null where no deadline needs it.
    pub clock: Option<WorkingClock>,
    /// Complaints and their rate, all periods together.
    pub volume: ComplaintVolume,
    /// The periods from the first with a complaint to that of `as_of`, in order; those without any are there too.
    pub periods: Vec<ComplaintPeriod>,
    /// Complaints open at `as_of` by age.
    pub backlog: Option<AgeBands>,
    /// What was done within its deadline: each step for all, by group and by period.
    pub deadlines: Vec<StepDeadline>,
    /// How long each step took: for all, by group and by period.
    pub times: Vec<StepTimes>,
    /// Whether groups differ in how long a step took.
    pub time_tests: Vec<StepTimesTest>,
    /// What complaints are about; null without a column for it.
    pub categories: Option<ComplaintCategories>,
    /// How grave complaints are; null without a column for it.
    pub severity: Option<ComplaintSeverity>,
    /// What was decided; null without a column for it.
    pub outcomes: Option<ComplaintOutcomes>,
    /// What remedies cost; null without a column for it.
    pub remedy: Option<ComplaintRemedy>,
    /// Shares of complaints or of customers: `first_contact`, `reopened`, `repeat`, `recurrent`, `escalated`.
    pub shares: Vec<RecordShare>,
    /// Satisfaction with the handling; null without a column for it.
    pub satisfaction: Option<ComplaintSatisfaction>,
    /// What a survey says of problems and of complaining; null without answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub survey: Option<ComplaintSurvey>,
    /// Control charts over the periods.
    pub charts: Vec<PeriodChart>,
    /// Whether the rates of the periods differ by more than chance; null without transactions of two periods.
    pub rates_test: Option<HomogeneityTest>,
    /// Texts that differ only in case, blanks or the form of characters, and were joined.
    pub joined: Vec<JoinedText>,
    /// What is odd in the records; they are counted where that is possible.
    pub faults: Vec<RecordFault>,
    /// The clauses that the section addresses, each with its standard and edition.
    pub clauses: Vec<String>,
}
