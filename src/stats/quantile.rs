//! Median and quantiles from counts by value.
//!
//! Type 7 of Hyndman and Fan 1996, the default of R and numpy: linear between the order statistics
//! around position `(n-1)p`. Reference cases: `tests/reference/means`.

use super::moments::total;

/// The middle answer, or the mean of the two middle ones.
pub fn median(points: &[(f64, u64)]) -> Option<f64> {
    quantile_type7(points, 0.5)
}

/// The quantile at `p` of `(value, count)` pairs in any order; `None` without answers or unless
/// `0 <= p <= 1`.
pub fn quantile_type7(points: &[(f64, u64)], p: f64) -> Option<f64> {
    let n = total(points)?;
    if !(0.0..=1.0).contains(&p) {
        return None;
    }
    let mut sorted: Vec<(f64, u64)> = points.iter().copied().filter(|(_, c)| *c > 0).collect();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let position = (n - 1) as f64 * p;
    let below = position.floor();
    let low = order_statistic(&sorted, below)?;
    let high = order_statistic(&sorted, below + 1.0).unwrap_or(low);
    let fraction = position - below;
    let value = low + fraction * (high - low);
    value.is_finite().then_some(value)
}

/// The answer at a position counted from 0.
fn order_statistic(sorted: &[(f64, u64)], position: f64) -> Option<f64> {
    let mut passed = 0.0;
    for &(value, count) in sorted {
        passed += count as f64;
        if position < passed {
            return Some(value);
        }
    }
    None
}

#[cfg(test)]
#[allow(clippy::float_cmp)]
mod tests {
    use super::*;

    #[test]
    fn one_and_two_answers() {
        assert_eq!(median(&[(4.0, 1)]), Some(4.0));
        assert_eq!(median(&[(5.0, 1), (1.0, 1)]), Some(3.0));
        assert_eq!(median(&[]), None);
    }

    #[test]
    fn quantiles_interpolate_as_r_type_7() {
        // R: quantile(c(1, 2, 3, 4), c(.1, .25, .9)) is 1.3, 1.75, 3.7.
        let points = [(4.0, 1), (2.0, 1), (1.0, 1), (3.0, 1)];
        for (p, wanted) in [(0.0, 1.0), (0.25, 1.75), (1.0, 4.0)] {
            assert_eq!(quantile_type7(&points, p), Some(wanted));
        }
        assert!((quantile_type7(&points, 0.9).unwrap() - 3.7).abs() < 1e-12);
        assert_eq!(quantile_type7(&points, 1.5), None);
        assert_eq!(quantile_type7(&points, f64::NAN), None);
    }

    #[test]
    fn a_count_stands_for_that_many_answers() {
        assert_eq!(
            quantile_type7(&[(1.0, 3), (5.0, 1)], 0.75),
            quantile_type7(&[(1.0, 1), (1.0, 2), (5.0, 1)], 0.75)
        );
    }
}
