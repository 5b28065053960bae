//! What is typed and where it goes: outputs, files named oddly or twice, definitions that cannot be read.

use std::fmt::Write as _;

use crate::support::{Workdir, estimate};

const GOOD: &str = "overall,recommend,region\n5,10,North\n4,9,South\n3,7,North\n5,6,South\n";

#[test]
fn a_dash_as_output_is_standard_output() {
    let work = Workdir::new();
    work.file("a.csv", GOOD);
    let plain = work.run(&["analyze", "a.csv", "--date", "2026-01-01"]);
    let dash = work.run(&["analyze", "a.csv", "--date", "2026-01-01", "--output", "-"]);
    assert_eq!((dash.code, &dash.stdout), (0, &plain.stdout));
    assert_eq!(work.names(), ["a.csv"]);
}

#[test]
fn a_missing_output_folder_is_named_and_no_temporary_file() {
    let work = Workdir::new();
    work.file("a.csv", GOOD);
    let run = work.run(&["analyze", "a.csv", "--output", "nowhere/a.json"]);
    run.refused(1, &["`nowhere/a.json` could not be written", "no folder `nowhere`"]);
    assert!(!run.stderr.contains(".csat-"), "{}", run.stderr);
}

#[test]
fn a_file_named_twice_is_not_counted_twice() {
    let work = Workdir::new();
    work.file("a.csv", GOOD);
    work.run(&["analyze", "a.csv", "a.csv"]).refused(2, &["`a.csv` is named twice"]);
}

#[test]
fn a_negative_number_is_judged_as_a_number() {
    let work = Workdir::new();
    work.file("a.csv", GOOD);
    work.run(&["analyze", "a.csv", "--confidence", "-1"]).refused(2, &["`-1` is no confidence level"]);
    work.run(&["analyze", "a.csv", "--threads", "-1"]).refused(2, &["invalid value '-1' for '--threads"]);
}

#[test]
fn a_confidence_level_in_percent_is_told_as_a_fraction() {
    let work = Workdir::new();
    work.file("a.csv", GOOD);
    for (typed, told) in [
        ("95%", "`95%` is no confidence level; it is a number from 0.5 to 0.9999, and 95% is written 0.95\n"),
        ("99.9", "and 99.9 is written 0.999\n"),
        ("0,9", "and 0,9 is written 0.9\n"),
        ("high", "and 95 % is written 0.95\n"),
        ("0.99999", "and 95 % is written 0.95\n"),
        ("nan", "`nan` is no confidence level"),
    ] {
        work.run(&["analyze", "a.csv", "--confidence", typed]).refused(2, &[told]);
    }
    assert_eq!(work.run(&["analyze", "a.csv", "--confidence", "0.9"]).code, 0);
}

#[test]
fn days_have_a_running_wave_too() {
    let work = Workdir::new();
    work.file(
        "a.csv",
        "overall,date\n5,2026-09-08\n4,2026-09-09\n2,2026-09-10\n4,2026-09-10\n5,2026-09-11\n",
    );
    let arguments = [
        "analyze",
        "a.csv",
        "--every",
        "day",
        "--wave",
        "running",
        "--date",
        "2026-09-10",
        "--format",
        "json",
    ];
    let report = work.run(&arguments).report();
    assert_eq!(report["waves"]["wave"], "2026-09-10");
    assert_eq!(report["ledger"]["rows_used"], 2);
}

#[test]
fn a_hidden_group_larger_than_its_population_does_not_tell_its_size() {
    let work = Workdir::new();
    work.file("a.csv", "overall,region\n5,North\n4,North\n3,North\n5,South\n4,South\n3,South\n2,South\n");
    let definition = "[question.overall]\n[segment.region]\npopulation = { North = 2 }\n";
    work.file("a.toml", definition);
    work.run(&["analyze", "a.csv"])
        .refused(78, &["question `overall` has 3 answers in region North, but the population is 2"]);
    work.file("a.toml", format!("[survey]\nsuppress_below = 5\n{definition}"));
    let run = work.run(&["analyze", "a.csv"]);
    run.refused(78, &["question `overall` has more answers in region North than the population of 2"]);
}

#[test]
fn a_guessed_direction_that_the_answers_contradict_is_doubted() {
    let work = Workdir::new();
    let mut text = "q1,q2,q3,q4\n".to_owned();
    for row in 0..120_u32 {
        let (good, other) = (row % 5 + 1, (row / 5) % 5 + 1);
        let near = if row % 4 == 0 { other } else { good };
        writeln!(text, "{good},{near},{},{}", 6 - near, (good + near).div_ceil(2)).unwrap();
    }
    work.file("a.csv", &text);
    let run = work.run(&["analyze", "a.csv", "--format", "json"]);
    let report = run.report();
    let doubts: Vec<&serde_json::Value> = report["notes"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|note| note["code"] == "direction_doubtful")
        .collect();
    assert_eq!(doubts.len(), 1, "{}", report["notes"]);
    assert_eq!(doubts[0]["about"], "q3");
    let table = work.run(&["analyze", "a.csv"]);
    assert!(table.stdout.contains("q3 goes against q1 (correlation −0."), "{}", table.stdout);
    // What the caution says to do turns the question round, and with a definition nothing is doubted.
    assert_eq!(work.run(&["init", "--from", "a.csv"]).code, 0);
    let turned = "[question.q3]\nscale = \"marks\"\n[scale.marks]\nmin = 1\nmax = 5\nbest = \"low\"\n";
    work.file("a.toml", format!("{}\n{turned}", work.read("a.toml")));
    let defined = work.run(&["analyze", "a.csv", "--format", "json"]).report();
    assert!(defined["notes"].as_array().unwrap().iter().all(|note| note["code"] != "direction_doubtful"));
    let top = |report, question| estimate(report, question, "top_box", &[])["value"].as_f64().unwrap();
    assert!((top(&defined, "q3") - top(&report, "q2")).abs() < 1e-9);
}

