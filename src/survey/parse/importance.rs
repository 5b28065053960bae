//! `importance_of`: which question an importance question is about.

use std::ops::Range;

use super::complaints::Complaints;
use crate::survey::measure::Measure;
use crate::survey::question::Question;
use crate::survey::suggestion::did_you_mean;

/// Checks the questions that name another by `importance_of`, each with where it does; a bad name is dropped.
pub(super) fn check(
    questions: &mut [Question],
    named: &[(usize, Range<usize>)],
    complaints: &mut Complaints<'_>,
) {
    let scored = |question: &&Question| {
        matches!(
            question.measure,
            Measure::Csat | Measure::Rating | Measure::Ces | Measure::Nps | Measure::Gap | Measure::Kano
        )
    };
    let scored: Vec<String> = questions.iter().filter(scored).map(|question| question.id.clone()).collect();
    let mut taken: Vec<(String, String)> = Vec::new();
    for (index, span) in named {
        let Some((id, of)) = questions
            .get(*index)
            .and_then(|question| Some((question.id.clone(), question.importance_of.clone()?)))
        else {
            continue;
        };
        // A key that its measure has no use for is complained about already.
        let fits = questions[*index].measure == Measure::Importance;
        let other = taken.iter().find(|(taken, _)| *taken == of).map(|(_, by)| by.clone());
        let known = scored.contains(&of);
        if fits && known && other.is_none() {
            taken.push((of, id));
            continue;
        }
        questions[*index].importance_of = None;
        if !fits {
            continue;
        }
        if let Some(other) = other {
            complaints.error(
                span.clone(),
                "duplicate_value",
                format!("question `{id}`: the importance of `{of}` is asked by `{other}` already"),
                "a question has one importance",
                "keep `importance_of` on one of them",
            );
            continue;
        }
        let unscored = questions.iter().find(|question| question.id == of);
        let (message, help) = match unscored {
            Some(question) => (
                format!(
                    "question `{id}`: `{of}` is a {} question, which has no score",
                    question.measure.name()
                ),
                "name a csat, rating, ces, nps, gap or kano question".to_owned(),
            ),
            None => (
                format!("question `{id}`: there is no question `{of}`"),
                did_you_mean(&of, scored.iter().map(String::as_str)).map_or_else(
                    || "name the id of the question that it is about".to_owned(),
                    |near| format!("did you mean `{near}`?"),
                ),
            ),
        };
        complaints.error(
            span.clone(),
            "unknown_question",
            message,
            "importance is set against the score of the same thing",
            help,
        );
    }
}
