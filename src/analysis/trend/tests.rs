//! The trend as a whole, on hand-made waves.
#![allow(clippy::float_cmp)]

use approx::assert_relative_eq;
use proptest::prelude::*;

use super::sample::{promoters, wave};
use super::{QuestionBreak, TrendOptions, WaveFigures, trend};
use crate::analysis::AnalysisError;
use crate::measures::sample::confidence;
use crate::report::{ChangeVerdict, Flag, TrendBreak, TrendPoint, TrendSection, Untested};
use crate::survey::Measure;

fn options() -> TrendOptions {
    TrendOptions::new(confidence(0.95))
}

fn section(waves: &[WaveFigures]) -> TrendSection {
    trend(waves, &options()).unwrap().sections.remove(0)
}

/// A wave of `yes` satisfied and `no` others, all of one region.
fn plain(label: &str, yes: u64, no: u64) -> WaveFigures {
    wave(label).satisfied([yes, no], [0, 0], [0, 0])
}

fn nps(label: &str, groups: [u64; 3]) -> WaveFigures {
    wave(label).asked("recommend", Measure::Nps, "region", &[(Some("N"), promoters(groups))])
}

#[test]
fn a_change_is_tested_against_the_wave_before_and_last_year() {
    let labels = ["2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1"];
    let counts = [(60, 40), (62, 38), (59, 41), (61, 39), (85, 15)];
    let waves: Vec<_> = labels.iter().zip(counts).map(|(label, (yes, no))| plain(label, yes, no)).collect();
    let found = section(&waves);
    let last = &found.points[4];
    assert_eq!(last.against.as_deref(), Some("2025-Q4"));
    assert_eq!((last.change, last.verdict), (Some(24.0), Some(ChangeVerdict::Up)));
    let year = last.last_year.as_ref().unwrap();
    assert_eq!((year.against.as_str(), year.change), ("2025-Q1", Some(25.0)));
    assert_eq!(found.points[0].against, None);
    assert_eq!(found.points[1].verdict, Some(ChangeVerdict::NoClearChange));
    assert!(found.points[1..].iter().all(|point| point.minimum_detectable.unwrap() > 10.0));
    let names: Vec<&str> = found.families.iter().map(|family| family.name.as_str()).collect();
    assert_eq!(names, ["previous", "last_year"]);
}

#[test]
fn waves_of_a_column_have_no_last_year() {
    let mut waves = vec![plain("2025", 60, 40), plain("2026", 85, 15)];
    for wave in &mut waves {
        wave.calendar = false;
    }
    assert_eq!(section(&waves).points[1].last_year, None);
}

#[test]
fn the_textbook_change_of_an_nps_is_met() {
    // oracle textbook nps.diff.(50,30,20)-(40,35,25): 0.15; contributions by hand.
    let found = section(&[nps("2026-Q1", [40, 35, 25]), nps("2026-Q2", [50, 30, 20])]);
    let point = &found.points[1];
    assert_relative_eq!(point.change.unwrap(), 15.0, epsilon = 1e-9);
    let parts = point.contributions.as_ref().unwrap();
    assert_relative_eq!(parts.promoters, 10.0, epsilon = 1e-9);
    assert_relative_eq!(parts.passives, -5.0, epsilon = 1e-9);
    assert_relative_eq!(parts.detractors, 5.0, epsilon = 1e-9);
    assert_relative_eq!(parts.promoters + parts.detractors, point.change.unwrap(), epsilon = 1e-9);
}

#[test]
fn p_values_are_adjusted_over_the_headlines_of_a_wave() {
    let both = |label, one: u64, other: u64| {
        plain(label, one, 100 - one).asked(
            "speed",
            Measure::Rating,
            "region",
            &[(Some("N"), vec![0, 100 - other, 0, 0, other])],
        )
    };
    let found = trend(&[both("2026-Q1", 60, 60), both("2026-Q2", 74, 61)], &options()).unwrap().sections;
    let (clear, unclear) = (&found[0].points[1], &found[1].points[1]);
    assert_relative_eq!(clear.p_adjusted.unwrap(), 2.0 * clear.p.unwrap(), max_relative = 1e-9);
    assert_eq!(unclear.p_adjusted, unclear.p);
    assert_eq!(found[0].families[0].size, 2);
}

