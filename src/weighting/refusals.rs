//! What is wrong with targets or sample is refused by name, and a sentence says what would help.

use super::*;

const VARIABLES: [&str; 3] = ["region", "age", "gender"];
const CATEGORIES: [[&str; 3]; 3] =
    [["North", "South", "West"], ["under 30", "30 to 49", "50 and over"], ["women", "men", "diverse"]];

struct Survey;

impl Names for Survey {
    fn variable(&self, variable: usize) -> String {
        VARIABLES[variable].to_owned()
    }

    fn category(&self, variable: usize, code: Option<u32>) -> String {
        code.map_or_else(|| "no answer".to_owned(), |code| CATEGORIES[variable][code as usize].to_owned())
    }
}

fn margin(variable: usize, targets: &[f64]) -> Margin {
    let targets =
        (0..).zip(targets).map(|(code, value)| Target { categories: vec![Some(code)], value: *value });
    Margin { variables: vec![variable], targets: targets.collect(), unit: Unit::BySum, within: None }
}

fn raked(margins: &[Margin]) -> Scheme {
    Scheme { margins: margins.to_vec(), ..Scheme::default() }
}

/// Rows of region by age; a 0 is no cell.
fn table(counts: [[u64; 3]; 3]) -> Vec<Cell> {
    let mut cells = Vec::new();
    for (region, row) in (0..).zip(counts) {
        for (age, n) in (0..).zip(row).filter(|(_, n)| *n > 0) {
            cells.push(Cell::unweighted(vec![Some(region), Some(age)], n));
        }
    }
    cells
}

fn full() -> Vec<Cell> {
    table([[10, 20, 30], [15, 15, 10], [5, 25, 20]])
}

fn refused(cells: &[Cell], scheme: &Scheme) -> (Failure, String) {
    let failures = weigh(cells, scheme).unwrap_err();
    let text = failures[0].sentence(&Survey).to_string();
    assert!(!text.contains("  ") && !text.contains("NaN"), "{text}");
    (failures[0].clone(), text)
}

#[test]
fn targets_that_make_no_sense() {
    let whole = margin(0, &[0.5, 0.3, 0.2]);
    let said = |margins: &[Margin]| refused(&full(), &raked(margins)).1;
    assert_eq!(said(&[]), "weighting has no targets");
    assert_eq!(
        said(&[margin(0, &[50.0, 30.0, 15.0])]),
        "the targets of region make 95, not 100; correct them, or give numbers of people"
    );
    assert_eq!(
        said(&[margin(0, &[0.5, 0.3, 0.1])]),
        "the targets of region make 0.9, not 1; correct them, or give numbers of people"
    );
    assert_eq!(
        said(&[margin(0, &[0.5, -0.3, 0.8])]),
        "the target of region for South is -0.3; it has to be 0 or more"
    );
    assert_eq!(said(&[margin(0, &[0.0, 0.0, 0.0])]), "all targets of region are 0");
    assert_eq!(said(&[margin(0, &[])]), "all targets of region are 0");
    assert_eq!(
        said(&[margin(0, &[5000.0, 3000.0, 2000.0]), margin(1, &[3000.0, 3000.0, 3000.0])]),
        "the targets of region count 10000 people, those of age count 9000; give the same total, or shares"
    );
    let mut twice = whole.clone();
    twice.targets[1].categories = vec![Some(0)];
    assert_eq!(said(&[twice]), "region has two targets for North");
    assert!(matches!(refused(&full(), &raked(&[margin(7, &[1.0])])).0, Failure::MarginShape { margin: 0 }));
    let one = Scheme { method: Method::PostStratification, ..raked(&[whole.clone(), whole.clone()]) };
    assert!(
        refused(&full(), &one).1.starts_with("post-stratification takes one table of targets, 2 are given")
    );
    let scaled = Scheme { scale: Scale::Targets, ..raked(&[whole]) };
    assert!(matches!(refused(&full(), &scaled).0, Failure::NoTotal));
}

#[test]
fn every_fault_of_the_targets_is_told_at_once() {
    let failures =
        weigh(&full(), &raked(&[margin(0, &[-1.0, f64::NAN, 2.0]), margin(1, &[0.0])])).unwrap_err();
    assert_eq!(failures.len(), 3, "{failures:?}");
}

