//! `csat quality`: each check by a file whose flags are known by hand, its corners, and whom it is shown to.

use std::fmt::Write as _;

use csat::render::QualityFormat;
use serde_json::Value;

use super::support::Workdir;

const DEFINITION: &str = r#"
[data]
id = "id"
customer = "customer"
date = "day"

[quality]
duration = "seconds"

[question.overall]
measure = "csat"
overall = true

[block.service]
questions = ["s1..s8"]
measure = "csat"

[question.recommend]
measure = "nps"

[question.comment]
measure = "text"
"#;

const HEADER: &str = "id,customer,day,seconds,overall,s1,s2,s3,s4,s5,s6,s7,s8,recommend,comment";

/// Each row but the first has one thing that is wrong, as the comments say.
const ROWS: &[&str] = &[
    "A1,C1,2026-03-01,300,4,4,5,3,4,4,2,5,3,8,fine",
    "A2,C2,2026-03-01,310,5,5,5,5,5,5,5,5,5,9,", // one point throughout
    "A2,C3,2026-03-02,290,3,3,4,3,2,4,3,4,3,7,", // the id of row 2
    "A4,C1,2026-03-02,305,4,4,4,4,4,4,4,2,3,8,", // six fours in a row; customer of row 1
    "A5,C5,2026-03-03,100,2,2,3,1,2,3,2,1,3,4,", // below half the median of 300
    "A6,C6,2026-03-03,300,5,4,5,3,4,5,4,3,4,1,", // very satisfied, would not recommend
    "A7,C7,2026-03-04,295,9,4,5,3,4,5,4,3,2,7,", // 9 of 5
    "A8,C8,2030-01-01,300,4,3,5,3,4,5,2,3,4,7,", // not yet
    "A9,C9,soon,300,4,3,4,3,2,5,2,3,1,7,",       // no date
    "A10,C10,2026-03-05,300,4,4,5,3,4,4,2,5,3,8,fine", // the answers of row 1
    "A11,C11,2026-03-05,50,4,3,4,,,,,,,,",       // stopped at s2, which is not fast
    "A12,C12,2026-03-05,,,,,,,,,,,,",            // nothing
];

fn answers() -> String {
    format!("{HEADER}\n{}\n", ROWS.join("\n"))
}

fn work(definition: &str, answers: &str) -> Workdir {
    let work = Workdir::new();
    work.file("a.toml", definition);
    work.file("a.csv", answers);
    work
}

/// The section of `csat quality`.
#[track_caller]
fn section(work: &Workdir, arguments: &[&str]) -> Value {
    let report = work.run(&[&["quality", "a.csv", "--format", "json"], arguments].concat()).report();
    assert_eq!(report["sections"].as_array().unwrap().len(), 1);
    assert_eq!(report["sections"][0]["kind"], "quality");
    report["sections"][0].clone()
}

#[track_caller]
fn check<'a>(section: &'a Value, code: &str) -> &'a Value {
    let checks = section["checks"].as_array().unwrap();
    checks.iter().find(|check| check["code"] == code).unwrap_or_else(|| panic!("no check {code}"))
}

/// The rows of a check's places, with how many were looked at and flagged.
#[track_caller]
fn found(section: &Value, code: &str) -> (u64, u64, Vec<u64>) {
    let check = check(section, code);
    assert_eq!(check["reason"], Value::Null, "{check}");
    let rows = check["places"].as_array().unwrap().iter().map(|place| place["row"].as_u64().unwrap());
    (check["looked_at"].as_u64().unwrap(), check["flagged"].as_u64().unwrap(), rows.collect())
}

