//! The engine on small files: every rule of what counts, where it is left out, and what is refused.

use std::fmt::Write as _;
use std::io::Cursor;

use indexmap::IndexMap;

use super::*;
use crate::prepare::Filter;
use crate::source::format::Losses;
use crate::source::{Position, Source, Tallied};
use crate::survey::expression::{Expression, Literal, Operator};
use crate::survey::{DateColumn, Missing, Period, Scale, WaveRule};

/// A file with its header as it stands in the first line.
pub(super) fn source(name: &str, text: &str) -> Source {
    let header = text.lines().next().unwrap_or_default().split(',').map(str::to_owned).collect();
    Source {
        name: name.to_owned(),
        delimiter: b',',
        header,
        repeated: std::sync::Arc::default(),
        number_styles: Vec::new(),
        reader: Box::new(Cursor::new(text.as_bytes().to_vec())),
        brought: 0,
        original: None,
        again: None,
        losses: Losses::default(),
    }
}

pub(super) fn variable(id: &str, coding: Coding) -> Variable {
    Variable { id: id.to_owned(), columns: vec![id.to_owned()], coding }
}

pub(super) fn scale() -> Coding {
    Coding::Scale(Scale::new("scale", 1, 5))
}

pub(super) fn category() -> Coding {
    Coding::Category { labels: IndexMap::new(), closed: false }
}

pub(super) fn plan(variables: Vec<Variable>, tallies: Vec<Tally>, groupings: Vec<Vec<usize>>) -> Plan {
    Plan {
        variables,
        tallies,
        groupings,
        wave: None,
        weight: None,
        design: DesignPlan::default(),
        exclusions: Vec::new(),
        bases: Vec::new(),
        missing: Vec::new(),
        decimal: None,
    }
}

pub(super) fn run(plan: &Plan, text: &str) -> Counted {
    count(plan, vec![source("a.csv", text)], &Options::default()).unwrap()
}

pub(super) fn stratum<'a>(counted: &'a Counted, wave: Option<&str>, segment: &[(&str, &str)]) -> &'a Stratum {
    let wave = wave.map(|label| counted.waves.iter().position(|wave| wave.label == label).unwrap());
    let segment: Vec<(String, String)> =
        segment.iter().map(|(id, value)| ((*id).to_owned(), (*value).to_owned())).collect();
    counted.strata.iter().find(|stratum| stratum.wave == wave && stratum.segment == segment).unwrap()
}

pub(super) fn points(stratum: &Stratum, tally: usize) -> Vec<u64> {
    match &stratum.counts[tally] {
        Counts::Single(counts) => counts.points.iter().map(|count| count.n).collect(),
        other => panic!("not a single: {other:?}"),
    }
}

fn missing(stratum: &Stratum, tally: usize, reason: Missing) -> u64 {
    stratum.counts[tally].missing(reason).n
}

pub(super) fn by_date(every: Period, format: Option<&str>) -> WavePlan {
    WavePlan {
        rule: WaveRule::Every(every),
        date: Some(DateColumn { column: "date".to_owned(), format: format.map(str::to_owned) }),
        fiscal_year_start: 1,
        fiscal_year_named_end: true,
    }
}

pub(super) fn one(position: Position) -> Tallied {
    Tallied { rows: 1, places: vec![position] }
}

#[test]
fn answers_and_reasons_are_counted_by_stratum_and_in_total() {
    let plan = plan(
        vec![variable("q", scale()), variable("region", category())],
        vec![Tally::Single(0)],
        vec![vec![], vec![1]],
    );
    let counted = run(&plan, "region,q\nSouth,5\nNorth,4\nNorth,\nNorth,9\n,1\n");
    let total = stratum(&counted, None, &[]);
    assert_eq!(points(total, 0), [1, 0, 0, 1, 1]);
    assert_eq!((missing(total, 0, Missing::Blank), missing(total, 0, Missing::Invalid)), (1, 1));
    assert_eq!(total.rows, Count { n: 5, w: 5.0, w2: 5.0 });
    assert_eq!(points(stratum(&counted, None, &[("region", "North")]), 0), [0, 0, 0, 1, 0]);
    assert_eq!(counted.strata.len(), 3, "rows without a region are in no region");
    assert_eq!(counted.segment_values["region"], ["North", "South"]);
    assert_eq!(counted.categories, [["1", "2", "3", "4", "5"]]);
    assert_eq!((counted.ledger.rows_read, counted.ledger.rows_used), (5, 5));
    let invalid = &counted.ledger.invalid[&("q".to_owned(), String::new())];
    assert_eq!(*invalid, one(Position { input: 0, row: 4, line: 5, column: 2 }));
    assert!(!counted.weighted);
}

