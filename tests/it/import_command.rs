//! `csat import`: the plain table gives the figures of the file, the log says what was changed, a redacted copy holds
//! nothing that tells who answered.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::support::{Run, Workdir};

fn fixture(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/exports").join(name)).unwrap()
}

const PERSONAL: &str = "plain/personal.csv";
const KEY: &str = "sixteen letters and more";

/// Texts of the fixture that tell who answered.
const SECRETS: [&str; 14] = [
    "ada@",
    "cy@example",
    "Ada,",
    "Bo,",
    "1234567",
    "7654321",
    "10115",
    "03-14",
    "192.168",
    "K100",
    "R1,",
    "DE89",
    "4111",
    "sixteen",
];

fn work(files: &[&str]) -> Workdir {
    let work = Workdir::new();
    for file in files {
        work.file(Path::new(file).file_name().unwrap().to_str().unwrap(), fixture(file));
    }
    work
}

fn done(run: &Run) -> &Run {
    assert_eq!(run.code, 0, "{}", run.stderr);
    run
}

fn estimates(run: &Run) -> Value {
    run.report()["estimates"].clone()
}

#[test]
fn the_plain_table_gives_the_figures_of_the_file() {
    for file in [
        "qualtrics/modern.csv",
        "qualtrics/modern.tsv",
        "qualtrics-legacy/legacy.csv",
        "surveymonkey/two-rows.csv",
        "surveymonkey/french.csv",
        "google-forms/own.csv",
        "google-forms/sheet.csv",
        "microsoft-forms/saved-as.csv",
        "limesurvey/codes.csv",
        "limesurvey/texts.csv",
        "typeform/new.csv",
        "typeform/old.csv",
        "formbricks/export.csv",
        "delighted/responses.json",
        "medallia/agent-connect.csv",
        "spss/readstat.sav",
        "plain/answers.csv",
    ] {
        let work = work(&[file]);
        let name = Path::new(file).file_name().unwrap().to_str().unwrap();
        let stem = name.rsplit_once('.').unwrap().0;
        let raw = work.run(&["analyze", name, "--survey", "none", "--format", "json"]);
        done(&work.run(&["import", name]));
        let table = format!("{stem}.clean.csv");
        let clean = work.run(&["analyze", &table, "--format", "json"]);
        assert!(clean.stderr.contains(&format!("definition: {stem}.clean.toml")), "{}", clean.stderr);
        assert_eq!(estimates(&raw), estimates(&clean), "{file}");
        let again =
            done(&work.run(&["import", &table, "--survey", "none", "-o", "again.csv"])).stderr.clone();
        assert_eq!(work.read(&table), work.read("again.csv"), "{file}\n{again}");
    }
}

#[test]
fn a_definition_beside_the_file_goes_with_the_table() {
    let work = work(&["plain/answers.csv"]);
    work.file("answers.toml", "[question.overall]\nmeasure = \"rating\"\n");
    done(&work.run(&["import", "answers.csv"]));
    assert_eq!(work.read("answers.clean.toml"), work.read("answers.toml"));
}

#[test]
fn the_log_says_what_was_changed() {
    let work = work(&["limesurvey/texts.csv", "formbricks/export.csv"]);
    done(&work.run(&["import", "texts.csv"]));
    let log = work.read("texts.clean.edits.csv");
    assert!(log.starts_with("row,column,old,new,rule\n"), "{log}");
    assert!(log.contains("3,Warum?,'=danke,=danke,apostrophe_of_the_tool\n"), "{log}");
    let safe = done(&work.run(&["import", "texts.csv", "-o", "safe.csv", "--safe"])).stderr.clone();
    assert!(work.read("safe.csv").contains(",'=danke,"), "{safe}");
    assert!(work.read("safe.edits.csv").contains("3,Warum?,'=danke,'=danke,formula_masked\n"));
    // What is no column of the table is said.
    work.file("gap.csv", "V1,V2,Q1,\nResponseID,Status,How satisfied?,\nR_1,0,5,\nR_2,1,4,\n");
    let run = work.run(&["import", "gap.csv", "--layout", "plain", "--survey", "none"]);
    done(&run);
    assert!(work.read("gap.clean.edits.csv").contains("0,column 4,,column 4,column_without_name\n"));
}

