//! How rows were weighted.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::report::Unit;

/// How rows were weighted.
///
/// Weights that come with the data have no margins and no iterations; they belong to weights that csat solves itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WeightingSection {
    /// The weight column; null where all start from 1.
    pub variable: Option<String>,
    /// The wave; null without waves, and where all rows were weighted together.
    #[serde(default)]
    pub wave: Option<String>,
    /// How weights were solved: `raking`, `post_stratification`, `linear` or `logit`; null for those of the data.
    #[serde(default)]
    pub method: Option<String>,
    /// The rows used.
    pub rows: u64,
    /// The sum of their weights.
    pub sum: Option<f64>,
    /// Kish's effective base, (sum of w)^2 / sum of w^2.
    pub kish_base: Option<f64>,
    /// Kish's design effect, rows / effective base.
    pub kish_design_effect: Option<f64>,
    /// The effective base in percent of the rows: what the weights leave of the sample's precision.
    #[serde(default)]
    pub efficiency: Option<f64>,
    /// Kish's effective base of the weights that the data came with, before they were solved.
    #[serde(default)]
    pub kish_base_before: Option<f64>,
    /// The smallest weight of the rows used.
    pub min: Option<f64>,
    /// The largest weight of the rows used.
    pub max: Option<f64>,
    /// The largest over the smallest of the rows used.
    pub ratio: Option<f64>,
    /// The heaviest row's part of all weight, in percent.
    #[serde(default)]
    pub heaviest: Option<f64>,
    /// The categories of every margin; empty where weights come with the data.
    pub margins: Vec<WeightingMargin>,
    /// How many sweeps the solution took.
    pub iterations: Option<u64>,
    /// Whether the margins are met.
    pub converged: Option<bool>,
    /// How many weights were held at a bound.
    pub trimmed: Option<u64>,
    /// The bounds of the weights; null where there are none.
    #[serde(default)]
    pub bounds: Option<[f64; 2]>,
    /// The part of all weight that the bounds moved, in percent.
    #[serde(default)]
    pub moved: Option<f64>,
    /// Rows left out for a missing answer to a weighting variable.
    #[serde(default)]
    pub left_out: u64,
    /// Rows left out because their category has the target 0.
    #[serde(default)]
    pub unwanted: u64,
    /// How standard errors know of the weighting: `raking`, `regression`, `fixed` or `bootstrap`; null without targets.
    #[serde(default)]
    pub variance: Option<String>,
    /// Headlines with and without the weights; empty unless they were asked for.
    #[serde(default)]
    pub scores: Vec<WeightingScore>,
}

/// One category of a margin, before and after; percentages of the rows that the margin weighs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WeightingMargin {
    /// The variables of the margin joined by ` × `, and the part of the sample that it is for.
    pub variable: String,
    /// The categories joined by ` × `.
    pub category: String,
    /// Its rows.
    pub rows: Option<u64>,
    /// Its share of the rows.
    pub sample: Option<f64>,
    /// Its share of the weights that the data came with.
    pub before: Option<f64>,
    /// Its share as wanted.
    pub target: Option<f64>,
    /// Its share of the final weights.
    pub after: Option<f64>,
}

/// One headline with and without the weights.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WeightingScore {
    /// The question.
    pub question: String,
    /// The headline.
    pub statistic: String,
    /// The unit of the figures; a difference of percentages is in points.
    pub unit: Unit,
    /// Where every row counts once.
    pub unweighted: Option<f64>,
    /// Under the final weights.
    pub weighted: Option<f64>,
    /// The second less the first.
    pub difference: Option<f64>,
    /// The design effect of this figure: its variance over that of as many answers without weights.
    pub design_effect: Option<f64>,
}
