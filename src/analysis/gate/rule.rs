//! The gates that are written: conditions, and drops that are allowed.

#![expect(clippy::result_large_err, reason = "a reason is made once a gate, so its size costs nothing")]

use crate::report::{Better, Flag, GateComparison, GateOutcome, GateRow, Note};
use crate::survey::{self, Comparison, GateCondition, GateOf, GateRule};

use super::stratum::Stratum;
use super::{Court, reason, rounded};
use crate::analysis::trend::Against;

/// The method of a change between two censuses, which is exact.
const CENSUS: &str = "census";

/// The limit alone decides, and the true figure is at it: one sample in two lies beyond.
const EVEN: f64 = 0.5;

/// A condition: it fails where it holds. `None` only for a question that the survey does not have, without a statistic.
pub(super) fn condition<'a>(
    court: &Court<'a>,
    asked: &'a GateCondition,
    usual: Option<usize>,
) -> Option<GateRow> {
    let statistic = court.statistic(&asked.question, asked.statistic.as_deref())?;
    let wave = match &asked.wave {
        Some(label) => court.position(label),
        None => usual,
    };
    let figure = Stratum::of(court.judging.waves, wave, &asked.question, statistic, &asked.segment);
    let mut row = figure.row(asked.text.clone(), asked.limit);
    asked.of.name().clone_into(&mut row.of);
    row.comparison = Some(comparison(asked.comparison));
    row.wave = wave.and_then(|wave| court.label(wave)).or_else(|| asked.wave.clone());
    row.error_rate = error_rate(asked.of, asked.comparison, court.judging.confidence.tail());
    let Some(position) = wave else {
        row.because(asked.wave.as_deref().map_or_else(reason::no_wave, reason::no_such_wave));
        return Some(row);
    };
    match found(court, &mut row, &figure, asked, position) {
        Ok(found) => {
            row.found = Some(found);
            let holds = asked.comparison.holds(found, asked.limit);
            row.outcome = if holds { GateOutcome::Failed } else { GateOutcome::Passed };
            if let Some(estimate) =
                figure.estimate.filter(|_| asked.of != GateOf::Base && court.is_small(&figure))
            {
                row.because(reason::small_base(estimate, court.judging.survey.flag_below));
            }
        }
        Err(reason) => row.because(reason),
    }
    Some(row)
}

/// What a condition looks at, or why it is not there.
fn found<'a>(
    court: &Court<'a>,
    row: &mut GateRow,
    figure: &Stratum<'a>,
    asked: &'a GateCondition,
    wave: usize,
) -> Result<f64, Note> {
    let estimate = figure.estimate.ok_or_else(|| figure.why_none())?;
    if asked.of == GateOf::Base {
        // A hidden group's size is hidden too.
        return estimate.base.map(|base| base as f64).ok_or_else(|| figure.why_none());
    }
    let value = estimate.value.ok_or_else(|| figure.why_none())?;
    let census = estimate.flag == Some(Flag::Census);
    if census {
        row.error_rate = None;
    }
    let limits = || figure.limits().ok_or_else(|| reason::no_interval(estimate.flag));
    match asked.of {
        GateOf::Value | GateOf::Base => Ok(value),
        GateOf::Low => limits().map(|(low, _)| low),
        GateOf::High => limits().map(|(_, high)| high),
        GateOf::Change => {
            let change = court.change(
                Against::Previous,
                wave,
                &asked.question,
                &estimate.statistic,
                &asked.segment,
            )?;
            row.against = Some(change.against);
            (row.change_low, row.change_high) = (change.difference.low, change.difference.high);
            Ok(change.difference.value)
        }
    }
}

/// A drop that is allowed: it fails where the whole interval of the change lies beyond, and is kept where the whole
/// interval does not; a small base on either side is an outcome of its own.
pub(super) fn max_drop<'a>(court: &Court<'a>, rule: &'a GateRule, usual: Option<usize>) -> Option<GateRow> {
    let GateRule::MaxDrop { question, statistic: written, segment, drop, against } = rule else {
        return None;
    };
    let statistic = court.statistic(question, written.as_deref())?;
    let figure = Stratum::of(court.judging.waves, usual, question, statistic, segment);
    let mut row = figure.row(rule.text(), *drop);
    GateOf::Change.name().clone_into(&mut row.of);
    row.wave = usual.and_then(|wave| court.label(wave));
    let tail = court.judging.confidence.tail();
    row.error_rate = Some(rounded(if court.judging.strict { 1.0 - tail } else { tail }));
    let Some((position, estimate)) = usual.zip(figure.estimate.filter(|estimate| estimate.value.is_some()))
    else {
        row.because(figure.why_none());
        return Some(row);
    };
    let kind = match against {
        survey::Against::Previous => Against::Previous,
        survey::Against::LastYear => Against::LastYear,
    };
    let change = match court.change(kind, position, question, statistic, segment) {
        Ok(change) => change,
        Err(reason) => {
            row.because(reason);
            return Some(row);
        }
    };
    let found = change.difference;
    row.against = Some(change.against);
    row.found = Some(found.value);
    (row.change_low, row.change_high) = (found.low, found.high);
    let exact = found.method.as_deref() == Some(CENSUS);
    if exact {
        row.error_rate = None;
    }
    let small = [Some(estimate), change.before].into_iter().flatten().find(|side| court.is_small_base(side));
    if let Some(small) = small {
        row.outcome = GateOutcome::SmallBase;
        row.because(reason::small_base(small, court.judging.survey.flag_below));
        return Some(row);
    }
    let limits = if exact { Some((found.value, found.value)) } else { found.low.zip(found.high) };
    // A drop of a figure of which less is better is a rise.
    let for_better = match estimate.better {
        Some(Better::Lower) => limits.map(|(low, high)| (-high, -low)),
        Some(Better::Higher) | None => limits,
    };
    row.outcome = match for_better {
        Some((_, most)) if most < -drop => GateOutcome::Failed,
        Some((least, _)) if least >= -drop => GateOutcome::Passed,
        _ => GateOutcome::CannotTell,
    };
    if limits.is_none() {
        row.because(reason::change_without_interval());
    } else if estimate.better.is_none() {
        row.because(reason::falls());
    }
    Some(row)
}

/// How often a condition holds by chance where the true figure is exactly at its limit.
///
/// `high < 20` holds where the whole interval is below, `low < 20` unless the whole interval is above: that asks for
/// proof, and fails most samples of a figure that is just good enough.
fn error_rate(of: GateOf, comparison: Comparison, tail: f64) -> Option<f64> {
    let below = matches!(comparison, Comparison::Below | Comparison::AtMost);
    match of {
        GateOf::Base => None,
        GateOf::Value | GateOf::Change => Some(EVEN),
        GateOf::High => Some(rounded(if below { tail } else { 1.0 - tail })),
        GateOf::Low => Some(rounded(if below { 1.0 - tail } else { tail })),
    }
}

fn comparison(written: Comparison) -> GateComparison {
    match written {
        Comparison::Below => GateComparison::Below,
        Comparison::AtMost => GateComparison::AtMost,
        Comparison::Above => GateComparison::Above,
        Comparison::AtLeast => GateComparison::AtLeast,
    }
}
