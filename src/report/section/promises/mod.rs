//! Promises to customers: what is promised, what was kept, and what followed where it was not.

mod figures;
mod register;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use figures::{PromiseCell, PromiseChart, PromiseFigures, PromiseOvershoot, PromiseRemedies};
pub use register::{PromiseRow, PromiseState, PromiseVersion};

use super::records::{JoinedText, LeftOut, RecordColumn, RecordFault, RecordSegment};
use crate::report::Unit;

/// Promises and whether they were kept (ISO 10001:2018, 6.5, 8.2 and 8.3).
///
/// Shares are percentages, 0 to 100. A figure that does not exist is null and its `reason`, a stable name, says why. A
/// promise without events was never tested: it has no share, and none is not 100 %. Few complaints are no sign of
/// satisfaction.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct PromisesSection {
    /// The day at whose end events were looked at, `YYYY-MM-DD`.
    pub as_of: String,
    /// Where the day is from: `asked`, `definition` or `last_event`, the latest date in the file.
    pub as_of_from: String,
    /// The period of figures over time: `month`, `quarter` or `year`.
    pub every: String,
    /// The confidence level of all limits, 0 to 1.
    pub confidence: f64,
    /// What was counted and what was not.
    pub counted: PromisesCounted,
    /// Which column was taken for which field.
    pub columns: Vec<RecordColumn>,
    /// What the figures are broken by.
    pub segments: Vec<RecordSegment>,
    /// All promises together.
    pub total: PromiseFigures,
    /// The promises in the order of the register.
    pub promises: Vec<PromiseRow>,
    /// Their versions, in that order and from the earliest to the latest.
    pub versions: Vec<PromiseVersion>,
    /// The periods from that of the first event to that of `as_of`: all promises, then each.
    pub periods: Vec<PromiseCell>,
    /// The groups: all promises, then each of which the group has events.
    pub groups: Vec<PromiseCell>,
    /// The share that was kept, over the periods: of all promises, then of each that has events.
    pub charts: Vec<PromiseChart>,
    /// What customers say of the promises in the survey; empty where nobody was asked.
    pub answers: Vec<PromiseAnswer>,
    /// Where complaints are from; null where none are known.
    pub complaints: Option<PromiseComplaints>,
    /// Texts that differ only in case, blanks or the form of characters, and were joined.
    pub joined: Vec<JoinedText>,
    /// What is odd in the records; they are counted where that is possible.
    pub faults: Vec<RecordFault>,
    /// The clauses that the section addresses, each with its standard and edition.
    pub clauses: Vec<String>,
}

/// What was counted and what was not. `records` is `events` and all of `left_out`; `events` is `judged` and `not_judged`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct PromisesCounted {
    /// Records that were read as events.
    pub records: u64,
    /// Those that count: of a promise, on a day on which it held.
    pub events: u64,
    /// Events of which it is known whether the promise was kept.
    pub judged: u64,
    /// Events of which neither a value nor yes or no tells it.
    pub not_judged: u64,
    /// Records that do not count, by reason and text; no entry is 0.
    pub left_out: Vec<LeftOut>,
    /// Whether a register says what is promised; else the promises are those that events name.
    pub declared: bool,
    /// The earliest day of an event that counts, `YYYY-MM-DD`.
    pub first_event: Option<String>,
    /// The latest.
    pub last_event: Option<String>,
}

/// What customers say of the promises.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PromiseAnswer {
    /// What: `awareness`, the share that knows them, or `satisfaction`.
    pub statistic: String,
    /// The id of the question.
    pub question: String,
    /// Its text.
    pub text: String,
    /// What the figure is of the answers: `top_box`, `nps`, `share:…`.
    pub of: String,
    /// The wave of the survey; null where it has none.
    pub wave: Option<String>,
    /// The unit.
    pub unit: Unit,
    /// The figure; null where nobody answered.
    pub value: Option<f64>,
    /// The lower limit.
    pub low: Option<f64>,
    /// The upper limit.
    pub high: Option<f64>,
    /// Answers.
    pub base: Option<u64>,
    /// The interval method.
    pub method: Option<String>,
}

/// Where complaints about promises are from.
///
/// `records` is `about`, `about_none`, `unknown_promise` and `outside`, where they are from a file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct PromiseComplaints {
    /// How they are known: `events`, by the events that led to them; `complaints`, by the promise that they name;
    /// `both`, by a file whose complaints are tied to events.
    pub by: String,
    /// The name of the file; null where events tell.
    pub input: Option<String>,
    /// The complaints that the file has.
    pub records: Option<u64>,
    /// Complaints about a promise, each once.
    pub about: u64,
    /// Complaints that name no promise and are tied to none.
    pub about_none: Option<u64>,
    /// Complaints that name a promise that is not in the register.
    pub unknown_promise: Option<u64>,
    /// Complaints before the first period or after `as_of`.
    pub outside: Option<u64>,
    /// The categories that say that a promise was misunderstood, as declared.
    pub misunderstood: Vec<String>,
}
