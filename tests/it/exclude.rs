//! Rows that are left out, as a user meets them: previews and tests, unfinished, repeated and chosen ones.

use std::path::Path;

use serde_json::Value;

use super::support::{Run, Workdir};

/// An export of Qualtrics whose last row is a preview, and the row before it unfinished.
fn export() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/exports/qualtrics/modern.csv");
    let text = std::fs::read_to_string(path).unwrap();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let last = lines.len() - 1;
    lines[last] = lines[last].replacen(",0,,100,", ",1,,100,", 1);
    let before = lines.iter().rposition(|line| line.contains(",R_0010,")).unwrap();
    lines[before] = lines[before].replacen(",100,250,1,", ",40,250,0,", 1);
    lines.join("\n") + "\n"
}

const QUESTIONS: &str = "[question.Q1]\nmeasure = \"csat\"\n[question.Q2]\nmeasure = \"nps\"\n";

/// A plain table: ids that come again, blank ones, and how long it took.
const TABLE: &str = "id,overall,duration,round\n\
                     a,5,100,1\nb,4,90,1\na,1,20,1\n,3,80,2\n,2,70,2\n b ,5,10,2\nc,5,200,2\n";

fn ledger(run: &Run) -> (u64, u64, Vec<(String, u64)>) {
    assert_eq!(run.code, 0, "{}", run.stderr);
    let report = run.report();
    let ledger = &report["ledger"];
    let excluded: Vec<(String, u64)> = ledger["excluded"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| (line["reason"].as_str().unwrap().to_owned(), line["rows"].as_u64().unwrap()))
        .collect();
    let [read, used] = ["rows_read", "rows_used"].map(|key| ledger[key].as_u64().unwrap());
    assert_eq!(read, used + excluded.iter().map(|(_, rows)| rows).sum::<u64>(), "{ledger}");
    (read, used, excluded)
}

fn reasons(run: &Run) -> Vec<(String, u64)> {
    ledger(run).2
}

fn section(report: &Value) -> Option<&Value> {
    report["sections"].as_array().unwrap().iter().find(|section| section["kind"] == "exclusions")
}

fn rows(reason: &str, rows: u64) -> (String, u64) {
    (reason.to_owned(), rows)
}

#[test]
fn previews_are_left_out_unless_the_definition_counts_them() {
    let work = Workdir::new();
    work.file("q.csv", export());
    let json = |arguments: &[&str]| work.run(&[arguments, &["--format", "json"]].concat());
    let inferred = json(&["analyze", "q.csv"]);
    assert_eq!(ledger(&inferred), (12, 11, vec![rows("preview", 1)]));
    assert!(section(&inferred.report()).is_none(), "previews are not compared");
    assert!(
        inferred.stderr.contains("1 response is a preview, a test or spam and is left out"),
        "{}",
        inferred.stderr
    );
    // A condition does not bring them back.
    let filtered = json(&["analyze", "q.csv", "--where", "Q1 >= 1"]);
    assert!(reasons(&filtered).contains(&rows("preview", 1)), "{}", filtered.stdout);
    work.file("survey.toml", format!("[exclude]\ntest = false\n{QUESTIONS}"));
    let counted = json(&["analyze", "q.csv"]);
    assert_eq!(ledger(&counted), (12, 12, vec![]));
    assert!(
        counted.stderr.contains("1 response is a preview, a test or spam and counted"),
        "{}",
        counted.stderr
    );
    // The other commands that count leave them out, too.
    work.file(
        "survey.toml",
        format!("[data]\ndate = \"EndDate\"\nwave = {{ every = \"year\" }}\n{QUESTIONS}"),
    );
    for arguments in [
        &["trend", "q.csv"][..],
        &["gate", "q.csv", "--fail-if", "Q2.value < 0"],
        &["report", "q.csv", "-o", "q.json", "--format", "json"],
        &["verify", "q.json"],
    ] {
        let run = work.run(arguments);
        assert_eq!(run.code, 0, "{arguments:?}: {}", run.stderr);
        assert!(
            run.stderr.contains("a preview, a test or spam and is left out"),
            "{arguments:?}: {}",
            run.stderr
        );
    }
}

