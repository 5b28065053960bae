//! Weighted means with linearised standard errors, and effective numbers of answers.
//!
//! The mean over a domain is a ratio, Σwx/Σw; its variance is Taylor's linearisation over the rows
//! of the whole design, those outside the domain counting with residual 0. This is what R survey's
//! `svymean(na.rm = TRUE)` and `svyby` give for `svydesign(ids = ~1)`. Kish 1965 for the
//! effective number of answers. Reference cases: `tests/reference/weighted`.

use super::sum::sum;

/// All answers with one value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WeightedPoint {
    /// The value.
    pub x: f64,
    /// Number of rows.
    pub n: u64,
    /// Sum of their weights.
    pub w: f64,
    /// Sum of their squared weights.
    pub w2: f64,
}

/// A weighted mean and its linearised variance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Linearised {
    /// Rows with an answer.
    pub n: u64,
    /// Sum of their weights.
    pub sum_w: f64,
    /// Weighted mean.
    pub mean: f64,
    /// Variance of that mean.
    pub variance: f64,
    /// Its square root.
    pub se: f64,
    /// Kish's effective number of answers.
    pub kish_n: f64,
    /// Kish's design effect, n over the effective number.
    pub kish_design_effect: f64,
}

/// Kish's effective number of answers and design effect of a set of weights.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Kish {
    /// (Σw)² / Σw².
    pub effective_n: f64,
    /// n over the effective number; rows of weight 0 count in n.
    pub design_effect: f64,
}

/// Weighted mean with its linearised variance.
///
/// `design_n` is the number of rows of the design, answered or not. `None` without positive weight,
/// with fewer than two design rows, with more answers than design rows, or with a weight below 0.
pub fn linearised_mean(points: &[WeightedPoint], design_n: u64) -> Option<Linearised> {
    let mean = weighted_mean(points)?;
    let n = rows(points)?;
    if design_n < 2 || n > design_n {
        return None;
    }
    let sum_w = sum(points.iter().map(|p| p.w));
    let kish = kish(n, sum_w, sum(points.iter().map(|p| p.w2)))?;
    let squares = sum(counted(points).map(|p| p.w2 / sum_w / sum_w * (p.x - mean) * (p.x - mean)));
    let variance = squares * (design_n as f64 / (design_n - 1) as f64);
    variance.is_finite().then(|| Linearised {
        n,
        sum_w,
        mean,
        variance,
        se: variance.sqrt(),
        kish_n: kish.effective_n,
        kish_design_effect: kish.design_effect,
    })
}

/// Σwx/Σw; `None` without positive weight or where something is not finite.
pub fn weighted_mean(points: &[WeightedPoint]) -> Option<f64> {
    let fits = |p: &WeightedPoint| {
        p.w >= 0.0 && p.w2 >= 0.0 && p.w.is_finite() && p.w2.is_finite() && (p.x.is_finite() || p.w <= 0.0)
    };
    if !points.iter().all(fits) {
        return None;
    }
    // Around the first value, so that equal answers have exactly their value as mean.
    let origin = counted(points).next()?.x;
    let sum_w = sum(points.iter().map(|p| p.w));
    let mean = origin + sum(counted(points).map(|p| p.w * (p.x - origin))) / sum_w;
    mean.is_finite().then_some(mean)
}

/// The number of unweighted answers that would give a proportion `p` the same variance.
///
/// At most `n`; Kish's number where the variance is 0 and says nothing.
pub fn effective_n(p: f64, n: u64, variance: f64, kish_n: f64) -> f64 {
    effective_n_for(p * (1.0 - p), n, variance, kish_n)
}

/// As [`effective_n`], for any mean whose variance is `per_answer` over the number of answers.
pub fn effective_n_for(per_answer: f64, n: u64, variance: f64, kish_n: f64) -> f64 {
    let by_variance = per_answer / variance;
    let effective =
        if variance > 0.0 && per_answer > 0.0 && by_variance.is_finite() { by_variance } else { kish_n };
    effective.min(n as f64)
}

/// Kish's figures of `n` rows; `None` without positive weight.
pub fn kish(n: u64, sum_w: f64, sum_w2: f64) -> Option<Kish> {
    if n == 0 || sum_w <= 0.0 || sum_w2 <= 0.0 {
        return None;
    }
    let effective_n = sum_w / sum_w2 * sum_w;
    let design_effect = n as f64 / effective_n;
    (effective_n > 0.0 && effective_n.is_finite() && design_effect.is_finite())
        .then_some(Kish { effective_n, design_effect })
}

