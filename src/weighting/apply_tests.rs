//! Counts under final weights against the same counts made from rows.

use approx::assert_relative_eq;
use proptest::prelude::*;

use super::samples::{Row, counted, counts};
use super::*;
use crate::tally::{Count, Counts, Unexcluded};

fn margin(variable: usize, targets: &[(u32, f64)]) -> Margin {
    let targets = targets.iter().map(|(code, value)| Target { categories: vec![Some(*code)], value: *value });
    Margin { variables: vec![variable], targets: targets.collect(), unit: Unit::Share, within: None }
}

fn by_gender(women: f64) -> Scheme {
    Scheme { margins: vec![margin(0, &[(0, women), (1, 1.0 - women)])], ..Scheme::default() }
}

/// Rows of three waves, two raking variables, segments, weights, points and numbers; all combinations in every wave.
fn rows() -> impl Strategy<Value = Vec<Row>> {
    let row = (0..4_u32, 0..3_u32, 0.3..4.0_f64, proptest::option::weighted(0.8, 0..5_usize));
    let number = proptest::option::weighted(0.8, prop_oneof![-50.0..50.0_f64, Just(7.25), Just(1e9 + 0.5)]);
    proptest::collection::vec((row, number), 12..60).prop_map(|drawn| {
        let rows = drawn.into_iter().enumerate().map(|(at, ((code, segment, weight, point), number))| {
            let code = if at < 12 { u32::try_from(at / 3).unwrap() } else { code };
            Row {
                wave: Some(at % 3),
                raking: vec![Some(code % 2), Some(code / 2)],
                stratum: None,
                cluster: None,
                segment,
                weight,
                point,
                number,
            }
        });
        rows.collect()
    })
}

/// The rows with final weights, those without one left out.
fn reweighed(rows: &[Row], before: &crate::tally::Counted, solved: &Solved) -> Vec<Row> {
    let factor = |row: &Row| {
        let cell = before.cells.iter().position(|cell| {
            cell.wave == row.wave
                && cell.raking == row.raking
                && cell.stratum == row.stratum
                && cell.cluster == row.cluster
        });
        solved.factor(cell.unwrap())
    };
    let weighed = rows.iter().map(|row| Row { weight: row.weight * factor(row), ..row.clone() });
    weighed.filter(|row| row.weight > 0.0).collect()
}

fn close(one: f64, two: f64, size: f64) -> bool {
    (one - two).abs() <= 1e-11 * size.abs().max(one.abs()).max(two.abs()).max(1e-9)
}

fn same(one: &Count, two: &Count) -> bool {
    one.n == two.n && close(one.w, two.w, 0.0) && close(one.w2, two.w2, 0.0)
}

fn same_counts(one: &Counts, two: &Counts) -> bool {
    let all = |one: &[Count], two: &[Count]| {
        one.len() == two.len() && one.iter().zip(two).all(|(one, two)| same(one, two))
    };
    match (one, two) {
        (Counts::Single(one), Counts::Single(two)) => {
            all(&one.points, &two.points) && all(&one.missing, &two.missing)
        }
        (Counts::Pair(one), Counts::Pair(two)) => {
            one.first_points == two.first_points
                && all(&one.cells, &two.cells)
                && all(&one.missing, &two.missing)
        }
        (Counts::Multiple(one), Counts::Multiple(two)) => {
            all(&one.options, &two.options)
                && same(&one.answered, &two.answered)
                && all(&one.missing, &two.missing)
        }
        (Counts::Number(one), Counts::Number(two)) => {
            // What is squared about a mean is known as well as its terms.
            let greatest = one.values.iter().map(|(x, _)| x.abs()).fold(1.0, f64::max);
            one.overflow == two.overflow
                && one.values.len() == two.values.len()
                && one
                    .values
                    .iter()
                    .zip(&two.values)
                    .all(|(one, two)| one.0.total_cmp(&two.0).is_eq() && same(&one.1, &two.1))
                && same(&one.answered, &two.answered)
                && close(one.sum_wx, two.sum_wx, greatest)
                && close(one.sum_w2x, two.sum_w2x, greatest)
                && close(one.sum_wx2, two.sum_wx2, greatest)
                && close(one.sum_w2x2, two.sum_w2x2, greatest)
                && close(one.centred_sum_squares, two.centred_sum_squares, greatest)
                && close(one.centred_w_sum_squares, two.centred_w_sum_squares, greatest)
                && close(one.centred_w2_sum_squares, two.centred_w2_sum_squares, greatest)
                && all(&one.missing, &two.missing)
        }
        _ => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 48, ..ProptestConfig::default() })]

    /// Whatever the counts are of, they are what rows with final weights would have given, n of weight 0 included.
    #[test]
    fn counts_are_those_of_rows_with_final_weights(rows in rows(), women in 0.2..0.8_f64, gone in any::<bool>(), all in any::<bool>()) {
        let second = if gone { [(0, 1.0), (1, 0.0)] } else { [(0, 0.4), (1, 0.6)] };
        let scheme = Scheme { margins: vec![margin(0, &[(0, women), (1, 1.0 - women)]), margin(1, &second)], ..Scheme::default() };
        let scope = if all { SolvingScope::All } else { SolvingScope::Wave };
        let before = counted(&rows, 3, true, false);
        let mut after = before.clone();
        let solved = apply(&mut after, Some(&scheme), scope, &Design::default(), &|_| true).unwrap();
        let expected = counted(&reweighed(&rows, &before, &solved), 3, true, false);
        for (own, wanted) in after.strata.iter().filter(|own| own.rows.n > 0).zip(expected.strata.iter().filter(|own| own.rows.n > 0)) {
            prop_assert_eq!((own.wave, &own.segment), (wanted.wave, &wanted.segment));
            prop_assert!(same(&own.rows, &wanted.rows));
            for (own, wanted) in own.counts.iter().zip(&wanted.counts) {
                prop_assert!(same_counts(own, wanted), "{own:?}\n{wanted:?}");
            }
        }
        prop_assert_eq!(after.ledger.rows_used, after.strata[0].rows.n);
        let zero = after.ledger.excluded.get("zero_target").map_or(0, |tallied| tallied.rows);
        prop_assert_eq!(zero + after.ledger.rows_used, after.ledger.rows_read);
        prop_assert_eq!(zero > 0, gone);
        let least = |wave: Option<usize>| after.weights[&wave].min;
        prop_assert!(least(None) <= least(Some(0)) && least(Some(2)) > 0.0);
        // Every wave by itself has its own base as its sum of weights.
        if !all {
            for own in &after.strata[..4] {
                prop_assert!(close(own.rows.w, own.rows.n as f64, 0.0));
            }
        }
    }
}

