//! Cases without an interview: counted for the response rates, and for nothing else.

use serde_json::Value;

use super::support::{Workdir, estimate};

const DEFINITION: &str = "[data]\nid = \"id\"\n[quality]\ndisposition = \"status\"\n[quality.dispositions]\n\
     complete = [\"done\"]\npartial = [\"broke off\"]\nrefusal = [\"refused\"]\nnon_contact = [\"no contact\"]\n\
     not_eligible = [\"moved\"]\n[question.overall]\nmeasure = \"csat\"\n[question.service]\nmeasure = \"csat\"\n\
     [segment.region]\n";

/// Forty interviews, four of them broken off, and 24 cases without one.
fn answers() -> String {
    let mut text = "id,status,region,overall,service\n".to_owned();
    for row in 0..64 {
        let line = match row % 8 {
            0..=3 => format!("{row},Done,North,{},4\n", 1 + row % 5),
            4 if row < 32 => format!("{row},broke off,South,3,\n"),
            4 => format!("{row},done ,South,5,5\n"),
            5 => format!("{row},refused,South,,\n"),
            6 if row < 32 => format!("{row},moved,North,,\n"),
            6 => format!("{row},no contact,North,,\n"),
            _ => format!("{row},{},South,,\n", if row < 32 { "" } else { "what?" }),
        };
        text += &line;
    }
    text
}

fn work(definition: &str) -> Workdir {
    let work = Workdir::new();
    work.file("a.csv", answers());
    work.file("a.toml", definition);
    work
}

fn left_out(report: &Value) -> Vec<(String, u64)> {
    let excluded = report["ledger"]["excluded"].as_array().unwrap();
    let line = |line: &Value| (line["reason"].as_str().unwrap().to_owned(), line["rows"].as_u64().unwrap());
    excluded.iter().map(line).collect()
}

#[test]
fn a_case_without_an_interview_is_no_answer() {
    let work = work(DEFINITION);
    let run = work.run(&["analyze", "a.csv", "--format", "json"]);
    let report = run.report();
    assert_eq!((&report["ledger"]["rows_read"], &report["ledger"]["rows_used"]), (&64.into(), &40.into()));
    assert_eq!(left_out(&report), [("no_interview".to_owned(), 24)]);
    assert_eq!(
        run.stderr.matches("24 of 64 rows are cases without an interview").count(),
        1,
        "{}",
        run.stderr
    );
    assert_eq!(estimate(&report, "overall", "mean", &[])["base"], 40);
    let section = |kind: &str| report["sections"].as_array().unwrap().iter().any(|one| one["kind"] == kind);
    assert!(!section("exclusions"), "nothing is compared with rows that are no answers");

    let list = work.run(&["analyze", "a.csv", "--list", "overall is missing"]);
    assert!(list.stderr.contains("0 of 40 answers listed"), "{}", list.stderr);
    assert!(list.stderr.contains("24 of 64 rows are cases"), "{}", list.stderr);
    let markdown = work.run(&["report", "a.csv"]).stdout;
    assert!(markdown.contains("cases without an interview"), "{markdown}");
    let page = work.run(&["report", "a.csv", "--format", "html"]).stdout;
    assert!(page.contains("cases without an interview"));
}

#[test]
fn quality_looks_at_interviews_and_counts_all_cases() {
    let work = work(DEFINITION);
    let of = |arguments: &[&str]| {
        let report = work.run(&[&["quality", "a.csv", "--format", "json"], arguments].concat()).report();
        report["sections"][0].clone()
    };
    let section = of(&[]);
    assert_eq!(section["rows"], 40);
    let checks = section["checks"].as_array().unwrap();
    let no_answer = checks.iter().find(|check| check["code"] == "no_answer").unwrap();
    assert_eq!((&no_answer["looked_at"], &no_answer["flagged"]), (&40.into(), &0.into()));
    assert_eq!(section["items"][0]["blank"], 0);
    assert_eq!(section["items"][1]["blank"], 4);
    let cases = |section: &Value| -> Vec<u64> {
        let lines = section["response"]["dispositions"].as_array().unwrap();
        lines.iter().map(|line| line["cases"].as_u64().unwrap()).collect()
    };
    // Complete, partial, refusal, non-contact, other, unknown, not eligible.
    assert_eq!(cases(&section), [36, 4, 8, 4, 0, 8, 4]);
    assert_eq!(section["response"]["unmatched"], 8);
    assert_eq!(section["response"]["rates"][0]["name"], "RR1");
    assert_eq!(section["response"]["rates"][0]["value"], 0.6);
    assert_eq!(cases(&of(&["--where", "region = \"North\""])), [32, 0, 0, 4, 0, 0, 4]);
    // The figures of a report with this section are those without it.
    for threads in ["1", "2"] {
        assert_eq!(of(&["--threads", threads]), section);
    }
}

