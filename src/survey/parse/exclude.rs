//! `[exclude]`: rows that are left out.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Places;
use super::complaints::Complaints;
use super::value;
use crate::diagnostic::Diagnostic;
use crate::survey::definition::Data;
use crate::survey::exclusion::{ExclusionRule, Exclusions, KeptRow, where_path};
use crate::survey::expression;

/// The `[exclude]` table; `data` was read already.
pub(super) fn exclusions(
    root: &DeTable<'_>,
    data: &Data,
    places: &mut Places,
    complaints: &mut Complaints<'_>,
) -> Exclusions {
    let Some(table) = root.get("exclude").and_then(|value| value.get_ref().as_table()) else {
        return Exclusions::default();
    };
    let flag = |key: &str| table.get(key).and_then(|value| value.get_ref().as_bool());
    if let Some(partial) = table.get("partial") {
        places.record("exclude.partial".to_owned(), partial.span());
    }
    let standard = Exclusions::default();
    Exclusions {
        test: flag("test").unwrap_or(standard.test),
        partial: flag("partial").unwrap_or(standard.partial),
        duplicate_ids: duplicate_ids(table, data, complaints),
        conditions: conditions(table, places, complaints),
    }
}

fn duplicate_ids(table: &DeTable<'_>, data: &Data, complaints: &mut Complaints<'_>) -> Option<KeptRow> {
    let written = table.get("duplicate_ids")?;
    let keep = KeptRow::parse(&value::text(table, "duplicate_ids")?)?;
    if data.id.is_none() {
        complaints.error(
            written.span(),
            "missing_key",
            "[exclude]: `duplicate_ids` without `id` under [data]",
            "it cannot be told which rows are of one response",
            "name the column that identifies the response: `id = \"…\"` under [data]",
        );
        return None;
    }
    Some(keep)
}

fn conditions(
    table: &DeTable<'_>,
    places: &mut Places,
    complaints: &mut Complaints<'_>,
) -> Vec<ExclusionRule> {
    let Some(written) = table.get("where") else { return Vec::new() };
    let one = std::slice::from_ref(written);
    let list = match written.get_ref() {
        DeValue::Array(list) => list.iter(),
        _ => one.iter(),
    };
    let mut found = Vec::new();
    for item in list {
        let (written, reason) = match item.get_ref() {
            DeValue::Table(rule) => {
                let Some(condition) = rule.get("rule") else {
                    complaints.error(
                        item.span(),
                        "missing_key",
                        "[exclude], key `where`: a table without `rule`",
                        "it says why rows are left out, and not which",
                        "write the condition: `{ rule = \"duration < 30\", reason = \"…\" }`",
                    );
                    continue;
                };
                (condition, value::text(rule, "reason"))
            }
            _ => (item, None),
        };
        // The shape check has complained about what is no text, or a blank one.
        let Some(text) = written.get_ref().as_str().filter(|text| !text.trim().is_empty()) else { continue };
        match expression::parse(text) {
            Ok(condition) => {
                places.record(where_path(found.len()), written.span());
                let reason =
                    reason.map(|reason| reason.trim().to_owned()).filter(|reason| !reason.is_empty());
                found.push(ExclusionRule { condition, reason });
            }
            Err(fault) => {
                let span = inside(written, text, &fault, complaints);
                let message = format!("[exclude], key `where`: {}", fault.message);
                complaints.add(span, Diagnostic { message, place: None, ..fault });
            }
        }
    }
    found
}

/// Where a fault of a condition stands in the file: in the text where that is written as it is, else the whole text.
pub(super) fn inside(
    written: &Spanned<DeValue<'_>>,
    text: &str,
    fault: &Diagnostic,
    complaints: &Complaints<'_>,
) -> Range<usize> {
    let span = written.span();
    let raw = complaints.document.text.get(span.clone()).unwrap_or("");
    let quote = raw.len().saturating_sub(text.len()) / 2;
    let is_plain = matches!(quote, 1 | 3) && raw.get(quote..raw.len() - quote) == Some(text);
    let Some(place) = fault.place.as_ref().filter(|place| is_plain && place.line == 1) else { return span };
    let offset = |character: usize| text.char_indices().nth(character).map_or(text.len(), |(at, _)| at);
    let first = place.column.saturating_sub(1);
    let start = span.start + quote;
    start + offset(first)..start + offset(first + place.length)
}
