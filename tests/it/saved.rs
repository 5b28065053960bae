//! Saved reports: whom they may be shown to, what can be asked of them, their seal, and that `csat verify` runs the
//! same again, whatever wrote them.

use std::fs;

use serde_json::{Value, json};

use crate::support::Workdir;

const DEFINITION: &str = r#"
[survey]
title = "Counters"
[data]
date = "day"
wave = { every = "quarter" }
[question.overall]
measure = "csat"
overall = true
target = 20
[question.recommend]
measure = "nps"
[segment.region]
[report]
approved_by = "M. Curie"
"#;

/// Rows of one quarter; few of them from the islands.
fn rows(day: &str, shift: usize) -> String {
    let row = |row: usize| {
        let region = if row.is_multiple_of(20) { "Islands" } else { ["North", "South"][row % 2] };
        let (overall, recommend) =
            (1 + (row * 7 + row / (5 + shift)) % 5, (row * 5 + row / (7 + shift)) % 11);
        format!("{day},{overall},{recommend},{region}\n")
    };
    (0..120).map(row).collect()
}

const HEADER: &str = "day,overall,recommend,region\n";

/// All quarters in `a.csv`, each in a file of its own, the second with a definition of its own, the first saved.
fn work() -> Workdir {
    let work = Workdir::new();
    let quarters = [("q1", "2026-02-10"), ("q2", "2026-05-11"), ("q3", "2026-08-12")];
    let mut all = HEADER.to_owned();
    for (number, (name, day)) in quarters.into_iter().enumerate() {
        all += &rows(day, number);
        work.file(&format!("{name}.csv"), HEADER.to_owned() + &rows(day, number));
    }
    work.file("a.csv", all);
    work.file("survey.toml", DEFINITION);
    work.file("q2.toml", DEFINITION.replace("target = 20", "target = 15"));
    work
}

#[track_caller]
fn ok(work: &Workdir, arguments: &[&str]) -> String {
    let run = work.run(arguments);
    assert_eq!(run.code, 0, "{arguments:?}: {}{}", run.stdout, run.stderr);
    run.stdout
}

fn report(work: &Workdir, name: &str) -> Value {
    serde_json::from_str(&work.read(name)).unwrap()
}

fn sections<'a>(report: &'a Value, kind: &str) -> Vec<&'a Value> {
    report["sections"].as_array().unwrap().iter().filter(|section| section["kind"] == kind).collect()
}

#[test]
fn a_saved_report_is_not_shown_to_those_it_hides_too_little_from() {
    let work = work();
    ok(&work, &["report", "a.csv", "-o", "team.json"]);
    ok(&work, &["report", "a.csv", "--for", "customers", "-o", "customers.json"]);
    for (audience, least) in [("board", "5"), ("customers", "10")] {
        for ending in ["html", "xlsx", "md", "csv", "json"] {
            let file = format!("x.{ending}");
            let run = work.run(&["report", "team.json", "--for", audience, "-o", &file]);
            run.refused(2, &[audience, least, "hides none", "render from the answers"]);
            assert!(!work.path().join(file).exists());
        }
    }
    ok(&work, &["report", "customers.json", "-o", "again.html"]);
    ok(&work, &["report", "customers.json", "--for", "customers", "-o", "named.html"]);
    ok(&work, &["report", "a.csv", "--for", "customers", "-o", "direct.html"]);
    assert_eq!(work.read("again.html"), work.read("direct.html"));
    assert_eq!(work.read("named.html"), work.read("direct.html"));
    ok(&work, &["report", "customers.json", "--for", "board", "-o", "board.html"]);
    ok(&work, &["report", "team.json", "--for", "team", "-o", "team.html"]);
}

#[test]
fn a_joined_trend_hides_no_more_than_the_source_that_hides_least() {
    let work = work();
    ok(&work, &["report", "q1.csv", "-o", "q1.json"]);
    ok(&work, &["report", "q3.csv", "--for", "customers", "-o", "q3.json"]);
    ok(&work, &["trend", "q1.json", "q3.json", "-o", "tr.json"]);
    work.run(&["report", "tr.json", "--for", "customers", "-o", "x.csv"]).refused(2, &["hides none"]);
    ok(&work, &["report", "q1.csv", "--for", "customers", "-o", "q1.json"]);
    ok(&work, &["trend", "q1.json", "q3.json", "-o", "tr.json"]);
    ok(&work, &["report", "tr.json", "--for", "customers", "-o", "x.csv"]);
}

