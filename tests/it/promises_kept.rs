//! `csat promises` through the program: figures worked out by hand, versions over time, complaints, answers, bad input.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::support::{Run, Workdir};

/// Seventeen events with one of each fault, a register, complaints, answers and a definition.
fn promised() -> Workdir {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/data/promises");
    let folder = Workdir::new();
    for name in ["promises.csv", "events.csv", "complaints.csv", "answers.csv", "survey.toml"] {
        folder.file(name, fs::read_to_string(from.join(name)).unwrap());
    }
    folder
}

fn report(folder: &Workdir, arguments: &[&str]) -> Value {
    let arguments: Vec<&str> = ["promises"].iter().chain(arguments).chain(&["-f", "json"]).copied().collect();
    let Run { stdout, stderr, code } = folder.run(&arguments);
    assert_eq!(code, 0, "{stderr}");
    serde_json::from_str(&stdout).unwrap()
}

fn section(report: &Value) -> &Value {
    let sections = report["sections"].as_array().unwrap();
    sections.iter().find(|section| section["kind"] == "promises").unwrap()
}

fn row<'a>(report: &'a Value, promise: &str) -> &'a Value {
    let rows = section(report)["promises"].as_array().unwrap();
    rows.iter().find(|row| row["promise"] == promise).unwrap_or_else(|| panic!("{promise}"))
}

/// An estimate without segment, of a period or of all.
fn figure<'a>(report: &'a Value, question: &str, statistic: &str, wave: Option<&str>) -> &'a Value {
    let estimates = report["estimates"].as_array().unwrap().iter();
    let mut found = estimates.filter(|estimate| {
        estimate["question"] == question
            && estimate["statistic"] == statistic
            && estimate["wave"].as_str() == wave
            && estimate["segment"].as_object().unwrap().is_empty()
    });
    found.next().unwrap_or_else(|| panic!("{question} {statistic} {wave:?}"))
}

#[track_caller]
fn near(found: &Value, expected: f64) {
    let found = found.as_f64().unwrap_or_else(|| panic!("{found} for {expected}"));
    assert!((found - expected).abs() < 1e-9 * expected.abs().max(1.0), "{found} for {expected}");
}

#[track_caller]
fn limits(found: &Value, value: f64, low: f64, high: f64) {
    near(&found["value"], value);
    near(&found["low"], low);
    near(&found["high"], high);
}

#[test]
fn every_record_is_counted_or_told() {
    let report = report(&promised(), &[]);
    let counted = &section(&report)["counted"];
    assert_eq!(
        [&counted["records"], &counted["events"], &counted["judged"], &counted["not_judged"]],
        [16, 11, 9, 2]
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
    assert_eq!(
        left_out,
        [
            ("event_after_as_of", "", 16),
            ("no_date", "", 14),
            ("no_promise", "", 15),
            ("outside_validity", "delivery", 13),
            ("unknown_promise", "parking", 12),
        ]
    );
    let ledger = &report["ledger"];
    let excluded: u64 =
        ledger["excluded"].as_array().unwrap().iter().map(|entry| entry["rows"].as_u64().unwrap()).sum();
    assert_eq!(ledger["rows_read"].as_u64().unwrap(), ledger["rows_used"].as_u64().unwrap() + excluded);
}

#[test]
fn every_fault_has_its_place() {
    let report = report(&promised(), &[]);
    let told: Vec<(&str, u64, u64, u64, &str)> = section(&report)["faults"]
        .as_array()
        .unwrap()
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
            ("met_contradicts_value", 1, 6, 6, "value_wins"),
            ("negative_remedy", 1, 7, 7, "cell_left_out"),
            ("not_judged", 2, 8, 6, "counted_not_judged"),
            ("paid_without_due", 1, 10, 8, "counted"),
            ("repeated_id", 1, 17, 0, "left_out"),
            ("unreadable", 1, 11, 6, "cell_left_out"),
        ]
    );
    assert_eq!(section(&report)["joined"][0]["variants"], serde_json::json!([["Delivery", 1]]));
}

