//! What is said of indicators: names of figures, verdicts, reasons, and what was counted.

use super::complaints::{complaint_code, complaint_reason};
use super::phrases::IndicatorTexts;
use super::speech::{Speech, fill};
use super::verdict::is_good;
use crate::report::{
    Better, ChangeVerdict, CorroborationRow, IndicatorChange, IndicatorSeries, IndicatorsSection,
};

/// How many records count, up to when, what the figures are, and that none recorded is no sign of satisfaction.
pub(crate) fn indicators_account(speech: &Speech, section: &IndicatorsSection) -> Vec<String> {
    let texts = &speech.phrases().indicators;
    let records = speech.count(section.records);
    let first = match (&section.period, section.used) {
        (_, 0) => fill(texts.counted_none, &[("records", &records)]),
        (None, _) => fill(texts.no_period, &[("date", &section.as_of)]),
        (Some(period), used) => fill(
            texts.counted,
            &[
                ("used", &speech.count(used)),
                ("records", &records),
                ("period", &period),
                ("date", &section.as_of),
            ],
        ),
    };
    let mut said = vec![first, texts.no_sign.to_owned()];
    if section.joined_from.is_some() {
        said.push(texts.joined.to_owned());
    }
    if section.used > 0 {
        said.push(texts.limits_meaning.to_owned());
    }
    let is_plain = |series: &&IndicatorSeries| matches!(series.kind.as_str(), "value" | "ratio");
    let mut plain: Vec<&str> =
        section.series.iter().filter(is_plain).map(|series| series.name.as_str()).collect();
    plain.dedup();
    if !plain.is_empty() {
        said.push(fill(texts.recorded, &[("list", &speech.list(&speech.quoted_alike(&plain)))]));
    }
    said
}

/// What a figure of an indicator is: `per 1,000`, `share`, `number`, `as recorded`.
pub(crate) fn indicator_figure(speech: &Speech, statistic: &str) -> String {
    let texts = &speech.phrases().indicators;
    if let Some(per) = statistic.strip_prefix("rate_per_") {
        let per = per.parse().map_or_else(|_| per.to_owned(), |per: f64| speech.plain(per, 6, false));
        return fill(texts.figure_rate, &[("per", &per)]);
    }
    match statistic {
        "share" => texts.figure_share,
        "count" => texts.figure_count,
        _ => texts.figure_value,
    }
    .to_owned()
}

/// Which way is good, or why nobody can say.
pub(crate) fn indicator_direction(speech: &Speech, series: &IndicatorSeries) -> &'static str {
    let texts = &speech.phrases().indicators;
    match (series.better, series.direction_reason.as_deref()) {
        (Some(Better::Higher), _) => texts.higher,
        (Some(Better::Lower), _) => texts.lower,
        (None, Some("neither")) => texts.neither,
        (None, Some("two_directions")) => texts.two_directions,
        (None, _) => texts.no_direction,
    }
}

/// The verdict on a change, with whether it is good where that is known; or why there is none.
pub(crate) fn indicator_verdict(speech: &Speech, change: &IndicatorChange, better: Option<Better>) -> String {
    let texts = &speech.phrases().indicators;
    let verdicts = &speech.phrases().verdicts;
    let Some(verdict) = change.verdict else {
        return indicator_reason(speech, change.reason.as_deref().unwrap_or_default()).to_owned();
    };
    let word = match verdict {
        ChangeVerdict::Up => verdicts.up_plain,
        ChangeVerdict::Down => verdicts.down_plain,
        ChangeVerdict::NoClearChange => verdicts.no_clear_change_plain,
        ChangeVerdict::AboutEqual => verdicts.about_equal_plain,
    };
    match is_good(verdict, better) {
        Some(true) => fill(texts.better, &[("change", &word)]),
        Some(false) => fill(texts.worse, &[("change", &word)]),
        None => word.to_owned(),
    }
}

