//! What kind of need every feature of a Kano questionnaire is.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::report::Flag;

/// What kind of need every feature is, for all respondents of the wave shown and for every group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct KanoSection {
    /// The wave; null without waves and for the pooled total.
    pub wave: Option<String>,
    /// One row a Kano question, in written order, then one a question and group.
    pub rows: Vec<KanoRow>,
}

/// One feature in one group. Shares, strengths and coefficients are fractions.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct KanoRow {
    /// The question's id.
    pub question: String,
    /// The segment value by segment id; empty for all.
    pub segment: IndexMap<String, String>,
    /// Respondents who answered both forms; null where they are hidden.
    pub base: Option<u64>,
    /// Kish's effective number of them; null without weights.
    pub base_effective: Option<f64>,
    /// How many take it as attractive: pleasing if it is there, not missed if it is not.
    pub attractive: Option<u64>,
    /// How many take it as one-dimensional: the more the better.
    pub one_dimensional: Option<u64>,
    /// How many take it as a must: taken for granted, and displeasing if it is missing.
    pub must_be: Option<u64>,
    /// How many do not care.
    pub indifferent: Option<u64>,
    /// How many would rather not have it.
    pub reverse: Option<u64>,
    /// How many contradict themselves.
    pub questionable: Option<u64>,
    /// The weighted shares of the categories by name; empty without weights.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub shares: IndexMap<KanoCategory, f64>,
    /// The most frequent category; of equally frequent ones must-be before one-dimensional, attractive and indifferent.
    pub category: Option<KanoCategory>,
    /// The category by the rule of Blauth, Richter and Rundquist.
    pub category_by_groups: Option<KanoCategory>,
    /// The share of the most frequent category less that of the next.
    pub category_strength: Option<f64>,
    /// The share of must-be, one-dimensional and attractive.
    pub total_strength: Option<f64>,
    /// (A + O) / (A + O + M + I): how much it could please.
    pub better: Option<f64>,
    /// The lower limit.
    pub better_low: Option<f64>,
    /// The upper limit.
    pub better_high: Option<f64>,
    /// -(O + M) / (A + O + M + I): how much its absence could displease.
    pub worse: Option<f64>,
    /// The lower limit.
    pub worse_low: Option<f64>,
    /// The upper limit.
    pub worse_high: Option<f64>,
    /// Whether the most frequent category is told apart from the next at 90 % (Fong 1996).
    pub distinguishable: Option<bool>,
    /// How important respondents say it is: the mean of its importance question.
    pub importance: Option<f64>,
    /// The lower limit.
    pub importance_low: Option<f64>,
    /// The upper limit.
    pub importance_high: Option<f64>,
    /// `no_answers`, `small_base`, or why the row is hidden.
    pub flag: Option<Flag>,
}

/// What kind of need a feature is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum KanoCategory {
    /// Taken for granted; displeasing if it is missing.
    MustBe,
    /// The more the better.
    OneDimensional,
    /// Pleasing if it is there, not missed if it is not.
    Attractive,
    /// Not cared about.
    Indifferent,
    /// Rather not wanted.
    Reverse,
    /// Contradictory answers.
    Questionable,
}

impl KanoCategory {
    /// The name in the report.
    pub fn name(self) -> &'static str {
        match self {
            Self::MustBe => "must_be",
            Self::OneDimensional => "one_dimensional",
            Self::Attractive => "attractive",
            Self::Indifferent => "indifferent",
            Self::Reverse => "reverse",
            Self::Questionable => "questionable",
        }
    }
}
