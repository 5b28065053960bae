//! The confidence level of an interval and the critical values that belong to it.

use super::distributions;

/// A two-sided confidence level strictly between 0 and 1.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Confidence(f64);

impl Confidence {
    /// `None` unless `0 < level < 1`.
    pub fn new(level: f64) -> Option<Self> {
        (level > 0.0 && level < 1.0).then_some(Self(level))
    }

    /// The level, for instance 0.95.
    pub fn level(self) -> f64 {
        self.0
    }

    /// The probability outside the interval on either side, `(1 - level) / 2`.
    pub fn tail(self) -> f64 {
        (1.0 - self.0) / 2.0
    }

    /// Critical value of the normal distribution, 1.96 for 0.95.
    pub fn z(self) -> f64 {
        distributions::upper_normal_quantile(self.tail())
    }

    /// Critical value of Student's t; `None` unless `df` is positive and finite.
    pub fn t(self, df: f64) -> Option<f64> {
        distributions::upper_t_quantile(self.tail(), df)
    }
}

#[cfg(test)]
mod tests {
    use super::Confidence;
    use approx::assert_relative_eq;

    #[test]
    fn levels_outside_the_open_unit_interval_are_refused() {
        for level in [0.0, 1.0, -0.1, 95.0, f64::NAN] {
            assert_eq!(Confidence::new(level), None);
        }
    }

    #[test]
    fn critical_values_are_those_of_r() {
        let confidence = Confidence::new(0.95).unwrap();
        assert_relative_eq!(confidence.z(), 1.959_963_984_540_054, max_relative = 1e-14);
        assert_relative_eq!(confidence.t(1.0).unwrap(), 12.706_204_736_174_7, max_relative = 1e-12);
        assert_eq!(confidence.t(0.0), None);
        assert_eq!(confidence.t(f64::INFINITY), None);
    }
}
