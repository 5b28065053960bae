use super::*;

fn guessed(name: &str, values: &[(&str, u64)]) -> Guess {
    guess(&Column::of(&ColumnProfile {
        name: name.to_owned(),
        values: values.iter().map(|(text, count)| ((*text).to_owned(), *count)).collect(),
        filled: values.iter().map(|(_, count)| count).sum(),
        ..ColumnProfile::default()
    }))
}

const FIVE: &[(&str, u64)] = &[("1", 2), ("2", 3), ("3", 4), ("4", 8), ("5", 9)];

fn taken(name: &str, values: &[(&str, u64)]) -> (&'static str, bool) {
    let guess = guessed(name, values);
    (guess.taken.name(), guess.sure)
}

#[test]
fn yes_and_no_postal_codes_and_kinds_of_customers_are_not_scored() {
    let flags: &[(&str, u64)] = &[("0", 40), ("1", 30)];
    for name in ["flag", "nps flag", "satisfied", "easy"] {
        assert_eq!(taken(name, flags).0, "skip", "{name}");
    }
    assert_eq!(taken("plz", FIVE).0, "skip");
    assert_eq!(taken("zip", FIVE).0, "skip");
    assert_eq!(taken("customer type", FIVE).0, "segment");
    assert_eq!(taken("weekday", FIVE).0, "segment");
}

#[test]
fn measures() {
    assert_eq!(taken("overall_satisfaction", FIVE), ("csat", true));
    assert_eq!(taken("q1", FIVE), ("rating", true));
    assert_eq!(taken("nps", &[("0", 1), ("9", 5), ("10", 3)]), ("nps", true));
    assert_eq!(taken("recommend", FIVE), ("nps", true), "26 answers say little");
    let many: Vec<(&str, u64)> = FIVE.iter().map(|(text, count)| (*text, count * 10)).collect();
    assert_eq!(taken("recommend", &many), ("rating", false));
    assert_eq!(taken("effort", FIVE), ("rating", false));
    assert_eq!(guessed("effort", FIVE).offer, Some(Taken::Measure(Measure::Ces)));
    assert_eq!(taken("x_importance", FIVE), ("importance", true));
    assert_eq!(taken("q2", &[("Agree", 3), ("Strongly agree", 2), ("Neutral", 1)]).0, "rating");
    assert_eq!(taken("q3", &[("1 - Poor", 3), ("2", 2), ("5 - Great", 1)]), ("rating", true));
}

#[test]
fn what_is_never_scored() {
    for (name, values) in [
        ("q1", &[("5", 30)][..]),
        ("birth", &[("1984", 3), ("1990", 2)]),
        ("amount", &[("1.5", 3), ("2", 2)]),
        ("minutes", &[("15", 3), ("2", 2), ("90", 1)]),
        ("phone", &[("555 123 4567", 1), ("555-123-9999", 1)]),
        ("contact", &[("a@b.org", 1), ("c@d.org", 1)]),
        ("zip", &[("21215", 4), ("21230", 5)]),
        ("q9_comment", &[("fine food", 9), ("slow", 9)]),
        ("q", &[]),
        ("q", &[("N/A", 4)]),
    ] {
        assert_eq!(taken(name, values), ("skip", true), "{name}");
    }
    assert_eq!(guessed("w", &[]).why, "no answers");
    let ids: Vec<String> = (0..50).map(|row| (row + 10_000).to_string()).collect();
    let ids: Vec<(&str, u64)> = ids.iter().map(|id| (id.as_str(), 1)).collect();
    assert_eq!(taken("number", &ids).0, "skip");
    assert_eq!(taken("response_id", &ids), ("id", true));
    assert_eq!(taken("weight", &[("0.5", 3), ("1.5", 2)]), ("skip", true));
    assert!(guessed("weight", &[("0.5", 3), ("1.5", 2)]).why.contains("--weight weight"));
}

#[test]
fn segments_and_dates() {
    assert_eq!(taken("region", &[("North", 3), ("South", 2)]), ("segment", true));
    assert_eq!(taken("x", &[("North", 3), ("South", 2)]), ("segment", false));
    assert_eq!(taken("gender", &[("1", 3), ("2", 2)]), ("segment", false));
    assert_eq!(taken("x", &[("1", 3), ("2", 2)]), ("skip", false));
    assert_eq!(taken("when", &[("2026-01-01", 3), ("2026-01-02", 1)]), ("date", true));
    assert_eq!(taken("x", &[("North", 1), ("South", 1)]).0, "skip");
    assert_eq!(taken("x", &[("a;b", 5), ("a", 5), ("c", 1)]), ("multi", false));
}