#[test]
fn a_limit_of_the_definition_is_everybodys_and_the_bytes_are_those_of_the_direct_way() {
    let work = work();
    let limit = "[survey]\nsuppress_below = 3\n";
    work.file(
        "survey.toml",
        DEFINITION.replace("[survey]\n", limit) + "sections = [\"glance\", \"trend\"]\n",
    );
    ok(&work, &["report", "a.csv", "-o", "saved.json"]);
    for flags in
        [vec!["--for", "customers"], vec!["--for", "board", "--language", "de"], vec!["--sections", "glance"]]
    {
        for ending in ["html", "json", "md"] {
            let (direct, again) = (format!("direct.{ending}"), format!("again.{ending}"));
            ok(&work, &[&["report", "a.csv", "-o", &direct], flags.as_slice()].concat());
            ok(&work, &[&["report", "saved.json", "-o", &again], flags.as_slice()].concat());
            assert!(work.read(&direct) == work.read(&again), "{flags:?} {ending}");
        }
        ok(&work, &["verify", "again.json"]);
    }
}

#[test]
fn what_shapes_the_counts_is_refused_where_everything_is_counted() {
    let work = work();
    ok(&work, &["analyze", "q1.csv", "-o", "q1.json"]);
    ok(&work, &["analyze", "q3.csv", "-o", "q3.json"]);
    let mut flags = vec![
        vec!["--where", "overall > 1"],
        vec!["--confidence", "0.9"],
        vec!["--weight", "none"],
        vec!["--by", "region"],
        vec!["--every", "month"],
        vec!["--interval", "wald"],
        vec!["--date", "2026-10-01"],
        vec!["--survey", "survey.toml"],
        vec!["--seed", "1"],
        vec!["--hash", "xxh3"],
        vec!["--as", "overall=nps"],
        vec!["--delimiter", ";"],
    ];
    for typed in &flags {
        let run = work.run(&[&["trend", "q1.json", "q3.json"], typed.as_slice()].concat());
        run.refused(2, &[typed[0], "counted already"]);
    }
    flags.extend([vec!["--wave", "2026-Q1"], vec!["--each", "region"], vec!["--mix", "region"]]);
    for typed in &flags {
        let run = work.run(&[&["report", "q1.json", "-o", "x.html"], typed.as_slice()].concat());
        run.refused(2, &[typed[0], "counted already"]);
    }
    work.run(&["analyze", "q1.json"]).refused(2, &["q1.json", "csat report q1.json"]);
    work.run(&["report", "q1.json", "--seed", "2", "--by", "region"]).refused(2, &["`--by` and `--seed`"]);
    ok(&work, &["trend", "q1.json", "q3.json", "--mix", "region", "--margin", "3", "--why", "overall"]);
}

