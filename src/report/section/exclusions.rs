//! The scores beside what they would be with the rows that the definition leaves out.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::report::{Flag, Unit};

/// Rows that `[exclude]` leaves out, and each headline with them, for all respondents of the wave shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ExclusionsSection {
    /// The wave; null without waves and for the pooled total.
    pub wave: Option<String>,
    /// Rows left out of the inputs by reason, all waves together: as in the ledger, where conditions are one reason
    /// whatever their labels.
    pub reasons: Vec<ExclusionReason>,
    /// How many of them would count for the wave shown; null where they could not be counted.
    pub left_out: Option<u64>,
    /// One row a question with a headline, in written order.
    pub rows: Vec<ExclusionRow>,
}

/// Rows left out for one reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ExclusionReason {
    /// `partial`, `excluded` or `duplicate_id`.
    pub reason: String,
    /// The reason of a condition in the words of the definition; written only where it gives one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// How many.
    pub rows: u64,
}

/// One headline as the report has it, and with all rows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ExclusionRow {
    /// The question's id.
    pub question: String,
    /// The headline statistic.
    pub statistic: String,
    /// The unit of the values and of the difference.
    pub unit: Unit,
    /// The figure, as among the estimates.
    pub value: Option<f64>,
    /// How many answered.
    pub base: Option<u64>,
    /// The figure with the rows left out.
    pub value_all: Option<f64>,
    /// How many answered then.
    pub base_all: Option<u64>,
    /// `value` less `value_all`.
    pub difference: Option<f64>,
    /// Why the figure with all rows is null: `suppressed` where too few answers were left out.
    pub flag: Option<Flag>,
}
