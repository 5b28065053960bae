//! Copies without personal data: their names, what is cut and what is said of it.

use crate::support::{Run, Workdir};

const KEY: &str = "0123456789abcdef-a-key\n";

/// Thirty answers in one minute of each of three days, by people with a birthday.
fn answers() -> String {
    let mut text =
        "begun,submitted_at,Geboren wann,Datum,CP,browser_Version,channel,overall,comment\n".to_owned();
    for row in 0..30 {
        let day = 1 + row % 3;
        let comment = match row {
            4 => "call 030 1234567",
            5 => "or anna.2 (at) mail.com",
            _ => "all was fine",
        };
        text += &format!(
            "2026-03-0{day} 10:05:{row:02},2026-03-0{day} 10:06:{row:02},{:02}.04.{},{:02}.05.{},{},92.0.45{row:02}.115,web{},{},{comment}\n",
            1 + row % 28,
            1950 + row,
            1 + row % 28,
            1951 + row,
            75001 + row % 3,
            row % 2,
            1 + row % 5,
        );
    }
    text
}

fn redacted(work: &Workdir, file: &str) -> Run {
    work.file("key", KEY);
    let run = work.run(&["import", file, "--redact", "--key", "key", "--force"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    run
}

#[test]
fn a_redacted_copy_stands_beside_the_table_and_keeps_days() {
    let work = Workdir::new();
    work.file("a.csv", answers());
    assert_eq!(work.run(&["import", "a.csv"]).code, 0);
    let whole = work.read("a.clean.csv");
    let run = redacted(&work, "a.csv");
    assert_eq!(work.read("a.clean.csv"), whole, "the table stays");
    let names = work.names();
    for name in ["a.redacted.csv", "a.redacted.toml", "a.redacted.edits.csv"] {
        assert!(names.iter().any(|found| found == name), "{name} is not in {names:?}");
    }
    let table = work.read("a.redacted.csv");
    let first = "2026-03-01,2026-03-01,1950,1951,75,92.0.4500.115,web0,1,all was fine";
    assert_eq!(table.lines().nth(1), Some(first), "{table}");
    assert!(!table.contains("10:0") && !table.contains("anna"), "{table}");
    for text in [
        "times of day cut off in: begun (30 cells), submitted_at (30 cells)\n",
        "e-mail, phone, card and account numbers masked in: comment (2 cells)\n",
        "dates of birth to years: Geboren wann, Datum\n",
        "postal codes to their first characters: CP\n",
    ] {
        assert!(run.stderr.contains(text), "{text} is not in\n{}", run.stderr);
    }
    assert!(work.read("a.redacted.edits.csv").contains("1,begun,,,time_cut"));
    let explained = work.run(&["import", "a.csv", "--explain"]);
    for secret in [".1950", ".04.19", ".1951", "75001", "mixed contact"] {
        assert!(!explained.stdout.contains(secret), "{secret} in\n{}", explained.stdout);
    }
}

#[test]
fn rows_alone_are_counted_by_what_is_kept() {
    let work = Workdir::new();
    let rows: String =
        (0..30).map(|row| format!("2026-03-0{} 10:05:{row:02},{}\n", 1 + row % 3, 1 + row % 5)).collect();
    work.file("a.csv", format!("submitted_at,overall\n{rows}"));
    let run = redacted(&work, "a.csv");
    assert!(run.stderr.contains("0 of 30 rows are the only one by submitted_at together"), "{}", run.stderr);
    let definition = "[data]\ndate = { column = \"submitted_at\", format = \"%Y-%m-%d %H:%M:%S\" }\n[question.overall]\nmeasure = \"csat\"\n";
    work.file("a.toml", definition);
    redacted(&work, "a.csv");
    assert!(
        work.read("a.redacted.csv").contains("2026-03-01 00:00:00,1\n"),
        "{}",
        work.read("a.redacted.csv")
    );
    let months = work.run(&["analyze", "a.redacted.csv", "--every", "day", "--format", "json"]);
    assert_eq!(months.code, 0, "{}", months.stderr);
    assert!(months.stdout.contains("2026-03-01"), "{}", months.stdout);
}

#[test]
fn long_comments_are_masked_at_once() {
    let work = Workdir::new();
    for part in ["12 34 56 ", "a@b.", "1.2.", "no digits here "] {
        let comment = part.repeat(150_000 / part.len());
        work.file("long.csv", format!("overall,comment\n5,\"{comment}\"\n4,fine\n3,\"{comment}\"\n"));
        redacted(&work, "long.csv");
        assert_eq!(work.read("long.redacted.csv").lines().count(), 4, "{part}");
    }
}
