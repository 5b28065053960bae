//! What is asked of promises, and what they say.

use chrono::NaiveDate;

use crate::analysis::records::SegmentField;
use crate::report::{Estimate, Input, Ledger, Note, PromiseAnswer, PromisesSection};
use crate::source::cases::Cases;
use crate::stats::Confidence;
use crate::survey::{ComplaintsDefinition, Period, Promise, PromisesDefinition};

/// What is asked of promises.
#[derive(Debug)]
pub struct PromisesAsk<'a> {
    /// What the definition says.
    pub definition: &'a PromisesDefinition,
    /// The promises with their versions; empty: those that events name, without anything that is promised.
    pub register: &'a [Promise],
    /// The name of the file of events in reports.
    pub input: &'a str,
    /// A file of complaints, where one is given.
    pub complaints: Option<PromiseComplaintCases<'a>>,
    /// What customers say of the promises.
    pub answers: Vec<PromiseAnswer>,
    /// The other files that were read, for the provenance.
    pub inputs: Vec<Input>,
    /// The day up to whose end the file is complete, where it was asked for; else that of the definition, else the latest
    /// date in the file.
    pub as_of: Option<NaiveDate>,
    /// The period of figures over time: month, quarter or year.
    pub every: Period,
    /// What figures are broken by: of each the segments that are crossed, with the fields of their values.
    pub by: Vec<Vec<SegmentField>>,
    /// The confidence level.
    pub confidence: Confidence,
    /// A base below this is flagged.
    pub flag_below: u64,
    /// A group of fewer events is hidden.
    pub suppress_below: u64,
}

/// Complaints that were read from a file.
#[derive(Clone, Copy, Debug)]
pub struct PromiseComplaintCases<'a> {
    /// The records.
    pub cases: &'a Cases,
    /// Which of them count, with the columns that were read.
    pub definition: &'a ComplaintsDefinition,
    /// The name of the file in reports.
    pub input: &'a str,
}

/// What promises say.
#[derive(Clone, Debug)]
pub struct PromisesFound {
    /// The section.
    pub section: PromisesSection,
    /// The figures.
    pub estimates: Vec<Estimate>,
    /// The account of the records.
    pub ledger: Ledger,
    /// The caveats.
    pub notes: Vec<Note>,
}
