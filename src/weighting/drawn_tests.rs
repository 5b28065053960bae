//! Variances of strata, clusters and weighted cells against the same worked out row by row.

use std::collections::BTreeMap;

use approx::assert_relative_eq;
use proptest::prelude::*;

use super::samples::{Row, counted};
use super::*;
use crate::tally::{Counted, Counts};

fn margin(variable: usize, share: f64) -> Margin {
    let target = |code, value| Target { categories: vec![Some(code)], value };
    let targets = vec![target(0, share), target(1, 1.0 - share)];
    Margin { variables: vec![variable], targets, unit: Unit::Share, within: None }
}

pub(super) fn two_margins() -> Scheme {
    Scheme { margins: vec![margin(0, 0.45), margin(1, 0.6)], ..Scheme::default() }
}

/// Rows of two waves, every combination of two raking variables in each; strata and clusters where asked for.
pub(super) fn rows(stratified: bool, clustered: bool) -> impl Strategy<Value = Vec<Row>> {
    let row =
        (0..4_u32, 0..3_u32, 0..3_u32, 0..2_u32, 0.3..4.0_f64, proptest::option::weighted(0.8, 0..5_usize));
    proptest::collection::vec(row, 40..90).prop_map(move |drawn| {
        let rows =
            drawn.into_iter().enumerate().map(|(at, (code, stratum, cluster, segment, weight, point))| {
                let code = if at < 8 { u32::try_from(at / 2).unwrap() } else { code };
                Row {
                    wave: Some(at % 2),
                    stratum: stratified.then_some(stratum),
                    cluster: clustered.then_some(stratum * 3 + cluster),
                    segment,
                    weight,
                    ..Row { point, ..Row::new(&[code % 2, code / 2], 0) }
                }
            });
        rows.collect()
    })
}

/// The answers of a segment (all without one), as measures take them from counts.
pub(super) fn answers(counted: &Counted, segment: Option<u32>) -> (Vec<Answers>, Vec<(usize, u64)>) {
    let is_own = |own: &[(String, String)]| match segment {
        None => own.is_empty(),
        Some(code) => own.iter().any(|(_, value)| *value == code.to_string()),
    };
    let stratum = counted.strata.iter().find(|own| own.wave.is_none() && is_own(&own.segment)).unwrap();
    let mut found = Vec::new();
    for cell in &stratum.cells {
        let Counts::Single(own) = &cell.counts[0] else { panic!("not points") };
        for (point, count) in own.points.iter().enumerate().filter(|(_, count)| count.n > 0) {
            found.push(Answers {
                cell: cell.cell,
                x: point as f64,
                n: count.n,
                sum: count.w,
                sum_of_squares: count.w2,
            });
        }
    }
    (found, stratum.cells.iter().map(|cell| (cell.cell, cell.rows.n)).collect())
}

/// One row with its final weight and the influence that is to be squared.
struct Drawn {
    wave: Option<usize>,
    stratum: Option<u32>,
    unit: (usize, Option<u32>),
    raking: Vec<Option<u32>>,
    weight: f64,
    e: f64,
}

/// The mean over a segment and its drawn rows, before anything is explained.
fn by_row(rows: &[Row], counted: &Counted, solved: &Solved, segment: Option<u32>) -> (f64, Vec<Drawn>) {
    let weights: Vec<f64> = rows
        .iter()
        .map(|row| {
            let own = |cell: &crate::tally::DesignCell| {
                (cell.wave, &cell.raking, cell.stratum, cell.cluster)
                    == (row.wave, &row.raking, row.stratum, row.cluster)
            };
            row.weight * solved.factor(counted.cells.iter().position(own).unwrap())
        })
        .collect();
    let x =
        |row: &Row| row.point.filter(|_| segment.is_none_or(|code| row.segment == code)).map(|x| x as f64);
    let pairs = || rows.iter().zip(&weights).filter_map(|(row, w)| Some((x(row)?, *w)));
    let sum: f64 = pairs().map(|(_, w)| w).sum();
    let mean = pairs().map(|(x, w)| x * w).sum::<f64>() / sum;
    let drawn = rows.iter().zip(weights).enumerate().map(|(at, (row, weight))| Drawn {
        wave: row.wave,
        stratum: row.stratum,
        unit: if row.cluster.is_some() { (0, row.cluster) } else { (at, None) },
        raking: row.raking.clone(),
        weight,
        e: x(row).map_or(0.0, |x| (x - mean) / sum),
    });
    (mean, drawn.collect())
}

