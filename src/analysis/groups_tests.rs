//! Groups against the rest: by hand, at the corners, and what can be worked out from a panel with hidden groups.

use approx::assert_relative_eq;
use proptest::prelude::*;

use crate::analysis::sample::{Row, counted, counted_by_quarter, day, quarterly, survey, times};
use crate::analysis::{Depth, Scope, plan, run};
use crate::measures::sample::{question, rows};
use crate::report::{
    ChangeVerdict, Estimate, Finding, Flag, GroupRow, GroupsSection, Provenance, Report, Section,
};
use crate::survey::{Headline, Measure, Missing, Survey};
use crate::tally::{Counted, Counts};

/// Names of regions; tests that need many use as many of them.
const NAMES: [&str; 8] = ["A", "B", "C", "D", "E", "F", "G", "H"];

fn report(survey: &Survey, counted: &Counted) -> Report {
    let scope = Scope { depth: Depth::Report, ..Scope::new(day(2026, 12, 31)) };
    let (_, map) = plan(survey, &scope).unwrap();
    run(survey, &map, counted, &scope, Provenance::default()).unwrap()
}

fn panels(report: &Report) -> Vec<&GroupsSection> {
    report
        .sections
        .iter()
        .filter_map(|section| if let Section::Groups(found) = section { Some(found) } else { None })
        .collect()
}

fn findings(report: &Report) -> Vec<&Finding> {
    let rows = report.sections.iter().filter_map(|section| match section {
        Section::Findings(found) => Some(&found.rows),
        _ => None,
    });
    rows.flatten().collect()
}

