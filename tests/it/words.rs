//! Answers in words without a definition: files in German, Japanese and Polish, numbers with labels, lists, holes.
//!
//! That every scale of the phrasebook is recognised is tested beside it (`survey/inference/words`).

use std::fs;
use std::path::Path;

use csat::survey::inference::Inferred;
use csat::survey::{Best, Question};

use super::inference::{file, inferred, takes};
use super::support::Workdir;

fn fixture(name: &str) -> Inferred {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/exports/words");
    inferred(&fs::read_to_string(folder.join(name)).unwrap())
}

fn question<'a>(found: &'a Inferred, id: &str) -> &'a Question {
    found
        .survey
        .questions
        .iter()
        .find(|question| question.id == id)
        .unwrap_or_else(|| panic!("{id}: {found:#?}"))
}

fn labels(found: &Inferred, id: &str) -> String {
    question(found, id).scale.as_ref().unwrap().labels.join(" < ")
}

fn why<'a>(found: &'a Inferred, column: &str) -> &'a str {
    &found.findings.iter().find(|finding| finding.column == column).unwrap().why
}

#[test]
fn a_german_file() {
    let found = fixture("german.csv");
    assert_eq!(
        takes(&found),
        [
            "Nr skip",
            "Wie zufrieden sind Sie insgesamt? csat",
            "Weiterempfehlung nps",
            "Das Personal war freundlich rating",
            "Wie einfach war die Bestellung? ces",
            "Was war Ihnen wichtig? multi",
            "Filiale segment",
        ]
    );
    assert_eq!(
        labels(&found, "Wie zufrieden sind Sie insgesamt?"),
        "Sehr unzufrieden < Unzufrieden < Teils/teils < Zufrieden < Sehr zufrieden"
    );
    assert_eq!(found.survey.data.missing, ["keine Angabe"]);
    let staff = question(&found, "Das Personal war freundlich").scale.as_ref().unwrap();
    assert_eq!((staff.points(), staff.best), (4, Best::High));
    assert!(question(&found, "Wie zufrieden sind Sie insgesamt?").overall);
    let wanted = question(&found, "Was war Ihnen wichtig?");
    assert_eq!(wanted.separator.as_deref(), Some(";"));
}

#[test]
fn a_japanese_file() {
    let found = fixture("japanese.csv");
    assert_eq!(
        takes(&found),
        [
            "回答日時 date",
            "総合満足度 csat",
            "サービスの品質 rating",
            "重要度 importance",
            "利用頻度 rating?",
            "性別 segment",
            "ご意見 skip",
        ]
    );
    assert_eq!(
        labels(&found, "総合満足度"),
        "とても不満 < やや不満 < どちらともいえない < やや満足 < とても満足"
    );
    assert_eq!(labels(&found, "サービスの品質"), "とても悪い < 悪い < 普通 < 良い < とても良い");
    assert!(question(&found, "総合満足度").overall);
    assert!(why(&found, "利用頻度").contains("more may be no better"));
}

#[test]
fn a_polish_file() {
    let found = fixture("polish.csv");
    assert_eq!(
        takes(&found),
        [
            "Id id",
            "Zadowolenie z obsługi csat",
            "Czy poleci nas Pan/Pani znajomym? rating",
            "Ocena strony rating",
            "Oddział segment",
            "Język segment",
        ]
    );
    let scale = question(&found, "Zadowolenie z obsługi").scale.as_ref().unwrap();
    assert_eq!(scale.points(), 5);
    assert_eq!(scale.dont_know, ["Nie wiem"]);
    let labels = |point: usize| [scale.labels[point].as_str(), scale.translations["pl"][point].as_str()];
    assert!(
        labels(4).contains(&"Bardzo zadowolony") && labels(4).contains(&"Bardzo zadowolona"),
        "{scale:?}"
    );
    assert_eq!(question(&found, "Ocena strony").scale.as_ref().unwrap().max, 5);
    assert!(why(&found, "Język").contains("may not mean the same"));
}

