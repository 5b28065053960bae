//! What a new user stumbled over: lists without a definition, `--by` a brought column, plain columns of unfinished rows,
//! ragged files, places with one input.

use super::support::Workdir;

#[test]
fn a_list_without_a_definition_has_comment_and_id_or_says_what_to_add() {
    let work = Workdir::new();
    let rows: String = (1..=40)
        .map(|row| {
            format!("R{row},{},the queue number {row} was long,2026-03-{:02}\n", 1 + row % 5, 1 + row % 28)
        })
        .collect();
    work.file("a.csv", format!("response_id,overall,comment,date\n{rows}"));
    let run = work.run(&["analyze", "a.csv", "--list", "overall = 1"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.contains("the queue number 5 was long"), "{}", run.stdout);
    assert!(run.stdout.contains("R5"), "{}", run.stdout);
    assert!(!run.stderr.contains("the list has no column"), "{}", run.stderr);
    work.file("b.csv", "overall,region\n1,N\n5,S\n4,N\n");
    let run = work.run(&["analyze", "b.csv", "--list", "overall = 1"]);
    let wanted = "the list has no column of: comment, id, date; to add one: --as COLUMN=text; --as COLUMN=id";
    assert!(run.stderr.contains(wanted), "{}", run.stderr);
    work.file("b.toml", "[question.overall]\nmeasure = \"csat\"\n");
    let run = work.run(&["analyze", "b.csv", "--list", "overall = 1"]);
    assert!(run.stderr.contains("`date` under [data]"), "{}", run.stderr);
}

#[test]
fn a_brought_column_is_a_segment_where_it_is_asked_for() {
    let work = Workdir::new();
    let rows: String = (1..=40).map(|row| format!("C{row},{}\n", 1 + row % 5)).collect();
    work.file("a.csv", format!("customer,overall\n{rows}"));
    let list: String =
        (1..=40).map(|row| format!("C{row},{}\n", if row % 2 == 0 { "Gold" } else { "Silver" })).collect();
    work.file("customers.csv", format!("customer,tier\n{list}"));
    let lookup =
        "[lookup]\nfile = \"customers.csv\"\nkey = \"customer\"\n[question.overall]\nmeasure = \"csat\"\n";
    work.file("a.toml", lookup);
    let by = |arguments: &[&str]| {
        work.run(&[&["analyze", "a.csv", "--format", "json"], arguments].concat()).report()["estimates"]
            .clone()
    };
    let found = by(&["--by", "tier"]);
    assert!(found.to_string().contains("Gold"), "{found}");
    assert!(!by(&[]).to_string().contains("Gold"));
    work.file("a.toml", format!("{lookup}[segment.tier]\n"));
    assert_eq!(by(&[]), found);
    work.run(&["analyze", "a.csv", "--by", "customer"]).refused(2, &["though a column"]);
}

#[test]
fn a_plain_column_tells_unfinished_rows() {
    let work = Workdir::new();
    work.file("a.toml", "[exclude]\npartial = true\n[question.overall]\nmeasure = \"csat\"\n");
    work.file("a.csv", "finished,overall\nTRUE,5\nFALSE,1\nTRUE,4\nfalse,\n");
    let run = work.run(&["analyze", "a.csv", "--format", "json"]);
    let report = run.report();
    assert_eq!(report["ledger"]["rows_used"], 2, "{}", run.stderr);
    assert_eq!(report["ledger"]["excluded"][0]["reason"], "partial");
    assert!(run.stderr.contains("unfinished rows are told by the column `finished`"), "{}", run.stderr);
    work.file("a.csv", "progress,overall\n100,5\n40,1\n100,4\n");
    assert_eq!(work.run(&["analyze", "a.csv", "--format", "json"]).report()["ledger"]["rows_used"], 2);
    work.file("a.csv", "renewed,overall\nTRUE,5\nFALSE,1\n");
    work.run(&["analyze", "a.csv"]).refused(1, &["does not tell which responses are unfinished"]);
}

#[test]
fn a_ragged_file_is_cautioned_before_anything_else() {
    let work = Workdir::new();
    work.file("a.csv", format!("overall,region, north,id\n{}", "5,N,R\n".repeat(30)));
    let run = work.run(&["analyze", "a.csv"]);
    let wanted = "caution: a.csv: 30 of 30 rows have 3 fields and the header 4, first in line 2";
    assert!(run.stderr.contains(wanted), "{}", run.stderr);
    // One odd row is no odd file, and an empty field too many none at all.
    work.file("b.csv", format!("overall,region\n5\n{}", "5,N,\n".repeat(30)));
    let run = work.run(&["analyze", "b.csv"]);
    assert!(!run.stderr.contains("fields and the header"), "{}", run.stderr);
}

#[test]
fn places_of_one_input_are_rows_and_checks_keep_their_names() {
    let work = Workdir::new();
    let rows: String = (1..=60)
        .map(|row| if row % 9 == 0 { format!("C{row},,\n") } else { format!("C{row},4,5\n") })
        .collect();
    let text = format!("customer,overall,service\n{rows}");
    work.file("customers.csv", "customer,tier\nC1,Gold\nC2,Gold\n");
    work.file(
        "survey.toml",
        "[lookup]\nfile = \"customers.csv\"\nkey = \"customer\"\n[question.overall]\nmeasure = \"csat\"\n[question.service]\n\
         measure = \"csat\"\n",
    );
    let run = work.run_with_input(&["quality", "-"], text.as_bytes());
    assert_eq!(run.code, 0, "{}", run.stderr);
    let line = run.stdout.lines().find(|line| line.trim_start().starts_with("No answer at all")).unwrap();
    assert!(line.contains("9, 18, 27") && !run.stdout.contains("standard input:"), "{}", run.stdout);
    work.file("long name of a file of answers one.csv", &text);
    work.file("long name of a file of answers two.csv", &text);
    let files = ["long name of a file of answers one.csv", "long name of a file of answers two.csv"];
    let run = work.run(&[&["quality"], &files[..]].concat());
    assert!(run.stdout.contains("No answer at all"), "{}", run.stdout);
}
