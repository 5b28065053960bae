//! What is worth saying, each tied to a test. The sentences are made by `report::words` in the language of the report.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::priorities::Quadrant;
use super::trend::{ChangeVerdict, WithinMargin};
use crate::report::{Better, TargetVerdict, Unit};

/// What is worth saying, the most important first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FindingsSection {
    /// The findings.
    pub rows: Vec<Finding>,
}

/// One finding with the figures of its sentence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "finding", rename_all = "snake_case")]
pub enum Finding {
    /// A headline against its target.
    Target {
        /// The question's id.
        question: String,
        /// The headline statistic.
        statistic: String,
        /// The unit.
        unit: Unit,
        /// The figure.
        value: Option<f64>,
        /// Its lower limit.
        low: Option<f64>,
        /// Its upper limit.
        high: Option<f64>,
        /// The target.
        target: f64,
        /// The verdict.
        verdict: TargetVerdict,
    },
    /// A headline against the wave before.
    Change {
        /// The question's id.
        question: String,
        /// The headline statistic.
        statistic: String,
        /// The unit.
        unit: Unit,
        /// Which way is good.
        better: Option<Better>,
        /// The wave.
        wave: String,
        /// The wave it is compared with.
        against: String,
        /// The figure now.
        value: f64,
        /// The change.
        change: f64,
        /// Its lower limit.
        low: Option<f64>,
        /// Its upper limit.
        high: Option<f64>,
        /// The adjusted p-value.
        p_adjusted: f64,
        /// The verdict.
        verdict: ChangeVerdict,
        /// The smallest change these bases would have shown four times in five.
        minimum_detectable: Option<f64>,
        /// That it lies within the margin that was given; null where that is not shown.
        #[serde(default)]
        within_margin: Option<WithinMargin>,
        /// Whether mix and within point opposite ways, both clearly (Simpson).
        simpson: bool,
    },
    /// No headline changed clearly against the wave before.
    NothingChanged {
        /// How many headlines were compared.
        compared: u64,
        /// The wave.
        wave: String,
        /// The wave it is compared with.
        against: String,
    },
    /// One headline by the values of one segment.
    Groups {
        /// The question's id.
        question: String,
        /// The headline statistic.
        statistic: String,
        /// The unit.
        unit: Unit,
        /// The segment's id.
        segment: String,
        /// The p-value of the test that all are alike, adjusted over all panels (question by segment) of the report.
        p_adjusted: f64,
        /// How many panels were tested and adjusted together; 0 in reports of versions that did not say.
        #[serde(default)]
        panels: u64,
        /// Whether it is small enough to say that groups differ.
        differs: bool,
        /// The best group; never one with a small base. Null where groups do not differ.
        highest: Option<GroupFigure>,
        /// The worst group; never one with a small base. Null where groups do not differ.
        lowest: Option<GroupFigure>,
        /// The groups that differ from the rest by a p-value adjusted within this panel alone, also where `differs` is
        /// false: the two families may disagree.
        apart: Vec<GroupFigure>,
    },
    /// Perception against expectation.
    Gaps {
        /// How many gaps were tested.
        tested: u64,
        /// The questions whose perception is clearly below expectation, the widest first.
        below: Vec<GroupFigure>,
        /// The questions whose perception is clearly above.
        above: Vec<GroupFigure>,
    },
    /// Attributes that are important and rated below the mean.
    Priorities {
        /// The questions in the quadrant that are settled, worst first.
        settled: Vec<String>,
        /// Those whose quadrant is not settled.
        unsettled: Vec<String>,
        /// The quadrant.
        quadrant: Quadrant,
    },
    /// What comes first among what to improve, where its ranks leave no doubt that it is one of the first two, or among few
    /// attributes the first.
    FirstPriority {
        /// The attribute.
        question: String,
        /// The points that the index weighted by importance lacks because of it.
        missing: f64,
        /// Their lower limit.
        low: f64,
        /// Their upper limit.
        high: f64,
        /// The best rank that the resamples allow.
        rank_low: u64,
        /// The worst.
        rank_high: u64,
        /// How many attributes are ranked.
        ranked: u64,
        /// Where importance comes from: `stated` or `derived`.
        importance_from: String,
    },
    /// The tendency over all waves.
    Tendency {
        /// The question's id.
        question: String,
        /// The headline statistic.
        statistic: String,
        /// The unit.
        unit: Unit,
        /// How many waves.
        waves: u64,
        /// Sen's slope a wave.
        slope: f64,
        /// Its lower limit.
        slope_low: Option<f64>,
        /// Its upper limit.
        slope_high: Option<f64>,
        /// The adjusted p-value.
        p_adjusted: f64,
    },
    /// A wave that a control chart marks.
    Signal {
        /// The question's id.
        question: String,
        /// The headline statistic.
        statistic: String,
        /// The unit.
        unit: Unit,
        /// The wave.
        wave: String,
        /// The figure.
        value: f64,
        /// The rules, comma separated.
        rules: String,
    },
}

/// A group or a question with its figure, as named in a sentence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GroupFigure {
    /// The segment's value, or the question's id.
    pub name: String,
    /// Its figure, or its difference from the rest.
    pub value: f64,
    /// The lower limit.
    pub low: Option<f64>,
    /// The upper limit.
    pub high: Option<f64>,
    /// In how many of the resamples it came first (or last, for the lowest), 0 to 1.
    pub share: Option<f64>,
    /// The adjusted p-value of a difference, within the family of its section.
    #[serde(default)]
    pub p_adjusted: Option<f64>,
}
