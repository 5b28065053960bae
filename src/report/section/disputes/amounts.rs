//! What disputes were about and what they cost, in the currency of the file.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Amounts of one kind.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct DisputeAmounts {
    /// Disputes with an amount, 0 included.
    pub cases: u64,
    /// Disputes without one.
    pub without: u64,
    /// Amounts below 0, which are left out.
    pub negative: u64,
    /// The sum.
    pub sum: Option<f64>,
    /// The mean of disputes with an amount.
    pub mean: Option<f64>,
    /// The lower limit of the mean (Student's t).
    pub mean_low: Option<f64>,
    /// The upper limit.
    pub mean_high: Option<f64>,
    /// The median.
    pub median: Option<f64>,
    /// The lower limit of the median (order statistics).
    pub median_low: Option<f64>,
    /// The upper limit.
    pub median_high: Option<f64>,
    /// The largest.
    pub largest: Option<f64>,
    /// Why there is no mean: `no_cases`, `single_case`.
    pub reason: Option<String>,
}

/// What was awarded of what was claimed, of decided disputes with both amounts and a claim above 0.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct DisputeAward {
    /// Disputes with an outcome and both amounts: the base.
    pub cases: u64,
    /// Disputes with an outcome and without one of them, or with a claim of 0.
    pub without: u64,
    /// Disputes that were awarded more than was claimed; they are in the base.
    pub above_claim: u64,
    /// The sum claimed.
    pub claimed: Option<f64>,
    /// The sum awarded.
    pub awarded: Option<f64>,
    /// The sum awarded in percent of the sum claimed.
    pub ratio: Option<f64>,
    /// Its standard error by the delta method.
    pub se: Option<f64>,
    /// The lower limit (delta method, Student's t with the base less 1), at least 0.
    pub low: Option<f64>,
    /// The upper limit.
    pub high: Option<f64>,
    /// The median of the percentages of each dispute: small claims count as much as large ones.
    pub median: Option<f64>,
    /// The lower limit of the median (order statistics).
    pub median_low: Option<f64>,
    /// The upper limit.
    pub median_high: Option<f64>,
    /// Why there is no ratio: `no_cases`, `single_case`.
    pub reason: Option<String>,
}
