//! Laws that hold for every sample and every method.

use approx::assert_relative_eq;
use proptest::prelude::*;

use super::*;

fn margin(variable: usize, targets: &[(u32, f64)]) -> Margin {
    let targets = targets.iter().map(|(code, value)| Target { categories: vec![Some(*code)], value: *value });
    Margin { variables: vec![variable], targets: targets.collect(), unit: Unit::Share, within: None }
}

fn shares(raw: &[f64]) -> Vec<(u32, f64)> {
    let sum: f64 = raw.iter().sum();
    (0..).zip(raw).map(|(code, value)| (code, value / sum)).collect()
}

/// Three variables of 2, 3 and 2 categories; every combination has rows.
fn samples() -> impl Strategy<Value = Vec<Cell>> {
    proptest::collection::vec(proptest::collection::vec(0.2..4.0_f64, 1..6), 12).prop_map(|rows| {
        let cells = rows.iter().enumerate().map(|(at, weights)| {
            let code = |divisor: usize, size: usize| u32::try_from(at / divisor % size).ok();
            Cell::of_rows(vec![code(1, 2), code(2, 3), code(6, 2)], weights)
        });
        cells.collect()
    })
}

fn schemes() -> impl Strategy<Value = Scheme> {
    let method = prop_oneof![
        Just(Method::Raking),
        Just(Method::RakingRatio),
        Just(Method::Logit { lower: 0.01, upper: 60.0 }),
    ];
    let part = || 0.3..1.0_f64;
    (method, [part(), part()], [part(), part(), part()], [part(), part()]).prop_map(|(method, a, b, c)| {
        Scheme {
            margins: vec![margin(0, &shares(&a)), margin(1, &shares(&b)), margin(2, &shares(&c))],
            method,
            ..Scheme::default()
        }
    })
}

fn answers(cells: &[Cell]) -> Vec<Answers> {
    let parts = cells.iter().enumerate().map(|(cell, c)| Answers {
        cell,
        x: (cell * 7 % 5) as f64,
        n: c.n,
        sum: c.sum,
        sum_of_squares: c.sum_of_squares,
    });
    parts.collect()
}

/// Whether some weights of 0 or more meet the margins, those without an answer being a category that keeps its share:
/// by least squares, one weight at a time.
fn can_be_met(cells: &[Cell], scheme: &Scheme) -> bool {
    let sum: f64 = cells.iter().map(|cell| cell.sum).sum();
    let mut rest = Vec::new();
    let mut places = vec![Vec::new(); cells.len()];
    for margin in &scheme.margins {
        let code = |cell: &Cell| cell.categories[margin.variables[0]];
        let held: f64 = cells.iter().filter(|cell| code(cell).is_none()).map(|cell| cell.sum).sum();
        let held = held / sum;
        let targets = margin.targets.iter().map(|target| (target.categories[0], target.value * (1.0 - held)));
        for (category, share) in targets.chain([(None, held)]) {
            for (cell, places) in cells.iter().zip(&mut places) {
                if code(cell) == category {
                    places.push(rest.len());
                }
            }
            rest.push(share);
        }
    }
    let mut weights = vec![0.0_f64; cells.len()];
    for _ in 0..20_000 {
        for (weight, places) in weights.iter_mut().zip(&places) {
            let step = places.iter().map(|place| rest[*place]).sum::<f64>() / places.len() as f64;
            let next = (*weight + step).max(0.0);
            for place in places {
                rest[*place] -= next - *weight;
            }
            *weight = next;
        }
    }
    rest.iter().all(|rest| rest.abs() < 1e-6)
}