#[test]
fn rounded_targets_are_scaled_and_it_is_said() {
    let weighted = weigh(&full(), &raked(&[margin(0, &[33.3, 33.3, 33.3])])).unwrap();
    let outcome = &weighted.diagnostics.margins[0];
    assert!((outcome.given - 0.999).abs() < 1e-12);
    assert!(outcome.categories.iter().all(|category| (category.after - 1.0 / 3.0).abs() < 1e-12));
    assert!(matches!(weighted.diagnostics.cautions[..], [Caution::TargetsRounded { margin: 0, .. }]));
}

#[test]
fn a_category_that_nobody_is_in() {
    let cells = table([[10, 20, 0], [15, 15, 0], [5, 25, 0]]);
    let (failure, text) = refused(&cells, &raked(&[margin(1, &[0.2, 0.3, 0.5])]));
    assert_eq!(
        text,
        "age: 50 % of the weight should be 50 and over, but nobody in the sample is; merge 50 and over with 30 to 49, \
         or drop age from the targets"
    );
    assert!(matches!(
        failure,
        Failure::EmptyCategory { place: Place { margin: 0, category: 2 }, rows: 0, .. }
    ));
    // Nothing is missing where nothing is wanted.
    assert!(weigh(&cells, &raked(&[margin(1, &[0.4, 0.6, 0.0])])).is_ok());
}

#[test]
fn a_category_whose_rows_have_no_weight_is_as_good_as_empty() {
    let mut cells = full();
    for cell in cells.iter_mut().filter(|cell| cell.categories[0] == Some(1)) {
        *cell = Cell::uniform(cell.categories.clone(), cell.n, 0.0);
    }
    let (_, text) = refused(&cells, &raked(&[margin(0, &[0.2, 0.3, 0.5])]));
    assert!(text.contains("all 40 rows there have the design weight 0; merge South with West"), "{text}");
}

#[test]
fn a_category_that_the_targets_do_not_know() {
    let (failure, text) = refused(&full(), &raked(&[margin(0, &[0.4, 0.6])]));
    assert_eq!(
        text,
        "region: 50 rows are West in the sample, but the targets have no such category; add a target for it, or merge it with one"
    );
    assert!(matches!(failure, Failure::UnknownCategory { margin: 0, rows: 50, .. }));
}

#[test]
fn a_sample_without_weight() {
    let none: Vec<Cell> = full().into_iter().map(|c| Cell::uniform(c.categories, c.n, 0.0)).collect();
    let scheme = raked(&[margin(0, &[0.5, 0.3, 0.2])]);
    assert_eq!(refused(&none, &scheme).1, "no row has a design weight above 0 (150 rows)");
    assert_eq!(refused(&[], &scheme).1, "no row has a design weight above 0 (0 rows)");
    let missing = [Cell::unweighted(vec![None, Some(0)], 7)];
    let text = refused(&missing, &Scheme { missing: Missing::Exclude, ..scheme.clone() }).1;
    assert_eq!(text, "all 7 rows lack an answer to a weighting variable, and such rows are excluded");
    let mut odd = full();
    odd[2].sum = f64::NAN;
    assert!(matches!(refused(&odd, &scheme).0, Failure::CellUnsound { cell: 2 }));
    odd[2] = Cell::unweighted(vec![Some(0)], 3);
    assert!(matches!(refused(&odd, &scheme).0, Failure::CellUnsound { cell: 2 }));
}

#[test]
fn margins_that_contradict_each_other_are_named_with_their_categories() {
    // Everyone of 50 and over lives in the West, which is to be smaller.
    let cells = table([[10, 20, 0], [15, 15, 0], [5, 25, 20]]);
    let scheme = raked(&[margin(0, &[0.4, 0.4, 0.2]), margin(1, &[0.3, 0.3, 0.4])]);
    for method in [Method::Raking, Method::RakingRatio, Method::Logit { lower: 0.0, upper: 50.0 }] {
        let (failure, text) = refused(&cells, &Scheme { method, ..scheme.clone() });
        assert_eq!(
            text,
            "everyone in the sample with age = 50 and over also has region = West; the targets want 40 % of the first \
             and only 20 % of the second; merge categories of age or of region, or drop one of the two"
        );
        let Failure::Conflict { needs, within } = failure else { panic!("{method:?} {failure:?}") };
        assert_eq!((needs.margin, needs.places, within.margin, within.places), (1, vec![2], 0, vec![2]));
    }
}