#[test]
fn a_line_for_spreadsheets_is_no_header() {
    let work = Workdir::new();
    work.file("a.csv", "sep=;\noverall;region\n5;North\n");
    work.run(&["analyze", "a.csv"]).refused(1, &["`a.csv`: line 1 is `sep=;`", "delete that line"]);
}

#[test]
fn a_long_first_record_leaves_the_columns_their_answers() {
    let work = Workdir::new();
    let long = "x".repeat(9 * 1024 * 1024);
    work.file("a.csv", format!("overall,comment\n5,{long}\n4,y\n3,z\n4,y\n2,y\n"));
    let run = work.run(&["analyze", "a.csv", "--format", "json"]);
    assert!(!run.report()["estimates"].as_array().unwrap().is_empty(), "{}", run.stderr);
    assert!(!run.stderr.contains("no answers"), "{}", run.stderr);
}

#[test]
fn a_definition_that_is_a_directory_is_not_passed_over() {
    let work = Workdir::new();
    work.file("a.csv", GOOD);
    std::fs::create_dir(work.path().join("a.toml")).unwrap();
    work.run(&["analyze", "a.csv"]).refused(1, &["`a.toml` is a directory"]);
}

#[cfg(unix)]
#[test]
fn a_definition_that_links_to_nowhere_is_not_passed_over() {
    let work = Workdir::new();
    work.file("a.csv", GOOD);
    std::os::unix::fs::symlink("nowhere.toml", work.path().join("a.toml")).unwrap();
    work.run(&["analyze", "a.csv"]).refused(1, &["`a.toml` cannot be read"]);
}

#[cfg(unix)]
#[test]
fn names_of_files_do_not_command_the_terminal() {
    let work = Workdir::new();
    let name = "my\u{1b}[31m file.csv";
    work.file(name, GOOD);
    let run = work.run(&["analyze", name]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stderr.contains(r"\u{1b}[31m"), "{}", run.stderr);
    assert!(!format!("{}{}", run.stdout, run.stderr).contains('\u{1b}'));
}

#[test]
fn a_draft_for_standard_output_has_nothing_to_update() {
    let work = Workdir::new();
    work.file("a.csv", GOOD);
    work.run(&["init", "--from", "a.csv", "--update", "-o", "-"]).refused(2, &["`--update`", "--output"]);
}

#[test]
fn lint_compares_two_definitions() {
    let work = Workdir::new();
    work.file("old.toml", "[question.a]\nmeasure = \"csat\"\ntext = \"How was it?\"\n[question.b]\n");
    work.file("new.toml", "[question.a]\nmeasure = \"csat\"\ntext = \"How is it?\"\n[question.c]\n");
    let same = work.run(&["lint", "old.toml", "--against", "old.toml"]);
    assert_eq!((same.code, same.stdout.as_str()), (0, "no question changed: 2 questions in both\n"));
    let run = work.run(&["lint", "new.toml", "--against", "old.toml"]);
    assert_eq!(run.code, 3, "{}", run.stderr);
    for part in [
        "\"How was it?\" -> \"How is it?\"",
        "new.toml:3:8",
        "bridge = true",
        "`c`: it is new",
        "the trend of 1 question breaks",
    ] {
        assert!(run.stdout.contains(part), "{part}\n{}", run.stdout);
    }
    work.file(
        "bridged.toml",
        "[question.a]\nmeasure = \"csat\"\ntext = \"How is it?\"\nbridge = true\n[question.b]\n",
    );
    let run = work.run(&["lint", "bridged.toml", "--against", "old.toml", "--format", "json"]);
    let found: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!((run.code, &found["breaks"]), (0, &serde_json::json!(false)));
    assert_eq!(found["changes"][0]["before"], "How was it?");
    assert_eq!(found["changes"][0]["line"], 3);
    let alone = work.run(&["lint", "new.toml"]);
    assert_eq!(alone.code, 2);
    assert!(alone.stderr.contains("--against OLD.toml compares"), "{}", alone.stderr);
    work.file("bad.toml", "[question.a]\nmesure = \"csat\"\n");
    assert_eq!(work.run(&["lint", "bad.toml", "--against", "old.toml"]).code, 78);
    assert_eq!(work.run(&["lint", "new.toml", "--against", "gone.toml"]).code, 1);
    assert_eq!(work.run(&["lint", "none", "--against", "old.toml"]).code, 2);
}
