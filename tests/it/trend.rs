//! The trend from files and from saved reports: real surveys, and the promise that both are the same.

use std::path::{Path, PathBuf};

use csat::analysis::{
    self, AnalysisError, QuestionBreak, Scope, TrendOptions, WaveChoice, WaveFigures, WhyOptions,
};
use csat::report::{ChangeVerdict, Provenance, Report, Section, TrendBreak, TrendSection};
use csat::source::head::{self, Depth, HeadOptions};
use csat::source::input::{InputName, OpenedInput};
use csat::stats::Confidence;
use csat::{survey, tally};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn day(date: &str) -> chrono::NaiveDate {
    date.parse().unwrap()
}

fn report(definition: &[u8], answers: Vec<u8>, scope: &Scope) -> Result<Report, AnalysisError> {
    let survey = survey::parse(definition, "survey.toml").unwrap().survey;
    let name = InputName::Stdin;
    let input = OpenedInput::from_reader(name, Box::new(std::io::Cursor::new(answers))).unwrap();
    let opened = head::read(input, &HeadOptions { depth: Depth::Light, ..HeadOptions::default() }).unwrap();
    let (plan, map) = analysis::plan(&survey, scope).unwrap();
    let counted = tally::count(&plan, vec![opened.source], &tally::Options::default()).unwrap();
    analysis::run(&survey, &map, &counted, scope, Provenance::default())
}

fn example(name: &str) -> (Vec<u8>, Vec<u8>) {
    let read = |ending: &str| std::fs::read(root().join(format!("examples/{name}.{ending}"))).unwrap();
    (read("toml"), read("csv"))
}

/// Saved and read back: nothing but the JSON is left.
fn saved(report: &Report, name: &str) -> Vec<WaveFigures> {
    let json = serde_json::to_vec(report).unwrap();
    analysis::waves_of_report(&serde_json::from_slice(&json).unwrap(), name)
}

fn trends(report: &Report) -> Vec<&TrendSection> {
    let sections = report.sections.iter().filter_map(|section| match section {
        Section::Trend(trend) => Some(trend),
        _ => None,
    });
    sections.collect()
}

fn of<'a>(sections: &[&'a TrendSection], question: &str) -> &'a TrendSection {
    sections.iter().find(|section| section.question == question).unwrap()
}

fn near(value: Option<f64>, expected: f64, tolerance: f64) {
    let value = value.unwrap();
    assert!((value - expected).abs() <= tolerance, "{value}, expected {expected}");
}

/// Every number of one JSON value against another's, the rest as it stands.
fn assert_same(one: &serde_json::Value, other: &serde_json::Value, path: &str) {
    use serde_json::Value;
    match (one, other) {
        (Value::Number(a), Value::Number(b)) => {
            let (a, b) = (a.as_f64().unwrap(), b.as_f64().unwrap());
            assert!((a - b).abs() <= 1e-9 * a.abs().max(1.0), "{path}: {a} and {b}");
        }
        (Value::Array(a), Value::Array(b)) => {
            assert_eq!(a.len(), b.len(), "{path}");
            a.iter().zip(b).enumerate().for_each(|(at, (a, b))| assert_same(a, b, &format!("{path}[{at}]")));
        }
        (Value::Object(a), Value::Object(b)) => {
            assert_eq!(a.keys().collect::<Vec<_>>(), b.keys().collect::<Vec<_>>(), "{path}");
            for (key, value) in a.iter().filter(|(key, _)| *key != "saved") {
                assert_same(value, &b[key], &format!("{path}.{key}"));
            }
        }
        _ => assert_eq!(one, other, "{path}"),
    }
}

