//! Laws of the engine: nothing that is counted depends on threads, on the order of rows or on how they are split
//! into files.

use indexmap::IndexMap;
use proptest::prelude::*;

use super::tests::{category, plan, scale, source, variable};
use super::*;
use crate::source::Ledger;
use crate::survey::{Band, DateColumn, Period, WaveRule};

const HEADER: &str = "q,r,region,why,wait,born,date,w";

/// Rows with every kind of cell, many of them missing, odd or wrong.
pub(super) fn rows() -> impl Strategy<Value = Vec<String>> {
    let row = (
        "[1-6]|x|",
        "[1-5]|",
        "North|South|[1-9]|",
        "(a|b|c|dd)(;(a|b|e))?|",
        "[0-9]{1,2}(\\.5)?|-3|n/a",
        "19[5-9][0-9]|200[0-9]|1492|",
        "(0[1-9]|1[0-9]|2[0-8])/0[1-6]/202[56]|never|",
        "0\\.[1-9]{1,3}|1|2\\.5|0|x|0\\.1234567891",
    );
    let line = row.prop_map(|(q, r, region, why, wait, born, date, w)| {
        format!("{q},{r},{region},\"{why}\",{wait},{born},{date},{w}")
    });
    let odd = prop_oneof![8 => line, 1 => Just("1,2,short".to_owned())];
    proptest::collection::vec(odd, 0..60)
}

pub(super) fn whole_plan(weighted: bool) -> Plan {
    let multiple =
        Coding::Multiple { labels: IndexMap::new(), separator: ";".to_owned(), missing: Vec::new() };
    let date = DateColumn { column: "date".to_owned(), format: None };
    let band = |label: &str, low, high| Band { label: label.to_owned(), low, high };
    let bands = vec![band("young", None, Some(39.0)), band("old", Some(40.0), None)];
    let variables = vec![
        variable("q", scale()),
        variable("r", scale()),
        variable("region", category()),
        variable("why", multiple),
        variable("wait", Coding::Number),
        variable("born", Coding::AgeBands { bands, date: date.clone() }),
    ];
    let tallies = vec![
        Tally::Single(0),
        Tally::Pair(0, 1),
        Tally::Single(2),
        Tally::Multiple(3),
        Tally::Number(4),
        Tally::Single(5),
    ];
    let groupings = vec![vec![], vec![2], vec![5], vec![2, 5]];
    Plan {
        weight: weighted.then(|| "w".to_owned()),
        design: DesignPlan::default(),
        wave: Some(WavePlan {
            rule: WaveRule::Every(Period::Quarter),
            date: Some(date),
            fiscal_year_start: 4,
            fiscal_year_named_end: true,
        }),
        ..plan(variables, tallies, groupings)
    }
}

pub(super) fn file(rows: &[String]) -> String {
    let mut text = format!("{HEADER}\n");
    for row in rows {
        text.push_str(row);
        text.push('\n');
    }
    text
}

pub(super) fn run(plan: &Plan, files: &[String], threads: usize) -> Result<Counted, String> {
    let sources = files.iter().map(|text| source("a.csv", text)).collect();
    count(plan, sources, &Options { threads, progress: None }).map_err(|error| error.to_string())
}

/// The ledger without places.
pub(super) fn numbers(ledger: &Ledger) -> Ledger {
    let mut ledger = ledger.clone();
    let kinds =
        ledger.excluded.values_mut().chain(ledger.kept.values_mut()).chain(ledger.invalid.values_mut());
    kinds.for_each(|tallied| tallied.places.clear());
    ledger
}

