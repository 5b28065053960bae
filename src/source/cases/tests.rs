//! Files of cases as programs write them, read whole.

use std::fmt::Write;
use std::io::Cursor;

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, XlsxError};

use super::*;
use crate::source::head::{self, HeadError, HeadOptions, OpenedSource};
use crate::source::input::{InputName, OpenedInput};
use crate::source::{DateOrder, Position};
use crate::survey::{CaseColumn, CaseKind, DecimalMark};

pub(super) const KINDS: [(&str, CaseKind, &str); 6] = [
    ("id", CaseKind::Identity, "Case"),
    ("received", CaseKind::Moment, "Received"),
    ("closed", CaseKind::Moment, "Closed"),
    ("category", CaseKind::Category, "Kind"),
    ("upheld", CaseKind::YesNo, "Upheld"),
    ("cost", CaseKind::Number, "Cost"),
];

pub(super) const HEADER: &str = "Case,Received,Closed,Kind,Upheld,Cost\n";

pub(super) fn ask() -> CaseAsk {
    let column = |&(field, kind, column): &(&str, CaseKind, &str)| CaseColumn {
        field: field.to_owned(),
        kind,
        column: column.to_owned(),
        format: None,
        guessed: false,
    };
    CaseAsk {
        columns: KINDS.iter().map(column).collect(),
        missing: vec![String::new(), "NA".to_owned()],
        ..CaseAsk::default()
    }
}

pub(super) fn opened(bytes: impl Into<Vec<u8>>) -> OpenedSource {
    looked_at(bytes).unwrap()
}

pub(super) fn looked_at(bytes: impl Into<Vec<u8>>) -> Result<OpenedSource, HeadError> {
    let stream = Box::new(Cursor::new(bytes.into()));
    let input = OpenedInput::from_reader(InputName::from_argument("cases.csv"), stream)?;
    head::read(input, &HeadOptions::default())
}

pub(super) fn read(bytes: impl Into<Vec<u8>>) -> Cases {
    read_cases(opened(bytes), &ask()).unwrap()
}

fn refusal(bytes: impl Into<Vec<u8>>, ask: &CaseAsk) -> String {
    read_cases(opened(bytes), ask).unwrap_err().to_string()
}

fn moments(cases: &Cases, field: &str) -> Vec<String> {
    let moments = cases.moments(field).unwrap();
    let shown = |case| match moments.get(case) {
        Some(second) => {
            chrono::DateTime::from_timestamp(i64::from(second), 0).unwrap().naive_utc().to_string()
        }
        None => "-".to_owned(),
    };
    (0..cases.rows()).map(shown).collect()
}

fn lines(cases: &Cases) -> Vec<u64> {
    (0..cases.rows()).map(|case| cases.position(case).unwrap().line).collect()
}

/// Rows by reason, with the lines of their places.
fn told(
    tallied: &std::collections::BTreeMap<&'static str, crate::source::Tallied>,
) -> Vec<(&'static str, Vec<u64>)> {
    let lines = |places: &[Position]| places.iter().map(|place| place.line).collect();
    tallied.iter().map(|(reason, found)| (*reason, lines(&found.places))).collect()
}

pub(super) fn adds_up(ledger: &CaseLedger) -> bool {
    let excluded: u64 = ledger.excluded.values().map(|tallied| tallied.rows).sum();
    ledger.rows_read == ledger.rows_used + excluded
        && ledger.fields.iter().all(|field| field.filled() + field.blank == ledger.rows_used)
}

