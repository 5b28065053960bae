//! Which construct goes with which, and how much of each the others account for.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::report::Flag;

/// A path model by partial least squares. Coefficients are of standardised sums: association, not cause.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PathModelSection {
    /// The wave; null without waves and for the pooled total.
    pub wave: Option<String>,
    /// Respondents who answered all questions of the model; null where they are hidden.
    pub base: Option<u64>,
    /// Respondents who answered some of them and are left out.
    pub incomplete: Option<u64>,
    /// How the model was fitted and its limits found.
    pub method: String,
    /// Resamples behind the limits; 0 where there are none.
    pub resamples: u32,
    /// Why there is no model; null where there is one.
    pub refused: Option<PathRefusal>,
    /// The question or construct that is the reason, if one is.
    pub refused_by: Option<String>,
    /// `small_base`, `census` (which has no limits), or why it is hidden.
    pub flag: Option<Flag>,
    /// One row a construct of the model.
    pub constructs: Vec<PathConstruct>,
    /// One row a question of a construct.
    pub items: Vec<PathItem>,
    /// One row a path.
    pub paths: Vec<PathRow>,
}

/// One construct of the model.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PathConstruct {
    /// The id.
    pub construct: String,
    /// What it is called.
    pub label: String,
    /// The share of its variance that those leading to it account for; null where none does.
    pub r2: Option<f64>,
    /// The lower limit.
    pub r2_low: Option<f64>,
    /// The upper limit.
    pub r2_high: Option<f64>,
    /// The mean of the squared loadings.
    pub average_variance_extracted: Option<f64>,
    /// Composite reliability by the loadings; null with one question.
    pub composite_reliability: Option<f64>,
}

/// One question in the model.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PathItem {
    /// The id of its construct.
    pub construct: String,
    /// The question's id.
    pub question: String,
    /// Its weight in the sum of standardised answers that has variance 1.
    pub weight: f64,
    /// Its correlation with the construct.
    pub loading: f64,
    /// The lower limit of the loading.
    pub loading_low: Option<f64>,
    /// The upper limit.
    pub loading_high: Option<f64>,
    /// Whether it loads with another sign than most questions of its construct.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub runs_against: bool,
}

/// One path.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PathRow {
    /// The construct that is thought to lead.
    pub from: String,
    /// The construct that is thought to follow.
    pub to: String,
    /// The standardised coefficient.
    pub coefficient: f64,
    /// The lower limit.
    pub low: Option<f64>,
    /// The upper limit.
    pub high: Option<f64>,
}

/// Why there is no path model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PathRefusal {
    /// Not enough respondents answered all questions.
    TooFewAnswers,
    /// All gave one question the same answer.
    ConstantQuestion,
    /// A construct follows exactly from others that lead to the same one.
    Collinear,
    /// The weights did not settle.
    NotConverged,
}

impl PathRefusal {
    /// The name in the report.
    pub fn name(self) -> &'static str {
        match self {
            Self::TooFewAnswers => "too_few_answers",
            Self::ConstantQuestion => "constant_question",
            Self::Collinear => "collinear",
            Self::NotConverged => "not_converged",
        }
    }
}
