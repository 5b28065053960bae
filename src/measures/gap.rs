//! Gaps: perception minus expectation of the same respondents (Parasuraman, Zeithaml and Berry 1988).
//!
//! All three figures rest on the pairs in which both are answered, so that the gap is the difference of the means.

use std::collections::BTreeMap;

use crate::report::{Estimate, Unit};
use crate::stats;
use crate::survey::{Best, Scale};
use crate::tally::{Count, Counts, Joint};

use super::answers::Answers;
use super::context::Context;
use super::csat::{mean_estimate, mean_limits};
use super::direction::by_best;
use super::intervals::GapMethod;
use super::mean::{Limits, mean};
use super::part::Part;
use super::question::points;
use super::rounding::rounded;
use super::row_scores::standardised;
use super::sheet::{Sheet, Statistic};

/// Perception minus expectation on the question's scale with the pairs that have it, in rising order.
pub(super) fn gap_differences(scale: &Scale, joint: &Joint) -> Vec<(f64, Count)> {
    let parts: Vec<Part> = joint.cells.iter().map(|count| Part::from(*count)).collect();
    differences(scale, joint, &parts).counts().collect()
}

/// Tests of one gap: that perception equals expectation.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct GapTest {
    /// The mean difference over its standard error.
    pub t: Option<f64>,
    /// Degrees of freedom, pairs less one.
    pub df: Option<f64>,
    /// The two-sided p-value.
    pub p: Option<f64>,
    /// Cohen's d of the differences.
    pub dz: Option<f64>,
    /// The p-value of Wilcoxon's signed rank test, exact up to 50 pairs that differ; not with weights.
    pub wilcoxon_p: Option<f64>,
    /// Whether that is exact, else it is of the normal approximation.
    pub wilcoxon_is_exact: Option<bool>,
}

/// How many have no room above: of each form the share whose answer is the best point of the scale, 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Ceilings {
    /// Of expectations.
    pub expectation: Option<f64>,
    /// Of perceptions.
    pub perception: Option<f64>,
}

/// The ceilings of one gap among its complete pairs; weighted with weights, `None` without pairs.
pub fn gap_ceilings(scale: &Scale, counts: &Counts) -> Ceilings {
    let Counts::Pair(joint) = counts else { return Ceilings::default() };
    let all: f64 = joint.cells.iter().map(|count| count.w).sum();
    let best = |points: usize| if scale.best == Best::Low { 0 } else { points.saturating_sub(1) };
    let (first, second) = (best(joint.first_points), best(joint.second_points));
    let columns = joint.second_points.max(1);
    let share = |is_best: &dyn Fn(usize) -> bool| {
        let cells = joint.cells.iter().enumerate().filter(|(cell, _)| is_best(*cell));
        let hits: f64 = cells.map(|(_, count)| count.w).sum();
        if all > 0.0 { rounded(hits / all) } else { None }
    };
    Ceilings {
        expectation: share(&|cell| cell / columns == first),
        perception: share(&|cell| cell % columns == second),
    }
}

/// The tests of one gap; empty where the pairs cannot be tested.
///
/// # Method
/// Student's t of the paired differences, with weights on the linearised standard error. A census, one pair and
/// differences all alike leave nothing to test. dz with weights is over the weighted standard deviation.
pub fn gap_test(scale: &Scale, counts: &Counts, context: &Context) -> GapTest {
    let Counts::Pair(joint) = counts else { return GapTest::default() };
    let answers = differences(scale, joint, &points(counts, context));
    let limits = Limits::Student { plain: "", weighted: "" };
    let figure = mean(&answers, limits, context);
    let Some((figure, se)) =
        figure.as_ref().and_then(|figure| Some((figure, figure.se.filter(|se| *se > 0.0)?)))
    else {
        return GapTest::default();
    };
    let n = answers.base().n;
    let df = figure.df.unwrap_or(n.saturating_sub(1) as f64);
    let t = figure.value / se;
    let tail = stats::distributions::t_sf(t.abs(), df);
    let dz = standardised(&answers, figure.value, context);
    let ranks = if context.weighted { None } else { stats::wilcoxon_signed_rank(&answers.rows()) };
    let p = tail.map(|tail| 2.0 * tail);
    GapTest {
        t: rounded(t),
        df: rounded(df),
        p: p.and_then(rounded),
        dz: dz.and_then(rounded),
        wilcoxon_p: ranks.and_then(|test| rounded(test.p)),
        wilcoxon_is_exact: ranks.map(|test| test.p_kind == stats::PKind::Exact),
    }
}

