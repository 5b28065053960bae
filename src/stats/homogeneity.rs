//! Whether several independent groups differ at all.
//!
//! Shares: Pearson's chi-square of the 2 × k table, without continuity correction. Means: Welch's
//! ANOVA 1951; a net promoter score is the mean of -1, 0 and +1 and is tested the same way
//! (`SampledPromoters::as_mean`). Weighted groups: the Wald test of estimates with variances of
//! their own around their inverse-variance mean, Σ(x - x̄)²/v as chi-square, which is Cochran's Q
//! 1954; it takes the variances as known, so that small groups look more different than they are.
//! Reference cases: `tests/reference/groups`.

use super::distributions::{chi_square_sf, f_sf};
use super::sum::sum;
use super::{MeanEstimate, PKind, SampledShare};

/// Result of a test of k groups.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Homogeneity {
    /// Chi-square or F.
    pub statistic: f64,
    /// Degrees of freedom of the groups, k - 1.
    pub df: f64,
    /// Degrees of freedom of the denominator, for F only.
    pub denominator_df: Option<f64>,
    /// Probability of a statistic at least as large.
    pub p: f64,
    /// How `p` was found.
    pub p_kind: PKind,
}

/// Pearson's test that k shares are equal.
///
/// Statistic 0 and p 1 where all shares are 0 or all are 1. `None` with fewer than two groups or a
/// group without answers.
pub fn share_homogeneity(groups: &[SampledShare]) -> Option<Homogeneity> {
    let df = degrees_of_freedom(groups.len())?;
    if !groups.iter().all(SampledShare::is_valid) {
        return None;
    }
    let total = sum(groups.iter().map(|group| group.n));
    let pooled = sum(groups.iter().map(|group| group.p * (group.n / total)));
    let spread = pooled * (1.0 - pooled);
    let statistic = if spread > 0.0 {
        sum(groups.iter().map(|group| group.n * (group.p - pooled) * (group.p - pooled))) / spread
    } else {
        0.0
    };
    by_chi_square(statistic, df)
}

/// Welch's test that k means are equal, without assuming equal spread.
///
/// `None` with fewer than two groups or one of them without variation.
pub fn welch_anova(groups: &[MeanEstimate]) -> Option<Homogeneity> {
    let df = degrees_of_freedom(groups.len())?;
    let (parts, squares) = around_common_mean(groups)?;
    let k = groups.len() as f64;
    let lambda = sum(groups.iter().zip(&parts).map(|(group, part)| (1.0 - part) * (1.0 - part) / group.df));
    let denominator_df = (k * k - 1.0) / (3.0 * lambda);
    let statistic = squares / df / (1.0 + 2.0 * (k - 2.0) / (k * k - 1.0) * lambda);
    (statistic.is_finite() && denominator_df.is_finite()).then_some(())?;
    Some(Homogeneity {
        statistic,
        df,
        denominator_df: Some(denominator_df),
        p: f_sf(statistic, df, denominator_df)?,
        p_kind: PKind::F,
    })
}

/// Wald's test that k estimates are equal, from their variances; degrees of freedom are not used.
///
/// `None` with fewer than two groups or one of them without variance.
pub fn wald_homogeneity(groups: &[MeanEstimate]) -> Option<Homogeneity> {
    let df = degrees_of_freedom(groups.len())?;
    let (_, squares) = around_common_mean(groups)?;
    by_chi_square(squares, df)
}

fn degrees_of_freedom(groups: usize) -> Option<f64> {
    groups.checked_sub(1).filter(|df| *df > 0).map(|df| df as f64)
}

/// Each group's part of the inverse-variance mean, and the squared distances from it in variances.
fn around_common_mean(groups: &[MeanEstimate]) -> Option<(Vec<f64>, f64)> {
    if !groups.iter().all(|group| group.is_valid() && group.variance > 0.0) {
        return None;
    }
    // In units of the smallest variance, so that tiny ones do not overflow.
    let unit = groups.iter().map(|group| group.variance).fold(f64::INFINITY, f64::min);
    let total = sum(groups.iter().map(|group| unit / group.variance));
    let parts: Vec<f64> = groups.iter().map(|group| unit / group.variance / total).collect();
    let origin = groups.first()?.mean;
    let mean = origin + sum(groups.iter().zip(&parts).map(|(group, part)| part * (group.mean - origin)));
    let squares = sum(groups.iter().map(|group| (group.mean - mean) / group.variance * (group.mean - mean)));
    squares.is_finite().then_some((parts, squares))
}

/// A chi-square held against its distribution; `None` where it is not finite.
pub(super) fn by_chi_square(statistic: f64, df: f64) -> Option<Homogeneity> {
    let statistic = Some(statistic).filter(|x| x.is_finite())?;
    let p = chi_square_sf(statistic, df)?;
    Some(Homogeneity { statistic, df, denominator_df: None, p, p_kind: PKind::ChiSquare })
}

