//! Laws of leaving rows out: which row of an id stays depends on nothing but its place, and what is left out with what
//! is left is the whole, exactly.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::tests::{by_date, category, plan, points, run, scale, source, variable};
use super::*;
use crate::prepare::Filter;
use crate::survey::expression::parse;
use crate::survey::{KeptRow, Period};

fn filter(text: &str) -> Filter {
    Filter { expression: parse(text).unwrap() }
}

fn exclusion(reason: &'static str, rows: ExcludedRows) -> Exclusion {
    Exclusion { reason, rows, input: None, is_compared: true }
}

fn once(keep: KeptRow) -> Exclusion {
    exclusion("duplicate_id", ExcludedRows::Repeated { column: "id".to_owned(), keep })
}

fn cells(column: &str, values: &[&str]) -> ExcludedRows {
    ExcludedRows::Cells {
        column: column.to_owned(),
        values: values.iter().map(|value| (*value).to_owned()).collect(),
    }
}

fn small() -> Plan {
    plan(vec![variable("q", scale())], vec![Tally::Single(0)], vec![vec![]])
}

fn excluded(counted: &Counted) -> Vec<(&'static str, u64)> {
    counted.ledger.excluded.iter().map(|(reason, tallied)| (*reason, tallied.rows)).collect()
}

#[test]
fn rows_told_by_a_cell_go_and_only_those_of_their_input() {
    let mut plan = small();
    plan.exclusions.push(Exclusion {
        input: Some(1),
        is_compared: false,
        ..exclusion("preview", cells("kind", &["Survey Preview", ""]))
    });
    let text = "kind,q\nSurvey preview,1\n\"  SURVEY PREVIEW \",2\nreal,3\n,4\n";
    // Too short for the rule is an empty cell.
    let short = "q,kind\n5\n";
    let sources = vec![source("a.csv", text), source("b.csv", text), source("c.csv", short)];
    let counted = count(&plan, sources, &Options::default()).unwrap();
    assert_eq!(points(&counted.strata[0], 0), [1, 1, 2, 1, 1]);
    assert_eq!(excluded(&counted), [("preview", 3)]);
    assert_eq!((counted.ledger.rows_read, counted.ledger.rows_used), (9, 6));
    assert!(counted.unexcluded.is_none(), "nothing is compared");
    assert_eq!(counted.inputs[0].unused_columns, ["kind"]);
    assert!(counted.inputs[1].unused_columns.is_empty());
}

#[test]
fn the_first_rule_that_tells_a_row_is_its_reason() {
    let mut plan = plan(
        vec![variable("q", scale()), variable("time", category())],
        vec![Tally::Single(0)],
        vec![vec![]],
    );
    plan.exclusions = vec![
        exclusion("preview", cells("kind", &["test"])),
        exclusion("excluded", ExcludedRows::Where(filter("time < 30"))),
        once(KeptRow::First),
        Exclusion::filtered(filter("q >= 3")),
    ];
    let text = "id,kind,time,q\n1,test,90,5\n1,,10,5\n1,,40,4\n1,,50,5\n,,60,2\n,,,3\n2,,70,1\n";
    let counted = run(&plan, text);
    assert_eq!(excluded(&counted), [("duplicate_id", 1), ("excluded", 1), ("filtered", 2), ("preview", 1)]);
    // The first row of id 1 that the rules before leave in stays; rows without an id are nobody's.
    assert_eq!(points(&counted.strata[0], 0), [0, 0, 1, 1, 0]);
    let without = counted.unexcluded.unwrap();
    assert_eq!(points(&without.strata[0], 0), [0, 0, 1, 1, 3], "what is filtered stays so");
}

#[test]
fn an_id_that_no_input_has_is_refused_and_one_that_some_lack_is_not() {
    let mut plan = small();
    plan.exclusions.push(once(KeptRow::Last));
    let count = |texts: &[&str]| {
        count(&plan, texts.iter().map(|text| source("a.csv", text)).collect(), &Options::default())
    };
    assert!(matches!(count(&["q\n1\n"]), Err(CountError::MissingColumns(missing)) if missing[0].id == "id"));
    let counted = count(&["q\n1\n1\n", "id,q\nx,1\nx,2\n"]).unwrap();
    assert_eq!(points(&counted.strata[0], 0), [2, 1, 0, 0, 0]);
}

#[test]
fn an_input_that_changes_between_the_readings_is_refused() {
    let mut plan = small();
    plan.exclusions.push(once(KeptRow::First));
    let mut changed = source("a.csv", "id,q\n1,2\n");
    changed.again = Some(Box::new(|| Ok(Box::new(&b"id,q\n1,2\n1,3\n"[..]))));
    let error = count(&plan, vec![changed], &Options::default()).unwrap_err();
    assert!(matches!(error, CountError::Changed { ref input } if input == "a.csv"), "{error}");
}