#[test]
fn margins_that_leave_somebody_no_weight_are_named() {
    // The West is exactly as large as the old, who all live there: nobody else of the West can have weight.
    let cells = table([[10, 20, 0], [15, 15, 0], [5, 25, 20]]);
    let scheme = raked(&[margin(0, &[0.3, 0.3, 0.4]), margin(1, &[0.3, 0.3, 0.4])]);
    for method in [Method::Raking, Method::RakingRatio] {
        let (failure, text) = refused(&cells, &Scheme { method, ..scheme.clone() });
        assert!(matches!(failure, Failure::Vanishing { .. }), "{failure:?}");
        assert!(
            text.starts_with("the targets can be met only if nobody with region = West and age = ")
                && text.ends_with("is given any weight (5 rows); check these targets, or merge categories")
                || text.contains("(25 rows)"),
            "{text}"
        );
    }
}

/// Any two of the three margins can be met, all three cannot: the sample has only combinations of an even sum.
#[test]
fn three_margins_that_conflict_only_together_name_what_stays_unmet() {
    let cells = [[0, 0, 0], [0, 1, 1], [1, 0, 1], [1, 1, 0]]
        .map(|codes| Cell::unweighted(codes.iter().map(|code| Some(*code)).collect(), 10));
    let scheme = raked(&[margin(0, &[0.1, 0.9]), margin(1, &[0.1, 0.9]), margin(2, &[0.1, 0.9])]);
    let (failure, text) = refused(&cells, &scheme);
    let Failure::Unreachable { unmet, bounded: false, .. } = failure else { panic!("{failure:?}") };
    assert!(!unmet.is_empty());
    assert!(text.starts_with("the targets cannot all be met (") && text.contains(" wanted, "), "{text}");
}

#[test]
fn bounds_that_leave_no_room() {
    let scheme = |lower: f64, upper: f64| Scheme {
        trimming: Some(Trimming {
            bounds: Bounds::OfMean { lower, upper },
            redistribution: Redistribution::Reraked,
        }),
        ..raked(&[margin(0, &[0.1, 0.1, 0.8]), margin(1, &[0.3, 0.3, 0.4])])
    };
    let (failure, text) = refused(&full(), &scheme(0.1, 2.0));
    assert!(matches!(failure, Failure::BoundsTooTight { place: Place { margin: 0, category: 2 }, .. }));
    assert!(text.starts_with("region = West: the rows need 2.4 times the mean weight"), "{text}");
    assert!(matches!(refused(&full(), &scheme(1.5, 2.0)).0, Failure::BoundsUnsound { .. }));
    // Each category has room, but those under 30 only if the West takes more of them than it can.
    let (failure, text) = refused(&full(), &scheme(0.1, 4.0));
    let Failure::Unreachable { bounded: true, .. } = failure else { panic!("{failure:?}") };
    assert!(text.contains("within the bounds") && text.contains("age = under 30"), "{text}");
    assert!(weigh(&full(), &scheme(0.05, 6.0)).is_ok());
    let mut wide = full();
    wide[0] = Cell::of_rows(wide[0].categories.clone(), &[0.01, 100.0]);
    assert!(matches!(refused(&wide, &scheme(0.5, 4.0)).0, Failure::WideCell { cell: 0, .. }));
}

#[test]
fn limits_of_logit_calibration_are_called_limits() {
    let scheme = |lower: f64, upper: f64| Scheme {
        method: Method::Logit { lower, upper },
        ..raked(&[margin(0, &[0.1, 0.1, 0.8])])
    };
    let (failure, text) = refused(&full(), &scheme(0.9, 1.1));
    assert!(matches!(failure, Failure::Unreachable { bounded: true, limited: true, .. }), "{failure:?}");
    assert!(
        text.contains("within the limits") && text.ends_with("widen the limits, or merge categories"),
        "{text}"
    );
    for (lower, upper) in [(1.2, 2.0), (-0.1, 2.0), (0.5, 0.9), (0.5, f64::INFINITY)] {
        let (failure, text) = refused(&full(), &scheme(lower, upper));
        assert_eq!(failure, Failure::LimitsUnsound { lower, upper });
        assert!(text.starts_with("limits from ") && !text.contains("bounds"), "{text}");
    }
}

