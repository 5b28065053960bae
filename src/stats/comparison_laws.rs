//! Laws that hold over random input for the comparisons of groups and waves.

use proptest::prelude::*;

use super::*;

fn sound(interval: Option<Interval>) -> bool {
    interval.is_none_or(|i| i.low.is_finite() && i.high.is_finite() && i.low <= i.high)
}

fn is_probability(p: f64) -> bool {
    (0.0..=1.0).contains(&p)
}

fn is_sound_test(test: &DifferenceTest) -> bool {
    test.difference.is_finite()
        && test.se.is_finite()
        && sound(test.interval)
        && test.statistic.is_none_or(f64::is_finite)
        && test.df.is_none_or(f64::is_finite)
        && test.p.is_none_or(is_probability)
}

fn wild() -> impl Strategy<Value = f64> {
    prop_oneof![
        -2.0..2.0_f64,
        0.0..1e4_f64,
        any::<f64>(),
        Just(0.0),
        Just(1.0),
        Just(f64::MAX),
        Just(f64::MIN_POSITIVE),
        Just(f64::NAN),
        Just(f64::INFINITY),
    ]
}

fn confidence() -> impl Strategy<Value = Confidence> {
    (0.5..0.999_f64).prop_filter_map("between 0 and 1", Confidence::new)
}

fn share() -> impl Strategy<Value = SampledShare> {
    let p = prop_oneof![Just(0.0), Just(1.0), 0.0..=1.0_f64];
    (p, prop_oneof![Just(1.0), Just(2.0), 0.5..5000.0_f64]).prop_map(|(p, n)| SampledShare { p, n })
}

fn promoters() -> impl Strategy<Value = SampledPromoters> {
    (0_u32..40, 0_u32..40, 0_u32..40).prop_filter_map("answers", |(p, m, d)| {
        let shares = PromoterShares::from_totals(f64::from(p), f64::from(m), f64::from(d))?;
        Some(SampledPromoters { shares, n: f64::from(p + m + d) })
    })
}

fn estimate() -> impl Strategy<Value = MeanEstimate> {
    let variance = prop_oneof![Just(0.0), 1e-12..1e3_f64];
    (-10.0..10.0_f64, variance, 0.5..1e6_f64).prop_map(|(mean, variance, df)| MeanEstimate {
        mean,
        variance,
        df,
    })
}

