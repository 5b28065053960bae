//! JUnit XML, which GitLab, Jenkins and others show: a test case a gate.
//!
//! A gate that fails the run is a failure, one that could not be told is skipped; both say why. There is no time in it,
//! so that the same answers give the same bytes.

use quick_junit::{NonSuccessKind, Property, TestCase, TestCaseStatus, TestSuite};

use super::gates;
use crate::render::RenderError;
// quick-junit makes markup harmless itself.
use crate::render::escape::in_xml as plain;
use crate::report::words::{gate_name, gate_outcome, gate_sentence};
use crate::report::{GateOutcome, GateRow, Report};

/// The gates as JUnit XML.
///
/// # Errors
/// XML that cannot be written.
pub fn junit(report: &Report) -> Result<String, RenderError> {
    let mut suite = TestSuite::new(plain(&report.title));
    if let Some(section) = gates(report) {
        suite.add_property(Property::new("as_of", plain(&report.as_of)));
        suite.add_property(Property::new("strict", section.strict.to_string()));
        suite.add_property(Property::new("error_rate", section.error_rate.to_string()));
        suite.add_test_cases(section.rows.iter().map(case));
    }
    let mut file = quick_junit::Report::new("csat gate");
    file.add_test_suite(suite);
    file.to_string().map_err(|error| RenderError::Junit(error.to_string()))
}

fn case(row: &GateRow) -> TestCase {
    let mut case = TestCase::new(plain(&gate_name(row)), status(row));
    case.set_classname(plain(&format!("csat.gate.{}", row.question)));
    let numbers = [
        ("found", row.found),
        ("limit", Some(row.limit)),
        ("value", row.value),
        ("low", row.low),
        ("high", row.high),
        ("change_low", row.change_low),
        ("change_high", row.change_high),
        ("error_rate", row.error_rate),
    ];
    let base = row.base.map(|base| ("base", base.to_string()));
    let waves = [("wave", &row.wave), ("against", &row.against)];
    let numbers = numbers.into_iter().filter_map(|(name, number)| Some((name, number?.to_string())));
    let waves = waves.into_iter().filter_map(|(name, wave)| Some((name, plain(wave.as_ref()?))));
    for (name, value) in numbers.chain(base).chain(waves) {
        case.add_property(Property::new(name, value));
    }
    case
}

fn status(row: &GateRow) -> TestCaseStatus {
    let mut status = match (row.fails, row.outcome) {
        (true, _) => TestCaseStatus::non_success(NonSuccessKind::Failure),
        (false, GateOutcome::Passed | GateOutcome::Failed) => return TestCaseStatus::success(),
        (false, _) => TestCaseStatus::skipped(),
    };
    status.set_message(plain(&gate_sentence(row)));
    status.set_type(gate_outcome(row.outcome));
    status
}

#[cfg(test)]
mod tests {
    use super::junit;
    use crate::render::gate::sample::{report, row};
    use crate::report::{GateOutcome, GateRow};

    #[test]
    fn every_gate_is_a_case_and_each_outcome_has_its_status() {
        let outcomes = [
            GateOutcome::Passed,
            GateOutcome::Failed,
            GateOutcome::CannotTell,
            GateOutcome::SmallBase,
            GateOutcome::NoFigure,
        ];
        let xml = junit(&report(outcomes.map(row).to_vec())).unwrap();
        let document = roxmltree::Document::parse(&xml).unwrap();
        let root = document.root_element();
        assert_eq!(
            [root.attribute("tests"), root.attribute("failures"), root.attribute("skipped")],
            [Some("5"), Some("1"), Some("3")]
        );
        let failure = document.descendants().find(|node| node.has_tag_name("failure")).unwrap();
        assert!(failure.attribute("message").unwrap().contains("65.9 %"), "{xml}");
        assert_eq!(failure.attribute("type"), Some("failed"));
        let base = document
            .descendants()
            .find(|node| node.has_tag_name("property") && node.attribute("name") == Some("base"));
        assert_eq!(base.and_then(|node| node.attribute("value")), Some("123"));
    }

    #[test]
    fn names_of_strangers_stay_text() {
        let hostile = GateRow {
            name: Some("]]><x/>\"'&<!-- \u{0}\u{1b}[2J\n\u{202e}".into()),
            reason: Some("<![CDATA[ \u{ffff} --> </failure>".into()),
            ..row(GateOutcome::Failed)
        };
        let xml = junit(&report(vec![hostile])).unwrap();
        let document = roxmltree::Document::parse(&xml).unwrap();
        let cases: Vec<_> = document.descendants().filter(|node| node.has_tag_name("testcase")).collect();
        assert_eq!(cases.len(), 1);
        assert!(cases[0].attribute("name").unwrap().starts_with("]]><x/>\"'&<!-- "));
        assert!(!xml.contains('\u{1b}') && !xml.contains('\u{202e}') && !xml.contains("<x/>"));
    }

    #[test]
    fn a_report_without_gates_is_an_empty_suite() {
        let xml = junit(&report(Vec::new())).unwrap();
        assert_eq!(roxmltree::Document::parse(&xml).unwrap().root_element().attribute("tests"), Some("0"));
    }
}
