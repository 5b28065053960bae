//! The answers to one question, point by point.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::report::Flag;

/// The answers to one question, point by point, for all respondents of the wave shown.
///
/// Percentages are of those who answered, weighted where the report is; don't know and not applicable stand beside
/// the scale and are percentages of those who were asked and did not leave it blank.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DistributionSection {
    /// The question's id.
    pub question: String,
    /// The wave; null without waves and for the pooled total.
    pub wave: Option<String>,
    /// How many answered.
    pub base: u64,
    /// The sum of their weights; the base without weights.
    pub base_weighted: Option<f64>,
    /// The points from worst to best, or the options in written order.
    pub rows: Vec<DistributionRow>,
    /// Whether the points lie on a scale from worst to best (else they are options without an order).
    pub ordered: bool,
    /// Don't know: rows.
    pub dont_know: u64,
    /// Don't know in percent of answers, don't know and not applicable together.
    pub dont_know_percent: Option<f64>,
    /// Not applicable: rows.
    pub not_applicable: u64,
    /// Not applicable in percent of answers, don't know and not applicable together.
    pub not_applicable_percent: Option<f64>,
    /// What is to be known about the whole, such as a small base.
    pub flag: Option<Flag>,
}

/// One point of a scale or one option.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DistributionRow {
    /// The code of the point or option.
    pub code: String,
    /// Its label, or its code.
    pub label: String,
    /// How many chose it.
    pub count: u64,
    /// In percent of those who answered.
    pub percent: Option<f64>,
    /// The lower limit of the interval.
    pub low: Option<f64>,
    /// The upper limit of the interval.
    pub high: Option<f64>,
    /// The box it belongs to, on a scale; for NPS promoters, passives and detractors are top, middle and bottom.
    #[serde(rename = "box")]
    pub box_: Option<Box3>,
}

/// The part of a scale that a point belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Box3 {
    /// The good end, as the question's top box declares it.
    Top,
    /// Between the ends.
    Middle,
    /// The bad end, as many points as the top box.
    Bottom,
}
