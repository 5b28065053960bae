//! What moved from wave to wave, and why.

use super::WAVE;
use crate::report::{
    AskingChange, Better, Change, ChangeVerdict, ControlChart, ControlLimits, Family, Flag, MovedRating,
    PromoterContributions, SegmentContribution, Tendency, TrendBreak, TrendPoint, TrendSection, Unit,
    WhySection,
};

pub(super) fn overall_trend() -> TrendSection {
    let last_year = Change {
        against: "2024-Q2".into(),
        change: Some(9.3),
        change_low: Some(-2.4),
        change_high: Some(20.6),
        p: Some(0.12),
        p_adjusted: Some(0.36),
        verdict: Some(ChangeVerdict::NoClearChange),
        method: Some("newcombe".into()),
        minimum_detectable: Some(17.0),
        minimum_detectable_adjusted: Some(20.5),
        within_margin: None,
        untested: None,
        family_size: Some(3),
    };
    let no_change = ChangeVerdict::NoClearChange;
    let points = vec![
        TrendPoint { saved: true, ..point("2024-Q1", 60.8, 125) },
        compared(point("2024-Q2", 56.6, 136), "2024-Q1", -4.2, no_change),
        compared(
            TrendPoint { signal: Some("beyond_limits".into()), ..point("2024-Q3", 85.1, 126) },
            "2024-Q2",
            28.5,
            ChangeVerdict::Up,
        ),
        point("2024-Q4", 57.1, 163),
        compared(point("2025-Q1", 64.2, 120), "2024-Q4", 7.1, no_change),
        TrendPoint {
            last_year: Some(last_year),
            mix: Some(0.4),
            mix_low: Some(-0.9),
            mix_high: Some(1.7),
            within: Some(1.3),
            within_low: Some(-10.1),
            within_high: Some(12.9),
            ..compared(point(WAVE, 65.9, 123), "2025-Q1", 1.7, no_change)
        },
        TrendPoint { complete: false, flag: Some(Flag::SmallBase), ..point("2025-Q3", 70.0, 20) },
    ];
    let limits = ["2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4", "2025-Q1", WAVE];
    TrendSection {
        question: "overall".into(),
        statistic: "top_box".into(),
        unit: Unit::Percent,
        better: Some(Better::Higher),
        points,
        mix_segment: Some("region".into()),
        chart: Some(ControlChart {
            type_: "p".into(),
            center: 61.2,
            limits: limits
                .iter()
                .map(|wave| ControlLimits { wave: (*wave).into(), lower: 48.0, upper: 74.4 })
                .collect(),
            rules: vec!["beyond_limits".into(), "run_of_eight".into()],
            baseline: vec!["2024-Q1".into(), "2024-Q2".into(), "2024-Q3".into()],
            provisional: true,
        }),
        tendency: None,
        families: vec![Family { name: "previous".into(), size: 3, adjustment: "holm".into() }],
        breaks: vec![TrendBreak {
            wave: "2024-Q4".into(),
            before: "2024-Q3".into(),
            changed: vec!["wording".into(), "scale".into()],
            bridged: false,
        }],
    }
}

pub(super) fn nps_trend() -> TrendSection {
    let contributions = PromoterContributions { promoters: 2.1, passives: -1.4, detractors: -0.7 };
    TrendSection {
        question: "recommend".into(),
        statistic: "nps".into(),
        unit: Unit::Points,
        better: Some(Better::Higher),
        points: vec![
            point("2025-Q1", 29.9, 117),
            TrendPoint {
                contributions: Some(contributions),
                ..compared(point(WAVE, 31.4, 118), "2025-Q1", 1.4, ChangeVerdict::NoClearChange)
            },
        ],
        mix_segment: None,
        chart: None,
        tendency: Some(Tendency {
            tau: 0.6,
            p: 0.01,
            p_adjusted: 0.03,
            slope: 1.1,
            slope_low: Some(0.2),
            slope_high: Some(1.9),
            waves: 9,
        }),
        families: Vec::new(),
        breaks: Vec::new(),
    }
}

pub(super) fn why() -> WhySection {
    let contribution = |group: Option<&str>| SegmentContribution {
        segment: "region".into(),
        group: group.map(str::to_owned),
        share_before: Some(0.31),
        share_after: Some(0.38),
        value_before: Some(66.0),
        value_after: Some(71.7),
        mix: Some(0.2),
        within: Some(1.9),
    };
    WhySection {
        question: "overall".into(),
        statistic: "top_box".into(),
        wave: WAVE.into(),
        against: "2025-Q1".into(),
        change: Some(1.7),
        asking: vec![AskingChange {
            what: "channel".into(),
            about: "phone".into(),
            before: Some("40 %".into()),
            after: None,
            p: Some(0.02),
        }],
        contributions: vec![contribution(Some("North")), contribution(None)],
        moved: vec![MovedRating {
            question: "ease".into(),
            statistic: "top_box".into(),
            change: 6.2,
            low: Some(0.4),
            high: Some(12.0),
            p_adjusted: Some(0.04),
        }],
    }
}

fn point(wave: &str, value: f64, base: u64) -> TrendPoint {
    TrendPoint {
        wave: wave.into(),
        complete: true,
        value: Some(value),
        low: Some(value - 8.7),
        high: Some(value + 7.8),
        se: Some(4.3),
        base: Some(base),
        ..TrendPoint::default()
    }
}

fn compared(point: TrendPoint, against: &str, change: f64, verdict: ChangeVerdict) -> TrendPoint {
    TrendPoint {
        against: Some(against.into()),
        change: Some(change),
        change_low: Some(change - 11.8),
        change_high: Some(change + 12.1),
        p: Some(0.4),
        p_adjusted: Some(0.78),
        verdict: Some(verdict),
        method: Some("newcombe".into()),
        minimum_detectable: Some(17.2),
        ..point
    }
}
