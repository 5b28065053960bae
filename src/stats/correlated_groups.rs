//! Whether several groups of one sample differ, knowing how their estimates move together.
//!
//! Wald (Koch, Freeman and Freeman 1975): W = (Cm)ᵀ(CVCᵀ)⁻¹(Cm) of q contrasts, which is that of R survey's
//! `regTermTest`. There W/q is held against F with q and d − q degrees of freedom, d being the design's; estimating the
//! covariance from few clusters costs more than that, and W(d − q + 1)/(dq) with q and d − q + 1 is taken (Korn and
//! Graubard 1990; `svychisq(statistic = "adjWald")`), exact where estimates are normal and V has d degrees. Second order (Rao and Scott 1984): squared distances from the common
//! mean under weights a are Σδχ² with the eigenvalues δ of the projected weights times the covariance; F takes their
//! first two moments and needs no inverse, so that groups without variance and many groups in few clusters do no harm.
//! Independent groups with a = 1/v have δ = 1: the plain chi-square, over its degrees of freedom.

use super::Homogeneity;
use super::homogeneity::by_f;
use super::sum::sum;
use super::symmetric::Symmetric;

/// Wald's F that means with this covariance are equal.
///
/// `None` with fewer than two groups, where the differences have no covariance that can be inverted, or where the
/// design leaves no degrees of freedom.
pub fn wald_f(means: &[f64], covariance: &[Vec<f64>], design_df: f64) -> Option<Homogeneity> {
    let contrasts = contrasts(means, covariance)?;
    let (_, last) = means.split_first()?;
    let differences: Vec<f64> = last.iter().map(|mean| mean - means[0]).collect();
    let q = differences.len() as f64;
    let left = Some(design_df - q + 1.0).filter(|left| *left >= 1.0)?;
    by_f(contrasts.inverse_form(&differences)? * left / (design_df * q), q, left)
}

/// The covariance of every group less the first.
fn contrasts(means: &[f64], covariance: &[Vec<f64>]) -> Option<Symmetric> {
    let size = means.len();
    let square = covariance.len() == size && covariance.iter().all(|row| row.len() == size);
    if size < 2 || !square || !covariance.iter().flatten().chain(means).all(|x| x.is_finite()) {
        return None;
    }
    let of = |i: usize, j: usize| {
        let (i, j) = (i + 1, j + 1);
        covariance[i][j] - covariance[i][0] - covariance[0][j] + covariance[0][0]
    };
    Some(Symmetric::new(size - 1, of))
}