/// The plain mean of e in each category taken off, margin by margin, ten times.
fn swept(rows: &mut [&mut Drawn]) {
    for _ in 0..10 {
        for margin in 0..2 {
            for code in 0..2 {
                let is_own = |row: &Drawn| row.raking[margin] == Some(code);
                let own = || rows.iter().filter(|row| is_own(row));
                let mean = own().map(|row| row.e).sum::<f64>() / own().count() as f64;
                for row in rows.iter_mut().filter(|row| is_own(row)) {
                    row.e -= mean;
                }
            }
        }
    }
}

/// By unit, what its rows add up to.
type Units = BTreeMap<(usize, Option<u32>), f64>;

/// The variance over the strata of one wave, by the formula as it is written.
fn of_wave(rows: &[&Drawn], populations: &BTreeMap<u32, f64>, single: SinglePsu) -> f64 {
    let mut strata: BTreeMap<Option<u32>, Units> = BTreeMap::new();
    for row in rows {
        *strata.entry(row.stratum).or_default().entry(row.unit).or_default() += row.weight * row.e;
    }
    let units: usize = strata.values().map(BTreeMap::len).sum();
    let grand = strata.values().flat_map(BTreeMap::values).sum::<f64>() / units as f64;
    let (mut sum, mut known) = (0.0, 0);
    for (stratum, totals) in &strata {
        let n = totals.len() as f64;
        let open =
            stratum.and_then(|code| populations.get(&code)).map_or(1.0, |population| 1.0 - n / population);
        let about = |centre: f64| totals.values().map(|t| (t - centre) * (t - centre)).sum::<f64>();
        sum += match single {
            _ if totals.len() > 1 => open * n / (n - 1.0) * about(totals.values().sum::<f64>() / n),
            SinglePsu::Adjust => open * about(grand),
            SinglePsu::Certainty => 0.0,
            SinglePsu::Average => continue,
            SinglePsu::Fail => panic!("a stratum of one unit"),
        };
        known += 1;
    }
    sum * strata.len() as f64 / f64::from(known)
}

