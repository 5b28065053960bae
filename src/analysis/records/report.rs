//! Records as a report of their own.

use indexmap::IndexMap;

use crate::report::{
    FORMAT, Input, Ledger, Provenance, RecordSegment, Report, SegmentSummary, SurveySummary, Waves,
};
use crate::source::cases::Cases;

use super::faults::ledger_names;
use super::groupings::SegmentField;

/// What a report of records says of itself.
pub(in crate::analysis) struct RecordsReport<'a> {
    pub(in crate::analysis) title: &'a str,
    /// The name of the file.
    pub(in crate::analysis) input: &'a str,
    /// The day that it speaks of.
    pub(in crate::analysis) as_of: &'a str,
    /// The period of figures over time.
    pub(in crate::analysis) every: &'a str,
    /// The periods and whether they are over.
    pub(in crate::analysis) periods: Vec<(&'a str, bool)>,
    pub(in crate::analysis) segments: &'a [RecordSegment],
    pub(in crate::analysis) by: &'a [Vec<SegmentField>],
    pub(in crate::analysis) confidence: f64,
    pub(in crate::analysis) flag_below: u64,
    pub(in crate::analysis) suppress_below: u64,
}

/// The report without its figures; of the provenance the inputs are filled in.
pub(in crate::analysis) fn records_report(
    cases: &Cases,
    of: &RecordsReport<'_>,
    mut provenance: Provenance,
) -> Report {
    let names = ledger_names(cases, of.input);
    let inputs = cases.files().zip(names).map(|(file, name)| Input {
        name,
        bytes: file.bytes,
        rows: file.rows,
        hash: file.sha256.clone().unwrap_or_else(|| file.xxh3.clone()),
        ..Input::default()
    });
    provenance.inputs.splice(0..0, inputs);
    let segments = of.segments.iter().map(|segment| SegmentSummary {
        id: segment.id.clone(),
        label: segment.id.clone(),
        values: segment.values.clone(),
    });
    Report {
        format: FORMAT.to_owned(),
        title: of.title.to_owned(),
        as_of: of.as_of.to_owned(),
        survey: SurveySummary {
            objective: None,
            sampling: "everyone_answered".to_owned(),
            sampling_note: None,
            population: None,
            confidence: of.confidence,
            flag_below: of.flag_below,
            suppress_below: of.suppress_below,
            suppress_below_declared: of.suppress_below > 0,
            weight: None,
            response_rate: None,
            invited: None,
            questions: Vec::new(),
            segments: segments.collect(),
            dimensions: IndexMap::new(),
        },
        waves: Waves {
            wave: None,
            found: of.periods.iter().map(|(period, _)| (*period).to_owned()).collect(),
            rule: Some(of.every.to_owned()),
            running: of
                .periods
                .iter()
                .find(|(_, complete)| !complete)
                .map(|(period, _)| (*period).to_owned()),
            future: Vec::new(),
        },
        by: of.by.iter().map(|by| by.iter().map(|(id, _)| id.clone()).collect()).collect(),
        provenance,
        ledger: Ledger::default(),
        estimates: Vec::new(),
        sections: Vec::new(),
        notes: Vec::new(),
    }
}