#[test]
fn whatever_wrote_a_report_it_verifies() {
    let work = work();
    ok(&work, &["analyze", "q1.csv", "-o", "q1.json"]);
    for arguments in [
        vec!["analyze", "a.csv", "--by", "region", "--wave", "all", "--seed", "7"],
        vec!["analyze", "a.csv", "--survey", "none", "--as", "overall=csat", "--as", "recommend=nps"],
        vec!["report", "a.csv", "--mix", "region", "--for", "board", "--language", "de"],
        vec!["report", "a.csv", "--hash", "sha256", "--sections", "glance,trend", "--confidence", "0.9"],
        vec!["report", "q1.json", "q3.csv"],
        vec!["report", "q2.csv", "q1.csv", "q3.csv"],
        vec!["report", "q1.json", "q2.csv", "q3.csv", "--for", "customers"],
        vec!["trend", "a.csv"],
        vec![
            "trend",
            "a.csv",
            "--why",
            "overall",
            "--mix",
            "region",
            "--margin",
            "2.5",
            "--where",
            "overall > 1",
        ],
        vec!["trend", "q1.json", "q2.csv", "q3.csv", "--hash", "sha256"],
        vec!["trend", "q1.json", "q3.csv"],
        vec!["trend", "q1.csv", "q2.csv", "q3.csv"],
        vec!["gate", "a.csv", "--strict"],
        vec!["gate", "a.csv", "--wave", "2026-Q2", "--fail-if", "overall.base[region=North] < 1"],
        vec!["gate", "q1.json", "q3.csv", "--fail-if", "overall.change < -90"],
        vec!["gate", "q1.json", "q2.csv", "q3.csv", "--fail-if", "overall.value@2026-Q2 < 1"],
    ] {
        let run = work.run(&[arguments.as_slice(), &["-o", "x.json"]].concat());
        assert!([0, 3].contains(&run.code), "{arguments:?}: {}", run.stderr);
        let verified = work.run(&["verify", "x.json", "--quiet"]);
        assert_eq!(verified.code, 0, "{arguments:?}: {}{}", verified.stdout, verified.stderr);
        assert!(verified.stdout.contains("is what its sources give"));
    }
    ok(&work, &["trend", "q1.json", "-o", "one.json"]);
    ok(&work, &["verify", "one.json"]);
    ok(&work, &["analyze", "q3.csv", "-o", "q3.json"]);
    ok(&work, &["trend", "q1.json", "q3.json", "-o", "both.json"]);
    ok(&work, &["verify", "both.json"]);
    ok(&work, &["report", "both.json", "--language", "fr", "-o", "french.json"]);
    ok(&work, &["verify", "french.json"]);
    ok(&work, &["report", "q1.json", "q3.csv", "--each", "region", "-o", "each.json"]);
    ok(&work, &["verify", "each-north.json"]);
}

#[test]
fn every_edit_of_a_report_is_found() {
    let work = work();
    ok(&work, &["report", "a.csv", "-o", "saved.json"]);
    ok(&work, &["gate", "a.csv", "--fail-if", "overall.value < 1", "-o", "gate.json"]);
    let edits: [(&str, &str, Value); 13] = [
        ("saved.json", "/survey/response_rate", json!(99.5)),
        ("saved.json", "/survey/population", json!(1000)),
        ("saved.json", "/survey/sampling", json!("random")),
        ("saved.json", "/waves/wave", json!("2027-Q1")),
        ("saved.json", "/as_of", json!("2026-10-06")),
        ("saved.json", "/survey/questions/0/text", json!("Are you happy?")),
        ("saved.json", "/survey/questions/0/definition", json!("5 of 1 to 5")),
        ("saved.json", "/title", json!("Better counters")),
        ("saved.json", "/notes", json!([])),
        ("saved.json", "/provenance/inputs/0/rows", json!(1)),
        ("saved.json", "/estimates/0/value", json!(12.5)),
        ("gate.json", "/provenance/options/fail-if", json!("overall.value < 2")),
        ("gate.json", "/ledger/rows_read", json!(1)),
    ];
    for (name, place, value) in edits {
        let mut edited = report(&work, name);
        let before = std::mem::replace(edited.pointer_mut(place).unwrap(), value);
        assert_ne!(&before, edited.pointer(place).unwrap(), "{place}");
        found(&work, &edited, place);
    }
    let mut edited = report(&work, "saved.json");
    let document = |section: &&mut Value| section["kind"] == "document";
    edited["sections"].as_array_mut().unwrap().iter_mut().find(document).unwrap()["approved_by"] =
        json!("N. N.");
    found(&work, &edited, "approved_by");
    let mut edited = report(&work, "gate.json");
    let gates = |section: &&mut Value| section["kind"] == "gates";
    edited["sections"].as_array_mut().unwrap().iter_mut().find(gates).unwrap()["rows"][0]["outcome"] =
        json!("failed");
    found(&work, &edited, "outcome");
}

/// The edited report is refused, and not certified; nor where it is sealed no more.
#[track_caller]
fn found(work: &Workdir, edited: &Value, place: &str) {
    work.file("edited.json", serde_json::to_string_pretty(edited).unwrap());
    work.run(&["report", "edited.json", "-o", "x.html"])
        .refused(1, &["edited.json", "was changed after csat wrote it"]);
    let run = work.run(&["verify", "edited.json"]);
    assert_eq!(run.code, 3, "{place}: {}{}", run.stdout, run.stderr);
    assert!(run.stdout.contains("DOES NOT FIT"), "{place}: {}", run.stdout);
    assert!(!run.stdout.contains("is what its sources give."), "{place}: {}", run.stdout);
}

