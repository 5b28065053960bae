//! `csat disputes` through the program: figures worked out by hand and by R, bad input, laws.
//!
//! Reference values: R 4.2.2 with survival 3.5-3 (`survfit`, `conf.type = "log-log"`, `quantile`, `survdiff`) and survey
//! 4.1-1 (`svyratio`, `confint` with df = 8); Wilson, Goodman, Newcombe and the funnel's limits from their formulas there
//! (`qchisq`, `qbinom`, `pbinom`, `dbinom`).

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::support::{Run, Workdir};

fn data(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/data/disputes");
    fs::read_to_string(folder.join(name)).unwrap()
}

/// Fifteen records with one of each fault, a definition for them, and the complaints that went before.
fn bank() -> Workdir {
    let folder = Workdir::new();
    for name in ["disputes.csv", "disputes.toml", "complaints.csv"] {
        folder.file(name, data(name));
    }
    folder
}

fn report(folder: &Workdir, arguments: &[&str]) -> Value {
    let arguments: Vec<&str> = ["disputes"].iter().chain(arguments).chain(&["-f", "json"]).copied().collect();
    let Run { stdout, stderr, code } = folder.run(&arguments);
    assert_eq!(code, 0, "{stderr}");
    serde_json::from_str(&stdout).unwrap()
}

fn section(report: &Value) -> &Value {
    let sections = report["sections"].as_array().unwrap();
    sections.iter().find(|section| section["kind"] == "disputes").unwrap()
}

/// The row of all disputes.
fn all<'a>(rows: &'a Value, step: &str) -> &'a Value {
    let rows = rows.as_array().unwrap().iter();
    let mut rows = rows.filter(|row| row["step"] == step && row["period"].is_null());
    rows.find(|row| row["segment"].as_object().unwrap().is_empty()).unwrap()
}

fn row<'a>(rows: &'a Value, key: &str, value: &str) -> &'a Value {
    let found = rows.as_array().unwrap().iter().find(|row| row[key] == value);
    found.unwrap_or_else(|| panic!("{key} = {value}"))
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

/// A figure with its limits.
fn between(found: &Value, [value, low, high]: [f64; 3]) {
    near(&found["value"], value);
    near(&found["low"], low);
    near(&found["high"], high);
}

#[test]
fn every_record_is_counted_or_told() {
    let report = report(&bank(), &["disputes.csv"]);
    let counted = &section(&report)["counted"];
    let numbers = ["records", "disputes", "decided", "open", "unknown", "closed", "heard"];
    let found: Vec<u64> = numbers.iter().map(|name| counted[*name].as_u64().unwrap()).collect();
    assert_eq!(found, [14, 13, 10, 3, 0, 8, 1]);
    let left_out = counted["left_out"].as_array().unwrap();
    assert_eq!(left_out.len(), 1);
    assert_eq!(
        (&left_out[0]["reason"], &left_out[0]["places"][0]["line"]),
        (&"no_referred_date".into(), &14.into())
    );
    let ledger = &report["ledger"];
    let excluded = ledger["excluded"].as_array().unwrap().iter();
    let excluded: u64 = excluded.map(|entry| entry["rows"].as_u64().unwrap()).sum();
    assert_eq!(ledger["rows_read"].as_u64().unwrap(), ledger["rows_used"].as_u64().unwrap() + excluded);
}

#[test]
fn every_fault_has_its_place() {
    let report = report(&bank(), &["disputes.csv", "--complaints", "complaints.csv"]);
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
            ("awarded_above_claimed", 1, 10, 14, "counted"),
            ("decided_before_referred", 1, 7, 9, "counted_without_time"),
            ("negative_amount", 1, 12, 15, "cell_left_out"),
            ("notice_before_referred", 1, 13, 6, "counted"),
            ("open_with_outcome_date", 1, 9, 9, "counted_as_open"),
            ("repeated_id", 1, 16, 0, "left_out"),
            ("satisfaction_out_of_range", 1, 12, 19, "cell_left_out"),
            ("unknown_complaint", 1, 10, 2, "counted"),
            ("unknown_outcome", 1, 12, 10, "cell_left_out"),
        ]
    );
    assert_eq!(faults[8]["texts"], serde_json::json!(["lost in post"]));
}

