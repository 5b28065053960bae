//! Attributes whose importance nobody was asked: the drivers of an outcome, by their share of R².

use crate::analysis::drivers::Driven;
use crate::measures::rounded;
use crate::report::{DriverRow, PriorityRow, Unranked};
use crate::survey::Survey;

use super::lines::Point;
use super::sureness::limits;

/// The drivers as attributes; `None` where they have no figures.
pub(super) fn rows(survey: &Survey, driven: &Driven, tail: f64) -> Option<Vec<PriorityRow>> {
    let drivers = &driven.section.rows;
    let row = |(place, driver): (usize, &DriverRow)| row(survey, driven, (place, driver), tail);
    (!drivers.is_empty()).then(|| drivers.iter().enumerate().map(row).collect())
}

fn row(survey: &Survey, driven: &Driven, (place, driver): (usize, &DriverRow), tail: f64) -> PriorityRow {
    let stem = driver.question.rsplit_once('.').map_or(driver.question.as_str(), |(stem, _)| stem);
    let question =
        survey.questions.iter().find(|question| question.id == driver.question || question.id == stem);
    let percent = |share: Option<f64>| share.and_then(|share| rounded(100.0 * share));
    let (low, high) = limits(&driven.drawn, place, |point: Point| point.performance, tail);
    let varies = low.zip(high).filter(|(low, high)| low < high);
    PriorityRow {
        question: driver.question.clone(),
        importance_question: None,
        dimension: question.and_then(|question| question.dimension.clone()),
        performance: driver.performance,
        performance_low: varies.and_then(|(low, _)| rounded(low)),
        performance_high: varies.and_then(|(_, high)| rounded(high)),
        importance: percent(driver.share),
        importance_low: percent(driver.share_low),
        importance_high: percent(driver.share_high),
        small_base: driver.base.is_none_or(|base| base < survey.flag_below),
        // To make more of it may be the wrong way, where that is no chance.
        unranked: driven
            .correlation_highs
            .get(place)
            .copied()
            .flatten()
            .is_some_and(|high| high < 0.0)
            .then_some(Unranked::OppositeSign),
        ..PriorityRow::default()
    }
}