#[test]
fn odd_rows_and_names_are_made_plain() {
    let work = Workdir::new();
    let text = b" overall ,region,region,\n5,North,x,\noverall,region,region,\n4,S\xFCd,y,,beyond\n3\n";
    work.file("odd.csv", text);
    let run = work.run(&["import", "odd.csv", "--encoding", "utf-8"]);
    done(&run);
    assert_eq!(
        work.read("odd.clean.csv"),
        "overall,region (1),region (2),column 4\n5,North,x,\n4,S\u{fffd}d,y,\n3\n",
        "{}",
        run.stderr
    );
    let log = work.read("odd.clean.edits.csv");
    for line in [
        "0,overall, overall ,overall,name_tidied",
        "0,region (2),region,region (2),name_stands_twice",
        "2,,,,repeated_header",
        "3,column 5,beyond,,cell_beyond_header",
    ] {
        assert!(log.lines().any(|found| found == line), "{line} is not in\n{log}");
    }
    for text in ["3 of 4 rows written", "1 repeated headers", "1 with too few cells", "cut off"] {
        assert!(run.stderr.contains(text), "{}", run.stderr);
    }
}

#[test]
fn tests_by_the_files_own_word_are_left_out() {
    let work = Workdir::new();
    let text = String::from_utf8(fixture("qualtrics/modern.csv")).unwrap();
    let real = "2026-07-01 09:05:07,2026-07-01 09:09:07,0,";
    assert!(text.contains(real));
    work.file("export.csv", text.replace(real, &real.replace(",0,", ",1,")));
    let run = work.run(&["import", "export.csv"]);
    assert!(done(&run).stderr.contains("11 of 12 rows written; 1 previews, tests or spam"), "{}", run.stderr);
    assert!(work.read("export.clean.edits.csv").contains("1,Status,,,test_row\n"));
    let kept = work.run(&["import", "export.csv", "--keep-tests", "--force"]);
    assert!(done(&kept).stderr.contains("12 of 12 rows written"), "{}", kept.stderr);
}

#[test]
fn nothing_is_overwritten_and_a_failure_leaves_nothing() {
    let work = work(&["plain/answers.csv"]);
    done(&work.run(&["import", "answers.csv"]));
    let names = ["answers.clean.csv", "answers.clean.edits.csv", "answers.clean.toml", "answers.csv"];
    assert_eq!(work.names(), names);
    work.run(&["import", "answers.csv"]).refused(2, &["`answers.clean.csv` exists", "--force"]);
    done(&work.run(&["import", "answers.csv", "--force"]));
    work.run(&["import", "answers.csv", "-o", "answers.csv", "--force"]).refused(2, &["would overwrite"]);
    work.file("bad.csv", "a,b\n1,\"2\n");
    work.run(&["import", "bad.csv"]).refused(1, &["line 2", "never closed"]);
    assert_eq!(work.names().len(), 5);
    let only = work.run(&["import", "answers.csv", "-o", "only.csv", "--no-log", "--no-definition"]);
    assert!(done(&only).stderr.contains("written: only.csv\n"), "{}", only.stderr);
    work.run(&["import", "answers.csv", "bad.csv", "-o", "x.csv"]).refused(2, &["no folder"]);
}

#[test]
fn the_table_alone_goes_to_stdout() {
    let work = work(&["plain/answers.csv"]);
    let run = work.run(&["import", "answers.csv", "-o", "-"]);
    assert_eq!(done(&run).stdout, work.read("answers.csv"));
    let piped = work.run_with_input(&["import", "-"], &fixture("plain/answers.csv"));
    assert_eq!(done(&piped).stdout, run.stdout);
    assert_eq!(work.names(), ["answers.csv"]);
}

