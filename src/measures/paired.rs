//! The difference of two figures of the same respondents, from their answers on both sides together.
//!
//! Shares: McNemar's test and Newcombe's interval for paired proportions. NPS, net, means, indexes, gaps and numbers:
//! Student's t of the differences of the respondents, whose variance is that of the joint table. With weights every
//! figure has a t on the linearised standard error of the weighted differences, degrees of freedom pairs less one.
//! Fewer than ten pairs are not tested. Differences that are all 0 give p = 1; all alike and not 0, no test.

use crate::report::Untested;
use crate::stats::{
    self, Confidence, Interval, PairedShares, PairedT, WeightedPoint, distributions, linearised_mean,
    t_interval,
};
use crate::survey::Scale;
use crate::tally::Count;

use super::difference::Difference;
use super::interval::printed;
use super::rounding::rounded;

/// The fewest pairs that are tested.
const TESTED_FROM: u64 = 10;

/// The chance of showing a difference of the size that is called detectable.
const POWER: f64 = 0.8;

/// What the scores of both sides are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PairedKind {
    /// Scores are 0 and 1, and the figure is a share.
    pub is_share: bool,
    /// From the unit of scores to that of the report: 100 for shares and balances.
    pub factor: f64,
    /// The least and the greatest score; `None` for free numbers.
    pub range: Option<(f64, f64)>,
    /// Whether the counts are weighted.
    pub weighted: bool,
}

/// Respondents by their scores on side a and side b, with the weights of the pairs.
pub type PairedScores = [((f64, f64), Count)];

/// What the scores of a statistic are, of a question with this scale.
pub fn paired_kind(statistic: &str, scale: Option<&Scale>, weighted: bool) -> PairedKind {
    let ends = scale.map(|scale| (f64::from(scale.min), f64::from(scale.max)));
    let (is_share, factor, range) = match statistic {
        "top_box" | "bottom_box" | "promoters" | "passives" | "detractors" => (true, 100.0, Some((0.0, 1.0))),
        "net" | "nps" => (false, 100.0, Some((-1.0, 1.0))),
        "index" => (false, 1.0, Some((0.0, 100.0))),
        "gap" => (false, 1.0, ends.map(|(min, max)| (min - max, max - min))),
        _ => (false, 1.0, ends),
    };
    PairedKind { is_share, factor, range, weighted }
}

/// Side b less side a in the report's unit; `None` without pairs.
pub fn paired_difference(
    pairs: &PairedScores,
    kind: PairedKind,
    confidence: Confidence,
) -> Option<Difference> {
    let n: u64 = pairs.iter().map(|(_, count)| count.n).sum();
    let value = rounded(kind.factor * mean_difference(pairs)?)?;
    let mut difference = Difference {
        value,
        low: None,
        high: None,
        p: None,
        untested: (n < TESTED_FROM).then_some(Untested::TooFewAnswers),
        method: None,
        minimum_detectable: paired_detectable(pairs, kind, confidence),
        equivalence: None,
    };
    let Some(test) = test(pairs, kind, confidence) else { return Some(difference) };
    let widest = kind.range.map(|(least, most)| {
        let reach = kind.factor * (most - least);
        (-reach, reach)
    });
    if let Some(interval) = test.interval {
        let limits = printed(interval, value, widest);
        (difference.low, difference.high) = (rounded(limits.low), rounded(limits.high));
        let extended = if limits.extended { ", extended" } else { "" };
        difference.method = Some(format!("{}{extended}", test.method));
    } else {
        difference.method = Some(test.method.to_owned());
    }
    if n < TESTED_FROM {
        return Some(difference);
    }
    difference.p = rounded(test.p);
    let narrow = Confidence::new(1.0 - 4.0 * confidence.tail());
    let narrow = narrow.and_then(|narrow| self::test(pairs, kind, narrow)).and_then(|test| test.interval);
    difference.equivalence = narrow.and_then(|interval| {
        let limits = printed(interval, value, widest);
        Interval::new(limits.low, limits.high)
    });
    Some(difference)
}

/// The smallest true difference that so many pairs would have shown four times in five: a design figure.
///
/// (z at 1 - α/2 + z at 80 %) · √(variance of a difference / n), the variance under equality from the squared
/// differences with one more pair that differs by a step each way, so that it is never 0. A step is 1 for shares and
/// balances, and a tenth of the scale, or of the spread, for others.
pub fn paired_detectable(pairs: &PairedScores, kind: PairedKind, confidence: Confidence) -> Option<f64> {
    let n: u64 = pairs.iter().map(|(_, count)| count.n).sum();
    let effective = effective_n(pairs, n)?;
    let sum_w: f64 = pairs.iter().map(|(_, count)| count.w).sum();
    let squares: f64 = pairs.iter().map(|((a, b), count)| count.w * (b - a) * (b - a)).sum();
    let step = if kind.is_share || kind.factor > 1.0 {
        1.0
    } else {
        let (least, most) = kind.range.or_else(|| ends(pairs))?;
        (most - least) / 10.0
    };
    let variance = (squares / sum_w * effective + 2.0 * step * step) / (effective + 2.0);
    let reach = confidence.z() + distributions::normal_quantile(POWER)?;
    let size = kind.factor * reach * (variance / effective).sqrt();
    let widest = kind.range.map_or(f64::MAX, |(least, most)| kind.factor * (most - least));
    rounded(size.min(widest)).filter(|size| *size > 0.0)
}