#[test]
fn every_check_flags_the_rows_that_were_made_for_it() {
    let section = section(&work(DEFINITION, &answers()), &[]);
    assert_eq!(section["rows"], 12);
    assert_eq!(found(&section, "no_answer"), (12, 1, vec![12]));
    assert_eq!(found(&section, "stopped"), (11, 1, vec![11]));
    assert_eq!(found(&section, "duplicate_id"), (12, 1, vec![3]));
    assert_eq!(found(&section, "repeat_customer"), (12, 1, vec![4]));
    assert_eq!(found(&section, "duplicate_answers").1, 1);
    assert_eq!(found(&section, "duplicate_answers").2, [10]);
    assert_eq!(found(&section, "speeder"), (10, 1, vec![5]));
    assert_eq!(check(&section, "speeder")["threshold"], 150.0);
    assert_eq!(found(&section, "straight_line"), (10, 1, vec![2]));
    assert_eq!(found(&section, "long_string"), (10, 1, vec![4]));
    assert_eq!(found(&section, "contradiction"), (9, 1, vec![6]));
    assert_eq!(found(&section, "out_of_range"), (12, 1, vec![7]));
    assert_eq!(found(&section, "date_future"), (11, 1, vec![8]));
    assert_eq!(found(&section, "date_unreadable"), (12, 1, vec![9]));
    assert_eq!(check(&section, "date_before_start")["reason"], "no_start");
    let flags = &section["flags"];
    assert_eq!((flags["none"].as_u64(), flags["one"].as_u64()), (Some(2), Some(10)));
    assert_eq!(check(&section, "stopped")["is_flag"], false);
    assert_eq!(check(&section, "repeat_customer")["is_flag"], false);
}

#[test]
fn items_and_break_off_are_counted_in_the_order_asked() {
    let section = section(&work(DEFINITION, &answers()), &[]);
    let items = section["items"].as_array().unwrap();
    let ids: Vec<&str> = items.iter().map(|item| item["question"].as_str().unwrap()).collect();
    assert_eq!(ids, ["overall", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "recommend", "comment"]);
    let overall = &items[0];
    let counts =
        ["asked", "answered", "blank", "invalid", "not_asked"].map(|key| overall[key].as_u64().unwrap());
    assert_eq!(counts, [12, 10, 1, 1, 0]);
    assert_eq!(overall["nonresponse"].as_f64(), Some(0.166_666_666_667));
    assert_eq!(items[10]["answered"], 2);
    let progress = &section["progress"];
    let steps = ["reached_end", "stopped", "no_answer"].map(|key| progress[key].as_u64().unwrap());
    assert_eq!(steps, [10, 1, 1]);
    let stops = progress["break_off"].as_array().unwrap();
    assert_eq!(stops.len(), 1);
    assert_eq!((&stops[0]["question"], &stops[0]["place"]), (&Value::from("s2"), &Value::from(3)));
    let grid = &section["grids"][0];
    assert_eq!(
        (&grid["name"], &grid["identical"], &grid["longest_run"]),
        (&"service".into(), &1.into(), &8.into())
    );
}

/// Who wrote what stays in the file: neither ids nor answers are printed, until ids are asked for.
#[test]
fn flags_name_rows_and_not_people() {
    let work = work(DEFINITION, &answers());
    for format in ["table", "md", "csv", "json"] {
        let run = work.run(&["quality", "a.csv", "--format", format]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        for text in ["A2", "C1", "soon", "fine"] {
            assert!(!run.stdout.contains(text), "{format}: {text}\n{}", run.stdout);
        }
    }
    let run = work.run(&["quality", "a.csv", "--flags", "--quiet"]);
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert_eq!(lines[0], "file,row,line,flags,checks,seconds,longest_run");
    assert_eq!(lines[1], "a.csv,2,3,1,straight_line,310,8");
    assert_eq!(lines[3], "a.csv,4,5,1,repeat_customer long_string,305,6");
    assert_eq!(lines.len(), 12);
    let run = work.run(&["quality", "a.csv", "--flags", "--with-personal", "-o", "flags.csv"]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""));
    assert!(work.read("flags.csv").contains("a.csv,3,4,A2,1,duplicate_id,290,"));
    work.run(&["quality", "a.csv", "--flags", "--format", "json"]).refused(2, &["writes CSV"]);
    work.run(&["quality", "a.csv", "--format", "xlsx"]).refused(2, &["does not write xlsx"]);
}

