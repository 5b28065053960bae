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
    /// Degrees of freedom of the weighted limits where they are not the answers less one: strata and clusters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub degrees_of_freedom: Option<f64>,
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
    /// Nobody said by when it has to be done.
    NoDeadline,
    /// A ratio whose numerator is not known to be part of its denominator: it can exceed 100 %.
    NotASubset,
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

impl Unit {
    /// The name in the report.
    pub fn name(self) -> &'static str {
        match self {
            Self::Percent => "percent",
            Self::Points => "points",
            Self::Scale => "scale",
            Self::Index => "index",
            Self::Days => "days",
            Self::Rate => "rate",
            Self::Count => "count",
        }
    }
}

impl Better {
    /// The name in the report.
    pub fn name(self) -> &'static str {
        match self {
            Self::Higher => "higher",
            Self::Lower => "lower",
        }
    }
}

impl Flag {
    /// The name in the report.
    pub fn name(self) -> &'static str {
        match self {
            Self::NoAnswers => "no_answers",
            Self::Suppressed => "suppressed",
            Self::Complementary => "complementary",
            Self::SingleAnswer => "single_answer",
            Self::NoVariation => "no_variation",
            Self::Census => "census",
            Self::SmallBase => "small_base",
            Self::TooManyValues => "too_many_values",
            Self::NoDeadline => "no_deadline",
            Self::NotASubset => "not_a_subset",
        }
    }
}

impl TargetVerdict {
    /// The name in the report.
    pub fn name(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Missed => "missed",
            Self::CannotTell => "cannot_tell",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Better, Flag, TargetVerdict, Unit};
    use serde::Serialize;

    fn assert_name(value: impl Serialize, name: &str) {
        assert_eq!(serde_json::to_value(value).unwrap(), serde_json::Value::from(name));
    }

    #[test]
    fn names_are_those_of_the_serialised_report() {
        for unit in
            [Unit::Percent, Unit::Points, Unit::Scale, Unit::Index, Unit::Days, Unit::Rate, Unit::Count]
        {
            assert_name(unit, unit.name());
        }
        for better in [Better::Higher, Better::Lower] {
            assert_name(better, better.name());
        }
        for flag in [
            Flag::NoAnswers,
            Flag::Suppressed,
            Flag::Complementary,
            Flag::SingleAnswer,
            Flag::NoVariation,
            Flag::Census,
            Flag::SmallBase,
            Flag::TooManyValues,
            Flag::NoDeadline,
            Flag::NotASubset,
        ] {
            assert_name(flag, flag.name());
        }
        for verdict in [TargetVerdict::Met, TargetVerdict::Missed, TargetVerdict::CannotTell] {
            assert_name(verdict, verdict.name());
        }
    }
}
