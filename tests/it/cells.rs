//! Cells as people write them, from the file to the report: numbers, dates, names of columns in several languages.

use serde_json::Value;

use super::support::Workdir;

/// The value of a statistic of a question in all rows.
fn value(report: &Value, question: &str, statistic: &str) -> f64 {
    let estimates = report["estimates"].as_array().unwrap();
    let found = estimates.iter().find(|estimate| {
        estimate["question"] == question
            && estimate["statistic"] == statistic
            && estimate["segment"].as_object().is_none_or(serde_json::Map::is_empty)
            && estimate["wave"].is_null()
    });
    found.unwrap_or_else(|| panic!("no {statistic} of {question} in {report}"))["value"].as_f64().unwrap()
}

/// The JSON report and what was said.
fn analysed(workdir: &Workdir, arguments: &[&str]) -> (Value, String) {
    let run = workdir.run(&[&["analyze"], arguments, &["--format", "json"]].concat());
    assert_eq!(run.code, 0, "{}", run.stderr);
    (run.report(), run.stderr)
}

fn spent(cells: &[&str], data: &str) -> (Value, String) {
    let workdir = Workdir::new();
    workdir.file("survey.toml", format!("[data]\n{data}\n[question.spent]\nmeasure = \"number\"\n"));
    let rows: String = cells.iter().map(|cell| format!("{cell};x\n")).collect();
    workdir.file("a.csv", format!("spent;other\n{rows}"));
    analysed(&workdir, &["a.csv"])
}

fn is_about(found: f64, wanted: f64) -> bool {
    (found - wanted).abs() < 1e-9
}

fn invalid(report: &Value) -> u64 {
    report["ledger"]["questions"][0]["invalid"].as_u64().unwrap()
}

#[test]
fn one_cell_settles_how_a_column_writes_numbers() {
    let (report, said) = spent(&["1.234", "2,5", "1.000,5"], "");
    assert!(is_about(value(&report, "spent", "mean"), (1234.0 + 2.5 + 1000.5) / 3.0), "{report}");
    assert!(said.contains("column `spent` are read with a decimal comma"), "{said}");
    let (report, said) = spent(&["1,234", "2.5", "1 000.5", "\u{ff11}\u{ff12}", "\u{2212}2"], "");
    assert!(
        is_about(value(&report, "spent", "mean"), (1234.0 + 2.5 + 1000.5 + 12.0 - 2.0) / 5.0),
        "{report}"
    );
    assert!(said.contains("commas between thousands"), "{said}");
}

#[test]
fn what_nothing_settles_is_invalid_and_a_key_settles_it() {
    let cells = ["1,234", "2,500", "7"];
    let (report, said) = spent(&cells, "");
    assert!(is_about(value(&report, "spent", "mean"), 7.0));
    assert_eq!(invalid(&report), 2);
    assert!(said.contains("can be 1234 or 1.234") && said.contains("decimal = \",\""), "{said}");
    let (report, said) = spent(&cells, "decimal = \",\"");
    assert!(is_about(value(&report, "spent", "mean"), (1.234 + 2.5 + 7.0) / 3.0));
    assert!(!said.contains("caution"), "{said}");
    let (report, _) = spent(&cells, "decimal = \".\"");
    assert!(is_about(value(&report, "spent", "mean"), (1234.0 + 2500.0 + 7.0) / 3.0));
}

#[test]
fn a_contradicting_cell_is_counted_and_said() {
    let mut cells = vec!["2,5"; 20];
    cells.push("2.5");
    let (report, said) = spent(&cells, "");
    assert_eq!(invalid(&report), 1);
    assert!(is_about(value(&report, "spent", "mean"), 2.5));
    assert!(said.contains("some numbers are not written like the others"), "{said}");
    // The same where the cell comes long after the records that were looked at.
    let mut cells = vec!["2.5"; 30_000];
    cells.push("2,5");
    let (report, said) = spent(&cells, "");
    assert_eq!(invalid(&report), 1);
    assert!(said.contains("some numbers are not written like the others"), "{said}");
}

