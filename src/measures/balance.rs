//! A share less another share of the same answers: NPS and net satisfaction.
//!
//! # Sources
//! Rocks (2016), Interval estimation for the net promoter score, The American Statistician 70 (adjusted Wald and
//! Tango's score interval); Efron (1987, BCa bootstrap).

use crate::report::Flag;
use crate::stats::{self, Interval, PromoterShares};

use super::answers::{Answers, Linear};
use super::context::{Context, Sampled};
use super::figure::Figure;
use super::intervals::NpsMethod;
use super::part::Part;

/// Answers that count for, neither, and against.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Balance {
    pub(super) above: Part,
    pub(super) between: Part,
    pub(super) below: Part,
}

impl Balance {
    /// The share above less the share below, -1 to 1; `None` without answers.
    ///
    /// # Method
    /// Plain variance over n. Weighted: linearised variance of the mean of -1, 0, 1; limits on n*, with Student's t.
    /// A single answer has no interval. The finite population correction does not reach the bootstrap, whose
    /// intervals are then too wide rather than too narrow.
    pub(super) fn figure(&self, context: &Context) -> Option<Figure> {
        if context.weighted { self.weighted(context) } else { self.plain(context) }
    }

    fn plain(&self, context: &Context) -> Option<Figure> {
        let counts = [self.above.count.n, self.between.count.n, self.below.count.n];
        let n: u64 = counts.iter().sum();
        let shares = shares(&counts)?;
        let value = stats::nps_value(&shares)?;
        let left = match context.sampled(n) {
            Sampled::Census => return Some(Figure::bare(value, n as f64, Flag::Census)),
            Sampled::Share(left) => left,
        };
        let effective = n as f64 / left;
        if n == 1 {
            return Some(Figure::bare(value, effective, Flag::SingleAnswer));
        }
        let per_answer = stats::nps_variance_per_answer(&shares)?;
        let se = (per_answer / context.plain_divisor(n) * left).sqrt();
        let (confidence, z) = (context.confidence, context.confidence.z());
        let method = context.intervals.nps;
        let statistic = |counts: &[u64]| stats::nps_value(&self::shares(counts)?);
        let interval = match method {
            NpsMethod::AdjustedWald => stats::nps_adjusted_wald(&shares, effective, z),
            NpsMethod::Wald => Interval::around(value, z * se),
            NpsMethod::Score => stats::nps_score(&shares, effective, z),
            NpsMethod::BootstrapPercentile => context.bootstrap.percentile(&counts, confidence, statistic),
            NpsMethod::BootstrapBca => context.bootstrap.bca(&counts, confidence, statistic),
        };
        let flag = interval.is_none().then_some(Flag::NoVariation);
        Some(Figure { value, se: Some(se), interval, method: method.name(), effective, df: None, flag })
    }

    fn weighted(&self, context: &Context) -> Option<Figure> {
        let answers = Answers::new([
            (-1.0, self.below.clone()),
            (0.0, self.between.clone()),
            (1.0, self.above.clone()),
        ]);
        let n = answers.base().n;
        let linear = answers.linear(context)?;
        let shares =
            PromoterShares::from_totals(self.above.count.w, self.between.count.w, self.below.count.w)?;
        let value = stats::nps_value(&shares)?;
        let per_answer = stats::nps_variance_per_answer(&shares)?;
        let effective = linear.effective_n_for(per_answer, n);
        let Linear { variance, df, .. } = linear;
        let left = match context.sampled(n) {
            Sampled::Census => return Some(Figure::bare(value, effective, Flag::Census)),
            Sampled::Share(left) => left,
        };
        let (se, effective) = ((variance * left).sqrt(), effective / left);
        if n == 1 {
            return Some(Figure::bare(value, effective, Flag::SingleAnswer));
        }
        let t = context.confidence.t(df)?;
        let (interval, method) = match context.intervals.nps {
            NpsMethod::Wald => (Interval::around(value, t * se), "wald-linearised"),
            NpsMethod::Score => (stats::nps_score(&shares, effective, t), "score-effective-n"),
            // Resampling with weights is refused before anything is read (`Intervals::check_weighted`).
            NpsMethod::AdjustedWald | NpsMethod::BootstrapPercentile | NpsMethod::BootstrapBca => {
                (stats::nps_adjusted_wald(&shares, effective, t), "adjusted-wald-effective-n")
            }
        };
        let flag = interval.is_none().then_some(Flag::NoVariation);
        Some(Figure { value, se: Some(se), interval, method, effective, df: Some(df), flag })
    }
}

