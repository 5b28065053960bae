//! What survey tools say of rows and columns does not rest on the words of the account's language.

use super::support::{Run, Workdir};

const QUALTRICS: &str = "StartDate,EndDate,Status,Progress,Finished,ResponseId,Q1\nx,x,x,x,x,x,x\n\
    ,,,,,,\"{\"\"ImportId\"\":\"\"QID1\"\"}\"\n";

/// Sixty rows, of which 12 are previews, 15 unfinished, and 3 both.
fn qualtrics([preview, real, finished, unfinished]: [&str; 4]) -> String {
    let row = |row: usize| {
        let status = if row.is_multiple_of(5) { preview } else { real };
        let (progress, end) = if row.is_multiple_of(4) { (20, unfinished) } else { (100, finished) };
        let day = row % 28 + 1;
        let moment = format!("2026-01-{day:02} 10:00:00");
        format!("{moment},{moment},{status},{progress},{end},R_{row:015},{}\n", row % 5 + 1)
    };
    QUALTRICS.to_owned() + &(0..60).map(row).collect::<String>()
}

const DEFINITION: &str = "[question.Q1]\nmeasure = \"csat\"\n\n[exclude]\npartial = true\n";

fn rows_used(run: &Run) -> u64 {
    run.report()["ledger"]["rows_used"].as_u64().unwrap()
}

#[test]
fn unfinished_rows_are_told_by_progress_and_unknown_words_are_said() {
    let work = Workdir::new();
    work.file("de.csv", qualtrics(["Umfragenvorschau", "IP-Adresse", "Wahr", "Falsch"]));
    work.file("survey.toml", DEFINITION);
    let run = work.run(&["analyze", "de.csv", "--survey", "survey.toml", "--format", "json"]);
    assert_eq!(rows_used(&run), 45);
    let found =
        "`Status` holds `Umfragenvorschau` (12 rows), `IP-Adresse` (48 rows), which csat does not know";
    assert!(run.stderr.contains(found), "{}", run.stderr);
    let looked = ["--where", "Status != \"Umfragenvorschau\""];
    let run =
        work.run(&[&["analyze", "de.csv", "--format", "json", "--survey", "none"], &looked[..]].concat());
    assert_eq!(rows_used(&run), 48);
    assert!(!run.stderr.contains("does not know"), "{}", run.stderr);
    // Without the share of the way nothing tells, and that is an error.
    let words = ["Umfragenvorschau", "IP-Adresse", "sí", "quizá"];
    work.file("es.csv", qualtrics(words).replace("Progress", "Way"));
    work.run(&["analyze", "es.csv", "--survey", "survey.toml"])
        .refused(1, &["does not tell which responses"]);
}

#[test]
fn a_preview_that_is_left_out_is_not_counted_as_unfinished() {
    let work = Workdir::new();
    work.file("en.csv", qualtrics(["Survey Preview", "IP Address", "True", "False"]));
    let run = work.run(&["analyze", "en.csv", "--survey", "none"]);
    assert!(run.stderr.contains("12 responses are not finished and are counted"), "{}", run.stderr);
    let run = work.run(&["import", "en.csv", "-o", "clean.csv"]);
    assert!(run.stderr.contains("12 not finished"), "{}", run.stderr);
}

#[test]
fn the_date_of_a_form_is_that_of_the_tool() {
    let work = Workdir::new();
    let row = |row: usize| {
        let moment = format!("{}/{}/26 10:00:00", row % 12 + 1, row % 28 + 1);
        format!(
            "{},{moment},{moment},anonymous,,{}/{}/2025,{}\n",
            row + 1,
            row % 12 + 1,
            row % 27 + 2,
            row % 5 + 1
        )
    };
    let header =
        "ID,Start time,Completion time,Email,Name,When did you visit? (date),How satisfied are you?\n";
    work.file("forms.csv", header.to_owned() + &(0..60).map(row).collect::<String>());
    let run = work.run(&["analyze", "forms.csv", "--survey", "none", "--every", "year", "--wave", "all"]);
    assert!(run.stderr.contains("date  Completion time"), "{}", run.stderr);
    assert!(run.stdout.contains("2026") && !run.stdout.contains("2025"), "{}", run.stdout);
}

