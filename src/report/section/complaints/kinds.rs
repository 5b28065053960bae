//! What complaints are about, and how grave they are.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What complaints are about, the most frequent first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ComplaintCategories {
    /// Complaints with a category.
    pub cases: u64,
    /// Complaints without one.
    pub without: u64,
    /// The categories by number, equal ones in order of their names.
    pub rows: Vec<ComplaintCategory>,
    /// How unequal the numbers are: Gini's coefficient, 0 to 1; null without any.
    pub gini: Option<f64>,
    /// The same of the numbers weighted by severity; null without severities.
    pub gini_weighted: Option<f64>,
    /// How many of the largest categories make up 80 % of complaints.
    pub reach_80: Option<u64>,
    /// The percentage of complaints that none of the others fits.
    pub other_share: Option<f64>,
    /// The lower limit.
    pub other_low: Option<f64>,
    /// The upper limit.
    pub other_high: Option<f64>,
    /// The percentage above which the scheme of categories is taken for worn out; a default of csat, not of a standard.
    pub other_limit: f64,
    /// Whether it is above.
    pub other_too_large: bool,
}

/// One category, or one square of the map of severity and frequency.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ComplaintCategory {
    /// Its text.
    pub category: String,
    /// Whether it says only that none of the others fits.
    pub other: bool,
    /// Complaints.
    pub cases: u64,
    /// Their percentage of those with a category.
    pub share: f64,
    /// The lower limit of the percentage.
    pub low: Option<f64>,
    /// The upper limit.
    pub high: Option<f64>,
    /// The percentage of this and all more frequent ones.
    pub cumulative: f64,
    /// Complaints with a known severity.
    pub severity_base: u64,
    /// Their mean severity in points, more being graver.
    pub severity_mean: Option<f64>,
    /// The sum of their points: frequency times mean severity.
    pub risk: Option<f64>,
    /// Its percentage of the risk of all categories.
    pub risk_share: Option<f64>,
    /// The percentage of this and all of greater risk.
    pub risk_cumulative: Option<f64>,
    /// Its place by risk, from 1.
    pub risk_rank: Option<u64>,
    /// Where it stands on the map against the means of all categories: `frequent_and_grave`, `frequent`, `grave`, `neither`.
    pub square: Option<String>,
}

/// How grave complaints are.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ComplaintSeverity {
    /// Complaints with a known severity.
    pub cases: u64,
    /// Complaints without one.
    pub without: u64,
    /// The most points.
    pub most: u32,
    /// The mean in points.
    pub mean: Option<f64>,
    /// Complaints by points, from the mildest on.
    pub counts: Vec<(f64, u64)>,
    /// The mean of the complaints in a category at which the map is divided.
    pub map_severity: Option<f64>,
    /// The number of complaints of a category at which it is divided: the mean over categories.
    pub map_frequency: Option<f64>,
}
