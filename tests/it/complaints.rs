//! `csat complaints` through the program: figures worked out by hand and by peers, bad input, laws.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::support::{Run, Workdir};

fn data(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/data/complaints");
    fs::read_to_string(folder.join(name)).unwrap()
}

/// Thirteen records with one of each fault, and a definition for them.
fn service() -> Workdir {
    let folder = Workdir::new();
    folder.file("service.csv", data("service.csv"));
    folder.file("service.toml", data("service.toml"));
    folder
}

fn report(folder: &Workdir, arguments: &[&str]) -> Value {
    let arguments: Vec<&str> =
        ["complaints"].iter().chain(arguments).chain(&["-f", "json"]).copied().collect();
    let Run { stdout, stderr, code } = folder.run(&arguments);
    assert_eq!(code, 0, "{stderr}");
    serde_json::from_str(&stdout).unwrap()
}

fn section(report: &Value) -> &Value {
    let sections = report["sections"].as_array().unwrap();
    sections.iter().find(|section| section["kind"] == "complaints").unwrap()
}

/// The row of all complaints.
fn all<'a>(rows: &'a Value, step: &str) -> &'a Value {
    let rows = rows.as_array().unwrap().iter();
    let mut rows = rows.filter(|row| row["step"] == step && row["period"].is_null());
    rows.find(|row| row["segment"].as_object().unwrap().is_empty()).unwrap()
}

/// An estimate without segment, of a period or of all.
fn figure<'a>(report: &'a Value, statistic: &str, wave: Option<&str>) -> &'a Value {
    let estimates = report["estimates"].as_array().unwrap().iter();
    let mut found = estimates.filter(|estimate| {
        estimate["statistic"] == statistic
            && estimate["wave"].as_str() == wave
            && estimate["segment"].as_object().unwrap().is_empty()
    });
    found.next().unwrap_or_else(|| panic!("{statistic} {wave:?}"))
}

fn near(found: &Value, expected: f64) {
    let found = found.as_f64().unwrap_or_else(|| panic!("{found} for {expected}"));
    assert!((found - expected).abs() < 1e-9 * expected.abs().max(1.0), "{found} for {expected}");
}

#[test]
fn every_record_is_counted_or_told() {
    let report = report(&service(), &["service.csv"]);
    let counted = &section(&report)["counted"];
    assert_eq!(
        [&counted["records"], &counted["complaints"], &counted["closed"], &counted["open"]],
        [12, 9, 7, 2]
    );
    let left_out: Vec<(&str, &str, u64)> = counted["left_out"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| {
            let line = entry["places"][0]["line"].as_u64().unwrap();
            (entry["reason"].as_str().unwrap(), entry["text"].as_str().unwrap_or(""), line)
        })
        .collect();
    let expected = [
        ("left_out_status", "Duplicate", 10),
        ("no_received_date", "", 12),
        ("not_a_complaint", "Inquiry", 11),
    ];
    assert_eq!(left_out, expected);
    let ledger = &report["ledger"];
    let excluded: u64 =
        ledger["excluded"].as_array().unwrap().iter().map(|entry| entry["rows"].as_u64().unwrap()).sum();
    assert_eq!(ledger["rows_read"].as_u64().unwrap(), ledger["rows_used"].as_u64().unwrap() + excluded);
}

