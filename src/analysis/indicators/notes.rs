//! What is to be thought of before figures of indicators are used. Lower case, no full stop.

use indexmap::IndexMap;

use crate::report::{IndicatorsSection, Note, NoteSeverity};

use super::IndicatorsAsk;
use super::estimates::names;
use super::line::Line;

/// The caveats of a section.
pub(super) fn notes(section: &IndicatorsSection, lines: &[Line], ask: &IndicatorsAsk<'_>) -> Vec<Note> {
    let mut notes = Vec::new();
    let mut say = |severity, code: &str, text: String| {
        notes.push(Note {
            code: code.to_owned(),
            severity,
            text,
            about: Some("indicators".to_owned()),
            values: IndexMap::new(),
        });
    };
    if lines.is_empty() {
        let text = "no record of the file counts, so there is no figure; the account says why".to_owned();
        say(NoteSeverity::Caution, "no_indicators", text);
        return notes;
    }
    let text =
        "indicators hint at satisfaction and do not replace asking; none recorded is no sign of satisfaction";
    say(NoteSeverity::Info, "indicators_are_not_satisfaction", text.to_owned());
    let unknown: Vec<&str> = ask
        .definition
        .targets
        .keys()
        .filter(|name| !lines.iter().any(|line| names(line, name)))
        .map(String::as_str)
        .collect();
    if !unknown.is_empty() {
        let mut known: Vec<&str> = lines.iter().map(|line| line.id.as_str()).collect();
        known.dedup();
        let text = format!(
            "targets are set for {}, and the file has no such indicator; it has {}",
            unknown.join(", "),
            known.join(", ")
        );
        say(NoteSeverity::Caution, "target_without_indicator", text);
    }
    let aimless: Vec<&str> = ask
        .definition
        .targets
        .keys()
        .filter(|name| lines.iter().any(|line| names(line, name) && line.better.is_none()))
        .map(String::as_str)
        .collect();
    if !aimless.is_empty() {
        let text = format!(
            "no verdict on the target of {}: the file does not say, or contradicts itself about, which way is good",
            aimless.join(", ")
        );
        say(NoteSeverity::Caution, "target_without_direction", text);
    }
    let mut parts: Vec<&str> = lines
        .iter()
        .filter(|line| !lines.iter().any(|other| other.id == line.id && other.is_of_all()))
        .map(|line| line.name.as_str())
        .collect();
    parts.dedup();
    if !parts.is_empty() {
        let text = format!(
            "{}: rows of segments only, so there is no figure of all; rows without a segment are about all",
            parts.join(", ")
        );
        say(NoteSeverity::Info, "no_total", text);
    }
    let left_out = section.faults.iter().filter(|fault| fault.treatment == "left_out");
    let left_out: u64 = left_out.map(|fault| fault.records).sum();
    if left_out > 0 {
        let text =
            format!("{left_out} of {} records are left out; the account says why and where", section.records);
        say(NoteSeverity::Caution, "records_left_out", text);
    }
    notes
}