#[test]
fn an_encoding_that_the_beginning_does_not_show_is_found() {
    let work = Workdir::new();
    let mut text = "overall,region\n".to_owned() + &"5,North\n4,South\n".repeat(20_000);
    text.push_str("3,Sxd\n2,Sxd\n");
    let bytes: Vec<u8> =
        text.into_bytes().iter().map(|byte| if *byte == b'x' { 0xFC } else { *byte }).collect();
    work.file("late.csv", bytes);
    let run = work.run(&["import", "late.csv"]);
    assert!(done(&run).stderr.contains("its beginning does not show it"), "{}", run.stderr);
    assert!(work.read("late.clean.csv").ends_with("3,Süd\n2,Süd\n"));
}

#[test]
fn what_a_reader_could_not_pass_on_is_said() {
    let work = Workdir::new();
    let mut text = "{\"overall\":5,\"t\":[\"x\"]}\n".repeat(20_000);
    text.push_str("{\"overall\":2,\"late\":3}\n");
    work.file("a.ndjson", text);
    for command in ["analyze", "import"] {
        let run = work.run(&[command, "a.ndjson"]);
        assert!(
            done(&run).stderr.contains("1 value has a key that the first 20,000 records lack"),
            "{}",
            run.stderr
        );
    }
}

#[test]
fn what_was_seen_is_explained_without_writing() {
    let work = work(&["qualtrics/modern.csv", PERSONAL]);
    let run = work.run(&["import", "modern.csv", "--explain"]);
    done(&run);
    for text in [
        "qualtrics",
        "ImportId",
        "time zone",
        "Europe/Berlin",
        "response id",
        "12 below the header",
        "several",
    ] {
        assert!(run.stdout.contains(text), "{text} is not in\n{}", run.stdout);
    }
    assert!(run.stdout.lines().all(|line| line.chars().count() <= 80), "{}", run.stdout);
    assert_eq!(work.names(), ["modern.csv", "personal.csv"]);
    let run = work.run(&["import", "personal.csv", "modern.csv", "--explain", "--format", "json"]);
    let json: Value = serde_json::from_str(&done(&run).stdout).unwrap();
    let files = json["files"].as_array().unwrap();
    assert_eq!((files.len(), files[0]["rows"]["rows"].as_u64()), (2, Some(6)));
    let columns = files[0]["columns"].as_array().unwrap();
    let personal: Vec<&str> = columns.iter().filter_map(|column| column["personal"].as_str()).collect();
    for kind in
        ["e-mail addresses", "names", "phone numbers", "postal codes", "dates of birth", "IP addresses"]
    {
        assert!(personal.contains(&kind), "{kind} is not in {personal:?}");
    }
    for secret in ["ada@", "Ada", "1234567", "10115", "Fine service", "192.168"] {
        assert!(!run.stdout.contains(secret), "{secret} in\n{}", run.stdout);
    }
    let all = work.run(&["import", "personal.csv", "--explain", "--with-personal"]);
    assert!(done(&all).stdout.contains("ada@"), "{}", all.stdout);
}

fn redacted(work: &Workdir, more: &[&str]) -> Run {
    work.file("key", KEY);
    work.run(
        &[&["import", "personal.csv", "--redact", "--key", "key", "-o", "out.csv", "--force"], more].concat(),
    )
}