#[test]
fn saved_reports_give_the_trend_of_the_raw_answers() {
    let (definition, answers) = example("branch-banking/responses");
    for (weight, suppress_below) in [(None, None), (Some("weight"), None), (None, Some(40))] {
        let scope = Scope {
            trend: true,
            mix: Some("region".to_owned()),
            weight: weight.map(analysis::WeightChoice::parse),
            suppress_below,
            ..Scope::new(day("2026-10-05"))
        };
        let raw = report(&definition, answers.clone(), &scope).unwrap();
        assert!(trends(&raw).iter().any(|section| section.points.iter().any(|point| point.mix.is_some())));
        let labels = raw.waves.found.clone();
        assert_eq!(labels.len(), 6);
        let whole = |label: &str| {
            let scope =
                Scope { trend: false, wave: Some(WaveChoice::Named(label.to_owned())), ..scope.clone() };
            report(&definition, answers.clone(), &scope).unwrap()
        };
        let mut waves: Vec<WaveFigures> =
            labels.iter().rev().flat_map(|label| saved(&whole(label), &format!("{label}.json"))).collect();
        assert!(waves.iter().all(|wave| wave.saved && wave.calendar && wave.complete));
        waves = analysis::join(waves).unwrap();
        let confidence = Confidence::new(raw.survey.confidence).unwrap();
        let options = TrendOptions { mix: scope.mix.clone(), ..TrendOptions::new(confidence) };
        let found = analysis::trend(&waves, &options).unwrap();
        let value = |sections: &[&TrendSection]| serde_json::to_value(sections).unwrap();
        let from_saved: Vec<&TrendSection> = found.sections.iter().collect();
        assert_same(&value(&trends(&raw)), &value(&from_saved), "trend");
        assert!(found.sections.iter().all(|section| section.points.iter().all(|point| point.saved)));
    }
}

#[test]
fn a_bridge_between_saved_reports_and_a_file_is_the_same_as_all_raw() {
    let (definition, answers) = example("branch-banking/responses");
    let scope = Scope { trend: true, ..Scope::new(day("2026-10-05")) };
    let raw = report(&definition, answers.clone(), &scope).unwrap();
    // The file is cut in two at the middle of the six quarters; comments go over several lines.
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(answers.as_slice());
    let rows: Vec<csv::ByteRecord> = reader.byte_records().map(Result::unwrap).collect();
    let part = |early: bool| -> Vec<u8> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let kept = |row: &&csv::ByteRecord| (&row[2] < b"2026-01".as_slice()) == early;
        for row in rows[..1].iter().chain(rows[1..].iter().filter(kept)) {
            writer.write_byte_record(row).unwrap();
        }
        writer.into_inner().unwrap()
    };
    let all = Scope { trend: false, wave: Some(WaveChoice::All), ..scope.clone() };
    let earlier = report(&definition, part(true), &all).unwrap();
    let scope = Scope { saved: saved(&earlier, "earlier.json"), ..scope };
    let bridged = report(&definition, part(false), &scope).unwrap();
    assert_eq!(trends(&bridged)[0].points.iter().filter(|point| point.saved).count(), 3);
    let value = |report: &Report| serde_json::to_value(trends(report)).unwrap();
    assert_same(&value(&raw), &value(&bridged), "trend");
    let overlap = Scope { saved: saved(&raw, "all.json"), ..scope };
    let error = report(&definition, part(false), &overlap).unwrap_err();
    assert!(matches!(error, AnalysisError::OverlappingWaves { .. }), "{error}");
}

const TRAINING: &[u8] =
    b"[data]\ndate = \"Date\"\nwave = { every = \"quarter\" }\n[question.LikelyToRecommend]\nmeasure = \"nps\"\n";

#[test]
fn carpentries_training_moved_once() {
    let file = root().join("tests/published/carpentries/instructor-training.csv");
    let scope = Scope { trend: true, ..Scope::new(day("2018-12-31")) };
    let found = report(TRAINING, std::fs::read(file).unwrap(), &scope).unwrap();
    let section = trends(&found)[0];
    // The published scores; the changes are their differences.
    let published = [75.00, 76.32, 64.63, 78.95, 54.55, 68.35, 22.64, 46.24, 47.59, 26.47];
    assert_eq!(section.points.len(), published.len());
    for (point, value) in section.points.iter().zip(published) {
        near(point.value, value, 0.005 + 1e-9);
    }
    for (pair, point) in published.windows(2).zip(&section.points[1..]) {
        near(point.change, pair[1] - pair[0], 0.01 + 1e-9);
        let parts = point.contributions.as_ref().unwrap();
        near(point.change, parts.promoters + parts.detractors, 1e-9);
        assert!((parts.promoters + parts.passives - parts.detractors).abs() < 1e-9, "shares add up to 100");
        assert_eq!(point.p_adjusted, point.p, "one headline");
    }
    let fell = &section.points[6];
    assert_eq!((fell.wave.as_str(), fell.verdict), ("2017-Q4", Some(ChangeVerdict::Down)));
    let year = fell.last_year.as_ref().unwrap();
    assert_eq!((year.against.as_str(), year.verdict), ("2016-Q4", Some(ChangeVerdict::Down)));
    assert_eq!(section.points[3].verdict, Some(ChangeVerdict::NoClearChange));
    let tendency = section.tendency.as_ref().unwrap();
    assert_eq!(tendency.waves, 10);
    // By hand: 10 of the 45 pairs rise.
    near(Some(tendency.tau), -25.0 / 45.0, 1e-9);
    let chart = section.chart.as_ref().unwrap();
    assert_eq!((chart.type_.as_str(), chart.baseline.len(), chart.provisional), ("x", 9, false));
    assert!(section.points[6].signal.as_ref().unwrap().contains("beyond_limits"));
}

