//! `[lookup]`: columns of a list beside the answers, as a user gets them.

use rust_xlsxwriter::Workbook;
use serde_json::{Value, json};

use crate::support::{Run, Workdir, estimate};

const DEFINITION: &str = "[survey]\nflag_below = 1\n\n[data]\nid = \"response\"\ndate = \"date\"\n\n\
    [lookup]\nfile = \"customers.csv\"\nkey = \"customer\"\nmatch = \"id\"\ncolumns = [\"region\", \"value\", \"renewed\"]\n\n\
    [question.overall]\nmeasure = \"csat\"\n\n[question.value]\nmeasure = \"number\"\n\n[segment.region]\n";

const CUSTOMERS: &str = "id;name;region;value;renewed\nc1;Ann Example;North;1.5;yes\nc2;Bob Example;South;2.5;no\n\
    c3;Cid Example;North;3.5;yes\nc4;Dee Example;West;9;no\n";

const ANSWERS: &str = "response,customer,date,overall\n1,c1,2026-03-02,5\n2,c2,2026-03-03,2\n3, c3 ,2026-03-04,4\n\
    4,c9,2026-03-05,1\n5,,2026-03-06,3\n6,c1,2026-03-07,5\n";

fn workdir() -> Workdir {
    let workdir = Workdir::new();
    workdir.file("survey.toml", DEFINITION);
    workdir.file("customers.csv", CUSTOMERS);
    workdir.file("answers.csv", ANSWERS);
    workdir
}

fn analyzed(workdir: &Workdir, more: &[&str]) -> Run {
    let mut arguments = vec!["analyze", "answers.csv", "--format", "json"];
    arguments.extend(more);
    workdir.run(&arguments)
}

fn base(report: &Value, question: &str, statistic: &str, segment: &[(&str, &str)]) -> u64 {
    estimate(report, question, statistic, segment)["base"].as_u64().unwrap()
}

#[test]
fn brought_columns_are_columns_of_the_answers() {
    let report = analyzed(&workdir(), &[]).report();
    assert_eq!(base(&report, "overall", "top_box", &[]), 6, "answers without a row in the list are kept");
    assert_eq!(base(&report, "overall", "top_box", &[("region", "North")]), 3);
    assert_eq!(base(&report, "overall", "top_box", &[("region", "South")]), 1);
    assert_eq!(report["survey"]["segments"][0]["values"], json!(["North", "South"]));
    assert_eq!(base(&report, "value", "mean", &[]), 4);
    assert_eq!(estimate(&report, "value", "mean", &[])["value"], json!(2.25));
    let line = &report["ledger"]["lookups"][0];
    assert_eq!(
        (&line["matched"], &line["unmatched"], &line["blank"], &line["rows"]),
        (&json!(4), &json!(1), &json!(1), &json!(4))
    );
    assert_eq!(report["ledger"]["rows_read"], json!(6), "{report}");
    let inputs = report["provenance"]["inputs"].as_array().unwrap();
    assert_eq!((&inputs[1]["name"], &inputs[1]["kind"]), (&json!("customers.csv"), &json!("list")));
    assert_eq!(inputs[0]["bytes"], json!(ANSWERS.len()));
    let unused: Vec<&Value> =
        report["notes"].as_array().unwrap().iter().filter(|note| note["code"] == "unused_columns").collect();
    assert_eq!(unused, [&Value::Null; 0], "neither the key nor what is brought is a column not used");
    assert!(!report.to_string().contains("Ann"));
}

#[test]
fn they_filter_group_and_weigh() {
    let workdir = workdir();
    let kept = analyzed(&workdir, &["--where", "renewed = 'yes'"]).report();
    assert_eq!(kept["ledger"]["rows_used"], json!(3));
    let kept = analyzed(&workdir, &["--where", "region is missing"]).report();
    assert_eq!(kept["ledger"]["rows_used"], json!(2));
    let weighted = analyzed(&workdir, &["--weight", "value"]).report();
    assert_eq!(weighted["ledger"]["excluded"][0]["rows"], json!(2), "a blank weight leaves the row out");
    let by = analyzed(&workdir, &["--by", "region"]).report();
    assert_eq!(base(&by, "overall", "mean", &[("region", "North")]), 3);
}