#[test]
fn weights_and_ratings_have_decimal_commas_too() {
    let workdir = Workdir::new();
    workdir.file("survey.toml", "[data]\nweight = \"w\"\n[question.sat]\nmeasure = \"csat\"\n");
    workdir.file("a.csv", "sat;w\n4,0;0,5\n\u{ff15};1,5\n2.0;1\n\u{a0}3 ;1\n");
    let (report, said) = analysed(&workdir, &["a.csv"]);
    assert!(is_about(value(&report, "sat", "mean"), (4.0 * 0.5 + 5.0 * 1.5 + 2.0 + 3.0) / 4.0), "{report}");
    assert!(said.contains("column `w` are read with a decimal comma"), "{said}");
    assert_eq!(report["ledger"]["rows_used"], 4);
}

#[test]
fn percent_signs_and_currencies_of_a_whole_column() {
    let (report, said) = spent(&["12,5 %", "7 %", ""], "");
    assert!(is_about(value(&report, "spent", "mean"), 9.75));
    assert!(said.contains("`%` beside each"), "{said}");
    let (report, _) = spent(&["5 %", "7", "9"], "");
    assert_eq!(invalid(&report), 1, "a sign in some cells only is nobody's unit");
}

#[test]
fn dates_in_many_languages_make_waves() {
    let workdir = Workdir::new();
    workdir.file(
        "survey.toml",
        "[data]\ndate = \"d\"\nwave = { every = \"month\" }\n[question.sat]\nmeasure = \"csat\"\n",
    );
    let dates = [
        "4. Oktober 2026",
        "2026/10/04 10:15:00 AM GMT+5:30",
        "4-Oct-26",
        "20261004",
        "2026-10-04T10:15:00+02:00",
        "2026-10-31T23:59:59Z",
        "2026年10月4日",
        "2026. 10. 4. 오전 10:15",
        "4 octobre 2026 à 10h15",
        "4 de octubre de 2026",
        "4 października 2026",
        "04.10.2026 10:15",
        "31/10/2026 11:02",
    ];
    let rows: String = dates.iter().map(|date| format!("\"{date}\",5\n")).collect();
    workdir.file("a.csv", format!("d,sat\n{rows}"));
    let (report, _) = analysed(&workdir, &["a.csv", "--wave", "all"]);
    assert_eq!(report["ledger"]["rows_used"], dates.len());
    assert_eq!(report["waves"]["found"].as_array().unwrap().len(), 1, "{}", report["waves"]);
}

#[test]
fn counts_of_days_and_seconds_are_dates_when_the_definition_says_so() {
    for (format, cell) in [("excel", "46299.5"), ("unix", "1791108900"), ("unix_ms", "1791108900123")] {
        let workdir = Workdir::new();
        workdir.file(
            "survey.toml",
            format!(
                "[data]\ndate = {{ column = \"d\", format = \"{format}\" }}\nwave = {{ every = \"day\" }}\n\
                 [question.sat]\nmeasure = \"csat\"\n"
            ),
        );
        workdir.file("a.csv", format!("d,sat\n{cell},5\n"));
        let (report, _) = analysed(&workdir, &["a.csv"]);
        assert!(report["waves"]["found"].to_string().contains("2026-10-04"), "{}", report["waves"]);
    }
}

