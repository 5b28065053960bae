//! `csat gate`: exit codes, formats, waves, what is refused, and the jobs of docs/automation.md.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::support::Workdir;

const DEFINITION: &str = r#"
[data]
date = "day"
wave = { every = "quarter" }

[question.overall]
measure = "csat"
target = 80

[segment.region]

[segment.channel]
"#;

/// 100 answers a quarter, half of them north: satisfied ones of 100 in the second quarter and in the third.
fn workdir(definition: &str, before: usize, after: usize) -> Workdir {
    let workdir = Workdir::new();
    workdir.file("survey.toml", definition);
    let mut answers = "overall,day,region,channel\n".to_owned();
    for (day, satisfied) in [("2026-05-01", before), ("2026-08-01", after)] {
        for row in 0..100 {
            let answer = if row < satisfied { 5 } else { 2 };
            let region = if row % 2 == 0 { "North" } else { "South" };
            let channel = if row % 4 < 2 { "App" } else { "Web" };
            answers.push_str(&format!("{answer},{day},{region},{channel}\n"));
        }
    }
    workdir.file("answers.csv", answers);
    workdir
}

#[test]
fn a_missed_target_ends_with_3_a_met_one_with_0_and_an_open_one_only_when_strict_with_3() {
    for (satisfied, plain, strict) in [(50, 3, 3), (80, 0, 3), (97, 0, 0)] {
        let workdir = workdir(DEFINITION, 80, satisfied);
        let run = workdir.run(&["gate", "answers.csv"]);
        assert_eq!(run.code, plain, "{satisfied}: {}{}", run.stdout, run.stderr);
        assert!(run.stdout.contains("overall.target 80"), "{}", run.stdout);
        assert_eq!(workdir.run(&["gate", "answers.csv", "--strict"]).code, strict, "{satisfied}");
    }
}

#[test]
fn typed_conditions_judge_groups_crossings_waves_and_changes() {
    let workdir = workdir(DEFINITION, 90, 82);
    for (condition, code) in [
        ("overall.value < 82", 0),
        ("overall.value <= 82", 3),
        ("csat.value@2026-Q2 >= 90", 3),
        ("overall.change < -7.5", 3),
        ("overall.change < -8", 0),
        ("overall.change[region=North] < -20", 0),
        ("overall.base[region=North, channel=App] >= 25", 3),
        ("overall.change[channel=App,region=North] < 0", 3),
    ] {
        let run = workdir.run(&["gate", "answers.csv", "--fail-if", condition]);
        assert_eq!(run.code, code, "{condition}: {}{}", run.stdout, run.stderr);
    }
}

#[test]
fn the_written_gates_of_a_definition_are_judged() {
    let rows = "\n[[gate]]\nname = \"no slide\"\nquestion = \"overall\"\nmax_drop = 5\n\n[[gate]]\nfail_if = \"overall.high < 30\"\n";
    let definition = DEFINITION.replace("target = 80\n", "") + rows;
    let run = workdir(&definition, 95, 60).run(&["gate", "answers.csv"]);
    assert_eq!(run.code, 3, "{}", run.stderr);
    assert!(run.stdout.contains("no slide") && run.stdout.contains("2 gates, 1 fails"), "{}", run.stdout);
    assert_eq!(workdir(&definition, 95, 93).run(&["gate", "answers.csv"]).code, 0);
}

#[test]
fn an_earlier_wave_may_be_a_saved_report() {
    let workdir = workdir(DEFINITION, 90, 70);
    let all = fs::read_to_string(workdir.path().join("answers.csv")).unwrap();
    let part = |day: &str| {
        let rows = all.lines().enumerate().filter(|(row, line)| *row == 0 || line.contains(day));
        rows.map(|(_, line)| format!("{line}\n")).collect::<String>()
    };
    workdir.file("q2.csv", part("2026-05"));
    workdir.file("q3.csv", part("2026-08"));
    let saved = workdir.run(&["analyze", "q2.csv", "-o", "q2.json", "--date", "2026-07-10"]);
    assert_eq!(saved.code, 0, "{}", saved.stderr);
    let gate = ["--fail-if", "overall.change[region=North] < -15", "--format", "json"];
    let joined = workdir.run(&[&["gate", "q2.json", "q3.csv"][..], &gate].concat());
    let whole = workdir.run(&[&["gate", "answers.csv"][..], &gate].concat());
    let rows = |run: &crate::support::Run| {
        assert_eq!(run.code, 3, "{}", run.stderr);
        let report: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
        let sections = report["sections"].as_array().unwrap().clone();
        sections.into_iter().find(|section| section["kind"] == "gates").unwrap()["rows"].clone()
    };
    assert_eq!(rows(&joined), rows(&whole));
    assert_eq!(rows(&whole)[1]["against"], "2026-Q2");
    workdir.run(&["gate", "q2.json"]).refused(2, &["only saved reports", "q3.csv"]);
}