#[test]
fn every_kind_of_field_becomes_a_column() {
    let text = format!(
        "{HEADER}C-1,2026-01-05 10:15,2026-01-07,Late delivery,yes,12.50\n\
         C-2,2026-01-06T23:59:59Z,,late delivery ,no,\n\
         C-3,NA,2026-01-09,Damage,,-3\n"
    );
    let cases = read(text.as_str());
    assert_eq!(cases.rows(), 3);
    assert_eq!(moments(&cases, "received"), ["2026-01-05 10:15:00", "2026-01-06 23:59:59", "-"]);
    assert_eq!(moments(&cases, "closed"), ["2026-01-07 00:00:00", "-", "2026-01-09 00:00:00"]);
    assert_eq!(cases.moments("received").map(|found| found.offsets().to_vec()).unwrap()[1], 0);
    let kinds = cases.categories("category").unwrap();
    assert_eq!(
        (kinds.names(), kinds.codes()),
        (&["Damage".to_owned(), "Late delivery".to_owned()][..], &[1, 1, 0][..])
    );
    assert_eq!(cases.yes_nos("upheld").unwrap().answers(), [1, 0, 255]);
    let costs: Vec<String> = cases.numbers("cost").unwrap().iter().map(|cost| format!("{cost:?}")).collect();
    assert_eq!(costs, ["Some(12.5)", "None", "Some(-3.0)"]);
    let ids = cases.identities("id").unwrap();
    assert!(ids.get(0).is_some() && ids.get(0) != ids.get(1));
    assert!(cases.moments("category").is_none() && cases.field("other").is_none());
    assert_eq!(cases.fields().map(|(id, _)| id).collect::<Vec<_>>(), KINDS.map(|(id, ..)| id));
    assert_eq!(lines(&cases), [2, 3, 4]);
    let ledger = cases.ledger();
    assert!(adds_up(ledger) && ledger.excluded.is_empty() && ledger.kept.is_empty());
    assert_eq!(ledger.field("category").unwrap().joined.len(), 1);
    assert_eq!(cases.file().bytes, text.len() as u64);
}

#[test]
fn a_mark_semicolons_and_german_dates() {
    let cases = read(
        "\u{feff}Case;Received;Closed;Kind;Upheld;Cost\r\n\
         1;05.01.2026 10:15;07.02.2026 08:00;Verspätung;ja;1.234,50 €\r\n\
         2;31.01.2026 23:59;;verspätung;nein;7,00 €\r\n",
    );
    assert_eq!(moments(&cases, "received"), ["2026-01-05 10:15:00", "2026-01-31 23:59:00"]);
    assert_eq!(moments(&cases, "closed"), ["2026-02-07 08:00:00", "-"]);
    assert_eq!(cases.categories("category").unwrap().names(), ["Verspätung"]);
    assert_eq!(cases.yes_nos("upheld").unwrap().answers(), [1, 0]);
    assert!((cases.numbers("cost").unwrap().get(0).unwrap() - 1234.5).abs() < 1e-12);
    assert!(adds_up(cases.ledger()));
}

#[test]
fn american_dates_of_one_column_tell_those_of_another() {
    let cases = read(format!(
        "{HEADER}1,04/12/2018 11:11:26 AM,04/12/2018 12:45:47 PM,a,,\n2,04/16/2018 05:30:13 AM,05/01/2018 12:00:00 AM,a,,\n"
    ));
    assert_eq!(moments(&cases, "received"), ["2018-04-12 11:11:26", "2018-04-16 05:30:13"]);
    assert_eq!(moments(&cases, "closed"), ["2018-04-12 12:45:47", "2018-05-01 00:00:00"]);
    let order = |field: &str| cases.ledger().field(field).unwrap().order.unwrap();
    assert_eq!((order("received").order, order("received").by_others), (DateOrder::MonthFirst, false));
    assert_eq!((order("closed").order, order("closed").by_others), (DateOrder::MonthFirst, true));
}

