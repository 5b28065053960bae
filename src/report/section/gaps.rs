//! Expectation and perception of every gap question.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Expectation and perception of every gap question, for all respondents of the wave shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GapsSection {
    /// The wave; null without waves and for the pooled total.
    pub wave: Option<String>,
    /// One row a gap question, in written order.
    pub rows: Vec<GapRow>,
    /// The mean of the gaps.
    pub total: GapsTotal,
}

/// One gap: perception minus expectation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GapRow {
    /// The question's id.
    pub question: String,
    /// Its dimension.
    pub dimension: Option<String>,
    /// Respondents who answered both.
    pub base: u64,
    /// The mean expectation.
    pub expectation: Option<f64>,
    /// The mean perception.
    pub perception: Option<f64>,
    /// Perception minus expectation.
    pub gap: Option<f64>,
    /// The lower limit of the gap.
    pub low: Option<f64>,
    /// The upper limit of the gap.
    pub high: Option<f64>,
    /// Student's t of the paired difference.
    pub t: Option<f64>,
    /// Its degrees of freedom.
    pub df: Option<f64>,
    /// Its p-value.
    pub p: Option<f64>,
    /// Adjusted over all gaps (Holm).
    pub p_adjusted: Option<f64>,
    /// Cohen's d of the paired difference.
    pub dz: Option<f64>,
    /// The p-value of Wilcoxon's signed rank test; null in a weighted run.
    pub wilcoxon_p: Option<f64>,
    /// The stated importance: the dimension's declared weight, or the mean of its importance question.
    pub importance: Option<f64>,
    /// The gap times its share of the importances.
    pub weighted_gap: Option<f64>,
}

/// All gaps together.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GapsTotal {
    /// The mean of the dimensions' gaps (of the questions' where there are no dimensions).
    pub unweighted: Option<f64>,
    /// The same weighted by importance.
    pub weighted: Option<f64>,
    /// The lower limit of the unweighted mean; null where it needs rows.
    pub low: Option<f64>,
    /// The upper limit.
    pub high: Option<f64>,
}
