//! What was decided, what it cost, and how satisfied complainants were with it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What was decided.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ComplaintOutcomes {
    /// Complaints with an outcome that is known: the base of the shares.
    pub decided: u64,
    /// Complaints without one.
    pub undecided: u64,
    /// Complaints whose outcome has a text that nobody declared and no word tells.
    pub unknown: u64,
    /// The outcomes: `upheld`, `partly_upheld`, `rejected`, `withdrawn`.
    pub rows: Vec<ComplaintOutcome>,
    /// How the limits of the shares were formed together.
    pub method: Option<String>,
}

/// One outcome.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ComplaintOutcome {
    /// Which.
    pub outcome: String,
    /// Complaints.
    pub cases: u64,
    /// Their percentage of those decided.
    pub share: Option<f64>,
    /// The lower limit, simultaneous for all outcomes.
    pub low: Option<f64>,
    /// The upper limit.
    pub high: Option<f64>,
}

/// What remedies cost, in the currency of the file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ComplaintRemedy {
    /// Complaints with a cost, 0 included.
    pub cases: u64,
    /// Complaints without one.
    pub without: u64,
    /// Those with a cost above 0.
    pub paid: u64,
    /// Costs below 0, which are left out.
    pub negative: u64,
    /// The sum.
    pub sum: Option<f64>,
    /// The mean of complaints with a cost.
    pub mean: Option<f64>,
    /// The lower limit of the mean.
    pub mean_low: Option<f64>,
    /// The upper limit.
    pub mean_high: Option<f64>,
    /// The median.
    pub median: Option<f64>,
    /// The lower limit of the median.
    pub median_low: Option<f64>,
    /// The upper limit.
    pub median_high: Option<f64>,
    /// The largest.
    pub largest: Option<f64>,
}

/// How satisfied complainants were with the way and with the result.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ComplaintSatisfaction {
    /// The most points of the answers, from 1.
    pub points: u32,
    /// From which point on they count as satisfied.
    pub satisfied_from: u32,
    /// With the process, then with the outcome, each for all and by outcome.
    pub rows: Vec<ComplaintSatisfied>,
    /// Complaints with both answers.
    pub pairs: Option<u64>,
    /// Satisfied with both.
    pub both: Option<u64>,
    /// Satisfied with the process alone.
    pub process_only: Option<u64>,
    /// Satisfied with the outcome alone.
    pub outcome_only: Option<u64>,
    /// Satisfied with neither.
    pub neither: Option<u64>,
    /// Process less outcome among the pairs, in points of percent.
    pub difference: Option<f64>,
    /// The lower limit of the difference.
    pub difference_low: Option<f64>,
    /// The upper limit.
    pub difference_high: Option<f64>,
    /// The p-value that both shares are equal (McNemar 1947).
    pub p: Option<f64>,
    /// How it was found: `exact` or `asymptotic`.
    pub p_kind: Option<String>,
}

/// Satisfaction with one of them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ComplaintSatisfied {
    /// With what: `process` or `outcome`.
    pub with: String,
    /// What was decided: null for all, else as in the outcomes; `undecided` for the others.
    pub decided: Option<String>,
    /// Answers.
    pub base: u64,
    /// Answers of at least `satisfied_from`.
    pub satisfied: u64,
    /// Their percentage.
    pub share: Option<f64>,
    /// The lower limit.
    pub low: Option<f64>,
    /// The upper limit.
    pub high: Option<f64>,
    /// The mean in points.
    pub mean: Option<f64>,
}
