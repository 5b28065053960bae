//! Targets and limits that were judged.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::report::{Note, NoteSeverity, Unit};

/// Targets and limits that were judged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GatesSection {
    /// Whether `cannot_tell` and small bases fail too.
    pub strict: bool,
    /// The chance that one gate that is judged by an interval fails although its limit is kept: the part of samples
    /// whose interval misses the true figure on that side.
    pub error_rate: f64,
    /// At most the chance that any of those gates fails by chance; null without such a gate.
    #[serde(default)]
    pub error_rate_any: Option<f64>,
    /// The gates in written order.
    pub rows: Vec<GateRow>,
}

/// One gate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GateRow {
    /// The gate as written, such as `recommend.low < 20`, or `overall.target 80`.
    pub gate: String,
    /// A name of its own, where the definition gives one.
    pub name: Option<String>,
    /// The question's id.
    pub question: String,
    /// What the question is called, where the definition says it.
    #[serde(default)]
    pub label: Option<String>,
    /// The statistic.
    pub statistic: String,
    /// What of it is looked at: value, low, high, base, change.
    pub of: String,
    /// The segment values it is about; empty for all.
    pub segment: IndexMap<String, String>,
    /// The wave.
    pub wave: Option<String>,
    /// The wave of a change.
    pub against: Option<String>,
    /// How it is compared, for a limit.
    pub comparison: Option<GateComparison>,
    /// The limit or the target.
    pub limit: f64,
    /// What was found.
    pub found: Option<f64>,
    /// The unit.
    pub unit: Unit,
    /// The figure's value.
    pub value: Option<f64>,
    /// Its lower limit.
    pub low: Option<f64>,
    /// Its upper limit.
    pub high: Option<f64>,
    /// Its base.
    pub base: Option<u64>,
    /// The lower limit of the change, for gates on a change; its value is `found`.
    #[serde(default)]
    pub change_low: Option<f64>,
    /// The upper limit of the change.
    #[serde(default)]
    pub change_high: Option<f64>,
    /// The chance that the gate fails where the true figure is exactly at its limit; null where chance has no part.
    #[serde(default)]
    pub error_rate: Option<f64>,
    /// The outcome.
    pub outcome: GateOutcome,
    /// Whether the outcome fails the run.
    pub fails: bool,
    /// Why it could not be judged, or what weakens the outcome.
    #[serde(default)]
    pub reason: Option<String>,
    /// The stable name of the reason, by which it is said in other languages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason_code: Option<String>,
    /// What the reason says of this gate, by name.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub reason_values: IndexMap<String, String>,
}

impl GateRow {
    /// Says why the gate could not be judged, or what weakens its outcome.
    pub(crate) fn because(&mut self, reason: Note) {
        self.reason = Some(reason.text);
        self.reason_code = Some(reason.code);
        self.reason_values = reason.values;
    }

    /// The reason as a note, which can be said in each language.
    pub(crate) fn reason_note(&self) -> Option<Note> {
        Some(Note {
            code: self.reason_code.clone().unwrap_or_default(),
            severity: NoteSeverity::Info,
            text: self.reason.clone()?,
            about: None,
            values: self.reason_values.clone(),
        })
    }

    /// Whether it is about a change.
    pub(crate) fn is_change(&self) -> bool {
        self.of == "change"
    }

    /// Whether it is the target of a headline.
    pub(crate) fn is_target(&self) -> bool {
        self.comparison.is_none() && !self.is_change()
    }
}

impl GatesSection {
    /// Whether any gate fails the run.
    pub fn failed(&self) -> bool {
        self.rows.iter().any(|row| row.fails)
    }
}

/// How a figure is compared with a limit; the gate fails where it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum GateComparison {
    /// Below.
    #[serde(rename = "<")]
    Below,
    /// At or below.
    #[serde(rename = "<=")]
    AtMost,
    /// Above.
    #[serde(rename = ">")]
    Above,
    /// At or above.
    #[serde(rename = ">=")]
    AtLeast,
}

/// The outcome of a gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum GateOutcome {
    /// Kept.
    Passed,
    /// Broken.
    Failed,
    /// The interval holds the limit.
    CannotTell,
    /// The base is below `flag_below`; for an allowed drop, of either wave.
    SmallBase,
    /// There is no figure: no answers, hidden, no wave to compare with.
    NoFigure,
}
