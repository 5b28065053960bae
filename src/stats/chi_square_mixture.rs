//! The upper tail of a weighted sum of chi-squares with one degree of freedom each, over a chi-square of its own.
//!
//! P(Σλχ²₁ > x χ²_ν/ν) by numerical inversion of the characteristic function (Imhof 1961; step after Davies 1980), and
//! where that is too small for its digits by Lugannani and Rice's saddlepoint (Kuonen 1999).
//! Reference cases: `tests/reference/tables` (`svychisq.*.lincom`).

use super::distributions::{f_sf, normal_sf};

/// Below this the inversion has too few digits left.
const INVERSION_FROM: f64 = 1e-8;
/// More degrees of freedom than this are not told apart from it.
const MOST_DF: f64 = 1e6;
const MOST_TERMS: u32 = 4_000_000;

/// The tail at `x` for positive weights; `None` without weights, or where something is not finite.
pub(super) fn tail(weights: &[f64], x: f64, denominator_df: f64) -> Option<f64> {
    let form = Form::new(weights, x, denominator_df)?;
    if x <= 0.0 {
        return Some(1.0);
    }
    let (least, most) = weights.iter().fold((f64::INFINITY, 0.0_f64), |(a, b), w| (a.min(*w), b.max(*w)));
    if most - least <= 1e-13 * most {
        let k = weights.len() as f64;
        return f_sf(x / most / k, k, denominator_df);
    }
    let inverted = form.inverted();
    let p = if inverted < INVERSION_FROM { form.saddlepoint().unwrap_or(inverted) } else { inverted };
    p.is_finite().then(|| p.clamp(0.0, 1.0))
}

/// The tail by the saddlepoint as R survey takes it: the denominator's weight x/ν a whole number of times.
///
/// `None` as for [`tail`], at or below 0, and too near the mean, where it is 0/0.
pub(super) fn saddlepoint_tail(weights: &[f64], x: f64, denominator_df: f64) -> Option<f64> {
    let form = Form::new(weights, x, denominator_df)?;
    let form = Form { copies: form.copies.floor(), ..form };
    if x > 0.0 { form.saddlepoint().map(|p| p.clamp(0.0, 1.0)) } else { None }
}

/// Σλχ²₁ − (x/ν)χ²_ν, whose chance to be above 0 is wanted.
struct Form {
    weights: Vec<f64>,
    /// x/ν.
    own: f64,
    /// ν.
    copies: f64,
}

impl Form {
    /// In units of the largest weight.
    fn new(weights: &[f64], x: f64, denominator_df: f64) -> Option<Self> {
        let fits = weights.iter().all(|w| *w > 0.0 && w.is_finite()) && !weights.is_empty();
        let most = weights.iter().fold(0.0_f64, |most, w| most.max(*w));
        let copies = denominator_df.min(MOST_DF);
        (fits && x.is_finite() && denominator_df > 0.0).then(|| Self {
            weights: weights.iter().map(|w| w / most).collect(),
            own: x / most / copies,
            copies,
        })
    }

    fn inverted(&self) -> f64 {
        let mean: f64 = self.weights.iter().sum();
        // Neither side goes beyond these with a chance that could be seen.
        let numerator = mean + 90.0 + 14.0 * self.weights.iter().map(|w| w * w).sum::<f64>().sqrt();
        let denominator = self.own * (self.copies + 14.0 * self.copies.sqrt() + 90.0);
        let step = std::f64::consts::PI / (numerator + denominator);
        let (own, copies) = (self.own, self.copies);
        let (mut total, mut at) = (0.0, 0.5);
        for _ in 0..MOST_TERMS {
            let u = at * step;
            let mut angle = -copies * (own * u).atan();
            let mut size = copies * (own * u).powi(2).ln_1p();
            for weight in &self.weights {
                angle += (weight * u).atan();
                size += (weight * u).powi(2).ln_1p();
            }
            let bound = (-0.25 * size).exp() / (std::f64::consts::PI * at);
            total += bound * (0.5 * angle).sin();
            // The terms left shrink faster than their distance grows.
            if bound * at < 1e-15 {
                break;
            }
            at += 1.0;
        }
        0.5 + total
    }

    /// Lugannani and Rice; `None` too near the mean, where it is 0/0.
    fn saddlepoint(&self) -> Option<f64> {
        let (own, copies) = (self.own, self.copies);
        let first = |zeta: f64| {
            let weights: f64 = self.weights.iter().map(|w| w / (1.0 - 2.0 * zeta * w)).sum();
            weights - copies * own / (1.0 + 2.0 * zeta * own)
        };
        let second = |zeta: f64| {
            let weights: f64 = self.weights.iter().map(|w| (w / (1.0 - 2.0 * zeta * w)).powi(2)).sum();
            2.0 * (weights + copies * (own / (1.0 + 2.0 * zeta * own)).powi(2))
        };
        let ends = (-0.5 / own, 0.5);
        let zeta = super::root::increasing(ends.0 * (1.0 - 1e-12), ends.1 * (1.0 - 1e-12), 0.0, |zeta| {
            (first(zeta), second(zeta))
        });
        if zeta.abs() < 1e-4 {
            return None;
        }
        let logs: f64 = self.weights.iter().map(|w| (-2.0 * zeta * w).ln_1p()).sum();
        let cumulant = -0.5 * (logs + copies * (2.0 * zeta * own).ln_1p());
        let w = zeta.signum() * (-2.0 * cumulant).max(0.0).sqrt();
        let v = zeta * second(zeta).sqrt();
        normal_sf(w + (v / w).ln() / w).filter(|p| p.is_finite())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    #[test]
    fn equal_weights_are_f_and_nearly_equal_ones_nearly() {
        for (x, df) in [(3.0, 40.0), (12.0, 2_000.0), (30.0, 17.0)] {
            let exact = f_sf(x / 3.0, 3.0, df).unwrap();
            assert_relative_eq!(tail(&[1.0; 3], x, df).unwrap(), exact, max_relative = 1e-12);
            assert_relative_eq!(tail(&[1.0, 1.0, 1.0 + 1e-9], x, df).unwrap(), exact, max_relative = 1e-7);
        }
    }

    #[test]
    fn two_weights_meet_the_closed_form_of_pairs() {
        // λ₁χ²₂ + λ₂χ²₂ has the tail (λ₁e^(−x/2λ₁) − λ₂e^(−x/2λ₂))/(λ₁ − λ₂).
        let (a, b) = (2.0_f64, 0.5_f64);
        for x in [0.5, 4.0, 25.0, 200.0] {
            let exact = (a * (-x / 2.0 / a).exp() - b * (-x / 2.0 / b).exp()) / (a - b);
            let found = tail(&[a, a, b, b], x, f64::MAX).unwrap();
            // The denominator's million degrees of freedom stand for infinitely many.
            let allowed = if exact < INVERSION_FROM { 0.05 } else { 1e-3 };
            assert_relative_eq!(found, exact, max_relative = allowed);
        }
    }

    #[test]
    fn the_saddlepoint_joins_the_inversion() {
        let form = Form::new(&[1.0, 0.7, 0.3], 14.0, 300.0).unwrap();
        assert_relative_eq!(form.inverted(), form.saddlepoint().unwrap(), max_relative = 0.03);
        assert_eq!(tail(&[1.0, 0.5], -1.0, 10.0), Some(1.0));
        assert_eq!(tail(&[], 1.0, 10.0), None);
        assert_eq!(tail(&[1.0, f64::NAN], 1.0, 10.0), None);
    }
}
