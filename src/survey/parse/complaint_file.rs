//! `[complaints]`: the columns of a file of complaints and what is promised about their handling.
//!
//! What the texts of its columns mean is read in [`super::complaint_values`].

use chrono::NaiveDate;
use indexmap::IndexMap;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::complaint_values;
use super::complaints::Complaints;
use super::data;
use super::problem_questions;
use super::record_columns::{check_columns, named_file, record_place, targets};
use super::value;
use crate::survey::case_field::{CaseColumn, CaseKind};
use crate::survey::complaints::{
    BusinessHours, COMPLAINT_FIELDS, CaseSegment, ComplaintsDefinition, Deadline, Holidays, TimeZone,
    Transactions, complaint_field, is_group, segment_field,
};
use crate::survey::definition::{Period, Survey};
use crate::survey::label::normalize;
use crate::survey::written_date::written_date;

/// The `[complaints]` table, if there is one.
pub(super) fn complaint_file(
    root: &DeTable<'_>,
    survey: &mut Survey,
    complaints: &mut Complaints<'_>,
) -> Option<ComplaintsDefinition> {
    let table = root.get("complaints")?.get_ref().as_table()?;
    let mut definition =
        ComplaintsDefinition { file: named_file(table, "file", complaints), ..Default::default() };
    columns(table, &mut definition, survey, complaints);
    segments(table, &mut definition, complaints);
    complaint_values::read(table, &mut definition, complaints);
    deadlines(table, &mut definition, complaints);
    definition.transactions = transactions(table, &definition, survey, complaints);
    definition.asked = problem_questions::read(table, survey, complaints);
    definition.targets = own_targets(table, &definition, complaints);
    Some(definition)
}

fn columns(
    table: &DeTable<'_>,
    definition: &mut ComplaintsDefinition,
    survey: &mut Survey,
    complaints: &mut Complaints<'_>,
) {
    let format = value::text(table, "format");
    if let (Some(text), Some(at)) = (&format, table.get("format")) {
        data::check_format(text, at, complaints);
    }
    for field in COMPLAINT_FIELDS {
        let Some(name) = value::text(table, field.id) else { continue };
        record_place(table, "complaints", field.id, survey);
        definition.columns.push(CaseColumn {
            field: field.id.to_owned(),
            kind: field.kind,
            column: normalize(&name),
            format: format.clone().filter(|_| field.kind == CaseKind::Moment),
            guessed: false,
        });
    }
    definition.format = format;
    check_columns(table, "complaints", &definition.columns, complaints);
}

fn segments(table: &DeTable<'_>, definition: &mut ComplaintsDefinition, complaints: &mut Complaints<'_>) {
    let list = table.get("segments").and_then(|value| value.get_ref().as_array());
    for item in list.into_iter().flatten() {
        let Some(id) = item.get_ref().as_str().map(normalize).filter(|id| !id.is_empty()) else { continue };
        if definition.segments.iter().any(|segment| segment.id == id) {
            complaints.error(
                item.span(),
                "duplicate_value",
                format!("[complaints], key `segments`: `{id}` stands twice"),
                "figures are broken by a column once",
                "keep one of them",
            );
            continue;
        }
        let shared = definition.columns.iter().find(|column| column.column == id);
        let field = match shared {
            Some(column) if is_group(column.kind) => column.field.clone(),
            Some(column) => {
                complaints.error(
                    item.span(),
                    "conflict",
                    format!("[complaints], key `segments`: `{id}` is the column of `{}`", column.field),
                    "moments, numbers and what tells complaints or customers apart make no groups",
                    "name a column of few texts, such as a region or a product",
                );
                continue;
            }
            None => {
                let field = segment_field(&id);
                definition.columns.push(CaseColumn {
                    field: field.clone(),
                    kind: CaseKind::Category,
                    column: id.clone(),
                    format: None,
                    guessed: false,
                });
                field
            }
        };
        definition.segments.push(CaseSegment { id, field });
    }
}

