//! Whole files: what our own writer and an independent one wrote comes back.

mod damage;

use std::io::{Cursor, Read};

use super::sample::{DATE, DATETIME, F8, F8_2, Sample, TIME, Value};
use super::{ResponseSet, ResponseSetKind, read_with_sets};
use crate::survey::{ColumnFacts, Role};

/// A file read to its end.
struct Whole {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
    columns: Vec<ColumnFacts>,
    reasons: Vec<String>,
    sets: Vec<ResponseSet>,
    wrong_bytes: u64,
}

fn whole(bytes: &[u8]) -> Result<Whole, String> {
    let (mut decoded, sets) =
        read_with_sets(Box::new(Cursor::new(bytes.to_vec())), None).map_err(|e| e.to_string())?;
    let mut text = String::new();
    decoded.reader.read_to_string(&mut text).map_err(|error| error.to_string())?;
    let mut records = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let mut rows: Vec<Vec<String>> =
        records.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect();
    let header = rows.remove(0);
    let wrong_bytes = decoded.losses.undecodable();
    Ok(Whole { header, rows, columns: decoded.columns, reasons: decoded.reasons, sets, wrong_bytes })
}

impl Whole {
    fn facts(&self, name: &str) -> &ColumnFacts {
        &self.columns[self.header.iter().position(|header| header == name).unwrap()]
    }

    fn says(&self, part: &str) -> bool {
        self.reasons.iter().any(|reason| reason.contains(part))
    }
}

fn pairs(labels: &[(&str, &str)]) -> Vec<(String, String)> {
    labels.iter().map(|(code, label)| ((*code).to_owned(), (*label).to_owned())).collect()
}

/// A small survey with something of everything.
fn survey() -> Sample {
    Sample::default()
        .number("Q1", F8)
        .labelled("Overall, how satisfied are you?")
        .values(&[(1.0, "Very dissatisfied"), (5.0, "Very satisfied"), (99.0, "No answer")])
        .missing(1, &[99.0])
        .number("SPEND", F8_2)
        .text("BRANCH", 8)
        .values(&[("N", "North"), ("S", "South")])
        .number("DAY", DATE)
        .number("SENT", DATETIME)
        .number("ASKED", TIME)
        .text("COMMENT", 300)
        .number("W", F8_2)
        .extension(13, "Q1=overall_satisfaction\tSPEND=spend\tDAY=visited\tCOMMENT=comment\tW=weight")
        .extension(20, "UTF-8")
        .extension(99, "some record of the future")
        .case(vec![
            5.0.into(),
            0.1.into(),
            "N".into(),
            13_928_544_000.0.into(),
            13_928_580_930.0.into(),
            36_930.0.into(),
            "All fine, \"thanks\"\nUntil next time".into(),
            1.5.into(),
        ])
        .case(vec![
            99.0.into(),
            Value::SystemMissing,
            "S".into(),
            Value::SystemMissing,
            Value::SystemMissing,
            Value::SystemMissing,
            Value::Text("ä".repeat(150).into_bytes()),
            1.0.into(),
        ])
        .case(vec![
            1.0.into(),
            (-1234.5).into(),
            "".into(),
            0.0.into(),
            0.0.into(),
            0.0.into(),
            "".into(),
            0.25.into(),
        ])
}

#[test]
fn every_way_to_write_a_file_gives_the_same_table() {
    let expected = whole(&survey().bytes()).unwrap();
    assert_eq!(
        expected.header,
        ["overall_satisfaction", "spend", "BRANCH", "visited", "SENT", "ASKED", "comment", "weight"]
    );
    assert_eq!(
        expected.rows[0],
        [
            "5",
            "0.1",
            "N",
            "2024-02-29",
            "2024-02-29 10:15:30",
            "10:15:30",
            "All fine, \"thanks\"\nUntil next time",
            "1.5"
        ]
    );
    assert_eq!(expected.rows[1], ["99", "", "S", "", "", "", &"ä".repeat(150), "1"]);
    let day = "1582-10-14";
    assert_eq!(expected.rows[2], ["1", "-1234.5", "", day, "1582-10-14 00:00:00", "00:00:00", "", "0.25"]);
    for is_big in [false, true] {
        for (layout, compression) in [(2, 0), (3, 1), (2, 2)] {
            for claimed in [None, Some(-1)] {
                let sample = Sample { is_big, layout, compression, claimed, ..survey() };
                let read = whole(&sample.bytes()).unwrap();
                assert_eq!(read.header, expected.header);
                assert_eq!(read.rows, expected.rows, "{is_big} {compression} {claimed:?}");
                assert_eq!(read.columns, expected.columns);
                assert_eq!(read.wrong_bytes, 0);
            }
        }
    }
}

