//! The stable names of checks, reasons and dispositions in the language of the report.

use super::super::context::Context;
use crate::report::QualityCheck;
use crate::report::words::{NumberStyle, fill};

/// More decimals of a limit are never written.
const LIMIT_DECIMALS: usize = 1;

/// What a check is called.
pub(super) fn check(context: &Context, code: &str) -> String {
    let texts = &context.phrases().quality;
    match code {
        "no_answer" => texts.no_answer,
        "stopped" => texts.stopped,
        "duplicate_id" => texts.duplicate_id,
        "repeat_customer" => texts.repeat_customer,
        "duplicate_answers" => texts.duplicate_answers,
        "speeder" => texts.speeder,
        "straight_line" => texts.straight_line,
        "long_string" => texts.long_string,
        "contradiction" => texts.contradiction,
        "out_of_range" => texts.out_of_range,
        "date_unreadable" => texts.date_unreadable,
        "date_future" => texts.date_future,
        "date_before_start" => texts.date_before_start,
        other => return other.replace('_', " "),
    }
    .to_owned()
}

/// The limit of a check; for one of a newer program as that wrote it.
pub(super) fn rule(context: &Context, check: &QualityCheck) -> String {
    let texts = &context.phrases().quality;
    let text = match check.code.as_str() {
        "no_answer" => texts.rule_no_answer,
        "stopped" => texts.rule_stopped,
        "duplicate_id" => texts.rule_duplicate_id,
        "repeat_customer" => texts.rule_repeat_customer,
        "duplicate_answers" => texts.rule_duplicate_answers,
        "speeder" if check.share_of_median.is_some() => texts.rule_speeder_median,
        "speeder" => texts.rule_speeder,
        "straight_line" => texts.rule_straight_line,
        "long_string" => texts.rule_long_string,
        "contradiction" => texts.rule_contradiction,
        "out_of_range" => texts.rule_out_of_range,
        "date_unreadable" => texts.rule_date_unreadable,
        "date_future" => texts.rule_date_future,
        "date_before_start" => texts.rule_date_before_start,
        _ => return check.rule.clone().unwrap_or_default(),
    };
    let written =
        |number: Option<f64>, as_text: &dyn Fn(f64) -> String| number.map_or_else(String::new, as_text);
    let limit = written(check.threshold, &|limit| context.speech.plain(limit, LIMIT_DECIMALS, false));
    let share = written(check.share_of_median, &|share| {
        context.speech.styled(100.0 * share, NumberStyle { decimals: 0, ..NumberStyle::percent() })
    });
    let median = check.threshold.zip(check.share_of_median.filter(|share| *share > 0.0));
    let median = written(median.map(|(limit, share)| limit / share), &|median| {
        context.speech.plain(median, LIMIT_DECIMALS, false)
    });
    let mut rule = fill(text, &[("limit", &limit), ("share", &share), ("median", &median)]);
    if let (Some(pairs @ 1..), Some(expected)) = (check.pairs, check.expected_pairs) {
        let pairs = context.speech.count(pairs);
        let expected = context.speech.plain(expected, LIMIT_DECIMALS, false);
        rule = fill(texts.duplicate_pairs, &[("rule", &rule), ("pairs", &pairs), ("expected", &expected)]);
    }
    if check.is_flag { rule } else { fill(texts.only_said, &[("rule", &rule)]) }
}

/// Why something could not be looked at.
pub(super) fn reason(context: &Context, code: &str) -> String {
    let texts = &context.phrases().quality;
    match code {
        "no_questions" => texts.why_no_questions,
        "too_few_questions" => texts.why_too_few_questions,
        "no_id" => texts.why_no_id,
        "no_customer" => texts.why_no_customer,
        "no_values" => texts.why_no_values,
        "too_alike" => texts.why_too_alike,
        "no_duration" => texts.why_no_duration,
        "no_durations" => texts.why_no_durations,
        "too_few_durations" => texts.why_too_few_durations,
        "no_grid" => texts.why_no_grid,
        "no_long_grid" => texts.why_no_long_grid,
        "no_condition" => texts.why_no_condition,
        "no_date" => texts.why_no_date,
        "no_start" => texts.why_no_start,
        "day_month_open" => texts.why_day_month_open,
        "too_many_rows" => texts.why_too_many_rows,
        other => return other.replace('_', " "),
    }
    .to_owned()
}

/// One of the two columns of a question.
pub(super) fn part(context: &Context, part: &str) -> String {
    let texts = context.phrases();
    match part {
        "expectation" => texts.statistics.expectation,
        "perception" => texts.statistics.perception,
        "functional" => texts.quality.functional,
        "dysfunctional" => texts.quality.dysfunctional,
        other => other,
    }
    .to_owned()
}

/// What became of a case, with AAPOR's letter.
pub(super) fn disposition(context: &Context, name: &str) -> String {
    let texts = &context.phrases().quality;
    match name {
        "complete" => texts.complete,
        "partial" => texts.partial,
        "refusal" => texts.refusal,
        "non_contact" => texts.non_contact,
        "other" => texts.other,
        "unknown" => texts.unknown,
        "not_eligible" => texts.not_eligible,
        other => return other.replace('_', " "),
    }
    .to_owned()
}