struct Test {
    interval: Option<Interval>,
    p: f64,
    method: &'static str,
}

fn test(pairs: &PairedScores, kind: PairedKind, confidence: Confidence) -> Option<Test> {
    if kind.weighted {
        return weighted_t(pairs, kind.factor, confidence);
    }
    if kind.is_share {
        let table = table(pairs);
        let found = table.mcnemar()?;
        let method = if found.p_kind == stats::PKind::Exact { "mcnemar-exact" } else { "mcnemar" };
        let interval = scaled(table.newcombe(confidence.z())?, kind.factor);
        return Some(Test { interval, p: found.p, method });
    }
    let differences: Vec<(f64, u64)> = pairs.iter().map(|((a, b), count)| (b - a, count.n)).collect();
    let PairedT { n, mean, se, df, p, .. } = stats::paired_t(&differences)?;
    let spread = se.filter(|se| *se > 0.0);
    let interval = spread.and_then(|se| t_interval(mean, se, df, confidence));
    let p = p.or_else(|| is_nothing(pairs, n).then_some(1.0))?;
    Some(Test { interval: interval.and_then(|limits| scaled(limits, kind.factor)), p, method: "paired-t" })
}

/// The mean of the weighted differences against its linearised standard error.
fn weighted_t(pairs: &PairedScores, factor: f64, confidence: Confidence) -> Option<Test> {
    let points: Vec<WeightedPoint> = pairs
        .iter()
        .map(|((a, b), count)| WeightedPoint { x: b - a, n: count.n, w: count.w, w2: count.w2 })
        .collect();
    let n: u64 = points.iter().map(|point| point.n).sum();
    let method = "paired-t-linearised";
    let found = linearised_mean(&points, n)?;
    if found.se <= 0.0 {
        return is_nothing(pairs, n).then_some(Test { interval: None, p: 1.0, method });
    }
    let df = (n - 1) as f64;
    let p = 2.0 * distributions::t_sf((found.mean / found.se).abs(), df)?;
    let interval = t_interval(found.mean, found.se, df, confidence)?;
    Some(Test { interval: scaled(interval, factor), p, method })
}

/// Whether there are two pairs, and nobody answered otherwise on the other side.
fn is_nothing(pairs: &PairedScores, n: u64) -> bool {
    n >= 2 && pairs.iter().all(|((a, b), count)| count.n == 0 || (a - b).abs() <= 0.0)
}

fn table(pairs: &PairedScores) -> PairedShares {
    let mut table = PairedShares::default();
    for ((a, b), count) in pairs {
        let cell = match (*a > 0.5, *b > 0.5) {
            (true, true) => &mut table.both,
            (true, false) => &mut table.first_only,
            (false, true) => &mut table.second_only,
            (false, false) => &mut table.neither,
        };
        *cell += count.n;
    }
    table
}

fn mean_difference(pairs: &PairedScores) -> Option<f64> {
    let sum_w: f64 = pairs.iter().map(|(_, count)| count.w).sum();
    let sum: f64 = pairs.iter().map(|((a, b), count)| count.w * (b - a)).sum();
    (sum_w > 0.0).then(|| sum / sum_w)
}

/// Kish's effective number of pairs; their number without weights.
fn effective_n(pairs: &PairedScores, n: u64) -> Option<f64> {
    let sum_w: f64 = pairs.iter().map(|(_, count)| count.w).sum();
    let sum_w2: f64 = pairs.iter().map(|(_, count)| count.w2).sum();
    stats::kish(n, sum_w, sum_w2).map(|kish| kish.effective_n)
}

fn ends(pairs: &PairedScores) -> Option<(f64, f64)> {
    let values = pairs.iter().flat_map(|((a, b), _)| [*a, *b]);
    let ends = values.fold((f64::MAX, f64::MIN), |(least, most), value| (least.min(value), most.max(value)));
    (ends.0 < ends.1).then_some(ends)
}

fn scaled(limits: Interval, factor: f64) -> Option<Interval> {
    Interval::new(factor * limits.low, factor * limits.high)
}

