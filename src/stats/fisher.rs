//! Fisher's exact test of a 2 × 2 table, with the conditional odds ratio.
//!
//! R. A. Fisher (1935): given both margins, the count in one corner is hypergeometric. The two-sided p-value adds every
//! table that is no more likely than the one seen (within a relative 10⁻⁷, as R's `fisher.test`, so that rounding
//! does not separate ties). The odds ratio is the conditional maximum likelihood estimate, its limits are those of
//! Cornfield (1956) with half of α beyond each. Holds at any size: only terms that can be seen are added.
//! Reference cases: `tests/reference/tables` (`crosstab.fisher2x2`), `tests/reference/groups` (`table.*`).

use super::hypergeometric::Hypergeometric;
use super::{Confidence, PKind, SampledShare, root};

/// More answers than these are not tested.
const MOST: u64 = 1_000_000_000_000;
/// Tables up to this much more likely than the one seen count as no more likely.
const SAME: f64 = 1e-7;
/// Odds ratios beyond e to this power either way are not told apart.
const WIDEST_LN_ODDS: f64 = 700.0;

/// Result of the exact test.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FisherExact {
    /// Two-sided p-value.
    pub p: f64,
    /// Always exact.
    pub p_kind: PKind,
    /// Odds ratio and its limits; `None` where a row or column is empty, which leaves one table only.
    pub odds: Option<OddsRatio>,
}

/// The conditional odds ratio.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OddsRatio {
    /// The estimate; 0 where the count in the first corner is the smallest possible, `None` where it is the largest:
    /// the estimate is then infinite.
    pub estimate: Option<f64>,
    /// Lower limit, 0 at least.
    pub low: f64,
    /// Upper limit; `None` where it is infinite.
    pub high: Option<f64>,
}

/// The two-sided p-value of two shares of samples whose sizes may be effective ones: counts are rounded to whole numbers.
/// `None` without answers, or beyond 10¹² of them.
pub fn fisher_exact_of_shares(first: &SampledShare, second: &SampledShare) -> Option<f64> {
    let count =
        |x: f64| (0.0..=MOST as f64).contains(&x).then(|| x.round().to_string().parse().ok()).flatten();
    let row = |share: &SampledShare| Some([count(share.p * share.n)?, count((1.0 - share.p) * share.n)?]);
    tested([row(first)?, row(second)?]).map(|(_, p)| p)
}

/// The test of `[[a, b], [c, d]]`; `None` without answers, or beyond 10¹² of them.
pub fn fisher_exact([[a, b], [c, d]]: [[u64; 2]; 2], confidence: Confidence) -> Option<FisherExact> {
    let (law, p) = tested([[a, b], [c, d]])?;
    let odds = (!is_decided(&law)).then(|| odds(&law, a as f64, confidence));
    Some(FisherExact { p, p_kind: PKind::Exact, odds })
}

/// The law of the first corner given the margins, and the two-sided p-value.
fn tested(table: [[u64; 2]; 2]) -> Option<(Hypergeometric, f64)> {
    let n = table.into_iter().flatten().try_fold(0_u64, u64::checked_add)?;
    if n == 0 || n > MOST {
        return None;
    }
    let [[x, other], [below, rest]] = table.map(|row| row.map(|count| count as f64));
    // The first column is the group, the first row is drawn.
    let law = Hypergeometric::new(x + below, other + rest, x + other);
    let p = if is_decided(&law) { 1.0 } else { two_sided(&law, x) };
    Some((law, p))
}

/// Whether the margins leave one table only.
fn is_decided(law: &Hypergeometric) -> bool {
    law.high - law.low < 0.5
}

/// Both tails of tables that are no more likely than `x`.
fn two_sided(law: &Hypergeometric, x: f64) -> f64 {
    let limit = law.ln_probability(x) + SAME;
    let all = law.part(law.low, law.high, 0.0);
    let fits = |at: f64| law.ln_probability(at) <= limit;
    let peak = law.central_mode();
    // The probabilities fall on either side of the peak: the first that fits is found by halving.
    let lower = last_fitting(law.low, peak, fits);
    let upper = last_fitting(law.high, peak, fits);
    let tail = |from: f64, to: f64| (law.part(from, to, 0.0).ln_sum - all.ln_sum).exp();
    let p = match (lower, upper) {
        (Some(lower), Some(upper)) if lower >= upper - 0.5 => 1.0,
        (lower, upper) => {
            lower.map_or(0.0, |lower| tail(law.low, lower)) + upper.map_or(0.0, |upper| tail(upper, law.high))
        }
    };
    p.clamp(0.0, 1.0)
}

/// The point nearest to `peak`, counted from `end`, that fits; `None` where even the end does not.
fn last_fitting(end: f64, peak: f64, fits: impl Fn(f64) -> bool) -> Option<f64> {
    if !fits(end) {
        return None;
    }
    let (mut good, mut open) = (end, peak);
    if fits(peak) {
        return Some(peak);
    }
    while (open - good).abs() > 1.5 {
        let middle = f64::midpoint(good, open).floor();
        if fits(middle) {
            good = middle;
        } else {
            open = middle;
        }
    }
    Some(good)
}

