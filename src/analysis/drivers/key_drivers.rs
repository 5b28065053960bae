//! Drivers whose failures come with dissatisfaction, and whose best answers come with delight.

use crate::measures::{Patterns, key_drivers, rounded};
use crate::report::{KeyDriverRow, KeyDriversTable};
use crate::survey::Measure;

use super::contrast::ends;
use super::model::{Outcome, Predictor};
use super::table::Making;

/// Fewer respondents on a side say too little.
const FEWEST: u64 = 30;

/// Which side is looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// Low answers among the dissatisfied.
    Dissatisfied,
    /// High answers among the delighted.
    Delighted,
}

/// The drivers in order; `None` where the outcome or a driver has no scale, or a side too few respondents.
///
/// `patterns` are of the outcome's own points, whatever of it is explained.
pub(super) fn table(making: &Making<'_>, patterns: &Patterns, side: Side) -> Option<KeyDriversTable> {
    let Outcome::Question(question) = &making.model.outcome else { return None };
    let scale = question.scale.as_ref()?;
    if !making.model.predictors.iter().all(Predictor::is_scale) {
        return None;
    }
    let (low, below_high) = ends(making, 0);
    let is_nps = question.measure == Measure::Nps && scale.points() == NPS_POINTS;
    let (low, below_high) = if is_nps { (DETRACTORS, NPS_POINTS - PROMOTERS) } else { (low, below_high) };
    let outcome = |code: usize| {
        (code > 0).then_some(match side {
            Side::Dissatisfied => code <= low,
            Side::Delighted => code > below_high,
        })
    };
    let limits: Vec<(usize, usize)> =
        (1..=patterns.predictors()).map(|column| ends(making, column)).collect();
    let is_hit = |place: usize, code: usize| {
        limits.get(place).is_some_and(|(low, below_high)| match side {
            Side::Dissatisfied => code > 0 && code <= *low,
            Side::Delighted => code > *below_high,
        })
    };
    let (found, base, base_others) = key_drivers(patterns, outcome, is_hit, making.how.threads)?;
    if base < FEWEST || base_others < FEWEST {
        return None;
    }
    let row = |key: crate::measures::KeyDriver| {
        Some(KeyDriverRow {
            question: making.model.predictors.get(key.predictor)?.id.clone(),
            shapley: rounded(key.shapley)?,
            reach: rounded(key.reach)?,
            noise: rounded(key.noise)?,
            key: key.key,
        })
    };
    Some(KeyDriversTable { base, base_others, rows: found.into_iter().filter_map(row).collect() })
}

/// 0 to 10: detractors to 6, promoters from 9 on.
const NPS_POINTS: usize = 11;
const DETRACTORS: usize = 7;
const PROMOTERS: usize = 2;
