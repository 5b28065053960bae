//! Pearson's correlation from joint counts, with Fisher's interval.
//!
//! Two passes around the means. The interval is R. A. Fisher's (1921, Metron 1, 3-32): artanh r is nearly normal with
//! standard error 1/√(n − 3). It assumes pairs from a bivariate normal law; for points of scales it is a guide.

use super::sum::sum;
use super::{Confidence, Interval};

/// How closely two sets of paired values follow one line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Correlation {
    /// Pairs.
    pub n: u64,
    /// The coefficient, -1 to 1.
    pub r: f64,
}

/// The correlation of `(first, second, count)`; `None` without two pairs, without variation on either side, or where
/// a value or result is not finite.
pub fn correlation(pairs: &[(f64, f64, u64)]) -> Option<Correlation> {
    let counted = || pairs.iter().copied().filter(|(.., count)| *count > 0);
    let n = counted().try_fold(0_u64, |n, (.., count)| n.checked_add(count)).filter(|n| *n >= 2)?;
    let mean = |of: fn((f64, f64, u64)) -> f64| {
        let origin = counted().next().map(of)?;
        let shift = sum(counted().map(|pair| (of(pair) - origin) * pair.2 as f64)) / n as f64;
        Some(origin + shift)
    };
    let (first, second) = (mean(|pair| pair.0)?, mean(|pair| pair.1)?);
    let products = |product: fn(f64, f64) -> f64| {
        sum(counted().map(|(a, b, c)| product(a - first, b - second) * c as f64))
    };
    let (first_squares, second_squares) = (products(|a, _| a * a), products(|_, b| b * b));
    if !(first_squares > 0.0 && second_squares > 0.0) {
        return None;
    }
    let r = products(|a, b| a * b) / (first_squares.sqrt() * second_squares.sqrt());
    r.is_finite().then(|| Correlation { n, r: r.clamp(-1.0, 1.0) })
}

impl Correlation {
    /// Fisher's interval; `None` below four pairs.
    pub fn interval(self, confidence: Confidence) -> Option<Interval> {
        let freedom = self.n.checked_sub(3).filter(|freedom| *freedom > 0)?;
        let half_width = confidence.z() / (freedom as f64).sqrt();
        // The infinite artanh of ±1 comes back as ±1 at both limits.
        let centre = self.r.atanh();
        Interval::new((centre - half_width).tanh(), (centre + half_width).tanh())
    }
}

#[cfg(test)]
mod tests {
    use super::{Correlation, correlation};
    use crate::stats::{Confidence, Interval};
    use approx::assert_relative_eq;

    const JOINT: [(f64, f64, u64); 9] = [
        (1.0, 5.0, 7),
        (1.0, 4.0, 3),
        (2.0, 4.0, 6),
        (2.0, 3.0, 4),
        (3.0, 3.0, 8),
        (4.0, 2.0, 5),
        (4.0, 3.0, 2),
        (5.0, 1.0, 9),
        (5.0, 5.0, 1),
    ];

    fn confidence(level: f64) -> Confidence {
        Confidence::new(level).unwrap()
    }

    #[test]
    fn coefficient_and_limits_are_those_of_scipy() {
        // scipy 1.17.1: stats.pearsonr(x, y), .confidence_interval(0.95)
        let found = correlation(&JOINT).unwrap();
        assert_eq!(found.n, 45);
        assert_relative_eq!(found.r, -0.863_234_841_901_523_9, max_relative = 1e-13);
        let interval = found.interval(confidence(0.95)).unwrap();
        assert_relative_eq!(interval.low, -0.922_913_022_722_879_6, max_relative = 1e-12);
        assert_relative_eq!(interval.high, -0.763_048_898_456_357_9, max_relative = 1e-12);
        let four = correlation(&[(1.0, 2.0, 1), (2.0, 1.0, 1), (3.0, 4.0, 1), (4.0, 3.0, 1)]).unwrap();
        let interval = four.interval(confidence(0.9)).unwrap();
        assert_relative_eq!(four.r, 0.6, max_relative = 1e-14);
        assert_relative_eq!(interval.low, -0.740_554_620_675_812_5, max_relative = 1e-12);
        assert_relative_eq!(interval.high, 0.981_539_602_104_162_9, max_relative = 1e-12);
    }

    #[test]
    fn order_offset_and_turning_one_side_change_what_they_should() {
        let mut turned: Vec<_> = JOINT.iter().map(|&(a, b, n)| (a + 1e9, 6.0 - b, n)).collect();
        turned.reverse();
        let (there, back) = (correlation(&JOINT).unwrap(), correlation(&turned).unwrap());
        assert_relative_eq!(there.r, -back.r, max_relative = 1e-12);
    }

    #[test]
    fn without_variation_or_pairs_there_is_none() {
        assert_eq!(correlation(&[]), None);
        assert_eq!(correlation(&[(1.0, 2.0, 1)]), None);
        assert_eq!(correlation(&[(1.0, 2.0, 0), (3.0, 4.0, 1)]), None);
        assert_eq!(correlation(&[(1.0, 2.0, 5), (1.0, 3.0, 5)]), None);
        assert_eq!(correlation(&[(f64::NAN, 2.0, 5), (1.0, 3.0, 5)]), None);
        assert_eq!(correlation(&[(1.0, 2.0, u64::MAX), (2.0, 3.0, 5)]), None);
        assert_eq!(correlation(&[(0.0, 0.0, 1), (f64::MAX, f64::MAX, 1)]), None);
    }

    #[test]
    fn a_perfect_line_has_limits_without_width_and_three_pairs_have_none() {
        let line = correlation(&[(1.0, 5.0, 2), (2.0, 4.0, 2)]).unwrap();
        assert_eq!(line, Correlation { n: 4, r: -1.0 });
        assert_eq!(line.interval(confidence(0.95)), Interval::new(-1.0, -1.0));
        assert_eq!(Correlation { n: 3, r: 0.5 }.interval(confidence(0.95)), None);
    }
}
