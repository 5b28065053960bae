//! Disputes before outside providers: what was referred, how it ended, how long that took.

mod amounts;
mod outcomes;
mod providers;
mod referral;
mod satisfaction;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use amounts::{DisputeAmounts, DisputeAward};
pub use outcomes::{DisputeOutcomeRow, DisputeOutcomes};
pub use providers::{DisputeFunnel, FunnelBounds, FunnelProvider};
pub use referral::{DisputePeriod, DisputeReferral, DisputesCounted};
pub use satisfaction::{DisputeSatisfaction, DisputeSatisfied, SidesApart};

use super::records::{
    JoinedText, PeriodChart, RecordColumn, RecordFault, RecordSegment, RecordShare, RecordStatus,
    StepDeadline, StepTimes, StepTimesTest, WorkingClock,
};

/// Disputes before outside providers (ISO 10003:2018, clause 7 and 8.1 to 8.3).
///
/// Shares are percentages, 0 to 100; times are days, of which hours are parts; amounts are in the currency of the file.
/// A figure that does not exist is null and its `reason`, a stable name, says why. Figures are of disputes by the period
/// in which they were referred. That few are referred is no sign of satisfaction.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct DisputesSection {
    /// The day at whose end open disputes were looked at, `YYYY-MM-DD`.
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
    pub counted: DisputesCounted,
    /// Which column was taken for which field.
    pub columns: Vec<RecordColumn>,
    /// Every text of `outcome` and what it was taken for: an outcome, `undecided`, or null for one that nobody knows.
    pub texts: Vec<RecordStatus>,
    /// What the figures are broken by.
    pub segments: Vec<RecordSegment>,
    /// How working time was counted; null where no deadline needs it.
    pub clock: Option<WorkingClock>,
    /// From which field times are counted: `response` and `outcome` from `notice`, or from `referred` where there is no
    /// such column; `close` from `referred`.
    pub counted_from: Vec<(String, String)>,
    /// Disputes for each unresolved complaint, all periods together.
    pub referral: DisputeReferral,
    /// The periods from the first with a dispute to that of `as_of`, in order; those without any are there too.
    pub periods: Vec<DisputePeriod>,
    /// What was done within its deadline, steps `response`, `outcome`, `implementation`: for all, by group and by period.
    pub deadlines: Vec<StepDeadline>,
    /// How long each step took, steps `response`, `outcome`, `close`: for all, by group and by period.
    pub times: Vec<StepTimes>,
    /// Whether providers, methods and groups differ in how long a step took.
    pub time_tests: Vec<StepTimesTest>,
    /// How disputes ended; null without a column for it.
    pub outcomes: Option<DisputeOutcomes>,
    /// Shares of disputes: `settled` (of those neither withdrawn nor out of scope), `organisation_accepted`,
    /// `customer_accepted`, `accepted` by both (of recommendations), `overturned` (of those where both the provider and the
    /// organisation itself had decided who is right).
    pub shares: Vec<RecordShare>,
    /// What was awarded of what was claimed; null without columns for both.
    pub award: Option<DisputeAward>,
    /// What disputes cost the organisation; null without a column for it.
    pub cost: Option<DisputeAmounts>,
    /// Providers against all of them together, one funnel a figure; none without a column of providers.
    pub funnels: Vec<DisputeFunnel>,
    /// How fair customers found the provider and how satisfied they were with the procedure; null without a column.
    pub satisfaction: Option<DisputeSatisfaction>,
    /// Control charts over the periods.
    pub charts: Vec<PeriodChart>,
    /// Texts that differ only in case, blanks or the form of characters, and were joined.
    pub joined: Vec<JoinedText>,
    /// What is odd in the records; they are counted where that is possible.
    pub faults: Vec<RecordFault>,
    /// The clauses that the section addresses, each with its standard and edition.
    pub clauses: Vec<String>,
}
