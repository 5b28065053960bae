//! What the tables of records have in common: files, columns and targets.

use toml::Spanned;
use toml::de::DeTable;

use super::complaints::Complaints;
use super::value;
use crate::survey::case_field::CaseColumn;
use crate::survey::definition::Survey;
use crate::survey::named_file::NamedFile;

/// The file that a key names.
pub(super) fn named_file(table: &DeTable<'_>, key: &str, complaints: &Complaints<'_>) -> Option<NamedFile> {
    let place = table.get(key).map(|value| complaints.document.place(value.span()));
    value::text(table, key).map(|file| NamedFile { file: file.trim().to_owned(), place })
}

/// Remembers where a column is named, under `TABLE.KEY`.
pub(super) fn record_place(table: &DeTable<'_>, name: &str, key: &str, survey: &mut Survey) {
    if let Some(value) = table.get(key) {
        survey.places.record(format!("{name}.{key}"), value.span());
    }
}

/// A column holds one field; the key that is written, of two the later one in the file, is complained about.
pub(super) fn check_columns(
    table: &DeTable<'_>,
    name: &str,
    columns: &[CaseColumn],
    complaints: &mut Complaints<'_>,
) {
    for (index, column) in columns.iter().enumerate() {
        let others = columns.get(..index).unwrap_or_default();
        let Some(other) = others.iter().find(|other| other.column == column.column) else { continue };
        let start = |field: &str| table.get(field).map(|value| value.span().start);
        let (later, earlier) = if start(&other.field) > start(&column.field) {
            (&other.field, &column.field)
        } else {
            (&column.field, &other.field)
        };
        let span = table.get(later.as_str()).map_or(0..0, Spanned::span);
        complaints.error(
            span,
            "same_column",
            format!("[{name}]: `{later}` and `{earlier}` are both the column `{}`", column.column),
            "what one field holds would be taken for the other",
            "name the column of each, or leave one of them out",
        );
    }
}

/// The targets of a table: the name, the target and the place of the name.
pub(super) fn targets<'t>(
    table: &'t DeTable<'t>,
) -> impl Iterator<Item = (String, f64, std::ops::Range<usize>)> + 't {
    let written = table.get("targets").and_then(|value| value.get_ref().as_table());
    written.into_iter().flatten().filter_map(|(name, target)| {
        Some((name.get_ref().to_string(), value::number(target.get_ref())?, name.span()))
    })
}