#[test]
fn what_is_computed_anew_is_compared_whole() {
    let work = work();
    ok(&work, &["gate", "a.csv", "-o", "gate.json"]);
    let mut edited = report(&work, "gate.json");
    edited["survey"]["sampling"] = json!("random");
    edited["waves"]["running"] = json!("2026-Q4");
    edited["notes"]
        .as_array_mut()
        .unwrap()
        .push(json!({ "code": "x", "severity": "info", "text": "x", "about": null }));
    edited["provenance"]["inputs"][0]["rows"] = json!(1);
    let gates =
        edited["sections"].as_array_mut().unwrap().iter_mut().find(|section| section["kind"] == "gates");
    gates.unwrap()["rows"][0]["outcome"] = json!("failed");
    work.file("edited.json", serde_json::to_string_pretty(&edited).unwrap());
    let run = work.run(&["verify", "edited.json"]);
    for figure in ["survey.sampling", "waves.running", "notes[x", "provenance.inputs[a.csv].rows", ".outcome"]
    {
        assert!(run.stdout.contains(figure), "{figure}: {}", run.stdout);
    }
}

#[test]
fn a_report_without_a_seal_is_refused_and_said_to_have_none() {
    let work = work();
    ok(&work, &["report", "a.csv", "-o", "saved.json"]);
    let mut bare = report(&work, "saved.json");
    bare["provenance"]["seal"] = Value::Null;
    work.file("bare.json", serde_json::to_string_pretty(&bare).unwrap());
    for arguments in [
        vec!["report", "bare.json", "-o", "x.html"],
        vec!["trend", "bare.json"],
        vec!["gate", "bare.json", "q3.csv"],
    ] {
        work.run(&arguments).refused(1, &["bare.json", "has no seal"]);
    }
    let run = work.run(&["verify", "bare.json"]);
    assert_eq!(run.code, 3);
    assert!(run.stdout.contains("seal: NONE") && run.stdout.contains("differences: 0"), "{}", run.stdout);
    assert!(!run.stdout.contains("is what its sources give."), "{}", run.stdout);
}

#[test]
fn a_saved_source_that_was_changed_is_named() {
    let work = work();
    ok(&work, &["analyze", "q1.csv", "-o", "q1.json"]);
    ok(&work, &["trend", "q1.json", "q3.csv", "-o", "tr.json"]);
    work.file("q1.json", work.read("q1.json").replacen("\"title\": \"Counters\"", "\"title\": \"Desks\"", 1));
    let run = work.run(&["verify", "tr.json"]);
    assert_eq!(run.code, 3, "{}", run.stderr);
    assert!(
        run.stdout.contains("q1.json: CHANGED") && run.stdout.contains("q3.csv: unchanged"),
        "{}",
        run.stdout
    );
    fs::remove_file(work.path().join("q1.json")).unwrap();
    work.run(&["verify", "tr.json"]).refused(1, &["q1.json"]);
}

