//! What a question measures, the statistics it yields and which way is better.

use serde::{Deserialize, Serialize};

/// What a question measures (`measure = "…"`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Satisfaction on a rating scale.
    Csat,
    /// Likelihood to recommend, 0 to 10.
    Nps,
    /// Effort, version 1 or 2.
    Ces,
    /// Another rating scale.
    Rating,
    /// Perception minus expectation, a pair of columns.
    Gap,
    /// A Kano pair (functional and dysfunctional).
    Kano,
    /// Stated importance.
    Importance,
    /// One of several options.
    Choice,
    /// Any of several options.
    Multi,
    /// Free text, never scored.
    Text,
    /// A free number.
    Number,
    /// An item of a checklist: yes, partly or no.
    Checklist,
}

impl Measure {
    /// All measures with their names in the definition.
    pub const ALL: [(Self, &'static str); 12] = [
        (Self::Csat, "csat"),
        (Self::Nps, "nps"),
        (Self::Ces, "ces"),
        (Self::Rating, "rating"),
        (Self::Gap, "gap"),
        (Self::Kano, "kano"),
        (Self::Importance, "importance"),
        (Self::Choice, "choice"),
        (Self::Multi, "multi"),
        (Self::Text, "text"),
        (Self::Number, "number"),
        (Self::Checklist, "checklist"),
    ];

    /// The name in the definition and in the report.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(measure, _)| *measure == self).map_or("", |(_, name)| name)
    }

    /// The statistics it yields, by their names in the report; the options of `choice` and `multi` have `share:CODE`
    /// each, which stand in no list.
    pub const fn statistics(self) -> &'static [&'static str] {
        match self {
            Self::Csat | Self::Rating => &["top_box", "mean", "index", "bottom_box", "net"],
            Self::Nps => &["nps", "promoters", "passives", "detractors", "mean"],
            Self::Ces => &["top_box", "mean"],
            Self::Gap => &["expectation", "perception", "gap"],
            Self::Importance => &["mean"],
            Self::Number => &["mean", "median"],
            Self::Checklist => &["fulfilled", "fulfilled_strictly", "yes", "partly", "no"],
            Self::Kano | Self::Choice | Self::Multi | Self::Text => &[],
        }
    }

    /// Whether it yields the share of each of its options.
    pub const fn has_shares(self) -> bool {
        matches!(self, Self::Choice | Self::Multi)
    }

    /// The measure of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == name).map(|(measure, _)| *measure)
    }
}

/// The figure on cards, gates and trends (`headline = "…"`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Headline {
    /// Share in the best points, percent.
    TopBox,
    /// Mean on the question's own scale.
    Mean,
    /// Mean rescaled to 0-100.
    Index,
    /// Top box minus bottom box, points.
    Net,
    /// Net promoter score, points.
    Nps,
    /// Perception minus expectation, scale units.
    Gap,
    /// Yes and half of partly, percent.
    Fulfilled,
}

impl Headline {
    /// The statistic's name in the report.
    pub fn name(self) -> &'static str {
        match self {
            Self::TopBox => "top_box",
            Self::Mean => "mean",
            Self::Index => "index",
            Self::Net => "net",
            Self::Nps => "nps",
            Self::Gap => "gap",
            Self::Fulfilled => "fulfilled",
        }
    }

    /// The headline of that name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::TopBox, Self::Mean, Self::Index, Self::Net, Self::Nps, Self::Gap, Self::Fulfilled]
            .into_iter()
            .find(|headline| headline.name() == name)
    }
}

/// Which way is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Better {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
    /// Neither is good or bad (`better = "none"`).
    None,
}

/// Which evaluation table a Kano question is read by (`evaluation = "usual"`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KanoTable {
    /// Two equal answers in the middle of the table are indifferent.
    #[default]
    Usual,
    /// A must both ways, and to be lived with both ways, contradict themselves (Pouliot 1993).
    Strict,
}

/// Which end of a scale is the best (`best = "high"`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Best {
    /// The largest number.
    High,
    /// The smallest number.
    Low,
}
