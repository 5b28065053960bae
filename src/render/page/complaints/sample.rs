//! A made-up section with all parts filled, one with nothing, one of a single period, and one with hostile texts.

use indexmap::IndexMap;

use crate::report::{
    AgeBands, Better, ComplaintCategories, ComplaintCategory, ComplaintChart, ComplaintChartPoint,
    ComplaintColumn, ComplaintDeadline, ComplaintFault, ComplaintOutcome, ComplaintOutcomes, ComplaintPeriod,
    ComplaintRemedy, ComplaintSatisfaction, ComplaintSatisfied, ComplaintSegment, ComplaintSeverity,
    ComplaintShare, ComplaintStatus, ComplaintTimes, ComplaintTimesTest, ComplaintVolume, ComplaintsCounted,
    ComplaintsSection, ControlChart, ControlLimits, Estimate, HomogeneityTest, JoinedText, LedgerPlace,
    LeftOut, TargetVerdict, TimesQuantile, Unit, WorkingClock,
};

/// Every code of a fault.
pub(super) const FAULTS: [&str; 19] = [
    "closed_before_received",
    "acknowledged_before_received",
    "responded_before_received",
    "decided_before_received",
    "due_before_received",
    "open_with_close_date",
    "closed_without_date",
    "ended_after_as_of",
    "negative_cost",
    "undeclared_status",
    "unknown_outcome",
    "unknown_severity",
    "satisfaction_out_of_range",
    "unreadable",
    "out_of_reach",
    "month_only",
    "repeated_id",
    "repeated_record",
    "dates_in_two_shapes",
];

/// Every field of a definition.
const FIELDS: [&str; 22] = [
    "id",
    "customer",
    "received",
    "acknowledged",
    "responded",
    "decided",
    "closed",
    "due",
    "status",
    "category",
    "kind",
    "channel",
    "severity",
    "outcome",
    "remedy_cost",
    "reopened",
    "recurrent",
    "first_contact",
    "escalated",
    "promise",
    "process_satisfaction",
    "outcome_satisfaction",
];

/// What may become of an odd record.
const TREATMENTS: [&str; 6] =
    ["counted_without_time", "counted_as_open", "counted_as_closed", "left_out", "cell_left_out", "counted"];

/// Everything there can be.
pub(in crate::render) fn section() -> ComplaintsSection {
    ComplaintsSection {
        as_of: "2026-06-30".into(),
        as_of_moment: "2026-06-30T23:59:59".into(),
        as_of_from: "definition".into(),
        every: "quarter".into(),
        confidence: 0.95,
        counted: counted(),
        columns: FIELDS.map(column).to_vec(),
        statuses: [
            ("Closed", Some("closed")),
            ("In work", Some("open")),
            ("Duplicate", Some("left_out")),
            ("?", None),
        ]
        .map(|(status, state)| ComplaintStatus {
            status: status.into(),
            records: 310,
            state: state.map(str::to_owned),
            declared: state.is_some(),
            escalated: status == "In work",
        })
        .to_vec(),
        segments: vec![ComplaintSegment {
            id: "region".into(),
            column: "Region".into(),
            values: vec!["North".into(), "South".into()],
            without: Some(3),
        }],
        clock: Some(WorkingClock {
            business_hours: "Mon-Fri 09:00-17:00".into(),
            holidays: 11,
            holidays_known: true,
            time_zone: Some("Europe/Berlin".into()),
        }),
        volume: volume(1200),
        periods: vec![period("2026-Q1", 500, true, true), period("2026-Q2", 700, true, false)],
        backlog: Some(bands(90)),
        deadlines: deadlines(),
        times: times(),
        time_tests: tests(),
        categories: Some(categories(["Late delivery", "Damage", "Price", "Other"])),
        severity: Some(ComplaintSeverity {
            cases: 1100,
            without: 100,
            most: 5,
            mean: Some(2.75),
            counts: vec![(1.0, 200), (3.0, 600), (5.0, 300)],
            map_severity: Some(2.75),
            map_frequency: Some(287.5),
        }),
        outcomes: Some(outcomes()),
        remedy: Some(ComplaintRemedy {
            cases: 400,
            without: 800,
            paid: 350,
            negative: 2,
            sum: Some(12_345.5),
            mean: Some(30.864),
            mean_low: Some(28.1),
            mean_high: Some(33.6),
            median: Some(25.0),
            median_low: Some(20.0),
            median_high: Some(30.0),
            largest: Some(900.0),
        }),
        shares: shares(),
        satisfaction: Some(satisfaction()),
        charts: vec![chart("count"), chart("closed_in_time"), without_limits()],
        rates_test: Some(HomogeneityTest {
            name: "chi-square".into(),
            statistic: 9.3,
            df: 1.0,
            df2: None,
            p: 0.002,
            p_adjusted: 0.002,
        }),
        joined: vec![JoinedText {
            field: "category".into(),
            kept: "Late delivery".into(),
            variants: vec![("late delivery".into(), 12), ("LATE  DELIVERY".into(), 1)],
        }],
        faults: FAULTS.iter().enumerate().map(|(place, code)| fault(place, code)).collect(),
        clauses: vec!["ISO 10002:2018, 8.2".into()],
    }
}

