//! The report page as GitHub Markdown: for job summaries, pull requests and wikis.
//!
//! Cards are a table, charts the table behind them. What is long is folded, so that a summary stays short and nothing
//! is lost. Every text of the survey is taken as hostile: no markup, no cell and no name in it is obeyed.

use std::iter;

use super::banner;
use super::escape::visible;
use super::markdown::escaped;
use super::page::{Block, Cell, Claim, Figure, Page, Part, Table};

/// Longer tables are folded.
const OPEN_ROWS: usize = 12;

/// What stands where there is nothing.
const NOTHING: &str = "–";

/// The page as Markdown, ending in a newline.
pub(super) fn render(page: &Page) -> String {
    let mut blocks = vec![format!("# {}", line(&page.title))];
    blocks.extend(joined(&page.subtitle));
    blocks.extend(facts(&page.facts));
    for part in &page.parts {
        blocks.extend(self::part(page, part));
    }
    blocks.extend(joined(&page.footer).map(|footer| format!("---\n\n{footer}")));
    blocks.retain(|block| !block.is_empty());
    blocks.join("\n\n") + "\n"
}

fn part(page: &Page, part: &Part) -> Vec<String> {
    let mut blocks = vec![format!("## {}", line(&part.title))];
    blocks.extend(part.clause.as_ref().map(|clause| format!("*{}*", line(clause))));
    let mut heading = part.title.as_str();
    for block in &part.blocks {
        match block {
            Block::Heading(text) => {
                heading = text;
                blocks.push(format!("### {}", line(text)));
            }
            Block::Text(texts) => blocks.extend(texts.iter().map(|text| paragraph(text))),
            Block::Cards(_) => blocks.push(table(&page.scores)),
            Block::Findings(claims) => blocks.push(lines(claims.iter().map(claim))),
            Block::Figure(figure) => blocks.extend(self::figure(page, heading, figure)),
            Block::Banner(table) => {
                blocks.push(format!("### {}", line(&table.title)));
                blocks.push(banner::markdown(table));
            }
            Block::Contents(_) => {}
            Block::Table(table) => blocks.extend(captioned(page, heading, table)),
            Block::Facts(facts) => blocks.extend(self::facts(facts)),
            Block::Notes(notes) => blocks.push(lines(notes.iter().map(|(is_caution, text)| {
                let mark = if *is_caution { "⚠️ " } else { "" };
                format!("- {mark}{}", paragraph(text))
            }))),
        }
    }
    blocks
}

/// The verdict in bold, then what it rests on.
fn claim(claim: &Claim) -> String {
    let verdict = line(&claim.verdict);
    let stop = if verdict.ends_with(['.', ':', '!', '?']) || verdict.is_empty() { "" } else { "." };
    format!("- **{verdict}{stop}** {}", line(&claim.detail)).trim_end().to_owned()
}

/// The chart in a sentence, with its figures folded under it.
fn figure(page: &Page, heading: &str, figure: &Figure) -> Vec<String> {
    let title = titled(&figure.title, heading);
    let said = [paragraph(&figure.description), paragraph(&figure.note)].join("\n");
    title.into_iter().chain([said, folded(page.words.show_table, &table(&figure.table))]).collect()
}

/// A title in bold, where the heading does not say the same.
fn titled(title: &str, heading: &str) -> Option<String> {
    (!title.is_empty() && title != heading).then(|| format!("**{}**", line(title)))
}

/// A table by itself; a long one is folded.
fn captioned(page: &Page, heading: &str, table: &Table) -> Vec<String> {
    let written = self::table(table);
    if table.rows.len() > OPEN_ROWS {
        let says_more = !table.caption.is_empty() && table.caption != heading;
        return vec![folded(if says_more { &table.caption } else { page.words.show_table }, &written)];
    }
    titled(&table.caption, heading).into_iter().chain([written]).collect()
}

/// Markdown is read in the fold because of the empty lines, but not in its summary.
fn folded(summary: &str, content: &str) -> String {
    format!("<details><summary>{}</summary>\n\n{content}\n\n</details>", markup(summary))
}

