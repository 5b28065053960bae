//! Checklists: figures by hand, a column or a row an item, corners, what is not known, hostile texts, the forms.

use serde_json::{Value, json};

use crate::support::{Workdir, estimate, run_in};

/// Every item has its row, and each that is not answered with yes is among what is missing.
pub(crate) fn every_item_is_told(report: &Value, name: &str) {
    let found = section(report);
    let items = found["items"].as_array().unwrap();
    assert!(items.len() >= 12 && found["overall"]["fulfilled"].is_number(), "{name}");
    let missing: Vec<&str> =
        found["missing"].as_array().unwrap().iter().map(|row| row["question"].as_str().unwrap()).collect();
    for item in items {
        assert!(item["clause"].is_string() && item["owners"].is_array(), "{name}: {item}");
        let is_met = item["yes"] == 1 && item["yes_without_evidence"] == 0 || item["not_applicable"] == 1;
        assert_eq!(!is_met, missing.contains(&item["question"].as_str().unwrap()), "{name}: {item}");
    }
    assert_eq!(found["unknown_items"], json!({ "unknown": 0, "blank": 0, "places": [] }), "{name}");
}

fn section(report: &Value) -> &Value {
    let sections = report["sections"].as_array().unwrap();
    sections.iter().find(|section| section["kind"] == "checklist").unwrap()
}

fn clause<'a>(found: &'a Value, standard: &str, number: &Value) -> &'a Value {
    let rows = found["clauses"].as_array().unwrap();
    rows.iter().find(|row| row["standard"] == standard && row["clause"] == *number).unwrap()
}

fn analyze(definition: &str, answers: &str, more: &[&str]) -> Value {
    let workdir = Workdir::new();
    workdir.file("s.toml", definition);
    workdir.file("a.csv", answers);
    let arguments = [&["analyze", "a.csv", "--survey", "s.toml", "--format", "json"], more].concat();
    workdir.run(&arguments).report()
}

const LONG: &str = "[checklist]\nitem = \"item\"\nevidence = \"proof\"\nowner = \"owner\"\n\
    [question.purpose]\nmeasure = \"checklist\"\nclause = \"ISO 10004:2018, 6.1\"\ntext = \"Is there a purpose?\"\n\
    [question.indirect]\nmeasure = \"checklist\"\nclause = \"ISO 10004:2018, 7.3.2\"\n\
    [question.sample]\nmeasure = \"checklist\"\nclause = \"ISO 10004:2018, 7.3.3.3\"\n\
    [question.trend]\nmeasure = \"checklist\"\nclause = \"ISO 10004:2018, 7.10\"\n\
    [question.review]\nmeasure = \"checklist\"\nclause = \"ISO 10004:2018, 8\"\n\
    [question.receipt]\nmeasure = \"checklist\"\nclause = \"ISO 10002:2018, 7.2\"\n\
    [question.own]\nmeasure = \"checklist\"\n";

const ROWS: &str = "item,answer,proof,owner\npurpose,yes,manual,Quality\nindirect,partly,,Quality\n\
    sample,Ja,,Research\ntrend,no,,\nreview,n/a,,\nown,perhaps,,\n";