#[test]
fn times_are_those_of_a_peer() {
    let report = report(&bank(), &["disputes.csv"]);
    let times = &section(&report)["times"];
    let quantiles = |step: &str| -> Vec<[Option<f64>; 3]> {
        let quantiles = all(times, step)["quantiles"].as_array().unwrap();
        let of = |quantile: &Value| ["days", "low", "high"].map(|name| quantile[name].as_f64());
        quantiles.iter().map(of).collect()
    };
    let some = Some::<f64>;
    assert_eq!(
        quantiles("response"),
        [[some(14.0), some(7.0), some(21.0)], [some(21.0), some(14.0), None], [None, some(18.0), None]]
    );
    assert_eq!(
        quantiles("outcome"),
        [[some(34.0), some(29.0), some(50.0)], [some(50.0), some(34.0), None], [None, some(48.0), None]]
    );
    assert_eq!(
        quantiles("close"),
        [[some(50.0), some(31.0), None], [some(105.0), some(50.0), None], [None, some(105.0), None]]
    );
    let test = |segment: &str| {
        let tests = section(&report)["time_tests"].as_array().unwrap();
        tests.iter().find(|test| test["step"] == "response" && test["segment"] == segment).unwrap()
    };
    near(&test("provider")["statistic"], 13.924_783_325_35);
    near(&test("provider")["p"], 0.000_946_829_367_967_9);
    near(&test("method")["statistic"], 2.326_186_674_961);
}

#[test]
fn what_was_done_in_time_and_what_is_not_yet_due() {
    let report = report(&bank(), &["disputes.csv"]);
    let counts = |step: &str| -> Vec<u64> {
        let row = all(&section(&report)["deadlines"], step);
        let names = ["within", "early", "late", "overdue", "not_yet_due", "no_deadline", "no_time", "cases"];
        names.iter().map(|name| row[*name].as_u64().unwrap()).collect()
    };
    // Ten days after notice: six in time, four too late, two never answered, one is due on the very day.
    assert_eq!(counts("response"), [6, 0, 4, 2, 1, 0, 0, 13]);
    // Sixty days: nine in time, the newest early; one open past them, one outcome has no time.
    assert_eq!(counts("outcome"), [9, 3, 0, 1, 2, 0, 1, 13]);
    // Two in time and one early, one late, one overdue, one due in June; seven have no due date.
    assert_eq!(counts("implementation"), [3, 1, 1, 1, 1, 7, 0, 13]);
    between(figure(&report, "implemented_in_time", None), [60.0, 23.072_428_127_6, 88.237_922_576_74]);
    assert_eq!(figure(&report, "responded_in_time", None)["target_verdict"], "missed");
    assert_eq!(figure(&report, "time_to_close_median", None)["target_verdict"], "cannot_tell");
}

#[test]
fn outcomes_and_shares_are_those_worked_out() {
    let report = report(&bank(), &["disputes.csv"]);
    let outcomes = &section(&report)["outcomes"];
    assert_eq!([&outcomes["decided"], &outcomes["undecided"], &outcomes["unknown"]], [9, 3, 1]);
    let rows = outcomes["rows"].as_array().unwrap();
    let cases: Vec<u64> = rows.iter().map(|row| row["cases"].as_u64().unwrap()).collect();
    assert_eq!(cases, [1, 2, 3, 1, 1, 1, 0]);
    near(&rows[2]["low"], 8.425_552_003_992);
    near(&rows[2]["high"], 73.097_774_885_73);
    near(&rows[6]["high"], 44.569_980_669_17);
    between(figure(&report, "for_customer", None), [100.0 / 3.0, 8.425_552_003_992, 73.097_774_885_73]);
    // The withdrawn one is not in the base.
    between(figure(&report, "settled", None), [12.5, 2.241_749_145_006, 47.088_818_221_29]);
    // Of two recommendations the organisation accepted both and the customer one.
    let shares = &section(&report)["shares"];
    let accepted = |name: &str| {
        let share = row(shares, "statistic", name);
        (share["count"].as_u64().unwrap(), share["base"].as_u64().unwrap())
    };
    assert_eq!(
        ["organisation_accepted", "customer_accepted", "accepted"].map(accepted),
        [(2, 2), (1, 2), (1, 2)]
    );
    // Three of five for whom both had decided got more than before; a settlement decides nothing.
    between(figure(&report, "overturned", None), [60.0, 23.072_428_127_6, 88.237_922_576_74]);
    assert_eq!(figure(&report, "overturned", None)["better"], "lower");
    assert_eq!(figure(&report, "overturned", None)["target_verdict"], "missed");
}

