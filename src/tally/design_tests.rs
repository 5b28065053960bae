//! The engine with a design on small files, counted by hand: cells, what leaves a row out, sets of options, limits.

use std::fmt::Write as _;

use indexmap::IndexMap;

use super::tests::{by_date, category, one, plan, points, run, scale, source, stratum, variable};
use super::*;
use crate::source::Position;
use crate::survey::{Band, DateColumn, Period};

fn raked(raking: &[usize]) -> DesignPlan {
    DesignPlan { raking: raking.to_vec(), ..DesignPlan::default() }
}

/// A question, then categories.
fn variables(ids: &[&str]) -> Vec<Variable> {
    let categories = ids.iter().map(|id| variable(id, category()));
    std::iter::once(variable("q", scale())).chain(categories).collect()
}

/// By cell of a stratum: its index, rows and the rows of each point.
fn cells(stratum: &Stratum) -> Vec<(usize, u64, Vec<u64>)> {
    let point = |cell: &StratumCell| match &cell.counts[0] {
        Counts::Single(counts) => counts.points.iter().map(|count| count.n).collect(),
        other => panic!("not a single: {other:?}"),
    };
    stratum.cells.iter().map(|cell| (cell.cell, cell.rows.n, point(cell))).collect()
}

fn excluded(counted: &Counted) -> Vec<(&'static str, u64)> {
    counted.ledger.excluded.iter().map(|(reason, tallied)| (*reason, tallied.rows)).collect()
}

const TEXT: &str = "sex,age,q\nm,old,5\nf,young,1\nm,young,2\n,old,3\nm,old,4\nf,,5\nm,old,\n";

#[test]
fn rows_with_the_same_codes_are_one_cell_and_those_without_come_last() {
    let plan = Plan {
        design: raked(&[1, 2]),
        ..plan(variables(&["sex", "age"]), vec![Tally::Single(0)], vec![vec![], vec![1]])
    };
    let counted = run(&plan, TEXT);
    assert_eq!(counted.design_names, [["f", "m"], ["old", "young"]]);
    let codes: Vec<Vec<Option<u32>>> = counted.cells.iter().map(|cell| cell.raking.clone()).collect();
    let (f, m, old, young) = (Some(0), Some(1), Some(0), Some(1));
    assert_eq!(codes, [[f, young], [f, None], [m, old], [m, young], [None, old]]);
    let one_to_one = WeightRange { min: 1.0, max: 1.0 };
    assert!(counted.cells.iter().all(|cell| cell.weights == one_to_one && cell.wave.is_none()));
    assert_eq!(counted.cells.iter().map(|cell| cell.rows.n).collect::<Vec<_>>(), [1, 1, 3, 1, 1]);
    assert_eq!(
        cells(stratum(&counted, None, &[("sex", "m")])),
        [(2, 3, vec![0, 0, 0, 1, 1]), (3, 1, vec![0, 1, 0, 0, 0])]
    );
    let total = stratum(&counted, None, &[]);
    assert_eq!(total.cells.iter().map(|cell| cell.cell).collect::<Vec<_>>(), [0, 1, 2, 3, 4]);
    assert_eq!(points(total, 0), [1, 1, 1, 1, 2]);
    assert_eq!(counted.strata.len(), 3, "no stratum of rows without a value");
}

#[test]
fn rows_without_an_answer_go_where_they_are_to_go() {
    let mut plan = Plan {
        design: DesignPlan {
            leaves_out_unanswered: true,
            stratum: Some(3),
            cluster: Some(4),
            ..raked(&[1, 2])
        },
        ..plan(variables(&["sex", "age", "h", "psu"]), vec![Tally::Single(0)], vec![vec![]])
    };
    let text = "sex,age,h,psu,q\nm,old,1,a,5\n,old,1,a,1\nm,,,a,1\nm,old,,,9\nm,old,1,,1\nm,old,1,b,x\n";
    let counted = run(&plan, text);
    let place = |row: u64, column: u64| Position { input: 0, row, line: row + 1, column };
    let ledger = &counted.ledger;
    assert_eq!(excluded(&counted), [("no_cluster", 1), ("no_raking_answer", 2), ("no_stratum", 1)]);
    assert_eq!(ledger.excluded["no_raking_answer"].places, [place(2, 1), place(3, 2)]);
    assert_eq!(ledger.excluded["no_stratum"], one(place(4, 3)));
    assert_eq!(ledger.excluded["no_cluster"], one(place(5, 4)));
    assert_eq!((ledger.rows_read, ledger.rows_used), (6, 2));
    assert_eq!(ledger.invalid.len(), 1, "the cells of rows that are out are not looked at");
    let [a, b] = &counted.cells[..] else { panic!("two clusters") };
    assert_eq!((a.stratum, a.cluster, b.cluster), (Some(0), Some(0), Some(1)));
    assert_eq!(counted.design_names, [vec!["m"], vec!["old"], vec!["1"], vec!["a", "b"]]);
    plan.design.leaves_out_unanswered = false;
    let counted = run(&plan, text);
    assert_eq!(excluded(&counted), [("no_cluster", 1), ("no_stratum", 2)]);
    let last = counted.cells.last().map(|cell| (cell.raking.clone(), cell.rows.n));
    assert_eq!(last, Some((vec![None, Some(0)], 1)));
}

