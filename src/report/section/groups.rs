//! One headline by the values of one segment, tested.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::trend::{ChangeVerdict, Family};
use crate::report::{Better, Flag, Unit};

/// One headline by the values of one segment, each against the rest.
///
/// Hidden groups have a row whose numbers are all null.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GroupsSection {
    /// The question's id.
    pub question: String,
    /// The headline statistic.
    pub statistic: String,
    /// The unit of the figures.
    pub unit: Unit,
    /// Which way is good.
    pub better: Option<Better>,
    /// The segment's id.
    pub segment: String,
    /// The wave; null without waves and for the pooled total.
    pub wave: Option<String>,
    /// Whether any group differs from another; null with fewer than two groups that can be compared.
    pub test: Option<HomogeneityTest>,
    /// The groups in the order of the segment's values.
    pub rows: Vec<GroupRow>,
    /// The family over which the p-values of the rows were adjusted.
    pub family: Option<Family>,
}

/// Whether groups differ at all.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct HomogeneityTest {
    /// Such as `chi-square`, `welch-anova`, `wald`.
    pub name: String,
    /// The test statistic.
    pub statistic: f64,
    /// Degrees of freedom.
    pub df: f64,
    /// The second degrees of freedom, for an F.
    pub df2: Option<f64>,
    /// The p-value.
    pub p: f64,
    /// Adjusted over all panels (question by segment) of the report.
    pub p_adjusted: f64,
}

/// One group against the rest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GroupRow {
    /// The segment's value.
    pub group: String,
    /// Its figure.
    pub value: Option<f64>,
    /// The lower limit.
    pub low: Option<f64>,
    /// The upper limit.
    pub high: Option<f64>,
    /// How many answered.
    pub base: Option<u64>,
    /// The n that the interval used.
    pub base_effective: Option<f64>,
    /// What is to be known about the figure or its absence.
    pub flag: Option<Flag>,
    /// The figure less that of everybody else, in points or in the unit of the scale.
    pub difference: Option<f64>,
    /// Its lower limit (unadjusted).
    pub difference_low: Option<f64>,
    /// Its upper limit (unadjusted).
    pub difference_high: Option<f64>,
    /// The p-value of the difference.
    pub p: Option<f64>,
    /// Adjusted over the family.
    pub p_adjusted: Option<f64>,
    /// Above or below the rest, or no clear difference (`up`, `down`, `no_clear_change`).
    pub verdict: Option<ChangeVerdict>,
    /// In how many of the resamples it came first (best, or highest where neither way is good), 0 to 1.
    pub first_share: Option<f64>,
    /// In how many it came last.
    pub last_share: Option<f64>,
    /// The best rank of the interval of ranks; 1 is best.
    pub rank_low: Option<u64>,
    /// The worst rank of the interval of ranks.
    pub rank_high: Option<u64>,
}
