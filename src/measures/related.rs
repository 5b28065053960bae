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
    use approx::assert_relative_eq;
    use proptest::prelude::*;

    use super::{DesignCovariances, Related};
    use crate::measures::sample::{confidence, context, question, single};
    use crate::measures::{
        Difference, DifferenceRules, Side, contrast, contrast_by, difference, difference_by, figures,
    };
    use crate::stats::Confidence;
    use crate::survey::Measure;

    fn side(points: &[u64], statistic: &str) -> Side {
        let found = figures(&question("q", Measure::Csat), &single(points), &[], &context()).unwrap();
        let side = Side::of(&found.iter().collect::<Vec<_>>(), statistic).unwrap();
        side.on_scale(Some([1, 5]), statistic)
    }

    fn rules(related: &Related, confidence: Confidence) -> DifferenceRules {
        DifferenceRules { related: *related, ..DifferenceRules::new(confidence) }
    }

    fn related_contrast(
        before: &Side,
        after: &Side,
        related: &Related,
        confidence: Confidence,
    ) -> Option<Difference> {
        contrast_by(before, after, &rules(related, confidence))
    }

    fn related_difference(
        before: &Side,
        after: &Side,
        related: &Related,
        confidence: Confidence,
    ) -> Option<Difference> {
        difference_by(before, after, &rules(related, confidence))
    }

    fn correlated(correlation: f64, degrees_of_freedom: Option<f64>) -> Related {
        Related { correlation, degrees_of_freedom }
    }

    fn known(covariance: f64, shares: bool) -> DesignCovariances {
        DesignCovariances {
            means: vec![1.0, 2.0],
            covariances: vec![vec![4.0, covariance], vec![covariance, 9.0]],
            degrees_of_freedom: vec![vec![7.0, 12.0], vec![12.0, 8.0]],
            of_all: 12,
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

    #[test]
    fn what_both_share_makes_a_difference_surer() {
        // By the formulas in Python, scipy 1.17.1: 39/41 less 32/39 pooled with a correlation of 0.3.
        let (before, after) = (side(&[0, 7, 0, 0, 32], "top_box"), side(&[0, 2, 0, 0, 39], "top_box"));
        let found = related_contrast(&before, &after, &correlated(0.3, None), confidence(0.95)).unwrap();
        assert_relative_eq!(found.p.unwrap(), 0.027_088_835_211_1, max_relative = 1e-9);
        assert_eq!(found.method.as_deref(), Some("newcombe, design covariance"));
        // Means 3, 4, 4, 5, 5, 5 twice less 1, 1, 2, 2, 2, 2, 3, 3, 4, 4; correlation 0.4, 9 degrees of freedom.
        let (before, after) = (side(&[2, 4, 2, 2, 0], "mean"), side(&[0, 0, 2, 4, 6], "mean"));
        let found = related_contrast(&before, &after, &correlated(0.4, Some(9.0)), confidence(0.95)).unwrap();
        assert_relative_eq!(found.low.unwrap(), 1.200_502_977_102_8, max_relative = 1e-9);
        assert_relative_eq!(found.high.unwrap(), 2.666_163_689_563_9, max_relative = 1e-9);
        assert_relative_eq!(found.p.unwrap(), 2.106_282_394_415e-4, max_relative = 1e-9);
    }

    #[test]
    fn always_moving_together_leaves_nothing_to_test() {
        let (one, other) = (side(&[10, 20, 30, 20, 20], "mean"), side(&[20, 20, 30, 20, 10], "mean"));
        for (before, after) in [(&one, &other), (&one, &one)] {
            let found = related_difference(before, after, &correlated(1.0, None), confidence(0.95)).unwrap();
            assert!(found.p.is_none_or(f64::is_finite) && found.low.is_none_or(f64::is_finite));
            assert!(found.minimum_detectable.is_none_or(|detectable| detectable > 0.0));
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 64, ..ProptestConfig::default() })]

        #[test]
        fn nothing_shared_changes_nothing_and_more_shared_is_surer(
            one in prop::array::uniform5(2_u64..40),
            other in prop::array::uniform5(2_u64..40),
            statistic in prop::sample::select(vec!["top_box", "net", "mean", "index"]),
            low in -0.8_f64..0.0,
            high in 0.05_f64..0.8,
        ) {
            let (before, after) = (side(&one, statistic), side(&other, statistic));
            let at = |related: Related| related_difference(&before, &after, &related, confidence(0.95)).unwrap();
            let apart = at(Related::default());
            prop_assert_eq!(Some(apart.clone()), difference(&before, &after, confidence(0.95)));
            let plain = contrast(&before, &after, confidence(0.95));
            prop_assert_eq!(
                related_contrast(&before, &after, &Related::default(), confidence(0.95)),
                plain
            );
            let (low, high) = (at(correlated(low, None)), at(correlated(high, None)));
            prop_assert_eq!((low.value, high.value), (apart.value, apart.value));
            for (wide, narrow) in [(&low, &apart), (&apart, &high)] {
                prop_assert!(narrow.p.unwrap() <= wide.p.unwrap() * (1.0 + 1e-9) + 1e-12);
                prop_assert!(narrow.minimum_detectable <= wide.minimum_detectable);
                let length = |found: &Difference| found.high.unwrap() - found.low.unwrap();
                prop_assert!(length(narrow) <= length(wide) * (1.0 + 1e-9));
            }
        }
    }
}
