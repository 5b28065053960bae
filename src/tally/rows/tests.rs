//! The column store on small files: it holds the rows that are counted, as they are counted.

use std::fmt::Write as _;

use indexmap::IndexMap;

use super::{AnswerRows, RowSelection, Wanted};
use crate::prepare::Filter;
use crate::source::OrderOpen;
use crate::survey::expression;
use crate::survey::{DateColumn, KeptRow, Missing, Period};
use crate::tally::tests::{by_date, category, plan, scale, source, variable};
use crate::tally::{
    Coding, Collected, Counts, ExcludedRows, Exclusion, Options, Plan, Tally, collect, count,
};

fn columns(names: &[&str]) -> Vec<Vec<String>> {
    names.iter().map(|name| vec![(*name).to_owned()]).collect()
}

fn date(column: &str) -> DateColumn {
    DateColumn { column: column.to_owned(), format: None }
}

fn collected(plan: &Plan, wanted: &Wanted, texts: &[&str], threads: usize) -> Collected {
    let sources = texts.iter().enumerate().map(|(input, text)| source(&format!("{input}.csv"), text));
    let options = Options { threads, progress: None };
    collect(plan, wanted, sources.collect(), &options).unwrap()
}

fn rows(plan: &Plan, wanted: &Wanted, texts: &[&str]) -> AnswerRows {
    collected(plan, wanted, texts, 1).rows.unwrap()
}

fn filter(text: &str) -> Filter {
    Filter { expression: expression::parse(text).unwrap() }
}

#[test]
fn answers_are_written_alike_of_runs_and_of_listed_rows() {
    let plan = plan(
        vec![variable("q", scale()), variable("minutes", Coding::Number)],
        vec![Tally::Single(0)],
        vec![vec![]],
    );
    let wanted = Wanted { variables: vec![0, 1], ..Wanted::default() };
    let rows = rows(&plan, &wanted, &["q,minutes\n1,\n2,3\n,4\n5,x\n4,7\n"]);
    let by_answer = [10, 20, 30, 40];
    for column in 0..2 {
        for selection in
            [RowSelection::Run(1..4), RowSelection::Listed(&[1, 2, 3]), RowSelection::Listed(&[0, 4])]
        {
            let expected: Vec<u32> = selection
                .rows()
                .map(|row| rows.answer(column, row).and_then(|answer| by_answer.get(answer)))
                .map(|made| made.copied().unwrap_or(0))
                .collect();
            // What stood there before does not stay.
            let mut into = vec![99; expected.len()];
            rows.write_answers(column, &selection, &by_answer, &mut into);
            assert_eq!(into, expected);
        }
        let mut into = [99; 2];
        rows.write_answers(column, &RowSelection::Run(4..6), &by_answer, &mut into);
        assert_eq!(into[1], 0, "there is no sixth row");
    }
    let mut into = [99; 5];
    rows.write_answers(0, &RowSelection::Run(0..5), &by_answer, &mut into);
    assert_eq!(into, [10, 20, 0, 0, 40], "5 is beyond the list");
}

