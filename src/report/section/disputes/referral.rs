//! What was counted, and how many unresolved complaints went to a provider.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::records::LeftOut;

/// What was counted and what was not. `records` is `disputes` and all of `left_out`; `disputes` is `decided`,
/// `open` and `unknown`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct DisputesCounted {
    /// Records that were read as cases.
    pub records: u64,
    /// Those that count as disputes.
    pub disputes: u64,
    /// Disputes with an outcome.
    pub decided: u64,
    /// Disputes without one.
    pub open: u64,
    /// Disputes of which neither a text nor a date says whether they are decided.
    pub unknown: u64,
    /// Disputes with a date of closing.
    pub closed: u64,
    /// Disputes with a hearing; null without a column for it.
    pub heard: Option<u64>,
    /// Records that do not count, by reason; no entry is 0.
    pub left_out: Vec<LeftOut>,
    /// The earliest day of referral, `YYYY-MM-DD`.
    pub first_referred: Option<String>,
    /// The latest.
    pub last_referred: Option<String>,
}

/// How many unresolved complaints went to a provider.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct DisputeReferral {
    /// Where the number of unresolved complaints is from: `declared`, `declared_by_period`, `complaints` (a file of
    /// complaints, each dispute looked up by the id of its complaint), `complaints_counted` (such a file without ids).
    pub by: Option<String>,
    /// Unresolved complaints.
    pub unresolved: Option<u64>,
    /// Those of them that were referred, or disputes of the time that `unresolved` is of.
    pub referred: Option<u64>,
    /// The percentage; above 100 only where the disputes are not among the complaints counted.
    pub rate: Option<f64>,
    /// The lower limit.
    pub low: Option<f64>,
    /// The upper limit.
    pub high: Option<f64>,
    /// How the limits were found: `wilson`, or `log-ratio` where the disputes are not known to be among the complaints.
    pub method: Option<String>,
    /// Whether the disputes counted are not known to be among the unresolved complaints, so that the rate is a ratio.
    pub not_a_subset: bool,
    /// Disputes whose complaint is in the file of complaints and does not count as unresolved there; null without ids.
    pub though_resolved: Option<u64>,
    /// Disputes whose complaint is not in the file of complaints.
    pub not_in_file: Option<u64>,
    /// Disputes without the id of a complaint.
    pub without_id: Option<u64>,
    /// What counts as unresolved in a file of complaints: `rejected`, `partly_upheld`, `escalated`, `overdue`.
    pub unresolved_when: Vec<String>,
    /// Why there is no rate: `no_unresolved` (nobody says how many complaints stayed unresolved), `none_unresolved`,
    /// `single_case`.
    pub reason: Option<String>,
}

/// One period.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct DisputePeriod {
    /// Its label, such as `2026-Q3`.
    pub period: String,
    /// Whether it ended by `as_of`.
    pub complete: bool,
    /// Whether it is the first of the file, of which some days may be missing.
    pub first: bool,
    /// Disputes referred in it.
    pub referred: u64,
    /// The lower limit of the number, exact for a Poisson count (Garwood 1936).
    pub referred_low: Option<f64>,
    /// The upper limit.
    pub referred_high: Option<f64>,
    /// Disputes with an outcome in it, whenever they were referred; null without dates of outcomes.
    pub decided: Option<u64>,
    /// Disputes without an outcome at its end, or at `as_of`; null without dates of outcomes.
    pub open: Option<u64>,
    /// Complaints received in it that stayed unresolved, or as many as are declared for it.
    pub unresolved: Option<u64>,
    /// Those of them that were referred, or the disputes of the period.
    pub of_unresolved: Option<u64>,
    /// The referral rate in percent.
    pub rate: Option<f64>,
    /// The lower limit of the rate.
    pub rate_low: Option<f64>,
    /// The upper limit.
    pub rate_high: Option<f64>,
    /// Why there is no rate: as that of all.
    pub reason: Option<String>,
}
