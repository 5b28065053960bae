//! Kano's questionnaire through the program: against published formulas on the same data, corners, layouts of labels.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::support::{Run, Workdir};

/// The data of the reference cases: six features of a bank, answers coded 1 to 5.
fn bank() -> Workdir {
    let folder = Workdir::new();
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/data/kano/bank_a.csv");
    folder.file("bank.csv", fs::read(data).unwrap());
    let question = |k: u32| {
        format!("[question.k{k}]\nmeasure = \"kano\"\nfunctional = \"k{k}_f\"\ndysfunctional = \"k{k}_d\"\n")
    };
    folder.file("bank.toml", (1..=6).map(question).collect::<String>() + "[segment.region]\n");
    folder
}

fn small(answers: &str, definition: &str) -> Workdir {
    let folder = Workdir::new();
    folder.file("a.csv", answers);
    folder.file("a.toml", definition);
    folder
}

const APP: &str = "[question.app]\nmeasure = \"kano\"\nfunctional = \"app_f\"\ndysfunctional = \"app_d\"\n";

fn rows(folder: &Workdir, arguments: &[&str]) -> Vec<Value> {
    let arguments: Vec<&str> =
        ["kano"].iter().chain(arguments).chain(&["--format", "json"]).copied().collect();
    let Run { stdout, stderr, code } = folder.run(&arguments);
    assert_eq!(code, 0, "{stderr}");
    let report: Value = serde_json::from_str(&stdout).unwrap();
    let section = report["sections"].as_array().unwrap().iter().find(|section| section["kind"] == "kano");
    section.unwrap_or_else(|| panic!("{stdout}"))["rows"].as_array().unwrap().clone()
}

fn counts(row: &Value) -> [u64; 6] {
    ["attractive", "one_dimensional", "must_be", "indifferent", "reverse", "questionable"]
        .map(|category| row[category].as_u64().unwrap())
}

fn near(found: &Value, expected: f64) {
    let found = found.as_f64().unwrap_or_else(|| panic!("{found} for {expected}"));
    assert!((found - expected).abs() < 1e-11, "{found} for {expected}");
}

#[test]
fn the_features_of_a_bank_are_what_the_published_formulas_say() {
    // Kano (1984), Berger et al. (1993), Fong (1996), Lee and Newcomb (1997), worked out in Python from the same rows:
    // counts A O M I R Q; better, worse, category strength, total strength.
    let expected: [(&str, [u64; 6], &str, [f64; 4]); 6] = [
        (
            "k1",
            [188, 265, 180, 112, 13, 28],
            "one_dimensional",
            [
                0.608_053_691_275_167_8,
                -0.597_315_436_241_610_8,
                0.097_964_376_590_330_79,
                0.805_343_511_450_381_6,
            ],
        ),
        (
            "k2",
            [38, 78, 430, 189, 29, 23],
            "must_be",
            [
                0.157_823_129_251_700_67,
                -0.691_156_462_585_034,
                0.306_226_175_349_428_2,
                0.693_773_824_650_571_8,
            ],
        ),
        (
            "k3",
            [447, 20, 14, 241, 36, 26],
            "attractive",
            [
                0.646_814_404_432_133,
                -0.047_091_412_742_382_27,
                0.262_755_102_040_816_3,
                0.613_520_408_163_265_3,
            ],
        ),
        (
            "k4",
            [118, 13, 70, 528, 59, 6],
            "indifferent",
            [
                0.179_698_216_735_253_77,
                -0.113_854_595_336_076_82,
                0.516_372_795_969_773_7,
                0.253_148_614_609_571_8,
            ],
        ),
        (
            "k5",
            [20, 1, 19, 194, 520, 39],
            "reverse",
            [
                0.089_743_589_743_589_74,
                -0.085_470_085_470_085_47,
                0.411_097_099_621_689_8,
                0.050_441_361_916_771_75,
            ],
        ),
        (
            "k6",
            [158, 109, 162, 286, 45, 22],
            "indifferent",
            [
                0.373_426_573_426_573_4,
                -0.379_020_979_020_979_03,
                0.158_567_774_936_061_4,
                0.548_593_350_383_631_7,
            ],
        ),
    ];
    let found = rows(&bank(), &["bank.csv"]);
    for (row, (question, categories, category, [better, worse, lead, total])) in found.iter().zip(expected) {
        assert_eq!((row["question"].as_str(), row["category"].as_str()), (Some(question), Some(category)));
        assert_eq!(counts(row), categories, "{question}");
        assert_eq!(row["base"], categories.iter().sum::<u64>());
        assert_eq!(row["distinguishable"], true);
        near(&row["better"], better);
        near(&row["worse"], worse);
        near(&row["category_strength"], lead);
        near(&row["total_strength"], total);
        let lies_within = |name: &str| {
            let at = |suffix: &str| row[format!("{name}{suffix}")].as_f64().unwrap();
            at("_low") <= at("") && at("") <= at("_high")
        };
        assert!(lies_within("better") && lies_within("worse"), "{row}");
    }
    // By Blauth's rule: 429 of 782 care about k6, and of these most take it for granted.
    assert_eq!(found[5]["category_by_groups"], "must_be");
}

