//! How two figures of one design move together.

use super::design::DesignCovariances;

/// What two figures of one design have to do with each other; by default nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Related {
    /// The correlation of both estimates, −1 to 1; 0 for independent ones.
    pub correlation: f64,
    /// The degrees of freedom of their difference; `None` where both figures' own hold.
    pub degrees_of_freedom: Option<f64>,
}

/// Correlations below it are rounding.
const DUST: f64 = 1e-12;

impl Related {
    /// Of two domains, by their places.
    ///
    /// Where no cluster has answers of both, what is known of one variance says nothing of the other, and each figure
    /// keeps its own degrees of freedom; else they are those of both together.
    pub fn of(known: &DesignCovariances, one: usize, other: usize) -> Self {
        let at =
            |one: usize, other: usize| known.covariances.get(one).and_then(|row| row.get(other)).copied();
        let spread = at(one, one).zip(at(other, other)).map_or(0.0, |(one, other)| (one * other).sqrt());
        let correlation = at(one, other).map_or(0.0, |covariance| covariance / spread);
        let correlation = if correlation.is_finite() { correlation.clamp(-1.0, 1.0) } else { 0.0 };
        let shares = known.shares_units.get(one).and_then(|row| row.get(other)).copied().unwrap_or(false);
        let df = known.degrees_of_freedom.get(one).and_then(|row| row.get(other)).filter(|_| shares);
        Self {
            correlation: if correlation.abs() < DUST { 0.0 } else { correlation },
            degrees_of_freedom: df.map(|df| df.max(1.0)),
        }
    }

    /// Whether there is anything that two independent figures do not have.
    pub(super) fn is_known(&self) -> bool {
        self.correlation.abs() > 0.0 || self.degrees_of_freedom.is_some()
    }
}

#[cfg(test)]
#[allow(clippy::float_cmp)]
mod tests {
    use super::{DesignCovariances, Related};

    fn known(covariance: f64, shares: bool) -> DesignCovariances {
        DesignCovariances {
            means: vec![1.0, 2.0],
            covariances: vec![vec![4.0, covariance], vec![covariance, 9.0]],
            degrees_of_freedom: vec![vec![7.0, 12.0], vec![12.0, 8.0]],
            of_all: 12.0,
            shares_units: vec![vec![true, shares], vec![shares, true]],
        }
    }

    #[test]
    fn a_correlation_is_the_covariance_over_both_errors() {
        let found = Related::of(&known(3.0, true), 0, 1);
        assert_eq!((found.correlation, found.degrees_of_freedom), (0.5, Some(12.0)));
        assert_eq!(Related::of(&known(3.0, true), 1, 1).correlation, 1.0);
        assert_eq!(Related::of(&known(7.0, true), 0, 1).correlation, 1.0);
        assert_eq!(Related::of(&known(-1.5, false), 0, 1).degrees_of_freedom, None);
        assert_eq!(Related::of(&known(1e-13, false), 0, 1), Related::default());
        let still = DesignCovariances { covariances: vec![vec![0.0; 2]; 2], ..known(0.0, false) };
        assert_eq!(Related::of(&still, 0, 1), Related::default());
        assert!(!Related::of(&still, 0, 5).is_known());
    }
}
