//! Whether indicators and scores move together (ISO 10004:2018, 7.4.5): rank correlations over common periods at several
//! lags, of levels and of first differences, of all and within segments.
//!
//! Two series with a trend correlate whatever they have to do with each other; their changes from period to period do
//! not (Granger and Newbold 1974). Of several lags the one with the smallest p-value is told, and all of them are allowed
//! for. Nothing here says what causes what.

use std::collections::BTreeMap;

use crate::measures::rounded;
use crate::report::{
    Better, Corroboration, CorroborationReversal, CorroborationRow, Family, LaggedChange, LaggedRank,
    ReversalGroup,
};
use crate::stats::{self, Confidence, LEAST_PERIODS, SeriesCorrelation};

use super::line::Line;
use super::scores::ScoreLine;

/// The longest stretch of periods that is looked at: two centuries of days.
const LONGEST: i64 = 75_000;

/// The indicators beside the scores.
pub(super) fn corroboration(
    lines: &[Line],
    scores: Result<(u64, Vec<ScoreLine>), &'static str>,
    lag: u32,
    confidence: Confidence,
) -> Corroboration {
    let mut found =
        Corroboration { lag: lag.into(), least_periods: LEAST_PERIODS as u64, ..Corroboration::default() };
    let scores = match scores {
        Ok((waves, scores)) => {
            found.waves = waves;
            scores
        }
        Err(reason) => {
            found.reason = Some(reason.to_owned());
            return found;
        }
    };
    for of_all in [true, false] {
        for line in lines.iter().filter(|line| line.is_of_all() == of_all) {
            let alike = scores.iter().filter(|score| score.segment == line.segment);
            found.rows.extend(alike.map(|score| row(line, score, lag, confidence)));
        }
    }
    adjust(&mut found, 2.0 * confidence.tail());
    let rows = found.rows.clone();
    for row in found.rows.iter_mut().filter(|row| row.segment.is_empty()) {
        row.reversal = reversal(row, &rows, confidence);
    }
    found
}

fn row(line: &Line, score: &ScoreLine, lag: u32, confidence: Confidence) -> CorroborationRow {
    let own: BTreeMap<i64, f64> =
        line.points.keys().filter_map(|number| Some((*number, line.open(*number)?.figure.value?))).collect();
    let common = own.keys().filter(|number| score.points.contains_key(number)).count() as u64;
    let mut row = CorroborationRow {
        indicator: line.id.clone(),
        question: score.question.clone(),
        name: score.name.clone(),
        statistic: score.statistic.clone(),
        segment: line.segment.clone(),
        common,
        ..CorroborationRow::default()
    };
    let keys = || own.keys().chain(score.points.keys()).copied();
    let (Some(first), Some(last)) = (keys().min(), keys().max()) else {
        return without(row, "too_few_periods");
    };
    // Fewer common periods than are wanted are not made up for by a lag at which there are some.
    if common < LEAST_PERIODS as u64 || last - first > LONGEST {
        return without(row, "too_few_periods");
    }
    let series = |of: &BTreeMap<i64, f64>| (first..=last).map(|at| of.get(&at).copied()).collect::<Vec<_>>();
    let (one, other) = (series(&own), series(&score.points));
    let levels = stats::lagged_correlations(&one, &other, lag, confidence);
    let (one, other) = (differences(&one), differences(&other));
    let changes = stats::lagged_correlations(&one, &other, lag, confidence);
    row.lags = levels
        .iter()
        .filter_map(|level| {
            let found = level.spearman?;
            let change = changes.iter().find(|change| change.lag == level.lag);
            let change = change.and_then(|change| Some((change.n, change.spearman?)));
            let [low, high] = limits(&found);
            Some(LaggedRank {
                lag: level.lag,
                n: level.n as u64,
                r: rounded(found.r)?,
                low,
                high,
                p: rounded(found.p)?,
                p_adjusted: None,
                differences: change.and_then(|(n, found)| lagged_change(n, &found)),
            })
        })
        .collect();
    if row.lags.is_empty() {
        return without(row, "no_variation");
    }
    let earlier = |one: &&LaggedRank, other: &&LaggedRank| {
        let key = |of: &LaggedRank| (of.lag.abs(), of.lag < 0);
        one.p.total_cmp(&other.p).then_with(|| key(one).cmp(&key(other)))
    };
    row.strongest = row.lags.iter().min_by(earlier).map(|found| found.lag);
    let sign = match (line.better, score.better) {
        (Some(Better::Higher), Some(Better::Higher)) | (Some(Better::Lower), Some(Better::Lower)) => {
            Some(1.0)
        }
        (Some(_), Some(_)) => Some(-1.0),
        _ => None,
    };
    row.as_expected = sign.zip(strongest(&row)).map(|(sign, found)| sign * found.r > 0.0);
    row
}

