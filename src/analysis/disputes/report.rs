//! Disputes as a report of their own.

use crate::analysis::records::{RecordsReport, records_report};
use crate::report::{Input, Provenance, Report, Section};
use crate::source::cases::Cases;

use super::{DisputesAsk, DisputesFound};

/// The report of disputes; of the provenance the inputs are filled in, and everything speaks as of the section's day.
pub fn disputes_report(
    title: &str,
    cases: &Cases,
    ask: &DisputesAsk<'_>,
    found: DisputesFound,
    provenance: Provenance,
) -> Report {
    let DisputesFound { section, estimates, ledger, notes } = found;
    let report = RecordsReport {
        title,
        input: ask.input,
        as_of: &section.as_of,
        every: &section.every,
        periods: section.periods.iter().map(|period| (period.period.as_str(), period.complete)).collect(),
        segments: &section.segments,
        by: &ask.by,
        confidence: section.confidence,
        flag_below: ask.flag_below,
        suppress_below: ask.suppress_below,
    };
    let mut report = records_report(cases, &report, provenance);
    if let Some(beside) = &ask.complaints {
        let file = beside.cases.file();
        report.provenance.inputs.push(Input {
            name: beside.input.to_owned(),
            bytes: file.bytes,
            rows: beside.cases.ledger().rows_read,
            hash: file.sha256.clone().unwrap_or_else(|| file.xxh3.clone()),
            ..Input::default()
        });
    }
    Report { ledger, estimates, notes, sections: vec![Section::Disputes(Box::new(section))], ..report }
}
