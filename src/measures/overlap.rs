//! The difference of two figures whose columns share respondents, as those of a question with several answers do.
//!
//! What both have in common makes their figures move together, and the difference is surer than that of two
//! independent groups. Shares: z with pooled variance less what the shared ones bring (SPSS and Dimensions do the
//! same), the interval by Newcombe's hybrid of Wilson limits with their correlation (1998, paired form, method 10).
//! Means and balances: linearised variances less twice the covariance. With weights the shared base is
//! e₁e₂ Σw²(shared)/(Σw₁ Σw₂).

use crate::report::Untested;
use crate::stats::{self, Confidence, Interval, Reference, WeightedPoint};
use crate::tally::Count;

use super::difference::{Difference, contrast, critical, in_points, widest};
use super::interval::printed;
use super::rounding::rounded;
use super::side::{Sample, Side};

/// The answers of two columns by what they count (0 and 1 for a share, −1 to 1 for a balance, points for a mean).
#[derive(Clone, Copy, Debug)]
pub struct Shared<'a> {
    /// Of the column that is set against.
    pub before: &'a [(f64, Count)],
    /// Of the column itself.
    pub after: &'a [(f64, Count)],
    /// Of the respondents who stand in both.
    pub both: &'a [(f64, Count)],
    /// The rows of the design, with or without an answer.
    pub design_rows: u64,
}

/// `after` less `before`, corrected for those who stand in both; `None` where the two are not the same kind of figure.
pub fn overlapping(
    before: &Side,
    after: &Side,
    shared: &Shared,
    confidence: Confidence,
) -> Option<Difference> {
    let apart = contrast(before, after, confidence)?;
    let both = total(shared.both);
    if both.n == 0 || before.census || after.census {
        return Some(apart);
    }
    let none = Difference { low: None, high: None, p: None, method: None, ..apart };
    let Some((interval, p, method)) = test(before, after, shared, confidence) else {
        return Some(none);
    };
    let limits = printed(interval, none.value, widest(before, after));
    let enough = before.is_tested() && after.is_tested();
    Some(Difference {
        low: rounded(limits.low),
        high: rounded(limits.high),
        p: if enough { rounded(p) } else { None },
        untested: (!enough).then_some(Untested::TooFewAnswers),
        method: Some(format!("{method}{}", if limits.extended { ", extended" } else { "" })),
        ..none
    })
}

fn test(
    before: &Side,
    after: &Side,
    shared: &Shared,
    confidence: Confidence,
) -> Option<(Interval, f64, &'static str)> {
    let (first, second) = (points(shared.before), points(shared.after));
    let both = points(shared.both);
    let rows = shared.design_rows.max(total(shared.before).n).max(total(shared.after).n);
    let one = stats::linearised_mean(&first, rows)?;
    let other = stats::linearised_mean(&second, rows)?;
    let covariance = stats::shared_covariance(&both, &one, &other, rows)?;
    let weighted = before.weighted || after.weighted;
    let df = before.df + after.df;
    let normal = if weighted { Reference::StudentT(df) } else { Reference::Normal };
    match (&before.sample, &after.sample) {
        (Sample::Share(from), Sample::Share(to)) => {
            let base = if weighted {
                let squares = total(shared.both).w2;
                stats::shared_base(squares, [one.sum_w, other.sum_w], [from.n, to.n])?.min(from.n.min(to.n))
            } else {
                total(shared.both).n as f64
            };
            let p = stats::pooled_overlapping_share_test(to, from, base, normal)?.p;
            let spread = one.se * other.se;
            let correlation = if spread > 0.0 { covariance / spread } else { 0.0 };
            let (t_from, t_to) = (critical(before, confidence)?, critical(after, confidence)?);
            let interval = stats::newcombe_correlated((to, t_to), (from, t_from), correlation)?;
            Some((in_points(interval)?, p, "newcombe-overlap"))
        }
        (Sample::Balance(_), Sample::Balance(_)) => {
            let found = stats::correlated_difference(
                [other.mean, one.mean],
                [other.variance, one.variance],
                covariance,
                normal,
                confidence,
            )?;
            Some((in_points(found.interval?)?, found.p?, "wald-overlap"))
        }
        (Sample::Mean(Some(_)), Sample::Mean(Some(_))) => {
            let found = stats::correlated_difference(
                [other.mean, one.mean],
                [other.variance, one.variance],
                covariance,
                Reference::StudentT(df),
                confidence,
            )?;
            Some((found.interval?, found.p?, "t-overlap"))
        }
        _ => None,
    }
}

fn points(answers: &[(f64, Count)]) -> Vec<WeightedPoint> {
    answers.iter().map(|(x, count)| WeightedPoint { x: *x, n: count.n, w: count.w, w2: count.w2 }).collect()
}

fn total(answers: &[(f64, Count)]) -> Count {
    super::answers::sum(answers.iter().map(|(_, count)| *count))
}
