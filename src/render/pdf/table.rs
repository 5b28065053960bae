//! Tables for paper: rows of one name under a heading of their own, and what is needed to choose the widths.

use serde_json::{Value, json};

use super::super::page::{Cell, Table, Tone};
use super::text::shown;

/// So many texts of a column are measured; its widest is among the longest.
const MEASURED: usize = 4;

/// What stands for more rows than this is said again.
const MOST_SPANNED: usize = 12;

/// The table as the template reads it.
pub(super) fn table(table: &Table) -> Value {
    let all = if table.columns.is_empty() { &[] } else { table.rows.as_slice() };
    let chunks: Vec<&[Vec<Cell>]> = all.chunk_by(|one, two| one.first() == two.first()).collect();
    // Names that come with several rows each are headings; the others begin their row.
    let grouped = table.columns.len() > 3 && chunks.len() * 2 <= all.len();
    let first = usize::from(grouped);
    let columns: Vec<Value> =
        table.columns.iter().enumerate().skip(first).map(|(place, _)| column(table, place)).collect();
    let groups: Vec<Value> = if grouped {
        let group = |rows: &&[Vec<Cell>]| {
            let name = rows.first().and_then(|row| row.first());
            json!({ "name": name.map_or_else(String::new, |name| shown(words(name))), "rows": lines(rows, 1, columns.len()) })
        };
        chunks.iter().map(group).collect()
    } else {
        vec![json!({ "name": null, "rows": lines(all, 0, columns.len()) })]
    };
    json!({
        "caption": shown(&table.caption),
        "over": grouped.then(|| table.columns.first().map(|column| shown(&column.header))),
        "columns": columns,
        "groups": groups,
    })
}

/// A column: its heading, its alignment, and the texts that its width depends on.
fn column(table: &Table, place: usize) -> Value {
    let column = &table.columns[place];
    let cells = table.rows.iter().filter_map(|row| row.get(place));
    let header = shown(&column.header);
    let mut texts: Vec<String> = Vec::new();
    let mut pieces: Vec<String> = Vec::new();
    for cell in cells {
        let text = shown(words(cell));
        pieces.extend(text.split([' ', '\u{200b}']).map(str::to_owned));
        // In a column of numbers a reason may take several lines.
        if !column.numeric || matches!(cell, Cell::Number { .. }) {
            texts.push(text);
        }
    }
    let mut words = longest(pieces);
    words.extend(header.split([' ', '\u{200b}']).map(str::to_owned));
    let marked = table.rows.iter().any(|row| row.get(place).and_then(tone).is_some());
    json!({
        "header": header,
        "numeric": column.numeric,
        "marked": marked,
        "texts": longest(texts),
        "words": words,
    })
}

/// The longest texts, each once.
fn longest(mut texts: Vec<String>) -> Vec<String> {
    texts.sort_by(|one, two| two.chars().count().cmp(&one.chars().count()).then_with(|| one.cmp(two)));
    texts.dedup();
    texts.truncate(MEASURED);
    texts
}

/// Rows of so many cells from the column `first` on; a name that repeats is said once and spans its rows.
fn lines(rows: &[Vec<Cell>], first: usize, columns: usize) -> Vec<Value> {
    let mut left = 0;
    let mut lines = Vec::with_capacity(rows.len());
    for (place, row) in rows.iter().enumerate() {
        let name = row.get(first);
        let nothing = std::iter::repeat(&Cell::Nothing(None));
        let mut cells: Vec<Value> = row.iter().skip(first).chain(nothing).take(columns).map(cell).collect();
        if left > 0 {
            cells.remove(0);
        } else if matches!(name, Some(Cell::Text(_) | Cell::Shortened { .. })) {
            left =
                rows[place..].iter().take(MOST_SPANNED).take_while(|below| below.get(first) == name).count();
        } else {
            left = 1;
        }
        let span = if cells.len() == columns { left } else { 0 };
        left -= 1;
        lines.push(json!({ "span": span, "cells": cells }));
    }
    lines
}

