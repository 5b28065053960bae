//! Hand-built reports for the tests of renderers: never from a pipeline run, so that a renderer's test fails for a
//! renderer's fault only.

mod build;
mod many;
mod tables;

use crate::report::{
    Better, Estimate, Excluded, Flag, Ledger, LedgerPlace, Note, NoteSeverity, QuestionLedger,
    QuestionSummary, Report, SegmentSummary, TargetVerdict, Unit, Waves,
};
use build::{base, cells, figure, hidden, of, percent, place, question, segment, small};
use indexmap::IndexMap;

pub(super) use many::many_scores;
pub(super) use tables::{hostile_tables, tables, weighted_tables};

/// Every sample.
pub(super) fn all() -> Vec<Report> {
    vec![
        empty(),
        bank(),
        weighted(),
        waves(),
        hostile(),
        east_asian(),
        long_labels(),
        many_segments(),
        many_scores(),
        tables(),
        weighted_tables(),
        hostile_tables(),
    ]
}

/// Nothing to score.
pub(super) fn empty() -> Report {
    let mut report = base("empty.csv", Vec::new());
    report.ledger = Ledger { rows_read: 3, rows_used: 3, ..Ledger::default() };
    report
}

/// The bank of the first screen: four scores, a choice, a number, importance, one wave of six, hidden figures.
pub(super) fn bank() -> Report {
    let questions = vec![
        QuestionSummary {
            overall: true,
            ..question("overall", "csat", "Overall satisfaction", "4 or 5 of 1 to 5", Some([1, 5]))
        },
        question("staff", "gap", "Tangibles", "perceived minus expected", Some([1, 7])),
        question("recommend", "nps", "Would recommend (NPS)", "promoters 9-10 minus detractors 0-6", None),
        question("ease", "ces", "Easy to deal with (CES 2.0)", "5 to 7 of 1 to 7", Some([1, 7])),
        question("fees_matter", "importance", "How much fees matter", "mean of 1 to 5", Some([1, 5])),
        question("wait", "number", "Minutes waited", "mean", None),
        QuestionSummary {
            labels: IndexMap::from([("1".into(), "Branch".into()), ("2".into(), "Phone".into())]),
            ..question("channel", "choice", "How did you reach us?", "share of each option", None)
        },
    ];
    let mut report = base("bank_a", questions);
    report.waves = Waves {
        wave: Some("2025-Q2".into()),
        found: ["2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4", "2025-Q1", "2025-Q2"].map(str::to_owned).into(),
        rule: Some("quarter".into()),
        running: None,
        future: Vec::new(),
    };
    report.survey.segments = vec![
        segment("region", "Region", &["North", "South", "East", "West"]),
        segment("wave", "Panel wave", &["first", "later"]),
    ];
    let overall = |value, low, high, base| Estimate {
        target: Some(70.0),
        target_verdict: Some(TargetVerdict::CannotTell),
        ..percent("overall", "csat", "top_box", value, low, high, base)
    };
    let gap = Estimate {
        method: Some("paired-t".into()),
        headline: true,
        ..figure("staff", "gap", "gap", Unit::Scale, -0.5391, (-0.8081, -0.2701), 115)
    };
    let nps = |value, limits, base| Estimate {
        method: Some("adjusted-wald".into()),
        headline: true,
        ..figure("recommend", "nps", "nps", Unit::Points, value, limits, base)
    };
    let ease = Estimate {
        target: Some(60.0),
        target_verdict: Some(TargetVerdict::Met),
        ..percent("ease", "ces", "top_box", 73.109_243_697_5, 64.5, 80.3, 119)
    };
    report.estimates = vec![
        overall(65.853_658_536_6, 57.1, 73.6, 123),
        Estimate {
            headline: false,
            ..figure("overall", "csat", "mean", Unit::Scale, 3.78, (3.61, 3.95), 123)
        },
        gap,
        nps(31.355_932_203_4, (17.5, 43.7), 118),
        ease,
        Estimate {
            better: None,
            headline: true,
            ..figure("fees_matter", "importance", "mean", Unit::Scale, 4.1, (3.9, 4.3), 120)
        },
        Estimate {
            better: Some(Better::Lower),
            headline: true,
            ..figure("wait", "number", "mean", Unit::Scale, 12.25, (10.5, 14.0), 101)
        },
        hidden(figure("wait", "number", "median", Unit::Scale, 10.0, (8.0, 12.0), 101), Flag::TooManyValues),
        Estimate { headline: false, ..percent("channel", "choice", "share:1", 60.5, 51.6, 68.7, 119) },
        Estimate { headline: false, ..percent("channel", "choice", "share:2", 39.5, 31.3, 48.4, 119) },
        of(&[("region", "North")], overall(71.739, 57.5, 82.7, 46)),
        of(&[("region", "South")], overall(64.865, 48.8, 78.2, 37)),
        small(of(&[("region", "East")], overall(57.692, 38.9, 74.5, 26))),
        hidden(of(&[("region", "West")], overall(0.0, 0.0, 0.0, 0)), Flag::Suppressed),
        of(&[("region", "North")], nps(40.0, (18.0, 58.0), 45)),
        of(&[("region", "South")], nps(25.0, (1.2, 46.0), 36)),
        small(of(&[("region", "East")], nps(-4.0, (-32.4, 25.2), 25))),
        hidden(of(&[("region", "West")], nps(0.0, (0.0, 0.0), 0)), Flag::Suppressed),
        of(&[("wave", "first")], overall(70.0, 58.5, 79.5, 70)),
        of(&[("wave", "later")], overall(60.4, 46.9, 72.4, 53)),
    ];
    for estimate in &mut report.estimates {
        estimate.wave = Some("2025-Q2".into());
    }
    report.ledger = Ledger {
        lookups: Vec::new(),
        rows_read: 812,
        rows_used: 124,
        excluded: vec![
            Excluded { reason: "filtered".into(), rows: 12, places: vec![place(7, None)] },
            Excluded { reason: "other_wave".into(), rows: 676, places: vec![place(1, None), place(2, None)] },
        ],
        kept: vec![Excluded { reason: "ragged_row".into(), rows: 3, places: vec![place(90, None)] }],
        questions: vec![
            cells("overall", [123, 0, 0, 1, 0, 0]),
            cells("recommend", [118, 0, 2, 4, 0, 0]),
            QuestionLedger { places: vec![place(9, Some(4))], ..cells("ease", [119, 1, 0, 3, 1, 0]) },
        ],
    };
    report.notes = vec![Note {
        code: "small_base".into(),
        severity: NoteSeverity::Caution,
        text: "2 figures stand on fewer than 30 answers".into(),
        about: None,
        values: IndexMap::from([("below".into(), "30".into()), ("list".into(), "region East".into())]),
    }];
    report
}