#[test]
fn groups_add_up_to_all_respondents() {
    let found = rows(&bank(), &["bank.csv"]);
    let (all, groups): (Vec<&Value>, Vec<&Value>) =
        found.iter().partition(|row| row["segment"].as_object().unwrap().is_empty());
    assert_eq!(all.len(), 6);
    for whole in all {
        let own = groups.iter().filter(|row| row["question"] == whole["question"]);
        let sum = own.fold([0; 6], |sum, row| {
            let counts = counts(row);
            std::array::from_fn(|place| sum[place] + counts[place])
        });
        // Four rows have no region.
        let missing: u64 = counts(whole).iter().sum::<u64>() - sum.iter().sum::<u64>();
        assert!(missing < 20, "{missing} rows of {whole}");
    }
}

#[test]
fn every_pair_of_answers_falls_where_the_printed_table_has_it() {
    let printed = ["QAAAO", "RIIIM", "RIIIM", "RIIIM", "RRRRQ"];
    let strict = ["QAAAO", "RQIIM", "RIIIM", "RIIQM", "RRRRQ"];
    let names = [("A", "attractive"), ("O", "one_dimensional"), ("M", "must_be")];
    let names = names.into_iter().chain([("I", "indifferent"), ("R", "reverse"), ("Q", "questionable")]);
    let name_of: std::collections::BTreeMap<&str, &str> = names.collect();
    for (table, key) in [(printed, ""), (strict, "evaluation = \"strict\"\n")] {
        for (with, row) in table.iter().enumerate() {
            for without in 0..5 {
                let answers = format!("app_f,app_d\n{},{}\n", with + 1, without + 1);
                let found = rows(&small(&answers, &format!("{APP}{key}")), &["a.csv"]);
                assert_eq!(found[0]["category"], name_of[&row[without..=without]], "{with} {without}");
            }
        }
    }
}

#[test]
fn a_scale_whose_high_end_is_the_best_is_read_from_the_other_end() {
    let answers = "app_f,app_d\n5,1\n4,1\n5,3\n";
    let turned = "[scale.turned]\nmin = 1\nmax = 5\nbest = \"high\"\n";
    let question = format!("{APP}scale = \"turned\"\n{turned}");
    assert_eq!(counts(&rows(&small(answers, &question), &["a.csv"])[0]), [1, 1, 1, 0, 0, 0]);
    let plain = "app_f,app_d\n1,5\n2,5\n1,3\n";
    assert_eq!(counts(&rows(&small(plain, APP), &["a.csv"])[0]), [1, 1, 1, 0, 0, 0]);
}