fn rows(points: &[WeightedPoint]) -> Option<u64> {
    points.iter().try_fold(0_u64, |total, point| total.checked_add(point.n))
}

/// Points that carry weight: a value nobody's weight supports is no part of the estimate.
fn counted(points: &[WeightedPoint]) -> impl Iterator<Item = &WeightedPoint> {
    points.iter().filter(|p| p.w > 0.0)
}

#[cfg(test)]
#[allow(clippy::float_cmp)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    fn point(x: f64, weights: &[f64]) -> WeightedPoint {
        WeightedPoint {
            x,
            n: weights.len() as u64,
            w: weights.iter().sum(),
            w2: weights.iter().map(|w| w * w).sum(),
        }
    }

    fn sample(scale: f64) -> Vec<WeightedPoint> {
        vec![
            point(1.0, &[0.5 * scale, 2.0 * scale]),
            point(4.0, &[1.0 * scale, 1.0 * scale, 1.5 * scale]),
            point(5.0, &[3.0 * scale]),
        ]
    }

    #[test]
    fn scaling_all_weights_changes_neither_mean_nor_error() {
        let plain = linearised_mean(&sample(1.0), 8).unwrap();
        for scale in [1e-9, 0.37, 1e9] {
            let scaled = linearised_mean(&sample(scale), 8).unwrap();
            assert_relative_eq!(scaled.mean, plain.mean, max_relative = 1e-13);
            assert_relative_eq!(scaled.se, plain.se, max_relative = 1e-13);
            assert_relative_eq!(scaled.kish_n, plain.kish_n, max_relative = 1e-13);
        }
    }

    #[test]
    fn doubling_rows_at_half_weight_divides_the_error_by_root_two() {
        let doubled: Vec<_> =
            sample(1.0).iter().map(|p| WeightedPoint { n: 2 * p.n, w2: p.w2 / 2.0, ..*p }).collect();
        let plain = linearised_mean(&sample(1.0), 600).unwrap();
        let twice = linearised_mean(&doubled, 1200).unwrap();
        assert_eq!(plain.mean, twice.mean);
        assert_relative_eq!(plain.se / twice.se, std::f64::consts::SQRT_2, max_relative = 1e-3);
    }

    #[test]
    fn weights_of_one_give_the_plain_mean_and_error() {
        let points = [point(1.0, &[1.0; 3]), point(2.0, &[1.0; 5])];
        let plain = super::super::moments(&[(1.0, 3), (2.0, 5)]).unwrap();
        let weighted = linearised_mean(&points, 8).unwrap();
        assert_relative_eq!(weighted.mean, plain.mean, max_relative = 1e-15);
        assert_relative_eq!(weighted.se, plain.se.unwrap(), max_relative = 1e-14);
        assert_relative_eq!(weighted.kish_design_effect, 1.0, max_relative = 1e-15);
    }

    #[test]
    fn equal_answers_have_no_variance_and_kish_steps_in() {
        let same = linearised_mean(&[point(1.0, &[0.3, 0.7, 2.1])], 9).unwrap();
        assert_eq!((same.mean, same.variance), (1.0, 0.0));
        assert_eq!(effective_n(same.mean, same.n, same.variance, same.kish_n), same.kish_n);
    }

    #[test]
    fn the_published_kish_example_is_met() {
        let weights = [1.0, 1.0, 2.0, 0.5, 1.5];
        let kish = kish(5, weights.iter().sum(), weights.iter().map(|w| w * w).sum());
        assert_relative_eq!(kish.unwrap().effective_n, 4.2353, epsilon = 5e-5);
    }

    #[test]
    fn no_weight_no_estimate() {
        assert_eq!(weighted_mean(&[]), None);
        assert_eq!(linearised_mean(&[point(3.0, &[0.0, 0.0])], 5), None);
        assert_eq!(linearised_mean(&[point(3.0, &[1.0])], 1), None);
        assert_eq!(linearised_mean(&sample(1.0), 5), None);
        assert_eq!(weighted_mean(&[point(f64::NAN, &[1.0])]), None);
        assert_eq!(kish(0, 0.0, 0.0), None);
    }

    #[test]
    fn the_effective_number_never_exceeds_the_answers() {
        assert_eq!(effective_n(0.5, 10, 1e-6, 9.0), 10.0);
    }
}
