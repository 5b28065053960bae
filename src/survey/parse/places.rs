//! Where a definition names each column: a complaint about the data points there.
//!
//! Kept beside the survey, as offsets into the text of the definition; an inferred survey has none.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::document::Document;
use crate::diagnostic::Place;

/// The places of a definition's columns, by path, such as `data.weight` or `question.overall.column`.
///
/// Where something stands is no part of what it means: any two are equal, so that surveys compare by their content.
#[derive(Clone, Debug, Default)]
pub struct Places {
    file: String,
    text: String,
    spans: BTreeMap<String, Range<usize>>,
}

impl PartialEq for Places {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Places {}

impl Places {
    /// The places of `[data]` and the segments; those of questions are recorded as questions are read.
    pub(super) fn new(root: &DeTable<'_>, document: &Document<'_>) -> Self {
        let (file, text) = (document.file().to_owned(), document.text.to_owned());
        let mut places = Self { file, text, spans: BTreeMap::new() };
        if let Some(data) = root.get("data").and_then(|value| value.get_ref().as_table()) {
            for key in ["id", "customer", "date", "wave", "weight", "stratum", "cluster"] {
                if let Some(value) = data.get(key) {
                    places.record(format!("data.{key}"), column_of(value));
                }
            }
        }
        let lookups = root.get("lookup").map(Spanned::get_ref);
        let tables: Vec<&DeTable<'_>> = match lookups {
            Some(DeValue::Table(table)) => vec![table],
            Some(DeValue::Array(rows)) => rows.iter().filter_map(|row| row.get_ref().as_table()).collect(),
            _ => Vec::new(),
        };
        for (number, table) in tables.into_iter().enumerate() {
            if let Some(key) = table.get("key") {
                places.record(format!("lookup.{number}.key"), key.span());
            }
        }
        let segments = root.get("segment").and_then(|value| value.get_ref().as_table());
        for (id, value) in segments.into_iter().flatten() {
            let Some(table) = value.get_ref().as_table() else { continue };
            let span = table.get("age_from").or_else(|| table.get("column")).map_or(id.span(), Spanned::span);
            places.record(format!("segment.{}.column", id.get_ref()), span);
        }
        places
    }

    pub(super) fn record(&mut self, path: String, span: Range<usize>) {
        self.spans.insert(path, span);
    }

    /// The place of a path, such as `complaints.received`; `None` for what the definition does not name.
    pub fn of(&self, path: &str) -> Option<Place> {
        self.finder()(path)
    }

    /// A way to find the place of a path.
    pub(in crate::survey) fn finder(&self) -> impl Fn(&str) -> Option<Place> {
        let document = Document::new(&self.text, &self.file);
        move |path| self.spans.get(path).map(|span| document.place(span.clone()))
    }
}

/// The span of the column's name: the value itself, or the `column` of a table.
fn column_of(value: &Spanned<DeValue<'_>>) -> Range<usize> {
    value.get_ref().as_table().and_then(|table| table.get("column")).map_or(value.span(), Spanned::span)
}
