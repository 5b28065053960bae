//! Tables as text for a terminal and as Markdown.

use super::fit::Fitted;
use crate::render::markdown::escaped;
use crate::render::terminal::text::{wrap, wrap_hanging};

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
    /// The fewest columns of a terminal for the first column.
    pub(super) least: usize,
    /// The columns that a narrow terminal can do without, those first that say least.
    pub(super) spare: Vec<usize>,
    /// The column that is a list, of which the first entries do.
    pub(super) list: Option<usize>,
}

/// Whether a column holds texts.
pub(super) fn is_text(head: &[&str], column: usize) -> bool {
    column == 0 || head.get(column).is_some_and(|name| name.ends_with(' '))
}

/// Text of at most so many columns.
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

/// A table, and which of its columns there is no room for.
fn table(part: &Part, columns: usize, lines: &mut Vec<String>) {
    let fitted = Fitted::of(part, columns);
    lines.extend(fitted.lines(part));
    if !fitted.left_out.is_empty() {
        let names: Vec<&str> = fitted
            .left_out
            .iter()
            .filter_map(|&column| part.head.get(column))
            .map(|name| name.trim_end())
            .collect();
        let text = format!("no room for: {}; a wider terminal or --format csv has them", names.join(", "));
        lines.extend(sentence(&text, columns));
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
