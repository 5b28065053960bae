//! Two shares of the same respondents: McNemar's test and Newcombe's interval for paired proportions.
//!
//! Only pairs whose answers differ tell of a difference: exact binomial test up to 50 of them (McNemar 1947 by
//! enumeration), the normal approximation without continuity correction above (Fagerland, Lydersen and Laake 2013).
//! Interval: Newcombe, *Statistics in Medicine* 17 (1998) 2635-2650, method 10: square-and-add of two Wilson intervals
//! with the correlation of the pairs, whose numerator is corrected for continuity where it is positive. It stays
//! between -1 and 1 and has a width where no pair differs.

use super::distributions::normal_sf;
use super::{Interval, PKind, wilson};

/// The most differing pairs for which the test is exact.
const EXACT_UP_TO: u64 = 50;

/// A table of pairs by whether they are counted first and second.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PairedShares {
    /// Both times.
    pub both: u64,
    /// The first time only.
    pub first_only: u64,
    /// The second time only.
    pub second_only: u64,
    /// Neither time.
    pub neither: u64,
}

/// McNemar's test that both shares are equal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct McNemar {
    /// Two-sided p-value; 1 where no pair differs.
    pub p: f64,
    /// How it was found.
    pub p_kind: PKind,
}

impl PairedShares {
    /// The number of pairs.
    pub fn n(&self) -> u64 {
        self.both + self.first_only + self.second_only + self.neither
    }

    /// The second share less the first; `None` without pairs.
    pub fn difference(&self) -> Option<f64> {
        let n = self.n();
        (n > 0).then(|| (self.second_only as f64 - self.first_only as f64) / n as f64)
    }

    /// The test that both are equal; `None` without pairs.
    pub fn mcnemar(&self) -> Option<McNemar> {
        if self.n() == 0 {
            return None;
        }
        let differing = self.first_only + self.second_only;
        let fewer = self.first_only.min(self.second_only);
        if differing <= EXACT_UP_TO {
            return Some(McNemar { p: sign_test(fewer, differing), p_kind: PKind::Exact });
        }
        let z = (self.first_only as f64 - self.second_only as f64).abs() / (differing as f64).sqrt();
        Some(McNemar { p: (2.0 * normal_sf(z)?).min(1.0), p_kind: PKind::Normal })
    }

    /// The interval of the second share less the first at a critical value of the normal; `None` without pairs.
    pub fn newcombe(&self, critical: f64) -> Option<Interval> {
        let n = self.n() as f64;
        let first = (self.both + self.first_only) as f64 / n;
        let second = (self.both + self.second_only) as f64 / n;
        let (one, two) = (wilson(first, n, critical)?, wilson(second, n, critical)?);
        let phi = self.correlation();
        let reach = |one: f64, two: f64| (one * one - 2.0 * phi * one * two + two * two).max(0.0).sqrt();
        let below = reach(second - two.low, one.high - first);
        let above = reach(two.high - second, first - one.low);
        let difference = second - first;
        Interval::new(difference - below, difference + above)
    }

    /// The correlation of the pairs, 0 where a share is 0 or 1.
    fn correlation(&self) -> f64 {
        let [a, b, c, d] = [self.both, self.first_only, self.second_only, self.neither].map(|n| n as f64);
        let margins = (a + b) * (c + d) * (a + c) * (b + d);
        if margins <= 0.0 {
            return 0.0;
        }
        let excess = a * d - b * c;
        let corrected = if excess > 0.0 { (excess - (a + b + c + d) / 2.0).max(0.0) } else { excess };
        corrected / margins.sqrt()
    }
}

