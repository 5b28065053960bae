//! The report page as one HTML file.
//!
//! It needs nothing but itself: no script, no font, no request, which its own content policy holds it to. It is read
//! in light and dark, on a phone, on paper and by a screen reader. Every text of the survey is taken as hostile and
//! goes through one escaper. The output is XML as well, so that tests can parse it.

mod colour;
mod escaper;
mod fold;
#[cfg(test)]
mod sample;
mod strip;
mod style;
mod table;
mod theme;

pub(crate) use theme::accent_on_paper;

use askama::Template;

use self::fold::Fold;
use self::strip::Drawn;
use self::table::Grid;
use super::chart::{self, Frame, Theme};
use super::page::{Block, Figure, Page, Part, Tone};

/// The page as a file, ending in a newline.
pub(crate) fn render(page: &Page) -> String {
    let sheet = style::sheet(page);
    let document = Document {
        page,
        hash: style::hash(&sheet),
        sheet,
        sections: page.parts.iter().map(Section::of).collect(),
    };
    // Writing to a string fails only where a text refuses to be shown, and ours are all strings.
    let mut html = document.render().unwrap_or_default();
    html.push('\n');
    html
}

/// The width of a chart on a wide screen and on paper, in pixels.
const WIDE: f64 = 760.0;

/// The width of a chart on a phone.
const PHONE: f64 = 340.0;

/// From this many characters on, the wording of a question is set smaller on its card.
const LONG_NAME: usize = 60;

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
    /// The folded tables that stand for the table.
    folds: Vec<Fold>,
    /// Whether it heads folded tables, which are not printed.
    unprinted: bool,
    /// Whether its title is the heading right above it, so that eyes need it once only.
    repeats: bool,
    block: &'a Block,
}

impl<'a> Section<'a> {
    /// Cards and figures stand one level below the part's title, or below the heading that went before them.
    fn of(part: &'a Part) -> Self {
        let mut level = 3;
        let mut above = Some(&part.title);
        let mut blocks = Vec::with_capacity(part.blocks.len());
        for block in &part.blocks {
            let (title, below) = match block {
                Block::Heading(heading) => (None, Some(heading)),
                Block::Figure(figure) => (Some(&figure.title), None),
                Block::Table(table) => (Some(&table.caption), None),
                // An introduction does not part a heading from what it heads.
                Block::Text(_) => (None, above),
                Block::Cards(_) | Block::Findings(_) | Block::Facts(_) | Block::Notes(_) => (None, None),
            };
            let folds = match block {
                Block::Table(table) => Fold::of(table),
                _ => Vec::new(),
            };
            if let Some(heading) = blocks.last_mut()
                && !folds.is_empty()
            {
                let heading: &mut Placed<'_> = heading;
                heading.unprinted = matches!(heading.block, Block::Heading(_));
            }
            let repeats = title.is_some() && title == above;
            blocks.push(Placed { level, folds, unprinted: false, repeats, block });
            above = below;
            if matches!(block, Block::Heading(_)) {
                level = 4;
            }
        }
        Self { part, blocks }
    }
}

impl Section<'_> {
    /// Whether paper lacks a table of the part.
    fn is_folded(&self) -> bool {
        self.blocks.iter().any(|placed| !placed.folds.is_empty())
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

/// The chart in the layout for wide screens and paper, and in that for phones; one of them is shown.
fn pictures(figure: &Figure) -> String {
    let drawn = |layout: &str, width: f64| {
        let id = format!("{}-{layout}", figure.id);
        let frame = Frame {
            id: &id,
            title: &figure.title,
            description: &figure.description,
            note: None,
            width,
            theme: Theme::Page,
            standalone: false,
        };
        format!("<div class=\"{layout}\">{}</div>", chart::svg(&figure.chart, &frame))
    };
    drawn("wide", WIDE) + &drawn("phone", PHONE)
}

#[cfg(test)]
mod tests;
