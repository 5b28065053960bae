//! Laws of counting by cells of a design: they are parts of the strata that there are without it, however rows are
//! split over threads and files.

use proptest::prelude::*;

use super::laws::{file, kind, numbers, rows, run, whole_plan};
use super::*;
use crate::prepare::Filter;
use crate::survey::expression::parse;

/// Waves, ages, weights and sets, with a design of a region and an age, and a stratum in which rows were drawn.
fn designed(weighted: bool, leaves_out_unanswered: bool, stratum: bool) -> Plan {
    let mut plan = whole_plan(weighted);
    plan.groupings.extend([vec![3], vec![3, 5]]);
    plan.design = DesignPlan {
        raking: vec![2, 5, 1],
        leaves_out_unanswered,
        stratum: stratum.then_some(0),
        cluster: stratum.then_some(2),
        by_weight: false,
    };
    plan
}

fn close(left: f64, right: f64) -> bool {
    (left - right).abs() <= 1e-12 * left.abs().max(right.abs()).max(1.0)
}

fn add(into: &mut Count, from: Count) {
    *into = Count { n: into.n + from.n, w: into.w + from.w, w2: into.w2 + from.w2 };
}

/// The rows, answers and missing answers of counts, one after the other.
fn flat(counts: &[Counts]) -> Vec<Count> {
    let one = |counts: &Counts| match counts {
        Counts::Single(counts) => [&counts.points[..], &counts.missing].concat(),
        Counts::Pair(counts) => [&counts.cells[..], &counts.missing].concat(),
        Counts::Multiple(counts) => [&counts.options[..], &[counts.answered], &counts.missing].concat(),
        Counts::Number(counts) => [&[counts.answered][..], &counts.missing].concat(),
    };
    counts.iter().flat_map(one).collect()
}

fn check_parts(strata: &[Stratum], cells: &[DesignCell]) -> Result<(), TestCaseError> {
    let keys: Vec<_> = cells
        .iter()
        .map(|cell| {
            let last = |code: Option<u32>| code.unwrap_or(u32::MAX);
            let raking: Vec<u32> = cell.raking.iter().copied().map(last).collect();
            (cell.wave, raking, last(cell.stratum), last(cell.cluster))
        })
        .collect();
    prop_assert!(keys.is_sorted() && keys.windows(2).all(|pair| pair[0] != pair[1]), "{keys:?}");
    for stratum in strata {
        let places: Vec<usize> = stratum.cells.iter().map(|cell| cell.cell).collect();
        prop_assert!(places.is_sorted() && places.windows(2).all(|pair| pair[0] != pair[1]));
        let (mut rows, mut sums) = (Count::default(), vec![Count::default(); flat(&stratum.counts).len()]);
        for part in &stratum.cells {
            let cell = &cells[part.cell];
            prop_assert!(part.rows.n > 0 && part.rows.n <= cell.rows.n);
            prop_assert!(stratum.wave.is_none() || stratum.wave == cell.wave);
            prop_assert!(part.rows.w >= part.rows.n as f64 * cell.weights.min - 1e-9);
            prop_assert!(part.rows.w <= part.rows.n as f64 * cell.weights.max + 1e-9);
            add(&mut rows, part.rows);
            for (sum, count) in sums.iter_mut().zip(flat(&part.counts)) {
                add(sum, count);
            }
            if stratum.segment.is_empty() && stratum.wave == cell.wave {
                prop_assert_eq!(part.rows, cell.rows);
            }
        }
        let whole = std::iter::once(stratum.rows).chain(flat(&stratum.counts));
        for (sum, count) in std::iter::once(rows).chain(sums).zip(whole) {
            prop_assert_eq!(sum.n, count.n);
            prop_assert!(close(sum.w, count.w) && close(sum.w2, count.w2), "{:?} {:?}", sum, count);
        }
    }
    Ok(())
}

/// The wave and codes of a cell.
type Key = (Option<usize>, Vec<Option<u32>>, Option<u32>, Option<u32>);

fn filter(text: &str) -> Filter {
    Filter { expression: parse(text).unwrap() }
}

fn condition(text: &str) -> Exclusion {
    Exclusion::filtered(filter(text))
}

