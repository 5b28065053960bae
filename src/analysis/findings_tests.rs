//! Findings about waves, gaps and priorities, from hand-made sections.

use super::findings::section;
use super::sections::Figures;
use crate::analysis::sample::survey;
use crate::measures::sample::question;
use crate::report::{
    Better, ChangeVerdict, ControlChart, Finding, GapRow, GapsSection, GroupRow, GroupsSection,
    HomogeneityTest, PrioritiesSection, PriorityRow, Quadrant, Section, Tendency, TrendPoint, TrendSection,
    Unit,
};
use crate::survey::{Measure, Survey};

fn point(change: f64, p_adjusted: f64) -> TrendPoint {
    let clear = p_adjusted < 0.05;
    let direction = if change > 0.0 { ChangeVerdict::Up } else { ChangeVerdict::Down };
    TrendPoint {
        wave: "2026-Q2".to_owned(),
        complete: true,
        value: Some(60.0),
        low: Some(55.0),
        high: Some(65.0),
        se: Some(2.5),
        base: Some(400),
        base_effective: Some(400.0),
        against: Some("2026-Q1".to_owned()),
        change: Some(change),
        change_low: Some(change - 3.0),
        change_high: Some(change + 3.0),
        p: Some(p_adjusted / 2.0),
        p_adjusted: Some(p_adjusted),
        verdict: Some(if clear { direction } else { ChangeVerdict::NoClearChange }),
        minimum_detectable: Some(7.0),
        ..TrendPoint::default()
    }
}

fn trend(question: &str, unit: Unit, point: TrendPoint) -> TrendSection {
    TrendSection {
        question: question.to_owned(),
        statistic: "top_box".to_owned(),
        unit,
        better: Some(Better::Higher),
        points: vec![point],
        mix_segment: None,
        chart: None,
        tendency: None,
        families: Vec::new(),
        breaks: Vec::new(),
    }
}

fn told(survey: &Survey, sections: &[Section]) -> Vec<Finding> {
    section(survey, sections, &Figures::new(&[], None), Some("2026-Q2"), 0.05).rows
}

#[test]
fn clear_changes_come_by_size_relative_to_what_is_possible() {
    let sections = [
        Section::Trend(trend("nps", Unit::Points, point(12.0, 0.01))),
        Section::Trend(trend("overall", Unit::Percent, point(-9.0, 0.03))),
        Section::Trend(trend("speed", Unit::Percent, point(4.0, 0.3))),
    ];
    let found = told(&survey(), &sections);
    let [Finding::Change { question: first, .. }, Finding::Change { question: second, verdict, .. }] =
        found.as_slice()
    else {
        panic!("{found:?}")
    };
    assert_eq!((first.as_str(), second.as_str()), ("overall", "nps"), "9 of 100 is more than 12 of 200");
    assert_eq!(*verdict, ChangeVerdict::Up);
}

#[test]
fn where_nothing_changed_that_is_the_finding() {
    let sections = [
        Section::Trend(trend("nps", Unit::Points, point(12.0, 0.2))),
        Section::Trend(trend("overall", Unit::Percent, point(-2.0, 0.9))),
    ];
    let found = told(&survey(), &sections);
    let wanted =
        Finding::NothingChanged { compared: 2, wave: "2026-Q2".to_owned(), against: "2026-Q1".to_owned() };
    assert_eq!(found, [wanted]);
    let first_wave =
        TrendPoint { against: None, change: None, verdict: None, p_adjusted: None, ..point(0.0, 1.0) };
    assert!(told(&survey(), &[Section::Trend(trend("nps", Unit::Points, first_wave))]).is_empty());
}

