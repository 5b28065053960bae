//! Other intervals of the difference of two independent proportions, beside Newcombe's.
//!
//! Wald (with each group's own variance), Agresti and Caffo (2000: one success and one failure added to each group) and
//! the score interval of Miettinen and Nurminen (1985), the differences that a score test with variance N/(N − 1) does
//! not reject. `n` may be an effective number of answers. Limits are raw, except that the score interval cannot leave
//! −1 to 1. Reference cases: `tests/reference/differences` (`prop_diff.*`, `two_prop.*`).

use super::{Interval, SampledShare, root};

/// First less second ± `critical` standard errors, each group with its own variance; zero width where both shares are
/// 0 or 1, so on request only. `None` without answers in either group.
pub fn wald_difference(first: &SampledShare, second: &SampledShare, critical: f64) -> Option<Interval> {
    if !(first.is_valid() && second.is_valid() && critical >= 0.0) {
        return None;
    }
    let variance = |share: &SampledShare| share.p * (1.0 - share.p) / share.n;
    Interval::around(first.p - second.p, critical * (variance(first) + variance(second)).sqrt())
}

/// Wald's interval after one success and one failure more in each group; it is centred on their difference.
pub fn agresti_caffo(first: &SampledShare, second: &SampledShare, critical: f64) -> Option<Interval> {
    if !(first.is_valid() && second.is_valid()) {
        return None;
    }
    let more = |share: &SampledShare| {
        let n = share.n + 2.0;
        SampledShare { p: (share.p * share.n + 1.0) / n, n }
    };
    wald_difference(&more(first), &more(second), critical)
}

/// The score interval; `None` without answers in either group, or with no more than one in all.
pub fn miettinen_nurminen(first: &SampledShare, second: &SampledShare, critical: f64) -> Option<Interval> {
    let total = first.n + second.n;
    if !(first.is_valid() && second.is_valid() && critical >= 0.0 && total > 1.0) {
        return None;
    }
    let difference = first.p - second.p;
    let factor = total / (total - 1.0);
    // How far the difference seen is from `delta`, in standard errors under it; falls as `delta` grows.
    let distance = |delta: f64| {
        let at = constrained(first, second, delta);
        let under = |p: f64, n: f64| p * (1.0 - p) / n;
        let se = (factor * (under(at + delta, first.n) + under(at, second.n)).max(0.0)).sqrt();
        let off = difference - delta;
        (if off.abs() > 0.0 { off / se } else { 0.0 }, 1.0 / se)
    };
    let solve = |low: f64, high: f64, wanted: f64| {
        root::increasing(low, high, difference, |delta| {
            let (distance, slope) = distance(delta);
            (wanted - distance, slope)
        })
    };
    Interval::new(solve(-1.0, difference, critical), solve(difference, 1.0, -critical))
}

/// The second share that is most likely where the first is larger by `delta`.
fn constrained(first: &SampledShare, second: &SampledShare, delta: f64) -> f64 {
    let (low, high) = ((-delta).max(0.0), (1.0 - delta).min(1.0));
    if high <= low {
        return low.clamp(0.0, 1.0);
    }
    let part = |p: f64, at: f64| if p > 0.0 { p / at } else { 0.0 };
    // Minus the slope of the log likelihood, and minus its curvature.
    let slope = |share: &SampledShare, at: f64| share.n * (part(1.0 - share.p, 1.0 - at) - part(share.p, at));
    let curve = |share: &SampledShare, at: f64| {
        share.n * (part(1.0 - share.p, (1.0 - at) * (1.0 - at)) + part(share.p, at * at))
    };
    let start = f64::midpoint(first.p - delta, second.p);
    root::increasing(low, high, start, |at| {
        (slope(first, at + delta) + slope(second, at), curve(first, at + delta) + curve(second, at))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::{Reference, pooled_share_test};
    use approx::assert_relative_eq;

    fn share(k: f64, n: f64) -> SampledShare {
        SampledShare { p: k / n, n }
    }

    #[test]
    fn the_score_interval_ends_where_the_pooled_test_does() {
        // At a limit of exactly 0 the constrained shares are the pooled one.
        let (a, b) = (share(30.0, 60.0), share(18.0, 55.0));
        let z = pooled_share_test(&a, &b, Reference::Normal).unwrap().z.unwrap();
        let critical = z * (114.0_f64 / 115.0).sqrt();
        let interval = miettinen_nurminen(&a, &b, critical).unwrap();
        assert!(interval.low.abs() < 1e-12, "{interval:?}");
        let back = miettinen_nurminen(&b, &a, critical).unwrap();
        assert_relative_eq!(back.low, -interval.high, max_relative = 1e-12);
    }

    #[test]
    fn corners_stay_on_the_scale() {
        for (a, b) in [(0.0, 0.0), (0.0, 7.0), (7.0, 0.0), (7.0, 7.0), (3.0, 7.0)] {
            let (a, b) = (share(a, 7.0), share(b, 7.0));
            let interval = miettinen_nurminen(&a, &b, 1.96).unwrap();
            assert!(
                interval.low >= -1.0 && interval.high <= 1.0 && interval.contains(a.p - b.p),
                "{interval:?}"
            );
            assert!(interval.high - interval.low > 0.2);
            assert!(agresti_caffo(&a, &b, 1.96).is_some() && wald_difference(&a, &b, 1.96).is_some());
        }
        let none = SampledShare { p: 0.5, n: 0.0 };
        for method in [wald_difference, agresti_caffo, miettinen_nurminen] {
            assert_eq!(method(&none, &share(1.0, 2.0), 1.96), None);
            assert_eq!(method(&share(1.0, 2.0), &share(1.0, 2.0), f64::NAN), None);
        }
    }
}