#[test]
fn codes_numbers_texts_and_places_of_counted_rows() {
    let multiple =
        Coding::Multiple { labels: IndexMap::new(), separator: ";".to_owned(), missing: Vec::new() };
    let mut plan = plan(
        vec![
            variable("q", scale()),
            variable("region", category()),
            variable("minutes", Coding::Number),
            variable("services", multiple),
        ],
        vec![Tally::Single(0)],
        vec![vec![]],
    );
    plan.exclusions = vec![Exclusion::filtered(filter("q >= 2"))];
    plan.missing = vec!["NA".to_owned()];
    let wanted = Wanted {
        variables: vec![0, 1, 2, 3],
        presence: columns(&["note", "absent"]),
        texts: columns(&["note"]),
        hashes: vec![columns(&["q", "note"])],
        ..Wanted::default()
    };
    let text = "q,region,minutes,services,note\n\
        2,South,2.5,b;a,fine\n\
        1,East,1,a,out\n\
        5,North,,a;b,\"two\nlines\"\n\
        2,South,x,, NA \n\
        2,South,7,c,fine\n";
    let rows = rows(&plan, &wanted, &[text]);
    assert_eq!(rows.rows(), 4);
    let of = |column| (0..4).map(|row| rows.code(column, row)).collect::<Vec<_>>();
    assert_eq!(of(0), [6, 9, 6, 6]);
    assert_eq!(rows.names(1), ["North", "South"], "East is on no row that is kept");
    assert_eq!(of(1), [6, 5, 6, 6]);
    assert_eq!((0..4).map(|row| rows.number(2, row)).collect::<Vec<_>>(), [Some(2.5), None, None, Some(7.0)]);
    assert_eq!(of(2), [5, Missing::Blank.code(), Missing::Invalid.code(), 5]);
    assert_eq!(rows.names(3), ["a", "b", "c"]);
    assert_eq!((0..4).map(|row| rows.chosen(3, row)).collect::<Vec<_>>(), [&[5, 6][..], &[5, 6], &[], &[7]]);
    assert_eq!(of(4), [5, 5, Missing::Blank.code(), 5]);
    assert_eq!(of(5), [Missing::NotAsked.code(); 4]);
    assert_eq!((0..4).map(|row| rows.text(0, row)).collect::<Vec<_>>(), ["fine", "two\nlines", "", "fine"]);
    let places: Vec<(u64, u64)> =
        (0..4).filter_map(|row| rows.position(row)).map(|place| (place.row, place.line)).collect();
    assert_eq!(places, [(1, 2), (3, 4), (4, 6), (5, 7)]);
    assert_eq!(rows.hash(0, 0), rows.hash(0, 3));
    assert_ne!(rows.hash(0, 0), rows.hash(0, 2));
    assert!((rows.weight(0) - 1.0).abs() < f64::EPSILON);
    assert_eq!(rows.wave(0), None);
    let matching = |text: &str| rows.matching(&filter(text)).unwrap();
    assert_eq!(matching("services = \"a\" and q <= 3"), [0]);
    assert_eq!(matching("region = \"South\""), [0, 2, 3]);
    assert_eq!(matching("minutes > 3 or services is missing"), [2, 3]);
    assert!(rows.matching(&filter("unknown = 1")).is_err());
}

#[test]
fn dates_come_in_the_order_of_the_column_and_without_one_are_not_told() {
    let plan = plan(vec![variable("q", scale())], vec![Tally::Single(0)], vec![vec![]]);
    let wanted = Wanted { dates: vec![date("day"), date("other")], ..Wanted::default() };
    let text =
        "q,day,other\n1,03/04/2026,03/04/2026\n2,25/04/2026,05/04/2026\n3,soon,\n4,2026-04-07,2026-04-07\n";
    let rows = rows(&plan, &wanted, &[text]);
    let days = rows.days(0).unwrap();
    let told: Vec<_> = (0..4).map(|row| days.get(row).map(|day| day.to_string())).collect();
    let day = |text: &str| Ok(text.to_owned());
    assert_eq!(told, [day("2026-04-03"), day("2026-04-25"), Err(Missing::Invalid), day("2026-04-07")]);
    assert_eq!(rows.days(1).unwrap_err(), OrderOpen::NoEvidence);
}

#[test]
fn a_row_whose_date_gives_no_wave_in_the_end_is_not_there() {
    let mut plan = plan(vec![variable("q", scale())], vec![Tally::Single(0)], vec![vec![]]);
    plan.wave = Some(by_date(Period::Quarter, None));
    let mut text = "q,date\n".to_owned();
    for day in 13..=28 {
        let _ = writeln!(text, "5,{day}/05/2026");
    }
    text.push_str("1,05/25/2026\n4,01/02/2026\n");
    let wanted = Wanted { variables: vec![0], dates: vec![date("date")], ..Wanted::default() };
    let Collected { counted, rows } = collected(&plan, &wanted, &[&text], 1);
    let rows = rows.unwrap();
    assert_eq!(rows.rows() as u64, counted.ledger.rows_used);
    assert_eq!(rows.rows(), 17);
    let labels = |row| counted.waves[rows.wave(row).unwrap()].label.clone();
    assert_eq!((labels(0), labels(16)), ("2026-Q2".to_owned(), "2026-Q1".to_owned()));
    assert_eq!(rows.code(0, 16), 8);
}

