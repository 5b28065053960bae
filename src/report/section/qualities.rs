//! What stands beside the gap of a question: the zone of tolerance, direct questions, the four qualities, the staff.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::report::Flag;

/// A mean with its limits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Estimated {
    /// The mean; null without answers.
    pub value: Option<f64>,
    /// The lower limit.
    pub low: Option<f64>,
    /// The upper limit.
    pub high: Option<f64>,
}

/// The zone of tolerance of one question: between what would just do and what is desired (Zeithaml, Berry and
/// Parasuraman 1993).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ToleranceRow {
    /// The question's id.
    pub question: String,
    /// Respondents who gave all three answers; null where it is hidden.
    pub base: Option<u64>,
    /// Their mean of what would just do.
    pub adequate: Option<f64>,
    /// Their mean of what is desired: the expectation.
    pub desired: Option<f64>,
    /// Their mean perception.
    pub perceived: Option<f64>,
    /// Perceived less adequate.
    pub adequacy: Estimated,
    /// Perceived less desired.
    pub superiority: Estimated,
    /// Desired less adequate: how wide the zone is.
    pub width: Estimated,
    /// The share who perceive less than would just do.
    pub below: Estimated,
    /// The share who perceive what lies in their zone, its ends included.
    pub inside: Estimated,
    /// The share who perceive more than they desire.
    pub above: Estimated,
    /// Respondents whose desired is below their adequate: they have no zone, and count in no share.
    pub contradictory: Option<u64>,
    /// Why there is no figure, or `small_base`.
    pub flag: Option<Flag>,
}

/// The answers to a question that asks directly how the service was against what was expected.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DisconfirmationRow {
    /// The question's id.
    pub question: String,
    /// Its dimension.
    pub dimension: Option<String>,
    /// Who answered; null where it is hidden.
    pub base: Option<u64>,
    /// The share who found it worse than expected.
    pub negative: Estimated,
    /// The share who found it as expected.
    pub confirmed: Estimated,
    /// The share who found it better.
    pub positive: Estimated,
    /// How the limits were found.
    pub method: String,
    /// Positive less negative, from -1 to 1.
    pub balance: Estimated,
    /// Among those who found it better or worse, the share who found it better: 0.5 where both are as frequent.
    pub asymmetry: Estimated,
    /// The p-value that better and worse are as frequent (McNemar's exact test of the two).
    pub p: Option<f64>,
    /// Why there is no figure, or `small_base`.
    pub flag: Option<Flag>,
}

/// The four qualities of the conceptual model of ISO 10004:2018, of one characteristic, on the question's scale.
///
/// The components add up: planning + delivery + communication = perceived - expected.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct QualityRow {
    /// The question's id.
    pub question: String,
    /// Who answered what they expect and perceive.
    pub base: u64,
    /// What customers expect.
    pub expected: Option<f64>,
    /// What the organisation plans to deliver.
    pub planned: Option<f64>,
    /// What it delivers by its own measurement.
    pub delivered: Option<f64>,
    /// What customers perceive.
    pub perceived: Option<f64>,
    /// Planned less expected: whether expectations are understood.
    pub planning: Option<f64>,
    /// Delivered less planned: whether it is done as planned.
    pub delivery: Option<f64>,
    /// Perceived less delivered: whether customers see what is done.
    pub communication: Option<f64>,
    /// Perceived less expected.
    pub gap: Option<f64>,
    /// Its lower limit.
    pub gap_low: Option<f64>,
    /// Its upper limit.
    pub gap_high: Option<f64>,
    /// Where to act: the component that is furthest below 0; null where none is, or one is not known.
    pub act_on: Option<QualityGap>,
}

/// Where quality is lost between what is expected and what is perceived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum QualityGap {
    /// Less is planned than is expected.
    Planning,
    /// Less is delivered than is planned.
    Delivery,
    /// Less is perceived than is delivered.
    Communication,
}

impl QualityGap {
    /// The name in the report.
    pub fn name(self) -> &'static str {
        match self {
            Self::Planning => "planning",
            Self::Delivery => "delivery",
            Self::Communication => "communication",
        }
    }
}

/// What the staff think customers expect and perceive, against what customers say.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StaffView {
    /// The file of their answers.
    pub file: String,
    /// Their rows.
    pub rows_used: u64,
    /// One row a gap question and form (`expectation`, `perception`).
    pub rows: Vec<StaffRow>,
}

/// One form of one question: what the staff think, less what customers say.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StaffRow {
    /// The question's id.
    pub question: String,
    /// `expectation` or `perception`.
    pub form: String,
    /// Customers who answered both forms.
    pub base: u64,
    /// Staff who answered both.
    pub staff_base: u64,
    /// What customers say.
    pub customers: Option<f64>,
    /// What the staff think that they say.
    pub staff: Option<f64>,
    /// Staff less customers: above 0 where the staff think more of it than customers say.
    pub difference: Estimated,
    /// Welch's t.
    pub t: Option<f64>,
    /// Its degrees of freedom.
    pub df: Option<f64>,
    /// Its p-value.
    pub p: Option<f64>,
    /// Adjusted over all rows, as the section says.
    pub p_adjusted: Option<f64>,
}