#[test]
fn a_file_without_rows_has_an_empty_total() {
    let plan = plan(
        vec![variable("q", scale()), variable("region", category())],
        vec![Tally::Single(0)],
        vec![vec![], vec![1]],
    );
    for text in ["region,q\n", "region,q", "region,q\n\n\n"] {
        let counted = run(&plan, text);
        assert_eq!(counted.strata.len(), 1);
        assert_eq!(points(&counted.strata[0], 0), [0; 5]);
        assert_eq!(counted.ledger.rows_read, 0);
    }
}

#[test]
fn a_pair_without_an_answer_takes_the_first_reason() {
    let plan =
        plan(vec![variable("e", scale()), variable("p", scale())], vec![Tally::Pair(0, 1)], vec![vec![]]);
    let counted = run(&plan, "e,p\n5,4\n5,4\n1,1\n,9\n9,\n,3\n3,\n");
    let Counts::Pair(joint) = &counted.strata[0].counts[0] else { panic!("a pair") };
    assert_eq!(joint.cells[4 * 5 + 3].n, 2);
    assert_eq!(joint.cells[0].n, 1);
    assert_eq!(joint.cells.iter().map(|cell| cell.n).sum::<u64>(), 3);
    assert_eq!(joint.missing.map(|count| count.n), [0, 2, 2, 0, 0]);
}

#[test]
fn crossings_are_counted_once_and_their_parts_are_sums() {
    let variables = vec![variable("q", scale()), variable("a", category()), variable("b", category())];
    let plan = plan(variables, vec![Tally::Single(0)], vec![vec![], vec![1], vec![2], vec![2, 1]]);
    let counted = run(&plan, "q,a,b\n1,x,u\n2,x,v\n3,y,u\n4,,u\n5,x,\n5,,\n");
    assert_eq!(points(stratum(&counted, None, &[]), 0), [1, 1, 1, 1, 2]);
    assert_eq!(points(stratum(&counted, None, &[("a", "x")]), 0), [1, 1, 0, 0, 1]);
    assert_eq!(points(stratum(&counted, None, &[("b", "u")]), 0), [1, 0, 1, 1, 0]);
    assert_eq!(points(stratum(&counted, None, &[("b", "u"), ("a", "y")]), 0), [0, 0, 1, 0, 0]);
    let segments: Vec<usize> = counted.strata.iter().map(|stratum| stratum.segment.len()).collect();
    assert_eq!(segments, [0, 1, 1, 1, 1, 2, 2, 2], "in the order of the groupings");
}

#[test]
fn declared_values_come_in_written_order_and_numbers_by_value() {
    let labels = [("2", "South"), ("1", "North")];
    let labels = labels.iter().map(|(text, label)| ((*text).to_owned(), (*label).to_owned())).collect();
    let variables = vec![
        variable("region", Coding::Category { labels, closed: false }),
        variable("shop", category()),
        variable("choice", Coding::Category { labels: IndexMap::new(), closed: false }),
    ];
    let plan = plan(variables, vec![Tally::Single(2)], vec![vec![], vec![0], vec![1]]);
    let counted = run(&plan, "region,shop,choice\n3,10,b\n1,9,a\nsouth,100,b\n");
    assert_eq!(counted.segment_values["region"], ["South", "North", "3"]);
    assert_eq!(counted.segment_values["shop"], ["9", "10", "100"]);
    assert_eq!(counted.categories, [["a", "b"]]);
    assert_eq!(points(&counted.strata[0], 0), [1, 2]);
}

