//! Every method that the code offers stands in docs/methods.md and has a reference case.

use std::fs;
use std::path::Path;

fn document() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/methods.md")).unwrap()
}

#[test]
fn every_method_is_documented_with_its_reference_case() {
    let text = document();
    let reference = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference");
    assert!(csat::measures::METHODS.len() >= 15);
    for method in csat::measures::METHODS {
        let row = text
            .lines()
            .find(|line| line.starts_with('|') && line.contains(&format!("`{}`", method.name)))
            .unwrap_or_else(|| panic!("docs/methods.md has no row for `{}`", method.name));
        for case in method.reference {
            assert!(row.contains(&format!("`{case}`")), "{}: the row does not name the case `{case}`", method.name);
            let folder = reference.join(case);
            assert!(folder.join("SOURCE.md").exists(), "{}: no reference case `{case}`", method.name);
            let files = fs::read_dir(&folder).unwrap().count();
            assert!(files >= 2, "{}: `{case}` holds no figures", method.name);
        }
        assert!(!method.reference.is_empty(), "{}: no reference case", method.name);
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
        "top_box", "mean", "index", "bottom_box", "net", "nps", "promoters", "passives", "detractors", "expectation",
        "perception", "gap", "median", "share:<code>",
    ] {
        assert!(text.contains(&format!("`{statistic}`")), "{statistic}");
    }
}