#[test]
fn san_francisco_airport_over_two_years() {
    let mut waves = Vec::new();
    for year in ["2018", "2017"] {
        let (definition, answers) = example(&format!("sfo-airport/sfo-{year}"));
        let found = report(&definition, answers, &Scope::new(day("2018-12-31"))).unwrap();
        waves.extend(saved(&found, year));
    }
    let waves = analysis::join(waves).unwrap();
    assert_eq!(waves.iter().map(|wave| wave.label.as_str()).collect::<Vec<_>>(), ["2017", "2018"]);
    let options = TrendOptions::new(Confidence::new(0.95).unwrap());
    let found = analysis::trend(&waves, &options).unwrap();
    let sections: Vec<&TrendSection> = found.sections.iter().collect();
    // examples/sfo-airport/README.md: weighted NPS 40.398 and 35.114, weighted top two 82.279 and 80.485.
    let promoters = &of(&sections, "NETPRO").points[1];
    near(promoters.change, 35.114 - 40.398, 0.001);
    assert_eq!(promoters.last_year, None, "files are no calendar waves");
    near(of(&sections, "Q7ALL").points[1].change, 80.485 - 82.279, 0.001);
    for section in &sections {
        let point = &section.points[1];
        assert!(point.change_low.unwrap() <= point.change.unwrap(), "{}", section.question);
        assert!(point.p_adjusted.unwrap() >= point.p.unwrap());
    }
    let why = WhyOptions { question: "NETPRO".to_owned(), ..WhyOptions::default() };
    let why = analysis::why(&waves, &why, &options).unwrap();
    assert_eq!((why.against.as_str(), why.wave.as_str()), ("2017", "2018"));
    assert_eq!(why.change, promoters.change);
    let mut segments: Vec<&str> = why.contributions.iter().map(|row| row.segment.as_str()).collect();
    segments.dedup();
    for segment in segments {
        let rows = why.contributions.iter().filter(|row| row.segment == segment);
        let sum: f64 = rows.map(|row| row.mix.unwrap() + row.within.unwrap()).sum();
        near(why.change, sum, 1e-8);
    }
    assert!(why.asking.iter().any(|row| row.what == "base"));
}

#[test]
fn why_a_headline_moved_says_first_what_changed_in_the_asking() {
    let (definition, answers) = example("branch-banking/responses");
    let scope = Scope { wave: Some(WaveChoice::All), ..Scope::new(day("2026-10-05")) };
    let all = report(&definition, answers, &scope).unwrap();
    let waves = saved(&all, "bank.json");
    let at = TrendBreak {
        wave: "2026-Q3".to_owned(),
        before: "2026-Q2".to_owned(),
        changed: vec!["wording".to_owned()],
        bridged: true,
    };
    let breaks = vec![QuestionBreak { question: "overall".to_owned(), at }];
    let options = TrendOptions { breaks, ..TrendOptions::new(Confidence::new(0.95).unwrap()) };
    let asked = WhyOptions { question: "overall".to_owned(), ..WhyOptions::default() };
    let why = analysis::why(&waves, &asked, &options).unwrap();
    assert_eq!((why.wave.as_str(), why.against.as_str()), ("2026-Q3", "2026-Q2"));
    assert_eq!(why.asking[0].what, "definition");
    assert_eq!(why.asking[0].after.as_deref(), Some("wording"));
    let channels: Vec<_> = why.asking.iter().filter(|row| row.what == "channel").collect();
    assert!(channels.len() > 1 && channels.iter().all(|row| row.p == channels[0].p && row.p.is_some()));
    for unknown in [
        WhyOptions { question: "comment".to_owned(), ..WhyOptions::default() },
        WhyOptions { wave: Some("2031-Q1".to_owned()), ..asked.clone() },
        WhyOptions { wave: Some("2025-Q2".to_owned()), ..asked.clone() },
        WhyOptions { against: Some("2026-Q3".to_owned()), ..asked.clone() },
    ] {
        assert!(analysis::why(&waves, &unknown, &options).is_err(), "{unknown:?}");
    }
}