#[test]
fn options_in_columns_of_their_own_are_shares() {
    assert_eq!(taken("q4_1", &[("Not selected", 90), ("The price, and the rest", 10)]), ("choice", true));
    let rude = [("No, not rude at all", 30), ("Yes, somewhat rude", 20), ("Yes, very rude", 9)];
    assert_ne!(taken("is it rude", &rude).0, "multi");
    let asked = [("Yes", 30), ("No", 20)];
    assert_eq!(taken("Did you ever tell your significant other?", &asked).0, "segment");
}

#[test]
fn guesses_that_the_values_do_not_carry_are_marked() {
    assert_eq!(taken("install3.1", &[("4", 30), ("5", 60)]), ("rating", false));
    assert_eq!(taken("csat", &[("4", 30), ("5", 60)]), ("csat", true));
    assert_eq!(taken("consent", &[("1", 95), ("2", 3)]), ("skip", false));
    let asked = "I agree that all questions were answered to my satisfaction";
    assert_eq!(taken(asked, &[("1", 95), ("2", 3)]), ("skip", false));
    assert_eq!(taken("csat", &[("1", 60), ("2", 30), ("3", 9)]).0, "csat");
    let unhappy = [("1", 117), ("3", 3)];
    assert_eq!(taken("satisfaction", &unhappy).0, "csat");
    assert_eq!(taken("How satisfied are you with our branch?", &unhappy).0, "csat");
    for name in ["rating", "staff_quality", "overall", "likelihood to recommend"] {
        assert_ne!(taken(name, &unhappy).0, "skip", "{name}");
    }
    for name in ["q1", "Do you agree to take part in this survey?", "I accept the terms"] {
        assert_eq!(taken(name, &unhappy), ("skip", false), "{name}");
    }
    let many: Vec<String> = (0..231).map(|number| format!("Kind {number}x")).collect();
    let many: Vec<(&str, u64)> = many.iter().map(|kind| (kind.as_str(), 60)).collect();
    assert_eq!(taken("SRType", &many), ("segment", false));
    assert_eq!(taken("MemberSite", &many), ("segment", false));
    let numbers: Vec<String> = (0..1_001).map(|number| (number + 900).to_string()).collect();
    let column = ColumnProfile {
        name: "d".to_owned(),
        values: numbers.iter().map(|number| (number.clone(), 60)).collect(),
        filled: 73_421,
        overflow: true,
        ..ColumnProfile::default()
    };
    let found = guess(&Column::of(&column));
    assert_eq!((found.taken, found.why.starts_with("more than 1,000")), (Taken::Skip, true), "{found:?}");
}

#[test]
fn a_name_says_what_a_wording_does_not() {
    let column = ColumnProfile {
        name: "gender".to_owned(),
        values: [("1", 30), ("2", 30), ("3", 3)].map(|(text, count)| (text.to_owned(), count)).to_vec(),
        filled: 63,
        facts: ColumnFacts {
            text: Some("How do you think of yourself?".to_owned()),
            ..ColumnFacts::default()
        },
        ..ColumnProfile::default()
    };
    assert_eq!(guess(&Column::of(&column)).taken, Taken::Segment);
}

#[test]
fn ids_may_repeat() {
    let ids: Vec<String> = (0..300).map(|row| format!("R{}", 1000 + row)).collect();
    let ids: Vec<(&str, u64)> =
        ids.iter().map(|id| (id.as_str(), if id.ends_with('7') { 2 } else { 1 })).collect();
    assert_eq!(taken("response_id", &ids), ("id", true));
    assert_eq!(taken("customer_id", &ids), ("customer", true));
    assert_eq!(taken("product_id", &ids).0, "skip");
}

#[test]
fn outcomes_school_marks_and_many_cities() {
    let ends = [("Completed", 60), ("Refused", 20), ("No answer", 9)];
    let column = |name: &str| {
        let values = ends.iter().map(|(text, count)| ((*text).to_owned(), *count)).collect();
        ColumnProfile { name: name.to_owned(), values, filled: 89, ..ColumnProfile::default() }
    };
    assert_eq!(Values::of(&column("call_status")).texts.len(), 3);
    assert_eq!(Values::of(&column("income")).texts.len(), 1);
    for name in ["Schulnote", "Note (1-6)", "School mark"] {
        let marks = guessed(name, &[("1", 20), ("2", 20), ("3", 9), ("4", 9)]);
        let Some(Answers::Points(points, _)) = marks.answers else { panic!("{name}") };
        assert_eq!((points.min, points.max, points.best, marks.sure), (1, 6, Best::Low, false), "{name}");
    }
    let cities: Vec<String> = (0..762).map(|city| format!("City {city}x")).collect();
    let cities: Vec<(&str, u64)> = cities.iter().map(|city| (city.as_str(), 3)).collect();
    assert_eq!(taken("City", &cities), ("skip", false));
    assert_eq!(taken("Qué tan difícil fue", FIVE), ("rating", false));
}