#[test]
fn each_file_may_have_the_words_of_its_language() {
    let workdir = Workdir::new();
    workdir.file(
        "survey.toml",
        "[data]\nid = [\"id\", \"Nummer\"]\n\
         [scale.satisfaction]\ntranslations.de = [\"Sehr unzufrieden\", \"Unzufrieden\", \"Teils\", \"Zufrieden\", \"Sehr zufrieden\"]\n\
         [question.overall]\nmeasure = \"csat\"\ntext = \"How satisfied are you?\"\n\
         translations.de = \"Wie zufrieden sind Sie?\"\n\
         [question.paid]\nmeasure = \"choice\"\nlabels = { c = \"Cash\", k = \"Card\" }\n\
         labels_in.de = { c = \"Bar\", k = \"Karte\" }\n\
         [segment.region]\nlabels = { n = \"North\", s = \"South\" }\nlabels_in.de = { n = \"Nord\", s = \"S\u{fc}d\" }\n",
    );
    workdir.file("en.csv", "id,overall,Paid,REGION\n1,Very satisfied,Cash,North\n2,Neutral,Card,s\n");
    workdir.file(
        "de.csv",
        "Nummer;<b>Wie zufrieden\u{a0}sind Sie?</b>;paid;region\n3;Sehr zufrieden;Bar;Nord\n4;Teils;karte;S\u{fc}d\n",
    );
    let (report, said) = analysed(&workdir, &["en.csv", "de.csv"]);
    assert_eq!(invalid(&report), 0, "{report}");
    assert!(is_about(value(&report, "overall", "mean"), 4.0), "{report}");
    assert!(is_about(value(&report, "paid", "share:c"), 50.0), "{report}");
    assert!(
        said.contains("as `overall`") && said.contains("en.csv: columns read: `Paid` as `paid`"),
        "{said}"
    );
    let segments = report["estimates"].as_array().unwrap().iter();
    let regions: std::collections::BTreeSet<String> =
        segments.filter_map(|estimate| Some(estimate["segment"]["region"].as_str()?.to_owned())).collect();
    assert_eq!(regions.into_iter().collect::<Vec<_>>(), ["North", "South"]);
}

#[test]
fn a_word_for_two_labels_and_a_code_without_one_are_refused() {
    let workdir = Workdir::new();
    workdir.file("a.csv", "paid\nc\n");
    for (labels, complaint) in [
        ("labels_in.de = { c = \"Karte\", k = \"karte\" }", "means both"),
        ("labels_in.de = { x = \"Bar\" }", "`x` has no label"),
    ] {
        workdir.file(
            "survey.toml",
            format!(
                "[question.paid]\nmeasure = \"choice\"\nlabels = {{ c = \"Cash\", k = \"Card\" }}\n{labels}\n"
            ),
        );
        let run = workdir.run(&["analyze", "a.csv"]);
        assert_eq!(run.code, 78, "{}", run.stderr);
        assert!(run.stderr.contains(complaint), "{}", run.stderr);
    }
}

/// Reasons for no answer to a question, by the ledger.
fn reasons(report: &Value, question: &str) -> (u64, u64) {
    let questions = report["ledger"]["questions"].as_array().unwrap();
    let found =
        questions.iter().find(|found| found["id"] == question || found["question"] == question).unwrap();
    (found["not_asked"].as_u64().unwrap(), found["blank"].as_u64().unwrap())
}

#[test]
fn who_was_not_asked_is_no_missing_answer() {
    let workdir = Workdir::new();
    workdir.file("a.csv", "visited,staff,speed,region\nyes,5,4,N\nyes,,4,N\nno,,,N\nno,3,,S\n,,,S\n");
    workdir.file(
        "survey.toml",
        "[question.visited]\nmeasure = \"choice\"\n\
         [block.branch]\nquestions = [\"staff\", \"speed\"]\nmeasure = \"csat\"\nbase = \"visited = 'yes'\"\n\
         [segment.region]\n",
    );
    let (report, said) = analysed(&workdir, &["a.csv"]);
    assert_eq!(reasons(&report, "staff"), (1, 2), "{report}");
    assert_eq!(reasons(&report, "speed"), (2, 1));
    assert!(is_about(value(&report, "staff", "mean"), 4.0), "an answer is an answer");
    assert!(said.contains("1 row has an answer to a question that was not asked"), "{said}");
    let kept = &report["ledger"]["kept"][0];
    assert_eq!((&kept["reason"], &kept["rows"]), (&"outside_base".into(), &1.into()), "{report}");
}