#[test]
fn a_terminal_of_80_columns_holds_every_line() {
    let run = work(DEFINITION, &answers()).run(&["quality", "a.csv", "--quiet"]);
    for line in run.stdout.lines() {
        assert!(line.chars().count() <= 80, "{} columns: {line}", line.chars().count());
    }
    for text in
        ["No row was left out because of a flag", "Too fast", "AAPOR response rates", "None: no dispositions"]
    {
        assert!(run.stdout.contains(text), "`{text}` is not in:\n{}", run.stdout);
    }
}

#[test]
fn threads_and_standard_input_change_nothing() {
    let mut text = format!("{HEADER}\n");
    for row in 0..30_000_u32 {
        let point = |step: u32| 1 + (row * step) % 5;
        let _ = writeln!(
            text,
            "R{},C{},2026-03-{:02},{},{},{},{},3,{},4,{},2,1,{},",
            row % 29_000,
            row % 100,
            1 + row % 28,
            100 + row % 400,
            point(1),
            point(2),
            point(3),
            point(7),
            point(11),
            row % 11
        );
    }
    let work = work(DEFINITION, &text);
    let one = section(&work, &["--threads", "1"]);
    assert_eq!(found(&one, "duplicate_id").1, 1_000);
    assert!(section(&work, &["--threads", "3"]) == one);
    let piped =
        work.run_with_input(&["quality", "-", "--survey", "a.toml", "--format", "json"], text.as_bytes());
    let mut piped = piped.report()["sections"][0].clone();
    let mut wanted = one;
    for section in [&mut piped, &mut wanted] {
        for check in section["checks"].as_array_mut().unwrap() {
            for place in check["places"].as_array_mut().unwrap() {
                place["input"] = Value::Null;
            }
        }
    }
    assert!(piped == wanted);
}

#[test]
fn files_of_no_and_few_rows_have_no_figures_and_no_faults() {
    for rows in [0, 1, 2] {
        let text = format!("{HEADER}\n{}\n", ROWS[..rows].join("\n"));
        let section = section(&work(DEFINITION, &text), &[]);
        assert_eq!(section["rows"], rows);
        assert_eq!(section["late"]["reason"], "too_few_rows");
        let wanted = if rows == 0 { "no_durations" } else { "too_few_durations" };
        assert_eq!(check(&section, "speeder")["reason"], wanted);
    }
    let blank = format!("{HEADER}\n{}", ",,,,,,,,,,,,,,\n".repeat(40));
    let of_blank = section(&work(DEFINITION, &blank), &[]);
    assert_eq!(found(&of_blank, "no_answer").1, 40);
    assert_eq!(check(&of_blank, "duplicate_id")["reason"], "no_values");
    let none = section(&work("[data]\nid = \"id\"\n", &answers()), &[]);
    assert_eq!(check(&none, "no_answer")["reason"], "no_questions");
    assert_eq!(found(&none, "duplicate_id").1, 1);
}

#[test]
fn without_a_definition_the_checks_do_what_they_can() {
    let work = Workdir::new();
    work.file("b.csv", answers());
    let report = work.run(&["quality", "b.csv", "--format", "json", "--quiet"]).report();
    assert_eq!(report["sections"][0]["rows"], 12);
}

/// The worked case of AAPOR's formulas, from counts and from a column.
#[test]
fn response_rates_have_names_and_come_from_counts_or_a_column() {
    let counts = "[quality]\ndisposition_counts = { complete = 400, partial = 20, refusal = 80, non_contact = 250, \
                  other = 10, unknown = 200, not_eligible = 60 }\n[question.q]\n";
    let mut text = "q,status\n".to_owned();
    let codes = [
        ("1.1", 400),
        ("1.2", 20),
        ("2.11", 80),
        ("2.20", 250),
        ("2.3", 10),
        ("3.1", 199),
        ("4.7", 60),
        ("?", 1),
    ];
    for (code, cases) in codes {
        text.push_str(&format!("1,{code}\n").repeat(cases));
    }
    let by_codes = section(&work("[quality]\ndisposition = \"status\"\n[question.q]\n", &text), &[]);
    let by_counts = section(&work(counts, "q\n1\n"), &[]);
    assert_eq!(by_codes["response"]["unmatched"], 1);
    for section in [&by_codes, &by_counts] {
        let rates = section["response"]["rates"].as_array().unwrap();
        let told: Vec<String> = rates
            .iter()
            .map(|rate| format!("{} {:.4}", rate["name"].as_str().unwrap(), rate["value"].as_f64().unwrap()))
            .collect();
        let wanted = [
            "RR1 0.4167",
            "RR2 0.4375",
            "RR3 0.4231",
            "RR4 0.4443",
            "RR5 0.5263",
            "RR6 0.5526",
            "COOP1 0.7843",
            "REF1 0.0833",
            "CON1 0.5312",
        ];
        assert_eq!(told, wanted);
        assert_eq!(section["response"]["e_source"], "computed");
    }
}