fn shares(counts: &[u64]) -> Option<PromoterShares> {
    let [above, between, below] = counts else { return None };
    PromoterShares::from_totals(*above as f64, *between as f64, *below as f64)
}

#[cfg(test)]
mod tests {
    use super::Balance;
    use crate::measures::intervals::{Intervals, NpsMethod};
    use crate::measures::sample::{self, rows};
    use crate::report::Flag;
    use approx::assert_relative_eq;

    fn balance(above: u64, between: u64, below: u64) -> Balance {
        Balance { above: rows(above).into(), between: rows(between).into(), below: rows(below).into() }
    }

    #[test]
    fn the_golden_nps_has_its_published_limits_by_every_method() {
        // METHODS 3.1: R closed form; the NPS package's code for the score interval.
        for (method, low, high) in [
            (NpsMethod::AdjustedWald, -2.059_923_415_6, 28.076_183_578_2),
            (NpsMethod::Wald, -1.976_798_155_0, 28.643_464_821_6),
            (NpsMethod::Score, -2.168_194_653_6, 28.142_986_695_0),
        ] {
            let intervals = Intervals { nps: method, ..Intervals::default() };
            let mut context = sample::context();
            context.intervals = &intervals;
            let figure = balance(53, 30, 37).figure(&context).unwrap().scaled(100.0, 0.0);
            let interval = figure.interval.unwrap();
            assert_relative_eq!(figure.value, 13.333_333_333_3, epsilon = 1e-9);
            // The score limits were found there by an iteration that stops at 1e-5 points.
            assert_relative_eq!(interval.low, low, epsilon = 1e-5);
            assert_relative_eq!(interval.high, high, epsilon = 1e-5);
        }
    }

    #[test]
    fn the_plain_standard_error_divides_by_n() {
        let figure = balance(50, 30, 20).figure(&sample::context()).unwrap();
        assert_relative_eq!(figure.se.unwrap(), 0.078_102_496_8, epsilon = 1e-9);
    }

    #[test]
    fn the_weighted_golden_nps_has_its_linearised_standard_error() {
        // METHODS 3.1: R survey: 16.9966996700, SE 8.3742436033.
        let mut context = sample::context();
        (context.weighted, context.design_rows) = (true, 120);
        let figure = sample::golden_weighted_nps().figure(&context).unwrap().scaled(100.0, 0.0);
        assert_relative_eq!(figure.value, 16.996_699_67, epsilon = 1e-8);
        assert_relative_eq!(figure.se.unwrap(), 8.374_243_603_3, epsilon = 1e-9);
        assert!(figure.effective < 120.0 && figure.effective > 90.0);
    }

    #[test]
    fn one_answer_has_no_interval_and_none_no_figure() {
        let context = sample::context();
        assert_eq!(balance(0, 0, 0).figure(&context), None);
        let one = balance(1, 0, 0).figure(&context).unwrap();
        assert_eq!((one.value, one.interval, one.flag), (1.0, None, Some(Flag::SingleAnswer)));
    }

    #[test]
    fn twelve_promoters_keep_an_interval_with_width() {
        let figure = balance(12, 0, 0).figure(&sample::context()).unwrap().scaled(100.0, 0.0);
        let interval = figure.interval.unwrap();
        assert_relative_eq!(interval.low, 54.196, epsilon = 1e-3);
        assert_relative_eq!(interval.high, 105.804, epsilon = 1e-3);
    }

    #[test]
    fn resampling_answers_that_are_all_alike_yields_no_interval() {
        let intervals = Intervals { nps: NpsMethod::BootstrapPercentile, ..Intervals::default() };
        let mut context = sample::context();
        context.intervals = &intervals;
        let figure = balance(12, 0, 0).figure(&context).unwrap();
        assert_eq!((figure.interval, figure.flag), (None, Some(Flag::NoVariation)));
    }
}
