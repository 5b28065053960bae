//! An explicit no to every option of a question is an answer, an empty cell is none.

use serde_json::Value;

use super::support::{Workdir, estimate};

/// A LimeSurvey export in German: 6 chose something, 3 said no to both, 1 to one of two, 2 nothing at all.
fn lime() -> String {
    let ticks = [
        ("Ja", "Nein"),
        ("Ja", "Ja"),
        ("Nein", "Ja"),
        ("Ja", ""),
        ("", "Ja"),
        ("Ja", "Nein"),
        ("Nein", "Nein"),
        ("Nein", "Nein"),
        ("Nein", "Nein"),
        ("Nein", ""),
        ("", ""),
        ("", ""),
    ];
    let head = "id. Antwort ID,submitdate. Datum Abgeschickt,lastpage. Letzte Seite,startlanguage. Start-Sprache,\
                Q1. Zufriedenheit,Q3[SQ001]. Was war gut? [Preis],Q3[SQ002]. Was war gut? [Service]\n";
    let row = |(number, (price, service)): (usize, &(&str, &str))| {
        format!("{number},2026-07-01 10:00:00,3,de,{},{price},{service}\n", number % 5 + 1)
    };
    head.to_owned() + &ticks.iter().enumerate().map(row).collect::<String>()
}

/// Options with value and base.
fn shares(report: &Value, question: &str) -> Vec<(String, f64, u64)> {
    let distribution = report["distributions"]
        .as_array()
        .unwrap()
        .iter()
        .find(|distribution| distribution["question"] == question)
        .unwrap_or_else(|| panic!("no distribution of {question}: {report}"));
    let _ = estimate;
    serde_json::from_value::<Vec<Value>>(distribution["points"].clone())
        .unwrap()
        .iter()
        .map(|point| {
            (
                point["label"].as_str().unwrap().to_owned(),
                point["count"].as_f64().unwrap(),
                distribution["base"].as_u64().unwrap(),
            )
        })
        .collect()
}

#[test]
fn who_says_no_to_every_option_is_in_the_base() {
    let work = Workdir::new();
    work.file("lime.csv", lime());
    let report = work.run(&["analyze", "lime.csv", "--format", "json"]).report();
    println!("{}", serde_json::to_string_pretty(&report).unwrap());
    let line = report["ledger"]["questions"].as_array().unwrap().iter().find(|line| line["question"] == "Q3");
    let line = line.unwrap();
    assert_eq!((line["answered"].as_u64(), line["blank"].as_u64()), (Some(10), Some(2)), "{line}");
    let _ = shares;
}
