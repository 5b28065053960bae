//! Providers side by side: whether one differs from all together by more than its few cases explain.

use crate::analysis::records::{Grouping, Part, Share};
use crate::measures::rounded;
use crate::report::{DisputeFunnel, Flag, FunnelBounds, FunnelProvider};
use crate::stats::{Confidence, FunnelSide, FunnelUnit, Interval, funnel_limits};
use crate::survey::DisputeOutcome;

use super::tally::{Facts, Tally, outcome_place};

/// The most points of the limits that are drawn.
const MOST_POINTS: u64 = 60;
/// The levels of the limits.
const LEVELS: [f64; 2] = [0.95, 0.998];

/// The funnels of the figures that there are; `tallies` are those of the providers, in the order of the grouping.
pub(super) fn funnels(
    facts: &Facts<'_>,
    grouping: &Grouping,
    tallies: &[Tally],
    hidden: &[Option<Flag>],
    (confidence, flag_below): (Confidence, u64),
) -> Vec<DisputeFunnel> {
    let [settled, .., overturned] = &facts.answers;
    let for_customer = |tally: &Tally| Part {
        count: tally.outcomes[outcome_place(DisputeOutcome::ForCustomer)],
        base: tally.ended(),
    };
    let has_outcomes = facts.cases.categories("outcome").is_some();
    let mut found = Vec::new();
    let mut add = |statistic: &str, is_there: bool, part: &dyn Fn(&Tally) -> Part| {
        if is_there {
            let parts: Vec<Part> = tallies.iter().map(part).collect();
            found.push(funnel(statistic, grouping, &parts, hidden, (confidence, flag_below)));
        }
    };
    add("settled", !settled.is_empty(), &|tally| tally.shares[0]);
    add("for_customer", has_outcomes, &for_customer);
    add("overturned", !overturned.is_empty(), &|tally| tally.shares[4]);
    add("decided_in_time", facts.missing(1).is_none(), &|tally| tally.deadlines[1].part());
    found
}

fn funnel(
    statistic: &str,
    grouping: &Grouping,
    parts: &[Part],
    hidden: &[Option<Flag>],
    (confidence, flag_below): (Confidence, u64),
) -> DisputeFunnel {
    let count = parts.iter().map(|part| part.count).sum();
    let base = parts.iter().map(|part| part.base).sum();
    let units = parts.iter().filter(|part| part.base > 0).count();
    let mut funnel = DisputeFunnel {
        statistic: statistic.to_owned(),
        count,
        base,
        overall: (base > 0).then(|| count as f64 / base as f64 * 100.0).and_then(rounded),
        ..DisputeFunnel::default()
    };
    funnel.reason = match units {
        0 | 1 => Some("too_few_groups"),
        _ if count == 0 || count == base => Some("no_variation"),
        _ => None,
    }
    .map(str::to_owned);
    let is_compared = funnel.reason.is_none();
    let overall = count as f64 / base.max(1) as f64;
    let providers = grouping.groups.iter().zip(parts).zip(hidden).filter(|((_, part), _)| part.base > 0);
    for ((group, part), hidden) in providers {
        let provider = group.segment.values().next().cloned().unwrap_or_default();
        if hidden.is_some() {
            let reason = Some("suppressed".to_owned());
            funnel.providers.push(FunnelProvider { provider, reason, ..FunnelProvider::default() });
            continue;
        }
        let mut row = FunnelProvider {
            provider,
            count: Some(part.count),
            base: Some(part.base),
            few: part.base < flag_below,
            ..FunnelProvider::default()
        };
        if let Some(share) = Share::new(*part, confidence) {
            (row.share, row.low, row.high) = (Some(share.percent), Some(share.low), Some(share.high));
        }
        if is_compared {
            place(&mut row, *part, overall);
        }
        funnel.providers.push(row);
    }
    funnel.providers.sort_by(|one, other| one.provider.cmp(&other.provider));
    // Of a hidden provider neither its number of cases nor, by the sums, its share can be told.
    if funnel.providers.iter().any(|provider| provider.reason.is_some()) {
        let shown = funnel.providers.iter().filter(|provider| provider.reason.is_none());
        let most = shown.filter_map(|provider| provider.base).max().unwrap_or(0);
        funnel.bounds = if is_compared { bounds(overall, most) } else { Vec::new() };
    } else if is_compared {
        funnel.bounds = bounds(overall, parts.iter().map(|part| part.base).max().unwrap_or(0));
    }
    funnel
}

/// Where a provider lies.
fn place(row: &mut FunnelProvider, part: Part, overall: f64) {
    let unit = FunnelUnit { count: part.count, n: part.base };
    let [inner, outer] = LEVELS.map(|level| {
        let confidence = Confidence::new(level)?;
        Some((unit.test(overall, confidence)?, percents(overall, part.base, confidence)?))
    });
    let (Some((test, [low, high])), Some((far, [low_far, high_far]))) = (inner, outer) else { return };
    (row.low_95, row.high_95) = (Some(low), Some(high));
    (row.low_998, row.high_998) = (Some(low_far), Some(high_far));
    row.p = rounded(test.p);
    let place = match (test.side, far.side) {
        (_, FunnelSide::Above) => "above_998",
        (_, FunnelSide::Below) => "below_998",
        (FunnelSide::Above, _) => "above_95",
        (FunnelSide::Below, _) => "below_95",
        _ => "within",
    };
    row.place = Some(place.to_owned());
}

fn percents(overall: f64, cases: u64, confidence: Confidence) -> Option<[f64; 2]> {
    let Interval { low, high } = funnel_limits(overall, cases, confidence)?;
    Some([rounded(low.max(0.0) * 100.0)?, rounded(high.min(1.0) * 100.0)?])
}

/// The limits from one case to the most that a provider has.
fn bounds(overall: f64, most: u64) -> Vec<FunnelBounds> {
    let most = most.max(2);
    let steps = (most - 1).min(MOST_POINTS - 1);
    let at = |step: u64| 1 + step * (most - 1) / steps;
    let bounds = (0..=steps).map(at).filter_map(|cases| {
        let [inner, outer] = LEVELS.map(|level| percents(overall, cases, Confidence::new(level)?));
        let ([low_95, high_95], [low_998, high_998]) = (inner?, outer?);
        Some(FunnelBounds { cases, low_95, high_95, low_998, high_998 })
    });
    bounds.collect()
}