fn wild() -> impl Strategy<Value = f64> {
    prop_oneof![
        6 => 0.1..3.0_f64,
        2 => Just(1.0),
        1 => Just(0.0),
        1 => prop_oneof![Just(f64::NAN), Just(f64::INFINITY), Just(-1.0), Just(1e-300), Just(1e300), Just(1e9), Just(1e-9)],
    ]
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-10 * a.abs().max(b.abs()).max(1e-3)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn margins_are_met_and_weights_are_above_nothing(cells in samples(), scheme in schemes()) {
        let weighted = weigh(&cells, &scheme).unwrap();
        prop_assert!(weighted.diagnostics.margins_hold);
        prop_assert!(weighted.diagnostics.greatest_error < 1e-10, "{}", weighted.diagnostics.greatest_error);
        prop_assert!(weighted.factors.iter().all(|factor| *factor > 0.0 && factor.is_finite()));
        prop_assert!(near(weighted.diagnostics.mean, 1.0));
        prop_assert!(weighted.diagnostics.kish_base <= weighted.diagnostics.rows as f64 * (1.0 + 1e-12));
        let mean = weighted.linearisation(&cells).mean(&answers(&cells)).unwrap();
        prop_assert!(mean.variance >= 0.0 && mean.mean >= 0.0 && mean.mean <= 4.0);
    }

    #[test]
    fn the_order_of_cells_and_margins_changes_nothing(cells in samples(), scheme in schemes(), turn in 1..11_usize) {
        let plain = weigh(&cells, &scheme).unwrap();
        let mut turned = cells.clone();
        turned.rotate_left(turn);
        let mut other = scheme.clone();
        other.margins.reverse();
        let again = weigh(&turned, &other).unwrap();
        for (at, factor) in plain.factors.iter().enumerate() {
            prop_assert!(near(*factor, again.factors[(at + 12 - turn) % 12]));
        }
    }

    #[test]
    fn a_multiple_of_the_design_weights_changes_nothing(cells in samples(), scheme in schemes(), times in 1e-3..1e3_f64) {
        let plain = weigh(&cells, &scheme).unwrap();
        let scaled: Vec<Cell> = cells.iter().map(|cell| Cell {
            sum: cell.sum * times,
            sum_of_squares: cell.sum_of_squares * times * times,
            least: cell.least * times,
            greatest: cell.greatest * times,
            ..cell.clone()
        }).collect();
        let again = weigh(&scaled, &scheme).unwrap();
        for (one, two) in plain.factors.iter().zip(&again.factors) {
            prop_assert!(near(*one, two * times));
        }
        let one = plain.linearisation(&cells).mean(&answers(&cells)).unwrap();
        let two = again.linearisation(&scaled).mean(&answers(&scaled)).unwrap();
        prop_assert!(near(one.mean, two.mean) && near(one.se, two.se));
    }

    #[test]
    fn splitting_a_cell_changes_nothing(cells in samples(), scheme in schemes(), at in 0..12_usize) {
        let plain = weigh(&cells, &scheme).unwrap();
        let mut split = cells.clone();
        let third = |cell: &Cell, n: u64, part: f64| Cell {
            n, sum: cell.sum * part, sum_of_squares: cell.sum_of_squares * part, ..cell.clone()
        };
        let n = cells[at].n;
        prop_assume!(n > 1);
        split[at] = third(&cells[at], 1, 0.3);
        split.push(third(&cells[at], n - 1, 0.7));
        let again = weigh(&split, &scheme).unwrap();
        prop_assert!(near(plain.factors[at], again.factors[at]) && near(plain.factors[at], again.factors[12]));
        let mut parts = answers(&split);
        parts[12].x = parts[at].x;
        let one = plain.linearisation(&cells).mean(&answers(&cells)).unwrap();
        let two = again.linearisation(&split).mean(&parts).unwrap();
        prop_assert!(near(one.mean, two.mean) && near(one.se, two.se), "{} {}", one.se, two.se);
    }

    #[test]
    fn the_samples_own_margins_give_factors_of_one(cells in samples()) {
        for method in [Method::Raking, Method::RakingRatio, Method::Linear, Method::Logit { lower: 0.1, upper: 3.0 }] {
            let sum: f64 = cells.iter().map(|cell| cell.sum).sum();
            let margins = [(0, 2), (1, 3), (2, 2)].map(|(variable, size)| {
                let share = |code| cells.iter().filter(|c| c.categories[variable] == Some(code)).map(|c| c.sum).sum::<f64>() / sum;
                margin(variable, &(0..size).map(|code| (code, share(code))).collect::<Vec<_>>())
            });
            let scheme = Scheme { margins: margins.to_vec(), method, scale: Scale::DesignWeights, ..Scheme::default() };
            let weighted = weigh(&cells, &scheme).unwrap();
            prop_assert!(weighted.factors.iter().all(|factor| near(*factor, 1.0)), "{:?}", weighted.factors);
        }
    }

    #[test]
    fn raking_is_raking_ratio(cells in samples(), scheme in schemes()) {
        let rake = weigh(&cells, &Scheme { method: Method::Raking, ..scheme.clone() }).unwrap();
        let ratio = weigh(&cells, &Scheme { method: Method::RakingRatio, ..scheme }).unwrap();
        for (one, two) in rake.factors.iter().zip(&ratio.factors) {
            prop_assert!(near(*one, *two));
        }
    }

    /// Every row twice at half the weight: the estimate stays, its standard error is divided by root two, up to
    /// n/(n − 1).
    #[test]
    fn rows_twice_at_half_weight_divide_errors_by_root_two(cells in samples(), scheme in schemes()) {
        let twice: Vec<Cell> = cells.iter().map(|cell| Cell {
            n: 2 * cell.n,
            sum_of_squares: cell.sum_of_squares / 2.0,
            least: cell.least / 2.0,
            greatest: cell.greatest / 2.0,
            ..cell.clone()
        }).collect();
        let (one, two) = (weigh(&cells, &scheme).unwrap(), weigh(&twice, &scheme).unwrap());
        let before = one.linearisation(&cells).mean(&answers(&cells)).unwrap();
        let after = two.linearisation(&twice).mean(&answers(&twice)).unwrap();
        let n = one.diagnostics.rows as f64;
        let correction = (n / (n - 1.0)) / (2.0 * n / (2.0 * n - 1.0));
        prop_assert!(near(before.mean, after.mean));
        prop_assert!((before.variance - 2.0 * after.variance * correction).abs() <= 1e-9 * before.variance);
    }

    #[test]
    fn bounds_hold_or_are_refused(cells in samples(), scheme in schemes(), upper in 1.05..3.0_f64) {
        let trimming = Trimming {
            bounds: Bounds::OfMean { lower: 0.05, upper },
            redistribution: Redistribution::Reraked,
        };
        match weigh(&cells, &Scheme { trimming: Some(trimming), method: Method::Raking, ..scheme }) {
            Ok(weighted) => {
                prop_assert!(weighted.diagnostics.max <= upper * (1.0 + 1e-8));
                prop_assert!(weighted.diagnostics.min >= 0.05 * (1.0 - 1e-8));
                prop_assert!(weighted.diagnostics.margins_hold);
            }
            Err(failures) => prop_assert!(matches!(
                failures[0],
                Failure::WideCell { .. } | Failure::BoundsTooTight { .. } | Failure::Unreachable { bounded: true, .. }
            ), "{failures:?}"),
        }
    }

    /// Whatever is missing, imputed rows keep a factor that no margin of theirs moves, and the margins hold
    /// among those who answered, whatever the order.
    #[test]
    fn policies_for_missing_answers_meet_the_margins(
        mut cells in samples(), scheme in schemes(), gone in proptest::collection::vec((0..12_usize, 0..3_usize), 1..4),
    ) {
        for (at, variable) in gone {
            let mut cell = cells[at].clone();
            cell.categories[variable] = None;
            cells.push(cell);
        }
        let rows: u64 = cells.iter().map(|cell| cell.n).sum();
        for missing in [Missing::OwnCategory, Missing::Impute, Missing::Exclude] {
            let weighted = match weigh(&cells, &Scheme { missing, ..scheme.clone() }) {
                Ok(weighted) => weighted,
                // Those without an answer may all stand in a category that is to weigh less than they do.
                Err(failures) => {
                    prop_assert_eq!(missing, Missing::OwnCategory, "{:?}", failures);
                    for failure in failures {
                        let is_bounded = matches!(failure, Failure::Unreachable { bounded: true, .. });
                        prop_assert!(is_bounded || !can_be_met(&cells, &scheme), "{failure:?}");
                        if let Failure::Conflict { needs, within } = failure {
                            prop_assert!(needs.share > within.share);
                        }
                    }
                    continue;
                }
            };
            prop_assert!(weighted.diagnostics.margins_hold);
            prop_assert_eq!(weighted.diagnostics.rows + weighted.diagnostics.excluded, rows);
            prop_assert_eq!(weighted.diagnostics.excluded > 0, missing == Missing::Exclude);
            prop_assert!(weighted.linearisation(&cells).mean(&answers(&cells)).is_some());
            let mut other = scheme.clone();
            other.margins.reverse();
            let again = weigh(&cells, &Scheme { missing, ..other }).unwrap();
            for (one, two) in weighted.factors.iter().zip(&again.factors) {
                prop_assert!(near(*one, *two));
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 128, ..ProptestConfig::default() })]

    /// Targets that some weights meet are met, however few of the combinations the sample has and however far
    /// the weights are from those at the start.
    #[test]
    fn what_can_be_met_is_met(
        there in proptest::collection::vec(any::<bool>(), 60),
        start in proptest::collection::vec(-2.0..2.0_f64, 60),
        wanted in proptest::collection::vec(-1.5..1.5_f64, 60),
    ) {
        let code = |at: usize, divisor: usize, size: usize| u32::try_from(at / divisor % size).ok();
        let (mut cells, mut weights) = (Vec::new(), Vec::new());
        for at in (0..60).filter(|at| there[*at]) {
            let codes = vec![code(at, 1, 5), code(at, 5, 4), code(at, 20, 3)];
            cells.push(Cell::uniform(codes, 3, 10_f64.powf(start[at])));
            weights.push(10_f64.powf(wanted[at]));
        }
        prop_assume!(cells.len() > 1);
        let margins = [5, 4, 3].iter().enumerate().map(|(variable, size)| {
            let share = |code: u32| {
                let own = cells.iter().zip(&weights).filter(|(cell, _)| cell.categories[variable] == Some(code));
                own.map(|(_, weight)| weight).sum::<f64>()
            };
            let raw: Vec<f64> = (0..*size).map(share).collect();
            margin(variable, &shares(&raw))
        });
        let scheme = Scheme { margins: margins.collect(), ..Scheme::default() };
        let weighted = weigh(&cells, &scheme);
        prop_assert!(weighted.is_ok(), "{:?}", weighted.err());
        prop_assert!(weighted.unwrap().diagnostics.margins_hold);
    }

    /// Any targets on any sample: weights that meet them, or a failure that names something.
    #[test]
    fn whatever_comes_is_weighted_or_refused(
        there in proptest::collection::vec(any::<bool>(), 24),
        raw in proptest::collection::vec(0.0..1.0_f64, 9),
        method in 0..4_usize,
    ) {
        let code = |at: usize, divisor: usize, size: usize| u32::try_from(at / divisor % size).ok();
        let codes = |at| vec![code(at, 1, 4), code(at, 4, 3), code(at, 12, 2)];
        let cells: Vec<Cell> = (0..24).filter(|at| there[*at]).map(|at| Cell::unweighted(codes(at), 5)).collect();
        let scheme = Scheme {
            margins: vec![
                margin(0, &shares(&raw[..4])),
                margin(1, &shares(&raw[4..7])),
                margin(2, &shares(&raw[7..])),
            ],
            method: [Method::Raking, Method::RakingRatio, Method::Linear, Method::Logit { lower: 0.1, upper: 9.0 }][method],
            ..Scheme::default()
        };
        if let Ok(weighted) = weigh(&cells, &scheme) {
            prop_assert!(weighted.diagnostics.margins_hold, "{}", weighted.diagnostics.greatest_error);
            prop_assert!(weighted.factors.iter().all(|factor| *factor >= 0.0 && factor.is_finite()));
            prop_assert!(weighted.diagnostics.max.is_finite() && weighted.diagnostics.ratio.is_finite());
        }
    }

    /// Design weights and targets of any kind: finite weights or a failure, never a panic.
    #[test]
    fn nothing_infinite_leaves_whatever_comes_in(
        design in proptest::collection::vec(wild(), 12),
        rows in proptest::collection::vec(0..3_u64, 12),
        targets in proptest::collection::vec(wild(), 5),
        trims in (wild(), wild()),
        choice in (0..4_usize, 0..3_usize, 0..3_usize, 0..4_usize),
    ) {
        let code = |at: usize, divisor: usize, size: usize| u32::try_from(at / divisor % size).ok().filter(|_| at != 5);
        let cells: Vec<Cell> = (0..12)
            .map(|at| Cell::uniform(vec![code(at, 1, 2), code(at, 2, 3)], rows[at] * 7, design[at]))
            .collect();
        let of = |raw: &[f64]| (0..).zip(raw).map(|(code, value)| (code, *value)).collect::<Vec<(u32, f64)>>();
        let unit = [Unit::BySum, Unit::Count, Unit::Share][choice.1];
        let margins = [margin(0, &of(&targets[..2])), margin(1, &of(&targets[2..]))];
        let (lower, upper) = trims;
        let bounds =
            [Bounds::OfMean { lower, upper }, Bounds::Absolute { lower, upper }, Bounds::Quantile { lower, upper }];
        let redistribution =
            [Redistribution::Reraked, Redistribution::EqualOnce, Redistribution::EqualRepeated][choice.2];
        let scheme = Scheme {
            margins: margins.map(|margin| Margin { unit, ..margin }).to_vec(),
            method: [Method::Raking, Method::RakingRatio, Method::Linear, Method::Logit { lower: 0.1, upper: 9.0 }][choice.0],
            missing: [Missing::OwnCategory, Missing::Impute, Missing::Exclude][choice.1],
            scale: Scale::Base,
            trimming: bounds.get(choice.3).map(|bounds| Trimming { bounds: *bounds, redistribution }),
        };
        match weigh(&cells, &scheme) {
            Ok(weighted) => {
                prop_assert!(weighted.factors.iter().all(|factor| *factor >= 0.0 && factor.is_finite()));
                if let Some(mean) = weighted.linearisation(&cells).mean(&answers(&cells)) {
                    prop_assert!(mean.mean.is_finite() && mean.variance >= 0.0 && mean.variance.is_finite());
                }
            }
            Err(failures) => prop_assert!(!failures.is_empty()),
        }
    }

    /// Every region with targets of its own is the cross of region and age.
    #[test]
    fn nested_schemes_are_the_crossed_margin(
        cells in samples(), region in [0.3..1.0_f64, 0.3..1.0], ages in [[0.3..1.0_f64, 0.3..1.0, 0.3..1.0], [0.3..1.0, 0.3..1.0, 0.3..1.0]],
    ) {
        let regions = shares(&region);
        let ages = ages.map(|ages| shares(&ages));
        let mut margins = vec![margin(0, &regions)];
        let mut crossed = Margin { variables: vec![0, 1], targets: Vec::new(), unit: Unit::Share, within: None };
        for ((code, share), ages) in regions.iter().zip(&ages) {
            let within = Some(Within { variable: 0, category: Some(*code) });
            margins.push(Margin { within, ..margin(1, ages) });
            crossed.targets.extend(ages.iter().map(|(age, part)| Target {
                categories: vec![Some(*code), Some(*age)],
                value: share * part,
            }));
        }
        let nested = weigh(&cells, &Scheme { margins, ..Scheme::default() }).unwrap();
        let whole = weigh(&cells, &Scheme { margins: vec![crossed], ..Scheme::default() }).unwrap();
        prop_assert!(nested.diagnostics.margins_hold);
        for (one, two) in nested.factors.iter().zip(&whole.factors) {
            prop_assert!(near(*one, *two));
        }
    }
}

#[test]
fn a_variable_that_is_raked_has_no_variance_of_its_own() {
    let cells = [Cell::uniform(vec![Some(0)], 30, 1.5), Cell::uniform(vec![Some(1)], 70, 0.7)];
    let parts: Vec<Answers> =
        answers(&cells).into_iter().enumerate().map(|(at, part)| Answers { x: at as f64, ..part }).collect();
    for method in [Method::Raking, Method::PostStratification, Method::Linear] {
        let scheme = Scheme { margins: vec![margin(0, &[(0, 0.4), (1, 0.6)])], method, ..Scheme::default() };
        let weighted = weigh(&cells, &scheme).unwrap();
        let mean = weighted.linearisation(&cells).mean(&parts).unwrap();
        assert_relative_eq!(mean.mean, 0.6, max_relative = 1e-12);
        assert!(mean.variance < 1e-25, "{method:?} {}", mean.variance);
    }
}
