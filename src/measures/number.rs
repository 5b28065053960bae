//! Free numbers: the mean and the median.
//!
//! # Sources
//! Student (1908); the interval of the median inverts the distribution of the answers at the exact limits of a share
//! of one half (Woodruff 1952, with Clopper and Pearson's limits): distribution-free, conservative. Both limits of
//! heavily tied answers may coincide with the median; that is knowledge, not an accident.

use crate::report::{Estimate, Flag, Unit};
use crate::stats;
use crate::tally::{Count, Counts, Values};

use super::answers::Answers;
use super::context::{Context, Sampled};
use super::csat::mean_limits;
use super::figure::Figure;
use super::mean::mean;
use super::part::Part;
use super::sheet::{Sheet, Statistic};

pub(super) fn figures(sheet: &Sheet, values: &Values) -> Vec<Estimate> {
    let context = sheet.context;
    let statistic = |name| Statistic { name, unit: Unit::Scale, better: None, range: None };
    let (mean, median) = if values.overflow {
        (mean_of_moments(values, context), None)
    } else {
        let answers = answers(values, context);
        (mean(&answers, mean_limits(context), context), median(&answers, context))
    };
    let mut median = sheet.estimate(statistic("median"), median);
    if values.overflow {
        median.flag = Some(Flag::TooManyValues);
    }
    vec![sheet.estimate(statistic("mean"), mean), median]
}

/// The answers by value, as the design knows them.
fn answers(values: &Values, context: &Context) -> Answers {
    let mut parts: Vec<(f64, Part)> =
        values.values.iter().map(|(x, count)| (*x, Part::from(*count))).collect();
    for (cell, counts) in context.cells() {
        let Counts::Number(of_cell) = counts else { continue };
        for (x, count) in &of_cell.values {
            if let Ok(at) = parts.binary_search_by(|(other, _)| other.total_cmp(x)) {
                parts[at].1.in_cell(*cell, *count);
            }
        }
    }
    Answers::new(parts)
}

/// The mean where there were too many distinct values to keep: from the exact sums. Resampling needs the values,
/// so Student's t is used then, and the method says so.
fn mean_of_moments(values: &Values, context: &Context) -> Option<Figure> {
    let base = values.answered;
    if base.n == 0 || base.w <= 0.0 {
        return None;
    }
    let n = base.n as f64;
    let value = values.sum_wx / base.w;
    let (variance, effective, method) = if context.weighted {
        let design = context.design_rows.max(base.n) as f64;
        let variance = values.centred_w2_sum_squares / base.w / base.w * (design / (design - 1.0).max(1.0));
        let per_answer = values.centred_w_sum_squares / base.w;
        let kish_n = stats::kish(base.n, base.w, base.w2)?.effective_n;
        (variance, stats::effective_n_for(per_answer, base.n, variance, kish_n), "t-linearised")
    } else {
        (values.centred_sum_squares / (n - 1.0).max(1.0) / n, n, "t")
    };
    let left = match context.sampled(base.n) {
        Sampled::Census => return Some(Figure::bare(value, effective, Flag::Census)),
        Sampled::Share(left) => left,
    };
    let (se, effective) = ((variance * left).sqrt(), effective / left);
    let interval = stats::t_interval(value, se, n - 1.0, context.confidence);
    let df = context.weighted.then_some(n - 1.0);
    Some(Figure { value, se: Some(se), interval, method, effective, df, flag: None })
}

fn median(answers: &Answers, context: &Context) -> Option<Figure> {
    let base = answers.base();
    let value = weighted_quantile(answers, 0.5, context.weighted)?;
    let effective = if context.weighted {
        let linear = answers.valued(|x| f64::from(u8::from(x <= value))).linear(context)?;
        let p = linear.mean.clamp(0.0, 1.0);
        linear.effective_n_for(p * (1.0 - p), base.n)
    } else {
        base.n as f64
    };
    let left = match context.sampled(base.n) {
        Sampled::Census => return Some(Figure::bare(value, effective, Flag::Census)),
        Sampled::Share(left) => left,
    };
    let effective = effective / left;
    if base.n == 1 {
        return Some(Figure::bare(value, effective, Flag::SingleAnswer));
    }
    if answers.alike() {
        return Some(Figure::bare(value, effective, Flag::NoVariation));
    }
    // Even the smallest and the largest answer hold the median too rarely: no interval at this level.
    let exists = 2.0 * 0.5_f64.powf(effective) <= 1.0 - context.confidence.level();
    let limits =
        if exists { stats::clopper_pearson(effective / 2.0, effective, context.confidence) } else { None };
    let interval = limits.and_then(|limits| {
        let low = smallest_reaching(answers, limits.low, context.weighted)?;
        let high = smallest_reaching(answers, limits.high, context.weighted)?;
        stats::Interval::new(low, high)
    });
    let method = if context.weighted { "woodruff-effective-n" } else { "woodruff" };
    Some(Figure { value, se: None, interval, method, effective, df: None, flag: None })
}