#[test]
fn standard_input_and_several_files_are_joined_too() {
    let workdir = workdir();
    let run = workdir.run_with_input(&["analyze", "-", "--format", "json"], ANSWERS.as_bytes());
    let piped = run.report();
    let filed = analyzed(&workdir, &[]).report();
    assert_eq!(piped["estimates"], filed["estimates"]);
    assert_eq!(piped["provenance"]["inputs"][0]["hash"], filed["provenance"]["inputs"][0]["hash"]);
    workdir.file("more.csv", "customer;overall;response;date\nc2;1;7;2026-04-01\n");
    let both = workdir.run(&["analyze", "answers.csv", "more.csv", "--format", "json"]).report();
    assert_eq!(both["ledger"]["lookups"][0]["matched"], json!(5));
    assert_eq!(base(&both, "overall", "mean", &[("region", "South")]), 2);
    for threads in ["1", "3"] {
        assert_eq!(analyzed(&workdir, &["--threads", threads]).stdout, analyzed(&workdir, &[]).stdout);
    }
}

#[test]
fn lines_and_columns_of_the_answers_stay_those_of_the_file() {
    let workdir = workdir();
    workdir.file(
        "answers.csv",
        "response,customer,date,overall\n\n1,c1,2026-03-02,\"nine\ntimes\"\n2,c2,2026-03-03,nine\n",
    );
    let report = analyzed(&workdir, &[]).report();
    let places = &report["ledger"]["questions"][0]["places"];
    assert_eq!((&places[0]["line"], &places[1]["line"]), (&json!(3), &json!(5)));
    assert_eq!(places[1]["column"], json!(4));
}

#[test]
fn zeros_that_a_spreadsheet_has_eaten_are_told_and_can_be_ignored() {
    let workdir = workdir();
    workdir.file("customers.csv", "id,region,value,renewed\n007,North,1,yes\n008,South,2,no\n");
    workdir.file(
        "answers.csv",
        "response,customer,date,overall\n1,7,2026-03-02,5\n2,8.0,2026-03-03,4\n3,9,2026-03-03,4\n",
    );
    let strict = analyzed(&workdir, &[]);
    let report = strict.report();
    assert_eq!(report["ledger"]["lookups"][0]["without_zeros"], json!(2));
    assert!(strict.stdout.contains("without the zeros at the start of customer: 2"));
    workdir.file(
        "survey.toml",
        DEFINITION.replace("match = \"id\"", "match = \"id\"\nleading_zeros = \"ignore\""),
    );
    let loose = analyzed(&workdir, &[]).report();
    assert_eq!(loose["ledger"]["lookups"][0]["matched"], json!(2));
    assert_eq!(base(&loose, "overall", "mean", &[("region", "South")]), 1);
}

