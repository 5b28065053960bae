//! What is said of complaints: names of figures, steps and codes, and what was counted.

use super::phrases::ComplaintTexts;
use super::speech::{Speech, fill};
use crate::report::{ComplaintsSection, LedgerPlace, LeftOut};

/// What was counted of what, in which time, up to which day and where that day is from; that few complaints show no
/// satisfaction; what was not counted, and what was guessed.
pub(crate) fn complaints_account(speech: &Speech, section: &ComplaintsSection) -> Vec<String> {
    let texts = &speech.phrases().complaints;
    let counted = &section.counted;
    let count = |number| speech.count(number);
    let mut first = vec![fill(
        match counted.complaints {
            0 => texts.counted_none,
            1 => texts.counted_one,
            _ => texts.counted_many,
        },
        &[
            ("complaints", &count(counted.complaints)),
            ("records", &count(counted.records)),
            ("first", &counted.first_received.as_deref().unwrap_or(super::NO_FIGURE)),
            ("last", &counted.last_received.as_deref().unwrap_or(super::NO_FIGURE)),
        ],
    )];
    let as_of = match section.as_of_from.as_str() {
        "asked" => texts.as_of_asked,
        "definition" => texts.as_of_definition,
        _ => texts.as_of_last_moment,
    };
    first.push(fill(as_of, &[("date", &section.as_of)]));
    if counted.complaints > 0 {
        let state =
            [("closed", &count(counted.closed) as &dyn std::fmt::Display), ("open", &count(counted.open))];
        first.push(fill(texts.state, &state));
    }
    if counted.unknown > 0 {
        first.push(fill(texts.state_unknown, &[("count", &count(counted.unknown))]));
    }
    let mut said = vec![first.join(" "), texts.no_sign.to_owned()];
    if !counted.kinds_known && counted.complaints > 0 {
        said.push(texts.kinds_unknown.to_owned());
    }
    if !counted.left_out.is_empty() {
        let list: Vec<String> = counted.left_out.iter().map(|line| left_out(speech, section, line)).collect();
        let list = list.join(speech.phrases().page.phrase_separator);
        said.push(fill(texts.left_out, &[("list", &list)]));
    }
    let guessed: Vec<String> = section
        .columns
        .iter()
        .filter(|column| column.guessed)
        .map(|column| {
            let column_name = fill(speech.phrases().page.quoted, &[("text", &column.column)]);
            let field = complaint_code(speech, "field", &column.field);
            fill(texts.guess, &[("field", &field), ("column", &column_name)])
        })
        .collect();
    if !guessed.is_empty() {
        let list = guessed.join(speech.phrases().page.phrase_separator);
        said.push(fill(texts.guessed, &[("list", &list)]));
    }
    said
}

/// How many records were left out for a reason.
fn left_out(speech: &Speech, section: &ComplaintsSection, line: &LeftOut) -> String {
    let texts = &speech.phrases().complaints;
    let text = match line.reason.as_str() {
        "no_received_date" => texts.no_received_date,
        "received_after_as_of" => texts.received_after,
        "left_out_status" => texts.left_out_status,
        _ => texts.not_a_complaint,
    };
    let quoted = line.text.as_ref().map_or_else(
        || super::NO_FIGURE.to_owned(),
        |text| fill(speech.phrases().page.quoted, &[("text", text)]),
    );
    fill(text, &[("count", &speech.count(line.records)), ("date", &section.as_of), ("text", &quoted)])
}