#[test]
fn amounts_are_those_of_a_peer() {
    let report = report(&bank(), &["disputes.csv"]);
    let award = &section(&report)["award"];
    assert_eq!([&award["cases"], &award["without"], &award["above_claim"]], [9, 0, 1]);
    near(&award["se"], 10.609_368_922_49);
    between(figure(&report, "award_ratio", None), [53.623_188_405_8, 29.157_939_798_63, 78.088_437_012_97]);
    near(&award["median"], 41.666_666_666_67);
    let cost = &section(&report)["cost"];
    assert_eq!([&cost["cases"], &cost["without"], &cost["negative"]], [9, 3, 1]);
    between(figure(&report, "cost_mean", None), [157.777_777_777_8, 88.835_305_142_15, 226.720_250_413_41]);
    near(&cost["median"], 150.0);
}

#[test]
fn a_rate_of_complaints_in_a_file_is_a_share_of_them() {
    let report = report(&bank(), &["disputes.csv", "--complaints", "complaints.csv"]);
    let referral = &section(&report)["referral"];
    assert_eq!([&referral["unresolved"], &referral["referred"]], [11, 8]);
    assert_eq!([&referral["though_resolved"], &referral["not_in_file"], &referral["without_id"]], [3, 1, 1]);
    let rate = figure(&report, "referral_rate", None);
    between(rate, [800.0 / 11.0, 43.435_469_882_39, 90.253_940_709_98]);
    assert_eq!(
        [&rate["method"], &rate["flag"], &rate["better"]],
        [&"wilson".into(), &"small_base".into(), &Value::Null]
    );
    assert_eq!(report["provenance"]["inputs"].as_array().unwrap().len(), 2);
    // Six of those received in the first quarter stayed unresolved.
    let first = figure(&report, "referral_rate", Some("2026-Q1"));
    assert_eq!(first["base"], 6);
}

#[test]
fn a_rate_of_a_number_of_complaints_is_a_ratio() {
    let folder = bank();
    let declared = |line: &str| data("disputes.toml").replace("as_of =", &format!("{line}\nas_of ="));
    folder.file("disputes.toml", declared("unresolved = 40"));
    let whole = report(&folder, &["disputes.csv"]);
    let rate = figure(&whole, "referral_rate", None);
    between(rate, [32.5, 18.871_330_882_85, 55.971_145_149_06]);
    assert_eq!([&rate["method"], &rate["flag"]], ["log-ratio", "not_a_subset"]);
    folder.file("disputes.toml", declared("unresolved = { 2026-Q1 = 4 }"));
    let by_period = report(&folder, &["disputes.csv"]);
    let rate = figure(&by_period, "referral_rate", Some("2026-Q1"));
    near(&rate["value"], 200.0);
    assert_eq!(section(&by_period)["periods"][1]["reason"], "no_unresolved");
    folder.file("disputes.toml", data("disputes.toml"));
    let without = report(&folder, &["disputes.csv"]);
    assert_eq!(section(&without)["referral"]["reason"], "no_unresolved");
    assert!(without["estimates"].as_array().unwrap().iter().all(|of| of["statistic"] != "referral_rate"));
}

#[test]
fn providers_are_set_against_all_of_them() {
    let report = report(&bank(), &["disputes.csv"]);
    let funnel = row(&section(&report)["funnels"], "statistic", "for_customer");
    assert_eq!([&funnel["count"], &funnel["base"]], [3, 9]);
    let providers = funnel["providers"].as_array().unwrap();
    let names: Vec<&str> = providers.iter().map(|row| row["provider"].as_str().unwrap()).collect();
    assert_eq!(names, ["Board", "Ombud"], "the third has no outcome that is known");
    let ombud = &providers[1];
    assert_eq!([&ombud["count"], &ombud["base"]], [2, 5]);
    near(&ombud["low_95"], 0.0);
    near(&ombud["high_95"], 89.85);
    near(&ombud["high_998"], 100.0);
    near(&providers[0]["high_95"], 96.796_875);
    near(&ombud["p"], 1.0);
    assert_eq!((&ombud["place"], &ombud["few"]), (&"within".into(), &true.into()));
    assert!(report["notes"].as_array().unwrap().iter().any(|note| note["code"] == "few_cases_of_provider"));
}