#[test]
fn bounds_with_every_weight_outside_leave_nowhere_for_what_they_take_off() {
    // Weights of 0.2 and 1.8.
    let cells = [Cell::unweighted(vec![Some(0)], 50), Cell::unweighted(vec![Some(1)], 50)];
    let scheme = |redistribution: Redistribution| Scheme {
        trimming: Some(Trimming { bounds: Bounds::OfMean { lower: 0.5, upper: 1.5 }, redistribution }),
        ..raked(&[margin(0, &[0.1, 0.9])])
    };
    for redistribution in [Redistribution::EqualOnce, Redistribution::EqualRepeated] {
        let (failure, text) = refused(&cells, &scheme(redistribution));
        assert_eq!(failure, Failure::NothingInside { lower: 0.5, upper: 1.5 });
        assert!(text.starts_with("no weight is between the bounds of 0.5 and 1.5 times the mean"), "{text}");
    }
}

#[test]
fn linear_calibration_never_returns_a_negative_weight() {
    let margins = [margin(0, &[0.9, 0.05, 0.05]), margin(1, &[0.05, 0.05, 0.9])];
    let (failure, text) = refused(&full(), &Scheme { method: Method::Linear, ..raked(&margins) });
    assert!(matches!(failure, Failure::NegativeWeights { .. }), "{failure:?}");
    assert!(text.ends_with("a negative weight; set bounds, or use raking"));
    let trimming = Trimming {
        bounds: Bounds::OfMean { lower: 0.0, upper: f64::INFINITY },
        redistribution: Redistribution::Reraked,
    };
    let scheme = Scheme { method: Method::Linear, trimming: Some(trimming), ..raked(&margins) };
    let bounded = weigh(&full(), &scheme).unwrap();
    assert!(bounded.diagnostics.margins_hold && bounded.factors.iter().all(|factor| *factor >= 0.0));
    assert!(weigh(&full(), &raked(&margins)).is_ok());
}

#[test]
fn one_giant_weight_works_and_is_named() {
    let mut cells = full();
    cells.push(Cell::uniform(vec![Some(0), Some(0)], 1, 1e7));
    let weighted = weigh(&cells, &raked(&[margin(0, &[0.5, 0.3, 0.2])])).unwrap();
    assert!(weighted.diagnostics.margins_hold);
    assert!(
        weighted
            .diagnostics
            .cautions
            .iter()
            .any(|c| matches!(c, Caution::HeavyRow { share } if *share > 0.4))
    );
    assert!(weighted.diagnostics.cautions.iter().any(|c| matches!(c, Caution::LowEfficiency { .. })));
    assert!(weighted.diagnostics.ratio > 1e5);
}

#[test]
fn a_target_of_nothing_leaves_its_rows_out_and_counts_them() {
    let weighted = weigh(&full(), &raked(&[margin(0, &[0.5, 0.5, 0.0])])).unwrap();
    assert_eq!((weighted.diagnostics.rows, weighted.diagnostics.unwanted), (100, 50));
    assert!(
        weighted
            .factors
            .iter()
            .zip(full())
            .all(|(factor, c)| (*factor <= 0.0) == (c.categories[0] == Some(2)))
    );
}

#[test]
fn a_replicate_is_weighted_as_a_sample_of_its_own() {
    let scheme = raked(&[margin(0, &[0.5, 0.3, 0.2]), margin(1, &[0.3, 0.3, 0.4])]);
    let counts: Vec<u64> = full().iter().map(|cell| cell.n).collect();
    assert_eq!(reweigh(&full(), &scheme, &counts).unwrap(), weigh(&full(), &scheme).unwrap().factors);
    let drawn = [12, 18, 30, 10, 20, 10, 5, 25, 20];
    let factors = reweigh(&full(), &scheme, &drawn).unwrap();
    let north: f64 = factors.iter().zip(drawn).take(3).map(|(factor, n)| factor * n as f64).sum();
    assert!((north - 75.0).abs() < 1e-9);
    assert!(matches!(
        reweigh(&full(), &scheme, &[12, 18, 30, 0, 0, 0, 25, 45, 20]).unwrap_err()[0],
        Failure::EmptyCategory { place: Place { margin: 0, category: 1 }, .. }
    ));
    assert!(reweigh(&full(), &scheme, &[1, 2]).is_err());
}
