//! Figures of a score that each respondent has by himself: the gap of a dimension, a weighted score, where in a zone.
//!
//! Rows with the same score, cell of the design and weight count together, so that these figures rest on the same
//! variances as those of single questions, and neither the order of the rows nor how they were split changes a digit.

use std::collections::BTreeMap;

use crate::report::{Estimated, Flag};
use crate::stats;
use crate::tally::Count;

use super::answers::Answers;
use super::context::{Context, degrees_of_freedom};
use super::design::StratumDesign;
use super::figure::Figure;
use super::gap::gap_limits;
use super::interval::printed;
use super::mean::mean;
use super::part::Part;
use super::proportion::proportion;
use super::rounding::rounded;
use super::scored::order;

/// The score of one respondent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RowScore {
    /// The score.
    pub x: f64,
    /// The design weight, 1 without weights.
    pub weight: f64,
    /// What targets multiply it by, 1 without targets.
    pub factor: f64,
    /// The cell of the design, 0 without one.
    pub cell: usize,
}

/// Scores of respondents, those alike counted together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RowScores {
    /// By score, cell and weight.
    alike: BTreeMap<(i64, usize, u64), (RowScore, u64)>,
}

impl RowScores {
    /// Adds the score of one respondent; one that is no number is none.
    pub fn add(&mut self, score: RowScore) {
        if score.x.is_finite() {
            let key = (order(score.x), score.cell, score.weight.to_bits());
            self.alike.entry(key).or_insert((score, 0)).1 += 1;
        }
    }

    /// Respondents.
    pub fn base(&self) -> u64 {
        self.alike.values().map(|(_, n)| n).sum()
    }

    /// The scores in rising order, each once.
    fn parts(&self, weighted: bool, value: impl Fn(f64) -> f64) -> Vec<(f64, Part)> {
        let mut found: BTreeMap<i64, (f64, ByCell)> = BTreeMap::new();
        for (score, n) in self.alike.values() {
            let (weight, factor) = if weighted { (score.weight, score.factor) } else { (1.0, 1.0) };
            let x = value(score.x) + 0.0;
            let cells = &mut found.entry(order(x)).or_insert_with(|| (x, BTreeMap::new())).1;
            let (own, last) = cells.entry(score.cell).or_default();
            let rows = *n as f64;
            let count = |w: f64| Count { n: *n, w: rows * w, w2: rows * w * w };
            (*own, *last) = (own.and(count(weight)), last.and(count(weight * factor)));
        }
        let part = |cells: ByCell| {
            let last = cells.values().fold(Count::default(), |sum, (_, last)| sum.and(*last));
            let mut part = Part::from(last);
            for (cell, (own, _)) in &cells {
                part.in_cell(*cell, *own);
            }
            part
        };
        found.into_values().map(|(x, cells)| (x, part(cells))).collect()
    }
}

/// By cell of the design, rows in design weights and in final weights.
type ByCell = BTreeMap<usize, (Count, Count)>;

impl FromIterator<RowScore> for RowScores {
    fn from_iter<T: IntoIterator<Item = RowScore>>(scores: T) -> Self {
        let mut found = Self::default();
        scores.into_iter().for_each(|score| found.add(score));
        found
    }
}

/// The mean of a score that each respondent has by himself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ScoreMean {
    /// Respondents.
    pub base: u64,
    /// The mean; `None` without respondents.
    pub value: Option<f64>,
    /// Its standard error.
    pub se: Option<f64>,
    /// The lower limit.
    pub low: Option<f64>,
    /// The upper limit.
    pub high: Option<f64>,
    /// Student's t that it is 0.
    pub t: Option<f64>,
    /// Its degrees of freedom.
    pub df: Option<f64>,
    /// Its two-sided p-value.
    pub p: Option<f64>,
    /// The mean over the standard deviation of the scores.
    pub dz: Option<f64>,
    /// How limits were found, empty without.
    pub method: String,
    /// Why a figure is missing, or that its base is small.
    pub flag: Option<Flag>,
}

