//! A made-up section with all parts filled, one with nothing, one of a single period, and one with hostile texts.

mod decided;
mod handling;
mod surveyed;

use indexmap::IndexMap;

use crate::report::{
    AgeBands, Better, ComplaintPeriod, ComplaintRemedy, ComplaintSeverity, ComplaintVolume,
    ComplaintsCounted, ComplaintsSection, Estimate, HomogeneityTest, JoinedText, LedgerPlace, LeftOut,
    RecordColumn, RecordFault, RecordSegment, RecordStatus, StepDeadline, StepTimes, TargetVerdict, Unit,
    WorkingClock,
};
use decided::{categories, chart, outcomes, satisfaction, without_limits};
use handling::{deadlines, shares, tests, times};

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
        .map(|(status, state)| RecordStatus {
            status: status.into(),
            records: 310,
            state: state.map(str::to_owned),
            declared: state.is_some(),
            escalated: status == "In work",
        })
        .to_vec(),
        segments: vec![RecordSegment {
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
        survey: Some(surveyed::survey()),
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
    let deadline = |step: &str| StepDeadline {
        step: step.into(),
        reason: Some("no_deadline".into()),
        ..StepDeadline::default()
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
    section.times = vec![StepTimes {
        step: "close".into(),
        cases: Some(1),
        finished: Some(0),
        censored: Some(1),
        reason: Some("none_finished".into()),
        ..StepTimes::default()
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

fn column(field: &str) -> RecordColumn {
    let possible = if field == "closed" { vec!["Ended".to_owned()] } else { Vec::new() };
    RecordColumn {
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
        closed: Some(received - 1),
        flow_ratio: Some(0.98),
        flow_ratio_low: Some(0.9),
        flow_ratio_high: Some(1.07),
        backlog: Some(bands(received / 10)),
    }
}

fn bands(open: u64) -> AgeBands {
    AgeBands { open, to_7: open / 2, to_30: open / 3, to_90: open / 10, over_90: 1, oldest: Some(123.4) }
}

fn fault(place: usize, code: &str) -> RecordFault {
    let at = LedgerPlace { input: "complaints.csv".into(), row: 17, line: 18, column: Some(4) };
    let line = LedgerPlace { line: 23, row: 22, column: None, ..at.clone() };
    RecordFault {
        code: code.into(),
        field: Some("closed".into()),
        records: place as u64 + 1,
        treatment: TREATMENTS[place % TREATMENTS.len()].into(),
        places: vec![at, line],
        texts: if code == "unreadable" { vec!["soon".into()] } else { Vec::new() },
    }
}
