//! Reliability, retests, indices and path models through the program: against other programs' figures, and corners.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::support::{Run, Workdir};

/// The bank of the reference cases with its five ratings, an overall one asked twice, and importances.
const BANK: &str = "[block.ratings]\nquestions = [\"csat_staff\", \"csat_speed\", \"csat_product\", \"csat_digital\", \
    \"csat_price\", \"csat_overall\"]\nmeasure = \"csat\"\n\
    [question.csat_retest]\nmeasure = \"csat\"\nretest_of = \"csat_overall\"\n\
    [question.nps]\nmeasure = \"nps\"\n\
    [construct.service]\nlabel = \"Service\"\n\
    items = [\"csat_staff\", \"csat_speed\", \"csat_product\", \"csat_digital\", \"csat_price\"]\n";

fn bank(topic: &str, definition: &str) -> Workdir {
    let folder = Workdir::new();
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference").join(topic).join("bank_a.csv");
    folder.file("bank.csv", fs::read(data).unwrap());
    folder.file("bank.toml", definition);
    folder
}

fn sections(folder: &Workdir, file: &str, arguments: &[&str]) -> Vec<Value> {
    let arguments: Vec<&str> =
        ["analyze", file].iter().chain(arguments).chain(&["--format", "json"]).copied().collect();
    let Run { stdout, stderr, code } = folder.run(&arguments);
    assert_eq!(code, 0, "{stderr}");
    let report: Value = serde_json::from_str(&stdout).unwrap();
    report["sections"].as_array().unwrap().clone()
}

fn of_kind(sections: &[Value], kind: &str) -> Value {
    let found = sections.iter().find(|section| section["kind"] == kind);
    found.unwrap_or_else(|| panic!("no {kind} in {sections:?}")).clone()
}

fn near(found: &Value, expected: f64) {
    let found = found.as_f64().unwrap_or_else(|| panic!("{found} for {expected}"));
    assert!((found - expected).abs() < 1e-9, "{found} for {expected}");
}

/// A case of a topic of tests/reference for the bank.
fn expected(topic: &str, id: &str, key: &str) -> Value {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference");
    let text = fs::read_to_string(root.join(topic).join("expected.json")).unwrap();
    let cases: Vec<Value> = serde_json::from_str(&text).unwrap();
    let of_bank = |case: &&Value| {
        let has_value = key.is_empty() || !case["value"][key].is_null();
        case["id"] == id && case["data"] == "bank_a.csv" && has_value
    };
    cases.iter().find(of_bank).unwrap()["value"].clone()
}

#[test]
fn the_alpha_of_a_bank_is_that_of_psych() {
    let folder = bank("reliability", &BANK.replace("[question.nps]\nmeasure = \"nps\"\n", ""));
    let sections = sections(&folder, "bank.csv", &[]);
    let section = of_kind(&sections, "reliability");
    let psych = expected("reliability", "reliability.alpha", "std_alpha");
    assert_eq!(
        (&section["construct"], &section["label"]),
        (&Value::from("service"), &Value::from("Service"))
    );
    assert_eq!(section["base"], psych["n"]);
    near(&section["alpha"], psych["alpha"].as_f64().unwrap());
    near(&section["low"], psych["feldt_lower"].as_f64().unwrap());
    near(&section["high"], psych["feldt_upper"].as_f64().unwrap());
    near(&section["standardized_alpha"], psych["std_alpha"].as_f64().unwrap());
    let items = expected("reliability", "reliability.items", "");
    for row in section["rows"].as_array().unwrap() {
        let item = &items[row["question"].as_str().unwrap()];
        near(&row["item_rest"], item["item_rest_r"].as_f64().unwrap());
        near(&row["alpha_if_dropped"], item["alpha_if_dropped"].as_f64().unwrap());
        assert_eq!(row["runs_against"], false);
    }
    let omega = expected("reliability", "reliability.omega", "");
    let found = section["omega"].as_f64().unwrap();
    assert!((found - omega["omega_tot_ml1"].as_f64().unwrap()).abs() < 1e-4);
    let retest = &of_kind(&sections, "retests")["rows"][0];
    let irr = expected("reliability", "agreement.retest", "icc_a1");
    assert_eq!((&retest["question"], &retest["base"]), (&Value::from("csat_overall"), &irr["n"]));
    near(&retest["kappa"], irr["qwk"].as_f64().unwrap());
    near(&retest["kappa_linear"], irr["linear_kappa"].as_f64().unwrap());
    near(&retest["icc"], irr["icc_a1"].as_f64().unwrap());
    near(&retest["icc_low"], irr["icc_lower"].as_f64().unwrap());
    near(&retest["icc_high"], irr["icc_upper"].as_f64().unwrap());
}

