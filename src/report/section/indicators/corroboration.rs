//! Whether indicators and scores move together.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::report::Family;

/// Indicators beside the scores of a survey, by Spearman's rank correlation over the periods that both have.
///
/// That two series move together does not say that one causes the other.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Corroboration {
    /// How many periods either may run ahead.
    pub lag: u64,
    /// Fewer common periods than this give no figure.
    pub least_periods: u64,
    /// Complete waves of the scores.
    pub waves: u64,
    /// Each indicator beside each headline score, of all and of segments.
    pub rows: Vec<CorroborationRow>,
    /// The families of correlations that were tested together (Holm 1979): `levels` over all lags, `differences` at the
    /// strongest, and both of segments.
    pub families: Vec<Family>,
    /// Why there is no row: `no_scores`, `no_calendar` (waves are not periods), `other_periods` (of another length).
    pub reason: Option<String>,
}

/// One indicator beside one score.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct CorroborationRow {
    /// The indicator's id.
    pub indicator: String,
    /// The question's id.
    pub question: String,
    /// What the question is called.
    pub name: String,
    /// The question's headline statistic.
    pub statistic: String,
    /// The segment value by segment id; empty for all.
    pub segment: IndexMap<String, String>,
    /// Periods that both have.
    pub common: u64,
    /// The correlation at each lag, in order; those without eight common periods are left out.
    pub lags: Vec<LaggedRank>,
    /// The lag with the smallest p-value: periods by which the score follows the indicator, below 0 the other way round.
    pub strongest: Option<i64>,
    /// What is found there: `together` (levels and their changes go together), `shared_trend` (levels do, changes from
    /// period to period do not clearly), `trend_unknown` (levels do, too few changes), `no_clear`.
    pub verdict: Option<String>,
    /// Whether the sign is that of good going with good; null without a direction of both.
    pub as_expected: Option<bool>,
    /// The opposite within segments.
    pub reversal: Option<CorroborationReversal>,
    /// Why there is no correlation: `too_few_periods`, `no_variation`.
    pub reason: Option<String>,
}

/// Spearman's correlation at one lag.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct LaggedRank {
    /// Periods by which the score follows the indicator.
    pub lag: i64,
    /// Common periods.
    pub n: u64,
    /// The coefficient, −1 to 1.
    pub r: f64,
    /// Its lower limit (Bonett and Wright 2000); null where it is −1 or 1.
    pub low: Option<f64>,
    /// Its upper limit.
    pub high: Option<f64>,
    /// The p-value that there is none.
    pub p: f64,
    /// The same adjusted for all lags of all rows.
    pub p_adjusted: Option<f64>,
    /// The same of first differences; null with fewer than eight.
    pub differences: Option<LaggedChange>,
}

/// Spearman's correlation of first differences.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct LaggedChange {
    /// Common differences.
    pub n: u64,
    /// The coefficient.
    pub r: f64,
    /// Its lower limit.
    pub low: Option<f64>,
    /// Its upper limit.
    pub high: Option<f64>,
    /// The p-value.
    pub p: f64,
    /// The same adjusted; only at the strongest lag.
    pub p_adjusted: Option<f64>,
}

/// All together say one thing and segments another (Simpson 1951).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct CorroborationReversal {
    /// The segment's id.
    pub segment: String,
    /// What its values have in common: the mean of their coefficients by Fisher's z.
    pub within: f64,
    /// The lower limit.
    pub low: f64,
    /// The upper limit.
    pub high: f64,
    /// The values.
    pub groups: Vec<ReversalGroup>,
}

/// The correlation of one segment value.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ReversalGroup {
    /// The value.
    pub value: String,
    /// Common periods.
    pub n: u64,
    /// The coefficient.
    pub r: f64,
}
