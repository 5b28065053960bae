//! The report as GitHub Markdown, for pull requests, wikis and issue trackers.
//!
//! The same document as in the terminal; the ledger is always in it, since a file cannot be asked for more.

use super::Look;
use super::banner;
use super::document::{Align, Block, Cell, Column, Extent, Group, Table, document};
use super::escape::visible;
use crate::report::Report;
use std::iter;

/// The report as Markdown, ending in a newline.
pub(super) fn render(report: &Report, look: &Look) -> String {
    let document = document(report, look.subject, Extent { explain: look.explain, interactive: false });
    let blocks: Vec<String> = document.blocks.iter().map(block).collect();
    let mut output = blocks.join("\n\n");
    output.push('\n');
    output
}

fn block(block: &Block) -> String {
    match block {
        Block::Title(pieces) => {
            let mut pieces = pieces.iter().map(|piece| escaped(piece));
            let first = pieces.next().unwrap_or_default();
            let rest: Vec<String> = pieces.collect();
            format!("# {first}\n\n{}", rest.join(" · "))
        }
        Block::Heading(text) => format!("## {}", escaped(text)),
        Block::Table(table) => self::table(table),
        Block::Banner(table) => banner::markdown(table),
        Block::Legend(sentences) => sentences.iter().map(|text| escaped(text)).collect::<Vec<_>>().join("\n"),
        Block::Sentences(sentences) => {
            sentences.iter().map(|text| format!("- {}", escaped(text))).collect::<Vec<_>>().join("\n")
        }
    }
}

fn table(table: &Table) -> String {
    let mut lines = vec![
        line(headers(&table.columns)),
        line(table.columns.iter().map(|column| match column.align {
            Align::Left => "---".to_owned(),
            Align::Right => "---:".to_owned(),
        })),
    ];
    for (number, row) in table.rows.iter().enumerate() {
        if let Some(subheading) = table.subheading.as_ref().filter(|subheading| subheading.before == number) {
            let first = format!("**{}**", escaped(&subheading.text));
            let rest = table.columns.iter().skip(1).map(|_| String::new());
            lines.push(line(iter::once(first).chain(rest)));
        }
        lines.push(line(row.iter().map(cell)));
    }
    lines.join("\n")
}

fn line(cells: impl IntoIterator<Item = String>) -> String {
    let cells: Vec<String> = cells.into_iter().collect();
    format!("| {} |", cells.join(" | "))
}

/// Markdown has no spanning heads: the first column of a group carries the name of the group.
fn headers(columns: &[Column]) -> Vec<String> {
    let mut headers = Vec::with_capacity(columns.len());
    let mut previous: Option<&Group> = None;
    for column in columns {
        let group = column.group.as_ref();
        let text = match group {
            Some(group) if previous != Some(group) && column.header == "%" => {
                format!("{}, %", group.title.in_full())
            }
            Some(group) if previous != Some(group) => group.title.in_full(),
            _ => column.header.clone(),
        };
        headers.push(escaped(&text));
        previous = group;
    }
    headers
}

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => escaped(text.trim_end()),
        Cell::Name(name) => escaped(name.in_full().trim_end()),
        Cell::Interval(interval) => format!("{} to {}", escaped(&interval.low), escaped(&interval.high)),
        Cell::Verdict { target, verdict } => match verdict {
            Some((words, _)) => format!("{} {words}", escaped(target)),
            None => escaped(target),
        },
    }
}

/// The text with nothing that Markdown or a browser would obey.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for character in visible(text).chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            // A name right after the sign would call somebody in an issue tracker, even as an entity.
            '@' => escaped.push_str("@&#8203;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' | '#' => {
                escaped.push('\\');
                escaped.push(character);
            }
            character => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::{escaped, render};
    use crate::render::{Look, sample};

    #[test]
    fn markup_of_strangers_is_text() {
        assert_eq!(escaped("a|b `c` *d* <img src=x>"), "a\\|b \\`c\\` \\*d\\* &lt;img src=x&gt;");
        assert_eq!(escaped("[x](javascript:1) @all\n# y"), "\\[x\\](javascript:1) @&#8203;all\\\\n\\# y");
    }

    #[test]
    fn the_document_is_stable() {
        insta::assert_snapshot!("markdown_bank", render(&sample::bank(), &Look::default()));
    }

    #[test]
    fn explained_it_holds_methods_and_places() {
        let look = Look { explain: true, ..Look::default() };
        insta::assert_snapshot!("markdown_weighted_explained", render(&sample::weighted(), &look));
    }

    #[test]
    fn banner_tables_are_stable() {
        insta::assert_snapshot!("markdown_tables", render(&sample::weighted_tables(), &Look::default()));
        insta::assert_snapshot!(
            "markdown_tables_hostile",
            render(&sample::hostile_tables(), &Look::default())
        );
    }

    #[test]
    fn hostile_texts_do_not_break_tables() {
        let text = render(&sample::hostile(), &Look { explain: true, ..Look::default() });
        assert!(!text.contains("<script"), "{text}");
        assert!(!text.contains('\u{1b}'), "{text}");
        let unescaped = |line: &str| line.replace("\\\\", "").replace("\\|", "").matches('|').count();
        for block in text.split("\n\n").filter(|block| block.starts_with('|')) {
            let mut counts = block.lines().map(unescaped);
            let first = counts.next().unwrap();
            assert!(counts.all(|count| count == first), "{block}");
        }
    }

    #[test]
    fn an_empty_report_says_so() {
        let text = render(&sample::empty(), &Look::default());
        assert!(text.contains("nothing to score"), "{text}");
    }
}