#[test]
fn every_wave_has_the_size_of_its_own_family() {
    let with = |wave: WaveFigures, yes: u64| {
        wave.asked("speed", Measure::Rating, "region", &[(Some("N"), vec![0, 100 - yes, 0, 0, yes])])
    };
    let waves = [
        with(plain("2025-Q4", 60, 40), 50),
        with(plain("2026-Q1", 70, 30), 60),
        with(plain("2026-Q2", 65, 35), 4),
    ];
    let mut last = waves[2].clone();
    last.estimates.retain(|estimate| estimate.question != "speed");
    let found = trend(&[waves[0].clone(), waves[1].clone(), last], &options()).unwrap().sections;
    let sizes: Vec<_> = found[0].points.iter().map(|point| point.family_size).collect();
    assert_eq!(sizes, [None, Some(2), Some(1)]);
    let point = &found[0].points[1];
    assert!(point.p < found[1].points[1].p, "the smallest p of two is doubled");
    assert_relative_eq!(point.p_adjusted.unwrap(), 2.0 * point.p.unwrap(), max_relative = 1e-9);
    assert_eq!(found[0].families[0].size, 1, "that of the newest wave");
    // (z at 1 - 0.05/4 + z at 0.8) instead of (z at 1 - 0.05/2 + z at 0.8): 2.241403 and 1.959964 with 0.841621.
    let larger = point.minimum_detectable_adjusted.unwrap() / point.minimum_detectable.unwrap();
    assert_relative_eq!(larger, 3.083_024 / 2.801_585, max_relative = 1e-6);
    let alone = &found[0].points[2];
    assert_eq!(alone.minimum_detectable_adjusted, alone.minimum_detectable);
}

#[test]
fn a_change_with_few_answers_is_not_tested_and_no_member_of_the_family() {
    let waves = [plain("2026-Q1", 360, 40), plain("2026-Q2", 0, 2)];
    let found = section(&waves);
    let point = &found.points[1];
    assert_eq!((point.change, point.p, point.verdict), (Some(-90.0), None, None));
    assert_eq!((point.untested, point.family_size), (Some(Untested::TooFewAnswers), None));
    assert!(point.change_low.unwrap() < -90.0 && point.change_high.is_some());
    assert!(found.families.is_empty());
}

#[test]
fn a_clear_change_within_the_margin_is_both_and_one_beyond_it_is_not() {
    let waves = |after: u64| [plain("2025-Q4", 60_000, 40_000), plain("2026-Q4", after, 100_000 - after)];
    let with = |waves: &[WaveFigures], margin| {
        trend(waves, &TrendOptions { margin, ..options() }).unwrap().sections[0].points[1].clone()
    };
    let point = with(&waves(61_000), Some(3.0));
    assert_eq!(point.verdict, Some(ChangeVerdict::Up));
    let within = point.within_margin.unwrap();
    assert_eq!((within.margin, within.confidence), (3.0, 0.9));
    assert!(point.change_low.unwrap() < within.low && within.low < 1.0, "{within:?}");
    assert!(1.0 < within.high && within.high < point.change_high.unwrap(), "{within:?}");
    assert_eq!(point.last_year.unwrap().within_margin, Some(within), "the wave before is last year's");
    let equal = with(&waves(60_010), Some(3.0));
    assert_eq!(equal.verdict, Some(ChangeVerdict::AboutEqual));
    assert!(equal.within_margin.is_some());
    for (after, margin) in [(61_000, None), (61_000, Some(1.1)), (64_000, Some(3.0))] {
        assert_eq!(with(&waves(after), margin).within_margin, None, "{after} {margin:?}");
    }
}

