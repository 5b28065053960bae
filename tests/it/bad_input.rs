//! Every bad input of the design, each with its message and exit code, and nothing lost.

use std::fmt::Write as _;

use crate::support::{Workdir, estimate};

const GOOD: &str = "overall,recommend,region\n5,10,North\n4,9,South\n3,7,North\n5,6,South\n";
const DEFINITION: &str =
    "[question.overall]\nmeasure = \"csat\"\n[question.recommend]\nmeasure = \"nps\"\n[segment.region]\n";

#[test]
fn missing_file() {
    let work = Workdir::new();
    work.run(&["analyze", "nowhere.csv"]).refused(1, &["nowhere.csv", "no such file"]);
}

#[test]
fn a_missing_file_that_is_nearly_there_is_suggested() {
    let work = Workdir::new();
    work.file("responses.csv", GOOD);
    work.run(&["analyze", "response.csv"]).refused(1, &["response.csv", "`responses.csv`"]);
}

#[test]
fn directory() {
    let work = Workdir::new();
    std::fs::create_dir(work.path().join("answers")).unwrap();
    work.run(&["analyze", "answers"]).refused(1, &["answers", "directory"]);
}

#[test]
fn empty_file() {
    let work = Workdir::new();
    work.file("a.csv", "");
    work.run(&["analyze", "a.csv"]).refused(1, &["a.csv", "empty"]);
}

#[test]
fn header_only_has_nothing_to_score() {
    let work = Workdir::new();
    work.file("a.csv", "overall,recommend,region\n");
    work.file("a.toml", DEFINITION);
    let run = work.run(&["analyze", "a.csv", "--format", "json"]);
    let report = run.report();
    assert_eq!(report["estimates"].as_array().unwrap().len(), 0);
    assert!(report["notes"].as_array().unwrap().iter().any(|note| note["code"] == "nothing_to_score"));
    let run = work.run(&["analyze", "a.csv"]);
    assert_eq!(run.code, 0);
    assert!(run.stdout.contains("not one row of answers"), "{}", run.stdout);
}

#[test]
fn words_in_another_encoding_are_told() {
    let work = Workdir::new();
    work.file("a.csv", b"overall,region\n5,S\xfcd\n4,Nord\n3,S\xfcd\n");
    let run = work.run(&["analyze", "a.csv"]);
    assert!(run.stderr.contains("read as windows-1252, a guess: ü; --encoding overrides"), "{}", run.stderr);
    work.file("b.csv", "overall,region\n5,Süd\n4,Nord\n3,Süd\n");
    let plain = work.run(&["analyze", "b.csv"]);
    assert!(!plain.stderr.contains("read as"), "{}", plain.stderr);
    assert_eq!(
        run.stdout.split_once(char::is_whitespace).unwrap().1,
        plain.stdout.split_once(char::is_whitespace).unwrap().1
    );
    work.file("c.csv", b"overall,region\n5,S\xc3\xbcd\n4,Nord\n3,S\xfcd\n");
    let typed = work.run(&["analyze", "c.csv", "--encoding", "utf-8"]);
    assert!(typed.stderr.contains("is not UTF-8 (column `region`)"), "{}", typed.stderr);
}

#[test]
fn weights_that_are_none_are_told() {
    let work = Workdir::new();
    work.file("a.csv", "overall;w\n5;0,8\n4;heavy\n3;-1\n");
    let run = work.run(&["analyze", "a.csv", "--weight", "w"]);
    assert!(run.stderr.contains("2 of 3 rows are left out"), "{}", run.stderr);
    work.file("b.csv", "overall;w\n5;0,8\n4;1,2\n3;1\n");
    let run = work.run(&["analyze", "b.csv", "--weight", "w"]);
    assert!(run.stderr.contains("read with a decimal comma"), "{}", run.stderr);
    assert!(!run.stderr.contains("left out"), "{}", run.stderr);
}

