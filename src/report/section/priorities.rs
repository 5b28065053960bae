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
    /// Where the lines stand that part the quadrants: `means`, `medians`, `midpoint` or `target`.
    pub crosshair: String,
    /// What was drawn to tell how sure quadrants are: `respondents`, or `answers` of each question by itself; written only
    /// where something was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resampled: Option<String>,
    /// The line of performance, index 0 to 100.
    pub performance_line: f64,
    /// The line of importance, index 0 to 100.
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
    /// Importance less performance: above 0 it lies above the iso-priority line, on which both are the same.
    #[serde(default)]
    pub deficit: Option<f64>,
    /// The lower limit of the deficit, by resampling.
    #[serde(default)]
    pub deficit_low: Option<f64>,
    /// The upper limit.
    #[serde(default)]
    pub deficit_high: Option<f64>,
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
    /// Important and below the line.
    ConcentrateHere,
    /// Important and above the line.
    KeepUpTheGoodWork,
    /// Less important and below the line.
    LowPriority,
    /// Less important and above the line.
    PossibleOverkill,
}