/// F held against its distribution; `None` where it is not finite.
pub(super) fn by_f(statistic: f64, df: f64, denominator_df: f64) -> Option<Homogeneity> {
    let statistic = Some(statistic).filter(|f| f.is_finite())?;
    let p = f_sf(statistic, df, denominator_df)?;
    Some(Homogeneity { statistic, df, denominator_df: Some(denominator_df), p, p_kind: PKind::F })
}

#[cfg(test)]
#[allow(clippy::float_cmp)]
mod tests {
    use super::*;
    use crate::stats::{
        Confidence, PromoterShares, Reference, SampledPromoters, mean_difference, pooled_share_test,
    };
    use approx::assert_relative_eq;

    #[test]
    fn two_shares_give_the_square_of_pooled_z() {
        let (a, b) = (SampledShare { p: 0.45, n: 40.0 }, SampledShare { p: 0.8, n: 25.0 });
        let test = share_homogeneity(&[a, b]).unwrap();
        let z = pooled_share_test(&a, &b, Reference::Normal).unwrap();
        assert_relative_eq!(test.statistic, z.z.unwrap().powi(2), max_relative = 1e-12);
        assert_relative_eq!(test.p, z.p, max_relative = 1e-10);
    }

    #[test]
    fn two_means_give_the_square_of_welchs_t() {
        let a = MeanEstimate { mean: 4.1, variance: 0.02, df: 30.0 };
        let b = MeanEstimate { mean: 3.7, variance: 0.05, df: 11.0 };
        let test = welch_anova(&[a, b]).unwrap();
        let t = mean_difference(&a, &b, Confidence::new(0.95).unwrap()).unwrap();
        assert_relative_eq!(test.statistic, t.statistic.unwrap().powi(2), max_relative = 1e-12);
        assert_relative_eq!(test.denominator_df.unwrap(), t.df.unwrap(), max_relative = 1e-12);
        assert_relative_eq!(test.p, t.p.unwrap(), max_relative = 1e-10);
        let wald = wald_homogeneity(&[a, b]).unwrap();
        assert_relative_eq!(wald.statistic, test.statistic, max_relative = 1e-12);
        assert!(wald.p < test.p);
    }

    #[test]
    fn cochrans_q_of_three_estimates_by_hand() {
        // Weights 1, 1, ½: the mean is (0 + 2 + 3) / 2.5 = 2.
        let group = |mean, variance| MeanEstimate { mean, variance, df: 9.0 };
        let test = wald_homogeneity(&[group(0.0, 1.0), group(2.0, 1.0), group(6.0, 2.0)]).unwrap();
        // 4 + 0 + 16/2; two degrees of freedom have the tail exp(-x/2).
        assert_relative_eq!(test.statistic, 12.0, max_relative = 1e-14);
        assert_relative_eq!(test.p, (-6.0_f64).exp(), max_relative = 1e-12);
    }

    #[test]
    fn equal_groups_do_not_differ() {
        for p in [0.0, 0.4, 1.0] {
            let test = share_homogeneity(&[SampledShare { p, n: 10.0 }; 4]).unwrap();
            assert_relative_eq!(test.p, 1.0, max_relative = 1e-12);
        }
        let shares = PromoterShares::from_totals(4.0, 3.0, 3.0).unwrap();
        let score = SampledPromoters { shares, n: 10.0 }.as_mean().unwrap();
        let test = welch_anova(&[score; 3]).unwrap();
        assert_eq!((test.statistic, test.p), (0.0, 1.0));
    }

    #[test]
    fn one_group_and_groups_without_variation_are_refused() {
        let right = MeanEstimate { mean: 1.0, variance: 0.1, df: 5.0 };
        let still = MeanEstimate { variance: 0.0, ..right };
        assert_eq!(welch_anova(&[]), None);
        assert_eq!(welch_anova(&[right]), None);
        assert_eq!(welch_anova(&[right, still]), None);
        assert_eq!(wald_homogeneity(&[right, still]), None);
        let share = SampledShare { p: 0.5, n: 10.0 };
        assert_eq!(share_homogeneity(&[share]), None);
        assert_eq!(share_homogeneity(&[share, SampledShare { p: 0.5, n: 0.0 }]), None);
    }

    #[test]
    fn tiny_and_huge_variances_stay_finite() {
        let tiny = MeanEstimate { mean: 0.0, variance: 1e-300, df: 5.0 };
        let huge = MeanEstimate { mean: 0.0, variance: 1e300, df: 5.0 };
        let test = welch_anova(&[tiny, huge]).unwrap();
        assert_eq!((test.statistic, test.p), (0.0, 1.0));
    }
}
