//! Laws of the figures, whatever the answers: what holds for every count, weight, level and method.

use csat::measures::{Context, GapMethod, Intervals, MeanMethod, NpsMethod, ProportionMethod, figures};
use csat::report::{Estimate, Flag, Unit};
use csat::stats::{Bootstrap, Confidence};
use csat::survey::{Best, Columns, Headline, Measure, Question, REASONS, Scale};
use csat::tally::{Count, Counts, Distribution, Joint};
use indexmap::IndexMap;
use proptest::prelude::*;

fn question(measure: Measure, best: Best) -> Question {
    let (min, max) = match measure {
        Measure::Nps => (0, 10),
        Measure::Ces | Measure::Gap => (1, 7),
        _ => (1, 5),
    };
    Question {
        id: "q".to_owned(),
        measure,
        columns: Columns::One(vec!["q".to_owned()]),
        translations: IndexMap::new(),
        option_translations: IndexMap::new(),
        own_words: None,
        base: None,
        text: None,
        label: None,
        scale: Some(Scale { best, ..Scale::new("scale", min, max) }),
        options: IndexMap::new(),
        separator: None,
        overall: false,
        headline: Some(Headline::Mean),
        target: Some(3.0),
        block: None,
        dimension: None,
        better: None,
        driver: None,
        version: None,
        missing: Vec::new(),
        bridge: false,
        evaluation: csat::survey::KanoTable::Usual,
        importance_of: None,
        retest_of: None,
        qualities: csat::survey::Qualities::default(),
        item: csat::survey::ChecklistItem::default(),
        disconfirmation: false,
    }
}

fn context(intervals: &Intervals, level: f64, design_rows: u64) -> Context<'_> {
    Context {
        confidence: Confidence::new(level).unwrap(),
        intervals,
        weighted: false,
        design_rows,
        population: None,
        flag_below: 30,
        bootstrap: Bootstrap { replicates: 200, seed: 1 },
        design: None,
    }
}

fn single(points: &[Count]) -> Counts {
    Counts::Single(Distribution { points: points.to_vec(), missing: [Count::default(); REASONS] })
}

/// Rows of equal weight.
fn count(n: u64, weight: f64) -> Count {
    let rows = u32::try_from(n).map(f64::from).unwrap();
    Count { n, w: rows * weight, w2: rows * weight * weight }
}

fn range(estimate: &Estimate, scale: &Scale) -> (f64, f64) {
    let (min, max) = (f64::from(scale.min), f64::from(scale.max));
    match (estimate.unit, estimate.statistic.as_str()) {
        (Unit::Points, _) => (-100.0, 100.0),
        (Unit::Scale, "gap") => (min - max, max - min),
        (Unit::Scale, _) => (min, max),
        _ => (0.0, 100.0),
    }
}

/// What every estimate keeps: figures in order and on their scale, a reason where there is none.
fn assert_sound(estimate: &Estimate, scale: &Scale) -> Result<(), TestCaseError> {
    let (least, most) = range(estimate, scale);
    prop_assert_eq!(estimate.value.is_none(), estimate.flag == Some(Flag::NoAnswers), "{:?}", estimate);
    prop_assert_eq!(estimate.low.is_some(), estimate.high.is_some());
    prop_assert_eq!(estimate.low.is_some(), estimate.method.is_some());
    let numbers = [
        estimate.value,
        estimate.se,
        estimate.low,
        estimate.high,
        estimate.base_weighted,
        estimate.base_effective,
        estimate.base_kish,
        estimate.design_effect_kish,
    ];
    prop_assert!(numbers.iter().flatten().all(|number| number.is_finite()), "{:?}", estimate);
    if let (Some(value), Some(low), Some(high)) = (estimate.value, estimate.low, estimate.high) {
        prop_assert!(low <= value && value <= high, "{:?}", estimate);
        prop_assert!(least <= low && high <= most, "{:?}", estimate);
        let wald = estimate.method.as_deref().is_some_and(|method| method.starts_with("wald"));
        prop_assert!(low < high || wald, "zero width: {:?}", estimate);
    } else if estimate.value.is_some() {
        prop_assert!(
            matches!(estimate.flag, Some(Flag::SingleAnswer | Flag::NoVariation | Flag::Census)),
            "no interval and no reason: {:?}",
            estimate
        );
    }
    Ok(())
}

fn every_intervals() -> Vec<Intervals> {
    let mut all = Vec::new();
    all.extend(ProportionMethod::ALL.map(|(_, proportion)| Intervals { proportion, ..Intervals::default() }));
    all.extend(NpsMethod::ALL.map(|(_, nps)| Intervals { nps, ..Intervals::default() }));
    all.extend(MeanMethod::ALL.map(|(_, mean)| Intervals { mean, ..Intervals::default() }));
    all.extend(GapMethod::ALL.map(|(_, gap)| Intervals { gap, ..Intervals::default() }));
    all
}

fn measures() -> impl Strategy<Value = (Measure, Best)> {
    let measure = prop::sample::select(vec![Measure::Csat, Measure::Nps, Measure::Ces, Measure::Importance]);
    (measure, prop::sample::select(vec![Best::High, Best::Low]))
}

