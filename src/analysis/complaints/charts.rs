//! Control charts over the periods: counts, rates, shares in time.

use crate::measures::rounded;
use crate::report::{ComplaintChart, ComplaintChartPoint, ComplaintPeriod, ControlChart, ControlLimits};
use crate::stats::{self, Confidence, EventRate, RunRule, SampledShare};

use super::share::Share;
use super::tally::Part;

/// The fewest periods that set limits.
const LEAST: usize = 3;
/// Fewer periods than this give provisional limits.
const SETTLED: usize = 8;
/// From so many periods on over-dispersion is looked for.
const ENOUGH_FOR_DISPERSION: usize = 12;
/// More variation than chance with a p-value below this calls for wider limits.
const OVERDISPERSED: f64 = 0.05;

/// Counts, or rates where every complete period has transactions.
pub(super) fn volume(periods: &[ComplaintPeriod]) -> ComplaintChart {
    let complete: Vec<&ComplaintPeriod> = periods.iter().filter(|period| period.complete).collect();
    let has_rates =
        !complete.is_empty() && complete.iter().all(|period| period.volume.rate_per_1000.is_some());
    let waves: Vec<EventRate> = complete
        .iter()
        .map(|period| {
            let thousands =
                period.volume.transactions.filter(|_| has_rates).map(|count| count as f64 / 1_000.0);
            EventRate { events: period.volume.received, exposure: thousands.unwrap_or(1.0) }
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
    let points = periods.iter().map(|period| {
        let of = &period.volume;
        let (value, low, high) = if has_rates {
            (of.rate_per_1000, of.rate_low, of.rate_high)
        } else {
            (Some(of.received as f64), of.received_low, of.received_high)
        };
        let base = of.transactions.filter(|_| has_rates);
        ComplaintChartPoint {
            period: period.period.clone(),
            complete: period.complete,
            value,
            low,
            high,
            base,
            rules: Vec::new(),
        }
    });
    let statistic = if has_rates { "rate_per_1000" } else { "count" };
    charted(statistic, name, points.collect(), found, &baseline, |_| true, 1.0)
}

/// Shares in time; periods without any judged are left out of the limits.
pub(super) fn in_time(
    statistic: &str,
    periods: &[ComplaintPeriod],
    parts: &[Part],
    confidence: Confidence,
) -> ComplaintChart {
    let counts = |place: usize| parts.get(place).filter(|part| part.base > 0).copied();
    let waves: Vec<SampledShare> = periods
        .iter()
        .enumerate()
        .filter(|(_, period)| period.complete)
        .filter_map(|(place, _)| {
            let part = counts(place)?;
            Some(SampledShare { p: part.count as f64 / part.base as f64, n: part.base as f64 })
        })
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
    let points = periods.iter().enumerate().map(|(place, period)| {
        let share = counts(place).and_then(|part| Share::new(part, confidence));
        ComplaintChartPoint {
            period: period.period.clone(),
            complete: period.complete,
            value: share.map(|share| share.percent),
            low: share.map(|share| share.low),
            high: share.map(|share| share.high),
            base: parts.get(place).map(|part| part.base),
            rules: Vec::new(),
        }
    });
    charted(statistic, name, points.collect(), found, &baseline, |point| point.value.is_some(), 100.0)
}

/// All complete periods but the newest, which is judged by the others.
fn baseline(complete: usize) -> Vec<bool> {
    (0..complete).map(|place| place + 1 < complete).collect()
}

fn charted(
    statistic: &str,
    name: &str,
    mut points: Vec<ComplaintChartPoint>,
    found: Option<stats::ControlChart>,
    baseline: &[bool],
    counts: impl Fn(&ComplaintChartPoint) -> bool,
    scale: f64,
) -> ComplaintChart {
    let set = baseline.iter().filter(|sets| **sets).count();
    let Some(found) = found.filter(|_| set >= LEAST) else {
        let reason = Some("too_few_periods".to_owned());
        return ComplaintChart { statistic: statistic.to_owned(), points, chart: None, reason };
    };
    let most = if scale > 1.0 { scale } else { f64::MAX };
    let rules = stats::run_rules(&found);
    let (mut limits, mut base) = (Vec::new(), Vec::new());
    let charted = points.iter_mut().filter(|point| point.complete && counts(point));
    for (place, point) in charted.enumerate() {
        point.rules =
            rules.get(place).into_iter().flatten().map(|rule| rule_name(*rule).to_owned()).collect();
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
        rules: RULES.iter().map(|rule| rule_name(*rule).to_owned()).collect(),
        baseline: base,
        provisional: set < SETTLED,
    };
    ComplaintChart { statistic: statistic.to_owned(), points, chart: Some(chart), reason }
}

/// The rules that are looked for.
const RULES: [RunRule; 5] = [
    RunRule::BeyondLimits,
    RunRule::RunOfEight,
    RunRule::TwoOfThree,
    RunRule::FourOfFive,
    RunRule::SixRisingOrFalling,
];

fn rule_name(rule: RunRule) -> &'static str {
    match rule {
        RunRule::BeyondLimits => "beyond_limits",
        RunRule::RunOfEight => "run_of_eight",
        RunRule::TwoOfThree => "two_of_three",
        RunRule::FourOfFive => "four_of_five",
        RunRule::SixRisingOrFalling => "six_rising_or_falling",
    }
}