/// The cells by the names of their wave and categories, with their rows; waves that are not `shown` have no name.
fn named(cells: &[DesignCell], counted: &Counted, waves: &[Wave], shown: &[Wave]) -> Vec<(String, String)> {
    let of = |cell: &DesignCell| {
        let wave = cell.wave.and_then(|wave| waves.get(wave)).filter(|wave| shown.contains(wave));
        let drawn = [cell.stratum, cell.cluster].into_iter().flatten().map(Some);
        let codes = cell.raking.iter().copied().chain(drawn).zip(&counted.design_names);
        let names = codes.map(|(code, names)| code.map(|code| names[code as usize].as_str()));
        (format!("{:?} {:?}", wave.map(|wave| &wave.label), names.collect::<Vec<_>>()), {
            format!("{:?} {:?}", cell.rows, cell.weights)
        })
    };
    let mut named: Vec<_> = cells.iter().map(of).collect();
    named.sort();
    named
}

/// Kept rows are those of the total, and never more than all.
fn check_kept(counted: &Counted) -> Result<(), TestCaseError> {
    let kept: u64 = counted.cells.iter().map(|cell| cell.kept.n).sum();
    prop_assert_eq!(kept, counted.ledger.rows_used);
    for cell in &counted.cells {
        prop_assert!(cell.kept.n <= cell.rows.n && cell.rows.n > 0);
        if cell.kept.n > 0 {
            prop_assert!(
                cell.weights.min <= cell.kept.weights.min && cell.kept.weights.max <= cell.weights.max
            );
            prop_assert!(cell.wave.is_none_or(|wave| wave < counted.waves.len()));
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn strata_are_those_of_no_design_and_the_sums_of_their_cells(rows in rows(), weighted: bool) {
        let plan = designed(weighted, false, false);
        let plain = Plan { design: DesignPlan::default(), ..plan.clone() };
        let files = [file(&rows)];
        match (run(&plan, &files, 1), run(&plain, &files, 1)) {
            (Ok(with), Ok(without)) => {
                check_parts(&with.strata, &with.cells)?;
                let bare: Vec<Stratum> =
                    with.strata.iter().map(|stratum| Stratum { cells: Vec::new(), ..stratum.clone() }).collect();
                prop_assert_eq!(bare, without.strata);
                prop_assert_eq!(&with.segment_values, &without.segment_values);
                prop_assert_eq!(&with.ledger, &without.ledger);
                prop_assert_eq!(&with.weights, &without.weights);
                prop_assert!(without.cells.is_empty() && without.design_names.is_empty());
            }
            (with, without) => prop_assert_eq!(with.map_err(|error| kind(&error)), without.map_err(|error| kind(&error))),
        }
    }

    #[test]
    fn threads_and_files_change_nothing(
        rows in rows(), cut in 0_usize..60, weighted: bool, leaves_out: bool, stratum: bool,
    ) {
        let plan = designed(weighted, leaves_out, stratum);
        let (head, tail) = rows.split_at(cut.min(rows.len()));
        let files = [file(head), file(tail), file(&[]), file(head)];
        let alone = run(&plan, &files, 1);
        prop_assert_eq!(&run(&plan, &files, 3), &alone);
        let together: Vec<String> = [tail, head, head].concat();
        match (&alone, run(&plan, &[file(&together)], 1)) {
            (Ok(left), Ok(right)) => {
                prop_assert_eq!(&left.strata, &right.strata);
                prop_assert_eq!(&left.cells, &right.cells);
                prop_assert_eq!(&left.design_names, &right.design_names);
                prop_assert_eq!(&left.segment_values, &right.segment_values);
                prop_assert_eq!(numbers(&left.ledger), numbers(&right.ledger));
                check_parts(&left.strata, &left.cells)?;
            }
            (left, right) => prop_assert_eq!(left.as_ref().map_err(|error| kind(error)), right.as_ref().map_err(|error| kind(error))),
        }
    }

    #[test]
    fn a_condition_changes_no_cell_and_its_strata_are_those_of_no_design(
        rows in rows(), weighted: bool, leaves_out: bool, stratum: bool, compared: bool, threads in 1_usize..4,
    ) {
        let mut whole = designed(weighted, leaves_out, stratum);
        // Counted besides, a variable of the design has the categories of all rows.
        whole.tallies.retain(|tally| *tally != Tally::Single(2));
        let mut part = whole.clone();
        part.exclusions.push(condition("q >= 3 and wait != 7"));
        if compared {
            let rows = ExcludedRows::Where(filter("region = 'South'"));
            part.exclusions.insert(0, Exclusion { reason: "excluded", rows, input: None, is_compared: true });
        }
        let files = [file(&rows), file(&rows[rows.len() / 2..])];
        let (Ok(whole), Ok(found)) = (run(&whole, &files, 1), run(&part, &files, 1)) else { return Ok(()) };
        prop_assert_eq!(&run(&part, &files, threads), &Ok(found.clone()));
        check_kept(&found)?;
        // A plan without a design lacks the dates of rows that are not kept, which may leave their order open.
        let plain = Plan { design: DesignPlan::default(), ..part };
        if let (false, false, Ok(plain)) = (leaves_out, stratum, run(&plain, &files, 1)) {
            // Values are in the order of all rows, which may have others between them.
            let bare = |counted: &Counted| {
                let bare = counted.strata.iter().map(|stratum| Stratum { cells: Vec::new(), ..stratum.clone() });
                let mut strata: Vec<Stratum> = bare.collect();
                strata.sort_by(|a, b| (a.wave, &a.segment).cmp(&(b.wave, &b.segment)));
                strata
            };
            let values = |counted: &Counted| {
                let sorted = |names: &Vec<String>| names.iter().cloned().collect::<std::collections::BTreeSet<_>>();
                counted.segment_values.values().map(sorted).collect::<Vec<_>>()
            };
            prop_assert_eq!(bare(&found), bare(&plain));
            prop_assert_eq!((&found.waves, values(&found)), (&plain.waves, values(&plain)));
            prop_assert_eq!((&found.ledger, &found.weights), (&plain.ledger, &plain.weights));
            prop_assert_eq!(&found.categories, &plain.categories);
        }
        let (cells, waves) = match &found.unexcluded {
            Some(unexcluded) => (&unexcluded.cells, &unexcluded.waves),
            None => (&found.cells, &found.waves),
        };
        prop_assert_eq!(found.unexcluded.is_some(), compared);
        prop_assert_eq!(named(cells, &found, waves, waves), named(&whole.cells, &whole, &whole.waves, waves));
    }

    #[test]
    fn cells_split_by_weight_are_parts_of_those_that_are_not(rows in rows(), weighted: bool, threads in 1_usize..4) {
        let plan = designed(weighted, false, true);
        let split = Plan { design: DesignPlan { by_weight: true, ..plan.design.clone() }, ..plan.clone() };
        let files = [file(&rows), file(&rows[rows.len() / 2..])];
        let (Ok(whole), Ok(found)) = (run(&plan, &files, 1), run(&split, &files, 1)) else { return Ok(()) };
        prop_assert_eq!(&run(&split, &files, threads), &Ok(found.clone()));
        let bare = |counted: &Counted| -> Vec<Stratum> {
            let strata = counted.strata.iter().map(|stratum| Stratum { cells: Vec::new(), ..stratum.clone() });
            strata.collect()
        };
        prop_assert_eq!(bare(&found), bare(&whole));
        let by_codes = |counted: &Counted| {
            let mut rows: std::collections::BTreeMap<Key, (u64, Vec<u64>)> = std::collections::BTreeMap::new();
            for cell in &counted.cells {
                let own = rows.entry((cell.wave, cell.raking.clone(), cell.stratum, cell.cluster)).or_default();
                own.0 += cell.rows.n;
                own.1.push(cell.weights.min.to_bits());
            }
            rows
        };
        let (parts, cells) = (by_codes(&found), by_codes(&whole));
        prop_assert_eq!(parts.keys().collect::<Vec<_>>(), cells.keys().collect::<Vec<_>>());
        for (own, (n, _)) in parts.values().zip(cells.values()) {
            prop_assert_eq!(own.0, *n);
            prop_assert!(own.1.is_sorted() && own.1.windows(2).all(|pair| pair[0] != pair[1]));
        }
        for cell in &found.cells {
            prop_assert!(cell.weights.min.to_bits() == cell.weights.max.to_bits());
        }
    }

    #[test]
    fn the_ledger_adds_up_and_nobody_lacks_what_is_needed(rows in rows(), weighted: bool) {
        let Ok(counted) = run(&designed(weighted, true, true), &[file(&rows)], 1) else { return Ok(()) };
        let excluded: u64 = counted.ledger.excluded.values().map(|tallied| tallied.rows).sum();
        prop_assert_eq!(counted.ledger.rows_used + excluded, rows.len() as u64);
        prop_assert_eq!(counted.cells.iter().map(|cell| cell.rows.n).sum::<u64>(), counted.ledger.rows_used);
        for cell in &counted.cells {
            prop_assert!(cell.raking.iter().all(Option::is_some) && cell.stratum.is_some() && cell.cluster.is_some());
        }
        let total = counted.strata.iter().find(|stratum| stratum.wave.is_none() && stratum.segment.is_empty());
        prop_assert_eq!(total.map(|total| total.rows.n), Some(counted.ledger.rows_used));
        for key in counted.ledger.invalid.keys() {
            prop_assert!(!["q", "r", "region", "born"].contains(&key.0.as_str()), "{:?}", key);
        }
    }
}
