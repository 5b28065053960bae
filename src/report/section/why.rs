//! Why one headline moved between two waves.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What may explain the move of one headline between two waves: first what changed in the asking, then who moved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WhySection {
    /// The question's id.
    pub question: String,
    /// The headline statistic.
    pub statistic: String,
    /// The wave.
    pub wave: String,
    /// The wave it is compared with.
    pub against: String,
    /// The change.
    pub change: Option<f64>,
    /// What changed in the asking: definition, channel, language, response rate.
    pub asking: Vec<AskingChange>,
    /// What each value of each segment contributed; within one segment they add up to the change.
    pub contributions: Vec<SegmentContribution>,
    /// Other ratings that moved between the same waves: an association, not a cause.
    pub moved: Vec<MovedRating>,
}

/// Something that changed in the asking.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AskingChange {
    /// `definition`, `channel`, `language`, `response_rate`, `base`, `weights`.
    pub what: String,
    /// The segment's value, the question or the column it is about.
    pub about: String,
    /// Before, in words or percent.
    pub before: Option<String>,
    /// After.
    pub after: Option<String>,
    /// The p-value where shares were compared.
    pub p: Option<f64>,
}

/// What one group contributed to a change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SegmentContribution {
    /// The segment's id.
    pub segment: String,
    /// Its value; null for those without one.
    pub group: Option<String>,
    /// Its share of the answers before, 0 to 1.
    pub share_before: Option<f64>,
    /// Its share of the answers after.
    pub share_after: Option<f64>,
    /// Its figure before.
    pub value_before: Option<f64>,
    /// Its figure after.
    pub value_after: Option<f64>,
    /// What its weight among the answers contributed.
    pub mix: Option<f64>,
    /// What its own change contributed.
    pub within: Option<f64>,
}

/// Another rating that moved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MovedRating {
    /// The question's id.
    pub question: String,
    /// Its headline statistic.
    pub statistic: String,
    /// Its change.
    pub change: f64,
    /// Its lower limit.
    pub low: Option<f64>,
    /// Its upper limit.
    pub high: Option<f64>,
    /// Adjusted over the ratings.
    pub p_adjusted: Option<f64>,
}
