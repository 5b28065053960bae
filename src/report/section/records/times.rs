//! How long the steps of handling took, and what was done in time.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::report::Flag;

/// When the organisation works, for deadlines in business hours and days.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct WorkingClock {
    /// The business hours as a definition has them.
    pub business_hours: String,
    /// The days on which nobody works, in number.
    pub holidays: u64,
    /// Whether the definition names holidays at all.
    pub holidays_known: bool,
    /// The zone in which it works; null: moments are taken as they are written.
    pub time_zone: Option<String>,
}

/// What was done within its deadline.
///
/// A case is judged when the step was done, or when its deadline has passed; where it is open and its deadline lies
/// ahead, it is not yet due. `judged` is `within` and `late` and `overdue`; `cases` is that, `not_yet_due` and
/// `no_deadline` and `no_time`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct StepDeadline {
    /// The step: `acknowledge`, `respond`, `close`.
    pub step: String,
    /// The group by segment id; empty for all.
    pub segment: IndexMap<String, String>,
    /// The period of receipt; null for all.
    pub period: Option<String>,
    /// The deadline as the definition has it, such as `2 business days`; null where only the due dates of cases count.
    pub deadline: Option<String>,
    /// What was judged by: `deadline`, `due` (the due date of the case), `due_or_deadline` (it, else the deadline).
    pub by: Option<String>,
    /// Cases.
    pub cases: Option<u64>,
    /// Done in time.
    pub within: Option<u64>,
    /// Of those the ones whose deadline lies after `as_of`: they are early, while slower ones are not yet judged.
    pub early: Option<u64>,
    /// Done, and too late.
    pub late: Option<u64>,
    /// Not done, and the deadline has passed.
    pub overdue: Option<u64>,
    /// Not done, and the deadline has not passed.
    pub not_yet_due: Option<u64>,
    /// Without a due date, where that is the deadline.
    pub no_deadline: Option<u64>,
    /// Done at an unknown time.
    pub no_time: Option<u64>,
    /// Those judged.
    pub judged: Option<u64>,
    /// In time of those judged, in percent.
    pub share: Option<f64>,
    /// The lower limit.
    pub low: Option<f64>,
    /// The upper limit.
    pub high: Option<f64>,
    /// The interval method.
    pub method: Option<String>,
    /// In time of those that are done, in percent: what is known without the cases still open.
    pub share_of_done: Option<f64>,
    /// In time of those whose deadline has passed, in percent.
    pub share_of_due: Option<f64>,
    /// Why there is no share: `no_deadline`, `no_column`, `nothing_judged`, `suppressed`.
    pub reason: Option<String>,
}

/// How long a step took, counted from receipt.
///
/// Cases still without it are censored when they were closed, or at `as_of` (Kaplan and Meier 1958); limits of percentiles are those of the
/// curve (log-log). The mean is of finished cases alone and so too short while any is open.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct StepTimes {
    /// The step: `acknowledge`, `respond`, `decide`, `close`.
    pub step: String,
    /// The group by segment id; empty for all.
    pub segment: IndexMap<String, String>,
    /// The period of receipt; null for all.
    pub period: Option<String>,
    /// Cases with a known time or still waiting.
    pub cases: Option<u64>,
    /// Those that had the step.
    pub finished: Option<u64>,
    /// Those still without it.
    pub censored: Option<u64>,
    /// Cases left out here: the step was done at an unknown time, or before receipt.
    pub no_time: Option<u64>,
    /// Median, P80 and P90, in this order.
    pub quantiles: Vec<TimesQuantile>,
    /// The longest time of a finished one.
    pub longest: Option<f64>,
    /// The median of finished cases alone.
    pub median_finished: Option<f64>,
    /// The mean of finished cases alone.
    pub mean_finished: Option<f64>,
    /// The curve: the share that has the step by each time, at most 200 points; only of all and of groups.
    pub curve: Vec<TimesPoint>,
    /// What is to be known about the figures or their absence.
    pub flag: Option<Flag>,
    /// Why there are none: `no_column`, `no_cases`, `none_finished`, `suppressed`.
    pub reason: Option<String>,
}

/// The time by which a part of complaints had a step.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct TimesQuantile {
    /// The part in percent: 50, 80 or 90.
    pub percent: u32,
    /// Days; null where too few are finished to tell.
    pub days: Option<f64>,
    /// The lower limit.
    pub low: Option<f64>,
    /// The upper limit; null where the curve does not reach it.
    pub high: Option<f64>,
}

/// A point of a curve.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct TimesPoint {
    /// Days since receipt.
    pub days: f64,
    /// The percentage that has the step by then.
    pub finished: f64,
    /// The lower limit; null where the curve is 0 or 100.
    pub low: Option<f64>,
    /// The upper limit.
    pub high: Option<f64>,
    /// Cases that were still waiting and watched just before.
    pub at_risk: u64,
}

/// Whether the groups of a segment differ in how long a step took (log-rank; Mantel 1966).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct StepTimesTest {
    /// The step.
    pub step: String,
    /// The segment's id; of a crossing the ids joined by `*`.
    pub segment: String,
    /// How many groups were compared.
    pub groups: u64,
    /// Chi-square.
    pub statistic: Option<f64>,
    /// Its degrees of freedom.
    pub df: Option<f64>,
    /// The p-value.
    pub p: Option<f64>,
    /// The p-value adjusted for the number of tests of this table (Holm 1979).
    pub p_adjusted: Option<f64>,
    /// Why there is no test: `too_few_groups`, `too_many_groups`, `suppressed`.
    pub reason: Option<String>,
}
