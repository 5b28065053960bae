//! What is said of disputes: names of figures and codes, and what was counted.

use super::complaints::{complaint_code, complaint_figure, complaint_reason, complaint_step};
use super::phrases::DisputeTexts;
use super::speech::{Speech, fill};
use crate::report::DisputesSection;

/// What was counted of what, in which time, up to which day and where that day is from; that few disputes show no
/// satisfaction; what was not counted, and what was guessed.
pub(crate) fn disputes_account(speech: &Speech, section: &DisputesSection) -> Vec<String> {
    let (texts, shared) = (&speech.phrases().disputes, &speech.phrases().complaints);
    let counted = &section.counted;
    let count = |number| speech.count(number);
    let mut first = vec![fill(
        match counted.disputes {
            0 => texts.counted_none,
            1 => texts.counted_one,
            _ => texts.counted_many,
        },
        &[
            ("disputes", &count(counted.disputes)),
            ("records", &count(counted.records)),
            ("first", &counted.first_referred.as_deref().unwrap_or(super::NO_FIGURE)),
            ("last", &counted.last_referred.as_deref().unwrap_or(super::NO_FIGURE)),
        ],
    )];
    let as_of = match section.as_of_from.as_str() {
        "asked" => shared.as_of_asked,
        "definition" => shared.as_of_definition,
        _ => shared.as_of_last_moment,
    };
    first.push(fill(as_of, &[("date", &section.as_of)]));
    if counted.disputes > 0 {
        let state = [
            ("decided", &count(counted.decided) as &dyn std::fmt::Display),
            ("open", &count(counted.open)),
            ("closed", &count(counted.closed)),
        ];
        first.push(fill(texts.state, &state));
    }
    if counted.unknown > 0 {
        first.push(fill(texts.state_unknown, &[("count", &count(counted.unknown))]));
    }
    if let Some(heard) = counted.heard {
        first.push(fill(texts.heard, &[("count", &count(heard))]));
    }
    let mut said = vec![first.join(" "), texts.no_sign.to_owned()];
    let separator = speech.phrases().page.phrase_separator;
    if !counted.left_out.is_empty() {
        let lines = counted.left_out.iter().map(|line| {
            let after = line.reason == "referred_after_as_of";
            let text = if after { texts.referred_after } else { texts.no_referred_date };
            fill(text, &[("count", &count(line.records)), ("date", &section.as_of)])
        });
        let list: Vec<String> = lines.collect();
        said.push(fill(shared.left_out, &[("list", &list.join(separator))]));
    }
    let guessed: Vec<String> = section
        .columns
        .iter()
        .filter(|column| column.guessed)
        .map(|column| {
            let column_name = fill(speech.phrases().page.quoted, &[("text", &column.column)]);
            let field = dispute_code(speech, "field", &column.field);
            fill(shared.guess, &[("field", &field), ("column", &column_name)])
        })
        .collect();
    if !guessed.is_empty() {
        said.push(fill(shared.guessed, &[("list", &guessed.join(separator))]));
    }
    said
}

/// What a figure of disputes is called.
pub(crate) fn dispute_figure(speech: &Speech, statistic: &str) -> String {
    let (texts, shared) = (&speech.phrases().disputes, &speech.phrases().complaints);
    let in_time = |step: &str| fill(shared.figure_in_time, &[("step", &complaint_step(speech, step))]);
    let fixed = match statistic {
        "count" => texts.figure_count,
        "referral_rate" => texts.figure_referral,
        "open" => texts.figure_open,
        "settled" => texts.settlement_rate,
        "organisation_accepted" => texts.organisation_accepted,
        "customer_accepted" => texts.customer_accepted,
        "accepted" => texts.accepted,
        "overturned" => texts.overturned,
        "award_ratio" => texts.award_ratio,
        "award_ratio_median" => texts.award_ratio_median,
        "awarded_mean" => texts.awarded_mean,
        "cost_mean" => texts.cost_mean,
        "cost_median" => texts.cost_median,
        "fair" => texts.fair,
        "process_satisfaction" => texts.process_satisfaction,
        "responded_in_time" => return in_time("response"),
        "decided_in_time" => return in_time("outcome"),
        "implemented_in_time" => return in_time("implementation"),
        other => {
            return outcome(texts, other).map_or_else(|| complaint_figure(speech, other), str::to_owned);
        }
    };
    fixed.to_owned()
}

