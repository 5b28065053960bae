//! What is asked of drivers, as typed.

use crate::measures::MissingAnswers;

/// What is asked of the drivers of an outcome.
#[derive(Clone, Debug, PartialEq)]
pub struct DriversAsk {
    /// A question or a column; `None` is the overall question, or the only one that can be meant.
    pub outcome: Option<String>,
    /// The predictors, questions; none: those that the definition tells.
    pub drivers: Vec<String>,
    /// What of the outcome is explained.
    pub of: OutcomeOf,
    /// What becomes of rows without all answers.
    pub missing: DriversMissing,
    /// How often rows are resampled; `None`: 2,000 times, or as often as takes about ten seconds.
    pub resamples: Option<u32>,
    /// The points of a penalty-reward contrast.
    pub contrast: ContrastPoints,
}

/// Scales of fewer points have one low point.
const SHORT_SCALE: usize = 5;

impl DriversMissing {
    /// How answers enter the sums.
    pub(super) fn answers(self) -> MissingAnswers {
        match self {
            Self::Pairwise => MissingAnswers::Pairwise,
            Self::Listwise => MissingAnswers::Listwise,
            Self::Dummy => MissingAnswers::Dummy,
        }
    }
}

impl ContrastPoints {
    /// How many points are a penalty and how many a reward on a scale of so many.
    pub(super) fn counts(self, points: usize) -> (usize, usize) {
        let count = |typed: Option<u32>, usual: usize| {
            typed.and_then(|typed| usize::try_from(typed).ok()).unwrap_or(usual)
        };
        (count(self.penalty, if points < SHORT_SCALE { 1 } else { 2 }), count(self.reward, 1))
    }
}

/// What of the outcome is explained.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OutcomeOf {
    /// Its mean.
    #[default]
    Mean,
    /// Whether an answer is in the top box, as 0 or 100.
    TopBox,
    /// Detractors, passives and promoters, as -100, 0 and 100.
    Nps,
}

/// What becomes of rows without all answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DriversMissing {
    /// Every correlation is of the rows with both answers.
    #[default]
    Pairwise,
    /// Only rows with all answers are used.
    Listwise,
    /// Rows with an outcome are used; a missing answer is a predictor of its own.
    Dummy,
}

/// Which points are a penalty, and which a reward.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ContrastPoints {
    /// So many of the lowest points are a penalty; `None`: two, one on scales of less than five points.
    pub penalty: Option<u32>,
    /// So many of the highest points are a reward; `None`: one.
    pub reward: Option<u32>,
}

impl Default for DriversAsk {
    /// The overall question by the drivers that the definition tells.
    fn default() -> Self {
        Self {
            outcome: None,
            drivers: Vec::new(),
            of: OutcomeOf::default(),
            missing: DriversMissing::default(),
            resamples: None,
            contrast: ContrastPoints::default(),
        }
    }
}

impl OutcomeOf {
    /// The name in the report.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mean => "mean",
            Self::TopBox => "top_box",
            Self::Nps => "nps",
        }
    }
}

impl DriversMissing {
    /// The name in the report.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pairwise => "pairwise",
            Self::Listwise => "listwise",
            Self::Dummy => "dummy",
        }
    }
}
