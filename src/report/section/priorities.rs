//! Performance beside stated importance (Martilla and James 1977).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Performance beside stated importance, for all respondents of the wave shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PrioritiesSection {
    /// The wave; null without waves and for the pooled total.
    pub wave: Option<String>,
    /// Where importance comes from: `stated`.
    pub importance_from: String,
    /// Where the lines stand that part the quadrants: `means`.
    pub crosshair: String,
    /// The mean performance of all rows, index 0 to 100.
    pub performance_line: f64,
    /// The mean importance of all rows, index 0 to 100.
    pub importance_line: f64,
    /// One row an attribute.
    pub rows: Vec<PriorityRow>,
}

/// One attribute.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PriorityRow {
    /// The question that rates performance.
    pub question: String,
    /// The question that states importance.
    pub importance_question: String,
    /// The dimension.
    pub dimension: Option<String>,
    /// Performance, index 0 to 100.
    pub performance: Option<f64>,
    /// Its lower limit.
    pub performance_low: Option<f64>,
    /// Its upper limit.
    pub performance_high: Option<f64>,
    /// Importance, index 0 to 100.
    pub importance: Option<f64>,
    /// Its lower limit.
    pub importance_low: Option<f64>,
    /// Its upper limit.
    pub importance_high: Option<f64>,
    /// The quadrant.
    pub quadrant: Option<Quadrant>,
    /// In how many of the resamples it fell into that quadrant, 0 to 1; below 0.8 it is unsettled.
    pub quadrant_probability: Option<f64>,
    /// Whether one of the bases is small.
    pub small_base: bool,
}

/// The quadrants of importance and performance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Quadrant {
    /// Important and below the mean.
    ConcentrateHere,
    /// Important and above the mean.
    KeepUpTheGoodWork,
    /// Less important and below the mean.
    LowPriority,
    /// Less important and above the mean.
    PossibleOverkill,
}
