//! Single terms: verdicts, flags, statistics, reasons.

use super::phrases::Phrases;
use crate::report::{Flag, Language, TargetVerdict};

/// A target's verdict.
pub fn verdict(verdict: TargetVerdict) -> &'static str {
    match verdict {
        TargetVerdict::Met => "met",
        TargetVerdict::Missed => "missed",
        TargetVerdict::CannotTell => "cannot tell",
    }
}

/// A flag in words, with the limits it speaks of.
pub fn flag(flag: Flag, flag_below: u64, suppress_below: u64) -> String {
    match flag {
        Flag::NoAnswers => "no answers".to_owned(),
        Flag::Suppressed => format!("hidden: base below {suppress_below}"),
        Flag::Complementary => "hidden so that another figure cannot be worked out".to_owned(),
        Flag::SingleAnswer => "one answer: no interval".to_owned(),
        Flag::NoVariation => "all answers alike: no interval".to_owned(),
        Flag::Census => "census: no interval".to_owned(),
        Flag::SmallBase => format!("small base: below {flag_below}"),
        Flag::TooManyValues => "more distinct values than are kept: no median".to_owned(),
        Flag::NoDeadline => "no deadline is set".to_owned(),
        Flag::NotASubset => "not counted among the base: a ratio, which can exceed 100 %".to_owned(),
    }
}

/// A flag in one or two words, for a narrow column.
pub fn flag_short(flag: Flag) -> &'static str {
    match flag {
        Flag::NoAnswers => "no answers",
        Flag::Suppressed => "hidden",
        Flag::Complementary => "hidden too",
        Flag::SingleAnswer => "one answer",
        Flag::NoVariation => "all alike",
        Flag::Census => "census",
        Flag::SmallBase => "small base",
        Flag::TooManyValues => "no median",
        Flag::NoDeadline => "no deadline",
        Flag::NotASubset => "ratio",
    }
}

/// A statistic's name; the code of a share stands for itself, its label is the survey's.
pub fn statistic(name: &str) -> String {
    match name {
        "top_box" => "top box",
        "bottom_box" => "bottom box",
        "net" => "top box − bottom box",
        "index" => "index 0 to 100",
        "nps" => "NPS",
        "gap" => "perceived − expected",
        "expectation" => "expected",
        "perception" => "perceived",
        _ => name.strip_prefix("share:").unwrap_or(name),
    }
    .to_owned()
}

/// A measure's name where it tells how the score is to be read; none where the question says enough.
pub fn kind(measure: &str) -> Option<&'static str> {
    match measure {
        "nps" => Some("NPS"),
        "ces" => Some("CES"),
        _ => None,
    }
}

/// What the interval does not show, for the way in which respondents came in; none for a random sample and for a
/// census that has no interval.
pub fn sampling_note(sampling: &str) -> Option<&'static str> {
    let notes = &Phrases::of(Language::English).notes;
    match sampling {
        "random" => None,
        "everyone_answered" => Some(notes.sampling_everyone),
        "open_link" => Some(notes.sampling_open_link),
        _ => Some(notes.sampling_chance),
    }
}

/// Why rows were left out, or what was odd about rows that were kept; follows a number of rows.
pub fn exclusion(reason: &str) -> String {
    match reason {
        "short_row" => "too short",
        "filtered" => "filtered",
        "invalid_weight" => "without a valid weight",
        "zero_weight" => "of weight zero",
        "no_raking_answer" => "without an answer to a weighting variable",
        "no_stratum" => "without a stratum",
        "no_cluster" => "without a cluster",
        "zero_target" => "of a category whose target is 0",
        "wave_not_weighted" => "of a wave that cannot be weighted",
        "no_date" => "without a date",
        "repeated_header" => "repeating the header",
        "preview" => "from previews, tests or spam",
        "partial" => "unfinished",
        "excluded" => "left out by a condition",
        "no_interview" => "cases without an interview",
        "duplicate_id" => "with a repeated id",
        "no_wave" => "without a wave",
        "other_wave" => "of other waves",
        "ragged_row" => "ragged",
        "overlong_row" => "with more cells than the header",
        "rounded_weight" => "with a rounded weight",
        "outside_base" => "with an answer to a question not asked",
        _ => return reason.replace('_', " "),
    }
    .to_owned()
}

/// What was odd about rows that count nevertheless, for a table of rows left out.
pub fn kept(reason: &str) -> String {
    format!("{}, kept", exclusion(reason))
}

/// Why a cell has no answer.
pub fn missing(reason: &str) -> String {
    match reason {
        "not_applicable" => "not applicable",
        "dont_know" => "don't know",
        "not_asked" => "not asked",
        _ => return reason.replace('_', " "),
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::{exclusion, flag, missing, sampling_note, statistic};
    use crate::report::Flag;

    #[test]
    fn flags_name_the_limit_they_speak_of() {
        assert_eq!(flag(Flag::Suppressed, 30, 5), "hidden: base below 5");
        assert_eq!(flag(Flag::SmallBase, 30, 5), "small base: below 30");
    }

    #[test]
    fn only_a_random_sample_needs_no_caveat() {
        assert_eq!(sampling_note("random"), None);
        for sampling in ["unknown", "everyone_invited", "open_link", "everyone_answered", ""] {
            assert!(sampling_note(sampling).is_some(), "{sampling}");
        }
    }

    #[test]
    fn a_reason_that_is_not_known_is_still_shown() {
        assert_eq!(exclusion("vendor_preview"), "vendor preview");
        assert_eq!(missing("blank"), "blank");
        assert_eq!(statistic("share:7"), "7");
        assert_eq!(statistic("median"), "median");
    }
}