/// Why there is no figure, test or limit.
pub(crate) fn indicator_reason(speech: &Speech, code: &str) -> &'static str {
    let texts = &speech.phrases().indicators;
    match code {
        "recorded_figure" => texts.why_recorded_figure,
        "no_figure" => texts.why_no_figure,
        "no_figure_before" => texts.why_no_figure_before,
        "hidden" => texts.why_hidden,
        "too_few_plain_periods" => texts.why_too_few_plain_periods,
        other => complaint_reason(speech, other),
    }
}

/// Why indicators and scores are not set beside each other.
pub(crate) fn corroboration_reason(speech: &Speech, code: Option<&str>) -> &'static str {
    let texts = &speech.phrases().indicators;
    match code {
        Some("no_scores") => texts.cor_no_scores,
        Some("no_calendar") => texts.cor_no_calendar,
        Some("other_periods") => texts.cor_other_periods,
        _ => texts.cor_no_pair,
    }
}

/// By how much the score follows the indicator.
pub(crate) fn indicator_lag(speech: &Speech, lag: i64) -> String {
    let texts = &speech.phrases().indicators;
    let text = match lag {
        0 => return texts.lag_none.to_owned(),
        1.. => texts.lag_later,
        _ => texts.lag_earlier,
    };
    fill(text, &[("count", &speech.count(lag.unsigned_abs()))])
}

/// What was found of an indicator and a score, and whether that was to be expected.
pub(crate) fn corroboration_found(speech: &Speech, row: &CorroborationRow) -> String {
    let texts = &speech.phrases().indicators;
    let found = match row.verdict.as_deref() {
        Some("together") => texts.together,
        Some("shared_trend") => texts.shared_trend,
        Some("trend_unknown") => texts.trend_unknown,
        _ => return texts.no_clear.to_owned(),
    };
    match row.as_expected {
        Some(true) => fill(texts.as_expected, &[("found", &found)]),
        Some(false) => fill(texts.not_expected, &[("found", &found)]),
        None => found.to_owned(),
    }
}

/// A code of a kind in words: `field`, `fault`, `treatment`; an unknown one as it is.
pub(crate) fn indicator_code(speech: &Speech, kind: &str, code: &str) -> String {
    let texts = &speech.phrases().indicators;
    let known = match (kind, code) {
        ("treatment", "counted_without_verdict") => Some(texts.counted_without_verdict),
        ("field", code) => field(texts, code),
        ("fault", code) => fault(texts, code),
        _ => None,
    };
    known.map_or_else(|| complaint_code(speech, kind, code), str::to_owned)
}

fn field(texts: &IndicatorTexts, code: &str) -> Option<&'static str> {
    Some(match code {
        "period" => texts.field_period,
        "indicator" => texts.field_indicator,
        "value" => texts.field_value,
        "denominator" => texts.field_denominator,
        "unit" => texts.field_unit,
        "direction" => texts.field_direction,
        "segment" => texts.field_segment,
        "source" => texts.field_source,
        _ => return None,
    })
}

fn fault(texts: &IndicatorTexts, code: &str) -> Option<&'static str> {
    Some(match code {
        "no_period" => texts.fault_no_period,
        "unreadable_period" => texts.fault_unreadable_period,
        "no_indicator" => texts.fault_no_indicator,
        "no_value" => texts.fault_no_value,
        "other_period_length" => texts.fault_other_period_length,
        "no_longer_period" => texts.fault_no_longer_period,
        "several_in_period" => texts.fault_several_in_period,
        "repeated_row" => texts.fault_repeated_row,
        "contradicting_rows" => texts.fault_contradicting_rows,
        "mixed_units" => texts.fault_mixed_units,
        "no_denominator" => texts.fault_no_denominator,
        "zero_denominator" => texts.fault_zero_denominator,
        "negative_denominator" => texts.fault_negative_denominator,
        "negative_count" => texts.fault_negative_count,
        "not_whole" => texts.fault_not_whole,
        "above_denominator" => texts.fault_above_denominator,
        "unknown_direction" => texts.fault_unknown_direction,
        "two_directions" => texts.fault_two_directions,
        "short_row" => texts.fault_short_row,
        "unreadable" => texts.fault_unreadable,
        "out_of_reach" => texts.fault_out_of_reach,
        _ => return None,
    })
}
