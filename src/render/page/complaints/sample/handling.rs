//! Made-up deadlines, times and shares.

use indexmap::IndexMap;

use crate::report::{RecordShare, StepDeadline, StepTimes, StepTimesTest, TimesQuantile};

pub(super) fn deadlines() -> Vec<StepDeadline> {
    let close = StepDeadline {
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
        ..StepDeadline::default()
    };
    let none = StepDeadline {
        step: "respond".into(),
        reason: Some("no_deadline".into()),
        ..StepDeadline::default()
    };
    let hidden = StepDeadline {
        step: "close".into(),
        segment: region("South"),
        by: Some("deadline".into()),
        reason: Some("suppressed".into()),
        ..StepDeadline::default()
    };
    let north = StepDeadline { segment: region("North"), ..close.clone() };
    let quarter = StepDeadline { period: Some("2026-Q1".into()), ..close.clone() };
    let acknowledged =
        StepDeadline { step: "acknowledge".into(), by: Some("deadline".into()), ..close.clone() };
    vec![acknowledged, none, close, north, hidden, quarter]
}

fn region(value: &str) -> IndexMap<String, String> {
    IndexMap::from([("region".to_owned(), value.to_owned())])
}

pub(super) fn times() -> Vec<StepTimes> {
    let quantile =
        |percent, days, high| TimesQuantile { percent, days: Some(days), low: Some(days * 0.8), high };
    let close = StepTimes {
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
        ..StepTimes::default()
    };
    let unknown =
        StepTimes { step: "respond".into(), reason: Some("no_column".into()), ..StepTimes::default() };
    vec![
        StepTimes { step: "acknowledge".into(), ..close.clone() },
        unknown,
        StepTimes { step: "decide".into(), ..close.clone() },
        close.clone(),
        StepTimes { segment: region("North"), ..close.clone() },
        StepTimes {
            step: "close".into(),
            segment: region("South"),
            reason: Some("suppressed".into()),
            ..StepTimes::default()
        },
        StepTimes { period: Some("2026-Q1".into()), ..close },
    ]
}

pub(super) fn tests() -> Vec<StepTimesTest> {
    let test = |step: &str, p: Option<f64>, reason: Option<&str>| StepTimesTest {
        step: step.into(),
        segment: "region".into(),
        groups: 2,
        p,
        p_adjusted: p,
        reason: reason.map(str::to_owned),
        ..StepTimesTest::default()
    };
    vec![
        test("close", Some(0.003), None),
        test("decide", Some(0.4), None),
        test("acknowledge", None, Some("too_few_groups")),
    ]
}

pub(super) fn shares() -> Vec<RecordShare> {
    let share = |statistic: &str| RecordShare {
        statistic: statistic.into(),
        count: Some(120),
        base: Some(1200),
        share: Some(10.0),
        low: Some(8.4),
        high: Some(11.8),
        unknown: Some(4),
        ..RecordShare::default()
    };
    let missing = |statistic: &str, reason: &str| RecordShare {
        statistic: statistic.into(),
        reason: Some(reason.into()),
        ..RecordShare::default()
    };
    vec![
        share("first_contact"),
        share("reopened"),
        share("repeat"),
        missing("recurrent", "suppressed"),
        missing("escalated", "no_column"),
    ]
}
