//! `[lookup]`: lists whose columns are brought to the answers; one table, or several in double brackets.

use indexmap::IndexMap;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::complaints::Complaints;
use super::value;
use crate::survey::lookup::Lookup;

/// The lists in written order.
pub(super) fn lookups(root: &DeTable<'_>, complaints: &mut Complaints<'_>) -> Vec<Lookup> {
    let Some(written) = root.get("lookup") else { return Vec::new() };
    match written.get_ref() {
        DeValue::Table(table) => lookup(table, written, complaints).into_iter().collect(),
        DeValue::Array(rows) => {
            let tables = rows.iter().filter_map(|row| Some((row.get_ref().as_table()?, row)));
            tables.filter_map(|(table, row)| lookup(table, row, complaints)).collect()
        }
        _ => Vec::new(),
    }
}

fn lookup(
    table: &DeTable<'_>,
    written: &Spanned<DeValue<'_>>,
    complaints: &mut Complaints<'_>,
) -> Option<Lookup> {
    for (name, why, help) in [
        (
            "file",
            "without it there is no list",
            "write `file = \"customers.csv\"`; it lies beside the definition",
        ),
        (
            "key",
            "by it the row of the list is found for each answer",
            "name the column of the answers: `key = \"customer_id\"`",
        ),
    ] {
        if !table.contains_key(name) {
            let message = format!("[lookup]: no `{name}`");
            complaints.error(header(written, complaints), "missing_key", message, why, help);
        }
    }
    let columns = columns(table, complaints);
    let (file, key) = (value::text(table, "file")?, value::text(table, "key")?);
    let place = table.get("file").map(|file| complaints.document.place(file.span()));
    Some(Lookup {
        matched: value::text(table, "match").unwrap_or_else(|| key.clone()),
        file,
        key,
        columns,
        ignores_leading_zeros: value::text(table, "leading_zeros").is_some_and(|zeros| zeros == "ignore"),
        sheet: value::text(table, "sheet"),
        place,
    })
}

/// The first line of the table: its header, or its braces in a list.
fn header(written: &Spanned<DeValue<'_>>, complaints: &Complaints<'_>) -> std::ops::Range<usize> {
    let span = written.span();
    let text = complaints.document.text.get(span.clone()).unwrap_or("");
    span.start..span.start + text.lines().next().map_or(0, str::len)
}

/// The columns by the names that they have beside the answers.
fn columns(table: &DeTable<'_>, complaints: &mut Complaints<'_>) -> Option<IndexMap<String, String>> {
    let written = table.get("columns")?;
    if let DeValue::Table(named) = written.get_ref() {
        let named = named.iter().filter_map(|(name, column)| {
            Some((name.get_ref().trim().to_owned(), column.get_ref().as_str()?.to_owned()))
        });
        return Some(named.collect());
    }
    let mut columns = IndexMap::new();
    for column in value::texts(written.get_ref()) {
        if columns.insert(column.trim().to_owned(), column.clone()).is_some() {
            complaints.error(
                written.span(),
                "duplicate_value",
                format!("[lookup], key `columns`: `{column}` stands twice"),
                "two columns of one name could not be told apart",
                "keep one of them",
            );
        }
    }
    Some(columns)
}
