//! What drives an outcome: how much of its variation each rating accounts for, how sure, and what a point more goes with.
//!
//! Association, not cause: nobody was assigned to an answer.

mod ask;
mod error;
mod model;

pub use ask::{ContrastPoints, DriversAsk, DriversMissing, OutcomeOf};
pub use error::DriversError;

use crate::survey::Survey;
use crate::tally::Plan;

use self::model::{Answers, Model, Outcome, outcome_variables};
use super::ratings::RatingsAsk;
use super::scope::{Depth, Scope};

/// A report tells drivers from so many on.
const FEWEST_OF_REPORT: usize = 2;

/// Checks what was typed against a survey.
///
/// # Errors
/// What does not fit.
pub fn check_drivers(survey: &Survey, columns: &[String], ask: &DriversAsk) -> Result<(), DriversError> {
    Model::new(survey, columns, ask).map(|_| ())
}

/// What is asked: as typed, else what a report has of itself.
fn asked(survey: &Survey, scope: &Scope) -> Option<DriversAsk> {
    if scope.drivers.is_some() || scope.depth != Depth::Report || scope.crosstab.is_some() {
        return scope.drivers.clone();
    }
    let ask = DriversAsk::default();
    let marked = survey.questions.iter().any(|question| question.overall);
    let model = Model::new(survey, &scope.columns, &ask).ok().filter(|_| marked)?;
    (model.predictors.len() >= FEWEST_OF_REPORT).then_some(ask)
}

/// Adds the answers that are read; whether any are.
pub(super) fn want(survey: &Survey, scope: &Scope, plan: &Plan, into: &mut RatingsAsk) -> bool {
    let Some(ask) = asked(survey, scope) else { return false };
    let Ok(model) = Model::new(survey, &scope.columns, &ask) else { return false };
    match &model.outcome {
        Outcome::Question(question) => into.question(plan, &question.id),
        Outcome::Column { columns, .. } => {
            for variable in outcome_variables(columns) {
                into.extra(variable);
            }
            // Outcomes by promoters and detractors.
            for question in survey.questions.iter().filter(|question| question.scale.is_some()) {
                into.question(plan, &question.id);
            }
        }
    }
    for predictor in &model.predictors {
        match &predictor.answers {
            Answers::Of(id) => into.question(plan, id),
            Answers::Gap { expectation, perception } => {
                into.question(plan, expectation);
                into.question(plan, perception);
            }
        }
    }
    for segment in scope.by.iter().flatten() {
        into.segment(plan, segment);
    }
    true
}
