//! The door: from the counts of one question to its estimates.

use crate::report::Estimate;
use crate::survey::{Measure, Question};
use crate::tally::{Count, Counts};

use super::context::{Context, PopulationExceeded};
use super::part::Part;
use super::sheet::Sheet;
use super::{ces, checklist, choice, csat, gap, importance, nps, number};

/// The estimates of a question in one stratum, in a fixed order; segment and wave are the caller's.
///
/// A figure that does not exist is null with a flag. Measures that are not scored (text, kano) and counts that do
/// not fit the measure yield nothing.
///
/// # Errors
/// More answers than the population has members.
pub fn figures(
    question: &Question,
    counts: &Counts,
    categories: &[String],
    context: &Context,
) -> Result<Vec<Estimate>, PopulationExceeded> {
    let base = counts.answered_count();
    if let Some(population) = context.population.filter(|population| base.n > *population) {
        return Err(PopulationExceeded { question: question.id.clone(), answers: base.n, population });
    }
    let sheet = Sheet { question, context, base };
    let scale = question.scale.as_ref();
    Ok(match (question.measure, counts, scale) {
        (Measure::Csat | Measure::Rating, Counts::Single(_), Some(scale)) => {
            csat::figures(&sheet, scale, &points(counts, context))
        }
        (Measure::Nps, Counts::Single(_), Some(scale)) => {
            nps::figures(&sheet, scale, &points(counts, context))
        }
        (Measure::Ces, Counts::Single(_), Some(scale)) => {
            ces::figures(&sheet, scale, &points(counts, context))
        }
        (Measure::Importance, Counts::Single(_), Some(scale)) => {
            importance::figures(&sheet, scale, &points(counts, context))
        }
        (Measure::Gap, Counts::Pair(joint), Some(scale)) => {
            gap::figures(&sheet, scale, joint, &points(counts, context))
        }
        (Measure::Choice | Measure::Multi, Counts::Single(_) | Counts::Multiple(_), _) => {
            let answered = Part::one(counts, Counts::answered_count, context);
            choice::figures(&sheet, &points(counts, context), &answered, categories)
        }
        (Measure::Checklist, Counts::Single(_), Some(scale)) => checklist::figures(&sheet, scale, counts),
        (Measure::Number, Counts::Number(values), _) => number::figures(&sheet, values),
        _ => Vec::new(),
    })
}

/// The points, pairs or options of a question.
pub(super) fn points(counts: &Counts, context: &Context) -> Vec<Part> {
    Part::each(counts, of_counts, context)
}