#[test]
fn labels_missing_codes_and_texts_are_told() {
    let read = whole(&Sample { weight: 38 + 8 - 1, ..survey() }.bytes()).unwrap();
    let facts = read.facts("overall_satisfaction");
    assert_eq!(facts.text.as_deref(), Some("Overall, how satisfied are you?"));
    assert_eq!(
        facts.labels,
        pairs(&[("1", "Very dissatisfied"), ("5", "Very satisfied"), ("99", "No answer")])
    );
    assert_eq!(facts.missing, ["99"]);
    assert_eq!(facts.role, Role::Unknown);
    assert_eq!(read.facts("BRANCH").labels, pairs(&[("N", "North"), ("S", "South")]));
    assert_eq!(read.facts("comment").role, Role::OpenText);
    assert!(read.says("8 variables, 3 cases, compressed"), "{:?}", read.reasons);
    assert!(read.says("text is UTF-8, as the file says"), "{:?}", read.reasons);
    assert!(read.says("SPSS weights by `weight`: name it with `--weight weight`"), "{:?}", read.reasons);
}

#[test]
fn ranges_of_missing_values_list_what_they_can() {
    let sample = Sample::default()
        .number("A", F8)
        .missing(-3, &[97.0, 99.0, -1.0])
        .number("B", F8)
        .missing(-2, &[900.0, f64::MAX])
        .values(&[(1.0, "one"), (998.0, "Refused"), (999.0, "No answer")])
        .number("C", F8_2)
        .missing(-2, &[-9.0, -8.0])
        .missing(-2, &[-9.0, -8.0])
        .case(vec![97.0.into(), 998.0.into(), (-8.0).into()]);
    let read = whole(&sample.bytes()).unwrap();
    assert_eq!(read.facts("A").missing, ["97", "98", "99", "-1"]);
    assert_eq!(read.facts("B").missing, ["998", "999"]);
    assert_eq!(read.facts("C").missing, ["-9", "-8"]);
    assert_eq!(read.rows, [["97", "998", "-8"]]);
    assert!(read.says("missing values of `B`, `C` are a range"), "{:?}", read.reasons);
}

/// `length`, the bytes, as records of long strings count them.
fn counted(text: &str) -> Vec<u8> {
    [&i32::try_from(text.len()).unwrap().to_le_bytes()[..], text.as_bytes()].concat()
}

#[test]
fn long_strings_have_labels_and_missing_values() {
    let labels = [
        counted("Channel_of_contact"),
        60_i32.to_le_bytes().to_vec(),
        2_i32.to_le_bytes().to_vec(),
        counted("web          "),
        counted("On the web"),
        counted("phone"),
        counted("By telephone"),
    ];
    let missing = [counted("Channel_of_contact"), vec![1], counted("unknown ")];
    let sample = Sample::default()
        .text("CHAN", 60)
        .text("WORDS", 41)
        .text("NAME", 40)
        .extension(13, "CHAN=Channel_of_contact")
        .extension(21, labels.concat())
        .extension(22, missing.concat())
        .case(vec!["web".into(), "quick".into(), "Kim".into()]);
    let read = whole(&sample.bytes()).unwrap();
    let facts = read.facts("Channel_of_contact");
    assert_eq!(facts.labels, pairs(&[("web", "On the web"), ("phone", "By telephone")]));
    assert_eq!(facts.missing, ["unknown"]);
    assert_eq!(facts.role, Role::Unknown);
    assert_eq!(read.facts("WORDS").role, Role::OpenText);
    assert_eq!(read.facts("NAME").role, Role::Unknown);
}

#[test]
fn very_long_strings_come_whole_at_every_width() {
    for width in [1, 8, 9, 255, 256, 504, 505, 756, 1000, 4000, 32_767] {
        let text: String = (0..width).map(|at| char::from(b'a' + u8::try_from(at % 26).unwrap())).collect();
        let sample = Sample::default()
            .number("BEFORE", F8)
            .text("LONG", width)
            .number("AFTER", F8)
            .case(vec![1.0.into(), text.as_str().into(), 2.0.into()])
            .case(vec![3.0.into(), "".into(), 4.0.into()]);
        for compression in 0..3 {
            let read = whole(&Sample { compression, ..sample.clone() }.bytes()).unwrap();
            assert_eq!(read.header, ["BEFORE", "LONG", "AFTER"], "{width}");
            assert_eq!(read.rows, [["1", &text, "2"], ["3", "", "4"]], "{width}");
        }
    }
}

