//! Figures of a promise: kept, beyond the target, made good, complained about.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::report::section::records::PeriodChart;
use crate::report::{Flag, TargetVerdict};

/// The figures of a promise, or of all, in a group or a period.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct PromiseFigures {
    /// Events; null where they are hidden.
    pub events: Option<u64>,
    /// Events that were judged: the base of the share.
    pub judged: Option<u64>,
    /// Of those the ones that kept the promise.
    pub kept: Option<u64>,
    /// Kept of those judged, in percent.
    pub kept_share: Option<f64>,
    /// The lower limit (Wilson 1927).
    pub low: Option<f64>,
    /// The upper limit.
    pub high: Option<f64>,
    /// The organisation's own target for the share; null where it set none.
    pub target: Option<f64>,
    /// Whether the target is met.
    pub target_verdict: Option<TargetVerdict>,
    /// What is to be known about the share or its absence.
    pub flag: Option<Flag>,
    /// Why there is no share: `no_events`, `nothing_judged`, `suppressed`.
    pub reason: Option<String>,
    /// How far breaches go beyond the target; null where no value can be set against one.
    pub overshoot: Option<PromiseOvershoot>,
    /// What was due and what was given; null without a column for it.
    pub remedies: Option<PromiseRemedies>,
    /// Complaints; null where they are not known.
    pub complaints: Option<u64>,
    /// Complaints for each thousand events.
    pub complaints_per_1000: Option<f64>,
    /// The lower limit, exact for a Poisson count (Garwood 1936).
    pub complaints_low: Option<f64>,
    /// The upper limit.
    pub complaints_high: Option<f64>,
    /// Complaints with a category: the base of the share misunderstood; null where none is declared.
    pub misunderstood_base: Option<u64>,
    /// Complaints whose category says that the promise was misunderstood.
    pub misunderstood: Option<u64>,
    /// Their percentage.
    pub misunderstood_share: Option<f64>,
    /// The lower limit.
    pub misunderstood_low: Option<f64>,
    /// The upper limit.
    pub misunderstood_high: Option<f64>,
}

/// How far breaches go beyond the target, in the unit of the promise.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct PromiseOvershoot {
    /// Breaches with a value: the base.
    pub base: u64,
    /// Breaches that only yes and no tell of.
    pub without: u64,
    /// The unit; null where it is not declared.
    pub unit: Option<String>,
    /// The mean.
    pub mean: Option<f64>,
    /// The lower limit of the mean (Student's t), 0 or more.
    pub mean_low: Option<f64>,
    /// The upper limit.
    pub mean_high: Option<f64>,
    /// The standard error of the mean.
    pub mean_se: Option<f64>,
    /// The median.
    pub median: Option<f64>,
    /// The 90th percentile.
    pub p90: Option<f64>,
    /// The largest.
    pub largest: Option<f64>,
    /// Why there is no figure, or no interval: `no_breaches`, `mixed_units`, `single_breach`, `no_variation`.
    pub reason: Option<String>,
}

/// What was due to customers, and what they were given.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct PromiseRemedies {
    /// Events with a remedy due: the base.
    pub due: u64,
    /// Of those the ones that were given all of it.
    pub honoured: Option<u64>,
    /// Of those the ones that were given a part of it.
    pub partly: Option<u64>,
    /// Honoured of those due, in percent.
    pub share: Option<f64>,
    /// The lower limit (Wilson 1927).
    pub low: Option<f64>,
    /// The upper limit.
    pub high: Option<f64>,
    /// The sum due; null where only yes and no are known.
    pub amount_due: Option<f64>,
    /// The sum given where something was due.
    pub amount_paid: Option<f64>,
    /// Why there is no share: `none_due`, `no_column`.
    pub reason: Option<String>,
}

/// The figures of a promise in one period or one group.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct PromiseCell {
    /// The id of the promise; null for all together.
    pub promise: Option<String>,
    /// The period; null for a group.
    pub period: Option<String>,
    /// Whether the period ended by `as_of`.
    pub complete: Option<bool>,
    /// The group by segment id; empty for a period.
    pub segment: IndexMap<String, String>,
    /// The figures.
    pub figures: PromiseFigures,
}

/// The share that was kept from period to period.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct PromiseChart {
    /// The id of the promise; null for all together.
    pub promise: Option<String>,
    /// The chart.
    pub chart: PeriodChart,
}
