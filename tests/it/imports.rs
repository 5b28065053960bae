//! Files as survey tools, spreadsheets and archives write them: each is read as what it is, and gives the figures that
//! the same answers give as a plain table.
//!
//! The files under `tests/fixtures/exports` were made for these tests: twelve respondents, the same answers in each.

mod forms;
mod redacted;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use csat::source::delimiter::Delimiter;
use csat::source::layout::{FirstRecords, LAYOUTS};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;

use crate::support::{Run, Workdir};
use forms::xlsx;

fn exports() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/exports")
}

fn fixture(name: &str) -> Vec<u8> {
    fs::read(exports().join(name)).unwrap()
}

const ANSWERS: &str = "plain/answers.csv";

/// A file, its layout, and the columns of satisfaction and of recommendation.
const FILES: [(&str, &str, &str, &str); 18] = [
    ("qualtrics/modern.csv", "qualtrics", "Q1", "Q2"),
    ("qualtrics/modern.tsv", "qualtrics", "Q1", "Q2"),
    ("qualtrics-legacy/legacy.csv", "qualtrics-legacy", "Q1", "Q2"),
    (
        "surveymonkey/two-rows.csv",
        "surveymonkey",
        "How satisfied are you overall?",
        "How likely are you to recommend us?",
    ),
    ("surveymonkey/french.csv", "surveymonkey", "Êtes-vous satisfait ?", "Nous recommanderiez-vous ?"),
    (
        "google-forms/own.csv",
        "google-forms",
        "Dans l’ensemble, êtes-vous satisfait de nous ?",
        "Nous recommanderiez-vous à vos proches ?",
    ),
    (
        "google-forms/sheet.csv",
        "google-forms",
        "¿Qué tan satisfecho está usted?",
        "¿Qué tan probable es que nos recomiende?",
    ),
    (
        "microsoft-forms/saved-as.csv",
        "microsoft-forms",
        "Wie zufrieden sind Sie insgesamt?",
        "Würden Sie uns empfehlen?",
    ),
    ("limesurvey/codes.csv", "limesurvey", "Q1", "Q2"),
    ("limesurvey/texts.csv", "limesurvey", "Wie zufrieden sind Sie insgesamt?", "Würden Sie uns empfehlen?"),
    ("limesurvey/both.csv", "limesurvey", "Q1", "Q2"),
    ("typeform/new.csv", "typeform", "Hi …, how satisfied are you?", "How likely are you to recommend us?"),
    ("typeform/old.csv", "typeform", "How satisfied are you?", "How likely are you to recommend us?"),
    (
        "formbricks/export.csv",
        "formbricks",
        "1. How satisfied are you overall?",
        "2. How likely are you to recommend us?",
    ),
    ("delighted/responses.json", "delighted", "additional_answers.csat1", "score"),
    ("delighted/responses.ndjson", "delighted", "additional_answers.csat1", "score"),
    ("medallia/agent-connect.csv", "medallia", "star_rating", "recommend"),
    (ANSWERS, "", "overall", "recommend"),
];

/// The figures of the two questions, by question and statistic.
fn figures(run: &Run, overall: &str, recommend: &str) -> Vec<String> {
    let report = run.report();
    let of = |column: &str, name: &str| -> Vec<String> {
        let estimates = report["estimates"].as_array().unwrap().iter();
        let own = estimates.filter(|estimate| {
            estimate["question"] == column && estimate["segment"].as_object().unwrap().is_empty()
        });
        own.map(|estimate| {
            let part = |key: &str| estimate[key].to_string();
            format!(
                "{name} {} {} {} {} {}",
                part("statistic"),
                part("value"),
                part("low"),
                part("high"),
                part("base")
            )
        })
        .collect()
    };
    let figures = [of(overall, "overall"), of(recommend, "recommend")].concat();
    assert!(figures.len() >= 10, "{}\n{figures:?}", run.stderr);
    figures
}

fn analyze(work: &Workdir, file: &str, overall: &str, recommend: &str, more: &[&str]) -> Run {
    let (csat, nps) = (format!("{overall}=csat"), format!("{recommend}=nps"));
    let fixed = ["analyze", file, "--survey", "none", "--format", "json", "--as", &csat, "--as", &nps];
    work.run(&[&fixed[..], more].concat())
}

/// The figures of a file under a name of its own.
fn figures_of(name: &str, bytes: &[u8], more: &[&str]) -> Vec<String> {
    let work = Workdir::new();
    work.file(name, bytes);
    figures(&analyze(&work, name, "overall", "recommend", more), "overall", "recommend")
}

fn expected() -> Vec<String> {
    figures_of("answers.csv", &fixture(ANSWERS), &[])
}

/// The layouts that claim text.
fn claims(text: &[u8]) -> Vec<&'static str> {
    let delimiter = csat::source::delimiter::sniff(text);
    let first = FirstRecords::read(text, delimiter.byte(), true);
    LAYOUTS.iter().filter(|layout| layout.recognise(&first).is_some()).map(|layout| layout.name()).collect()
}

