//! One correlation out of those of several groups.
//!
//! The mean of Fisher's z, each group by n - 3 (Hedges and Olkin 1985, *Statistical Methods for Meta-Analysis*, 11.B),
//! for rank correlations with the variance of Bonett and Wright (2000): (1 + r²/2)/(n - 3). What groups have in common
//! stands beside what all together show: the two may have opposite signs (Simpson 1951).

use super::sum::sum;
use super::{Confidence, Interval};

/// The correlation within groups.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PooledCorrelation {
    /// The coefficient, above -1 and below 1.
    pub r: f64,
    /// Its limits.
    pub interval: Interval,
}

/// The rank correlation that groups have in common, from the coefficient of each and its number of pairs.
///
/// Assumes that groups are independent. `None` with fewer than two groups, with a coefficient at or beyond -1 or 1, and
/// with fewer than four pairs in a group.
pub fn pooled_rank_correlation(groups: &[(f64, usize)], confidence: Confidence) -> Option<PooledCorrelation> {
    let is_usable = |(r, n): &(f64, usize)| r.abs() < 1.0 && *n > 3;
    if groups.len() < 2 || !groups.iter().all(is_usable) {
        return None;
    }
    let weight = |n: usize| n as f64 - 3.0;
    let all = sum(groups.iter().map(|(_, n)| weight(*n)));
    let centre = sum(groups.iter().map(|(r, n)| weight(*n) * r.atanh())) / all;
    let variance = sum(groups.iter().map(|(r, n)| weight(*n) * (1.0 + r * r / 2.0))) / (all * all);
    let limits = Interval::around(centre, confidence.z() * variance.sqrt())?;
    let interval = Interval::new(limits.low.tanh(), limits.high.tanh())?;
    Some(PooledCorrelation { r: centre.tanh(), interval })
}

#[cfg(test)]
#[allow(clippy::float_cmp)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;
    use proptest::prelude::*;

    fn confidence() -> Confidence {
        Confidence::new(0.95).unwrap()
    }

    #[test]
    fn groups_are_pooled_as_by_formula() {
        // numpy 2.4.6: z = arctanh(r), w = n - 3, tanh(sum(w z)/sum(w) +- norm.ppf(0.975) sqrt(sum(w (1 + r^2/2)))/sum(w)).
        let found = pooled_rank_correlation(&[(0.5, 12), (0.7, 20), (-0.1, 9)], confidence()).unwrap();
        assert_relative_eq!(found.r, 0.534_506_423_085_621_8, max_relative = 1e-12);
        assert_relative_eq!(found.interval.low, 0.218_673_825_964_304_96, max_relative = 1e-10);
        assert_relative_eq!(found.interval.high, 0.748_969_085_710_172_8, max_relative = 1e-10);
    }

    #[test]
    fn what_cannot_be_pooled_is_not() {
        let pooled = |groups: &[(f64, usize)]| pooled_rank_correlation(groups, confidence());
        assert_eq!(pooled(&[]), None);
        assert_eq!(pooled(&[(0.4, 10)]), None);
        assert_eq!(pooled(&[(0.4, 10), (1.0, 10)]), None);
        assert_eq!(pooled(&[(0.4, 10), (f64::NAN, 10)]), None);
        assert_eq!(pooled(&[(0.4, 10), (0.3, 3)]), None);
    }

    proptest! {
        #[test]
        fn it_lies_between_the_groups_and_turns_with_them(
            groups in prop::collection::vec((-0.99..0.99_f64, 4_usize..200), 2..8),
        ) {
            let found = pooled_rank_correlation(&groups, confidence()).unwrap();
            let least = groups.iter().map(|group| group.0).fold(1.0, f64::min);
            let most = groups.iter().map(|group| group.0).fold(-1.0, f64::max);
            prop_assert!(found.r >= least - 1e-12 && found.r <= most + 1e-12);
            prop_assert!(found.interval.contains(found.r));
            let turned: Vec<(f64, usize)> = groups.iter().map(|(r, n)| (-r, *n)).collect();
            let turned = pooled_rank_correlation(&turned, confidence()).unwrap();
            prop_assert!((turned.r + found.r).abs() < 1e-12);
        }
    }
}
