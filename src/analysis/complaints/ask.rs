//! What is asked of complaints, and what they say.

use chrono::NaiveDate;
use indexmap::IndexMap;

use crate::analysis::records::SegmentField;
use crate::report::{ComplaintsSection, Estimate, Ledger, Note};
use crate::stats::Confidence;
use crate::survey::{ComplaintsDefinition, Period};

/// What is asked of complaints.
#[derive(Debug)]
pub struct ComplaintsAsk<'a> {
    /// What the definition says, with the columns that were read.
    pub definition: &'a ComplaintsDefinition,
    /// The name of the file in reports.
    pub input: &'a str,
    /// The days on which nobody works.
    pub holidays: Vec<NaiveDate>,
    /// How many transactions there were.
    pub transactions: CaseTransactions,
    /// The day up to whose end the file is complete, where it was asked for; else that of the definition, else the latest
    /// moment in the file.
    pub as_of: Option<NaiveDate>,
    /// The period of figures over time: month, quarter, half or year.
    pub every: Period,
    /// What figures are broken by: of each the segments that are crossed, with the fields of their values.
    pub by: Vec<Vec<SegmentField>>,
    /// Whether these figures are wanted period by period too.
    pub by_period: bool,
    /// The confidence level.
    pub confidence: Confidence,
    /// A base below this is flagged.
    pub flag_below: u64,
    /// A group of fewer complaints is hidden.
    pub suppress_below: u64,
}

/// How many transactions there were.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum CaseTransactions {
    /// Nobody said.
    #[default]
    Unknown,
    /// As many in each period, at least 1.
    EachPeriod(u64),
    /// By the label of the period, each at least 1.
    ByPeriod(IndexMap<String, u64>),
}

/// What complaints say.
#[derive(Clone, Debug)]
pub struct ComplaintsFound {
    /// The section.
    pub section: ComplaintsSection,
    /// The figures.
    pub estimates: Vec<Estimate>,
    /// The account of the records.
    pub ledger: Ledger,
    /// The caveats.
    pub notes: Vec<Note>,
}
