//! From which columns records were read, and what was odd in them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::report::LedgerPlace;

/// Records that do not count, for one reason.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct LeftOut {
    /// The reason: `no_received_date`, `received_after_as_of`, `left_out_status`, `not_a_complaint`; of disputes
    /// `no_referred_date`, `referred_after_as_of`.
    pub reason: String,
    /// The status or the kind that is the reason; null where it is none of them.
    pub text: Option<String>,
    /// How many records.
    pub records: u64,
    /// The first five.
    pub places: Vec<LedgerPlace>,
}

/// Which column was taken for a field.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct RecordColumn {
    /// The field, as its key in the definition; of a segment its id.
    pub field: String,
    /// The column.
    pub column: String,
    /// Whether it was guessed from its name and values.
    pub guessed: bool,
    /// The columns that could have been taken as well.
    pub also_possible: Vec<String>,
    /// Cells with a value.
    pub filled: u64,
    /// Cells without any.
    pub blank: u64,
    /// Cells that hold something else.
    pub unreadable: u64,
    /// For dates whether they have a time of day: `days` or `moments`; null for other fields.
    pub precision: Option<String>,
    /// For dates whether the day comes first: `day_first` or `month_first`; null where nothing depends on it.
    pub order: Option<String>,
}

/// A status of the file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct RecordStatus {
    /// Its text.
    pub status: String,
    /// How many records have it.
    pub records: u64,
    /// What it was taken for: `open`, `closed`, `left_out`, of disputes an outcome or `undecided`; null where nothing says,
    /// and dates decide.
    pub state: Option<String>,
    /// Whether the definition lists it; else its words were known.
    pub declared: bool,
    /// Whether it says that the case was passed on.
    pub escalated: bool,
}

/// What figures are broken by.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct RecordSegment {
    /// Its id.
    pub id: String,
    /// The column.
    pub column: String,
    /// Its values in order; of those that are hidden the names stay.
    pub values: Vec<String>,
    /// Records without a value, which are in no group; null where that is hidden.
    pub without: Option<u64>,
}

/// A text that is written in several ways.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct JoinedText {
    /// The field.
    pub field: String,
    /// The way that was kept, which is the most frequent.
    pub kept: String,
    /// The other ways with their cells.
    pub variants: Vec<(String, u64)>,
}

/// Something odd in records.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct RecordFault {
    /// What: `closed_before_received`, `acknowledged_before_received`, `responded_before_received`,
    /// `decided_before_received`, `due_before_received`, `open_with_close_date`, `closed_without_date`, `ended_after_as_of`,
    /// `negative_cost`, `undeclared_status`, `unknown_outcome`, `unknown_severity`, `satisfaction_out_of_range`,
    /// `unreadable`, `out_of_reach`, `month_only`, `repeated_id`, `repeated_record`, `dates_in_two_shapes`; of disputes
    /// also `notice_before_referred`, `responded_before_notice`, `decided_before_referred`, `closed_before_referred`,
    /// `implemented_before_decided`, `open_with_outcome_date`, `outcome_without_date`, `date_without_outcome`,
    /// `awarded_above_claimed`, `unknown_complaint`, `unknown_internal_outcome`.
    pub code: String,
    /// The field it is about.
    pub field: Option<String>,
    /// How many records.
    pub records: u64,
    /// What became of them: `counted_without_time`, `counted_as_open`, `counted_as_closed`, `left_out`, `cell_left_out`,
    /// `counted`.
    pub treatment: String,
    /// The first five.
    pub places: Vec<LedgerPlace>,
    /// The texts that stand there, where they may be shown: for each place, or of statuses and the like each text once.
    pub texts: Vec<String>,
}
