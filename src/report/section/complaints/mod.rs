//! Complaints: what came in, what became of it, and how long that took.

mod kinds;
mod outcomes;
mod reading;
mod series;
mod times;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use kinds::{ComplaintCategories, ComplaintCategory, ComplaintSeverity};
pub use outcomes::{
    ComplaintOutcome, ComplaintOutcomes, ComplaintRemedy, ComplaintSatisfaction, ComplaintSatisfied,
};
pub use reading::{
    ComplaintColumn, ComplaintFault, ComplaintSegment, ComplaintStatus, ComplaintsCounted, JoinedText,
    LeftOut,
};
pub use series::{AgeBands, ComplaintChart, ComplaintChartPoint, ComplaintPeriod, ComplaintVolume};
pub use times::{
    ComplaintDeadline, ComplaintTimes, ComplaintTimesTest, TimesPoint, TimesQuantile, WorkingClock,
};

use super::groups::HomogeneityTest;

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
    pub columns: Vec<ComplaintColumn>,
    /// Every status of the file and what it was taken for.
    pub statuses: Vec<ComplaintStatus>,
    /// What the figures are broken by.
    pub segments: Vec<ComplaintSegment>,
    /// How working time was counted; null where no deadline needs it.
    pub clock: Option<WorkingClock>,
    /// Complaints and their rate, all periods together.
    pub volume: ComplaintVolume,
    /// The periods from the first with a complaint to that of `as_of`, in order; those without any are there too.
    pub periods: Vec<ComplaintPeriod>,
    /// Complaints open at `as_of` by age.
    pub backlog: Option<AgeBands>,
    /// What was done within its deadline: each step for all, by group and by period.
    pub deadlines: Vec<ComplaintDeadline>,
    /// How long each step took: for all, by group and by period.
    pub times: Vec<ComplaintTimes>,
    /// Whether groups differ in how long a step took.
    pub time_tests: Vec<ComplaintTimesTest>,
    /// What complaints are about; null without a column for it.
    pub categories: Option<ComplaintCategories>,
    /// How grave complaints are; null without a column for it.
    pub severity: Option<ComplaintSeverity>,
    /// What was decided; null without a column for it.
    pub outcomes: Option<ComplaintOutcomes>,
    /// What remedies cost; null without a column for it.
    pub remedy: Option<ComplaintRemedy>,
    /// Shares of complaints or of customers: `first_contact`, `reopened`, `repeat`, `recurrent`, `escalated`.
    pub shares: Vec<ComplaintShare>,
    /// Satisfaction with the handling; null without a column for it.
    pub satisfaction: Option<ComplaintSatisfaction>,
    /// Control charts over the periods.
    pub charts: Vec<ComplaintChart>,
    /// Whether the rates of the periods differ by more than chance; null without transactions of two periods.
    pub rates_test: Option<HomogeneityTest>,
    /// Texts that differ only in case, blanks or the form of characters, and were joined.
    pub joined: Vec<JoinedText>,
    /// What is odd in the records; they are counted where that is possible.
    pub faults: Vec<ComplaintFault>,
    /// The clauses that the section addresses, each with its standard and edition.
    pub clauses: Vec<String>,
}

/// A share with its limits.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ComplaintShare {
    /// Which figure, as the statistic of an estimate.
    pub statistic: String,
    /// How many it is true of.
    pub count: Option<u64>,
    /// Of how many.
    pub base: Option<u64>,
    /// The percentage.
    pub share: Option<f64>,
    /// The lower limit.
    pub low: Option<f64>,
    /// The upper limit.
    pub high: Option<f64>,
    /// The interval method, such as `wilson`.
    pub method: Option<String>,
    /// Those without a word on it, which are not in the base.
    pub unknown: Option<u64>,
    /// How it was found where that could be otherwise: `column`, `status`, `customers` (a customer with two complaints or
    /// more), `customer_and_category` (within 90 days).
    pub by: Option<String>,
    /// Why there is no share: `no_column`, `no_cases`, `suppressed`.
    pub reason: Option<String>,
}
