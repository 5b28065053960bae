//! The regularised incomplete beta function, both tails, and its inverse.
//!
//! Clopper-Pearson, Jeffreys, Student's t and F all rest on it. The crate behind
//! [`super::distributions`] loses digits here for large parameters (its leading factor subtracts
//! log-gammas) and its inverse can loop for ever, so this is our own: the leading factor by
//! Loader's saddle-point form (C. Loader, *Fast and Accurate Computation of Binomial
//! Probabilities*, 2000), the continued fraction by the Didonato-Morris form, the inverse by
//! bracketed Newton on the logit scale, where both tails keep their relative accuracy.

use super::distributions::ln_gamma;
use super::root;

/// Parameters above this need more terms of the continued fraction than anyone would wait for.
const LARGEST_PARAMETER: f64 = 1e12;
/// Shares and their complements stay clear of underflow up to here.
const WIDEST_LOGIT: f64 = 700.0;

/// A point of the unit interval given with its complement, so that neither loses digits.
#[derive(Clone, Copy, Debug)]
pub(super) struct Share {
    pub(super) x: f64,
    pub(super) y: f64,
}

impl Share {
    pub(super) fn from_logit(u: f64) -> Self {
        Self { x: 1.0 / (1.0 + (-u).exp()), y: 1.0 / (1.0 + u.exp()) }
    }

    fn mirrored(self) -> Self {
        Self { x: self.y, y: self.x }
    }
}

/// Probabilities below and above a point.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tails {
    pub(super) lower: f64,
    pub(super) upper: f64,
}

/// Both tails of the beta distribution with positive parameters `a` and `b` at `share`.
pub(super) fn tails(share: Share, a: f64, b: f64) -> Option<Tails> {
    if !parameters_fit(a, b) {
        return None;
    }
    if share.x <= 0.0 {
        return Some(Tails { lower: 0.0, upper: 1.0 });
    }
    if share.y <= 0.0 {
        return Some(Tails { lower: 1.0, upper: 0.0 });
    }
    let power = power_term(share, a, b);
    // The continued fraction converges fast only on this side of the mean.
    Some(if share.x <= (a + 1.0) / (a + b + 2.0) {
        let lower = (power / continued_fraction(share, a, b)).clamp(0.0, 1.0);
        Tails { lower, upper: 1.0 - lower }
    } else {
        let upper = (power / continued_fraction(share.mirrored(), b, a)).clamp(0.0, 1.0);
        Tails { lower: 1.0 - upper, upper }
    })
}

/// The logit of the point with probability `lower` below and `upper` above it; infinite where that
/// point is too near 0 or 1 for a double.
pub(super) fn logit_quantile(wanted: Tails, a: f64, b: f64) -> Option<f64> {
    if !parameters_fit(a, b) || wanted.lower <= 0.0 || wanted.upper <= 0.0 {
        return None;
    }
    // On the log scale of the smaller tail the function is smooth however far out the point lies.
    let by_lower = wanted.lower <= wanted.upper;
    let at = |u: f64| {
        let share = Share::from_logit(u);
        let Some(tails) = tails(share, a, b) else {
            return (0.0, 1.0);
        };
        let power = power_term(share, a, b);
        if by_lower {
            (tails.lower.ln() - wanted.lower.ln(), power / tails.lower)
        } else {
            (wanted.upper.ln() - tails.upper.ln(), power / tails.upper)
        }
    };
    // Beyond these ends the point is 0 or 1 to the last digit.
    if at(-WIDEST_LOGIT).0 > 0.0 {
        return Some(f64::NEG_INFINITY);
    }
    if at(WIDEST_LOGIT).0 < 0.0 {
        return Some(f64::INFINITY);
    }
    let start = (a / b).ln();
    Some(root::increasing(-WIDEST_LOGIT, WIDEST_LOGIT, start, at))
}

/// `x^a y^b / B(a, b)`: also the derivative of the lower tail by the logit of `x`.
fn power_term(share: Share, a: f64, b: f64) -> f64 {
    let n = a + b;
    let exponent = stirling_error(n)
        - stirling_error(a)
        - stirling_error(b)
        - deviance(a, n * share.x)
        - deviance(b, n * share.y);
    (a / n * b / std::f64::consts::TAU).sqrt() * exponent.exp()
}

fn parameters_fit(a: f64, b: f64) -> bool {
    a > 0.0 && b > 0.0 && a <= LARGEST_PARAMETER && b <= LARGEST_PARAMETER
}

