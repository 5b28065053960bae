//! Intervals for a proportion from a survey design, given its estimate and standard error.
//!
//! These are the forms of R survey's `svyciprop`: logit, arcsine, Korn-Graubard ("beta") and
//! likelihood. The critical value is normally Student's t of the design's degrees of freedom.
//! None of them exists where every answer is alike, because the standard error is then 0 and says
//! nothing. Korn and Graubard 1998; Rao and Scott 1984 for the scaled likelihood.
//! Reference cases: `tests/reference/weighted` (`svyciprop.*`).

use super::distributions::beta_quantile;
use super::{Confidence, Interval, root};

/// Symmetric on the log-odds scale.
pub fn logit(p: f64, se: f64, critical: f64) -> Option<Interval> {
    let (p, se) = valid(p, se, critical)?;
    let centre = (p / (1.0 - p)).ln();
    let half = critical * se / (p * (1.0 - p));
    let share = |u: f64| 1.0 / (1.0 + (-u).exp());
    Interval::new(share(centre - half), share(centre + half))
}

/// Symmetric on the arcsine-root scale, cut at the ends of that scale.
pub fn asin(p: f64, se: f64, critical: f64) -> Option<Interval> {
    let (p, se) = valid(p, se, critical)?;
    let centre = p.sqrt().asin();
    let half = critical * se / (2.0 * (p * (1.0 - p)).sqrt());
    let share = |angle: f64| {
        let sine = angle.clamp(0.0, std::f64::consts::FRAC_PI_2).sin();
        sine * sine
    };
    Interval::new(share(centre - half), share(centre + half))
}

/// The shares whose likelihood ratio, divided by design effect and dispersion, stays below critical².
///
/// `n` is the number of answers; their Pearson dispersion is n/(n-1), as R survey scales it.
pub fn likelihood(p: f64, se: f64, n: u64, critical: f64) -> Option<Interval> {
    let (p, se) = valid(p, se, critical)?;
    if n < 2 {
        return None;
    }
    if critical <= 0.0 {
        return Interval::new(p, p);
    }
    // Deviance over design effect is that of an unweighted sample of the effective size.
    let effective = p * (1.0 - p) / (se * se) * ((n - 1) as f64 / n as f64);
    let wanted = critical * critical;
    let deviance = |u: f64| {
        let (ln_share, ln_rest) = (-(-u).exp().ln_1p(), -u.exp().ln_1p());
        2.0 * effective * (p * (p.ln() - ln_share) + (1.0 - p) * ((1.0 - p).ln() - ln_rest))
    };
    let slope = |u: f64| 2.0 * effective * (1.0 / (1.0 + (-u).exp()) - p);
    let centre = (p / (1.0 - p)).ln();
    let step = critical * se / (p * (1.0 - p));
    let widest = 700.0_f64.max(centre.abs() + 1.0);
    let low = root::increasing(-widest, centre, centre - step, |u| (wanted - deviance(u), -slope(u)));
    let high = root::increasing(centre, widest, centre + step, |u| (deviance(u) - wanted, slope(u)));
    let share = |u: f64| 1.0 / (1.0 + (-u).exp());
    Interval::new(share(low), share(high))
}

/// Clopper-Pearson on the effective number of answers, adjusted for the design's degrees of freedom.
///
/// `n` is the number of rows of the design, `variance` that of the estimate. `None` where the
/// variance is 0: use [`super::clopper_pearson`] on Kish's effective number there.
pub fn korn_graubard(
    p: f64,
    n: u64,
    variance: f64,
    design_df: f64,
    confidence: Confidence,
) -> Option<Interval> {
    let (p, _) = valid(p, variance.sqrt(), 0.0)?;
    let of_sample = confidence.t(n.checked_sub(1)? as f64)?;
    let of_design = confidence.t(design_df)?;
    let effective = p * (1.0 - p) / variance * (of_sample / of_design).powi(2);
    let (successes, failures) = (effective * p, effective * (1.0 - p));
    let tail = confidence.tail();
    Interval::new(
        beta_quantile(tail, successes, failures + 1.0)?,
        1.0 - beta_quantile(tail, failures, successes + 1.0)?,
    )
}

fn valid(p: f64, se: f64, critical: f64) -> Option<(f64, f64)> {
    let fits = p > 0.0 && p < 1.0 && se > 0.0 && se.is_finite() && critical >= 0.0 && critical.is_finite();
    fits.then_some((p, se))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_contains_the_estimate_and_stays_on_the_scale() {
        let confidence = Confidence::new(0.95).unwrap();
        for p in [1e-6, 0.02, 0.5, 0.97] {
            for se in [1e-4, 0.03, 0.4] {
                for interval in [
                    logit(p, se, 2.0),
                    asin(p, se, 2.0),
                    likelihood(p, se, 50, 2.0),
                    korn_graubard(p, 50, se * se, 49.0, confidence),
                ] {
                    let interval = interval.unwrap();
                    assert!(interval.contains(p), "{p} {se} {interval:?}");
                    assert!(interval.low >= 0.0 && interval.high <= 1.0);
                }
            }
        }
    }

    #[test]
    fn unanimous_answers_have_no_interval() {
        let confidence = Confidence::new(0.95).unwrap();
        for p in [0.0, 1.0] {
            assert_eq!(logit(p, 0.0, 2.0), None);
            assert_eq!(asin(p, 0.0, 2.0), None);
            assert_eq!(likelihood(p, 0.0, 10, 2.0), None);
            assert_eq!(korn_graubard(p, 10, 0.0, 9.0, confidence), None);
        }
        assert_eq!(korn_graubard(0.5, 0, 0.1, 9.0, confidence), None);
        assert_eq!(korn_graubard(0.5, 10, 0.1, 0.0, confidence), None);
    }
}