#[test]
fn a_base_that_cannot_be_told_is_refused_with_its_place() {
    let workdir = Workdir::new();
    workdir.file("a.csv", "visited,staff\nyes,5\n");
    for (base, code, complaint) in [
        ("vistied = 'yes'", 1, "did you mean `visited`?"),
        ("visited = ", 78, "question `staff`, key `base`"),
        ("staff > 3", 78, "asks for its own answer"),
    ] {
        workdir.file("survey.toml", format!("[question.staff]\nmeasure = \"csat\"\nbase = \"{base}\"\n"));
        let run = workdir.run(&["analyze", "a.csv"]);
        assert_eq!(run.code, code, "{base}: {}", run.stderr);
        assert!(run.stderr.contains(complaint) && run.stderr.contains("survey.toml"), "{}", run.stderr);
    }
}

#[test]
fn a_page_speaks_the_language_of_the_report() {
    let workdir = Workdir::new();
    workdir.file("a.csv", "overall,region\nVery satisfied,n\nSehr zufrieden,North\nNeutral,s\nNeutral,n\n");
    workdir.file(
        "survey.toml",
        "[report]\nlanguage = \"de\"\n[exclude]\nwhere = \"region = 'South'\"\n\
         [segment.region]\nlabels = { n = \"North\", s = \"South\" }\nlabels_in.de = { n = \"Nord\", s = \"Süd\" }\n\
         [scale.satisfaction]\ntranslations.de = [\"Sehr unzufrieden\", \"Unzufrieden\", \"Teils\", \"Zufrieden\", \"Sehr zufrieden\"]\n\
         [question.overall]\nmeasure = \"csat\"\ntext = \"How satisfied are you?\"\ntranslations.de = \"Wie zufrieden sind Sie?\"\n",
    );
    let run = workdir.run(&["report", "a.csv", "-o", "r.md"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let page = workdir.read("r.md");
    assert!(page.contains("Wie zufrieden sind Sie?") && !page.contains("How satisfied"), "{page}");
    assert!(page.contains("Nord") && !page.contains("North"), "{page}");
    // A condition has the words of the definition in either language.
    for condition in ["region = \"North\"", "region = \"Nord\""] {
        let run = workdir.run(&["report", "a.csv", "-o", "n.json", "--format", "json", "--where", condition]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let report: Value = serde_json::from_str(&workdir.read("n.json")).unwrap();
        assert_eq!(report["ledger"]["rows_used"], 3, "{condition}");
    }
    let run = workdir.run(&["report", "a.csv", "-o", "e.md", "--language", "en"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let page = workdir.read("e.md");
    assert!(page.contains("How satisfied are you?") && page.contains("North"), "{page}");
}

#[test]
fn percents_and_money_are_counted_without_a_definition() {
    let work = Workdir::new();
    let mut text = "share,paid,csat\n".to_owned();
    for row in 0..40 {
        text += &format!("\"{},5 %\",\"€ 1.{}00,50\",{}\n", 10 + row, row % 7 + 1, 1 + row % 5);
    }
    work.file("a.csv", text);
    let run = work.run(&["analyze", "a.csv", "--format", "json"]);
    let report = run.report();
    assert!((value(&report, "share", "mean") - 30.0).abs() < 1e-9, "{}", run.stderr);
    assert!((1_000.0..8_000.0).contains(&value(&report, "paid", "mean")));
    // What is drafted says the same.
    let drafted = work.run(&["init", "--from", "a.csv"]);
    assert_eq!(drafted.code, 0, "{}", drafted.stderr);
    assert!(work.read("a.toml").contains("# share: numbers with %"));
    let again = work.run(&["analyze", "a.csv", "--format", "json"]).report();
    assert_eq!(again["estimates"], report["estimates"]);
}
