//! Every definition that comes with the program, the schema and the documentation.

use std::collections::BTreeSet;

use csat::survey::{self, Measure};

use super::{FULL, faults, parsed};

#[test]
fn everything_shipped_parses_without_a_word_and_validates() {
    let validator = jsonschema::validator_for(&survey::schema()).unwrap();
    let shipped = shipped();
    assert!(shipped.len() >= 14, "{} definitions", shipped.len());
    for (name, text) in shipped {
        let notes = parsed(&text).notes;
        assert!(notes.is_empty(), "{name}: {}", notes[0]);
        let value: serde_json::Value = toml::from_str(&text).unwrap();
        if let Err(fault) = validator.validate(&value) {
            panic!("{name}: {fault} at {}", fault.instance_path());
        }
    }
}

#[test]
fn every_file_of_templates_is_embedded() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("surveys");
    let files: BTreeSet<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    let embedded: BTreeSet<String> =
        survey::templates().iter().map(|template| template.name.to_owned()).collect();
    assert_eq!(files, embedded);
}

#[test]
fn the_schema_refuses_what_the_parser_refuses() {
    let validator = jsonschema::validator_for(&survey::schema()).unwrap();
    let bad = [
        "[survey]\ntitel = \"x\"\n",
        "[survey]\nconfidence = 95\n",
        "[question.a]\nmeasure = \"cast\"\n",
        "[question.a]\nversion = 3\n",
        "[segment.s]\nbands = { a = \"1-5\" }\n",
        "[scale.s]\nlabels = \"a\"\n",
        "[data]\nwave = \"quarter\"\n",
        "[gate]\n",
        "[question.a]\n[[gate]]\nfial_if = \"a.low < 2\"\n",
        "[report]\naccent = \"green\"\n",
        "[report]\nsections = [\"glances\"]\n",
        "[report]\nclauses = { iso_9001 = \"DIS\" }\n",
        "[report]\nnumber_format = { decimal = \"x\" }\n",
        "[dimension.d]\nweight = -1\n",
        "[weighting]\nscale = 0\ntargets.r = { a = 1 }\n",
        "[weighting]\nscale = \"all\"\ntargets.r = { a = 1 }\n",
        "[weighting.targets]\nr = { a = -1, b = 2 }\n",
        "[weighting.targets]\nr = [0.5, 0.5]\n",
        "[weighting.targets.r]\n",
        "[complaints]\nrecieved = \"a\"\n",
        "[complaints]\nclose_within = \"30\"\n",
        "[complaints]\nbusiness_hours = \"9 to 5\"\n",
        "[complaints]\ntime_zone = \"Berlin\"\n",
        "[complaints]\nas_of = \"30.09.2026\"\n",
        "[complaints]\nholidays = [\"25.12.2026\"]\n",
        "[complaints]\ntransactions = 0\n",
        "[complaints]\ntransactions = { \"2026-Q1\" = -1 }\n",
        "[complaints]\ntargets = { closed_in_time = \"90\" }\n",
        "[indicators]\nlag = -1\n",
        "[checklist]\nitems = \"a\"\n",
    ];
    for text in bad {
        let value: serde_json::Value = toml::from_str(text).unwrap();
        assert!(!validator.is_valid(&value), "{text}");
        assert!(!faults(text).is_empty());
    }
}

#[test]
fn the_documentation_has_every_key_and_its_examples_parse() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/definition.md");
    let page = std::fs::read_to_string(path).unwrap();
    let rows: Vec<&str> = page.lines().filter(|line| line.starts_with("| `")).collect();
    for key in survey::keys() {
        let row = format!("| `{}` |", key.path);
        assert_eq!(
            rows.iter().filter(|line| line.starts_with(&row)).count(),
            1,
            "`{}` in the tables",
            key.path
        );
    }
    for row in &rows {
        let name = row.trim_start_matches("| `").split('`').next().unwrap();
        let known = survey::keys().iter().any(|key| key.path == name) || Measure::parse(name).is_some();
        assert!(known, "`{name}` is documented, but not a key");
    }
    let validator = jsonschema::validator_for(&survey::schema()).unwrap();
    let mut blocks = 0;
    for block in page.split("```toml\n").skip(1) {
        let text = block.split("```").next().unwrap();
        assert!(parsed(text).notes.is_empty(), "{text}");
        let value: serde_json::Value = toml::from_str(text).unwrap();
        if let Err(fault) = validator.validate(&value) {
            panic!("{fault} at {} in\n{text}", fault.instance_path());
        }
        blocks += 1;
    }
    assert!(blocks >= 9);
}

fn shipped() -> Vec<(String, String)> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found: Vec<(String, String)> = survey::templates()
        .iter()
        .map(|template| (template.name.to_owned(), template.text.to_owned()))
        .collect();
    for folder in std::fs::read_dir(root.join("examples")).unwrap() {
        let folder = folder.unwrap().path();
        if !folder.is_dir() {
            continue;
        }
        for file in std::fs::read_dir(folder).unwrap() {
            let file = file.unwrap().path();
            if file.extension().is_some_and(|ending| ending == "toml") {
                found.push((file.display().to_string(), std::fs::read_to_string(&file).unwrap()));
            }
        }
    }
    found.push(("the sample".to_owned(), FULL.to_owned()));
    found
}