fn wave(groups: usize) -> impl Strategy<Value = Vec<GroupScore>> {
    prop::collection::vec((0.01..1.0_f64, -1.0..1.0_f64, 0.0..0.5_f64), groups).prop_map(|groups| {
        let total: f64 = groups.iter().map(|(share, _, _)| share).sum();
        groups.into_iter().map(|(share, score, se)| GroupScore { share: share / total, score, se }).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_infinite_leaves_a_comparison_whatever_comes_in(
        a in wild(), b in wild(), c in wild(), d in wild(), confidence in confidence(),
    ) {
        let (x, y) = (SampledShare { p: a, n: b }, SampledShare { p: c, n: d });
        prop_assert!(sound(newcombe(&x, &y, a, b)));
        for reference in [Reference::Normal, Reference::StudentT(d)] {
            if let Some(test) = pooled_share_test(&x, &y, reference) {
                prop_assert!(is_probability(test.p) && test.z.is_none_or(f64::is_finite));
            }
            if let Some(test) = difference_test(a, b, reference, confidence) {
                prop_assert!(is_sound_test(&test));
            }
            if let Some(test) = equivalence(a, b, reference, c, confidence) {
                prop_assert!(is_probability(test.p) && sound(Some(test.interval)));
            }
        }
        let one = MeanEstimate { mean: a, variance: b, df: c };
        let other = MeanEstimate { mean: b, variance: c, df: d };
        if let Some(test) = mean_difference(&one, &other, confidence) {
            prop_assert!(is_sound_test(&test));
        }
        for form in [welch_anova, wald_homogeneity] {
            if let Some(test) = form(&[one, other, one]) {
                prop_assert!(is_probability(test.p) && test.statistic.is_finite());
            }
        }
        if let Some(test) = share_homogeneity(&[x, y, x]) {
            prop_assert!(is_probability(test.p) && test.statistic.is_finite());
        }
        let shares = PromoterShares { promoters: a, passives: b, detractors: 1.0 - a - b };
        let scores = [SampledPromoters { shares, n: c }, SampledPromoters { shares, n: d }];
        for form in [nps_difference_adjusted, nps_difference_wald] {
            if let Some(test) = form(&scores[0], &scores[1], Reference::Normal, confidence) {
                prop_assert!(is_sound_test(&test));
            }
        }
        let mean = |n| SampledMean { mean: a, variance: b, n };
        for size in [
            detectable_share(&x, &y, confidence),
            detectable_nps(&scores[0], &scores[1], confidence),
            detectable_mean(&mean(c), &mean(d), (a, b), confidence),
        ] {
            prop_assert!(size.is_none_or(|size| size > 0.0 && size.is_finite()));
        }
    }

    #[test]
    fn nothing_infinite_leaves_a_series_whatever_comes_in(
        a in wild(), b in wild(), c in wild(), d in wild(), confidence in confidence(),
    ) {
        let values = [a, b, c, d];
        if let Some(test) = mann_kendall(&values, confidence) {
            prop_assert!(is_probability(test.p) && test.z.is_finite() && test.slope.is_finite());
            prop_assert!(sound(test.slope_interval));
        }
        let shares = [SampledShare { p: a, n: b }, SampledShare { p: c, n: d }];
        let waves = [WaveEstimate { value: a, se: b, n: c }, WaveEstimate { value: d, se: b, n: c }];
        let charts = [
            p_chart(&shares, &[true; 2]),
            estimate_chart(&waves, &[true, false]),
            laney_p_chart(&shares, &[true; 2]).map(|laney| laney.chart),
            xmr_chart(&values, &[true, true, false, true]).map(|xmr| xmr.chart),
        ];
        for chart in charts.into_iter().flatten() {
            prop_assert!(chart.centre.is_finite());
            prop_assert!(chart.points.iter().all(|p| p.value.is_finite() && p.sigma.is_finite() && sound(p.limits)));
            prop_assert_eq!(run_rules(&chart).len(), chart.points.len());
        }
        if let Some(test) = p_dispersion(&shares, &[true; 2]) {
            prop_assert!(is_probability(test.p) && test.ratio.is_finite());
        }
        for sum in cusum(&values, a, b, c).into_iter().flatten() {
            prop_assert!(sum.above.is_finite() && sum.below.is_finite());
        }
        for average in ewma(&values, a, b, c).into_iter().flatten() {
            prop_assert!(average.value.is_finite() && sound(Some(average.limits)));
        }
        let group = GroupScore { share: 0.5, score: a, se: b };
        let other = GroupScore { share: 0.5, score: c, se: d };
        let wave = [group, other];
        if let Some(parts) = decompose(&wave, &[other, group], c, d, Reference::Normal, confidence) {
            for part in [parts.change, parts.mix, parts.within] {
                prop_assert!(part.value.is_finite() && part.se.is_finite() && sound(part.interval));
            }
            prop_assert!(parts.groups.iter().all(|g| g.mix.is_finite() && g.within.is_finite()));
        }
    }

    #[test]
    fn swapping_two_shares_turns_the_difference_round(
        a in share(), b in share(), confidence in confidence(),
    ) {
        let z = confidence.z();
        let (one, other) = (newcombe(&a, &b, z, z).unwrap(), newcombe(&b, &a, z, z).unwrap());
        prop_assert!((one.low + other.high).abs() < 1e-12 && (one.high + other.low).abs() < 1e-12);
        prop_assert!(one.contains(a.p - b.p));
        prop_assert!(one.low >= -1.0 - 1e-12 && one.high <= 1.0 + 1e-12);
        let test = |a, b| pooled_share_test(a, b, Reference::Normal).unwrap();
        prop_assert!((test(&a, &b).p - test(&b, &a).p).abs() < 1e-12);
    }

    #[test]
    fn swapping_two_scores_turns_the_difference_round(
        a in promoters(), b in promoters(), confidence in confidence(),
    ) {
        for form in [nps_difference_adjusted, nps_difference_wald] {
            let one = form(&a, &b, Reference::Normal, confidence).unwrap();
            let other = form(&b, &a, Reference::Normal, confidence).unwrap();
            prop_assert!((one.difference + other.difference).abs() < 1e-12);
            prop_assert_eq!(one.p, other.p);
            if let (Some(one), Some(other)) = (one.interval, other.interval) {
                prop_assert!((one.low + other.high).abs() < 1e-12);
            }
        }
        let plain = nps_difference_wald(&a, &b, Reference::Normal, confidence).unwrap();
        prop_assert!(plain.interval.is_none_or(|interval| interval.contains(plain.difference)));
        let adjusted = nps_difference_adjusted(&a, &b, Reference::Normal, confidence).unwrap();
        prop_assert!(adjusted.interval.is_some() && adjusted.p.is_some());
    }

    #[test]
    fn an_interval_without_zero_goes_with_a_small_p_value(
        a in estimate(), b in estimate(), confidence in confidence(),
    ) {
        let test = mean_difference(&a, &b, confidence).unwrap();
        let other = mean_difference(&b, &a, confidence).unwrap();
        prop_assert!(is_sound_test(&test));
        prop_assert!((test.difference + other.difference).abs() < 1e-12 && test.p == other.p);
        if let (Some(interval), Some(p)) = (test.interval, test.p) {
            prop_assert!(interval.contains(test.difference));
            let alpha = 2.0 * confidence.tail();
            prop_assert!((p - alpha).abs() < 1e-9 || interval.contains(0.0) == (p > alpha));
        }
    }

    #[test]
    fn mix_and_within_add_up_to_the_change(
        earlier in wave(4), later in wave(4), n in 1.0..2000.0_f64, confidence in confidence(),
    ) {
        let split = |a: &[GroupScore], b: &[GroupScore]| decompose(a, b, n, 2.0 * n, Reference::Normal, confidence).unwrap();
        let parts = split(&earlier, &later);
        prop_assert!((parts.mix.value + parts.within.value - parts.change.value).abs() < 1e-12);
        let mix: f64 = parts.groups.iter().map(|group| group.mix).sum();
        let within: f64 = parts.groups.iter().map(|group| group.within).sum();
        prop_assert!((mix - parts.mix.value).abs() < 1e-12 && (within - parts.within.value).abs() < 1e-12);
        let (mut a, mut b) = (earlier.clone(), later.clone());
        a.reverse();
        b.reverse();
        prop_assert!((split(&a, &b).mix.se - parts.mix.se).abs() < 1e-12);
        let back = decompose(&later, &earlier, 2.0 * n, n, Reference::Normal, confidence).unwrap();
        prop_assert!((back.mix.value + parts.mix.value).abs() < 1e-12);
        prop_assert!((back.within.se - parts.within.se).abs() < 1e-12);
    }

    #[test]
    fn ranks_are_shared_out_completely(
        counts in prop::collection::vec((1_u64..30, 0_u64..30), 1..5), seed in any::<u64>(), confidence in confidence(),
    ) {
        let counts: Vec<Vec<u64>> = counts.into_iter().map(|(a, b)| vec![a, b]).collect();
        let bootstrap = Bootstrap { replicates: 50, seed };
        let items = bootstrap.ranking(&counts, &[1.0, 0.0], confidence).unwrap();
        prop_assert!((items.iter().map(|item| item.first).sum::<f64>() - 1.0).abs() < 1e-9);
        prop_assert!((items.iter().map(|item| item.last).sum::<f64>() - 1.0).abs() < 1e-9);
        for item in &items {
            prop_assert!(1 <= item.rank_low && item.rank_low <= item.rank_high);
            prop_assert!(usize::try_from(item.rank_high).unwrap() <= items.len());
        }
        let mut reversed = counts.clone();
        reversed.reverse();
        let mut other = bootstrap.ranking(&reversed, &[1.0, 0.0], confidence).unwrap();
        other.reverse();
        prop_assert_eq!(items, other);
    }
}
