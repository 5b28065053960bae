//! Whether questions that are to measure one thing do, and whether respondents who are asked twice say the same.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::report::Flag;

/// How consistently the questions of one construct are answered. Coefficients are fractions.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReliabilitySection {
    /// The wave; null without waves and for the pooled total.
    pub wave: Option<String>,
    /// The id of the construct, or of the dimension.
    pub construct: String,
    /// What it is called.
    pub label: String,
    /// The ids of its questions.
    pub items: Vec<String>,
    /// Respondents who answered all of them; null where they are hidden.
    pub base: Option<u64>,
    /// Respondents who answered some of them and are left out.
    pub incomplete: Option<u64>,
    /// Cronbach's alpha; below 0 where the questions pull apart.
    pub alpha: Option<f64>,
    /// The lower limit by Feldt; null with weights, for which there is none.
    pub low: Option<f64>,
    /// The upper limit.
    pub high: Option<f64>,
    /// The same of standardised answers.
    pub standardized_alpha: Option<f64>,
    /// Omega total of one factor (McDonald).
    pub omega: Option<f64>,
    /// Whether a question is all but the factor itself, so that omega is a guide.
    pub omega_improper: bool,
    /// The mean of the squared loadings on the factor.
    pub average_variance_extracted: Option<f64>,
    /// Odd against even questions, lengthened by Spearman and Brown.
    pub split_half: Option<f64>,
    /// Guttman's λ4 of the same halves.
    pub guttman: Option<f64>,
    /// Why there is no alpha; null where there is one.
    pub refused: Option<ReliabilityRefusal>,
    /// The question that is the reason, if one is.
    pub refused_question: Option<String>,
    /// Why it is hidden, that the base is small, or that everybody answered, which leaves no interval.
    pub flag: Option<Flag>,
    /// Whether a population is known of which the limits do not know: there is no correction for it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub ignores_population: bool,
    /// The questions of one half that clearly run against the other half; nothing tells which of the two is turned round.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub opposed_half: Vec<String>,
    /// One row a question, in the order of the construct.
    pub rows: Vec<ReliabilityRow>,
}

/// One question of a construct.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReliabilityRow {
    /// The question's id.
    pub question: String,
    /// Correlation with the sum of the others.
    pub item_rest: Option<f64>,
    /// Alpha without it; null where only one would be left.
    pub alpha_if_dropped: Option<f64>,
    /// Correlation with the one factor behind all.
    pub loading: Option<f64>,
    /// Whether it clearly runs against the others, as a question does whose scale is turned round: one of the smallest set of
    /// questions whose turning raises the mean correlation between them most, or with a loading of the rarer sign.
    pub runs_against: bool,
}

/// Why there is no coefficient of reliability.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReliabilityRefusal {
    /// One question alone cannot agree with others.
    SingleQuestion,
    /// Fewer than three respondents answered all questions.
    TooFewAnswers,
    /// All gave one question the same answer.
    ConstantQuestion,
    /// The questions take back what each other gives: their sum is always the same.
    NoVariation,
}

impl ReliabilityRefusal {
    /// The name in the report.
    pub fn name(self) -> &'static str {
        match self {
            Self::SingleQuestion => "single_question",
            Self::TooFewAnswers => "too_few_answers",
            Self::ConstantQuestion => "constant_question",
            Self::NoVariation => "no_variation",
        }
    }
}

/// Questions that the same respondents were asked twice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RetestsSection {
    /// The wave; null without waves and for the pooled total.
    pub wave: Option<String>,
    /// One row a pair.
    pub rows: Vec<RetestRow>,
    /// Whether a population is known of which the limits do not know: there is no correction for it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub ignores_population: bool,
}

/// How the two answers agree. Coefficients and shares are fractions.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RetestRow {
    /// The first asking.
    pub question: String,
    /// The second.
    pub retest: String,
    /// Respondents who answered both.
    pub base: Option<u64>,
    /// The share who gave the same answer.
    pub agreement: Option<f64>,
    /// Kappa with near misses weighted by the square of their distance.
    pub kappa: Option<f64>,
    /// The lower limit; null with weights, for which there is none.
    pub kappa_low: Option<f64>,
    /// The upper limit.
    pub kappa_high: Option<f64>,
    /// Kappa with near misses weighted by their distance.
    pub kappa_linear: Option<f64>,
    /// The intraclass correlation of absolute agreement, ICC(A,1).
    pub icc: Option<f64>,
    /// The lower limit; null with weights, for which there is none.
    pub icc_low: Option<f64>,
    /// The upper limit.
    pub icc_high: Option<f64>,
    /// `no_answers`, `no_variation`, `small_base`, or why the row is hidden.
    pub flag: Option<Flag>,
}
