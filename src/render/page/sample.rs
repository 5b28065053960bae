//! A hand-made report with every section, for the tests of the page.

use indexmap::IndexMap;

use super::super::gate::sample::row as gate_row;
use super::super::sample;
use crate::report::{
    AskingChange, Better, Box3, Change, ChangeVerdict, ControlChart, ControlLimits, DistributionRow,
    DistributionSection, DocumentSection, Estimate, Family, Finding, FindingsSection, Flag, GapRow,
    GapsSection, GapsTotal, GateComparison, GateOutcome, GateRow, GatesSection, GroupFigure, GroupRow,
    GroupsSection, HeadlinePoints, HomogeneityTest, MovedRating, PrioritiesSection, PriorityRow,
    PromoterContributions, Quadrant, QuestionSummary, Report, Section, SegmentContribution, TargetVerdict,
    Tendency, TrendBreak, TrendPoint, TrendSection, Unit, WhySection, WithinMargin,
};

/// The wave of the report.
const WAVE: &str = "2025-Q2";

/// The bank with every section.
pub(crate) fn full() -> Report {
    full_as(DocumentSection::default())
}

/// The bank with every section, presented in that way.
pub(in crate::render) fn full_as(document: DocumentSection) -> Report {
    let mut report = sample::bank();
    report.survey.objective = Some("Track satisfaction with branches".into());
    for (id, headline, points) in [
        ("overall", "top_box", HeadlinePoints { good: Some([4, 5]), ..HeadlinePoints::default() }),
        ("staff", "gap", HeadlinePoints::default()),
        (
            "recommend",
            "nps",
            HeadlinePoints { good: Some([9, 10]), bad: Some([0, 6]), ..HeadlinePoints::default() },
        ),
        ("ease", "top_box", HeadlinePoints { good: Some([5, 7]), agree: true, ..HeadlinePoints::default() }),
        ("fees_matter", "mean", HeadlinePoints::default()),
    ] {
        let question = report.survey.questions.iter_mut().find(|question| question.id == id).unwrap();
        question.headline = Some(headline.into());
        question.points = Some(points);
        question.scale = question.scale.or(Some([0, 10]));
    }
    let staff = report.survey.questions.iter().find(|question| question.id == "staff").unwrap().clone();
    let reliability = QuestionSummary { id: "reliability".into(), text: "Reliability".into(), ..staff };
    report.survey.questions.push(reliability);
    report.survey.dimensions.insert("tangibles".into(), "What one sees".into());
    let nps = report.estimates.iter().find(|estimate| estimate.statistic == "nps").unwrap().clone();
    for (statistic, value) in [("promoters", 53.4), ("passives", 24.6), ("detractors", 22.0)] {
        report.estimates.push(Estimate {
            statistic: statistic.into(),
            headline: false,
            value: Some(value),
            unit: Unit::Percent,
            low: Some(value - 8.0),
            high: Some(value + 9.0),
            ..nps.clone()
        });
    }
    report.sections = vec![
        Section::Findings(FindingsSection { rows: findings() }),
        Section::Trend(overall_trend()),
        Section::Trend(nps_trend()),
        Section::Why(why()),
        Section::Groups(regions()),
        Section::Groups(hidden_groups()),
        Section::Distribution(distribution("overall", 123, [3.3, 9.8, 21.1, 40.7, 25.1], 2)),
        Section::Distribution(distribution("ease", 119, [4.2, 7.6, 15.1, 42.0, 31.1], 0)),
        Section::Distribution(points("recommend")),
        Section::Distribution(options("channel")),
        Section::Distribution(DistributionSection {
            rows: Vec::new(),
            base: 0,
            flag: Some(Flag::Suppressed),
            ..distribution("wait", 0, [0.0; 5], 0)
        }),
        Section::Gaps(gaps()),
        Section::Priorities(priorities()),
        Section::Gates(gates()),
        Section::Quality(Box::new(super::quality::sample::section())),
        Section::Document(document),
    ];
    report
}

