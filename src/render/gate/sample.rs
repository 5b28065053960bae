//! Hand-made gates for the tests.

use crate::render::sample;
use crate::report::{GateOutcome, GateRow, GatesSection, Report, Section, Unit};

/// A report with these gates.
pub(in crate::render) fn report(rows: Vec<GateRow>) -> Report {
    let mut report = sample::bank();
    let section = GatesSection { strict: false, error_rate: 0.025, error_rate_any: Some(0.025), rows };
    report.sections.push(Section::Gates(section));
    report
}

/// The target of the overall question with that outcome.
pub(in crate::render) fn row(outcome: GateOutcome) -> GateRow {
    GateRow {
        gate: "overall.target 80".into(),
        name: None,
        question: "overall".into(),
        label: None,
        statistic: "top_box".into(),
        of: "value".into(),
        segment: indexmap::IndexMap::new(),
        wave: Some("2025-Q2".into()),
        against: None,
        comparison: None,
        limit: 80.0,
        found: Some(65.9),
        unit: Unit::Percent,
        value: Some(65.9),
        low: Some(57.1),
        high: Some(73.6),
        base: Some(123),
        change_low: None,
        change_high: None,
        error_rate: Some(0.025),
        outcome,
        fails: outcome == GateOutcome::Failed,
        reason: None,
        reason_code: None,
        reason_values: indexmap::IndexMap::new(),
    }
}
