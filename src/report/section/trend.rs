//! How one headline moved from wave to wave.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::report::{Better, Flag, Unit};

/// How one headline moved from wave to wave.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TrendSection {
    /// The question's id.
    pub question: String,
    /// The headline statistic.
    pub statistic: String,
    /// The unit of the figures; changes of percentages are in points.
    pub unit: Unit,
    /// Which way is good.
    pub better: Option<Better>,
    /// The waves in order.
    pub points: Vec<TrendPoint>,
    /// The segment of mix and within; null where there is none.
    pub mix_segment: Option<String>,
    /// The control chart; null where its figures have no variance or fewer than three waves could set limits.
    pub chart: Option<ControlChart>,
    /// The tendency over all complete waves, from 8 waves on.
    pub tendency: Option<Tendency>,
    /// The families over which p-values were adjusted: against the wave before and against last year, each with the size
    /// of the newest wave that was tested (that of every wave is its point's `family_size`), and the tendencies.
    pub families: Vec<Family>,
    /// Where waves are not joined because the question changed.
    pub breaks: Vec<TrendBreak>,
}

/// One wave of a headline; by default of no figure and no comparison.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TrendPoint {
    /// The wave.
    pub wave: String,
    /// Whether it is over; an incomplete one sets no limits and is not tested.
    pub complete: bool,
    /// The figure.
    pub value: Option<f64>,
    /// The lower limit.
    pub low: Option<f64>,
    /// The upper limit.
    pub high: Option<f64>,
    /// The standard error.
    pub se: Option<f64>,
    /// How many answered.
    pub base: Option<u64>,
    /// The n that the interval used.
    pub base_effective: Option<f64>,
    /// What is to be known about the figure or its absence.
    pub flag: Option<Flag>,
    /// Whether the wave was taken from a saved report.
    pub saved: bool,
    /// The wave it is compared with; null for the first, after a break, and where a wave is missing.
    pub against: Option<String>,
    /// The change against the wave before.
    pub change: Option<f64>,
    /// Its lower limit (unadjusted).
    pub change_low: Option<f64>,
    /// Its upper limit (unadjusted).
    pub change_high: Option<f64>,
    /// The p-value of the change.
    pub p: Option<f64>,
    /// Adjusted over its family.
    pub p_adjusted: Option<f64>,
    /// Why there is no p-value although there is a change; null where there is one.
    #[serde(default)]
    pub untested: Option<Untested>,
    /// How many headlines of this wave were tested together (Holm): the size of the family of `p_adjusted`.
    #[serde(default)]
    pub family_size: Option<u64>,
    /// What the adjusted p-value says.
    pub verdict: Option<ChangeVerdict>,
    /// The method of interval and test.
    pub method: Option<String>,
    /// The smallest change that these bases would have shown four times in five, for one comparison by itself: before
    /// the adjustment over the family (a design figure).
    pub minimum_detectable: Option<f64>,
    /// The same at the level that the strictest step of the adjustment asks for, α over the size of the family.
    #[serde(default)]
    pub minimum_detectable_adjusted: Option<f64>,
    /// That the change lies within the margin that was given, also where it is clear; null where that is not shown.
    #[serde(default)]
    pub within_margin: Option<WithinMargin>,
    /// The same against the same wave last year.
    pub last_year: Option<Change>,
    /// The part of the change that comes from who answered.
    pub mix: Option<f64>,
    /// Its lower limit.
    pub mix_low: Option<f64>,
    /// Its upper limit.
    pub mix_high: Option<f64>,
    /// The part of the change that comes from within the groups.
    pub within: Option<f64>,
    /// Its lower limit.
    pub within_low: Option<f64>,
    /// Its upper limit.
    pub within_high: Option<f64>,
    /// What promoters, passives and detractors contributed to the change of an NPS.
    pub contributions: Option<PromoterContributions>,
    /// The rules of the control chart by which this wave stands out, comma separated; null for none.
    pub signal: Option<String>,
}

