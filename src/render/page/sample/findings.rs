//! One of each finding.

use super::WAVE;
use crate::report::{
    Better, ChangeVerdict, Finding, GroupFigure, Quadrant, TargetVerdict, Unit, WithinMargin,
};

/// One of each finding, with its corners.
pub(super) fn findings() -> Vec<Finding> {
    let figure = |name: &str, value: f64, share| GroupFigure {
        name: name.into(),
        value,
        low: Some(value - 12.0),
        high: Some(value + 11.0),
        share,
        p_adjusted: None,
    };
    let apart = |name: &str, value: f64| GroupFigure { p_adjusted: Some(0.031), ..figure(name, value, None) };
    let gap = |name: &str, value: f64| GroupFigure {
        name: name.into(),
        value,
        low: Some(value - 0.27),
        high: Some(value + 0.27),
        share: None,
        p_adjusted: Some(0.002),
    };
    let target = |verdict, target, low, high| Finding::Target {
        question: "overall".into(),
        statistic: "top_box".into(),
        unit: Unit::Percent,
        value: Some(65.85),
        low,
        high,
        target,
        verdict,
    };
    let change = |verdict, change: f64, better, simpson, within| Finding::Change {
        question: "recommend".into(),
        statistic: "nps".into(),
        unit: Unit::Points,
        better,
        wave: WAVE.into(),
        against: "2025-Q1".into(),
        value: 31.4,
        change,
        low: Some(change - 9.0),
        high: Some(change + 9.0),
        p_adjusted: 0.0123,
        verdict,
        minimum_detectable: Some(24.3),
        within_margin: within,
        simpson,
    };
    let groups = |differs, highest, lowest, apart| Finding::Groups {
        question: "overall".into(),
        statistic: "top_box".into(),
        unit: Unit::Percent,
        segment: "region".into(),
        p_adjusted: if differs { 0.003 } else { 0.41 },
        panels: 8,
        differs,
        highest,
        lowest,
        apart,
    };
    let tendency = |p_adjusted, slope: f64| Finding::Tendency {
        question: "overall".into(),
        statistic: "top_box".into(),
        unit: Unit::Percent,
        waves: 9,
        slope,
        slope_low: Some(slope - 0.4),
        slope_high: Some(slope + 0.4),
        p_adjusted,
    };
    vec![
        target(TargetVerdict::Missed, 80.0, Some(57.1), Some(73.6)),
        target(TargetVerdict::Met, 50.0, Some(57.1), Some(73.6)),
        target(TargetVerdict::CannotTell, 70.0, Some(57.1), Some(73.6)),
        target(TargetVerdict::Met, 60.0, None, None),
        change(ChangeVerdict::Down, -14.0, Some(Better::Higher), true, None),
        change(ChangeVerdict::NoClearChange, 1.4, Some(Better::Higher), false, None),
        change(ChangeVerdict::Up, 14.0, None, false, None),
        change(ChangeVerdict::Up, 14.0, None, false, Some(within(6.4))),
        change(ChangeVerdict::Down, -14.0, Some(Better::Higher), false, Some(within(-21.6))),
        change(ChangeVerdict::AboutEqual, 1.4, None, false, Some(within(-6.2))),
        Finding::NothingChanged { compared: 3, wave: WAVE.into(), against: "2025-Q1".into() },
        Finding::NothingChanged { compared: 1, wave: WAVE.into(), against: "2025-Q1".into() },
        groups(
            true,
            Some(figure("North", 71.7, Some(0.62))),
            Some(figure("South", 54.9, None)),
            vec![apart("North", 11.2), apart("South", -9.4)],
        ),
        groups(false, None, None, vec![apart("South", -9.4)]),
        groups(false, None, None, Vec::new()),
        Finding::Gaps { tested: 2, below: vec![gap("staff", -0.54)], above: Vec::new() },
        Finding::Gaps { tested: 1, below: Vec::new(), above: Vec::new() },
        Finding::Gaps {
            tested: 3,
            below: vec![gap("staff", -0.54), gap("reliability", -0.31)],
            above: vec![gap("ease", 0.4)],
        },
        Finding::Gaps { tested: 3, below: Vec::new(), above: vec![gap("ease", 0.4)] },
        Finding::Priorities {
            settled: vec!["ease".into(), "overall".into()],
            unsettled: Vec::new(),
            quadrant: Quadrant::KeepUpTheGoodWork,
        },
        Finding::Priorities {
            settled: vec!["ease".into()],
            unsettled: vec!["overall".into()],
            quadrant: Quadrant::ConcentrateHere,
        },
        Finding::Priorities {
            settled: Vec::new(),
            unsettled: Vec::new(),
            quadrant: Quadrant::ConcentrateHere,
        },
        tendency(0.004, 1.2),
        tendency(0.3, -0.2),
        Finding::Signal {
            question: "recommend".into(),
            statistic: "nps".into(),
            unit: Unit::Points,
            wave: "2024-Q3".into(),
            value: 37.4,
            rules: "beyond_limits, two_of_three".into(),
        },
    ]
}

/// A margin of 25 points, which the change lies within from that limit on.
fn within(low: f64) -> WithinMargin {
    WithinMargin { margin: 25.0, low, high: low + 15.2, confidence: 0.9 }
}