/// Weights, with effective bases, an extended interval and each flag that leaves a figure without one.
pub(super) fn weighted() -> Report {
    let questions = vec![
        question("overall", "csat", "Overall", "4 or 5 of 1 to 5", Some([1, 5])),
        question("speed", "rating", "Speed", "4 or 5 of 1 to 5", Some([1, 5])),
        question("price", "rating", "Price", "mean of 1 to 5", Some([1, 5])),
        question("advice", "rating", "Advice", "mean of 1 to 5", Some([1, 5])),
        question("app", "rating", "App", "4 or 5 of 1 to 5", Some([1, 5])),
    ];
    let mut report = base("Weighted", questions);
    report.survey.weight = Some("w".into());
    report.survey.confidence = 0.9;
    report.survey.sampling_note = None;
    report.survey.response_rate = Some(23.4375);
    report.survey.invited = Some(640);
    let weights = |estimate: Estimate| Estimate {
        method: Some("wilson-effective-n, extended".into()),
        base_weighted: Some(141.5),
        base_effective: Some(98.625),
        degrees_of_freedom: None,
        base_kish: Some(101.25),
        design_effect_kish: Some(1.4815),
        confidence: 0.9,
        ..estimate
    };
    let no_interval = |estimate: Estimate, flag| Estimate {
        se: None,
        low: None,
        high: None,
        method: None,
        flag: Some(flag),
        headline: true,
        ..estimate
    };
    report.estimates = vec![
        Estimate {
            target: Some(80.0),
            target_verdict: Some(TargetVerdict::Missed),
            ..weights(percent("overall", "csat", "top_box", 66.0, 58.0, 73.0, 150))
        },
        Estimate {
            headline: false,
            ..weights(figure("overall", "csat", "net", Unit::Points, 51.25, (38.5, 64.0), 150))
        },
        no_interval(weights(percent("speed", "rating", "top_box", 100.0, 0.0, 0.0, 640)), Flag::Census),
        no_interval(
            weights(figure("price", "rating", "mean", Unit::Scale, 4.0, (0.0, 0.0), 9)),
            Flag::NoVariation,
        ),
        no_interval(
            weights(figure("advice", "rating", "mean", Unit::Scale, 2.0, (0.0, 0.0), 1)),
            Flag::SingleAnswer,
        ),
        hidden(percent("app", "rating", "top_box", 0.0, 0.0, 0.0, 0), Flag::NoAnswers),
    ];
    report.ledger = Ledger {
        lookups: Vec::new(),
        rows_read: 152,
        rows_used: 150,
        excluded: vec![Excluded { reason: "zero_weight".into(), rows: 2, places: vec![place(3, Some(2))] }],
        kept: Vec::new(),
        questions: vec![cells("overall", [150, 0, 0, 0, 0, 0])],
    };
    report
}

