//! The whole pass over a file in memory: scanning, coding, counting, merging.

use std::io::Cursor;

use csat::source::Source;
use csat::source::format::Losses;
use csat::survey::Scale;
use csat::tally::{Coding, DesignPlan, Options, Plan, Tally, Variable, count};
use divan::Bencher;
use divan::counter::ItemsCount;
use indexmap::IndexMap;

const ROWS: u64 = 100_000;

fn main() {
    divan::main();
}

/// Five ratings, five gaps, recommendation and effort by region × segment, unweighted and weighted.
#[divan::bench(args = [false, true])]
fn ratings_and_gaps(bencher: Bencher<'_, '_>, weighted: bool) {
    let text = file();
    let plan = plan(weighted);
    bencher.counter(ItemsCount::new(ROWS)).with_inputs(|| vec![source(&text)]).bench_values(|sources| {
        count(&plan, sources, &Options::default()).map(|counted| counted.strata.len())
    });
}

/// The same with five raking variables, two of them the segments, in 960 cells.
#[divan::bench(args = [false, true])]
fn five_raking_variables(bencher: Bencher<'_, '_>, weighted: bool) {
    let text = file();
    let mut plan = plan(weighted);
    for id in ["sex", "age", "school"] {
        let coding = Coding::Category { labels: IndexMap::new(), closed: false };
        plan.variables.push(Variable { id: id.to_owned(), columns: vec![id.to_owned()], coding });
    }
    plan.design.raking = (12..17).collect();
    bencher.counter(ItemsCount::new(ROWS)).with_inputs(|| vec![source(&text)]).bench_values(|sources| {
        count(&plan, sources, &Options::default()).map(|counted| counted.cells.len())
    });
}

fn source(text: &str) -> Source {
    let header = text.lines().next().unwrap_or_default().split(',').map(str::to_owned).collect();
    let reader = Box::new(Cursor::new(text.as_bytes().to_vec()));
    Source {
        name: "bench".to_owned(),
        delimiter: b',',
        header,
        repeated: std::sync::Arc::default(),
        number_styles: Vec::new(),
        brought: 0,
        reader,
        original: None,
        again: None,
        losses: Losses::default(),
    }
}

fn file() -> String {
    let mut text =
        "id,region,segment,sat1,sat2,sat3,sat4,sat5,exp1,exp2,exp3,exp4,exp5,nps,ces,weight,comment,sex,age,school\n"
            .to_owned();
    let mut state = 7_u64;
    let mut next = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    for row in 0..ROWS {
        let (region, segment) = (next(5), next(8));
        text.extend([row.to_string(), format!(",region {region},segment {segment}")]);
        for _ in 0..10 {
            match next(20) {
                0 => text.push(','),
                other => text.extend([",".to_owned(), (other % 5 + 1).to_string()]),
            }
        }
        let (nps, ces, units, parts) = (next(11), next(7) + 1, next(3), next(9_999) + 1);
        text.extend([format!(",{nps},{ces},{units}.{parts:04},")]);
        if next(3) == 0 {
            text.push_str("\"a word, a \"\"quote\"\" and more\"");
        }
        text.extend([format!(",{},{},{}\n", next(2), next(3), next(4))]);
    }
    text
}

fn plan(weighted: bool) -> Plan {
    let variable = |id: &str, coding| Variable { id: id.to_owned(), columns: vec![id.to_owned()], coding };
    let scale = |min, max| Coding::Scale(Scale::new("scale", min, max));
    let mut variables = Vec::new();
    for prefix in ["sat", "exp"] {
        variables.extend((1..=5).map(|item| variable(&format!("{prefix}{item}"), scale(1, 5))));
    }
    variables.push(variable("nps", scale(0, 10)));
    variables.push(variable("ces", scale(1, 7)));
    let category = || Coding::Category { labels: IndexMap::new(), closed: false };
    variables.extend([variable("region", category()), variable("segment", category())]);
    let singles = (0..5).chain([10, 11]).map(Tally::Single);
    let tallies = singles.chain((0..5).map(|item| Tally::Pair(item + 5, item))).collect();
    Plan {
        variables,
        tallies,
        groupings: vec![vec![], vec![12, 13]],
        wave: None,
        weight: weighted.then(|| "weight".to_owned()),
        design: DesignPlan::default(),
        exclusions: Vec::new(),
        bases: Vec::new(),
        missing: Vec::new(),
        decimal: None,
    }
}