#[test]
fn a_running_wave_is_shown_and_not_tested() {
    let mut waves = vec![plain("2026-Q1", 60, 40), plain("2026-Q2", 80, 20), plain("2026-Q3", 1, 9)];
    waves[2].complete = false;
    let found = section(&waves);
    let running = &found.points[2];
    assert_eq!((running.value, running.complete), (Some(10.0), false));
    assert_eq!((&running.against, running.change, &running.signal), (&None, None, &None));
    assert_eq!(found.chart, None, "one wave sets no limits");
    let mut longer: Vec<_> = ["2025-Q2", "2025-Q3", "2025-Q4"].map(|label| plain(label, 60, 40)).into();
    longer.extend(waves.clone());
    let chart = section(&longer).chart.unwrap();
    let baseline = ["2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1"];
    assert_eq!(chart.baseline, baseline, "neither the newest complete nor the running one sets limits");
    assert_eq!(chart.limits.len(), 5);
    // A wave that never was completed is passed over.
    waves.push(plain("2026-Q4", 70, 30));
    assert_eq!(section(&waves).points[3].against.as_deref(), Some("2026-Q2"));
}

#[test]
fn a_question_that_a_wave_lacks_has_no_change_across_it() {
    let mut waves = vec![plain("2026-Q1", 60, 40), plain("2026-Q2", 80, 20), plain("2026-Q3", 80, 20)];
    waves[1].estimates.clear();
    let found = trend(&waves, &options()).unwrap();
    let points = &found.sections[0].points;
    assert_eq!((points[1].value, points[1].flag), (None, Some(Flag::NoAnswers)));
    assert!(points.iter().all(|point| point.against.is_none()));
    assert!(found.notes.iter().any(|note| note.code == "trend_gap" && note.text.contains("2026-Q2")));
}

#[test]
fn waves_are_not_joined_across_a_changed_question() {
    let labels = ["2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"];
    let waves: Vec<_> = labels.map(|label| plain(label, 60, 40)).into();
    let at = |bridged| TrendBreak {
        wave: "2026-Q1".to_owned(),
        before: "2025-Q4".to_owned(),
        changed: vec!["wording".to_owned()],
        bridged,
    };
    let with = |bridged| {
        let breaks = vec![QuestionBreak { question: "overall".to_owned(), at: at(bridged) }];
        trend(&waves, &TrendOptions { breaks, ..options() }).unwrap()
    };
    let broken = with(false);
    let against = |trend: &super::Trend| -> Vec<Option<String>> {
        trend.sections[0].points.iter().map(|point| point.against.clone()).collect()
    };
    assert_eq!(against(&broken)[2], None);
    assert_eq!(against(&broken)[3].as_deref(), Some("2026-Q1"));
    assert_eq!(broken.sections[0].chart.as_ref().unwrap().baseline, ["2026-Q1", "2026-Q2", "2026-Q3"]);
    assert!(broken.notes.iter().any(|note| note.code == "trend_break"));
    let bridged = with(true);
    assert_eq!(against(&bridged)[2].as_deref(), Some("2025-Q4"));
    assert_eq!(bridged.sections[0].breaks.len(), 1);
}

#[test]
fn one_wave_has_figures_and_nothing_else() {
    let found = trend(&[plain("2026-Q1", 60, 40)], &options()).unwrap();
    assert_eq!(found.sections[0].points.len(), 1);
    assert_eq!((&found.sections[0].chart, found.sections[0].families.len()), (&None, 0));
    assert_eq!(found.notes[0].code, "single_wave");
    assert_eq!(trend(&[], &options()).unwrap(), super::Trend::default());
}

#[test]
fn waves_with_none_one_or_only_satisfied_answers_keep_their_place() {
    let waves = [
        plain("2026-Q1", 0, 0),
        plain("2026-Q2", 1, 0),
        plain("2026-Q3", 40, 0),
        plain("2026-Q4", 0, 40),
        plain("2027-Q1", 40, 40),
    ];
    let found = section(&waves);
    let changes: Vec<Option<f64>> = found.points.iter().map(|point| point.change).collect();
    assert_eq!(changes, [None, None, Some(0.0), Some(-100.0), Some(50.0)]);
    assert_eq!(found.points[3].verdict, Some(ChangeVerdict::Down));
    let same: Vec<_> = ["2026-Q1", "2026-Q2", "2026-Q3"].map(|label| plain(label, 40, 0)).into();
    let found = section(&same);
    assert_eq!(found.chart, None, "nothing varies");
    assert_eq!(found.points[2].p, Some(1.0));
    assert_eq!(found.points[2].verdict, Some(ChangeVerdict::NoClearChange));
}