#[test]
fn the_export_of_every_tool_gives_the_figures_of_a_plain_table() {
    let expected = expected();
    assert!(expected[0].starts_with("overall \"top_box\" 66.66"), "{}", expected[0]);
    for (file, layout, overall, recommend) in FILES {
        let work = Workdir::new();
        let name = Path::new(file).file_name().unwrap().to_str().unwrap();
        work.file(name, fixture(file));
        let run = analyze(&work, name, overall, recommend, &[]);
        // The request that nobody answered is a blank beside the twelve answers.
        let found = figures(&run, overall, recommend);
        assert_eq!(found, expected, "{file}\n{}", run.stderr);
        if layout.is_empty() {
            assert!(!run.stderr.contains("export"), "{file}\n{}", run.stderr);
        } else {
            let typed = analyze(&work, name, overall, recommend, &["--layout", layout]);
            assert_eq!(figures(&typed, overall, recommend), expected, "{file} --layout {layout}");
        }
    }
}

#[test]
fn every_export_is_claimed_by_its_own_layout_and_by_no_other() {
    for (file, layout, ..) in FILES {
        let bytes = fixture(file);
        if layout == "delighted" {
            continue; // JSON: its table is made first.
        }
        let (text, _, _) = encoding_of(file).decode(&bytes);
        let wanted: Vec<&str> = Some(layout).filter(|layout| !layout.is_empty()).into_iter().collect();
        assert_eq!(claims(text.as_bytes()), wanted, "{file}");
    }
}

fn encoding_of(file: &str) -> &'static encoding_rs::Encoding {
    if file.contains("french") || file.contains("saved-as") {
        encoding_rs::WINDOWS_1252
    } else {
        encoding_rs::UTF_8
    }
}

#[test]
fn tables_of_the_project_are_claimed_by_no_layout() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut looked_at = 0;
    let folders = [
        "examples/branch-banking",
        "examples/sfo-airport",
        "surveys/data",
        "tests/it/data",
        "tests/published/carpentries",
        "tests/reference/golden",
        "tests/reference/nps",
    ];
    for folder in folders {
        for entry in fs::read_dir(root.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|ending| ending == "csv") {
                let bytes = fs::read(&path).unwrap();
                assert_eq!(
                    claims(&bytes[..bytes.len().min(100_000)]),
                    Vec::<&str>::new(),
                    "{}",
                    path.display()
                );
                looked_at += 1;
            }
        }
    }
    assert!(looked_at > 10, "{looked_at}");
    assert_eq!(csat::source::delimiter::sniff(&fixture(ANSWERS)), Delimiter::Comma);
}

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn a_report_of_such_a_file_verifies() {
    let files: [(&str, Vec<u8>); 4] = [
        ("a.csv.gz", gz(&fixture(ANSWERS))),
        ("a.xlsx", xlsx()),
        ("q.csv", fixture("qualtrics/modern.csv")),
        ("d.ndjson", fixture("delighted/responses.ndjson")),
    ];
    for (name, bytes) in files {
        for hash in ["xxh3", "sha256"] {
            let work = Workdir::new();
            work.file(name, &bytes);
            let made = work.run(&["analyze", name, "--hash", hash, "-o", "r.json"]);
            assert_eq!(made.code, 0, "{}", made.stderr);
            let verified = work.run(&["verify", "r.json"]);
            assert_eq!(verified.code, 0, "{name}: {}{}", verified.stdout, verified.stderr);
            assert!(verified.stdout.contains("differences: 0"), "{name}: {}", verified.stdout);
            let report: Value = serde_json::from_str(&work.read("r.json")).unwrap();
            assert_eq!(
                report["provenance"]["inputs"][0]["bytes"],
                bytes.len(),
                "{name}: the bytes of the file itself"
            );
        }
    }
}

#[test]
fn what_was_typed_about_a_file_is_kept_for_verify() {
    let work = Workdir::new();
    work.file("a.xlsx", xlsx());
    let made = work.run(&["analyze", "a.xlsx", "--sheet", "Answers", "--layout", "plain", "-o", "r.json"]);
    assert_eq!(made.code, 0, "{}", made.stderr);
    let report: Value = serde_json::from_str(&work.read("r.json")).unwrap();
    assert_eq!(report["provenance"]["options"]["sheet"], "Answers");
    assert_eq!(work.run(&["verify", "r.json"]).code, 0);
}

#[test]
fn init_drafts_a_definition_that_reads_the_export_again() {
    for (file, layout, overall, _) in FILES {
        if layout.is_empty() || file.ends_with(".json") {
            continue;
        }
        let work = Workdir::new();
        let name = Path::new(file).file_name().unwrap().to_str().unwrap();
        work.file(name, fixture(file));
        let draft = work.run(&["init", "--from", name, "-o", "survey.toml"]);
        assert_eq!(draft.code, 0, "{file}: {}", draft.stderr);
        let run = work.run(&["analyze", name, "--format", "json"]);
        let report = run.report();
        assert_eq!(report["ledger"]["excluded"].as_array().unwrap().len(), 0, "{file}");
        let text = work.read("survey.toml");
        assert!(
            text.contains(overall) || text.contains("satisfied") || text.contains("zufrieden"),
            "{file}\n{text}"
        );
    }
}

