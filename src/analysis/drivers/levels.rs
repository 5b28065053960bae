//! An outcome that is no rating among promoters, passives and detractors, and by score.

use crate::measures::{NpsPoints, Patterns, rounded};
use crate::report::{Box3, OutcomeLevel};
use crate::stats::{Confidence, WeightedPoint, linearised_mean, t_interval, wilson};
use crate::survey::{Measure, Question, Survey};

use super::super::ratings::Ratings;
use super::columns::ModelColumns;

/// The levels of the overall question and of those of promoters.
pub(super) fn levels(
    survey: &Survey,
    columns: &ModelColumns<'_>,
    ratings: &Ratings<'_>,
    confidence: Confidence,
) -> Vec<OutcomeLevel> {
    let rated = survey.questions.iter().filter(|question| {
        question.scale.is_some() && (question.overall || question.measure == Measure::Nps)
    });
    rated.flat_map(|question| of_question(question, columns, ratings, confidence)).collect()
}

fn of_question(
    question: &Question,
    columns: &ModelColumns<'_>,
    ratings: &Ratings<'_>,
    confidence: Confidence,
) -> Vec<OutcomeLevel> {
    let (Some(place), Some(scale)) = (ratings.question(&question.id), &question.scale) else {
        return Vec::new();
    };
    let points = ratings.points(place);
    let mirrored = ratings.is_mirrored(place);
    let index = |answer: usize| if mirrored { points.len() - 1 - answer } else { answer };
    let part = |answer: usize| NpsPoints::of(scale).part(scale, index(answer));
    let level = |level: String, is_in: &dyn Fn(usize) -> bool| {
        let is_row = |row: usize| ratings.answer(place, row).is_some_and(is_in);
        let found = columns.patterns(is_row).ok()?;
        let figure = Figure::of(&found, columns.is_yes_no(), ratings.rows() as u64, confidence)?;
        Some(OutcomeLevel {
            question: question.id.clone(),
            level,
            base: figure.base,
            value: rounded(figure.value),
            low: figure.limits.and_then(|limits| rounded(limits.0)),
            high: figure.limits.and_then(|limits| rounded(limits.1)),
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

/// A mean with its limits.
struct Figure {
    base: u64,
    value: f64,
    limits: Option<(f64, f64)>,
}

impl Figure {
    fn of(patterns: &Patterns, is_share: bool, sampled: u64, confidence: Confidence) -> Option<Self> {
        let values = patterns.values(0);
        let mut points: Vec<WeightedPoint> =
            values.iter().map(|x| WeightedPoint { x: *x, n: 0, w: 0.0, w2: 0.0 }).collect();
        let mut codes = vec![0; patterns.predictors() + 1];
        for pattern in 0..patterns.len() {
            patterns.codes(pattern, &mut codes);
            let point = codes.first().and_then(|code| code.checked_sub(1)).and_then(|at| points.get_mut(at));
            if let Some(point) = point {
                let (count, weight) = patterns.count(pattern);
                let n = f64::from(count);
                point.n += u64::from(count);
                point.w += n * weight;
                point.w2 += n * weight * weight;
            }
        }
        let base: u64 = points.iter().map(|point| point.n).sum();
        // Without weights the answers of the level are the sample, as for every other figure.
        let design = if patterns.is_weighted() { sampled } else { base };
        let Some(found) = linearised_mean(&points, design) else {
            let only = points.iter().find(|point| point.n > 0)?;
            return Some(Self { base, value: only.x, limits: None });
        };
        let limits = if is_share {
            let share = found.mean / 100.0;
            let z = confidence.z();
            let n = if patterns.is_weighted() { found.kish_n } else { base as f64 };
            wilson(share, n, z).map(|limits| (100.0 * limits.low.max(0.0), 100.0 * limits.high.min(1.0)))
        } else if found.se > 0.0 {
            let limits = t_interval(found.mean, found.se, base as f64 - 1.0, confidence);
            limits.map(|limits| (limits.low, limits.high))
        } else {
            None
        };
        Some(Self { base, value: found.mean, limits })
    }
}