impl ScoreMean {
    /// The mean with its limits.
    pub fn estimated(&self) -> Estimated {
        Estimated { value: self.value, low: self.low, high: self.high }
    }
}

/// The mean of the scores, by the limits that are asked for gaps.
///
/// # Method
/// Student's t on respondents less one; with weights the linearised or the design's standard error. One respondent, and
/// scores all alike, have no interval and no test.
pub fn mean_of_scores(scores: &RowScores, range: Option<(f64, f64)>, context: &Context) -> ScoreMean {
    let context = by_rows(context);
    let answers = Answers::new(scores.parts(context.weighted, |x| x));
    let base = answers.base().n;
    let Some(figure) = mean(&answers, gap_limits(&context), &context) else {
        return ScoreMean { flag: Some(Flag::NoAnswers), ..ScoreMean::default() };
    };
    let mut found = ScoreMean { base, value: rounded(figure.value), ..ScoreMean::default() };
    let small = figure.effective < context.flag_below as f64;
    found.flag = figure.flag.or(small.then_some(Flag::SmallBase));
    if let Some(limits) = figure.interval {
        let limits = printed(limits, figure.value, range);
        // Weights that leave a single respondent leave no width to speak of.
        if limits.low < limits.high {
            (found.low, found.high) = (rounded(limits.low), rounded(limits.high));
            figure.method.clone_into(&mut found.method);
        } else {
            found.flag = Some(Flag::NoVariation);
        }
    }
    let Some(se) = figure.se.filter(|se| *se > 0.0 && found.low.is_some()) else { return found };
    let df = figure.df.unwrap_or(degrees_of_freedom(base));
    let t = figure.value / se;
    found.se = rounded(se);
    (found.t, found.df) = (rounded(t), rounded(df));
    found.p = stats::distributions::t_sf(t.abs(), df).and_then(|tail| rounded(2.0 * tail));
    found.dz = standardised(&answers, figure.value, &context).and_then(rounded);
    found
}

/// The share of the scores of which `is_hit` says yes, 0 to 1, with the interval that is asked for shares.
pub fn share_of_scores(scores: &RowScores, is_hit: impl Fn(f64) -> bool, context: &Context) -> Estimated {
    let context = by_rows(context);
    let parts = scores.parts(context.weighted, |x| f64::from(u8::from(is_hit(x))));
    let part = |hit: bool| {
        let found = parts.iter().find(|(x, _)| (*x > 0.5) == hit);
        found.map(|(_, part)| part.clone()).unwrap_or_default()
    };
    estimated(proportion(&part(true), &part(false), &context), (0.0, 1.0))
}

/// A figure with limits on its scale.
pub(super) fn estimated(figure: Option<Figure>, range: (f64, f64)) -> Estimated {
    let Some(figure) = figure else { return Estimated::default() };
    let limits = figure.interval.map(|limits| printed(limits, figure.value, Some(range)));
    let limits = limits.filter(|limits| limits.low < limits.high);
    Estimated {
        value: rounded(figure.value + 0.0),
        low: limits.and_then(|limits| rounded(limits.low + 0.0)),
        high: limits.and_then(|limits| rounded(limits.high + 0.0)),
    }
}

/// The mean over the standard deviation of one answer.
pub(super) fn standardised(answers: &Answers, mean: f64, context: &Context) -> Option<f64> {
    if !context.weighted {
        return stats::paired_t(&answers.rows()).and_then(|test| test.dz);
    }
    let n = answers.base().n;
    let corrected = n as f64 / n.saturating_sub(1) as f64;
    let variance = answers.linear(context)?.per_answer * corrected;
    (variance > 0.0).then(|| mean / variance.sqrt())
}

