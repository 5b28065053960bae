//! Tests of two columns of a table that may share respondents: shares and means.
//!
//! Independent columns with each its own variance; columns that share respondents (several answers allowed) with the
//! covariance that the shared ones bring: in the pooled form that tabulators use, p̂(1 − p̂)(1/n₁ + 1/n₂ − 2n₁₂/n₁n₂), in
//! the exact form from the shared ones' own share, and from linearised variances for weighted shares and means. A part
//! against the total that holds it is the test of the part against the rest, as it should be: only the difference is
//! another one. Goodman, *Comparing distributions from overlapping samples*; Kish 1965, 12.10.
//! Reference cases: `tests/reference/tables` (`overlap.*`, `part_of_total.*`, `unpooled.*`).

use super::sum::sum;
use super::{
    Confidence, DifferenceTest, Linearised, PKind, Reference, SampledShare, WeightedPoint, difference_test,
};

/// A test that two shares are equal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ShareTest {
    /// First share less second.
    pub difference: f64,
    /// Standard error of the difference that the test uses; 0 where it cannot vary.
    pub se: f64,
    /// Difference over standard error; `None` where that is 0.
    pub z: Option<f64>,
    /// Two-sided p-value: 1 where the shares are equal and cannot vary.
    pub p: f64,
    /// How `p` was found.
    pub p_kind: PKind,
}

/// The test of two independent shares, each with its own variance.
///
/// `None` without answers in either, and for 0 % against 100 %, whose variances say nothing.
pub fn unpooled_share_test(
    first: &SampledShare,
    second: &SampledShare,
    reference: Reference,
) -> Option<ShareTest> {
    overlapping_share_test(first, second, &SampledShare { p: 0.0, n: 0.0 }, reference)
}

/// The test of two shares whose columns have `shared` respondents in common, each share with its own variance.
///
/// `shared` has the share among the respondents of both columns, its `n` 0 where there are none (its `p` is then not
/// read). `None` where more are shared than a column holds, and as for [`unpooled_share_test`].
pub fn overlapping_share_test(
    first: &SampledShare,
    second: &SampledShare,
    shared: &SampledShare,
    reference: Reference,
) -> Option<ShareTest> {
    check(first, second, shared.n)?;
    let own = |share: &SampledShare| share.p * (1.0 - share.p) / share.n;
    let covariance = if shared.n > 0.0 {
        if !shared.is_valid() {
            return None;
        }
        // The mean of (x − p₁)(x − p₂) over the shared ones, x being 0 or 1.
        let product = shared.p * (1.0 - first.p - second.p) + first.p * second.p;
        shared.n / first.n * product / second.n
    } else {
        0.0
    };
    let found = share_test(first.p - second.p, own(first) + own(second) - 2.0 * covariance, reference)?;
    (found.z.is_some() || found.difference.abs() <= 0.0).then_some(found)
}

/// The test of two shares whose columns have `shared_n` respondents in common, with the share of both together.
///
/// Without shared respondents it is [`super::pooled_share_test`]; the shared ones count in both columns, as
/// tabulators do. With weights take effective bases, and [`shared_base`] for the shared one. `None` without answers in
/// either, or where more are shared than a column holds.
pub fn pooled_overlapping_share_test(
    first: &SampledShare,
    second: &SampledShare,
    shared_n: f64,
    reference: Reference,
) -> Option<ShareTest> {
    check(first, second, shared_n)?;
    let total = first.n + second.n;
    let pooled = first.p * (first.n / total) + second.p * (second.n / total);
    let bases = 1.0 / first.n + 1.0 / second.n - 2.0 * (shared_n / first.n / second.n);
    share_test(
        first.p - second.p,
        pooled * (1.0 - pooled) * rounded(bases, 1.0 / first.n + 1.0 / second.n),
        reference,
    )
}

/// The test of a column against the total that holds it, its share of the variance taken out.
///
/// z is that of the column against the rest with pooled variance. p is 1 where the column is the whole total. `None`
/// without answers, or where the column has more than the total.
pub fn part_of_total_test(
    part: &SampledShare,
    total: &SampledShare,
    reference: Reference,
) -> Option<ShareTest> {
    check(part, total, part.n)?;
    let bases = rounded(1.0 / part.n - 1.0 / total.n, 1.0 / part.n);
    share_test(part.p - total.p, total.p * (1.0 - total.p) * bases, reference)
}

