//! `csat analyze --list`: the answers to follow up, as a user gets them.

use crate::support::{Run, Workdir};

const DEFINITION: &str = "[data]\nid = \"response\"\ncustomer = \"customer\"\ndate = \"date\"\n\n\
    [question.overall]\nmeasure = \"csat\"\n\n[question.recommend]\nmeasure = \"nps\"\n\n\
    [question.why]\nmeasure = \"choice\"\nlabels = { P = \"Price\", S = \"Speed\" }\n\n\
    [question.used]\nmeasure = \"multi\"\n\n[question.wait]\nmeasure = \"number\"\n\n\
    [question.comment]\nmeasure = \"text\"\n\n[segment.region]\nlabels = { 1 = \"North\", 2 = \"South\" }\n";

const ANSWERS: &str = "response,customer,date,email,phone,overall,recommend,why,used,wait,comment,region\n\
    r1,c1,2026-03-09,ann@example.com,+49 30 123456,1,3,P,app;shop,12.5,\"=HYPERLINK(\"\"http://evil\"\")\",1\n\
    r2,c2,2026-03-01,bob@example.com,+49 30 123457,5,10,S,app,3,fine,2\n\
    r3,c3,2026-02-03,cid@example.com,+49 30 123458,2,6,,,,\"slow,\ntoo slow\",2\n\
    r4,c4,,dee@example.com,+49 30 123459,1,,P,shop,-4,-12,1\n\
    r5,c5,2026-02-03,eve@example.com,+49 30 123450,4,6,S,app,2,,\n";

fn workdir() -> Workdir {
    let workdir = Workdir::new();
    workdir.file("survey.toml", DEFINITION);
    workdir.file("answers.csv", ANSWERS);
    workdir
}

fn list(workdir: &Workdir, condition: &str, more: &[&str]) -> Run {
    let mut arguments = vec!["analyze", "answers.csv", "--list", condition];
    arguments.extend(more);
    workdir.run(&arguments)
}

