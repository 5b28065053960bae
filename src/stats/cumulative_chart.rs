//! Charts that add waves up and so find small lasting shifts: CUSUM and EWMA.
//!
//! CUSUM (Page 1954) of values in sigmas, less an allowance of half the shift looked for; a sum
//! beyond the decision limit, usually 5, signals. EWMA (Roberts 1959) with the exact limits that
//! widen over the first waves. Centre and sigma are the caller's, usually those of an XmR chart.
//! Reference cases: `tests/reference/waves`.

use super::Interval;

/// Standard deviations from the centre to a limit of the EWMA.
const WIDTH: f64 = 3.0;

/// The two sums of one wave.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cusum {
    /// Sum of what lies above the allowance, 0 or more.
    pub above: f64,
    /// Sum of what lies below it, 0 or less.
    pub below: f64,
}

/// The moving average after one wave.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ewma {
    /// The average.
    pub value: f64,
    /// Its limits, raw.
    pub limits: Interval,
}

/// Sums in sigmas for a shift of `shift` sigmas; `None` unless sigma and shift are positive.
pub fn cusum(values: &[f64], centre: f64, sigma: f64, shift: f64) -> Option<Vec<Cusum>> {
    if !(sigma > 0.0 && shift > 0.0 && shift.is_finite()) {
        return None;
    }
    let allowance = shift / 2.0;
    let mut sums = Cusum { above: 0.0, below: 0.0 };
    let mut next = |value: &f64| {
        let z = (value - centre) / sigma;
        sums.above = (sums.above + (z - allowance)).max(0.0);
        sums.below = (sums.below + (z + allowance)).min(0.0);
        (z.is_finite() && sums.above.is_finite() && sums.below.is_finite()).then_some(sums)
    };
    values.iter().map(&mut next).collect()
}

/// Averages that give the newest wave the part `lambda`; `None` unless `0 < lambda <= 1` and sigma
/// is positive.
pub fn ewma(values: &[f64], centre: f64, sigma: f64, lambda: f64) -> Option<Vec<Ewma>> {
    if !(sigma > 0.0 && lambda > 0.0 && lambda <= 1.0 && centre.is_finite()) {
        return None;
    }
    let (mut average, mut left) = (centre, 1.0);
    let mut next = |value: &f64| {
        average += lambda * (value - average);
        // What is left of the start, squared: (1 - λ)²ⁱ.
        left *= (1.0 - lambda) * (1.0 - lambda);
        let spread = sigma * (lambda / (2.0 - lambda) * (1.0 - left)).sqrt();
        let limits = Interval::around(centre, WIDTH * spread)?;
        average.is_finite().then_some(Ewma { value: average, limits })
    };
    values.iter().map(&mut next).collect()
}

#[cfg(test)]
#[allow(clippy::float_cmp)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    #[test]
    fn sums_start_at_nothing_and_grow_by_what_exceeds_the_allowance() {
        let sums = cusum(&[0.0, 2.0, 2.0, -9.0], 0.0, 1.0, 1.0).unwrap();
        let above: Vec<f64> = sums.iter().map(|sum| sum.above).collect();
        let below: Vec<f64> = sums.iter().map(|sum| sum.below).collect();
        assert_eq!(above, [0.0, 1.5, 3.0, 0.0]);
        assert_eq!(below, [0.0, 0.0, 0.0, -8.5]);
    }

    #[test]
    fn an_average_of_the_newest_wave_alone_is_a_shewhart_chart() {
        let averages = ewma(&[1.0, 4.0], 2.0, 0.5, 1.0).unwrap();
        assert_eq!((averages[0].value, averages[1].value), (1.0, 4.0));
        for average in averages {
            assert_relative_eq!(average.limits.high, 3.5, max_relative = 1e-15);
        }
    }

    #[test]
    fn no_waves_no_points_and_no_spread_no_chart() {
        assert_eq!(cusum(&[], 0.0, 1.0, 1.0), Some(vec![]));
        assert_eq!(ewma(&[], 0.0, 1.0, 0.2), Some(vec![]));
        assert_eq!(cusum(&[1.0], 0.0, 0.0, 1.0), None);
        assert_eq!(cusum(&[f64::NAN], 0.0, 1.0, 1.0), None);
        assert_eq!(ewma(&[1.0], 0.0, 0.0, 0.2), None);
        assert_eq!(ewma(&[1.0], 0.0, 1.0, 0.0), None);
        assert_eq!(ewma(&[f64::INFINITY], 0.0, 1.0, 0.2), None);
    }
}