/// A cell: its text, or the text and how it is meant.
fn cell(cell: &Cell) -> Value {
    let text = shown(words(cell));
    match (cell, tone(cell)) {
        (Cell::Nothing(None), _) => json!(["–", "none"]),
        (Cell::Nothing(Some(_)), _) => json!([text, "none"]),
        (_, Some(tone)) => json!([text, tone]),
        _ => json!(text),
    }
}

/// What a cell says.
fn words(cell: &Cell) -> &str {
    match cell {
        Cell::Text(text)
        | Cell::Shortened { full: text, .. }
        | Cell::Number { text, .. }
        | Cell::Verdict(text, _) => text,
        Cell::Nothing(reason) => reason.as_deref().unwrap_or_default(),
    }
}

/// The tone of a cell that has one to show.
fn tone(cell: &Cell) -> Option<&'static str> {
    match cell {
        Cell::Verdict(_, Tone::Good) => Some("good"),
        Cell::Verdict(_, Tone::Bad) => Some("bad"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST_SPANNED, table};
    use crate::render::page::{Cell, Column, Table, Tone};

    fn of(rows: &[[&str; 4]]) -> Table {
        let column = |header: &str| Column { header: header.to_owned(), numeric: false, joined: None };
        let text = |text: &&str| Cell::Text((*text).to_owned());
        Table {
            caption: "Figures".to_owned(),
            columns: ["Question", "Figure", "Wave", "Value"].map(column).to_vec(),
            rows: rows.iter().map(|row| row.iter().map(text).collect()).collect(),
        }
    }

    #[test]
    fn names_of_several_rows_become_headings() {
        let data = table(&of(&[
            ["q", "a", "1", "x"],
            ["q", "a", "2", "x"],
            ["q", "b", "1", "x"],
            ["r", "a", "1", "x"],
        ]));
        assert_eq!(data["over"], "Question");
        assert_eq!(data["columns"].as_array().unwrap().len(), 3);
        assert_eq!(data["groups"][0]["name"], "q");
        let spans: Vec<u64> = data["groups"][0]["rows"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row["span"].as_u64().unwrap())
            .collect();
        assert_eq!(spans, [2, 0, 1]);
        assert_eq!(data["groups"][0]["rows"][1]["cells"].as_array().unwrap().len(), 2);
    }

    #[test]
    fn names_of_one_row_begin_it() {
        let data = table(&of(&[["q", "a", "1", "x"], ["r", "a", "2", "x"]]));
        assert!(data["over"].is_null());
        assert_eq!(data["groups"].as_array().unwrap().len(), 1);
        assert_eq!(data["groups"][0]["rows"][0]["cells"], serde_json::json!(["q", "a", "1", "x"]));
    }

    #[test]
    fn what_spans_many_rows_is_said_again() {
        let rows: Vec<[&str; 4]> = vec![["q", "a", "1", "x"]; MOST_SPANNED + 2];
        let data = table(&of(&rows));
        let rows = data["groups"][0]["rows"].as_array().unwrap();
        assert_eq!(rows[0]["span"], 12);
        assert_eq!(rows[MOST_SPANNED]["span"], 2);
        assert_eq!(rows[MOST_SPANNED + 1]["span"], 0);
    }

    #[test]
    fn cells_say_how_they_are_meant_and_odd_rows_are_rows() {
        let mut odd = of(&[]);
        odd.rows = vec![
            vec![Cell::Verdict("met".to_owned(), Tone::Good), Cell::Nothing(None)],
            Vec::new(),
            vec![Cell::Nothing(Some("hidden".to_owned()))],
        ];
        let data = table(&odd);
        let rows = &data["groups"][0]["rows"];
        let nothing = serde_json::json!(["–", "none"]);
        assert_eq!(rows[0]["cells"], serde_json::json!([["met", "good"], nothing, nothing, nothing]));
        assert_eq!(rows[1]["cells"], serde_json::json!([nothing, nothing, nothing, nothing]));
        assert_eq!(rows[2]["cells"], serde_json::json!([["hidden", "none"], nothing, nothing, nothing]));
        odd.columns.clear();
        assert_eq!(table(&odd)["columns"], serde_json::json!([]));
    }
}
