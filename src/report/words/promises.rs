//! What is said of promises: names of figures and codes, what was counted, and notes.

use super::complaints::complaint_code;
use super::phrases::PromiseTexts;
use super::speech::{Speech, fill};
use crate::report::{LeftOut, PromiseRow, PromiseState, PromisesSection};

/// What was counted of what, in which time and up to which day; how events are judged; which promises were never tested or
/// have no indicator; what was not counted.
pub(crate) fn promises_account(speech: &Speech, section: &PromisesSection) -> Vec<String> {
    let texts = &speech.phrases().promises;
    let counted = &section.counted;
    let count = |number| speech.count(number);
    let mut first = vec![fill(
        match counted.events {
            0 => texts.counted_none,
            1 => texts.counted_one,
            _ => texts.counted_many,
        },
        &[
            ("events", &count(counted.events)),
            ("records", &count(counted.records)),
            ("first", &counted.first_event.as_deref().unwrap_or(super::NO_FIGURE)),
            ("last", &counted.last_event.as_deref().unwrap_or(super::NO_FIGURE)),
        ],
    )];
    let as_of = match section.as_of_from.as_str() {
        "asked" => texts.as_of_asked,
        "definition" => texts.as_of_definition,
        _ => texts.as_of_last_event,
    };
    first.push(fill(as_of, &[("date", &section.as_of)]));
    if counted.not_judged > 0 {
        first.push(fill(texts.not_judged, &[("count", &count(counted.not_judged))]));
    }
    let judged = if counted.declared { texts.how_judged } else { texts.not_declared };
    let mut said = vec![first.join(" "), judged.to_owned()];
    let mut named = |text: &str, is: &dyn Fn(&&PromiseRow) -> bool| {
        let names: Vec<&str> = section.promises.iter().filter(is).map(|row| row.promise.as_str()).collect();
        if !names.is_empty() {
            said.push(fill(text, &[("list", &names.join(speech.phrases().page.list_separator))]));
        }
    };
    named(texts.never_tested_text, &|row| row.state == PromiseState::NeverTested);
    named(texts.no_indicator_text, &|row| row.no_indicator);
    if !counted.left_out.is_empty() {
        let list: Vec<String> = counted.left_out.iter().map(|line| left_out(speech, section, line)).collect();
        let list = list.join(speech.phrases().page.phrase_separator);
        said.push(fill(texts.left_out, &[("list", &list)]));
    }
    said
}

/// How many records were left out for a reason.
fn left_out(speech: &Speech, section: &PromisesSection, line: &LeftOut) -> String {
    let texts = &speech.phrases().promises;
    let text = match line.reason.as_str() {
        "no_date" => texts.no_date,
        "no_promise" => texts.no_promise,
        "unknown_promise" => texts.unknown_promise,
        "event_after_as_of" => texts.after_as_of,
        _ => texts.outside_validity,
    };
    let quoted = line.text.as_ref().map_or_else(
        || super::NO_FIGURE.to_owned(),
        |text| fill(speech.phrases().page.quoted, &[("text", text)]),
    );
    fill(text, &[("count", &speech.count(line.records)), ("date", &section.as_of), ("text", &quoted)])
}

/// What a figure of promises is called; one of a promise with its id.
pub(crate) fn promise_figure(speech: &Speech, question: &str, statistic: &str) -> String {
    let texts = &speech.phrases().promises;
    let figure = match statistic {
        "kept" => texts.figure_kept,
        "events" => texts.figure_events,
        "overshoot_mean" => texts.figure_overshoot,
        "remedy_honoured" => texts.figure_remedy,
        "complaints_per_1000" => texts.figure_complaints,
        "misunderstood" => texts.figure_misunderstood,
        "awareness" => texts.figure_awareness,
        "satisfaction" => texts.figure_satisfaction,
        other => other,
    };
    match question.strip_prefix("promises.") {
        Some(promise) => fill(texts.figure_of, &[("figure", &figure), ("promise", &promise)]),
        None => figure.to_owned(),
    }
}

/// Why there is no figure.
pub(crate) fn promise_reason(speech: &Speech, code: &str) -> &'static str {
    let texts = &speech.phrases().promises;
    match code {
        "no_events" => texts.why_no_events,
        "nothing_judged" => texts.why_nothing_judged,
        "suppressed" => texts.why_suppressed,
        "no_breaches" => texts.why_no_breaches,
        "mixed_units" => texts.why_mixed_units,
        "none_due" => texts.why_none_due,
        "no_column" => texts.why_no_column,
        _ => texts.why_other,
    }
}

/// A code of a kind in words: `field`, `fault`, `treatment`; what all records have in common as complaints have it, and an
/// unknown one, such as the id of a segment, as it is.
pub(crate) fn promise_code(speech: &Speech, kind: &str, code: &str) -> String {
    let texts = &speech.phrases().promises;
    let known = match kind {
        "field" => field(texts, code),
        _ => fault(texts, code),
    };
    match (kind, known) {
        (_, Some(known)) => known.to_owned(),
        ("field", None) => code.to_owned(),
        _ => complaint_code(speech, kind, code),
    }
}

fn field(texts: &PromiseTexts, code: &str) -> Option<&'static str> {
    Some(match code {
        "event_id" => texts.field_event_id,
        "promise_id" => texts.field_promise_id,
        "date" => texts.field_date,
        "segment" => texts.field_segment,
        "value" => texts.field_value,
        "met" => texts.field_met,
        "remedy_due" => texts.field_remedy_due,
        "remedy_paid" => texts.field_remedy_paid,
        "complaint_id" => texts.field_complaint_id,
        _ => return None,
    })
}

fn fault(texts: &PromiseTexts, code: &str) -> Option<&'static str> {
    Some(match code {
        "met_contradicts_value" => texts.met_contradicts_value,
        "not_judged" => texts.fault_not_judged,
        "negative_remedy" => texts.negative_remedy,
        "paid_without_due" => texts.paid_without_due,
        "value_wins" => texts.value_wins,
        "counted_not_judged" => texts.counted_not_judged,
        _ => return None,
    })
}

/// The text of a note's code.
pub(super) fn promise_note(texts: &PromiseTexts, code: &str) -> Option<&'static str> {
    Some(match code {
        "promises_no_events" => texts.note_no_events,
        "promises_never_tested" => texts.note_never_tested,
        "promises_no_indicator" => texts.note_no_indicator,
        "promises_unknown" => texts.note_unknown,
        "promises_outside_validity" => texts.note_outside_validity,
        "promises_not_declared" => texts.note_not_declared,
        "promises_contradicted" => texts.note_contradicted,
        "promises_as_of" => texts.note_as_of,
        "promises_few_complaints" => texts.note_few_complaints,
        _ => return None,
    })
}