fn deadlines(table: &DeTable<'_>, definition: &mut ComplaintsDefinition, complaints: &mut Complaints<'_>) {
    for (key, column) in
        [("acknowledge_within", "acknowledged"), ("respond_within", "responded"), ("close_within", "closed")]
    {
        let Some(written) = table.get(key) else { continue };
        for needed in ["received", column] {
            if definition.names_fields() && definition.column(needed).is_none() {
                complaints.error(
                    written.span(),
                    "missing_key",
                    format!("[complaints]: `{key}` without `{needed}`"),
                    "whether it was in time is seen from both moments",
                    format!("name the column: `{needed} = \"…\"`"),
                );
            }
        }
    }
    let deadline = |key: &str| value::text(table, key).and_then(|text| Deadline::parse(&text));
    definition.acknowledge_within = deadline("acknowledge_within");
    definition.respond_within = deadline("respond_within");
    definition.close_within = deadline("close_within");
    let hours = value::text(table, "business_hours").and_then(|text| BusinessHours::parse(&text));
    definition.business_hours = hours.unwrap_or_default();
    definition.time_zone = value::text(table, "time_zone").and_then(|text| TimeZone::parse(&text));
    definition.as_of = value::text(table, "as_of").and_then(|text| written_date(&text));
    let period = value::text(table, "period").and_then(|name| Period::parse(&name));
    definition.period = period
        .filter(|period| matches!(period, Period::Month | Period::Quarter | Period::Year))
        .unwrap_or(definition.period);
    definition.holidays = table.get("holidays").and_then(|written| match written.get_ref() {
        DeValue::Array(list) => {
            let day = |item: &Spanned<DeValue<'_>>| item.get_ref().as_str().and_then(written_date);
            let mut days: Vec<NaiveDate> = list.iter().filter_map(day).collect();
            days.sort_unstable();
            days.dedup();
            Some(Holidays::Dates(days))
        }
        _ => named_file(table, "holidays", complaints).map(Holidays::File),
    });
}

fn transactions(
    table: &DeTable<'_>,
    definition: &ComplaintsDefinition,
    survey: &Survey,
    complaints: &mut Complaints<'_>,
) -> Option<Transactions> {
    let written = table.get("transactions")?;
    let DeValue::Table(inner) = written.get_ref() else {
        return value::count(table, "transactions").map(Transactions::EachPeriod);
    };
    let file = named_file(inner, "file", complaints);
    let periods = inner.iter().filter(|(label, _)| label.get_ref() != "file");
    if inner.is_empty() || (inner.contains_key("file") && inner.len() > 1) {
        let what = if inner.is_empty() { "an empty table" } else { "both a `file` and numbers by period" };
        complaints.error(
            written.span(),
            "conflict",
            format!("[complaints], key `transactions`: {what}"),
            "a period has one number of transactions",
            "write `{ file = \"transactions.csv\" }`, or a number by period: `{ \"2026-Q1\" = 52000 }`",
        );
        return None;
    }
    if let Some(file) = file {
        return Some(Transactions::File(file));
    }
    let (period, start) = (definition.period, survey.data.fiscal_year_start);
    let mut counts = IndexMap::new();
    for (label, count) in periods {
        let named = label.get_ref().trim();
        if !data::is_label(named, period, start) {
            complaints.error(
                label.span(),
                "unknown_period",
                format!("[complaints], key `transactions`: `{named}` is not the name of a {}", period.name()),
                "its number would never be used",
                format!(
                    "a {} is written like `{}`; other periods are set by `period`",
                    period.name(),
                    data::example(period, start)
                ),
            );
        }
        let count = count.get_ref().as_integer().and_then(value::whole);
        if let Some(count) = count.and_then(|count| u64::try_from(count).ok()) {
            counts.insert(named.to_owned(), count);
        }
    }
    Some(Transactions::ByPeriod(counts))
}

/// The targets; each is of a known figure that has a good side, and of which there is something to count.
fn own_targets(
    table: &DeTable<'_>,
    definition: &ComplaintsDefinition,
    complaints: &mut Complaints<'_>,
) -> IndexMap<String, f64> {
    let mut found = IndexMap::new();
    for (id, target, span) in targets(table) {
        match complaint_values::target_fault(&id, target, definition) {
            None => _ = found.insert(id, target),
            Some((code, message, why, help)) => complaints.error(span, code, message, why, help),
        }
    }
    found
}

/// Complains where a key says something about a field for which columns are named, but not its own.
pub(super) fn needs_column(
    table: &DeTable<'_>,
    key: &str,
    fields: &[&str],
    definition: &ComplaintsDefinition,
    complaints: &mut Complaints<'_>,
) {
    let Some(written) = table.get(key) else { return };
    let is_there = fields.iter().any(|field| definition.column(field).is_some());
    if is_there || !definition.names_fields() {
        return;
    }
    let named = fields.iter().filter(|field| complaint_field(field).is_some());
    let named: Vec<String> = named.map(|field| format!("`{field}`")).collect();
    complaints.error(
        written.span(),
        "missing_key",
        format!("[complaints]: `{key}` without {}", named.join(" or ")),
        "it says what the cells of a column mean, and no column is named",
        format!("name the column: `{} = \"…\"`", fields.first().copied().unwrap_or_default()),
    );
}

#[cfg(test)]
mod tests;
