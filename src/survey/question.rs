//! One question: what it measures, where its answers stand, how they are judged.

use indexmap::IndexMap;

use super::checklist::ChecklistItem;
use super::expression::Expression;
use super::label::normalize;
use super::measure::{Better, Headline, KanoTable, Measure};
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

/// The wording and the labels of a question as its definition has them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OwnWords {
    /// The wording, or the id.
    pub text: String,
    /// The labels of the points or options, by code.
    pub labels: IndexMap<String, String>,
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
    /// What tables and charts call it, if given; else its wording.
    pub label: Option<String>,
    /// The wording in other languages, by language.
    pub translations: IndexMap<String, String>,
    /// The scale of scored measures (csat, nps, ces, rating, gap, importance, kano, checklist); `None` for the others.
    pub scale: Option<Scale>,
    /// Codes and labels of choice and multi, in written order; empty when they are found in the data.
    pub options: IndexMap<String, String>,
    /// The labels of the options in other languages, by language and by the label that they stand for.
    pub option_translations: IndexMap<String, IndexMap<String, String>>,
    /// As the definition has it, where wording and labels are now those of another language.
    pub own_words: Option<OwnWords>,
    /// What separates the answers of a multi question in one cell.
    pub separator: Option<String>,
    /// Parts of a cell of a multi question that are no answer, beside those of `[data] missing`.
    pub missing: Vec<String>,
    /// Whether this is the outcome that drivers explain.
    pub overall: bool,
    /// The figure on cards; `None` for measures without one (kano, choice, multi, text).
    pub headline: Option<Headline>,
    /// The target in the headline's unit.
    pub target: Option<f64>,
    /// The block that it was written in.
    pub block: Option<String>,
    /// The dimension it belongs to.
    pub dimension: Option<String>,
    /// The `better` key, when written; else the statistic decides.
    pub better: Option<Better>,
    /// The `driver` key, when written.
    pub driver: Option<bool>,
    /// The version of a ces question: 1 or 2.
    pub version: Option<u8>,
    /// Who was asked: where it is false, a blank is no answer that was withheld.
    pub base: Option<Expression>,
    /// The evaluation table of a Kano question.
    pub evaluation: KanoTable,
    /// Whether its waves are joined although an older definition asked it otherwise.
    pub bridge: bool,
    /// Of an importance question: the id of the question whose importance it asks.
    pub importance_of: Option<String>,
    /// Of a question that is asked a second time: the id of the first asking.
    pub retest_of: Option<String>,
    /// Of a gap question: what else is known of the quality that its pair is about.
    pub qualities: Qualities,
    /// Of a rating: whether it asks directly how the service was against what was expected, the middle of the scale being
    /// as expected.
    pub disconfirmation: bool,
    /// Of an item of a checklist: its clause, and the columns of evidence and owner.
    pub item: ChecklistItem,
}

/// What is known of a characteristic beside what customers expect and perceive, on the scale of its question.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Qualities {
    /// The columns with what would just be adequate; empty where nobody was asked.
    pub adequate: Vec<String>,
    /// What the organisation plans to deliver.
    pub planned: Option<f64>,
    /// What it delivers by its own measurement.
    pub delivered: Option<f64>,
}

/// Gives every importance question that names none the question that its own id tells: `speed` for
/// `speed_importance` and `importance_speed`, unless another importance question names that one.
pub(super) fn pair_importance(questions: &mut [Question]) {
    let mut found: Vec<String> =
        questions.iter().filter_map(|question| question.importance_of.clone()).collect();
    let rated = |question: &&Question| {
        matches!(question.measure, Measure::Csat | Measure::Rating | Measure::Ces | Measure::Kano)
    };
    let rated: Vec<String> = questions.iter().filter(rated).map(|question| question.id.clone()).collect();
    for question in questions.iter_mut() {
        if question.measure != Measure::Importance || question.importance_of.is_some() {
            continue;
        }
        let id = question.id.as_str();
        let stems = [id.strip_suffix("_importance"), id.strip_prefix("importance_")];
        let told = stems.into_iter().flatten().find(|stem| rated.iter().any(|id| id == stem));
        if let Some(told) = told.filter(|told| !found.iter().any(|id| id == told)) {
            found.push(told.to_owned());
            question.importance_of = Some(told.to_owned());
        }
    }
}

impl Question {
    /// Its wording, or its id.
    pub fn wording(&self) -> &str {
        self.text.as_deref().unwrap_or(&self.id)
    }

    /// The labels of its points or options by code; empty where it has none.
    pub fn labels(&self) -> IndexMap<String, String> {
        match &self.scale {
            Some(scale) if self.options.is_empty() => {
                let codes = scale.numbers().map(|point| point.to_string());
                codes.zip(scale.labels.iter().cloned()).collect()
            }
            _ => self.options.clone(),
        }
    }

    /// Every text that stands for an option, with the option's label: codes first, then words in other languages.
    pub fn option_texts(&self) -> IndexMap<String, String> {
        let mut texts = self.options.clone();
        for (label, word) in self.option_translations.values().flatten() {
            texts.entry(normalize(word)).or_insert_with(|| label.clone());
        }
        texts
    }

    /// Whether it is a predictor of the overall question: as written, else every other csat and rating question.
    pub fn is_driver(&self) -> bool {
        !self.overall && self.driver.unwrap_or(matches!(self.measure, Measure::Csat | Measure::Rating))
    }
}