/// What a figure of complaints is called.
pub(crate) fn complaint_figure(speech: &Speech, statistic: &str) -> String {
    let texts = &speech.phrases().complaints;
    let fixed = match statistic {
        "count" => texts.figure_count,
        "rate_per_1000" => texts.figure_rate,
        "open" => texts.figure_open,
        "flow_ratio" => texts.flow,
        "first_contact" => texts.first_contact,
        "reopened" => texts.reopened,
        "repeat" => texts.repeat,
        "recurrent" => texts.recurrent,
        "escalated" => texts.escalated,
        "other_category" => texts.other_category,
        "process_satisfaction" => texts.process_satisfaction,
        "outcome_satisfaction" => texts.outcome_satisfaction,
        "had_problem" => texts.had_problem,
        "complained" => texts.complained,
        "recovered" => texts.recovered,
        "problems_estimated" => texts.problems_estimated,
        "acknowledged_in_time" => return in_time(speech, "acknowledge"),
        "responded_in_time" => return in_time(speech, "respond"),
        "closed_in_time" => return in_time(speech, "close"),
        other => return time(speech, other).unwrap_or_else(|| complaint_code(speech, "outcome", other)),
    };
    fixed.to_owned()
}

fn in_time(speech: &Speech, step: &str) -> String {
    let step = complaint_step(speech, step);
    fill(speech.phrases().complaints.figure_in_time, &[("step", &step)])
}

/// A percentile of the time to a step: `time_to_close_p80`.
fn time(speech: &Speech, statistic: &str) -> Option<String> {
    let texts = &speech.phrases().complaints;
    let (step, part) = statistic.strip_prefix("time_to_")?.rsplit_once('_')?;
    let text = match part {
        "median" => texts.figure_median,
        "p80" => texts.figure_p80,
        "p90" => texts.figure_p90,
        _ => return None,
    };
    Some(fill(text, &[("step", &complaint_step(speech, step))]))
}

/// A step of handling.
pub(crate) fn complaint_step<'a>(speech: &Speech, step: &'a str) -> &'a str {
    let texts = &speech.phrases().complaints;
    match step {
        "acknowledge" => texts.step_acknowledge,
        "respond" | "response" => texts.step_respond,
        "decide" | "outcome" => texts.step_decide,
        "close" => texts.step_close,
        "implementation" => speech.phrases().disputes.step_implementation,
        other => other,
    }
}

/// Why there is no figure.
pub(crate) fn complaint_reason(speech: &Speech, code: &str) -> &'static str {
    let texts = &speech.phrases().complaints;
    match code {
        "no_transactions" => texts.why_no_transactions,
        "no_transactions_in_period" => texts.why_no_transactions_in_period,
        "incomplete_period" => texts.why_incomplete_period,
        "no_deadline" => texts.why_no_deadline,
        "no_column" => texts.why_no_column,
        "nothing_judged" => texts.why_nothing_judged,
        "suppressed" => texts.why_suppressed,
        "no_cases" => texts.why_no_cases,
        "none_finished" => texts.why_none_finished,
        "too_few_periods" => texts.why_too_few_periods,
        "no_variation" => texts.why_no_variation,
        "too_few_groups" => texts.why_too_few_groups,
        "too_many_groups" => texts.why_too_many_groups,
        "no_complaints" => texts.why_no_complaints,
        "too_few_answers" => texts.why_too_few_answers,
        "share_may_be_zero" => texts.why_share_may_be_zero,
        "no_error" => texts.why_no_error,
        "no_such_period" => texts.why_no_such_period,
        "not_over" => texts.why_not_over,
        "no_answers" => texts.why_no_answers,
        _ => texts.why_other,
    }
}

/// A code of a kind in words: `field`, `outcome`, `fault`, `treatment`, `state`, `square`, `group`; an unknown one, such as the id
/// of a segment, as it is.
pub(crate) fn complaint_code(speech: &Speech, kind: &str, code: &str) -> String {
    let texts = &speech.phrases().complaints;
    let known = match kind {
        "field" => field(texts, code),
        "outcome" => outcome(texts, code),
        "fault" => fault(texts, code),
        "treatment" => treatment(texts, code),
        "state" => match code {
            "open" => Some(texts.state_open),
            "closed" => Some(texts.state_closed),
            "left_out" => Some(texts.state_left_out),
            _ => Some(texts.state_dates),
        },
        "group" => match code {
            "no_problem" => Some(texts.group_no_problem),
            "recovered" => Some(texts.group_recovered),
            "not_recovered" => Some(texts.group_not_recovered),
            "complained" => Some(texts.group_complained),
            "problem" => Some(texts.group_problem),
            "did_not_complain" => Some(texts.group_did_not_complain),
            _ => None,
        },
        "square" => match code {
            "frequent_and_grave" => Some(texts.frequent_and_grave),
            "frequent" => Some(texts.frequent),
            "grave" => Some(texts.grave),
            "neither" => Some(texts.neither),
            _ => None,
        },
        _ => None,
    };
    known.map_or_else(|| code.to_owned(), str::to_owned)
}