#[test]
fn what_was_typed_wrong_is_refused_with_its_exit_code() {
    let with_targets = workdir(DEFINITION, 80, 80);
    let refused = |arguments: &[&str], code: i32, texts: &[&str]| {
        let all = [&["gate", "answers.csv"], arguments].concat();
        with_targets.run(&all).refused(code, texts);
    };
    refused(&["--fail-if", "overal.low < 20"], 2, &["--fail-if", "did you mean `overall`?"]);
    refused(&["--fail-if", "overall.value@2027-Q1 < 20"], 2, &["no wave `2027-Q1`", "2026-Q3"]);
    refused(&["--wave", "2027-Q1"], 2, &["no wave `2027-Q1`"]);
    refused(&["--wave", "all"], 2, &["judges one wave"]);
    refused(&["-o", "gate.pdf"], 2, &[".pdf", "JUnit"]);
    refused(&["-o", "answers.csv", "--format", "md"], 2, &["would overwrite"]);
    refused(&["-o", "missing/gate.xml"], 1, &["missing"]);
    let without = workdir(&DEFINITION.replace("target = 80\n", ""), 80, 80);
    without.run(&["gate", "answers.csv"]).refused(2, &["no target and no gate", "--fail-if", "[[gate]]"]);
    let broken = workdir(&format!("{DEFINITION}\n[[gate]]\nfail_if = \"x.low < 1\"\n"), 80, 80);
    broken.run(&["gate", "answers.csv"]).refused(78, &["survey.toml", "no question `x`"]);
    without.run(&["gate", "nowhere.csv"]).refused(1, &["nowhere.csv"]);
}

#[test]
fn every_format_is_written_the_same_twice_and_the_xml_parses() {
    let workdir = workdir(DEFINITION, 80, 50);
    for format in ["table", "md", "json", "junit", "github"] {
        let once = workdir.run(&["gate", "answers.csv", "--format", format]);
        let again = workdir.run(&["gate", "answers.csv", "--format", format, "--threads", "1"]);
        assert_eq!((once.code, &once.stdout), (3, &again.stdout), "{format}");
        assert!(once.stdout.contains("overall"), "{format}: {}", once.stdout);
    }
    let run = workdir.run(&["gate", "answers.csv", "-o", "gate.xml"]);
    assert_eq!((run.code, run.stdout.as_str()), (3, ""));
    assert!(run.stderr.contains("1 gate, 1 fails") && run.stderr.contains("50.0 %"), "{}", run.stderr);
    let xml = workdir.read("gate.xml");
    let root = roxmltree::Document::parse(&xml).unwrap();
    assert_eq!(root.root_element().attribute("failures"), Some("1"));
}

#[test]
fn the_json_of_a_gate_is_a_report_that_verifies() {
    let workdir = workdir(DEFINITION, 80, 90);
    let run = workdir.run(&[
        "gate",
        "answers.csv",
        "-o",
        "gate.json",
        "--fail-if",
        "overall.value[region=North,channel=App] < 1",
    ]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let verified = workdir.run(&["verify", "gate.json"]);
    assert_eq!(verified.code, 0, "{}{}", verified.stdout, verified.stderr);
}

/// The commands of a job as its file has them: the lines of its scripts that call the program.
fn commands(job: &str) -> Vec<String> {
    job.lines()
        .filter_map(|line| line.find("csat gate").map(|start| line[start..].trim().to_owned()))
        .map(|command| command.split(" >").next().unwrap_or_default().trim_end().to_owned())
        .collect()
}

#[test]
fn the_jobs_of_the_documentation_are_the_files_of_the_examples_and_their_commands_run() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(root.join("docs/automation.md")).unwrap();
    for name in ["crontab", "github.yml", "gitlab.yml"] {
        let job = fs::read_to_string(root.join("examples/automation").join(name)).unwrap();
        assert!(
            page.contains(&format!("```text\n{}\n```", job.trim_end())),
            "docs/automation.md lacks {name}"
        );
        let commands = commands(&job);
        assert!(!commands.is_empty(), "{name}");
        for command in commands {
            let workdir = workdir(DEFINITION, 80, 97);
            let arguments: Vec<&str> = command
                .split_whitespace()
                .skip(1)
                .map(|word| if word.ends_with(".csv") { "answers.csv" } else { word })
                .collect();
            let run = workdir.run(&arguments);
            assert_eq!(run.code, 0, "{name}: {command}: {}", run.stderr);
        }
    }
}

#[test]
fn in_github_actions_a_missed_target_is_annotated_and_added_to_the_summary() {
    let workdir = workdir(DEFINITION, 80, 50);
    let summary = workdir.file("summary.md", "# Before\n");
    let run = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_csat"))
            .args(arguments)
            .current_dir(workdir.path())
            .env_clear()
            .env("SOURCE_DATE_EPOCH", "1791158400")
            .env("GITHUB_ACTIONS", "true")
            .env("GITHUB_STEP_SUMMARY", &summary)
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(3));
        String::from_utf8(output.stdout).unwrap()
    };
    let table = run(&["gate", "answers.csv"]);
    assert!(table.contains("95 % interval") && table.contains("\n::error title=csat gate"), "{table}");
    let written = fs::read_to_string(&summary).unwrap();
    assert!(written.starts_with("# Before\n") && written.contains("| overall.target 80 |"), "{written}");
    assert!(!run(&["gate", "answers.csv", "--format", "table"]).contains("::error"));
    assert_eq!(
        fs::read_to_string(&summary).unwrap(),
        written,
        "a format that is typed is all that is written"
    );
}
