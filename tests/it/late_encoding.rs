//! Files whose head is ASCII and whose later bytes are not UTF-8: never misread in silence.

use std::fmt::Write;

use serde_json::Value;

use super::support::{Run, Workdir};

const DEFINITION: &str = "[data]\nid = \"id\"\n\n[question.overall]\nmeasure = \"csat\"\n\n\
    [question.recommend]\nmeasure = \"nps\"\n\n[question.comment]\nmeasure = \"text\"\n\n\
    [question.visit]\nmeasure = \"choice\"\n\n[segment.branch]\n";

/// So many rows of ASCII, then 600 with umlauts.
fn answers(plain: usize) -> String {
    let mut text = String::from("id,overall,recommend,branch,visit,comment\n");
    for row in 0..plain + 600 {
        let is_late = row >= plain;
        let branch = match row % 3 {
            0 if is_late => "München",
            1 if is_late => "Köln",
            0 => "Bonn",
            _ => "Berlin",
        };
        let visit = if row % 2 == 0 { "Filiale" } else { "Telefon" };
        let comment = if is_late { "war schön" } else { "nothing to add" };
        writeln!(text, "{row},{},{},{branch},{visit},{comment}", row % 5 + 1, row % 11).unwrap();
    }
    text
}

/// Windows-1252; all letters here have one byte there, their number in Unicode.
fn western(text: &str) -> Vec<u8> {
    text.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap()).collect()
}

/// What is the same whatever the file's bytes: figures and what became of rows and cells.
fn figures(run: &Run) -> Value {
    let mut report = run.report();
    serde_json::json!({
        "estimates": report["estimates"].take(),
        "questions": report["ledger"]["questions"].take(),
        "used": report["ledger"]["rows_used"].take(),
    })
}

#[test]
fn a_late_byte_gives_the_figures_of_the_same_file_in_utf8() {
    // Within what inference looks at, and behind it.
    for plain in [9_000, 30_000] {
        let [late, utf8] = [Workdir::new(), Workdir::new()];
        late.file("a.csv", western(&answers(plain)));
        utf8.file("a.csv", answers(plain));
        for work in [&late, &utf8] {
            work.file("survey.toml", DEFINITION);
        }
        for more in [&["--survey", "survey.toml"][..], &["--survey", "none", "--as", "branch=segment"]] {
            let arguments = [&["analyze", "a.csv", "--format", "json"], more].concat();
            let (found, wanted) = (late.run(&arguments), utf8.run(&arguments));
            assert_eq!(figures(&found), figures(&wanted), "{plain} {more:?}");
            assert!(found.stdout.contains("München") && !found.stdout.contains('\u{FFFD}'));
            for text in ["read as windows-1252, a guess: ", "its beginning does not show it", "--encoding"] {
                assert!(found.stderr.contains(text), "{plain} {more:?}: {text}: {}", found.stderr);
            }
            assert!(!wanted.stderr.contains("UTF-8"), "{}", wanted.stderr);
        }
    }
}

#[test]
fn how_many_cells_and_from_where_is_said() {
    let work = Workdir::new();
    work.file("a.csv", western(&answers(30_000)));
    work.file("survey.toml", DEFINITION);
    let run = work.run(&["analyze", "a.csv", "--survey", "survey.toml", "--threads", "1"]);
    let said = "caution: a.csv: 400 cells are not UTF-8, from line 30002 on, so the file is read as windows-1252, a guess: ";
    assert!(run.stderr.contains(said), "{}", run.stderr);
    let many = work.run(&["analyze", "a.csv", "--survey", "survey.toml", "--threads", "4"]);
    assert_eq!((run.stdout, run.stderr), (many.stdout, many.stderr));
}

#[test]
fn what_comes_once_is_counted_as_it_can_be_and_the_way_out_is_named() {
    let work = Workdir::new();
    let bytes = western(&answers(30_000));
    work.file("survey.toml", DEFINITION);
    let typed = ["analyze", "-", "--survey", "survey.toml"];
    let run = work.run_with_input(&typed, &bytes);
    let said = "caution: standard input: 400 cells are not UTF-8, from line 30002 on, and count as unreadable; they look \
                like windows-1252 (";
    assert!(run.stderr.contains(said), "{}", run.stderr);
    assert!(run.stderr.contains("): --encoding windows-1252\n"), "{}", run.stderr);
    let run = work.run_with_input(&[&typed[..], &["--encoding", "windows-1252"]].concat(), &bytes);
    assert!(!run.stderr.contains("not UTF-8") && run.stdout.contains("München"), "{}", run.stderr);
}

