//! Laws of times, counts, rates and what is made of them, over random input.

use proptest::prelude::*;

use super::*;

fn confidence() -> impl Strategy<Value = Confidence> {
    (0.5..0.999_f64).prop_filter_map("between 0 and 1", Confidence::new)
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

fn cases() -> impl Strategy<Value = Vec<CasesAt>> {
    let case = (0_u8..25, 0_u64..4, 0_u64..4);
    prop::collection::vec(case, 1..30).prop_map(|cases| {
        cases.into_iter().map(|(time, ended, open)| CasesAt { time: f64::from(time), ended, open }).collect()
    })
}

fn one_by_one(cases: &[CasesAt]) -> Vec<CasesAt> {
    let apart = |at: &CasesAt| {
        let (ended, open) = (CasesAt { ended: 1, open: 0, ..*at }, CasesAt { ended: 0, open: 1, ..*at });
        let of = |case, count| std::iter::repeat_n(case, usize::try_from(count).unwrap());
        of(open, at.open).chain(of(ended, at.ended)).collect::<Vec<_>>()
    };
    cases.iter().flat_map(apart).collect()
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0)
}

const FORMS: [SurvivalLimits; 3] = [SurvivalLimits::Plain, SurvivalLimits::Log, SurvivalLimits::LogLog];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_infinite_leaves_whatever_comes_in(
        a in wild(), b in wild(), c in wild(), n in any::<u64>(), m in 0_u64..1000, confidence in confidence(),
    ) {
        let finite = |limits: OpenInterval| {
            limits.low.is_none_or(f64::is_finite) && limits.high.is_none_or(f64::is_finite)
        };
        prop_assert!(garwood(n, confidence).is_none_or(|limits| limits.contains(n as f64)));
        let (first, second) = (EventRate { events: n, exposure: a }, EventRate { events: m, exposure: b });
        prop_assert!(first.rate().is_none_or(f64::is_finite));
        for (one, other) in [(first, second), (second, first), (second, second)] {
            if let Some(ratio) = one.over(other, confidence) {
                prop_assert!(ratio.ratio.is_none_or(f64::is_finite) && finite(ratio.limits));
                prop_assert!((0.0..=1.0).contains(&ratio.p));
            }
        }
        if let Some(test) = rate_homogeneity(&[first, second, second]) {
            prop_assert!(test.statistic.is_finite() && (0.0..=1.0).contains(&test.p));
        }
        for chart in [u_chart(&[first, second], &[true; 2]), laney_u_chart(&[first, second], &[true; 2]).map(|l| l.chart)] {
            let points = chart.iter().flat_map(|chart| &chart.points);
            prop_assert!(points.clone().all(|point| point.sigma.is_finite() && point.value.is_finite()));
        }
        if let Some(test) = (FunnelUnit { count: m, n }).test(a, confidence) {
            prop_assert!((0.0..=1.0).contains(&test.p));
        }
        prop_assert!(funnel_limits(a, n, confidence).is_none_or(|limits| limits.low >= 0.0 && limits.high <= 1.0));
        let estimates = [Estimated { value: a, se: Some(b) }, Estimated { value: c, se: None }, Estimated::events(n)];
        for one in estimates {
            for other in estimates {
                let ratio = one.over(other, confidence);
                prop_assert!(ratio.value.is_none_or(f64::is_finite));
                prop_assert!(ratio.value.is_some() || ratio.limits.is_err());
                prop_assert_eq!(ratio.se.is_some_and(f64::is_finite), ratio.limits.is_ok());
            }
        }
        let cases = vec![CasesAt { time: a, ended: m, open: n }, CasesAt { time: b, ended: n, open: 0 }];
        if let Some(curve) = KaplanMeier::new(cases.clone()) {
            let limits = curve.quantile_limits(0.5, SurvivalLimits::LogLog, confidence);
            prop_assert!(curve.quantile(0.5).is_none_or(f64::is_finite) && limits.is_none_or(finite));
            prop_assert!(curve.longer_than(c).is_none_or(|survival| (0.0..=1.0).contains(&survival.share)));
        }
        if let Some(test) = log_rank(&[cases.clone(), vec![CasesAt { time: c, ended: 2, open: 1 }], cases]) {
            prop_assert!(test.test.statistic.is_finite() && (0.0..=1.0).contains(&test.test.p));
        }
        prop_assert!(percentile(&[(a, m), (b, n), (c, 1)], 0.9, confidence).is_none_or(|found| found.value.is_finite()));
        prop_assert!(concentration(&[a, b, c]).is_none_or(|found| (0.0..1.0).contains(&found.gini)));
        let series = [a, b, c, 1.0, 2.0, 5.0, 3.0, 4.0, 9.0, a].map(Some);
        let other = [c, 1.0, 0.5, b, 2.0, 2.5, a, 4.0, 1.0, 7.0].map(Some);
        for one in lagged_correlations(&series, &first_differences(&other), 1, confidence) {
            for found in [one.pearson, one.spearman].into_iter().flatten() {
                prop_assert!((-1.0..=1.0).contains(&found.r) && (0.0..=1.0).contains(&found.p));
            }
        }
    }

    #[test]
    fn the_curve_falls_within_0_and_1_and_its_limits_hold_it(cases in cases(), confidence in confidence()) {
        let Some(curve) = KaplanMeier::new(cases) else { return Ok(()) };
        let mut before = 1.0;
        for point in curve.points() {
            let share = point.survival.share;
            prop_assert!((0.0..=before).contains(&share));
            before = share;
            for form in FORMS {
                if let Some(limits) = point.survival.interval(form, confidence) {
                    prop_assert!(limits.low <= share && share <= limits.high);
                    prop_assert!(limits.low >= 0.0 && limits.high <= 1.0 && limits.low < limits.high);
                    let ended = point.survival.ended_interval(form, confidence).unwrap();
                    prop_assert!(ended.contains(point.survival.ended()));
                }
            }
            prop_assert!(point.at_risk >= point.ended + point.open);
            prop_assert!(curve.known_at(point.time) >= point.at_risk);
        }
        let mut earlier = Some(0.0);
        for p in [0.1, 0.25, 0.5, 0.75, 0.8, 0.9] {
            let quantile = curve.quantile(p);
            prop_assert!(quantile.is_none() || (earlier.is_some() && earlier <= quantile));
            earlier = quantile;
            for form in FORMS {
                let limits = curve.quantile_limits(p, form, confidence).unwrap();
                prop_assert!(quantile.is_none_or(|quantile| limits.contains(quantile)), "{limits:?} {quantile:?}");
            }
        }
    }

    #[test]
    fn neither_order_nor_counting_together_changes_curve_or_test(
        first in cases(), second in cases(), third in cases(),
    ) {
        let apart = |cases: &[CasesAt]| {
            let mut apart = one_by_one(cases);
            apart.reverse();
            apart
        };
        prop_assert_eq!(KaplanMeier::new(first.clone()), KaplanMeier::new(apart(&first)));
        let counted = log_rank(&[first.clone(), second.clone(), third.clone()]);
        prop_assert_eq!(&counted, &log_rank(&[apart(&first), apart(&second), apart(&third)]));
        let turned = log_rank(&[third, first, second]);
        match (counted, turned) {
            (Some(a), Some(b)) => prop_assert!(near(a.test.statistic, b.test.statistic) && near(a.test.df, b.test.df)),
            (a, b) => prop_assert!(a.is_none() && b.is_none()),
        }
    }

    #[test]
    fn without_open_cases_the_curve_is_the_share_of_longer_ones(times in prop::collection::vec(0_u8..20, 1..60)) {
        let ended = |time: &u8| CasesAt { time: f64::from(*time), ended: 1, open: 0 };
        let curve = KaplanMeier::new(times.iter().map(ended).collect()).unwrap();
        for day in 0_u8..20 {
            let longer = times.iter().filter(|time| **time > day).count() as f64 / times.len() as f64;
            prop_assert!(near(curve.longer_than(f64::from(day)).unwrap().share, longer));
        }
        // The plain middle, where the curve meets one half exactly and where it does not.
        let points: Vec<(f64, u64)> = times.iter().map(|time| (f64::from(*time), 1)).collect();
        prop_assert_eq!(curve.quantile(0.5), median(&points));
    }

    #[test]
    fn more_units_of_exposure_divide_a_rate_and_more_confidence_widens_it(
        events in 0_u64..2000, exposure in 0.1..1e5_f64, scale in 0.01..100.0_f64,
        confidence in confidence(),
    ) {
        let rate = EventRate { events, exposure };
        let scaled = EventRate { events, exposure: exposure * scale };
        prop_assert!(near(rate.rate().unwrap(), scaled.rate().unwrap() * scale));
        let (own, other) = (rate.interval(confidence).unwrap(), scaled.interval(confidence).unwrap());
        prop_assert!(near(own.low, other.low * scale) && near(own.high, other.high * scale));
        prop_assert!(own.contains(rate.rate().unwrap()));
        let surer = Confidence::new(f64::midpoint(confidence.level(), 1.0)).unwrap();
        let wider = rate.interval(surer).unwrap();
        prop_assert!(wider.low <= own.low && wider.high > own.high);
    }

    #[test]
    fn rates_compared_either_way_say_the_same(
        a in 0_u64..300, b in 0_u64..300, s in 0.1..1e3_f64, t in 0.1..1e3_f64, confidence in confidence(),
    ) {
        let (first, second) = (EventRate { events: a, exposure: s }, EventRate { events: b, exposure: t });
        let (there, back) = (first.over(second, confidence).unwrap(), second.over(first, confidence).unwrap());
        prop_assert!((0.0..=1.0).contains(&there.p));
        // Outcomes as likely as the one seen, but for rounding, may fall on either side.
        prop_assert!((there.p - back.p).abs() <= 1e-6);
        if let (Some(ratio), Some(low), Some(high)) = (there.ratio, there.limits.low, there.limits.high) {
            prop_assert!(low <= ratio && ratio <= high);
            if let Some(turned) = back.limits.high {
                prop_assert!(near(low * turned, 1.0));
            }
        }
        if let Some(test) = rate_homogeneity(&[first, second]) {
            prop_assert!(test.statistic >= 0.0 && (0.0..=1.0).contains(&test.p));
        }
    }

    #[test]
    fn charts_of_counts_hold_their_centre_and_never_go_below_0(
        waves in prop::collection::vec((0_u64..200, 0.5..50.0_f64), 2..15), scale in 0.1..10.0_f64,
    ) {
        let rates: Vec<EventRate> = waves.iter().map(|&(events, exposure)| EventRate { events, exposure }).collect();
        let all = vec![true; rates.len()];
        let chart = u_chart(&rates, &all).unwrap();
        for limits in chart.points.iter().filter_map(|point| point.limits) {
            prop_assert!(limits.low >= 0.0 && limits.contains(chart.centre));
        }
        // The dispersion is the test that all rates are equal.
        if let (Some(dispersion), Some(test)) = (u_dispersion(&rates, &all), rate_homogeneity(&rates)) {
            prop_assert!(near(dispersion.chi_square, test.statistic) && near(dispersion.p, test.p));
        }
        // Another unit of exposure changes no z value.
        let scaled: Vec<EventRate> =
            rates.iter().map(|rate| EventRate { exposure: rate.exposure * scale, ..*rate }).collect();
        if let Some(laney) = laney_u_chart(&rates, &all) {
            prop_assert!(near(laney.sigma_z, laney_u_chart(&scaled, &all).unwrap().sigma_z));
        }
    }

    #[test]
    fn funnel_limits_mirror_and_close_in(n in 1_u64..4000, overall in 0.0..1.0_f64, confidence in confidence()) {
        let limits = funnel_limits(overall, n, confidence).unwrap();
        prop_assert!(limits.low >= 0.0 && limits.high <= 1.0);
        let mirrored = funnel_limits(1.0 - overall, n, confidence).unwrap();
        prop_assert!((limits.low - (1.0 - mirrored.high)).abs() <= 1e-9);
        let surer = Confidence::new(f64::midpoint(confidence.level(), 1.0)).unwrap();
        let wider = funnel_limits(overall, n, surer).unwrap();
        prop_assert!(wider.low <= limits.low && limits.high <= wider.high);
        let larger = funnel_limits(overall, n * 16, confidence).unwrap();
        prop_assert!(larger.high - larger.low < limits.high - limits.low + 1e-12);
    }

    #[test]
    fn series_turned_round_turn_the_lags(
        first in prop::collection::vec(prop::option::weighted(0.9, -5.0..5.0_f64), 8..30),
        second in prop::collection::vec(prop::option::weighted(0.9, -5.0..5.0_f64), 8..30),
        widest in 0_u32..12, confidence in confidence(),
    ) {
        let there = lagged_correlations(&first, &second, widest, confidence);
        let mut back = lagged_correlations(&second, &first, widest, confidence);
        back.reverse();
        prop_assert_eq!(there.len(), back.len());
        for (a, b) in there.iter().zip(&back) {
            prop_assert_eq!((a.lag, a.n), (-b.lag, b.n));
            for (a, b) in [(a.pearson, b.pearson), (a.spearman, b.spearman)] {
                prop_assert_eq!(a.is_some(), b.is_some());
                if let (Some(a), Some(b)) = (a, b) {
                    prop_assert!(near(a.r, b.r) && near(a.p, b.p) && (-1.0..=1.0).contains(&a.r));
                    prop_assert!(a.interval.is_none_or(|limits| limits.contains(a.r)));
                }
            }
        }
    }

    #[test]
    fn ranks_take_no_notice_of_a_rising_transformation(
        first in prop::collection::vec(-5.0..5.0_f64, 8..20), seed in 1_u64..1000, confidence in confidence(),
    ) {
        let second: Vec<Option<f64>> =
            (0_u64..).zip(&first).map(|(i, x)| Some(x + ((i * seed) % 7) as f64)).collect();
        let plain: Vec<Option<f64>> = first.iter().copied().map(Some).collect();
        let bent: Vec<Option<f64>> = first.iter().map(|x| Some(x.exp())).collect();
        let spearman = |series: &[Option<f64>]| lagged_correlations(series, &second, 0, confidence)[0].spearman;
        prop_assert_eq!(spearman(&plain), spearman(&bent));
    }

    #[test]
    fn gini_is_half_the_relative_mean_difference_of_all_pairs(
        counts in prop::collection::vec(0_u32..500, 1..40), scale in 0.01..100.0_f64,
    ) {
        let amounts: Vec<f64> = counts.iter().copied().map(f64::from).collect();
        let Some(found) = concentration(&amounts) else { return Ok(()) };
        let pairs: f64 = amounts.iter().flat_map(|a| amounts.iter().map(move |b| (a - b).abs())).sum();
        prop_assert!(near(found.gini, pairs / (2.0 * amounts.len() as f64 * found.total)));
        prop_assert!(found.parts.windows(2).all(|pair| pair[0].amount >= pair[1].amount));
        prop_assert!(found.parts.windows(2).all(|pair| pair[0].cumulative <= pair[1].cumulative));
        let scaled: Vec<f64> = amounts.iter().map(|amount| amount * scale).collect();
        prop_assert!(near(found.gini, concentration(&scaled).unwrap().gini));
    }

    #[test]
    fn a_ratio_lies_in_its_limits_and_turns_round(
        a in 1_u64..5000, value in 0.001..1e4_f64, part in 0.0..0.9_f64, confidence in confidence(),
    ) {
        let (first, second) = (Estimated::events(a), Estimated { value, se: Some(part * value) });
        let (there, back) = (first.over(second, confidence), second.over(first, confidence));
        let (limits, turned) = (there.limits.unwrap(), back.limits.unwrap());
        prop_assert!(limits.low > 0.0 && limits.contains(there.value.unwrap()));
        prop_assert!(near(limits.low * turned.high, 1.0) && near(limits.high * turned.low, 1.0));
    }

    #[test]
    fn percentiles_lie_in_their_limits_and_take_any_order(
        mut points in prop::collection::vec((-50_i8..50, 0_u64..9), 1..30), p in 0.02..0.98_f64, confidence in confidence(),
    ) {
        let found = |points: &[(i8, u64)]| {
            let points: Vec<(f64, u64)> = points.iter().map(|&(x, n)| (f64::from(x), n)).collect();
            percentile(&points, p, confidence)
        };
        let one = found(&points);
        points.reverse();
        prop_assert_eq!(one, found(&points));
        let held = |one: Percentile| {
            one.limits.low.zip(one.limits.high).is_none_or(|(low, high)| low <= high)
        };
        prop_assert!(one.is_none_or(held));
    }
}
