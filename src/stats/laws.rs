//! Laws that hold over random input for every function of this room.

use proptest::prelude::*;

use super::*;

/// NaN and infinity never leave; limits are in order.
fn sound(interval: Option<Interval>) -> bool {
    interval.is_none_or(|i| i.low.is_finite() && i.high.is_finite() && i.low <= i.high)
}

fn wild() -> impl Strategy<Value = f64> {
    prop_oneof![
        -2.0..2.0_f64,
        0.0..1e4_f64,
        any::<f64>(),
        Just(0.0),
        Just(1.0),
        Just(f64::NAN),
        Just(f64::INFINITY),
    ]
}

fn confidence() -> impl Strategy<Value = Confidence> {
    (0.5..0.999_f64).prop_filter_map("between 0 and 1", Confidence::new)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_infinite_leaves_whatever_comes_in(
        a in wild(), b in wild(), c in wild(), n in any::<u64>(), confidence in confidence(),
    ) {
        for form in [wilson, wald, agresti_coull, wilson_continuity, logit, asin] {
            prop_assert!(sound(form(a, b, c)));
        }
        prop_assert!(sound(likelihood(a, b, n, c)));
        prop_assert!(sound(clopper_pearson(a, b, confidence)));
        prop_assert!(sound(jeffreys(a, b, confidence)));
        prop_assert!(sound(korn_graubard(a, n, b, c, confidence)));
        prop_assert!(sound(t_interval(a, b, c, confidence)));
        for value in [
            distributions::normal_quantile(a), distributions::normal_sf(a),
            distributions::t_quantile(a, b), distributions::t_sf(a, b),
            distributions::beta_quantile(a, b, c), distributions::chi_square_quantile(a, b),
            distributions::chi_square_sf(a, b), distributions::f_sf(a, b, c),
            corrected_n(a, b), corrected_variance(a, b, c),
        ].into_iter().flatten() {
            prop_assert!(value.is_finite());
        }
        let shares = PromoterShares { promoters: a, passives: b, detractors: 1.0 - a - b };
        for form in [nps_wald, nps_adjusted_wald, nps_score] {
            prop_assert!(sound(form(&shares, c, confidence.z())));
        }
        if let Some(moments) = moments(&[(a, 1), (b, n % 9), (c, 2)]) {
            prop_assert!(moments.mean.is_finite() && moments.sd.is_none_or(f64::is_finite));
        }
        let points = [
            WeightedPoint { x: a, n: 1, w: b, w2: b * b },
            WeightedPoint { x: 1.0, n: 2, w: c, w2: c * c },
        ];
        if let Some(mean) = linearised_mean(&points, 5) {
            prop_assert!(mean.mean.is_finite() && mean.se.is_finite() && mean.kish_n.is_finite());
        }
        if let Some(test) = paired_t(&[(a, 1), (b, n % 9), (c, 2)]) {
            prop_assert!(test.t.is_none_or(f64::is_finite) && test.dz.is_none_or(f64::is_finite));
        }
        if let Some(test) = wilcoxon_signed_rank(&[(a, 1), (b, n % 90), (c, 2)]) {
            prop_assert!((0.0..=1.0).contains(&test.p) && (0.0..=1.0).contains(&test.p_normal));
        }
    }

    #[test]
    fn limits_contain_the_share_and_narrow_as_answers_grow(
        k in 0_u32..200, extra in 0_u32..200, confidence in confidence(),
    ) {
        let (successes, n) = (f64::from(k), f64::from(k + extra).max(1.0));
        let p = successes / n;
        let z = confidence.z();
        for form in [wilson, wald, agresti_coull] {
            let (small, large) = (form(p, n, z).unwrap(), form(p, 4.0 * n, z).unwrap());
            prop_assert!(small.low <= p + 1e-15 && p <= small.high + 1e-15);
            prop_assert!(large.high - large.low <= small.high - small.low + 1e-15);
        }
        prop_assert!(wilson(p, n, z).unwrap().contains(p));
        let exact = clopper_pearson(successes, n, confidence).unwrap();
        prop_assert!(exact.contains(p));
        prop_assert!(exact.low >= 0.0 && exact.high <= 1.0);
        let posterior = jeffreys(successes, n, confidence).unwrap();
        prop_assert!(exact.low <= posterior.low && posterior.high <= exact.high);
    }

    #[test]
    fn net_promoter_limits_are_in_order_and_the_score_form_contains_the_value(
        p in 0_u32..80, m in 0_u32..80, d in 0_u32..80, confidence in confidence(),
    ) {
        prop_assume!(p + m + d > 0);
        let n = f64::from(p + m + d);
        let shares = PromoterShares::from_totals(f64::from(p), f64::from(m), f64::from(d)).unwrap();
        let value = nps_value(&shares).unwrap();
        let score = nps_score(&shares, n, confidence.z()).unwrap();
        prop_assert!(score.low <= value + 1e-12 && value <= score.high + 1e-12);
        prop_assert!(score.low >= -1.0 && score.high <= 1.0);
        prop_assert!(nps_wald(&shares, n, confidence.z()).unwrap().contains(value));
        prop_assert!(sound(nps_adjusted_wald(&shares, n, confidence.z())));
    }

    #[test]
    fn the_order_of_the_answers_does_not_matter(
        mut points in prop::collection::vec((-10.0..10.0_f64, 0_u64..50), 1..12),
    ) {
        let one = (moments(&points), median(&points));
        points.reverse();
        let other = (moments(&points), median(&points));
        match (one.0, other.0) {
            (Some(a), Some(b)) => {
                prop_assert!((a.mean - b.mean).abs() <= 1e-12);
                prop_assert!((a.sd.unwrap_or(0.0) - b.sd.unwrap_or(0.0)).abs() <= 1e-12);
            }
            (a, b) => prop_assert_eq!(a, b),
        }
        prop_assert_eq!(one.1, other.1);
    }
}
