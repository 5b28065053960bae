//! Axes with round marks.

use super::super::chart::Axis;
use super::context::Context;
use crate::report::words::fill;
use crate::report::{QuestionSummary, Unit};

/// At most about so many steps between the marks of an axis.
const STEPS: f64 = 7.0;

/// A window ends at multiples of about this part of what it shows.
const WINDOW_STEPS: f64 = 5.0;

/// A number of steps that differs from a whole one by less than this is that whole number.
const WHOLE: f64 = 1e-9;

/// The range that a unit has by itself; none where only the data know.
pub(super) fn natural_range(
    unit: Unit,
    statistic: &str,
    question: Option<&QuestionSummary>,
) -> Option<(f64, f64)> {
    match unit {
        Unit::Percent | Unit::Index => Some((0.0, 100.0)),
        Unit::Points => Some((-100.0, 100.0)),
        Unit::Scale => {
            let question = question.filter(|question| question.measure != "number")?;
            let [least, most] = question.scale?.map(f64::from);
            let length = most - least;
            let range = if statistic == "gap" { (-length, length) } else { (least, most) };
            (length > 0.0).then_some(range)
        }
        Unit::Days | Unit::Rate | Unit::Count => None,
    }
}

/// An axis over a range, with round marks inside it.
pub(super) fn over(context: &Context, (least, most): (f64, f64), title: String, signed: bool) -> Axis {
    let (least, most) = widened(least, most);
    let step = step((most - least) / STEPS);
    let decimals = decimals(step);
    let mut ticks = Vec::new();
    let mut number = (least / step - WHOLE).ceil();
    while number * step <= most + step * WHOLE && ticks.len() < 16 {
        let mark = number * step;
        ticks.push((mark.clamp(least, most), context.speech.number(mark, decimals, signed)));
        number += 1.0;
    }
    Axis { least, most, ticks, title }
}

/// A readable window about figures, ending at round marks and within the natural range of the unit.
pub(super) fn window(
    figures: impl IntoIterator<Item = f64>,
    natural: Option<(f64, f64)>,
) -> Option<(f64, f64)> {
    let figures: Vec<f64> = figures.into_iter().filter(|figure| figure.is_finite()).collect();
    let least = figures.iter().copied().reduce(f64::min)?;
    let most = figures.iter().copied().reduce(f64::max)?;
    let (least, most) = widened(least, most);
    let step = step((most - least) / WINDOW_STEPS);
    let (from, to) = ((least / step + WHOLE).floor() * step, (most / step - WHOLE).ceil() * step);
    Some(natural.map_or((from, to), |(start, end)| (from.max(start.min(least)), to.min(end.max(most)))))
}

/// What an axis of that unit shows.
pub(super) fn title(context: &Context, unit: Unit, question: Option<&QuestionSummary>) -> String {
    let units = &context.phrases().units;
    match unit {
        Unit::Percent => units.percent_axis.to_owned(),
        Unit::Points => units.points_axis.to_owned(),
        Unit::Index => units.index_axis.to_owned(),
        Unit::Days => units.days_axis.to_owned(),
        Unit::Scale | Unit::Rate | Unit::Count => question
            .filter(|question| question.measure != "number")
            .and_then(|question| question.scale)
            .map_or_else(
                || units.number_axis.to_owned(),
                |[least, most]| fill(units.scale_axis, &[("least", &least), ("most", &most)]),
            ),
    }
}

/// A range that has a length.
fn widened(least: f64, most: f64) -> (f64, f64) {
    let room = least.abs().max(1.0) * WHOLE;
    if most - least > room {
        (least, most)
    } else {
        (least - least.abs().max(1.0) * 0.5, most + most.abs().max(1.0) * 0.5)
    }
}

/// 1, 2 or 5 times a power of ten, at least `wanted`.
fn step(wanted: f64) -> f64 {
    let power = 10_f64.powf(wanted.log10().floor());
    [1.0, 2.0, 5.0]
        .into_iter()
        .map(|digit| digit * power)
        .find(|step| *step >= wanted * (1.0 - WHOLE))
        .unwrap_or(10.0 * power)
}

/// The decimals that a step needs.
fn decimals(step: f64) -> usize {
    (0..9)
        .find(|decimals| step * 10_f64.powi(*decimals) > 1.0 - WHOLE)
        .map_or(0, |decimals| usize::try_from(decimals).unwrap_or(0))
}

#[cfg(test)]
#[allow(clippy::float_cmp)]
mod tests {
    use super::super::super::sample;
    use super::{over, window};
    use crate::render::page::context::Context;

    fn marks(range: (f64, f64), signed: bool) -> Vec<String> {
        let report = sample::empty();
        let axis = over(&Context::new(&report), range, String::new(), signed);
        assert!(axis.least < axis.most);
        for (mark, _) in &axis.ticks {
            assert!((axis.least..=axis.most).contains(mark), "{mark}");
        }
        axis.ticks.into_iter().map(|(_, text)| text).collect()
    }

    #[test]
    fn marks_are_round_and_on_the_axis() {
        assert_eq!(marks((0.0, 100.0), false), ["0", "20", "40", "60", "80", "100"]);
        assert_eq!(marks((-100.0, 100.0), true), ["−100", "−50", "0", "+50", "+100"]);
        assert_eq!(marks((1.0, 5.0), false), ["1", "2", "3", "4", "5"]);
        assert_eq!(marks((1.0, 7.0), false), ["1", "2", "3", "4", "5", "6", "7"]);
        assert_eq!(marks((0.0, 0.3), false), ["0.00", "0.05", "0.10", "0.15", "0.20", "0.25", "0.30"]);
        assert!(!marks((5.0, 5.0), false).is_empty());
        assert!(!marks((0.0, 1e15), false).is_empty());
    }

    #[test]
    fn a_window_ends_at_round_marks_and_keeps_to_the_unit() {
        assert_eq!(window([57.1, 73.6, 65.0], Some((0.0, 100.0))), Some((55.0, 75.0)));
        assert_eq!(window([96.0, 99.9], Some((0.0, 100.0))), Some((96.0, 100.0)));
        assert_eq!(window([3.0], None), Some((1.0, 5.0)));
        assert_eq!(window([], None), None);
        assert_eq!(window([f64::NAN], None), None);
    }
}