/// All waves and the pooled total, with a segment.
pub(super) fn waves() -> Report {
    let mut report =
        base("Waves", vec![question("overall", "csat", "Overall", "4 or 5 of 1 to 5", Some([1, 5]))]);
    report.waves = Waves {
        wave: None,
        found: vec!["2025-Q1".into(), "2025-Q2".into()],
        rule: Some("quarter".into()),
        running: Some("2025-Q2".into()),
        future: Vec::new(),
    };
    report.survey.segments = vec![segment("region", "Region", &["North", "South"])];
    let overall = |value, base| percent("overall", "csat", "top_box", value, value - 8.0, value + 7.0, base);
    let at = |wave: &str, estimate: Estimate| Estimate { wave: Some(wave.into()), ..estimate };
    report.estimates = vec![
        overall(65.0, 244),
        at("2025-Q2", overall(66.0, 120)),
        at("2025-Q1", overall(64.0, 124)),
        of(&[("region", "South")], overall(61.0, 120)),
        at("2025-Q1", of(&[("region", "South")], overall(60.0, 60))),
        at("2025-Q1", of(&[("region", "North")], overall(68.0, 64))),
        of(&[("region", "North")], overall(69.0, 124)),
    ];
    report.ledger = Ledger { rows_read: 244, rows_used: 244, ..Ledger::default() };
    report
}

/// Texts that try to break out.
pub(super) fn hostile() -> Report {
    let wording = "<script>alert(1)</script> | `rm` \u{1b}[31mred\u{1b}[0m\nsecond line \u{202e}desrever";
    let mut report = base(
        "\u{1b}]0;owned\u{7} title @all",
        vec![question("=cmd", "csat", wording, "4 or 5 | of `1` to 5", Some([1, 5]))],
    );
    report.survey.segments =
        vec![segment("region", "re|gion", &["=HYPERLINK(\"http://evil\",\"x\")", "+1", "-2"])];
    report.by = vec![vec!["region".into()]];
    let overall = |value| percent("=cmd", "csat", "top_box", value, 1.5, 99.5, 50);
    report.estimates = vec![
        overall(50.0),
        of(&[("region", "=HYPERLINK(\"http://evil\",\"x\")")], overall(40.0)),
        of(&[("region", "+1")], overall(60.0)),
        of(&[("region", "-2\u{85}|<b>")], overall(70.0)),
        Estimate { headline: false, ..figure("=cmd", "csat", "net", Unit::Points, -12.5, (-30.0, 5.0), 50) },
    ];
    report.notes = vec![Note {
        code: "x".into(),
        severity: NoteSeverity::Info,
        text: "column `a|b` \u{1b}[2J is ![not](http://used)".into(),
        about: Some("a|b".into()),
        values: IndexMap::new(),
    }];
    report.ledger = Ledger {
        lookups: Vec::new(),
        rows_read: 51,
        rows_used: 50,
        excluded: vec![Excluded {
            reason: "short|row".into(),
            rows: 1,
            places: vec![LedgerPlace { input: "\u{1b}c|.csv".into(), row: 4, line: 5, column: None }],
        }],
        kept: Vec::new(),
        questions: vec![cells("=cmd", [50, 0, 0, 0, 0, 0])],
    };
    report
}