/// The shared base that goes with two effective bases: e₁e₂ Σw²(shared)/(Σw₁ Σw₂), the number itself where all weights
/// are 1. `None` where a sum or base is not positive and finite, or the squares are below 0.
pub fn shared_base(shared_w2: f64, sums: [f64; 2], effective: [f64; 2]) -> Option<f64> {
    let positive = |x: &f64| *x > 0.0 && x.is_finite();
    if !(sums.iter().all(positive) && effective.iter().all(positive) && shared_w2 >= 0.0) {
        return None;
    }
    Some(effective[0] / sums[0] * (effective[1] / sums[1]) * shared_w2).filter(|n| n.is_finite())
}

/// The covariance of two weighted means (or shares, values 0 and 1) that share respondents.
///
/// `shared` lists the rows of both by value; a part of a total shares all its own. `None` for a design of fewer than
/// two rows, or values and weights that are not finite.
pub fn shared_covariance(
    shared: &[WeightedPoint],
    first: &Linearised,
    second: &Linearised,
    design_n: u64,
) -> Option<f64> {
    if design_n < 2 || !(first.sum_w > 0.0 && second.sum_w > 0.0) {
        return None;
    }
    let carrying = shared.iter().filter(|point| point.w > 0.0);
    let products = carrying.map(|point| {
        point.w2 / first.sum_w / second.sum_w * (point.x - first.mean) * (point.x - second.mean)
    });
    let covariance = sum(products) * (design_n as f64 / (design_n - 1) as f64);
    covariance.is_finite().then_some(covariance)
}

/// The difference of two estimates with their variances and the covariance between them.
///
/// `None` where something is not finite; without interval and p where the variance of the difference is 0.
pub fn correlated_difference(
    [first, second]: [f64; 2],
    [first_variance, second_variance]: [f64; 2],
    covariance: f64,
    reference: Reference,
    confidence: Confidence,
) -> Option<DifferenceTest> {
    if !(first_variance >= 0.0 && second_variance >= 0.0) {
        return None;
    }
    let both = first_variance + second_variance;
    let variance = rounded(both - 2.0 * covariance, both);
    difference_test(first - second, variance.sqrt(), reference, confidence)
}

/// What is left of a difference of variances: 0 where it is rounding of what it was taken from.
fn rounded(left: f64, of: f64) -> f64 {
    if left <= 1e-14 * of { 0.0 } else { left }
}

fn check(first: &SampledShare, second: &SampledShare, shared_n: f64) -> Option<()> {
    // Effective bases of a column and of what it shares may differ by rounding.
    let most = first.n.min(second.n) * (1.0 + 1e-9);
    (first.is_valid() && second.is_valid() && (0.0..=most).contains(&shared_n)).then_some(())
}

fn share_test(difference: f64, variance: f64, reference: Reference) -> Option<ShareTest> {
    let se = variance.max(0.0).sqrt();
    let z = Some(difference / se).filter(|z| se > 0.0 && z.is_finite());
    let p = match z {
        Some(z) => reference.two_sided(z)?,
        None => 1.0,
    };
    Some(ShareTest { difference, se, z, p, p_kind: reference.kind() })
}

#[cfg(test)]
#[allow(clippy::float_cmp)]
mod tests {
    use super::*;
    use crate::stats::{linearised_mean, pooled_share_test};
    use approx::assert_relative_eq;

    fn share(k: f64, n: f64) -> SampledShare {
        SampledShare { p: k / n, n }
    }