/// The context of figures whose cells stand with the scores.
fn by_rows<'c>(context: &Context<'c>) -> Context<'c> {
    let design = context.design.map(|design| StratumDesign { variance: design.variance, cells: &[] });
    Context { design, ..*context }
}

#[cfg(test)]
mod tests {
    use super::{RowScore, RowScores, mean_of_scores, share_of_scores};
    use crate::measures::sample::context;
    use crate::report::Flag;
    use approx::assert_relative_eq;

    fn scores(values: &[f64]) -> RowScores {
        values.iter().map(|x| RowScore { x: *x, weight: 1.0, factor: 1.0, cell: 0 }).collect()
    }

    #[test]
    fn students_sleep_has_its_mean_t_and_limits() {
        // Oracle textbook.py, "Student 1908 sleep": scipy ttest_rel.
        let differences = [-1.2, -2.4, -1.3, -1.3, 0.0, -1.0, -1.8, -0.8, -4.6, -1.4];
        let found = mean_of_scores(&scores(&differences), None, &context());
        assert_relative_eq!(found.value.unwrap(), -1.58, epsilon = 1e-11);
        assert_relative_eq!(found.t.unwrap(), -4.062_127_683_382_037, max_relative = 1e-10);
        assert_relative_eq!(found.p.unwrap(), 0.002_832_890_197_384_273, max_relative = 1e-9);
        assert_relative_eq!(found.low.unwrap(), -2.459_885_763_276_983, max_relative = 1e-10);
        assert_relative_eq!(found.high.unwrap(), -0.700_114_236_723_017_5, max_relative = 1e-9);
        assert_relative_eq!(found.dz.unwrap(), -1.284_557_562_591_054_6, max_relative = 1e-10);
        assert_eq!((found.base, found.df, found.flag), (10, Some(9.0), Some(Flag::SmallBase)));
    }

    #[test]
    fn nobody_one_and_all_alike_have_no_test() {
        let of = |values: &[f64]| mean_of_scores(&scores(values), None, &context());
        assert_eq!((of(&[]).value, of(&[]).flag), (None, Some(Flag::NoAnswers)));
        let one = of(&[-2.0]);
        assert_eq!((one.value, one.low, one.p, one.flag), (Some(-2.0), None, None, Some(Flag::SingleAnswer)));
        let alike = of(&[1.5; 40]);
        assert_eq!(
            (alike.value, alike.low, alike.t, alike.flag),
            (Some(1.5), None, None, Some(Flag::NoVariation))
        );
    }

    #[test]
    fn weights_of_one_change_no_mean_and_order_changes_nothing() {
        let values: Vec<f64> = (0..60).map(|row| f64::from((row * 7) % 11) / 3.0 - 1.5).collect();
        let backwards: Vec<f64> = values.iter().rev().copied().collect();
        let backwards = scores(&backwards);
        let plain = mean_of_scores(&scores(&values), None, &context());
        assert_eq!(mean_of_scores(&backwards, None, &context()), plain);
        let mut weighted = context();
        (weighted.weighted, weighted.design_rows) = (true, 60);
        let weighted = mean_of_scores(&scores(&values), None, &weighted);
        assert_eq!(weighted.value, plain.value);
        assert_relative_eq!(weighted.se.unwrap(), plain.se.unwrap(), max_relative = 1e-9);
    }

    #[test]
    fn shares_have_wilsons_limits() {
        // METHODS 1.1: 9 of 10: 59.585 to 98.212.
        let nine: Vec<f64> = (0..10).map(|row| if row == 0 { -1.0 } else { 1.0 }).collect();
        let share = share_of_scores(&scores(&nine), |x| x > 0.0, &context());
        assert_eq!(share.value, Some(0.9));
        assert_relative_eq!(share.low.unwrap(), 0.595_85, epsilon = 1e-5);
        assert_relative_eq!(share.high.unwrap(), 0.982_12, epsilon = 1e-5);
        assert_eq!(share_of_scores(&RowScores::default(), |_| true, &context()).value, None);
    }
}
