//! `[report]`: how reports are to look.

use toml::Spanned;
use toml::de::DeTable;

use super::complaints::Complaints;
use super::value;
use crate::survey::report_definition::{NumberMarks, ReportDefinition};

/// The `[report]` table.
pub(super) fn report(root: &DeTable<'_>, complaints: &mut Complaints<'_>) -> ReportDefinition {
    let Some(table) = inner(root, "report") else { return ReportDefinition::default() };
    let text = |key: &str| value::text(table, key).map(|text| text.trim().to_owned());
    let edition = |key: &str| inner(table, "clauses").and_then(|clauses| value::text(clauses, key));
    ReportDefinition {
        title: text("title"),
        logo: text("logo"),
        logo_text: text("logo_text"),
        accent: text("accent").map(|colour| colour.to_ascii_lowercase()),
        language: text("language"),
        number_format: number_format(table, complaints),
        audience: text("for"),
        sections: table.get("sections").map(|list| value::texts(list.get_ref())).unwrap_or_default(),
        prepared_by: text("prepared_by"),
        approved_by: text("approved_by"),
        document_no: text("document_no"),
        revision: text("revision"),
        distribution: text("distribution"),
        retention: text("retention"),
        iso_10004: edition("iso_10004"),
        iso_9001: edition("iso_9001"),
    }
}

fn inner<'a>(table: &'a DeTable<'a>, key: &str) -> Option<&'a DeTable<'a>> {
    table.get(key).and_then(|value| value.get_ref().as_table())
}

fn number_format(table: &DeTable<'_>, complaints: &mut Complaints<'_>) -> Option<NumberMarks> {
    let marks = inner(table, "number_format")?;
    // A blank is a mark here, so this is not `value::text`.
    let mark = |key: &str| marks.get(key).and_then(|value| value.get_ref().as_str()).map(str::to_owned);
    let decimal = mark("decimal").unwrap_or_else(|| ".".to_owned());
    let thousands = mark("thousands").unwrap_or_default();
    if decimal == thousands {
        let at = marks.get("thousands").map_or(0..0, Spanned::span);
        complaints.error(
            at,
            "conflict",
            format!("[report], key `number_format`: `{decimal}` is both the decimal mark and the mark of thousands"),
            "`1.234` could be read in two ways",
            "write `number_format = { decimal = \",\", thousands = \".\" }`, or leave one of them out",
        );
    }
    Some(NumberMarks { decimal, thousands })
}
