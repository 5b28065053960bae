//! What customers say of the promises, picked from the figures of a survey.

use crate::report::{Estimate, PromiseAnswer, QuestionSummary, Report};
use crate::survey::{PromisesDefinition, fold};

/// How an answer says yes.
const YES: [&str; 7] = ["yes", "y", "1", "true", "ja", "oui", "sí"];

/// The figures of the questions that the definition names for awareness and satisfaction, from a report of their scores.
///
/// Awareness is the top box of a rating, or the share of the answer that means knowing; satisfaction is the headline.
pub fn promise_answers(report: &Report, definition: &PromisesDefinition) -> Vec<PromiseAnswer> {
    let asked = [("awareness", &definition.awareness), ("satisfaction", &definition.satisfaction)];
    let found = asked.into_iter().filter_map(|(statistic, question)| {
        let question = question.as_deref()?;
        let summary = report.survey.questions.iter().find(|summary| summary.id == question)?;
        let figures = report.estimates.iter().filter(|estimate| {
            estimate.question == question && estimate.segment.is_empty() && estimate.wave == report.waves.wave
        });
        let mut chosen = figures.filter(|estimate| match statistic {
            "awareness" => knows(estimate, summary, definition),
            _ => estimate.headline,
        });
        chosen.next().map(|estimate| answer(statistic, summary, estimate))
    });
    found.collect()
}

/// Whether an estimate is the share of those who know.
fn knows(estimate: &Estimate, summary: &QuestionSummary, definition: &PromisesDefinition) -> bool {
    let Some(code) = estimate.statistic.strip_prefix("share:") else {
        return estimate.statistic == "top_box";
    };
    let label = summary.labels.get(code).map_or("", String::as_str);
    let is_one_of = |text: &str| {
        let text = fold(text);
        if definition.aware.is_empty() {
            YES.contains(&text.as_str())
        } else {
            definition.aware.iter().any(|aware| fold(aware) == text)
        }
    };
    is_one_of(code) || is_one_of(label)
}

fn answer(statistic: &str, summary: &QuestionSummary, estimate: &Estimate) -> PromiseAnswer {
    PromiseAnswer {
        statistic: statistic.to_owned(),
        question: estimate.question.clone(),
        text: summary.text.clone(),
        of: estimate.statistic.clone(),
        wave: estimate.wave.clone(),
        unit: estimate.unit,
        value: estimate.value,
        low: estimate.low,
        high: estimate.high,
        base: estimate.base,
        method: estimate.method.clone(),
    }
}