#[test]
fn an_input_without_a_raking_column_has_no_answers_to_it() {
    let plan = Plan {
        design: DesignPlan { leaves_out_unanswered: true, ..raked(&[1]) },
        ..plan(variables(&["sex"]), vec![Tally::Single(0)], vec![vec![]])
    };
    let sources = vec![
        source("a.csv", "q,sex\n1,z\n2,a\n"),
        source("b.csv", "q\n3\n"),
        source("c.csv", "sex,q\na,5\n"),
    ];
    let counted = count(&plan, sources, &Options::default()).unwrap();
    assert_eq!(excluded(&counted), [("no_raking_answer", 1)]);
    let place = Position { input: 1, row: 1, line: 2, column: 0 };
    assert_eq!(counted.ledger.excluded["no_raking_answer"].places, [place]);
    assert_eq!(counted.design_names, [["a", "z"]]);
    assert_eq!(cells(&counted.strata[0]), [(0, 2, vec![0, 1, 0, 0, 1]), (1, 1, vec![1, 0, 0, 0, 0])]);
}

#[test]
fn a_cell_is_of_one_wave_and_the_pooled_strata_list_those_of_all() {
    let plan = Plan {
        wave: Some(by_date(Period::Year, None)),
        weight: Some("w".to_owned()),
        design: raked(&[1]),
        ..plan(variables(&["sex"]), vec![Tally::Single(0)], vec![vec![], vec![1]])
    };
    let text =
        "date,sex,q,w\n2026-05-01,m,5,0.5\n2025-05-01,m,1,2\n2026-05-01,f,2,3\n2026-06-01,m,4,1.5\n,m,4,1\n";
    let counted = run(&plan, text);
    let found: Vec<_> = counted.cells.iter().map(|cell| (cell.wave, cell.raking[0])).collect();
    assert_eq!(found, [(Some(0), Some(1)), (Some(1), Some(0)), (Some(1), Some(1))]);
    let (of_2025, of_2026) = (counted.cells[0].weights, counted.cells[2].weights);
    assert_eq!(of_2025, WeightRange { min: 2.0, max: 2.0 });
    assert_eq!(of_2026, WeightRange { min: 0.5, max: 1.5 });
    assert_eq!(counted.cells[2].rows, Count { n: 2, w: 2.0, w2: 2.5 });
    let places = |wave, segment: &[(&str, &str)]| -> Vec<usize> {
        stratum(&counted, wave, segment).cells.iter().map(|cell| cell.cell).collect()
    };
    assert_eq!(places(None, &[]), [0, 1, 2]);
    assert_eq!(places(None, &[("sex", "m")]), [0, 2]);
    assert_eq!(places(Some("2025"), &[]), [0]);
    assert_eq!(places(Some("2026"), &[("sex", "m")]), [2]);
    assert_eq!(excluded(&counted), [("no_date", 1)]);
}

/// Ages by dates that may be read both ways, with or without waves.
fn aged(wave: bool, leaves_out_unanswered: bool) -> Plan {
    let date = DateColumn { column: "date".to_owned(), format: None };
    let band = |label: &str, low, high| Band { label: label.to_owned(), low, high };
    let bands = vec![band("young", Some(18.0), Some(39.0)), band("old", Some(40.0), None)];
    let variables = vec![variable("q", scale()), variable("born", Coding::AgeBands { bands, date })];
    Plan {
        wave: wave.then(|| by_date(Period::Month, None)),
        design: DesignPlan { leaves_out_unanswered, ..raked(&[1]) },
        ..plan(variables, vec![Tally::Single(0)], vec![vec![], vec![1]])
    }
}

