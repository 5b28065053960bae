//! Annotations of GitHub Actions: an error for each gate that fails, a warning for each that could not be told.

use super::gates;
use crate::render::escape::visible;
use crate::report::words::{gate_name, gate_sentence};
use crate::report::{GateOutcome, GateRow, Report};

/// One command of the runner a line; empty where every gate passed.
pub fn annotations(report: &Report) -> String {
    let rows = gates(report).map_or(&[][..], |section| &section.rows);
    rows.iter().filter_map(annotation).collect()
}

fn annotation(row: &GateRow) -> Option<String> {
    let level = match (row.fails, row.outcome) {
        (true, _) => "error",
        (false, GateOutcome::Passed | GateOutcome::Failed) => return None,
        (false, _) => "warning",
    };
    let title = format!("csat gate: {}", gate_name(row));
    Some(format!("::{level} title={}::{}\n", property(&title), data(&gate_sentence(row))))
}

/// A message: the runner reads percent escapes, and a line break would begin a new command.
fn data(text: &str) -> String {
    visible(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property ends at a comma, and all of them at a colon.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::annotations;
    use crate::render::gate::sample::{report, row};
    use crate::report::{GateOutcome, GateRow};

    #[test]
    fn what_fails_is_an_error_and_what_cannot_be_told_a_warning() {
        let rows = vec![
            row(GateOutcome::Passed),
            row(GateOutcome::Failed),
            row(GateOutcome::CannotTell),
            GateRow { fails: true, ..row(GateOutcome::NoFigure) },
        ];
        let text = annotations(&report(rows));
        let levels: Vec<&str> = text.lines().map(|line| &line[..9]).collect();
        assert_eq!(levels, ["::error t", "::warning", "::error t"]);
        assert!(text.contains("65.9 %25"), "{text}");
        assert_eq!(annotations(&report(vec![row(GateOutcome::Passed)])), "");
        assert_eq!(annotations(&report(Vec::new())), "");
    }

    #[test]
    fn a_name_cannot_begin_a_command_or_a_property() {
        let hostile = GateRow {
            name: Some("a,file=b::c\r\n::set-output name=x::%0A".into()),
            segment: indexmap::IndexMap::from([("r".into(), "x\n::error::y".into())]),
            ..row(GateOutcome::Failed)
        };
        let text = annotations(&report(vec![hostile]));
        assert_eq!(text.lines().count(), 1, "{text}");
        let title = text.strip_prefix("::error title=").unwrap().split("::").next().unwrap();
        assert!(title.contains("a%2Cfile=b%3A%3Ac") && title.contains("%250A"), "{title}");
    }
}