#[test]
fn gzip_and_other_binaries_named_csv() {
    let work = Workdir::new();
    work.file("a.csv", [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3]);
    work.run(&["analyze", "a.csv"]).refused(1, &["a.csv", "gzip"]);
    work.file("b.csv", b"PK\x03\x04\x14\0\0\0");
    work.run(&["analyze", "b.csv"]).refused(1, &["b.csv", "zip"]);
    work.file("c.csv", [0x7f, b'E', b'L', b'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    work.run(&["analyze", "c.csv"]).refused(1, &["c.csv"]);
}

#[test]
fn utf16() {
    let work = Workdir::new();
    let mut bytes = vec![0xff, 0xfe];
    bytes.extend(GOOD.encode_utf16().flat_map(u16::to_le_bytes));
    work.file("a.csv", bytes);
    work.file("a.toml", DEFINITION);
    work.file("b.csv", GOOD);
    work.file("b.toml", DEFINITION);
    let (wide, plain) = (
        work.run(&["analyze", "a.csv", "--format", "json"]),
        work.run(&["analyze", "b.csv", "--format", "json"]),
    );
    assert!(wide.stderr.contains("read as UTF-16LE"), "{}", wide.stderr);
    assert_eq!(wide.report()["estimates"], plain.report()["estimates"]);
}

#[test]
fn duplicate_headers_matter_only_where_they_are_needed() {
    let work = Workdir::new();
    work.file("a.csv", "overall,recommend,region,note,note\n5,10,North,x,y\n4,9,South,x,y\n");
    work.file("a.toml", DEFINITION);
    assert_eq!(work.run(&["analyze", "a.csv"]).code, 0);
    work.file("b.csv", "overall,overall,recommend,region\n5,4,10,North\n");
    work.file("b.toml", DEFINITION);
    work.run(&["analyze", "b.csv"]).refused(1, &["overall", "1", "2"]);
}

#[test]
fn ragged_rows_are_counted_and_kept_where_the_needed_columns_are_there() {
    let work = Workdir::new();
    work.file("a.csv", "overall,recommend,region,note\n5,10,North,x\n4,9,South\n3,7\n5,6,South,x,y\n");
    work.file("a.toml", DEFINITION);
    let report = work.run(&["analyze", "a.csv", "--format", "json"]).report();
    let ledger = &report["ledger"];
    assert_eq!(ledger["rows_read"], 4);
    assert_eq!(ledger["rows_used"], 3);
    assert_eq!(ledger["excluded"][0]["reason"], "short_row");
    assert_eq!(ledger["excluded"][0]["rows"], 1);
    assert_eq!(ledger["excluded"][0]["places"][0]["line"], 4);
    for (kept, reason, line) in [(0, "overlong_row", 5), (1, "ragged_row", 3)] {
        assert_eq!(ledger["kept"][kept]["reason"], reason);
        assert_eq!(ledger["kept"][kept]["rows"], 1);
        assert_eq!(ledger["kept"][kept]["places"][0]["line"], line);
    }
    assert_eq!(estimate(&report, "overall", "top_box", &[])["base"], 3);
}

#[test]
fn unclosed_quote_at_the_end_names_the_line_where_it_opened() {
    let work = Workdir::new();
    work.file("a.csv", "overall,recommend,region\n5,10,North\n4,9,\"South\n3,7,North\n");
    work.file("a.toml", DEFINITION);
    work.run(&["analyze", "a.csv"]).refused(1, &["a.csv", "line 3", "quote"]);
}

#[test]
fn nul_bytes_in_a_cell_are_an_invalid_answer() {
    let work = Workdir::new();
    let mut text = String::from("overall,recommend,region\n");
    for _ in 0..400 {
        text.push_str("5,10,North\n");
    }
    text.push_str("4\0,9,South\n");
    work.file("a.csv", text);
    work.file("a.toml", DEFINITION);
    let report = work.run(&["analyze", "a.csv", "--format", "json"]).report();
    assert_eq!(report["ledger"]["questions"][0]["invalid"], 1);
    assert_eq!(report["ledger"]["questions"][0]["places"][0]["line"], 402);
    assert_eq!(report["ledger"]["questions"][0]["places"][0]["column"], 1);
}

#[test]
fn a_cell_of_20_megabytes_is_read() {
    let work = Workdir::new();
    let mut text = String::from("overall,recommend,region,comment\n5,10,North,\"");
    text.extend(std::iter::repeat_n("a,b\n", 5_000_000));
    text.push_str("\"\n4,9,South,x\n");
    work.file("a.csv", text);
    work.file("a.toml", DEFINITION);
    let report = work.run(&["analyze", "a.csv", "--format", "json"]).report();
    assert_eq!(report["ledger"]["rows_used"], 2);
}

#[test]
fn a_record_over_64_mib_names_the_line() {
    let work = Workdir::new();
    let mut text = String::from("overall,recommend,region,comment\n5,10,North,x\n4,9,South,\"");
    text.extend(std::iter::repeat_n("0123456789abcdef", 5_000_000));
    text.push_str("\"\n");
    work.file("a.csv", text);
    work.file("a.toml", DEFINITION);
    work.run(&["analyze", "a.csv"]).refused(1, &["a.csv", "64 MiB", "line 3"]);
}

#[test]
fn twenty_thousand_columns() {
    let work = Workdir::new();
    let mut text = String::from("overall");
    for column in 1..20_000 {
        write!(text, ",c{column}").unwrap();
    }
    for _ in 0..3 {
        text.push_str("\n5");
        text.extend(std::iter::repeat_n(",1", 19_999));
    }
    text.push('\n');
    work.file("a.csv", text);
    work.file("a.toml", "[question.overall]\nmeasure = \"csat\"\n");
    let report = work.run(&["analyze", "a.csv", "--format", "json"]).report();
    assert_eq!(estimate(&report, "overall", "top_box", &[])["base"], 3);
}

#[test]
fn a_defined_column_that_is_missing() {
    let work = Workdir::new();
    work.file("a.csv", "Overal,recommend,region\n5,10,North\n");
    work.file("a.toml", DEFINITION);
    work.run(&["analyze", "a.csv"]).refused(1, &["overall", "`Overal`"]);
}

#[test]
fn a_definition_that_binds_nothing_is_refused() {
    let work = Workdir::new();
    work.file("a.csv", "x,y\n5,10\n");
    work.file("a.toml", DEFINITION);
    work.run(&["analyze", "a.csv"]).refused(1, &["overall", "recommend"]);
}

#[test]
fn a_question_whose_every_answer_is_invalid_has_no_figure_and_is_noted() {
    let work = Workdir::new();
    work.file("a.csv", "overall,recommend,region\nx,10,North\ny,9,South\n");
    work.file("a.toml", DEFINITION);
    let report = work.run(&["analyze", "a.csv", "--format", "json"]).report();
    let figure = estimate(&report, "overall", "top_box", &[]);
    assert!(figure["value"].is_null());
    assert_eq!(figure["flag"], "no_answers");
    assert_eq!(report["ledger"]["questions"][0]["invalid"], 2);
    assert!(report["notes"].as_array().unwrap().iter().any(|note| note["about"] == "overall"
        && note["severity"] == "caution"
        && note["text"].as_str().unwrap().contains("invalid")));
}

#[test]
fn weights_that_are_no_weights_are_counted() {
    let work = Workdir::new();
    let mut text = String::from("overall,recommend,region,w\n");
    for weight in ["1", "2.5", "0", "-1", "NaN", "inf", "1e308", "heavy", "", "0.5"] {
        writeln!(text, "5,10,North,{weight}").unwrap();
    }
    work.file("a.csv", text);
    work.file("a.toml", DEFINITION);
    let report = work.run(&["analyze", "a.csv", "--weight", "w", "--format", "json"]).report();
    let ledger = &report["ledger"];
    assert_eq!(ledger["rows_read"], 10);
    assert_eq!(ledger["rows_used"], 3);
    let reasons: Vec<(&str, u64)> = ledger["excluded"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| (entry["reason"].as_str().unwrap(), entry["rows"].as_u64().unwrap()))
        .collect();
    assert_eq!(reasons, [("invalid_weight", 6), ("zero_weight", 1)]);
    assert_eq!(estimate(&report, "overall", "mean", &[])["base_weighted"], 4.0);
}

#[test]
fn a_weight_column_that_is_missing() {
    let work = Workdir::new();
    work.file("a.csv", GOOD);
    work.file("a.toml", DEFINITION);
    let run = work.run(&["analyze", "a.csv", "--weight", "wt"]);
    run.refused(2, &["`--weight wt`", "no file has a column"]);
    work.file("b.csv", "overall,recommend,region,weight\n5,10,North,1\n");
    work.file("b.toml", DEFINITION);
    work.run(&["analyze", "b.csv", "--weight", "wieght"]).refused(2, &["did you mean `weight`?"]);
}

#[test]
fn dates_that_do_not_parse_or_stay_ambiguous() {
    let work = Workdir::new();
    let definition = format!("[data]\ndate = \"when\"\nwave = {{ every = \"quarter\" }}\n{DEFINITION}");
    work.file("a.csv", "overall,recommend,region,when\n5,10,North,03/04/2026\n4,9,South,05/06/2026\n");
    work.file("a.toml", &definition);
    work.run(&["analyze", "a.csv"]).refused(1, &["when", "format"]);
    work.file("b.csv", "overall,recommend,region,when\n5,10,North,yesterday\n4,9,South,soon\n");
    work.file("b.toml", &definition);
    work.run(&["analyze", "b.csv"]).refused(1, &["when", "format"]);
    work.file("c.csv", "overall,recommend,region,when\n5,10,North,2026-05-01\n4,9,South,soon\n");
    work.file("c.toml", &definition);
    let report = work.run(&["analyze", "c.csv", "--format", "json"]).report();
    assert_eq!(report["ledger"]["excluded"][0]["reason"], "no_date");
    assert_eq!(report["ledger"]["rows_used"], 1);
    // One date that can only be day first settles the order for all of them.
    work.file("d.csv", "overall,recommend,region,when\n5,10,North,03/04/2026\n4,9,South,25/06/2026\n");
    work.file("d.toml", &definition);
    let report = work.run(&["analyze", "d.csv", "--format", "json"]).report();
    assert_eq!(report["waves"]["found"], serde_json::json!(["2026-Q2"]));
    assert_eq!(report["ledger"]["rows_used"], 2);
}

#[test]
fn a_scale_turned_upside_down_and_unknown_keys_come_together() {
    let work = Workdir::new();
    work.file("a.csv", GOOD);
    work.file(
        "a.toml",
        "[scale.s]\nmin = 5\nmax = 1\n[question.overall]\nmeasure = \"csat\"\nscale = \"s\"\ntargett = 80\n",
    );
    work.run(&["analyze", "a.csv"]).refused(78, &["a.toml:3", "min", "max", "targett", "`target`"]);
}

#[test]
fn a_column_with_100_000_values_is_no_segment() {
    let work = Workdir::new();
    let mut text = String::from("overall,recommend,region\n");
    for row in 0..100_000 {
        writeln!(text, "5,10,customer {row}").unwrap();
    }
    work.file("a.csv", text);
    work.file("a.toml", DEFINITION);
    work.run(&["analyze", "a.csv"]).refused(1, &["region"]);
}

#[test]
fn terminal_escapes_and_markup_in_labels_are_harmless() {
    let work = Workdir::new();
    work.file(
        "a.csv",
        "overall,recommend,region\n5,10,\u{1b}[31mred\u{1b}[0m\n4,9,<script>alert(1)</script>\n5,9,\u{1b}[31mred\u{1b}[0m\n4,9,<script>alert(1)</script>\n5,3,=1+1\n",
    );
    work.file("a.toml", DEFINITION);
    let table = work.run(&["analyze", "a.csv"]);
    assert_eq!(table.code, 0, "{}", table.stderr);
    assert!(!table.stdout.contains('\u{1b}'), "{}", table.stdout);
    let markdown = work.run(&["analyze", "a.csv", "--format", "md"]);
    assert!(!markdown.stdout.contains("<script>"), "{}", markdown.stdout);
    let csv = work.run(&["analyze", "a.csv", "--format", "csv"]);
    assert!(csv.stdout.contains("'=1+1"), "{}", csv.stdout);
}

#[test]
fn unwritable_output_leaves_no_half_file() {
    let work = Workdir::new();
    work.file("a.csv", GOOD);
    work.file("a.toml", DEFINITION);
    work.run(&["analyze", "a.csv", "-o", "nowhere/report.json"]).refused(1, &["nowhere/report.json"]);
    std::fs::create_dir(work.path().join("report.md")).unwrap();
    work.run(&["analyze", "a.csv", "-o", "report.md"]).refused(1, &["report.md", "directory"]);
    assert_eq!(work.names(), ["a.csv", "a.toml", "report.md"]);
}

#[test]
fn the_input_is_never_overwritten() {
    let work = Workdir::new();
    work.file("a.csv", GOOD);
    work.file("a.toml", DEFINITION);
    work.run(&["analyze", "a.csv", "-o", "./a.csv"]).refused(2, &["a.csv"]);
    assert_eq!(work.read("a.csv"), GOOD);
    work.run(&["analyze", "a.csv", "-o", "a.toml", "-f", "table"]).refused(2, &["a.toml"]);
    assert_eq!(work.read("a.toml"), DEFINITION);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    let work = Workdir::new();
    work.file("a.csv", GOOD);
    work.file("a.toml", DEFINITION);
    work.run(&["analyze", "a.csv", "-o", "/dev/full", "-f", "json"]).refused(1, &["/dev/full"]);
}

#[test]
fn a_closed_pipe_is_no_error() {
    use std::io::Read;
    use std::process::{Command, Stdio};
    let work = Workdir::new();
    let mut text = String::from("overall,recommend,region\n");
    for row in 0..2_000 {
        writeln!(text, "5,10,place {row}").unwrap();
    }
    work.file("a.csv", text);
    work.file("a.toml", DEFINITION);
    let mut child = Command::new(env!("CARGO_BIN_EXE_csat"))
        .args(["analyze", "a.csv", "--format", "json"])
        .current_dir(work.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0_u8; 1];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_segment_of_a_hundred_thousand_values_is_shown_and_told_what_to_do() {
    let work = Workdir::new();
    let mut text = "overall,q2,shop\n".to_owned();
    for row in 0..100_000 {
        writeln!(text, "{},{},c{row}", row % 5 + 1, row % 4 + 1).unwrap();
    }
    work.file("a.csv", &text);
    work.file("a.toml", "[question.overall]\n[segment.who]\ncolumn = \"shop\"\n");
    work.run(&["analyze", "a.csv"]).refused(
        1,
        &[
            "`a.csv`: column `shop` has more than 10000 different values (`c0`, `c1`, `c2` …): too many for \
             segment `who`",
            "leave `[segment.who]` out",
        ],
    );
    // With many questions the counters run out before the values do.
    let mut many = "[segment.who]\ncolumn = \"shop\"\n".to_owned();
    for question in 0..60 {
        write!(many, "[question.x{question}]\ncolumn = \"q2\"\n").unwrap();
    }
    work.file("b.toml", many);
    work.file("b.csv", text.lines().take(9_000).collect::<Vec<_>>().join("\n"));
    work.run(&["analyze", "b.csv"])
        .refused(1, &["leave out or coarsen `who`", "help: `who` is `b.csv`: column `shop` (`c0`,"]);
}

#[test]
fn a_defined_column_that_the_file_lacks_is_shown_in_its_line_of_the_definition() {
    let work = Workdir::new();
    work.file("a.csv", GOOD);
    work.file("a.toml", "[question.overall]\n[question.nps]\ncolumn = \"recomend\"\nmeasure = \"nps\"\n");
    work.run(&["analyze", "a.csv"]).refused(
        1,
        &[
            "error[missing_column]: question `nps`: column `recomend` is not in `a.csv`\n \
             --> a.toml:3:10\n  |\n3 | column = \"recomend\"\n  |          ^^^^^^^^^^\n",
            "did you mean `recommend`?",
        ],
    );
}

#[test]
fn what_was_typed_is_exit_2() {
    let work = Workdir::new();
    work.file("a.csv", GOOD);
    work.file("a.toml", DEFINITION);
    work.run(&["analyze", "a.csv", "--by", "regin"]).refused(2, &["regin", "`region`"]);
    work.run(&["analyze", "a.csv", "--where", "overal >= 3"]).refused(2, &["overal", "`overall`"]);
    work.run(&["analyze", "a.csv", "--where", "overall >="]).refused(2, &["--where"]);
    work.run(&["analyze", "a.csv", "--confidence", "95"]).refused(2, &["95", "0.95"]);
    work.run(&["analyze", "a.csv", "--interval", "wilsn"]).refused(2, &["wilsn", "wilson"]);
    work.run(&["analyze", "a.csv", "--format", "docx"]).refused(2, &["docx"]);
    work.run(&["analyze", "a.csv", "--date", "yesterday"]).refused(2, &["yesterday"]);
    work.run(&["analyze", "a.csv", "--threads", "0"]).refused(2, &["--threads"]);
    work.run(&["analyze", "a.csv", "--as", "overall=nps"]).refused(2, &["--as"]);
    work.run(&["analyze", "a.csv", "--survey", "relationshp-nps"])
        .refused(2, &["relationshp-nps", "relationship-nps"]);
    work.run(&["analyze", "a.csv", "--wave", "2026-Q1"]).refused(2, &["wave"]);
    work.run(&["analyse", "a.csv"]).refused(2, &["analyze"]);
}

#[test]
fn stdin_is_a_file_like_any_other() {
    let work = Workdir::new();
    work.file("survey.toml", DEFINITION);
    let from_stdin = work.run_with_input(&["analyze", "-", "--format", "csv"], GOOD.as_bytes());
    assert_eq!(from_stdin.code, 0, "{}", from_stdin.stderr);
    work.file("a.csv", GOOD);
    let from_file = work.run(&["analyze", "a.csv", "--format", "csv"]);
    assert_eq!(from_stdin.stdout, from_file.stdout);
    work.run_with_input(&["analyze", "-"], b"").refused(1, &["empty"]);
}

#[test]
fn a_definition_is_not_read_as_answers() {
    let work = Workdir::new();
    work.file("survey.toml", DEFINITION);
    for command in ["analyze", "report", "drivers", "crosstab", "weight"] {
        work.run(&[command, "survey.toml"]).refused(2, &["is a definition", "--survey survey.toml"]);
    }
}
