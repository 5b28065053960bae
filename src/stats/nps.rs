//! The net promoter score on the unit scale and its intervals.
//!
//! One answer is +1, 0 or -1; its variance is P + D - (P - D)², divided by n (not n-1), as in
//! tickets drawn from a hat. The adjusted Wald adds 0.75, 1.5 and 0.75 answers (Rocks 2016, *The
//! American Statistician*); the score interval is Tango's 1998 for a paired difference, of which
//! the net promoter score is a case. `n` may be fractional. Reference cases: `tests/reference/nps`.

use super::{Interval, root};

/// Added promoters, and as many detractors, of the adjusted Wald interval.
const ADDED_AT_EACH_END: f64 = 0.75;
/// All answers the adjusted Wald interval adds.
pub(super) const ADDED: f64 = 3.0;
/// Shares that miss a sum of one by more than rounding are a mistake of the caller.
const ROUNDING: f64 = 1e-9;

/// Shares of the three groups; they sum to one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PromoterShares {
    /// Answers 9 and 10.
    pub promoters: f64,
    /// Answers 7 and 8.
    pub passives: f64,
    /// Answers 0 to 6.
    pub detractors: f64,
}

impl PromoterShares {
    /// Shares of counts or sums of weights; `None` where all are 0 or one is below 0.
    pub fn from_totals(promoters: f64, passives: f64, detractors: f64) -> Option<Self> {
        let total = promoters + passives + detractors;
        let shares =
            Self { promoters: promoters / total, passives: passives / total, detractors: detractors / total };
        shares.is_valid().then_some(shares)
    }

    fn is_valid(&self) -> bool {
        let parts = [self.promoters, self.passives, self.detractors];
        parts.iter().all(|share| *share >= 0.0) && (parts.iter().sum::<f64>() - 1.0).abs() <= ROUNDING
    }
}

/// Promoters less detractors, -1 to 1; `None` for shares that are none.
pub fn nps_value(shares: &PromoterShares) -> Option<f64> {
    shares.is_valid().then_some(shares.promoters - shares.detractors)
}

/// Variance of one answer; the variance of the score is this over n.
pub fn nps_variance_per_answer(shares: &PromoterShares) -> Option<f64> {
    let value = nps_value(shares)?;
    Some((shares.promoters + shares.detractors - value * value).max(0.0))
}

/// The plain normal interval: no width where all answers are in one group.
pub fn nps_wald(shares: &PromoterShares, n: f64, critical: f64) -> Option<Interval> {
    let value = nps_value(shares)?;
    valid(n, critical)?;
    Interval::around(value, critical * (nps_variance_per_answer(shares)? / n).sqrt())
}

/// The adjusted Wald interval; raw, so that it may pass the ends of the scale or miss them.
pub fn nps_adjusted_wald(shares: &PromoterShares, n: f64, critical: f64) -> Option<Interval> {
    valid(n, critical)?;
    let adjusted = nps_adjusted(shares, n)?;
    Interval::around(adjusted.value, critical * adjusted.variance.sqrt())
}

/// Tango's score interval: the scores a test at this critical value would not reject.
pub fn nps_score(shares: &PromoterShares, n: f64, critical: f64) -> Option<Interval> {
    let value = nps_value(shares)?;
    valid(n, critical)?;
    // By symmetry the upper limit is the mirrored lower limit of the mirrored answers.
    let low = lower_score_limit(shares.promoters, shares.detractors, value, n, critical);
    let high = -lower_score_limit(shares.detractors, shares.promoters, -value, n, critical);
    Interval::new(low, high)
}

/// The score of the adjusted counts and the variance of that score.
pub(super) struct Adjusted {
    pub(super) value: f64,
    pub(super) variance: f64,
}

/// Score and variance after 0.75, 1.5 and 0.75 answers are added.
pub(super) fn nps_adjusted(shares: &PromoterShares, n: f64) -> Option<Adjusted> {
    nps_value(shares)?;
    valid(n, 0.0)?;
    let total = n + ADDED;
    let promoters = (shares.promoters * n + ADDED_AT_EACH_END) / total;
    let detractors = (shares.detractors * n + ADDED_AT_EACH_END) / total;
    let value = promoters - detractors;
    Some(Adjusted { value, variance: (promoters + detractors - value * value) / total })
}