/// Early respondents are content, late ones are not: the file has them the other way round.
#[test]
fn late_respondents_are_compared_by_date() {
    let mut text = "day,overall\n".to_owned();
    for day in (1..=30).rev() {
        let overall = if day <= 10 {
            5
        } else if day > 20 {
            2
        } else {
            3
        };
        text.push_str(&format!("2026-03-{day:02},{overall}\n").repeat(3));
    }
    let definition = "[data]\ndate = \"day\"\n[question.overall]\nmeasure = \"csat\"\n";
    let dated = section(&work(definition, &text), &[]);
    let late = &dated["late"];
    assert_eq!((&late["by"], &late["early"]), (&"date".into(), &30.into()));
    let row = &late["rows"][0];
    assert_eq!((row["early"].as_f64(), row["late"].as_f64()), (Some(100.0), Some(0.0)));
    assert_eq!((row["difference"].as_f64(), row["verdict"].as_str()), (Some(-100.0), Some("down")));
    let undated = section(&work("[question.overall]\nmeasure = \"csat\"\n", &text), &[]);
    assert_eq!(undated["late"]["by"], "file_order");
    assert_eq!(undated["late"]["rows"][0]["difference"].as_f64(), Some(100.0));
}

/// Every key of `[quality]` changes the section.
#[test]
fn every_key_of_the_table_changes_the_section() {
    let header = "seconds,took,begun,start,day,status,a,b,c,d";
    let mut text = format!("{header}\n");
    for row in 0..30 {
        let (seconds, took) = (100 + row * 10, 400 - row * 10);
        let status = ["1", "2", "3", "4", "5", "6", "7", "8"][row % 8];
        let _ = writeln!(
            text,
            "{seconds},{took},2026-03-02,2026-03-05,2026-03-03,{status},{},{},{},{}",
            1 + row % 5,
            1 + row % 3,
            ["", "2"][row % 2],
            ["", "3"][row % 2]
        );
    }
    let base = r#"
[data]
date = "day"
[quality]
duration = "seconds"
fast_seconds = 120
started = "begun"
contradictions = ["a >= 4 and b <= 1"]
disposition = "status"
eligible_share = 0.5
order = ["a", "b", "c", "d"]
[quality.dispositions]
complete = ["1"]
partial = ["2"]
refusal = ["3"]
non_contact = ["4"]
other = ["5"]
unknown = ["6"]
not_eligible = ["7"]
[question.a]
[question.b]
[question.c]
[question.d]
"#;
    let counts = "[quality.disposition_counts]\ncomplete = 9\npartial = 8\nrefusal = 7\nnon_contact = 6\nother = 5\n\
                  unknown = 4\nnot_eligible = 3\n[question.a]\n";
    let column = [
        ("duration = \"seconds\"", "duration = \"took\"", "/checks"),
        ("fast_seconds = 120", "fast_seconds = 150", "/checks"),
        ("fast_seconds = 120", "fast_share = 0.9", "/checks"),
        ("started = \"begun\"", "started = \"start\"", "/checks"),
        ("a >= 4", "a >= 5", "/contradictions"),
        ("disposition = \"status\"", "disposition = \"a\"", "/response"),
        ("eligible_share = 0.5", "eligible_share = 0.25", "/response"),
        ("[\"a\", \"b\", \"c\", \"d\"]", "[\"c\", \"d\", \"a\", \"b\"]", "/progress"),
        ("complete = [\"1\"]", "complete = [\"1\", \"8\"]", "/response"),
        ("partial = [\"2\"]", "partial = [\"2\", \"8\"]", "/response"),
        ("refusal = [\"3\"]", "refusal = [\"3\", \"8\"]", "/response"),
        ("non_contact = [\"4\"]", "non_contact = [\"4\", \"8\"]", "/response"),
        ("other = [\"5\"]", "other = [\"5\", \"8\"]", "/response"),
        ("unknown = [\"6\"]", "unknown = [\"6\", \"8\"]", "/response"),
        ("not_eligible = [\"7\"]", "not_eligible = [\"7\", \"8\"]", "/response"),
    ];
    let given = [
        ("complete = 9", "complete = 10", "/response"),
        ("partial = 8", "partial = 10", "/response"),
        ("refusal = 7", "refusal = 10", "/response"),
        ("non_contact = 6", "non_contact = 10", "/response"),
        ("other = 5", "other = 10", "/response"),
        ("unknown = 4", "unknown = 10", "/response"),
        ("not_eligible = 3", "not_eligible = 10", "/response"),
    ];
    for (base, cases) in [(base, &column[..]), (counts, &given)] {
        let before = section(&work(base, &text), &[]);
        for (from, to, part) in cases {
            assert!(base.contains(from), "{from}");
            let after = section(&work(&base.replacen(from, to, 1), &text), &[]);
            assert_ne!(before.pointer(part), after.pointer(part), "{from} -> {to}");
        }
    }
}

