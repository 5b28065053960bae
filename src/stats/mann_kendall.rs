//! Whether a series rises or falls throughout: Mann-Kendall's test and Sen's slope.
//!
//! Mann 1945, Kendall 1975, Sen 1968; variance corrected for ties, z with continuity correction. The
//! waves count as independent. The test takes nothing but their order; the slope takes their times,
//! by default one step each. Normal approximation from three waves
//! on: with fewer than about eight it is coarse, which is for the caller to say.
//! The limits of the slope are those slopes whose ranks, (N ∓ C)/2 rounded half to even and plus one
//! above, R's `trend::sens.slope` takes; where a rank falls outside the N slopes there are none.
//! Reference cases: `tests/reference/waves`.

use super::sum::sum;
use super::{Confidence, Interval, PKind, Reference};

/// The fewest waves that can be said to rise or fall.
const LEAST_WAVES: usize = 3;

/// Waves that agree to this part of the largest one are tied.
const SAME: f64 = 1e-12;

/// Result of the test and the slope.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MannKendall {
    /// Rising less falling pairs of waves.
    pub s: f64,
    /// Variance of `s` without a trend, corrected for ties.
    pub variance: f64,
    /// Kendall's tau over the untied pairs (tau-b, as R's trend); `None` where all are tied.
    pub tau_b: Option<f64>,
    /// `s` over all pairs, ties not taken out (tau-a).
    pub tau_a: f64,
    /// Normal statistic with continuity correction; 0 where `s` is 0.
    pub z: f64,
    /// Two-sided p-value, 1 where `s` is 0.
    pub p: f64,
    /// How `p` was found.
    pub p_kind: PKind,
    /// Sen's slope a unit of time: the median of all pairwise slopes.
    pub slope: f64,
    /// Limits of the slope; `None` with too few waves for this confidence or without variation.
    pub slope_interval: Option<Interval>,
}

/// The test of values in the order of time, one step apart; `None` with fewer than three or where one is not finite.
pub fn mann_kendall(values: &[f64], confidence: Confidence) -> Option<MannKendall> {
    let times: Vec<f64> = (0_u32..).map(f64::from).take(values.len()).collect();
    mann_kendall_at(&times, values, confidence)
}

/// The same of values at times, whose slope is by the unit of time.
///
/// `None` as [`mann_kendall`], and unless there is a time for every value, each later than the one before.
pub fn mann_kendall_at(times: &[f64], values: &[f64], confidence: Confidence) -> Option<MannKendall> {
    if values.len() < LEAST_WAVES || !values.iter().all(|value| value.is_finite()) {
        return None;
    }
    let in_order =
        times.windows(2).all(|pair| pair[0] < pair[1]) && times.iter().all(|time| time.is_finite());
    if times.len() != values.len() || !in_order {
        return None;
    }
    let noise = SAME * values.iter().fold(0.0_f64, |largest, value| largest.max(value.abs()));
    let (mut s, mut slopes) = (0.0, Vec::new());
    for (i, (earlier, from)) in values.iter().zip(times).enumerate() {
        for (later, to) in values[i + 1..].iter().zip(&times[i + 1..]) {
            s += sign(later - earlier, noise);
            slopes.push((later - earlier) / (to - from));
        }
    }
    slopes.sort_by(f64::total_cmp);
    let slope = middle(&slopes)?;
    if !slopes.iter().all(|slope| slope.is_finite()) {
        return None;
    }
    let ties = tied(values, noise);
    let n = values.len() as f64;
    let loss = |of: fn(f64) -> f64| sum(ties.iter().map(|&size| of(size)));
    let spread: fn(f64) -> f64 = |t| t * (t - 1.0) * (2.0 * t + 5.0);
    let variance = ((spread(n) - loss(spread)) / 18.0).max(0.0);
    let pairs = n * (n - 1.0) / 2.0;
    let untied = pairs - loss(|t| t * (t - 1.0) / 2.0);
    let z = if s.abs() > 0.0 { (s - s.signum()) / variance.sqrt() } else { 0.0 };
    Some(MannKendall {
        s,
        variance,
        tau_b: (untied > 0.0).then(|| (s / (untied * pairs).sqrt()).clamp(-1.0, 1.0)),
        tau_a: s / pairs,
        z,
        p: Reference::Normal.two_sided(z)?,
        p_kind: PKind::Normal,
        slope,
        slope_interval: slope_interval(&slopes, variance, confidence),
    })
}

fn sign(x: f64, noise: f64) -> f64 {
    if x.abs() <= noise { 0.0 } else { x.signum() }
}

/// How many waves share a value, for every value.
fn tied(values: &[f64], noise: f64) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.chunk_by(|a, b| b - a <= noise).map(|tie| tie.len() as f64).collect()
}