/// The answers are counted as they were recognised: nothing is invalid.
#[test]
fn what_is_recognised_is_counted() {
    let workdir = Workdir::new();
    for name in ["german.csv", "japanese.csv", "polish.csv"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/exports/words");
        workdir.file(name, fs::read_to_string(folder.join(name)).unwrap());
        let run = workdir.run(&["analyze", name, "--format", "json"]);
        let report: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
        let questions = report["ledger"]["questions"].as_array().unwrap();
        assert!(questions.len() >= 3, "{report}");
        for account in questions {
            assert_eq!(account["invalid"], 0, "{name}: {account}");
        }
    }
}

#[test]
fn several_languages_in_one_column_are_one_scale() {
    let found = inferred(&file(
        80,
        &[
            (
                "overall",
                &[
                    "Very satisfied",
                    "Sehr zufrieden",
                    "Satisfied",
                    "Neutral",
                    "Unzufrieden",
                    "Very dissatisfied",
                ],
            ),
            ("language", &["en", "de"]),
        ],
    ));
    assert_eq!(takes(&found), ["overall csat", "language segment"]);
    let scale = question(&found, "overall").scale.as_ref().unwrap();
    assert_eq!(scale.labels[4], "Very satisfied");
    assert_eq!(scale.translations["de"][4], "Sehr zufrieden");
    assert!(why(&found, "overall").contains("in en and de: labels may not mean the same"));
    assert!(why(&found, "language").contains("words may not mean the same"));
}

#[test]
fn numbers_with_labels_and_stars() {
    let found = inferred(&file(
        60,
        &[
            (
                "q1",
                &[
                    "5 - Very satisfied",
                    "4 - Satisfied",
                    "3 - Neutral",
                    "2 - Dissatisfied",
                    "1 - Very dissatisfied",
                ],
            ),
            ("q2", &["Very satisfied (1)", "Satisfied (2)", "Dissatisfied (3)", "Very dissatisfied (4)"]),
            ("recommend", &["0 - Not at all likely", "3", "5", "7", "8", "9", "10 - Extremely likely"]),
            ("q4", &["★★★★★", "★★★★☆", "★★☆☆☆"]),
            ("q5", &["4/5", "3/5", "2/5", "1/5"]),
            ("region", &["1 - North", "2 - South", "3 - West"]),
        ],
    ));
    assert_eq!(
        takes(&found),
        ["q1 csat", "q2 csat", "recommend nps", "q4 rating", "q5 rating", "region segment"],
        "{:#?}",
        found.findings
    );
    assert_eq!(
        labels(&found, "q1"),
        "Very dissatisfied < Dissatisfied < Neutral < Satisfied < Very satisfied"
    );
    let turned = question(&found, "q2").scale.as_ref().unwrap();
    assert_eq!((turned.best, turned.labels[0].as_str()), (Best::Low, "Very satisfied"));
    assert_eq!(question(&found, "q5").scale.as_ref().unwrap().max, 5);
}

#[test]
fn holes_between_points() {
    let found =
        inferred(&file(100, &[("q1", &["1", "3", "5", "7", "9"]), ("q2", &["1", "2", "3", "4", "6"])]));
    assert_eq!(takes(&found), ["q1 rating?", "q2 rating?"]);
    let scale = question(&found, "q1").scale.as_ref().unwrap();
    assert_eq!((scale.values.as_slice(), scale.points(), scale.top), (&[1, 3, 5, 7, 9][..], 5, 2));
    assert_eq!(question(&found, "q2").scale.as_ref().unwrap().values, [1, 2, 3, 4, 6]);
}

