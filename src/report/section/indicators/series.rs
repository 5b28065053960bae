//! One indicator from period to period.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::report::{Better, ChangeVerdict, Flag, PeriodChart, Unit};

/// One indicator of all or of one segment value.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct IndicatorSeries {
    /// Its id; its estimates are those of the question `indicators.<id>`.
    pub id: String,
    /// Its name in the file.
    pub name: String,
    /// What it is: `rate` (events for `per`, limits of Garwood), `share` (in percent, limits of Wilson), `count` (limits
    /// of Garwood), `ratio` (one amount over another) and `value` (as recorded), both without limits.
    pub kind: String,
    /// The statistic of its estimates: `rate_per_1000` and the like, `share`, `count`, `value`.
    pub statistic: String,
    /// The unit of its figures.
    pub figure_unit: Option<Unit>,
    /// The unit as the file has it.
    pub unit: Option<String>,
    /// Which way is good; null where neither is or where the file does not say.
    pub better: Option<Better>,
    /// Why nothing is good or bad: `no_direction`, `two_directions`, `neither`.
    pub direction_reason: Option<String>,
    /// The segment value by segment id; empty for all.
    pub segment: IndexMap<String, String>,
    /// Where its figures come from, as the file says.
    pub sources: Vec<String>,
    /// What is recorded for each period, in order; one a point of `chart`.
    pub records: Vec<IndicatorRecord>,
    /// The figures, with their limits and what stands out: a `c`, `u` or `p` chart, from twelve periods on their wider
    /// forms, and `xmr` for plain figures. `reason` may also be `hidden`.
    pub chart: PeriodChart,
    /// The latest complete period against the one before.
    pub previous: Option<IndicatorChange>,
    /// The same against that period of last year; null where that is the one before.
    pub last_year: Option<IndicatorChange>,
}

/// What is recorded for a period.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct IndicatorRecord {
    /// The period.
    pub period: String,
    /// The value in the file, or the sum over joined periods; null for a period without any, and where it is hidden.
    pub value: Option<f64>,
    /// What it is counted among.
    pub denominator: Option<f64>,
    /// Why it is hidden.
    pub flag: Option<Flag>,
}

/// A change between two periods.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct IndicatorChange {
    /// The period.
    pub period: String,
    /// The period it is compared with.
    pub against: String,
    /// The change, in the unit of the figure; of percentages in points.
    pub change: Option<f64>,
    /// Its lower limit (Newcombe 1998, method 10), for shares.
    pub change_low: Option<f64>,
    /// Its upper limit.
    pub change_high: Option<f64>,
    /// The later figure over the earlier, for rates and counts; null where the earlier is 0.
    pub ratio: Option<f64>,
    /// Its lower limit (exact, by the share of all events).
    pub ratio_low: Option<f64>,
    /// Its upper limit; null where there is none.
    pub ratio_high: Option<f64>,
    /// The p-value that nothing changed.
    pub p: Option<f64>,
    /// The same adjusted for its family.
    pub p_adjusted: Option<f64>,
    /// How many changes were tested together.
    pub family_size: Option<u64>,
    /// The test: `exact-poisson`, `pooled-z`.
    pub method: Option<String>,
    /// What the adjusted p-value says.
    pub verdict: Option<ChangeVerdict>,
    /// Why there is no test: `recorded_figure`, `no_figure`, `no_figure_before`, `hidden`.
    pub reason: Option<String>,
}
