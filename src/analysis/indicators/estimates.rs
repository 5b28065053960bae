//! The figures as estimates: one object for each indicator, segment value and period, as those of a survey.

use crate::measures::target_verdict;
use crate::report::{Estimate, Flag};
use crate::stats::Confidence;
use crate::survey::{IndicatorsDefinition, fold};

use super::kind::{IndicatorKind, whole};
use super::line::{Line, Point};

/// What is before the id of an indicator in its question.
const QUESTION: &str = "indicators.";

/// The estimates of a line.
pub(super) fn estimates(
    line: &Line,
    definition: &IndicatorsDefinition,
    confidence: Confidence,
    flag_below: u64,
) -> Vec<Estimate> {
    let target = target(line, definition);
    let one = |point: &Point| {
        let kind = line.shape.kind;
        let open = point.hidden.is_none();
        let figure = if open { point.figure } else { super::kind::Figure::default() };
        let base = base(kind, point).filter(|_| open);
        let weighted = point.denominator.filter(|_| open).or_else(|| base.map(|base| base as f64));
        let is_small = kind == IndicatorKind::Share && base.is_some_and(|base| base < flag_below);
        let mut estimate = Estimate {
            question: format!("{QUESTION}{}", line.id),
            measure: "indicator".to_owned(),
            statistic: kind.statistic(definition.per),
            headline: true,
            segment: line.segment.clone(),
            wave: Some(point.period.label.clone()),
            value: figure.value,
            unit: line.shape.unit,
            better: line.better,
            se: figure.se,
            low: figure.low,
            high: figure.high,
            confidence: confidence.level(),
            method: kind.method().map(str::to_owned).filter(|_| figure.value.is_some()),
            base,
            base_weighted: weighted,
            base_effective: base.map(|base| base as f64),
            degrees_of_freedom: None,
            base_kish: None,
            design_effect_kish: None,
            flag: point.hidden.or(is_small.then_some(Flag::SmallBase)),
            target,
            target_verdict: None,
        };
        judge(&mut estimate, kind);
        estimate
    };
    line.points.values().map(one).collect()
}

/// What is counted among, where it is whole; of counts the events themselves.
fn base(kind: IndicatorKind, point: &Point) -> Option<u64> {
    if kind == IndicatorKind::Count {
        return Some(whole(point.value));
    }
    point.denominator.filter(|of| of.fract().abs() <= 0.0).map(whole)
}

/// The organisation's own target, under the id of the indicator or its name.
fn target(line: &Line, definition: &IndicatorsDefinition) -> Option<f64> {
    let mut targets = definition.targets.iter();
    targets.find(|(name, _)| names(line, name)).map(|(_, target)| *target)
}

/// Whether a target's name is that of a line.
pub(super) fn names(line: &Line, name: &str) -> bool {
    line.id == name || fold(&line.name) == fold(name)
}

/// What was recorded is known: it is judged by itself, all else by its limits.
fn judge(estimate: &mut Estimate, kind: IndicatorKind) {
    let (Some(target), Some(better)) = (estimate.target, estimate.better) else { return };
    let limits = match kind {
        IndicatorKind::Ratio | IndicatorKind::Value => estimate.value.map(|value| (value, value)),
        _ => estimate.low.zip(estimate.high),
    };
    if estimate.value.is_some() {
        estimate.target_verdict = Some(target_verdict(limits, target, better));
    }
}