const MODEL: &str = "[construct.contact]\nitems = [\"csat_staff\", \"csat_speed\"]\nindex = \"mean\"\n\
    [construct.offer]\nitems = [\"csat_product\", \"csat_digital\", \"csat_price\"]\nindex = \"first_component\"\n\
    [construct.satisfaction]\nitems = [\"csat_overall\", \"csat_retest\"]\n[construct.loyalty]\nitems = [\"nps\"]\n\
    [path_model]\npaths = [\"contact -> offer\", \"contact -> satisfaction\", \"offer -> satisfaction\", \
    \"contact -> loyalty\", \"satisfaction -> loyalty\"]\n";

#[test]
fn the_path_model_of_a_bank_is_that_of_seminr() {
    let folder = bank("indices", &format!("{BANK}{MODEL}"));
    let found = sections(&folder, "bank.csv", &[]);
    let model = of_kind(&found, "path_model");
    let seminr = expected("indices", "path_model", "");
    assert_eq!(model["base"], seminr["n"]);
    for (path, expected) in model["paths"].as_array().unwrap().iter().zip(seminr["paths"].as_array().unwrap())
    {
        let coefficient = expected.as_f64().unwrap();
        near(&path["coefficient"], coefficient);
        let (low, high) = (path["low"].as_f64().unwrap(), path["high"].as_f64().unwrap());
        assert!(low < coefficient && coefficient < high, "{path}");
    }
    for (item, expected) in
        model["items"].as_array().unwrap().iter().zip(seminr["loadings"].as_array().unwrap())
    {
        near(&item["loading"], expected.as_f64().unwrap());
    }
    assert_eq!(model["constructs"][0]["r2"], Value::Null);
    near(&model["constructs"][3]["r2"], seminr["r2"][3].as_f64().unwrap());
    // A construct of one question is in the model, and has no alpha to be told.
    assert!(found.iter().all(|section| section["construct"] != "loyalty"));
    let indices = of_kind(&found, "indices");
    assert_eq!(indices["rows"].as_array().unwrap().len(), 2);
    assert_eq!(indices["rows"][0]["value"], indices["rows"][0]["equal_weights"]);
}

#[test]
fn the_index_by_importance_is_that_of_the_definition() {
    let importances: String = ["staff", "speed", "product", "digital", "price"]
        .map(|item| {
            format!("[question.imp_{item}]\nmeasure = \"importance\"\nscale = \"ten\"\nimportance_of = \"csat_{item}\"\n")
        })
        .concat();
    let definition =
        format!("{BANK}index = \"importance_weighted\"\n{importances}[scale.ten]\nmin = 1\nmax = 10\n");
    let folder = bank("indices", &definition);
    let row = of_kind(&sections(&folder, "bank.csv", &[]), "indices")["rows"][0].clone();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference/indices/expected.json");
    let cases: Vec<Value> = serde_json::from_str(&fs::read_to_string(root).unwrap()).unwrap();
    let is_case = |case: &&Value| {
        case["id"] == "index.value"
            && case["data"] == "bank_a.csv"
            && case["inputs"]["kind"] == "importance_weighted"
    };
    let wanted = &cases.iter().find(is_case).unwrap()["value"];
    near(&row["value"], wanted["value"].as_f64().unwrap());
    assert_eq!((&row["respondents"], &row["renormalised"]), (&wanted["n"], &wanted["renormalised"]));
    for (weight, expected) in
        row["weights"].as_object().unwrap().values().zip(wanted["weights"].as_array().unwrap())
    {
        near(weight, expected.as_f64().unwrap());
    }
    assert!(row["low"].as_f64() < row["value"].as_f64() && row["value"].as_f64() < row["high"].as_f64());
}

