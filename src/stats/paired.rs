//! Student's t of paired differences, from counts by difference.
//!
//! Reference cases: `tests/reference/paired` (R `t.test(paired = TRUE)`).

use super::distributions::t_sf;
use super::moments::moments;

/// The t test that the mean difference is 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PairedT {
    /// Pairs with both answers.
    pub n: u64,
    /// Mean difference.
    pub mean: f64,
    /// Standard deviation of the differences; needs two pairs.
    pub sd: Option<f64>,
    /// Standard error of the mean difference; needs two pairs.
    pub se: Option<f64>,
    /// mean / se; `None` where all differences are equal.
    pub t: Option<f64>,
    /// Degrees of freedom, n - 1.
    pub df: f64,
    /// Two-sided p-value; `None` with `t`.
    pub p: Option<f64>,
    /// Cohen's d of the differences, mean / sd; `None` with `t`.
    pub dz: Option<f64>,
}

/// The test on `(difference, count)` pairs; `None` without pairs.
pub fn paired_t(differences: &[(f64, u64)]) -> Option<PairedT> {
    let moments = moments(differences)?;
    let df = (moments.n - 1) as f64;
    let over = |spread: Option<f64>| {
        let spread = spread.filter(|spread| *spread > 0.0)?;
        Some(moments.mean / spread).filter(|ratio| ratio.is_finite())
    };
    let t = over(moments.se);
    Some(PairedT {
        n: moments.n,
        mean: moments.mean,
        sd: moments.sd,
        se: moments.se,
        t,
        df,
        p: t.and_then(|t| t_sf(t.abs(), df)).map(|tail| 2.0 * tail),
        dz: over(moments.sd),
    })
}

#[cfg(test)]
mod tests {
    use super::paired_t;
    use approx::assert_relative_eq;

    #[test]
    fn equal_differences_have_no_test() {
        for differences in [vec![(0.0, 5)], vec![(-1.0, 4)], vec![(2.0, 1)]] {
            let test = paired_t(&differences).unwrap();
            assert_eq!((test.t, test.p, test.dz), (None, None, None));
        }
        assert_eq!(paired_t(&[]), None);
    }

    #[test]
    fn two_pairs_meet_the_cauchy_closed_form() {
        // One degree of freedom: p = 1 - (2/π) atan(t).
        let test = paired_t(&[(1.0, 1), (3.0, 1)]).unwrap();
        let wanted = 1.0 - 2.0 / std::f64::consts::PI * 2.0_f64.atan();
        assert_relative_eq!(test.t.unwrap(), 2.0, max_relative = 1e-14);
        assert_relative_eq!(test.p.unwrap(), wanted, max_relative = 1e-12);
    }
}