#[test]
fn dates_that_nothing_tells_are_refused_and_a_format_tells_them() {
    let text = format!("{HEADER}1,04/12/2018,,a,,\n2,05/12/2018,,a,,\n");
    let said = refusal(text.as_str(), &ask());
    assert!(said.contains("`Received`") && said.contains("line 2") && said.contains("`format`"), "{said}");
    let mut asked = ask();
    asked.columns[1].format = Some("%d/%m/%Y".to_owned());
    let cases = read_cases(opened(text), &asked).unwrap();
    assert_eq!(moments(&cases, "received"), ["2018-12-04 00:00:00", "2018-12-05 00:00:00"]);
    assert_eq!(cases.ledger().field("received").unwrap().order, None);
    asked.columns[1].format = Some("%H".to_owned());
    let said = refusal(HEADER, &asked);
    assert!(said.contains("`received`") && said.contains("`%H`"), "{said}");
}

#[test]
fn years_of_two_digits_in_front_are_seen() {
    let mut text = HEADER.to_owned();
    for day in 1..=28 {
        let _ = writeln!(text, "{day},26/01/{day:02} 10:00,,a,,");
    }
    let cases = read(text);
    assert_eq!(moments(&cases, "received")[13], "2026-01-14 10:00:00");
}

#[test]
fn workbooks_have_dates_of_their_own() {
    let written = || -> Result<Vec<u8>, XlsxError> {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        sheet.write_row(0, 0, KINDS.map(|(_, _, column)| column))?;
        let (moment, day) =
            (Format::new().set_num_format("dd/mm/yyyy hh:mm"), Format::new().set_num_format("d mmm yy"));
        sheet.write_with_format(2, 1, &ExcelDateTime::from_ymd(2026, 3, 4)?.and_hms(5, 6, 7)?, &moment)?;
        sheet.write_with_format(2, 2, &ExcelDateTime::from_ymd(2026, 3, 5)?, &day)?;
        sheet.write(2, 0, 18_002)?;
        sheet.write(2, 3, "=HYPERLINK(\"http://example.org\")")?;
        sheet.write(2, 4, true)?;
        sheet.write(2, 5, 1234.5)?;
        workbook.save_to_buffer()
    };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cases.xlsx");
    std::fs::write(&path, written().unwrap()).unwrap();
    let opened = head::open(&InputName::Path(path), &HeadOptions::default()).unwrap();
    let cases = read_cases(opened, &ask()).unwrap();
    assert_eq!(moments(&cases, "received"), ["2026-03-04 05:06:07"]);
    assert_eq!(moments(&cases, "closed"), ["2026-03-05 00:00:00"]);
    assert_eq!(cases.yes_nos("upheld").unwrap().get(0), Some(true));
    assert_eq!(cases.categories("category").unwrap().get(0), Some("=HYPERLINK(\"http://example.org\")"));
    assert_eq!((lines(&cases), cases.file().sha256.is_some()), (vec![3], true));
}

#[test]
fn records_of_json_are_cases_too() {
    let text = r#"[{"Case": "1", "Received": "2026-01-05T10:15:00+01:00", "Closed": null, "Kind": "Price", "Upheld": true, "Cost": 2},
        {"Case": "2", "Received": "2026-01-06T10:15:00+01:00", "Closed": "2026-01-07T00:00:00Z", "Kind": "price", "Upheld": false, "Cost": 2.5}]"#;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cases.json");
    std::fs::write(&path, text).unwrap();
    let cases =
        read_cases(head::open(&InputName::Path(path), &HeadOptions::default()).unwrap(), &ask()).unwrap();
    assert_eq!(moments(&cases, "received"), ["2026-01-05 10:15:00", "2026-01-06 10:15:00"]);
    assert_eq!(cases.moments("received").unwrap().offsets(), [60, 60]);
    assert_eq!(cases.yes_nos("upheld").unwrap().answers(), [1, 0]);
    assert!(adds_up(cases.ledger()));
}

