//! The estimates as tidy rows, one figure each: for spreadsheets, R and pandas. Where there are banner tables, their cells
//! and tests instead.
//!
//! Numbers are written in full with a point; what does not exist is empty. Texts that a spreadsheet would take for a
//! formula get an apostrophe in front, control characters are shown as escapes; numbers are left as they are.

use super::banner;
use super::escape::visible;
use crate::report::{Estimate, Report, Section, WeightingSection};
use indexmap::IndexSet;

/// The columns before those of the segments.
const BEFORE_SEGMENTS: [&str; 4] = ["question", "measure", "statistic", "headline"];

/// The columns after those of the segments.
const AFTER_SEGMENTS: [&str; 17] = [
    "wave",
    "value",
    "unit",
    "better",
    "se",
    "low",
    "high",
    "confidence",
    "method",
    "base",
    "base_weighted",
    "base_effective",
    "base_kish",
    "design_effect_kish",
    "flag",
    "target",
    "target_verdict",
];

/// The estimates, one row each after a row of names.
pub(super) fn render(report: &Report) -> String {
    if let Some(tables) = banner::tidy(report) {
        return tables;
    }
    if let Some(margins) = weighting(report) {
        return margins;
    }
    let segments = segments(report);
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut write = |record: Vec<String>| {
        writer.write_record(record).expect("rows are equally long and are written to memory");
    };
    let names = segment_columns(&segments);
    write(
        BEFORE_SEGMENTS
            .iter()
            .map(|name| (*name).to_owned())
            .chain(names.iter().map(|name| harmless(name)))
            .chain(AFTER_SEGMENTS.iter().map(|name| (*name).to_owned()))
            .collect(),
    );
    for estimate in &report.estimates {
        write(row(estimate, &segments));
    }
    let bytes = writer.into_inner().expect("memory is always flushed");
    String::from_utf8(bytes).expect("only text was written")
}

/// The ids of all segments: the survey's in its order, then others that figures name.
fn segments(report: &Report) -> IndexSet<&str> {
    let declared = report.survey.segments.iter().map(|segment| segment.id.as_str());
    let named = report.estimates.iter().flat_map(|estimate| estimate.segment.keys().map(String::as_str));
    declared.chain(named).collect()
}

/// The names of the segments' columns: their ids, with a prefix where a column of that name exists.
fn segment_columns(segments: &IndexSet<&str>) -> Vec<String> {
    let is_fixed = |name: &str| BEFORE_SEGMENTS.contains(&name) || AFTER_SEGMENTS.contains(&name);
    segments
        .iter()
        .map(|id| {
            let mut name = (*id).to_owned();
            while is_fixed(&name) || (name != *id && segments.contains(name.as_str())) {
                name.insert_str(0, "segment_");
            }
            name
        })
        .collect()
}

fn row(estimate: &Estimate, segments: &IndexSet<&str>) -> Vec<String> {
    let mut row = vec![
        harmless(&estimate.question),
        harmless(&estimate.measure),
        harmless(&estimate.statistic),
        estimate.headline.to_string(),
    ];
    row.extend(segments.iter().map(|id| estimate.segment.get(*id).map_or_else(String::new, |v| harmless(v))));
    row.extend([
        text(estimate.wave.as_deref()),
        number(estimate.value),
        estimate.unit.name().to_owned(),
        text(estimate.better.map(crate::report::Better::name)),
        number(estimate.se),
        number(estimate.low),
        number(estimate.high),
        number(Some(estimate.confidence)),
        text(estimate.method.as_deref()),
        estimate.base.map_or_else(String::new, |base| base.to_string()),
        number(estimate.base_weighted),
        number(estimate.base_effective),
        number(estimate.base_kish),
        number(estimate.design_effect_kish),
        text(estimate.flag.map(crate::report::Flag::name)),
        number(estimate.target),
        text(estimate.target_verdict.map(crate::report::TargetVerdict::name)),
    ]);
    row
}

