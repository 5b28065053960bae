//! Satisfaction and other rating scales: top box, mean, 0-100 index, bottom box, net.
//!
//! The top box stands at the best end of the scale, the bottom box at the worst. The index is
//! 100 (mean - min) / (max - min), turned round where the smallest number is best, so that 100 is always the best.

use crate::report::{Better, Estimate, Unit};
use crate::survey::{Best, Scale};

use super::answers::Answers;
use super::balance::Balance;
use super::context::Context;
use super::direction::by_best;
use super::figure::Figure;
use super::intervals::MeanMethod;
use super::mean::{Limits, mean};
use super::part::{Part, sum};
use super::proportion::proportion;
use super::sheet::{Sheet, Statistic};

pub(super) fn figures(sheet: &Sheet, scale: &Scale, points: &[Part]) -> Vec<Estimate> {
    let mean = scale_mean(scale, points, sheet.context);
    vec![
        top_box(sheet, scale, points),
        mean_estimate(sheet, scale, "mean", by_best(sheet.question), mean.clone()),
        index(sheet, scale, mean),
        bottom_box(sheet, scale, points),
        net(sheet, scale, points),
    ]
}

pub(super) fn top_box(sheet: &Sheet, scale: &Scale, points: &[Part]) -> Estimate {
    let figure = share(points, |index| scale.in_top(index), sheet.context);
    sheet.estimate(Statistic::percent("top_box", Some(Better::Higher)), figure)
}

/// The share of the points that `counted` picks, in percent.
pub(super) fn share(points: &[Part], counted: impl Fn(usize) -> bool, context: &Context) -> Option<Figure> {
    let part = |wanted: bool| {
        sum(points.iter().enumerate().filter(|(index, _)| counted(*index) == wanted).map(|(_, part)| part))
    };
    proportion(&part(true), &part(false), context).map(|figure| figure.scaled(100.0, 0.0))
}

/// The mean on the question's own scale.
pub(super) fn scale_mean(scale: &Scale, points: &[Part], context: &Context) -> Option<Figure> {
    let answers =
        Answers::new(points.iter().enumerate().map(|(index, part)| (scale.value(index), part.clone())));
    mean(&answers, mean_limits(context), context)
}

pub(super) fn mean_estimate(
    sheet: &Sheet,
    scale: &Scale,
    name: &str,
    better: Option<Better>,
    figure: Option<Figure>,
) -> Estimate {
    let range = Some((f64::from(scale.min), f64::from(scale.max)));
    sheet.estimate(Statistic { name, unit: Unit::Scale, better, range }, figure)
}

pub(super) fn mean_limits(context: &Context) -> Limits {
    match context.intervals.mean {
        MeanMethod::T => Limits::Student { plain: "t", weighted: "t-linearised" },
        MeanMethod::BootstrapPercentile => Limits::BootstrapPercentile,
        MeanMethod::BootstrapBca => Limits::BootstrapBca,
    }
}

fn index(sheet: &Sheet, scale: &Scale, mean: Option<Figure>) -> Estimate {
    let (min, max) = (f64::from(scale.min), f64::from(scale.max));
    let factor = 100.0 / (max - min);
    let figure = mean.filter(|_| factor.is_finite()).map(|figure| match scale.best {
        Best::High => figure.scaled(factor, -factor * min),
        Best::Low => figure.scaled(-factor, factor * max),
    });
    let statistic = Statistic {
        name: "index",
        unit: Unit::Index,
        better: Some(Better::Higher),
        range: Some((0.0, 100.0)),
    };
    sheet.estimate(statistic, figure)
}

fn bottom_box(sheet: &Sheet, scale: &Scale, points: &[Part]) -> Estimate {
    let figure = share(points, |index| scale.in_bottom(index), sheet.context);
    sheet.estimate(Statistic::percent("bottom_box", Some(Better::Lower)), figure)
}

fn net(sheet: &Sheet, scale: &Scale, points: &[Part]) -> Estimate {
    let mut balance = Balance::default();
    for (index, point) in points.iter().enumerate() {
        // Points in both boxes of a short scale cancel.
        let part = match (scale.in_top(index), scale.in_bottom(index)) {
            (true, false) => &mut balance.above,
            (false, true) => &mut balance.below,
            _ => &mut balance.between,
        };
        part.add(point);
    }
    let figure = balance.figure(sheet.context).map(|figure| figure.scaled(100.0, 0.0));
    sheet.estimate(Statistic::points("net", Some(Better::Higher)), figure)
}