/// Why there is no figure on disputes.
pub(crate) fn dispute_reason(speech: &Speech, code: &str) -> &'static str {
    let texts = &speech.phrases().disputes;
    match code {
        "no_unresolved" => texts.why_no_unresolved,
        "none_unresolved" => texts.why_none_unresolved,
        "single_case" => texts.why_single_case,
        "no_cases" => texts.why_no_cases,
        "suppressed" => texts.why_suppressed,
        _ => complaint_reason(speech, code),
    }
}

/// A code of a kind in words: `field`, `outcome`, `fault`, `treatment`, `place`, `when`; an unknown one, such as the id of
/// a segment, as it is.
pub(crate) fn dispute_code(speech: &Speech, kind: &str, code: &str) -> String {
    let texts = &speech.phrases().disputes;
    let known = match kind {
        "field" => field(texts, code),
        "outcome" if code.is_empty() => Some(texts.text_unknown),
        "outcome" => outcome(texts, code),
        "fault" => fault(texts, code),
        "place" => Some(match code {
            "above_95" => texts.place_above_95,
            "below_95" => texts.place_below_95,
            "above_998" => texts.place_above_998,
            "below_998" => texts.place_below_998,
            _ => texts.place_within,
        }),
        "when" => Some(match code {
            "rejected" => texts.when_rejected,
            "partly_upheld" => texts.when_partly_upheld,
            "escalated" => texts.when_escalated,
            _ => texts.when_overdue,
        }),
        _ => None,
    };
    known.map_or_else(|| complaint_code(speech, kind, code), str::to_owned)
}

fn outcome(texts: &DisputeTexts, code: &str) -> Option<&'static str> {
    Some(match code {
        "settled" => texts.settled,
        "recommendation" => texts.recommendation,
        "for_customer" => texts.for_customer,
        "split" => texts.split,
        "for_organisation" => texts.for_organisation,
        "withdrawn" => texts.withdrawn,
        "out_of_scope" => texts.out_of_scope,
        "undecided" => texts.undecided,
        _ => return None,
    })
}

fn field(texts: &DisputeTexts, code: &str) -> Option<&'static str> {
    Some(match code {
        "id" => texts.field_id,
        "complaint" => texts.field_complaint,
        "provider" => texts.field_provider,
        "method" => texts.field_method,
        "referred" => texts.field_referred,
        "notice" => texts.field_notice,
        "responded" => texts.field_responded,
        "hearing" => texts.field_hearing,
        "decided" => texts.field_decided,
        "organisation_accepted" => texts.field_organisation_accepted,
        "customer_accepted" => texts.field_customer_accepted,
        "claimed" => texts.field_claimed,
        "awarded" => texts.field_awarded,
        "cost" => texts.field_cost,
        "implemented" => texts.field_implemented,
        "implementation_due" => texts.field_implementation_due,
        "fair" => texts.field_fair,
        "process_satisfaction" => texts.field_process_satisfaction,
        "internal_outcome" => texts.field_internal_outcome,
        _ => return None,
    })
}

fn fault(texts: &DisputeTexts, code: &str) -> Option<&'static str> {
    Some(match code {
        "notice_before_referred" => texts.notice_before_referred,
        "responded_before_notice" => texts.responded_before_notice,
        "decided_before_referred" => texts.decided_before_referred,
        "decided_before_notice" => texts.decided_before_notice,
        "closed_before_referred" => texts.closed_before_referred,
        "implemented_before_decided" => texts.implemented_before_decided,
        "open_with_outcome_date" => texts.open_with_outcome_date,
        "outcome_without_date" => texts.outcome_without_date,
        "date_without_outcome" => texts.date_without_outcome,
        "negative_amount" => texts.negative_amount,
        "awarded_above_claimed" => texts.awarded_above_claimed,
        "unknown_complaint" => texts.unknown_complaint,
        "unknown_internal_outcome" => texts.unknown_internal_outcome,
        _ => return None,
    })
}