#[test]
fn rows_of_one_key_that_differ_are_a_caution_and_the_first_counts() {
    let workdir = workdir();
    workdir.file("customers.csv", format!("{CUSTOMERS}c1;Ann;South;1.5;yes\nc2;Bob;South;2.5;no\n"));
    let run = workdir.run(&["analyze", "answers.csv"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.contains("keys with several different rows in customers.csv: 1;"), "{}", run.stdout);
    let line = &analyzed(&workdir, &[]).report()["ledger"]["lookups"][0];
    assert_eq!((&line["repeated"], &line["conflicting"]), (&json!(1), &json!(1)));
    assert_eq!(base(&analyzed(&workdir, &[]).report(), "overall", "mean", &[("region", "North")]), 3);
}

#[test]
fn a_workbook_is_a_list_and_its_sheet_can_be_named() {
    let workdir = workdir();
    let mut book = Workbook::new();
    book.add_worksheet().write_string(0, 0, "nothing here").unwrap();
    let sheet = book.add_worksheet().set_name("Customers").unwrap();
    for (column, name) in ["id", "region", "value", "renewed"].iter().enumerate() {
        sheet.write_string(0, u16::try_from(column).unwrap(), *name).unwrap();
    }
    sheet.write_number(1, 0, 101).unwrap();
    sheet.write_string(1, 1, "North").unwrap();
    sheet.write_number(1, 2, 1.5).unwrap();
    sheet.write_string(1, 3, "yes").unwrap();
    book.save(workdir.path().join("customers.xlsx")).unwrap();
    let definition = DEFINITION.replace("customers.csv\"", "customers.xlsx\"\nsheet = \"Customers\"");
    workdir.file("survey.toml", definition);
    workdir.file("answers.csv", "response,customer,date,overall\n1,101,2026-03-02,5\n2,101.0,2026-03-02,4\n");
    let report = analyzed(&workdir, &[]).report();
    assert_eq!(report["ledger"]["lookups"][0]["matched"], json!(2));
    assert_eq!(base(&report, "overall", "mean", &[("region", "North")]), 2);
}

#[test]
fn several_lists_can_go_by_each_other() {
    let workdir = workdir();
    workdir.file("accounts.csv", "region,manager\nNorth,m1\nSouth,m2\n");
    let second = "[[lookup]]\nfile = \"accounts.csv\"\nkey = \"region\"\n\n[segment.manager]\n";
    workdir.file("survey.toml", format!("{}\n{second}", DEFINITION.replace("[lookup]", "[[lookup]]")));
    let report = analyzed(&workdir, &[]).report();
    assert_eq!(base(&report, "overall", "mean", &[("manager", "m1")]), 3);
    assert_eq!(report["ledger"]["lookups"][1]["blank"], json!(2));
}

#[test]
fn a_saved_report_verifies_and_a_changed_list_is_noticed() {
    let workdir = workdir();
    for (command, name) in [("report", "report.json"), ("trend", "trend.json"), ("analyze", "analyze.json")] {
        let more: &[&str] = if command == "trend" { &["--every", "month"] } else { &[] };
        let mut arguments = vec![command, "answers.csv", "-o", name];
        arguments.extend(more);
        let run = workdir.run(&arguments);
        assert_eq!(run.code, 0, "{command}: {}", run.stderr);
        let verified = workdir.run(&["verify", name]);
        assert_eq!(verified.code, 0, "{command}: {}{}", verified.stdout, verified.stderr);
        assert!(verified.stdout.contains("customers.csv"), "{}", verified.stdout);
    }
    workdir.file("customers.csv", CUSTOMERS.replace("c2;Bob Example;South", "c2;Bob Example;West"));
    let verified = workdir.run(&["verify", "report.json"]);
    assert_eq!(verified.code, 3, "{}", verified.stdout);
}

#[test]
fn an_audit_has_the_strong_hash_of_the_list() {
    let report = analyzed(&workdir(), &["--hash", "sha256"]).report();
    let inputs = report["provenance"]["inputs"].as_array().unwrap();
    assert!(inputs.iter().all(|input| input["hash"].as_str().unwrap().starts_with("sha256:")), "{inputs:?}");
}

#[test]
fn a_key_in_another_case_is_the_key() {
    let workdir = workdir();
    let plain = analyzed(&workdir, &[]).report();
    workdir.file("answers.csv", ANSWERS.replace("customer", "Customer"));
    let run = analyzed(&workdir, &[]);
    assert!(run.stderr.contains("`Customer` as `customer`"), "{}", run.stderr);
    assert_eq!(run.report()["estimates"], plain["estimates"]);
}

#[test]
fn lists_that_cannot_be_used_are_refused_with_their_place() {
    let cases: [(&str, &[&str]); 6] = [
        ("", &["customers.csv", "is empty"]),
        ("id;region;value;renewed\n", &["a header and no rows"]),
        ("no;region;value;renewed\n1;a;2;b\n", &["has no column `id`, which `match` names", "survey.toml"]),
        ("id;regoin;value;renewed\n1;a;2;b\n", &["has no column `region`", "did you mean `regoin`?"]),
        ("id;id;region;value;renewed\n1;1;a;2;b\n", &["`id` stands twice"]),
        ("id;region;value;renewed\n1;\"a;2;b\n", &["never closed"]),
    ];
    let workdir = workdir();
    for (list, texts) in cases {
        workdir.file("customers.csv", list);
        analyzed(&workdir, &[]).refused(1, texts);
    }
    workdir.file("customers.csv", CUSTOMERS);
    workdir.file("answers.csv", ANSWERS.replace("date,overall", "date,overall,region"));
    analyzed(&workdir, &[])
        .refused(1, &["brings a column `region`", "columns = { region_in_list = \"region\" }"]);
    workdir.file("answers.csv", ANSWERS.replace("customer", "custmer"));
    analyzed(&workdir, &[])
        .refused(1, &["column `customer` is not in `answers.csv`", "did you mean `custmer`?"]);
    workdir.file("answers.csv", ANSWERS);
    workdir.file("survey.toml", DEFINITION.replace("customers.csv", "custmers.csv"));
    analyzed(&workdir, &[]).refused(1, &["custmers.csv", "no such file", "survey.toml"]);
    let run = workdir.run(&["analyze", "answers.csv", "-o", "customers.csv"]);
    assert_ne!(run.code, 0);
    workdir.file("survey.toml", DEFINITION);
    workdir.run(&["analyze", "answers.csv", "-o", "customers.csv"]).refused(2, &["overwrite"]);
}