#[test]
fn a_row_an_item_gives_the_figures_worked_out_by_hand() {
    let report = analyze(LONG, ROWS, &[]);
    let found = section(&report);
    // Two yes, one partly, one no: (2 + 0.5) / 4; of yes alone 2 / 4. One does not apply, two have no answer.
    let overall = json!({
        "fulfilled": 62.5, "fulfilled_strictly": 50.0, "yes": 2, "partly": 1, "no": 1, "not_applicable": 1,
        "unanswered": 2, "flag": null
    });
    assert_eq!(found["overall"], overall);
    let names: Vec<String> = found["clauses"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| format!("{} {}", row["standard"].as_str().unwrap(), row["clause"].as_str().unwrap_or("-")))
        .collect();
    let guidance = ["-", "6", "6.1", "7", "7.3", "7.3.2", "7.3.3", "7.3.3.3", "7.10", "8"];
    let wanted: Vec<String> = guidance
        .iter()
        .map(|number| format!("ISO 10004:2018 {number}"))
        .chain(["-", "7", "7.2"].map(|number| format!("ISO 10002:2018 {number}")))
        .collect();
    assert_eq!(names, wanted);
    // 7.3.2 partly and 7.3.3.3 yes roll up to 7.3: (1 + 0.5) / 2; with 7.10 no to 7: 1.5 / 3.
    let of = |number: &str| clause(found, "ISO 10004:2018", &json!(number));
    assert_eq!((&of("7.3")["fulfilled"], &of("7.3")["fulfilled_strictly"]), (&json!(75.0), &json!(50.0)));
    assert_eq!(
        (&of("7")["fulfilled"], &of("7")["items"], &of("7")["depth"]),
        (&json!(50.0), &json!(3), &json!(1))
    );
    assert_eq!((&of("8")["fulfilled"], &of("8")["flag"]), (&Value::Null, &json!("no_answers")));
    let other = clause(found, "ISO 10002:2018", &Value::Null);
    assert_eq!((&other["unanswered"], &other["fulfilled"]), (&json!(1), &Value::Null));
    let missing: Vec<(&str, String)> = found["missing"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["question"].as_str().unwrap(), format!("{} {}", row["reasons"], row["owners"])))
        .collect();
    let wanted = [
        ("indirect", "[\"partly\"] [\"Quality\"]"),
        ("sample", "[\"without_evidence\"] [\"Research\"]"),
        ("trend", "[\"no\"] []"),
        ("receipt", "[\"unanswered\"] []"),
        ("own", "[\"unanswered\"] []"),
    ];
    assert_eq!(missing, wanted.map(|(item, why)| (item, why.to_owned())));
}

#[test]
fn figures_are_estimates_without_intervals() {
    let report = analyze(LONG, ROWS, &[]);
    let all = estimate(&report, "checklist", "fulfilled", &[]);
    assert_eq!((&all["value"], &all["base"], &all["unit"]), (&json!(62.5), &json!(4), &json!("percent")));
    assert_eq!((&all["low"], &all["flag"]), (&Value::Null, &json!("census")));
    assert_eq!(estimate(&report, "checklist", "fulfilled_strictly", &[])["value"], 50.0);
    assert_eq!(estimate(&report, "checklist", "no", &[])["value"], 1.0);
    assert_eq!(estimate(&report, "checklist.ISO 10004:2018, 7.3", "fulfilled", &[])["value"], 75.0);
    assert_eq!(estimate(&report, "indirect", "fulfilled", &[])["value"], 50.0);
    let none = estimate(&report, "review", "fulfilled", &[]);
    assert_eq!((&none["value"], &none["flag"]), (&Value::Null, &json!("no_answers")));
    assert!(report["estimates"].as_array().unwrap().iter().all(|figure| figure["low"].is_null()));
}

#[test]
fn an_answer_that_nobody_knows_and_an_unknown_item_are_counted_with_their_places() {
    let rows = format!("{ROWS}purpos,yes,,\n,yes,,\n");
    let report = analyze(LONG, &rows, &[]);
    let lines = report["ledger"]["questions"].as_array().unwrap();
    let own = lines.iter().find(|line| line["question"] == "own").unwrap();
    assert_eq!((&own["invalid"], &own["not_asked"]), (&json!(1), &json!(7)));
    assert_eq!((&own["places"][0]["line"], &own["places"][0]["column"]), (&json!(7), &json!(2)));
    let found = section(&report);
    assert_eq!((&found["unknown_answers"], &found["unknown_places"][0]["line"]), (&json!(1), &json!(7)));
    assert!(!report["notes"].to_string().contains("all_invalid"), "{}", report["notes"]);
    let unknown = &found["unknown_items"];
    assert_eq!((&unknown["unknown"], &unknown["blank"]), (&json!(1), &json!(1)));
    assert_eq!((&unknown["places"][0]["line"], &unknown["places"][0]["column"]), (&json!(8), &json!(1)));
    // Every line of the ledger adds up to all rows.
    for line in lines {
        let parts = ["answered", "not_applicable", "dont_know", "blank", "invalid", "not_asked"];
        assert_eq!(parts.iter().map(|part| line[part].as_u64().unwrap()).sum::<u64>(), 8, "{line}");
    }
}

