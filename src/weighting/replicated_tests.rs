//! Replicates against linearised variances, on the data of the reference values.

use std::rc::Rc;

use super::drawn_tests::answers;
use super::samples::{Row, counted};
use super::*;

/// The 800 rows of the synthetic survey, raking variables gender and age.
const BANK: &str = include_str!("../../tests/reference/weighting/bank_a.csv");

fn bank(stratum: bool, cluster: bool) -> Vec<Row> {
    let mut lines = BANK.lines();
    let names: Vec<&str> = lines.next().unwrap().split(',').collect();
    let code =
        |known: &[&str], value: &str| u32::try_from(known.iter().position(|k| *k == value).unwrap()).unwrap();
    let row = |line: &str| {
        let cells: Vec<&str> = line.split(',').collect();
        let cell = |name: &str| cells[names.iter().position(|known| *known == name).unwrap()];
        let gender = code(&["Female", "Male"], cell("gender"));
        let age = code(&["18-34", "35-54", "55+"], cell("age"));
        Row {
            stratum: stratum.then(|| code(&["North", "South", "West", "East"], cell("region"))),
            cluster: cluster.then(|| cell("branch")[1..].parse().unwrap()),
            weight: cell("weight").parse().unwrap(),
            point: cell("csat_overall").parse::<usize>().ok().map(|point| point - 1),
            segment: age,
            ..Row::new(&[gender, age], 0)
        }
    };
    lines.map(row).collect()
}

fn raked() -> Scheme {
    let margin = |variable: usize, counts: &[f64]| Margin {
        variables: vec![variable],
        targets: (0..)
            .zip(counts)
            .map(|(code, value)| Target { categories: vec![Some(code)], value: *value })
            .collect(),
        unit: Unit::Count,
        within: None,
    };
    Scheme {
        margins: vec![margin(0, &[4160.0, 3840.0]), margin(1, &[2400.0, 3200.0, 2400.0])],
        ..Scheme::default()
    }
}

/// The standard error by replicates over the linearised one.
fn ratio(rows: &[Row], scheme: Option<&Scheme>, design: &Design, segment: Option<u32>) -> f64 {
    let mut counted = counted(rows, 0, true, false);
    let (own, domain) = answers(&counted, segment);
    let solved = apply(&mut counted, scheme, SolvingScope::Wave, design, &|_| true).unwrap();
    let replicated = Rc::new(solved.clone()).bootstrap(600, 11);
    assert_eq!((replicated.failed(), replicated.weighted()), (0, 600));
    let linearised = solved.mean_within(&own, &domain).unwrap().variance;
    (replicated.variance_by_replicates(&own).unwrap() / linearised).sqrt()
}

#[test]
fn replicates_agree_with_the_linearised_standard_error() {
    // The standard error of 600 replicates has one of 3 % of its own.
    let close = |ratio: f64, most: f64| assert!((ratio - 1.0).abs() < most, "{ratio}");
    let scheme = raked();
    let plain = Design::default();
    close(ratio(&bank(false, false), Some(&scheme), &plain, None), 0.09);
    close(ratio(&bank(false, false), Some(&scheme), &plain, Some(0)), 0.09);
    close(ratio(&bank(true, false), None, &plain, None), 0.09);
    close(ratio(&bank(true, false), Some(&scheme), &plain, None), 0.09);
    // With 16 clusters, raking varies more than its linear part.
    close(ratio(&bank(false, true), None, &plain, None), 0.09);
    close(ratio(&bank(true, true), Some(&scheme), &plain, None), 0.15);
    let half = ["value 0", "value 1", "value 2", "value 3"].map(|name| (name.to_owned(), 360.0));
    let known = Design { populations: half.into_iter().collect(), ..Design::default() };
    close(ratio(&bank(true, false), None, &known, None), 0.09);
}

#[test]
fn the_seed_decides_and_what_fails_is_counted() {
    let rows = bank(true, true);
    let mut all = counted(&rows, 0, true, false);
    let (own, _) = answers(&all, None);
    let solved = apply(&mut all, Some(&raked()), SolvingScope::Wave, &Design::default(), &|_| true).unwrap();
    let variance =
        |seed: u64| Rc::new(solved.clone()).bootstrap(40, seed).variance_by_replicates(&own).unwrap();
    assert!(variance(3).total_cmp(&variance(3)).is_eq() && variance(3).total_cmp(&variance(4)).is_ne());
    // A category of two rows is not drawn in about one replicate in seven.
    let mut few = rows[..40].to_vec();
    for (at, row) in few.iter_mut().enumerate() {
        *row = Row { raking: vec![Some(u32::from(at < 2))], stratum: None, cluster: None, ..row.clone() };
    }
    let target = |code, value| Target { categories: vec![Some(code)], value };
    let margin = Margin {
        variables: vec![0],
        targets: vec![target(0, 0.9), target(1, 0.1)],
        unit: Unit::Share,
        within: None,
    };
    let mut counted = counted(&few, 0, true, false);
    let (own, _) = answers(&counted, None);
    let scheme = Scheme { margins: vec![margin], ..Scheme::default() };
    let solved =
        apply(&mut counted, Some(&scheme), SolvingScope::Wave, &Design::default(), &|_| true).unwrap();
    let replicated = Rc::new(solved.clone()).bootstrap(200, 5);
    assert!((10..60).contains(&replicated.failed()), "{}", replicated.failed());
    assert_eq!(replicated.weighted() + replicated.failed(), 200);
    assert_eq!(replicated.variance_by_replicates(&own), None);
    assert_eq!(Rc::new(solved.clone()).bootstrap(1, 5).variance_by_replicates(&own), None);
}

#[test]
fn a_raked_variable_does_not_vary_and_influences_are_those_of_the_mean() {
    let mut counted = counted(&bank(false, false), 0, true, false);
    let solved =
        apply(&mut counted, Some(&raked()), SolvingScope::Wave, &Design::default(), &|_| true).unwrap();
    let replicated = Rc::new(solved.clone()).bootstrap(100, 2);
    let women = |gender: Option<u32>| if gender == Some(0) { 1.0 } else { 0.0 };
    let rows = counted.cells.iter().enumerate().map(|(cell, own)| Answers {
        cell,
        x: women(own.raking[0]),
        n: own.rows.n,
        sum: own.rows.w,
        sum_of_squares: own.rows.w2,
    });
    assert!(replicated.variance_by_replicates(&rows.collect::<Vec<_>>()).unwrap() < 1e-20);
    let (own, _) = answers(&counted, Some(1));
    let mean = solved.mean(&own).unwrap();
    let influences: Vec<Answers> =
        own.iter().map(|part| Answers { x: (part.x - mean.mean) / mean.sum_w, ..*part }).collect();
    let (one, two) = (
        replicated.variance_by_replicates(&own).unwrap(),
        replicated.variance_of_influences(&influences).unwrap(),
    );
    assert!((one / two - 1.0).abs() < 0.1, "{one} {two}");
    assert_eq!(replicated.variance_by_replicates(&[Answers { cell: 99, ..own[0] }]), None);
    assert_eq!(replicated.variance_by_replicates(&[]), None);
}
