//! The latest complete period against the one before, and against that of last year.
//!
//! Rates and counts: the exact conditional test of two Poisson rates, and their ratio with exact limits (Przyborowski and
//! Wilenski 1940). Shares: Newcombe's interval and the pooled z test. What is recorded without a number of cases behind
//! it has a change and no test. Each kind of contrast is one family (Holm 1979), that of segments one of its own.

use crate::measures::rounded;
use crate::report::{ChangeVerdict, Family, IndicatorChange};
use crate::stats::{self, Confidence, EventRate, Reference, SampledShare};

use super::kind::{IndicatorKind, whole};
use super::line::{Line, Point};

/// A contrast: its name, that of segments, and the number of the period that another is compared with.
pub(super) struct Against<'a> {
    pub(super) name: &'static str,
    pub(super) of_segments: &'static str,
    pub(super) number: &'a dyn Fn(&Line) -> Option<i64>,
    pub(super) label: String,
}

/// The changes of all lines in one contrast, and its families.
pub(super) fn changes(
    lines: &[Line],
    (now, period): (i64, &str),
    against: &Against<'_>,
    making: (f64, Confidence),
) -> (Vec<IndicatorChange>, Vec<Family>) {
    let mut found: Vec<IndicatorChange> = lines
        .iter()
        .map(|line| {
            let mut change = match (against.number)(line) {
                Some(before) => change(line, now, before, making),
                None => none("no_figure_before"),
            };
            period.clone_into(&mut change.period);
            change.against.clone_from(&against.label);
            change
        })
        .collect();
    let mut families = Vec::new();
    for (name, of_all) in [(against.name, true), (against.of_segments, false)] {
        let places: Vec<usize> = (0..lines.len())
            .filter(|place| lines.get(*place).is_some_and(|line| line.is_of_all() == of_all))
            .filter(|place| found.get(*place).is_some_and(|change| change.p.is_some()))
            .collect();
        let p: Vec<f64> = places.iter().filter_map(|place| found.get(*place)?.p).collect();
        let adjusted = stats::holm(&p).unwrap_or_default();
        for (place, adjusted) in places.iter().zip(adjusted) {
            if let Some(change) = found.get_mut(*place) {
                change.p_adjusted = rounded(adjusted);
                change.family_size = Some(p.len() as u64);
                change.verdict = Some(verdict(change, 2.0 * making.1.tail()));
            }
        }
        if !p.is_empty() {
            families.push(Family {
                name: name.to_owned(),
                size: p.len() as u64,
                adjustment: "holm".to_owned(),
            });
        }
    }
    (found, families)
}

fn verdict(change: &IndicatorChange, alpha: f64) -> ChangeVerdict {
    let is_clear = change.p_adjusted.is_some_and(|p| p < alpha);
    match change.change {
        Some(change) if is_clear && change > 0.0 => ChangeVerdict::Up,
        Some(change) if is_clear && change < 0.0 => ChangeVerdict::Down,
        _ => ChangeVerdict::NoClearChange,
    }
}

fn none(reason: &str) -> IndicatorChange {
    IndicatorChange { reason: Some(reason.to_owned()), ..IndicatorChange::default() }
}

fn change(line: &Line, now: i64, before: i64, (per, confidence): (f64, Confidence)) -> IndicatorChange {
    let is_hidden = |number| line.points.get(&number).is_some_and(|point| point.hidden.is_some());
    if is_hidden(now) || is_hidden(before) {
        return none("hidden");
    }
    let Some(now) = line.open(now) else { return none("no_figure") };
    let Some(before) = line.open(before) else { return none("no_figure_before") };
    let difference =
        now.figure.value.zip(before.figure.value).and_then(|(now, before)| rounded(now - before));
    let mut change = IndicatorChange { change: difference, ..IndicatorChange::default() };
    match line.shape.kind {
        IndicatorKind::Ratio | IndicatorKind::Value => change.reason = Some("recorded_figure".to_owned()),
        IndicatorKind::Share => of_shares(&mut change, now, before, confidence),
        IndicatorKind::Rate | IndicatorKind::Count => {
            let rate = |point: &Point| EventRate {
                events: whole(point.value),
                exposure: point.denominator.map_or(1.0, |of| of / per),
            };
            if let Some(found) = rate(now).over(rate(before), confidence) {
                change.ratio = found.ratio.and_then(rounded);
                change.ratio_low = found.limits.low.and_then(rounded);
                change.ratio_high = found.limits.high.and_then(rounded);
                change.p = rounded(found.p);
                change.method = Some("exact-poisson".to_owned());
            }
        }
    }
    change
}

fn of_shares(change: &mut IndicatorChange, now: &Point, before: &Point, confidence: Confidence) {
    let share = |point: &Point| point.denominator.map(|n| SampledShare { p: point.value / n, n });
    let Some((now, before)) = share(now).zip(share(before)) else { return };
    let z = confidence.z();
    if let Some(limits) = stats::newcombe(&now, &before, z, z) {
        change.change_low = rounded(limits.low * 100.0);
        change.change_high = rounded(limits.high * 100.0);
    }
    change.p = stats::pooled_share_test(&now, &before, Reference::Normal).and_then(|test| rounded(test.p));
    change.method = Some("pooled-z".to_owned());
}
