//! Expectation and perception of every gap question, and what belongs to them.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::qualities::{DisconfirmationRow, QualityRow, StaffView, ToleranceRow};
use crate::report::Flag;

/// Expectation and perception of every gap question, of the wave shown. Shares and reliabilities are fractions.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GapsSection {
    /// The wave; null without waves and for the pooled total.
    pub wave: Option<String>,
    /// Whether everybody of a known population answered every gap question: nothing is estimated or tested.
    #[serde(default)]
    pub census: bool,
    /// One row a gap question, in written order, of all respondents.
    pub rows: Vec<GapRow>,
    /// The gaps of each dimension, by respondent; empty where rows were not looked at.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dimensions: Vec<DimensionGap>,
    /// All gaps together.
    pub total: GapsTotal,
    /// How p-values are adjusted: `holm`, `benjamini-hochberg`, `bonferroni` or `none`; the family is all gaps that were
    /// tested, dimensions are one of their own.
    #[serde(default)]
    pub adjustment: String,
    /// The same for groups of respondents; empty where none are asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<GapsGroup>,
    /// What would just do, what is desired and what is perceived, where three are asked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tolerance: Vec<ToleranceRow>,
    /// Questions that ask directly how the service was against what was expected.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub disconfirmation: Vec<DisconfirmationRow>,
    /// Expected, planned, delivered and perceived quality, where planned or delivered is declared.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub qualities: Vec<QualityRow>,
    /// What the staff think customers expect and perceive, where a file of theirs was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub staff: Option<StaffView>,
}

/// One gap: perception minus expectation.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
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
    /// Adjusted over all gaps, as the section says.
    pub p_adjusted: Option<f64>,
    /// Cohen's d of the paired difference.
    pub dz: Option<f64>,
    /// The p-value of Wilcoxon's signed rank test; null in a weighted run.
    pub wilcoxon_p: Option<f64>,
    /// How that was found: `exact` (up to 50 pairs that differ) or `asymptotic` (normal, with continuity correction).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wilcoxon_kind: Option<String>,
    /// The share of respondents whose expectation is the best point of the scale: they cannot perceive more.
    #[serde(default)]
    pub expectation_ceiling: Option<f64>,
    /// The share whose perception is the best point.
    #[serde(default)]
    pub perception_ceiling: Option<f64>,
    /// The stated importance: the dimension's declared weight, or the mean of its importance question.
    pub importance: Option<f64>,
    /// The gap times its share of the importances.
    pub weighted_gap: Option<f64>,
}

/// The gap of one dimension: of each respondent the mean of the gaps that he answered, and of these the mean.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DimensionGap {
    /// The dimension; of a gap question without one, the question's id.
    pub dimension: String,
    /// How many gap questions it has.
    pub items: u64,
    /// Respondents who answered at least one of its pairs; null where it is hidden.
    pub base: Option<u64>,
    /// Their mean expectation, over the pairs that each answered.
    pub expectation: Option<f64>,
    /// Their mean perception.
    pub perception: Option<f64>,
    /// Perception minus expectation.
    pub gap: Option<f64>,
    /// Its standard error.
    pub se: Option<f64>,
    /// The lower limit of the gap.
    pub low: Option<f64>,
    /// The upper limit.
    pub high: Option<f64>,
    /// Student's t.
    pub t: Option<f64>,
    /// Its degrees of freedom.
    pub df: Option<f64>,
    /// Its p-value.
    pub p: Option<f64>,
    /// Adjusted over all dimensions.
    pub p_adjusted: Option<f64>,
    /// Cohen's d of the paired difference.
    pub dz: Option<f64>,
    /// How limits were found.
    pub method: String,
    /// The declared weight.
    pub weight: Option<f64>,
    /// The share of the points that respondents allot to it, on average, as a fraction; null where none are allotted.
    pub importance: Option<f64>,
    /// Cronbach's alpha of its expectations, of respondents who answered all its pairs; null with one item.
    pub expectation_alpha: Option<f64>,
    /// The same of its perceptions.
    pub perception_alpha: Option<f64>,
    /// The reliability of the difference of the two, from 0 to 1 where all is well; it falls as they correlate.
    pub difference_reliability: Option<f64>,
    /// `no_answers`, `single_answer`, `no_variation`, `small_base`, or why the row is hidden.
    pub flag: Option<Flag>,
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
    /// What it is the mean of: `respondents` (of each one who has a gap in every dimension, the mean of these) or `items`
    /// (the means of the questions, each of those who answered its pair).
    #[serde(default)]
    pub of: String,
    /// The respondents of the unweighted mean; null where it is of items.
    #[serde(default)]
    pub base: Option<u64>,
    /// Its standard error.
    #[serde(default)]
    pub se: Option<f64>,
    /// The p-value that it is 0.
    #[serde(default)]
    pub p: Option<f64>,
    /// What weighs: `points` (each respondent's own), `dimensions` (declared weights), `importance` (stated by question).
    #[serde(default)]
    pub weighted_by: Option<String>,
    /// The respondents of the weighted mean.
    #[serde(default)]
    pub weighted_base: Option<u64>,
    /// Its standard error.
    #[serde(default)]
    pub weighted_se: Option<f64>,
    /// The lower limit of the weighted mean; null where it needs rows.
    #[serde(default)]
    pub weighted_low: Option<f64>,
    /// The upper limit.
    #[serde(default)]
    pub weighted_high: Option<f64>,
    /// The dimensions' gaps weighted by the mean points instead of each respondent's own.
    #[serde(default)]
    pub weighted_by_mean_points: Option<f64>,
    /// Perception alone (SERVPERF): the mean over dimensions.
    #[serde(default)]
    pub perception: Option<f64>,
    /// Its lower limit.
    #[serde(default)]
    pub perception_low: Option<f64>,
    /// Its upper limit.
    #[serde(default)]
    pub perception_high: Option<f64>,
    /// Perception weighted as the gaps are.
    #[serde(default)]
    pub weighted_perception: Option<f64>,
    /// Its lower limit.
    #[serde(default)]
    pub weighted_perception_low: Option<f64>,
    /// Its upper limit.
    #[serde(default)]
    pub weighted_perception_high: Option<f64>,
    /// Why a figure is missing, or `small_base`.
    #[serde(default)]
    pub flag: Option<Flag>,
}

/// The gaps of one group of respondents.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GapsGroup {
    /// The segment value by segment id.
    pub segment: IndexMap<String, String>,
    /// One row a gap question that is not hidden.
    pub rows: Vec<GapRow>,
    /// The gaps of each dimension.
    pub dimensions: Vec<DimensionGap>,
    /// All gaps together.
    pub total: GapsTotal,
}