#[test]
fn every_wave_meets_the_targets_by_itself_unless_all_are_weighted_together() {
    let wave = |wave: usize, women: usize, men: usize| {
        let row = move |code: u32| Row { wave: Some(wave), ..Row::new(&[code], 3) };
        std::iter::repeat_n(row(0), women).chain(std::iter::repeat_n(row(1), men))
    };
    let rows: Vec<Row> = wave(0, 30, 10).chain(wave(1, 5, 15)).collect();
    let mut counted = counted(&rows, 2, false, false);
    let mut together = counted.clone();
    let solved =
        apply(&mut counted, Some(&by_gender(0.5)), SolvingScope::Wave, &Design::default(), &|_| true)
            .unwrap();
    let factors = [40.0 * 0.5 / 30.0, 40.0 * 0.5 / 10.0, 20.0 * 0.5 / 5.0, 20.0 * 0.5 / 15.0];
    for (cell, factor) in factors.iter().enumerate() {
        assert_relative_eq!(solved.factor(cell), *factor, max_relative = 1e-12);
    }
    assert_eq!(solved.scopes().collect::<Vec<_>>(), [Some(0), Some(1)]);
    assert_eq!(solved.diagnostics(Some(0)).unwrap().rows, 40);
    assert!(solved.diagnostics(Some(2)).is_none() && counted.weighted);
    assert_relative_eq!(counted.weights[&Some(1)].max, 2.0, max_relative = 1e-12);
    let solved =
        apply(&mut together, Some(&by_gender(0.5)), SolvingScope::All, &Design::default(), &|_| true)
            .unwrap();
    assert_relative_eq!(solved.factor(0), 30.0 / 35.0, max_relative = 1e-12);
    assert_relative_eq!(solved.factor(2), solved.factor(0), max_relative = 1e-15);
    assert_eq!(solved.diagnostics(Some(1)).unwrap().rows, 60);
}

#[test]
fn a_wave_that_cannot_be_weighted_is_named_and_nothing_changes() {
    let row = |wave: usize, code: u32| Row { wave: Some(wave), ..Row::new(&[code], 1) };
    let rows = [row(0, 0), row(0, 1), row(1, 0), row(1, 0)];
    let before = counted(&rows, 2, false, false);
    let mut after = before.clone();
    let refused = apply(&mut after, Some(&by_gender(0.5)), SolvingScope::Wave, &Design::default(), &|_| true)
        .unwrap_err();
    assert_eq!(refused.len(), 1);
    assert_eq!(refused[0].wave, Some(1));
    assert!(matches!(refused[0].failures[..], [Failure::EmptyCategory { .. }]));
    assert_eq!(before, after);
}