#[test]
fn what_is_left_out_may_have_waves_and_groups_of_its_own() {
    let mut plan = plan(
        vec![variable("q", scale()), variable("region", category())],
        vec![Tally::Single(0), Tally::Single(1)],
        vec![vec![], vec![1]],
    );
    plan.wave = Some(by_date(Period::Year, None));
    plan.exclusions.push(exclusion("excluded", ExcludedRows::Where(filter("q = 1"))));
    let counted = run(&plan, "q,region,date\n5,b,2026-01-01\n1,a,2025-01-01\n1,b,2026-01-01\n");
    assert_eq!((counted.waves.len(), counted.segment_values["region"].len()), (1, 1));
    let without = counted.unexcluded.unwrap();
    assert_eq!((without.waves.len(), without.categories[1].clone()), (2, vec!["a".into(), "b".into()]));
    assert_eq!(points(&without.strata[0], 0), [2, 0, 0, 0, 1]);
}

/// Rows with ids that come again, some blank.
fn rows() -> impl Strategy<Value = Vec<(String, u8, u8, String)>> {
    let row =
        ("|[a-f]| [a-d]|[a-z]{2}", 1..=6_u8, 0..60_u8, prop_oneof!["0\\.[1-9]{1,3}", Just("1".to_owned())]);
    prop::collection::vec(row, 0..80)
}

fn file(rows: &[(String, u8, u8, String)]) -> String {
    let lines = rows.iter().map(|(id, q, time, w)| format!("{id},{q},{time},{w}\n"));
    std::iter::once("id,q,time,w\n".to_owned()).chain(lines).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_row_that_stays_is_the_first_or_last_of_all_inputs(
        rows in rows(),
        cut in 0_usize..80,
        last: bool,
    ) {
        let mut plan = small();
        let keep = if last { KeptRow::Last } else { KeptRow::First };
        plan.exclusions.push(once(keep));
        // Said in another way: row by row.
        let mut kept: Vec<&(String, u8, u8, String)> = Vec::new();
        let ordered: Vec<_> = if last { rows.iter().rev().collect() } else { rows.iter().collect() };
        for row in ordered {
            if row.0.trim().is_empty() || kept.iter().all(|other| other.0.trim() != row.0.trim()) {
                kept.push(row);
            }
        }
        let mut wanted = [0_u64; 5];
        for row in &kept {
            if let Some(point) = wanted.get_mut(usize::from(row.1) - 1) {
                *point += 1;
            }
        }
        let (head, tail) = rows.split_at(cut.min(rows.len()));
        let files = [file(head), file(&[]), file(tail)];
        let mut alone: Option<Counted> = None;
        for threads in 1..=4 {
            let sources = files.iter().map(|text| source("a.csv", text)).collect();
            let counted = count(&plan, sources, &Options { threads, progress: None }).unwrap();
            prop_assert_eq!(points(&counted.strata[0], 0), wanted.to_vec());
            prop_assert_eq!(counted.ledger.rows_used, kept.len() as u64);
            let alone = alone.get_or_insert(counted.clone());
            prop_assert_eq!(&*alone, &counted);
        }
    }

    #[test]
    fn kept_and_left_out_are_the_whole(rows in rows(), threads in 1_usize..4) {
        let variables = vec![variable("q", scale()), variable("time", Coding::Number), variable("id", category())];
        let tallies = vec![Tally::Single(0), Tally::Number(1), Tally::Single(2)];
        let mut whole = plan(variables, tallies, vec![vec![], vec![0]]);
        whole.weight = Some("w".to_owned());
        whole.exclusions.push(Exclusion::filtered(filter("q != 2")));
        let rules = [
            exclusion("partial", cells("time", &["7"])),
            exclusion("excluded", ExcludedRows::Where(filter("time < 20 or q = 6"))),
            once(KeptRow::Last),
        ];
        let mut part = whole.clone();
        part.exclusions.splice(0..0, rules);
        let run = |plan: &Plan| {
            count(plan, vec![source("a.csv", &file(&rows))], &Options { threads, progress: None }).unwrap()
        };
        let (whole, part) = (run(&whole), run(&part));
        let without = part.unexcluded.unwrap();
        prop_assert_eq!(without.strata, whole.strata);
        prop_assert_eq!(without.categories, whole.categories);
        let excluded: u64 = part.ledger.excluded.values().map(|tallied| tallied.rows).sum();
        prop_assert_eq!(part.ledger.rows_used + excluded, part.ledger.rows_read);
        prop_assert_eq!(part.ledger.rows_read, rows.len() as u64);
    }
}

#[test]
fn blocks_of_many_threads_keep_the_same_rows() {
    // Several blocks an input: every id stands in the first and in the last of them.
    let mut text = "id,q,time,w\n".to_owned();
    for row in 0..60_000_u32 {
        writeln!(text, "{:012},{},{},1", row % 20_011, row / 20_011 + 1, row % 60).unwrap();
    }
    assert!(text.len() > 3 * crate::source::blocks::BLOCK_SIZE);
    for (keep, wanted) in [(KeptRow::First, [20_011, 0, 0, 0, 0]), (KeptRow::Last, [0, 33, 19_978, 0, 0])] {
        let mut plan = small();
        plan.exclusions.push(once(keep));
        for threads in 1..=4 {
            let counted =
                count(&plan, vec![source("a.csv", &text)], &Options { threads, progress: None }).unwrap();
            assert_eq!(points(&counted.strata[0], 0), wanted, "{threads} threads");
            assert_eq!(counted.ledger.excluded["duplicate_id"].rows, 39_989);
        }
    }
}
