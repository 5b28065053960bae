//! A hand-made report with every section, for the tests of the page.

mod answers;
mod change;
mod findings;
mod groups;
mod judged;

use indexmap::IndexMap;

use super::super::sample;
use crate::report::{
    DistributionSection, DocumentSection, Estimate, FindingsSection, Flag, HeadlinePoints, QuestionSummary,
    Report, Section, Unit,
};
use answers::{distribution, options, points};
use change::{nps_trend, overall_trend, why};
use findings::findings;
use groups::{hidden_groups, regions};
use judged::{gaps, gates, priorities};

/// The wave of the report.
const WAVE: &str = "2025-Q2";

/// The bank with every section.
pub(crate) fn full() -> Report {
    full_as(DocumentSection::default())
}

/// The bank with every section, presented in that way.
pub(in crate::render) fn full_as(document: DocumentSection) -> Report {
    let mut report = sample::bank();
    report.survey.objective = Some("Track satisfaction with branches".into());
    for (id, headline, points) in [
        ("overall", "top_box", HeadlinePoints { good: Some([4, 5]), ..HeadlinePoints::default() }),
        ("staff", "gap", HeadlinePoints::default()),
        (
            "recommend",
            "nps",
            HeadlinePoints { good: Some([9, 10]), bad: Some([0, 6]), ..HeadlinePoints::default() },
        ),
        ("ease", "top_box", HeadlinePoints { good: Some([5, 7]), agree: true, ..HeadlinePoints::default() }),
        ("fees_matter", "mean", HeadlinePoints::default()),
    ] {
        let question = report.survey.questions.iter_mut().find(|question| question.id == id).unwrap();
        question.headline = Some(headline.into());
        question.points = Some(points);
        question.scale = question.scale.or(Some([0, 10]));
    }
    let staff = report.survey.questions.iter().find(|question| question.id == "staff").unwrap().clone();
    let reliability = QuestionSummary { id: "reliability".into(), text: "Reliability".into(), ..staff };
    report.survey.questions.push(reliability);
    report.survey.dimensions.insert("tangibles".into(), "What one sees".into());
    let nps = report.estimates.iter().find(|estimate| estimate.statistic == "nps").unwrap().clone();
    for (statistic, value) in [("promoters", 53.4), ("passives", 24.6), ("detractors", 22.0)] {
        report.estimates.push(Estimate {
            statistic: statistic.into(),
            headline: false,
            value: Some(value),
            unit: Unit::Percent,
            low: Some(value - 8.0),
            high: Some(value + 9.0),
            ..nps.clone()
        });
    }
    report.sections = vec![
        Section::Findings(FindingsSection { rows: findings() }),
        Section::Trend(overall_trend()),
        Section::Trend(nps_trend()),
        Section::Why(why()),
        Section::Groups(regions()),
        Section::Groups(hidden_groups()),
        Section::Distribution(distribution("overall", 123, [3.3, 9.8, 21.1, 40.7, 25.1], 2)),
        Section::Distribution(distribution("ease", 119, [4.2, 7.6, 15.1, 42.0, 31.1], 0)),
        Section::Distribution(points("recommend")),
        Section::Distribution(options("channel")),
        Section::Distribution(DistributionSection {
            rows: Vec::new(),
            base: 0,
            flag: Some(Flag::Suppressed),
            ..distribution("wait", 0, [0.0; 5], 0)
        }),
        Section::Gaps(Box::new(gaps())),
        Section::Priorities(priorities()),
        Section::Gates(gates()),
        Section::Quality(Box::new(super::quality::sample::section())),
        Section::Document(document),
    ];
    report
}

/// The same with every label of the survey turned into something that tries to break out.
pub(in crate::render) fn hostile() -> (Report, Vec<&'static str>) {
    const SCRIPT: &str = "</script><script>alert(1)</script>";
    const FORMULA: &str = "=HYPERLINK(\"http://evil\")";
    const RIGHT_TO_LEFT: &str = "\u{202e}שביעות רצון {wave}";
    let mut report = full();
    report.title = SCRIPT.into();
    report.survey.questions[0].text = SCRIPT.into();
    report.survey.segments[0].label = FORMULA.into();
    for section in &mut report.sections {
        match section {
            Section::Groups(groups) => groups.rows[0].group = RIGHT_TO_LEFT.into(),
            Section::Quality(quality) => {
                quality.grids[0].name = RIGHT_TO_LEFT.into();
                quality.items[3].label = Some(SCRIPT.into());
                quality.contradictions[0].condition = FORMULA.into();
            }
            Section::Distribution(distribution) => {
                for row in &mut distribution.rows {
                    row.label = format!("{RIGHT_TO_LEFT}{}", row.code);
                }
            }
            _ => {}
        }
    }
    report.provenance.options = IndexMap::from([("where".into(), SCRIPT.into())]);
    (report, vec![SCRIPT, FORMULA, RIGHT_TO_LEFT])
}