#[test]
fn what_the_definition_names_must_be_there() {
    let unknown = "[quality]\ncontradictions = [\"overal >= 4\"]\n[question.overall]\n";
    let run = work(unknown, &answers()).run(&["quality", "a.csv"]);
    run.refused(78, &["overal", "did you mean `overall`?", "a.toml:2"]);
    let absent = "[quality]\nduration = \"secs\"\n[question.overall]\n";
    let run = work(absent, &answers()).run(&["quality", "a.csv"]);
    run.refused(1, &["[quality], key `duration`", "column `secs`"]);
    work(DEFINITION, &answers()).run(&["quality", "a.csv", "--wave", "2026-Q1"]).refused(2, &["no waves"]);
}

/// The section is for those who work with the report, and a wave has its own rows.
#[test]
fn reports_for_the_team_have_the_section_and_others_not() {
    let work = work(DEFINITION, &answers());
    let kinds = |arguments: &[&str]| {
        let report = work.run(arguments).report();
        let kinds = report["sections"].as_array().unwrap().iter().map(|section| section["kind"].clone());
        kinds.collect::<Vec<_>>()
    };
    assert!(kinds(&["report", "a.csv", "--format", "json"]).contains(&"quality".into()));
    for audience in ["board", "customers"] {
        assert!(
            !kinds(&["report", "a.csv", "--for", audience, "--format", "json"]).contains(&"quality".into())
        );
    }
    assert!(!kinds(&["analyze", "a.csv", "--format", "json"]).contains(&"quality".into()));
    let waves = DEFINITION.replace("date = \"day\"", "date = \"day\"\nwave = { every = \"quarter\" }");
    let work = self::work(&waves, &answers());
    let section = section(&work, &["--wave", "2026-Q1"]);
    assert_eq!((&section["wave"], &section["rows"]), (&"2026-Q1".into(), &10.into()));
}