/// The second-order F that estimates are equal, groups counting by `weights` (inverse variances of a pooled estimate).
///
/// `None` with fewer than two groups, for weights that are not positive, where nothing varies, or without degrees of
/// freedom of the design.
pub fn second_order_homogeneity(
    estimates: &[f64],
    weights: &[f64],
    covariance: &[Vec<f64>],
    design_df: f64,
) -> Option<Homogeneity> {
    let size = estimates.len();
    let square = covariance.len() == size && covariance.iter().all(|row| row.len() == size);
    let positive = weights.len() == size && weights.iter().all(|a| *a > 0.0 && a.is_finite());
    if size < 2 || !square || !positive || design_df <= 0.0 || design_df.is_nan() {
        return None;
    }
    let all = sum(weights.iter().copied());
    let part = |i: usize| weights[i] / all;
    let mean = estimates[0] + sum((0..size).map(|i| part(i) * (estimates[i] - estimates[0])));
    let statistic = sum((0..size).map(|i| weights[i] * (estimates[i] - mean) * (estimates[i] - mean)));
    // (diag(a) − aaᵀ/Σa) V, whose trace and whose square's trace are Σδ and Σδ².
    let shared: Vec<f64> = (0..size).map(|j| sum((0..size).map(|k| part(k) * covariance[k][j]))).collect();
    let at = |i: usize, j: usize| weights[i] * (covariance[i][j] - shared[j]);
    let trace = sum((0..size).map(|i| at(i, i)));
    let squares =
        sum((0..size).flat_map(|i| (0..size).map(move |j| (i, j))).map(|(i, j)| at(i, j) * at(j, i)));
    if !(trace > 0.0 && squares > 0.0) {
        return None;
    }
    let df = trace * trace / squares;
    by_f(statistic / trace, df, df * design_df)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::{MeanEstimate, SampledShare, share_homogeneity, wald_homogeneity};
    use approx::assert_relative_eq;

    /// R survey 4.1-1, tests/it/data/clusters: satisfaction by group in 24 clusters of 3 strata.
    const MEANS: [f64; 3] = [3.648_681_624_076_46, 2.826_545_361_788_96, 3.127_876_374_924_08];

    fn covariance() -> Vec<Vec<f64>> {
        let [a, ab, b, ac, bc, c] = [
            0.031_453_129_977_733_5,
            0.021_127_487_681_999_4,
            0.030_767_460_809_391_0,
            0.015_917_556_534_418_7,
            0.024_189_876_162_935_3,
            0.036_632_802_528_050_9,
        ];
        vec![vec![a, ab, ac], vec![ab, b, bc], vec![ac, bc, c]]
    }

    #[test]
    fn walds_f_is_r_surveys() {
        // regTermTest of svyglm(satisfaction ~ factor(group)): W/2 = 18.5126994447632; p from pf() in R.
        let found = wald_f(&MEANS, &covariance(), 21.0).unwrap();
        assert_relative_eq!(found.statistic, 18.512_699_444_763_2 * 20.0 / 21.0, max_relative = 1e-9);
        assert_eq!((found.df, found.denominator_df), (2.0, Some(20.0)));
        assert_relative_eq!(found.p, 3.854_886_546_688_73e-5, max_relative = 1e-8);
        assert_eq!(wald_f(&MEANS, &covariance(), 1.0), None);
        assert_eq!(wald_f(&MEANS[..2], &covariance(), 21.0), None);
    }

    #[test]
    fn independent_groups_have_the_tests_they_had() {
        let variances = [0.02, 0.05, 0.01];
        let apart: Vec<Vec<f64>> =
            (0..3).map(|i| (0..3).map(|j| if i == j { variances[i] } else { 0.0 }).collect()).collect();
        let groups: Vec<MeanEstimate> = MEANS
            .iter()
            .zip(variances)
            .map(|(mean, variance)| MeanEstimate { mean: *mean, variance, df: 20.0 })
            .collect();
        let plain = wald_homogeneity(&groups).unwrap();
        assert_relative_eq!(
            wald_f(&MEANS, &apart, 50.0).unwrap().statistic,
            plain.statistic / 2.0 * 49.0 / 50.0,
            max_relative = 1e-12
        );
        let weights = variances.map(|variance| 1.0 / variance);
        let found = second_order_homogeneity(&MEANS, &weights, &apart, 1e9).unwrap();
        assert_relative_eq!(found.statistic, plain.statistic / 2.0, max_relative = 1e-12);
        assert_relative_eq!(found.df, 2.0, max_relative = 1e-12);
        assert_relative_eq!(found.p, plain.p, max_relative = 1e-5);
        // Shares on pooled variances: Pearson's chi-square.
        let shares = [(0.3, 40.0), (0.5, 60.0), (0.4, 25.0)].map(|(p, n)| SampledShare { p, n });
        let pooled = 0.416;
        let weights = shares.map(|share| share.n / (pooled * (1.0 - pooled)));
        let apart: Vec<Vec<f64>> =
            (0..3).map(|i| (0..3).map(|j| if i == j { 1.0 / weights[i] } else { 0.0 }).collect()).collect();
        let found = second_order_homogeneity(&shares.map(|share| share.p), &weights, &apart, 1e9).unwrap();
        let pearson = share_homogeneity(&shares).unwrap();
        assert_relative_eq!(found.statistic * 2.0, pearson.statistic, max_relative = 1e-12);
    }

    #[test]
    fn two_groups_are_tested_by_the_square_of_their_difference() {
        let two: Vec<Vec<f64>> = covariance()[..2].iter().map(|row| row[..2].to_vec()).collect();
        let weights = [1.0 / two[0][0], 1.0 / two[1][1]];
        let found = second_order_homogeneity(&MEANS[..2], &weights, &two, 21.0).unwrap();
        // svycontrast: 0.822136262287495, se 0.141299736104232.
        let t = 0.822_136_262_287_495_f64 / 0.141_299_736_104_232;
        assert_relative_eq!(found.statistic, t * t, max_relative = 1e-9);
        assert_relative_eq!(found.df, 1.0, max_relative = 1e-9);
        assert_relative_eq!(found.denominator_df.unwrap(), 21.0, max_relative = 1e-9);
        let alone = second_order_homogeneity(&MEANS[..1], &weights[..1], &two, 21.0);
        assert!(alone.is_none());
        let still = vec![vec![0.0; 2]; 2];
        assert!(second_order_homogeneity(&MEANS[..2], &weights, &still, 21.0).is_none());
    }
}