/// The smallest answer at which the distribution reaches `share`, the middle of two where it stays on it.
fn weighted_quantile(answers: &Answers, share: f64, weighted: bool) -> Option<f64> {
    let at = smallest_reaching(answers, share, weighted)?;
    let total = size(answers.base(), weighted);
    let reached: f64 =
        answers.counts().filter(|(x, _)| *x <= at).map(|(_, count)| size(count, weighted)).sum();
    let level = (reached / total - share).abs() <= SAME_SHARE;
    let next = answers.counts().map(|(x, _)| x).find(|x| *x > at);
    Some(match next {
        Some(next) if level => at + (next - at) / 2.0,
        _ => at,
    })
}

/// Shares closer than this are the same: sums of weights carry rounding dust.
const SAME_SHARE: f64 = 1e-12;

fn smallest_reaching(answers: &Answers, share: f64, weighted: bool) -> Option<f64> {
    let total = size(answers.base(), weighted);
    let mut reached = 0.0;
    for (x, count) in answers.counts() {
        reached += size(count, weighted);
        if reached / total >= share - SAME_SHARE {
            return Some(x);
        }
    }
    answers.counts().last().map(|(x, _)| x)
}

fn size(count: Count, weighted: bool) -> f64 {
    if weighted { count.w } else { count.n as f64 }
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;

    use super::{mean_of_moments, median};
    use crate::measures::Context;
    use crate::measures::answers::Answers;
    use crate::measures::sample::{self, rows};
    use crate::report::Flag;
    use crate::survey::REASONS;
    use crate::tally::{Count, Values};

    #[test]
    fn the_median_of_an_even_number_is_the_middle_of_two() {
        let answers = Answers::new([(4.0, rows(1)), (5.0, rows(1)), (7.0, rows(1)), (9.0, rows(1))]);
        assert_relative_eq!(median(&answers, &sample::context()).unwrap().value, 6.0);
        let five = Answers::new([(4.0, rows(1)), (5.0, rows(1)), (7.0, rows(2)), (9.0, rows(1))]);
        assert_relative_eq!(median(&five, &sample::context()).unwrap().value, 7.0);
    }

    #[test]
    fn five_answers_are_too_few_for_an_interval_of_95_percent_and_six_span_it() {
        let answers = |n: u32| Answers::new((1..=n).map(|x| (f64::from(x), rows(1))));
        let five = median(&answers(5), &sample::context()).unwrap();
        assert_eq!((five.interval, five.flag), (None, None));
        let six = median(&answers(6), &sample::context()).unwrap().interval.unwrap();
        assert_eq!((six.low, six.high), (1.0, 6.0));
    }

    #[test]
    fn weights_of_one_leave_the_median_and_its_limits() {
        let answers = Answers::new((1..=40).map(|x| (f64::from(x), rows(1))));
        let mut context = sample::context();
        let plain = median(&answers, &context).unwrap();
        (context.weighted, context.design_rows) = (true, 40);
        let weighted = median(&answers, &context).unwrap();
        assert_relative_eq!(plain.value, weighted.value);
        assert_eq!(plain.interval, weighted.interval);
    }

    #[test]
    fn answers_all_alike_have_no_interval() {
        let figure = median(&Answers::new([(3.0, rows(9))]), &sample::context()).unwrap();
        assert_eq!((figure.value, figure.interval, figure.flag), (3.0, None, Some(Flag::NoVariation)));
    }

    #[test]
    fn a_small_spread_far_from_zero_keeps_its_effective_base() {
        let base = Count { n: 4, w: 8.0, w2: 20.0 };
        let far = Values {
            values: Vec::new(),
            overflow: true,
            answered: base,
            sum_wx: 8.0e8,
            sum_wx2: 8.0e16,
            sum_w2x: 20.0e8,
            sum_w2x2: 20.0e16,
            centred_sum_squares: 4e-4,
            centred_w_sum_squares: 8e-4,
            centred_w2_sum_squares: 20e-4,
            missing: [Count::default(); REASONS],
        };
        let context = Context { weighted: true, design_rows: 1_000_000_000, ..sample::context() };
        let figure = mean_of_moments(&far, &context).unwrap();
        assert_relative_eq!(figure.effective, 8.0 * 8.0 / 20.0, max_relative = 1e-8);
    }
}
