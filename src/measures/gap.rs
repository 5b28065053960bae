//! Gaps: perception minus expectation of the same respondents (Parasuraman, Zeithaml and Berry 1988).
//!
//! All three figures rest on the pairs in which both are answered, so that the gap is the difference of the means.

use std::collections::BTreeMap;

use crate::report::{Estimate, Unit};
use crate::survey::Scale;
use crate::tally::{Count, Joint};

use super::answers::{Answers, sum};
use super::csat::{mean_estimate, mean_limits};
use super::direction::by_best;
use super::intervals::GapMethod;
use super::mean::{Limits, mean};
use super::sheet::{Sheet, Statistic};

/// Perception minus expectation on the question's scale with the pairs that have it, in rising order.
pub fn gap_differences(scale: &Scale, joint: &Joint) -> Vec<(f64, Count)> {
    differences(scale, joint).points().to_vec()
}

pub(super) fn figures(sheet: &Sheet, scale: &Scale, joint: &Joint) -> Vec<Estimate> {
    let context = sheet.context;
    let better = by_best(sheet.question);
    let expectation = margin(joint, joint.first_points, |first, _| first);
    let perception = margin(joint, joint.second_points, |_, second| second);
    let on_scale = |counts: Vec<Count>| {
        let answers = counts.into_iter().enumerate().map(|(index, count)| (scale.value(index), count));
        mean(&Answers::new(answers), mean_limits(context), context)
    };
    let limits = match context.intervals.gap {
        GapMethod::PairedT => Limits::Student { plain: "paired-t", weighted: "paired-t-linearised" },
        GapMethod::BootstrapPercentile => Limits::BootstrapPercentile,
        GapMethod::BootstrapBca => Limits::BootstrapBca,
    };
    let widest = f64::from(scale.max) - f64::from(scale.min);
    let gap = Statistic { name: "gap", unit: Unit::Scale, better, range: Some((-widest, widest)) };
    vec![
        mean_estimate(sheet, scale, "expectation", None, on_scale(expectation)),
        mean_estimate(sheet, scale, "perception", better, on_scale(perception)),
        sheet.estimate(gap, mean(&differences(scale, joint), limits, context)),
    ]
}

fn margin(joint: &Joint, points: usize, of: impl Fn(usize, usize) -> usize) -> Vec<Count> {
    let mut counts = vec![Count::default(); points];
    for (first, second, count) in cells(joint) {
        if let Some(total) = counts.get_mut(of(first, second)) {
            *total = sum([*total, count]);
        }
    }
    counts
}

fn differences(scale: &Scale, joint: &Joint) -> Answers {
    let mut by_first_and_second: BTreeMap<i64, Count> = BTreeMap::new();
    for (first, second, count) in cells(joint) {
        let difference = i64::try_from(second).unwrap_or(0) - i64::try_from(first).unwrap_or(0);
        let total = by_first_and_second.entry(difference).or_default();
        *total = sum([*total, count]);
    }
    // Points are one apart, so differences of indexes are differences of values.
    let step = scale.value(1) - scale.value(0);
    Answers::new(by_first_and_second.into_iter().map(|(difference, count)| (difference as f64 * step, count)))
}

fn cells(joint: &Joint) -> impl Iterator<Item = (usize, usize, Count)> + '_ {
    let columns = joint.second_points.max(1);
    joint.cells.iter().enumerate().map(move |(index, count)| (index / columns, index % columns, *count))
}