#[test]
fn text_is_read_in_the_encoding_that_is_said_or_guessed() {
    let said = |code_page: i32| {
        let integers: Vec<u8> = [20, 0, 0, -1, 1, 1, 2, code_page].map(i32::to_le_bytes).concat();
        let mut sample =
            Sample::default().text("NAME", 20).case(vec![Value::Text(vec![0xb1, 0xe8, 0xc3, 0xf8])]);
        sample.extensions.push((3, 4, integers));
        whole(&sample.bytes()).unwrap()
    };
    assert_eq!(said(949).rows, [["김측"]]);
    assert_eq!(said(1252).rows, [["±èÃø"]]);
    let utf8 = said(65001);
    assert_eq!(utf8.rows[0][0].matches('\u{fffd}').count(), 4);
    assert_eq!(utf8.wrong_bytes, 4);
    assert!(said(2).says("a guess: the file does not say"));
    assert!(said(437).says("a guess: the file says code page 437"));
    let asked = Sample::default().text("NAME", 20).case(vec![Value::Text(vec![0xb1, 0xe8])]).bytes();
    let (mut decoded, _) = read_with_sets(Box::new(Cursor::new(asked)), Some(encoding_rs::EUC_KR)).unwrap();
    let mut text = String::new();
    decoded.reader.read_to_string(&mut text).unwrap();
    assert_eq!(text, "NAME\n김\n");
}

/// Dichotomies, categories, a variable in two sets, sets that cannot be.
fn sets() -> Sample {
    let yes = [(1.0, "Yes"), (0.0, "No"), (9.0, "Refused")];
    let cities = [(1.0, "Paris; Texas"), (2.0, "Rome"), (3.0, "Rome"), (99.0, "Do not know")];
    let mut sample = Sample::default().number("ID", F8);
    for (name, label) in [("NEWS_TV", "Television"), ("NEWS_WEB", "The web"), ("NEWS_TAL", "")] {
        sample = sample.number(name, F8).labelled(label).values(&yes).missing(1, &[9.0]);
    }
    for name in ["CITY1", "CITY2"] {
        sample = sample.number(name, F8).values(&cities).missing(1, &[99.0]);
    }
    let sample = sample
        .text("OTHER", 4)
        .extension(
            7,
            "$news=D1 1 12 News sources news_tv news_web news_tal\n$Cities=C 0  city1 city2\n$one=C 0  id\n",
        )
        .extension(19, "$twice=E 1 1 1 5 Again news_web other\n$gone=C 0  id nobody\n");
    let case = |numbers: [f64; 6]| {
        let mut case: Vec<Value> = numbers.map(Value::Number).to_vec();
        case.push("x".into());
        case
    };
    sample
        .case(case([1.0, 1.0, 0.0, 1.0, 2.0, 1.0]))
        .case(case([2.0, 0.0, 0.0, 0.0, 3.0, 99.0]))
        .case(case([3.0, 9.0, 0.0, 0.0, 99.0, -f64::MAX]))
        .case(case([4.0, 9.0, 1.0, 0.0, 7.0, 7.0]))
}

#[test]
fn response_sets_become_one_column_each() {
    let read = whole(&sets().bytes()).unwrap();
    assert_eq!(read.header, ["ID", "news", "Cities", "OTHER"]);
    assert_eq!(read.rows[0], ["1", "Television;NEWS_TAL", "Rome | Paris; Texas", "x"]);
    assert_eq!(read.rows[1], ["2", "(none chosen)", "Rome (3)", "x"], "other values than the counted one");
    assert_eq!(read.rows[2], ["3", "Refused", "Do not know", "x"]);
    assert_eq!(read.rows[3], ["4", "The web", "7", "x"]);
    let news = read.facts("news");
    assert_eq!(news.text.as_deref(), Some("News sources"));
    assert_eq!(news.missing, ["Refused"]);
    let options = ["Television", "The web", "NEWS_TAL"].map(str::to_owned).to_vec();
    assert_eq!(news.role, Role::Multiple { options, separator: ";".to_owned() });
    let options = ["Paris; Texas", "Rome", "Rome (3)"].map(str::to_owned).to_vec();
    assert_eq!(read.facts("Cities").role, Role::Multiple { options, separator: " | ".to_owned() });
    let kind = ResponseSetKind::Dichotomies { counted: "1".to_owned() };
    let first = ResponseSet {
        name: "news".to_owned(),
        label: "News sources".to_owned(),
        variables: vec![1, 2, 3],
        kind,
        column: Some(1),
    };
    assert_eq!(read.sets[0], first);
    assert_eq!((read.sets.len(), &read.sets[1].kind), (2, &ResponseSetKind::Categories));
    assert!(read.says("`news` is a response set of 3 variables (`NEWS_TV`, `NEWS_WEB`, `NEWS_TAL`)"));
    assert!(read.says("`$one` is not joined: it has one variable"), "{:?}", read.reasons);
    assert!(read.says("`$twice` is not joined: some of its variables are numbers"), "{:?}", read.reasons);
    assert!(read.says("`$gone` is not joined: there is no variable `nobody`"), "{:?}", read.reasons);
}

