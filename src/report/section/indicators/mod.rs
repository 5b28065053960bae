//! Indicators: what an organisation records anyway, beside what customers say.

mod corroboration;
mod series;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use corroboration::{
    Corroboration, CorroborationReversal, CorroborationRow, LaggedChange, LaggedRank, ReversalGroup,
};
pub use series::{IndicatorChange, IndicatorRecord, IndicatorSeries};

use super::records::{JoinedText, RecordColumn, RecordFault};
use super::trend::Family;

/// Indirect indicators of satisfaction (ISO 10004:2018, 7.3.2) and whether they agree with the scores (7.4.5).
///
/// A figure that does not exist is null and its `reason`, a stable name, says why. An indicator hints at satisfaction and
/// does not measure it: none recorded, such as no complaint, is no sign of satisfaction.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct IndicatorsSection {
    /// The day at whose end a period had to be over to be complete, `YYYY-MM-DD`.
    pub as_of: String,
    /// Where the day is from: `asked`, `report`, the day of the report.
    pub as_of_from: String,
    /// The length of the periods: `day`, `week`, `month`, `quarter`, `half`, `year`; null without any.
    pub every: Option<String>,
    /// The length of the periods in the file, where they were joined to longer ones.
    pub joined_from: Option<String>,
    /// The latest complete period, of which the report speaks.
    pub period: Option<String>,
    /// The number that rates are for, such as 1,000.
    pub per: f64,
    /// The confidence level of all limits, 0 to 1.
    pub confidence: f64,
    /// Records of the file.
    pub records: u64,
    /// Those that count; all others are among `faults` with `left_out`.
    pub used: u64,
    /// Which column was taken for which field.
    pub columns: Vec<RecordColumn>,
    /// Each indicator of all, then of its segments, by name.
    pub series: Vec<IndicatorSeries>,
    /// The families of changes that were tested together (Holm 1979): `previous`, `last_year`, and both of segments.
    pub families: Vec<Family>,
    /// Indicators beside scores.
    pub corroboration: Corroboration,
    /// Texts that differ only in case, blanks or the form of characters, and were joined.
    pub joined: Vec<JoinedText>,
    /// What is odd in the records.
    pub faults: Vec<RecordFault>,
    /// The clauses that the section addresses, each with its standard and edition.
    pub clauses: Vec<String>,
}