#[test]
fn threads_and_order_change_nothing_and_a_turned_scale_keeps_the_alpha() {
    let folder = bank("indices", &format!("{BANK}{MODEL}"));
    let one = folder.run(&["analyze", "bank.csv", "--format", "json", "--threads", "1"]);
    let two = folder.run(&["analyze", "bank.csv", "--format", "json", "--threads", "2"]);
    assert_eq!(one.stdout, two.stdout);
    let text = fs::read_to_string(folder.path().join("bank.csv")).unwrap();
    let (head, rows) = text.split_once('\n').unwrap();
    let mut turned: Vec<&str> = rows.lines().collect();
    turned.reverse();
    folder.file("turned.csv", format!("{head}\n{}\n", turned.join("\n")));
    let in_order = sections(&folder, "bank.csv", &["--survey", "bank.toml"]);
    let reversed = sections(&folder, "turned.csv", &["--survey", "bank.toml"]);
    for kind in ["reliability", "retests", "indices", "path_model"] {
        assert_eq!(of_kind(&in_order, kind), of_kind(&reversed, kind), "{kind}");
    }
    folder.file("low.toml", format!("{BANK}[scale.satisfaction]\nbest = \"low\"\n"));
    let low = of_kind(&sections(&folder, "bank.csv", &["--survey", "low.toml"]), "reliability");
    near(&low["alpha"], of_kind(&in_order, "reliability")["alpha"].as_f64().unwrap());
}

#[test]
fn with_weights_there_are_figures_and_no_feldt_interval() {
    let folder = bank("reliability", &BANK.replace("[question.nps]\nmeasure = \"nps\"\n", ""));
    let found = sections(&folder, "bank.csv", &["--weight", "weight"]);
    let section = of_kind(&found, "reliability");
    assert!(section["alpha"].as_f64().unwrap() > 0.5 && section["low"].is_null());
    let retest = &of_kind(&found, "retests")["rows"][0];
    assert!(
        retest["kappa"].as_f64().unwrap() > 0.5
            && retest["kappa_low"].is_null()
            && retest["icc_low"].is_null()
    );
    let table = folder.run(&["analyze", "bank.csv", "--weight", "weight"]).stdout;
    assert!(table.contains("With weights alpha, kappa and the ICC have no intervals"), "{table}");
}

/// The only reliability section of a small file.
fn small(answers: &str, more: &str) -> (Value, String) {
    let folder = Workdir::new();
    folder.file("a.csv", answers);
    folder
        .file("a.toml", format!("[block.b]\nquestions = [\"a\", \"b\", \"c\"]\nmeasure = \"csat\"\n{more}"));
    let section = of_kind(&sections(&folder, "a.csv", &[]), "reliability");
    (section, folder.run(&["analyze", "a.csv"]).stdout)
}

const THREE: &str = "[construct.all]\nitems = [\"a\", \"b\", \"c\"]\n";