/// `ln Γ(x+1) - ln(√(2πx) (x/e)^x)`, the error of Stirling's formula.
pub(super) fn stirling_error(x: f64) -> f64 {
    if x <= 15.0 {
        let half_ln_tau = 0.5 * std::f64::consts::TAU.ln();
        return ln_gamma(x + 1.0) - (x + 0.5) * x.ln() + x - half_ln_tau;
    }
    let x2 = x * x;
    (1.0 / 12.0
        - (1.0 / 360.0
            - (1.0 / 1260.0 - (1.0 / 1680.0 - (1.0 / 1188.0 - 691.0 / 360_360.0 / x2) / x2) / x2) / x2)
            / x2)
        / x
}

/// `x ln(x/m) + m - x` without cancellation where `x` is near `m`.
pub(super) fn deviance(x: f64, m: f64) -> f64 {
    let difference = x - m;
    if difference.abs() >= 0.1 * (x + m) {
        return x * (x / m).ln() - difference;
    }
    let v = difference / (x + m);
    let mut total = difference * v;
    let mut term = 2.0 * x * v;
    let mut odd = 1.0;
    loop {
        term *= v * v;
        odd += 2.0;
        let next = total + term / odd;
        if (next - total).abs() <= 0.25 * f64::EPSILON * total.abs() {
            return next;
        }
        total = next;
    }
}

/// The denominator of the incomplete beta's continued fraction in the form of Didonato and Morris
/// 1992, which takes the complement of `x` as given: one minus `x` would lose it near 1.
fn continued_fraction(Share { x, y }: Share, a: f64, b: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let away_from_zero = |v: f64| if v.abs() < TINY { TINY } else { v };
    // About the square root of the larger parameter terms are needed; ten times that is ample.
    let most = 1000.0 + 10.0 * a.max(b).sqrt();
    let offset = a * y - b * x + 1.0;
    let mut f = away_from_zero(a * offset / (a + 1.0));
    let mut c = f;
    let mut d = 0.0;
    let mut m = 1.0;
    while m <= most {
        let odd = a + 2.0 * m - 1.0;
        let numerator = ((a + m - 1.0) / odd) * ((a + b + m - 1.0) / odd) * (m * x) * ((b - m) * x);
        let denominator =
            m + m * (b - m) * x / odd + (a + m) * (offset + m * (1.0 + y)) / (a + 2.0 * m + 1.0);
        d = 1.0 / away_from_zero(denominator + numerator * d);
        c = away_from_zero(denominator + numerator / c);
        let change = c * d;
        f *= change;
        if (change - 1.0).abs() <= f64::EPSILON {
            break;
        }
        m += 1.0;
    }
    f
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    fn share(x: f64) -> Share {
        Share { x, y: 1.0 - x }
    }

    #[test]
    fn closed_forms_are_met() {
        // I_x(1, b) = 1 - (1-x)^b and I_x(a, 1) = x^a.
        for x in [1e-12, 0.01, 0.3, 0.5, 0.99] {
            for k in [0.5, 1.0, 3.0, 40.0] {
                let at = share(x);
                assert_relative_eq!(tails(at, k, 1.0).unwrap().lower, x.powf(k), max_relative = 1e-13);
                assert_relative_eq!(tails(at, 1.0, k).unwrap().upper, at.y.powf(k), max_relative = 1e-13);
            }
        }
    }

    #[test]
    fn a_symmetric_distribution_has_its_median_in_the_middle_however_large() {
        for a in [0.5, 2.0, 1e3, 1e7, 1e9] {
            let tails = tails(share(0.5), a, a).unwrap();
            assert_relative_eq!(tails.lower, 0.5, max_relative = 1e-11);
        }
    }

    #[test]
    fn the_inverse_undoes_the_function() {
        for (a, b) in [(0.5, 10.5), (1e-2, 3.0), (81.0, 183.0), (4e6, 6e6), (5e7, 0.5)] {
            for p in [1e-10, 0.025, 0.5, 0.975] {
                let wanted = Tails { lower: p, upper: 1.0 - p };
                let u = logit_quantile(wanted, a, b).unwrap();
                if u > -700.0 {
                    let got = tails(Share::from_logit(u), a, b).unwrap();
                    assert_relative_eq!(got.lower, p, max_relative = 1e-9);
                }
            }
        }
    }

    #[test]
    fn parameters_out_of_range_have_no_value() {
        for (a, b) in [(0.0, 1.0), (1.0, -1.0), (f64::NAN, 1.0), (1e300, 1.0)] {
            assert!(tails(share(0.5), a, b).is_none());
        }
    }
}
