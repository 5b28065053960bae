//! Why a gate could not be judged, or what weakens its outcome, in words.

use crate::report::{Estimate, Flag};

pub(super) const NO_DIRECTION: &str =
    "neither end is the good one; write `better = \"higher\"` or `\"lower\"` into the question";

pub(super) const NO_WAVE: &str = "there is no answer in any wave that has begun";

pub(super) fn no_such_wave(label: &str) -> String {
    format!("there is no wave {label}")
}

pub(super) fn nothing_of(question: &str, segment: &[(String, String)], wave: &str) -> String {
    let group: Vec<String> = segment.iter().map(|(id, value)| format!("{id} = {value}")).collect();
    if group.is_empty() {
        format!("no figure of {question} in {wave}")
    } else {
        format!("no answer of the group {} in {wave}", group.join(", "))
    }
}

pub(super) fn absent(flag: Option<Flag>, wave: &str) -> String {
    match flag {
        Some(Flag::NoAnswers) => format!("no answer in {wave}"),
        Some(Flag::Suppressed | Flag::Complementary) => {
            format!("hidden in {wave}: too few answers to show them")
        }
        Some(Flag::TooManyValues) => format!("no median in {wave}: too many different values"),
        _ => format!("no figure in {wave}"),
    }
}

pub(super) fn no_interval(flag: Option<Flag>) -> String {
    match flag {
        Some(Flag::SingleAnswer) => "one answer has no interval",
        Some(Flag::NoVariation) => "no interval: all answers are alike",
        _ => "the figure has no interval",
    }
    .to_owned()
}

pub(super) fn small_base(estimate: &Estimate, flag_below: u64) -> String {
    let base = estimate.base.map_or_else(String::new, |base| format!(" of {base}"));
    let weighted = estimate.base_kish.is_some();
    let effective = estimate.base_effective.filter(|_| weighted);
    let effective = effective.map_or_else(String::new, |n| format!(" (as good as {n:.0} without weights)"));
    format!("a base{base}{effective} is below {flag_below}")
}

pub(super) fn not_over(wave: &str) -> String {
    format!("{wave} is not over: a running wave is not compared")
}

pub(super) fn no_wave_before(wave: &str) -> String {
    format!("there is no complete wave before {wave}")
}

pub(super) fn no_last_year(wave: &str) -> String {
    format!("there is no wave a year before {wave}")
}

pub(super) fn asked_otherwise(before: &str, wave: &str) -> String {
    format!("asked otherwise in {wave} than in {before}; `bridge = true` in the question joins them")
}

pub(super) fn not_comparable(before: &str, wave: &str) -> String {
    format!("the figures of {before} and {wave} are not of the same kind")
}

pub(super) const CHANGE_WITHOUT_INTERVAL: &str = "the change has no interval";

pub(super) const FALLS: &str =
    "neither end of the scale is the good one: a fall of the figure counts as a drop";

pub(super) fn percent(limit: f64) -> String {
    let meant = crate::measures::rounded(100.0 * limit).unwrap_or(100.0 * limit);
    format!("percent figures go from 0 to 100; did you mean {meant}?")
}