#[test]
fn ages_are_settled_with_the_order_of_day_and_month() {
    // Born on 10 May 2008: 18 on 3 August (day first), not yet on 8 March.
    let text = "date,born,q\n03/08/2026,2008-05-10,5\n08/03/2026,2008-05-10,9\n25/12/2026,1950-01-01,2\n08/03/2026,1986-05-10,3\n25/12/2026,,1\n";
    for wave in [false, true] {
        let counted = run(&aged(wave, true), text);
        assert_eq!(excluded(&counted), [("no_raking_answer", 2)]);
        let places: Vec<u64> =
            counted.ledger.excluded["no_raking_answer"].places.iter().map(|place| place.row).collect();
        assert_eq!(places, [2, 5]);
        assert_eq!((counted.ledger.rows_read, counted.ledger.rows_used), (5, 3));
        assert!(
            counted.ledger.invalid.is_empty(),
            "cells of a row that is left out: {:?}",
            counted.ledger.invalid
        );
        assert_eq!(points(stratum(&counted, None, &[("born", "young")]), 0), [0, 0, 1, 0, 1]);
        assert_eq!(points(stratum(&counted, None, &[]), 0), [0, 1, 1, 0, 1]);
        assert_eq!(counted.waves.len(), if wave { 3 } else { 0 });
        let kept = run(&aged(wave, false), text);
        assert_eq!((excluded(&kept), kept.ledger.rows_used), (vec![], 5));
        assert_eq!(
            kept.cells.iter().filter(|cell| cell.raking == [None]).map(|cell| cell.rows.n).sum::<u64>(),
            2
        );
    }
    // The other order, where the first row is of a minor and the second is not.
    let text = text.replace("25/12", "12/25");
    let counted = run(&aged(false, true), &text);
    let places: Vec<u64> =
        counted.ledger.excluded["no_raking_answer"].places.iter().map(|place| place.row).collect();
    assert_eq!(places, [1, 5]);
    assert_eq!(points(stratum(&counted, None, &[]), 0), [0, 1, 1, 0, 0]);
    assert_eq!(counted.ledger.invalid[&("q".to_owned(), String::new())].rows, 1);
}

#[test]
fn rows_that_are_kept_are_those_that_are_counted() {
    let text = "date,born,q\n03/08/2026,2008-05-10,5\n08/03/2026,2008-05-10,4\n25/12/2026,1950-01-01,2\n25/12/2026,,1\n";
    let wanted = Wanted { variables: vec![0], ..Wanted::default() };
    let collected =
        collect(&aged(false, true), &wanted, vec![source("a.csv", text)], &Options::default()).unwrap();
    assert_eq!(collected.counted.ledger.rows_used, 2);
    assert_eq!(collected.rows.unwrap().rows(), 2);
}

#[test]
fn groupings_of_raked_segments_alone_are_counted_once() {
    let ids = ["a", "b", "c", "d", "e", "f", "g"];
    let groupings: Vec<Vec<usize>> =
        vec![vec![], vec![1], vec![2], vec![3], vec![2, 1], (1..=6).collect(), vec![7], vec![7, 1]];
    let raked = Plan {
        design: raked(&[1, 2, 3, 4, 5, 6]),
        ..plan(variables(&ids), vec![Tally::Single(0)], groupings)
    };
    let layout = layout::Layout::new(&raked).unwrap();
    assert_eq!(layout.counted, [[7]]);
    let mut text = "q,a,b,c,d,e,f,g\n".to_owned();
    for row in 0..500_u64 {
        let code = |place: u64| (row * 7 + row / 3 * place) % (place + 2);
        writeln!(
            text,
            "{},{},{},{},{},{},{},{}",
            row % 6,
            code(1),
            code(2),
            code(3),
            code(1),
            code(2),
            code(0),
            code(4)
        )
        .unwrap();
    }
    let plain = Plan { design: DesignPlan::default(), ..raked.clone() };
    let (with, without) = (run(&raked, &text), run(&plain, &text));
    assert!(with.strata.len() > 20 && with.cells.len() > 20);
    let bare = |stratum: &Stratum| Stratum { cells: Vec::new(), ..stratum.clone() };
    assert_eq!(with.strata.iter().map(bare).collect::<Vec<_>>(), without.strata);
}

#[test]
fn a_crossing_too_deep_beside_the_design_is_named() {
    let ids: Vec<String> = (0..8).map(|id| format!("s{id}")).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let deep = |raking: &[usize]| Plan {
        design: raked(raking),
        ..plan(variables(&ids), vec![Tally::Single(0)], vec![vec![], (1..=8).collect()])
    };
    let text = "q,s0,s1,s2,s3,s4,s5,s6,s7\n1,a,b,c,d,e,f,g,h\n2,a,b,c,d,e,f,g,h\n3,a,b,c,d,e,f,g,i\n";
    let error = count(&deep(&[1]), vec![source("a.csv", text)], &Options::default()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`s1*s2*s3*s4*s5*s6*s7` crosses 7 segments beside those of the weighting and the design; at most 6 can be crossed"
    );
    let counted = run(&deep(&[1, 2]), text);
    assert_eq!(counted.strata.len(), 3);
    let crossed = counted.strata.last().unwrap();
    assert_eq!((crossed.segment[7].1.as_str(), crossed.rows.n), ("i", 1));
}

