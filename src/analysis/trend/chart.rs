//! The control chart of a headline: what a wave may be if nothing but chance is at work.
//!
//! Centre and limits come from the complete waves before the newest complete one, so that no wave judges itself;
//! limits are three of each wave's own standard errors about the centre (a p chart for shares, the same for other
//! figures). From twelve waves on, where those waves vary more than chance lets them, limits are stretched: Laney's
//! p' for shares, individual values with moving ranges (XmR) for others. With fewer waves that would hide real moves.
//! With fewer than three waves to set them there are no limits: those of one wave would call every second wave
//! extraordinary. With fewer than eight they are provisional, and so is what they mark: it makes no finding.
//! Only the waves since the last break stand on the chart, and none without a standard error.

use crate::measures::rounded;
use crate::report::{ControlChart, ControlLimits, Estimate, Unit};
use crate::stats::distributions::chi_square_sf;
use crate::stats::{self, RunRule, SampledShare, WaveEstimate, run_rules};

use super::TrendOptions;
use super::changes::joined_from;
use super::index::{Headline, WaveIndex};

/// With fewer waves than this to set them there are no limits.
const LEAST: usize = 3;

/// With fewer waves than this the limits are provisional.
const SETTLED: usize = 8;

/// From so many waves on over-dispersion is looked for.
const ENOUGH_FOR_DISPERSION: usize = 12;

/// Over-dispersion is taken as shown below this p-value.
const OVERDISPERSED: f64 = 0.05;

/// A chart with the rules that each wave breaks.
pub(super) struct Charted {
    pub(super) chart: ControlChart,
    /// By wave: the names of the rules, comma separated.
    pub(super) signals: Vec<(usize, String)>,
}

/// The chart of a headline; `None` where fewer than three waves could set limits, or where nothing varies.
pub(super) fn chart(waves: &[WaveIndex], headline: &Headline, options: &TrendOptions) -> Option<Charted> {
    let from = joined_from(waves, &options.breaks_of(headline.question));
    let charted: Vec<(usize, &Estimate)> = (from..waves.len())
        .filter(|wave| waves[*wave].figures.complete)
        .filter_map(|wave| Some((wave, waves[wave].estimate(headline.question, headline.statistic)?)))
        .filter(|(_, estimate)| has_spread(estimate))
        .collect();
    let (last, _) = charted.split_last()?;
    let newest_complete = (0..waves.len()).rev().find(|wave| waves[*wave].figures.complete);
    // Where the newest complete wave has no figure, all others may set limits.
    let tested = newest_complete == Some(last.0);
    let baseline: Vec<bool> = charted.iter().map(|(wave, _)| !tested || *wave != last.0).collect();
    if baseline.iter().filter(|within| **within).count() < LEAST {
        return None;
    }
    let estimates: Vec<&Estimate> = charted.iter().map(|(_, estimate)| *estimate).collect();
    let (name, found) = if headline.unit == Unit::Percent {
        of_shares(&estimates, &baseline)?
    } else {
        of_figures(&estimates, &baseline)?
    };
    let signals = run_rules(&found).into_iter().zip(&charted).filter_map(|(rules, (wave, _))| {
        let names: Vec<&str> = rules.iter().map(|rule| rule.name()).collect();
        (!names.is_empty()).then(|| (*wave, names.join(", ")))
    });
    let signals = signals.collect();
    let range = range(headline);
    let limits: Vec<ControlLimits> = found
        .points
        .iter()
        .zip(&charted)
        .filter_map(|(point, (wave, _))| {
            let limits = point.limits?;
            Some(ControlLimits {
                wave: waves[*wave].figures.label.clone(),
                lower: rounded(limits.low.clamp(range.0, range.1))?,
                upper: rounded(limits.high.clamp(range.0, range.1))?,
            })
        })
        .collect();
    if limits.is_empty() {
        return None;
    }
    let baseline: Vec<String> = charted
        .iter()
        .zip(&baseline)
        .filter(|(_, within)| **within)
        .map(|((wave, _), _)| waves[*wave].figures.label.clone())
        .collect();
    let provisional = baseline.len() < SETTLED;
    let chart = ControlChart {
        type_: name.to_owned(),
        center: rounded(found.centre)?,
        limits,
        rules: RunRule::ALL.iter().map(|rule| rule.name().to_owned()).collect(),
        baseline,
        provisional,
    };
    Some(Charted { chart, signals })
}