#[test]
fn figures_of_a_small_file_are_those_worked_out_by_hand() {
    let report = report(&promised(), &[]);
    // Kept: 3 of 3 days, 2 of 2, 1 of 2. Broken: 5 of 3, 4 of 2, 3 of 2 (whatever it says of itself), 8 of 2.
    // scipy 1.17.1: binomtest(k, n).proportion_ci(method='wilson').
    limits(
        figure(&report, "promises.delivery", "kept", None),
        300.0 / 7.0,
        15.821_985_525_1,
        74.954_163_547_2,
    );
    limits(figure(&report, "promises.answer", "kept", None), 50.0, 9.453_120_573_42, 90.546_879_426_6);
    limits(figure(&report, "promises", "kept", None), 400.0 / 9.0, 18.877_852_109_8, 73.334_870_650_5);
    assert_eq!(figure(&report, "promises.delivery", "kept", None)["base"], 7);
    near(&figure(&report, "promises.delivery", "events", None)["value"], 8.0);
    // Beyond the target by 2, 2, 1 and 6 days. numpy 2.4.6: percentile; scipy: t.interval, sem.
    let overshoot = &row(&report, "delivery")["figures"]["overshoot"];
    assert_eq!([&overshoot["base"], &overshoot["without"]], [4, 0]);
    limits(figure(&report, "promises.delivery", "overshoot_mean", None), 2.75, 0.0, 6.278_307_858_93);
    near(&figure(&report, "promises.delivery", "overshoot_mean", None)["se"], 1.108_677_891_3);
    near(&overshoot["median"], 2.0);
    near(&overshoot["p90"], 4.8);
    near(&overshoot["largest"], 6.0);
    assert_eq!(overshoot["unit"], "days");
    assert_eq!(row(&report, "answer")["figures"]["overshoot"]["without"], 1);
    // Due 10 four times: given 10, 5, nothing and 10.
    let remedies = &row(&report, "delivery")["figures"]["remedies"];
    assert_eq!([&remedies["due"], &remedies["honoured"], &remedies["partly"]], [4, 2, 1]);
    near(&remedies["amount_due"], 40.0);
    near(&remedies["amount_paid"], 25.0);
    limits(
        figure(&report, "promises.delivery", "remedy_honoured", None),
        50.0,
        15.003_898_914_9,
        84.996_101_085_1,
    );
    // Three complaints of eight events; one of them about both promises. scipy: chi2.ppf.
    let rate = figure(&report, "promises.delivery", "complaints_per_1000", None);
    limits(rate, 375.0, 77.334_015_362, 1_095.909_133_72);
    near(&figure(&report, "promises", "complaints_per_1000", None)["value"], 3_000.0 / 11.0);
    assert_eq!((rate["better"].as_str(), rate["method"].as_str()), (Some("lower"), Some("garwood")));
}

#[test]
fn targets_are_the_organisations_own() {
    let report = report(&promised(), &[]);
    let kept = |question| {
        let found = figure(&report, question, "kept", None);
        (found["target"].as_f64(), found["target_verdict"].as_str())
    };
    assert_eq!(kept("promises.delivery"), (Some(90.0), Some("missed")), "that of the version in force");
    assert_eq!(kept("promises.answer"), (Some(60.0), Some("cannot_tell")));
    assert_eq!(kept("promises.refund"), (Some(60.0), None));
    let rate = figure(&report, "promises.delivery", "complaints_per_1000", None);
    assert_eq!(
        (rate["target"].as_f64(), rate["target_verdict"].as_str()),
        (Some(500.0), Some("cannot_tell"))
    );
    let folder = promised();
    let definition = fs::read_to_string(folder.path().join("survey.toml")).unwrap();
    folder.file("survey.toml", definition.replace("targets = { kept = 60, complaints_per_1000 = 500 }", ""));
    let without = self::report(&folder, &[]);
    assert_eq!(figure(&without, "promises.answer", "kept", None)["target"], Value::Null, "none is built in");
}

