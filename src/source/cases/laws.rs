//! What holds for the cases of any file.

use std::collections::BTreeMap;
use std::fmt::Write;

use proptest::prelude::*;

use super::tests::{HEADER, adds_up, ask, looked_at, read};
use super::*;
use crate::source::blocks::BLOCK_SIZE;

/// A record, most often sound.
fn record() -> impl Strategy<Value = String> {
    let moment = || {
        prop_oneof![
            3 => (1_u32..29, 1_u32..13, 0_u32..86_400).prop_map(|(day, month, second)| {
                format!("{day:02}/{month:02}/2026 {:02}:{:02}", second / 3_600, second / 60 % 60)
            }),
            2 => (13_u32..29, 1_u32..13).prop_map(|(day, month)| format!("{day}/{month}/26 24:00")),
            1 => Just("2026-02-03T10:00:00+02:00".to_owned()),
            1 => prop::sample::select(vec!["", "soon", "1900-01-01", "12/31/2026"]).prop_map(str::to_owned),
        ]
    };
    let kind = prop::sample::select(vec![
        "Late",
        "late",
        " Late",
        "LATE",
        "\"late\n\"",
        "Price",
        "",
        "caf\u{e9}",
        "cafe\u{301}",
    ]);
    let upheld = prop::sample::select(vec!["yes", "No", "", "perhaps"]);
    let cost = prop::sample::select(vec!["1.5", "-2", "", "free", "1e20"]);
    let whole = (0_u32..40, moment(), moment(), kind, upheld, cost).prop_map(
        |(id, received, closed, kind, upheld, cost)| {
            format!("{id},{received},{closed},{kind},{upheld},{cost}")
        },
    );
    prop_oneof![20 => whole, 1 => Just("9,2026-01-01".to_owned()), 1 => Just("left,over".to_owned()), 1 => Just(",,,,,".to_owned())]
}

/// The rows of the ledger without places, and what each field counts.
fn counted(ledger: &CaseLedger) -> String {
    let mut told = format!("{} {}", ledger.rows_read, ledger.rows_used);
    for (reason, rows) in ledger.excluded.iter().chain(&ledger.kept) {
        let _ = write!(told, " {reason} {}", rows.rows);
    }
    for field in &ledger.fields {
        let order = field.order.map(|order| (order.order, order.evidence));
        let _ = write!(
            told,
            " {}: {} {} {} {} {order:?} {:?}",
            field.field,
            field.read,
            field.blank,
            field.unreadable.cells,
            field.out_of_reach.cells,
            field.joined
        );
    }
    told
}

/// Each case in words, by the line of its record.
fn told(cases: &Cases) -> BTreeMap<u64, String> {
    let case = |case: usize| {
        let mut told = String::new();
        for (id, values) in cases.fields() {
            let _ = match values {
                CaseValues::Identities(found) => write!(told, "{id} {:?} ", found.get(case)),
                CaseValues::Moments(found) => {
                    write!(told, "{id} {:?} {:?} ", found.get(case), found.offset(case))
                }
                CaseValues::Categories(found) => write!(told, "{id} {:?} ", found.get(case)),
                CaseValues::YesNos(found) => write!(told, "{id} {:?} ", found.get(case)),
                CaseValues::Numbers(found) => write!(told, "{id} {:?} ", found.get(case)),
            };
        }
        (cases.position(case).expect("a case").row, told)
    };
    (0..cases.rows()).map(case).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn the_order_of_records_changes_the_order_of_cases_only(
        (records, turn) in prop::collection::vec(record(), 0..60).prop_flat_map(|records| {
            let turn = Just((0..records.len()).collect::<Vec<_>>()).prop_shuffle();
            (Just(records), turn)
        }),
    ) {
        // One record says the order of days and months, so that any order of records is read.
        let first = "0,31/01/2026,31/01/2026,Late,,\n".repeat(600);
        let text = |records: &mut dyn Iterator<Item = &String>| {
            records.fold(format!("{HEADER}{first}"), |text, record| text + record + "\n")
        };
        let straight = read(text(&mut records.iter()));
        let turned = read(text(&mut turn.iter().map(|at| &records[*at])));
        prop_assert!(adds_up(straight.ledger()) && adds_up(turned.ledger()));
        prop_assert_eq!(counted(straight.ledger()), counted(turned.ledger()));
        let names = |cases: &Cases| cases.categories("category").map(|found| (found.names().to_vec(), found.counts()));
        prop_assert_eq!(names(&straight), names(&turned));
        let (straight, turned) = (told(&straight), told(&turned));
        for (to, from) in turn.iter().enumerate() {
            let row = |at: usize| at as u64 + 601;
            prop_assert_eq!(straight.get(&row(*from)), turned.get(&row(to)));
        }
    }

    #[test]
    fn any_bytes_are_cases_or_a_refusal(body in prop::collection::vec(any::<u8>(), 0..400), rows in "([0-9a-z/:. \"-]{0,12}[,\n]){0,60}") {
        for body in [body, rows.into_bytes()] {
            let asked = CaseAsk { unique: Some("id".to_owned()), ..ask() };
            let opened = looked_at([HEADER.as_bytes(), &body].concat()).map_err(CasesError::from);
            if let Ok(cases) = opened.and_then(|opened| read_cases(opened, &asked)) {
                prop_assert!(adds_up(cases.ledger()));
                for (_, values) in cases.fields() {
                    let held = match values {
                        CaseValues::Identities(found) => found.hashes().len(),
                        CaseValues::Moments(found) => found.seconds().len(),
                        CaseValues::Categories(found) => found.codes().len(),
                        CaseValues::YesNos(found) => found.answers().len(),
                        CaseValues::Numbers(found) => found.iter().len(),
                    };
                    prop_assert_eq!(held, cases.rows());
                }
            }
        }
    }
}

#[test]
fn lines_are_those_of_the_file_in_every_block() {
    let mut text = HEADER.replace('\n', "\r\n");
    let (mut expected, mut line) = (Vec::new(), 2);
    for row in 0..20_000_u64 {
        expected.push(line);
        let note = "x".repeat(usize::try_from(row % 50).expect("small"));
        match row % 7 {
            0 => {
                let _ = write!(text, "{row},2026-01-05,,\"{note}\r\n\r\n\",,\r\n");
                line += 3;
            }
            1 => {
                let _ = write!(text, "{row},2026-01-05,,{note},,\r\n\r\n");
                line += 2;
            }
            _ => {
                let _ = write!(text, "{row},2026-01-05,,{note},,\r\n");
                line += 1;
            }
        }
    }
    assert!(text.len() > 2 * BLOCK_SIZE, "{}", text.len());
    let cases = read(text);
    let found: Vec<u64> =
        (0..cases.rows()).filter_map(|case| cases.position(case)).map(|place| place.line).collect();
    assert!(found == expected);
    let rows: Vec<u64> =
        (0..cases.rows()).filter_map(|case| cases.position(case)).map(|place| place.row).collect();
    assert!(rows.iter().copied().eq(1..=20_000));
}