#[test]
fn nobody_one_and_equally_frequent_categories() {
    let nobody = rows(&small("app_f,app_d\n,1\n3,\n", APP), &["a.csv"]);
    assert_eq!((nobody[0]["base"].as_u64(), nobody[0]["flag"].as_str()), (Some(0), Some("no_answers")));
    assert!(nobody[0]["category"].is_null() && nobody[0]["better"].is_null());
    let contradictory = rows(&small("app_f,app_d\n1,1\n5,5\n", APP), &["a.csv"]);
    assert_eq!(contradictory[0]["category"], "questionable");
    assert!(contradictory[0]["better"].is_null(), "nobody speaks for or against it");
    // Attractive, one-dimensional and a must, once each: the must matters most.
    let even = rows(&small("app_f,app_d\n1,3\n1,5\n3,5\n", APP), &["a.csv"]);
    assert_eq!(
        (even[0]["category"].as_str(), &even[0]["distinguishable"]),
        (Some("must_be"), &Value::Bool(false))
    );
}

#[test]
fn equal_weights_change_no_figure_but_the_limits_and_weighted_shares_are_said() {
    let folder = bank();
    let definition = folder.read("bank.toml");
    let plain = rows(&folder, &["bank.csv"]);
    assert!(plain[0].get("shares").is_none());
    folder.file("bank.toml", format!("[data]\nweight = \"weight\"\n{definition}"));
    let weighted = rows(&folder, &["bank.csv"]);
    let shares = weighted[0]["shares"].as_object().unwrap();
    let sum: f64 = shares.values().map(|share| share.as_f64().unwrap()).sum();
    assert!((sum - 1.0).abs() < 1e-9, "{sum}");
    assert!(weighted[0]["base_effective"].as_f64().unwrap() < weighted[0]["base"].as_f64().unwrap());
    assert_ne!(weighted[0]["better"], plain[0]["better"]);
}

#[test]
fn small_groups_are_hidden_with_what_would_give_them_away() {
    let mut answers = String::from("app_f,app_d,region\n");
    for (region, rows) in [("North", 30), ("South", 20), ("East", 3)] {
        answers.extend((0..rows).map(|row| format!("{},5,{region}\n", 1 + row % 2)));
    }
    let definition = format!("[survey]\nsuppress_below = 5\n{APP}[segment.region]\n");
    let found = rows(&small(&answers, &definition), &["a.csv"]);
    let flags: Vec<Option<&str>> = found.iter().map(|row| row["flag"].as_str()).collect();
    assert_eq!(flags.iter().filter(|flag| **flag == Some("suppressed")).count(), 1, "{flags:?}");
    assert_eq!(flags.iter().filter(|flag| **flag == Some("complementary")).count(), 1, "{flags:?}");
    for row in found.iter().filter(|row| matches!(row["flag"].as_str(), Some("suppressed" | "complementary")))
    {
        assert!(row["base"].is_null() && row["must_be"].is_null() && row["better"].is_null(), "{row}");
    }
}

#[test]
fn what_cannot_be_read_is_refused_with_the_way_out() {
    let run = |definition: &str, answers: &str| small(answers, definition).run(&["kano", "a.csv"]);
    run("[question.q]\nmeasure = \"csat\"\n", "q\n1\n").refused(2, &["asks no Kano questions", "functional"]);
    let one_form = "[question.app]\nmeasure = \"kano\"\nfunctional = \"app_f\"\n";
    run(one_form, "app_f,app_d\n1,2\n").refused(78, &["dysfunctional"]);
    let four = format!("{APP}scale = \"four\"\n[scale.four]\nmin = 1\nmax = 4\n");
    run(&four, "app_f,app_d\n1,2\n").refused(78, &["a Kano scale of 4 points", "five answers"]);
    let beside = format!("[question.overall]\nmeasure = \"csat\"\n{APP}");
    run(&beside, "overall,app_f\n5,1\n").refused(1, &["app_d"]);
    let table = format!("{APP}evaluation = \"loose\"\n");
    run(&table, "app_f,app_d\n1,2\n").refused(78, &["loose", "usual"]);
}

