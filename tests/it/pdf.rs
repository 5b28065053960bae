//! The report as PDF, as the program writes it; what is in the pages is read by `.ci/pdf`.

use std::fs;
use std::path::Path;

use crate::support::{Run, Workdir};

const DAY: [&str; 2] = ["--date", "2026-10-05"];

/// The example in a scratch folder, with more in its definition.
fn example(more: &str) -> Workdir {
    let work = Workdir::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/branch-banking");
    work.file("a.csv", fs::read(folder.join("responses.csv")).unwrap());
    let definition = fs::read_to_string(folder.join("responses.toml")).unwrap();
    work.file("a.toml", format!("{definition}\n{more}"));
    work
}

fn report(work: &Workdir, arguments: &[&str]) -> Run {
    let run = work.run(&[&["report", "a.csv", DAY[0], DAY[1]], arguments].concat());
    assert_eq!(run.code, 0, "{}", run.stderr);
    run
}

fn pdf(work: &Workdir, name: &str) -> Vec<u8> {
    let bytes = fs::read(work.path().join(name)).unwrap();
    assert!(bytes.starts_with(b"%PDF-") && bytes.trim_ascii_end().ends_with(b"%%EOF"), "{name}");
    bytes
}

#[test]
fn a_report_is_written_whole_and_a_saved_one_gives_the_same_bytes() {
    let work = example("");
    report(&work, &["--for", "board", "-o", "direct.pdf"]);
    report(&work, &["--for", "board", "-o", "saved.json"]);
    let run = work.run(&["report", "saved.json", "-o", "again.pdf"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(pdf(&work, "direct.pdf") == pdf(&work, "again.pdf"));
    assert_eq!(work.names(), ["a.csv", "a.toml", "again.pdf", "direct.pdf", "saved.json"]);
}

#[test]
fn a_report_for_each_value_with_logo_and_document_control() {
    let more = "[report]\ntitle = \"Filialen #eval(1) $x$ *a* _b_ </script>\"\nlogo = \"logo.svg\"\n\
                language = \"de\"\naccent = \"#b3001b\"\nprepared_by = \"Kundenforschung\"\n";
    let work = example(more);
    work.file(
        "logo.svg",
        "<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'><path d='M0 0h9v9z'/></svg>",
    );
    report(&work, &["--each", "region", "--sections", "glance,findings", "-o", "q3.pdf"]);
    for region in ["east", "north", "south", "west"] {
        pdf(&work, &format!("q3-{region}.pdf"));
    }
}

#[test]
fn a_terminal_gets_no_pdf_and_tables_of_analyze_are_a_pdf_too() {
    let work = example("");
    let run = work.run(&["analyze", "a.csv", DAY[0], DAY[1], "-o", "scores.pdf"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    pdf(&work, "scores.pdf");
}
