//! Every embedded template and every example runs with its data and gives figures for each of its questions.

use std::path::Path;

use crate::support::run_in;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

const SCORED: [&str; 10] =
    ["csat", "rating", "nps", "ces", "gap", "importance", "choice", "multi", "number", "checklist"];

fn every_scored_question_has_a_figure(report: &serde_json::Value, name: &str) {
    let questions = report["survey"]["questions"].as_array().unwrap();
    assert!(!questions.is_empty(), "{name}");
    for question in questions {
        if !SCORED.contains(&question["measure"].as_str().unwrap()) {
            continue;
        }
        let figures = report["estimates"].as_array().unwrap().iter().filter(|figure| {
            figure["question"] == question["id"]
                && figure["segment"].as_object().unwrap().is_empty()
                && figure["value"].is_number()
        });
        assert!(figures.count() > 0, "{name}: {} has no figure", question["id"]);
    }
}

#[test]
fn every_template_is_embedded_and_runs_with_its_data() {
    let mut on_disk: Vec<String> = std::fs::read_dir(root().join("surveys"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    on_disk.sort();
    let mut embedded: Vec<&str> = csat::survey::templates().iter().map(|template| template.name).collect();
    embedded.sort_unstable();
    assert_eq!(on_disk, embedded);
    assert_eq!(embedded.len(), 18);
    for name in embedded {
        let data = format!("surveys/data/{name}.csv");
        let run =
            run_in(root(), &["analyze", &data, "--survey", name, "--wave", "all", "--format", "json"], b"");
        let report = run.report();
        if name != "kano" {
            assert!(
                report["ledger"]["questions"].as_array().unwrap().iter().any(|line| line["invalid"] != 0),
                "{name}"
            );
        }
        if name.ends_with("-checklist") {
            // An item may be unanswered, or not apply: then it has none.
            crate::checklist::every_item_is_told(&report, name);
        } else {
            every_scored_question_has_a_figure(&report, name);
        }
        for format in ["table", "md", "csv"] {
            let run = run_in(root(), &["analyze", &data, "--survey", name, "--format", format], b"");
            assert_eq!(run.code, 0, "{name}: {}", run.stderr);
        }
    }
}

#[test]
fn the_features_of_the_kano_questionnaire_are_told_apart() {
    let run =
        run_in(root(), &["analyze", "surveys/data/kano.csv", "--survey", "kano", "--format", "json"], b"");
    let report = run.report();
    let sections = report["sections"].as_array().unwrap();
    let kano = sections.iter().find(|section| section["kind"] == "kano").unwrap();
    let all =
        kano["rows"].as_array().unwrap().iter().filter(|row| row["segment"].as_object().unwrap().is_empty());
    assert!(all.clone().count() >= 6 && all.into_iter().all(|row| row["category"].is_string()), "{kano}");
}

#[test]
fn every_example_runs_with_the_definition_beside_it() {
    for file in [
        "examples/branch-banking/responses.csv",
        "examples/sfo-airport/sfo-2017.csv",
        "examples/sfo-airport/sfo-2018.csv",
    ] {
        let run = run_in(root(), &["analyze", file, "--format", "json"], b"");
        assert!(run.stderr.contains(&file.replace(".csv", ".toml")), "{}", run.stderr);
        every_scored_question_has_a_figure(&run.report(), file);
    }
}

#[test]
fn every_template_can_be_written_out_and_used() {
    let work = crate::support::Workdir::new();
    for template in csat::survey::templates() {
        let file = format!("{}.toml", template.name);
        let run = work.run(&["init", "--from-template", template.name, "-o", &file]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert_eq!(work.read(&file), template.text);
        // Nothing that exists is overwritten.
        work.run(&["init", "--from-template", template.name, "-o", &file]).refused(2, &[&file, "exists"]);
    }
    let list = work.run(&["init", "--list"]);
    for template in csat::survey::templates() {
        assert!(list.stdout.contains(template.name), "{}", list.stdout);
    }
}