#[test]
fn an_item_may_be_named_by_its_text_and_rows_may_be_in_any_order() {
    let turned: Vec<&str> = ROWS.lines().skip(1).collect();
    let mut turned: Vec<String> = turned.into_iter().rev().map(str::to_owned).collect();
    for row in &mut turned {
        *row = row.replace("purpose,", "Is there a purpose?,");
    }
    let turned = format!("item,answer,proof,owner\n{}\n", turned.join("\n"));
    let (one, other) = (analyze(LONG, ROWS, &[]), analyze(LONG, &turned, &[]));
    assert_eq!(one["estimates"], other["estimates"]);
    // Where something stands in the file is all that the order of rows may change.
    let without_places = |report: &Value| {
        let mut found = section(report).clone();
        found["unknown_places"] = Value::Null;
        found
    };
    assert_eq!(without_places(&one), without_places(&other));
}

const WIDE: &str = "[data]\ndate = \"day\"\n[segment.site]\n[checklist]\nassessor = \"who\"\n\
    [question.a]\nmeasure = \"checklist\"\nclause = \"ISO 10001:2018, 6.4\"\nevidence = \"a_proof\"\nowner = \"a_owner\"\n\
    [question.b]\nmeasure = \"checklist\"\nclause = \"ISO 10001:2018, 8.2\"\ntarget = 60\n\
    [question.c]\nmeasure = \"checklist\"\n";

const COLUMNS: &str = "who,day,site,a,a_proof,a_owner,b,c\nAnn,2026-08-01,N,yes,x,Bo,no,0.5\n\
    Bob,2026-08-02,N,Y,,Bo,1,n/a\nCem,2026-08-03,S,oui,doc,Di,en parte,0\n";

#[test]
fn a_column_an_item_gives_the_mean_of_assessors_and_how_they_agree() {
    let report = analyze(WIDE, COLUMNS, &[]);
    let found = section(&report);
    // a: yes yes yes; b: no yes partly, a half; c: partly no, and once not applicable.
    assert_eq!(estimate(&report, "a", "fulfilled", &[])["value"], 100.0);
    let b = estimate(&report, "b", "fulfilled", &[]);
    assert_eq!((&b["value"], &b["target_verdict"]), (&json!(50.0), &json!("missed")));
    assert_eq!(estimate(&report, "c", "fulfilled", &[])["value"], 25.0);
    // 4 yes, 2 partly, 2 no: 5 / 8.
    assert_eq!(found["overall"]["fulfilled"], 62.5);
    assert_eq!(estimate(&report, "checklist", "fulfilled", &[("site", "S")])["value"], 50.0);
    assert_eq!(found["items"][0]["yes_without_evidence"], 1);
    assert_eq!(found["items"][0]["owners"], json!(["Bo", "Di"]));
    assert_eq!(found["items_judged_repeatedly"], 3);
    // Pairs alike: 3 of 3 for a, none for b and c: 1 / 3. Fleiss' kappa by statsmodels 0.15.0 of the rows
    // [3,0,0,0], [1,1,1,0], [0,1,1,1]: 0.0357142857143.
    let assessors = &found["assessors"];
    assert_eq!(
        (&assessors["assessors"], &assessors["items"], &assessors["judgements"]),
        (&json!(3), &json!(3), &json!(3))
    );
    assert_eq!(assessors["agreement"], 0.333_333_333_333);
    assert_eq!(assessors["kappa"], json!(KAPPA));
    assert!(!report.to_string().contains("Ann"), "nobody is named who judged");
}

/// statsmodels 0.15.0, rounded to the report's 12 digits.
const KAPPA: f64 = 0.035_714_285_714_3;

#[test]
fn nothing_answered_not_applicable_alone_and_one_item() {
    let one = "[question.a]\nmeasure = \"checklist\"\nclause = \"ISO 10002:2018, 7.2\"\n";
    for (answers, yes, not_applicable, unanswered, fulfilled) in [
        ("a,x\n,1\n", 0, 0, 1, Value::Null),
        ("a,x\nn/a,1\n", 0, 1, 0, Value::Null),
        ("a,x\ndon't know,1\n", 0, 0, 1, Value::Null),
        ("a,x\nyes,1\n", 1, 0, 0, json!(100.0)),
        ("a,x\nnein,1\n", 0, 0, 0, json!(0.0)),
    ] {
        let report = analyze(one, answers, &[]);
        let overall = &section(&report)["overall"];
        assert_eq!(overall["fulfilled"], fulfilled, "{answers}");
        let counts = [&overall["yes"], &overall["not_applicable"], &overall["unanswered"]];
        assert_eq!(counts, [&json!(yes), &json!(not_applicable), &json!(unanswered)], "{answers}");
        assert_eq!(overall["flag"].is_null(), !fulfilled.is_null());
    }
}