#[test]
fn mix_moves_a_score_that_no_group_moved() {
    // Both regions stay at 90 and 50 %; the North has half of the answers first, then four fifths.
    let waves = [
        wave("2026-Q1").satisfied([90, 10], [50, 50], [0, 0]),
        wave("2026-Q2").satisfied([144, 16], [20, 20], [0, 0]),
    ];
    let point = section(&waves).points.remove(1);
    assert_relative_eq!(point.change.unwrap(), 12.0, epsilon = 1e-9);
    assert_relative_eq!(point.mix.unwrap(), 12.0, epsilon = 1e-9);
    assert_relative_eq!(point.within.unwrap(), 0.0, epsilon = 1e-9);
    assert!(point.mix_low.unwrap() > 0.0 && point.within_low.unwrap() < 0.0);
}

#[test]
fn a_hidden_group_leaves_no_split_and_an_absent_one_takes_the_overall_figure() {
    let before = wave("2026-Q1").satisfied([50, 50], [4, 1], [20, 20]);
    let after = wave("2026-Q2").satisfied([60, 40], [0, 0], [30, 10]);
    let found = trend(&[before.clone(), after.clone()], &options()).unwrap();
    let point = &found.sections[0].points[1];
    assert_relative_eq!(point.mix.unwrap() + point.within.unwrap(), point.change.unwrap(), epsilon = 1e-9);
    assert!(found.notes.iter().any(|note| note.code == "mix_absent" && note.text.contains("S (2026-Q2)")));
    for (flag, waves) in [
        (Flag::Suppressed, [before.clone().hiding("S", Flag::Suppressed), after.clone()]),
        (Flag::Complementary, [before, after.hiding("N", Flag::Complementary)]),
    ] {
        let found = trend(&waves, &options()).unwrap();
        let point = &found.sections[0].points[1];
        assert_eq!((point.mix, point.within, point.mix_low), (None, None, None), "{flag:?}");
        assert!(point.change.is_some(), "the total is never hidden");
        assert!(found.notes.iter().any(|note| note.code == "mix_hidden"));
    }
}

#[test]
fn the_mix_segment_has_to_exist() {
    let waves = [plain("2026-Q1", 60, 40)];
    let options = TrendOptions { mix: Some("colour".to_owned()), ..options() };
    let error = trend(&waves, &options).unwrap_err();
    assert!(matches!(error, AnalysisError::UnknownSegment { .. }), "{error}");
}

#[test]
fn eight_waves_have_a_tendency_and_a_settled_chart_after_nine() {
    let rising = |waves: u32| -> Vec<WaveFigures> {
        (0..waves)
            .map(|wave| {
                plain(&format!("{}", 2010 + wave), 500 + 20 * u64::from(wave), 500 - 20 * u64::from(wave))
            })
            .collect()
    };
    assert_eq!(section(&rising(7)).tendency, None);
    let found = section(&rising(8));
    let tendency = found.tendency.unwrap();
    assert_eq!((tendency.tau, tendency.waves), (1.0, 8));
    assert_relative_eq!(tendency.slope, 2.0, epsilon = 1e-9);
    assert_eq!(tendency.p_adjusted, tendency.p);
    assert!(found.chart.unwrap().provisional);
    assert!(!section(&rising(9)).chart.unwrap().provisional);
    let signal = section(&rising(9)).points[8].signal.clone().unwrap();
    assert!(signal.contains("six_rising_or_falling"), "{signal}");
}

#[test]
fn missing_quarters_count_in_the_slope_and_are_said() {
    let labels = ["2020-Q1", "2020-Q2", "2020-Q3", "2020-Q4", "2021-Q1", "2023-Q1", "2023-Q2", "2025-Q4"];
    let periods = [0_u64, 1, 2, 3, 4, 12, 13, 23];
    let mut waves: Vec<_> =
        labels.iter().zip(periods).map(|(label, at)| plain(label, 400 + 20 * at, 600 - 20 * at)).collect();
    let found = trend(&waves, &options()).unwrap();
    let tendency = found.sections[0].tendency.clone().unwrap();
    assert_relative_eq!(tendency.slope, 2.0, epsilon = 1e-9);
    let note = found.notes.iter().find(|note| note.code == "trend_missing").unwrap();
    assert!(note.text.contains("16 periods") && note.text.contains("2020-Q1"), "{}", note.text);
    for wave in &mut waves {
        wave.calendar = false;
    }
    let steps = trend(&waves, &options()).unwrap();
    let by_wave = steps.sections[0].tendency.as_ref().unwrap();
    assert!(by_wave.slope > 2.5, "waves of a column are one step each");
    assert_eq!((by_wave.p, by_wave.tau), (tendency.p, tendency.tau));
    assert!(!steps.notes.iter().any(|note| note.code == "trend_missing"));
}

