//! Where the whole moves one way and its groups the other (METHODS: Simpson).
//!
//! A difference is split into who answered (mix) and how they answered (within) by each segment by itself. A reversal
//! is named only where the whole difference and the part within have opposite signs and both intervals leave out 0.

use crate::analysis::trend::index::WaveIndex;
use crate::analysis::trend::mix::{Composition, limits, split};
use crate::measures::rounded;
use crate::report::{ComparisonRow, Reversal};

use super::CompareOptions;

/// The reversals of all headlines by every segment that is not raked.
pub(super) fn reversals(
    sides: &[WaveIndex; 2],
    rows: &[ComparisonRow],
    options: &CompareOptions,
) -> Vec<Reversal> {
    let segments: Vec<&str> = sides[1]
        .figures
        .segments
        .iter()
        .map(|segment| segment.id.as_str())
        .filter(|segment| !options.raked.iter().any(|raked| raked == segment))
        .collect();
    let headlines = rows.iter().filter(|row| row.headline);
    let found = headlines.flat_map(|row| {
        segments.iter().filter_map(|segment| reversal(sides, row, segment, options)).collect::<Vec<_>>()
    });
    found.collect()
}

fn reversal(
    sides: &[WaveIndex; 2],
    row: &ComparisonRow,
    segment: &str,
    options: &CompareOptions,
) -> Option<Reversal> {
    let (difference, low, high) = (row.difference?, row.low?, row.high?);
    let composition = |side| Composition::of(side, &row.question, &row.statistic, segment);
    let (a, b) = composition(&sides[0]).zip(composition(&sides[1]))?;
    let split = split(&a, &b, options.confidence)?;
    let within = rounded(split.parts.within.value)?;
    let (within_low, within_high) = limits(&split, split.parts.within.interval);
    let (within_low, within_high) = within_low.zip(within_high)?;
    let is_clear = |low: f64, high: f64| low > 0.0 || high < 0.0;
    let opposite = difference * within < 0.0;
    (opposite && is_clear(low, high) && is_clear(within_low, within_high)).then(|| Reversal {
        question: row.question.clone(),
        statistic: row.statistic.clone(),
        segment: segment.to_owned(),
        difference,
        low,
        high,
        within,
        within_low,
        within_high,
        mix: rounded(split.parts.mix.value).unwrap_or(difference - within),
    })
}