/// One of each finding, with its corners.
fn findings() -> Vec<Finding> {
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

fn overall_trend() -> TrendSection {
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

fn nps_trend() -> TrendSection {
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

fn why() -> WhySection {
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

fn group(name: &str, value: Option<f64>, base: Option<u64>, flag: Option<Flag>) -> GroupRow {
    GroupRow {
        group: name.into(),
        value,
        low: value.map(|value| value - 14.0),
        high: value.map(|value| value + 11.0),
        base,
        base_effective: None,
        flag,
        difference: value.map(|value| value - 62.0),
        difference_low: value.map(|value| value - 78.0),
        difference_high: value.map(|value| value - 46.0),
        p: value.map(|_| 0.2),
        p_adjusted: value.map(|_| 0.4),
        verdict: value.map(|_| ChangeVerdict::NoClearChange),
        first_share: value.filter(|_| flag.is_none()).map(|_| 0.62),
        last_share: value.filter(|_| flag.is_none()).map(|_| 0.1),
        rank_low: value.filter(|_| flag.is_none()).map(|_| 1),
        rank_high: value.filter(|_| flag.is_none()).map(|_| 2),
    }
}

fn regions() -> GroupsSection {
    GroupsSection {
        question: "overall".into(),
        statistic: "top_box".into(),
        unit: Unit::Percent,
        better: Some(Better::Higher),
        segment: "region".into(),
        wave: Some(WAVE.into()),
        test: Some(HomogeneityTest {
            name: "chi-square".into(),
            statistic: 4.1,
            df: 2.0,
            df2: None,
            p: 0.13,
            p_adjusted: 0.26,
        }),
        rows: vec![
            group("South", Some(54.9), Some(37), None),
            GroupRow {
                verdict: Some(ChangeVerdict::Up),
                p_adjusted: Some(0.012),
                ..group("North", Some(71.7), Some(46), None)
            },
            group("West", None, None, Some(Flag::Suppressed)),
            group("East", Some(57.7), Some(26), Some(Flag::SmallBase)),
            group("Centre", None, Some(0), Some(Flag::NoAnswers)),
        ],
        family: Some(Family { name: "rest".into(), size: 3, adjustment: "holm".into() }),
    }
}

/// A panel of another wave in which nothing can be shown.
fn hidden_groups() -> GroupsSection {
    GroupsSection {
        segment: "wave".into(),
        wave: Some("2025-Q1".into()),
        test: None,
        rows: vec![
            group("first", None, None, Some(Flag::Suppressed)),
            group("later", None, None, Some(Flag::Complementary)),
        ],
        family: None,
        ..regions()
    }
}

fn distribution(question: &str, base: u64, percents: [f64; 5], dont_know: u64) -> DistributionSection {
    let labels = ["Very dissatisfied", "Dissatisfied", "Neutral", "Satisfied", "Very satisfied"];
    let boxes = [Box3::Bottom, Box3::Bottom, Box3::Middle, Box3::Top, Box3::Top];
    let rows = labels.iter().zip(boxes).zip(percents).enumerate();
    DistributionSection {
        question: question.into(),
        wave: Some(WAVE.into()),
        base,
        base_weighted: None,
        rows: rows
            .map(|(number, ((label, box_), percent))| DistributionRow {
                code: (number + 1).to_string(),
                label: (*label).into(),
                count: 20,
                percent: Some(percent),
                low: Some((percent - 5.0).max(0.0)),
                high: Some(percent + 6.0),
                box_: Some(box_),
            })
            .collect(),
        ordered: true,
        dont_know,
        dont_know_percent: Some(if dont_know > 0 { 1.6 } else { 0.0 }),
        not_applicable: 0,
        not_applicable_percent: Some(0.0),
        flag: None,
    }
}

fn points(question: &str) -> DistributionSection {
    let rows = (0..=10).map(|point: u32| DistributionRow {
        code: point.to_string(),
        label: point.to_string(),
        count: 10,
        percent: Some(f64::from(point) * 100.0 / 55.0),
        low: None,
        high: None,
        box_: Some(match point {
            0..=6 => Box3::Bottom,
            7 | 8 => Box3::Middle,
            _ => Box3::Top,
        }),
    });
    DistributionSection { rows: rows.collect(), ..distribution(question, 118, [0.0; 5], 0) }
}

fn options(question: &str) -> DistributionSection {
    let option = |code: &str, label: &str, percent: f64| DistributionRow {
        code: code.into(),
        label: label.into(),
        count: 60,
        percent: Some(percent),
        low: Some(percent - 9.0),
        high: Some(percent + 8.0),
        box_: None,
    };
    DistributionSection {
        rows: vec![option("1", "Branch", 60.5), option("2", "Phone", 39.5)],
        ordered: false,
        ..distribution(question, 119, [0.0; 5], 0)
    }
}

fn gaps() -> GapsSection {
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
    };
    GapsSection {
        wave: Some(WAVE.into()),
        rows: vec![row("reliability", 0.01, 0.9), row("staff", -0.5391, 0.0003)],
        total: GapsTotal { unweighted: Some(-0.26), weighted: Some(-0.31), low: None, high: None },
    }
}

/// Every kind of gate and every outcome.
fn gates() -> GatesSection {
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

fn priorities() -> PrioritiesSection {
    let row =
        |question: &str, importance_question: &str, at: (f64, f64), quadrant, probability| PriorityRow {
            question: question.into(),
            importance_question: importance_question.into(),
            dimension: None,
            performance: Some(at.0),
            performance_low: Some(at.0 - 4.0),
            performance_high: Some(at.0 + 4.0),
            importance: Some(at.1),
            importance_low: Some(at.1 - 3.0),
            importance_high: Some(at.1 + 3.0),
            quadrant: Some(quadrant),
            quadrant_probability: Some(probability),
            small_base: false,
        };
    PrioritiesSection {
        wave: Some(WAVE.into()),
        importance_from: "stated".into(),
        crosshair: "means".into(),
        performance_line: 66.0,
        importance_line: 74.0,
        rows: vec![
            row("ease", "fees_matter", (58.0, 80.0), Quadrant::ConcentrateHere, 0.93),
            row("overall", "speed_matters", (69.0, 73.0), Quadrant::PossibleOverkill, 0.55),
        ],
    }
}

/// The same with every label of the survey turned into something that tries to break out.
pub(in crate::render) fn hostile() -> (Report, Vec<&'static str>) {
    const SCRIPT: &str = "</script><script>alert(1)</script>";
    const FORMULA: &str = "=HYPERLINK(\"http://evil\")";
    const RIGHT_TO_LEFT: &str = "\u{202e}שביעות רצון {wave}";
    let mut report = full();
    report.title = SCRIPT.into();
    report.survey.questions[0].text = SCRIPT.into();
    report.survey.segments[0].label = FORMULA.into();
    for section in &mut report.sections {
        match section {
            Section::Groups(groups) => groups.rows[0].group = RIGHT_TO_LEFT.into(),
            Section::Quality(quality) => {
                quality.grids[0].name = RIGHT_TO_LEFT.into();
                quality.items[3].label = Some(SCRIPT.into());
                quality.contradictions[0].condition = FORMULA.into();
            }
            Section::Distribution(distribution) => {
                for row in &mut distribution.rows {
                    row.label = format!("{RIGHT_TO_LEFT}{}", row.code);
                }
            }
            _ => {}
        }
    }
    report.provenance.options = IndexMap::from([("where".into(), SCRIPT.into())]);
    (report, vec![SCRIPT, FORMULA, RIGHT_TO_LEFT])
}