#[test]
fn missing_codes_of_response_sets_are_no_answers() {
    let work = Workdir::new();
    work.file("sets.sav", include_bytes!("../fixtures/exports/spss/response-sets.sav"));
    let run = work.run(&["analyze", "sets.sav", "--survey", "none"]);
    assert!(!run.stdout.contains("No answer ") && !run.stdout.contains("None of these"), "{}", run.stdout);
    work.run(&["init", "--from", "sets.sav", "-o", "sets.toml"]);
    assert!(work.read("sets.toml").contains("missing = [\"No answer\"]"), "{}", work.read("sets.toml"));
    let defined = work.run(&["analyze", "sets.sav", "--survey", "sets.toml"]);
    assert_eq!(defined.stdout.lines().nth(5), run.stdout.lines().nth(5));
}

#[test]
fn what_was_typed_stays_typed_where_columns_are_dropped() {
    let work = Workdir::new();
    let row = |row: usize| format!("anna{row}@example.com,{},{}\n", row % 5 + 1, row % 11);
    let rows: String = (0..60).map(row).collect();
    work.file("in/a.csv", format!("email,mark,q7\n{rows}"));
    work.file("key", "0123456789abcdef0123456789abcdef");
    let import = ["import", "in/a.csv", "-o", "clean.csv", "--redact", "--key", "key"];
    work.run(&[&import[..], &["--as", "mark=segment"]].concat());
    let definition = work.read("clean.toml");
    assert!(definition.contains("[segment.mark]") && !definition.contains("email"), "{definition}");
}

#[test]
fn a_table_has_the_names_and_the_columns_of_an_analysis() {
    let work = Workdir::new();
    let row = |row: usize| format!("{row},{},{},{}\n", row % 5 + 1, row % 4 + 1, row % 5 + 1);
    let rows: String = (0..60).map(row).collect();
    work.file("raw/a.csv", format!("id,Quality,Quality,\n{rows}"));
    work.run(&["init", "--from", "raw/a.csv", "-o", "raw.toml"]);
    let run = work.run(&["import", "raw/a.csv", "-o", "clean.csv", "--survey", "none"]);
    assert!(run.stderr.contains("takes 3 of 4 columns"), "{}", run.stderr);
    assert!(work.read("clean.csv").starts_with("id,Quality (1),Quality (2),column 4\n"));
    let of = |file: &str| {
        let run = work.run(&["analyze", file, "--survey", "raw.toml", "--format", "json"]);
        run.report()["estimates"].take()
    };
    assert_eq!(of("raw/a.csv"), of("clean.csv"));
    let typed = ["import", "raw/a.csv", "-o", "typed.csv", "--survey", "none", "--as", "column 4=csat"];
    assert!(work.run(&typed).stderr.contains("takes 4 of 4 columns"));
}

#[test]
fn codes_of_limesurvey_are_a_scale_until_somebody_says_otherwise() {
    let work = Workdir::new();
    let row = |row: usize| {
        format!("{},2026-01-{:02} 10:00:00,3,de,A{},AO0{}\n", row + 1, row % 28 + 1, row % 5 + 1, row % 4 + 1)
    };
    let rows: String = (0..60).map(row).collect();
    work.file("a.csv", format!("id,submitdate,lastpage,startlanguage,Q1,region\n{rows}"));
    let run = work.run(&["analyze", "a.csv", "--survey", "none"]);
    assert!(run.stderr.contains("rating?  Q1") && run.stderr.contains("  COLUMN   Q1"), "{}", run.stderr);
    assert!(run.stdout.contains("40.0 %"), "{}", run.stdout);
    let run = work.run(&["analyze", "a.csv", "--survey", "none", "--as", "Q1=csat"]);
    assert!(run.stderr.contains("csat") && run.stdout.contains("40.0 %"), "{}", run.stderr);
}
