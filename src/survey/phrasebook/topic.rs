//! What a scale asks.

use serde::Deserialize;

use crate::survey::Measure;

/// What a scale asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ScaleTopic {
    /// How satisfied.
    Satisfaction,
    /// How far one agrees.
    Agreement,
    /// How likely.
    Likelihood,
    /// How often.
    Frequency,
    /// How good.
    Quality,
    /// How easy, or how little effort.
    Ease,
    /// How important.
    Importance,
    /// Against what was expected.
    Expectation,
    /// How favourable.
    Favour,
}

impl ScaleTopic {
    /// The adjective in the name of its scales.
    pub fn name(self) -> &'static str {
        match self {
            Self::Satisfaction => "satisfied",
            Self::Agreement => "agree",
            Self::Likelihood => "likely",
            Self::Frequency => "often",
            Self::Quality => "good",
            Self::Ease => "easy",
            Self::Importance => "important",
            Self::Expectation => "expected",
            Self::Favour => "favorable",
        }
    }

    /// What a question with such answers measures.
    pub fn measure(self) -> Measure {
        match self {
            Self::Satisfaction => Measure::Csat,
            Self::Ease => Measure::Ces,
            Self::Importance => Measure::Importance,
            Self::Agreement
            | Self::Likelihood
            | Self::Frequency
            | Self::Quality
            | Self::Expectation
            | Self::Favour => Measure::Rating,
        }
    }
}