#[test]
fn odd_records_are_left_out_or_kept_and_all_are_told() {
    let cases = read(format!(
        "{HEADER}\n\
         1,2026-01-05,,a,,\n\
         {HEADER}\
         ,,\" \",,,\n\
         2,2026-01-06\n\
         delivery,was late,x\n\
         Total,2\n\
         3,2026-01-07,,\"a\nb\",,,\n\
         4,2026-01-08,,a,,,more\n"
    ));
    let ledger = cases.ledger();
    assert_eq!(
        told(&ledger.excluded),
        [("blank_row", vec![5]), ("repeated_header", vec![4]), ("short_row", vec![7, 8])]
    );
    assert_eq!(told(&ledger.kept), [("overlong_row", vec![11]), ("ragged_row", vec![6, 9])]);
    assert_eq!((ledger.rows_read, ledger.rows_used), (8, 4));
    assert!(adds_up(ledger));
    assert_eq!(lines(&cases), [3, 6, 9, 11]);
    assert_eq!(cases.position(1), Some(Position { input: 0, row: 4, line: 6, column: 0 }));
}

#[test]
fn cells_that_cannot_be_read_are_counted_with_their_places() {
    let bad = "1,soon,2026-13-01,a,maybe,free\n";
    let cases = read(format!("{HEADER}1,2026-01-05,,a,no,0\n{}2,\x1b[31m,,,ann@example.org,", bad.repeat(7)));
    let ledger = cases.ledger();
    assert!(adds_up(ledger));
    let unreadable = |field: &str| &ledger.field(field).unwrap().unreadable;
    assert_eq!((unreadable("received").cells, unreadable("received").places.len()), (8, 5));
    assert_eq!(
        unreadable("closed").places[0],
        FoundCell {
            position: Position { input: 0, row: 2, line: 3, column: 3 },
            text: "2026-13-01".to_owned()
        }
    );
    assert_eq!(unreadable("cost").places[4].text, "free");
    assert_eq!((unreadable("id").cells, unreadable("category").cells), (0, 0));
    assert_eq!(unreadable("upheld").cells, 8);
}

#[test]
fn cells_that_are_not_utf8_are_known_by_their_bytes() {
    let mut bytes = HEADER.as_bytes().to_vec();
    bytes.extend(b"1,2026-01-05,,Caf\xc3\xa9,,\n".repeat(20_000));
    bytes.extend(b"2,2026-01-05,,Caf\xe9,,\n");
    let cases = read(bytes);
    let ledger = cases.ledger();
    assert_eq!(ledger.field("category").unwrap().unreadable.cells, 1);
    assert_eq!((ledger.not_utf8.cells(), ledger.not_utf8.first_line()), (1, Some(20_002)));
}

#[test]
fn of_a_case_that_comes_again_the_first_record_stays() {
    let text = format!(
        "{HEADER}1,2026-01-05,,a,,\n1,2026-01-05,,a,,\n 1 ,2026-01-05,,b,,\n,2026-01-06,,c,,\n,2026-01-06,,c,,\n2,2026-01-07,,d,,"
    );
    let all = read(text.as_str());
    assert_eq!((all.rows(), all.ledger().excluded.len()), (6, 0), "not unless it is asked for");
    let cases = read_cases(opened(text), &CaseAsk { unique: Some("id".to_owned()), ..ask() }).unwrap();
    assert_eq!(told(&cases.ledger().excluded), [("repeated_id", vec![4]), ("repeated_record", vec![3])]);
    assert_eq!(lines(&cases), [2, 5, 6, 7]);
    let kinds = cases.categories("category").unwrap();
    assert_eq!((kinds.names().len(), kinds.codes()), (3, &[0, 1, 1, 2][..]));
    assert_eq!(cases.ledger().field("id").map(|field| (field.read, field.blank)), Some((2, 2)));
    assert!(adds_up(cases.ledger()));
    let said = refusal(HEADER, &CaseAsk { unique: Some("received".to_owned()), ..ask() });
    assert!(said.contains("`received`"), "{said}");
}