#[test]
fn a_redacted_copy_tells_nobody_who_answered() {
    let work = work(&[PERSONAL]);
    let run = redacted(&work, &[]);
    done(&run);
    let written =
        [work.read("out.csv"), work.read("out.toml"), work.read("out.edits.csv"), run.stderr.clone()];
    for secret in SECRETS {
        assert!(
            written.iter().all(|text| !text.contains(secret)),
            "{secret} in\n{}",
            written.join("\n---\n")
        );
    }
    let table = &written[0];
    assert!(
        table.starts_with("response_id,customer_id,PLZ,birth_date,region,overall,recommend,comment\n"),
        "{table}"
    );
    for text in [
        "10,1985,North,5,10,\"Call me at [phone], Ada\"",
        "Refund to [iban], write to [e-mail]",
        "Card [card] was",
    ] {
        assert!(table.contains(text), "{text} is not in\n{table}");
    }
    let ids: Vec<Vec<&str>> = table.lines().skip(1).map(|line| line.split(',').take(2).collect()).collect();
    assert!(ids.iter().flatten().all(|id| id.len() == 16 && id.bytes().all(|byte| byte.is_ascii_hexdigit())));
    assert_eq!(ids[0][1], ids[3][1], "one customer, one pseudonym");
    assert!(run.stderr.contains("names of people inside comments are not found"), "{}", run.stderr);
    assert!(run.stderr.contains("2 of 6 rows are the only one by"), "{}", run.stderr);
    let figures = work.run(&["analyze", "out.csv", "--format", "json"]);
    let raw = work.run(&["analyze", "personal.csv", "--format", "json"]);
    assert_eq!(estimates(&figures), estimates(&raw));
    let without = redacted(&work, &["--drop-comments"]);
    assert!(done(&without).stderr.contains("dropped: "), "{}", without.stderr);
    assert!(!work.read("out.csv").contains("comment"));
}

#[test]
fn the_columns_of_a_list_come_along() {
    let work = Workdir::new();
    let answers: String = (1..=40).map(|row| format!("C{row:03},{}\n", 1 + row % 5)).collect();
    work.file("in/a.csv", format!("customer,overall\n{answers}"));
    let list: String = (1..=35)
        .map(|row| format!("C{row:03},{},p{row}@x.org\n", if row % 2 == 0 { "Gold" } else { "Silver" }))
        .collect();
    work.file("in/customers.csv", format!("id,tier,email\n{list}"));
    let definition = "[data]\ncustomer = \"customer\"\n\n[lookup]\nfile = \"customers.csv\"\nkey = \"customer\"\n\
                      match = \"id\"\n\n[question.overall]\nmeasure = \"csat\"\n\n[segment.tier]\n";
    work.file("in/a.toml", definition);
    work.file("key", KEY);
    let arguments = ["import", "in/a.csv", "-o", "clean.csv", "--redact", "--key", "key"];
    let run = work.run(&arguments);
    done(&run);
    let table = work.read("clean.csv");
    assert!(table.starts_with("tier,customer,overall\nSilver,"), "{table}");
    assert!(!table.contains("C001") && !table.contains('@'), "{table}");
    let copy = work.read("clean.toml");
    assert!(
        copy.contains("# The columns of the list stand in the table: `tier`, `email`.\n# [lookup]\n"),
        "{copy}"
    );
    assert!(copy.contains("\n[segment.tier]\n"));
    for text in ["`[lookup]` is a comment", "35 of 40 rows read are in the list"] {
        assert!(run.stderr.contains(text), "{}", run.stderr);
    }
    let figures = |file: &str| estimates(&work.run(&["analyze", file, "--format", "json"]));
    assert_eq!(figures("clean.csv"), figures("in/a.csv"));
    assert!(figures("clean.csv").to_string().contains("Gold"));
    // The columns of a layout keep their places behind those of a list, and a list is not written over.
    work.run(&["import", "in/a.csv", "-o", "in/customers.csv", "--force"]).refused(2, &["would overwrite"]);
    let plain = work.run(&["import", "in/a.csv", "-o", "plain.csv"]);
    assert!(work.read("plain.csv").contains("\nSilver,p1@x.org,C001,2\n"), "{}", plain.stderr);
    assert!(!work.read("plain.edits.csv").contains("name_from_layout"));
}