fn several() -> Coding {
    Coding::Multiple { labels: IndexMap::new(), separator: ";".to_owned(), missing: Vec::new() }
}

#[test]
fn a_grouping_by_several_answers_has_a_stratum_by_set() {
    let variables = vec![variable("q", scale()), variable("why", several()), variable("sex", category())];
    let mut plan =
        plan(variables, vec![Tally::Single(0), Tally::Multiple(1)], vec![vec![], vec![1], vec![1, 2]]);
    let texts = ["q,why,sex\n1,b;a,m\n2,c,m\n3,,f\n4,a; b,f\n5,a,m\n", "sex,why,q\nm,c;a;b,1\nf,c;a,5\n"];
    let count = |plan: &Plan| {
        let sources = texts.iter().map(|text| source("a.csv", text)).collect();
        count(plan, sources, &Options::default()).unwrap()
    };
    let plain = count(&plan);
    plan.design = raked(&[2]);
    for counted in [&plain, &count(&plan)] {
        assert_eq!(counted.segment_values["why"], ["a", "c", "a\u{1f}b", "a\u{1f}c", "a\u{1f}b\u{1f}c"]);
        assert_eq!(counted.categories[1], ["a", "b", "c"]);
        assert_eq!(points(stratum(counted, None, &[("why", "a\u{1f}b")]), 0), [1, 0, 0, 1, 0]);
        assert_eq!(points(stratum(counted, None, &[("why", "a\u{1f}b"), ("sex", "f")]), 0), [0, 0, 0, 1, 0]);
        let by_set = counted.strata.iter().filter(|stratum| stratum.segment.len() == 1);
        assert_eq!(by_set.map(|stratum| stratum.rows.n).sum::<u64>(), 6, "blank is no set");
    }
}

#[test]
fn what_no_design_can_be_made_of_is_refused_by_name() {
    let variables =
        || vec![variable("q", scale()), variable("why", several()), variable("x", Coding::Number)];
    let refused = |design: DesignPlan| {
        let plan = Plan { design, ..plan(variables(), vec![Tally::Single(0)], vec![vec![]]) };
        count(&plan, vec![source("a.csv", "q,why,x\n1,a,2\n")], &Options::default()).unwrap_err().to_string()
    };
    assert_eq!(refused(raked(&[1])), "`why` cannot be raked to targets; give it bands or single answers");
    assert!(refused(raked(&[2])).starts_with("`x` cannot be raked"));
    assert_eq!(refused(DesignPlan { stratum: Some(2), ..raked(&[]) }), "`x` cannot be the stratum of a row");
    assert_eq!(
        refused(DesignPlan { cluster: Some(1), ..raked(&[]) }),
        "`why` cannot be the cluster of a row"
    );
    let mut plan = plan(variables(), vec![Tally::Single(0)], vec![vec![], vec![2]]);
    plan.design = raked(&[0]);
    let error = count(&plan, vec![source("a.csv", "q,why,x\n1,a,2\n")], &Options::default()).unwrap_err();
    assert_eq!(error.to_string(), "`x` cannot be a segment; give it bands");
}

#[test]
fn counters_by_cell_are_watched_while_they_are_counted() {
    use crate::survey::{ColumnProfile, Profile};
    let mut text = "q,a,b,c\n".to_owned();
    for row in 0..60_000 {
        writeln!(text, "{},{row},{},{}", row % 5 + 1, row % 300, row % 7).unwrap();
    }
    let clustered = |tallies: usize| Plan {
        design: DesignPlan { cluster: Some(1), ..raked(&[2, 3]) },
        ..plan(variables(&["a", "b", "c"]), vec![Tally::Single(0); tallies], vec![vec![]])
    };
    // 60,000 cells of 1 + 10 counters are well above what is allowed without a design, of 1 + 140 too many.
    let head = |name: &str, values: usize| ColumnProfile {
        name: name.to_owned(),
        values: (0..values).map(|value| (value.to_string(), 1)).collect(),
        ..ColumnProfile::default()
    };
    let head =
        Profile { columns: vec![head("a", 20_000), head("b", 300), head("c", 7)], ..Profile::default() };
    assert_eq!(predicted_size(&clustered(14), &[head]).unwrap().cells, 141, "no product of categories");
    let counted = run(&clustered(4), &text);
    assert_eq!((counted.cells.len(), counted.strata[0].cells.len()), (60_000, 60_000));
    let error = count(&clustered(14), vec![source("a.csv", &text)], &Options::default()).unwrap_err();
    let message = error.to_string();
    let CountError::TooManyCells { limit, groupings } = error else { panic!("{message}") };
    assert_eq!((limit, groupings[0].0.as_str()), (MAX_DESIGN_CELLS, "b*c*a"));
    assert!(message.starts_with("the plan needs more than 8000000 counters; leave out or coarsen `b*c*a` ("));
}
