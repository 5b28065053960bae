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

#[cfg(test)]
mod tests {
    use super::{Shared, overlapping};
    use crate::measures::sample::{confidence, context, question, rows, single};
    use crate::measures::{Side, contrast, figures};
    use crate::survey::Measure;
    use crate::tally::Count;
    use approx::assert_relative_eq;

    fn side(points: &[u64]) -> Side {
        let found = figures(&question("q", Measure::Csat), &single(points), &[], &context()).unwrap();
        Side::of(&found.iter().collect::<Vec<_>>(), "top_box").unwrap()
    }

    fn answers(hits: u64, rest: u64) -> Vec<(f64, Count)> {
        vec![(0.0, rows(rest)), (1.0, rows(hits))]
    }

    #[test]
    fn the_shared_ones_are_taken_off_the_pooled_variance() {
        // Only first 30 of 50, both 12 of 30, only second 25 of 40; z by hand:
        // (42/80 - 37/70) / sqrt(79/150 * 71/150 * (1/80 + 1/70 - 2 * 30 / 5600)) = -0.0565.
        let (after, before) = (side(&[38, 0, 0, 0, 42]), side(&[33, 0, 0, 0, 37]));
        let (of_after, of_before, both) = (answers(42, 38), answers(37, 33), answers(12, 18));
        let shared = Shared { before: &of_before, after: &of_after, both: &both, design_rows: 120 };
        let found = overlapping(&before, &after, &shared, confidence(0.95)).unwrap();
        assert_relative_eq!(found.value, 100.0 * (42.0 / 80.0 - 37.0 / 70.0), epsilon = 1e-9);
        let z = (42.0_f64 / 80.0 - 37.0 / 70.0)
            / (79.0 / 150.0 * 71.0 / 150.0 * (1.0 / 80.0 + 1.0 / 70.0 - 60.0 / 5600.0_f64)).sqrt();
        let p = crate::stats::Reference::Normal.two_sided(z).unwrap();
        assert_relative_eq!(found.p.unwrap(), p, epsilon = 1e-10);
        let apart = contrast(&before, &after, confidence(0.95)).unwrap();
        let width = |low: Option<f64>, high: Option<f64>| high.unwrap() - low.unwrap();
        assert!(width(found.low, found.high) < width(apart.low, apart.high));
        assert_eq!(found.method.as_deref(), Some("newcombe-overlap"));
    }

    #[test]
    fn without_shared_respondents_it_is_the_plain_contrast() {
        let (after, before) = (side(&[38, 0, 0, 0, 42]), side(&[33, 0, 0, 0, 37]));
        let (of_after, of_before, both) = (answers(42, 38), answers(37, 33), answers(0, 0));
        let shared = Shared { before: &of_before, after: &of_after, both: &both, design_rows: 150 };
        let found = overlapping(&before, &after, &shared, confidence(0.95));
        assert_eq!(found, contrast(&before, &after, confidence(0.95)));
    }

    #[test]
    fn a_column_that_is_wholly_within_another_leaves_what_is_outside() {
        let (after, before) = (side(&[20, 0, 0, 0, 40]), side(&[40, 0, 0, 0, 60]));
        let (of_after, of_before) = (answers(40, 20), answers(60, 40));
        let shared = Shared { before: &of_before, after: &of_after, both: &of_after, design_rows: 100 };
        let found = overlapping(&before, &after, &shared, confidence(0.95)).unwrap();
        // z by hand: (40/60 - 0.6) / sqrt(0.625 * 0.375 * (1/60 + 1/100 - 120/6000)); the part against the rest has 1.6667.
        assert_relative_eq!(found.p.unwrap(), 0.091_690_281_549_429_21, epsilon = 1e-9);
    }
}