#[test]
fn opposite_ways_within_and_in_all_are_said_only_where_both_are_clear() {
    let mixed = |low, high| {
        let point = TrendPoint { within_low: Some(low), within_high: Some(high), ..point(9.0, 0.001) };
        let found = told(&survey(), &[Section::Trend(trend("overall", Unit::Percent, point))]);
        matches!(found.as_slice(), [Finding::Change { simpson: true, .. }])
    };
    assert!(mixed(-4.0, -1.0));
    assert!(!mixed(-4.0, 1.0) && !mixed(1.0, 4.0));
}

fn chart(provisional: bool) -> ControlChart {
    ControlChart {
        type_: "p".to_owned(),
        center: 65.0,
        limits: Vec::new(),
        rules: Vec::new(),
        baseline: Vec::new(),
        provisional,
    }
}

#[test]
fn tendencies_and_signals_close_the_list() {
    let tendency = |p_adjusted| Tendency {
        tau: 0.8,
        p: 0.001,
        p_adjusted,
        slope: 1.5,
        slope_low: Some(0.5),
        slope_high: Some(2.5),
        waves: 9,
    };
    let signal = TrendPoint { signal: Some("beyond-limits".to_owned()), ..point(1.0, 0.8) };
    let mut trend = trend("overall", Unit::Percent, signal);
    trend.tendency = Some(tendency(0.01));
    trend.chart = Some(chart(false));
    let found = told(&survey(), &[Section::Trend(trend.clone())]);
    assert!(matches!(
        found.as_slice(),
        [Finding::NothingChanged { .. }, Finding::Tendency { .. }, Finding::Signal { .. }]
    ));
    trend.tendency = Some(tendency(0.06));
    assert_eq!(told(&survey(), &[Section::Trend(trend.clone())]).len(), 2, "not clear after adjustment");
    trend.chart = Some(chart(true));
    assert_eq!(told(&survey(), &[Section::Trend(trend)]).len(), 1, "provisional limits make no finding");
}

fn group(name: &str, difference: f64, p_adjusted: f64) -> GroupRow {
    let direction = if difference > 0.0 { ChangeVerdict::Up } else { ChangeVerdict::Down };
    GroupRow {
        group: name.to_owned(),
        value: Some(60.0 + difference),
        low: Some(50.0),
        high: Some(70.0),
        base: Some(90),
        base_effective: Some(90.0),
        flag: None,
        difference: Some(difference),
        difference_low: Some(difference - 9.0),
        difference_high: Some(difference + 9.0),
        p: Some(p_adjusted / 3.0),
        p_adjusted: Some(p_adjusted),
        verdict: Some(if p_adjusted < 0.05 { direction } else { ChangeVerdict::NoClearChange }),
        first_share: Some(0.5),
        last_share: Some(0.5),
        rank_low: Some(1),
        rank_high: Some(3),
    }
}

fn panel(segment: &str, p_adjusted: f64) -> Section {
    let test = HomogeneityTest {
        name: "chi-square".to_owned(),
        statistic: 6.0,
        df: 2.0,
        df2: None,
        p: p_adjusted / 2.0,
        p_adjusted,
    };
    Section::Groups(GroupsSection {
        question: "overall".to_owned(),
        statistic: "top_box".to_owned(),
        unit: Unit::Percent,
        better: Some(Better::Higher),
        segment: segment.to_owned(),
        wave: Some("2026-Q2".to_owned()),
        test: Some(test),
        rows: vec![group("A", -12.0, 0.03), group("B", 5.0, 0.4), group("C", 7.0, 0.2)],
        family: None,
    })
}

#[test]
fn a_group_apart_in_its_own_panel_is_named_with_its_own_p_where_the_panels_show_no_difference() {
    let found = told(&survey(), &[panel("region", 0.12), panel("age", 0.004)]);
    let [
        Finding::Groups { differs: true, panels: 2, highest: Some(first), .. },
        Finding::Groups { differs: false, highest: None, lowest: None, p_adjusted, apart, .. },
    ] = found.as_slice()
    else {
        panic!("{found:?}")
    };
    assert_eq!(first.name, "C");
    assert!((p_adjusted - 0.12).abs() < 1e-12);
    assert_eq!(
        apart.iter().map(|group| (group.name.as_str(), group.p_adjusted)).collect::<Vec<_>>(),
        [("A", Some(0.03))]
    );
}