#[test]
fn rows_that_the_tool_calls_tests_or_unfinished_are_told() {
    let text = String::from_utf8(fixture("qualtrics/modern.csv")).unwrap();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let last = lines.len() - 1;
    lines[last] = lines[last].replacen(",0,,100,", ",1,,100,", 1);
    let before = lines.iter().rposition(|line| line.contains(",R_0010,")).unwrap();
    lines[before] = lines[before].replacen(",100,250,1,", ",40,250,0,", 1);
    let work = Workdir::new();
    work.file("q.csv", lines.join("\n") + "\n");
    let run = work.run(&["analyze", "q.csv"]);
    assert!(run.stderr.contains("1 response is a preview, a test or spam and is left out"), "{}", run.stderr);
    assert!(run.stderr.contains("1 response is not finished and is counted"), "{}", run.stderr);
    let condition = "`Finished` != \"0\"";
    let left = work.run(&["analyze", "q.csv", "--where", condition, "--format", "json"]);
    assert!(!left.stderr.contains("is counted"), "{}", left.stderr);
    assert!(
        left.stderr.contains("1 response is a preview, a test or spam and is left out"),
        "{}",
        left.stderr
    );
    assert_eq!(left.report()["ledger"]["rows_used"], 10);
}

/// A file, its bytes, what is typed, the exit code, and what is said.
type Refused<'a> = (&'a str, Vec<u8>, &'a [&'a str], i32, &'a [&'a str]);

#[test]
fn files_that_cannot_be_read_say_why_and_what_to_do() {
    let answers = fixture(ANSWERS);
    let sav = fixture("spss/readstat.sav");
    let encrypted = [&b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"[..], &[0; 600]].concat();
    let cut = gz(&answers);
    let both = zipped(&[("a.csv", &answers), ("b.csv", &answers)]);
    let climbing = zipped(&[("../../a.csv", &answers), ("b.csv", &answers)]);
    let page = b"<html><body><table><tr><td>5</td></tr></table></body></html>".to_vec();
    let cases: [Refused<'_>; 13] = [
        ("two.zip", both, &[], 1, &["2 files (`a.csv`, `b.csv`)", "unpack it and name one"]),
        ("climbing.zip", climbing, &[], 1, &["climbing.zip"]),
        ("cut.gz", cut[..60].to_vec(), &[], 1, &["gzip archive that ends too early", "get it again"]),
        ("half.sav", sav[..sav.len() / 8].to_vec(), &[], 1, &["half.sav", "export it again"]),
        ("old.xls", encrypted, &[], 1, &["old.xls"]),
        ("page.csv", page, &[], 1, &["is a web page", "give the file of answers"]),
        (
            "a.csv",
            answers.clone(),
            &["--layout", "surveymonkey"],
            1,
            &["not laid out as `surveymonkey`", "--layout plain"],
        ),
        (
            "a.csv",
            answers.clone(),
            &["--layout", "surveymonky"],
            2,
            &["no layout `surveymonky`", "did you mean `surveymonkey`?"],
        ),
        ("a.csv", answers.clone(), &["--sheet", "nope"], 1, &["no workbook"]),
        ("a.xlsx", xlsx(), &["--sheet", "nope"], 1, &["no sheet `nope`", "`Answers`, `Notes`"]),
        ("a.csv", answers.clone(), &["--encoding", "nope"], 2, &["`nope` is no encoding", "windows-1252"]),
        ("a.parquet", b"PAR1\x15\x04\x15\0".to_vec(), &[], 1, &["Parquet", "export it as CSV"]),
        ("b.csv.gz", gz(b""), &[], 1, &["empty"]),
    ];
    for (name, bytes, flags, code, texts) in cases {
        let work = Workdir::new();
        work.file(name, bytes);
        work.run(&[&["analyze", name][..], flags].concat()).refused(code, texts);
    }
}

#[test]
fn a_file_that_two_layouts_claim_is_asked_about() {
    let text = "request_id,request_sent_at,response_received_at,star_rating,survey_type,score,permalink,created_at\n\
                1,2026-07-01 10:00:00,2026-07-01 11:00:00,5,nps,9,https://example.org,1782900000\n";
    let work = Workdir::new();
    work.file("a.csv", text);
    work.run(&["analyze", "a.csv"]).refused(1, &["`delighted` or `medallia`", "--layout"]);
    assert_eq!(work.run(&["analyze", "a.csv", "--layout", "medallia"]).code, 0);
    assert_eq!(work.run(&["analyze", "a.csv", "--layout", "plain"]).code, 0);
}
