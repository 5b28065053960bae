//! Mean, standard deviation and t interval from counts by value.
//!
//! Two passes around a shift to the first value, with compensated sums: a constant item has a
//! deviation of exactly 0, and a large offset does no harm.
//! Reference cases: `tests/reference/means`.

use super::sum::sum;
use super::{Confidence, Interval};

/// Number, mean and spread of a set of answers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moments {
    /// Number of answers.
    pub n: u64,
    /// Arithmetic mean.
    pub mean: f64,
    /// Standard deviation with divisor n-1; needs two answers.
    pub sd: Option<f64>,
    /// Standard error of the mean, sd/√n; needs two answers.
    pub se: Option<f64>,
}

/// Moments of `(value, count)` pairs in any order; `None` without answers or where a value or
/// result is not finite.
pub fn moments(points: &[(f64, u64)]) -> Option<Moments> {
    let n = total(points)?;
    let mean = mean_of(points)?;
    let spread = if n < 2 {
        None
    } else {
        let (squares, rest) = (central(points, mean, 2), central(points, mean, 1));
        // The last term removes what rounding of the mean added to the squares.
        let variance = (squares - rest * rest / n as f64).max(0.0) / (n - 1) as f64;
        Some(variance.sqrt()).filter(|sd| sd.is_finite())
    };
    if n >= 2 && spread.is_none() {
        return None;
    }
    Some(Moments { n, mean, sd: spread, se: spread.map(|sd| sd / (n as f64).sqrt()) })
}

/// `mean` ± t · `se` with `df` degrees of freedom.
pub fn t_interval(mean: f64, se: f64, df: f64, confidence: Confidence) -> Option<Interval> {
    if se >= 0.0 { Interval::around(mean, confidence.t(df)? * se) } else { None }
}

/// Number of answers; `None` when there are none or a value among them is not finite.
pub(super) fn total(points: &[(f64, u64)]) -> Option<u64> {
    let mut n = 0_u64;
    for &(value, count) in points {
        if count > 0 && !value.is_finite() {
            return None;
        }
        n = n.checked_add(count)?;
    }
    (n > 0).then_some(n)
}

/// Mean of at least one answer.
pub(super) fn mean_of(points: &[(f64, u64)]) -> Option<f64> {
    let n = total(points)?;
    let &(origin, _) = points.iter().find(|(_, count)| *count > 0)?;
    let counted = points.iter().filter(|(_, count)| *count > 0);
    let mean = origin + sum(counted.map(|&(x, c)| (x - origin) * c as f64)) / n as f64;
    mean.is_finite().then_some(mean)
}

/// Sum of the `power`-th powers of the deviations from `mean`.
pub(super) fn central(points: &[(f64, u64)], mean: f64, power: i32) -> f64 {
    let counted = points.iter().filter(|(_, count)| *count > 0);
    sum(counted.map(|&(x, c)| (x - mean).powi(power) * c as f64))
}

#[cfg(test)]
#[allow(clippy::float_cmp)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    #[test]
    fn the_example_of_annex_e_is_met() {
        let points = [(4.0, 1), (5.0, 1), (7.0, 2), (9.0, 1)];
        let moments = moments(&points).unwrap();
        assert_relative_eq!(moments.mean, 6.4, max_relative = 1e-15);
        assert_relative_eq!(moments.sd.unwrap(), 1.949_358_868_961_793, max_relative = 1e-14);
        let confidence = Confidence::new(0.95).unwrap();
        let interval = t_interval(moments.mean, moments.se.unwrap(), 4.0, confidence).unwrap();
        assert_relative_eq!(interval.low, 3.979_55, epsilon = 5e-6);
        assert_relative_eq!(interval.high, 8.820_45, epsilon = 5e-6);
    }

    #[test]
    fn no_answers_no_mean_and_one_answer_no_spread() {
        assert_eq!(moments(&[]), None);
        assert_eq!(moments(&[(3.0, 0)]), None);
        let one = moments(&[(3.0, 1), (9.0, 0)]).unwrap();
        assert_eq!((one.mean, one.sd, one.se), (3.0, None, None));
    }

    #[test]
    fn equal_answers_have_no_spread_whatever_the_value() {
        for value in [0.1, 1.0 / 3.0, 1e12 + 0.3] {
            let moments = moments(&[(value, 7)]).unwrap();
            assert_eq!((moments.mean, moments.sd), (value, Some(0.0)));
        }
    }

    #[test]
    fn a_large_offset_keeps_the_digits() {
        let points = [(1e12 + 1.0, 2), (1e12 + 2.0, 3), (1e12 + 4.0, 5)];
        let plain = moments(&[(1.0, 2), (2.0, 3), (4.0, 5)]).unwrap();
        let moved = moments(&points).unwrap();
        assert_relative_eq!(moved.sd.unwrap(), plain.sd.unwrap(), max_relative = 1e-9);
    }

    #[test]
    fn values_that_are_not_finite_are_refused_unless_nobody_gave_them() {
        assert_eq!(moments(&[(f64::NAN, 1)]), None);
        assert_eq!(moments(&[(1e308, 1), (-1e308, 1)]), None);
        assert!(moments(&[(f64::INFINITY, 0), (2.0, 2)]).is_some());
    }
}
