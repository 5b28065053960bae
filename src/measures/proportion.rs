//! A share of the answers with its interval.
//!
//! # Sources
//! Wilson (1927), Clopper and Pearson (1934), Agresti and Coull (1998), Brown, Cai and DasGupta (2001, Jeffreys);
//! weighted: Korn and Graubard (1998), and Wilson's and the others on the effective base.

use crate::report::Flag;
use crate::stats::{self, Interval};

use super::answers::{Answers, Linear};
use super::context::{Context, Sampled};
use super::figure::Figure;
use super::intervals::ProportionMethod;
use super::part::Part;

/// The share of `hits` among `hits` and `rest`, 0 to 1; `None` without answers.
///
/// # Method
/// Plain: on n, or n / (1 - n/N) with a finite population. Weighted: on n* of the linearised variance, with
/// Student's t where the formula has a critical value. One answer keeps its interval: it is honest about one answer.
pub(super) fn proportion(hits: &Part, rest: &Part, context: &Context) -> Option<Figure> {
    if context.weighted { weighted(hits, rest, context) } else { plain(hits.count.n, rest.count.n, context) }
}

fn plain(hits: u64, rest: u64, context: &Context) -> Option<Figure> {
    let n = hits + rest;
    if n == 0 {
        return None;
    }
    let total = n as f64;
    let p = hits as f64 / total;
    let left = match context.sampled(n) {
        Sampled::Census => return Some(Figure::bare(p, total, Flag::Census)),
        Sampled::Share(left) => left,
    };
    let se = (p * (1.0 - p) / context.plain_divisor(n) * left).sqrt();
    let (effective, successes) = (total / left, hits as f64 / left);
    let successes = successes.min(effective);
    let (confidence, z) = (context.confidence, context.confidence.z());
    let method = context.intervals.proportion;
    let interval = match method {
        ProportionMethod::Wilson => stats::wilson(p, effective, z),
        ProportionMethod::ClopperPearson => stats::clopper_pearson(successes, effective, confidence),
        ProportionMethod::Jeffreys => stats::jeffreys(successes, effective, confidence),
        ProportionMethod::AgrestiCoull => stats::agresti_coull(p, effective, z),
        ProportionMethod::Wald => Interval::around(p, z * se),
    };
    Some(Figure { value: p, se: Some(se), interval, method: method.name(), effective, df: None, flag: None })
}

fn weighted(hits: &Part, rest: &Part, context: &Context) -> Option<Figure> {
    let answers = Answers::new([(1.0, hits.clone()), (0.0, rest.clone())]);
    let n = answers.base().n;
    let linear = answers.linear(context)?;
    let p = linear.mean.clamp(0.0, 1.0);
    let effective = linear.effective_n_for(p * (1.0 - p), n);
    let Linear { variance, df, .. } = linear;
    let left = match context.sampled(n) {
        Sampled::Census => return Some(Figure::bare(p, effective, Flag::Census)),
        Sampled::Share(left) => left,
    };
    let (variance, effective) = (variance * left, effective / left);
    let se = variance.sqrt();
    let (confidence, t) = (context.confidence, context.confidence.t(df)?);
    let method = context.intervals.proportion;
    let interval = match method {
        ProportionMethod::Wilson => stats::wilson(p, effective, t),
        ProportionMethod::ClopperPearson => {
            // Without variance in the sample the formula has no effective n of its own: take n*.
            let korn_graubard = stats::korn_graubard(p, n, variance, df, confidence);
            let capped = variance <= 0.0 || p * (1.0 - p) / variance > effective;
            if capped { None } else { korn_graubard }
                .or_else(|| stats::clopper_pearson((p * effective).min(effective), effective, confidence))
        }
        ProportionMethod::Jeffreys => stats::jeffreys((p * effective).min(effective), effective, confidence),
        ProportionMethod::AgrestiCoull => stats::agresti_coull(p, effective, t),
        ProportionMethod::Wald => Interval::around(p, t * se),
    };
    Some(Figure {
        df: Some(df),
        value: p,
        se: Some(se),
        interval,
        method: method.weighted_name(),
        effective,
        flag: None,
    })
}

#[cfg(test)]
mod tests {
    use super::proportion;
    use crate::measures::intervals::{Intervals, ProportionMethod};
    use crate::measures::sample::{self, rows};
    use crate::report::Flag;
    use crate::tally::Count;
    use approx::assert_relative_eq;

    fn limits(hits: u64, rest: u64, method: ProportionMethod) -> (f64, f64) {
        let intervals = Intervals { proportion: method, ..Intervals::default() };
        let mut context = sample::context();
        context.intervals = &intervals;
        let interval =
            proportion(&rows(hits).into(), &rows(rest).into(), &context).unwrap().interval.unwrap();
        (interval.low, interval.high)
    }