#[test]
fn a_rule_of_one_file_concerns_its_rows_only() {
    let work = Workdir::new();
    work.file("q.csv", export());
    // `Status` is an answer here, and 1 one of its values.
    work.file("plain.csv", "Status,Q1,Q2\n1,5,10\n1,4,9\n0,3,8\n");
    work.file("survey.toml", format!("[exclude]\npartial = true\n{QUESTIONS}"));
    let run = work.run(&["analyze", "q.csv", "plain.csv", "--format", "json"]);
    assert_eq!(ledger(&run), (15, 13, vec![rows("partial", 1), rows("preview", 1)]));
    assert!(
        run.stderr.contains("`plain.csv` does not tell which responses are unfinished"),
        "{}",
        run.stderr
    );
    let alone = work.run(&["analyze", "plain.csv", "--survey", "survey.toml"]);
    assert_ne!(alone.code, 0);
    assert!(
        alone.stderr.contains("untold_partial") && alone.stderr.contains("survey.toml:2"),
        "{}",
        alone.stderr
    );
}

#[test]
fn one_row_of_an_id_stays_whatever_the_threads_and_also_from_standard_input() {
    let work = Workdir::new();
    let (one, two) = TABLE.split_at(TABLE.find(",3,80").unwrap());
    work.file("all.csv", TABLE);
    work.file("one.csv", one);
    work.file("two.csv", format!("id,overall,duration,round\n{two}"));
    for (keep, top) in [("first", 60.0), ("last", 40.0)] {
        work.file(
            "survey.toml",
            format!(
                "[data]\nid = \"id\"\n[exclude]\nduplicate_ids = \"{keep}\"\n[question.overall]\nmeasure = \"csat\"\n"
            ),
        );
        let mut seen = Vec::new();
        for threads in ["1", "2", "3", "4"] {
            let both = ["analyze", "one.csv", "two.csv", "--threads", threads, "--format", "json"];
            let piped = ["analyze", "-", "--survey", "survey.toml", "--threads", threads, "--format", "json"];
            let alone =
                ["analyze", "all.csv", "--survey", "survey.toml", "--threads", threads, "--format", "json"];
            for run in [work.run(&alone), work.run(&both), work.run_with_input(&piped, TABLE.as_bytes())] {
                assert_eq!(ledger(&run), (7, 5, vec![rows("duplicate_id", 2)]), "{keep}");
                seen.push(run.report()["estimates"].clone());
            }
        }
        assert!(seen.iter().all(|estimates| *estimates == seen[0]), "{keep}");
        let headline =
            seen[0].as_array().unwrap().iter().find(|one| one["headline"] == true).unwrap().clone();
        assert_eq!(headline["value"], top, "{keep}: {headline}");
    }
}

const COMPARED: &str = "[data]\nid = \"id\"\n[exclude]\nduplicate_ids = \"first\"\nwhere = [\"duration < 30\", \"overall = 2\"]\n\
     [question.overall]\nmeasure = \"csat\"\n";

#[test]
fn scores_are_shown_with_and_without_what_the_definition_leaves_out() {
    let work = Workdir::new();
    work.file("all.csv", TABLE);
    work.file("survey.toml", COMPARED);
    let run = work.run(&["analyze", "all.csv", "--format", "json"]);
    // Both repetitions are too short already.
    assert_eq!(ledger(&run), (7, 4, vec![rows("excluded", 3)]));
    let report = run.report();
    let found = section(&report).unwrap();
    assert_eq!((&found["left_out"], &found["reasons"][0]["rows"]), (&3.into(), &3.into()));
    let row = &found["rows"][0];
    assert_eq!((&row["value"], &row["base"]), (&75.0.into(), &4.into()));
    assert_eq!((&row["value_all"], &row["base_all"]), (&57.142_857_142_9.into(), &7.into()));
    assert_eq!(row["difference"], 17.857_142_857_1);
    let terminal = work.run(&["analyze", "all.csv"]);
    assert!(terminal.stdout.contains("With and without the rows left out"), "{}", terminal.stdout);
    assert!(terminal.stdout.contains("3 left out by a condition"), "{}", terminal.stdout);
    // What would be counted without the exclusion is what is counted without it.
    work.file("without.toml", "[question.overall]\nmeasure = \"csat\"\n");
    let without = work.run(&["analyze", "all.csv", "--survey", "without.toml", "--format", "json"]).report();
    assert!(section(&without).is_none());
    let all =
        without["estimates"].as_array().unwrap().iter().find(|one| one["headline"] == true).unwrap().clone();
    assert_eq!((&all["value"], &all["base"]), (&row["value_all"], &row["base_all"]));
    // What is not looked at is no part of the comparison.
    let some = work.run(&["analyze", "all.csv", "--where", "round = 1", "--format", "json"]).report();
    let row = section(&some).unwrap()["rows"][0].clone();
    assert_eq!((&row["base"], &row["base_all"]), (&2.into(), &3.into()));
}