#[test]
fn what_has_no_alpha_says_why() {
    let (section, table) = small("a,b,c\n1,2,3\n2,3,3\n4,4,3\n5,4,3\n", THREE);
    assert_eq!((&section["refused"], &section["alpha"]), (&Value::from("constant_question"), &Value::Null));
    assert_eq!(section["refused_question"], "c");
    assert!(
        table.contains("gave “c” the same answer") || table.contains("the same answer; leave it out"),
        "{table}"
    );
    let (section, table) = small("a,b,c\n1,2,3\n2,3,4\n", "[construct.one]\nitems = [\"a\"]\n");
    assert_eq!(section["refused"], "single_question");
    assert!(table.contains("name at least two"), "{table}");
    let (section, _) = small("a,b,c\n,,\n1,,\n", THREE);
    assert_eq!((&section["refused"], &section["base"]), (&Value::from("too_few_answers"), &Value::from(0)));
    let cancels = "[construct.two]\nitems = [\"a\", \"b\"]\n";
    let (section, _) = small("a,b,c\n1,5,3\n2,4,4\n5,1,2\n3,3,1\n", cancels);
    assert_eq!(section["refused"], "no_variation");
}

#[test]
fn a_turned_question_is_pointed_out() {
    let answers = format!("a,b,c\n{}", "1,2,5\n2,2,4\n4,5,2\n5,4,1\n3,3,4\n".repeat(4));
    let (section, table) = small(&answers, THREE);
    assert_eq!(section["rows"][2]["runs_against"], true);
    assert!(table.contains("Is its scale") && table.contains("turned round?"), "{table}");
}

#[test]
fn a_dimension_of_two_ratings_is_looked_at_where_constructs_are() {
    let folder = Workdir::new();
    folder.file("a.csv", "a,b,c,d\n1,2,2,3\n2,2,3,4\n4,5,4,4\n5,4,5,2\n");
    let block = "[block.b]\nquestions = [\"a\", \"b\"]\ndimension = \"care\"\n[question.c]\n[question.d]\ndimension = \"alone\"\n";
    folder.file("a.toml", block);
    assert!(sections(&folder, "a.csv", &[]).iter().all(|section| section["kind"] != "reliability"));
    folder.file("a.toml", format!("{block}[construct.x]\nitems = [\"c\", \"d\"]\n"));
    let found = sections(&folder, "a.csv", &[]);
    let ids: Vec<&Value> = found
        .iter()
        .filter(|section| section["kind"] == "reliability")
        .map(|section| &section["construct"])
        .collect();
    assert_eq!(ids, ["x", "care"]);
}