#[test]
fn everything_that_is_joined_stands_in_provenance_and_account() {
    let work = work();
    ok(&work, &["analyze", "q1.csv", "-o", "q1.json"]);
    for command in ["trend", "report", "gate"] {
        let run = work.run(&[command, "q1.json", "q2.csv", "q3.csv", "-o", "x.json"]);
        assert!([0, 3].contains(&run.code), "{command}: {}", run.stderr);
        let report = report(&work, "x.json");
        let inputs = report["provenance"]["inputs"].as_array().unwrap();
        let names: Vec<&str> = inputs.iter().map(|input| input["name"].as_str().unwrap()).collect();
        assert_eq!(names, ["q2.csv", "q3.csv", "q1.json"], "{command}");
        assert_eq!(inputs[0]["definition"]["name"], "q2.toml", "{command}");
        assert_eq!(report["provenance"]["definition"]["name"], "survey.toml", "the newest wave's");
        let rows: u64 = inputs.iter().map(|input| input["rows"].as_u64().unwrap()).sum();
        let ledger = &report["ledger"];
        let excluded = ledger["excluded"].as_array().unwrap();
        let excluded: u64 = excluded.iter().map(|excluded| excluded["rows"].as_u64().unwrap()).sum();
        assert_eq!(ledger["rows_read"], rows, "{command}");
        assert_eq!(ledger["rows_used"].as_u64().unwrap() + excluded, rows, "{command}");
        assert_eq!(ledger["rows_used"], if command == "trend" { 360 } else { 120 }, "{command}");
        assert_eq!(report["waves"]["found"], json!(["2026-Q1", "2026-Q2", "2026-Q3"]), "{command}");
        if command != "gate" {
            assert_eq!(sections(&report, "trend")[0]["points"].as_array().unwrap().len(), 3, "{command}");
        }
    }
    ok(&work, &["report", "q1.json", "q2.csv", "q3.csv", "-o", "x.md"]);
    assert!(work.read("x.md").contains("2026-Q3, 1 of 3 waves"));
    let table = ok(&work, &["trend", "q1.json", "q2.csv", "q3.csv"]);
    assert!(table.contains("all 3 waves") && table.contains("360 answers"), "{table}");
    let trend = ok(&work, &["trend", "q1.csv", "q2.csv", "-o", "tr.json"]);
    assert_eq!(trend, "");
    let longer = ok(&work, &["trend", "tr.json", "q3.csv", "--format", "json"]);
    let longer: Value = serde_json::from_str(&longer).unwrap();
    let direct = ok(&work, &["trend", "q1.csv", "q2.csv", "q3.csv", "--format", "json"]);
    let direct: Value = serde_json::from_str(&direct).unwrap();
    let figures = |report: &Value| {
        let points = sections(report, "trend")[0]["points"].as_array().unwrap().clone();
        points
            .into_iter()
            .map(|point| [point["value"].clone(), point["change"].clone(), point["p"].clone()])
            .collect::<Vec<_>>()
    };
    assert_eq!(figures(&longer), figures(&direct), "a saved trend stands for its waves");
}

#[test]
fn files_without_dates_are_a_wave_each_in_reports_and_gates_too() {
    let work = Workdir::new();
    for (name, shift) in [("2024", 0), ("2025", 1), ("2026", 2)] {
        let rows: String =
            (0..200).map(|row| format!("{}\n", 1 + (row * 3 + shift * (row % 2)) % 5)).collect();
        work.file(&format!("{name}.csv"), format!("overall\n{rows}"));
        work.file(
            &format!("{name}.toml"),
            format!("[question.overall]\nmeasure = \"csat\"\ntarget = {}\n", 60 + shift),
        );
    }
    for files in [["2024.csv", "2025.csv", "2026.csv"], ["2026.csv", "2024.csv", "2025.csv"]] {
        ok(&work, &[&["report"], files.as_slice(), &["-o", "x.json"]].concat());
        let found = report(&work, "x.json");
        assert_eq!(found["waves"]["wave"], "2026");
        assert_eq!(found["waves"]["found"], json!(["2024", "2025", "2026"]));
        assert_eq!(found["provenance"]["definition"]["name"], "2026.toml");
        let points = &sections(&found, "trend")[0]["points"];
        assert_eq!(points[2]["wave"], "2026");
        assert!(points[2]["change"].is_number());
        assert!(found["estimates"].as_array().unwrap().iter().all(|estimate| estimate["wave"] == "2026"));
        ok(&work, &["verify", "x.json"]);
        let run = work.run(
            &[&["gate"], files.as_slice(), &["--fail-if", "overall.change < -99", "-o", "g.json"]].concat(),
        );
        assert!([0, 3].contains(&run.code), "{}", run.stderr);
        let gates = report(&work, "g.json");
        let rows = sections(&gates, "gates")[0]["rows"].as_array().unwrap().clone();
        assert_eq!((&rows[0]["limit"], &rows[1]["against"]), (&json!(62.0), &json!("2025")), "{rows:?}");
        ok(&work, &["verify", "g.json"]);
    }
    ok(&work, &["report", "2024.csv", "2025.csv", "2026.csv", "-o", "x.md"]);
    assert!(
        work.read("x.md").contains("2026, 1 of 3 waves") && work.read("x.md").contains("one file a wave")
    );
    ok(&work, &["analyze", "2024.csv", "-o", "2024.json"]);
    ok(&work, &["report", "2024.json", "2026.csv", "-o", "x.json"]);
    assert_eq!(sections(&report(&work, "x.json"), "trend")[0]["points"].as_array().unwrap().len(), 2);
}