#[test]
fn a_table_is_csv_and_has_a_name_of_its_own() {
    let work = work(&["plain/answers.csv"]);
    for name in ["x.xlsx", "x.SAV", "x.json", "x.csv.gz"] {
        work.run(&["import", "answers.csv", "-o", name]).refused(2, &["writes CSV", ".csv"]);
    }
    work.run(&["import", "answers.csv", "-o", "out/"]).refused(2, &["`out/` is no folder"]);
    work.file("out/other.txt", "");
    done(&work.run(&["import", "answers.csv", "-o", "out/"]));
    done(&work.run(&["import", "answers.csv", "-o", "out", "--force"]));
    assert_eq!(work.read("out/answers.clean.csv"), work.read("answers.csv"));
    work.file("answers.txt", work.read("answers.csv"));
    work.run(&["import", "answers.csv", "answers.txt"])
        .refused(2, &["`answers.csv` and `answers.txt`", "`answers.clean.csv`"]);
}

#[test]
fn pseudonyms_go_by_the_key() {
    let work = work(&[PERSONAL]);
    done(&redacted(&work, &[]));
    let first = work.read("out.csv");
    work.file("customers.csv", "customer_id,overall\nK100,5\nK999,4\n");
    done(&work.run(&["import", "customers.csv", "--redact", "--key", "key"]));
    let pseudonym = first.lines().nth(1).unwrap().split(',').nth(1).unwrap();
    assert!(work.read("customers.redacted.csv").contains(pseudonym), "one key, one pseudonym in every file");
    work.file("other", "another key of sixteen");
    done(&work.run(&["import", "personal.csv", "--redact", "--key", "other", "-o", "other.csv"]));
    assert!(!work.read("other.csv").contains(pseudonym));
}

#[test]
fn a_key_is_needed_and_long() {
    let work = work(&[PERSONAL]);
    work.run(&["import", "personal.csv", "--redact"])
        .refused(2, &["--key FILE", "/dev/urandom", "RandomNumberGenerator"]);
    work.run(&["import", "personal.csv", "--redact", "--key", "none"])
        .refused(1, &["cannot be read", "/dev/urandom"]);
    work.file("short", "secret");
    let run = work.run(&["import", "personal.csv", "--redact", "--key", "short"]);
    run.refused(1, &["has 6 bytes", "16 or more"]);
    assert!(!run.stderr.contains("secret"));
}

#[test]
fn declared_columns_are_personal_and_others_are_not() {
    let work = work(&[PERSONAL]);
    work.file(
        "personal.toml",
        "[data]\npersonal = [\"region\"]\npersonal_not = [\"PLZ\"]\n[question.overall]\nmeasure = \"csat\"\n",
    );
    done(&redacted(&work, &[]));
    let table = work.read("out.csv");
    assert!(!table.contains("North") && table.contains("10115"), "{table}");
    work.file("both.toml", "[data]\npersonal = [\"PLZ\"]\npersonal_not = [\"PLZ\"]\n");
    work.run(&["analyze", "personal.csv", "--survey", "both.toml"]).refused(78, &["`PLZ`", "personal_not"]);
}

#[test]
fn groups_of_people_are_cautioned_and_never_inferred() {
    let work = work(&[PERSONAL]);
    let run = work.run(&["analyze", "personal.csv"]);
    done(&run);
    assert!(run.stderr.contains("personal: names"), "{}", run.stderr);
    for secret in ["ada@", "Ada", "1234567", "192.168"] {
        assert!(!run.stdout.contains(secret) && !run.stderr.contains(secret), "{secret}");
    }
    let text = "[question.overall]\nmeasure = \"csat\"\n[segment.Vorname]\n";
    work.file("people.toml", text);
    let run = work.run(&["analyze", "personal.csv", "--survey", "people.toml"]);
    assert!(done(&run).stderr.contains("holds names, by its header"), "{}", run.stderr);
    work.file("people.toml", format!("[data]\npersonal_not = [\"Vorname\"]\n{text}"));
    let run = work.run(&["analyze", "personal.csv", "--survey", "people.toml"]);
    assert!(!done(&run).stderr.contains("holds names"), "{}", run.stderr);
}