#[test]
fn a_promise_without_events_was_never_tested() {
    let report = report(&promised(), &[]);
    let refund = row(&report, "refund");
    assert_eq!(refund["state"], "never_tested");
    assert_eq!(refund["figures"]["reason"], "no_events");
    assert_eq!([&refund["figures"]["kept_share"], &refund["figures"]["low"]], [&Value::Null; 2]);
    let kept = figure(&report, "promises.refund", "kept", None);
    assert_eq!(
        (&kept["value"], kept["flag"].as_str(), &kept["base"]),
        (&Value::Null, Some("no_answers"), &0.into())
    );
    let notes = report["notes"].as_array().unwrap();
    let text = |code: &str| notes.iter().find(|note| note["code"] == code).unwrap()["text"].as_str().unwrap();
    assert!(text("promises_never_tested").contains("refund"));
    assert!(text("promises_never_tested").contains("not 100"));
    assert!(text("promises_no_indicator").contains("answer"));
    assert!(text("promises_unknown").contains("parking"));
    assert!(text("promises_outside_validity").contains("delivery"));
    assert!(text("promises_few_complaints").contains("no sign"));
    assert_eq!([&row(&report, "answer")["no_indicator"], &refund["no_indicator"]], [true, false]);
}

#[test]
fn events_are_judged_by_the_version_of_their_day() {
    let folder = promised();
    let found = report(&folder, &[]);
    let versions: Vec<(&str, &str, u64, u64, u64)> = section(&found)["versions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|version| {
            let count = |name: &str| version["figures"][name].as_u64().unwrap();
            let name = version["version"].as_str().unwrap_or("");
            (version["promise"].as_str().unwrap(), name, count("events"), count("judged"), count("kept"))
        })
        .collect();
    assert_eq!(
        versions,
        [
            ("delivery", "2025", 2, 2, 1),
            ("delivery", "2026", 6, 5, 2),
            ("answer", "", 3, 2, 1),
            ("refund", "", 0, 0, 0)
        ]
    );
    assert_eq!(row(&found, "delivery")["text"], "Delivered within two days", "the version in force");
    // Three days throughout: the fifth event is kept, the others stay.
    let register = fs::read_to_string(folder.path().join("promises.csv")).unwrap();
    folder.file("promises.csv", register.replace("<=,2,days", "<=,3,days"));
    let kept = report(&folder, &[]);
    assert_eq!(row(&kept, "delivery")["figures"]["kept"], 4);
}

#[test]
fn periods_and_groups_add_up() {
    let report = report(&promised(), &[]);
    let cells = |part: &str, of: &dyn Fn(&Value) -> String| -> Vec<(String, String, u64, u64, u64)> {
        let cells = section(&report)[part].as_array().unwrap().iter();
        cells
            .map(|cell| {
                let count = |name: &str| cell["figures"][name].as_u64().unwrap();
                let promise = cell["promise"].as_str().unwrap_or("").to_owned();
                (of(cell), promise, count("events"), count("judged"), count("kept"))
            })
            .collect()
    };
    let expected = |rows: &[(&str, &str, u64, u64, u64)]| -> Vec<(String, String, u64, u64, u64)> {
        rows.iter().map(|row| (row.0.to_owned(), row.1.to_owned(), row.2, row.3, row.4)).collect()
    };
    assert_eq!(
        cells("periods", &|cell| cell["period"].as_str().unwrap().to_owned()),
        expected(&[
            ("2025-Q4", "", 2, 2, 1),
            ("2025-Q4", "delivery", 2, 2, 1),
            ("2025-Q4", "answer", 0, 0, 0),
            ("2025-Q4", "refund", 0, 0, 0),
            ("2026-Q1", "", 9, 7, 3),
            ("2026-Q1", "delivery", 6, 5, 2),
            ("2026-Q1", "answer", 3, 2, 1),
            ("2026-Q1", "refund", 0, 0, 0),
        ])
    );
    assert_eq!(
        cells("groups", &|cell| cell["segment"]["segment"].as_str().unwrap().to_owned()),
        expected(&[
            ("North", "", 6, 4, 3),
            ("North", "delivery", 4, 3, 2),
            ("North", "answer", 2, 1, 1),
            ("South", "", 5, 5, 1),
            ("South", "delivery", 4, 4, 1),
            ("South", "answer", 1, 1, 0),
        ])
    );
    near(&figure(&report, "promises.delivery", "kept", Some("2026-Q1"))["value"], 40.0);
}

