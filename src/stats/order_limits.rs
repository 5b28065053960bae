//! Limits of a percentile that assume nothing about the shape of the answers.
//!
//! The number of answers below the true percentile is binomial, so that two order statistics enclose it with at least
//! the wanted confidence (Thompson 1936, *Annals of Mathematical Statistics* 7, 122-128; David and Nagaraja 2003,
//! *Order Statistics*, 7.1): the ranks qbinom(α/2) and qbinom(1 - α/2) + 1. The percentile itself is that of
//! `quantile.rs`, R's type 7. For times of which some are still open use Kaplan and Meier's curve instead.

use super::binomial_distribution::Binomial;
use super::moments::total;
use super::quantile::quantile_type7;
use super::{Confidence, OpenInterval};

/// A percentile with its limits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Percentile {
    /// Number of answers.
    pub n: u64,
    /// The percentile, type 7.
    pub value: f64,
    /// Distribution-free limits; `None` on a side where no answer lies far enough out for this confidence.
    pub limits: OpenInterval,
}

/// The percentile at `p` of `(value, count)` pairs in any order.
///
/// `None` without answers, unless `0 < p < 1`, or where a value is not finite.
pub fn percentile(points: &[(f64, u64)], p: f64, confidence: Confidence) -> Option<Percentile> {
    if !(p > 0.0 && p < 1.0 && points.iter().all(|(value, _)| value.is_finite())) {
        return None;
    }
    let n = total(points)?;
    let value = quantile_type7(points, p)?;
    let mut sorted: Vec<(f64, u64)> = points.iter().copied().filter(|(_, count)| *count > 0).collect();
    sorted.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    let below = Binomial::new(n, p)?;
    let tail = confidence.tail();
    let low = at_rank(&sorted, below.quantile(tail)?);
    // From above by the failures, whose small tail keeps its digits.
    let high = n - Binomial::new(n, 1.0 - p)?.quantile(tail)? + 1;
    Some(Percentile { n, value, limits: OpenInterval { low, high: at_rank(&sorted, high) } })
}

/// The answer of this rank, from 1 on; `None` where there is none.
fn at_rank(sorted: &[(f64, u64)], rank: u64) -> Option<f64> {
    let mut left = rank.checked_sub(1)?;
    for &(value, count) in sorted {
        if left < count {
            return Some(value);
        }
        left -= count;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::case_times::{all_of, bank_a, hotel_a};
    use super::*;
    use approx::assert_relative_eq;

    fn confidence(level: f64) -> Confidence {
        Confidence::new(level).unwrap()
    }

    #[test]
    fn days_of_closed_complaints_meet_r() {
        // R 4.2.2: quantile(type = 7), order statistics qbinom(.025, n, p) and qbinom(.975, n, p) + 1.
        for (segments, p, n, value, low, high) in [
            (bank_a(), 0.5, 127, 7.0, 6.0, 8.0),
            (bank_a(), 0.9, 127, 18.0, 15.0, 24.0),
            (hotel_a(), 0.5, 37, 8.0, 6.0, 11.0),
            (hotel_a(), 0.9, 37, 17.8, 12.0, 29.0),
        ] {
            let days: Vec<(f64, u64)> = all_of(&segments).iter().map(|at| (at.time, at.ended)).collect();
            let found = percentile(&days, p, confidence(0.95)).unwrap();
            assert_eq!(found.n, n);
            assert_relative_eq!(found.value, value, max_relative = 1e-14);
            assert_eq!(found.limits, OpenInterval { low: Some(low), high: Some(high) });
        }
    }

    #[test]
    fn limits_are_there_only_where_enough_answers_lie_beyond() {
        // The median needs six answers for 95 %: 2 / 2⁶ is the first below 5 %.
        let median = |n: u32| {
            let answers: Vec<(f64, u64)> = (1..=n).map(|i| (f64::from(i), 1)).collect();
            percentile(&answers, 0.5, confidence(0.95)).unwrap().limits
        };
        assert_eq!(median(1), OpenInterval { low: None, high: None });
        assert_eq!(median(5), OpenInterval { low: None, high: None });
        assert_eq!(median(6), OpenInterval { low: Some(1.0), high: Some(6.0) });
        // The 90th percentile has an upper limit at 95 % from 36 answers on: 0.9³⁵ is just above 2.5 %.
        let upper = |n: u32| {
            let answers: Vec<(f64, u64)> = (1..=n).map(|i| (f64::from(i), 1)).collect();
            percentile(&answers, 0.9, confidence(0.95)).unwrap().limits.high
        };
        assert_eq!((upper(28), upper(35), upper(36)), (None, None, Some(36.0)));
    }

    #[test]
    fn the_enclosed_percentile_has_at_least_the_wanted_chance() {
        // Answers 1..n: limits are ranks, and the chance that between them lies the percentile is a sum of binomials.
        for n in [1_u64, 7, 20, 93, 400] {
            let answers: Vec<(f64, u64)> = (1..=n).map(|i| (i as f64, 1)).collect();
            for p in [0.1, 0.5, 0.8, 0.9] {
                let law = Binomial::new(n, p).unwrap();
                for level in [0.8, 0.95] {
                    let limits = percentile(&answers, p, confidence(level)).unwrap().limits;
                    let within = |k: &u64| {
                        limits.low.is_none_or(|low| low <= *k as f64)
                            && limits.high.is_none_or(|high| (*k as f64) < high)
                    };
                    let chance: f64 = (0..=n).filter(within).map(|k| law.probability(k)).sum();
                    assert!(chance >= level - 1e-12, "{n} {p} {level} {chance}");
                }
            }
        }
    }

    #[test]
    fn nothing_to_order() {
        assert_eq!(percentile(&[], 0.5, confidence(0.95)), None);
        assert_eq!(percentile(&[(1.0, 0)], 0.5, confidence(0.95)), None);
        assert_eq!(percentile(&[(f64::NAN, 1)], 0.5, confidence(0.95)), None);
        assert_eq!(percentile(&[(1.0, 1)], 1.0, confidence(0.95)), None);
        assert_eq!(percentile(&[(1.0, 1)], f64::NAN, confidence(0.95)), None);
    }
}