#[test]
fn every_format_shows_them_in_every_language() {
    let folder = bank("indices", &format!("{BANK}{MODEL}"));
    for (language, words) in [
        ("en", ["What belongs together", "Shared variance"]),
        ("de", ["Was zusammengehört", "Gemeinsame Varianz"]),
        ("fr", ["Ce qui va ensemble", "Variance partagée"]),
        ("es", ["Lo que va junto", "Varianza compartida"]),
    ] {
        let definition = format!("{BANK}{MODEL}[report]\nlanguage = \"{language}\"\n");
        folder.file("bank.toml", definition);
        let page = folder.run(&["report", "bank.csv", "--format", "html"]);
        assert_eq!(page.code, 0, "{}", page.stderr);
        for word in words {
            assert!(page.stdout.contains(word), "{language}: {word}");
        }
    }
    for format in ["table", "md"] {
        let run = folder.run(&["analyze", "bank.csv", "--format", format, "--explain"]);
        assert!(run.stdout.contains("contact → offer"), "{}", run.stdout);
    }
    let run = folder.run(&["report", "bank.csv", "-o", "bank.xlsx"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
}

#[test]
fn only_the_questions_that_are_turned_are_pointed_out() {
    for (items, turned) in [(3, vec![1]), (4, vec![3]), (6, vec![1, 4])] {
        let names: Vec<String> = (0..items).map(|n| format!("q{n}")).collect();
        let mut text = names.join(",") + "\n";
        for row in 0..60_usize {
            let cells = (0..items).map(|item| {
                let noise = (row * 7 + item * 13 + row * item * 5) % 11 / 5;
                let answer = 1 + row % 5 + noise;
                if turned.contains(&item) { 8 - answer } else { answer }.to_string()
            });
            text += &(cells.collect::<Vec<String>>().join(",") + "\n");
        }
        let folder = Workdir::new();
        folder.file("a.csv", text);
        let quoted: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
        let list = quoted.join(", ");
        let definition = format!(
            "[block.b]\nquestions = [{list}]\nmeasure = \"rating\"\nscale = \"agreement7\"\n[construct.one]\nitems = [{list}]\n"
        );
        folder.file("a.toml", definition);
        let section = of_kind(&sections(&folder, "a.csv", &[]), "reliability");
        let rows = section["rows"].as_array().unwrap().iter().enumerate();
        let told: Vec<usize> =
            rows.filter(|(_, row)| row["runs_against"] == true).map(|(place, _)| place).collect();
        assert_eq!(told, turned, "{items} questions");
    }
}

#[test]
fn loadings_of_both_signs_are_pointed_out_by_construct() {
    let folder = bank("indices", &format!("{BANK}{MODEL}"));
    let text = fs::read_to_string(folder.path().join("bank.csv")).unwrap();
    let column = text.lines().next().unwrap().split(',').position(|name| name == "csat_speed").unwrap();
    let turned = text.lines().map(|line| {
        let mut cells: Vec<String> = line.split(',').map(str::to_owned).collect();
        if let Ok(answer) = cells[column].parse::<u8>() {
            cells[column] = (6 - answer).to_string();
        }
        cells.join(",") + "\n"
    });
    let plain = of_kind(&sections(&folder, "bank.csv", &[]), "path_model");
    assert!(plain["items"].as_array().unwrap().iter().all(|item| item["runs_against"].is_null()));
    folder.file("bank.csv", turned.collect::<String>());
    let found = of_kind(&sections(&folder, "bank.csv", &[]), "path_model");
    let items = found["items"].as_array().unwrap().iter();
    let against: Vec<&Value> =
        items.filter(|item| item["runs_against"] == true).map(|item| &item["question"]).collect();
    assert_eq!(against, ["csat_speed"]);
    let said = folder.run(&["analyze", "bank.csv"]).stdout;
    assert!(said.contains("both signs"), "{said}");
}

#[test]
fn a_known_population_narrows_limits_or_is_said_not_to() {
    let of = |population: &str| {
        let folder = bank("indices", &format!("[survey]\nsampling = \"random\"\n{population}{BANK}{MODEL}"));
        (sections(&folder, "bank.csv", &[]), folder.run(&["analyze", "bank.csv"]).stdout)
    };
    let (endless, _) = of("");
    let base = of_kind(&endless, "path_model")["base"].as_u64().unwrap();
    let (known, said) = of(&format!("population = {}\n", 2 * base));
    let width = |sections: &[Value]| {
        let path = of_kind(sections, "path_model")["paths"][0].clone();
        path["high"].as_f64().unwrap() - path["low"].as_f64().unwrap()
    };
    assert!((width(&known) / width(&endless) - 0.5_f64.sqrt()).abs() < 1e-6);
    let (alpha, before) = (of_kind(&known, "reliability"), of_kind(&endless, "reliability"));
    assert_eq!(alpha["low"], before["low"]);
    assert_eq!(
        (&alpha["ignores_population"], &before["ignores_population"]),
        (&Value::Bool(true), &Value::Null)
    );
    assert!(said.contains("no accepted correction"), "{said}");
}

#[test]
fn reliability_does_not_depend_on_the_order_of_rows() {
    let folder = bank("indices", &format!("{BANK}{MODEL}"));
    let text = fs::read_to_string(folder.path().join("bank.csv")).unwrap();
    let forwards = sections(&folder, "bank.csv", &[]);
    let mut lines = text.lines();
    let header = lines.next().unwrap();
    let backwards: Vec<&str> = lines.rev().collect();
    folder.file("bank.csv", format!("{header}\n{}\n", backwards.join("\n")));
    let turned = sections(&folder, "bank.csv", &[]);
    for kind in ["reliability", "indices", "path_model", "retests"] {
        assert_eq!(of_kind(&forwards, kind), of_kind(&turned, kind));
    }
}