#[test]
fn complaints_of_a_file_take_the_place_of_those_of_events() {
    let report = report(&promised(), &["--complaints", "complaints.csv"]);
    let account = &section(&report)["complaints"];
    assert_eq!(
        ["records", "about", "about_none", "unknown_promise", "outside"].map(|name| account[name].as_u64()),
        [7, 4, 1, 1, 1].map(Some)
    );
    assert_eq!(
        (account["by"].as_str(), account["input"].as_str()),
        (Some("complaints"), Some("complaints.csv"))
    );
    // scipy 1.17.1: chi2.ppf, binomtest.
    limits(
        figure(&report, "promises", "complaints_per_1000", None),
        4_000.0 / 11.0,
        99.078_670_329_7,
        931.053_515_946,
    );
    near(&figure(&report, "promises.delivery", "complaints_per_1000", None)["value"], 375.0);
    near(&figure(&report, "promises.delivery", "complaints_per_1000", Some("2025-Q4"))["value"], 500.0);
    limits(
        figure(&report, "promises.delivery", "misunderstood", None),
        100.0 / 3.0,
        6.149_194_472_04,
        79.234_039_919_8,
    );
    near(&figure(&report, "promises", "misunderstood", None)["value"], 50.0);
}

#[test]
fn complaints_without_a_promise_are_tied_by_events() {
    let folder = promised();
    folder.file(
        "by_id.csv",
        "id,received,category\nc1,2025-12-12,Late\nc3,2026-03-21,Wrong expectation\nc9,2026-03-21,Late\n",
    );
    let definition = fs::read_to_string(folder.path().join("survey.toml")).unwrap();
    let definition = definition.replace("promise = \"promise\"\n", "").replace("kind = \"kind\"\n", "");
    folder.file("survey.toml", definition);
    let report = report(&folder, &["--complaints", "by_id.csv"]);
    let account = &section(&report)["complaints"];
    assert_eq!(account["by"], "both");
    assert_eq!([&account["records"], &account["about"], &account["about_none"]], [3, 2, 1]);
    assert_eq!(row(&report, "delivery")["figures"]["complaints"], 2);
    near(&figure(&report, "promises.delivery", "misunderstood", None)["value"], 50.0);
}

