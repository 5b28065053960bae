//! A mean of answers with its interval.
//!
//! # Sources
//! Student (1908); weighted: the ratio mean of a domain with linearised variance, as R survey's `svymean`
//! (Lumley 2010); Efron (1987, BCa bootstrap).

use crate::report::Flag;
use crate::stats;

use super::answers::{Answers, Linear};
use super::context::{Context, Sampled, degrees_of_freedom};
use super::figure::Figure;

/// How limits of a mean are found, whatever the mean is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Limits {
    Student { plain: &'static str, weighted: &'static str },
    BootstrapPercentile,
    BootstrapBca,
}

/// The mean of the answers; `None` without answers.
///
/// # Method
/// t on n - 1. One answer, or answers all alike, have no interval: a t interval of zero width claims what nobody
/// knows. The finite population correction does not reach the bootstrap.
pub(super) fn mean(answers: &Answers, limits: Limits, context: &Context) -> Option<Figure> {
    let spread = if context.weighted { weighted(answers, context)? } else { plain(answers)? };
    let n = answers.base().n;
    let left = match context.sampled(n) {
        Sampled::Census => return Some(Figure::bare(spread.mean, spread.effective, Flag::Census)),
        Sampled::Share(left) => left,
    };
    let effective = spread.effective / left;
    if n == 1 {
        return Some(Figure::bare(spread.mean, effective, Flag::SingleAnswer));
    }
    if answers.alike() {
        return Some(Figure::bare(spread.mean, effective, Flag::NoVariation));
    }
    let se = (spread.variance * left).sqrt();
    let student = || stats::t_interval(spread.mean, se, spread.df, context.confidence);
    let rows = answers.rows();
    let counts: Vec<u64> = rows.iter().map(|(_, count)| *count).collect();
    let statistic = |counts: &[u64]| {
        let points: Vec<(f64, u64)> = rows.iter().map(|(x, _)| *x).zip(counts.iter().copied()).collect();
        stats::moments(&points).map(|moments| moments.mean)
    };
    let (interval, method) = match limits {
        Limits::Student { weighted, .. } if context.weighted => (student(), weighted),
        Limits::Student { plain, .. } => (student(), plain),
        Limits::BootstrapPercentile => {
            (context.bootstrap.percentile(&counts, context.confidence, statistic), "bootstrap-percentile")
        }
        Limits::BootstrapBca => {
            (context.bootstrap.bca(&counts, context.confidence, statistic), "bootstrap-bca")
        }
    };
    let flag = interval.is_none().then_some(Flag::NoVariation);
    let df = context.weighted.then_some(spread.df);
    Some(Figure { value: spread.mean, se: Some(se), interval, method, effective, df, flag })
}

struct Spread {
    mean: f64,
    variance: f64,
    effective: f64,
    df: f64,
}

fn plain(answers: &Answers) -> Option<Spread> {
    let moments = stats::moments(&answers.rows())?;
    let variance = moments.se.map_or(0.0, |se| se * se);
    Some(Spread {
        mean: moments.mean,
        variance,
        effective: moments.n as f64,
        df: degrees_of_freedom(moments.n),
    })
}

fn weighted(answers: &Answers, context: &Context) -> Option<Spread> {
    let linear = answers.linear(context)?;
    let effective = linear.effective_n(answers.base().n);
    let Linear { mean, variance, df, .. } = linear;
    Some(Spread { mean, variance, effective, df })
}

#[cfg(test)]
mod tests {
    use super::{Limits, mean};
    use crate::measures::answers::Answers;
    use crate::measures::sample::{self, rows};
    use crate::report::Flag;
    use crate::tally::Count;
    use approx::assert_relative_eq;

    const STUDENT: Limits = Limits::Student { plain: "t", weighted: "t-linearised" };

    fn golden() -> Answers {
        Answers::new([(2.0, rows(5)), (3.0, rows(25)), (4.0, rows(38)), (5.0, rows(52))])
    }

    #[test]
    fn the_golden_mean_matches_r() {
        // METHODS 3.1, R t.test: 4.1416666667 (3.9805095711, 4.3028237622).
        let figure = mean(&golden(), STUDENT, &sample::context()).unwrap();
        let interval = figure.interval.unwrap();
        assert_relative_eq!(figure.value, 4.141_666_666_7, epsilon = 1e-10);
        assert_relative_eq!(interval.low, 3.980_509_571_1, epsilon = 1e-9);
        assert_relative_eq!(interval.high, 4.302_823_762_2, epsilon = 1e-9);
    }

    #[test]
    fn the_weighted_golden_mean_matches_r_survey() {
        // METHODS 3.1, svymean and confint(df = degf): 4.1848184818, SE 0.0846502667.
        let count = |n, w, w2| Count { n, w, w2 };
        let answers = Answers::new([
            (2.0, count(5, 4.9, 5.61)),
            (3.0, count(25, 21.9, 22.35)),
            (4.0, count(38, 40.3, 51.69)),
            (5.0, count(52, 54.1, 66.91)),
        ]);
        let mut context = sample::context();
        (context.weighted, context.design_rows) = (true, 120);
        let figure = mean(&answers, STUDENT, &context).unwrap();
        let interval = figure.interval.unwrap();
        assert_relative_eq!(figure.value, 4.184_818_481_8, epsilon = 1e-10);
        assert_relative_eq!(figure.se.unwrap(), 0.084_650_266_7, epsilon = 1e-10);
        assert_relative_eq!(interval.low, 4.017_202_499_3, epsilon = 1e-9);
        assert_relative_eq!(interval.high, 4.352_434_464_4, epsilon = 1e-9);
    }

    #[test]
    fn none_one_and_all_alike_have_no_interval() {
        let context = sample::context();
        assert_eq!(mean(&Answers::default(), STUDENT, &context), None);
        let one = mean(&Answers::new([(4.0, rows(1))]), STUDENT, &context).unwrap();
        assert_eq!((one.value, one.se, one.flag), (4.0, None, Some(Flag::SingleAnswer)));
        let alike = mean(&Answers::new([(5.0, rows(40))]), STUDENT, &context).unwrap();
        assert_eq!((alike.value, alike.interval, alike.flag), (5.0, None, Some(Flag::NoVariation)));
    }

    #[test]
    fn the_bootstrap_lies_near_students_limits_for_a_plain_mean() {
        let context = sample::context();
        let student = mean(&golden(), STUDENT, &context).unwrap().interval.unwrap();
        for limits in [Limits::BootstrapPercentile, Limits::BootstrapBca] {
            let interval = mean(&golden(), limits, &context).unwrap().interval.unwrap();
            assert_relative_eq!(interval.low, student.low, epsilon = 0.03);
            assert_relative_eq!(interval.high, student.high, epsilon = 0.03);
        }
    }
}