#[test]
fn columns_that_are_missing_or_stand_twice_are_refused() {
    let said = refusal("Case,Recieved,Kind,Upheld,Cost,Done\n", &ask());
    for part in [
        "`cases.csv`",
        "column `Received` for `received`",
        "column `Closed` for `closed`",
        "did you mean `Recieved`?",
    ] {
        assert!(said.contains(part), "{said}");
    }
    let said = refusal("a,b,c\n", &CaseAsk { columns: ask().columns[..1].to_vec(), ..ask() });
    assert!(said.contains("its columns are `a`, `b`, `c`"), "{said}");
    let twice = "Case,Received,Closed,Kind,Upheld,Cost,Closed\n1,2026-01-05,,a,,,2026-01-09\n";
    let said = refusal(twice, &ask());
    assert!(
        said.contains("2 columns named `Closed` (columns 3, 7)") && said.contains("`Closed (1)`"),
        "{said}"
    );
    let mut asked = ask();
    asked.columns[2].column = "Closed (2)".to_owned();
    let cases = read_cases(opened(twice), &asked).unwrap();
    assert_eq!(moments(&cases, "closed"), ["2026-01-09 00:00:00"]);
}

#[test]
fn no_cases_and_one() {
    let cases = read(HEADER);
    assert_eq!((cases.rows(), cases.ledger().rows_read, cases.position(0)), (0, 0, None));
    assert!(cases.categories("category").unwrap().counts().is_empty());
    let cases = read(format!("{HEADER}1,,,,,"));
    assert_eq!((cases.rows(), lines(&cases)), (1, vec![2]));
    assert!(adds_up(cases.ledger()));
}

#[test]
fn an_open_quote_and_too_many_categories_are_refused() {
    let said = refusal(format!("{HEADER}1,2026-01-05,,\"a,,\n2,2026-01-06,,b,,\n"), &ask());
    assert!(said.contains("`cases.csv`: line 2: the quote opened here is never closed"), "{said}");
    let mut text = HEADER.to_owned();
    for number in 0..66_000 {
        let _ = writeln!(text, "{number},2026-01-05,,text {number},,");
    }
    let said = refusal(text, &ask());
    for part in ["`Kind`", "`category`", "65000", "leave it out"] {
        assert!(said.contains(part), "{said}");
    }
}

#[test]
fn huge_cells_are_read_as_what_they_are() {
    let huge = "x".repeat(1 << 20);
    let cases = read(format!("{HEADER}{huge},{huge},,{huge},{huge},{huge}\n1,2026-01-05,,a,yes,1\n"));
    let ledger = cases.ledger();
    assert!(adds_up(ledger));
    for field in ["received", "category", "upheld", "cost"] {
        let found = &ledger.field(field).unwrap().unreadable;
        assert_eq!((found.cells, found.places[0].text.chars().count()), (1, 61), "{field}");
    }
    assert_eq!(cases.identities("id").unwrap().hashes().len(), 2);
}

#[test]
fn a_definition_says_what_is_decimal_and_what_says_yes() {
    let asked = CaseAsk {
        decimal: Some(DecimalMark::Comma),
        yes: vec!["granted".to_owned()],
        no: vec!["refused".to_owned()],
        ..ask()
    };
    let text =
        "Case;Received;Closed;Kind;Upheld;Cost\n1;2026-01-05;;a;Granted;1,234\n2;2026-01-05;;a;refused;2,5\n";
    let cases = read_cases(opened(text), &asked).unwrap();
    assert_eq!(cases.yes_nos("upheld").unwrap().answers(), [1, 0]);
    assert!((cases.numbers("cost").unwrap().get(0).unwrap() - 1.234).abs() < 1e-12);
}

#[test]
fn a_column_may_hold_several_fields() {
    let mut asked = ask();
    asked.columns.push(CaseColumn {
        field: "escalated".to_owned(),
        column: "Kind".to_owned(),
        ..asked.columns[3].clone()
    });
    let cases = read_cases(opened(format!("{HEADER}1,2026-01-05,,a,,\n")), &asked).unwrap();
    assert_eq!(cases.categories("category"), cases.categories("escalated"));
}