#[test]
fn who_knows_the_promises_and_likes_them_is_from_the_survey() {
    let report = report(&promised(), &["--scores", "answers.csv"]);
    let awareness = figure(&report, "promises", "awareness", None);
    // scipy 1.17.1: binomtest(3, 5), binomtest(2, 4).
    limits(awareness, 60.0, 23.072_428_127_6, 88.237_922_576_7);
    assert_eq!((&awareness["base"], awareness["unit"].as_str()), (&5.into(), Some("percent")));
    limits(figure(&report, "promises", "satisfaction", None), 50.0, 15.003_898_914_9, 84.996_101_085_1);
    let answers = section(&report)["answers"].as_array().unwrap();
    assert_eq!(answers[0]["of"], "share:yes");
    assert_eq!(answers[1]["text"], "How satisfied are you with what we promise?");
    let inputs: Vec<&str> = report["provenance"]["inputs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|input| input["name"].as_str().unwrap())
        .collect();
    assert_eq!(inputs, ["events.csv", "promises.csv", "answers.csv"]);
}

#[test]
fn promises_can_stand_in_the_definition() {
    let folder = promised();
    folder.file(
        "inline.toml",
        "[promises]\nas_of = \"2026-03-31\"\n\
         [promises.delivery_2025]\npromise = \"delivery\"\nindicator = \"days\"\noperator = \"<=\"\ntarget = 3\nunit = \"days\"\n\
         valid_from = \"2025-01-01\"\nvalid_to = \"2025-12-31\"\n\
         [promises.delivery]\nindicator = \"days\"\noperator = \"<=\"\ntarget = 2\nunit = \"days\"\nvalid_from = \"2026-01-01\"\n\
         target_kept = 90\n[promises.answer]\n[promises.refund]\nindicator = \"days\"\n",
    );
    let inline = report(&folder, &["events.csv", "--survey", "inline.toml"]);
    let file = report(&folder, &[]);
    for part in ["total", "periods", "groups", "charts"] {
        let bare = |report: &Value| {
            let text = section(report)[part].to_string();
            // Targets for all promises are in the other definition alone.
            let value: Value = serde_json::from_str(&text).unwrap();
            strip(value)
        };
        assert_eq!(bare(&inline), bare(&file), "{part}");
    }
    assert_eq!(section(&inline)["versions"][1]["target"], 2.0);
}

/// Without targets, their verdicts and small-base flags, which another definition has otherwise.
fn strip(value: Value) -> Value {
    match value {
        Value::Object(fields) => fields
            .into_iter()
            .filter(|(name, _)| !matches!(name.as_str(), "target" | "target_verdict" | "flag"))
            .map(|(name, value)| (name, strip(value)))
            .collect(),
        Value::Array(items) => items.into_iter().map(strip).collect(),
        other => other,
    }
}

#[test]
fn without_a_register_the_promises_are_those_that_events_name() {
    let folder = Workdir::new();
    folder.file("e.csv", "promise_id,date,met\nb,2026-01-05,yes\na,2026-01-06,no\nB,2026-01-07,ja\n");
    let report = report(&folder, &["e.csv"]);
    let section = section(&report);
    assert_eq!(section["counted"]["declared"], false);
    assert_eq!(section["as_of_from"], "last_event");
    let ids: Vec<&str> =
        section["promises"].as_array().unwrap().iter().map(|row| row["promise"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), 2);
    near(&row(&report, "a")["figures"]["kept_share"], 0.0);
    near(&section["total"]["kept_share"], 200.0 / 3.0);
    assert!(report["notes"].as_array().unwrap().iter().any(|note| note["code"] == "promises_not_declared"));
    assert!(section["complaints"].is_null(), "nothing tells of complaints");
}

#[test]
fn one_event_has_a_wide_interval_and_no_interval_of_its_overshoot() {
    let folder = Workdir::new();
    folder.file("p.csv", "promise_id,indicator,operator,target,unit\na,days,<=,2,days\n");
    folder.file("e.csv", "promise_id,date,value,remedy_due,remedy_paid\na,2026-01-05,5,yes,no\n");
    let report = report(&folder, &["e.csv", "--promises", "p.csv"]);
    // scipy 1.17.1: binomtest(0, 1).
    limits(figure(&report, "promises.a", "kept", None), 0.0, 0.0, 79.345_068_562_3);
    let mean = figure(&report, "promises.a", "overshoot_mean", None);
    assert_eq!(
        (mean["value"].as_f64(), mean["flag"].as_str(), &mean["low"]),
        (Some(3.0), Some("single_answer"), &Value::Null)
    );
    let remedies = &row(&report, "a")["figures"]["remedies"];
    assert_eq!([&remedies["due"], &remedies["honoured"]], [1, 0]);
    assert_eq!(remedies["amount_due"], Value::Null, "yes and no are no amounts");
}

#[test]
fn units_are_not_mixed() {
    let folder = Workdir::new();
    folder.file("p.csv", "promise_id,operator,target,unit\na,<=,2,days\nb,>=,90,percent\n");
    folder.file("e.csv", "promise_id,date,value\na,2026-01-05,5\nb,2026-01-06,80\nb,2026-01-07,95\n");
    let report = report(&folder, &["e.csv", "--promises", "p.csv"]);
    assert_eq!(section(&report)["total"]["overshoot"]["reason"], "mixed_units");
    near(&row(&report, "b")["figures"]["overshoot"]["mean"], 10.0);
    let estimates = report["estimates"].as_array().unwrap();
    let of_all =
        |estimate: &&Value| estimate["question"] == "promises" && estimate["statistic"] == "overshoot_mean";
    assert!(
        estimates.iter().filter(of_all).all(|estimate| estimate["wave"].is_string()),
        "none of all periods"
    );
}

#[test]
fn charts_have_limits_from_enough_periods_on() {
    let folder = Workdir::new();
    let mut text = "promise_id,date,met\n".to_owned();
    for month in 1..=9 {
        for day in 1..=20 {
            let met = if month == 9 { day <= 4 } else { day <= 16 };
            text += &format!("a,2026-0{month}-{day:02},{}\n", u8::from(met));
        }
    }
    folder.file("e.csv", text);
    let report = report(&folder, &["e.csv", "--every", "month", "--as-of", "2026-09-30"]);
    let chart = &section(&report)["charts"][0]["chart"];
    // Eight months at 80 %: 0.8 ± 3 √(0.8 · 0.2 / 20).
    assert_eq!(chart["chart"]["type"], "p");
    near(&chart["chart"]["center"], 80.0);
    near(&chart["chart"]["limits"][0]["lower"], 80.0 - 300.0 * (0.008_f64).sqrt());
    assert_eq!(chart["points"][8]["rules"][0], "beyond_limits");
    assert_eq!(section(&report)["charts"].as_array().unwrap().len(), 1, "one promise is all of them");
}

#[test]
fn the_order_of_records_changes_nothing() {
    let folder = promised();
    let arguments = ["--complaints", "complaints.csv", "--by", "segment"];
    let one = report(&folder, &arguments);
    for name in ["events.csv", "complaints.csv"] {
        let text = fs::read_to_string(folder.path().join(name)).unwrap();
        let mut lines: Vec<&str> = text.lines().collect();
        // Of a repeated record the first is kept: it stays before the other.
        lines[1..9].reverse();
        folder.file(name, lines.join("\n") + "\n");
    }
    let other = report(&folder, &arguments);
    assert_eq!(one["estimates"], other["estimates"]);
    for part in ["total", "promises", "versions", "periods", "groups", "charts", "complaints", "joined"] {
        assert_eq!(section(&one)[part], section(&other)[part], "{part}");
    }
}

#[test]
fn small_groups_are_hidden_and_cannot_be_worked_out() {
    let folder = promised();
    let definition = fs::read_to_string(folder.path().join("survey.toml")).unwrap();
    folder.file("survey.toml", definition.replace("flag_below = 3", "flag_below = 3\nsuppress_below = 4"));
    let report = report(&folder, &[]);
    // Two answers in the North are few, and so is one in the South; delivery alone would give them away.
    for cell in
        section(&report)["groups"].as_array().unwrap().iter().filter(|cell| cell["promise"].is_string())
    {
        assert_eq!([&cell["figures"]["events"], &cell["figures"]["kept_share"]], [&Value::Null; 2], "{cell}");
        assert_eq!(cell["figures"]["reason"], "suppressed");
    }
    let of_groups = report["estimates"].as_array().unwrap().iter().filter(|estimate| {
        !estimate["segment"].as_object().unwrap().is_empty() && estimate["question"] != "promises"
    });
    for estimate in of_groups {
        assert_eq!([&estimate["value"], &estimate["base"]], [&Value::Null; 2], "{estimate}");
        assert!(matches!(estimate["flag"].as_str(), Some("suppressed" | "complementary")), "{estimate}");
    }
}

#[test]
fn what_is_wrong_is_said_with_its_code() {
    let folder = promised();
    folder.file(
        "bad.csv",
        "promise_id,operator,target,effective_from,effective_to\na,=<,two,2026-02-01,2026-01-01\n",
    );
    folder.file("twice.csv", "promise_id,text\ndelivery,one\nDelivery,two\n");
    folder.file("empty.csv", "promise_id,text\n");
    folder.file("bare.csv", "promise_id,date\na,2026-01-01\n");
    folder.file("undated.csv", "promise_id,met\na,yes\n");
    folder.file(
        "both.csv",
        "promise_id,date,met\na,13/01/2026,1\na,01/14/2026,1\na,25/01/2026,1\na,01/26/2026,1\n",
    );
    folder.file("bad.toml", "[promises]\ntargets = { keept = 90 }\n[promises.a]\nvalid_from = \"2026-02-01\"\nvalid_to = \"2026-01-01\"\n");
    folder.file("plain.toml", "[promises]\n");
    folder.file("named.toml", "[promises]\nvalue = \"days_late\"\n");
    folder.file("none.csv", "name\nx\n");
    for (arguments, code, texts) in [
        (&["gone.csv"][..], 1, &["gone.csv"][..]),
        (&["--promises", "gone.csv"], 1, &["gone.csv"]),
        (&["--promises", "bad.csv"], 1, &["bad.csv:2:3", "=<", "expected a number", "ends on"]),
        (&["--promises", "twice.csv"], 1, &["twice.csv:3", "two versions at once"]),
        (&["--promises", "empty.csv"], 1, &["has no promises"]),
        (&["--promises", "none.csv"], 1, &["needs the column `promise_id`"]),
        (&["bare.csv", "--survey", "none"], 1, &["neither `met` nor `value`"]),
        (&["undated.csv", "--survey", "none"], 1, &["column `date`"]),
        (&["both.csv", "--survey", "none"], 1, &["both orders", "format"]),
        (&["events.csv", "--survey", "named.toml"], 1, &["days_late"]),
        (
            &["events.csv", "--survey", "bad.toml"],
            78,
            &["bad.toml:2:13", "did you mean `kept`?", "bad.toml:5:12"],
        ),
        (
            &["--complaints", "none.csv", "--survey", "plain.toml", "events.csv"],
            1,
            &["which promise a complaint is about"],
        ),
        (&["events.csv", "--survey", "plain.toml", "--scores", "answers.csv"], 2, &["awareness = "]),
        (&["--survey", "plain.toml"], 2, &["no file of events is named"]),
        (&["--by", "segmnt"], 2, &["did you mean `segment`?"]),
        (&["--by", "promise_id"], 2, &["of each promise already"]),
        (&["--by", "value"], 2, &["holds no groups"]),
        (&["--as-of", "yesterday"], 2, &["2026-09-30"]),
        (&["--every", "week"], 2, &["month, quarter or year"]),
        (&["events.csv", "both.csv"], 2, &["reads one file"]),
    ] {
        let arguments: Vec<&str> = ["promises"].iter().chain(arguments).copied().collect();
        let run = folder.run(&arguments);
        assert_eq!(run.code, code, "{arguments:?}: {}", run.stderr);
        for text in texts {
            assert!(run.stderr.contains(text), "{arguments:?}: {text}: {}", run.stderr);
        }
    }
}

/// Keys that other tests here do not change: each changes the figures or how events are read.
#[test]
fn each_key_changes_what_is_found() {
    let events = "number,what,day,where,days,ok,owed,given,case,date,met,promise_id,region\n\
                  1,a,05/01/2026,N,3,1,5,5,c1,2026-01-05,0,b,X\n\
                  1,a,05/02/2026,S,1,1,5,0,c1,2026-02-05,1,a,Y\n\
                  3,a,05/04/2026,S,9,0,5,0,,2026-04-05,1,a,Y\n";
    let base = "[promises]\nformat = \"%d/%m/%Y\"\nevent_id = \"number\"\npromise_id = \"what\"\ndate = \"day\"\nsegment = \"where\"\n\
                value = \"days\"\nmet = \"ok\"\nremedy_due = \"owed\"\nremedy_paid = \"given\"\ncomplaint_id = \"case\"\n\
                segments = [\"region\"]\nas_of = \"2026-03-31\"\nperiod = \"month\"\ntargets = { kept = 50 }\n\
                [promises.a]\ntext = \"T\"\ntopic = \"P\"\nindicator = \"I\"\noperator = \"<=\"\ntarget = 2\nunit = \"days\"\nremedy = \"R\"\n\
                valid_from = \"2026-01-01\"\nvalid_to = \"2026-12-31\"\nowner = \"O\"\nversion = \"1\"\ntarget_kept = 70\n";
    let folder = Workdir::new();
    folder.file("e.csv", events);
    let found = |definition: &str| {
        folder.file("p.toml", definition);
        let report = report(&folder, &["e.csv", "--survey", "p.toml"]);
        serde_json::to_string(&(&report["estimates"], section(&report), &report["ledger"])).unwrap()
    };
    let before = found(base);
    for (from, to) in [
        ("format = \"%d/%m/%Y\"", "format = \"%m/%d/%Y\""),
        ("event_id = \"number\"\n", ""),
        ("promise_id = \"what\"\n", ""),
        ("date = \"day\"\n", "date = \"date\"\n"),
        ("segments = [\"region\"]", "segments = [\"where\"]"),
        ("value = \"days\"\n", ""),
        ("met = \"ok\"\n", ""),
        ("remedy_due = \"owed\"\n", ""),
        ("remedy_paid = \"given\"\n", ""),
        ("complaint_id = \"case\"\n", ""),
        ("as_of = \"2026-03-31\"", "as_of = \"2026-04-30\""),
        ("period = \"month\"", "period = \"year\""),
        ("kept = 50", "kept = 51"),
        ("text = \"T\"", "text = \"U\""),
        ("topic = \"P\"", "topic = \"Q\""),
        ("indicator = \"I\"\n", ""),
        ("operator = \"<=\"", "operator = \">=\""),
        ("target = 2", "target = 1"),
        ("unit = \"days\"", "unit = \"hours\""),
        ("remedy = \"R\"", "remedy = \"S\""),
        ("valid_from = \"2026-01-01\"", "valid_from = \"2026-02-01\""),
        ("valid_to = \"2026-12-31\"", "valid_to = \"2026-01-31\""),
        ("owner = \"O\"", "owner = \"N\""),
        ("version = \"1\"", "version = \"2\""),
        ("target_kept = 70", "target_kept = 71"),
        (
            "[promises.a]\n",
            "[promises.b]\npromise = \"a\"\nowner = \"x\"\nvalid_to = \"2025-12-31\"\n[promises.a]\n",
        ),
    ] {
        let changed = base.replace(from, to);
        assert_ne!(changed, base, "{from}");
        assert_ne!(found(&changed), before, "`{from}` changes nothing");
    }
    // Where no segments are listed the field tells.
    let one = found(&base.replace("segments = [\"region\"]\n", ""));
    assert_ne!(
        one,
        found(&base.replace("segments = [\"region\"]\n", "").replace("segment = \"where\"\n", ""))
    );
}

#[test]
fn the_answer_that_means_knowing_can_be_named() {
    let folder = promised();
    let definition = fs::read_to_string(folder.path().join("survey.toml")).unwrap();
    folder.file(
        "survey.toml",
        definition.replace("awareness = \"knows\"", "awareness = \"knows\"\naware = [\"No\"]"),
    );
    let report = report(&folder, &["--scores", "answers.csv"]);
    near(&figure(&report, "promises", "awareness", None)["value"], 40.0);
    folder.file("answers.csv", "knows,code,date\nperhaps,5,2026-01-10\n");
    let run = folder.run(&["promises", "--scores", "answers.csv"]);
    assert!(run.stderr.contains("no answer to `knows` is known to mean"), "{}", run.stderr);
}

#[test]
fn a_saved_report_is_the_same_again() {
    let folder = promised();
    let arguments = ["promises", "--complaints", "complaints.csv", "--scores", "answers.csv", "-f", "json"];
    let text = folder.run(&arguments).stdout;
    let report: csat::report::Report = serde_json::from_str(&text).unwrap();
    let again = serde_json::to_value(&report).unwrap();
    assert_eq!(again, serde_json::from_str::<Value>(&text).unwrap());
}

#[test]
fn every_format_says_what_was_never_tested() {
    let folder = promised();
    for language in ["en", "de", "fr", "es"] {
        let definition = fs::read_to_string(folder.path().join("survey.toml")).unwrap();
        let spoken = format!("{definition}\n[report]\nlanguage = \"{language}\"\n");
        folder.file("spoken.toml", spoken);
        let arguments =
            ["promises", "events.csv", "--survey", "spoken.toml", "--complaints", "complaints.csv"];
        let arguments: Vec<&str> =
            arguments.iter().chain(&["--scores", "answers.csv", "-f"]).copied().collect();
        let written = |format: &str| {
            let run = folder.run(&[&arguments[..], &[format]].concat());
            assert_eq!(run.code, 0, "{}", run.stderr);
            run.stdout
        };
        let untested = match language {
            "de" => "nie geprüft",
            "fr" => "jamais mis à l’épreuve",
            "es" => "nunca puesto a prueba",
            _ => "never tested",
        };
        for format in ["table", "md", "html"] {
            let text = written(format);
            assert!(text.contains(untested), "{language} {format}: {text}");
            assert!(text.contains("ISO 10001:2018, 6.5, 8.2, 8.3"), "{language} {format}: {text}");
        }
        assert!(written("csv").contains("promises.delivery"));
    }
    let run = folder.run(&["promises", "-o", "promises.xlsx"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
}