/// The first words of an error, as examples in it may differ with the order of rows.
pub(super) fn kind(error: &str) -> String {
    error.split('`').take(2).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn threads_change_nothing(rows in rows(), weighted: bool) {
        // Many files, so that every worker gets a block: each row is repeated.
        let rows: Vec<String> = rows.iter().cycle().take(rows.len() * 12).cloned().collect();
        let files: Vec<String> = rows.chunks(90).map(file).chain([file(&[])]).collect();
        let plan = whole_plan(weighted);
        let alone = run(&plan, &files, 1);
        prop_assert_eq!(&run(&plan, &files, 2), &alone);
        prop_assert_eq!(&run(&plan, &files, 7), &alone);
    }

    #[test]
    fn any_split_into_files_gives_the_same(rows in rows(), cut in 0_usize..60, weighted: bool) {
        let plan = whole_plan(weighted);
        let (head, tail) = rows.split_at(cut.min(rows.len()));
        let whole = run(&plan, &[file(&rows)], 1);
        let parts = run(&plan, &[file(head), file(tail)], 1);
        match (whole, parts) {
            (Ok(whole), Ok(parts)) => {
                prop_assert_eq!(&whole.strata, &parts.strata);
                prop_assert_eq!(&whole.categories, &parts.categories);
                prop_assert_eq!(&whole.segment_values, &parts.segment_values);
                prop_assert_eq!(numbers(&whole.ledger), numbers(&parts.ledger));
            }
            (whole, parts) => prop_assert_eq!(whole.map_err(|error| kind(&error)), parts.map_err(|error| kind(&error))),
        }
    }

    #[test]
    fn the_order_of_rows_changes_nothing(rows in rows(), turn in 0_usize..60, weighted: bool) {
        let plan = whole_plan(weighted);
        let mut turned = rows.clone();
        turned.reverse();
        turned.rotate_left(turn.min(rows.len()));
        match (run(&plan, &[file(&rows)], 1), run(&plan, &[file(&turned)], 1)) {
            (Ok(left), Ok(right)) => {
                prop_assert_eq!(&left.strata, &right.strata);
                prop_assert_eq!(&left.waves, &right.waves);
                prop_assert_eq!(&left.categories, &right.categories);
                prop_assert_eq!(numbers(&left.ledger), numbers(&right.ledger));
            }
            (left, right) => prop_assert_eq!(left.map_err(|error| kind(&error)), right.map_err(|error| kind(&error))),
        }
    }

    #[test]
    fn the_ledger_and_every_tally_add_up(rows in rows(), weighted: bool) {
        let plan = whole_plan(weighted);
        let Ok(counted) = run(&plan, &[file(&rows)], 1) else { return Ok(()) };
        let excluded: u64 = counted.ledger.excluded.values().map(|tallied| tallied.rows).sum();
        prop_assert_eq!(counted.ledger.rows_read, rows.len() as u64);
        prop_assert_eq!(counted.ledger.rows_used + excluded, counted.ledger.rows_read);
        for stratum in &counted.strata {
            for counts in &stratum.counts {
                let missing: u64 = crate::survey::Missing::ALL.iter().map(|&reason| counts.missing(reason).n).sum();
                prop_assert_eq!(counts.answered() + missing, stratum.rows.n);
            }
        }
        // Waves and segments are parts of the total.
        let total = counted.strata.iter().find(|stratum| stratum.wave.is_none() && stratum.segment.is_empty());
        let waves = counted.strata.iter().filter(|stratum| stratum.wave.is_some() && stratum.segment.is_empty());
        let total = total.map(|stratum| stratum.rows.n);
        prop_assert_eq!(total, Some(waves.map(|stratum| stratum.rows.n).sum()));
        prop_assert_eq!(total, Some(counted.ledger.rows_used));
    }

    #[test]
    fn weights_of_one_are_no_weights(rows in rows()) {
        let rows: Vec<String> = rows.iter().filter(|row| !row.ends_with("short")).cloned().collect();
        let ones: Vec<String> =
            rows.iter().filter_map(|row| row.rsplit_once(',')).map(|(head, _)| format!("{head},1")).collect();
        if let (Ok(plain), Ok(ones)) = (run(&whole_plan(false), &[file(&rows)], 1), run(&whole_plan(true), &[file(&ones)], 1)) {
            prop_assert_eq!(plain.strata, ones.strata);
        }
    }
}