/// Regions with satisfied and other answers; `None` has no region.
fn regions(regions: &[(Option<&'static str>, usize, usize)]) -> Vec<Row> {
    let mut answers = Vec::new();
    for (region, satisfied, others) in regions {
        answers.extend(times(*satisfied, Row(*region, 0, Ok(5))));
        answers.extend(times(*others, Row(*region, 0, Ok(2))));
    }
    answers
}

fn golden() -> Vec<Row> {
    regions(&[(Some("A"), 39, 2), (Some("B"), 32, 7), (Some("C"), 19, 21)])
}

#[test]
fn the_golden_segments_stand_against_the_rest_as_by_newcombe_and_pooled_z() {
    // Python 3 with math.erfc: Newcombe's hybrid score interval and the pooled z of 39/41 against 51/79 and so on.
    let report = report(&survey(), &counted(&golden()));
    let panels = panels(&report);
    let [panel] = panels.as_slice() else { panic!("one headline, one segment") };
    let wanted = [
        (30.564_989_194_2, 15.736_452_478_7, 42.115_301_463_4, 0.000_245_189_701_647),
        (10.446_343_779_7, -6.634_753_538_53, 24.350_682_638_3, 0.215_792_987_933),
        (-41.25, -56.720_807_552_8, -23.872_980_915_2, 8.683_228_085_45e-7),
    ];
    for (row, (difference, low, high, p)) in panel.rows.iter().zip(wanted) {
        assert_relative_eq!(row.difference.unwrap(), difference, max_relative = 1e-9);
        assert_relative_eq!(row.difference_low.unwrap(), low, max_relative = 1e-9);
        assert_relative_eq!(row.difference_high.unwrap(), high, max_relative = 1e-9);
        assert_relative_eq!(row.p.unwrap(), p, max_relative = 1e-8);
    }
    let verdicts: Vec<_> = panel.rows.iter().map(|row| row.verdict.unwrap()).collect();
    assert_eq!(verdicts, [ChangeVerdict::Up, ChangeVerdict::NoClearChange, ChangeVerdict::Down]);
    // Holm: the smallest times three, the next times two.
    assert_relative_eq!(panel.rows[2].p_adjusted.unwrap(), 3.0 * 8.683_228_085_45e-7, max_relative = 1e-8);
    assert_relative_eq!(panel.rows[0].p_adjusted.unwrap(), 2.0 * 0.000_245_189_701_647, max_relative = 1e-8);
    assert_eq!(panel.family.as_ref().map(|family| (family.name.as_str(), family.size)), Some(("rest", 3)));
    let test = panel.test.as_ref().unwrap();
    assert_eq!(test.name, "chi-square");
    assert_relative_eq!(test.p_adjusted, 2.236_518_925e-6, max_relative = 1e-8);
    for row in &panel.rows {
        let estimate = report.estimates.iter().find(|estimate| {
            estimate.headline && estimate.segment.get("region").map(String::as_str) == Some(&row.group)
        });
        let estimate = estimate.unwrap();
        assert_eq!(
            (row.value, row.low, row.high, row.base),
            (estimate.value, estimate.low, estimate.high, estimate.base)
        );
    }
}

#[test]
fn answers_without_a_region_belong_to_the_rest() {
    let mut answers = golden();
    answers.extend(regions(&[(None, 5, 5)]));
    let report = report(&survey(), &counted(&answers));
    // 39/41 against 56/89.
    assert_relative_eq!(
        panels(&report)[0].rows[0].difference.unwrap(),
        32.200_602_904_9,
        max_relative = 1e-9
    );
}

#[test]
fn first_and_last_are_shared_among_groups_that_are_not_small() {
    let mut answers = golden();
    answers.extend(regions(&[(Some("D"), 5, 0)]));
    let report = report(&survey(), &counted(&answers));
    let rows = &panels(&report)[0].rows;
    let sum = |share: fn(&GroupRow) -> Option<f64>| rows.iter().filter_map(share).sum::<f64>();
    assert_relative_eq!(sum(|row| row.first_share), 1.0, epsilon = 1e-9);
    assert_relative_eq!(sum(|row| row.last_share), 1.0, epsilon = 1e-9);
    assert!(rows[0].first_share.unwrap() > 0.9 && rows[2].last_share.unwrap() > 0.99);
    assert_eq!((rows[2].rank_low, rows[2].rank_high), (Some(3), Some(3)));
    assert_eq!((rows[3].first_share, rows[3].rank_low), (None, None), "five answers are first by nothing");
    assert!(rows[3].difference.is_some(), "but they are shown");
}

#[test]
fn the_worst_comes_first_where_less_is_better() {
    let mut survey = survey();
    survey.questions[0].better = Some(crate::survey::Better::Lower);
    let report = report(&survey, &counted(&golden()));
    let rows = &panels(&report)[0].rows;
    assert!(rows[2].first_share.unwrap() > 0.99 && rows[0].last_share.unwrap() > 0.9);
}

#[test]
fn the_order_of_groups_changes_nothing() {
    let turned = regions(&[(Some("A"), 19, 21), (Some("B"), 39, 2), (Some("C"), 32, 7)]);
    let (one, other) = (report(&survey(), &counted(&golden())), report(&survey(), &counted(&turned)));
    let (one, other) = (panels(&one), panels(&other));
    assert_eq!(one[0].test, other[0].test);
    for (from, to) in [(0, 1), (1, 2), (2, 0)] {
        let (one, other) = (&one[0].rows[from], &other[0].rows[to]);
        assert_eq!((one.p_adjusted, one.first_share), (other.p_adjusted, other.first_share));
        assert_eq!(
            (one.last_share, one.rank_low, one.rank_high),
            (other.last_share, other.rank_low, other.rank_high)
        );
    }
}

#[test]
fn weights_of_one_leave_differences_as_they_are() {
    let plain = counted(&golden());
    let weighted = Counted { weighted: true, ..plain.clone() };
    let (plain, weighted) = (report(&survey(), &plain), report(&survey(), &weighted));
    for (plain, weighted) in panels(&plain)[0].rows.iter().zip(&panels(&weighted)[0].rows) {
        assert_eq!(plain.difference, weighted.difference);
        assert_relative_eq!(plain.difference_low.unwrap(), weighted.difference_low.unwrap(), epsilon = 1.5);
        assert_eq!(plain.verdict, weighted.verdict);
    }
}

#[test]
fn one_group_nobody_and_everybody_alike() {
    let alone = report(&survey(), &counted(&regions(&[(Some("A"), 40, 5)])));
    let panel = panels(&alone)[0];
    assert_eq!((panel.rows[0].difference, panel.rows[0].p, panel.test.clone()), (None, None, None));
    assert_eq!((panel.family.clone(), panel.rows[0].first_share), (None, None));

    let silent = times(5, Row(Some("A"), 0, Err(Missing::Blank)));
    let mut answers = regions(&[(Some("B"), 20, 20)]);
    answers.extend(silent);
    let nobody = report(&survey(), &counted(&answers));
    let row = &panels(&nobody)[0].rows[0];
    assert_eq!((row.value, row.flag, row.difference), (None, Some(Flag::NoAnswers), None));

    let alike = report(&survey(), &counted(&regions(&[(Some("A"), 50, 0), (Some("B"), 60, 0)])));
    let panel = panels(&alike)[0];
    assert!(
        panel.rows.iter().all(|row| row.p == Some(1.0) && row.verdict == Some(ChangeVerdict::NoClearChange))
    );
    assert!(panel.rows.iter().all(|row| row.first_share.is_none()), "nothing moves when resampled");

    let mut mean = survey();
    mean.questions[0].headline = Some(Headline::Mean);
    let flat = report(&mean, &counted(&regions(&[(Some("A"), 50, 0), (Some("B"), 60, 0)])));
    assert!(panels(&flat)[0].rows.iter().all(|row| row.difference == Some(0.0) && row.p.is_none()));
    assert_eq!(panels(&flat)[0].test, None);
}

#[test]
fn scores_alone_have_no_panels_and_a_report_speaks_of_the_wave_shown() {
    let scope = Scope::new(day(2026, 12, 31));
    let survey = survey();
    let (_, map) = plan(&survey, &scope).unwrap();
    let scores = run(&survey, &map, &counted(&golden()), &scope, Provenance::default()).unwrap();
    assert!(panels(&scores).is_empty() && findings(&scores).is_empty());
    let mut answers = golden();
    answers.extend(times(3, Row(Some("A"), 1, Ok(5))));
    let report = report(&quarterly(), &counted_by_quarter(&answers, 2));
    assert_eq!(panels(&report)[0].wave.as_deref(), Some("2026-Q2"));
    assert_eq!(panels(&report)[0].rows[0].base, Some(3));
}

#[test]
fn findings_name_who_is_apart_and_never_a_small_base() {
    let mut answers = golden();
    answers.extend(regions(&[(Some("D"), 9, 0)]));
    let report = report(&survey(), &counted(&answers));
    let findings = findings(&report);
    let [Finding::Groups { differs, highest, lowest, apart, .. }] = findings.as_slice() else {
        panic!("{findings:?}")
    };
    assert!(differs);
    assert_eq!(highest.as_ref().unwrap().name, "A", "D is at 100, of nine");
    assert_eq!(lowest.as_ref().unwrap().name, "C");
    let apart: Vec<&str> = apart.iter().map(|group| group.name.as_str()).collect();
    assert_eq!(apart, ["A", "C"]);
}

#[test]
fn where_no_group_differs_none_is_named() {
    let report = report(&survey(), &counted(&regions(&[(Some("A"), 30, 20), (Some("B"), 28, 22)])));
    let findings = findings(&report);
    let [Finding::Groups { differs: false, highest: None, lowest: None, apart, .. }] = findings.as_slice()
    else {
        panic!("{findings:?}")
    };
    assert!(apart.is_empty());
}

#[test]
fn targets_come_first_and_missed_ones_before_all() {
    let mut survey = survey();
    survey.questions[0].target = Some(40.0);
    survey.questions.insert(1, question("speed", Measure::Csat));
    survey.questions[1].target = Some(99.0);
    let mut counted = counted(&golden());
    for stratum in &mut counted.strata {
        let copy = stratum.counts[0].clone();
        stratum.counts.push(copy);
    }
    counted.categories.push(counted.categories[0].clone());
    let report = report(&survey, &counted);
    let told: Vec<&str> = findings(&report)
        .iter()
        .filter_map(|finding| match finding {
            Finding::Target { question, .. } => Some(question.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(told, ["speed", "overall"]);
    assert!(matches!(findings(&report)[2], Finding::Groups { question, .. } if question == "overall"));
}

#[test]
fn hidden_groups_have_rows_without_a_number() {
    let mut survey = survey();
    survey.suppress_below = 10;
    let answers = regions(&[(Some("A"), 39, 2), (Some("B"), 3, 1), (Some("C"), 9, 11), (Some("D"), 30, 30)]);
    let report = report(&survey, &counted(&answers));
    let rows = &panels(&report)[0].rows;
    assert_eq!((rows[1].flag, rows[2].flag), (Some(Flag::Suppressed), Some(Flag::Complementary)));
    for row in &rows[1..3] {
        let bare = GroupRow { flag: None, group: String::new(), ..row.clone() };
        let numbers = serde_json::to_value(&bare).unwrap();
        let numbers = numbers.as_object().unwrap().iter().filter(|(key, _)| *key != "group");
        assert!(numbers.clone().all(|(_, value)| value.is_null()), "{row:?}");
    }
    assert_eq!(panels(&report)[0].family.as_ref().map(|family| family.size), Some(2));
}

/// The headline estimate of all, or of a region.
fn shown<'a>(report: &'a Report, region: Option<&str>) -> &'a Estimate {
    let of = |estimate: &&Estimate| {
        estimate.headline && estimate.segment.get("region").map(String::as_str) == region
    };
    report.estimates.iter().find(of).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// The attack: whoever has the report knows every figure shown. If all that a visible row says of the rest follows
    /// from the figures of all and of that group, and hidden rows say nothing, then the panel gives nothing away.
    #[test]
    fn a_panel_says_nothing_that_its_visible_figures_do_not_say(
        groups in prop::collection::vec((0_usize..30, 0_usize..30), 1..8),
        without in 0_usize..12,
        limit in 1_u64..12,
    ) {
        let mut all: Vec<(Option<&'static str>, usize, usize)> =
            groups.iter().zip(NAMES).map(|((yes, no), name)| (Some(name), *yes, *no)).collect();
        all.push((None, without, 0));
        let answers = regions(&all);
        let mut survey = survey();
        survey.suppress_below = limit;
        let report = report(&survey, &counted(&answers));
        let total = answers.len() as f64;
        for panel in panels(&report) {
            for row in &panel.rows {
                let estimate = shown(&report, Some(&row.group));
                prop_assert_eq!(row.flag, estimate.flag);
                if matches!(row.flag, Some(Flag::Suppressed | Flag::Complementary)) {
                    prop_assert!(row.difference.is_none() && row.p.is_none() && row.p_adjusted.is_none());
                    prop_assert!(row.value.is_none() && row.base.is_none() && row.verdict.is_none());
                    prop_assert!(row.first_share.is_none() && row.rank_high.is_none());
                } else if let (Some(value), Some(difference)) = (row.value, row.difference) {
                    let (base, all) = (row.base.unwrap() as f64, shown(&report, None).value.unwrap());
                    let rest = (all * total - value * base) / (total - base);
                    prop_assert!((value - difference - rest).abs() < 1e-6);
                }
            }
            // What no visible group covers is nobody, or enough respondents, or everybody.
            let visible: u64 = panel.rows.iter().filter_map(|row| row.base).sum();
            let hidden = panel.rows.iter().any(|row| row.flag == Some(Flag::Suppressed));
            prop_assert!(!hidden || visible == 0 || answers.len() as u64 - visible >= limit);
        }
    }

    #[test]
    fn what_is_claimed_of_groups_has_an_adjusted_p(
        groups in prop::collection::vec((0_usize..60, 0_usize..60), 1..8),
    ) {
        let all: Vec<(Option<&'static str>, usize, usize)> =
            groups.iter().zip(NAMES).map(|((yes, no), name)| (Some(name), *yes, *no)).collect();
        let report = report(&survey(), &counted(&regions(&all)));
        for panel in panels(&report) {
            for row in &panel.rows {
                let clear = row.p_adjusted.is_some_and(|p| p < 0.05);
                let said = matches!(row.verdict, Some(ChangeVerdict::Up | ChangeVerdict::Down));
                prop_assert!(!said || clear);
                prop_assert!(row.p.is_none_or(|p| row.p_adjusted.unwrap() >= p));
                prop_assert!(row.rank_low <= row.rank_high);
            }
        }
        for finding in findings(&report) {
            if let Finding::Groups { differs, p_adjusted, highest, .. } = finding {
                prop_assert_eq!(*differs, *p_adjusted < 0.05);
                prop_assert!(*differs || highest.is_none());
            }
        }
    }
}

#[test]
fn net_promoter_scores_and_means_are_set_against_the_rest_too() {
    let mut survey = survey();
    survey.questions[0] = question("recommend", Measure::Nps);
    let mut counted = counted(&golden());
    for (stratum, promoters) in counted.strata.iter_mut().zip([60, 35, 15, 10]) {
        let Counts::Single(counts) = &mut stratum.counts[0] else { panic!("a scale") };
        counts.points = vec![rows(0); 11];
        counts.points[10] = rows(promoters);
        counts.points[0] = rows(if promoters == 60 { 60 } else { 40 - promoters });
    }
    let report = report(&survey, &counted);
    let panel = panels(&report)[0];
    assert_eq!(
        (panel.statistic.as_str(), panel.test.as_ref().unwrap().name.as_str()),
        ("nps", "welch-anova")
    );
    // A: 35 promoters, 5 detractors: 75; the rest 25 and 55 of 80: -37.5.
    assert_relative_eq!(panel.rows[0].difference.unwrap(), 112.5, max_relative = 1e-9);
    assert_eq!(panel.rows[0].verdict, Some(ChangeVerdict::Up));
}
