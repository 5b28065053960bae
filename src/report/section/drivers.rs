//! What drives an outcome. Association, not cause.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Quadrant;
use crate::report::Flag;

/// What drives an outcome, for all respondents of the wave shown and for the groups asked for. Shares of R², correlations
/// and parts of R² are fractions. Nothing here is an effect: nobody was assigned to an answer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DriversSection {
    /// The wave; null without waves and for the pooled total.
    pub wave: Option<String>,
    /// The question or column that is explained.
    pub outcome: String,
    /// What of it: `mean`, `top_box` (0 or 100) or `nps` (-100, 0, 100).
    pub outcome_of: String,
    /// Its unit: `scale` (the question's own), `points` (0 or 100, or -100 to 100) or `number`.
    pub outcome_unit: String,
    /// Whether it was neither named nor marked `overall`, but the only one that can be meant.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub outcome_guessed: bool,
    /// The answers that are used: rows with an outcome and a driver (pairwise), with all (listwise), with an outcome
    /// (dummy).
    pub base: Option<u64>,
    /// The rows of the wave shown.
    pub rows_shown: Option<u64>,
    /// The rows with every answer: the others are lost where only complete rows are used.
    pub rows_complete: Option<u64>,
    /// The part of the outcome's variance that the drivers together account for.
    pub r2: Option<f64>,
    /// Its lower limit.
    pub r2_low: Option<f64>,
    /// Its upper limit.
    pub r2_high: Option<f64>,
    /// How R² is parted and how sure it is: `lmg, bootstrap-percentile`; `, extended` where limits
    /// of a share had to be widened to hold it, `, finite population` where limits know of its size.
    pub method: String,
    /// What becomes of rows without all answers: `pairwise`, `listwise` or `dummy`.
    pub missing: String,
    /// The replicates that limits come from; null without limits.
    pub resamples: Option<u64>,
    /// The condition number of the drivers' correlations; above 30 they hardly tell apart.
    pub condition: Option<f64>,
    /// By how much a correlation was changed at most so that all fit together; null where none was.
    pub correlation_moved: Option<f64>,
    /// Whether everybody of the population answered, so that nothing has limits.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub census: bool,
    /// Whether rows came by strata or clusters, which limits do not know of.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub ignores_design: bool,
    /// Answers to the outcome, a column of its own, that are neither yes nor no, or no numbers: they are left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome_unread: Option<u64>,
    /// What makes all of it doubtful.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cautions: Vec<DriversCaution>,
    /// One row a driver, in written order.
    pub rows: Vec<DriverRow>,
    /// Where the lines stand that part the quadrants: `means`, `medians`, `midpoint` (of performance, with equal shares) or
    /// `target`; empty in reports of versions that knew means alone.
    #[serde(default)]
    pub crosshair: String,
    /// The lines that part the quadrants: of performance, index 0 to 100, and of the share.
    pub performance_line: Option<f64>,
    /// See `performance_line`.
    pub importance_line: Option<f64>,
    /// The same for groups, where they were asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<DriversGroup>,
    /// Whether importance differs between the groups of a segment.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub differences: Vec<DriverDifference>,
    /// Drivers whose failures come with dissatisfaction, in the order of their part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dissatisfiers: Option<KeyDriversTable>,
    /// Drivers whose best answers come with delight.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enhancers: Option<KeyDriversTable>,
    /// An outcome that is no rating, by promoters and detractors and by score.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub levels: Vec<OutcomeLevel>,
    /// Why there are no figures: `suppressed`.
    pub flag: Option<Flag>,
}

/// One driver.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DriverRow {
    /// The question, or a part of a pair.
    pub question: String,
    /// Answers with an outcome.
    pub base: Option<u64>,
    /// Pearson's correlation with the outcome.
    pub correlation: Option<f64>,
    /// Spearman's rank correlation.
    pub spearman: Option<f64>,
    /// The polychoric correlation: of what answers may stand for, were it normal.
    pub polychoric: Option<f64>,
    /// The standardised coefficient with all drivers in the model.
    pub beta: Option<f64>,
    /// The coefficient: how much higher the outcome is, in its unit, with one point more on the driver, the others alike.
    pub b: Option<f64>,
    /// Its lower limit: by the standard error with complete rows, else resampled.
    pub b_low: Option<f64>,
    /// Its upper limit.
    pub b_high: Option<f64>,
    /// The standard error of `b` by HC3, linearised with weights; complete rows only.
    pub se: Option<f64>,
    /// The p-value of `b`; complete rows only.
    pub p: Option<f64>,
    /// Log-odds of a top-box outcome with one point more; complete rows and `top_box` or yes/no only.
    pub logit: Option<f64>,
    /// Its standard error.
    pub logit_se: Option<f64>,
    /// Its p-value.
    pub logit_p: Option<f64>,
    /// The variance inflation factor.
    pub vif: Option<f64>,
    /// The part of R² averaged over all orders of entry (LMG, Shapley); all add up to `r2`.
    pub lmg: Option<f64>,
    /// Its standard error, where orders were sampled.
    pub lmg_se: Option<f64>,
    /// Johnson's relative weight; all add up to `r2`.
    pub johnson: Option<f64>,
    /// The LMG part as a share of R².
    pub share: Option<f64>,
    /// Its lower limit; null where R² cannot be told from 0.
    pub share_low: Option<f64>,
    /// Its upper limit.
    pub share_high: Option<f64>,
    /// The best rank by share that the answers allow; 1 is the first.
    pub rank_low: Option<u64>,
    /// The worst.
    pub rank_high: Option<u64>,
    /// The mean answer, index 0 to 100.
    pub performance: Option<f64>,
    /// The share again: what the quadrant is by.
    pub importance: Option<f64>,
    /// The quadrant of importance and performance.
    pub quadrant: Option<Quadrant>,
    /// In how many of the resamples it fell into that quadrant, 0 to 1; below 0.8 it is unsettled. Null where
    /// resamples do not know of the design, and where R² cannot be told from 0.
    pub quadrant_probability: Option<f64>,
    /// How much the outcome falls where the driver is low, in the outcome's unit.
    pub penalty: Option<f64>,
    /// How much it rises where the driver is high.
    pub reward: Option<f64>,
    /// The p-value of Wald's test that both are equally large.
    pub asymmetry_p: Option<f64>,
    /// Rows where it is low, and where it is high.
    pub penalty_base: Option<u64>,
    /// See `penalty_base`.
    pub reward_base: Option<u64>,
    /// What kind of factor it is.
    pub factor: Option<DriverFactor>,
    /// What is odd about it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cautions: Vec<DriverCaution>,
}

