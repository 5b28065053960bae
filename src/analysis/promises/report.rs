//! Promises as a report of their own.

use crate::report::{FORMAT, Input, Provenance, Report, Section, SegmentSummary, SurveySummary, Waves};
use crate::source::cases::Cases;

use super::{PromisesAsk, PromisesFound};

/// The report of promises; of the provenance the inputs are filled in, and everything speaks as of the section's day.
pub fn promises_report(
    title: &str,
    cases: &Cases,
    ask: &PromisesAsk<'_>,
    found: PromisesFound,
    mut provenance: Provenance,
) -> Report {
    let PromisesFound { section, estimates, ledger, notes } = found;
    let input = |cases: &Cases, name: &str| Input {
        name: name.to_owned(),
        bytes: cases.file().bytes,
        rows: cases.ledger().rows_read,
        hash: cases.file().sha256.clone().unwrap_or_else(|| cases.file().xxh3.clone()),
        ..Input::default()
    };
    let complaints = ask.complaints.map(|complaints| input(complaints.cases, complaints.input));
    let read = std::iter::once(input(cases, ask.input)).chain(complaints).chain(ask.inputs.iter().cloned());
    provenance.inputs.splice(0..0, read);
    let segments = section.segments.iter().map(|segment| SegmentSummary {
        id: segment.id.clone(),
        label: segment.id.clone(),
        values: segment.values.clone(),
    });
    let periods = || section.periods.iter().filter(|cell| cell.promise.is_none());
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
            segments: segments.collect(),
            dimensions: indexmap::IndexMap::new(),
        },
        waves: Waves {
            wave: None,
            found: periods().filter_map(|cell| cell.period.clone()).collect(),
            rule: Some(section.every.clone()),
            running: periods().find(|cell| cell.complete == Some(false)).and_then(|cell| cell.period.clone()),
            future: Vec::new(),
        },
        by: ask.by.iter().map(|by| by.iter().map(|(id, _)| id.clone()).collect()).collect(),
        provenance,
        ledger,
        estimates,
        sections: vec![Section::Promises(Box::new(section))],
        notes,
    }
}