#[test]
fn a_variable_of_two_sets_stays_and_a_taken_name_is_not_taken_again() {
    let sample = Sample::default()
        .number("A", F8)
        .values(&[(1.0, "Shop")])
        .number("B", F8)
        .values(&[(1.0, "Web")])
        .number("C", F8)
        .number("D", F8)
        .extension(7, "$c=D1 1 0  a b\n")
        .extension(19, "$e=E 1 1 1 0  b d\n")
        .case([1.0, 1.0, 5.0, 1.0].map(Value::Number).to_vec());
    let read = whole(&sample.bytes()).unwrap();
    assert_eq!(read.header, ["$c", "e", "B", "C"]);
    assert_eq!(read.rows, [["A;B", "Web;D", "1", "5"]]);
    assert!(read.says("kept as columns as well: `B`"), "{:?}", read.reasons);
}

#[test]
fn no_cases_are_a_header_alone() {
    for compression in 0..3 {
        let sample = Sample { compression, ..Sample::default().number("Q1", F8) };
        let read = whole(&sample.bytes()).unwrap();
        assert_eq!((read.header, read.rows.len()), (vec!["Q1".to_owned()], 0));
    }
}

#[test]
fn an_independent_writer_is_read_cell_by_cell() {
    let expected = include_bytes!("../../../../tests/fixtures/exports/spss/readstat.csv");
    let mut expected: Vec<Vec<String>> = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(&expected[..])
        .records()
        .map(|record| record.unwrap().iter().map(str::to_owned).collect())
        .collect();
    let header = expected.remove(0);
    for file in [
        &include_bytes!("../../../../tests/fixtures/exports/spss/readstat.sav")[..],
        include_bytes!("../../../../tests/fixtures/exports/spss/readstat-row-compressed.sav"),
        include_bytes!("../../../../tests/fixtures/exports/spss/readstat.zsav"),
    ] {
        let read = whole(file).unwrap();
        assert_eq!(read.header, header);
        assert_eq!(read.rows, expected);
        assert_eq!(read.wrong_bytes, 0);
        let facts = read.facts("overall_satisfaction");
        assert_eq!(facts.text.as_deref(), Some("Overall, how satisfied are you?"));
        assert_eq!(facts.labels.len(), 7);
        assert_eq!(facts.labels[0], ("1".to_owned(), "Very dissatisfied".to_owned()));
        assert_eq!(facts.missing, ["98", "99"]);
        assert_eq!(read.facts("recommend").missing.len(), 10);
        assert_eq!(read.facts("branch").missing, ["Z"]);
        assert_eq!(read.facts("channel").missing, ["unknown"]);
        let channel = pairs(&[("shop", "In the shop"), ("web", "On the web"), ("phone", "By telephone")]);
        assert_eq!(read.facts("channel").labels, channel);
        assert_eq!(read.facts("comment").role, Role::OpenText);
        assert_eq!(read.facts("spend").text.as_deref(), Some("Spend in the last year (€)"));
    }
}

#[test]
fn response_sets_among_records_of_an_independent_writer_are_joined() {
    let file = include_bytes!("../../../../tests/fixtures/exports/spss/response-sets.sav");
    let read = whole(file).unwrap();
    assert_eq!(read.header, ["id", "heard", "used", "w"]);
    let cells = |row: usize| [read.rows[row][1].as_str(), read.rows[row][2].as_str()];
    assert_eq!(cells(0), ["Television;Web", "Shop; kiosk | Café"]);
    assert_eq!(cells(1), ["Web;Friends", "Café"]);
    assert_eq!(cells(2), ["(none chosen)", "None of these"]);
    assert_eq!(cells(3), ["No answer", ""]);
    assert_eq!(cells(4), ["", "Web | Shop; kiosk"]);
    assert_eq!(cells(5), ["Television;Friends", "Café"]);
    assert_eq!(read.facts("heard").text.as_deref(), Some("How did you hear of us?"));
    assert_eq!(read.facts("used").missing, ["None of these"]);
    assert!(read.says("SPSS weights by `w`: name it with `--weight w`"), "{:?}", read.reasons);
}
