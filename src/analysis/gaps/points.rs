//! The points that respondents allot to dimensions: shares of a whole that each has by himself.

use crate::analysis::ratings::Ratings;
use crate::survey::{Columns, Dimension, Measure, Question, Survey};

use super::ask::points_id;

/// The question whose answers are the points, where the dimension names one by its id.
pub(super) fn points_question<'a>(survey: &'a Survey, dimension: &Dimension) -> Option<&'a Question> {
    let fits = |question: &&Question| {
        matches!(question.measure, Measure::Number | Measure::Importance)
            && matches!(question.columns, Columns::One(_))
    };
    let [name] = dimension.points.as_slice() else { return None };
    survey.questions.iter().filter(fits).find(|question| question.id == *name)
}

/// Where the points of one dimension stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Source {
    Question(usize),
    Extra(usize),
}

/// The points of all dimensions.
pub(super) struct Points {
    sources: Vec<Source>,
}

impl Points {
    /// Those of dimensions in order; `None` where one has none.
    pub(super) fn of<'d>(
        survey: &Survey,
        ratings: &Ratings,
        dimensions: impl Iterator<Item = Option<(&'d str, &'d Dimension)>>,
    ) -> Option<Self> {
        let sources: Option<Vec<Source>> = dimensions
            .map(|dimension| {
                let (id, dimension) = dimension.filter(|(_, dimension)| !dimension.points.is_empty())?;
                match points_question(survey, dimension) {
                    Some(question) => ratings.question(&question.id).map(Source::Question),
                    None => ratings.extra(&points_id(id)).map(|(column, _)| Source::Extra(column)),
                }
            })
            .collect();
        sources.filter(|sources| !sources.is_empty()).map(|sources| Self { sources })
    }

    /// The share of each dimension of all that a respondent allots; `None` where one lacks, is below 0, or all are 0.
    pub(super) fn shares(&self, ratings: &Ratings, row: usize) -> Option<Vec<f64>> {
        let points: Option<Vec<f64>> = self
            .sources
            .iter()
            .map(|source| {
                let found = match source {
                    Source::Question(question) => ratings.point(*question, row),
                    Source::Extra(column) => ratings.extra_number(*column, row),
                };
                found.filter(|points| *points >= 0.0 && points.is_finite())
            })
            .collect();
        let points = points?;
        let all: f64 = points.iter().sum();
        (all > 0.0).then(|| points.iter().map(|points| points / all).collect())
    }
}