#[test]
fn answers_in_four_languages_by_number_and_by_letter() {
    let definition = "[question.a]\nmeasure = \"checklist\"\n[segment.n]\n";
    let met = ["yes", "Ja", "OUI", "sí", "1", "y", "1.0", "true", "✓", "100"];
    let half = ["partly", "teilweise", "en partie", "En parte", "0.5", "0,5", "p", "partially"];
    let not = ["no", "nein", "Non", "0", "n", "false"];
    for (texts, value) in [(&met[..], 100.0), (&half[..], 50.0), (&not[..], 0.0)] {
        for text in texts {
            let report = analyze(definition, &format!("a;n\n{text};1\n"), &[]);
            assert_eq!(estimate(&report, "a", "fulfilled", &[])["value"], value, "{text}");
        }
    }
    let own = "[scale.own]\nmin = 1\nmax = 3\nbest = \"low\"\nlabels = [\"erfüllt\", \"halb\", \"offen\"]\n\
               [question.a]\nmeasure = \"checklist\"\nscale = \"own\"\n";
    let report = analyze(own, "a,x\nhalb,1\n1,1\n", &[]);
    assert_eq!(estimate(&report, "a", "fulfilled", &[])["value"], 75.0);
}

#[test]
fn every_format_shows_it_and_words_promise_nothing() {
    let workdir = Workdir::new();
    workdir.file("s.toml", LONG);
    workdir
        .file("a.csv", format!("{ROWS}\"<script>alert(1)</script>\",\"=1+1\",,\npurpose,=cmd(),,\"<b>\"\n"));
    for format in ["table", "md", "csv", "json", "html"] {
        let run = match format {
            "html" => workdir.run(&["report", "a.csv", "--survey", "s.toml", "--format", format]),
            _ => workdir.run(&["analyze", "a.csv", "--survey", "s.toml", "--format", format]),
        };
        assert_eq!(run.code, 0, "{format}: {}", run.stderr);
        let small = run.stdout.to_lowercase();
        for word in ["certif", "complian"] {
            assert!(!small.contains(word), "{format}: {word}");
        }
        assert!(!small.contains("<script>alert") && !small.contains("\n=cmd"), "{format}");
    }
    for (language, words) in [
        ("en", ["Self-assessment", "What is missing", "Unanswered"]),
        ("de", ["Selbstbewertung", "Was fehlt", "Ohne Antwort"]),
        ("fr", ["Auto-évaluation", "Ce qui manque", "Sans réponse"]),
        ("es", ["Autoevaluación", "Qué falta", "Sin respuesta"]),
    ] {
        let run =
            workdir.run(&["report", "a.csv", "--survey", "s.toml", "--format", "md", "--language", language]);
        for word in words {
            assert!(run.stdout.contains(word), "{language}: {word}\n{}", run.stdout);
        }
    }
}

#[test]
fn a_saved_report_shows_the_same() {
    let workdir = Workdir::new();
    workdir.file("s.toml", WIDE);
    workdir.file("a.csv", COLUMNS);
    let page = ["--format", "md", "-o"];
    let run = |arguments: &[&str]| assert_eq!(workdir.run(arguments).code, 0);
    run(&[&["report", "a.csv", "--survey", "s.toml"], &page[..], &["one.md"]].concat());
    run(&["report", "a.csv", "--survey", "s.toml", "-o", "saved.json"]);
    run(&[&["report", "saved.json"], &page[..], &["two.md"]].concat());
    assert_eq!(workdir.read("one.md"), workdir.read("two.md"));
    assert!(workdir.read("one.md").contains("ISO 10001:2018"));
}

#[test]
fn a_gate_may_look_at_an_item_and_at_all_together() {
    let workdir = Workdir::new();
    workdir.file("s.toml", LONG);
    workdir.file("a.csv", ROWS);
    for (condition, code) in [
        ("checklist.value < 60", 0),
        ("checklist.value < 70", 3),
        ("checklist.no.value > 0", 3),
        ("purpose.value < 100", 0),
        ("indirect.value < 60", 3),
    ] {
        let run = workdir.run(&["gate", "a.csv", "--survey", "s.toml", "--fail-if", condition]);
        assert_eq!(run.code, code, "{condition}: {}{}", run.stdout, run.stderr);
    }
}