#[test]
fn every_fault_has_its_place() {
    let report = report(&service(), &["service.csv"]);
    let faults = section(&report)["faults"].as_array().unwrap();
    let told: Vec<(&str, u64, u64, u64, &str)> = faults
        .iter()
        .map(|fault| {
            let place = &fault["places"][0];
            (
                fault["code"].as_str().unwrap(),
                fault["records"].as_u64().unwrap(),
                place["line"].as_u64().unwrap(),
                place["column"].as_u64().unwrap_or(0),
                fault["treatment"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("closed_before_received", 1, 5, 5, "counted_without_time"),
            ("closed_without_date", 1, 8, 5, "counted_without_time"),
            ("negative_cost", 1, 5, 12, "cell_left_out"),
            ("open_with_close_date", 1, 7, 5, "counted_as_open"),
            ("repeated_id", 1, 14, 0, "left_out"),
            ("satisfaction_out_of_range", 1, 9, 15, "cell_left_out"),
            ("undeclared_status", 1, 9, 7, "counted_by_dates"),
            ("unknown_outcome", 1, 9, 11, "cell_left_out"),
        ]
    );
    assert_eq!(faults[6]["texts"], serde_json::json!(["Parked"]));
}

#[test]
fn figures_of_a_small_file_are_those_worked_out_by_hand() {
    let report = report(&service(), &["service.csv"]);
    let section = section(&report);
    // 0, 1, 4, 10 and 42 days; 27 and 36 days still open: the curve is 6/7, 5/7, 4/7, 3/7, and 0 at 42.
    let close = all(&section["times"], "close");
    assert_eq!([&close["cases"], &close["finished"], &close["censored"], &close["no_time"]], [7, 5, 2, 2]);
    near(&close["quantiles"][0]["days"], 10.0);
    near(&close["quantiles"][1]["days"], 42.0);
    near(&close["mean_finished"], 11.4);
    near(&close["median_finished"], 4.0);
    // In 30 days: four closed in time, one late, one overdue on 5 April; one is due on 9 April, two have no time.
    let kept = all(&section["deadlines"], "close");
    assert_eq!(
        [&kept["within"], &kept["late"], &kept["overdue"], &kept["not_yet_due"], &kept["no_time"]],
        [4, 1, 1, 1, 2]
    );
    near(&kept["share"], 400.0 / 6.0);
    near(&kept["share_of_done"], 80.0);
    near(&kept["share_of_due"], 50.0);
    // Friday to Tuesday night, the Monday a holiday, and Sunday to Tuesday are two business days; three had none.
    let acknowledged = all(&section["deadlines"], "acknowledge");
    assert_eq!([&acknowledged["within"], &acknowledged["late"], &acknowledged["overdue"]], [6, 0, 3]);
    assert_eq!(all(&section["deadlines"], "respond")["reason"], "no_deadline");
    // scipy 1.17.1: chi2 for 9 events, binomtest for Wilson.
    near(&figure(&report, "rate_per_1000", None)["low"], 2.057_686_548_69);
    near(&figure(&report, "rate_per_1000", None)["high"], 8.542_401_725_71);
    near(&figure(&report, "closed_in_time", None)["low"], 29.999_331_513_8);
    near(&figure(&report, "closed_in_time", None)["high"], 90.322_858_889_4);
    assert_eq!(figure(&report, "closed_in_time", None)["target_verdict"], "cannot_tell");
    // Broken, Late and Other thrice each; severities 2 + 4 + 1, 3 + 2 + 5, and 1.
    let categories = &section["categories"];
    near(&categories["gini"], 0.0);
    let risks: Vec<&Value> = categories["rows"].as_array().unwrap().iter().map(|row| &row["risk"]).collect();
    assert_eq!(risks, [7.0, 10.0, 1.0]);
    assert_eq!(categories["other_too_large"], true);
    assert_eq!([&section["remedy"]["cases"], &section["remedy"]["negative"]], [3, 1]);
    near(&section["remedy"]["sum"], 30.0);
    // A twice in February and January about the same: one repeated customer of eight, one complaint once more.
    near(&figure(&report, "repeat", None)["value"], 12.5);
    near(&figure(&report, "recurrent", None)["value"], 100.0 / 9.0);
    // Reopened of those that were closed.
    near(&figure(&report, "reopened", None)["value"], 100.0 / 7.0);
    let satisfaction = &section["satisfaction"];
    assert_eq!([&satisfaction["both"], &satisfaction["process_only"], &satisfaction["neither"]], [3, 1, 1]);
    near(&satisfaction["p"], 1.0);
}

#[test]
fn open_complaints_are_carried_from_period_to_period() {
    let report = report(&service(), &["service.csv", "--every", "month"]);
    let periods = section(&report)["periods"].as_array().unwrap();
    let told: Vec<(&str, u64, u64, u64)> = periods
        .iter()
        .map(|period| {
            (
                period["period"].as_str().unwrap(),
                period["volume"]["received"].as_u64().unwrap(),
                period["closed"].as_u64().unwrap(),
                period["backlog"]["open"].as_u64().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [("2026-01", 2, 1, 1), ("2026-02", 2, 2, 0), ("2026-03", 5, 2, 2), ("2026-04", 0, 0, 2)]
    );
    assert_eq!(periods[3]["complete"], false);
}

#[test]
fn none_is_a_count_with_an_upper_limit_and_no_sign_of_satisfaction() {
    let folder = Workdir::new();
    folder.file("c.csv", "received,closed\n2026-01-05,2026-01-06\n2026-03-02,2026-03-03\n");
    let report = report(&folder, &["c.csv", "--every", "month", "--as-of", "2026-03-31"]);
    let february = figure(&report, "count", Some("2026-02"));
    near(&february["value"], 0.0);
    // scipy 1.17.1: chi2.ppf(0.975, 2) / 2.
    near(&february["high"], 3.688_879_454_11);
    assert_eq!(february["target_verdict"], Value::Null);
    assert_eq!(february["better"], Value::Null);
    let notes = report["notes"].as_array().unwrap();
    let note = notes.iter().find(|note| note["code"] == "no_complaints").unwrap();
    assert!(note["text"].as_str().unwrap().contains("2026-02"), "{note}");
    assert!(note["text"].as_str().unwrap().contains("no sign of satisfaction"), "{note}");
}

#[test]
fn times_of_a_bank_are_those_of_a_peer() {
    // The reference cases km.log-log and km.logrank_segment: survival 3.5.3, survfit and survdiff.
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference/events/bank_a.csv");
    let as_of = chrono::NaiveDate::from_ymd_opt(2026, 1, 31).unwrap();
    let mut text = "received,closed,segment\n".to_owned();
    for line in fs::read_to_string(cases).unwrap().lines().skip(1) {
        let [segment, days, resolved] = line.split(',').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let received = as_of - chrono::Days::new(days.parse().unwrap());
        let closed = if resolved == "1" { as_of.to_string() } else { String::new() };
        text += &format!("{received},{closed},{segment}\n");
    }
    let folder = Workdir::new();
    folder.file("bank.csv", text);
    let report = report(&folder, &["bank.csv", "--by", "segment", "--as-of", "2026-01-31"]);
    let section = section(&report);
    let close = all(&section["times"], "close");
    assert_eq!([&close["cases"], &close["finished"]], [157, 127]);
    let median = figure(&report, "time_to_close_median", None);
    assert_eq!([&median["value"], &median["low"], &median["high"]], [8.0, 7.0, 10.0]);
    let week = close["curve"].as_array().unwrap().iter().find(|point| point["days"] == 7.0).unwrap();
    near(&week["finished"], 100.0 - 53.755_162_035_4);
    near(&week["low"], 100.0 - 61.229_972_261_3);
    near(&week["high"], 100.0 - 45.589_878_922_8);
    let test =
        &section["time_tests"].as_array().unwrap().iter().find(|test| test["step"] == "close").unwrap();
    near(&test["statistic"], 1.621_875_650_52);
    near(&test["p"], 0.654_439_897_539);
}

#[test]
fn the_order_of_records_changes_nothing() {
    let folder = service();
    let one = report(&folder, &["service.csv", "--by", "category,region*severity"]);
    let text = data("service.csv");
    let mut lines: Vec<&str> = text.lines().collect();
    // Of a repeated record the first is kept: it stays before the other.
    lines[1..13].reverse();
    folder.file("service.csv", lines.join("\n") + "\n");
    let other = report(&folder, &["service.csv", "--by", "category,region*severity"]);
    assert_eq!(one["estimates"], other["estimates"]);
    for part in
        ["times", "deadlines", "categories", "outcomes", "remedy", "satisfaction", "periods", "joined"]
    {
        assert_eq!(section(&one)[part], section(&other)[part], "{part}");
    }
}

#[test]
fn small_groups_are_hidden_and_cannot_be_worked_out() {
    let folder = service();
    let definition = format!("[survey]\nsuppress_below = 5\n{}", data("service.toml"));
    folder.file("service.toml", definition);
    let report = report(&folder, &["service.csv"]);
    let estimates = report["estimates"].as_array().unwrap();
    let of_groups: Vec<&Value> =
        estimates.iter().filter(|estimate| !estimate["segment"].as_object().unwrap().is_empty()).collect();
    assert!(!of_groups.is_empty());
    for estimate in of_groups {
        assert_eq!(
            [&estimate["value"], &estimate["base"], &estimate["low"]],
            [&Value::Null; 3],
            "{estimate}"
        );
        assert!(matches!(estimate["flag"].as_str(), Some("suppressed" | "complementary")), "{estimate}");
    }
    assert!(section(&report)["time_tests"].as_array().unwrap().iter().all(|test| test["p"].is_null()));
}

#[test]
fn figures_that_cannot_exist_are_said_not_to() {
    let folder = Workdir::new();
    folder.file("c.csv", "Date received,Issue\n2026-01-05,Late\n2026-01-07,Late\n");
    let report = report(&folder, &["c.csv"]);
    let section = section(&report);
    assert_eq!(all(&section["times"], "close")["reason"], "no_column");
    assert_eq!(section["volume"]["reason"], "no_transactions");
    assert_eq!(section["backlog"], Value::Null);
    assert_eq!([&section["counted"]["unknown"], &section["counted"]["open"]], [2, 0]);
    assert_eq!(
        section["periods"][0]["closed"],
        Value::Null,
        "without a column nobody knows how many were closed"
    );
    let estimates = report["estimates"].as_array().unwrap();
    let there = |statistic: &str| estimates.iter().any(|estimate| estimate["statistic"] == statistic);
    assert!(there("count") && !there("rate_per_1000") && !there("open") && !there("time_to_close_median"));
}

#[test]
fn what_is_in_time_needs_a_deadline() {
    let folder = Workdir::new();
    folder.file("c.csv", "received,closed\n2026-01-05,2026-01-06\n");
    let report = report(&folder, &["c.csv"]);
    let in_time = figure(&report, "closed_in_time", None);
    assert_eq!((&in_time["value"], in_time["flag"].as_str()), (&Value::Null, Some("no_deadline")));
}

#[test]
fn what_is_wrong_is_said_with_its_code() {
    let folder = service();
    folder.file("no_date.csv", "Issue,Result\nLate,none\n");
    folder.file("both.csv", "received,closed\n13/01/2026,\n01/14/2026,\n25/01/2026,\n01/26/2026,\n");
    folder.file("zone.csv", "received,closed\n2026-01-05T10:00:00+02:00,2026-01-06T10:00:00Z\n");
    folder.file(
        "zone.toml",
        "[complaints]\nreceived = \"received\"\nclosed = \"closed\"\ntime_zone = \"Europe/Berlyn\"\n",
    );
    folder.file("missing.toml", "[complaints]\nreceived = \"recieved\"\n");
    for (arguments, code, texts) in [
        (&["gone.csv"][..], 1, &["gone.csv"][..]),
        (&["no_date.csv"], 1, &["no column was found that says when complaints came in", "received = "]),
        (&["both.csv"], 1, &["both orders", "format"]),
        (&["zone.csv"], 78, &["Europe/Berlyn", "did you mean `Europe/Berlin`?"]),
        (&["service.csv", "--survey", "missing.toml"], 1, &["recieved", "received"]),
        (&["service.csv", "--by", "regio"], 2, &["regio", "region"]),
        (&["service.csv", "--by", "received"], 2, &["holds no groups"]),
        (&["service.csv", "--as-of", "yesterday"], 2, &["2026-09-30"]),
        (&["service.csv", "--every", "week"], 2, &["month, quarter or year"]),
        (&["service.csv", "both.csv"], 2, &["--survey"]),
    ] {
        let arguments: Vec<&str> = ["complaints"].iter().chain(arguments).copied().collect();
        let run = folder.run(&arguments);
        assert_eq!(run.code, code, "{arguments:?}: {}", run.stderr);
        for text in texts {
            assert!(run.stderr.contains(text), "{arguments:?}: {text}: {}", run.stderr);
        }
    }
}

#[test]
fn offsets_are_brought_to_one_zone() {
    let folder = Workdir::new();
    folder.file("c.csv", "received,closed\n2026-01-05T10:00:00+02:00,2026-01-05T10:00:00Z\n");
    let report = report(&folder, &["c.csv"]);
    near(&figure(&report, "time_to_close_median", None)["value"], 2.0 / 24.0);
}

#[test]
fn offsets_are_brought_to_the_clock_of_a_place() {
    let folder = Workdir::new();
    // Over both switches of 2026: noon to noon is a day on the wall. A close at 23:30 UTC is on the next day there.
    folder.file(
        "c.csv",
        "received,closed\n2026-03-28T12:00:00+01:00,2026-03-29T10:00:00Z\n2026-10-24T12:00:00+02:00,2026-10-25T11:00:00Z\n\
         2026-06-30T22:30:00Z,2026-06-30T23:30:00Z\n",
    );
    let definition = "[complaints]\nreceived = \"received\"\nclosed = \"closed\"\nclose_within = \"1 day\"\n";
    folder.file("c.toml", format!("{definition}time_zone = \"Europe/Berlin\"\n"));
    let found = report(&folder, &["c.csv", "--as-of", "2026-12-31"]);
    let close = all(&section(&found)["times"], "close");
    near(&close["mean_finished"], (1.0 + 1.0 + 1.0 / 24.0) / 3.0);
    let periods = section(&found)["periods"].as_array().unwrap();
    let received: Vec<u64> =
        periods.iter().map(|period| period["volume"]["received"].as_u64().unwrap()).collect();
    assert_eq!(received, [1, 0, 1, 1], "half past midnight of July in Berlin");
    near(&figure(&found, "closed_in_time", None)["value"], 100.0);
}

#[test]
fn days_are_not_compared_with_hours() {
    // Closed on the day of receipt, which has a time of day: no fault, and no time.
    let folder = Workdir::new();
    folder.file("c.csv", "received,closed\n2026-01-05 16:00,2026-01-05\n2026-01-05 09:00,2026-01-07\n");
    let report = report(&folder, &["c.csv"]);
    let section = section(&report);
    assert_eq!(section["faults"], serde_json::json!([]));
    near(&all(&section["times"], "close")["mean_finished"], 1.0);
}

#[test]
fn a_saved_report_is_the_same_again() {
    let folder = service();
    let text = folder.run(&["complaints", "service.csv", "-f", "json"]).stdout;
    let report: csat::report::Report = serde_json::from_str(&text).unwrap();
    let again = serde_json::to_value(&report).unwrap();
    assert_eq!(again, serde_json::from_str::<Value>(&text).unwrap());
}

#[test]
fn several_files_are_one() {
    let folder = service();
    let whole = report(&folder, &["service.csv", "--by", "category"]);
    let text = data("service.csv");
    let lines: Vec<&str> = text.lines().collect();
    let part = |rows: &[&str]| [&lines[..1], rows].concat().join("\n") + "\n";
    folder.file("a.csv", part(&lines[1..6]));
    folder.file("b.csv", part(&lines[6..]));
    let parts = report(&folder, &["a.csv", "b.csv", "--survey", "service.toml", "--by", "category"]);
    assert_eq!(whole["estimates"], parts["estimates"]);
    for of in ["times", "deadlines", "categories", "outcomes", "remedy", "satisfaction", "periods", "joined"]
    {
        assert_eq!(section(&whole)[of], section(&parts)[of], "{of}");
    }
    // The record of line 14 repeats one of the other file.
    let mut faults = section(&parts)["faults"].as_array().unwrap().iter();
    let repeated = faults.find(|fault| fault["code"] == "repeated_id").unwrap();
    let place = &repeated["places"][0];
    assert_eq!((place["input"].as_str(), place["line"].as_u64()), (Some("b.csv"), Some(9)));
    let inputs = parts["provenance"]["inputs"].as_array().unwrap();
    let named: Vec<(&str, u64)> = inputs
        .iter()
        .map(|input| (input["name"].as_str().unwrap(), input["rows"].as_u64().unwrap()))
        .collect();
    assert_eq!(named, [("a.csv", 5), ("b.csv", 8)]);
}

#[test]
fn each_file_has_its_own_header() {
    let folder = Workdir::new();
    folder.file(
        "a.csv",
        "id,received,closed,category,remedy_cost\nT-1,2026-01-05,2026-01-06,Late,3\nT-3,2026-01-07,2026-01-09,Late,3\n",
    );
    folder.file(
        "b.csv",
        "Issue,Closed,Remarks,Ticket ID,Date received\nlate,,x,T-2,25/02/2026\nLATE ,,y,T-1,13/02/2026\n",
    );
    let found = report(&folder, &["a.csv", "b.csv"]);
    let section = section(&found);
    assert_eq!([&section["counted"]["complaints"], &section["counted"]["open"]], [3, 1]);
    assert_eq!(section["joined"][0]["variants"], serde_json::json!([["late", 1]]));
    assert_eq!(section["remedy"]["cases"], 2);
    let notes = found["notes"].as_array().unwrap();
    let note = notes.iter().find(|note| note["code"] == "column_in_some_files").unwrap();
    assert_eq!(
        note["text"],
        "b.csv has no column for remedy_cost and other files have: there it counts as blank"
    );
    // Where a file has no column of close dates, nobody knows what is open.
    folder.file("c.csv", "Ticket ID,Date received,Issue\nT-7,2026-03-01,Late\nT-8,2026-03-02,Late\n");
    let run = folder.run(&["complaints", "a.csv", "c.csv"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(run.stderr.contains("`c.csv` has no column for `closed`"), "{}", run.stderr);
}

#[test]
fn a_saved_report_is_verified() {
    let folder = service();
    folder.file("holidays.csv", "date\n2026-01-06\n");
    let definition = data("service.toml");
    let holidays = definition.lines().find(|line| line.starts_with("holidays")).unwrap();
    folder.file("service.toml", definition.replace(holidays, "holidays = \"holidays.csv\""));
    let run = folder.run(&["complaints", "service.csv", "--by", "category,region", "-o", "saved.json"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let run = folder.run(&["verify", "saved.json"]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    folder.file("holidays.csv", "date\n2026-01-07\n");
    let run = folder.run(&["verify", "saved.json"]);
    assert_eq!(run.code, 3, "{}{}", run.stdout, run.stderr);
    assert!(run.stdout.contains("holidays.csv"), "{}", run.stdout);
}

/// Ninety without a problem; of sixty with one, forty complained, of whom 24 had it put right.
fn surveyed() -> Workdir {
    let folder = Workdir::new();
    let mut answers = "overall,recommend,had,told,solved,wave\n".to_owned();
    for (times, line) in [
        (72, "5,10,no,,"),
        (18, "2,5,no,,"),
        (22, "5,9,yes,Yes,5"),
        (2, "2,4,yes,Yes,4"),
        (16, "1,0,yes,Yes,2"),
        (8, "4,8,yes,No,"),
        (12, "2,3,yes,No,"),
    ] {
        answers += &format!("{line},2026-Q1\n").repeat(times);
    }
    folder.file("answers.csv", answers);
    folder.file(
        "complaints.csv",
        "received,closed\n2026-01-05,2026-01-06\n2026-02-05,\n".to_owned()
            + &"2026-03-02,2026-03-03\n".repeat(98),
    );
    folder.file(
        "survey.toml",
        "[question.overall]\nmeasure = \"csat\"\noverall = true\n[question.recommend]\nmeasure = \"nps\"\n\
         [question.had]\nmeasure = \"choice\"\n[question.told]\nmeasure = \"choice\"\n[question.solved]\nmeasure = \"rating\"\n\
         [complaints]\nreceived = \"received\"\nclosed = \"closed\"\nas_of = \"2026-03-31\"\n\
         problem = \"had\"\ncomplained = \"told\"\nrecovered = \"solved\"\n",
    );
    folder
}

#[test]
fn satisfaction_goes_by_what_became_of_the_problem() {
    let folder = surveyed();
    let report = report(&folder, &["complaints.csv", "--scores", "answers.csv"]);
    let survey = &section(&report)["survey"];
    let shares: Vec<(&str, f64, u64)> = survey["shares"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            (
                row["statistic"].as_str().unwrap(),
                row["share"].as_f64().unwrap(),
                row["base"].as_u64().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        shares,
        [("had_problem", 40.0, 150), ("complained", 66.666_666_666_7, 60), ("recovered", 60.0, 40)]
    );
    let recovery = &survey["recovery"];
    let top: Vec<(&str, u64, f64)> = recovery["groups"]
        .as_array()
        .unwrap()
        .iter()
        .map(|group| {
            let figure = &group["figures"][0];
            assert_eq!(figure["statistic"], "top_box");
            (
                group["group"].as_str().unwrap(),
                group["rows"].as_u64().unwrap(),
                figure["value"].as_f64().unwrap(),
            )
        })
        .collect();
    let expected = [
        ("no_problem", 90, 80.0),
        ("recovered", 24, 91.666_666_666_7),
        ("not_recovered", 16, 0.0),
        ("did_not_complain", 20, 40.0),
    ];
    assert_eq!(top, expected);
    assert_eq!([&recovery["in_no_group"], &recovery["paradox"]], [&Value::from(0), &Value::from(false)]);
    // R 4.2.2: prop.test(c(22, 72), c(24, 90), correct = FALSE), and Newcombe's limits by hand from Wilson's.
    let difference = |group: &str, less: &str, statistic: &str| {
        let mut found = recovery["differences"].as_array().unwrap().iter();
        let is_it =
            |one: &&Value| one["group"] == group && one["less"] == less && one["statistic"] == statistic;
        found.find(is_it).unwrap().clone()
    };
    let sure = difference("recovered", "no_problem", "top_box");
    near(&sure["difference"], 91.666_666_666_666_7 - 80.0);
    near(&sure["p"], 0.181_810_049_282);
    near(&sure["low"], -7.180_079_224_4);
    near(&sure["high"], 22.839_318_916_6);
    near(&difference("not_recovered", "no_problem", "nps")["difference"], -100.0 - 60.0);
    assert_eq!(difference("did_not_complain", "no_problem", "mean")["verdict"], "down");
    // Holm's steps leave no adjusted p-value below its own.
    for one in recovery["differences"].as_array().unwrap() {
        assert!(one["p_adjusted"].as_f64() >= one["p"].as_f64(), "{one}");
    }
}

#[test]
fn problems_behind_complaints_are_those_over_the_share_who_complain() {
    let folder = surveyed();
    let found = report(&folder, &["complaints.csv", "--scores", "answers.csv"]);
    let iceberg = &section(&found)["survey"]["iceberg"];
    assert_eq!(
        [&iceberg["complaints"], &iceberg["base"], &iceberg["reason"]],
        [&Value::from(100), &Value::from(60), &Value::Null]
    );
    near(&iceberg["problems"], 150.0);
    // R 4.2.2, survey 4.1-1: svycontrast of log(count / share) with 100 and 40 of 60.
    near(&iceberg["low"], 115.037_126_576_9);
    near(&iceberg["high"], 195.589_029_989_8);
    near(&figure(&found, "problems_estimated", None)["value"], 150.0);
    assert_eq!(figure(&found, "problems_estimated", None)["better"], Value::Null);
    near(&figure(&found, "recovered", None)["value"], 60.0);
    // Few answers, and a period without complaints, give none and say why.
    let few = report(&folder, &["complaints.csv", "--scores", "answers.csv", "--where", "overall <= 2"]);
    assert_eq!(section(&few)["survey"]["iceberg"]["reason"], Value::Null);
    let few = report(&folder, &["complaints.csv", "--scores", "answers.csv", "--where", "overall = 1"]);
    assert_eq!(section(&few)["survey"]["iceberg"]["reason"], "too_few_answers");
    let survey = fs::read_to_string(folder.path().join("survey.toml")).unwrap();
    folder.file("survey.toml", format!("[data]\nwave = {{ column = \"wave\" }}\n{survey}"));
    let waves = report(&folder, &["complaints.csv", "--scores", "answers.csv", "--wave", "2026-Q1"]);
    let iceberg = &section(&waves)["survey"]["iceberg"];
    assert_eq!([&iceberg["period"], &iceberg["complaints"]], [&Value::from("2026-Q1"), &Value::from(100)]);
    let months = report(
        &folder,
        &["complaints.csv", "--scores", "answers.csv", "--wave", "2026-Q1", "--every", "month"],
    );
    assert_eq!(section(&months)["survey"]["iceberg"]["reason"], "no_such_period");
}

#[test]
fn what_is_wrong_with_answers_is_said() {
    let folder = surveyed();
    folder.file("plain.toml", "[complaints]\nreceived = \"received\"\n");
    let survey = fs::read_to_string(folder.path().join("survey.toml")).unwrap();
    folder.file("wrong.toml", survey.replace("problem = \"had\"", "problem = \"overall\""));
    folder.file("near.toml", survey.replace("problem = \"had\"", "problem = \"hat\""));
    for (arguments, code, text) in [
        (&["--scores", "gone.csv"][..], 1, "gone.csv"),
        (&["--survey", "plain.toml", "--scores", "answers.csv"], 78, "problem = "),
        (&["--survey", "wrong.toml", "--scores", "answers.csv"], 78, "measure choice"),
        (&["--survey", "near.toml", "--scores", "answers.csv"], 78, "did you mean `had`?"),
        (&["--scores", "-"], 2, "standard input"),
        (&["--wave", "2026-Q1"], 2, "--scores"),
    ] {
        let arguments: Vec<&str> =
            ["complaints", "complaints.csv"].iter().chain(arguments).copied().collect();
        let run = folder.run(&arguments);
        assert_eq!(run.code, code, "{arguments:?}: {}", run.stderr);
        assert!(run.stderr.contains(text), "{arguments:?}: {}", run.stderr);
    }
}

#[test]
fn small_groups_of_a_survey_are_hidden_together() {
    let folder = surveyed();
    let survey = fs::read_to_string(folder.path().join("survey.toml")).unwrap();
    folder.file("survey.toml", format!("[survey]\nsuppress_below = 20\n{survey}"));
    let report = report(&folder, &["complaints.csv", "--scores", "answers.csv"]);
    let survey = &section(&report)["survey"];
    for group in survey["recovery"]["groups"].as_array().unwrap() {
        assert_eq!([&group["rows"], &group["figures"][0]["value"]], [&Value::Null; 2], "{group}");
    }
    assert_eq!(survey["recovery"]["differences"], serde_json::json!([]));
    assert_eq!(survey["iceberg"]["reason"], "suppressed");
    assert_eq!(survey["shares"][0]["share"], Value::Null);
    assert_eq!(figure(&report, "recovered", None)["flag"], "suppressed");
}

/// The same twelve complaints as different programs write them: what is there is the same, what is not is said not to be.
#[test]
fn files_of_other_makers_say_the_same() {
    let day = |number: u64| chrono::NaiveDate::from_ymd_opt(2026, 1, 13).unwrap() + chrono::Days::new(number);
    let topics = ["Late", "late ", "LATE", "Broken"];
    let cases: Vec<(u64, chrono::NaiveDate, Option<chrono::NaiveDate>, &str)> = (0..12)
        .zip(topics.into_iter().cycle())
        .map(|(number, topic)| {
            let closed = (number % 4 != 3).then(|| day(number * 5 + 2 + number % 3));
            (number, day(number * 5), closed, topic)
        })
        .collect();
    let written = |header: &str, delimiter: &str, date: &str, extra: &dyn Fn(bool) -> String| {
        let of = |day: Option<chrono::NaiveDate>| {
            let noon = |day: chrono::NaiveDate| day.and_hms_opt(14, 0, 0).unwrap();
            day.map_or_else(String::new, |day| noon(day).format(date).to_string())
        };
        let lines = cases.iter().map(|(number, received, closed, topic)| {
            let cells = [
                format!("R{number}"),
                of(Some(*received)),
                of(*closed),
                (*topic).to_owned(),
                extra(closed.is_some()),
            ];
            cells.join(delimiter) + "\r\n"
        });
        format!("{}\r\n{}", header.replace('|', delimiter), lines.collect::<String>())
    };
    let state = |closed: bool| if closed { "Closed" } else { "In Progress" }.to_owned();
    let german = |closed: bool| if closed { "erledigt" } else { "offen" }.to_owned();
    let french = |closed: bool| if closed { "Clôturé" } else { "En cours" }.to_owned();
    let files = [
        (
            "us.csv",
            written(
                "Case Number|Date Opened|Date Closed|Complaint Type|Status",
                ",",
                "%m/%d/%Y %I:%M:%S %p",
                &state,
            ),
        ),
        (
            "de.csv",
            "\u{feff}".to_owned()
                + &written(
                    "Vorgangsnummer|Eingang|Erledigt am|Beschwerdegrund|Status",
                    ";",
                    "%d.%m.%Y %H:%M",
                    &german,
                ),
        ),
        (
            "fr.csv",
            written("N° dossier|Date de réception|Date de clôture|Motif|Statut", ";", "%d/%m/%Y", &french),
        ),
        (
            "iso.csv",
            written("id|created_at|resolved_at|category|state", ",", "%Y-%m-%dT%H:%M:%S+02:00", &state),
        ),
        ("tabs.csv", written("Ticket ID|Received|Closed|Topic|Status", "\t", "%Y-%m-%d", &state)),
        (
            "short.csv",
            written("Ticket|Date received|Date closed|Issue|Status", ",", "%d/%m/%y %H:%M", &state),
        ),
    ];
    let folder = Workdir::new();
    let mut medians = Vec::new();
    for (name, text) in files {
        folder.file(name, text);
        let found = report(&folder, &[name, "--as-of", "2026-04-30"]);
        let section = section(&found);
        let counted = &section["counted"];
        assert_eq!([&counted["complaints"], &counted["closed"], &counted["open"]], [12, 9, 3], "{name}");
        assert_eq!(section["faults"], serde_json::json!([]), "{name}");
        let categories: Vec<u64> = section["categories"]["rows"]
            .as_array()
            .unwrap_or_else(|| panic!("{name}: {}", section["columns"]))
            .iter()
            .map(|row| row["cases"].as_u64().unwrap())
            .collect();
        assert_eq!(categories, [9, 3], "{name}");
        assert_eq!(section["joined"][0]["variants"].as_array().unwrap().len(), 2, "{name}");
        medians.push(figure(&found, "time_to_close_median", None)["value"].as_f64().unwrap());
    }
    assert!(medians.iter().all(|median| (median - medians[0]).abs() < 1e-9), "{medians:?}");
    // Without a close date and a status there is no time, no backlog and nothing closed.
    let lines = cases.iter().map(|(number, received, ..)| format!("{number},{received}\n"));
    folder.file("bare.csv", "Reference,Date received\n".to_owned() + &lines.collect::<String>());
    let found = report(&folder, &["bare.csv"]);
    assert_eq!(section(&found)["periods"][0]["closed"], Value::Null);
    assert_eq!(section(&found)["backlog"], Value::Null);
    assert_eq!(section(&found)["counted"]["unknown"], 12);
}

/// A workbook with serial numbers of days that no format marks as dates.
#[test]
fn serial_numbers_of_a_workbook_are_days_where_the_definition_says_so() {
    let folder = Workdir::new();
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (column, name) in (0..).zip(["opened", "closed", "topic"]) {
        sheet.write_string(0, column, name).unwrap();
    }
    for row in 1..=6 {
        sheet.write_number(row, 0, 46_040.0 + f64::from(row)).unwrap();
        if row < 6 {
            sheet.write_number(row, 1, 46_042.5 + f64::from(row)).unwrap();
        }
        sheet.write_string(row, 2, "Late").unwrap();
    }
    book.save(folder.path().join("serial.xlsx")).unwrap();
    folder.file(
        "serial.toml",
        "[complaints]\nreceived = \"opened\"\nclosed = \"closed\"\ncategory = \"topic\"\nformat = \"excel\"\n",
    );
    let found = report(&folder, &["serial.xlsx", "--as-of", "2026-02-28"]);
    let counted = &section(&found)["counted"];
    assert_eq!([&counted["complaints"], &counted["closed"], &counted["open"]], [6, 5, 1]);
    // Serial 46041 is 2026-01-19 (Excel 1900 system).
    assert_eq!(counted["first_received"], "2026-01-19");
}

#[test]
fn segments_that_are_asked_for_are_shown_period_by_period() {
    let folder = Workdir::new();
    let mut text = "received,closed,region\n".to_owned();
    for (month, region, times) in [(1, "North", 12), (2, "North", 6), (1, "South", 4), (3, "South", 9)] {
        text += &format!("2026-{month:02}-05,2026-{month:02}-07,{region}\n").repeat(times);
    }
    folder.file("c.csv", text);
    let arguments = ["c.csv", "--every", "month", "--as-of", "2026-03-31", "--by", "region"];
    let found = report(&folder, &arguments);
    let counts: Vec<(&str, &str, u64)> = found["estimates"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["statistic"] == "count" && one["wave"].is_string())
        .filter_map(|one| {
            let region = one["segment"]["region"].as_str()?;
            Some((one["wave"].as_str().unwrap(), region, one["base"].as_u64().unwrap()))
        })
        .collect();
    let expected = [
        ("2026-01", "North", 12),
        ("2026-01", "South", 4),
        ("2026-02", "North", 6),
        ("2026-02", "South", 0),
        ("2026-03", "North", 0),
        ("2026-03", "South", 9),
    ];
    assert_eq!(counts, expected);
    // The section keeps to whole segments and whole periods.
    let rows = section(&found)["times"].as_array().unwrap();
    assert!(rows.iter().all(|row| row["period"].is_null() || row["segment"].as_object().unwrap().is_empty()));
    folder.file(
        "c.toml",
        "[survey]\nsuppress_below = 5\n[complaints]\nreceived = \"received\"\nclosed = \"closed\"\n",
    );
    let found = report(&folder, &arguments);
    let is_crossed =
        |one: &&Value| one["wave"].is_string() && !one["segment"].as_object().unwrap().is_empty();
    assert_eq!(found["estimates"].as_array().unwrap().iter().filter(is_crossed).count(), 0);
    let mut estimates = found["estimates"].as_array().unwrap().iter();
    let is_north = |one: &&Value| one["statistic"] == "count" && one["segment"]["region"] == "North";
    assert_eq!(estimates.find(is_north).unwrap()["value"], 18.0, "whole segments stay");
    assert!(found["notes"].as_array().unwrap().iter().any(|note| note["code"] == "no_periods_of_segment"));
}
