//! What a survey says of problems, of complaining and of what came of it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::report::section::{ChangeVerdict, RecordShare};
use crate::report::{Excluded, Flag, Unit};

/// Answers of a survey beside the complaints (ISO 10004:2018, 7.3.2 and 7.3.3): who had a problem, who complained, and how
/// satisfied each are. All of it is of the respondents of that survey.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ComplaintSurvey {
    /// The files of answers.
    pub inputs: Vec<String>,
    /// The wave that is spoken of; null where the survey has none.
    pub wave: Option<String>,
    /// Rows read.
    pub rows_read: u64,
    /// Rows used.
    pub rows: u64,
    /// Rows left out, by reason.
    pub left_out: Vec<Excluded>,
    /// `had_problem` of all, `complained` of those with a problem, `recovered` of those who complained (of those with a
    /// problem where nobody was asked whether they did).
    pub shares: Vec<RecordShare>,
    /// Satisfaction by what became of the problem; null where there is no question of overall satisfaction or recommending.
    pub recovery: Option<ComplaintRecovery>,
    /// How many problems there were behind the complaints; null where nobody was asked whether they complained.
    pub iceberg: Option<ComplaintIceberg>,
}

/// Satisfaction by what became of the problem.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ComplaintRecovery {
    /// The groups, in order: `no_problem`, `recovered`, `not_recovered`, `did_not_complain`.
    pub groups: Vec<RecoveryGroup>,
    /// Differences between them.
    pub differences: Vec<RecoveryDifference>,
    /// Rows that are in no group, as they did not answer or said something else than yes or no; null where groups are hidden.
    pub in_no_group: Option<u64>,
    /// Whether those whose problem was put right are surely more satisfied than those who had none (the service recovery
    /// paradox); null where that was not tested.
    pub paradox: Option<bool>,
    /// How p-values were adjusted over all differences.
    pub adjustment: String,
}

/// One group.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct RecoveryGroup {
    /// Which.
    pub group: String,
    /// The condition that its rows meet.
    pub condition: String,
    /// Its rows; null where they are hidden.
    pub rows: Option<u64>,
    /// Its figures.
    pub figures: Vec<RecoveryFigure>,
}

/// A figure of a group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RecoveryFigure {
    /// The question.
    pub question: String,
    /// What it is called.
    pub name: String,
    /// The statistic.
    pub statistic: String,
    /// The unit.
    pub unit: Unit,
    /// The value.
    pub value: Option<f64>,
    /// The lower limit.
    pub low: Option<f64>,
    /// The upper limit.
    pub high: Option<f64>,
    /// How many answered.
    pub base: Option<u64>,
    /// The interval method.
    pub method: Option<String>,
    /// What is to be known about it.
    pub flag: Option<Flag>,
}

/// A figure of one group less that of another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RecoveryDifference {
    /// The question.
    pub question: String,
    /// What it is called.
    pub name: String,
    /// The statistic.
    pub statistic: String,
    /// The unit of the figures; differences of percentages are in points.
    pub unit: Unit,
    /// The group.
    pub group: String,
    /// The group whose figure is taken off.
    pub less: String,
    /// The difference.
    pub difference: Option<f64>,
    /// The lower limit.
    pub low: Option<f64>,
    /// The upper limit.
    pub high: Option<f64>,
    /// The p-value that there is none.
    pub p: Option<f64>,
    /// Adjusted over all differences.
    pub p_adjusted: Option<f64>,
    /// The method of interval and test.
    pub method: Option<String>,
    /// What the adjusted p-value says.
    pub verdict: Option<ChangeVerdict>,
}

/// Problems behind the complaints of a period.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ComplaintIceberg {
    /// The period whose complaints were counted; null for all of the file.
    pub period: Option<String>,
    /// The complaints.
    pub complaints: Option<u64>,
    /// The share of those with a problem who complained, percent.
    pub share: Option<f64>,
    /// Its lower limit.
    pub share_low: Option<f64>,
    /// Its upper limit.
    pub share_high: Option<f64>,
    /// How many with a problem said whether they complained.
    pub base: Option<u64>,
    /// The number of problems.
    pub problems: Option<f64>,
    /// The lower limit.
    pub low: Option<f64>,
    /// The upper limit.
    pub high: Option<f64>,
    /// The method of the limits.
    pub method: Option<String>,
    /// Why there is none: `no_complaints`, `too_few_answers`, `share_may_be_zero`, `no_error`, `no_such_period`,
    /// `not_over`, `no_answers`, `suppressed`.
    pub reason: Option<String>,
}
