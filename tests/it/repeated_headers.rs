//! Exports that were put one below the other: headers in the middle are no answers.

use std::path::Path;

use serde_json::Value;

use super::support::{Run, Workdir};

const HEADER: &str = "id,overall,recommend,branch,used,weight,date\n";

fn rows(from: usize, to: usize) -> String {
    let row = |row: usize| {
        let (overall, recommend) = (row % 5 + 1, row % 11);
        let (branch, used) = (["North", "South"][row % 2], ["app", "shop", "app;shop"][row % 3]);
        format!("{row},{overall},{recommend},{branch},{used},{},2026-0{}-11\n", row % 3 + 1, row % 3 + 1)
    };
    (from..to).map(row).collect()
}

const DEFINITION: &str = "[data]\nid = \"id\"\ndate = \"date\"\n\n[question.overall]\nmeasure = \"csat\"\n\n\
    [question.recommend]\nmeasure = \"nps\"\n\n[question.used]\nmeasure = \"multi\"\n\n[segment.branch]\n";

fn ledger(run: &Run) -> (u64, u64, Vec<(String, u64, u64)>) {
    let report = run.report();
    let ledger = &report["ledger"];
    let excluded = ledger["excluded"].as_array().unwrap().iter().map(|line| {
        let [rows, first] = [&line["rows"], &line["places"][0]["line"]].map(|of| of.as_u64().unwrap_or(0));
        (line["reason"].as_str().unwrap().to_owned(), rows, first)
    });
    (ledger["rows_read"].as_u64().unwrap(), ledger["rows_used"].as_u64().unwrap(), excluded.collect())
}

fn estimates(run: &Run) -> Value {
    run.report()["estimates"].take()
}

/// The same answers with a header in the middle and at the end, and without.
fn workdir(middle: &str) -> Workdir {
    let work = Workdir::new();
    work.file("with.csv", [HEADER, &rows(0, 30), middle, &rows(30, 70), middle].concat());
    work.file("without.csv", [HEADER, &rows(0, 70)].concat());
    work.file("survey.toml", DEFINITION);
    work
}

#[test]
fn they_are_left_out_and_counted_whatever_is_asked() {
    for middle in [
        HEADER,
        "\u{feff}id,overall,recommend,branch,used,weight,date\r\n",
        "id, overall ,recommend,branch,used,weight,\"date\",\n",
    ] {
        let work = workdir(middle);
        for more in [
            &[][..],
            &["--survey", "none"],
            &["--where", "branch = \"North\""],
            &["--where", "overall > 1"],
            &["--weight", "weight"],
            &["--every", "month"],
            &["--by", "branch"],
        ] {
            let of = |file: &str, threads: &str| {
                let defined = if more.contains(&"--survey") { &[][..] } else { &["--survey", "survey.toml"] };
                let typed = ["analyze", file, "--format", "json", "--threads", threads];
                work.run(&[&typed[..], defined, more].concat())
            };
            let (with, without) = (of("with.csv", "1"), of("without.csv", "1"));
            assert_eq!(estimates(&with), estimates(&without), "{more:?}");
            let (read, used, excluded) = ledger(&with);
            let (all, same, mut others) = ledger(&without);
            assert_eq!((read, used), (all + 2, same), "{more:?}");
            others.push(("repeated_header".to_owned(), 2, 32));
            others.sort();
            let mut sorted = excluded.clone();
            sorted.sort();
            let places: Vec<_> = sorted.iter().map(|(reason, rows, _)| (reason, rows)).collect();
            assert_eq!(
                places,
                others.iter().map(|(reason, rows, _)| (reason, rows)).collect::<Vec<_>>(),
                "{more:?}"
            );
            assert!(excluded.contains(&("repeated_header".to_owned(), 2, 32)), "{more:?} {excluded:?}");
            assert_eq!(with.stdout, of("with.csv", "3").stdout);
        }
    }
}

#[test]
fn they_are_found_where_every_text_is_an_answer() {
    let work = workdir(HEADER);
    work.file(
        "survey.toml",
        "[question.used]\nmeasure = \"multi\"\n\n[question.branch]\nmeasure = \"choice\"\n",
    );
    let of = |file: &str| work.run(&["analyze", file, "--survey", "survey.toml", "--format", "json"]);
    let (with, without) = (of("with.csv"), of("without.csv"));
    assert_eq!(estimates(&with), estimates(&without));
    assert_eq!(ledger(&with), (72, 70, vec![("repeated_header".to_owned(), 2, 32)]));
    assert!(!with.stdout.contains("\"label\":\"branch\""));
}

#[test]
fn ids_are_not_repeated_by_them() {
    let work = workdir(HEADER);
    work.file("survey.toml", format!("{DEFINITION}\n[exclude]\nduplicate_ids = \"first\"\n"));
    let run = work.run(&["analyze", "with.csv", "--survey", "survey.toml", "--format", "json"]);
    assert_eq!(ledger(&run), (72, 70, vec![("repeated_header".to_owned(), 2, 32)]));
}

#[test]
fn one_cell_that_is_the_name_of_its_column_is_an_answer() {
    let work = Workdir::new();
    work.file("a.csv", "overall,branch\n5,North\n4,branch\n3,South\n2,branch\n");
    work.file("survey.toml", "[question.overall]\nmeasure = \"csat\"\n[segment.branch]\n");
    let run = work.run(&["analyze", "a.csv", "--survey", "survey.toml", "--format", "json"]);
    assert_eq!(ledger(&run), (4, 4, vec![]));
    work.file("single.csv", "overall\n5\noverall\n4\n");
    work.file("survey.toml", "[question.overall]\nmeasure = \"csat\"\n");
    let run = work.run(&["analyze", "single.csv", "--survey", "survey.toml", "--format", "json"]);
    assert_eq!(ledger(&run), (3, 3, vec![]), "a header of one cell tells nothing");
}

#[test]
fn headers_of_a_tool_and_import_say_the_same() {
    let work = Workdir::new();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/exports/surveymonkey/two-rows.csv");
    let text = std::fs::read_to_string(path).unwrap();
    let (headers, rows) = text.split_at(text.match_indices('\n').nth(1).unwrap().0 + 1);
    // Behind the records by which the tool is known.
    let rows = &rows.repeat(40);
    work.file("with.csv", [headers, rows, headers, rows].concat());
    work.file("without.csv", [headers, rows, rows].concat());
    let of = |file: &str| work.run(&["analyze", file, "--format", "json"]);
    let (with, without) = (of("with.csv"), of("without.csv"));
    assert_eq!(estimates(&with), estimates(&without));
    let (read, used, excluded) = ledger(&with);
    assert_eq!((read, used), (ledger(&without).0 + 2, ledger(&without).1));
    assert_eq!((excluded[0].0.as_str(), excluded[0].1), ("repeated_header", 2));
    let imported = work.run(&["import", "with.csv"]);
    assert!(imported.stderr.contains("2 repeated headers, left out"), "{}", imported.stderr);
    let clean = work.run(&["analyze", "with.clean.csv", "--survey", "with.clean.toml", "--format", "json"]);
    assert_eq!(ledger(&clean).1, used, "{}", clean.stderr);
}
