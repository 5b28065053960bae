//! What to improve first: performance beside importance (Martilla and James 1977), and one list in order.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::drivers::DriversCaution;
use super::trend::ChangeVerdict;
use crate::report::{Better, Unit};

/// Performance beside importance, for all respondents of the wave shown, and what to improve in order.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PrioritiesSection {
    /// The wave; null without waves and for the pooled total.
    pub wave: Option<String>,
    /// Where importance comes from: `stated` by respondents, or `derived` from the drivers of an outcome where nobody was
    /// asked.
    pub importance_from: String,
    /// The outcome whose drivers importance is derived from; null where it is stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
    /// Where the lines stand that part the quadrants: `means`, `medians`, `midpoint` or `target`.
    pub crosshair: String,
    /// What was drawn to tell how sure quadrants are: `respondents`, `answers` of each question by itself, or of very many
    /// respondents `groups` that were left out in turn; written only where something was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resampled: Option<String>,
    /// The line of performance, index 0 to 100.
    pub performance_line: f64,
    /// The line of importance: index 0 to 100 where it is stated, percent of R² where it is derived.
    pub importance_line: f64,
    /// The index of the ranked attributes, 0 to 100: the mean of their performances weighted by importance. Null where
    /// nothing is ranked.
    #[serde(default)]
    pub weighted_index: Option<f64>,
    /// What it lacks to 100: the points missing of all rows together.
    #[serde(default)]
    pub missing: Option<f64>,
    /// How many places at the head of the list `leading_share` is about: 3, or 1 where fewer than six are ranked.
    #[serde(default)]
    pub leading: Option<u64>,
    /// Whether everybody of a known population answered: nothing is estimated, ranks are exact and nothing has limits.
    #[serde(default)]
    pub census: bool,
    /// Whether rows were drawn by strata or clusters, which limits and ranks do not know of: then nothing is settled.
    #[serde(default)]
    pub ignores_design: bool,
    /// Whether all are equally important or all are rated alike, so that lines through their middle part nothing: then
    /// nobody is in a quadrant.
    #[serde(default)]
    pub alike: bool,
    /// What makes derived importance doubtful altogether.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cautions: Vec<DriversCaution>,
    /// One row an attribute: those that are ranked in order of rank, then the others in written order.
    pub rows: Vec<PriorityRow>,
}

