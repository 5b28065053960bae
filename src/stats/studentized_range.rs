//! The distribution of the range of k normal means over their estimated standard error.
//!
//! The double integral of Copenhaver and Holland (1988), taken as an upper tail throughout, so that small p-values keep
//! their digits: k∫φ(z)[Φ(z)ᵏ⁻¹ − (Φ(z) − Φ(z − w))ᵏ⁻¹]dz over w = qs, s² ~ χ²_ν/ν. Both integrands are analytic and fade
//! at both ends (the outer one on the scale of ln s), for which equal steps converge faster than any power
//! (Trefethen and Weideman 2014).
//! Reference cases: `tests/reference/groups` (`ptukey.*`, `tukey.*`, `games_howell.*`).

use std::sync::LazyLock;

use super::error_function::erfc;
use super::incomplete_beta::stirling_error;
use super::root;

/// Step of the inner integral.
const STEP: f64 = 0.125;
/// Nothing lies beyond this on either side of the middle of the inner integral.
const REACH: i32 = 80;
/// Terms below this part of the sum end the outer integral.
const NEGLIGIBLE: f64 = 1e-17;
/// Ranges beyond this have a tail of 0, or one that fewer than one degree of freedom would be needed for.
const LARGEST_QUANTILE: f64 = 1e5;
const MOST_GROUPS: usize = 10_000;

/// Probability of a studentized range above `q` among `groups` means with `df` degrees of freedom.
///
/// `None` unless there are two to 10,000 groups and `df` is at least 1 and finite.
pub fn studentized_range_sf(q: f64, groups: usize, df: f64) -> Option<f64> {
    let law = Law::new(groups, df)?;
    if q.is_nan() {
        return None;
    }
    if q <= 0.0 {
        return Some(1.0);
    }
    Some(law.tail(q.min(1e9)).0.clamp(0.0, 1.0))
}

/// The studentized range with probability `tail` above it; `None` as for [`studentized_range_sf`], unless
/// `0 < tail < 1`, and beyond 10⁵.
pub fn studentized_range_quantile(tail: f64, groups: usize, df: f64) -> Option<f64> {
    let law = Law::new(groups, df)?;
    if !(tail > 0.0 && tail < 1.0) {
        return None;
    }
    let wanted = tail.ln();
    let at = |u: f64| {
        let q = u.exp();
        let (above, density) = law.tail(q);
        (wanted - above.ln(), q * density / above)
    };
    let u = root::increasing(-12.0, LARGEST_QUANTILE.ln(), 1.2, at);
    (u < LARGEST_QUANTILE.ln() - 1e-6).then(|| u.exp())
}

/// The law for a number of groups and degrees of freedom.
struct Law {
    groups: f64,
    df: f64,
    ln_constant: f64,
}

impl Law {
    fn new(groups: usize, df: f64) -> Option<Self> {
        let fits = (2..=MOST_GROUPS).contains(&groups) && df >= 1.0 && df.is_finite();
        let shape = 0.5 * df;
        // Of the density of ln s, by Stirling's formula with its error, so that millions of degrees of freedom do no harm.
        let ln_constant = 0.5 * (2.0 * shape / std::f64::consts::PI).ln() - stirling_error(shape);
        fits.then_some(Self { groups: groups as f64, df, ln_constant })
    }

    /// Probability above `q`, and the density at `q`.
    fn tail(&self, q: f64) -> (f64, f64) {
        let spread = (2.0 * self.df).sqrt().recip();
        let step = (0.5 * spread).min(0.125);
        // The peak of the integrand of a far tail; near enough to it everywhere else.
        let peak = 0.5 * (self.df / (self.df + 0.5 * q * q)).ln();
        let (mut tail, mut density) = (0.0, 0.0);
        for (mut at, step) in [(peak, step), (peak - step, -step)] {
            loop {
                let weight = (self.ln_constant + self.df * at - 0.5 * self.df * (2.0 * at).exp_m1()).exp();
                let s = at.exp();
                let (above, slope) = range_tail(q * s, self.groups);
                tail += weight * above;
                density += weight * slope * s;
                // Past the peak of the weight itself and of the tail alike.
                let seen = weight * above > NEGLIGIBLE * tail;
                if !seen && (step < 0.0 || at > 0.0 || above < 0.5) {
                    break;
                }
                at += step;
            }
        }
        (tail * step, density * step)
    }
}