/// Weighted points: none, few or many rows each, weights from tiny to huge.
fn weighted_points() -> impl Strategy<Value = Vec<Count>> {
    let point = (prop_oneof![Just(0_u64), 1_u64..4, 1_u64..500], -6_i32..7)
        .prop_map(|(n, exponent)| count(n, 10_f64.powi(exponent)));
    prop::collection::vec(point, 11)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_interval_holds_its_figure_and_stays_on_the_scale_for_every_level_and_method(
        (measure, best) in measures(),
        rows in prop::collection::vec(prop_oneof![Just(0_u64), 1_u64..4, 1_u64..500], 11),
        level in 0.5_f64..0.999,
    ) {
        let question = question(measure, best);
        let scale = question.scale.clone().unwrap();
        let points: Vec<Count> = rows.iter().take(scale.points()).map(|n| count(*n, 1.0)).collect();
        for intervals in every_intervals() {
            let context = context(&intervals, level, rows.iter().sum());
            for estimate in figures(&question, &single(&points), &[], &context).unwrap() {
                assert_sound(&estimate, &scale)?;
            }
        }
    }

    #[test]
    fn gaps_are_sound_for_every_level_and_method(
        cells in prop::collection::vec(prop_oneof![3 => Just(0_u64), 1 => 1_u64..9], 49),
        level in 0.5_f64..0.999,
    ) {
        let question = question(Measure::Gap, Best::High);
        let scale = question.scale.clone().unwrap();
        let cells: Vec<Count> = cells.iter().map(|n| count(*n, 1.0)).collect();
        let joint = Joint { first_points: 7, second_points: 7, cells, missing: [Count::default(); REASONS] };
        for intervals in every_intervals() {
            let counts = Counts::Pair(joint.clone());
            for estimate in figures(&question, &counts, &[], &context(&intervals, level, 1000)).unwrap() {
                assert_sound(&estimate, &scale)?;
            }
        }
    }

    #[test]
    fn weighted_figures_are_sound_with_extreme_weights(
        (measure, best) in measures(),
        points in weighted_points(),
        level in 0.5_f64..0.999,
        unanswered in 0_u64..100,
    ) {
        let question = question(measure, best);
        let scale = question.scale.clone().unwrap();
        let points = &points[..scale.points()];
        let design = points.iter().map(|count| count.n).sum::<u64>() + unanswered;
        for name in ["wilson", "clopper-pearson", "jeffreys", "agresti-coull", "wald", "score"] {
            let intervals = Intervals::parse(name).unwrap();
            let context = Context { weighted: true, ..context(&intervals, level, design) };
            for estimate in figures(&question, &single(points), &[], &context).unwrap() {
                assert_sound(&estimate, &scale)?;
            }
        }
    }

    #[test]
    fn multiplying_all_weights_changes_nothing_but_their_sum(
        (measure, best) in measures(),
        points in weighted_points(),
        exponent in -10_i32..10,
    ) {
        // A power of two rounds nothing.
        let factor = 2_f64.powi(exponent);
        let question = question(measure, best);
        let points = &points[..question.scale.as_ref().unwrap().points()];
        let scaled: Vec<Count> = points
            .iter()
            .map(|count| Count { n: count.n, w: count.w * factor, w2: count.w2 * factor * factor })
            .collect();
        let intervals = Intervals::default();
        let design = points.iter().map(|count| count.n).sum();
        let context = Context { weighted: true, ..context(&intervals, 0.95, design) };
        let one = figures(&question, &single(points), &[], &context).unwrap();
        let other = figures(&question, &single(&scaled), &[], &context).unwrap();
        for (one, other) in one.into_iter().zip(other) {
            prop_assert_eq!(Estimate { base_weighted: None, ..one }, Estimate { base_weighted: None, ..other });
        }
    }

    #[test]
    fn weights_of_one_leave_every_figure_and_nearly_every_standard_error(
        (measure, best) in measures(),
        rows in prop::collection::vec(0_u64..200, 11),
    ) {
        let question = question(measure, best);
        let scale = question.scale.clone().unwrap();
        let points: Vec<Count> = rows.iter().take(scale.points()).map(|n| count(*n, 1.0)).collect();
        let n: u64 = points.iter().map(|count| count.n).sum();
        let intervals = Intervals::default();
        let plain = context(&intervals, 0.95, n);
        let weighted = Context { weighted: true, ..plain };
        let plain = figures(&question, &single(&points), &[], &plain).unwrap();
        let weighted = figures(&question, &single(&points), &[], &weighted).unwrap();
        for (one, other) in plain.iter().zip(&weighted) {
            prop_assert_eq!(one.value.is_some(), other.value.is_some());
            let close = |a: f64, b: f64, tolerance: f64| (a - b).abs() <= tolerance * (1.0 + a.abs());
            if let (Some(a), Some(b)) = (one.value, other.value) {
                prop_assert!(close(a, b, 1e-10), "{:?} {:?}", one, other);
            }
            if let (Some(a), Some(b)) = (one.se, other.se) {
                let order = 1.0 / f64::from(u32::try_from(n).unwrap());
                prop_assert!((a - b).abs() <= a * order + 1e-10, "{:?} {:?}", one, other);
            }
            prop_assert_eq!(one.base, other.base);
        }
    }

    #[test]
    fn turning_a_scale_round_mirrors_the_score(rows in prop::collection::vec(0_u64..50, 5)) {
        let points: Vec<Count> = rows.iter().map(|n| count(*n, 1.0)).collect();
        let turned: Vec<Count> = points.iter().rev().copied().collect();
        let intervals = Intervals::default();
        let context = context(&intervals, 0.9, rows.iter().sum());
        let high = figures(&question(Measure::Csat, Best::High), &single(&points), &[], &context).unwrap();
        let low = figures(&question(Measure::Csat, Best::Low), &single(&turned), &[], &context).unwrap();
        for (one, other) in high.iter().zip(&low).filter(|(one, _)| one.statistic != "mean") {
            let pairs = [(one.value, other.value), (one.low, other.low), (one.high, other.high)];
            for (a, b) in pairs {
                let close = a.zip(b).is_none_or(|(a, b)| (a - b).abs() < 1e-9);
                prop_assert!(a.is_some() == b.is_some() && close, "{:?} {:?}", one, other);
            }
        }
    }
}
