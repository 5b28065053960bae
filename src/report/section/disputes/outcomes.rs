//! How disputes ended.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How disputes ended.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct DisputeOutcomes {
    /// Disputes with an outcome that is known: the base of the shares.
    pub decided: u64,
    /// Disputes without one.
    pub undecided: u64,
    /// Disputes whose outcome has a text that nobody declared and no word tells.
    pub unknown: u64,
    /// The outcomes: `settled`, `recommendation`, `for_customer`, `split`, `for_organisation`, `withdrawn`, `out_of_scope`.
    pub rows: Vec<DisputeOutcomeRow>,
    /// How the limits of the shares were formed together: `goodman`.
    pub method: Option<String>,
    /// Why there are no shares: `no_cases`, `single_case`.
    pub reason: Option<String>,
}

/// One outcome.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct DisputeOutcomeRow {
    /// Which.
    pub outcome: String,
    /// Disputes.
    pub cases: u64,
    /// Their percentage of those with a known outcome.
    pub share: Option<f64>,
    /// The lower limit, simultaneous for all outcomes (Goodman 1965).
    pub low: Option<f64>,
    /// The upper limit.
    pub high: Option<f64>,
}
