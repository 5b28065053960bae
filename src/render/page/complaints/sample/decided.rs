//! Made-up categories, outcomes, satisfaction and charts.

use crate::report::{
    ComplaintCategories, ComplaintCategory, ComplaintOutcome, ComplaintOutcomes, ComplaintSatisfaction,
    ComplaintSatisfied, ControlChart, ControlLimits, PeriodChart, PeriodChartPoint,
};

pub(super) fn categories(names: [&str; 4]) -> ComplaintCategories {
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

pub(super) fn outcomes() -> ComplaintOutcomes {
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

pub(super) fn satisfaction() -> ComplaintSatisfaction {
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

pub(super) fn chart(statistic: &str) -> PeriodChart {
    let labels = ["2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2"];
    let values = if statistic == "count" { [480.0, 510.0, 500.0, 700.0] } else { [88.0, 90.0, 91.0, 85.0] };
    let points = labels.iter().zip(values).map(|(period, value)| PeriodChartPoint {
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
    PeriodChart {
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

pub(super) fn without_limits() -> PeriodChart {
    PeriodChart { chart: None, reason: Some("too_few_periods".into()), ..chart("acknowledged_in_time") }
}