fn records(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[test]
fn one_row_an_answer_oldest_first() {
    let run = list(&workdir(), "recommend <= 6 or overall <= 2", &[]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let header =
        "response,customer,date,overall,overall_label,recommend,why,why_label,used,wait,comment,region";
    assert_eq!(run.stdout.lines().next(), Some(header), "{}", run.stdout);
    let rows = records(&run.stdout);
    let ids: Vec<&str> = rows.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(ids, ["r3", "r5", "r1", "r4"], "by date, then as in the file, without a date last");
    assert_eq!(rows[0][1..6], ["c3", "2026-02-03", "2", "Dissatisfied", "6"]);
    assert_eq!(rows[0][10..], ["slow,\ntoo slow", "South"]);
    assert_eq!(rows[2][6..], ["P", "Price", "app; shop", "12.5", "'=HYPERLINK(\"http://evil\")", "North"]);
    assert_eq!(rows[3][9..11], ["-4", "-12"], "numbers stay numbers");
    assert!(run.stderr.contains("4 of 5 answers listed"), "{}", run.stderr);
    assert!(!run.stdout.contains('@') && !run.stdout.contains("+49"));
    assert!(run.stderr.contains("--with-personal adds them: email, phone"), "{}", run.stderr);
}

#[test]
fn people_are_told_only_when_they_are_asked_for() {
    let run = list(&workdir(), "overall = 1", &["--with-personal"]);
    assert!(run.stdout.lines().next().unwrap().ends_with("comment,region,email,phone"), "{}", run.stdout);
    let rows = records(&run.stdout);
    assert_eq!(rows[0][12..], ["ann@example.com", "'+49 30 123456"]);
    workdir().run(&["analyze", "answers.csv", "--with-personal"]).refused(2, &["--list"]);
}

#[test]
fn rows_are_chosen_as_for_the_scores() {
    let workdir = workdir();
    let kept = list(&workdir, "overall <= 2", &["--where", "region = 'North'"]);
    assert!(kept.stderr.contains("2 of 2 answers listed"), "{}", kept.stderr);
    let wave = list(&workdir, "overall <= 5", &["--every", "month", "--wave", "2026-02"]);
    assert!(wave.stderr.contains("2026-02: 2 of 2 answers listed"), "{}", wave.stderr);
    assert!(wave.stderr.contains("1 answers without a date"), "{}", wave.stderr);
    assert_eq!(records(&wave.stdout)[0][3], "2026-02");
    let none = list(&workdir, "overall = 3", &[]);
    assert_eq!((none.code, none.stdout.lines().count()), (0, 1));
    assert!(none.stderr.contains("0 of 5 answers listed"));
    for threads in ["1", "4"] {
        assert_eq!(
            list(&workdir, "overall <= 5", &["--threads", threads]).stdout,
            list(&workdir, "overall <= 5", &[]).stdout
        );
    }
}

#[test]
fn the_list_goes_to_a_file_or_alone_to_standard_output() {
    let workdir = workdir();
    let run = list(&workdir, "overall <= 2", &["-o", "follow-up.csv"]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""));
    assert_eq!(workdir.read("follow-up.csv"), list(&workdir, "overall <= 2", &["-o", "-"]).stdout);
    assert_eq!(list(&workdir, "overall <= 2", &["-o", "follow-up.xlsx"]).code, 0);
    let book = std::fs::read(workdir.path().join("follow-up.xlsx")).unwrap();
    assert!(book.starts_with(b"PK"));
    assert_eq!(list(&workdir, "overall <= 2", &["-o", "follow-up.xlsx", "--quiet"]).stderr, "");
}

#[test]
fn what_does_not_fit_a_list_is_refused() {
    let workdir = workdir();
    list(&workdir, "overal <= 2", &[]).refused(2, &["overal", "overall"]);
    list(&workdir, "overall <=", &[]).refused(2, &[]);
    list(&workdir, "overall <= 2", &["--by", "region"]).refused(2, &["--by"]);
    list(&workdir, "overall <= 2", &["-o", "list.html"]).refused(2, &["csv or xlsx"]);
    list(&workdir, "overall <= 2", &["-o", "answers.csv"]).refused(2, &["overwrite"]);
    list(&workdir, "overall <= 2", &["--wave", "2026-Q9", "--every", "quarter"]).refused(2, &["2026-Q9"]);
}

#[test]
fn dates_that_do_not_tell_day_from_month_are_shown_as_they_stand() {
    let workdir = workdir();
    workdir.file("answers.csv", "response,customer,date,overall,recommend,why,used,wait,comment,region\nr1,c1,05/04/2026,1,2,P,,,,1\nr2,c2,03/02/2026,1,2,P,,,,1\n");
    let run = list(&workdir, "overall = 1", &[]);
    assert_eq!(
        records(&run.stdout).iter().map(|row| row[2].clone()).collect::<Vec<_>>(),
        ["05/04/2026", "03/02/2026"]
    );
    assert!(run.stderr.contains("no date tells the day from the month"), "{}", run.stderr);
}

#[test]
fn columns_of_a_list_of_customers_stand_in_it_too() {
    let workdir = workdir();
    workdir.file(
        "survey.toml",
        format!("{DEFINITION}\n[lookup]\nfile = \"customers.csv\"\nkey = \"customer\"\n\n[segment.tier]\n"),
    );
    workdir.file("customers.csv", "customer,tier,name,mobile\nc1,gold,Ann Example,+49 171 1234567\nc3,silver,Cid Example,+49 171 1234568\n");
    let run = list(&workdir, "tier = 'gold'", &[]);
    assert_eq!(
        records(&run.stdout)[0].last().map(String::as_str),
        Some("gold"),
        "{}{}",
        run.stdout,
        run.stderr
    );
    assert!(!run.stdout.contains("Ann"));
    assert!(
        run.stderr.contains("customers.csv: 2 of 5 rows read are in the list by `customer`"),
        "{}",
        run.stderr
    );
    let run = list(&workdir, "tier = 'gold'", &["--with-personal"]);
    assert!(run.stdout.contains("Ann Example"), "{}", run.stdout);
}