/// A change against another wave than the one before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Change {
    /// The wave it is compared with.
    pub against: String,
    /// The change.
    pub change: Option<f64>,
    /// Its lower limit (unadjusted).
    pub change_low: Option<f64>,
    /// Its upper limit (unadjusted).
    pub change_high: Option<f64>,
    /// The p-value of the change.
    pub p: Option<f64>,
    /// Adjusted over its family.
    pub p_adjusted: Option<f64>,
    /// Why there is no p-value although there is a change; null where there is one.
    #[serde(default)]
    pub untested: Option<Untested>,
    /// How many headlines of this wave were tested together (Holm): the size of the family of `p_adjusted`.
    #[serde(default)]
    pub family_size: Option<u64>,
    /// What the adjusted p-value says.
    pub verdict: Option<ChangeVerdict>,
    /// The method of interval and test.
    pub method: Option<String>,
    /// The smallest change that these bases would have shown four times in five, for one comparison by itself: before
    /// the adjustment over the family (a design figure).
    pub minimum_detectable: Option<f64>,
    /// The same at the level that the strictest step of the adjustment asks for, α over the size of the family.
    #[serde(default)]
    pub minimum_detectable_adjusted: Option<f64>,
    /// That the change lies within the margin that was given, also where it is clear; null where that is not shown.
    #[serde(default)]
    pub within_margin: Option<WithinMargin>,
}

/// A margin that a change lies within by two one-sided tests: by its interval at one less twice the level of the tests.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WithinMargin {
    /// The margin, in points or in the unit of the scale.
    pub margin: f64,
    /// The lower limit of that interval.
    pub low: f64,
    /// Its upper limit.
    pub high: f64,
    /// Its confidence level, 0 to 1.
    pub confidence: f64,
}

/// What a test says of a difference. Whether up is good is said by `better`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChangeVerdict {
    /// Higher.
    Up,
    /// Lower.
    Down,
    /// The data fit a rise as well as a fall.
    NoClearChange,
    /// Within the margin, by an equivalence test.
    AboutEqual,
}

/// Why a change was not tested.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Untested {
    /// A base, or what it is worth without weights, is below ten.
    TooFewAnswers,
}

/// What the three groups contributed to the change of a net promoter score, in points; passives always 0.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PromoterContributions {
    /// The change of the share of promoters.
    pub promoters: f64,
    /// The change of the share of passives: for information, it does not count in the score.
    pub passives: f64,
    /// The change of the share of detractors with the sign turned.
    pub detractors: f64,
}

/// A control chart: what a wave may be if nothing but chance is at work.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ControlChart {
    /// Such as `p`, `x` (means and NPS), `laney-p`, `xmr`.
    #[serde(rename = "type")]
    pub type_: String,
    /// The centre line.
    pub center: f64,
    /// The limits by wave, three standard errors about the centre.
    pub limits: Vec<ControlLimits>,
    /// The rules that were looked at, by name.
    pub rules: Vec<String>,
    /// The waves that set centre and limits.
    pub baseline: Vec<String>,
    /// Fewer than eight waves set the limits: they are provisional, and so is what they mark.
    pub provisional: bool,
}

/// The limits of one wave.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ControlLimits {
    /// The wave.
    pub wave: String,
    /// The lower limit.
    pub lower: f64,
    /// The upper limit.
    pub upper: f64,
}

/// The tendency over all complete waves: Mann and Kendall's test with Sen's slope.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Tendency {
    /// Kendall's tau, −1 to 1, corrected for ties.
    pub tau: f64,
    /// The p-value.
    pub p: f64,
    /// Adjusted over all headlines.
    pub p_adjusted: f64,
    /// Sen's slope a wave; where waves are of the calendar, a period, however many are missing between two waves.
    pub slope: f64,
    /// Its lower limit.
    pub slope_low: Option<f64>,
    /// Its upper limit.
    pub slope_high: Option<f64>,
    /// How many waves.
    pub waves: u64,
}

/// A family of tests whose p-values were adjusted together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Family {
    /// Such as `previous`, `last_year`, `rest`.
    pub name: String,
    /// How many tests.
    pub size: u64,
    /// Such as `holm`.
    pub adjustment: String,
}

/// Where a line is interrupted because the question changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TrendBreak {
    /// The first wave of the changed question.
    pub wave: String,
    /// The wave before.
    pub before: String,
    /// What changed: wording, scale, options.
    pub changed: Vec<String>,
    /// Whether `bridge = true` joins the waves all the same.
    pub bridged: bool,
}