fn of_counts(counts: &Counts) -> &[Count] {
    match counts {
        Counts::Single(counts) => &counts.points,
        Counts::Pair(counts) => &counts.cells,
        Counts::Multiple(counts) => &counts.options,
        Counts::Number(_) => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::figures;
    use crate::measures::sample::{self, rows, single};
    use crate::measures::{Context, Intervals};
    use crate::report::{Better, Estimate, Flag, TargetVerdict, Unit};
    use crate::survey::{Best, Headline, Measure, Question, REASONS};
    use crate::tally::{Count, Counts, Joint, Values};
    use approx::assert_relative_eq;

    fn run(question: &Question, counts: &Counts) -> Vec<Estimate> {
        figures(question, counts, &[], &sample::context()).unwrap()
    }

    fn of<'a>(estimates: &'a [Estimate], statistic: &str) -> &'a Estimate {
        estimates.iter().find(|estimate| estimate.statistic == statistic).unwrap()
    }

    #[test]
    fn satisfaction_yields_its_five_statistics_in_the_units_of_the_report() {
        let mut question = sample::question("overall", Measure::Csat);
        question.target = Some(80.0);
        let estimates = run(&question, &single(&[0, 5, 25, 38, 52]));
        let names: Vec<&str> = estimates.iter().map(|estimate| estimate.statistic.as_str()).collect();
        assert_eq!(names, ["top_box", "mean", "index", "bottom_box", "net"]);
        let top = of(&estimates, "top_box");
        assert_eq!((top.value, top.unit, top.headline), (Some(75.0), Unit::Percent, true));
        // R and statsmodels: 0.6655886334, 0.8189017834.
        assert_relative_eq!(top.low.unwrap(), 66.558_863_34, epsilon = 1e-8);
        assert_relative_eq!(top.high.unwrap(), 81.890_178_34, epsilon = 1e-8);
        assert_eq!(top.target_verdict, Some(TargetVerdict::CannotTell));
        assert_eq!(of(&estimates, "mean").target_verdict, None);
        assert_relative_eq!(of(&estimates, "index").value.unwrap(), 78.541_666_666_7, epsilon = 1e-9);
        assert_eq!(of(&estimates, "bottom_box").better, Some(Better::Lower));
        assert_relative_eq!(of(&estimates, "net").value.unwrap(), 70.833_333_333_3, epsilon = 1e-9);
    }

    #[test]
    fn annex_e_of_iso_10004_has_its_mean_and_limits() {
        // METHODS 1.1: 4, 5, 7, 7, 9 on a scale of ten.
        let mut question = sample::question("overall", Measure::Csat);
        question.scale = Some(crate::survey::Scale::new("ten", 1, 10));
        let estimates = run(&question, &single(&[0, 0, 0, 1, 1, 0, 2, 0, 1, 0]));
        let mean = of(&estimates, "mean");
        assert_eq!((mean.value, mean.flag), (Some(6.4), Some(Flag::SmallBase)));
        assert_relative_eq!(mean.low.unwrap(), 3.979_55, epsilon = 1e-5);
        assert_relative_eq!(mean.high.unwrap(), 8.820_45, epsilon = 1e-5);
    }

    #[test]
    fn a_scale_whose_low_end_is_best_mirrors_the_score() {
        let high = run(&sample::question("a", Measure::Csat), &single(&[1, 2, 3, 4, 5]));
        let mut question = sample::question("a", Measure::Csat);
        question.scale.as_mut().unwrap().best = Best::Low;
        let low = run(&question, &single(&[5, 4, 3, 2, 1]));
        for statistic in ["top_box", "index", "bottom_box", "net"] {
            let (one, other) = (of(&high, statistic), of(&low, statistic));
            assert_eq!((one.value, one.low, one.high), (other.value, other.low, other.high), "{statistic}");
            assert_eq!(one.better, other.better);
        }
        assert_eq!(of(&low, "mean").better, Some(Better::Lower));
    }

    #[test]
    fn nobody_answered_is_null_with_a_flag_for_every_measure() {
        for (measure, counts) in [
            (Measure::Csat, single(&[0; 5])),
            (Measure::Nps, single(&[0; 11])),
            (Measure::Ces, single(&[0; 7])),
            (Measure::Importance, single(&[0; 5])),
            (Measure::Gap, sample::joint(7, &[])),
            (Measure::Number, sample::values(&[])),
        ] {
            let estimates = run(&sample::question("q", measure), &counts);
            assert!(!estimates.is_empty());
            for estimate in estimates {
                assert_eq!(estimate.flag, Some(Flag::NoAnswers));
                assert_eq!((estimate.value, estimate.low, estimate.se), (None, None, None));
                assert_eq!((estimate.base, estimate.base_weighted), (Some(0), Some(0.0)));
            }
        }
    }

    #[test]
    fn one_answer_keeps_the_limits_of_shares_only() {
        let estimates = run(&sample::question("overall", Measure::Csat), &single(&[0, 0, 0, 0, 1]));
        assert!(of(&estimates, "top_box").low.is_some());
        assert_eq!(of(&estimates, "top_box").flag, Some(Flag::SmallBase));
        for statistic in ["mean", "index", "net"] {
            let estimate = of(&estimates, statistic);
            assert_eq!((estimate.low, estimate.flag), (None, Some(Flag::SingleAnswer)), "{statistic}");
            assert!(estimate.value.is_some());
        }
    }

    #[test]
    fn answers_all_alike_have_shares_with_limits_and_means_without() {
        let estimates = run(&sample::question("overall", Measure::Csat), &single(&[0, 0, 0, 0, 50]));
        let top = of(&estimates, "top_box");
        assert_eq!((top.value, top.high), (Some(100.0), Some(100.0)));
        assert!(top.low.unwrap() < 100.0);
        assert_eq!(of(&estimates, "mean").flag, Some(Flag::NoVariation));
        assert_eq!(of(&estimates, "index").flag, Some(Flag::NoVariation));
        assert!(of(&estimates, "net").low.unwrap() < 100.0);
    }

    #[test]
    fn adjusted_wald_is_extended_where_it_misses_its_figure() {
        // METHODS 0.1: it misses 100 at a base of one, at 90 % confidence up to four, at 80 % at every base.
        let question = sample::question("recommend", Measure::Nps);
        for (level, n, extended) in [(0.95, 2, false), (0.9, 4, true), (0.9, 5, false), (0.8, 500, true)] {
            let intervals = Intervals::default();
            let context =
                Context { confidence: sample::confidence(level), intervals: &intervals, ..sample::context() };
            let counts = single(&[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, n]);
            let estimates = figures(&question, &counts, &[], &context).unwrap();
            let nps = of(&estimates, "nps");
            let expected = if extended { "adjusted-wald, extended" } else { "adjusted-wald" };
            assert_eq!(nps.method.as_deref(), Some(expected), "{level} {n}");
            assert_eq!(nps.high, Some(100.0));
        }
    }

    #[test]
    fn jeffreys_is_extended_where_nobody_or_everybody_is_counted() {
        let intervals = Intervals::parse("jeffreys").unwrap();
        let context = Context { intervals: &intervals, ..sample::context() };
        let counts = single(&[20, 0, 0, 0, 0]);
        let estimates = figures(&sample::question("q", Measure::Csat), &counts, &[], &context).unwrap();
        let top = of(&estimates, "top_box");
        assert_eq!((top.low, top.method.as_deref()), (Some(0.0), Some("jeffreys, extended")));
        let bottom = of(&estimates, "bottom_box");
        assert_eq!((bottom.high, bottom.method.as_deref()), (Some(100.0), Some("jeffreys, extended")));
    }

    #[test]
    fn the_golden_gap_matches_r() {
        // METHODS 3.1, gap1: 0.1666666667 (-0.0433655349, 0.3766988682); keys are (expectation, perception).
        let mut question = sample::question("g", Measure::Gap);
        question.scale = Some(crate::survey::Scale::new("five", 1, 5));
        let estimates = run(&question, &sample::golden_gap());
        let gap = of(&estimates, "gap");
        assert_relative_eq!(gap.value.unwrap(), 0.166_666_666_7, epsilon = 1e-10);
        assert_relative_eq!(gap.low.unwrap(), -0.043_365_534_9, epsilon = 1e-9);
        assert_relative_eq!(gap.high.unwrap(), 0.376_698_868_2, epsilon = 1e-9);
        assert_eq!((gap.method.as_deref(), gap.base), (Some("paired-t"), Some(120)));
        let difference =
            of(&estimates, "perception").value.unwrap() - of(&estimates, "expectation").value.unwrap();
        assert_relative_eq!(difference, gap.value.unwrap(), epsilon = 1e-10);
    }

    #[test]
    fn a_gap_that_is_the_same_for_all_has_no_interval() {
        let estimates = run(&sample::question("g", Measure::Gap), &sample::joint(7, &[(3, 2, 5), (4, 3, 6)]));
        assert_eq!(of(&estimates, "gap").flag, Some(Flag::NoVariation));
        assert_eq!(of(&estimates, "gap").value, Some(-1.0));
        assert!(of(&estimates, "perception").low.is_some());
    }

    #[test]
    fn options_are_named_by_code_and_shared_among_those_who_answered() {
        let (question, counts, categories) = sample::services();
        let estimates = figures(&question, &counts, &categories, &sample::context()).unwrap();
        assert_eq!(of(&estimates, "share:1").value, Some(75.0));
        assert_eq!(of(&estimates, "share:App").value, Some(25.0));
        let never = of(&estimates, "share:Fax");
        assert_eq!((never.value, never.low, never.better), (Some(0.0), Some(0.0), None));
        assert!(never.high.unwrap() > 0.0);
    }

    #[test]
    fn too_many_values_leave_the_mean_and_take_the_median() {
        let Counts::Number(mut values) = sample::values(&[(1.0, 10), (2.0, 20), (4.0, 10)]) else {
            unreachable!()
        };
        let question = sample::question("minutes", Measure::Number);
        let full = run(&question, &Counts::Number(values.clone()));
        values.overflow = true;
        values.values.clear();
        let moments = run(&question, &Counts::Number(values));
        let (one, other) = (of(&full, "mean"), of(&moments, "mean"));
        assert_eq!(one.value, other.value);
        assert_relative_eq!(one.low.unwrap(), other.low.unwrap(), epsilon = 1e-10);
        assert_eq!(of(&full, "median").value, Some(2.0));
        let median = of(&moments, "median");
        assert_eq!((median.value, median.flag), (None, Some(Flag::TooManyValues)));
    }

    #[test]
    fn a_census_is_judged_by_its_figure_and_more_than_everybody_is_an_error() {
        let mut question = sample::question("overall", Measure::Csat);
        (question.target, question.headline) = (Some(70.0), Some(Headline::TopBox));
        let mut context = sample::context();
        context.population = Some(40);
        let estimates = figures(&question, &single(&[0, 5, 5, 10, 20]), &[], &context).unwrap();
        let top = of(&estimates, "top_box");
        assert_eq!((top.flag, top.low, top.se), (Some(Flag::Census), None, None));
        assert_eq!(top.target_verdict, Some(TargetVerdict::Met));
        context.population = Some(39);
        let error = figures(&question, &single(&[0, 5, 5, 10, 20]), &[], &context).unwrap_err();
        assert_eq!((error.answers, error.population), (40, 39));
    }

    #[test]
    fn promoters_and_detractors_follow_the_points_of_the_scale() {
        let estimates = run(
            &sample::question("recommend", Measure::Nps),
            &single(&[1, 0, 0, 0, 0, 0, 19, 15, 15, 20, 30]),
        );
        assert_eq!(of(&estimates, "nps").value, Some(30.0));
        assert_eq!(of(&estimates, "promoters").value, Some(50.0));
        assert_eq!(of(&estimates, "passives").value, Some(30.0));
        assert_eq!(of(&estimates, "detractors").value, Some(20.0));
        let nps = of(&estimates, "nps");
        assert_relative_eq!(nps.low.unwrap(), 14.051, epsilon = 1e-3);
        assert_relative_eq!(nps.high.unwrap(), 44.201, epsilon = 1e-3);
    }

    #[test]
    fn text_and_kano_are_not_scored() {
        assert!(run(&sample::question("comment", Measure::Text), &single(&[1])).is_empty());
        let joint = Joint {
            first_points: 1,
            second_points: 1,
            cells: vec![rows(1)],
            missing: [Count::default(); REASONS],
        };
        assert!(run(&sample::question("app", Measure::Kano), &Counts::Pair(joint)).is_empty());
    }

    #[test]
    fn numbers_far_from_zero_keep_their_spread() {
        let Counts::Number(values) = sample::values(&[(1e9 - 1.0, 5), (1e9, 5)]) else { unreachable!() };
        let estimates = run(&sample::question("n", Measure::Number), &Counts::Number(Values { ..values }));
        let mean = of(&estimates, "mean");
        assert!(mean.low.unwrap() < mean.value.unwrap() && mean.value.unwrap() < mean.high.unwrap());
    }
}