#[test]
fn waves_and_weights_do_not_bring_cases_back() {
    let text = answers();
    let lines = text.lines().enumerate().map(|(at, line)| match at {
        0 => format!("{line},wave,weight"),
        // Those who were not reached have neither.
        _ if line.contains("no contact") => format!("{line},,"),
        _ => format!("{line},{},{}", if at % 3 == 0 { "W1" } else { "W2" }, 1 + at % 2),
    });
    let work = Workdir::new();
    work.file("a.csv", lines.collect::<Vec<_>>().join("\n"));
    let data = "[data]\nid = \"id\"\nwave = { column = \"wave\" }\nweight = \"weight\"\n";
    work.file("a.toml", DEFINITION.replacen("[data]\nid = \"id\"\n", data, 1));
    let plain = work.run(&["analyze", "a.csv", "--wave", "all", "--format", "json"]).report();
    assert_eq!(plain["ledger"]["rows_used"], 40);
    let quality = work.run(&["quality", "a.csv", "--wave", "all", "--format", "json"]).report();
    assert_eq!(left_out(&plain), [("no_interview".to_owned(), 24)]);
    assert_eq!(left_out(&quality), left_out(&plain));
    assert_eq!(quality["ledger"]["questions"], plain["ledger"]["questions"]);
}

/// Rows that are left out of the scores, whose cases they are all the same.
const LEFT_OUT: &str = "id,status,region,overall,service,time\n1,done,North,5,4,100\n2,done,North,4,4,10\n\
     3,broke off,South,3,,10\n4,refused,South,,,5\n1,done,South,2,2,10\n6,done,South,4,4,90\n7,done,South,1,1,10\n\
     7,done,South,5,5,12\n8,no contact,North,,,\n";

fn response(work: &Workdir, arguments: &[&str]) -> (Value, Vec<u64>) {
    let run = work.run(&[&["quality"], arguments, &["--format", "json"]].concat());
    assert_eq!(run.code, 0, "{}", run.stderr);
    let report = run.report();
    let lines = report["sections"][0]["response"]["dispositions"].as_array().unwrap().clone();
    (report, lines.iter().map(|line| line["cases"].as_u64().unwrap()).collect())
}

#[test]
fn an_answer_that_is_left_out_is_still_a_case() {
    let work = Workdir::new();
    work.file("a.csv", LEFT_OUT);
    for keep in ["first", "last"] {
        let exclude = format!("[exclude]\nwhere = \"time < 30\"\nduplicate_ids = \"{keep}\"\n");
        work.file("a.toml", DEFINITION.replacen("[quality]\n", &format!("{exclude}[quality]\n"), 1));
        for threads in ["1", "2"] {
            let (report, cases) = response(&work, &["a.csv", "--threads", threads]);
            assert_eq!(left_out(&report), [("excluded".to_owned(), 6), ("no_interview".to_owned(), 1)]);
            // Ids 1, 2, 6 and 7 once each; what was too fast to be believed was reached all the same.
            assert_eq!(cases, [4, 1, 1, 1, 0, 0, 0], "{keep}");
            let section = &report["sections"][0];
            assert_eq!(section["rows"], 2, "the checks look at what counts");
            assert_eq!(section["response"]["unmatched"], 0);
            let plain = work.run(&["analyze", "a.csv", "--format", "json"]).report();
            assert_eq!(plain["ledger"]["questions"], report["ledger"]["questions"]);
        }
        let (_, north) = response(&work, &["a.csv", "--where", "region = \"North\""]);
        assert_eq!(north, [2, 0, 0, 1, 0, 0, 0], "{keep}");
    }
}

#[test]
fn what_is_unfinished_is_a_partial_interview_where_no_disposition_says_otherwise() {
    let work = Workdir::new();
    work.file(
        "a.csv",
        "id,status,finished,overall\n1,done,yes,5\n2,,no,4\n3,done,no,4\n4,refused,no,\n5,,yes,3\n",
    );
    work.file("b.csv", "id,finished,overall\n6,yes,5\n7,no,2\n");
    let questions = "[exclude]\npartial = true\n[question.overall]\nmeasure = \"csat\"\n";
    let (quality, _) = DEFINITION.split_once("[question.overall]").unwrap();
    work.file("a.toml", format!("{quality}{questions}"));
    let (report, cases) = response(&work, &["a.csv", "b.csv", "--survey", "a.toml"]);
    assert_eq!(left_out(&report), [("no_interview".to_owned(), 1), ("partial".to_owned(), 4)]);
    // The column decides; of a file without it every row is an interview; a blank cell is unknown.
    assert_eq!(cases, [3, 2, 1, 0, 0, 1, 0]);
    assert_eq!(report["sections"][0]["response"]["unmatched"], 1);
}