/// No complaint, no column but that of receipt.
pub(super) fn bare() -> ComplaintsSection {
    let deadline = |step: &str| ComplaintDeadline {
        step: step.into(),
        reason: Some("no_deadline".into()),
        ..ComplaintDeadline::default()
    };
    ComplaintsSection {
        as_of: "2026-06-30".into(),
        as_of_from: "last_moment".into(),
        every: "quarter".into(),
        confidence: 0.95,
        counted: ComplaintsCounted { records: 4, ..ComplaintsCounted::default() },
        volume: ComplaintVolume {
            received_low: Some(0.0),
            received_high: Some(3.69),
            reason: Some("no_transactions".into()),
            ..ComplaintVolume::default()
        },
        deadlines: ["acknowledge", "close"].map(deadline).to_vec(),
        ..ComplaintsSection::default()
    }
}

/// One period, still running, whose only complaint is open.
pub(super) fn one_period() -> ComplaintsSection {
    let mut section = bare();
    section.as_of_from = "asked".into();
    section.counted = ComplaintsCounted {
        records: 1,
        complaints: 1,
        open: 1,
        first_received: Some("2026-06-02".into()),
        last_received: Some("2026-06-02".into()),
        kinds_known: true,
        ..ComplaintsCounted::default()
    };
    let mut only = period("2026-Q2", 1, false, true);
    only.volume = ComplaintVolume { received: 1, reason: Some("no_transactions".into()), ..volume(1) };
    only.volume.rate_per_1000 = None;
    only.volume.rate_low = None;
    only.volume.rate_high = None;
    section.volume = only.volume.clone();
    section.periods = vec![only];
    section.times = vec![ComplaintTimes {
        step: "close".into(),
        cases: Some(1),
        finished: Some(0),
        censored: Some(1),
        reason: Some("none_finished".into()),
        ..ComplaintTimes::default()
    }];
    let mut single = chart("count");
    single.points.truncate(1);
    section.charts = vec![single];
    section
}

/// Texts that try to be markup, formulas, cells and escapes.
pub(in crate::render) fn hostile() -> ComplaintsSection {
    let mut section = section();
    section.categories = Some(categories([
        "<script>alert(1)</script>",
        "=HYPERLINK(\"http://x\")",
        "a | b\u{1b}[31m\u{202e}",
        "**b** [l](javascript:x) @all",
    ]));
    section.statuses[0].status = "<img src=x onerror=y>".into();
    section.joined[0].kept = "+cmd|' /C calc'!A0".into();
    section.faults[0].texts = vec!["</td><b>\u{7}".into()];
    section.counted.left_out[0].text = Some("{count}<i>".into());
    section
}

