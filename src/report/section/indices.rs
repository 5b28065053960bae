//! Several questions joined to one index from 0 to 100.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::report::Flag;

/// The indices of the constructs that ask for one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct IndicesSection {
    /// The wave; null without waves and for the pooled total.
    pub wave: Option<String>,
    /// How the limits were found.
    pub method: String,
    /// One row a construct, in written order.
    pub rows: Vec<IndexRow>,
}

/// One index.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct IndexRow {
    /// The id of the construct.
    pub construct: String,
    /// What it is called.
    pub label: String,
    /// How the questions are weighted: `mean`, `importance_weighted` or `first_component`.
    pub index: String,
    /// The mean over respondents, 0 to 100.
    pub value: Option<f64>,
    /// The lower limit; the weights are random too.
    pub low: Option<f64>,
    /// The upper limit.
    pub high: Option<f64>,
    /// The index with all questions alike.
    pub equal_weights: Option<f64>,
    /// The weights by question; their sum is 1.
    pub weights: IndexMap<String, f64>,
    /// Respondents with at least one answer.
    pub respondents: Option<u64>,
    /// Those of them who lack an answer, for whom the others' weights were raised.
    pub renormalised: Option<u64>,
    /// Why there is no index; null where there is one.
    pub refused: Option<IndexRefusal>,
    /// The question that is the reason, if one is.
    pub refused_question: Option<String>,
    /// `small_base`, `single_answer`, `no_variation`, or why it is hidden.
    pub flag: Option<Flag>,
}

/// Why there is no index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum IndexRefusal {
    /// Nobody answered a question.
    NoAnswers,
    /// Nobody said how important a question is, or all said that it is not at all.
    NoImportance,
    /// Fewer than three respondents answered all questions.
    TooFewAnswers,
    /// All gave one question the same answer.
    ConstantQuestion,
    /// A question runs against the others.
    RunsAgainst,
}

impl IndexRefusal {
    /// The name in the report.
    pub fn name(self) -> &'static str {
        match self {
            Self::NoAnswers => "no_answers",
            Self::NoImportance => "no_importance",
            Self::TooFewAnswers => "too_few_answers",
            Self::ConstantQuestion => "constant_question",
            Self::RunsAgainst => "runs_against",
        }
    }
}
