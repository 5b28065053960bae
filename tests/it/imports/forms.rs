//! The same answers in an archive, in another encoding, as a workbook, on standard input.

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use serde_json::Value;

use super::{ANSWERS, expected, exports, figures, figures_of, fixture, gz, zipped};
use crate::support::{Workdir, run_in};

#[test]
fn archives_encodings_and_workbooks_give_the_same_figures() {
    let plain = fixture(ANSWERS);
    let text = String::from_utf8(plain.clone()).unwrap();
    let expected = expected();
    let forms: [(&str, Vec<u8>); 9] = [
        ("answers.csv.gz", gz(&plain)),
        ("answers.csv.zip", zipped(&[("answers.csv", &plain)])),
        ("answers.csv.zst", zstd(&plain)),
        ("utf16.csv", utf16(&text)),
        ("utf16.csv.gz", gz(&utf16(&text))),
        (
            "excel.csv",
            encoding_rs::WINDOWS_1252
                .encode(&text.replace(',', ";").replace("so; so", "so, so"))
                .0
                .into_owned(),
        ),
        ("answers.xlsx", xlsx()),
        ("workbook-called.csv", xlsx()),
        ("marked.csv", [&b"\xEF\xBB\xBF"[..], &plain].concat()),
    ];
    for (name, bytes) in &forms {
        assert_eq!(figures_of(name, bytes, &[]), expected, "{name}");
    }
    assert_eq!(figures_of("a.xlsx", &xlsx(), &["--sheet", "Answers"]), expected);
    assert_eq!(figures_of("a.xlsx", &xlsx(), &["--sheet", "#1"]), expected);
    assert_eq!(
        figures_of("a.csv", &encoding_rs::WINDOWS_1252.encode(&text).0, &["--encoding", "windows-1252"]),
        expected
    );
}

#[test]
fn groups_with_umlauts_are_the_same_in_every_form() {
    let text = String::from_utf8(fixture(ANSWERS)).unwrap();
    for (name, bytes) in [
        ("w.csv", encoding_rs::WINDOWS_1252.encode(&text).0.into_owned()),
        ("u.csv", utf16(&text)),
        ("x.xlsx", xlsx()),
    ] {
        let work = Workdir::new();
        work.file(name, bytes);
        let run = work.run(&["analyze", name, "--format", "json"]);
        let report = run.report();
        let south = crate::support::estimate(&report, "overall", "mean", &[("region", "Süd")]);
        assert_eq!(south["base"], 6, "{name}");
    }
}

#[test]
fn standard_input_may_be_an_archive_or_a_workbook() {
    let expected = expected();
    for bytes in [gz(&fixture(ANSWERS)), zipped(&[("a.csv", &fixture(ANSWERS))]), xlsx()] {
        let work = Workdir::new();
        let arguments = [
            "analyze",
            "-",
            "--survey",
            "none",
            "--format",
            "json",
            "--as",
            "overall=csat",
            "--as",
            "recommend=nps",
        ];
        let run = work.run_with_input(&arguments, &bytes);
        assert_eq!(figures(&run, "overall", "recommend"), expected);
    }
}

#[test]
fn a_form_of_microsoft_is_read_from_its_workbook() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let moment = Format::new().set_num_format("m/d/yy h:mm:ss");
    let header = [
        "ID",
        "Heure de début",
        "Heure de fin",
        "Adresse de messagerie",
        "Nom",
        "Êtes-vous satisfait ?",
        "Quoi ?",
    ];
    for (column, cell) in (0..).zip(header) {
        sheet.write_string(0, column, cell).unwrap();
    }
    for (row, score) in (1..).zip([5.0, 4.0, 1.0, 2.0, 3.0, 5.0]) {
        sheet.write_number(row, 0, f64::from(row)).unwrap();
        for (column, minute) in [(1, 0), (2, 4)] {
            let at = ExcelDateTime::from_ymd(2026, 7, 1).unwrap().and_hms(10, minute, 0).unwrap();
            sheet.write_datetime_with_format(row, column, &at, &moment).unwrap();
        }
        sheet.write_string(row, 3, "anonymous").unwrap();
        sheet.write_number(row, 5, score).unwrap();
        sheet.write_string(row, 6, if row % 2 == 0 { "Prix;Lieu;" } else { "Prix;" }).unwrap();
    }
    let work = Workdir::new();
    work.file("form.xlsx", workbook.save_to_buffer().unwrap());
    let run = work.run(&["analyze", "form.xlsx", "--format", "json"]);
    assert!(run.stderr.contains("a Microsoft Forms export"), "{}", run.stderr);
    let report = run.report();
    let mean = crate::support::estimate(&report, "Êtes-vous satisfait ?", "mean", &[]);
    assert_eq!(
        (mean["base"].as_u64(), mean["value"].as_f64().map(|mean| (mean * 1e6).round())),
        (Some(6), Some(3_333_333.0))
    );
    let prices: Vec<&Value> = report["estimates"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|estimate| estimate["question"] == "Quoi ?" && estimate["base"] == 6)
        .collect();
    assert!(!prices.is_empty(), "options are counted");
}

#[test]
fn spss_and_libreoffice_files_are_read_with_their_labels() {
    let run = run_in(&exports().join("spss"), &["analyze", "readstat.sav", "--format", "json"], b"");
    let compressed = run_in(&exports().join("spss"), &["analyze", "readstat.zsav", "--format", "json"], b"");
    assert!(run.stderr.contains("SPSS system file: 11 variables, 12 cases"), "{}", run.stderr);
    assert_eq!(run.report()["estimates"], compressed.report()["estimates"]);
    let sheets: Vec<Value> = ["answers.xlsx", "answers.ods"]
        .iter()
        .map(|name| {
            let folder = exports().join("workbook");
            run_in(&folder, &["analyze", name, "--sheet", "Answers", "--format", "json"], b"").report()["estimates"].clone()
        })
        .collect();
    assert_eq!(sheets[0], sheets[1]);
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

fn utf16(text: &str) -> Vec<u8> {
    [vec![0xff, 0xfe], text.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat()
}

/// The answers as a sheet with numbers as numbers and dates as dates.
pub(super) fn xlsx() -> Vec<u8> {
    let text = String::from_utf8(fixture(ANSWERS)).unwrap();
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("Answers").unwrap();
    let day = Format::new().set_num_format("yyyy-mm-dd");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    for (row, record) in (0..).zip(reader.records()) {
        for (column, cell) in (0..).zip(record.unwrap().iter()) {
            if let Ok(number) = cell.parse::<f64>() {
                sheet.write_number(row, column, number).unwrap();
            } else if let (1, Ok(date)) = (column, ExcelDateTime::parse_from_str(cell)) {
                sheet.write_datetime_with_format(row, column, &date, &day).unwrap();
            } else if !cell.is_empty() {
                sheet.write_string(row, column, cell).unwrap();
            }
        }
    }
    workbook.add_worksheet().set_name("Notes").unwrap().write_string(0, 0, "made for a test").unwrap();
    workbook.save_to_buffer().unwrap()
}
