//! Penalty and reward: what low and high answers of each driver do to the outcome, against those in between.
//!
//! Low are the two lowest points, one on scales of less than five, high is the highest; a driver with too few rows at an end
//! stays in the model, and is not spoken of.

use crate::measures::rounded;
use crate::report::{DriverCaution, DriverFactor, DriverRow};
use crate::stats::AttributeLevels;

use super::model_rows::CompleteRows;
use super::table::Making;

/// Fewer rows at an end say too little.
const FEWEST: usize = 30;

/// Adds the effects to the rows of drivers.
pub(super) fn add(making: &Making<'_>, whole: &CompleteRows, rows: &mut [DriverRow]) {
    // A driver with nobody at an end, or everybody, has no effect of it: it is left out, and so is its part of the model.
    let levels: Vec<Option<AttributeLevels>> =
        (0..rows.len()).map(|place| levels(making, whole, place)).collect();
    let usable = |levels: &AttributeLevels| {
        let varies = |is: &[bool]| is.iter().any(|is| *is) && is.iter().any(|is| !is);
        varies(&levels.low) && varies(&levels.high)
    };
    let of_model: Vec<(usize, &AttributeLevels)> = levels
        .iter()
        .enumerate()
        .filter_map(|(place, levels)| {
            levels.as_ref().filter(|levels| usable(levels)).map(|levels| (place, levels))
        })
        .collect();
    let listed: Vec<AttributeLevels> = of_model.iter().map(|(_, levels)| (*levels).clone()).collect();
    let effects = if listed.is_empty() { None } else { whole.contrast(&listed) };
    let alpha = 2.0 * making.how.confidence.tail();
    let count = |is: &[bool]| is.iter().filter(|is| **is).count();
    for (place, levels) in levels.iter().enumerate() {
        let (Some(levels), Some(row)) = (levels, rows.get_mut(place)) else { continue };
        let (low, high) = (count(&levels.low), count(&levels.high));
        (row.penalty_base, row.reward_base) = (Some(low as u64), Some(high as u64));
        if low < FEWEST || high < FEWEST {
            row.cautions.push(DriverCaution::FewAtAnEnd);
            continue;
        }
        let found = of_model.iter().position(|(known, _)| *known == place);
        let Some(effect) = effects.as_ref().zip(found).and_then(|(effects, found)| effects.get(found)) else {
            continue;
        };
        row.penalty = rounded(effect.penalty.estimate);
        row.reward = rounded(effect.reward.estimate);
        row.asymmetry_p = rounded(effect.asymmetry.p);
        row.factor = Some(if effect.asymmetry.p >= alpha {
            DriverFactor::Performance
        } else if effect.asymmetry.estimate < 0.0 {
            DriverFactor::Basic
        } else {
            DriverFactor::Excitement
        });
    }
}

/// By row whether a driver is low and whether it is high; `None` for free numbers and differences.
fn levels(making: &Making<'_>, whole: &CompleteRows, place: usize) -> Option<AttributeLevels> {
    making.model.predictors.get(place).filter(|predictor| predictor.is_scale())?;
    let (low, high) = ends(making, place + 1);
    Some(AttributeLevels {
        low: whole.at(place, |code| code > 0 && code <= low),
        high: whole.at(place, |code| code > high),
    })
}

/// The last low code of a column, and the last code below the high ones.
pub(super) fn ends(making: &Making<'_>, column: usize) -> (usize, usize) {
    let points = making.columns.values(column).len();
    let (low, high) = making.ask.contrast.counts(points);
    (low, points.saturating_sub(high).max(low))
}