#[test]
fn any_number_of_threads_keeps_the_same_rows_and_counts_as_without_keeping() {
    let mut first = "q,region,id,w\n".to_owned();
    let mut second = first.clone();
    for row in 0..60_000_u32 {
        let region = ["North", "South", "East", "Käfer"][usize::try_from(row * 7 % 11 % 4).unwrap()];
        let text = if row < 40_000 { &mut first } else { &mut second };
        let _ = writeln!(text, "{},{region},\"customer number {}\",{}.5", row % 6, row % 5_000, row % 3);
    }
    let mut plan = plan(
        vec![variable("q", scale()), variable("region", category())],
        vec![Tally::Single(0)],
        vec![vec![], vec![1]],
    );
    plan.weight = Some("w".to_owned());
    let wanted = Wanted {
        variables: vec![0, 1],
        texts: columns(&["id"]),
        hashes: vec![columns(&["id"])],
        ..Wanted::default()
    };
    let told = |threads| {
        let Collected { counted, rows } = collected(&plan, &wanted, &[&first, &second], threads);
        let rows = rows.unwrap();
        let row = |row| {
            (
                (rows.position(row), rows.weight(row).to_bits(), rows.hash(0, row)),
                (rows.code(0, row), rows.names(1)[rows.answer(1, row).unwrap()].clone()),
                rows.text(0, row).to_owned(),
            )
        };
        (counted, (0..rows.rows()).map(row).collect::<Vec<_>>())
    };
    let (counted, one) = told(1);
    let sources = vec![source("0.csv", &first), source("1.csv", &second)];
    assert_eq!(counted, count(&plan, sources, &Options::default()).unwrap());
    assert_eq!(one.len(), 60_000);
    assert!(one.windows(2).all(|pair| pair[0].0.0 < pair[1].0.0));
    let Counts::Single(points) = &counted.strata[0].counts[0] else { panic!("not single") };
    let fives = one.iter().filter(|row| row.1.0 == 9).count();
    assert_eq!(points.points[4].n, fives as u64);
    assert!(told(3) == (counted, one), "threads must not show");
}

#[test]
fn more_than_the_bound_is_refused_and_counted_all_the_same() {
    let plan = plan(vec![variable("q", scale())], vec![Tally::Single(0)], vec![vec![]]);
    let wanted = Wanted { variables: vec![0], most_bytes: 30, ..Wanted::default() };
    let few = collected(&plan, &wanted, &["q\n1\n2\n3\n"], 1);
    assert_eq!(few.rows.unwrap().rows(), 3);
    let many = collected(&plan, &wanted, &["q\n1\n2\n3\n4\n"], 1);
    assert_eq!(many.counted.ledger.rows_used, 4);
    assert!(many.rows.unwrap_err().to_string().contains("0 MiB"));
}

#[test]
fn no_rows_and_no_columns_are_nothing() {
    let plan = plan(vec![variable("q", scale())], vec![Tally::Single(0)], vec![vec![]]);
    let wanted = Wanted { variables: vec![0], dates: vec![date("absent")], ..Wanted::default() };
    let rows = rows(&plan, &wanted, &["q\n"]);
    assert_eq!((rows.rows(), rows.code(0, 0), rows.text(3, 1)), (0, Missing::NotAsked.code(), ""));
    assert_eq!(rows.days(0).unwrap().get(0), Err(Missing::NotAsked));
    assert_eq!(rows.position(0), None);
}

#[test]
fn cases_that_are_left_out_stand_among_the_rows_where_they_are_wanted() {
    let variables = vec![variable("q", scale()), variable("time", category())];
    let mut plan = plan(variables, vec![Tally::Single(0)], vec![vec![]]);
    let cells = |reason, is_compared, column: &str| {
        let rows = ExcludedRows::Cells { column: column.to_owned(), values: vec!["yes".to_owned()] };
        Exclusion { reason, rows, input: None, is_compared }
    };
    let once = ExcludedRows::Repeated { column: "id".to_owned(), keep: KeptRow::First };
    plan.exclusions = vec![
        cells("preview", false, "test"),
        cells("partial", true, "open"),
        Exclusion { rows: ExcludedRows::Where(filter("time < 30")), ..cells("excluded", true, "") },
        Exclusion { rows: once, ..cells("duplicate_id", true, "") },
        Exclusion::filtered(filter("q >= 2")),
    ];
    // A preview; unfinished; fast; counted, and twice more; fast with an id that stands twice; not looked at.
    let text = "id,test,open,time,q\n1,yes,yes,9,5\n2,,yes,90,5\n3,,,9,5\n4,,,90,5\n4,,,90,5\n4,,,90,4\n4,,,9,5\n\
                5,,,9,1\n6,,,90,1\n";
    for threads in [1, 3] {
        let of = |cases| {
            let wanted = Wanted { variables: vec![0], cases, ..Wanted::default() };
            let Collected { counted, rows } = collected(&plan, &wanted, &[text], threads);
            let rows = rows.unwrap();
            let row = |row| (rows.position(row).unwrap().row, rows.left_out(row));
            (counted, (0..rows.rows()).map(row).collect::<Vec<_>>())
        };
        let (counted, rows) = of(false);
        assert_eq!(rows, [(4, None)]);
        assert_eq!(of(true), (counted, vec![(2, Some(1)), (3, Some(2)), (4, None)]));
    }
}