/// A saved section is made anew from its answers.
#[test]
fn what_was_saved_verifies() {
    let work = work(DEFINITION, &answers());
    assert_eq!(work.run(&["quality", "a.csv", "-o", "q.json"]).code, 0);
    let run = work.run(&["verify", "q.json"]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
}

/// Letters and words of AAPOR are known; of words that nobody knows no rate is 0 %.
#[test]
fn dispositions_are_letters_and_unknown_words_have_no_rate() {
    let of = |cells: &[(&str, usize)]| {
        let mut text = "q,status\n".to_owned();
        for (cell, cases) in cells {
            text.push_str(&format!("1,{cell}\n").repeat(*cases));
        }
        section(&work("[quality]\ndisposition = \"status\"\n[question.q]\n", &text), &[])["response"].clone()
    };
    let letters = of(&[("I", 4), ("P", 1), ("r", 2), ("Non-contact", 1), ("U", 1), ("not eligible", 3)]);
    assert_eq!((&letters["unmatched"], &letters["reason"]), (&0.into(), &Value::Null));
    assert_eq!(letters["dispositions"][0]["cases"], 4, "{letters}");
    let unknown = of(&[("X", 4), ("Y", 6), ("I", 1)]);
    assert_eq!(unknown["reason"], "unknown_dispositions", "{unknown}");
    assert_eq!(unknown["unmatched"], 10, "{unknown}");
    assert!(unknown["rates"].as_array().unwrap().is_empty(), "{unknown}");
}

/// Thirty content customers with two dates so many days apart, and a score that falls.
fn over(days: u32) -> String {
    let first = chrono::NaiveDate::from_ymd_opt(2026, 1, 10).unwrap();
    let mut text = "day,overall\n".to_owned();
    for row in 0..90_u32 {
        let day = first + chrono::Days::new(u64::from(row * days / 89));
        let _ = writeln!(text, "{day},{}", if row < 45 { 5 } else { 2 });
    }
    text
}

/// What moved between periods says nothing of those who did not answer.
#[test]
fn several_waves_have_no_first_and_last_third() {
    let definition = "[data]\ndate = \"day\"\n[question.overall]\nmeasure = \"csat\"\n";
    let late = |days, arguments: &[&str]| {
        let work = work(definition, &over(days));
        (section(&work, arguments)["late"].clone(), work.run(&["quality", "a.csv", "--quiet"]).stdout)
    };
    let (short, text) = late(99, &[]);
    assert_eq!((&short["reason"], &short["by"]), (&Value::Null, &"date".into()));
    assert!(text.contains("hints that those who did not answer differ too"), "{text}");
    let (long, text) = late(400, &[]);
    assert_eq!((&long["reason"], &long["rows"]), (&"several_waves".into(), &Value::Array(Vec::new())));
    assert!(text.contains("look at one wave: --wave") && !text.contains("hints"), "{text}");
    let (all, _) = late(99, &["--every", "month", "--wave", "all"]);
    assert_eq!(all["reason"], "several_waves");
    let (one, _) = late(400, &["--every", "year", "--wave", "2026"]);
    assert_eq!(one["reason"], Value::Null, "one wave, as the definition has it: {one}");
}

#[test]
fn the_order_of_a_file_is_compared_without_a_conclusion() {
    let work = work("[question.overall]\nmeasure = \"csat\"\n", &over(99));
    let text = work.run(&["quality", "a.csv", "--quiet"]).stdout;
    assert!(text.contains("may have nothing to do with time"), "{text}");
    assert!(text.contains("−100.0") && !text.contains("hints") && !text.contains(" -"), "{text}");
    let run = work.run(&["report", "a.csv", "--sections", "quality", "--format", "md", "--quiet"]);
    assert!(run.stdout.contains("may have nothing to do with time"), "{}", run.stdout);
}

/// Questions whose wordings begin alike, each with a label, as a survey tool writes them.
fn wordy() -> (String, String) {
    let stem = "Please state how satisfied you were, all in all, with the following part of our service";
    let mut definition = String::new();
    let mut header = Vec::new();
    for name in ["Boba Fett", "Obi Wan", "Han Solo", "Yoda", "Lando"] {
        let _ =
            write!(definition, "[question.\"{stem} [{name}]\"]\nmeasure = \"csat\"\nlabel = \"{name}\"\n");
        header.push(format!("\"{stem} [{name}]\""));
    }
    let mut text = header.join(",") + "\n";
    for row in 0..1200 {
        let cell = |step: usize| {
            if (row * step).is_multiple_of(7) { String::new() } else { (1 + row * step % 5).to_string() }
        };
        text += &([cell(1), cell(2), cell(3), cell(4), cell(6)].join(",") + "\n");
    }
    (definition, text)
}

#[test]
fn questions_are_called_by_their_labels_and_numbers_are_never_cut() {
    let (definition, text) = wordy();
    let work = work(&definition, &text);
    let report: csat::report::Report =
        serde_json::from_str(&work.run(&["quality", "a.csv", "--format", "json"]).stdout).unwrap();
    for width in [40, 60, 80] {
        let text = csat::render::quality(&report, QualityFormat::Table { width, explain: false });
        for name in ["Boba Fett", "Han Solo"] {
            assert!(text.contains(name), "{width}: {name}\n{text}");
        }
        assert!(!text.contains("Please state"), "{width}: {text}");
        for line in text.lines() {
            assert!(line.chars().count() <= width, "{width}: {line}");
            let is_list = line.contains(", …");
            assert!(is_list || !line.trim_end().ends_with('…'), "{width}: a figure is cut: {line}");
        }
        assert_eq!(text.contains("no room for: "), width < 80, "{width}: {text}");
    }
}

/// What was read, what the definition leaves out, and that no flag did; and how to leave out more.
#[test]
fn rows_left_out_before_are_said_and_a_limit_has_its_recipe() {
    let definition = "[quality]\nduration = \"Duration (in seconds)\"\n[exclude]\nwhere = \"overall = 1\"\n\
                      [question.overall]\nmeasure = \"csat\"\n[question.b]\n[question.c]\n";
    let mut text = "Duration (in seconds),overall,b,c\n".to_owned();
    for row in 0..20 {
        let _ = writeln!(text, "{},{},4,3", if row == 7 { 60 } else { 249 }, if row < 3 { 1 } else { 5 });
    }
    let run = work(definition, &text).run(&["quality", "a.csv", "--quiet"]);
    let text = run.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    for said in [
        "20 rows read; 3 left out before (3 left out by a condition); 17 looked at. No row was left out because of \
         a flag.",
        "Too fast: less than 124.5 seconds, 0.5 of the median time of 249 seconds",
        "[exclude] where = \"`Duration (in seconds)` < 124.5\"",
        "Only said, no flags",
    ] {
        assert!(text.contains(said), "{said}\n{}", run.stdout);
    }
    let (flags, said) = run.stdout.split_once("Only said, no flags").unwrap();
    assert!(!flags.contains("Stopped before the end") && said.contains("Stopped before the end"));
}

/// Content customers are alike by chance; who has the rare answers of another is not.
#[test]
fn answers_that_chance_repeats_are_no_flag() {
    let header: Vec<String> = (1..=12).map(|place| format!("s{place}")).collect();
    let definition = "[block.service]\nquestions = [\"s1..s12\"]\nmeasure = \"csat\"\n";
    let mut text = header.join(",") + "\n";
    for row in 0..400_usize {
        // Mostly 5 with a 4 and a 3 at one of six places each: some eleven rows for each pattern.
        let answer = |place: usize| match (place == row % 6, place == 6 + row / 6 % 6) {
            (true, _) => "4",
            (_, true) => "3",
            _ => "5",
        };
        text += &((0..12).map(answer).collect::<Vec<_>>().join(",") + "\n");
    }
    let usual = section(&work(definition, &text), &[]);
    let check_of = |section: &Value| check(section, "duplicate_answers").clone();
    assert_eq!(check_of(&usual)["reason"], "too_alike", "{}", check_of(&usual));
    let rare = "1,2,1,3,1,2,4,1,2,1,3,2\n";
    let copied = section(&work(definition, &(text + rare + rare)), &[]);
    assert_eq!(found(&copied, "duplicate_answers"), (2, 1, vec![402]));
    let pairs = check_of(&copied)["pairs"].as_u64().unwrap();
    assert!(pairs > 1000, "{pairs}");
    assert!(check_of(&copied)["expected_pairs"].as_f64().unwrap() > 0.0);
}

#[test]
fn options_that_change_nothing_are_refused() {
    let work = work(DEFINITION, &answers());
    for (option, value) in [("--by", "overall"), ("--interval", "wilson"), ("--seed", "3")] {
        work.run(&["quality", "a.csv", option, value]).refused(2, &[option, "changes nothing"]);
        let help = work.run(&["quality", "--help"]).stdout;
        assert!(!help.contains(option), "{option}: {help}");
    }
    assert_eq!(work.run(&["quality", "a.csv", "--weight", "none", "--hash", "sha256"]).code, 0);
}
