//! Control charts over periods: counts, rates, shares.

use crate::measures::rounded;
use crate::report::{ControlChart, ControlLimits, PeriodChart, PeriodChartPoint};
use crate::stats::{self, Confidence, EventRate, RunRule, SampledShare};

use super::share::{Part, Share};

/// The fewest periods that set limits.
const LEAST: usize = 3;
/// Fewer periods than this give provisional limits.
const SETTLED: usize = 8;
/// From so many periods on over-dispersion is looked for.
const ENOUGH_FOR_DISPERSION: usize = 12;
/// More variation than chance with a p-value below this calls for wider limits.
const OVERDISPERSED: f64 = 0.05;

/// What was counted in a period.
#[derive(Clone, Debug)]
pub(in crate::analysis) struct Counted {
    /// The label of the period.
    pub(in crate::analysis) period: String,
    /// Whether it is over.
    pub(in crate::analysis) complete: bool,
    /// How many.
    pub(in crate::analysis) events: u64,
    /// The limits of the count.
    pub(in crate::analysis) limits: [Option<f64>; 2],
    /// Of how many, where that is known, above 0.
    pub(in crate::analysis) exposure: Option<u64>,
    /// How many for so many, with its limits, where the exposure is known.
    pub(in crate::analysis) rate: [Option<f64>; 3],
}

/// Rates, each for `per`, where every complete period has one (`rate`, as a u chart), else counts (`count`, as a c chart).
pub(in crate::analysis) fn charted_counts(
    periods: &[Counted],
    (count, rate): (&str, &str),
    per: f64,
) -> PeriodChart {
    let complete: Vec<&Counted> = periods.iter().filter(|period| period.complete).collect();
    let has_rates = !complete.is_empty() && complete.iter().all(|period| period.rate[0].is_some());
    let waves: Vec<EventRate> = complete
        .iter()
        .map(|period| {
            let exposure = period.exposure.filter(|_| has_rates).map(|count| count as f64 / per);
            EventRate { events: period.events, exposure: exposure.unwrap_or(1.0) }
        })
        .collect();
    let baseline = baseline(waves.len());
    let is_over = || stats::u_dispersion(&waves, &baseline).is_some_and(|found| found.p < OVERDISPERSED);
    let (mut name, mut found) = ("c", None);
    if has_rates {
        name = "u";
    }
    if waves.len() > LEAST {
        found = stats::u_chart(&waves, &baseline);
        if waves.len() >= ENOUGH_FOR_DISPERSION && is_over() {
            let laney = stats::laney_u_chart(&waves, &baseline);
            let wider = if has_rates { "laney-u" } else { "laney-c" };
            (name, found) = laney.map_or((name, found), |laney| (wider, Some(laney.chart)));
        }
    }
    let points = periods.iter().map(|of| {
        let [value, low, high] =
            if has_rates { of.rate } else { [Some(of.events as f64), of.limits[0], of.limits[1]] };
        let base = of.exposure.filter(|_| has_rates);
        let (period, complete) = (of.period.clone(), of.complete);
        PeriodChartPoint { period, complete, value, low, high, base, rules: Vec::new() }
    });
    let statistic = if has_rates { rate } else { count };
    charted(statistic, name, points.collect(), found, &baseline, |_| true, 1.0)
}

/// Shares, of periods by label and whether they are over; those without a base are left out of the limits.
pub(in crate::analysis) fn charted_shares(
    statistic: &str,
    periods: &[(String, bool, Part)],
    confidence: Confidence,
) -> PeriodChart {
    let based = |part: &Part| part.base > 0;
    let waves: Vec<SampledShare> = periods
        .iter()
        .filter(|(_, complete, part)| *complete && based(part))
        .map(|(_, _, part)| SampledShare { p: part.count as f64 / part.base as f64, n: part.base as f64 })
        .collect();
    let baseline = baseline(waves.len());
    let is_over = || stats::p_dispersion(&waves, &baseline).is_some_and(|found| found.p < OVERDISPERSED);
    let (mut name, mut found) = ("p", None);
    if waves.len() > LEAST {
        found = stats::p_chart(&waves, &baseline);
        if waves.len() >= ENOUGH_FOR_DISPERSION && is_over() {
            let laney = stats::laney_p_chart(&waves, &baseline);
            (name, found) = laney.map_or((name, found), |laney| ("laney-p", Some(laney.chart)));
        }
    }
    let points = periods.iter().map(|(period, complete, part)| {
        let share = Share::new(*part, confidence);
        PeriodChartPoint {
            period: period.clone(),
            complete: *complete,
            value: share.map(|share| share.percent),
            low: share.map(|share| share.low),
            high: share.map(|share| share.high),
            base: Some(part.base),
            rules: Vec::new(),
        }
    });
    charted(statistic, name, points.collect(), found, &baseline, |point| point.value.is_some(), 100.0)
}

/// All complete periods but the newest, which is judged by the others.
pub(in crate::analysis) fn baseline(complete: usize) -> Vec<bool> {
    (0..complete).map(|place| place + 1 < complete).collect()
}

/// The chart of a figure: limits and signals of the points that are complete and `counts`; `scale` is 100 for shares.
pub(in crate::analysis) fn charted(
    statistic: &str,
    name: &str,
    mut points: Vec<PeriodChartPoint>,
    found: Option<stats::ControlChart>,
    baseline: &[bool],
    counts: impl Fn(&PeriodChartPoint) -> bool,
    scale: f64,
) -> PeriodChart {
    let set = baseline.iter().filter(|sets| **sets).count();
    let Some(found) = found.filter(|_| set >= LEAST) else {
        let reason = Some("too_few_periods".to_owned());
        return PeriodChart { statistic: statistic.to_owned(), points, chart: None, reason };
    };
    let most = if scale > 1.0 { scale } else { f64::MAX };
    let rules = stats::run_rules(&found);
    let (mut limits, mut base) = (Vec::new(), Vec::new());
    let charted = points.iter_mut().filter(|point| point.complete && counts(point));
    for (place, point) in charted.enumerate() {
        point.rules = rules.get(place).into_iter().flatten().map(|rule| rule.name().to_owned()).collect();
        if baseline.get(place) == Some(&true) {
            base.push(point.period.clone());
        }
        if let Some(found) = found.points.get(place).and_then(|point| point.limits) {
            limits.push(ControlLimits {
                wave: point.period.clone(),
                lower: rounded((found.low * scale).max(0.0)).unwrap_or(0.0),
                upper: rounded((found.high * scale).min(most)).unwrap_or(0.0),
            });
        }
    }
    let reason = limits.is_empty().then(|| "no_variation".to_owned());
    let chart = ControlChart {
        type_: name.to_owned(),
        center: rounded(found.centre * scale).unwrap_or(0.0),
        limits,
        rules: RunRule::ALL.iter().map(|rule| rule.name().to_owned()).collect(),
        baseline: base,
        provisional: set < SETTLED,
    };
    PeriodChart { statistic: statistic.to_owned(), points, chart: Some(chart), reason }
}
