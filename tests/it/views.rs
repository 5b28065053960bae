//! How gaps, drivers and needs read: names, neighbours of figures, sentences, whole rows, small bases.

use std::path::Path;

use csat::render::{Format, Look, Subject, json, render};
use csat::report::Report;

use crate::support::{Run, Workdir};

fn example(path: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(path).to_string_lossy().into_owned()
}

fn run(folder: &Workdir, arguments: &[&str]) -> String {
    let Run { stdout, stderr, code } = folder.run(arguments);
    assert_eq!(code, 0, "{stderr}");
    stdout
}

fn report(arguments: &[&str]) -> Report {
    let folder = Workdir::new();
    json::load(&run(&folder, &[arguments, &["--format", "json"]].concat())).unwrap()
}

fn gaps() -> Report {
    report(&["gap", &example("kiosk-servqual/kiosk.csv")])
}

const DRIVERS: [&str; 6] =
    ["--drivers", "Q7ART,Q7FOOD,Q7STORE,Q7SIGN,Q7WIFI", "--weight", "none", "--resamples", "200"];

fn drivers(more: &[&str]) -> Report {
    report(&[&["drivers", &example("sfo-airport/sfo-2018.csv")], &DRIVERS[..], more].concat())
}

fn table(report: &Report, subject: Subject, width: usize, explain: bool) -> String {
    let look = Look { width, explain, subject, ..Look::default() };
    String::from_utf8(render(report, Format::Table, &look).unwrap()).unwrap()
}

/// The text as one line.
fn joined(text: &str) -> String {
    text.split_whitespace().collect::<Vec<&str>>().join(" ")
}

#[test]
fn questions_are_called_by_their_labels_at_every_width() {
    let (gaps, drivers) = (gaps(), drivers(&[]));
    for width in [60, 80, 160] {
        let text = table(&gaps, Subject::Gaps, width, false);
        for id in ["as_chosen", "any_time", "kept_safe", "not_misused"] {
            assert!(!text.contains(id), "{width}: {text}");
        }
        let text = table(&drivers, Subject::Drivers, width, false);
        assert!(!text.contains("Q7"), "{width}: {text}");
        assert!(text.lines().any(|line| line.starts_with("Rating of shops ")), "{text}");
    }
}

#[test]
fn an_interval_stands_beside_its_figure_at_every_width() {
    let (gaps, drivers) = (gaps(), drivers(&[]));
    for width in [60, 64, 72, 80, 100] {
        let text = table(&gaps, Subject::Gaps, width, false);
        for line in text.lines().filter(|line| line.contains("% interval")) {
            assert!(line.contains("Gap"), "{width}: {line}");
        }
        let text = table(&drivers, Subject::Drivers, width, true);
        let rows = text.lines().filter(|line| line.starts_with("Rating of shops "));
        for line in rows.filter(|line| line.contains(" to ")) {
            let before = line.split(" to ").next().unwrap();
            assert!(before.split_whitespace().count() >= 5, "{width}: {line}");
        }
    }
}

#[test]
fn gaps_that_differ_are_counted_and_the_largest_five_named() {
    let text = joined(&table(&gaps(), Subject::Gaps, 80, false));
    let said = "21 of 24 gaps are clearly different from zero after adjustment: “Responds to touch fast and exactly”, \
                “Speaks one's language”, “Easy to go back and change”, “Keeps personal data safe”, “Makes it cheaper” \
                and 16 more.";
    assert!(text.contains(said), "{text}");
}

#[test]
fn without_a_gap_to_test_that_is_said() {
    let folder = Workdir::new();
    folder.file("a.csv", "wait_expected,wait_perceived\n7,5\n");
    folder.file(
        "a.toml",
        "[question.wait]\nmeasure = \"gap\"\nexpectation = \"wait_expected\"\nperception = \"wait_perceived\"\n",
    );
    let text = joined(&run(&folder, &["gap", "a.csv"]));
    assert!(text.contains("There is no gap to test"), "{text}");
    folder.file("a.csv", "wait_expected,wait_perceived\n7,5\n7,4\n6,5\n7,7\n");
    let text = joined(&run(&folder, &["gap", "a.csv"]));
    assert!(text.contains("The only gap that could be tested is not clearly different"), "{text}");
}

#[test]
fn columns_without_a_figure_are_left_out() {
    let head = |text: &str| {
        let part = text.lines().find(|line| line.contains("Johnson"));
        part.unwrap_or_default().to_owned()
    };
    let pairwise = table(&drivers(&[]), Subject::Drivers, 250, true);
    let listwise = table(&drivers(&["--missing", "listwise"]), Subject::Drivers, 250, true);
    let has = |text: &str, name: &str| head(text).split_whitespace().any(|word| word == name);
    for name in ["SE", "p"] {
        assert!(!has(&pairwise, name), "{pairwise}");
        assert!(has(&listwise, name), "{listwise}");
    }
    assert!(has(&pairwise, "beta") && has(&pairwise, "VIF"), "{pairwise}");
}

#[test]
fn the_account_of_a_model_is_of_its_questions() {
    let text = joined(&table(&drivers(&[]), Subject::Drivers, 80, false));
    let account = text.split("no answer: ").nth(1).unwrap_or_default();
    assert!(account.starts_with("“Rating of wireless internet” 735, "), "{text}");
    assert!(account.contains("and 3 others"), "{account}");
}

#[test]
fn rows_are_whole_in_files_and_small_bases_are_marked_in_all() {
    let folder = Workdir::new();
    let kiosk = example("kiosk-servqual/kiosk.csv");
    let definition = std::fs::read_to_string(example("kiosk-servqual/kiosk.toml")).unwrap();
    let definition = if definition.contains("[survey]\n") {
        definition.replacen("[survey]\n", "[survey]\nflag_below = 60\n", 1)
    } else {
        format!("[survey]\nflag_below = 60\n{definition}")
    };
    folder.file("kiosk.toml", definition);
    let arguments = ["gap", &kiosk, "--survey", "kiosk.toml"];
    for format in [&["-o", "a.md"][..], &["-o", "a.html"]] {
        run(&folder, &[&arguments[..], format].concat());
    }
    let printed = run(&folder, &[&arguments[..], &["--format", "md"]].concat());
    for text in [folder.read("a.md"), printed] {
        let rows: Vec<&str> = text.lines().filter(|line| line.contains("| men |")).collect();
        assert!(rows.len() > 5, "{text}");
        for row in rows {
            assert!(!row.starts_with("|  |"), "{row}");
            assert!(row.contains("54\\*"), "{row}");
        }
    }
    let page = folder.read("a.html");
    assert!(page.contains(">54*<") && page.contains("* small base"), "{page}");
    assert!(page.contains("95\u{a0}% interval") || page.contains("95 % interval"));
}

#[test]
fn a_report_in_a_terminal_has_every_part() {
    let folder = Workdir::new();
    let text = run(&folder, &["report", &example("branch-banking/responses.csv"), "--quiet"]);
    for part in ["What we found", "Expected and perceived", "What goes with", "Importance and performance"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let scores = run(&folder, &["analyze", &example("branch-banking/responses.csv"), "--quiet"]);
    assert!(!scores.contains("What goes with"), "{scores}");
}
