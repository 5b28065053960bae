//! What stands under a banner table.

use super::Banner;
use crate::report::words::{
    SMALL_BASE_MARK, Speech, adjusted, fill, hidden_columns, letters, not_tested, table_tests,
    table_tests_in_short, test_reason,
};
use crate::report::{CrosstabSection, Flag, Report};

/// Between two statements of one line.
const BETWEEN: &str = " · ";

/// What is said of one banner alone: its tests, over how many comparisons, columns to be careful with.
pub(super) fn of(report: &Report, speech: &Speech, section: &CrosstabSection, details: bool) -> Vec<String> {
    let survey = &report.survey;
    let mut pieces =
        if details { table_tests(speech, section) } else { table_tests_in_short(speech, section) };
    pieces.extend(adjusted(speech, section));
    pieces.extend(not_tested(speech, section));
    pieces.extend(hidden_columns(speech, section, survey.flag_below, survey.suppress_below));
    if pieces.is_empty() { Vec::new() } else { vec![pieces.join(BETWEEN)] }
}

/// What is said of letters and marks.
pub(super) fn common(report: &Report, speech: &Speech, section: &CrosstabSection) -> Vec<String> {
    let mut pieces = vec![letters(speech, section)];
    if section.columns.iter().any(|column| column.flag == Some(Flag::SmallBase)) {
        let survey = &report.survey;
        let flag = speech.flag(Flag::SmallBase, survey.flag_below, survey.suppress_below);
        pieces.push(format!("{SMALL_BASE_MARK} {flag}"));
    }
    pieces
}

/// Why each test was chosen, each reason once.
pub(super) fn reasons(speech: &Speech, section: &CrosstabSection) -> Vec<String> {
    let mut reasons: Vec<String> = Vec::new();
    for test in section.test.iter().chain(&section.further_tests) {
        let reason = test_reason(speech.language(), &test.reason);
        if let Some(reason) = reason.filter(|reason| !reasons.iter().any(|known| known == reason)) {
            reasons.push(reason.to_owned());
        }
    }
    reasons
}

/// The lines of several banners in one table: each behind the name of its own, then what holds for all, once.
pub(super) fn together(speech: &Speech, banners: &[Banner]) -> Vec<String> {
    let text = speech.phrases().banner.test_row;
    let mut lines: Vec<String> = Vec::new();
    for banner in banners {
        let named = |line: &String| match banners {
            [_] => line.clone(),
            _ => fill(text, &[("row", &banner.label), ("sentence", line)]),
        };
        lines.extend(banner.legend.iter().map(named));
    }
    for line in banners.iter().flat_map(|banner| &banner.common) {
        if !lines.contains(line) {
            lines.push(line.clone());
        }
    }
    lines
}
