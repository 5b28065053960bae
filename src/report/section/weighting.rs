//! How rows were weighted.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How rows were weighted.
///
/// With a weight column that comes with the data there are no margins and no iterations; they belong to weights
/// that csat solves itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WeightingSection {
    /// The weight column.
    pub variable: String,
    /// The rows used.
    pub rows: u64,
    /// The sum of their weights.
    pub sum: Option<f64>,
    /// Kish's effective base, (sum of w)^2 / sum of w^2.
    pub kish_base: Option<f64>,
    /// Kish's design effect, rows / effective base.
    pub kish_design_effect: Option<f64>,
    /// The smallest weight of the rows used.
    pub min: Option<f64>,
    /// The largest weight of the rows used.
    pub max: Option<f64>,
    /// The largest over the smallest of the rows used.
    pub ratio: Option<f64>,
    /// The margins that were met; empty where weights come with the data.
    pub margins: Vec<serde_json::Value>,
    /// How many sweeps the solution took.
    pub iterations: Option<u64>,
    /// Whether the margins are met.
    pub converged: Option<bool>,
    /// How many weights were trimmed.
    pub trimmed: Option<u64>,
}
