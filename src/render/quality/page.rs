//! Tables as text for a terminal and as Markdown.

use crate::render::markdown::escaped;
use crate::render::terminal::text::{cut, width, wrap, wrap_hanging};

/// What stands before a sentence below a heading.
const INDENT: &str = "  ";

/// One part: a heading, a table, sentences below it.
#[derive(Default)]
pub(super) struct Part {
    pub(super) heading: String,
    /// Sentences above the table.
    pub(super) before: Vec<String>,
    /// The names of the columns; the first holds texts, the others numbers, unless they end in a blank.
    pub(super) head: Vec<&'static str>,
    pub(super) rows: Vec<Vec<String>>,
    pub(super) after: Vec<String>,
}

/// Whether a column holds texts.
fn is_text(head: &[&str], column: usize) -> bool {
    column == 0 || head.get(column).is_some_and(|name| name.ends_with(' '))
}

/// Text of at most so many columns; the first column gives way.
pub(super) fn terminal(parts: &[Part], columns: usize) -> String {
    let mut lines: Vec<String> = Vec::new();
    for part in parts {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(wrap(&part.heading, columns));
        lines.extend(part.before.iter().flat_map(|text| sentence(text, columns)));
        if !part.rows.is_empty() {
            table(part, columns, &mut lines);
        }
        lines.extend(part.after.iter().flat_map(|text| sentence(text, columns)));
    }
    lines.iter().fold(String::new(), |text, line| text + line.trim_end() + "\n")
}

fn table(part: &Part, columns: usize, lines: &mut Vec<String>) {
    const GAP: usize = 2;
    let mut widths: Vec<usize> = part.head.iter().map(|name| width(name.trim_end())).collect();
    for row in &part.rows {
        for (widest, cell) in widths.iter_mut().zip(row) {
            *widest = (*widest).max(width(cell));
        }
    }
    let others: usize = widths.iter().skip(1).map(|widest| widest + GAP).sum();
    // The names of checks stay whole: where they have no room, the last column of texts goes over the edge of the line
    // and is cut.
    let is_cut = part.head.len() > 1 && is_text(&part.head, part.head.len() - 1);
    let least = if is_cut { 28 } else { 12 };
    if let Some(first) = widths.first_mut() {
        *first = (*first).min(columns.saturating_sub(others).max(least));
    }
    let head: Vec<String> = part.head.iter().map(|name| name.trim_end().to_owned()).collect();
    for row in std::iter::once(&head).chain(&part.rows) {
        let mut line = String::new();
        for (column, (cell, widest)) in row.iter().zip(&widths).enumerate() {
            let cell = cut(cell, *widest);
            let fill = " ".repeat(widest.saturating_sub(width(&cell)));
            if column > 0 {
                line.push_str("  ");
            }
            if is_text(&part.head, column) {
                line.push_str(&cell);
                line.push_str(&fill);
            } else {
                line.push_str(&fill);
                line.push_str(&cell);
            }
        }
        lines.push(cut(line.trim_end(), columns));
    }
}

/// A sentence below a heading, set in, its further lines more so.
fn sentence(text: &str, columns: usize) -> impl Iterator<Item = String> + use<> {
    wrap_hanging(text, columns.saturating_sub(INDENT.len())).into_iter().map(|line| format!("{INDENT}{line}"))
}

/// Markdown.
pub(super) fn markdown(parts: &[Part]) -> String {
    let mut lines: Vec<String> = Vec::new();
    for (place, part) in parts.iter().enumerate() {
        if place > 0 {
            lines.push(String::new());
        }
        lines.push(format!("{} {}", if place == 0 { "#" } else { "##" }, escaped(&part.heading)));
        let sentence = |sentence: &String| [String::new(), escaped(sentence)];
        lines.extend(part.before.iter().flat_map(sentence));
        if !part.rows.is_empty() {
            let row = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
            let rule = |column| if is_text(&part.head, column) { "---" } else { "---:" };
            lines.push(String::new());
            lines.push(row(part.head.iter().map(|name| name.trim_end().to_owned()).collect()));
            lines.push(row((0..part.head.len()).map(|column| rule(column).to_owned()).collect()));
            lines.extend(part.rows.iter().map(|cells| row(cells.iter().map(|cell| escaped(cell)).collect())));
        }
        lines.extend(part.after.iter().flat_map(sentence));
    }
    lines.join("\n") + "\n"
}