/// What kind of factor a driver is, by whether its low or its high end counts more (Matzler and Sauerwein 2002).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DriverFactor {
    /// Low answers cost more than high ones bring.
    Basic,
    /// Both count about alike, as far as the answers tell.
    Performance,
    /// High answers bring more than low ones cost.
    Excitement,
}

/// What is odd about a driver.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DriverCaution {
    /// Its correlation and its coefficient point different ways, both surely: the others take its part.
    OppositeSigns,
    /// Its correlation with the outcome is surely below 0 while those of most others are above: its scale seems turned.
    SeemsTurned,
    /// Others tell most of it: VIF above 10.
    Collinear,
    /// Too few rows are at one of its ends to speak of penalty and reward.
    FewAtAnEnd,
}

/// What makes drivers doubtful altogether.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DriversCaution {
    /// Fewer than ten answers a driver, to the driver with the fewest.
    FewAnswers,
    /// R² cannot be told from 0 (F test at one less the confidence; with weights its lower limit too): shares have no
    /// limits, and nothing is settled.
    HardlyExplains,
    /// Most drivers surely go with a lower outcome: its scale seems turned.
    OutcomeSeemsTurned,
}

/// The drivers in one group.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DriversGroup {
    /// The value by segment id.
    pub segment: IndexMap<String, String>,
    /// The answers that are used.
    pub base: Option<u64>,
    /// As of the section.
    pub r2: Option<f64>,
    /// One row a driver; empty where the group has no figures.
    pub rows: Vec<DriverRow>,
    /// `small_base`, `no_variation`, or why it is hidden.
    pub flag: Option<Flag>,
}

/// Whether the share of a driver differs between the groups of a segment: Wald's test with the variances of resampling.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DriverDifference {
    /// The segment, or several crossed.
    pub segment: String,
    /// The driver.
    pub question: String,
    /// The statistic.
    pub chi_square: f64,
    /// Its degrees of freedom.
    pub df: f64,
    /// The p-value.
    pub p: f64,
    /// The p-value by Holm over the drivers of the segment.
    pub p_adjusted: f64,
}

/// Reach against noise (Conklin, Powaga and Lipovetsky 2004).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct KeyDriversTable {
    /// The respondents who are dissatisfied, or delighted.
    pub base: u64,
    /// The others.
    pub base_others: u64,
    /// The drivers in order.
    pub rows: Vec<KeyDriverRow>,
}

/// One driver in the order of its part. Fractions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct KeyDriverRow {
    /// The question.
    pub question: String,
    /// Its Shapley value: its part of reach less noise of all drivers.
    pub shapley: f64,
    /// How many of those meant the set up to and with it reaches.
    pub reach: f64,
    /// How many of the others.
    pub noise: f64,
    /// Whether it belongs to the key set: reach less noise still grows with it.
    pub key: bool,
}

/// An outcome that is no rating among those with one level of a rating.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OutcomeLevel {
    /// The rating.
    pub question: String,
    /// `promoters`, `passives`, `detractors`, or a point of the scale.
    pub level: String,
    /// Respondents of that level with an outcome.
    pub base: u64,
    /// Its mean: a percentage for yes and no.
    pub value: Option<f64>,
    /// The lower limit.
    pub low: Option<f64>,
    /// The upper limit.
    pub high: Option<f64>,
    /// `percent` or `number`.
    pub unit: String,
}

impl DriverFactor {
    /// The name in the report.
    pub fn name(self) -> &'static str {
        match self {
            Self::Basic => "basic",
            Self::Performance => "performance",
            Self::Excitement => "excitement",
        }
    }
}

impl DriverCaution {
    /// The name in the report.
    pub fn name(self) -> &'static str {
        match self {
            Self::OppositeSigns => "opposite_signs",
            Self::SeemsTurned => "seems_turned",
            Self::Collinear => "collinear",
            Self::FewAtAnEnd => "few_at_an_end",
        }
    }
}
