//! One figure with everything that belongs to it.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One figure: a statistic of one question in one stratum. Never a bare number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Estimate {
    /// The question's id.
    pub question: String,
    /// What the question measures: csat, nps, ces, rating, gap, importance, choice, multi, number, checklist.
    pub measure: String,
    /// The statistic: top_box, mean, index, bottom_box, net, nps, promoters, passives, detractors,
    /// expectation, perception, gap, median, or `share:<code>`.
    pub statistic: String,
    /// Whether this is the question's headline figure.
    pub headline: bool,
    /// The segment values of the stratum by segment id; empty for all.
    pub segment: IndexMap<String, String>,
    /// The wave; null without waves and for the pooled total.
    pub wave: Option<String>,
    /// The figure, or null when it does not exist or is hidden; `flag` then says why.
    pub value: Option<f64>,
    /// The unit of value, se and limits.
    pub unit: Unit,
    /// Which way is good; null when neither is.
    pub better: Option<Better>,
    /// The standard error in the same unit.
    pub se: Option<f64>,
    /// The lower limit of the interval.
    pub low: Option<f64>,
    /// The upper limit of the interval.
    pub high: Option<f64>,
    /// The confidence level, 0 to 1.
    pub confidence: f64,
    /// The interval method, such as `wilson`; `, extended` when the limits were widened to contain the figure.
    pub method: Option<String>,
    /// How many answered.
    pub base: Option<u64>,
    /// The sum of their weights; the base without weights.
    pub base_weighted: Option<f64>,
    /// The n that the interval used.
    pub base_effective: Option<f64>,
    /// Kish's effective base, (sum of w)^2 / sum of w^2; null without weights.
    pub base_kish: Option<f64>,
    /// Kish's design effect; null without weights.
    pub design_effect_kish: Option<f64>,
    /// What is to be known about the figure or its absence.
    pub flag: Option<Flag>,
    /// The target in the figure's unit.
    pub target: Option<f64>,
    /// Whether the target is met.
    pub target_verdict: Option<TargetVerdict>,
}

/// The unit of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// 0 to 100.
    Percent,
    /// Net promoter score (−100 to 100) and differences of percentages.
    Points,
    /// The question's own scale.
    Scale,
    /// 0 to 100, a mean rescaled.
    Index,
    /// Days.
    Days,
    /// A rate.
    Rate,
    /// A count.
    Count,
}

/// Which way is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Better {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
}

/// What is to be known about a figure, or why it does not exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Flag {
    /// Nobody answered: no figure.
    NoAnswers,
    /// Hidden: the base is below `suppress_below`.
    Suppressed,
    /// Hidden so that a suppressed figure cannot be found by subtraction.
    Complementary,
    /// One answer: a figure without an interval.
    SingleAnswer,
    /// All answers are alike: a mean without an interval.
    NoVariation,
    /// Everyone of the population answered: no interval.
    Census,
    /// The base is below `flag_below`.
    SmallBase,
    /// More distinct values than are kept: no median.
    TooManyValues,
}

/// Whether a target is met, judged by the whole interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TargetVerdict {
    /// The whole interval is on the good side.
    Met,
    /// The whole interval is on the bad side.
    Missed,
    /// The interval holds the target.
    CannotTell,
}