#[test]
fn winners_and_losers_are_told_apart() {
    let report = report(&bank(), &["disputes.csv"]);
    between(figure(&report, "fair", None), [75.0, 40.927_543_031_02, 92.852_078_724_79]);
    let sides = &section(&report)["satisfaction"]["sides"][0];
    assert_eq!([&sides["base_won"], &sides["base_lost"]], [3, 1]);
    near(&sides["difference"], 100.0);
    near(&sides["low"], 2.796_969_842_244);
    near(&sides["high"], 100.0);
    near(&sides["p"], 0.045_500_263_896_36);
    // Both questions are one family, and the answers on the procedure part in the same way.
    near(&sides["p_adjusted"], 2.0 * 0.045_500_263_896_36);
}

#[test]
fn of_one_dispute_there_are_counts() {
    let folder = Workdir::new();
    let lines: Vec<String> = data("disputes.csv").lines().take(2).map(str::to_owned).collect();
    folder.file("one.csv", lines.join("\n") + "\n");
    let report = report(&folder, &["one.csv"]);
    assert_eq!(section(&report)["counted"]["disputes"], 1);
    for statistic in ["cost_mean", "award_ratio", "for_customer"] {
        let found = figure(&report, statistic, None);
        assert_eq!((&found["value"], &found["flag"]), (&Value::Null, &"single_answer".into()), "{statistic}");
    }
    for estimate in report["estimates"].as_array().unwrap() {
        let is_rate = estimate["unit"] == "percent" && !estimate["value"].is_null();
        assert!(!is_rate || (!estimate["low"].is_null() && !estimate["high"].is_null()), "{estimate}");
    }
    assert!(report["notes"].as_array().unwrap().iter().any(|note| note["code"] == "one_dispute"));
    assert_eq!(section(&report)["funnels"][0]["reason"], "too_few_groups");
    assert!(!folder.run(&["disputes", "one.csv"]).stdout.contains("NaN"));
}

#[test]
fn none_is_a_count_and_no_sign_of_satisfaction() {
    let folder = Workdir::new();
    folder.file("none.csv", "referred_at,outcome_at,outcome,cost_org,provider\n");
    let report = report(&folder, &["none.csv", "--as-of", "2026-03-31"]);
    assert_eq!(section(&report)["counted"]["disputes"], 0);
    assert!(report["notes"].as_array().unwrap().iter().any(|note| note["code"] == "no_disputes"));
    near(&figure(&report, "count", None)["value"], 0.0);
    near(&figure(&report, "count", None)["high"], 3.688_879_454_11);
    let shown = folder.run(&["disputes", "none.csv", "--as-of", "2026-03-31"]).stdout;
    assert!(shown.contains("do not show satisfaction"), "{shown}");
}

#[test]
fn the_order_of_records_changes_nothing() {
    let folder = bank();
    let arguments = ["disputes.csv", "--complaints", "complaints.csv", "--by", "provider,region*method"];
    let one = report(&folder, &arguments);
    let text = data("disputes.csv");
    let mut lines: Vec<&str> = text.lines().collect();
    // Of a repeated record the first is kept: it stays before the other.
    lines[1..15].reverse();
    folder.file("disputes.csv", lines.join("\n") + "\n");
    let other = report(&folder, &arguments);
    assert_eq!(one["estimates"], other["estimates"]);
    for part in
        ["times", "deadlines", "outcomes", "award", "cost", "satisfaction", "periods", "funnels", "referral"]
    {
        assert_eq!(section(&one)[part], section(&other)[part], "{part}");
    }
}

#[test]
fn small_groups_are_hidden_and_cannot_be_worked_out() {
    let folder = bank();
    let definition = data("disputes.toml").replace("[survey]", "[survey]\nsuppress_below = 5");
    folder.file("disputes.toml", definition);
    let report = report(&folder, &["disputes.csv", "--by", "provider"]);
    let of = |provider: &str| {
        let estimates = report["estimates"].as_array().unwrap().iter();
        let found: Vec<&Value> =
            estimates.filter(|estimate| estimate["segment"]["provider"] == provider).collect();
        assert!(!found.is_empty());
        found.iter().all(|estimate| estimate["value"].is_null() && estimate["base"].is_null())
    };
    // One case of the scheme, and the smallest of the others, by which it could be worked out.
    assert_eq!(["Scheme", "Board", "Ombud"].map(of), [true, true, false]);
    let funnel = row(&section(&report)["funnels"], "statistic", "settled");
    let board = row(&funnel["providers"], "provider", "Board");
    assert_eq!([&board["reason"], &board["share"]], [&"suppressed".into(), &Value::Null]);
    let tests = section(&report)["time_tests"].as_array().unwrap();
    assert!(tests.iter().filter(|test| test["segment"] == "provider").all(|test| test["p"].is_null()));
}