#[test]
fn several_answers_a_row_and_free_numbers() {
    let multiple =
        Coding::Multiple { labels: IndexMap::new(), separator: ";".to_owned(), missing: Vec::new() };
    let variables =
        vec![variable("why", multiple), variable("wait", Coding::Number), variable("g", category())];
    let plan = plan(variables, vec![Tally::Multiple(0), Tally::Number(1)], vec![vec![], vec![2]]);
    let counted = run(&plan, "why,wait,g\nprice; staff,1.5,a\nstaff,3,a\n,x,b\n");
    let Counts::Multiple(why) = &counted.strata[0].counts[0] else { panic!("several answers") };
    assert_eq!(counted.categories[0], ["price", "staff"]);
    assert_eq!(why.options.iter().map(|count| count.n).collect::<Vec<_>>(), [1, 2]);
    assert_eq!((why.answered.n, why.missing[2].n), (2, 1));
    let Counts::Number(wait) = &counted.strata[0].counts[1] else { panic!("a number") };
    assert_eq!(
        wait.values.iter().map(|(value, count)| (*value, count.n)).collect::<Vec<_>>(),
        [(1.5, 1), (3.0, 1)]
    );
    assert_eq!((wait.answered.n, wait.missing[1].n, wait.overflow), (2, 1, false));
    assert!((wait.sum_wx - 4.5).abs() < 1e-12 && (wait.sum_wx2 - 11.25).abs() < 1e-12);
    assert!((wait.centred_sum_squares - 1.125).abs() < 1e-12);
    let Counts::Number(b) = &stratum(&counted, None, &[("g", "b")]).counts[1] else { panic!("a number") };
    assert_eq!((b.answered.n, b.values.len()), (0, 0));
}

#[test]
fn too_many_distinct_numbers_keep_the_moments() {
    let mut text = "x\n".to_owned();
    for value in 0..=10_000 {
        writeln!(text, "{value}").unwrap();
    }
    let counted =
        run(&plan(vec![variable("x", Coding::Number)], vec![Tally::Number(0)], vec![vec![]]), &text);
    let Counts::Number(values) = &counted.strata[0].counts[0] else { panic!("a number") };
    assert!(values.overflow && values.values.is_empty());
    assert!((values.sum_wx - 50_005_000.0).abs() < 1e-6);
}

#[test]
fn the_first_reason_that_applies_leaves_a_row_out() {
    let mut plan = plan(
        vec![variable("q", scale()), variable("g", category())],
        vec![Tally::Single(0)],
        vec![vec![], vec![1]],
    );
    plan.weight = Some("w".to_owned());
    plan.wave = Some(by_date(Period::Year, None));
    plan.exclusions.push(Exclusion::filtered(Filter {
        expression: Expression::Compare {
            name: "g".into(),
            operator: Operator::Equal,
            literal: Literal::Text("a".into()),
        },
    }));
    let text = "date,g,w,q,note\n2026-01-01,a\n2026-01-01,b,x,1,n\n,a,x,1,n\n,a,0,1,n\n,a,1,1,n\n2026-01-01,a,1,1\n2026-01-01,a,2.5,2,n,more\n";
    let counted = run(&plan, text);
    let place = |row: u64, column: u64| one(Position { input: 0, row, line: row + 1, column });
    let excluded = [
        ("short_row", place(1, 0)),
        ("filtered", place(2, 0)),
        ("invalid_weight", place(3, 3)),
        ("zero_weight", place(4, 3)),
        ("no_date", place(5, 1)),
    ];
    assert_eq!(counted.ledger.excluded, excluded.into());
    assert_eq!((counted.ledger.rows_read, counted.ledger.rows_used), (7, 2));
    let kept = ["ragged_row", "overlong_row"].map(|reason| counted.ledger.kept[reason].rows);
    assert_eq!(kept, [1, 1], "a cell too few, and one too many");
    assert_eq!(counted.segment_values["g"], ["a"], "a value that only rows left out have is none");
    let total = stratum(&counted, Some("2026"), &[]);
    assert_eq!(total.rows, Count { n: 2, w: 3.5, w2: 7.25 });
    assert!(counted.weighted);
}

#[test]
fn a_rounded_weight_is_kept_and_noted() {
    let mut plan = plan(vec![variable("q", scale())], vec![Tally::Single(0)], vec![vec![]]);
    plan.weight = Some("w".to_owned());
    let counted = run(&plan, "q,w\n1,0.12345678949\n2,0.5\n");
    assert_eq!(counted.ledger.kept["rounded_weight"], one(Position { input: 0, row: 1, line: 2, column: 2 }));
}