/// Boxes go by points, means by the numbers.
#[test]
fn a_scale_with_holes_is_counted_by_points_and_its_mean_by_numbers() {
    let workdir = Workdir::new();
    workdir.file(
        "survey.toml",
        "[scale.marks]\npoints = [1, 2, 3, 4, 6]\nlabels = [\"E\", \"D\", \"C\", \"B\", \"A\"]\n\
         [question.mark]\nmeasure = \"csat\"\nscale = \"marks\"\n",
    );
    workdir.file("answers.csv", "mark\n1\nA\n6\n4\n5\n6 - A\n");
    let run = workdir.run(&["analyze", "answers.csv", "--survey", "survey.toml", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let value = |statistic: &str| {
        let estimates = report["estimates"].as_array().unwrap();
        estimates.iter().find(|estimate| estimate["statistic"] == statistic).unwrap()["value"]
            .as_f64()
            .unwrap()
    };
    assert!((value("top_box") - 80.0).abs() < 1e-9, "four of five are A or B: {report}");
    assert!((value("mean") - 23.0 / 5.0).abs() < 1e-9);
    assert_eq!(report["ledger"]["questions"][0]["invalid"], 1, "5 is no point");
    for wrong in ["[1]", "[2, 1]", "[1, 1, 2]", "[\"a\", 2]", "[1, 5000]", "[1, 3]\nmax = 4"] {
        workdir.file(
            "wrong.toml",
            format!(
                "[scale.marks]\npoints = {wrong}\n[question.mark]\nmeasure = \"csat\"\nscale = \"marks\"\n"
            ),
        );
        let run = workdir.run(&["analyze", "answers.csv", "--survey", "wrong.toml"]);
        assert!(run.stderr.contains("scale `marks`"), "{wrong}: {}", run.stderr);
    }
}

#[test]
fn several_answers_in_a_cell() {
    let text = "why,tool,codes,group\n".to_owned()
        + &[
            "\"Price, quality\",App;Web;,\"1,2,3\",Promoter\n",
            "\"Staff, Price, quality\",Web;,\"2,5\",Detractor\n",
            "Staff,App;,1,Passive\n",
            "\"Place, Staff\",App;Phone;,\"1,4\",Promoter\n",
            "Place,Phone;,3,Passive\n",
        ]
        .concat()
        .repeat(8);
    let found = inferred(&text);
    assert_eq!(takes(&found), ["why multi?", "tool multi", "codes multi?", "group skip"]);
    assert_eq!(
        question(&found, "why").options.values().collect::<Vec<_>>(),
        ["Price, quality", "Staff", "Place"]
    );
    assert_eq!(question(&found, "tool").separator.as_deref(), Some(";"));
    assert_eq!(question(&found, "codes").separator.as_deref(), Some(","));
    assert!(why(&found, "why").contains("`Price, quality` taken as one option"));
}

#[test]
fn groups_of_promoters_check_the_marks() {
    let rows =
        [("10", "Promoter"), ("8", "Passive"), ("3", "Detractor"), ("9", "Promoter"), ("0", "Detractor")];
    let text = |rows: &[(&str, &str)]| {
        rows.iter()
            .cycle()
            .take(40)
            .fold("Q3,Q3_NPS_GROUP\n".to_owned(), |text, (mark, group)| format!("{text}{mark},{group}\n"))
    };
    let found = inferred(&text(&rows));
    assert_eq!(takes(&found)[1], "Q3_NPS_GROUP skip");
    let wrong =
        [("10", "Passive"), ("8", "Passive"), ("3", "Detractor"), ("9", "Promoter"), ("0", "Detractor")];
    let typed = csat::survey::inference::As::parse("Q3=nps").unwrap();
    let _ = typed;
    let found = inferred(&text(&wrong).replace("Q3", "nps"));
    assert_eq!(takes(&found), ["nps nps", "nps_NPS_GROUP skip?"]);
}

#[test]
fn words_that_only_look_like_scales() {
    let found = inferred(&file(
        80,
        &[
            ("region", &["North", "South", "East"]),
            ("product", &["Good", "Bad"]),
            ("plan", &["Free", "Basic", "Premium"]),
            ("colour", &["red", "green", "blue"]),
            ("answer", &["yes", "no"]),
            ("antwort", &["ja", "nein"]),
            ("size", &["small", "medium", "large"]),
        ],
    ));
    for (finding, taken) in found.findings.iter().zip(takes(&found)) {
        assert!(taken.contains(" segment"), "{taken}: {}", finding.why);
    }
    assert_eq!(found.survey.questions, []);
}
