//! The distribution an estimate over its standard error is held against: normal or Student's t.

use super::distributions::{normal_sf, t_sf, upper_normal_quantile, upper_t_quantile};
use super::{Interval, PKind};

/// Normal, or Student's t with degrees of freedom of the caller's.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reference {
    /// The standard normal.
    Normal,
    /// Student's t; degrees of freedom that are not positive and finite give no answer anywhere.
    StudentT(f64),
}

impl Reference {
    /// The point with probability `tail` above it; `None` unless `0 < tail <= 0.5`.
    pub fn critical(self, tail: f64) -> Option<f64> {
        if !(tail > 0.0 && tail <= 0.5) {
            return None;
        }
        match self {
            Self::Normal => Some(upper_normal_quantile(tail)),
            Self::StudentT(df) => upper_t_quantile(tail, df),
        }
    }

    /// Probability above `x`, by the upper tail itself so that small ones keep their digits.
    pub fn sf(self, x: f64) -> Option<f64> {
        match self {
            Self::Normal => normal_sf(x),
            Self::StudentT(df) => t_sf(x, df),
        }
    }

    /// Probability of a statistic at least as far from 0 on either side.
    pub fn two_sided(self, x: f64) -> Option<f64> {
        self.sf(x.abs()).map(|tail| (2.0 * tail).min(1.0))
    }

    /// `centre` ± critical · `se`, with probability `tail` on either side.
    pub(super) fn interval(self, centre: f64, se: f64, tail: f64) -> Option<Interval> {
        Interval::around(centre, self.critical(tail)? * se)
    }

    /// What a p-value from here is called.
    pub fn kind(self) -> PKind {
        match self {
            Self::Normal => PKind::Normal,
            Self::StudentT(_) => PKind::StudentT,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    #[test]
    fn critical_values_and_tails_are_inverse() {
        for reference in [Reference::Normal, Reference::StudentT(3.5), Reference::StudentT(1e9)] {
            for tail in [1e-12, 0.025, 0.05, 0.2, 0.5] {
                let x = reference.critical(tail).unwrap();
                assert_relative_eq!(reference.sf(x).unwrap(), tail, max_relative = 1e-9);
            }
            assert_eq!(reference.two_sided(0.0), Some(1.0));
        }
    }

    #[test]
    fn impossible_tails_and_degrees_of_freedom_have_no_answer() {
        for tail in [0.0, -0.1, 0.6, f64::NAN] {
            assert_eq!(Reference::Normal.critical(tail), None);
        }
        for df in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(Reference::StudentT(df).critical(0.025), None);
            assert_eq!(Reference::StudentT(df).two_sided(1.0), None);
        }
        assert_eq!(Reference::Normal.two_sided(f64::NAN), None);
    }
}
