//! The report as Markdown and as a workbook, as the program writes them.
//!
//! `report.md` of `examples/branch-banking` and of `examples/service-desk` are the reports that the examples give. With
//! CSAT_UPDATE_DOCUMENTS=1 in the environment they are written anew.

use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};

use crate::support::{Workdir, run_in};

const DAY: [&str; 2] = ["--date", "2026-10-05"];

fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/branch-banking")
}

/// The example in a scratch folder, so that nothing is written beside it.
fn workdir() -> Workdir {
    let workdir = Workdir::new();
    for name in ["responses.csv", "responses.toml"] {
        workdir.file(name, fs::read(example().join(name)).unwrap());
    }
    workdir
}

fn csat(folder: &Path, arguments: &[&str]) -> String {
    let run = run_in(folder, arguments, b"");
    assert_eq!(run.code, 0, "{}", run.stderr);
    run.stdout
}

#[test]
fn the_committed_report_is_what_the_example_gives() {
    let arguments = ["report", "responses.csv", DAY[0], DAY[1], "--format", "md", "-o", "-"];
    is_filed(&example().join("report.md"), &csat(workdir().path(), &arguments));
}

#[test]
fn the_committed_report_of_records_is_what_the_example_gives() {
    let workdir = Workdir::new();
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    for folder in ["branch-banking", "service-desk"] {
        fs::create_dir(workdir.path().join(folder)).unwrap();
        for entry in fs::read_dir(examples.join(folder)).unwrap() {
            let from = entry.unwrap().path();
            fs::copy(&from, workdir.path().join(folder).join(from.file_name().unwrap())).unwrap();
        }
    }
    let (answers, survey) = ("branch-banking/responses.csv", "service-desk/service-desk.toml");
    let arguments = ["report", answers, "--survey", survey, DAY[0], DAY[1], "--format", "md", "-o", "-"];
    is_filed(&examples.join("service-desk/report.md"), &csat(workdir.path(), &arguments));
}

/// Compares what was written with what is filed, or files it.
#[expect(clippy::disallowed_methods, reason = "a switch for people who edit the documents")]
fn is_filed(filed: &Path, written: &str) {
    if std::env::var_os("CSAT_UPDATE_DOCUMENTS").is_some() {
        fs::write(filed, written).unwrap();
    }
    let expected = fs::read_to_string(filed).unwrap_or_default();
    let first = written.lines().zip(expected.lines()).find(|(written, expected)| written != expected);
    assert!(
        written == expected,
        "{} is not what `csat report` writes; CSAT_UPDATE_DOCUMENTS=1 writes it anew. First: {first:?}",
        filed.display()
    );
}

#[test]
fn a_saved_report_gives_the_same_bytes_as_the_direct_way() {
    let workdir = workdir();
    let folder = workdir.path();
    csat(folder, &["report", "responses.csv", DAY[0], DAY[1], "-o", "saved.json"]);
    for ending in ["md", "xlsx"] {
        let (direct, again) = (format!("direct.{ending}"), format!("again.{ending}"));
        csat(folder, &["report", "responses.csv", DAY[0], DAY[1], "-o", &direct]);
        csat(folder, &["report", "saved.json", "-o", &again]);
        let read = |name: &str| fs::read(folder.join(name)).unwrap();
        assert!(read(&direct) == read(&again), "{ending}");
        assert!(read(&direct).len() > 5000, "{ending}");
    }
}

#[test]
fn the_workbook_holds_the_headlines_of_the_report() {
    let workdir = workdir();
    let folder = workdir.path();
    csat(folder, &["report", "responses.csv", DAY[0], DAY[1], "-o", "saved.json"]);
    csat(folder, &["report", "saved.json", "-o", "report.xlsx"]);
    let report: serde_json::Value = serde_json::from_str(&workdir.read("saved.json")).unwrap();
    let bytes = fs::read(folder.join("report.xlsx")).unwrap();
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    let mut numbers = Vec::new();
    for name in book.sheet_names() {
        assert!(book.worksheet_formula(&name).unwrap().is_empty(), "{name}");
        // The figures of charts are on a hidden sheet; a reader is to find them on the others.
        if name == "charts" {
            continue;
        }
        numbers.extend(book.worksheet_range(&name).unwrap().used_cells().filter_map(
            |(_, _, data)| match data {
                Data::Float(number) => Some(*number),
                _ => None,
            },
        ));
    }
    let estimates = report["estimates"].as_array().unwrap();
    let headlines: Vec<f64> = estimates
        .iter()
        .filter(|estimate| estimate["headline"] == true && estimate["wave"] == report["waves"]["wave"])
        .flat_map(|estimate| ["value", "low", "high"].map(|name| estimate[name].as_f64()))
        .flatten()
        .collect();
    assert!(headlines.len() > 30);
    for headline in headlines {
        assert!(numbers.contains(&headline), "{headline} is in no cell");
    }
}