fn field(texts: &ComplaintTexts, code: &str) -> Option<&'static str> {
    Some(match code {
        "id" => texts.field_id,
        "customer" => texts.field_customer,
        "received" => texts.field_received,
        "acknowledged" => texts.field_acknowledged,
        "responded" => texts.field_responded,
        "decided" => texts.field_decided,
        "closed" => texts.field_closed,
        "due" => texts.field_due,
        "status" => texts.field_status,
        "category" => texts.field_category,
        "kind" => texts.field_kind,
        "channel" => texts.field_channel,
        "severity" => texts.field_severity,
        "outcome" => texts.field_outcome,
        "remedy_cost" => texts.field_remedy_cost,
        "reopened" => texts.field_reopened,
        "recurrent" => texts.field_recurrent,
        "first_contact" => texts.field_first_contact,
        "escalated" => texts.field_escalated,
        "promise" => texts.field_promise,
        "process_satisfaction" => texts.field_process_satisfaction,
        "outcome_satisfaction" => texts.field_outcome_satisfaction,
        _ => return None,
    })
}

fn outcome(texts: &ComplaintTexts, code: &str) -> Option<&'static str> {
    Some(match code {
        "upheld" => texts.upheld,
        "partly_upheld" => texts.partly_upheld,
        "rejected" => texts.rejected,
        "withdrawn" => texts.withdrawn,
        "undecided" => texts.undecided,
        _ => return None,
    })
}

fn fault(texts: &ComplaintTexts, code: &str) -> Option<&'static str> {
    Some(match code {
        "closed_before_received" => texts.closed_before_received,
        "acknowledged_before_received" => texts.acknowledged_before_received,
        "responded_before_received" => texts.responded_before_received,
        "decided_before_received" => texts.decided_before_received,
        "due_before_received" => texts.due_before_received,
        "open_with_close_date" => texts.open_with_close_date,
        "closed_without_date" => texts.closed_without_date,
        "ended_after_as_of" => texts.ended_after_as_of,
        "negative_cost" => texts.negative_cost,
        "undeclared_status" => texts.undeclared_status,
        "unknown_outcome" => texts.unknown_outcome,
        "unknown_severity" => texts.unknown_severity,
        "satisfaction_out_of_range" => texts.satisfaction_out_of_range,
        "unreadable" => texts.unreadable,
        "out_of_reach" => texts.out_of_reach,
        "month_only" => texts.month_only,
        "repeated_id" => texts.repeated_id,
        "repeated_record" => texts.repeated_record,
        "dates_in_two_shapes" => texts.dates_in_two_shapes,
        _ => return None,
    })
}

fn treatment(texts: &ComplaintTexts, code: &str) -> Option<&'static str> {
    Some(match code {
        "counted_without_time" => texts.counted_without_time,
        "counted_as_open" => texts.counted_as_open,
        "counted_as_closed" => texts.counted_as_closed,
        "left_out" => texts.record_left_out,
        "cell_left_out" => texts.cell_left_out,
        "counted" => texts.counted,
        _ => return None,
    })
}

/// Where something stands: input, line and column.
pub(crate) fn complaint_place(speech: &Speech, place: &LedgerPlace) -> String {
    let texts = &speech.phrases().complaints;
    let line = place.line.to_string();
    match place.column {
        None => fill(texts.place, &[("input", &place.input), ("line", &line)]),
        Some(column) => {
            let values =
                [("input", &place.input as &dyn std::fmt::Display), ("line", &line), ("column", &column)];
            fill(texts.place_column, &values)
        }
    }
}
