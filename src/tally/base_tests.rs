//! Bases in the engine: what becomes of blanks, answers and what depends on a question that was not asked.

use std::fmt::Write as _;

use super::tests::{category, plan, points, run, scale, source, stratum, variable};
use super::{Base, Counted, Counts, Options, Plan, Tally, count};
use crate::prepare::Filter;
use crate::survey::Missing;
use crate::survey::expression::parse;

fn base(condition: &str, variables: &[usize]) -> Base {
    let condition = Filter { expression: parse(condition).unwrap() };
    Base { condition, variables: variables.to_vec(), is_strict: false }
}

/// `visited`, and `staff`, which only visitors were asked, and `smile`, which only those content with the staff were.
fn asked() -> Plan {
    let variables =
        vec![variable("visited", category()), variable("staff", scale()), variable("smile", scale())];
    let mut plan = plan(variables, vec![Tally::Single(1), Tally::Single(2)], vec![vec![]]);
    plan.bases = vec![base("visited = 'yes'", &[1]), base("staff >= 4", &[2])];
    plan
}

fn missing(counted: &Counted, tally: usize, reason: Missing) -> u64 {
    match &stratum(counted, None, &[]).counts[tally] {
        Counts::Single(counts) => counts.missing[usize::from(reason.code())].n,
        other => panic!("not a single: {other:?}"),
    }
}

#[test]
fn blanks_of_those_who_were_not_asked_are_not_asked() {
    let text = "visited,staff,smile\nyes,5,4\nyes,,\nno,,\n,,\nno,3,5\nyes,2,\nyes,9,\n";
    let counted = run(&asked(), text);
    assert_eq!(points(stratum(&counted, None, &[]), 0), [0, 1, 1, 0, 1]);
    assert_eq!(missing(&counted, 0, Missing::NotAsked), 1, "no visit");
    assert_eq!(missing(&counted, 0, Missing::Blank), 2, "one did not answer, of one it is not known");
    assert_eq!(missing(&counted, 0, Missing::Invalid), 1);
    // Of the third row the staff was not asked, so neither was the smile; of the sixth the staff was not good enough.
    assert_eq!(missing(&counted, 1, Missing::NotAsked), 2);
    assert_eq!(missing(&counted, 1, Missing::Blank), 3);
    let outside = &counted.ledger.kept["outside_base"];
    assert_eq!((outside.rows, outside.places[0].row, outside.places[0].column), (1, 5, 2));
}

#[test]
fn threads_and_inputs_without_the_column_change_nothing() {
    let plan = asked();
    let mut rows = String::new();
    for row in 0..5_000 {
        writeln!(rows, "{},{},", ["yes", "no", ""][row % 3], ["", "4", "2", ""][row % 4]).unwrap();
    }
    let first = format!("visited,staff,smile\n{rows}");
    let inputs = || vec![source("a.csv", &first), source("b.csv", "staff,smile\n,\n5,\n")];
    let one = count(&plan, inputs(), &Options::default()).unwrap();
    let four = count(&plan, inputs(), &Options { threads: 4, ..Options::default() }).unwrap();
    assert_eq!(one, four);
    // Where nobody can tell who visited, a blank stays a blank.
    let alone = run(&plan, "visited,staff,smile\n,,\n");
    assert_eq!((missing(&alone, 0, Missing::Blank), missing(&alone, 0, Missing::NotAsked)), (1, 0));
    let b = count(
        &plan,
        vec![source("a.csv", "visited,staff,smile\nyes,1,\n"), source("b.csv", "staff,smile\n,\n")],
        &Options::default(),
    );
    assert_eq!(missing(&b.unwrap(), 0, Missing::Blank), 1);
}

#[test]
fn a_column_with_two_ids_has_a_base_under_one_of_them_only() {
    let mut shared = asked();
    shared
        .variables
        .push(super::Variable { columns: vec!["staff".to_owned()], ..variable("again", scale()) });
    shared.tallies.push(Tally::Single(3));
    let counted = run(&shared, "visited,staff,smile\nno,,\n");
    assert_eq!(missing(&counted, 0, Missing::NotAsked), 1);
    assert_eq!(missing(&counted, 2, Missing::Blank), 1);
}

#[test]
fn a_strict_base_leaves_to_each_row_the_item_that_it_names() {
    // Two items read one column; the row says whose answer it is.
    let answer = |id: &str| super::Variable { columns: vec!["answer".to_owned()], ..variable(id, scale()) };
    let variables = vec![variable("item", category()), answer("first"), answer("second")];
    let mut plan = plan(variables, vec![Tally::Single(1), Tally::Single(2)], vec![vec![]]);
    let strict = |condition: &str, of: usize| Base { is_strict: true, ..base(condition, &[of]) };
    plan.bases = vec![strict("item = 'a'", 1), strict("item = 'b'", 2)];
    let counted = run(&plan, "item,answer\na,5\nb,4\na,x\nb,\n,3\nc,2\n");
    assert_eq!(points(stratum(&counted, None, &[]), 0), [0, 0, 0, 0, 1]);
    assert_eq!(points(stratum(&counted, None, &[]), 1), [0, 0, 0, 1, 0]);
    // What another item says is no answer of this one, be it wrong, and a row without an item is nobody's.
    let of = |tally| {
        [Missing::Invalid, Missing::Blank, Missing::NotAsked].map(|why| missing(&counted, tally, why))
    };
    assert_eq!((of(0), of(1)), ([1, 0, 4], [0, 1, 4]));
    assert!(!counted.ledger.kept.contains_key("outside_base"));
}
