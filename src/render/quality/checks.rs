//! What was read and looked at, and the checks of rows: those that are flags, and those that are only said.

use super::page::Part;
use super::tables::{grouped, percent};
use super::{check_name, reason};
use crate::render::escape::visible;
use crate::report::words::{exclusion, plain};
use crate::report::{InputKind, LedgerPlace, QualityCheck, QualitySection, Report};

/// The heading, the flags, and what is only said.
pub(super) fn parts(report: &Report, section: &QualitySection) -> Vec<Part> {
    let (flags, said): (Vec<&QualityCheck>, Vec<&QualityCheck>) =
        section.checks.iter().filter(|check| check.reason.is_none()).partition(|check| check.is_flag);
    let mut parts = vec![head(report, section), self::flags(report, section, &flags)];
    if !said.is_empty() {
        let mut part = table(report, &said, "Found");
        "Only said, no flags".clone_into(&mut part.heading);
        part.after = rules(&said);
        parts.push(part);
    }
    parts
}

fn head(report: &Report, section: &QualitySection) -> Part {
    let wave = section.wave.as_deref().map_or_else(String::new, |wave| format!(", {}", visible(wave)));
    let mut sentences = vec![rows(report, section)];
    match section.reason.as_deref() {
        Some(code) => sentences.push(format!("Not looked at row by row: {}.", reason(code))),
        None => sentences.push("No row was left out because of a flag.".to_owned()),
    }
    Part {
        heading: format!("Quality of the answers: {}{wave}", visible(&report.title)),
        before: vec![sentences.join(" ")],
        ..Part::default()
    }
}

/// How many rows were read, left out and looked at.
fn rows(report: &Report, section: &QualitySection) -> String {
    let ledger = &report.ledger;
    let left_out: Vec<String> = ledger
        .excluded
        .iter()
        .map(|excluded| format!("{} {}", grouped(excluded.rows), exclusion(&excluded.reason)))
        .collect();
    if left_out.is_empty() && section.wave.is_none() && section.reason.is_none() {
        return format!("{} rows read and looked at.", grouped(section.rows));
    }
    let mut pieces = vec![format!("{} rows read", grouped(ledger.rows_read))];
    if !left_out.is_empty() {
        let all = ledger.excluded.iter().fold(0_u64, |all, excluded| all.saturating_add(excluded.rows));
        pieces.push(format!("{} left out before ({})", grouped(all), left_out.join(", ")));
    }
    if section.reason.is_none() {
        let of =
            section.wave.as_deref().map_or_else(String::new, |wave| format!(", those of {}", visible(wave)));
        pieces.push(format!("{} looked at{of}", grouped(section.rows)));
    }
    format!("{}.", pieces.join("; "))
}

fn flags(report: &Report, section: &QualitySection, done: &[&QualityCheck]) -> Part {
    let mut part = table(report, done, "Flagged");
    "Checks".clone_into(&mut part.heading);
    part.after = rules(done);
    let flags = &section.flags;
    if section.reason.is_none() {
        part.after.push(format!(
            "Rows by flags: none {}, one {}, two {}, three or more {}",
            grouped(flags.none),
            grouped(flags.one),
            grouped(flags.two),
            grouped(flags.three_or_more)
        ));
    }
    part.after.extend(done.iter().filter_map(|check| recipe(check)));
    for check in &section.checks {
        part.after.extend(check.reason.as_deref().map(|code| {
            format!("Not looked for: {} ({})", check_name(&check.code).to_lowercase(), reason(code))
        }));
    }
    part
}

/// Checks, one a row; `hits` heads how many rows each finds.
fn table(report: &Report, checks: &[&QualityCheck], hits: &'static str) -> Part {
    let answers = report.provenance.inputs.iter().filter(|input| input.kind == InputKind::Answers);
    let several = answers.count() > 1;
    let row = |check: &&QualityCheck| {
        vec![
            check_name(&check.code).to_owned(),
            check.looked_at.map_or_else(String::new, grouped),
            check.flagged.map_or_else(String::new, grouped),
            check.share.map_or_else(String::new, percent),
            places(&check.places, several),
        ]
    };
    Part {
        head: vec!["Check", "Rows", hits, "Share", "First rows "],
        rows: checks.iter().map(row).collect(),
        // What a check looks for stays whole.
        least: usize::MAX,
        spare: vec![4, 3, 1],
        list: Some(4),
        ..Part::default()
    }
}

/// The limits of the checks that found something.
fn rules(checks: &[&QualityCheck]) -> Vec<String> {
    let mut rules = Vec::new();
    for check in checks {
        let name = check_name(&check.code);
        if check.flagged.is_some_and(|flagged| flagged > 0) {
            rules.extend(check.rule.as_ref().map(|rule| format!("{name}: {rule}")));
        }
        if let (Some(pairs @ 1..), Some(expected)) = (check.pairs, check.expected_pairs) {
            rules.push(format!(
                "{name}: {} pairs of rows are alike in all answers; chance alone would make {}, if every question were \
                 answered by itself, and pairs of usual answers are not flagged",
                grouped(pairs),
                if expected < 0.05 { "hardly any".to_owned() } else { plain(expected, 1, false) }
            ));
        }
    }
    rules
}

/// How the definition leaves out what a limit flags, where the limit is of a column.
fn recipe(check: &QualityCheck) -> Option<String> {
    let (Some(1..), Some(limit), Some(column)) = (check.flagged, check.threshold, &check.column) else {
        return None;
    };
    let is_plain = column.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
        && column.starts_with(|first: char| first.is_ascii_alphabetic());
    let name = if is_plain { column.clone() } else { format!("`{}`", column.replace('`', "``")) };
    let condition = format!("{name} < {limit}").replace('\\', "\\\\").replace('"', "\\\"");
    Some(format!(
        "To leave out those that are {}, write in the definition: [exclude] where = \"{}\"",
        check_name(&check.code).to_lowercase(),
        visible(&condition)
    ))
}

fn places(places: &[LedgerPlace], several: bool) -> String {
    let place = |place: &LedgerPlace| {
        if several { format!("{}:{}", visible(&place.input), place.row) } else { place.row.to_string() }
    };
    places.iter().map(place).collect::<Vec<_>>().join(", ")
}
