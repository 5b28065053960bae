//! How fair customers found the provider and how satisfied they were with the procedure.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How fair and how satisfying customers found the procedure, whoever won.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct DisputeSatisfaction {
    /// The most points of the answers, from 1.
    pub points: u32,
    /// From which point on they count as satisfied.
    pub satisfied_from: u32,
    /// With `fair`, then with `process`, each for all and by outcome.
    pub rows: Vec<DisputeSatisfied>,
    /// Those for whom it was decided against those against whom it was, for each of both.
    pub sides: Vec<SidesApart>,
}

/// The answers to one of them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct DisputeSatisfied {
    /// With what: `fair` or `process`.
    pub with: String,
    /// How the dispute ended: null for all, else as in the outcomes; `undecided` for the others.
    pub outcome: Option<String>,
    /// Answers.
    pub base: u64,
    /// Answers of at least `satisfied_from`.
    pub satisfied: u64,
    /// Their percentage.
    pub share: Option<f64>,
    /// The lower limit (Wilson).
    pub low: Option<f64>,
    /// The upper limit.
    pub high: Option<f64>,
    /// The mean in points.
    pub mean: Option<f64>,
}

/// Customers for whom a dispute was decided against customers against whom it was.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct SidesApart {
    /// With what: `fair` or `process`.
    pub with: String,
    /// Answers of those for whom it was decided.
    pub base_won: u64,
    /// Answers of those against whom it was decided.
    pub base_lost: u64,
    /// The share of the first less that of the second, in points of percent.
    pub difference: Option<f64>,
    /// The lower limit (Newcombe 1998).
    pub low: Option<f64>,
    /// The upper limit.
    pub high: Option<f64>,
    /// The p-value that both are alike (pooled z).
    pub p: Option<f64>,
    /// The p-value adjusted for both questions (Holm 1979).
    pub p_adjusted: Option<f64>,
    /// Why there is no difference: `no_cases`.
    pub reason: Option<String>,
}
