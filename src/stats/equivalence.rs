//! Whether a difference is small enough not to matter: two one-sided tests (Schuirmann 1987).
//!
//! Both that the difference lies at or below -margin and that it lies at or above +margin have to be
//! rejected at α = 1 - confidence; the p-value is the larger of the two. The same verdict
//! is read from the interval at 1 - 2α. Without a standard error above 0 there is no test: that
//! equal answers agree is no evidence. Reference cases: `tests/reference/differences`.

use super::{Confidence, Interval, PKind, Reference};

/// Result of the two one-sided tests.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Equivalence {
    /// p-value against a difference of -margin or less.
    pub p_above_lower: f64,
    /// p-value against a difference of +margin or more.
    pub p_below_upper: f64,
    /// The larger of both.
    pub p: f64,
    /// How the p-values were found.
    pub p_kind: PKind,
    /// Limits at 1 - 2α, raw.
    pub interval: Interval,
    /// Whether both tests reject at α, which is the same as the interval within the margin.
    pub equivalent: bool,
}

/// The test that `difference` lies strictly within ±`margin`.
///
/// `None` unless the standard error and the margin are positive and finite and the confidence is
/// above one half, below which 1 - 2α is no level.
pub fn equivalence(
    difference: f64,
    se: f64,
    reference: Reference,
    margin: f64,
    confidence: Confidence,
) -> Option<Equivalence> {
    let positive = |x: f64| x > 0.0 && x.is_finite();
    if !(difference.is_finite() && positive(se) && positive(margin)) {
        return None;
    }
    // Both tails of the confidence together: each test has all of α.
    let alpha = 2.0 * confidence.tail();
    if alpha >= 0.5 {
        return None;
    }
    let interval = reference.interval(difference, se, alpha)?;
    let p_above_lower = reference.sf((difference + margin) / se)?;
    let p_below_upper = reference.sf((margin - difference) / se)?;
    let p = p_above_lower.max(p_below_upper);
    Some(Equivalence {
        p_above_lower,
        p_below_upper,
        p,
        p_kind: reference.kind(),
        interval,
        equivalent: p < alpha,
    })
}

#[cfg(test)]
#[allow(clippy::float_cmp)]
mod tests {
    use super::*;

    fn confidence() -> Confidence {
        Confidence::new(0.95).unwrap()
    }

    #[test]
    fn the_verdict_is_that_of_the_interval_within_the_margin() {
        for difference in [-0.3, -0.1, 0.0, 0.0335, 0.0336, 0.2] {
            for reference in [Reference::Normal, Reference::StudentT(4.0)] {
                let test = equivalence(difference, 0.1, reference, 0.2, confidence()).unwrap();
                let inside = test.interval.low > -0.2 && test.interval.high < 0.2;
                assert_eq!(test.equivalent, inside);
            }
        }
    }

    #[test]
    fn a_difference_at_the_margin_has_even_odds() {
        let test = equivalence(0.2, 0.1, Reference::Normal, 0.2, confidence()).unwrap();
        assert_eq!(test.p, 0.5);
        assert!(!test.equivalent);
    }

    #[test]
    fn a_tiny_sample_is_never_equivalent() {
        let test = equivalence(0.0, 10.0, Reference::StudentT(1.0), 0.2, confidence()).unwrap();
        assert!(!test.equivalent && test.p < 0.5);
    }

    #[test]
    fn without_error_margin_or_level_there_is_no_test() {
        let low = Confidence::new(0.4).unwrap();
        assert_eq!(equivalence(0.0, 0.0, Reference::Normal, 0.1, confidence()), None);
        assert_eq!(equivalence(0.0, 0.1, Reference::Normal, 0.0, confidence()), None);
        assert_eq!(equivalence(f64::NAN, 0.1, Reference::Normal, 0.1, confidence()), None);
        assert_eq!(equivalence(0.0, 0.1, Reference::Normal, 0.1, low), None);
        assert_eq!(equivalence(0.0, 0.1, Reference::StudentT(0.0), 0.1, confidence()), None);
    }
}
