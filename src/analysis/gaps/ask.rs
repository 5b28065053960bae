//! What is asked of gaps beside their counts, and what a pass has to keep of each row for it.

use crate::analysis::crosstab::Adjustment;
use crate::analysis::plan::question_coding;
use crate::analysis::ratings::RatingsAsk;
use crate::analysis::scope::{Depth, Scope};
use crate::survey::{Measure, Survey};
use crate::tally::{Coding, Plan, Variable};

use super::points::points_question;

/// What is asked of gaps beside what every report says of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GapsAsk {
    /// How p-values are adjusted.
    pub adjustment: Adjustment,
}

impl Default for GapsAsk {
    fn default() -> Self {
        Self { adjustment: Adjustment::Holm }
    }
}

/// The variable of what would just do.
pub(super) fn adequate_id(question: &str) -> String {
    format!("{question}.adequate")
}

/// The variable of the points of a dimension.
pub(super) fn points_id(dimension: &str) -> String {
    format!("dimension.{dimension}.points")
}

/// Adds the columns of the pairs and of what belongs to them; says whether any are wanted.
pub(in crate::analysis) fn want(survey: &Survey, scope: &Scope, plan: &Plan, ask: &mut RatingsAsk) -> bool {
    if scope.gaps.is_none() && scope.depth != Depth::Report {
        return false;
    }
    let mut gaps = survey.questions.iter().filter(|question| question.measure == Measure::Gap).peekable();
    if gaps.peek().is_none() {
        return false;
    }
    for question in gaps {
        for form in ["expectation", "perception"] {
            ask.question(plan, &format!("{}.{form}", question.id));
        }
        if !question.qualities.adequate.is_empty() {
            ask.extra(Variable {
                id: adequate_id(&question.id),
                columns: question.qualities.adequate.clone(),
                coding: question_coding(question),
            });
        }
    }
    for (id, dimension) in survey.dimensions.iter().filter(|(_, dimension)| !dimension.points.is_empty()) {
        match points_question(survey, dimension) {
            Some(question) => ask.question(plan, &question.id),
            None => ask.extra(Variable {
                id: points_id(id),
                columns: dimension.points.clone(),
                coding: Coding::Number,
            }),
        }
    }
    if scope.gaps.is_some() {
        for segment in &survey.segments {
            ask.segment(plan, &segment.id);
        }
    }
    true
}