/// Figures of all complaints together.
pub(in crate::render) fn estimates() -> Vec<Estimate> {
    let of = |statistic: &str, unit: Unit, value: Option<f64>, limits: Option<(f64, f64)>| Estimate {
        question: super::QUESTION.into(),
        measure: "complaints".into(),
        statistic: statistic.into(),
        headline: true,
        segment: IndexMap::new(),
        wave: None,
        value,
        unit,
        better: Some(Better::Higher),
        se: None,
        low: limits.map(|limits| limits.0),
        high: limits.map(|limits| limits.1),
        confidence: 0.95,
        method: Some("wilson".into()),
        base: Some(1200),
        base_weighted: None,
        base_effective: None,
        degrees_of_freedom: None,
        base_kish: None,
        design_effect_kish: None,
        flag: None,
        target: None,
        target_verdict: None,
    };
    let in_time = Estimate {
        target: Some(90.0),
        target_verdict: Some(TargetVerdict::Missed),
        ..of("closed_in_time", Unit::Percent, Some(85.0), Some((82.8, 87.0)))
    };
    vec![
        of("count", Unit::Count, Some(1200.0), Some((1133.1, 1269.9))),
        of("rate_per_1000", Unit::Rate, Some(23.08), Some((21.79, 24.42))),
        in_time,
        of("time_to_close_p80", Unit::Days, Some(12.5), Some((11.0, 14.0))),
        of("upheld", Unit::Percent, Some(50.0), Some((46.0, 54.0))),
        of("withdrawn", Unit::Percent, None, None),
    ]
}

fn counted() -> ComplaintsCounted {
    let line = |reason: &str, text: Option<&str>| LeftOut {
        reason: reason.into(),
        text: text.map(str::to_owned),
        records: 7,
        places: Vec::new(),
    };
    ComplaintsCounted {
        records: 1240,
        complaints: 1200,
        closed: 1100,
        open: 90,
        unknown: 10,
        left_out: vec![
            line("not_a_complaint", Some("Inquiry")),
            line("left_out_status", Some("Duplicate")),
            line("no_received_date", None),
            line("received_after_as_of", None),
        ],
        kinds_known: false,
        first_received: Some("2026-01-02".into()),
        last_received: Some("2026-06-30".into()),
    }
}

fn column(field: &str) -> ComplaintColumn {
    let possible = if field == "closed" { vec!["Ended".to_owned()] } else { Vec::new() };
    ComplaintColumn {
        field: field.into(),
        column: format!("{field}_at"),
        guessed: matches!(field, "received" | "closed"),
        also_possible: possible,
        filled: 1200,
        blank: 40,
        unreadable: u64::from(field == "closed"),
        precision: None,
        order: None,
    }
}

fn volume(received: u64) -> ComplaintVolume {
    // Limits need only be about the count here.
    let about = received as f64;
    ComplaintVolume {
        received,
        received_low: Some(about * 0.9),
        received_high: Some(about * 1.1),
        transactions: Some(52_000),
        events: Some(received),
        rate_per_1000: Some(about / 52.0),
        rate_low: Some(about / 60.0),
        rate_high: Some(about / 45.0),
        reason: None,
    }
}

fn period(label: &str, received: u64, complete: bool, first: bool) -> ComplaintPeriod {
    ComplaintPeriod {
        period: label.into(),
        complete,
        first,
        volume: volume(received),
        closed: received - 1,
        flow_ratio: Some(0.98),
        flow_ratio_low: Some(0.9),
        flow_ratio_high: Some(1.07),
        backlog: Some(bands(received / 10)),
    }
}

fn bands(open: u64) -> AgeBands {
    AgeBands { open, to_7: open / 2, to_30: open / 3, to_90: open / 10, over_90: 1, oldest: Some(123.4) }
}

