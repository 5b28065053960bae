//! What was counted, from which columns, and what was odd.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::records::LeftOut;

/// What was counted and what was not. `records` is `complaints` and all of `left_out`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ComplaintsCounted {
    /// Records that were read as cases.
    pub records: u64,
    /// Those that count as complaints.
    pub complaints: u64,
    /// Complaints that are finished.
    pub closed: u64,
    /// Complaints that are not.
    pub open: u64,
    /// Complaints of which neither a status nor a date says whether they are finished.
    pub unknown: u64,
    /// Records that do not count, by reason and text; no entry is 0.
    pub left_out: Vec<LeftOut>,
    /// Whether any record said what kind of record it is.
    pub kinds_known: bool,
    /// The earliest day of receipt among complaints, `YYYY-MM-DD`.
    pub first_received: Option<String>,
    /// The latest.
    pub last_received: Option<String>,
}
