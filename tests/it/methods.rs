//! Every method that the code offers stands in docs/methods.md and has a reference case.

use std::fs;
use std::path::Path;

fn document() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/methods.md")).unwrap()
}

/// The ids of every figure under tests/reference.
fn reference_ids() -> Vec<String> {
    let mut ids = Vec::new();
    for folder in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference")).unwrap() {
        let folder = folder.unwrap().path();
        assert!(folder.join("SOURCE.md").exists(), "{}: no SOURCE.md", folder.display());
        for file in ["expected.json", "score.json"] {
            let Ok(text) = fs::read_to_string(folder.join(file)) else { continue };
            let expected: serde_json::Value = serde_json::from_str(&text).unwrap();
            let values = expected["values"].as_array().or(expected.as_array()).unwrap();
            ids.extend(values.iter().map(|value| value["id"].as_str().unwrap().to_owned()));
        }
    }
    ids
}

#[test]
fn every_method_is_documented_with_its_reference_case() {
    let text = document();
    let ids = reference_ids();
    assert!(csat::measures::METHODS.len() >= 15);
    for method in csat::measures::METHODS {
        let row = text
            .lines()
            .find(|line| line.starts_with('|') && line.contains(&format!("`{}`", method.name)))
            .unwrap_or_else(|| panic!("docs/methods.md has no row for `{}`", method.name));
        let case = method.reference;
        assert!(
            row.contains(&format!("`{case}`")),
            "{}: the row does not name the case `{case}`",
            method.name
        );
        let found = ids.iter().any(|id| {
            id.starts_with(case) || case.strip_prefix(id.as_str()).is_some_and(|rest| rest.starts_with('.'))
        });
        assert!(!case.is_empty() && found, "{}: no reference figure `{case}`", method.name);
    }
}

#[test]
fn the_document_offers_nothing_that_the_code_lacks() {
    for line in document().lines().filter(|line| line.starts_with("| `")) {
        let cell = line.split('|').nth(1).unwrap();
        for name in cell.split('`').filter(|name| name.contains('/')) {
            assert!(
                csat::measures::METHODS.iter().any(|method| method.name == name),
                "docs/methods.md offers `{name}`, the code does not"
            );
        }
    }
}

#[test]
fn every_statistic_of_the_report_is_documented() {
    let text = document();
    for statistic in [
        "top_box",
        "mean",
        "index",
        "bottom_box",
        "net",
        "nps",
        "promoters",
        "passives",
        "detractors",
        "expectation",
        "perception",
        "gap",
        "median",
        "share:<code>",
    ] {
        assert!(text.contains(&format!("`{statistic}`")), "{statistic}");
    }
}
