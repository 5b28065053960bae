//! Help, completions, the manual page and the schemas.

use crate::support::Workdir;

#[test]
fn help_lists_the_commands_in_their_groups() {
    let work = Workdir::new();
    let run = work.run(&["--help"]);
    assert_eq!(run.code, 0);
    let position =
        |text: &str| run.stdout.find(text).unwrap_or_else(|| panic!("{text} is not in\n{}", run.stdout));
    assert!(position("Plan:") < position("Analyse:"));
    assert!(position("Analyse:") < position("  analyze"));
    assert!(position("  analyze") < position("Scale, tools:"));
    assert!(position("Gather:") < position("  quality"));
    assert!(position("  analyze") < position("  crosstab"));
    assert!(position("Siblings:") < position("  promises"));
    assert!(position("  promises") < position("  complaints"));
    assert!(position("  complaints") < position("  disputes"));
    assert!(run.stdout.lines().all(|line| line.chars().count() <= 100), "{}", run.stdout);
}

#[test]
fn every_command_teaches_with_an_example() {
    let work = Workdir::new();
    let listed = work.run(&["help"]);
    assert_eq!((listed.code, listed.stdout), (0, work.run(&["--help"]).stdout));
    for command in [
        "analyze",
        "compare",
        "complaints",
        "completions",
        "crosstab",
        "disputes",
        "drivers",
        "gate",
        "import",
        "indicators",
        "init",
        "lint",
        "man",
        "promises",
        "quality",
        "report",
        "schema",
        "trend",
        "verify",
    ] {
        let run = work.run(&[command, "--help"]);
        assert_eq!(run.code, 0);
        assert!(run.stdout.contains(&format!("csat {command}")), "{}", run.stdout);
        assert!(run.stdout.contains("Examples:") && run.stdout.contains("Exit codes:"), "{}", run.stdout);
        assert_eq!(work.run(&["help", command]).stdout, run.stdout, "{command}");
    }
}

#[test]
fn completions_and_manual_page() {
    let work = Workdir::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = work.run(&["completions", shell]);
        assert_eq!(run.code, 0);
        assert!(run.stdout.contains("analyze"), "{shell}");
    }
    let page = work.run(&["man"]);
    assert_eq!(page.code, 0);
    assert!(
        page.stdout.contains(".TH") && page.stdout.contains("analyze") && page.stdout.contains("confidence")
    );
}

#[test]
fn a_report_keeps_its_schema() {
    let work = Workdir::new();
    let schema: serde_json::Value = serde_json::from_str(&work.run(&["schema", "report"]).stdout).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    work.file(
        "a.csv",
        "overall,recommend,region,day\n5,10,North,2026-01-04\n4,9,South,2026-05-04\n3,7,North,2026-05-09\nx,6,,2026-07-01\n",
    );
    for arguments in [
        vec!["analyze", "a.csv", "--format", "json"],
        vec!["analyze", "a.csv", "--every", "quarter", "--wave", "all", "--format", "json"],
        vec!["analyze", "a.csv", "--where", "overall > 9", "--format", "json"],
        vec!["crosstab", "a.csv", "--as", "region=segment", "--by", "region", "--format", "json"],
    ] {
        let report = work.run(&arguments).report();
        let faults: Vec<String> = validator.iter_errors(&report).map(|fault| fault.to_string()).collect();
        assert!(faults.is_empty(), "{arguments:?}: {faults:?}");
    }
    assert!(!validator.is_valid(&serde_json::json!({ "format": "csat-report/1" })));
}
