//! A comparison as tidy rows, one figure each: for spreadsheets, R and pandas.
//!
//! Numbers are written in full with a point; what does not exist is empty.

use super::csv::{harmless, number};
use crate::report::{ChangeVerdict, ComparisonRow, Flag, Report, Section, Untested};

const COLUMNS: [&str; 30] = [
    "side_a",
    "side_b",
    "question",
    "statistic",
    "headline",
    "unit",
    "better",
    "a",
    "a_low",
    "a_high",
    "base_a",
    "base_effective_a",
    "flag_a",
    "b",
    "b_low",
    "b_high",
    "base_b",
    "base_effective_b",
    "flag_b",
    "difference",
    "low",
    "high",
    "confidence",
    "p",
    "p_adjusted",
    "family_size",
    "method",
    "minimum_detectable",
    "within_margin",
    "verdict",
];

/// The rows of the comparison after a row of names; none where the report has no comparison.
pub(super) fn render(report: &Report) -> Option<String> {
    let section = report.sections.iter().find_map(|section| match section {
        Section::Comparison(found) => Some(found),
        _ => None,
    })?;
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut write = |record: Vec<String>| {
        writer.write_record(record).expect("rows are equally long and are written to memory");
    };
    write(COLUMNS.map(str::to_owned).to_vec());
    let sides = [harmless(&section.side_a.label), harmless(&section.side_b.label)];
    for row in &section.rows {
        write(sides.iter().cloned().chain(cells(row, section.confidence)).collect());
    }
    let bytes = writer.into_inner().expect("memory is always flushed");
    Some(String::from_utf8(bytes).expect("only text was written"))
}

fn cells(row: &ComparisonRow, confidence: f64) -> Vec<String> {
    let count = |count: Option<u64>| count.map_or_else(String::new, |count| count.to_string());
    let word = |word: Option<&str>| word.map_or_else(String::new, harmless);
    let verdict = match (row.verdict, row.untested) {
        (Some(verdict), _) => Some(verdict_name(verdict)),
        (None, Some(Untested::TooFewAnswers)) => Some("too_few_answers"),
        (None, None) => None,
    };
    vec![
        harmless(&row.question),
        harmless(&row.statistic),
        row.headline.to_string(),
        row.unit.name().to_owned(),
        word(row.better.map(crate::report::Better::name)),
        number(row.a),
        number(row.a_low),
        number(row.a_high),
        count(row.base_a),
        number(row.base_effective_a),
        word(row.flag_a.map(Flag::name)),
        number(row.b),
        number(row.b_low),
        number(row.b_high),
        count(row.base_b),
        number(row.base_effective_b),
        word(row.flag_b.map(Flag::name)),
        number(row.difference),
        number(row.low),
        number(row.high),
        number(Some(confidence)),
        number(row.p),
        number(row.p_adjusted),
        count(row.family_size),
        word(row.method.as_deref()),
        number(row.minimum_detectable),
        number(row.within_margin.as_ref().map(|within| within.margin)),
        word(verdict),
    ]
}

fn verdict_name(verdict: ChangeVerdict) -> &'static str {
    match verdict {
        ChangeVerdict::Up => "up",
        ChangeVerdict::Down => "down",
        ChangeVerdict::NoClearChange => "no_clear_change",
        ChangeVerdict::AboutEqual => "about_equal",
    }
}
