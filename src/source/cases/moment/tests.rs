//! Cells of one column, read as moments.

use super::*;
use crate::source::OrderEvidence;
use crate::survey::{CaseColumn, CaseKind};

fn ledger() -> FieldLedger {
    let column = CaseColumn {
        field: "received".to_owned(),
        kind: CaseKind::Moment,
        column: "Received".to_owned(),
        format: None,
        guessed: false,
    };
    FieldLedger::new(&column, 1)
}

/// The cells as ISO texts, and the account of them.
fn read(cells: &[&str]) -> Result<(Vec<Option<String>>, Moments, FieldLedger), String> {
    let mut reader = MomentReader::new(MomentCoder::new(None, &["NA".to_owned()]).expect("no format"));
    let mut ledger = ledger();
    for (row, cell) in (1..).zip(cells) {
        let place = || Position { input: 0, row, line: row + 1, column: 1 };
        match reader.push(cell.as_bytes(), &mut ledger, place) {
            Outcome::Read(()) => ledger.read += 1,
            Outcome::Blank => ledger.blank += 1,
            Outcome::Unreadable => ledger.unreadable.note(|| FoundCell::of(place(), cell.as_bytes())),
            Outcome::OutOfReach => ledger.out_of_reach.note(|| FoundCell::of(place(), cell.as_bytes())),
        }
    }
    let settled =
        reader.orders.settle(reader.orders.evidence, "a.csv", &ledger).map_err(|error| error.to_string())?;
    let moments = reader.finish(settled, &mut ledger);
    let shown = |case: usize| {
        let time = chrono::DateTime::from_timestamp(i64::from(moments.get(case)?), 0)?;
        Some(time.naive_utc().to_string())
    };
    let texts = (0..cells.len()).map(shown).collect();
    Ok((texts, moments, ledger))
}

fn texts(cells: &[&str]) -> Vec<Option<String>> {
    read(cells).expect("one order").0
}

fn some(texts: &[&str]) -> Vec<Option<String>> {
    texts.iter().map(|text| Some((*text).to_owned())).collect()
}

#[test]
fn the_order_of_the_column_is_that_of_all_its_cells() {
    assert_eq!(
        texts(&["04/12/2018 11:11:26 AM", "04/13/2018 24:00", "02/01/2018 24:00", "12/12/2018"]),
        some(&["2018-04-12 11:11:26", "2018-04-14 00:00:00", "2018-02-02 00:00:00", "2018-12-12 00:00:00"])
    );
    assert_eq!(
        texts(&["04/12/2018 23:11:26", "13/04/2018 24:00", "28/02/2018 24:00", "02/01/2018 24:00"]),
        some(&["2018-12-04 23:11:26", "2018-04-14 00:00:00", "2018-03-01 00:00:00", "2018-01-03 00:00:00"])
    );
    assert_eq!(texts(&["2026-03-04", "04.03.2026 12:00", "4 Mar 2026 1:00 PM"]).len(), 3);
}

#[test]
fn few_cells_of_the_other_order_are_unreadable() {
    let mut cells = vec!["13/04/2018"; 20];
    cells.insert(3, "04/14/2018");
    let (texts, _, ledger) = read(&cells).expect("day first by far");
    assert_eq!(texts[3], None);
    assert_eq!((ledger.read, ledger.unreadable.cells), (20, 1));
    let cell = &ledger.unreadable.places[0];
    assert_eq!((cell.position.line, cell.text.as_str()), (5, "04/14/2018"));
    let evidence = OrderEvidence { day_first: 20, month_first: 1, open: 0 };
    assert_eq!(ledger.order, Some(SettledOrder { order: DateOrder::DayFirst, evidence, by_others: false }));
}

#[test]
fn few_dates_of_another_shape_are_read_where_they_can_be() {
    let mut cells = vec!["2018-04-13"; 40];
    cells.extend(["04/05/2018 24:00", "13/04/2018", "04/14/2018"]);
    let (texts, _, ledger) = read(&cells).expect("a few are no reason to refuse all");
    assert_eq!(texts[40], None);
    assert_eq!(texts[41..], some(&["2018-04-13 00:00:00", "2018-04-14 00:00:00"]));
    assert_eq!((ledger.read, ledger.unreadable.cells, ledger.order), (42, 1, None));
    assert_eq!(ledger.unreadable.places[0].text, "04/05/2018 24:00");
    let (texts, ..) = read(&cells[..41]).expect("one that does not tell");
    assert_eq!(texts[40], None);
    assert!(read(&cells[31..41]).is_err(), "one of ten is more than a slip");
}

#[test]
fn both_orders_or_none_name_lines_and_the_key() {
    let error = read(&["", "13/04/2018", "04/05/2018", "04/14/2018"]).expect_err("both orders");
    for part in ["`Received`", "`13/04/2018` in line 3", "`04/14/2018` in line 5", "`format`"] {
        assert!(error.contains(part), "{error}");
    }
    let error = read(&["05/05/2018", "04/05/2018 10:00"]).expect_err("no evidence");
    for part in ["`04/05/2018 10:00` in line 3", "`format`"] {
        assert!(error.contains(part), "{error}");
    }
}

#[test]
fn blanks_nonsense_and_what_is_out_of_reach() {
    let cells =
        ["", "NA", "soon", "1900-01-01", "1969-12-31 23:59", "2106-01-01", "2105-12-31 24:00", "1970-01-01"];
    let (texts, moments, ledger) = read(&cells).expect("one order");
    let mut expected = vec![None; 6];
    expected.extend(some(&["2106-01-01 00:00:00", "1970-01-01 00:00:00"]));
    assert_eq!(texts, expected);
    assert_eq!((ledger.blank, ledger.unreadable.cells, ledger.out_of_reach.cells, ledger.read), (2, 1, 3, 2));
    assert_eq!(ledger.out_of_reach.places[0].text, "1900-01-01");
    assert_eq!((moments.with_time, moments.off_midnight), (1, 0));
    assert_eq!(moments.get(8), None);
}

#[test]
fn offsets_are_kept_where_they_are_written() {
    let (_, moments, _) = read(&[
        "2026-09-14 10:15",
        "2026-09-14T10:15:00+02:00",
        "2026-09-14 10:15 CEST",
        "2026-09-14T10:15:00Z",
    ])
    .expect("one order");
    assert_eq!(moments.offsets(), [Moments::NO_OFFSET, 120, Moments::NO_OFFSET, 0]);
    assert_eq!((moments.offset(0), moments.offset(1)), (None, Some(120)));
    assert_eq!((moments.with_offset, moments.with_named_zone), (2, 1));
    assert_eq!(moments.seconds().iter().filter(|second| **second == moments.seconds()[0]).count(), 4);
    let (_, moments, _) = read(&["2026-09-14 10:15"]).expect("one order");
    assert!(moments.offsets().is_empty());
}

#[test]
fn months_alone_are_noted() {
    let (texts, _, ledger) = read(&["2026-09", "2026-09-14"]).expect("one order");
    assert_eq!(texts, some(&["2026-09-01 00:00:00", "2026-09-14 00:00:00"]));
    assert_eq!((ledger.month_only.rows, ledger.month_only.places[0].line), (1, 2));
}
