//! A hand-made section with everything, and one where little could be looked at.

use crate::report::{
    ChangeVerdict, Family, QualityBreakOff, QualityCheck, QualityContradiction, QualityDisposition,
    QualityFlags, QualityGrid, QualityItem, QualityLate, QualityLateRow, QualityProgress, QualityRate,
    QualityResponse, QualitySection, Unit,
};

/// Every check with its limit as a number, in the order of the analysis.
const CHECKS: [(&str, bool, Option<f64>); 13] = [
    ("no_answer", true, None),
    ("stopped", false, None),
    ("duplicate_id", true, None),
    ("repeat_customer", false, None),
    ("duplicate_answers", true, None),
    ("speeder", true, Some(151.5)),
    ("straight_line", true, Some(5.0)),
    ("long_string", true, Some(6.0)),
    ("contradiction", true, None),
    ("out_of_range", true, None),
    ("date_unreadable", true, None),
    ("date_future", true, None),
    ("date_before_start", true, None),
];

/// Every reason why something was not looked at.
pub(super) const REASONS: [&str; 16] = [
    "no_questions",
    "too_few_questions",
    "no_id",
    "no_customer",
    "no_values",
    "too_alike",
    "no_duration",
    "no_durations",
    "too_few_durations",
    "no_grid",
    "no_long_grid",
    "no_condition",
    "no_date",
    "no_start",
    "day_month_open",
    "too_many_rows",
];

/// Everything was looked at but one check.
pub(in crate::render) fn section() -> QualitySection {
    let checks = CHECKS.map(|(code, is_flag, threshold)| QualityCheck {
        code: code.into(),
        is_flag,
        looked_at: Some(1240),
        flagged: Some(31),
        share: Some(0.025),
        rule: Some("a limit in plain English".into()),
        threshold,
        share_of_median: (code == "speeder").then_some(0.5),
        pairs: (code == "duplicate_answers").then_some(41),
        expected_pairs: (code == "duplicate_answers").then_some(0.34),
        ..QualityCheck::default()
    });
    let mut checks = checks.to_vec();
    checks[12] = not_done("date_before_start", "no_start");
    checks[0].flagged = Some(0);
    checks[0].share = Some(0.0);
    checks[8].share = Some(0.0004);
    let item = |question: &str, blank, nonresponse| QualityItem {
        question: question.into(),
        asked: 1240,
        answered: 1200 - blank,
        dont_know: 25,
        blank,
        invalid: 15,
        nonresponse: Some(nonresponse),
        dont_know_share: Some(0.02),
        ..QualityItem::default()
    };
    let items = vec![
        item("overall", 15, 0.024),
        QualityItem { part: Some("expectation".into()), ..item("staff", 5, 0.016) },
        QualityItem { part: Some("functional".into()), ..item("evening", 5, 0.016) },
        QualityItem { label: Some("Anything else?".into()), ..item("comment", 900, 0.74) },
        QualityItem { question: "ease".into(), asked: 1240, answered: 1240, ..QualityItem::default() },
    ];
    let grid = QualityGrid {
        name: "attributes".into(),
        block: true,
        questions: vec!["staff.perception".into(), "evening.dysfunctional".into(), "overall".into()],
        mixed_directions: true,
        looked_at: 1236,
        identical: 31,
        identical_share: Some(0.025),
        longest_run: 8,
        mean_run: Some(2.34),
        run_flagged: None,
    };
    let neighbours = QualityGrid { block: false, mixed_directions: false, ..grid.clone() };
    let unseen = QualityGrid { name: "unseen".into(), looked_at: 0, ..grid.clone() };
    QualitySection {
        wave: None,
        rows: 1240,
        reason: None,
        items,
        progress: QualityProgress {
            order: "columns".into(),
            reason: None,
            no_answer: 1,
            reached_end: 1208,
            stopped: 31,
            break_off: vec![QualityBreakOff {
                question: "overall".into(),
                part: None,
                place: 3,
                of: 11,
                rows: 31,
                share: Some(0.025),
            }],
        },
        checks,
        flags: QualityFlags { none: 1100, one: 100, two: 30, three_or_more: 10 },
        grids: vec![grid, neighbours, unseen],
        contradictions: vec![
            QualityContradiction {
                condition: "overall = 5 and recommend <= 2".into(),
                default: true,
                looked_at: 1199,
                rows: 2,
            },
            QualityContradiction { condition: "met by nobody".into(), ..QualityContradiction::default() },
        ],
        late: late(),
        response: response(),
    }
}

/// Little could be looked at; every reason stands at a check.
pub(super) fn bare() -> QualitySection {
    let mut section = section();
    section.checks = REASONS.iter().map(|reason| not_done("speeder", reason)).collect();
    section.checks.push(QualityCheck {
        code: "speeder".into(),
        is_flag: true,
        threshold: Some(20.0),
        ..QualityCheck::default()
    });
    section.flags = QualityFlags { none: 1240, ..QualityFlags::default() };
    section.progress.order = "definition".into();
    section.late.by = Some("file_order".into());
    section.late.rows.truncate(1);
    section.response.e_source = Some("given".into());
    section
}

fn not_done(code: &str, reason: &str) -> QualityCheck {
    QualityCheck { code: code.into(), is_flag: true, reason: Some(reason.into()), ..QualityCheck::default() }
}

fn late() -> QualityLate {
    let row = QualityLateRow {
        question: "ease".into(),
        statistic: "top_box".into(),
        unit: Some(Unit::Percent),
        early: Some(72.0),
        early_base: Some(413),
        late: Some(70.0),
        late_base: Some(413),
        difference: Some(-2.0),
        low: Some(-8.1),
        high: Some(4.2),
        p: Some(0.53),
        p_adjusted: Some(0.53),
        method: None,
        verdict: Some(ChangeVerdict::NoClearChange),
    };
    let clear = QualityLateRow {
        question: "overall".into(),
        late: Some(57.5),
        difference: Some(-14.5),
        low: Some(-20.6),
        high: Some(-8.2),
        p: Some(0.0001),
        p_adjusted: Some(0.0002),
        verdict: Some(ChangeVerdict::Down),
        ..row.clone()
    };
    QualityLate {
        by: Some("date".into()),
        reason: None,
        early: Some(413),
        late: Some(413),
        rows: vec![row, clear],
        family: Some(Family { name: "late".into(), size: 2, adjustment: "holm".into() }),
    }
}

fn response() -> QualityResponse {
    let dispositions = ["complete", "partial", "refusal", "non_contact", "other", "unknown", "not_eligible"];
    let dispositions = dispositions.map(|name| QualityDisposition { disposition: name.into(), cases: 1200 });
    let rate =
        |name: &str, formula: &str, value| QualityRate { name: name.into(), formula: formula.into(), value };
    QualityResponse {
        source: Some("column".into()),
        reason: None,
        dispositions: dispositions.to_vec(),
        unmatched: Some(3),
        e: Some(0.833_333),
        e_source: Some("computed".into()),
        rates: vec![
            rate("RR1", "I / (I + P + R + NC + O + U)", Some(0.4167)),
            rate("COOP1", "I / (I + P + R + O)", None),
        ],
    }
}
