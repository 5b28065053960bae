//! Two sides set against each other: files, waves, or groups of respondents.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{ChangeVerdict, Family, Untested, WithinMargin};
use crate::report::{Better, Flag, Unit};

/// Two sides set against each other; every difference is b less a.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ComparisonSection {
    /// What is compared with.
    pub side_a: ComparedSide,
    /// What is compared.
    pub side_b: ComparedSide,
    /// The confidence level of the limits, 0 to 1.
    pub confidence: f64,
    /// How large a difference may be and still count as about equal, in the unit of each figure; null where none was given.
    pub margin: Option<f64>,
    /// How respondents were paired; null where both sides are taken as independent samples.
    pub paired: Option<ComparedPairs>,
    /// The families over which p-values were adjusted: the headlines, and (only where asked for) all other statistics.
    pub families: Vec<Family>,
    /// The figures in written order.
    pub rows: Vec<ComparisonRow>,
    /// Questions that stand on one side only, or were asked differently.
    pub not_compared: Vec<NotCompared>,
    /// Where the whole moves one way and its groups the other.
    pub simpson: Vec<Reversal>,
}

/// One side.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ComparedSide {
    /// What it is called: its file, its wave, its condition, or `rest`.
    pub label: String,
    /// The condition that its rows meet; null for whole files and waves.
    pub condition: Option<String>,
    /// Whether it is everybody who is not on the other side.
    pub rest: bool,
    /// Its wave, where waves are declared.
    pub wave: Option<String>,
    /// The names of its files.
    pub files: Vec<String>,
    /// How many rows are used; null where so few are hidden.
    pub rows_used: Option<u64>,
    /// The weight column, where one was used.
    pub weight: Option<String>,
    /// Whether it was taken from a saved report.
    pub saved: bool,
}

/// How respondents were paired. Rows of both sides that are not in a pair are counted here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ComparedPairs {
    /// The column of the id.
    pub column: String,
    /// Ids that stand once on either side.
    pub pairs: u64,
    /// Ids on side a alone.
    pub only_a: u64,
    /// Ids on side b alone.
    pub only_b: u64,
    /// Ids that stand more than once on side a; they are in no pair.
    pub repeated_a: u64,
    /// Ids that stand more than once on side b; they are in no pair.
    pub repeated_b: u64,
    /// Rows of side a without an id.
    pub no_id_a: u64,
    /// Rows of side b without an id.
    pub no_id_b: u64,
    /// Pairs whose weights differ between the sides; they count with the mean of both.
    pub unequal_weights: u64,
}

/// One figure on both sides. What does not exist is null.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ComparisonRow {
    /// The question's id.
    pub question: String,
    /// The statistic.
    pub statistic: String,
    /// Whether it is the question's headline.
    pub headline: bool,
    /// The unit of the figures; differences of percentages are in points.
    pub unit: Unit,
    /// Which way is good.
    pub better: Option<Better>,
    /// The figure of side a; of pairs, among those who answered on both sides.
    pub a: Option<f64>,
    /// Its lower limit.
    pub a_low: Option<f64>,
    /// Its upper limit.
    pub a_high: Option<f64>,
    /// The figure of side b.
    pub b: Option<f64>,
    /// Its lower limit.
    pub b_low: Option<f64>,
    /// Its upper limit.
    pub b_high: Option<f64>,
    /// How many answered on side a; of pairs, on both sides.
    pub base_a: Option<u64>,
    /// How many answered on side b; of pairs, on both sides.
    pub base_b: Option<u64>,
    /// The n that the interval of a used.
    pub base_effective_a: Option<f64>,
    /// The n that the interval of b used.
    pub base_effective_b: Option<f64>,
    /// What is to be known about a.
    pub flag_a: Option<Flag>,
    /// What is to be known about b.
    pub flag_b: Option<Flag>,
    /// b less a.
    pub difference: Option<f64>,
    /// Its lower limit (unadjusted).
    pub low: Option<f64>,
    /// Its upper limit (unadjusted).
    pub high: Option<f64>,
    /// The p-value that there is no difference.
    pub p: Option<f64>,
    /// Adjusted over its family.
    pub p_adjusted: Option<f64>,
    /// Why there is no p-value although there is a difference; null where there is one.
    pub untested: Option<Untested>,
    /// How many tests were adjusted together with this one.
    pub family_size: Option<u64>,
    /// The method of interval and test.
    pub method: Option<String>,
    /// The smallest difference that these bases would have shown four times in five, for one comparison by itself (a
    /// design figure, never evidence that there is none).
    pub minimum_detectable: Option<f64>,
    /// The same at the level that the strictest step of the adjustment asks for.
    pub minimum_detectable_adjusted: Option<f64>,
    /// That the difference lies within the margin that was given, also where it is clear.
    pub within_margin: Option<WithinMargin>,
    /// What the adjusted p-value says.
    pub verdict: Option<ChangeVerdict>,
}

/// A question that is not compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NotCompared {
    /// The question's id.
    pub question: String,
    /// Why.
    pub reason: NotComparedReason,
    /// What changed in the asking: wording, scale, options and the like; empty for questions of one side.
    pub changed: Vec<String>,
}

/// Why a question is not compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NotComparedReason {
    /// It stands on side a alone.
    OnlyA,
    /// It stands on side b alone.
    OnlyB,
    /// It was asked differently.
    AskedDifferently,
}

/// A headline whose whole moves one way and whose groups, on the whole, move the other: who answered made the difference.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Reversal {
    /// The question's id.
    pub question: String,
    /// The headline statistic.
    pub statistic: String,
    /// The segment.
    pub segment: String,
    /// The whole difference.
    pub difference: f64,
    /// Its lower limit.
    pub low: f64,
    /// Its upper limit.
    pub high: f64,
    /// The part of the difference within the groups.
    pub within: f64,
    /// Its lower limit.
    pub within_low: f64,
    /// Its upper limit.
    pub within_high: f64,
    /// The part that comes from who answered.
    pub mix: f64,
}
