//! Indicators as a report of their own.

use crate::report::{FORMAT, Input, Provenance, Report, Section, SegmentSummary, SurveySummary, Waves};
use crate::source::cases::Cases;

use super::{IndicatorsAsk, IndicatorsFound};

/// The report of indicators; to the inputs of the provenance the file is added in front.
pub fn indicators_report(
    title: &str,
    cases: &Cases,
    ask: &IndicatorsAsk<'_>,
    found: IndicatorsFound,
    mut provenance: Provenance,
) -> Report {
    let IndicatorsFound { section, estimates, ledger, notes } = found;
    let file = cases.file();
    let input = Input {
        name: ask.input.to_owned(),
        bytes: file.bytes,
        rows: cases.ledger().rows_read,
        hash: file.sha256.clone().unwrap_or_else(|| file.xxh3.clone()),
        ..Input::default()
    };
    provenance.inputs.insert(0, input);
    let mut segments: Vec<SegmentSummary> = Vec::new();
    for (id, value) in section.series.iter().flat_map(|series| &series.segment) {
        let known = ask.segments.iter().find(|segment| segment.id == *id);
        if !segments.iter().any(|segment| segment.id == *id) {
            let label = known.map_or_else(|| id.clone(), |known| known.label.clone());
            segments.push(SegmentSummary { id: id.clone(), label, values: Vec::new() });
        }
        if let Some(segment) = segments.iter_mut().find(|segment| segment.id == *id)
            && !segment.values.contains(value)
        {
            segment.values.push(value.clone());
        }
    }
    let mut periods: Vec<(String, bool)> = Vec::new();
    let points = section.series.iter().flat_map(|series| &series.chart.points);
    for point in points {
        if !periods.iter().any(|(label, _)| *label == point.period) {
            periods.push((point.period.clone(), point.complete));
        }
    }
    // Labels of one length sort as text.
    periods.sort();
    Report {
        format: FORMAT.to_owned(),
        title: title.to_owned(),
        as_of: section.as_of.clone(),
        survey: SurveySummary {
            objective: None,
            sampling: "everyone_answered".to_owned(),
            sampling_note: None,
            population: None,
            confidence: section.confidence,
            flag_below: ask.flag_below,
            suppress_below: ask.suppress_below,
            suppress_below_declared: ask.suppress_below > 0,
            weight: None,
            response_rate: None,
            invited: None,
            questions: Vec::new(),
            segments,
            dimensions: indexmap::IndexMap::new(),
        },
        waves: Waves {
            wave: None,
            found: periods.iter().map(|(label, _)| label.clone()).collect(),
            rule: section.every.clone(),
            running: periods.iter().find(|(_, complete)| !complete).map(|(label, _)| label.clone()),
            future: Vec::new(),
        },
        by: Vec::new(),
        provenance,
        ledger,
        estimates,
        sections: vec![Section::Indicators(Box::new(section))],
        notes,
    }
}