/// A text within HTML.
fn markup(text: &str) -> String {
    let text = visible(text.trim()).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    text.replace('@', "@&#8203;")
}

fn table(table: &Table) -> String {
    if table.columns.is_empty() {
        return String::new();
    }
    let heads = table.columns.iter().map(|column| line(&column.header));
    let rules = table.columns.iter().map(|column| if column.numeric { "---:" } else { "---" }.to_owned());
    let rows = table.rows.iter().map(|row| {
        let missing = table.columns.len().saturating_sub(row.len());
        cells(row.iter().map(cell).chain(iter::repeat_n(String::new(), missing)).take(table.columns.len()))
    });
    lines([cells(heads), cells(rules)].into_iter().chain(rows))
}

fn cells(cells: impl Iterator<Item = String>) -> String {
    format!("| {} |", cells.collect::<Vec<_>>().join(" | "))
}

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Text(text)
        | Cell::Shortened { full: text, .. }
        | Cell::Number { text, .. }
        | Cell::Verdict(text, _) => line(text),
        Cell::Nothing(reason) => reason.as_deref().map_or_else(|| NOTHING.to_owned(), line),
    }
}

fn facts(facts: &[(String, String)]) -> Option<String> {
    let rows = facts.iter().map(|(label, text)| format!("- **{}:** {}", line(label), line(text)));
    (!facts.is_empty()).then(|| lines(rows))
}

fn joined(texts: &[String]) -> Option<String> {
    let texts: Vec<String> = texts.iter().map(|text| line(text)).collect();
    (!texts.is_empty()).then(|| paragraph_start(texts.join(" · ")))
}

fn lines(lines: impl Iterator<Item = String>) -> String {
    lines.collect::<Vec<_>>().join("\n")
}

/// A text within a line.
fn line(text: &str) -> String {
    escaped(text.trim())
}

/// A text at the start of a line, where a dash or a number would begin a list.
fn paragraph(text: &str) -> String {
    paragraph_start(line(text))
}

