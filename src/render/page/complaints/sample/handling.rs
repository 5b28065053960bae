//! Made-up deadlines, times and shares.

use indexmap::IndexMap;

use crate::report::{ComplaintDeadline, ComplaintShare, ComplaintTimes, ComplaintTimesTest, TimesQuantile};

pub(super) fn deadlines() -> Vec<ComplaintDeadline> {
    let close = ComplaintDeadline {
        step: "close".into(),
        deadline: Some("30 days".into()),
        by: Some("due_or_deadline".into()),
        cases: Some(1200),
        within: Some(935),
        late: Some(150),
        overdue: Some(15),
        not_yet_due: Some(80),
        no_deadline: Some(5),
        no_time: Some(15),
        judged: Some(1100),
        share: Some(85.0),
        low: Some(82.8),
        high: Some(87.0),
        ..ComplaintDeadline::default()
    };
    let none = ComplaintDeadline {
        step: "respond".into(),
        reason: Some("no_deadline".into()),
        ..ComplaintDeadline::default()
    };
    let hidden = ComplaintDeadline {
        step: "close".into(),
        segment: region("South"),
        by: Some("deadline".into()),
        reason: Some("suppressed".into()),
        ..ComplaintDeadline::default()
    };
    let north = ComplaintDeadline { segment: region("North"), ..close.clone() };
    let quarter = ComplaintDeadline { period: Some("2026-Q1".into()), ..close.clone() };
    let acknowledged =
        ComplaintDeadline { step: "acknowledge".into(), by: Some("deadline".into()), ..close.clone() };
    vec![acknowledged, none, close, north, hidden, quarter]
}

fn region(value: &str) -> IndexMap<String, String> {
    IndexMap::from([("region".to_owned(), value.to_owned())])
}

pub(super) fn times() -> Vec<ComplaintTimes> {
    let quantile =
        |percent, days, high| TimesQuantile { percent, days: Some(days), low: Some(days * 0.8), high };
    let close = ComplaintTimes {
        step: "close".into(),
        cases: Some(1185),
        finished: Some(1095),
        censored: Some(90),
        no_time: Some(15),
        quantiles: vec![
            quantile(50, 5.5, Some(6.5)),
            quantile(80, 12.5, Some(14.0)),
            quantile(90, 31.0, None),
        ],
        longest: Some(120.0),
        ..ComplaintTimes::default()
    };
    let unknown = ComplaintTimes {
        step: "respond".into(),
        reason: Some("no_column".into()),
        ..ComplaintTimes::default()
    };
    vec![
        ComplaintTimes { step: "acknowledge".into(), ..close.clone() },
        unknown,
        ComplaintTimes { step: "decide".into(), ..close.clone() },
        close.clone(),
        ComplaintTimes { segment: region("North"), ..close.clone() },
        ComplaintTimes {
            step: "close".into(),
            segment: region("South"),
            reason: Some("suppressed".into()),
            ..ComplaintTimes::default()
        },
        ComplaintTimes { period: Some("2026-Q1".into()), ..close },
    ]
}

pub(super) fn tests() -> Vec<ComplaintTimesTest> {
    let test = |step: &str, p: Option<f64>, reason: Option<&str>| ComplaintTimesTest {
        step: step.into(),
        segment: "region".into(),
        groups: 2,
        p,
        p_adjusted: p,
        reason: reason.map(str::to_owned),
        ..ComplaintTimesTest::default()
    };
    vec![
        test("close", Some(0.003), None),
        test("decide", Some(0.4), None),
        test("acknowledge", None, Some("too_few_groups")),
    ]
}

pub(super) fn shares() -> Vec<ComplaintShare> {
    let share = |statistic: &str| ComplaintShare {
        statistic: statistic.into(),
        count: Some(120),
        base: Some(1200),
        share: Some(10.0),
        low: Some(8.4),
        high: Some(11.8),
        unknown: Some(4),
        ..ComplaintShare::default()
    };
    let missing = |statistic: &str, reason: &str| ComplaintShare {
        statistic: statistic.into(),
        reason: Some(reason.into()),
        ..ComplaintShare::default()
    };
    vec![
        share("first_contact"),
        share("reopened"),
        share("repeat"),
        missing("recurrent", "suppressed"),
        missing("escalated", "no_column"),
    ]
}