/// One attribute.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PriorityRow {
    /// The question that rates performance, or its perception where it asks for an expectation too; of derived importance
    /// the driver.
    pub question: String,
    /// The question that states importance; null where importance is derived.
    #[serde(default)]
    pub importance_question: Option<String>,
    /// The dimension.
    pub dimension: Option<String>,
    /// Performance, index 0 to 100.
    pub performance: Option<f64>,
    /// Its lower limit.
    pub performance_low: Option<f64>,
    /// Its upper limit.
    pub performance_high: Option<f64>,
    /// Importance: index 0 to 100 where it is stated, percent of R² (LMG) where it is derived.
    pub importance: Option<f64>,
    /// Its lower limit.
    pub importance_low: Option<f64>,
    /// Its upper limit.
    pub importance_high: Option<f64>,
    /// Importance less performance: above 0 it lies above the iso-priority line, on which both are the same. Null where
    /// importance is derived: its unit is another.
    #[serde(default)]
    pub deficit: Option<f64>,
    /// The lower limit of the deficit, by resampling.
    #[serde(default)]
    pub deficit_low: Option<f64>,
    /// The upper limit.
    #[serde(default)]
    pub deficit_high: Option<f64>,
    /// The quadrant.
    pub quadrant: Option<Quadrant>,
    /// In how many of the resamples it fell into that quadrant, 0 to 1; below 0.8 it is unsettled. Null with a
    /// small base, and where nothing can be settled: answers drawn by themselves, a design, importance of chance.
    pub quadrant_probability: Option<f64>,
    /// Whether one of the bases is small.
    pub small_base: bool,
    /// Its place in the list of what to improve, 1 is the first: the most points missing, then the lower performance, then
    /// the id. Null where it is not ranked.
    #[serde(default)]
    pub rank: Option<u64>,
    /// The best rank that the differences between attributes leave open: one after all that are clearly before it.
    #[serde(default)]
    pub rank_low: Option<u64>,
    /// The worst: one before all that are clearly behind it.
    #[serde(default)]
    pub rank_high: Option<u64>,
    /// Its part of the importances of all that are ranked, 0 to 1.
    #[serde(default)]
    pub weight: Option<f64>,
    /// The points that `weighted_index` lacks to 100 because of it: its weight times 100 less its performance. All rows
    /// together add up to 100 less that index.
    #[serde(default)]
    pub missing: Option<f64>,
    /// The lower limit of the points missing, by resampling.
    #[serde(default)]
    pub missing_low: Option<f64>,
    /// The upper limit.
    #[serde(default)]
    pub missing_high: Option<f64>,
    /// In how many of the resamples it is among the first `leading` of the list, 0 to 1; null with a small base.
    #[serde(default)]
    pub leading_share: Option<f64>,
    /// Whether its ranks from best to worst lie all among the first `leading`, or all behind them; null with a small base,
    /// and where rows were drawn by strata or clusters.
    #[serde(default)]
    pub settled: Option<bool>,
    /// Why it is not ranked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unranked: Option<Unranked>,
    /// Whether its importance is on or above the line.
    #[serde(default)]
    pub important: Option<bool>,
    /// Whether its performance is below the line.
    #[serde(default)]
    pub low_rated: Option<bool>,
    /// Perception against expectation, where it is a pair or the perception of one.
    #[serde(default)]
    pub gap: Option<PriorityGap>,
    /// How its headline moved since the wave before.
    #[serde(default)]
    pub change: Option<PriorityChange>,
}

/// Why an attribute has no place in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Unranked {
    /// Performance or importance has no figure on its scale.
    NoFigure,
    /// Its correlation with the outcome is clearly below 0 (the upper limit is): whoever rates it higher rates the outcome lower, so that improving it
    /// may be the wrong way.
    OppositeSign,
    /// It is the only one, or nothing is important at all.
    NothingBeside,
}

/// Perception less expectation of an attribute.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PriorityGap {
    /// The gap question.
    pub question: String,
    /// The gap, in points of its scale.
    pub value: f64,
    /// Its lower limit.
    pub low: Option<f64>,
    /// Its upper limit.
    pub high: Option<f64>,
    /// The p-value adjusted as the gaps are.
    pub p_adjusted: Option<f64>,
    /// Whether it is clearly short of what is expected; never with a small base.
    pub short: bool,
}

/// The change of an attribute's headline since the wave before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PriorityChange {
    /// The headline statistic.
    pub statistic: String,
    /// The unit of the headline; changes of percentages are in points.
    pub unit: Unit,
    /// Which way is good.
    pub better: Option<Better>,
    /// The wave before.
    pub against: String,
    /// The change.
    pub value: f64,
    /// Its lower limit.
    pub low: Option<f64>,
    /// Its upper limit.
    pub high: Option<f64>,
    /// The p-value adjusted over all headlines.
    pub p_adjusted: Option<f64>,
    /// What it says; null where it was not tested.
    pub verdict: Option<ChangeVerdict>,
}

/// The quadrants of importance and performance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Quadrant {
    /// Important and below the line.
    ConcentrateHere,
    /// Important and above the line.
    KeepUpTheGoodWork,
    /// Less important and below the line.
    LowPriority,
    /// Less important and above the line.
    PossibleOverkill,
}

impl Quadrant {
    /// Whether it is on or above the line of importance.
    pub fn is_important(self) -> bool {
        matches!(self, Self::ConcentrateHere | Self::KeepUpTheGoodWork)
    }

    /// Whether it is below the line of performance.
    pub fn is_low_rated(self) -> bool {
        matches!(self, Self::ConcentrateHere | Self::LowPriority)
    }
}