#[test]
fn every_format_shows_the_comparison_in_the_language_of_the_report() {
    let work = Workdir::new();
    work.file("all.csv", TABLE);
    for (language, heading) in [
        ("en", "With and without the rows left out"),
        ("de", "Mit und ohne die ausgelassenen Zeilen"),
        ("fr", "Avec et sans les lignes écartées"),
        ("es", "Con y sin las filas que se dejaron fuera"),
    ] {
        work.file("survey.toml", format!("{COMPARED}[report]\nlanguage = \"{language}\"\n"));
        for format in ["html", "md"] {
            let name = format!("report.{format}");
            let run = work.run(&["report", "all.csv", "-o", &name]);
            assert_eq!(run.code, 0, "{}", run.stderr);
            assert!(work.read(&name).contains(heading), "{language} {format}");
        }
    }
    assert_eq!(work.run(&["report", "all.csv", "-o", "report.xlsx"]).code, 0);
    let markdown = work.run(&["analyze", "all.csv", "--format", "md"]);
    assert!(markdown.stdout.contains("With and without the rows left out"), "{}", markdown.stdout);
}

#[test]
fn few_answers_between_two_figures_are_hidden() {
    let work = Workdir::new();
    work.file("all.csv", TABLE);
    for (below, hidden) in [(4, true), (3, false)] {
        work.file("survey.toml", format!("[survey]\nsuppress_below = {below}\n{COMPARED}"));
        let report = work.run(&["analyze", "all.csv", "--format", "json"]).report();
        let row = &section(&report).unwrap()["rows"][0];
        assert_eq!(row["base"], 4, "the figure itself is of all");
        for key in ["value_all", "base_all", "difference"] {
            assert_eq!(row[key].is_null(), hidden, "{below}: {row}");
        }
        assert_eq!(row["flag"] == "suppressed", hidden);
    }
}

#[test]
fn a_wave_is_compared_with_itself() {
    let work = Workdir::new();
    work.file("all.csv", TABLE);
    let waves = "[data]\nwave = { column = \"round\" }\n[exclude]\nwhere = \"duration < 30\"\n\
                 [question.overall]\nmeasure = \"csat\"\n";
    work.file("survey.toml", waves);
    let report = work.run(&["analyze", "all.csv", "--wave", "2", "--format", "json"]).report();
    let found = section(&report).unwrap();
    assert_eq!((&found["wave"], &found["left_out"]), (&"2".into(), &1.into()));
    assert_eq!((&found["rows"][0]["base"], &found["rows"][0]["base_all"]), (&3.into(), &4.into()));
}

#[test]
fn what_cannot_be_looked_at_is_refused_with_its_place() {
    let work = Workdir::new();
    work.file("all.csv", TABLE);
    for (condition, said) in [
        ("duratoin < 30", &["unknown_name", "survey.toml:2", "did you mean `duration`?"][..]),
        ("overall = \"best\"", &["survey.toml:2", "[exclude], key `where`"]),
        ("duration < ", &["survey.toml:2", "[exclude], key `where`"]),
    ] {
        work.file(
            "survey.toml",
            format!("[exclude]\nwhere = '{condition}'\n[question.overall]\nmeasure = \"csat\"\n"),
        );
        let run = work.run(&["analyze", "all.csv"]);
        assert_ne!(run.code, 0, "{condition}");
        for words in said {
            assert!(run.stderr.contains(words), "{condition}: {}", run.stderr);
        }
    }
}

