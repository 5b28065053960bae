//! One question: what it measures, where its answers stand, how they are judged.

use indexmap::IndexMap;

use super::measure::{Better, Headline, Measure};
use super::scale::Scale;

/// Where a question's answers stand. Each list holds alternative column names; the first found is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Columns {
    /// One column.
    One(Vec<String>),
    /// Expectation and perception, or functional and dysfunctional.
    Pair {
        /// Expectation, or functional.
        first: Vec<String>,
        /// Perception, or dysfunctional.
        second: Vec<String>,
    },
}

/// One question of the survey, with every default filled in.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// The id, unique in the survey.
    pub id: String,
    /// What it measures.
    pub measure: Measure,
    /// Where its answers stand.
    pub columns: Columns,
    /// The wording, if given.
    pub text: Option<String>,
    /// The scale of scored measures (csat, nps, ces, rating, gap, importance, kano); `None` for the others.
    pub scale: Option<Scale>,
    /// Codes and labels of choice, multi and checklist, in written order; empty when they are found in the data.
    pub options: IndexMap<String, String>,
    /// What separates the answers of a multi question in one cell.
    pub separator: Option<String>,
    /// Whether this is the outcome that drivers explain.
    pub overall: bool,
    /// The figure on cards; `None` for measures without one (kano, choice, multi, text, checklist).
    pub headline: Option<Headline>,
    /// The target in the headline's unit.
    pub target: Option<f64>,
    /// The dimension it belongs to.
    pub dimension: Option<String>,
    /// The `better` key, when written; else the statistic decides.
    pub better: Option<Better>,
    /// The `driver` key, when written.
    pub driver: Option<bool>,
    /// The version of a ces question: 1 or 2.
    pub version: Option<u8>,
}

impl Question {
    /// Its wording, or its id.
    pub fn label(&self) -> &str {
        self.text.as_deref().unwrap_or(&self.id)
    }

    /// Whether it is a predictor of the overall question: as written, else every other csat and rating question.
    pub fn is_driver(&self) -> bool {
        !self.overall && self.driver.unwrap_or(matches!(self.measure, Measure::Csat | Measure::Rating))
    }
}