    #[test]
    fn a_part_against_its_total_is_the_part_against_the_rest() {
        let (part, rest, total) = (share(40.0, 68.0), share(446.0, 725.0), share(486.0, 793.0));
        let whole = part_of_total_test(&part, &total, Reference::Normal).unwrap();
        let apart = pooled_share_test(&part, &rest, Reference::Normal).unwrap();
        assert_relative_eq!(whole.z.unwrap(), apart.z.unwrap(), max_relative = 1e-12);
        assert_relative_eq!(whole.difference, part.p - total.p, max_relative = 1e-14);
        // The same from linearised variances, up to n/(n − 1).
        let point = |x: f64, n: u64| WeightedPoint { x, n, w: n as f64, w2: n as f64 };
        let of = |k: u64, n: u64| [point(1.0, k), point(0.0, n - k)];
        let (a, t) =
            (linearised_mean(&of(40, 68), 793).unwrap(), linearised_mean(&of(486, 793), 793).unwrap());
        let covariance = shared_covariance(&of(40, 68), &a, &t, 793).unwrap();
        let test = correlated_difference(
            [a.mean, t.mean],
            [a.variance, t.variance],
            covariance,
            Reference::Normal,
            Confidence::new(0.95).unwrap(),
        );
        assert_relative_eq!(test.unwrap().statistic.unwrap(), whole.z.unwrap(), max_relative = 0.01);
    }

    #[test]
    fn shared_respondents_by_their_covariance() {
        // 2 × 2 of membership: only first 30 of 50, both 12 of 30, only second 25 of 40.
        let (first, second, shared) = (share(42.0, 80.0), share(37.0, 70.0), share(12.0, 30.0));
        let found = overlapping_share_test(&first, &second, &shared, Reference::Normal).unwrap();
        let parts = [
            (30.0, 50.0, 1.0 / 80.0, 0.0),
            (12.0, 30.0, 1.0 / 80.0, 1.0 / 70.0),
            (25.0, 40.0, 0.0, 1.0 / 70.0),
        ];
        let variance: f64 = parts
            .iter()
            .map(|(k, n, a, b)| {
                let score = |x: f64| (a * (x - first.p) - b * (x - second.p)).powi(2);
                k * score(1.0) + (n - k) * score(0.0)
            })
            .sum();
        assert_relative_eq!(found.se, variance.sqrt(), max_relative = 1e-13);
        let pooled = pooled_overlapping_share_test(&first, &second, 30.0, Reference::Normal).unwrap();
        assert_relative_eq!(pooled.se, found.se, max_relative = 0.02);
        let apart = pooled_overlapping_share_test(&first, &second, 0.0, Reference::Normal).unwrap();
        let plain = pooled_share_test(&first, &second, Reference::Normal).unwrap();
        assert_relative_eq!(apart.z.unwrap(), plain.z.unwrap(), max_relative = 1e-13);
        assert_eq!(shared_base(30.0, [80.0, 70.0], [80.0, 70.0]), Some(30.0));
    }

    #[test]
    fn the_same_column_twice_does_not_differ() {
        let one = share(42.0, 80.0);
        for test in [
            pooled_overlapping_share_test(&one, &one, 80.0, Reference::Normal),
            overlapping_share_test(&one, &one, &one, Reference::Normal),
            part_of_total_test(&one, &one, Reference::Normal),
        ] {
            let test = test.unwrap();
            assert_eq!((test.difference, test.p), (0.0, 1.0));
        }
    }

    #[test]
    fn ends_of_the_scale_and_impossible_overlaps() {
        let (none, all) = (share(0.0, 20.0), share(20.0, 20.0));
        assert_eq!(unpooled_share_test(&none, &all, Reference::Normal), None);
        assert_eq!(unpooled_share_test(&none, &none, Reference::Normal).map(|test| test.p), Some(1.0));
        assert!(pooled_overlapping_share_test(&none, &all, 0.0, Reference::Normal).unwrap().p < 1e-6);
        assert_eq!(pooled_overlapping_share_test(&none, &all, 21.0, Reference::Normal), None);
        assert_eq!(part_of_total_test(&share(3.0, 30.0), &share(3.0, 20.0), Reference::Normal), None);
        assert_eq!(unpooled_share_test(&none, &SampledShare { p: 0.5, n: 0.0 }, Reference::Normal), None);
        assert_eq!(shared_base(1.0, [0.0, 1.0], [1.0, 1.0]), None);
    }
}