/// Twelve rows with what no header of the survey tools names.
fn hints() -> String {
    let mut text =
        "Kunde,N° client,LinkedIn,Where,Where do you live?,Contact,region,signup,overall,Comment\n"
            .to_owned();
    for row in 0..12 {
        let contact =
            if row % 2 == 0 { format!("+49 170 55512{row:02}") } else { format!("p{row}@secret.org") };
        let comment = match row {
            0 => "my iban is DE89 3704 0044 0532 0130 00",
            1 => "DE89 3704 0044 0532 0130 00",
            2 => "see http://secret.org/?u=77 please",
            _ => "all was fine",
        };
        text += &format!(
            "Klaus Meier{row},{},linkedin.com/in/anna{row},\"52.{row:03},13.41\",\"Geheimstr. {row}, 10{row:03} Berlin\",{contact},{},{}-01-0{} 10:00:00,{},{comment}\n",
            7000 + row,
            if row % 2 == 0 { "North" } else { "South" },
            1990 + row,
            1 + row % 9,
            1 + row % 5,
        );
    }
    text
}

#[test]
fn hints_are_enough_to_redact() {
    let work = Workdir::new();
    work.file("key", KEY);
    work.file("a.csv", hints());
    let run = work.run(&["import", "a.csv", "--redact", "--key", "key", "-o", "out.csv"]);
    done(&run);
    let table = work.read("out.csv");
    for secret in ["Meier", "7003", "linkedin", "52.", "Geheim", "55512", "secret", "DE89"] {
        assert!(
            !table.contains(secret) && !run.stderr.contains(secret),
            "{secret} in\n{table}\n{}",
            run.stderr
        );
    }
    assert!(table.contains("my iban is [iban]") && table.contains("see [link] please"), "{table}");
    for text in [
        "kept columns, look that they name nobody: region, signup, overall, Comment",
        "12 of 12 rows are the only one by region, signup together",
        "0 of 12 rows are the only one by the segments alone (region)",
    ] {
        assert!(run.stderr.contains(text), "{text} is not in\n{}", run.stderr);
    }
    work.file("a.toml", "[data]\npersonal_not = [\"Kunde\"]\n[question.overall]\nmeasure = \"csat\"\n");
    done(&work.run(&["import", "a.csv", "--redact", "--key", "key", "-o", "own.csv", "--force"]));
    assert!(work.read("own.csv").contains("Klaus Meier1"), "the definition knows better");
}

#[test]
fn contacts_stand_in_no_message_and_no_option() {
    let work = Workdir::new();
    work.file("a.csv", hints());
    work.file("a.toml", "[data]\ndate = \"Contact\"\n[question.overall]\nmeasure = \"csat\"\n");
    let run = work.run(&["analyze", "a.csv", "--every", "month"]);
    assert!(run.stderr.contains("an e-mail address or phone number"), "{}", run.stderr);
    let explained = work.run(&["import", "a.csv", "--explain", "--survey", "none"]);
    assert!(done(&explained).stdout.contains("mixed contact"), "{}", explained.stdout);
    work.file("a.toml", "[question.overall]\nmeasure = \"csat\"\n[question.Comment]\nmeasure = \"multi\"\n");
    let html = work.run(&["analyze", "a.csv", "--format", "json"]);
    let listed = work.run(&["analyze", "a.csv", "--list", "overall <= 5"]);
    let explained = work.run(&["analyze", "a.csv", "--list", "overall <= 5", "--with-personal"]);
    assert!(done(&html).stdout.contains("[iban]") && done(&listed).stdout.contains("[iban]"));
    assert!(done(&explained).stdout.contains("DE89"), "{}", explained.stdout);
    for text in [run.stderr, html.stdout, listed.stdout] {
        assert!(!text.contains("55512") && !text.contains("p1@") && !text.contains("DE89"), "{text}");
    }
}