fn lower_score_limit(promoters: f64, detractors: f64, value: f64, n: f64, critical: f64) -> f64 {
    // Positive once the hypothesis is close enough to the estimate not to be rejected. Its slope is
    // infinite at the ends, so it is found by halving alone: a slope of 0 asks for that.
    let at = |delta: f64| {
        let variance = restricted_variance(promoters, detractors, delta) / n;
        (critical * variance.sqrt() - (value - delta), 0.0)
    };
    if at(-1.0).0 >= 0.0 {
        return -1.0;
    }
    root::increasing(-1.0, value, (value - 1.0) / 2.0, at)
}

/// Variance of one answer under the best fit with promoters less detractors equal to `delta`.
fn restricted_variance(promoters: f64, detractors: f64, delta: f64) -> f64 {
    let b = -promoters - detractors + (2.0 - promoters + detractors) * delta;
    let c = -detractors * delta * (1.0 - delta);
    let root = (b * b - 8.0 * c).max(0.0).sqrt();
    // The larger root of 2q² + bq + c, in the form that does not cancel.
    let share = if b > 0.0 && b + root > 0.0 { -2.0 * c / (b + root) } else { (root - b) / 4.0 };
    (2.0 * share + delta * (1.0 - delta)).max(0.0)
}

fn valid(n: f64, critical: f64) -> Option<()> {
    (n > 0.0 && n.is_finite() && critical >= 0.0 && critical.is_finite()).then_some(())
}

#[cfg(test)]
#[allow(clippy::float_cmp)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    const Z: f64 = 1.959_963_984_540_054;

    #[test]
    fn published_intervals_are_met() {
        for ((p, n, d), wald, adjusted) in [
            ((50.0, 30.0, 20.0), (14.692, 45.308), (14.051, 44.201)),
            ((15.0, 10.0, 5.0), (6.662, 60.005), (4.778, 55.828)),
            ((250.0, 150.0, 100.0), (23.154, 36.846), (22.996, 36.646)),
            ((12.0, 0.0, 0.0), (100.0, 100.0), (54.196, 105.804)),
        ] {
            let shares = PromoterShares::from_totals(p, n, d).unwrap();
            let base = p + n + d;
            let got = nps_wald(&shares, base, Z).unwrap();
            assert_relative_eq!(100.0 * got.low, wald.0, epsilon = 6e-4);
            assert_relative_eq!(100.0 * got.high, wald.1, epsilon = 6e-4);
            let got = nps_adjusted_wald(&shares, base, Z).unwrap();
            assert_relative_eq!(100.0 * got.low, adjusted.0, epsilon = 6e-4);
            assert_relative_eq!(100.0 * got.high, adjusted.1, epsilon = 6e-4);
        }
    }

    #[test]
    fn score_interval_of_one_group_meets_its_closed_form() {
        // All passive: ±z²/(n+z²).
        let shares = PromoterShares::from_totals(0.0, 10.0, 0.0).unwrap();
        let interval = nps_score(&shares, 10.0, Z).unwrap();
        let wanted = Z * Z / (10.0 + Z * Z);
        assert_relative_eq!(interval.high, wanted, max_relative = 1e-12);
        assert_relative_eq!(interval.low, -wanted, max_relative = 1e-12);
        let all = PromoterShares::from_totals(10.0, 0.0, 0.0).unwrap();
        assert_eq!(nps_score(&all, 10.0, Z).unwrap().high, 1.0);
    }

    #[test]
    fn swapping_promoters_and_detractors_mirrors_every_interval() {
        let one = PromoterShares::from_totals(7.0, 2.0, 1.0).unwrap();
        let other = PromoterShares::from_totals(1.0, 2.0, 7.0).unwrap();
        for form in [nps_wald, nps_adjusted_wald, nps_score] {
            let a = form(&one, 10.0, Z).unwrap();
            let b = form(&other, 10.0, Z).unwrap();
            assert_relative_eq!(a.low, -b.high, max_relative = 1e-12);
            assert_relative_eq!(a.high, -b.low, max_relative = 1e-12);
        }
    }

    #[test]
    fn no_answers_and_shares_that_do_not_sum_to_one_are_refused() {
        assert_eq!(PromoterShares::from_totals(0.0, 0.0, 0.0), None);
        assert_eq!(PromoterShares::from_totals(-1.0, 1.0, 1.0), None);
        let wrong = PromoterShares { promoters: 0.9, passives: 0.9, detractors: 0.0 };
        assert_eq!(nps_value(&wrong), None);
        let right = PromoterShares::from_totals(1.0, 1.0, 1.0).unwrap();
        assert_eq!(nps_wald(&right, 0.0, Z), None);
        assert_eq!(nps_score(&right, 3.0, f64::NAN), None);
    }
}
