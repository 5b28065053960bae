//! Drivers whose failures come with dissatisfaction, and whose best answers come with delight.

use crate::measures::{KeyDriver, Patterns, Reached, key_drivers, rounded};
use crate::report::{KeyDriverRow, KeyDriversTable};
use crate::survey::{Measure, Scale};

use super::contrast::ends;
use super::model::{Outcome, Predictor};
use super::table::Making;

/// Fewer respondents on a side say too little.
const FEWEST: u64 = 30;

/// Low answers among the dissatisfied, and high answers among the delighted: the drivers in order; `None` where the outcome
/// or a driver has no scale, or a side too few respondents.
///
/// `patterns` are of the outcome's own points, whatever of it is explained.
pub(super) fn tables(making: &Making<'_>, patterns: &Patterns) -> [Option<KeyDriversTable>; 2] {
    let Outcome::Question(question) = &making.model.outcome else { return [None, None] };
    let points = question.scale.as_ref().map(Scale::points);
    let Some(points) = points.filter(|_| making.model.predictors.iter().all(Predictor::is_scale)) else {
        return [None, None];
    };
    let (low, below_high) = ends(making, 0);
    let is_nps = question.measure == Measure::Nps && points == NPS_POINTS;
    let (low, below_high) = if is_nps { (DETRACTORS, NPS_POINTS - PROMOTERS) } else { (low, below_high) };
    let limits: Vec<(usize, usize)> =
        (1..=patterns.predictors()).map(|column| ends(making, column)).collect();
    let end = |place: usize, is: &dyn Fn(&(usize, usize)) -> bool| limits.get(place).is_some_and(is);
    let dissatisfied = Reached::new(
        patterns,
        |code| (code > 0).then_some(code <= low),
        |place, code| code > 0 && end(place, &|(low, _)| code <= *low),
    );
    let delighted = Reached::new(
        patterns,
        |code| (code > 0).then_some(code > below_high),
        |place, code| end(place, &|(_, below_high)| code > *below_high),
    );
    let found = key_drivers(patterns, &[dissatisfied, delighted], making.how.threads);
    found.map(|found| table(making, found?))
}

fn table(
    making: &Making<'_>,
    (found, base, base_others): (Vec<KeyDriver>, u64, u64),
) -> Option<KeyDriversTable> {
    if base < FEWEST || base_others < FEWEST {
        return None;
    }
    let row = |key: KeyDriver| {
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
