//! The report page as one HTML file.
//!
//! It needs nothing but itself: no script, no font, no request, which its own content policy holds it to. It is read
//! in light and dark, on a phone, on paper and by a screen reader. Every text of the survey is taken as hostile and
//! goes through one escaper. The output is XML as well, so that tests can parse it.

mod banner;
mod escaper;
mod fold;
#[cfg(test)]
pub(super) mod sample;
mod strip;
mod style;
mod table;
mod theme;

pub(crate) use theme::accent_on_paper;

use askama::Template;

use self::banner::BannerSheet;
use self::fold::Fold;
use self::strip::Drawn;
use self::table::Grid;
use super::chart::{self, Frame, Theme};
use super::page::{Block, Figure, Page, Part, Placed, Tone};

/// The page as a file, ending in a newline.
///
/// HTML lets the end of a cell go unsaid before another cell and at the end of a row: a page of ten thousand cells is a
/// tenth smaller without.
pub(crate) fn render(page: &Page) -> String {
    marked_up(page).replace("</td><td", "<td").replace("</td></tr>", "</tr>")
}

/// The page with every element closed.
fn marked_up(page: &Page) -> String {
    let sheet = style::sheet(page);
    // A closer view of one subject has its part and that of the method.
    let is_closer = page.parts.len() <= 2;
    let part = |(place, part)| Section::of(part, is_closer && place == 0);
    let document = Document {
        page,
        hash: style::hash(&sheet),
        sheet,
        sections: page.parts.iter().enumerate().map(part).collect(),
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

/// A part with its blocks.
struct Section<'a> {
    part: &'a Part,
    blocks: Vec<Shown<'a>>,
}

/// A block in its place, and how it is folded.
struct Shown<'a> {
    placed: Placed<'a>,
    /// The folded tables that stand for the table.
    folds: Vec<Fold>,
    /// Whether it heads folded tables, which are not printed.
    unprinted: bool,
}

impl<'a> Section<'a> {
    /// The part; `open` is what was asked for by itself, of which no table is folded.
    fn of(part: &'a Part, open: bool) -> Self {
        let mut blocks: Vec<Shown<'a>> = Vec::with_capacity(part.blocks.len());
        for placed in part.placed() {
            let folds = match placed.block {
                Block::Table(table) if !open => Fold::of(table),
                _ => Vec::new(),
            };
            if let Some(heading) = blocks.last_mut().filter(|_| !folds.is_empty()) {
                heading.unprinted = matches!(heading.placed.block, Block::Heading(_));
            }
            blocks.push(Shown { placed, folds, unprinted: false });
        }
        Self { part, blocks }
    }
}

impl Section<'_> {
    /// Whether paper lacks a table of the part.
    fn is_folded(&self) -> bool {
        self.blocks.iter().any(|shown| !shown.folds.is_empty())
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