#[test]
fn what_is_wrong_is_said_with_its_code() {
    let folder = bank();
    folder.file("no_date.csv", "provider,outcome\nOmbud,settled\n");
    folder.file("both.csv", "referred_at,closed_at\n13/01/2026,\n01/14/2026,\n25/01/2026,\n01/26/2026,\n");
    folder.file("zone.csv", "referred_at,closed_at\n2026-01-05T10:00:00+02:00,2026-01-06T10:00:00Z\n");
    folder.file("zone.toml", "[disputes]\ntime_zone = \"Europe/Berlyn\"\n");
    folder.file("missing.toml", "[disputes]\nreferred = \"refered\"\n");
    folder.file("broken.toml", "[disputes]\ntargets = { settled = 4 }\n");
    for (arguments, code, texts) in [
        (&["gone.csv"][..], 1, &["gone.csv"][..]),
        (&["no_date.csv"], 1, &["no column was found that says when disputes were referred", "referred = "]),
        (&["both.csv"], 1, &["both orders", "format"]),
        (&["zone.csv"], 78, &["Europe/Berlyn", "did you mean `Europe/Berlin`?"]),
        (&["disputes.csv", "--survey", "missing.toml"], 1, &["refered", "referred"]),
        (&["disputes.csv", "--survey", "broken.toml"], 78, &["has no good side", "broken.toml:2"]),
        (&["disputes.csv", "--complaints", "gone.csv"], 1, &["gone.csv"]),
        (
            &["disputes.csv", "--complaints", "no_date.csv", "--survey", "none"],
            1,
            &["no_date.csv", "received"],
        ),
        (&["disputes.csv", "--by", "provder"], 2, &["provder", "provider"]),
        (&["disputes.csv", "--by", "referred"], 2, &["holds no groups"]),
        (&["disputes.csv", "--as-of", "yesterday"], 2, &["2026-09-30"]),
        (&["disputes.csv", "--every", "week"], 2, &["month, quarter or year"]),
        (&["disputes.csv", "both.csv"], 2, &["reads one file"]),
    ] {
        let arguments: Vec<&str> = ["disputes"].iter().chain(arguments).copied().collect();
        let run = folder.run(&arguments);
        assert_eq!(run.code, code, "{arguments:?}: {}", run.stderr);
        for text in texts {
            assert!(run.stderr.contains(text), "{arguments:?}: {text}: {}", run.stderr);
        }
    }
}

#[test]
fn guessed_columns_are_said() {
    let folder = Workdir::new();
    folder.file("disputes.csv", data("disputes.csv"));
    let run = folder.run(&["disputes", "disputes.csv"]);
    for text in ["referred", "referred_at", "decided", "outcome_at", "organisation_accepted", "org_accepted"]
    {
        assert!(run.stderr.contains(text), "{text}: {}", run.stderr);
    }
    let report = report(&folder, &["disputes.csv"]);
    let columns = section(&report)["columns"].as_array().unwrap();
    assert_eq!(columns.len(), 21);
    assert!(columns.iter().all(|column| column["guessed"] == true));
}

