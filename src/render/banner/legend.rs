//! What stands under a banner table.

use super::Banner;
use crate::report::words::{SMALL_BASE_MARK, Speech, fill, hidden_columns, letters, not_tested, table_tests};
use crate::report::{CrosstabSection, Flag, Report};

/// The lines of one banner: tests first, then letters, then columns to be careful with.
pub(super) fn of(report: &Report, speech: &Speech, section: &CrosstabSection) -> Vec<String> {
    let survey = &report.survey;
    let mut lines = table_tests(speech, section);
    lines.push(letters(speech, section));
    lines.extend(not_tested(speech, section));
    lines.extend(hidden_columns(speech, section, survey.flag_below, survey.suppress_below));
    if section.columns.iter().any(|column| column.flag == Some(Flag::SmallBase)) {
        let flag = speech.flag(Flag::SmallBase, survey.flag_below, survey.suppress_below);
        lines.push(format!("{SMALL_BASE_MARK} {flag}"));
    }
    lines
}

/// The lines of several banners in one table: what holds for all once, other lines behind the names of theirs.
pub(super) fn together(speech: &Speech, banners: &[Banner]) -> Vec<String> {
    let mut lines: Vec<(&str, Vec<&str>)> = Vec::new();
    for banner in banners {
        for line in &banner.legend {
            match lines.iter_mut().find(|(known, _)| known == line) {
                Some((_, labels)) => labels.push(&banner.label),
                None => lines.push((line, vec![&banner.label])),
            }
        }
    }
    // What holds for one banner comes before what holds for all.
    lines.sort_by_key(|(_, labels)| labels.len() == banners.len());
    let texts = &speech.phrases().banner;
    let said = lines.into_iter().map(|(line, labels)| {
        if labels.len() == banners.len() || line.starts_with(SMALL_BASE_MARK) {
            return line.to_owned();
        }
        fill(texts.test_row, &[("row", &speech.list(&labels)), ("sentence", &line)])
    });
    said.collect()
}
