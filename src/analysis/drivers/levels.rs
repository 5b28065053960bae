//! An outcome that is no rating among promoters, passives and detractors, and by score.

use std::collections::BTreeMap;

use crate::measures::{NpsPoints, rounded};
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
    let mut rows: Rows = BTreeMap::new();
    for row in 0..ratings.rows() {
        let outcome = columns.code(0, row).checked_sub(1);
        if let Some((answer, outcome)) = ratings.answer(place, row).zip(outcome) {
            let weight = ratings.weights().and_then(|weights| weights.get(row)).map_or(0, |w| w.to_bits());
            *rows.entry((answer, outcome, weight)).or_default() += 1;
        }
    }
    let weighted = ratings.weights().is_some();
    let level = |level: String, is_in: &dyn Fn(usize) -> bool| {
        let mut points: Vec<WeightedPoint> =
            columns.values(0).iter().map(|x| WeightedPoint { x: *x, n: 0, w: 0.0, w2: 0.0 }).collect();
        for ((_, outcome, bits), n) in rows.iter().filter(|((answer, ..), _)| is_in(*answer)) {
            let Some(point) = points.get_mut(*outcome) else { continue };
            let weight = if weighted { f64::from_bits(*bits) } else { 1.0 };
            point.n += n;
            point.w += *n as f64 * weight;
            point.w2 += *n as f64 * weight * weight;
        }
        let sampled = weighted.then_some(ratings.rows() as u64);
        let figure = Figure::of(&points, columns.is_yes_no(), sampled, confidence)?;
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

/// How many rows have an answer, an outcome (by its place among the values) and a weight (by its bits): whatever the order
/// of the rows, sums over them are the same to the last digit.
type Rows = BTreeMap<(usize, usize, u64), u64>;

/// A mean with its limits.
struct Figure {
    base: u64,
    value: f64,
    limits: Option<(f64, f64)>,
}

impl Figure {
    /// `sampled` are the rows of the design of a weighted sample; `None` without weights.
    fn of(
        points: &[WeightedPoint],
        is_share: bool,
        sampled: Option<u64>,
        confidence: Confidence,
    ) -> Option<Self> {
        let base: u64 = points.iter().map(|point| point.n).sum();
        // Without weights the answers of the level are the sample, as for every other figure.
        let Some(found) = linearised_mean(points, sampled.unwrap_or(base)) else {
            let only = points.iter().find(|point| point.n > 0)?;
            return Some(Self { base, value: only.x, limits: None });
        };
        let limits = if is_share {
            let n = if sampled.is_some() { found.kish_n } else { base as f64 };
            let limits = wilson(found.mean / 100.0, n, confidence.z());
            limits.map(|limits| (100.0 * limits.low.max(0.0), 100.0 * limits.high.min(1.0)))
        } else if found.se > 0.0 {
            let limits = t_interval(found.mean, found.se, base as f64 - 1.0, confidence);
            limits.map(|limits| (limits.low, limits.high))
        } else {
            None
        };
        Some(Self { base, value: found.mean, limits })
    }
}