/// The two-sided sign test: twice the chance of so few of `n` at one half, at most 1.
fn sign_test(fewer: u64, n: u64) -> f64 {
    let mut chance = 0.5_f64.powi(i32::try_from(n).unwrap_or(i32::MAX));
    let mut tail = chance;
    for k in 0..fewer {
        chance *= (n - k) as f64 / (k + 1) as f64;
        tail += chance;
    }
    (2.0 * tail).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::PairedShares;
    use approx::assert_relative_eq;
    use proptest::prelude::*;

    fn pairs([both, first_only, second_only, neither]: [u64; 4]) -> PairedShares {
        PairedShares { both, first_only, second_only, neither }
    }

    #[test]
    fn intervals_meet_newcombes_table() {
        // Newcombe 1998, table III, method 10, to a unit of the fourth digit that it prints; his difference is the first
        // less the second.
        for (table, low, high) in [
            ([36, 12, 2, 0], 0.0569, 0.3404),
            ([20, 12, 2, 16], 0.0562, 0.3292),
            ([18, 12, 2, 18], 0.0562, 0.3290),
            ([36, 14, 0, 0], 0.1528, 0.4167),
            ([35, 14, 0, 1], 0.1461, 0.4175),
            ([18, 14, 0, 18], 0.1441, 0.3963),
            ([2, 97, 1, 0], 0.8721, 0.9854),
            ([1, 97, 1, 1], 0.8736, 0.9850),
            ([0, 29, 1, 0], 0.6666, 0.9882),
            ([2, 98, 0, 0], 0.9178, 0.9945),
            ([1, 98, 0, 1], 0.9171, 0.9916),
            ([0, 30, 0, 0], 0.8395, 1.0),
            ([54, 0, 0, 0], -0.0664, 0.0664),
        ] {
            let found = pairs(table).newcombe(1.959_963_984_540_054).unwrap();
            assert_relative_eq!(-found.high, low, epsilon = 1e-4);
            assert_relative_eq!(-found.low, high, epsilon = 1e-4);
        }
    }

    #[test]
    fn few_differing_pairs_are_tested_exactly() {
        // StatsDirect on Armitage and Berry 1994, p. 127: exact two-sided P = 0.0129.
        assert_relative_eq!(pairs([20, 12, 2, 16]).mcnemar().unwrap().p, 0.0129, epsilon = 5e-5);
        assert_relative_eq!(pairs([20, 12, 2, 16]).mcnemar().unwrap().p, 212.0 / 16384.0, epsilon = 1e-15);
        for table in [[5, 0, 0, 5], [0, 3, 3, 0], [1, 0, 0, 0]] {
            assert_relative_eq!(pairs(table).mcnemar().unwrap().p, 1.0);
        }
        // One pair shows nothing.
        assert_relative_eq!(pairs([0, 1, 0, 0]).mcnemar().unwrap().p, 1.0);
        assert_eq!((pairs([0; 4]).mcnemar(), pairs([0; 4]).newcombe(1.96)), (None, None));
    }

    #[test]
    fn many_differing_pairs_have_mcnemars_chi_square() {
        // Bland 2000, colds of 1319 children at 12 and 14: 144 and 256 differ, so chi-square is 112 x 112 / 400 = 31.36;
        // the difference is 8.49 %, its limits 5.5 % and 11.4 % (printed by MedCalc).
        let colds = pairs([212, 144, 256, 707]);
        assert_relative_eq!(colds.mcnemar().unwrap().p, 2.143_5e-8, max_relative = 1e-4);
        assert_relative_eq!(colds.difference().unwrap(), 0.0849, epsilon = 5e-5);
        let limits = colds.newcombe(1.959_963_984_540_054).unwrap();
        assert_relative_eq!(limits.low, 0.055, epsilon = 1e-3);
        assert_relative_eq!(limits.high, 0.114, epsilon = 1e-3);
    }

    proptest! {
        #[test]
        fn limits_hold_the_difference_and_turn_with_the_sides(
            table in prop::array::uniform4(0_u64..200),
        ) {
            let found = pairs(table);
            prop_assume!(found.n() > 0);
            let turned = pairs([table[0], table[2], table[1], table[3]]);
            let (limits, other) = (found.newcombe(1.96).unwrap(), turned.newcombe(1.96).unwrap());
            let difference = found.difference().unwrap();
            prop_assert!(limits.low < limits.high && limits.low >= -1.0 - 1e-12 && limits.high <= 1.0 + 1e-12);
            prop_assert!(limits.low <= difference && difference <= limits.high);
            prop_assert!((limits.low + other.high).abs() < 1e-12 && (limits.high + other.low).abs() < 1e-12);
            prop_assert!((found.mcnemar().unwrap().p - turned.mcnemar().unwrap().p).abs() < 1e-15);
        }
    }
}