/// Shares keep their chart where all answers are alike; other figures need a standard error. A census has none.
fn has_spread(estimate: &Estimate) -> bool {
    estimate.value.is_some() && estimate.se.is_some() && estimate.base_effective.is_some_and(|n| n > 0.0)
}

fn of_shares(estimates: &[&Estimate], baseline: &[bool]) -> Option<(&'static str, stats::ControlChart)> {
    let shares: Option<Vec<SampledShare>> = estimates
        .iter()
        .map(|estimate| {
            Some(SampledShare { p: (estimate.value? / 100.0).clamp(0.0, 1.0), n: estimate.base_effective? })
        })
        .collect();
    let shares = shares?;
    let overdispersed =
        || stats::p_dispersion(&shares, baseline).is_some_and(|found| found.p < OVERDISPERSED);
    if shares.len() >= ENOUGH_FOR_DISPERSION
        && overdispersed()
        && let Some(laney) = stats::laney_p_chart(&shares, baseline)
    {
        return Some(("laney-p", in_percent(laney.chart)));
    }
    Some(("p", in_percent(stats::p_chart(&shares, baseline)?)))
}

fn of_figures(estimates: &[&Estimate], baseline: &[bool]) -> Option<(&'static str, stats::ControlChart)> {
    let figures: Option<Vec<WaveEstimate>> = estimates
        .iter()
        .map(|estimate| {
            Some(WaveEstimate { value: estimate.value?, se: estimate.se?, n: estimate.base_effective? })
        })
        .collect();
    let figures = figures?;
    let plain = stats::estimate_chart(&figures, baseline)?;
    if figures.len() >= ENOUGH_FOR_DISPERSION && overdispersed(&plain, baseline) {
        let values: Vec<f64> = figures.iter().map(|figure| figure.value).collect();
        if let Some(individual) = stats::xmr_chart(&values, baseline) {
            return Some(("xmr", individual.chart));
        }
    }
    Some(("x", plain))
}

/// Whether figures with standard errors of their own vary more than those allow (Cochran's Q).
fn overdispersed(chart: &stats::ControlChart, baseline: &[bool]) -> bool {
    let within = chart.points.iter().zip(baseline).filter(|(point, within)| **within && point.sigma > 0.0);
    let squares: Vec<f64> =
        within.map(|(point, _)| ((point.value - chart.centre) / point.sigma).powi(2)).collect();
    let df = squares.len().saturating_sub(1) as f64;
    chi_square_sf(squares.iter().sum(), df).is_some_and(|p| p < OVERDISPERSED)
}

fn in_percent(mut chart: stats::ControlChart) -> stats::ControlChart {
    chart.centre *= 100.0;
    for point in &mut chart.points {
        point.value *= 100.0;
        point.sigma *= 100.0;
        point.limits =
            point.limits.and_then(|limits| stats::Interval::new(100.0 * limits.low, 100.0 * limits.high));
    }
    chart
}

/// The least and the greatest possible figure.
fn range(headline: &Headline) -> (f64, f64) {
    match (headline.unit, headline.scale) {
        (Unit::Percent | Unit::Index, _) => (0.0, 100.0),
        (Unit::Points, _) => (-100.0, 100.0),
        (_, Some([min, max])) if headline.statistic == "gap" => {
            (f64::from(min) - f64::from(max), f64::from(max) - f64::from(min))
        }
        (_, Some([min, max])) => (f64::from(min), f64::from(max)),
        _ => (f64::MIN, f64::MAX),
    }
}
