//! What is promised: the promises and their versions.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::figures::PromiseFigures;

/// What is known of a promise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PromiseState {
    /// There are events that were judged.
    Tested,
    /// There are events, and none can be judged.
    NotJudged,
    /// There is no event.
    #[default]
    NeverTested,
}

/// One promise.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct PromiseRow {
    /// Its id; estimates are of the question `promises.ID`.
    pub promise: String,
    /// What is promised, as the version that holds at `as_of` says, else the latest.
    pub text: Option<String>,
    /// What it is about.
    pub topic: Option<String>,
    /// What is measured.
    pub indicator: Option<String>,
    /// Whether a version has no indicator: what is not measured cannot be steered by.
    pub no_indicator: bool,
    /// What customers get where it is not kept.
    pub remedy: Option<String>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Whether a version holds at `as_of`.
    pub in_force: bool,
    /// What is known of it.
    pub state: PromiseState,
    /// How many versions it has.
    pub versions: u64,
    /// Its figures.
    pub figures: PromiseFigures,
}

/// One version of a promise: events are judged by the version that holds on their day.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct PromiseVersion {
    /// The id of the promise.
    pub promise: String,
    /// What the version is called; null where it has no name.
    pub version: Option<String>,
    /// What is promised.
    pub text: Option<String>,
    /// How a value has to stand to the target, such as `<=`; null where only yes and no tell.
    pub operator: Option<String>,
    /// The target.
    pub target: Option<f64>,
    /// What values are in.
    pub unit: Option<String>,
    /// What is measured.
    pub indicator: Option<String>,
    /// The first day, `YYYY-MM-DD`; null: always.
    pub from: Option<String>,
    /// The last day; null: it still holds.
    pub to: Option<String>,
    /// Its figures, without complaints.
    pub figures: PromiseFigures,
}
