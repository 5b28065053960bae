//! `[[gate]]`: limits that figures must keep.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::complaints::Complaints;
use super::value;
use crate::survey::definition::Survey;
use crate::survey::gate::{Against, Fault, GateDefinition, GateRule, Subject, read, segment_value};
use crate::survey::suggestion::did_you_mean;

/// The gates in written order; `survey` has its questions and segments already.
pub(super) fn gates(
    root: &DeTable<'_>,
    survey: &Survey,
    complaints: &mut Complaints<'_>,
) -> Vec<GateDefinition> {
    let Some(rows) = root.get("gate").and_then(|value| value.get_ref().as_array()) else { return Vec::new() };
    let mut found = Vec::new();
    for row in rows {
        let Some(table) = row.get_ref().as_table() else { continue };
        let rule = match (table.get("fail_if"), table.get("max_drop")) {
            (Some(condition), None) => fail_if(table, condition, survey, complaints),
            (None, Some(drop)) => max_drop(table, drop, survey, complaints),
            (Some(_), Some(drop)) => {
                complaints.error(
                    drop.span(),
                    "conflict",
                    "[[gate]]: both `fail_if` and `max_drop`",
                    "a gate has one limit, so that it can say which was missed",
                    "write a `[[gate]]` for each",
                );
                None
            }
            (None, None) => {
                complaints.error(
                    header(row, complaints),
                    "missing_key",
                    "[[gate]]: neither `fail_if` nor `max_drop`",
                    "a gate without a limit never fails",
                    "write `fail_if = \"recommend.low < 20\"`, or `question = \"…\"` and `max_drop = 5`",
                );
                None
            }
        };
        let place = Some(complaints.document.place(header(row, complaints)));
        found.extend(rule.map(|rule| GateDefinition { name: value::text(table, "name"), rule, place }));
    }
    found
}

/// The first line of a gate: its header, or its braces in a list.
fn header(row: &Spanned<DeValue<'_>>, complaints: &Complaints<'_>) -> Range<usize> {
    let span = row.span();
    let text = complaints.document.text.get(span.clone()).unwrap_or("");
    span.start..span.start + text.lines().next().map_or(0, str::len)
}

fn fail_if(
    table: &DeTable<'_>,
    condition: &Spanned<DeValue<'_>>,
    survey: &Survey,
    complaints: &mut Complaints<'_>,
) -> Option<GateRule> {
    for key in ["question", "statistic", "segment", "against"] {
        if let Some((name, _)) = table.get_key_value(key) {
            complaints.error(
                name.span(),
                "conflict",
                format!("[[gate]]: `{key}` beside `fail_if`"),
                "the condition says what is looked at",
                "remove it, or write `max_drop` in place of `fail_if`",
            );
        }
    }
    let text = value::text(table, "fail_if")?;
    match read(&text, survey) {
        Ok(condition) => Some(GateRule::FailIf(condition)),
        Err(fault) => {
            let span = inside(condition, &text, &fault, complaints);
            let complaint = fault.diagnostic();
            complaints.add(span, complaint);
            None
        }
    }
}

/// Where a fault of a text stands in the file: in the text where that is written as it is, else the whole text.
fn inside(
    written: &Spanned<DeValue<'_>>,
    text: &str,
    fault: &Fault,
    complaints: &Complaints<'_>,
) -> Range<usize> {
    let span = written.span();
    let raw = complaints.document.text.get(span.clone()).unwrap_or("");
    let quote = raw.len().saturating_sub(text.len()) / 2;
    if matches!(quote, 1 | 3) && raw.get(quote..raw.len() - quote) == Some(text) {
        span.start + quote + fault.at.start..span.start + quote + fault.at.end
    } else {
        span
    }
}

fn max_drop(
    table: &DeTable<'_>,
    drop: &Spanned<DeValue<'_>>,
    survey: &Survey,
    complaints: &mut Complaints<'_>,
) -> Option<GateRule> {
    let Some(asked) = table.get("question") else {
        complaints.error(
            drop.span(),
            "missing_key",
            "[[gate]]: `max_drop` without `question`",
            "it cannot be told which figure may not fall",
            "name it: `question = \"…\"`",
        );
        return None;
    };
    let id = value::text(table, "question")?;
    let Some(subject) = Subject::find(survey, &id) else {
        let known = survey.questions.iter().map(|question| question.id.as_str());
        complaints.error(
            asked.span(),
            "unknown_question",
            format!("[[gate]]: there is no question `{id}`"),
            GUARDS_NOTHING,
            did_you_mean(&id, known).map_or_else(
                || "name the id of a question".to_owned(),
                |near| format!("did you mean `{near}`?"),
            ),
        );
        return None;
    };
    let statistic = subject
        .check_statistic(value::text(table, "statistic").as_deref())
        .map_err(|(message, help)| {
            let span = table.get("statistic").unwrap_or(asked).span();
            complaints.error(span, "unknown_statistic", format!("[[gate]]: {message}"), GUARDS_NOTHING, help);
        })
        .ok();
    let segment = segment(table, survey, complaints);
    let against = match value::text(table, "against").as_deref() {
        Some("last_year") => Against::LastYear,
        _ => Against::Previous,
    };
    Some(GateRule::MaxDrop {
        question: id,
        statistic: statistic?,
        segment: segment?,
        drop: value::number(drop.get_ref())?,
        against,
    })
}

const GUARDS_NOTHING: &str = "the gate would guard nothing";

fn segment(
    table: &DeTable<'_>,
    survey: &Survey,
    complaints: &mut Complaints<'_>,
) -> Option<Vec<(String, String)>> {
    let written = table.get("segment").and_then(|value| value.get_ref().as_table());
    let mut found = Some(Vec::new());
    for (id, value) in written.into_iter().flatten() {
        let given = value.get_ref().as_str()?;
        let Some(segment) = survey.segments.iter().find(|segment| segment.id == id.get_ref().as_ref()) else {
            let ids: Vec<&str> = survey.segments.iter().map(|segment| segment.id.as_str()).collect();
            complaints.error(
                id.span(),
                "unknown_segment",
                format!("[[gate]]: there is no segment `{}`", id.get_ref()),
                GUARDS_NOTHING,
                did_you_mean(id.get_ref(), ids.iter().copied()).map_or_else(
                    || format!("the segments are {}", ids.join(", ")),
                    |near| format!("did you mean `{near}`?"),
                ),
            );
            found = None;
            continue;
        };
        match segment_value(segment, given) {
            Ok(value) => found.iter_mut().for_each(|pairs| pairs.push((segment.id.clone(), value.clone()))),
            Err(help) => {
                let message = format!("[[gate]]: segment `{}` has no value `{given}`", segment.id);
                complaints.error(value.span(), "unknown_segment_value", message, GUARDS_NOTHING, help);
                found = None;
            }
        }
    }
    found
}