/// First differences to nine decimals, so that equal steps are ties whatever the figures' last digits.
fn differences(series: &[Option<f64>]) -> Vec<Option<f64>> {
    let differences = stats::first_differences(series).into_iter();
    differences.map(|step| step.map(|step| (step * 1e9).round() / 1e9)).collect()
}

fn without(mut row: CorroborationRow, reason: &str) -> CorroborationRow {
    row.reason = Some(reason.to_owned());
    row
}

fn limits(found: &SeriesCorrelation) -> [Option<f64>; 2] {
    [
        found.interval.and_then(|limits| rounded(limits.low)),
        found.interval.and_then(|limits| rounded(limits.high)),
    ]
}

fn lagged_change(n: usize, found: &SeriesCorrelation) -> Option<LaggedChange> {
    let [low, high] = limits(found);
    Some(LaggedChange {
        n: n as u64,
        r: rounded(found.r)?,
        low,
        high,
        p: rounded(found.p)?,
        p_adjusted: None,
    })
}

fn strongest(row: &CorroborationRow) -> Option<&LaggedRank> {
    row.lags.iter().find(|found| Some(found.lag) == row.strongest)
}

/// Adjusts the p-values of each family, and says what is found at the strongest lag.
fn adjust(found: &mut Corroboration, alpha: f64) {
    for of_all in [true, false] {
        let rows = || found.rows.iter().filter(|row| row.segment.is_empty() == of_all);
        let levels: Vec<f64> = rows().flat_map(|row| row.lags.iter().map(|lag| lag.p)).collect();
        let changes: Vec<f64> =
            rows().filter_map(|row| Some(strongest(row)?.differences.as_ref()?.p)).collect();
        let names = if of_all {
            ["levels", "differences"]
        } else {
            ["levels_in_segments", "differences_in_segments"]
        };
        let sizes = [levels.len() as u64, changes.len() as u64];
        let mut levels = stats::holm(&levels).unwrap_or_default().into_iter();
        let mut changes = stats::holm(&changes).unwrap_or_default().into_iter();
        for row in found.rows.iter_mut().filter(|row| row.segment.is_empty() == of_all) {
            for lag in &mut row.lags {
                lag.p_adjusted = levels.next().and_then(rounded);
                if Some(lag.lag) == row.strongest
                    && let Some(change) = &mut lag.differences
                {
                    change.p_adjusted = changes.next().and_then(rounded);
                }
            }
            row.verdict = strongest(row).map(|found| verdict(found, alpha).to_owned());
        }
        for (name, size) in names.into_iter().zip(sizes).filter(|(_, size)| *size > 0) {
            found.families.push(Family { name: name.to_owned(), size, adjustment: "holm".to_owned() });
        }
    }
}

fn verdict(found: &LaggedRank, alpha: f64) -> &'static str {
    let is_clear = |p: Option<f64>| p.is_some_and(|p| p < alpha);
    match &found.differences {
        _ if !is_clear(found.p_adjusted) => "no_clear",
        None => "trend_unknown",
        Some(change) if is_clear(change.p_adjusted) && change.r * found.r > 0.0 => "together",
        Some(_) => "shared_trend",
    }
}

/// The opposite within the values of a segment: both intervals leave out 0, on either side.
fn reversal(
    row: &CorroborationRow,
    rows: &[CorroborationRow],
    confidence: Confidence,
) -> Option<CorroborationReversal> {
    let all = strongest(row)?;
    let is_clear = all.low.zip(all.high).is_some_and(|(low, high)| low > 0.0 || high < 0.0);
    if !is_clear {
        return None;
    }
    let mut segments: BTreeMap<&str, Vec<ReversalGroup>> = BTreeMap::new();
    let alike =
        rows.iter().filter(|other| other.indicator == row.indicator && other.question == row.question);
    for other in alike.filter(|other| other.statistic == row.statistic) {
        let Some((id, value)) = other.segment.first() else { continue };
        let Some(found) = other.lags.iter().find(|lag| lag.lag == all.lag) else { continue };
        let group = ReversalGroup { value: value.clone(), n: found.n, r: found.r };
        segments.entry(id).or_default().push(group);
    }
    segments.into_iter().find_map(|(id, groups)| {
        let parts: Vec<(f64, usize)> =
            groups.iter().map(|group| (group.r, usize::try_from(group.n).unwrap_or(0))).collect();
        let within = stats::pooled_rank_correlation(&parts, confidence)?;
        let is_opposite = if all.r > 0.0 { within.interval.high < 0.0 } else { within.interval.low > 0.0 };
        is_opposite.then_some(())?;
        Some(CorroborationReversal {
            segment: id.to_owned(),
            within: rounded(within.r)?,
            low: rounded(within.interval.low)?,
            high: rounded(within.interval.high)?,
            groups,
        })
    })
}
