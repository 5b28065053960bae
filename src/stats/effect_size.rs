//! How large a difference is, on scales that do not depend on the number of answers.
//!
//! Cohen's h of two shares and d of two means with the pooled standard deviation (Cohen 1988, ch. 6 and 2), and d with
//! Hedges' correction (1981) in its usual approximate form. What counts as large is not for this room to say.
//! Reference cases: `tests/reference/groups` (`means.welch_t`), `tests/reference/tables` (`cohen_h.*`).

use super::Moments;

/// The distance of two shares on the arcsine-root scale, −π to π; `None` for what is no share.
pub fn cohens_h(first: f64, second: f64) -> Option<f64> {
    let fits = |p: f64| (0.0..=1.0).contains(&p);
    (fits(first) && fits(second)).then(|| 2.0 * (first.sqrt().asin() - second.sqrt().asin()))
}

/// The standardised difference of two means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StandardisedDifference {
    /// First mean less second over the pooled standard deviation.
    pub cohens_d: f64,
    /// The same without most of its bias, times 1 − 3/(4N − 9).
    pub hedges_g: f64,
    /// The pooled standard deviation.
    pub pooled_sd: f64,
}

/// The standardised difference of two groups; `None` below two answers in either and without any variation.
pub fn standardised_difference(first: &Moments, second: &Moments) -> Option<StandardisedDifference> {
    let (a, b) = (first.n.checked_sub(1)? as f64, second.n.checked_sub(1)? as f64);
    let pooled = a / (a + b) * first.sd? * first.sd? + b / (a + b) * second.sd? * second.sd?;
    let pooled_sd = pooled.sqrt();
    let cohens_d = (first.mean - second.mean) / pooled_sd;
    let correction = 1.0 - 3.0 / (4.0 * (a + b + 2.0) - 9.0);
    (pooled_sd > 0.0 && cohens_d.is_finite()).then_some(StandardisedDifference {
        cohens_d,
        hedges_g: cohens_d * correction,
        pooled_sd,
    })
}

#[cfg(test)]
#[allow(clippy::float_cmp)]
mod tests {
    use super::*;
    use crate::stats::moments;
    use approx::assert_relative_eq;

    #[test]
    fn h_by_hand_and_at_the_ends() {
        // arcsin √0.5 = π/4, arcsin √0.25 = π/6.
        assert_relative_eq!(cohens_h(0.5, 0.25).unwrap(), std::f64::consts::PI / 6.0, max_relative = 1e-14);
        assert_relative_eq!(cohens_h(1.0, 0.0).unwrap(), std::f64::consts::PI, max_relative = 1e-15);
        assert_eq!(cohens_h(0.3, 0.3), Some(0.0));
        assert_eq!((cohens_h(1.1, 0.3), cohens_h(0.3, f64::NAN)), (None, None));
    }

    #[test]
    fn d_by_hand_and_where_there_is_none() {
        let of = |points: &[(f64, u64)]| moments(points).unwrap();
        let (a, b) = (of(&[(1.0, 1), (3.0, 1)]), of(&[(4.0, 1), (6.0, 1)]));
        let found = standardised_difference(&a, &b).unwrap();
        assert_relative_eq!(found.cohens_d, -3.0 / 2.0_f64.sqrt(), max_relative = 1e-14);
        assert_relative_eq!(found.hedges_g, found.cohens_d * 4.0 / 7.0, max_relative = 1e-14);
        assert_eq!(standardised_difference(&of(&[(1.0, 1)]), &b), None);
        assert_eq!(standardised_difference(&of(&[(1.0, 5)]), &of(&[(2.0, 5)])), None);
    }
}
