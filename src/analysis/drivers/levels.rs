//! An outcome that is no rating among promoters, passives and detractors, and by score.

use std::collections::BTreeMap;

use crate::measures::{Context, NpsPoints, outcome_mean};
use crate::report::{Box3, OutcomeLevel};
use crate::survey::{Measure, Question, Survey};
use crate::tally::Count;

use super::super::ratings::Ratings;
use super::columns::ModelColumns;

/// The levels of the overall question and of those of promoters.
pub(super) fn levels(
    survey: &Survey,
    columns: &ModelColumns<'_>,
    ratings: &Ratings<'_>,
    context: &Context<'_>,
) -> Vec<OutcomeLevel> {
    let rated = survey.questions.iter().filter(|question| {
        question.scale.is_some() && (question.overall || question.measure == Measure::Nps)
    });
    rated.flat_map(|question| of_question(question, columns, ratings, context)).collect()
}

fn of_question(
    question: &Question,
    columns: &ModelColumns<'_>,
    ratings: &Ratings<'_>,
    context: &Context<'_>,
) -> Vec<OutcomeLevel> {
    let (Some(place), Some(scale)) = (ratings.question(&question.id), &question.scale) else {
        return Vec::new();
    };
    let points = ratings.points(place);
    let mirrored = ratings.is_mirrored(place);
    let index = |answer: usize| if mirrored { points.len() - 1 - answer } else { answer };
    let part = |answer: usize| NpsPoints::of(scale).part(scale, index(answer));
    let mut rows: Rows = BTreeMap::new();
    for row in 0..ratings.rows() {
        let outcome = columns.code(0, row).checked_sub(1);
        if let Some((answer, outcome)) = ratings.answer(place, row).zip(outcome) {
            let weight = ratings.weights().and_then(|weights| weights.get(row)).map_or(0, |w| w.to_bits());
            *rows.entry((answer, outcome, weight)).or_default() += 1;
        }
    }
    let weighted = ratings.weights().is_some();
    let answered: u64 = rows.values().sum();
    let level = |level: String, is_in: &dyn Fn(usize) -> bool| {
        let mut answers: Vec<(f64, Count)> =
            columns.values(0).iter().map(|x| (*x, Count::default())).collect();
        for ((_, outcome, bits), n) in rows.iter().filter(|((answer, ..), _)| is_in(*answer)) {
            let Some((_, count)) = answers.get_mut(*outcome) else { continue };
            let weight = if weighted { f64::from_bits(*bits) } else { 1.0 };
            count.n += n;
            count.w += *n as f64 * weight;
            count.w2 += *n as f64 * weight * weight;
        }
        answers.retain(|(_, count)| count.n > 0);
        let base: u64 = answers.iter().map(|(_, count)| count.n).sum();
        // Of a population a level has the part that it has of the answers, rounded up: where everybody answered,
        // everybody of it did (Cochran 1977, 2.12).
        let population = context.population.and_then(|all| {
            let part = (u128::from(all) * u128::from(base)).div_ceil(u128::from(answered.max(1)));
            u64::try_from(part).ok().map(|part| part.max(base))
        });
        let figure = outcome_mean(&answers, columns.is_yes_no(), &Context { population, ..*context })?;
        Some(OutcomeLevel {
            question: question.id.clone(),
            level,
            base,
            value: Some(figure.value),
            low: figure.limits.map(|limits| limits.0),
            high: figure.limits.map(|limits| limits.1),
            unit: if columns.is_yes_no() { "percent" } else { "number" }.to_owned(),
        })
    };
    let mut found = Vec::new();
    if question.measure == Measure::Nps {
        for (name, wanted) in
            [("promoters", Box3::Top), ("passives", Box3::Middle), ("detractors", Box3::Bottom)]
        {
            found.extend(level(name.to_owned(), &|answer| part(answer) == wanted));
        }
    }
    for (answer, _) in points.iter().enumerate().rev() {
        let name = scale.value(index(answer)).to_string();
        found.extend(level(name, &|given| given == answer));
    }
    found
}

/// How many rows have an answer, an outcome (by its place among the values) and a weight (by its bits): whatever the order
/// of the rows, sums over them are the same to the last digit.
type Rows = BTreeMap<(usize, usize, u64), u64>;