fn whole(rows: &[Row], raked: bool, design: &Design, populations: &BTreeMap<u32, f64>, segment: Option<u32>) {
    let mut counted = counted(rows, 2, true, false);
    let scheme = two_margins();
    let (own, domain) = answers(&counted, segment);
    let solved =
        apply(&mut counted, raked.then_some(&scheme), SolvingScope::Wave, design, &|_| true).unwrap();
    let (mean, mut drawn) = by_row(rows, &counted, &solved, segment);
    let mut variance = 0.0;
    for wave in [Some(0), Some(1)] {
        let mut own: Vec<&mut Drawn> = drawn.iter_mut().filter(|row| row.wave == wave).collect();
        if raked {
            swept(&mut own);
        }
        variance += of_wave(&own.iter().map(|row| &**row).collect::<Vec<_>>(), populations, design.single);
    }
    // The domain's rows that all have answers: the part drawn of each stratum holds.
    let answered: Vec<(usize, u64)> = own.iter().map(|part| (part.cell, part.n)).collect();
    let found = solved.mean_within(&own, &answered).unwrap();
    assert_relative_eq!(found.mean, mean, max_relative = 1e-12);
    assert_relative_eq!(found.variance, variance, max_relative = 1e-9);
    if populations.is_empty() {
        assert_eq!(solved.mean_within(&own, &domain), Some(found));
        assert_eq!(solved.mean(&own), Some(found));
    } else {
        let (among, all) = (solved.mean_within(&own, &domain).unwrap(), solved.mean(&own).unwrap());
        assert!(found.variance <= among.variance * (1.0 + 1e-12));
        assert!(among.variance <= all.variance * (1.0 + 1e-12));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn rows_drawn_in_strata(rows in rows(true, false), raked in any::<bool>(), segment in proptest::option::of(0..2_u32)) {
        whole(&rows, raked, &Design { single: SinglePsu::Adjust, ..Design::default() }, &BTreeMap::new(), segment);
    }

    #[test]
    fn clusters_drawn_in_strata(rows in rows(true, true), raked in any::<bool>(), segment in proptest::option::of(0..2_u32)) {
        whole(&rows, raked, &Design { single: SinglePsu::Average, ..Design::default() }, &BTreeMap::new(), segment);
    }

    #[test]
    fn clusters_without_strata(rows in rows(false, true), raked in any::<bool>(), segment in proptest::option::of(0..2_u32)) {
        whole(&rows, raked, &Design::default(), &BTreeMap::new(), segment);
    }

    #[test]
    fn strata_of_known_size(rows in rows(true, false), sizes in [60.0..400.0_f64, 60.0..400.0, 60.0..400.0], raked in any::<bool>()) {
        // 60 is not below the rows of any stratum in a wave of up to 45.
        let populations: BTreeMap<u32, f64> = (0..).zip(sizes).collect();
        let named = populations.iter().map(|(code, size)| (format!("value {code}"), *size)).collect();
        whole(&rows, raked, &Design { populations: named, single: SinglePsu::Adjust }, &populations, None);
    }

    /// Without strata and clusters it is the variance of the weighting alone, whatever the method and the domain.
    #[test]
    fn without_strata_and_clusters_it_is_the_variance_of_the_weighting(
        rows in rows(false, false), method in 0..3_usize, segment in proptest::option::of(0..2_u32),
    ) {
        let rows: Vec<Row> = rows.into_iter().map(|row| Row { wave: None, ..row }).collect();
        let mut counted = counted(&rows, 0, true, false);
        let method = [Method::Raking, Method::RakingRatio, Method::Linear][method];
        let scheme = Scheme { method, ..two_margins() };
        let (own, _) = answers(&counted, segment);
        let cells: Vec<Cell> = counted.cells.iter().map(|cell| Cell {
            categories: cell.raking.clone(), n: cell.rows.n, sum: cell.rows.w, sum_of_squares: cell.rows.w2,
            least: cell.weights.min, greatest: cell.weights.max,
        }).collect();
        let Ok(weighted) = weigh(&cells, &scheme) else { return Ok(()) };
        let solved = apply(&mut counted, Some(&scheme), SolvingScope::Wave, &Design::default(), &|_| true).unwrap();
        let (one, two) = (weighted.linearisation(&cells).mean(&own).unwrap(), solved.mean(&own).unwrap());
        assert_relative_eq!(one.mean, two.mean, max_relative = 1e-12);
        assert_relative_eq!(one.variance, two.variance, max_relative = 1e-9);
        assert_relative_eq!(one.kish_n, two.kish_n, max_relative = 1e-12);
        prop_assert_eq!((two.degrees_of_freedom, two.clusters), (two.n - 1, None));
    }
}

/// Two strata of three and two clusters, and one of a single cluster, weights of 1.
fn small() -> Vec<Row> {
    let row = |stratum: u32, cluster: u32, point: usize| Row {
        stratum: Some(stratum),
        cluster: Some(cluster),
        ..Row::new(&[], point)
    };
    vec![row(0, 0, 4), row(0, 0, 3), row(0, 1, 2), row(0, 2, 1), row(1, 3, 0), row(1, 4, 2), row(2, 5, 4)]
}

fn small_mean(single: SinglePsu) -> Result<DesignMean, Vec<Refused>> {
    let mut counted = counted(&small(), 0, false, false);
    let (own, _) = answers(&counted, None);
    let design = Design { single, ..Design::default() };
    apply(&mut counted, None, SolvingScope::Wave, &design, &|_| true).map(|solved| solved.mean(&own).unwrap())
}

#[test]
fn the_policies_for_single_clusters_are_those_of_the_peer() {
    // The mean is 16/7; sums of x − mean by cluster, in sevenths: 17, -2, -9; -16, -2; 12.
    let sevenths = |squares: f64| squares / 49.0 / 49.0;
    let first = 1.5 * (15.0 * 15.0 + 4.0 * 4.0 + 11.0 * 11.0);
    let second = 2.0 * (7.0 * 7.0 + 7.0 * 7.0);
    let variance = |single| small_mean(single).unwrap().variance;
    assert_relative_eq!(variance(SinglePsu::Certainty), sevenths(first + second), max_relative = 1e-12);
    assert_relative_eq!(variance(SinglePsu::Adjust), sevenths(first + second + 144.0), max_relative = 1e-12);
    assert_relative_eq!(variance(SinglePsu::Average), sevenths(1.5 * (first + second)), max_relative = 1e-12);
    let refused = small_mean(SinglePsu::Fail).unwrap_err();
    let failure = Failure::SinglePsu { stratum: "value 2".to_owned(), clustered: true };
    assert_eq!(refused, [Refused { wave: None, failures: vec![failure] }]);
    let mean = small_mean(SinglePsu::Adjust).unwrap();
    assert_eq!((mean.n, mean.degrees_of_freedom, mean.clusters), (7, 3, Some(6)));
}

#[test]
fn a_stratum_that_was_asked_whole_adds_nothing_and_one_that_is_too_small_is_refused() {
    let rows: Vec<Row> = [0, 0, 1, 1, 1]
        .iter()
        .enumerate()
        .map(|(at, code)| Row { stratum: Some(*code), ..Row::new(&[], at) })
        .collect();
    let mean = |populations: &[(&str, f64)]| {
        let mut counted = counted(&rows, 0, false, false);
        let (own, _) = answers(&counted, None);
        let populations = populations.iter().map(|(name, size)| ((*name).to_owned(), *size)).collect();
        let design = Design { populations, ..Design::default() };
        apply(&mut counted, None, SolvingScope::Wave, &design, &|_| true)
            .map(|solved| solved.mean(&own).unwrap().variance)
    };
    // Within the strata Σ(x − mean)² is 0.5 and 2; 25 for the square of n.
    assert_relative_eq!(mean(&[]).unwrap(), (2.0 * 0.5 + 1.5 * 2.0) / 25.0, max_relative = 1e-12);
    assert_relative_eq!(mean(&[("value 0", 2.0)]).unwrap(), 1.5 * 2.0 / 25.0, max_relative = 1e-12);
    let both = mean(&[("value 0", 4.0), ("value 1", 12.0)]).unwrap();
    assert_relative_eq!(both, (0.5 * 2.0 * 0.5 + 0.75 * 1.5 * 2.0) / 25.0, max_relative = 1e-12);
    assert!(mean(&[("value 0", 2.0), ("value 1", 3.0)]).unwrap() <= 0.0);
    let refused = mean(&[("value 1", 2.0)]).unwrap_err();
    assert!(matches!(refused[0].failures[..], [Failure::PopulationExceeded { units: 3, .. }]), "{refused:?}");
}

#[test]
fn corners_have_no_variance_rather_than_a_wrong_one() {
    let one_cluster: Vec<Row> = (0..4).map(|at| Row { cluster: Some(7), ..Row::new(&[], at) }).collect();
    let mean = |rows: &[Row], waves: usize| {
        let mut counted = counted(rows, waves, false, false);
        let (own, _) = answers(&counted, None);
        apply(&mut counted, None, SolvingScope::Wave, &Design::default(), &|_| true).unwrap().mean(&own)
    };
    assert_eq!(mean(&one_cluster, 0), None);
    assert_eq!(mean(&one_cluster[..1], 0), None);
    // A wave of a single row, pooled with others, counts with its distance from their mean.
    let pooled: Vec<Row> = (0..5).map(|at| Row { wave: Some(at / 4), ..Row::new(&[], at) }).collect();
    let squares = (4.0 + 1.0 + 0.0 + 1.0 - 4.0 / 4.0) * 4.0 / 3.0 + 4.0;
    let found = mean(&pooled, 2).unwrap();
    assert_relative_eq!(found.variance, squares / 25.0, max_relative = 1e-12);
    assert_eq!(found.degrees_of_freedom, 3);
    let mut counted = counted(&pooled, 2, false, false);
    let solved = apply(&mut counted, None, SolvingScope::All, &Design::default(), &|_| true).unwrap();
    let stranger = Answers { cell: 9, x: 1.0, n: 1, sum: 1.0, sum_of_squares: 1.0 };
    assert!(solved.mean(&[stranger]).is_none() && solved.variance(&[stranger]).is_none());
    assert!(solved.variance(&[Answers { cell: 0, x: f64::NAN, ..stranger }]).is_none());
}