#[test]
fn every_format_has_the_features() {
    let folder = bank();
    for format in ["table", "md", "csv", "html", "json"] {
        let run = folder.run(&["kano", "bank.csv", "--format", format]);
        assert_eq!(run.code, 0, "{format}: {}", run.stderr);
        assert!(run.stdout.contains("k5"), "{format}: {}", run.stdout);
    }
    let run = folder.run(&["kano", "bank.csv", "-o", "features.xlsx"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(folder.names().contains(&"features.xlsx".to_owned()));
    let saved = folder.run(&["kano", "bank.csv", "-o", "features.json"]);
    assert_eq!(saved.code, 0, "{}", saved.stderr);
    let verified = folder.run(&["verify", "features.json"]);
    assert_eq!(verified.code, 0, "{}{}", verified.stdout, verified.stderr);
}

#[test]
fn the_first_screen_shows_features_beside_scores() {
    let run = bank().run(&["analyze", "bank.csv"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(
        run.stdout.contains("Kind of need") && !run.stdout.contains("nothing to score"),
        "{}",
        run.stdout
    );
}

#[test]
fn wordings_that_questionnaires_print_are_read_in_any_order_of_the_columns() {
    // The dysfunctional form may stand first, answers may be spelt otherwise and differ from file to file.
    let first = "id,app_dysfunctional,app_functional\n1,I dislike it that way,I like it that way\n\
                 2,I can live with it that way,I like it that way\n3,I dislike it that way,I must be that way\n\
                 4,I am neutral,I am neutral\n";
    let second = "id,app_functional,app_dysfunctional\n\
                  5,I enjoy it that way,\"I dislike it, and I can’t accept it\"\n\
                  6,I enjoy it that way,\"I dislike it, but I can live with it that way\"\n\
                  7,It is a basic necessity or I expect it that way,\"I dislike it, and I can't accept it\"\n\
                  8,I am neutral,I am neutral\n";
    let german = "id,app_functional,app_dysfunctional\n9,Das würde mich sehr freuen,Das würde mich sehr stören\n\
                  10,Das würde mich sehr freuen,Das könnte ich in Kauf nehmen\n\
                  11,Das setze ich voraus,Das würde mich sehr stören\n12,Das ist mir egal,Das ist mir egal\n";
    let folder = Workdir::new();
    for (name, answers) in [("one.csv", first), ("two.csv", second), ("three.csv", german)] {
        folder.file(name, answers);
        // Without a definition: the names and the words tell.
        let found = rows(&folder, &[name]);
        assert_eq!(found[0]["question"], "app", "{name}");
        assert_eq!(counts(&found[0]), [1, 1, 1, 1, 0, 0], "{name}");
    }
    let drafted = folder.run(&["init", "--from", "one.csv"]);
    assert_eq!(drafted.code, 0, "{}", drafted.stderr);
    let again = rows(&folder, &["one.csv"]);
    assert_eq!(counts(&again[0]), [1, 1, 1, 1, 0, 0], "{}", folder.read("one.toml"));
}

#[test]
fn stated_importance_is_found_beside_guessed_pairs() {
    let folder = Workdir::new();
    let header = "F1_importance,F2_importance,F1_functional,F1_dysfunctional,F2_functional,F2_dysfunctional";
    let answers = [
        "9 - Extremely important,3 - Somewhat important,I like it that way,I dislike it that way,I am neutral,I am neutral",
        "7 - Very important,5 - Important,I like it that way,I am neutral,I expect it that way,I dislike it that way",
        "8,4,I expect it that way,I dislike it that way,I like it that way,I am neutral",
    ];
    folder.file("a.csv", format!("{header}\n{}\n", answers.join("\n")));
    let found = rows(&folder, &["a.csv"]);
    let importance = |place: usize| found[place]["importance"].as_f64();
    assert_eq!((importance(0), importance(1)), (Some(8.0), Some(4.0)), "{found:#?}");
}