fn paragraph_start(text: String) -> String {
    let ends = |rest: &str| rest.is_empty() || rest.starts_with(' ');
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let is_numbered = digits > 0 && text[digits..].starts_with(['.', ')']) && ends(&text[digits + 1..]);
    match text.chars().next() {
        Some('-' | '=') => format!("\\{text}"),
        Some('+') if ends(&text[1..]) => format!("\\{text}"),
        Some(_) if is_numbered => format!("{}\\{}", &text[..digits], &text[digits..]),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::{Table, paragraph, render, table};
    use crate::render::page::{Block, Cell, Claim, Column, Page, Part, Tone, sample};

    fn page() -> Page {
        Page::of(&sample::full())
    }

    /// A page whose every text is that one.
    fn of_one_text(text: &str) -> Page {
        let say = || text.to_owned();
        let numbers = Cell::Number { value: 1.0, decimals: 0, percent: false, signed: false, text: say() };
        let table = Table {
            caption: say(),
            columns: vec![
                Column { header: say(), numeric: false, joined: None },
                Column { header: say(), numeric: true, joined: None },
                Column { header: say(), numeric: false, joined: None },
            ],
            rows: vec![
                vec![Cell::Text(say()), numbers, Cell::Verdict(say(), Tone::Good)],
                vec![Cell::Nothing(Some(say())), Cell::Nothing(None)],
            ],
        };
        let blocks = vec![
            Block::Heading(say()),
            Block::Text(vec![say(), say()]),
            Block::Cards(Vec::new()),
            Block::Findings(vec![Claim { verdict: say(), detail: say(), tone: Tone::Plain }]),
            Block::Table(table.clone()),
            Block::Facts(vec![(say(), say())]),
            Block::Notes(vec![(true, say()), (false, say())]),
        ];
        Page {
            title: say(),
            subtitle: vec![say()],
            facts: vec![(say(), say())],
            parts: vec![Part { id: "glance", title: say(), clause: Some(say()), blocks }],
            scores: table,
            footer: vec![say()],
            ..page()
        }
    }

    #[test]
    fn every_table_has_as_many_cells_in_every_row() {
        let pages = [page(), of_one_text("a|b\n|---|\r\n| c \\| d | `|`")];
        for text in pages.iter().map(render) {
            let blocks: Vec<&str> = text.split("\n\n").filter(|block| block.starts_with('|')).collect();
            assert!(blocks.len() > 1, "{text}");
            for block in blocks {
                let bars = |line: &str| line.replace("\\\\", "").replace("\\|", "").matches('|').count();
                let mut counts = block.lines().map(bars);
                let first = counts.next().unwrap();
                assert!(first > 1 && counts.all(|count| count == first), "{block}");
            }
        }
    }

    #[test]
    fn nothing_of_a_stranger_is_obeyed() {
        let hostile = "</details><script>x</script> <!-- `c` **b** [l](javascript:1) ![i](x) @octocat #12 \u{1b}[31m\u{202e}\n\n# h";
        let text = render(&of_one_text(hostile));
        for obeyed in
            ["</details><", "<script", "<!--", " `c`", " **b**", "[l](", "@octocat", " #12", "\n# h"]
        {
            assert!(!text.contains(obeyed), "{obeyed}: {text}");
        }
        assert!(!text.contains(['\u{1b}', '\u{202e}']));
        assert_eq!(text.matches("<details>").count(), text.matches("</details>").count());
    }

    #[test]
    fn a_paragraph_is_no_list() {
        assert_eq!(paragraph("- a"), "\\- a");
        assert_eq!(paragraph("+31 points"), "+31 points");
        assert_eq!(paragraph("+ a"), "\\+ a");
        assert_eq!(paragraph("1. a"), "1\\. a");
        assert_eq!(paragraph("2026) a"), "2026\\) a");
        assert_eq!(paragraph("    code"), "code");
        assert_eq!(paragraph("12.5 %"), "12.5 %");
        assert_eq!(paragraph("plain"), "plain");
    }

    #[test]
    fn cards_are_a_table_with_the_verdicts_of_change_and_target() {
        let page = page();
        let text = render(&page);
        let Some(Block::Cards(cards)) = page.parts[0].blocks.first() else { panic!("{:?}", page.parts[0]) };
        assert_eq!(page.scores.rows.len(), cards.len());
        for card in cards {
            let row = text.lines().find(|line| line.starts_with(&format!("| {} |", super::line(&card.name))));
            let row = row.unwrap_or_else(|| panic!("{}: {text}", card.name));
            for (said, _) in card.change.iter().chain(&card.target) {
                assert!(row.contains(&super::line(said)), "{row}");
            }
        }
    }

    #[test]
    fn claims_begin_with_their_verdict_in_bold() {
        let text = render(&page());
        let bold = text.lines().filter(|line| line.starts_with("- **") && line.contains("** ")).count();
        assert!(bold > 2, "{text}");
        assert!(!text.contains(".. ") && !text.contains("..**"), "{text}");
    }

    #[test]
    fn every_figure_of_the_page_is_in_it() {
        let page = page();
        let text = render(&page);
        let figures = page.parts.iter().flat_map(|part| &part.blocks).filter_map(|block| match block {
            Block::Figure(figure) => Some(figure),
            _ => None,
        });
        let mut count = 0;
        for figure in figures {
            assert!(text.contains(&table(&figure.table)), "{}", figure.id);
            count += 1;
        }
        assert!(text.matches("<details>").count() >= count, "{text}");
    }

    #[test]
    fn a_page_without_anything_is_its_title() {
        let bare = Page {
            subtitle: Vec::new(),
            facts: Vec::new(),
            parts: Vec::new(),
            footer: Vec::new(),
            title: "T".to_owned(),
            ..page()
        };
        assert_eq!(render(&bare), "# T\n");
    }
}