#[test]
fn comments_are_not_misread_either() {
    let work = Workdir::new();
    work.file("a.csv", western(&answers(30_000).replace("Köln", "Ulm").replace("München", "Hof")));
    work.file("survey.toml", DEFINITION);
    let run = work.run(&["analyze", "a.csv", "--survey", "survey.toml", "--list", "overall = 1"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.contains("war schön") && !run.stdout.contains('\u{FFFD}'));
    assert!(run.stderr.contains("read as windows-1252"), "{}", run.stderr);
}

#[test]
fn a_condition_that_finds_nobody_for_it_is_read_again() {
    let work = Workdir::new();
    work.file("a.csv", western(&answers(30_000)));
    work.file("survey.toml", DEFINITION);
    let run = work.run(&[
        "analyze",
        "a.csv",
        "--survey",
        "survey.toml",
        "--where",
        "branch = \"Köln\"",
        "--format",
        "json",
    ]);
    assert_eq!(run.report()["ledger"]["rows_used"], 200, "{}", run.stderr);
}

#[test]
fn a_word_of_the_user_holds_and_is_told_against() {
    let work = Workdir::new();
    work.file("a.csv", western(&answers(30_000)));
    work.file("survey.toml", DEFINITION);
    let run = work.run(&["analyze", "a.csv", "--survey", "survey.toml", "--encoding", "utf-8"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stderr.contains("400 cells are not UTF-8, from line 30002 on"), "{}", run.stderr);
    assert!(!run.stdout.contains("München"));
}

#[test]
fn a_file_that_is_utf8_for_the_most_stays_so() {
    let work = Workdir::new();
    let mut bytes = answers(30_000).into_bytes();
    bytes.extend(b"40000,5,9,S\xfcd,Filiale,gut\n");
    work.file("a.csv", bytes);
    work.file("survey.toml", DEFINITION);
    let run = work.run(&["analyze", "a.csv", "--survey", "survey.toml"]);
    let said =
        "caution: a.csv: 1 cell is not UTF-8, in line 30602, and counts as unreadable; most of the file is";
    assert!(run.stderr.contains(said), "{}", run.stderr);
    assert!(run.stdout.contains("München"), "{}", run.stdout);
}

#[test]
fn the_table_of_a_tool_is_read_again_too() {
    let work = Workdir::new();
    let mut text = String::from("id,submitdate,lastpage,startlanguage,Q1,Q2,Q3[SQ001],Q3[SQ002]\n");
    for row in 0..9_000 {
        let town = if row < 8_000 { "Berlin" } else { "Köln" };
        let tick = if row % 2 == 0 { "Y" } else { "" };
        writeln!(text, "{row},2026-07-01 10:00:00,3,de,{},{town},{tick},Y", row % 5 + 1).unwrap();
    }
    work.file("lime.csv", western(&text));
    let run = work.run(&["analyze", "lime.csv", "--as", "Q2=segment", "--format", "json"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.contains("Köln") && !run.stdout.contains('\u{FFFD}'), "{}", run.stderr);
    assert!(run.stderr.contains("read as windows-1252, a guess"), "{}", run.stderr);
    let piped = work.run_with_input(&["analyze", "-", "--as", "Q2=segment"], &western(&text));
    assert!(piped.stderr.contains("1000 places hold bytes that stand for no character"), "{}", piped.stderr);
}

#[test]
fn what_lists_bring_is_counted_once() {
    let work = Workdir::new();
    let answers = answers(9_000);
    work.file("a.csv", western(&answers));
    work.file("towns.csv", "branch,land\nBonn,NRW\nBerlin,Berlin\nKöln,NRW\n");
    let lookup =
        "\n[lookup]\nfile = \"towns.csv\"\nkey = \"branch\"\ncolumns = [\"land\"]\n\n[segment.land]\n";
    work.file("survey.toml", format!("{DEFINITION}{lookup}"));
    let run = work.run(&["analyze", "a.csv", "--survey", "survey.toml", "--format", "json"]);
    let report = run.report();
    let line = &report["ledger"]["lookups"][0];
    let of = |key: &str| line[key].as_u64().unwrap();
    assert_eq!((of("matched"), of("unmatched"), of("blank")), (9_400, 200, 0), "{line}");
}