#[test]
fn without_a_scheme_factors_are_one_and_no_count_changes() {
    let rows: Vec<Row> = (0..9).map(|at| Row { cluster: Some(at / 3), ..Row::new(&[], 2) }).collect();
    let before = counted(&rows, 0, false, false);
    let mut after = before.clone();
    let solved = apply(&mut after, None, SolvingScope::Wave, &Design::default(), &|_| true).unwrap();
    assert_eq!(solved.factors(), [1.0; 3]);
    assert_eq!(std::mem::take(&mut after.design_rows), [(None, 9)].into());
    assert!(solved.diagnostics(None).is_none() && before == after);
    let mut empty = counted(&[], 0, false, false);
    let solved =
        apply(&mut empty, Some(&by_gender(0.5)), SolvingScope::Wave, &Design::default(), &|_| true).unwrap();
    assert!(solved.factors().is_empty() && solved.mean(&[]).is_none());
}

#[test]
fn rows_that_exclusions_leave_out_are_weighted_for_themselves_or_dropped() {
    let rows = [Row::new(&[0], 1), Row::new(&[1], 2), Row::new(&[1], 3)];
    let more: Vec<Row> = rows.iter().cloned().chain([Row::new(&[0], 4)]).collect();
    let unknown: Vec<Row> = rows.iter().cloned().chain([Row::new(&[7], 4)]).collect();
    let with = |all: &[Row]| {
        let all = counted(all, 0, false, false);
        let unexcluded =
            Unexcluded { waves: all.waves, strata: all.strata, cells: all.cells, categories: Vec::new() };
        let mut counted = counted(&rows, 0, false, false);
        counted.unexcluded = Some(Box::new(unexcluded));
        apply(&mut counted, Some(&by_gender(0.25)), SolvingScope::Wave, &Design::default(), &|_| true)
            .unwrap();
        counted
    };
    let counted = with(&more);
    assert_relative_eq!(counted.strata[0].rows.w, 3.0, max_relative = 1e-12);
    let unexcluded = counted.unexcluded.unwrap();
    assert_eq!(unexcluded.strata[0].rows.n, 4);
    let Counts::Single(points) = &unexcluded.strata[0].counts[0] else { panic!("not points") };
    // Two women of 0.25 · 4 / 2, two men of 0.75 · 4 / 2.
    for (point, weight) in [(1, 0.5), (2, 1.5), (3, 1.5), (4, 0.5)] {
        assert_relative_eq!(points.points[point].w, weight, max_relative = 1e-12);
    }
    assert!(with(&unknown).unexcluded.is_none());
}

#[test]
fn rows_without_an_answer_that_the_scheme_leaves_out_are_counted() {
    let mut rows = vec![Row::new(&[0], 1), Row::new(&[1], 2), Row::new(&[1], 3)];
    rows.push(Row { raking: vec![None], ..Row::new(&[0], 4) });
    let mut counted = counted(&rows, 0, false, false);
    let scheme = Scheme { missing: Missing::Exclude, ..by_gender(0.5) };
    apply(&mut counted, Some(&scheme), SolvingScope::Wave, &Design::default(), &|_| true).unwrap();
    assert_eq!(counted.ledger.excluded["no_raking_answer"].rows, 1);
    assert!(!counted.ledger.excluded.contains_key("zero_target"));
    assert_eq!((counted.ledger.rows_used, counted.strata[0].rows.n), (3, 3));
}

#[test]
fn numbers_with_too_many_values_keep_their_moments() {
    let number =
        |code: u32, weight: f64, number: f64| Row { weight, number: Some(number), ..Row::new(&[code], 1) };
    let rows = [number(0, 1.0, 3.0), number(0, 2.0, 5.0), number(1, 0.5, 11.0), number(1, 0.5, 4.0)];
    let before = counted(&rows, 0, true, true);
    let mut after = before.clone();
    let solved =
        apply(&mut after, Some(&by_gender(0.4)), SolvingScope::Wave, &Design::default(), &|_| true).unwrap();
    let weighed = reweighed(&rows, &before, &solved);
    let expected = counts(&weighed.iter().collect::<Vec<_>>(), true);
    assert!(same_counts(&after.strata[0].counts[3], &expected[3]));
    let Counts::Number(values) = &after.strata[0].counts[3] else { panic!("no number") };
    assert!(values.overflow && values.values.is_empty());
}

#[test]
fn equal_numbers_have_no_spread_under_any_weights() {
    let number = |code: u32, weight: f64| Row { weight, number: Some(0.1), ..Row::new(&[code], 1) };
    let rows = [number(0, 0.3), number(0, 0.7), number(1, 1.1)];
    let mut counted = counted(&rows, 0, true, false);
    apply(&mut counted, Some(&by_gender(0.7)), SolvingScope::Wave, &Design::default(), &|_| true).unwrap();
    let Counts::Number(values) = &counted.strata[0].counts[3] else { panic!("no number") };
    let squares = [values.centred_sum_squares, values.centred_w_sum_squares, values.centred_w2_sum_squares];
    assert!(squares.iter().all(|squares| *squares <= 0.0), "{squares:?}");
}