#[test]
fn a_column_that_one_file_lacks_was_not_asked_there() {
    let variables = vec![variable("q", scale()), variable("r", scale())];
    let plan = plan(variables, vec![Tally::Single(0), Tally::Single(1)], vec![vec![]]);
    let sources = vec![source("a.csv", "q,r,id\n1,2,7\n"), source("b.csv", "id,q\n8,5\n9,x\n")];
    let counted = count(&plan, sources, &Options::default()).unwrap();
    assert_eq!(points(&counted.strata[0], 0), [1, 0, 0, 0, 1]);
    assert_eq!(missing(&counted.strata[0], 1, Missing::NotAsked), 2);
    let [a, b] = &counted.inputs[..] else { panic!("two inputs") };
    assert_eq!((a.rows, b.rows, a.bytes), (1, 2, 13));
    assert_eq!((&a.unused_columns[..], &a.absent_columns[..]), (&["id".to_owned()][..], &[][..]));
    assert_eq!(b.absent_columns, ["r"]);
    assert!(a.hash.starts_with("xxh3-128:") && a.hash != b.hash);
    let invalid = &counted.ledger.invalid[&("q".to_owned(), String::new())];
    assert_eq!(*invalid, one(Position { input: 1, row: 2, line: 3, column: 2 }));
}

#[test]
fn all_missing_columns_are_named_at_once_and_a_wanted_duplicate_is_refused() {
    let mut plan =
        plan(vec![variable("q", scale()), variable("r", scale())], vec![Tally::Single(0)], vec![vec![]]);
    plan.weight = Some("w".to_owned());
    let error = count(&plan, vec![source("a.csv", "q\n1\n")], &Options::default()).unwrap_err();
    let CountError::MissingColumns(columns) = error else { panic!("{error}") };
    assert_eq!(columns.iter().map(|missing| missing.id.as_str()).collect::<Vec<_>>(), ["r", "weight"]);
    plan.weight = None;
    let duplicate = count(&plan, vec![source("a.csv", "q,r,q\n1,1,1\n")], &Options::default()).unwrap_err();
    assert!(
        matches!(duplicate, CountError::DuplicateColumn { ref positions, .. } if *positions == [1, 3]),
        "{duplicate}"
    );
    assert!(count(&plan, vec![source("a.csv", "q,r,n,n\n1,1,1,1\n")], &Options::default()).is_ok());
}

#[test]
fn a_plan_that_does_not_fit_is_refused_by_name() {
    let number = plan(vec![variable("x", Coding::Number)], vec![Tally::Single(0)], vec![vec![]]);
    let error = count(&number, vec![source("a.csv", "x\n1\n")], &Options::default()).unwrap_err();
    assert!(matches!(error, CountError::UnfitVariable { ref id, .. } if id == "x"));
    let variables: Vec<Variable> = (0..8).map(|index| variable(&format!("s{index}"), category())).collect();
    let deep = plan(variables, vec![], vec![vec![], (0..8).collect()]);
    let error = count(&deep, vec![source("a.csv", "s0\n1\n")], &Options::default()).unwrap_err();
    assert!(matches!(error, CountError::CrossingTooDeep { .. }));
}

#[test]
fn too_many_values_or_counters_are_refused() {
    let mut text = "a,b\n".to_owned();
    for row in 0..10_001 {
        writeln!(text, "{row},{}", row % 300).unwrap();
    }
    let variables = || vec![variable("a", category()), variable("b", category())];
    let segment = plan(variables(), vec![], vec![vec![], vec![0]]);
    for threads in [1, 3] {
        let options = Options { threads, progress: None };
        let error = count(&segment, vec![source("a.csv", &text)], &options).unwrap_err();
        assert!(
            matches!(error, CountError::TooManyValues { ref id, limit: 10_000, .. } if id == "a"),
            "{error}"
        );
        let wide = plan(variables(), vec![Tally::Single(0)], vec![vec![], vec![1]]);
        let error = count(&wide, vec![source("a.csv", &text)], &options).unwrap_err();
        let CountError::TooManyCells { groupings, .. } = error else { panic!("{error}") };
        assert_eq!(groupings[0].0, "b", "the largest first");
    }
    // As a question, not a segment, ten thousand values are fine.
    assert_eq!(
        run(&plan(variables(), vec![Tally::Single(0)], vec![vec![]]), &text).categories[0].len(),
        10_001
    );
}