/// Wide and right-to-left letters.
pub(super) fn east_asian() -> Report {
    let mut report = base(
        "顧客満足度調査",
        vec![
            question(
                "q1",
                "csat",
                "全体として、当店のサービスにどの程度満足していますか",
                "4 or 5 of 1 to 5",
                Some([1, 5]),
            ),
            question("q2", "csat", "עד כמה את/ה מרוצה מהשירות", "4 or 5 of 1 to 5", Some([1, 5])),
        ],
    );
    report.survey.segments = vec![segment("地域", "地域", &["東京", "大阪府北部および近隣地域", "ירושלים"])];
    let overall = |value| percent("q1", "csat", "top_box", value, value - 10.0, value + 10.0, 60);
    report.estimates = vec![
        overall(50.0),
        percent("q2", "csat", "top_box", 45.0, 30.0, 60.0, 40),
        of(&[("地域", "東京")], overall(40.0)),
        of(&[("地域", "大阪府北部および近隣地域")], overall(60.0)),
        of(&[("地域", "ירושלים")], overall(70.0)),
    ];
    report.ledger = Ledger { rows_read: 60, rows_used: 60, ..Ledger::default() };
    report
}

/// Long wordings, many scores side by side and a crossing.
pub(super) fn long_labels() -> Report {
    let wording = |number: u32| {
        format!(
            "Question {number}: all things considered, how satisfied or dissatisfied are you with aspect number {number} of our service over the last twelve months?"
        )
    };
    let ids: Vec<String> = (1..=7).map(|number| format!("q{number}")).collect();
    let questions = (1..=7)
        .map(|number| {
            question(&format!("q{number}"), "rating", &wording(number), "4 or 5 of 1 to 5", Some([1, 5]))
        })
        .collect();
    let mut report = base(
        "A title that goes on and on, as titles of surveys do when a committee writes them, for years",
        questions,
    );
    report.survey.segments = vec![
        segment(
            "region",
            "Region of the customer's main branch",
            &["North-Rhine-Westphalia and neighbours", "S"],
        ),
        segment("age", "Age", &["under 30", "30 and over"]),
    ];
    report.by = vec![vec!["region".into(), "age".into()]];
    report.estimates = ids.iter().map(|id| percent(id, "rating", "top_box", 50.0, 40.0, 60.0, 100)).collect();
    for region in ["North-Rhine-Westphalia and neighbours", "S"] {
        for age in ["30 and over", "under 30"] {
            for id in &ids {
                report.estimates.push(of(
                    &[("region", region), ("age", age)],
                    percent(id, "rating", "top_box", 100.0, 90.5, 100.0, 1_234_567),
                ));
            }
        }
    }
    report.estimates.push(figure("q1", "number", "mean", Unit::Scale, 1.5e14, (-3.25e13, 1.5e300), u64::MAX));
    report.ledger = Ledger { rows_read: 1_234_567, rows_used: 1_234_567, ..Ledger::default() };
    report
}

/// A segment of hundreds of values.
pub(super) fn many_segments() -> Report {
    let values: Vec<String> = (1..=300).map(|number| format!("Branch {number}")).collect();
    let mut report =
        base("Branches", vec![question("overall", "csat", "Overall", "4 or 5 of 1 to 5", Some([1, 5]))]);
    let overall = |base| percent("overall", "csat", "top_box", 50.0, 40.0, 60.0, base);
    report.estimates = vec![overall(9000)];
    for value in &values {
        report.estimates.push(of(&[("branch", value)], overall(30)));
    }
    report.survey.segments = vec![SegmentSummary { id: "branch".into(), label: "Branch".into(), values }];
    report.ledger = Ledger { rows_read: 9000, rows_used: 9000, ..Ledger::default() };
    report
}
