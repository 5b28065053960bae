//! Promise 4: same input, same bytes, whatever the threads; and the order and split of rows change no figure.

use proptest::prelude::*;

use crate::support::Workdir;

const DEFINITION: &str = "[survey]\nsuppress_below = 0\n\
[data]\ndate = \"day\"\nwave = { every = \"quarter\" }\n\
[question.overall]\nmeasure = \"csat\"\noverall = true\ntarget = 70\n\
[question.recommend]\nmeasure = \"nps\"\n\
[question.care]\nmeasure = \"gap\"\nexpectation = \"care_e\"\nperception = \"care_p\"\n\
[question.wait]\nmeasure = \"number\"\n\
[question.why]\nmeasure = \"choice\"\n\
[question.used]\nmeasure = \"multi\"\n\
[segment.region]\n\
[segment.age]\nage_from = \"born\"\n[segment.age.bands]\n\"under 40\" = \"..39\"\n\"40 and over\" = \"40..\"\n";

const HEADER: &str = "overall,recommend,care_e,care_p,wait,why,used,region,born,day,w";

/// Rows from a small generator, with blanks, invalid cells and quoted cells.
fn rows(seed: u64, number: usize) -> Vec<String> {
    let mut state = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
    let mut draw = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    (0..number)
        .map(|_| {
            let cell = |value: u64, blank: u64| if blank == 0 { String::new() } else { value.to_string() };
            let overall = if draw(50) == 0 { "9".to_owned() } else { cell(1 + draw(5), draw(12)) };
            let region = ["North", "South", "\"East, far\"", "Wést", ""][usize::try_from(draw(5)).unwrap()];
            let why = ["cash", "loan", "card"][usize::try_from(draw(3)).unwrap()];
            let used = ["app;web", "web", "", "app", "web;desk;app"][usize::try_from(draw(5)).unwrap()];
            format!(
                "{overall},{},{},{},{}.{},{why},{used},{region},{},2026-{:02}-{:02},{}.{:04}",
                cell(draw(11), draw(9)),
                cell(1 + draw(7), draw(9)),
                cell(1 + draw(7), draw(9)),
                draw(40),
                draw(100),
                1940 + draw(70),
                1 + draw(9),
                1 + draw(28),
                draw(4),
                1 + draw(9_999),
            )
        })
        .collect()
}

fn text(rows: &[String]) -> String {
    format!("{HEADER}\n{}\n", rows.join("\n"))
}

/// The part of a report that order and splits may not change: figures, notes apart from places, counts.
fn figures(report: &serde_json::Value) -> serde_json::Value {
    let mut ledger = report["ledger"].clone();
    for list in ["excluded", "kept", "questions"] {
        for entry in ledger[list].as_array_mut().unwrap() {
            entry.as_object_mut().unwrap().remove("places");
        }
    }
    serde_json::json!({ "estimates": report["estimates"], "sections": report["sections"], "ledger": ledger })
}

#[test]
fn threads_change_no_byte() {
    let work = Workdir::new();
    work.file("a.csv", text(&rows(7, 30_000)));
    work.file("a.toml", DEFINITION);
    for weight in ["none", "w"] {
        let run = |threads: &str| {
            let run = work.run(&[
                "analyze",
                "a.csv",
                "--threads",
                threads,
                "--weight",
                weight,
                "--by",
                "region*age",
                "--wave",
                "all",
                "--format",
                "json",
            ]);
            assert_eq!(run.code, 0, "{}", run.stderr);
            run.stdout
        };
        let one = run("1");
        assert_eq!(one, run("2"));
        assert_eq!(one, run("7"));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn shuffled_and_split_rows_give_the_same_figures(seed in 1_u64..1_000_000, number in 1_usize..400, cut in 0_usize..100) {
        let work = Workdir::new();
        let ordered = rows(seed, number);
        let mut shuffled = ordered.clone();
        // A fixed permutation: by a hash of the position.
        let mut keys: Vec<(u64, usize)> =
            (0..number).map(|index| ((index as u64 + seed).wrapping_mul(0x9E37_79B9_7F4A_7C15), index)).collect();
        keys.sort_unstable();
        for (place, (_, index)) in keys.iter().enumerate() {
            shuffled[place].clone_from(&ordered[*index]);
        }
        let first = number / 3;
        let second = first + (number - first) * cut / 100;
        work.file("all.csv", text(&ordered));
        work.file("shuffled.csv", text(&shuffled));
        work.file("one.csv", text(&ordered[..first]));
        work.file("two.csv", text(&ordered[first..second]));
        work.file("three.csv", text(&ordered[second..]));
        work.file("survey.toml", DEFINITION);
        for weight in ["none", "w"] {
            let run = |files: &[&str]| {
                let mut arguments = vec!["analyze"];
                arguments.extend(files);
                arguments.extend(["--weight", weight, "--wave", "all", "--survey", "survey.toml", "--format", "json"]);
                figures(&work.run(&arguments).report())
            };
            let whole = run(&["all.csv"]);
            prop_assert_eq!(&whole, &run(&["shuffled.csv"]));
            prop_assert_eq!(&whole, &run(&["one.csv", "two.csv", "three.csv"]));
            prop_assert_eq!(&whole, &run(&["three.csv", "one.csv", "two.csv"]));
        }
    }
}

#[test]
fn a_report_loaded_from_json_renders_to_the_same_bytes() {
    let work = Workdir::new();
    work.file("a.csv", text(&rows(3, 500)));
    work.file("a.toml", DEFINITION);
    let json = work.run(&["analyze", "a.csv", "--format", "json"]).stdout;
    let report = csat::render::json::load(&json).unwrap();
    for (name, format) in [
        ("table", csat::render::Format::Table),
        ("md", csat::render::Format::Markdown),
        ("csv", csat::render::Format::Csv),
        ("json", csat::render::Format::Json),
    ] {
        let look = csat::render::Look::default();
        let again = String::from_utf8(csat::render::render(&report, format, &look).unwrap()).unwrap();
        assert_eq!(work.run(&["analyze", "a.csv", "--format", name]).stdout, again, "{name}");
    }
}