#[test]
fn a_trend_is_of_all_items_together() {
    let mut rows = String::from("item,answer,proof,owner,day\n");
    for (day, sample) in [("2026-01-10", "no"), ("2026-04-10", "partly"), ("2026-07-10", "yes")] {
        for (item, answer) in [("purpose", "yes"), ("sample", sample)] {
            rows += &format!("{item},{answer},,,{day}\n");
        }
    }
    let definition = format!("[data]\ndate = \"day\"\nwave = {{ every = \"quarter\" }}\n{LONG}");
    let workdir = Workdir::new();
    workdir.file("s.toml", definition);
    workdir.file("a.csv", rows);
    let report = workdir.run(&["trend", "a.csv", "--survey", "s.toml", "--format", "json"]).report();
    let trends: Vec<&Value> =
        report["sections"].as_array().unwrap().iter().filter(|section| section["kind"] == "trend").collect();
    assert_eq!(trends.len(), 1);
    assert_eq!(trends[0]["question"], "checklist");
    let values: Vec<&Value> =
        trends[0]["points"].as_array().unwrap().iter().map(|point| &point["value"]).collect();
    assert_eq!(values, [&json!(50.0), &json!(75.0), &json!(100.0)]);
}

#[test]
fn a_group_that_is_too_small_is_hidden_everywhere() {
    let hidden = WIDE.replace("[data]", "[survey]\nsuppress_below = 2\n[data]");
    let report = analyze(&hidden, COLUMNS, &[]);
    let groups = section(&report)["groups"].as_array().unwrap();
    assert_eq!(groups.len(), 2);
    for group in groups {
        // One is below the limit, the other would tell it by subtraction.
        assert!(group["flag"] == "suppressed" || group["flag"] == "complementary", "{group}");
        let figures =
            ["fulfilled", "fulfilled_strictly", "yes", "partly", "no", "not_applicable", "unanswered"];
        assert!(figures.iter().all(|figure| group[figure].is_null()), "{group}");
    }
    let of_site = estimate(&report, "checklist", "fulfilled", &[("site", "S")]);
    assert_eq!((&of_site["value"], &of_site["base"]), (&Value::Null, &Value::Null));
    assert_eq!(section(&report)["overall"]["fulfilled"], 62.5);
}

#[test]
fn a_file_without_the_columns_is_refused_by_name() {
    let workdir = Workdir::new();
    workdir.file("s.toml", LONG);
    workdir.file("a.csv", "item,answr,proof,owner\npurpose,yes,,\n");
    let run = workdir.run(&["analyze", "a.csv", "--survey", "s.toml"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(run.stderr.contains("answer") && run.stderr.contains("answr"), "{}", run.stderr);
}

#[test]
fn filled_complaint_forms_are_read_by_complaints() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |name: &str| {
        let file = format!("surveys/data/{name}.csv");
        run_in(root, &["complaints", &file, "--survey", name, "--format", "json"], b"").report()
    };
    for name in ["complaint-form", "complaint-follow-up-form"] {
        let report = read(name);
        assert_eq!(estimate_of(&report, "count"), 112.0, "{name}");
        let found = &report["sections"][0];
        assert_eq!(found["kind"], "complaints");
        assert!(
            found["categories"]["rows"].as_array().is_some_and(|rows| rows.len() >= 10),
            "{name}: {found}"
        );
    }
    let followed = read("complaint-follow-up-form");
    assert!(estimate_of(&followed, "closed_in_time") > 0.0);
    assert!(estimate_of(&followed, "upheld") > 0.0);
    assert!(estimate_of(&followed, "time_to_close_median") > 0.0);
}

fn estimate_of(report: &Value, statistic: &str) -> f64 {
    let figures = report["estimates"].as_array().unwrap().iter();
    let mut all = figures.filter(|figure| {
        figure["statistic"] == statistic
            && figure["segment"].as_object().unwrap().is_empty()
            && figure["wave"].is_null()
    });
    all.next().unwrap_or_else(|| panic!("{statistic}"))["value"].as_f64().unwrap()
}