#[test]
fn a_filter_over_a_column_of_many_values_forgets_what_it_need_not_know() {
    let mut plan =
        plan(vec![variable("q", scale()), variable("id", category())], vec![Tally::Single(0)], vec![vec![]]);
    plan.exclusions.push(Exclusion::filtered(Filter {
        expression: Expression::Compare {
            name: "id".into(),
            operator: Operator::Equal,
            literal: Literal::Text("r69999".into()),
        },
    }));
    let mut text = "id,q\n".to_owned();
    for row in 0..70_000 {
        writeln!(text, "r{row},3").unwrap();
    }
    let counted = run(&plan, &text);
    assert_eq!(points(&counted.strata[0], 0), [0, 0, 1, 0, 0]);
    assert_eq!(counted.ledger.excluded["filtered"].rows, 69_999);
}

#[test]
fn places_are_rows_of_the_file_in_whatever_block_they_are() {
    let plan = plan(vec![variable("q", scale())], vec![Tally::Single(0)], vec![vec![]]);
    let mut text = "\n\r\nq,id\n".to_owned();
    for row in 1..=60_000 {
        let answer = if row % 25_000 == 0 { "\"x\ny\"" } else { "3" };
        writeln!(text, "{answer},{row}\r\n").unwrap();
    }
    let header = vec!["q".to_owned(), "id".to_owned()];
    for threads in [1, 3] {
        let source = Source { header: header.clone(), ..source("a.csv", &text) };
        let counted = count(&plan, vec![source], &Options { threads, progress: None }).unwrap();
        let invalid = &counted.ledger.invalid[&("q".to_owned(), String::new())];
        let places: Vec<(u64, u64)> = invalid.places.iter().map(|place| (place.row, place.line)).collect();
        assert_eq!(
            places,
            [(25_000, 50_002), (50_000, 100_003)],
            "two lines a row and one more within each x"
        );
        assert_eq!((counted.ledger.rows_read, counted.inputs[0].rows), (60_000, 60_000));
    }
}

#[test]
fn progress_is_told_in_bytes_read() {
    let plan = plan(vec![variable("q", scale())], vec![Tally::Single(0)], vec![vec![]]);
    let told = std::cell::RefCell::new(Vec::new());
    let progress = |bytes| told.borrow_mut().push(bytes);
    let options = Options { threads: 2, progress: Some(&progress) };
    let text = format!("q\n{}", "1\n".repeat(400_000));
    count(&plan, vec![source("a.csv", &text), source("b.csv", "q\n5\n")], &options).unwrap();
    let told = told.into_inner();
    assert!(told.len() > 3 && told.is_sorted());
    assert_eq!(told.last(), Some(&800_006));
}

#[test]
fn an_unclosed_quote_names_input_and_line() {
    let plan = plan(vec![variable("q", scale())], vec![Tally::Single(0)], vec![vec![]]);
    for threads in [1, 2] {
        let options = Options { threads, progress: None };
        let error = count(&plan, vec![source("a.csv", "q\n1\n\"2\n3\n")], &options).unwrap_err();
        assert!(error.to_string().starts_with("a.csv: line 3: "), "{error}");
    }
}

#[test]
fn the_head_of_a_file_foretells_the_size() {
    use crate::survey::{ColumnProfile, Profile};
    let variables = vec![variable("q", scale()), variable("region", category())];
    let mut plan = plan(variables, vec![Tally::Single(0)], vec![vec![], vec![1]]);
    plan.wave = Some(by_date(Period::Month, None));
    let column = |name: &str, values: &[&str]| ColumnProfile {
        name: name.to_owned(),
        values: values.iter().map(|&value| (value.to_owned(), 1)).collect(),
        ..ColumnProfile::default()
    };
    let columns = vec![
        column("region", &["a", "b", "a "]),
        column("date", &["2026-01-03", "2026-01-09", "2026-02-01"]),
    ];
    let size = predicted_size(&plan, &[Profile { columns, ..Profile::default() }]).unwrap();
    let strata: Vec<(&str, u64, u64)> = size
        .groupings
        .iter()
        .map(|grouping| (grouping.name.as_str(), grouping.strata, grouping.cells))
        .collect();
    assert_eq!(
        strata,
        [("total", 3, 33), ("region", 6, 66)],
        "two months and both together, 11 counters each"
    );
    assert_eq!(size.cells, 99);
}