fn gap(question: &str, gap: f64, base: u64, p_adjusted: f64) -> GapRow {
    GapRow {
        question: question.to_owned(),
        dimension: None,
        base,
        expectation: Some(5.0),
        perception: Some(5.0 + gap),
        gap: Some(gap),
        low: Some(gap - 0.1),
        high: Some(gap + 0.1),
        t: Some(3.0),
        df: Some(99.0),
        p: Some(p_adjusted),
        p_adjusted: Some(p_adjusted),
        dz: Some(0.3),
        ..GapRow::default()
    }
}

#[test]
fn gaps_are_told_widest_first_without_small_bases() {
    let rows = vec![
        gap("a", -0.5, 100, 0.001),
        gap("b", -1.5, 100, 0.001),
        gap("c", -3.0, 12, 0.001),
        gap("d", 0.4, 100, 0.01),
        gap("e", -0.2, 100, 0.4),
    ];
    let sections = [Section::Gaps(Box::new(GapsSection { rows, ..GapsSection::default() }))];
    let found = told(&survey(), &sections);
    let [Finding::Gaps { tested: 5, below, above }] = found.as_slice() else { panic!("{found:?}") };
    let names = |figures: &[crate::report::GroupFigure]| -> Vec<String> {
        figures.iter().map(|figure| figure.name.clone()).collect()
    };
    assert_eq!((names(below), names(above)), (vec!["b".to_owned(), "a".to_owned()], vec!["d".to_owned()]));
}

#[test]
fn what_comes_first_is_settled_or_said_not_to_be() {
    let row =
        |question: &str, performance: f64, quadrant: Quadrant, share: f64, small_base: bool| PriorityRow {
            question: question.to_owned(),
            importance_question: Some(format!("{question}_importance")),
            performance: Some(performance),
            importance: Some(80.0),
            deficit: Some(80.0 - performance),
            quadrant: Some(quadrant),
            quadrant_probability: Some(share),
            small_base,
            ..PriorityRow::default()
        };
    let rows = vec![
        row("a", 40.0, Quadrant::ConcentrateHere, 0.95, false),
        row("b", 30.0, Quadrant::ConcentrateHere, 0.85, false),
        row("c", 20.0, Quadrant::ConcentrateHere, 0.99, true),
        row("d", 45.0, Quadrant::ConcentrateHere, 0.79, false),
        row("e", 90.0, Quadrant::KeepUpTheGoodWork, 0.99, false),
    ];
    let mut priorities = PrioritiesSection {
        importance_from: "stated".to_owned(),
        crosshair: "means".to_owned(),
        performance_line: 50.0,
        importance_line: 50.0,
        rows,
        ..PrioritiesSection::default()
    };
    let found = told(&survey(), &[Section::Priorities(priorities.clone())]);
    let [Finding::Priorities { settled, unsettled, .. }] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!((settled.join(" "), unsettled.join(" ")), ("b a".to_owned(), "c d".to_owned()));
    priorities.rows.retain(|row| row.quadrant != Some(Quadrant::ConcentrateHere));
    assert!(told(&survey(), &[Section::Priorities(priorities)]).is_empty());
}

#[test]
fn changes_of_a_mean_are_sized_by_their_scale() {
    let mut survey = survey();
    survey.questions.push(question("staff", Measure::Gap));
    let sections = [
        Section::Trend(trend("overall", Unit::Percent, point(20.0, 0.001))),
        // 4 of the 12 that a gap on 1 to 7 can move.
        Section::Trend(trend("staff", Unit::Scale, point(4.0, 0.001))),
    ];
    let found = told(&survey, &sections);
    assert!(matches!(&found[0], Finding::Change { question, .. } if question == "staff"), "{found:?}");
}
