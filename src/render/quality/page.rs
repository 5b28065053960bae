//! Tables as text for a terminal and as Markdown.

use unicode_width::UnicodeWidthStr;

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
pub(super) fn terminal(parts: &[Part], width: usize) -> String {
    let mut lines: Vec<String> = Vec::new();
    for part in parts {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(wrapped(&part.heading, width, ""));
        for sentence in &part.before {
            lines.extend(wrapped(sentence, width, "  "));
        }
        if !part.rows.is_empty() {
            table(part, width, &mut lines);
        }
        for sentence in &part.after {
            lines.extend(wrapped(sentence, width, "  "));
        }
    }
    lines.iter().fold(String::new(), |text, line| text + line.trim_end() + "\n")
}

fn table(part: &Part, width: usize, lines: &mut Vec<String>) {
    const GAP: usize = 2;
    let mut widths: Vec<usize> = part.head.iter().map(|name| name.trim_end().width()).collect();
    for row in &part.rows {
        for (widest, cell) in widths.iter_mut().zip(row) {
            *widest = (*widest).max(cell.width());
        }
    }
    let others: usize = widths.iter().skip(1).map(|widest| widest + GAP).sum();
    // The names of checks stay whole: where they have no room, the last column of texts goes over the edge of the line
    // and is cut.
    let is_cut = part.head.len() > 1 && is_text(&part.head, part.head.len() - 1);
    let least = if is_cut { 28 } else { 12 };
    if let Some(first) = widths.first_mut() {
        *first = (*first).min(width.saturating_sub(others).max(least));
    }
    let head: Vec<String> = part.head.iter().map(|name| name.trim_end().to_owned()).collect();
    for row in std::iter::once(&head).chain(&part.rows) {
        let mut line = String::new();
        for (column, (cell, widest)) in row.iter().zip(&widths).enumerate() {
            let cell = cut(cell, *widest);
            let fill = " ".repeat(widest.saturating_sub(cell.width()));
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
        lines.push(cut(line.trim_end(), width));
    }
}

/// The text in at most so many columns.
fn cut(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let mut kept = String::new();
    for letter in text.chars() {
        kept.push(letter);
        if kept.width() + 1 > columns {
            kept.pop();
            break;
        }
    }
    kept + "…"
}

fn wrapped(text: &str, width: usize, indent: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = indent.to_owned();
    for word in text.split_whitespace() {
        let is_first = line.len() == indent.len();
        if !is_first && line.width() + 1 + word.width() > width {
            lines.push(std::mem::replace(
                &mut line,
                format!("{indent}{}", if indent.is_empty() { "" } else { "  " }),
            ));
            line.push_str(word);
        } else {
            if !is_first {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines.push(cut(&line, width));
    lines
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

/// A text that Markdown and HTML leave as it is.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '<' => escaped.push_str("&lt;"),
            '&' => escaped.push_str("&amp;"),
            '\\' | '|' | '*' | '_' | '[' | ']' | '#' | '~' => {
                escaped.push('\\');
                escaped.push(character);
            }
            other => escaped.push(other),
        }
    }
    escaped
}