pub(super) fn figures(sheet: &Sheet, scale: &Scale, joint: &Joint, pairs: &[Part]) -> Vec<Estimate> {
    let context = sheet.context;
    let better = by_best(sheet.question);
    let expectation = margin(joint, pairs, joint.first_points, |first, _| first);
    let perception = margin(joint, pairs, joint.second_points, |_, second| second);
    let on_scale = |parts: Vec<Part>| {
        let answers = parts.into_iter().enumerate().map(|(index, part)| (scale.value(index), part));
        mean(&Answers::new(answers), mean_limits(context), context)
    };
    let limits = gap_limits(context);
    let widest = f64::from(scale.max) - f64::from(scale.min);
    let gap = Statistic { name: "gap", unit: Unit::Scale, better, range: Some((-widest, widest)) };
    vec![
        mean_estimate(sheet, scale, "expectation", None, on_scale(expectation)),
        mean_estimate(sheet, scale, "perception", better, on_scale(perception)),
        sheet.estimate(gap, mean(&differences(scale, joint, pairs), limits, context)),
    ]
}

/// How limits of gaps are found.
pub(super) fn gap_limits(context: &Context) -> Limits {
    match context.intervals.gap {
        GapMethod::PairedT => Limits::Student { plain: "paired-t", weighted: "paired-t-linearised" },
        GapMethod::BootstrapPercentile => Limits::BootstrapPercentile,
        GapMethod::BootstrapBca => Limits::BootstrapBca,
    }
}

fn margin(joint: &Joint, pairs: &[Part], points: usize, of: impl Fn(usize, usize) -> usize) -> Vec<Part> {
    let mut parts = vec![Part::default(); points];
    for (first, second, pair) in cells(joint, pairs) {
        if let Some(total) = parts.get_mut(of(first, second)) {
            total.add(pair);
        }
    }
    parts
}

fn differences(scale: &Scale, joint: &Joint, pairs: &[Part]) -> Answers {
    let numbers: Vec<i64> =
        scale.numbers().map(i64::from).take(joint.first_points.max(joint.second_points)).collect();
    let number = |index: usize| numbers.get(index).copied().unwrap_or(0);
    let mut by_difference: BTreeMap<i64, Part> = BTreeMap::new();
    for (first, second, pair) in cells(joint, pairs) {
        by_difference.entry(number(second) - number(first)).or_default().add(pair);
    }
    Answers::new(by_difference.into_iter().map(|(difference, part)| (difference as f64, part)))
}

fn cells<'p>(joint: &Joint, pairs: &'p [Part]) -> impl Iterator<Item = (usize, usize, &'p Part)> {
    let columns = joint.second_points.max(1);
    pairs.iter().enumerate().map(move |(index, pair)| (index / columns, index % columns, pair))
}

#[cfg(test)]
mod tests {
    use super::{GapTest, gap_test};
    use crate::measures::sample::{context, golden_gap, joint};
    use crate::survey::Scale;
    use approx::assert_relative_eq;

    #[test]
    fn the_golden_gap_has_the_t_and_p_of_r() {
        // R t.test(paired = TRUE): t 1.5712668990, p 0.1187758171.
        let test = gap_test(&Scale::new("five", 1, 5), &golden_gap(), &context());
        assert_relative_eq!(test.t.unwrap(), 1.571_266_899, epsilon = 1e-9);
        assert_relative_eq!(test.p.unwrap(), 0.118_775_817_1, epsilon = 1e-9);
        assert_eq!(test.df, Some(119.0));
        // dz = t / sqrt(n).
        assert_relative_eq!(test.dz.unwrap(), 1.571_266_899 / 120_f64.sqrt(), epsilon = 1e-9);
        assert!(test.wilcoxon_p.is_some_and(|p| p > 0.0 && p < 1.0));
    }

    #[test]
    fn weights_of_one_leave_dz_as_it_is_and_wilcoxon_out() {
        let scale = Scale::new("five", 1, 5);
        let plain = gap_test(&scale, &golden_gap(), &context());
        let mut weighted = context();
        weighted.weighted = true;
        let weighted = gap_test(&scale, &golden_gap(), &weighted);
        assert_relative_eq!(weighted.dz.unwrap(), plain.dz.unwrap(), max_relative = 1e-9);
        assert_relative_eq!(weighted.t.unwrap(), plain.t.unwrap(), max_relative = 1e-2);
        assert_eq!(weighted.wilcoxon_p, None);
    }

    #[test]
    fn none_one_and_pairs_all_alike_have_no_test() {
        let scale = Scale::new("seven", 1, 7);
        for cells in [&[][..], &[(3, 2, 1)], &[(3, 2, 40), (4, 3, 2)]] {
            assert_eq!(gap_test(&scale, &joint(7, cells), &context()), GapTest::default());
        }
    }
}
