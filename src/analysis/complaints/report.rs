//! Complaints as a report of their own.

use crate::analysis::records::{RecordsReport, records_report};
use crate::report::{Provenance, Report, Section};
use crate::source::cases::Cases;

use super::{ComplaintsAsk, ComplaintsFound};

/// The report of complaints; of the provenance the inputs are filled in, and everything speaks as of the section's day.
pub fn complaints_report(
    title: &str,
    cases: &Cases,
    ask: &ComplaintsAsk<'_>,
    found: ComplaintsFound,
    provenance: Provenance,
) -> Report {
    let ComplaintsFound { section, estimates, ledger, notes } = found;
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
    let report = records_report(cases, &report, provenance);
    Report { ledger, estimates, notes, sections: vec![Section::Complaints(Box::new(section))], ..report }
}