fn deadlines() -> Vec<ComplaintDeadline> {
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

fn times() -> Vec<ComplaintTimes> {
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

fn tests() -> Vec<ComplaintTimesTest> {
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

fn categories(names: [&str; 4]) -> ComplaintCategories {
    let squares = ["frequent_and_grave", "frequent", "grave", "neither"];
    let cases: [u64; 4] = [460, 345, 230, 115];
    let rows = names.iter().zip(squares).zip(cases).enumerate().map(|(place, ((name, square), cases))| {
        let share = 40.0 - 10.0 * place as f64;
        ComplaintCategory {
            category: (*name).to_owned(),
            other: place == 3,
            cases,
            share,
            low: Some(share - 3.0),
            high: Some(share + 3.0),
            cumulative: [40.0, 70.0, 90.0, 100.0][place],
            severity_base: cases,
            severity_mean: Some(4.0 - place as f64 * 0.5),
            risk: Some(1000.0),
            risk_share: Some(25.0),
            risk_cumulative: Some(25.0),
            risk_rank: Some(place as u64 + 1),
            square: Some(square.into()),
        }
    });
    ComplaintCategories {
        cases: 1150,
        without: 50,
        rows: rows.collect(),
        gini: Some(0.25),
        gini_weighted: Some(0.3),
        reach_80: Some(3),
        other_share: Some(16.5),
        other_low: Some(14.5),
        other_high: Some(18.7),
        other_limit: 15.0,
        other_too_large: true,
    }
}

fn outcomes() -> ComplaintOutcomes {
    let row = |outcome: &str, cases, share: f64| ComplaintOutcome {
        outcome: outcome.into(),
        cases,
        share: Some(share),
        low: Some(share - 3.0),
        high: Some(share + 3.0),
    };
    ComplaintOutcomes {
        decided: 1000,
        undecided: 195,
        unknown: 5,
        rows: vec![
            row("upheld", 500, 50.0),
            row("partly_upheld", 200, 20.0),
            row("rejected", 250, 25.0),
            row("withdrawn", 50, 5.0),
        ],
        method: Some("goodman".into()),
    }
}

fn shares() -> Vec<ComplaintShare> {
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

fn satisfaction() -> ComplaintSatisfaction {
    let row = |with: &str, decided: Option<&str>, share| ComplaintSatisfied {
        with: with.into(),
        decided: decided.map(str::to_owned),
        base: 300,
        satisfied: 210,
        share: Some(share),
        low: Some(share - 5.0),
        high: Some(share + 5.0),
        mean: Some(3.9),
    };
    ComplaintSatisfaction {
        points: 5,
        satisfied_from: 4,
        rows: vec![
            row("process", None, 70.0),
            row("process", Some("rejected"), 55.0),
            row("outcome", None, 52.0),
            row("outcome", Some("undecided"), 30.0),
        ],
        pairs: Some(290),
        both: Some(140),
        process_only: Some(62),
        outcome_only: Some(12),
        neither: Some(76),
        difference: Some(17.2),
        difference_low: Some(11.5),
        difference_high: Some(22.9),
        p: Some(0.000_01),
        p_kind: Some("asymptotic".into()),
    }
}

fn chart(statistic: &str) -> ComplaintChart {
    let labels = ["2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2"];
    let values = if statistic == "count" { [480.0, 510.0, 500.0, 700.0] } else { [88.0, 90.0, 91.0, 85.0] };
    let points = labels.iter().zip(values).map(|(period, value)| ComplaintChartPoint {
        period: (*period).to_owned(),
        complete: *period != "2026-Q2",
        value: Some(value),
        low: Some(value * 0.97),
        high: Some(value * 1.02),
        base: (statistic != "count").then_some(400),
        rules: if value > 600.0 { vec!["beyond_limits".into()] } else { Vec::new() },
    });
    let limits = labels.iter().map(|period| ControlLimits {
        wave: (*period).to_owned(),
        lower: values[0] * 0.9,
        upper: values[0] * 1.12,
    });
    ComplaintChart {
        statistic: statistic.into(),
        points: points.collect(),
        chart: Some(ControlChart {
            type_: if statistic == "count" { "c" } else { "p" }.into(),
            center: values[1],
            limits: limits.collect(),
            rules: vec!["beyond_limits".into()],
            baseline: labels[..3].iter().map(|period| (*period).to_owned()).collect(),
            provisional: true,
        }),
        reason: None,
    }
}

fn without_limits() -> ComplaintChart {
    ComplaintChart { chart: None, reason: Some("too_few_periods".into()), ..chart("acknowledged_in_time") }
}

fn fault(place: usize, code: &str) -> ComplaintFault {
    let at = LedgerPlace { input: "complaints.csv".into(), row: 17, line: 18, column: Some(4) };
    let line = LedgerPlace { line: 23, row: 22, column: None, ..at.clone() };
    ComplaintFault {
        code: code.into(),
        field: Some("closed".into()),
        records: place as u64 + 1,
        treatment: TREATMENTS[place % TREATMENTS.len()].into(),
        places: vec![at, line],
        texts: if code == "unreadable" { vec!["soon".into()] } else { Vec::new() },
    }
}
