//! Complaints as a report of their own.

use crate::analysis::records::ledger_names;
use crate::report::{FORMAT, Input, Provenance, Report, Section, SegmentSummary, SurveySummary, Waves};
use crate::source::cases::Cases;

use super::{ComplaintsAsk, ComplaintsFound};

/// The report of complaints; of the provenance the inputs are filled in, and everything speaks as of the section's day.
pub fn complaints_report(
    title: &str,
    cases: &Cases,
    ask: &ComplaintsAsk<'_>,
    found: ComplaintsFound,
    mut provenance: Provenance,
) -> Report {
    let ComplaintsFound { section, estimates, ledger, notes } = found;
    let names = ledger_names(cases, ask.input);
    let inputs = cases.files().zip(names).map(|(file, name)| Input {
        name,
        bytes: file.bytes,
        rows: file.rows,
        hash: file.sha256.clone().unwrap_or_else(|| file.xxh3.clone()),
        ..Input::default()
    });
    provenance.inputs.splice(0..0, inputs);
    let segments = section.segments.iter().map(|segment| SegmentSummary {
        id: segment.id.clone(),
        label: segment.id.clone(),
        values: segment.values.clone(),
    });
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
            found: section.periods.iter().map(|period| period.period.clone()).collect(),
            rule: Some(section.every.clone()),
            running: section
                .periods
                .iter()
                .find(|period| !period.complete)
                .map(|period| period.period.clone()),
            future: Vec::new(),
        },
        by: ask.by.iter().map(|by| by.iter().map(|(id, _)| id.clone()).collect()).collect(),
        provenance,
        ledger,
        estimates,
        sections: vec![Section::Complaints(Box::new(section))],
        notes,
    }
}
