//! Gaps without a definition: pairs on two scales, pairs nobody answered, and answers against what was expected.

use serde_json::Value;

use crate::support::Workdir;

fn folder(text: &str) -> Workdir {
    let folder = Workdir::new();
    folder.file("a.csv", text);
    folder
}

/// Pairs of which expectations reach 7 and perceptions this.
fn pairs(highest: usize) -> String {
    let mut text = "staff_expected,staff_perceived,room_expected,room_perceived\n".to_owned();
    for row in 0..60_usize {
        let (expected, perceived) = (1 + row % 7, 1 + row % highest);
        text += &format!("{expected},{perceived},{},{}\n", 1 + (row + 3) % 7, 1 + (row + 1) % 7);
    }
    text
}

#[test]
fn a_pair_whose_columns_end_at_different_points_is_doubted() {
    let doubted = folder(&pairs(5)).run(&["gap", "a.csv"]);
    assert_eq!(doubted.code, 0, "{}", doubted.stderr);
    let doubt = "`staff_perceived` ends at 5, `staff_expected` at 7: are both on one scale?";
    let said = doubted.stderr.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains(doubt), "{said}");
    assert!(!said.contains("`room_perceived` ends"), "{}", doubted.stderr);
    let alike = folder(&pairs(7)).run(&["gap", "a.csv"]);
    assert!(!alike.stderr.contains("on one scale"), "{}", alike.stderr);
}

#[test]
fn pairs_that_nobody_answered_whole_are_named() {
    let definition = "[question.staff]\nmeasure = \"gap\"\nexpectation = \"e1\"\nperception = \"p1\"\n\
        [question.room]\nmeasure = \"gap\"\nexpectation = \"e2\"\nperception = \"p2\"\n";
    let folder = folder("e1,p1,e2,p2\n5,,,4\n6,,,3\n,5,7,\n");
    folder.file("a.toml", definition);
    let run = folder.run(&["gap", "a.csv"]);
    assert_eq!(run.code, 1, "{}{}", run.stdout, run.stderr);
    assert!(run.stderr.contains("both questions of a pair: `staff`, `room`"), "{}", run.stderr);
    // One pair that somebody answered leaves the other to be named.
    folder.file("a.csv", "e1,p1,e2,p2\n5,4,,4\n6,5,,3\n7,5,7,\n");
    let run = folder.run(&["gap", "a.csv"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.contains("answered both questions of a pair: room"), "{}", run.stdout);
}

#[test]
fn worse_as_and_better_than_expected_are_known_in_four_languages() {
    for words in [
        ["Worse than expected", "As expected", "Better than expected"],
        ["Below my expectations", "Met my expectations", "Exceeded my expectations"],
        ["Schlechter als erwartet", "Wie erwartet", "Besser als erwartet"],
        ["Moins bien que prévu", "Conforme aux attentes", "Mieux que prévu"],
        ["Peor de lo esperado", "Como esperaba", "Mejor de lo esperado"],
    ] {
        let mut text = "visit\n".to_owned();
        for row in 0..30 {
            text += &format!(
                "{}\n",
                words[if row < 6 {
                    0
                } else if row < 20 {
                    1
                } else {
                    2
                }]
            );
        }
        let folder = folder(&text);
        let run = folder.run(&["gap", "a.csv", "--format", "json"]);
        assert_eq!(run.code, 0, "{words:?}: {}", run.stderr);
        let report: Value = serde_json::from_str(&run.stdout).unwrap();
        let sections = report["sections"].as_array().unwrap();
        let gaps = sections.iter().find(|section| section["kind"] == "gaps").unwrap();
        let row = &gaps["disconfirmation"][0];
        assert_eq!((&row["question"], &row["base"]), (&Value::from("visit"), &Value::from(30)), "{gaps}");
        let share = |key: &str| row[key]["value"].as_f64().unwrap_or_else(|| panic!("{key}: {row}"));
        assert!(share("negative") < share("positive"), "{row}");
        let drafted = folder.run(&["init", "--from", "a.csv", "-o", "drafted.toml"]);
        assert_eq!(drafted.code, 0, "{}", drafted.stderr);
        assert!(
            folder.read("drafted.toml").contains("disconfirmation = true"),
            "{}",
            folder.read("drafted.toml")
        );
        let again = folder.run(&["gap", "a.csv", "--survey", "drafted.toml", "--format", "json"]);
        assert_eq!(again.code, 0, "{}", again.stderr);
    }
}

#[test]
fn worse_or_better_than_before_is_not_against_what_was_expected() {
    let folder = folder(&("service\n".to_owned() + &"Worse\nThe same\nBetter\n".repeat(12)));
    let run = folder.run(&["gap", "a.csv"]);
    assert_eq!(run.code, 2, "{}{}", run.stdout, run.stderr);
}