#[test]
fn every_key_changes_what_is_said() {
    let folder = bank();
    let base = data("disputes.toml");
    let with = |line: &str| {
        let key = line.split(" =").next().unwrap();
        let (own, complaints) = base.split_once("[complaints]").unwrap();
        let is_other = |other: &&str| !other.starts_with(&format!("{key} ="));
        let kept: Vec<&str> = own.lines().filter(is_other).collect();
        let own = kept.join("\n").replace("[disputes]", &format!("[disputes]\n{line}"));
        format!("{own}\n[complaints]{complaints}")
    };
    let said = |definition: &str| {
        folder.file("disputes.toml", definition);
        let mut report = report(&folder, &["disputes.csv", "--complaints", "complaints.csv"]);
        report["provenance"] = Value::Null;
        report
    };
    let before = said(&base);
    for line in [
        "id = \"org_accepted\"",
        "complaint = \"dispute_id\"",
        "provider = \"region\"",
        "method = \"region\"",
        "referred = \"notice_at\"",
        "notice = \"outcome_at\"",
        "responded = \"outcome_at\"",
        "hearing = \"closed_at\"",
        "decided = \"closed_at\"",
        "outcome = \"internal_outcome\"",
        "organisation_accepted = \"customer_accepted\"",
        "customer_accepted = \"org_accepted\"",
        "claimed = \"cost_org\"",
        "awarded = \"cost_org\"",
        "cost = \"amount_claimed\"",
        "implemented = \"closed_at\"",
        "implementation_due = \"closed_at\"",
        "closed = \"implemented_at\"",
        "fair = \"process_sat\"",
        "process_satisfaction = \"fair_provider\"",
        "internal_outcome = \"outcome\"",
        "segments = [\"provider\"]",
        "settled = [\"lost in post\"]",
        "recommendation = [\"lost in post\"]",
        "for_customer = [\"lost in post\"]",
        "split = [\"lost in post\"]",
        "for_organisation = [\"lost in post\"]",
        "withdrawn = [\"lost in post\"]",
        "out_of_scope = [\"lost in post\"]",
        "undecided = [\"lost in post\"]",
        "respond_within = \"10 business days\"",
        "decide_within = \"30 days\"",
        "unresolved_when = [\"escalated\"]",
        "as_of = \"2026-06-30\"",
        "period = \"month\"",
        "scale_satisfaction = 10",
        "satisfied_from = 5",
        "targets = { fair = 60 }",
    ] {
        assert_ne!(said(&with(line)), before, "{line}");
    }
    let business = |more: &str| {
        with("respond_within = \"10 business days\"").replace("[disputes]", &format!("[disputes]\n{more}"))
    };
    let by_days = said(&business(""));
    for line in ["business_hours = \"Mon-Sat\"", "holidays = [\"2026-01-08\"]", "time_zone = \"+01:00\""] {
        assert_ne!(said(&business(line)), by_days, "{line}");
    }
    for line in ["unresolved = 40", "unresolved = { 2026-Q1 = 40 }"] {
        folder.file("disputes.toml", with(line));
        assert!(!section(&report(&folder, &["disputes.csv"]))["referral"]["rate"].is_null(), "{line}");
    }
    let format = "format = \"%d.%m.%Y\"";
    folder.file("disputes.toml", with(format));
    assert_eq!(section(&report(&folder, &["disputes.csv"]))["counted"]["disputes"], 0, "{format}");
    folder.file("survey.toml", "[disputes]\nfile = \"disputes.csv\"\n");
    assert_eq!(folder.run(&["disputes"]).code, 0);
}

#[test]
fn a_saved_report_is_the_same_again_and_shows_in_every_format() {
    let folder = bank();
    let text = folder.run(&["disputes", "disputes.csv", "-f", "json"]).stdout;
    let report: csat::report::Report = serde_json::from_str(&text).unwrap();
    let again = serde_json::to_value(&report).unwrap();
    assert_eq!(again, serde_json::from_str::<Value>(&text).unwrap());
    for (format, texts) in [
        ("table", &["Disputes of a bank", "Awarded and claimed", "ISO 10003:2018, 8.1, 8.2, 8.3"][..]),
        ("md", &["## Disputes", "Overturned", "Ombud"]),
        ("csv", &["disputes,", "overturned", "award_ratio"]),
        ("html", &["<svg", "99.8 % limits", "How the steps come along"]),
    ] {
        let run = folder.run(&["disputes", "disputes.csv", "-f", format]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        for text in texts {
            assert!(run.stdout.contains(text), "{format}: {text}\n{}", run.stdout);
        }
        assert!(!run.stdout.contains("NaN"), "{format}");
    }
    assert_eq!(folder.run(&["disputes", "disputes.csv", "-o", "d.xlsx"]).code, 0);
    for (language, text) in [("de", "Streitfälle"), ("fr", "Litiges"), ("es", "Litigios")] {
        folder
            .file("disputes.toml", format!("[report]\nlanguage = \"{language}\"\n{}", data("disputes.toml")));
        let shown = folder.run(&["disputes", "disputes.csv", "-f", "md"]).stdout;
        assert!(shown.contains(text), "{language}: {shown}");
    }
}
