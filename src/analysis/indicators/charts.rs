//! The figures of a line over its periods, with control limits from the complete ones before the newest.
//!
//! Rates have a u chart, counts a c chart, shares a p chart; from twelve periods on, where they vary more than chance lets
//! them, Laney's wider forms. Plain figures have no error of their own: from twelve periods on they have a chart of
//! individual values and moving ranges (XmR).

use crate::analysis::records::{baseline, charted};
use crate::measures::rounded;
use crate::report::{PeriodChart, PeriodChartPoint};
use crate::stats::{self, EventRate, SampledShare};

use super::kind::{IndicatorKind, whole};
use super::line::{Line, Point};

/// The fewest periods before the newest that set limits.
const LEAST: usize = 3;
/// From so many periods on over-dispersion is looked for, and plain figures have limits.
const MANY: usize = 12;
/// More variation than chance with a p-value below this calls for wider limits.
const OVERDISPERSED: f64 = 0.05;

/// The chart of a line; periods without a figure are points too, so that a gap is seen.
pub(super) fn chart(line: &Line, labels: &[(i64, String)], per: f64) -> PeriodChart {
    let statistic = line.shape.kind.statistic(per);
    let waves: Vec<&Point> = line.points.keys().filter_map(|number| line.open(*number)).collect();
    let points = points(line, labels);
    let sets = baseline(waves.len());
    let (name, found, scale) = match line.shape.kind {
        IndicatorKind::Rate | IndicatorKind::Count => of_counts(line.shape.kind, &waves, &sets, per),
        IndicatorKind::Share => of_shares(&waves, &sets),
        IndicatorKind::Ratio | IndicatorKind::Value => of_figures(&waves, &sets),
    };
    let is_plain = matches!(line.shape.kind, IndicatorKind::Ratio | IndicatorKind::Value);
    let plain = found.clone().filter(|_| is_plain);
    let mut chart = charted(&statistic, name, points, found, &sets, |point| point.value.is_some(), scale);
    if is_plain && waves.len() < MANY {
        chart.reason = Some("too_few_plain_periods".to_owned());
    }
    // A recorded figure may lie below 0, and so may its limits.
    let limits = chart.chart.iter_mut().flat_map(|chart| &mut chart.limits);
    for (limits, point) in limits.zip(plain.iter().flat_map(|plain| &plain.points)) {
        limits.lower = point.limits.and_then(|own| rounded(own.low)).unwrap_or(limits.lower);
    }
    chart
}

fn points(line: &Line, labels: &[(i64, String)]) -> Vec<PeriodChartPoint> {
    let point = |(number, label): &(i64, String)| {
        let found = line.points.get(number);
        let shown = found.filter(|point| point.hidden.is_none());
        PeriodChartPoint {
            period: label.clone(),
            complete: found.is_none_or(|point| point.complete),
            value: shown.and_then(|point| point.figure.value),
            low: shown.and_then(|point| point.figure.low),
            high: shown.and_then(|point| point.figure.high),
            base: shown.and_then(|point| point.denominator).filter(|of| of.fract().abs() <= 0.0).map(whole),
            rules: Vec::new(),
        }
    };
    labels.iter().map(point).collect()
}

type Charted = (&'static str, Option<stats::ControlChart>, f64);

fn of_counts(kind: IndicatorKind, points: &[&Point], sets: &[bool], per: f64) -> Charted {
    let is_count = kind == IndicatorKind::Count;
    let waves: Vec<EventRate> = points
        .iter()
        .map(|point| {
            let exposure = if is_count { 1.0 } else { point.denominator.unwrap_or(0.0) / per };
            EventRate { events: whole(point.value), exposure }
        })
        .collect();
    let (plain, wide) = if is_count { ("c", "laney-c") } else { ("u", "laney-u") };
    if waves.len() <= LEAST {
        return (plain, None, 1.0);
    }
    let is_over = || stats::u_dispersion(&waves, sets).is_some_and(|found| found.p < OVERDISPERSED);
    if waves.len() >= MANY
        && is_over()
        && let Some(laney) = stats::laney_u_chart(&waves, sets)
    {
        return (wide, Some(laney.chart), 1.0);
    }
    (plain, stats::u_chart(&waves, sets), 1.0)
}

fn of_shares(points: &[&Point], sets: &[bool]) -> Charted {
    let share = |point: &&Point| {
        let n = point.denominator?;
        Some(SampledShare { p: point.value / n, n })
    };
    let waves: Vec<SampledShare> = points.iter().filter_map(share).collect();
    if waves.len() <= LEAST || waves.len() != sets.len() {
        return ("p", None, 100.0);
    }
    let is_over = || stats::p_dispersion(&waves, sets).is_some_and(|found| found.p < OVERDISPERSED);
    if waves.len() >= MANY
        && is_over()
        && let Some(laney) = stats::laney_p_chart(&waves, sets)
    {
        return ("laney-p", Some(laney.chart), 100.0);
    }
    ("p", stats::p_chart(&waves, sets), 100.0)
}

fn of_figures(points: &[&Point], sets: &[bool]) -> Charted {
    let values: Vec<f64> = points.iter().filter_map(|point| point.figure.value).collect();
    let found = (values.len() >= MANY && values.len() == sets.len()).then(|| stats::xmr_chart(&values, sets));
    ("xmr", found.flatten().map(|found| found.chart), 1.0)
}