#[test]
fn a_file_without_rows_has_no_wave_and_says_so() {
    let work = Workdir::new();
    work.file("emp.csv", HEADER);
    work.file("emp.toml", DEFINITION);
    ok(&work, &["report", "emp.csv", "-o", "x.md"]);
    let page = work.read("x.md");
    assert!(!page.contains("declares no waves") && page.contains("no row has one"), "{page}");
    let table = ok(&work, &["trend", "emp.csv"]);
    assert!(!table.contains("the only wave"), "{table}");
    let run = work.run(&["report", "emp.csv", "--badge", "overall", "-o", "x.svg"]);
    run.refused(2, &["`--badge overall`", "has no figure"]);
    assert!(!run.stderr.contains("no score of that name"));
    assert_ne!(work.run(&["gate", "emp.csv"]).code, 101);
}

#[test]
fn a_badge_is_called_what_it_is() {
    let work = work();
    for name in ["nps.html", "nps.png", "nps"] {
        work.run(&["report", "a.csv", "--badge", "recommend", "-o", name]).refused(2, &[name, "nps.svg"]);
        assert!(!work.path().join(name).exists());
    }
    work.run(&["report", "a.csv", "--badge", "recommend", "--format", "html"]).refused(2, &["SVG"]);
    ok(&work, &["report", "a.csv", "--badge", "recommend", "-o", "nps.SVG"]);
    assert!(ok(&work, &["report", "a.csv", "--badge", "recommend"]).starts_with("<svg"));
}

#[test]
fn several_files_are_written_or_none() {
    let work = work();
    let before = work.names();
    work.run(&["report", "a.csv", "--charts", "charts", "-o", "nowhere/x.html"]).refused(1, &["nowhere"]);
    assert_eq!(work.names(), before, "no chart is left");
    fs::create_dir(work.path().join("q-south.html")).unwrap();
    let before = work.names();
    work.run(&["report", "a.csv", "--each", "region", "-o", "q.html"])
        .refused(1, &["q-south.html", "directory"]);
    assert_eq!(work.names(), before, "no report of another value is left");
    work.file("blocked", "a file, not a folder");
    work.run(&["report", "a.csv", "--charts", "blocked/charts", "-o", "x.html"]).refused(1, &["blocked"]);
    assert!(!work.path().join("x.html").exists());
    ok(
        &work,
        &[
            "report",
            "a.csv",
            "--each",
            "region",
            "--charts",
            "charts",
            "-o",
            "each.html",
            "--sections",
            "trend",
        ],
    );
    for value in ["north", "south"] {
        assert!(work.path().join(format!("charts/{value}/trend-overall.svg")).exists(), "{value}");
    }
}

#[test]
fn nothing_that_is_read_is_written_over() {
    let work = work();
    ok(&work, &["report", "a.csv", "-o", "saved.json"]);
    ok(&work, &["analyze", "q1.csv", "-o", "q1.json"]);
    for arguments in [
        vec!["report", "saved.json", "--language", "de", "-o", "saved.json"],
        vec!["trend", "q1.json", "q3.csv", "-o", "q1.json"],
        vec!["gate", "q1.json", "q3.csv", "-o", "q1.json"],
        vec!["verify", "saved.json", "-o", "saved.json"],
    ] {
        work.run(&arguments).refused(2, &["would overwrite"]);
    }
}

#[test]
fn the_help_lists_every_format() {
    let help = Workdir::new().run(&["report", "--help"]).stdout;
    let lines = |flag: &str| help[help.find(flag).unwrap()..].lines().take(3).collect::<String>();
    for format in ["table", "md", "csv", "json", "html", "xlsx"] {
        assert!(lines("--format <").contains(format), "{format}: {}", lines("--format <"));
        assert!(
            format == "table" || lines("--output <").contains(&format!(".{format}")),
            "{}",
            lines("--output <")
        );
    }
}