#[test]
fn limits_need_three_waves_and_are_provisional_below_eight() {
    let waves = |count: u32| -> Vec<WaveFigures> {
        (0..count).map(|wave| plain(&(2010 + wave).to_string(), 50 + u64::from(wave % 2), 50)).collect()
    };
    for count in [2, 3] {
        let found = section(&waves(count));
        assert_eq!(found.chart, None, "{count} waves");
        assert!(found.points.iter().all(|point| point.signal.is_none()));
    }
    assert!(section(&waves(4)).chart.unwrap().provisional);
}

#[test]
fn weighted_waves_have_no_tendency_and_say_so() {
    let mut waves: Vec<_> = (2010..2020_u64).map(|year| plain(&year.to_string(), year - 1900, 40)).collect();
    for wave in &mut waves {
        wave.weight = Some("w".to_owned());
    }
    let found = trend(&waves, &options()).unwrap();
    assert_eq!(found.sections[0].tendency, None);
    assert!(found.notes.iter().any(|note| note.code == "tendency_weighted"));
}

#[test]
fn limits_are_stretched_only_from_twelve_waves_on_and_where_chance_does_not_explain_them() {
    let waves = |count: u64, swing: u64| -> Vec<WaveFigures> {
        (0..count)
            .map(|wave| plain(&(2000 + wave).to_string(), 500 + swing * (wave % 2), 500 - swing * (wave % 2)))
            .collect()
    };
    let kind = |waves: &[WaveFigures]| section(waves).chart.unwrap().type_;
    assert_eq!(kind(&waves(11, 150)), "p");
    assert_eq!(kind(&waves(12, 150)), "laney-p");
    assert_eq!(kind(&waves(12, 5)), "p");
    let promoters = |count: u64, swing: u64| -> Vec<WaveFigures> {
        let groups = |wave: u64| [400 + swing * (wave % 2), 300, 300 - swing * (wave % 2)];
        (0..count).map(|wave| nps(&(2000 + wave).to_string(), groups(wave))).collect()
    };
    assert_eq!(kind(&promoters(12, 100)), "xmr");
    assert_eq!(kind(&promoters(12, 2)), "x");
    assert_eq!(kind(&promoters(11, 100)), "x");
}

fn finite(point: &TrendPoint) -> bool {
    [
        point.change,
        point.change_low,
        point.change_high,
        point.p,
        point.mix,
        point.mix_low,
        point.mix_high,
        point.within,
    ]
    .into_iter()
    .flatten()
    .all(f64::is_finite)
}

proptest! {
    #[test]
    fn mix_and_within_are_the_change_exactly(counts in prop::collection::vec(0_u64..60, 24)) {
        let part = |at: usize| vec![counts[at], counts[at + 1], 0, counts[at + 2], counts[at + 3]];
        let of = |label: &str, at: usize| wave(label).asked("overall", Measure::Csat, "region", &[
            (Some("N"), part(at)), (Some("S"), part(at + 4)), (None, part(at + 8)),
        ]);
        let mut waves = vec![of("2026-Q1", 0), of("2026-Q2", 12)];
        for statistic in ["top_box", "mean", "net", "index"] {
            for wave in &mut waves {
                wave.questions[0].headline = Some(statistic.to_owned());
            }
            let found = section(&waves);
            let point = &found.points[1];
            prop_assert!(finite(point));
            if let (Some(mix), Some(within), Some(change)) = (point.mix, point.within, point.change) {
                prop_assert!((mix + within - change).abs() < 1e-8, "{} {} {}", mix, within, change);
            } else {
                prop_assert!(point.change.is_none() || counts[..4].iter().chain(&counts[4..8]).sum::<u64>() == 0
                    || counts[12..20].iter().sum::<u64>() == 0, "{:?}", point);
            }
        }
    }
}