#[test]
fn a_preview_is_no_response_and_a_repetition_no_second_one() {
    let work = Workdir::new();
    work.file("all.csv", TABLE);
    let rate = |exclude: &str| {
        work.file(
            "survey.toml",
            format!("[data]\nid = \"id\"\ninvited = 50\n[exclude]\n{exclude}\n[question.overall]\nmeasure = \"csat\"\n"),
        );
        work.run(&["analyze", "all.csv", "--format", "json"]).report()["survey"]["response_rate"].clone()
    };
    assert_eq!(rate("duplicate_ids = \"first\""), 10.0);
    assert!(rate("where = \"duration < 30\"").is_null(), "a response that is left out is still one");
}

#[test]
fn conditions_have_reasons_of_their_own() {
    let work = Workdir::new();
    work.file("all.csv", TABLE);
    let fast = "{ rule = \"duration < 30\", reason = \"<faster> than a minute\" }";
    let low = "{ rule = \"overall = 2\", reason = \"<faster> than a minute\" }";
    let later = "{ rule = \"round = 2\", reason = \"later\" }";
    let of = |written: &str| {
        work.file("survey.toml", format!("[exclude]\n{written}\n[question.overall]\nmeasure = \"csat\"\n"));
        work.run(&["analyze", "all.csv", "--threads", "2", "--format", "json"])
    };
    let reasons = |run: &Run| -> Vec<(String, u64)> {
        let report = run.report();
        let reasons = section(&report).unwrap()["reasons"].as_array().unwrap().clone();
        let label = |line: &Value| line["label"].as_str().unwrap_or("-").to_owned();
        reasons.iter().map(|line| (label(line), line["rows"].as_u64().unwrap())).collect()
    };
    let run = of(&format!("where = [{fast}, {later}, \"overall = 4\", {low}]"));
    // One row is fast and of the second round: the first condition has it.
    assert_eq!(ledger(&run), (7, 1, vec![rows("excluded", 6)]));
    assert_eq!(reasons(&run), [rows("<faster> than a minute", 2), rows("later", 3), rows("-", 1)]);
    let tables = format!("where = [{fast}, {later}]").replace('{', "\n{").replace(']', "\n]");
    assert_eq!(reasons(&of(&tables)), [rows("<faster> than a minute", 2), rows("later", 3)]);
    let brackets = "[[exclude.where]]\nrule = \"duration < 30\"\nreason = \" fast \"";
    assert_eq!(reasons(&of(brackets)), [rows("fast", 2)]);
    let alone = of(&format!("where = {fast}"));
    assert_eq!(reasons(&alone), [rows("<faster> than a minute", 2)]);
    assert!(work.run(&["analyze", "all.csv"]).stdout.contains("Left out: 2 <faster> than a minute."));
    let page = work.run(&["report", "all.csv", "--format", "html"]).stdout;
    assert!(page.contains("2 &lt;faster&gt; than a minute"), "words of a definition are no markup");
    for (written, said) in [
        ("where = [{ reason = \"fast\" }]", &["missing_key", "without `rule`"][..]),
        (
            "where = [{ rule = \"duration < 30\", raeson = \"fast\" }]",
            &["unknown_key", "did you mean `reason`?"],
        ),
        (
            "where = [{ rule = \"duration < \", reason = \"fast\" }]",
            &["[exclude], key `where`", "survey.toml:2"],
        ),
        ("where = [{ rule = \"duratoin < 3\" }]", &["did you mean `duration`?", "survey.toml:2"]),
        ("where = [{ rule = \"duration < 3\", reason = \" \" }]", &["a blank text"]),
        ("where = [[\"duration < 3\"], { rule = \"overall = 1\" }]", &["wrong_type"]),
    ] {
        let run = of(written);
        assert_ne!(run.code, 0, "{written}");
        for words in said {
            assert!(run.stderr.contains(words), "{written}: {}", run.stderr);
        }
    }
}