fn odds(law: &Hypergeometric, x: f64, confidence: Confidence) -> OddsRatio {
    let (at_low, at_high) = (x <= law.low, x >= law.high);
    let whole = |u: f64| law.part(law.low, law.high, u);
    let solve = |start: f64, at: &dyn Fn(f64) -> (f64, f64)| {
        root::increasing(-WIDEST_LN_ODDS, WIDEST_LN_ODDS, start, at).exp()
    };
    let centre = law.ln_sample_odds(x);
    let estimate = if at_low {
        Some(0.0)
    } else if at_high {
        None
    } else {
        Some(solve(centre, &|u| {
            let all = whole(u);
            (all.mean - x, all.variance)
        }))
    };
    let wanted = confidence.tail().ln();
    let low = if at_low {
        0.0
    } else {
        solve(centre - 1.0, &|u| {
            let (all, tail) = (whole(u), law.part(x, law.high, u));
            (tail.ln_sum - all.ln_sum - wanted, tail.mean - all.mean)
        })
    };
    let high = (!at_high).then(|| {
        solve(centre + 1.0, &|u| {
            let (all, tail) = (whole(u), law.part(law.low, x, u));
            (wanted - (tail.ln_sum - all.ln_sum), all.mean - tail.mean)
        })
    });
    OddsRatio { estimate, low, high }
}

#[cfg(test)]
#[allow(clippy::float_cmp)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;
    use proptest::prelude::*;

    fn test(table: [[u64; 2]; 2]) -> FisherExact {
        fisher_exact(table, Confidence::new(0.95).unwrap()).unwrap()
    }

    #[test]
    fn tea_tasting_is_34_of_70() {
        assert_relative_eq!(test([[3, 1], [1, 3]]).p, 34.0 / 70.0, max_relative = 1e-12);
        assert_relative_eq!(test([[4, 0], [0, 4]]).p, 2.0 / 70.0, max_relative = 1e-12);
    }

    #[test]
    fn empty_margins_decide_the_table() {
        for table in [[[0, 0], [3, 4]], [[3, 0], [4, 0]], [[1, 0], [0, 0]]] {
            let found = test(table);
            assert_eq!((found.p, found.odds), (1.0, None));
        }
        assert_eq!(fisher_exact([[0; 2]; 2], Confidence::new(0.95).unwrap()), None);
        assert_eq!(fisher_exact([[u64::MAX, 1], [1, 1]], Confidence::new(0.95).unwrap()), None);
    }

    #[test]
    fn corners_have_one_open_limit() {
        let found = test([[10, 0], [0, 10]]).odds.unwrap();
        assert_eq!((found.estimate, found.high), (None, None));
        let found = test([[0, 10], [10, 0]]).odds.unwrap();
        assert_eq!((found.estimate, found.low), (Some(0.0), 0.0));
        // Turned round the limits are each other's reciprocals.
        let low = test([[10, 0], [0, 10]]).odds.unwrap().low;
        assert_relative_eq!(found.high.unwrap() * low, 1.0, max_relative = 1e-11);
    }

    #[test]
    fn a_million_answers_meet_the_normal_law_and_take_no_time() {
        let found = test([[251_000, 249_000], [250_000, 250_000]]);
        let chi_square =
            super::super::Contingency::new(&[vec![251_000, 249_000], vec![250_000, 250_000]]).unwrap();
        assert_relative_eq!(found.p, chi_square.yates().unwrap().p, max_relative = 1e-3);
        let odds = found.odds.unwrap();
        assert_relative_eq!(odds.estimate.unwrap(), 251.0 / 249.0, max_relative = 1e-6);
        let se = (2.0 / 250_000.0 + 1.0 / 251_000.0 + 1.0 / 249_000.0_f64).sqrt();
        assert_relative_eq!(odds.low.ln(), (251.0_f64 / 249.0).ln() - 1.96 * se, epsilon = 2e-5);
    }

    proptest! {
        #[test]
        fn turning_and_swapping_change_nothing(a in 0_u64..60, b in 0_u64..60, c in 0_u64..60, d in 0_u64..60) {
            prop_assume!(a + b + c + d > 0);
            let found = test([[a, b], [c, d]]);
            prop_assert!((0.0..=1.0).contains(&found.p));
            for turned in [[[a, c], [b, d]], [[d, c], [b, a]], [[b, a], [d, c]]] {
                prop_assert!((test(turned).p - found.p).abs() <= 1e-10 * found.p);
            }
            if let Some(odds) = found.odds {
                let estimate = odds.estimate.unwrap_or(f64::INFINITY);
                prop_assert!(odds.low <= estimate && estimate <= odds.high.unwrap_or(f64::INFINITY));
            }
        }
    }
}
