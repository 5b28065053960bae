//! Gaps, priorities, and limits that were judged.

use super::WAVE;
use crate::render::gate::sample::row as gate_row;
use crate::report::{
    GapRow, GapsSection, GapsTotal, GateComparison, GateOutcome, GateRow, GatesSection, PrioritiesSection,
    PriorityRow, Quadrant, Unit,
};

pub(super) fn gaps() -> GapsSection {
    let row = |question: &str, gap: f64, p_adjusted: f64| GapRow {
        question: question.into(),
        dimension: Some("tangibles".into()),
        base: 115,
        expectation: Some(5.99),
        perception: Some(5.99 + gap),
        gap: Some(gap),
        low: Some(gap - 0.27),
        high: Some(gap + 0.27),
        t: Some(-3.97),
        df: Some(114.0),
        p: Some(p_adjusted / 2.0),
        p_adjusted: Some(p_adjusted),
        dz: Some(-0.37),
        wilcoxon_p: Some(0.0002),
        importance: Some(0.19),
        weighted_gap: Some(-0.1),
        ..GapRow::default()
    };
    GapsSection {
        wave: Some(WAVE.into()),
        rows: vec![row("reliability", 0.01, 0.9), row("staff", -0.5391, 0.0003)],
        total: GapsTotal { unweighted: Some(-0.26), weighted: Some(-0.31), ..GapsTotal::default() },
        ..GapsSection::default()
    }
}

pub(super) fn priorities() -> PrioritiesSection {
    let row =
        |question: &str, importance_question: &str, at: (f64, f64), quadrant, probability| PriorityRow {
            question: question.into(),
            importance_question: Some(importance_question.into()),
            dimension: None,
            performance: Some(at.0),
            performance_low: Some(at.0 - 4.0),
            performance_high: Some(at.0 + 4.0),
            importance: Some(at.1),
            importance_low: Some(at.1 - 3.0),
            importance_high: Some(at.1 + 3.0),
            deficit: Some(at.1 - at.0),
            deficit_low: Some(at.1 - at.0 - 5.0),
            deficit_high: Some(at.1 - at.0 + 5.0),
            quadrant: Some(quadrant),
            quadrant_probability: Some(probability),
            small_base: false,
            ..PriorityRow::default()
        };
    PrioritiesSection {
        wave: Some(WAVE.into()),
        importance_from: "stated".into(),
        crosshair: "means".into(),
        resampled: Some("respondents".into()),
        performance_line: 66.0,
        importance_line: 74.0,
        rows: vec![
            row("ease", "fees_matter", (58.0, 80.0), Quadrant::ConcentrateHere, 0.93),
            row("overall", "speed_matters", (69.0, 73.0), Quadrant::PossibleOverkill, 0.55),
        ],
        ..PrioritiesSection::default()
    }
}

/// Every kind of gate and every outcome.
pub(super) fn gates() -> GatesSection {
    let row = |outcome| GateRow { wave: Some(WAVE.into()), ..gate_row(outcome) };
    let rows = vec![
        row(GateOutcome::Failed),
        GateRow {
            gate: "recommend.low < 20".into(),
            name: Some("floor".into()),
            question: "recommend".into(),
            statistic: "nps".into(),
            of: "low".into(),
            comparison: Some(GateComparison::Below),
            limit: 20.0,
            found: Some(21.2),
            unit: Unit::Points,
            value: Some(31.4),
            low: Some(21.2),
            high: Some(41.4),
            error_rate: Some(0.975),
            ..row(GateOutcome::Passed)
        },
        GateRow {
            gate: "overall.max_drop 5".into(),
            of: "change".into(),
            against: Some("2025-Q1".into()),
            limit: 5.0,
            found: Some(-6.2),
            change_low: Some(-14.0),
            change_high: Some(1.6),
            ..row(GateOutcome::CannotTell)
        },
        GateRow {
            gate: "overall < 50".into(),
            comparison: Some(GateComparison::AtMost),
            segment: [("region".to_owned(), "East".to_owned())].into_iter().collect(),
            limit: 50.0,
            error_rate: Some(0.5),
            reason: Some("a base of 26 is below 30".into()),
            reason_code: Some("gate_small_base".into()),
            reason_values: [("case", "usual"), ("base", "26"), ("below", "30")]
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .into_iter()
                .collect(),
            ..row(GateOutcome::SmallBase)
        },
        GateRow { value: None, low: None, high: None, base: None, found: None, ..row(GateOutcome::NoFigure) },
    ];
    GatesSection { strict: false, error_rate: 0.025, error_rate_any: Some(0.05), rows }
}
