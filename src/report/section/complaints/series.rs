//! Complaints from period to period.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How many complaints there were, and for how many transactions.
///
/// Limits are exact for a Poisson count (Garwood 1936). None received is a count with an upper limit, and no sign of
/// satisfaction.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ComplaintVolume {
    /// Complaints received.
    pub received: u64,
    /// The lower limit of the count.
    pub received_low: Option<f64>,
    /// The upper limit.
    pub received_high: Option<f64>,
    /// Transactions; null where they are not known.
    pub transactions: Option<u64>,
    /// Complaints of the periods with transactions: the numerator of the rate.
    pub events: Option<u64>,
    /// Complaints for each thousand transactions.
    pub rate_per_1000: Option<f64>,
    /// The lower limit of the rate.
    pub rate_low: Option<f64>,
    /// The upper limit.
    pub rate_high: Option<f64>,
    /// Why there is no rate: `no_transactions`, `no_transactions_in_period`, `incomplete_period`.
    pub reason: Option<String>,
}

/// One period.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ComplaintPeriod {
    /// Its label, such as `2026-Q3`.
    pub period: String,
    /// Whether it ended by `as_of`.
    pub complete: bool,
    /// Whether it is the first of the file, of which some days may be missing.
    pub first: bool,
    /// Complaints received in it.
    pub volume: ComplaintVolume,
    /// Complaints closed in it, whenever they were received.
    pub closed: Option<u64>,
    /// Closed for each received; null where none was received.
    pub flow_ratio: Option<f64>,
    /// The lower limit of the flow ratio.
    pub flow_ratio_low: Option<f64>,
    /// The upper limit.
    pub flow_ratio_high: Option<f64>,
    /// Complaints open at its end, or at `as_of`, by age; null without close dates.
    pub backlog: Option<AgeBands>,
}

/// Open complaints by their age in days since receipt.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct AgeBands {
    /// All of them.
    pub open: u64,
    /// Up to 7 days.
    pub to_7: u64,
    /// More than 7, up to 30.
    pub to_30: u64,
    /// More than 30, up to 90.
    pub to_90: u64,
    /// More than 90.
    pub over_90: u64,
    /// The age of the oldest; null where none is open.
    pub oldest: Option<f64>,
}
