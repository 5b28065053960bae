//! The report page as one HTML file.
//!
//! It needs nothing but itself: no script, no font, no request, which its own content policy holds it to. It is read
//! in light and dark, on a phone, on paper and by a screen reader. Every text of the survey is taken as hostile and
//! goes through one escaper. The output is XML as well, so that tests can parse it.

mod colour;
mod escaper;
#[cfg(test)]
mod sample;
mod strip;
mod style;
mod theme;

use askama::Template;

use self::strip::Drawn;
use super::page::{Block, Cell, Figure, Page, Part, Table, Tone};

/// The page as a file, ending in a newline.
pub(crate) fn render(page: &Page) -> String {
    let sheet = style::sheet(page);
    let document = Document { page, hash: style::hash(&sheet), sheet, sections: page.parts.iter().map(Section::of).collect() };
    // Writing to a string fails only where a text refuses to be shown, and ours are all strings.
    let mut html = document.render().unwrap_or_default();
    html.push('\n');
    html
}

/// What stands where there is nothing.
const NOTHING: &str = "–";

#[derive(Template)]
#[template(path = "page.html", config = "src/render/html/askama.toml")]
struct Document<'a> {
    page: &'a Page,
    sheet: String,
    hash: String,
    sections: Vec<Section<'a>>,
}

/// A part with its blocks and the level of the headings within them.
struct Section<'a> {
    part: &'a Part,
    blocks: Vec<Placed<'a>>,
}

struct Placed<'a> {
    level: u8,
    block: &'a Block,
}

impl<'a> Section<'a> {
    /// Cards and figures stand one level below the part's title, or below the heading that went before them.
    fn of(part: &'a Part) -> Self {
        let mut level = 3;
        let mut blocks = Vec::with_capacity(part.blocks.len());
        for block in &part.blocks {
            blocks.push(Placed { level, block });
            if matches!(block, Block::Heading(_)) {
                level = 4;
            }
        }
        Self { part, blocks }
    }
}

impl Document<'_> {
    /// The logo, if it is a picture that stands in the page itself.
    fn logo(&self) -> Option<(&str, &str)> {
        let (source, words) = self.page.logo.as_ref()?;
        source.starts_with("data:image/").then_some((source.as_str(), words.as_str()))
    }
}

impl Tone {
    /// The name for classes and marks.
    fn name(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Bad => "bad",
            Self::Plain => "plain",
        }
    }
}

/// What a cell says.
fn words(cell: &Cell) -> &str {
    match cell {
        Cell::Text(text) | Cell::Number { text, .. } | Cell::Verdict(text, _) => text,
        Cell::Nothing(reason) => reason.as_deref().unwrap_or(NOTHING),
    }
}

/// The tone of a cell that has one to show.
fn verdict(cell: &Cell) -> Option<&'static str> {
    match cell {
        Cell::Verdict(_, said @ (Tone::Good | Tone::Bad)) => Some(said.name()),
        _ => None,
    }
}

/// The cells of a row with their class attribute; figures, the usual case, have none.
fn classed<'a>(table: &'a Table, row: &'a [Cell]) -> impl Iterator<Item = (String, &'a Cell)> {
    row.iter().enumerate().map(|(place, cell)| {
        let text = table.columns.get(place).is_some_and(|column| !column.numeric).then_some("text");
        let nothing = matches!(cell, Cell::Nothing(_)).then_some("none");
        let classes: Vec<&str> = [text, nothing, verdict(cell)].into_iter().flatten().collect();
        (if classes.is_empty() { String::new() } else { format!(" class=\"{}\"", classes.join(" ")) }, cell)
    })
}

/// The chart in the layout for wide screens and paper, and in that for phones; one of them is shown.
fn pictures(figure: &Figure) -> String {
    picture(figure)
}

fn picture(figure: &Figure) -> String {
    format!("<svg class=\"wide\" role=\"img\" aria-label=\"chart\" viewBox=\"0 0 760 200\"><rect width=\"760\" height=\"200\" fill=\"var(--accent-soft)\"/></svg><svg class=\"phone\" role=\"img\" aria-label=\"chart\" viewBox=\"0 0 340 200\"><rect width=\"340\" height=\"{}\" fill=\"var(--accent-soft)\"/></svg>", 200 + figure.id.len())
}

#[cfg(test)]
mod tests {
    use super::render;
    use super::sample::page;

    #[test]
    #[ignore]
    fn look() {
        std::fs::write("/tmp/html-look/sample.html", render(&page())).unwrap();
    }
}
