//! The ratio of two sums over the same cases, such as what was awarded over what was claimed.
//!
//! The ratio estimator of survey sampling with the variance of Taylor's expansion (Cochran 1977, *Sampling Techniques*,
//! 3rd ed., 6.4): with r = Σy/Σx and residuals e = y - r·x, the standard error is √(n/(n-1) · Σe²)/Σx. Large cases
//! weigh more than small ones, as they do in the sums.

use super::sum::sum;
use super::{Confidence, Interval, t_interval};

/// The ratio of two sums.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RatioOfSums {
    /// Cases.
    pub n: u64,
    /// The sum of the first numbers, above the line.
    pub numerator: f64,
    /// The sum of the second numbers, below it.
    pub denominator: f64,
    /// Numerator over denominator.
    pub ratio: f64,
    /// Its standard error; needs two cases.
    pub se: Option<f64>,
}

impl RatioOfSums {
    /// Of cases with a number above the line and one below, all finite, the second at least 0 with a sum above 0; their
    /// order changes nothing but the last digits. `None` for anything else, and without cases.
    pub fn new(cases: &[(f64, f64)]) -> Option<Self> {
        if !cases.iter().all(|(above, below)| above.is_finite() && *below >= 0.0 && below.is_finite()) {
            return None;
        }
        let numerator = sum(cases.iter().map(|(above, _)| *above));
        let denominator = sum(cases.iter().map(|(_, below)| *below));
        if denominator <= 0.0 {
            return None;
        }
        let ratio = numerator / denominator;
        let n = cases.len() as f64;
        let squares = sum(cases.iter().map(|(above, below)| (above - ratio * below).powi(2)));
        let se = (cases.len() > 1).then(|| (n / (n - 1.0) * squares).sqrt() / denominator);
        let is_found = ratio.is_finite() && se.is_none_or(f64::is_finite);
        is_found.then_some(Self { n: cases.len() as u64, numerator, denominator, ratio, se })
    }

    /// Student's t limits with n - 1 degrees of freedom; `None` below two cases, or where all have the same ratio.
    pub fn interval(&self, confidence: Confidence) -> Option<Interval> {
        let se = self.se.filter(|se| *se > 0.0)?;
        t_interval(self.ratio, se, self.n as f64 - 1.0, confidence)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;
    use proptest::prelude::*;

    #[test]
    fn limits_are_those_of_taylors_expansion() {
        // R 4, survey 4.1-1: svyratio(~y, ~x) with equal weights, SE and confint with df = 5; r = 2050/5400.
        let cases =
            [(500.0, 1000.0), (0.0, 400.0), (250.0, 500.0), (900.0, 1500.0), (0.0, 800.0), (400.0, 1200.0)];
        let found = RatioOfSums::new(&cases).unwrap();
        assert_relative_eq!(found.ratio, 0.379_629_629_629_629_6, max_relative = 1e-14);
        assert_relative_eq!(found.se.unwrap(), 0.100_566_216_376_717_17, max_relative = 1e-12);
        let limits = found.interval(Confidence::new(0.95).unwrap()).unwrap();
        assert_relative_eq!(limits.low, 0.121_115_940_532_969_2, max_relative = 1e-11);
        assert_relative_eq!(limits.high, 0.638_143_318_726_290_2, max_relative = 1e-11);
    }

    #[test]
    fn corners() {
        let confidence = Confidence::new(0.95).unwrap();
        assert_eq!(RatioOfSums::new(&[]), None);
        assert_eq!(RatioOfSums::new(&[(1.0, 0.0)]), None);
        assert_eq!(RatioOfSums::new(&[(1.0, -1.0), (1.0, 3.0)]), None);
        assert_eq!(RatioOfSums::new(&[(f64::NAN, 1.0)]), None);
        let one = RatioOfSums::new(&[(1.0, 4.0)]).unwrap();
        assert_eq!((one.ratio, one.se, one.interval(confidence)), (0.25, None, None));
        let alike = RatioOfSums::new(&[(1.0, 4.0), (2.0, 8.0)]).unwrap();
        assert_eq!((alike.ratio, alike.interval(confidence)), (0.25, None), "no width by accident");
    }

    proptest! {
        #[test]
        fn scale_scales_and_order_does_not_count(cases in proptest::collection::vec((0.0..1e4_f64, 1.0..1e4_f64), 2..30), by in 0.1..10.0_f64) {
            let one = RatioOfSums::new(&cases).unwrap();
            let mut other: Vec<(f64, f64)> = cases.iter().map(|(above, below)| (above * by, *below)).collect();
            other.reverse();
            let other = RatioOfSums::new(&other).unwrap();
            prop_assert!((one.ratio * by - other.ratio).abs() <= 1e-9 * other.ratio.abs().max(1e-9));
            let (se, scaled) = (one.se.unwrap(), other.se.unwrap());
            prop_assert!((se * by - scaled).abs() <= 1e-7 * scaled.max(1e-9));
            let least = cases.iter().map(|(above, below)| above / below).fold(f64::MAX, f64::min);
            let most = cases.iter().map(|(above, below)| above / below).fold(0.0, f64::max);
            prop_assert!(one.ratio >= least - 1e-9 && one.ratio <= most + 1e-9);
        }
    }
}