    #[test]
    fn ninety_of_a_hundred_and_twenty_matches_r_and_statsmodels_by_every_method() {
        // METHODS 3.1: R 4.2.2 and statsmodels 0.15.
        for (method, low, high) in [
            (ProportionMethod::Wilson, 0.665_588_633_4, 0.818_901_783_4),
            (ProportionMethod::ClopperPearson, 0.662_730_783_7, 0.824_535_381_0),
            (ProportionMethod::Jeffreys, 0.667_214_568_8, 0.820_893_078_1),
            (ProportionMethod::AgrestiCoull, 0.665_209_490_1, 0.819_280_926_7),
        ] {
            let (found_low, found_high) = limits(90, 30, method);
            assert_relative_eq!(found_low, low, epsilon = 1e-10);
            assert_relative_eq!(found_high, high, epsilon = 1e-10);
        }
    }

    #[test]
    fn nobody_of_twenty_reaches_sixteen_percent() {
        let (low, high) = limits(0, 20, ProportionMethod::Wilson);
        assert_relative_eq!(low, 0.0);
        assert_relative_eq!(high, 0.161_13, epsilon = 1e-5);
    }

    #[test]
    fn no_answer_has_no_share_and_one_answer_keeps_its_interval() {
        let context = sample::context();
        assert_eq!(proportion(&rows(0).into(), &rows(0).into(), &context), None);
        let one = proportion(&rows(1).into(), &rows(0).into(), &context).unwrap();
        assert_eq!((one.value, one.flag), (1.0, None));
        assert!(one.interval.is_some());
    }

    #[test]
    fn the_finite_population_correction_matches_r_survey() {
        // oracle fpc.prop.n100,k50,N500: svymean(fpc) gives 0.0449466574975494.
        let mut context = sample::context();
        context.population = Some(500);
        let figure = proportion(&rows(50).into(), &rows(50).into(), &context).unwrap();
        assert_relative_eq!(figure.se.unwrap(), 0.044_946_657_497_549_4, max_relative = 1e-12);
        assert_relative_eq!(figure.effective, 125.0, max_relative = 1e-12);
    }

    #[test]
    fn a_census_has_no_interval() {
        let mut context = sample::context();
        context.population = Some(20);
        let figure = proportion(&rows(15).into(), &rows(5).into(), &context).unwrap();
        assert_eq!((figure.flag, figure.interval), (Some(Flag::Census), None));
    }

    #[test]
    fn the_weighted_golden_share_has_its_wilson_limits_on_the_effective_base() {
        // METHODS 3.1: svy 0.35 on the golden data: 0.7788778878 (0.6917903666, 0.8468071736).
        let [hits, rest] = sample::golden_weighted_top_two();
        let mut context = sample::context();
        (context.weighted, context.design_rows) = (true, 120);
        let figure = proportion(&hits.into(), &rest.into(), &context).unwrap();
        assert_relative_eq!(figure.value, 0.778_877_887_8, epsilon = 1e-10);
        let interval = figure.interval.unwrap();
        assert_relative_eq!(interval.low, 0.691_790_366_6, epsilon = 1e-10);
        assert_relative_eq!(interval.high, 0.846_807_173_6, epsilon = 1e-10);
    }

    #[test]
    fn korn_graubard_matches_r_survey_on_the_golden_data() {
        // METHODS 3.1: svyciprop(method = "beta"): 0.6898627179, 0.8523618635.
        let [hits, rest] = sample::golden_weighted_top_two();
        let intervals = Intervals { proportion: ProportionMethod::ClopperPearson, ..Intervals::default() };
        let mut context = sample::context();
        (context.weighted, context.design_rows, context.intervals) = (true, 120, &intervals);
        let figure = proportion(&hits.into(), &rest.into(), &context).unwrap();
        let interval = figure.interval.unwrap();
        assert_eq!(figure.method, "korn-graubard");
        assert_relative_eq!(interval.low, 0.689_862_717_9, epsilon = 1e-9);
        assert_relative_eq!(interval.high, 0.852_361_863_5, epsilon = 1e-9);
    }

    #[test]
    fn extreme_weights_leave_limits_on_the_scale_of_a_share() {
        let heavy = Count { n: 1, w: 1e9, w2: 1e18 };
        let light = Count { n: 40, w: 4e-8, w2: 4e-17 };
        let mut context = sample::context();
        (context.weighted, context.design_rows) = (true, 41);
        for (hits, rest) in [(heavy, light), (light, heavy), (heavy, Count::default())] {
            let figure = proportion(&hits.into(), &rest.into(), &context).unwrap();
            let interval = figure.interval.unwrap();
            assert!(interval.low >= -1e-9 && interval.high <= 1.0 + 1e-9, "{figure:?}");
            assert!(interval.high > interval.low);
        }
    }
}
