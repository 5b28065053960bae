//! An explicit no to every option of a question is an answer, an empty cell is none.

use serde_json::Value;

use super::support::{Run, Workdir, estimate};

/// Who ticked what: 6 chose something, 3 said no to both, 1 to one of two, 2 nothing at all.
const TICKS: [(Option<bool>, Option<bool>); 12] = [
    (Some(true), Some(false)),
    (Some(true), Some(true)),
    (Some(false), Some(true)),
    (Some(true), None),
    (None, Some(true)),
    (Some(true), Some(false)),
    (Some(false), Some(false)),
    (Some(false), Some(false)),
    (Some(false), Some(false)),
    (Some(false), None),
    (None, None),
    (None, None),
];

/// A LimeSurvey export with these words for yes and no.
fn lime(yes: &str, no: &str) -> String {
    let head = "id. Antwort ID,submitdate. Datum Abgeschickt,lastpage. Letzte Seite,startlanguage. Start-Sprache,\
                Q1. Zufriedenheit,Q3[SQ001]. Was war gut? [Preis],Q3[SQ002]. Was war gut? [Service]\n";
    let mut text = head.to_owned();
    // Enough that several answers in a cell are no accident.
    for (number, (price, service)) in TICKS.iter().cycle().take(60).enumerate() {
        let word = |tick: &Option<bool>| match tick {
            None => "",
            Some(true) => yes,
            Some(false) => no,
        };
        let (day, rating) = (number % 28 + 1, number % 5 + 1);
        let (price, service) = (word(price), word(service));
        text += &format!("{number},2026-07-{day:02} 10:00:00,3,de,{rating},{price},{service}\n");
    }
    text
}

/// Value and base of both options, and how many have answered and left the question out.
fn figures(run: &Run) -> Vec<(f64, u64)> {
    let report = run.report();
    let share = |option: &str| {
        let found = estimate(&report, "Q3", &format!("share:{option}"), &[]);
        (found["value"].as_f64().unwrap(), found["base"].as_u64().unwrap())
    };
    let lines = report["ledger"]["questions"].as_array().unwrap();
    let line = lines.iter().find(|line| line["question"] == "Q3").unwrap();
    let of = |key: &str| (0.0, line[key].as_u64().unwrap());
    let figures = vec![share("Preis"), share("Service"), of("answered"), of("blank")];
    assert!(!names(&report).iter().any(|name| name.contains("none chosen")), "{}", run.stdout);
    figures
}

fn names(report: &Value) -> Vec<String> {
    let estimates = report["estimates"].as_array().unwrap();
    estimates.iter().map(|estimate| estimate["statistic"].as_str().unwrap().to_owned()).collect()
}

const WANTED: [(f64, u64); 4] = [(40.0, 50), (30.0, 50), (0.0, 50), (0.0, 10)];

#[test]
fn who_says_no_to_every_option_is_in_the_base() {
    for (yes, no) in [("Ja", "Nein"), ("Y", "N"), ("Oui", "Non")] {
        let work = Workdir::new();
        work.file("lime.csv", lime(yes, no));
        assert_eq!(figures(&work.run(&["analyze", "lime.csv", "--format", "json"])), WANTED, "{yes}");
    }
}

#[test]
fn empty_cells_alone_stay_no_answer() {
    let work = Workdir::new();
    work.file("lime.csv", lime("Y", ""));
    let found = figures(&work.run(&["analyze", "lime.csv", "--format", "json"]));
    assert_eq!((found[0].1, found[2].1, found[3].1), (30, 30, 30), "{found:?}");
}

#[test]
fn the_plain_table_gives_the_same() {
    let work = Workdir::new();
    work.file("lime.csv", lime("Ja", "Nein"));
    let imported = work.run(&["import", "lime.csv"]);
    assert_eq!(imported.code, 0, "{}", imported.stderr);
    assert_eq!(work.read("lime.clean.csv").matches("(none chosen)").count(), 20);
    let clean = ["analyze", "lime.clean.csv", "--format", "json", "--survey"];
    assert_eq!(figures(&work.run(&[&clean[..], &["lime.clean.toml"]].concat())), WANTED);
    assert_eq!(figures(&work.run(&[&clean[..], &["none"]].concat())), WANTED, "inferred anew");
}