fn middle(sorted: &[f64]) -> Option<f64> {
    let upper = sorted.get(sorted.len() / 2)?;
    let lower = sorted.get((sorted.len() - 1) / 2)?;
    Some(f64::midpoint(*lower, *upper))
}

fn slope_interval(sorted: &[f64], variance: f64, confidence: Confidence) -> Option<Interval> {
    let pairs = sorted.len() as f64;
    let reach = confidence.z() * variance.sqrt();
    if reach <= 0.0 {
        return None;
    }
    let low = at_rank(sorted, f64::midpoint(pairs, -reach).round_ties_even())?;
    let high = at_rank(sorted, (f64::midpoint(pairs, reach) + 1.0).round_ties_even())?;
    Interval::new(low, high)
}

/// The slope of a rank that counts from 1.
fn at_rank(sorted: &[f64], rank: f64) -> Option<f64> {
    let ranks = (1_u32..).map(f64::from);
    sorted.iter().zip(ranks).find(|(_, at)| (at - rank).abs() < 0.5).map(|(slope, _)| *slope)
}

#[cfg(test)]
#[allow(clippy::float_cmp)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    fn confidence() -> Confidence {
        Confidence::new(0.95).unwrap()
    }

    #[test]
    fn three_rising_waves_have_a_slope_but_no_limits() {
        // S = 3, variance 3·2·11/18, z = 2/√(11/3).
        let test = mann_kendall(&[0.1, 0.2, 0.4], confidence()).unwrap();
        assert_eq!((test.s, test.tau_a, test.tau_b), (3.0, 1.0, Some(1.0)));
        assert_relative_eq!(test.z, 2.0 / (11.0_f64 / 3.0).sqrt(), max_relative = 1e-14);
        assert_relative_eq!(test.slope, 0.15, max_relative = 1e-14);
        assert_eq!(test.slope_interval, None);
    }

    #[test]
    fn equal_waves_have_no_trend_and_no_limits() {
        let test = mann_kendall(&[0.5; 9], confidence()).unwrap();
        assert_eq!((test.s, test.variance, test.z, test.p), (0.0, 0.0, 0.0, 1.0));
        assert_eq!((test.tau_b, test.slope, test.slope_interval), (None, 0.0, None));
    }

    #[test]
    fn a_series_read_backwards_has_the_opposite_trend() {
        let mut values = [3.2, 3.1, 3.4, 3.4, 3.6, 3.5, 3.8, 3.3, 3.9];
        let one = mann_kendall(&values, confidence()).unwrap();
        values.reverse();
        let other = mann_kendall(&values, confidence()).unwrap();
        assert_eq!((one.s, one.z, one.p), (-other.s, -other.z, other.p));
        assert_relative_eq!(one.slope, -other.slope, max_relative = 1e-12);
        let interval = one.slope_interval.unwrap();
        assert!(interval.contains(one.slope));
    }

    #[test]
    fn floating_noise_does_not_break_ties() {
        let test = mann_kendall(&[0.1 + 0.2, 0.3, 0.3], confidence()).unwrap();
        assert_eq!((test.s, test.variance, test.p), (0.0, 0.0, 1.0));
    }

    #[test]
    fn the_slope_takes_real_distances_and_the_test_only_the_order() {
        // 2 a step, with steps left out: every pairwise slope is 2.
        let times = [0.0, 1.0, 2.0, 7.0, 8.0, 20.0];
        let values = times.map(|time| 50.0 + 2.0 * time);
        let at = mann_kendall_at(&times, &values, confidence()).unwrap();
        let steps = mann_kendall(&values, confidence()).unwrap();
        assert_relative_eq!(at.slope, 2.0, max_relative = 1e-12);
        assert!(steps.slope > 5.0);
        assert_eq!((at.s, at.p, at.tau_b), (steps.s, steps.p, steps.tau_b));
        assert_eq!(mann_kendall_at(&[0.0, 1.0], &[1.0, 2.0, 3.0], confidence()), None);
        assert_eq!(mann_kendall_at(&[0.0, 0.0, 1.0], &[1.0, 2.0, 3.0], confidence()), None);
    }

    #[test]
    fn two_waves_and_infinite_ones_are_refused() {
        assert_eq!(mann_kendall(&[], confidence()), None);
        assert_eq!(mann_kendall(&[1.0, 2.0], confidence()), None);
        assert_eq!(mann_kendall(&[1.0, f64::NAN, 2.0], confidence()), None);
        assert_eq!(mann_kendall(&[-f64::MAX, 0.0, f64::MAX], confidence()), None);
    }
}
