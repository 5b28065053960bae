//! What is asked of indicators, and what they say.

use chrono::NaiveDate;

use crate::analysis::WaveFigures;
use crate::report::{Estimate, IndicatorsSection, Ledger, Note, SegmentSummary};
use crate::stats::Confidence;
use crate::survey::{IndicatorsDefinition, Period};

/// What is asked of indicators.
#[derive(Debug)]
pub struct IndicatorsAsk<'a> {
    /// What the definition says.
    pub definition: &'a IndicatorsDefinition,
    /// The name of the file in reports.
    pub input: &'a str,
    /// The day at whose end a period has to be over to be complete.
    pub as_of: NaiveDate,
    /// Whether that day was asked for; else it is that of the report.
    pub as_of_asked: bool,
    /// The length of the periods, where those of the file are to be joined.
    pub every: Option<Period>,
    /// The month in which fiscal years start, 1 to 12, and whether they are named after the year in which they end.
    pub fiscal_year: (u32, bool),
    /// The segments that the survey knows, by which the texts of the file are told.
    pub segments: Vec<SegmentSummary>,
    /// The scores in order of waves; none where there are no scores.
    pub scores: Vec<WaveFigures>,
    /// The confidence level.
    pub confidence: Confidence,
    /// The base of a share below this is flagged.
    pub flag_below: u64,
    /// The figure of a segment with a smaller base is hidden.
    pub suppress_below: u64,
}

/// What indicators say.
#[derive(Clone, Debug)]
pub struct IndicatorsFound {
    /// The section.
    pub section: IndicatorsSection,
    /// The figures: one for each indicator, segment value and period.
    pub estimates: Vec<Estimate>,
    /// The account of the records.
    pub ledger: Ledger,
    /// The caveats.
    pub notes: Vec<Note>,
}
