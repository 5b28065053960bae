//! Figures of records from period to period.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::report::ControlChart;

/// A control chart over periods.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct PeriodChart {
    /// The figure, as the statistic of an estimate: `count`, `rate_per_1000`, `closed_in_time` and so on.
    pub statistic: String,
    /// The periods in order.
    pub points: Vec<PeriodChartPoint>,
    /// Its limits: a `c`, `laney-c`, `u`, `laney-u`, `p` or `laney-p` chart; null where fewer than three periods could set them.
    pub chart: Option<ControlChart>,
    /// Why there are no limits: `too_few_periods`, `no_variation`.
    pub reason: Option<String>,
}

/// One period of a chart.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct PeriodChartPoint {
    /// The label of the period.
    pub period: String,
    /// Whether it is over.
    pub complete: bool,
    /// The figure.
    pub value: Option<f64>,
    /// The lower limit of its interval.
    pub low: Option<f64>,
    /// The upper limit.
    pub high: Option<f64>,
    /// Of how many it is: the exposure of a rate, such as transactions; the base of a share; null for counts.
    pub base: Option<u64>,
    /// The rules of the chart that signal here, such as `beyond_limits`.
    pub rules: Vec<String>,
}