#[cfg(test)]
mod tests {
    use super::{PairedKind, paired_difference};
    use crate::measures::sample::{confidence, rows};
    use crate::report::Untested;
    use crate::tally::Count;
    use approx::assert_relative_eq;

    const SHARE: PairedKind =
        PairedKind { is_share: true, factor: 100.0, range: Some((0.0, 1.0)), weighted: false };
    const BALANCE: PairedKind =
        PairedKind { is_share: false, factor: 100.0, range: Some((-1.0, 1.0)), weighted: false };
    const MEAN: PairedKind =
        PairedKind { is_share: false, factor: 1.0, range: Some((1.0, 5.0)), weighted: false };

    fn pairs(given: &[(f64, f64, u64)]) -> Vec<((f64, f64), Count)> {
        given.iter().map(|(a, b, n)| ((*a, *b), rows(*n))).collect()
    }

    #[test]
    fn shares_have_mcnemars_p_and_newcombes_limits() {
        // Newcombe 1998, table III, method 10; StatsDirect's exact P (Armitage and Berry 1994, p. 127).
        let found = paired_difference(
            &pairs(&[(1.0, 1.0, 20), (1.0, 0.0, 2), (0.0, 1.0, 12), (0.0, 0.0, 16)]),
            SHARE,
            confidence(0.95),
        )
        .unwrap();
        assert_relative_eq!(found.value, 20.0);
        assert_relative_eq!(found.low.unwrap(), 5.62, epsilon = 5.1e-3);
        assert_relative_eq!(found.high.unwrap(), 32.92, epsilon = 5.1e-3);
        assert_relative_eq!(found.p.unwrap(), 0.0129, epsilon = 5e-5);
        assert_eq!(found.method.as_deref(), Some("mcnemar-exact"));
    }

    #[test]
    fn means_have_the_paired_t_of_the_sleep_data() {
        // Student 1908, R t.test(extra ~ group, paired = TRUE): t = -4.0621, df = 9, p = 0.002833, -2.4598858 to -0.7001142.
        let one = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
        let two = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
        let given: Vec<(f64, f64, u64)> = one.iter().zip(two).map(|(a, b)| (*a, b, 1)).collect();
        let kind = PairedKind { range: None, ..MEAN };
        let found = paired_difference(&pairs(&given), kind, confidence(0.95)).unwrap();
        assert_relative_eq!(found.value, 1.58, epsilon = 1e-12);
        assert_relative_eq!(found.low.unwrap(), 0.700_114_2, epsilon = 1e-7);
        assert_relative_eq!(found.high.unwrap(), 2.459_885_8, epsilon = 1e-7);
        assert_relative_eq!(found.p.unwrap(), 0.002_833, epsilon = 5e-7);
    }

    #[test]
    fn nobody_who_changed_is_no_difference_and_everybody_by_one_is_no_test() {
        let same =
            paired_difference(&pairs(&[(4.0, 4.0, 9), (5.0, 5.0, 9)]), MEAN, confidence(0.95)).unwrap();
        assert_eq!((same.value, same.p, same.low), (0.0, Some(1.0), None));
        let all = paired_difference(&pairs(&[(3.0, 4.0, 9), (4.0, 5.0, 9)]), MEAN, confidence(0.95)).unwrap();
        assert_eq!((all.value, all.p, all.low, all.untested), (1.0, None, None, None));
        assert!(all.minimum_detectable.unwrap() > 0.0);
        assert_eq!(paired_difference(&[], MEAN, confidence(0.95)), None);
        let few = paired_difference(&pairs(&[(1.0, 0.0, 9)]), SHARE, confidence(0.95)).unwrap();
        assert_eq!((few.p, few.untested), (None, Some(Untested::TooFewAnswers)));
        assert!(few.low.is_some());
    }

    #[test]
    fn equal_weights_leave_the_figures_as_they_are() {
        let given = [(1.0, -1.0, 6), (0.0, 1.0, 20), (1.0, 1.0, 30), (-1.0, 0.0, 9)];
        let weigh = |n: u64| Count { n, w: 2.5 * n as f64, w2: 6.25 * n as f64 };
        let weighted: Vec<((f64, f64), Count)> =
            given.iter().map(|(a, b, n)| ((*a, *b), weigh(*n))).collect();
        let plain = paired_difference(&pairs(&given), BALANCE, confidence(0.95)).unwrap();
        let kind = PairedKind { weighted: true, ..BALANCE };
        let found = paired_difference(&weighted, kind, confidence(0.95)).unwrap();
        assert_relative_eq!(found.value, plain.value, epsilon = 1e-9);
        assert_relative_eq!(found.low.unwrap(), plain.low.unwrap(), epsilon = 1e-9);
        assert_relative_eq!(found.p.unwrap(), plain.p.unwrap(), epsilon = 1e-9);
        assert_eq!(found.method.as_deref(), Some("paired-t-linearised"));
    }
}
