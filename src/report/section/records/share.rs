//! Shares of records.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A share with its limits.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct RecordShare {
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