fn text(text: Option<&str>) -> String {
    text.map_or_else(String::new, harmless)
}

/// The shortest digits that read back to the same number.
pub(super) fn number(number: Option<f64>) -> String {
    number.filter(|number| number.is_finite()).map_or_else(String::new, |number| number.to_string())
}

/// The margins of weights, where a report is about nothing else.
fn weighting(report: &Report) -> Option<String> {
    let of_weights = |section: &Section| match section {
        Section::Weighting(section) => Some(section.clone()),
        _ => None,
    };
    let sections: Vec<WeightingSection> = report.sections.iter().filter_map(of_weights).collect();
    if !report.estimates.is_empty() || sections.is_empty() {
        return None;
    }
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut write = |record: [String; 8]| {
        writer.write_record(record).expect("rows are equally long and are written to memory");
    };
    write(["wave", "variable", "category", "rows", "sample", "before", "target", "after"].map(str::to_owned));
    let number = |number: Option<f64>| number.map_or_else(String::new, |number| number.to_string());
    for (wave, margin) in sections.iter().flat_map(|s| s.margins.iter().map(move |margin| (&s.wave, margin)))
    {
        write([
            wave.as_deref().map_or_else(String::new, harmless),
            harmless(&margin.variable),
            harmless(&margin.category),
            margin.rows.map_or_else(String::new, |rows| rows.to_string()),
            number(margin.sample),
            number(margin.before),
            number(margin.target),
            number(margin.after),
        ]);
    }
    let bytes = writer.into_inner().expect("memory is always flushed");
    Some(String::from_utf8(bytes).expect("only text was written"))
}

/// A text that no spreadsheet computes and no terminal obeys: control characters are shown as escapes.
pub(super) fn harmless(text: &str) -> String {
    let text = visible(text);
    if text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) { format!("'{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::render;
    use crate::render::sample;

    #[test]
    fn one_row_a_figure_with_segments_as_columns() {
        let text = render(&sample::bank());
        let mut lines = text.lines();
        assert_eq!(
            lines.next(),
            Some(
                "question,measure,statistic,headline,region,segment_wave,wave,value,unit,better,se,low,high,\
                 confidence,method,base,base_weighted,base_effective,base_kish,design_effect_kish,flag,target,\
                 target_verdict"
            )
        );
        assert_eq!(
            lines.next(),
            Some(
                "overall,csat,top_box,true,,,2025-Q2,65.8536585366,percent,higher,4.29,57.1,73.6,0.95,wilson,123,123,\
                 123,,,,70,cannot_tell"
            )
        );
        assert_eq!(text.lines().count(), sample::bank().estimates.len() + 1);
    }

    #[test]
    fn what_is_hidden_or_missing_is_empty_and_never_zero() {
        let text = render(&sample::bank());
        let hidden = text.lines().find(|line| line.contains("suppressed")).unwrap();
        assert_eq!(
            hidden,
            "overall,csat,top_box,true,West,,2025-Q2,,percent,higher,,,,0.95,,,,,,,suppressed,70,"
        );
    }

    #[test]
    fn texts_are_no_formulas_and_numbers_stay_numbers() {
        let text = render(&sample::hostile());
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert!(!records.is_empty());
        for record in &records {
            for (name, cell) in reader.headers().unwrap().iter().zip(record) {
                let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
                assert!(!formula || cell.parse::<f64>().is_ok(), "{name}: {cell}");
            }
        }
        let segments: Vec<&str> = records.iter().filter_map(|record| record.get(4)).collect();
        assert!(segments.contains(&"'=HYPERLINK(\"http://evil\",\"x\")"), "{segments:?}");
        assert!(records.iter().any(|record| record.iter().any(|cell| cell == "-12.5")), "{text}");
    }

    #[test]
    fn an_empty_report_is_a_row_of_names() {
        assert_eq!(render(&sample::empty()).lines().count(), 1);
    }
}
