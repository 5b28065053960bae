//! A report for reading in a terminal: aligned columns, intervals drawn where there is room, nothing wider than asked.
//!
//! One line a score where that is possible: rows are named by their wording if it is short, else by the id and as much
//! of the wording as fits. Bars shrink first, then they go; scores side by side move together; what still does not fit
//! is printed one below the other with the row names repeated. A number is never cut.

mod bar;
mod grid;
mod layout;
mod limits;
mod strip;
mod text;

use super::Look;
use super::document::{Block, Extent, document};
use super::escape::visible;
use crate::report::Report;
use anstyle::{AnsiColor, Style};
use text::{width, wrap, wrap_hanging};

/// A terminal narrower than this is taken as this wide.
const NARROWEST: usize = 40;

/// Between the pieces of the first line, where they fit.
const TITLE_GAP: usize = 8;

/// The first screen, or everything with `explain`.
pub(super) fn render(report: &Report, look: &Look) -> String {
    let page = Page { width: look.width.max(NARROWEST), styles: Styles::new(look.colour) };
    let document = document(report, Extent { explain: look.explain, interactive: true });
    let mut lines = Vec::new();
    let mut previous: Option<&Block> = None;
    for block in &document.blocks {
        let belongs_to_previous =
            matches!(block, Block::Legend(_)) || matches!(previous, Some(Block::Heading(_)));
        if previous.is_some() && !belongs_to_previous {
            lines.push(String::new());
        }
        page.write(block, &mut lines);
        previous = Some(block);
    }
    let mut output = lines.join("\n");
    output.push('\n');
    output
}

struct Page {
    width: usize,
    styles: Styles,
}

impl Page {
    fn write(&self, block: &Block, lines: &mut Vec<String>) {
        match block {
            Block::Title(pieces) => self.title(pieces, lines),
            Block::Heading(text) => {
                lines.extend(wrap(&visible(text), self.width).iter().map(|line| self.styles.strong(line)));
            }
            Block::Table(table) => grid::write(table, self.width, &self.styles, lines),
            Block::Legend(sentences) | Block::Sentences(sentences) => {
                lines.extend(sentences.iter().flat_map(|text| wrap_hanging(&visible(text), self.width)));
            }
        }
    }

    /// On one line where it fits, else a line each.
    fn title(&self, pieces: &[String], lines: &mut Vec<String>) {
        let pieces: Vec<String> = pieces.iter().map(|piece| visible(piece)).collect();
        let line = pieces.join(&" ".repeat(TITLE_GAP));
        let on_lines = if width(&line) <= self.width {
            vec![line]
        } else {
            pieces.iter().flat_map(|piece| wrap(piece, self.width)).collect()
        };
        lines.extend(on_lines.iter().map(|line| self.styles.strong(line)));
    }
}

/// Colour and weight, or neither.
struct Styles {
    strong: Style,
    good: Style,
    bad: Style,
}

impl Styles {
    fn new(colour: bool) -> Self {
        if colour {
            Self {
                strong: Style::new().bold(),
                good: AnsiColor::Green.on_default(),
                bad: AnsiColor::Red.on_default(),
            }
        } else {
            Self { strong: Style::new(), good: Style::new(), bad: Style::new() }
        }
    }

    fn strong(&self, text: &str) -> String {
        paint(self.strong, text)
    }

    fn good(&self, text: &str) -> String {
        paint(self.good, text)
    }

    fn bad(&self, text: &str) -> String {
        paint(self.bad, text)
    }
}

fn paint(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}

#[cfg(test)]
mod tests {
    use super::render;
    use crate::render::{Look, sample};
    use unicode_width::UnicodeWidthStr;

    fn at(width: usize) -> Look {
        Look { width, ..Look::default() }
    }

    #[test]
    fn the_first_screen_at_each_width() {
        insta::assert_snapshot!("terminal_bank_60", render(&sample::bank(), &at(60)));
        insta::assert_snapshot!("terminal_bank_80", render(&sample::bank(), &at(80)));
        insta::assert_snapshot!("terminal_bank_160", render(&sample::bank(), &at(160)));
    }

    #[test]
    fn everything_when_asked_to_explain() {
        let look = Look { explain: true, ..at(120) };
        insta::assert_snapshot!("terminal_bank_explained", render(&sample::bank(), &look));
        insta::assert_snapshot!("terminal_weighted_explained", render(&sample::weighted(), &look));
    }

    #[test]
    fn flags_waves_and_odd_letters() {
        insta::assert_snapshot!("terminal_weighted", render(&sample::weighted(), &at(80)));
        insta::assert_snapshot!("terminal_waves", render(&sample::waves(), &at(80)));
        insta::assert_snapshot!("terminal_east_asian", render(&sample::east_asian(), &at(80)));
        insta::assert_snapshot!("terminal_hostile", render(&sample::hostile(), &at(80)));
        insta::assert_snapshot!("terminal_long_labels", render(&sample::long_labels(), &at(80)));
        insta::assert_snapshot!("terminal_empty", render(&sample::empty(), &at(80)));
    }

    #[test]
    fn no_line_is_wider_than_the_terminal_or_ends_in_a_space() {
        for report in sample::all() {
            for width in [0, 40, 47, 60, 80, 100, 132, 160, 400] {
                for explain in [false, true] {
                    let text = render(&report, &Look { width, explain, colour: false });
                    for line in text.lines() {
                        assert!(line.width() <= width.max(40), "{width}: {line}");
                        assert_eq!(line, line.trim_end(), "{width}");
                    }
                }
            }
        }
    }

    #[test]
    fn every_value_of_a_long_segment_is_printed() {
        let text = render(&sample::many_segments(), &at(80));
        for number in 1..=300 {
            let name = format!("Branch {number} ");
            assert_eq!(text.lines().filter(|line| line.starts_with(&name)).count(), 1, "{name}");
        }
    }

    #[test]
    fn questions_of_the_same_wording_stay_apart() {
        let mut report = sample::bank();
        for question in &mut report.survey.questions {
            question.text = "How was it?".into();
        }
        let text = render(&report, &at(120));
        let heads = text.lines().find(|line| line.matches("How was it?").count() > 1);
        assert_eq!(heads, Some("        How was it?                How was it?"), "{text}");
    }

    #[test]
    fn colour_adds_nothing_but_colour() {
        for report in sample::all() {
            let plain = render(&report, &at(100));
            let coloured = render(&report, &Look { colour: true, ..at(100) });
            assert_eq!(anstream::adapter::strip_str(&coloured).to_string(), plain);
            assert!(coloured.contains("\u{1b}[1m"));
        }
        let bank = render(&sample::bank(), &Look { colour: true, ..at(100) });
        assert!(bank.contains("\u{1b}[32mmet\u{1b}[0m"), "{bank}");
        let weighted = render(&sample::weighted(), &Look { colour: true, ..at(100) });
        assert!(weighted.contains("\u{1b}[31mmissed\u{1b}[0m"), "{weighted}");
    }

    #[test]
    fn no_control_character_reaches_the_terminal() {
        let text = render(&sample::hostile(), &Look { explain: true, ..at(100) });
        assert!(text.chars().all(|character| character == '\n' || !character.is_control()), "{text}");
        assert!(!text.contains('\u{202e}'));
    }
}