/// Normal density and probability below at every node.
static NODES: LazyLock<Vec<(f64, f64, f64)>> = LazyLock::new(|| {
    (-REACH..=REACH)
        .map(|i| {
            let z = f64::from(i) * STEP;
            (z, density(z), below(z))
        })
        .collect()
});

/// Probability that `groups` standard normals spread wider than `w`, and the density there.
fn range_tail(w: f64, groups: f64) -> (f64, f64) {
    if w > 76.0 {
        return (0.0, 0.0);
    }
    let m = groups - 1.0;
    let (mut tail, mut slope) = (0.0, 0.0);
    // From far out the nodes move with the middle of the range.
    let shift = if w > 3.0 { 0.5 * w } else { 0.0 };
    for &(node, node_density, node_below) in NODES.iter() {
        let z = node + shift;
        let (density_at, all) = if shift > 0.0 { (density(z), below(z)) } else { (node_density, node_below) };
        if density_at <= 0.0 || all <= 0.0 {
            continue;
        }
        let left = below(z - w);
        // Rounding must not make it the larger of the two.
        let inside = (-(left / all).min(1.0)).ln_1p();
        let powers = m * all.ln();
        tail -= density_at * powers.exp() * (m * inside).exp_m1();
        let between = if m < 1.5 { 1.0 } else { ((m - 1.0) * (all.ln() + inside)).exp() };
        slope += density_at * density(z - w) * between;
    }
    (groups * STEP * tail, groups * m * STEP * slope)
}

fn density(z: f64) -> f64 {
    (-0.5 * z * z).exp() / std::f64::consts::TAU.sqrt()
}

fn below(z: f64) -> f64 {
    0.5 * erfc(-z / std::f64::consts::SQRT_2)
}

#[cfg(test)]
#[allow(clippy::float_cmp)]
mod tests {
    use super::*;
    use crate::stats::distributions::{normal_sf, t_sf};
    use approx::assert_relative_eq;

    #[test]
    fn two_groups_are_students_t() {
        for df in [1.0, 4.5, 30.0, 1e6, 1e10] {
            for t in [1e-3, 1.0, 6.0_f64] {
                let exact = 2.0 * t_sf(t, df).unwrap();
                let found = studentized_range_sf(t * 2.0_f64.sqrt(), 2, df).unwrap();
                assert_relative_eq!(found, exact, max_relative = 1e-10, epsilon = 1e-300);
            }
        }
    }

    #[test]
    fn three_groups_of_known_spread_meet_the_closed_form_near_zero_and_far_out() {
        // Far out the three pairs are nearly disjoint: three times the tail of one difference.
        let (w, df) = (14.0, 1e12);
        let exact = 3.0 * 2.0 * normal_sf(w / 2.0_f64.sqrt()).unwrap();
        assert_relative_eq!(studentized_range_sf(w, 3, df).unwrap(), exact, max_relative = 1e-6);
        assert_relative_eq!(studentized_range_sf(1e-9, 3, 10.0).unwrap(), 1.0, max_relative = 1e-12);
    }

    #[test]
    fn quantiles_undo_the_tail_and_corners_are_refused() {
        for (groups, df) in [(2, 1.0), (8, 40.5), (500, 1e7)] {
            for tail in [1e-4, 0.05, 0.99] {
                let q = studentized_range_quantile(tail, groups, df).unwrap();
                assert_relative_eq!(studentized_range_sf(q, groups, df).unwrap(), tail, max_relative = 1e-10);
            }
        }
        assert_eq!(studentized_range_sf(-1.0, 3, 10.0), Some(1.0));
        assert_eq!(studentized_range_sf(f64::INFINITY, 3, 1e4), Some(0.0));
        for (q, groups, df) in [(1.0, 1, 10.0), (1.0, 3, 0.5), (1.0, 3, f64::NAN), (f64::NAN, 3, 10.0)] {
            assert_eq!(studentized_range_sf(q, groups, df), None);
        }
        assert_eq!(studentized_range_quantile(0.0, 3, 10.0), None);
        assert_eq!(studentized_range_quantile(1e-9, 3, 1.0), None);
    }

    #[test]
    fn the_tail_falls_steadily() {
        for (groups, df) in [(2, 1.0), (4, 3.0), (12, 60.0), (200, 1e5)] {
            let mut before = 1.0;
            for i in 1..25 {
                let p = studentized_range_sf(f64::from(i) * 0.8, groups, df).unwrap();
                assert!(p <= before * (1.0 + 1e-12) && (0.0..=1.0).contains(&p), "{groups} {df} {i}");
                before = p;
            }
        }
    }
}
