//! What is asked of disputes, and what they say.

use chrono::NaiveDate;

use crate::analysis::records::SegmentField;
use crate::report::{DisputesSection, Estimate, Ledger, Note};
use crate::source::cases::Cases;
use crate::stats::Confidence;
use crate::survey::{ComplaintsDefinition, DisputesDefinition, Period};

/// What is asked of disputes.
#[derive(Debug)]
pub struct DisputesAsk<'a> {
    /// What the definition says, with the columns that were read.
    pub definition: &'a DisputesDefinition,
    /// The name of the file in reports.
    pub input: &'a str,
    /// The days on which nobody works.
    pub holidays: Vec<NaiveDate>,
    /// The complaints that went before, where there is a file of them.
    pub complaints: Option<ComplaintsBeside<'a>>,
    /// What the words of internal outcomes mean.
    pub internal: &'a ComplaintsDefinition,
    /// The day up to whose end the file is complete, where it was asked for; else that of the definition, else the latest
    /// moment in the file.
    pub as_of: Option<NaiveDate>,
    /// The period of figures over time: month, quarter, half or year.
    pub every: Period,
    /// What figures are broken by: of each the segments that are crossed, with the fields of their values.
    pub by: Vec<Vec<SegmentField>>,
    /// The confidence level.
    pub confidence: Confidence,
    /// A base below this is flagged.
    pub flag_below: u64,
    /// A group of fewer disputes is hidden.
    pub suppress_below: u64,
}

/// A file of complaints beside that of disputes.
#[derive(Debug)]
pub struct ComplaintsBeside<'a> {
    /// Its records.
    pub cases: &'a Cases,
    /// What the definition says of them, with the columns that were read.
    pub definition: &'a ComplaintsDefinition,
    /// The days on which nobody works.
    pub holidays: Vec<NaiveDate>,
    /// The name of the file in reports.
    pub input: &'a str,
}

/// What disputes say.
#[derive(Clone, Debug)]
pub struct DisputesFound {
    /// The section.
    pub section: DisputesSection,
    /// The figures.
    pub estimates: Vec<Estimate>,
    /// The account of the records.
    pub ledger: Ledger,
    /// The caveats.
    pub notes: Vec<Note>,
}
