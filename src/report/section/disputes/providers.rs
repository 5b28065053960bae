//! Providers side by side.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One figure of every provider, against the share of all of them together.
///
/// The limits are exact binomial ones about the overall share for each number of cases (Spiegelhalter 2005): a provider
/// outside differs by more than its few cases explain, and of many providers some lie outside 95 % by chance.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct DisputeFunnel {
    /// The figure, as the statistic of an estimate: `settled`, `for_customer`, `overturned`, `decided_in_time`.
    pub statistic: String,
    /// How many it is true of, all providers together.
    pub count: u64,
    /// Of how many.
    pub base: u64,
    /// The overall percentage.
    pub overall: Option<f64>,
    /// The providers in order of their names; those without any case of this figure are left out.
    pub providers: Vec<FunnelProvider>,
    /// The limits along the number of cases, for drawing.
    pub bounds: Vec<FunnelBounds>,
    /// Why there is no comparison: `too_few_groups`, `no_variation`.
    pub reason: Option<String>,
}

/// One provider.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct FunnelProvider {
    /// Its name.
    pub provider: String,
    /// How many the figure is true of; null where it is hidden.
    pub count: Option<u64>,
    /// Of how many.
    pub base: Option<u64>,
    /// The percentage.
    pub share: Option<f64>,
    /// The lower limit of the percentage (Wilson).
    pub low: Option<f64>,
    /// The upper limit.
    pub high: Option<f64>,
    /// The lower 95 % limit of the funnel at so many cases.
    pub low_95: Option<f64>,
    /// The upper one.
    pub high_95: Option<f64>,
    /// The lower 99.8 % limit.
    pub low_998: Option<f64>,
    /// The upper one.
    pub high_998: Option<f64>,
    /// The two-sided exact p-value: twice the smaller tail.
    pub p: Option<f64>,
    /// Where it lies: `within`, `above_95`, `below_95`, `above_998`, `below_998`.
    pub place: Option<String>,
    /// Whether its base is below `flag_below`: it is shown, and says little.
    pub few: bool,
    /// Why there is nothing: `suppressed`.
    pub reason: Option<String>,
}

/// The limits at one number of cases, in percent.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct FunnelBounds {
    /// Cases.
    pub cases: u64,
    /// The lower 95 % limit.
    pub low_95: f64,
    /// The upper one.
    pub high_95: f64,
    /// The lower 99.8 % limit.
    pub low_998: f64,
    /// The upper one.
    pub high_998: f64,
}
