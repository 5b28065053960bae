//! A report for reading in a terminal: aligned columns, intervals drawn where there is room, nothing wider than asked.
//!
//! One line a score where that is possible: rows are named by their wording if it is short, else by the id and as much
//! of the wording as fits. Bars shrink first, then they go; scores side by side move together; what still does not fit
//! is printed one below the other with the row names repeated. A number is never cut.

mod banner;
mod bar;
mod grid;
mod layout;
mod limits;
mod strip;
pub(super) mod text;

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
    let document = document(report, look.subject, Extent { explain: look.explain, interactive: true });
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
            Block::Banner(table) => banner::write(table, self.width, &self.styles, lines),
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
        for width in [60, 80, 120] {
            insta::assert_snapshot!(
                format!("terminal_many_{width}"),
                render(&sample::many_scores(), &at(width))
            );
        }
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
    fn banner_tables_at_each_width() {
        for width in [60, 80, 160] {
            insta::assert_snapshot!(
                format!("terminal_tables_{width}"),
                render(&sample::tables(), &at(width))
            );
        }
        let look = Look { explain: true, ..at(100) };
        insta::assert_snapshot!("terminal_tables_explained", render(&sample::weighted_tables(), &look));
        insta::assert_snapshot!("terminal_tables_hostile", render(&sample::hostile_tables(), &at(100)));
    }

    #[test]
    fn no_line_is_wider_than_the_terminal_or_ends_in_a_space() {
        for report in sample::all() {
            for width in [0, 40, 47, 60, 80, 100, 132, 160, 400] {
                for explain in [false, true] {
                    let text = render(&report, &Look { width, explain, ..Look::default() });
                    for line in text.lines() {
                        assert!(line.width() <= width.max(40), "{width}: {line}");
                        assert_eq!(line, line.trim_end(), "{width}");
                    }
                }
            }
        }
    }

    #[test]
    fn ids_are_whole_while_the_line_has_room() {
        let mut report = sample::bank();
        for line in &mut report.ledger.questions {
            line.question = "responsiveness_of_staff".to_owned();
        }
        for width in [60, 80, 100] {
            let text = render(&report, &Look { width, explain: true, ..Look::default() });
            let ledger = text.split("Answers by question").nth(1).unwrap();
            assert!(ledger.contains("\nresponsiveness_of_staff "), "{width}: {ledger}");
            assert!(!ledger.contains("\nresponsiveness_of_staff\n"), "{width}: {ledger}");
        }
    }

    #[test]
    fn a_long_segment_is_counted_by_default_and_printed_when_asked_for() {
        let rows = |explain| {
            let text = render(&sample::many_segments(), &Look { explain, ..at(80) });
            let lines = |number: u32| {
                let name = format!("Branch {number} ");
                text.lines().filter(|line| line.starts_with(&name)).count()
            };
            let shown: Vec<usize> = (1..=300).map(lines).collect();
            (shown, text.contains("\n… and 270 more; --format csv has all\n"))
        };
        assert_eq!(rows(true), (vec![1; 300], false));
        assert_eq!(rows(false), ([vec![1; 30], vec![0; 270]].concat(), true));
    }

    #[test]
    fn one_line_a_score_where_its_id_fits() {
        for width in [60, 80, 120, 160] {
            let text = render(&sample::many_scores(), &at(width));
            for number in 1..=20 {
                let id = format!("aspect_{number} ");
                let lines: Vec<&str> = text.lines().filter(|line| line.starts_with(&id)).collect();
                let [line] = lines.as_slice() else { panic!("{width}: {lines:?}") };
                assert!(line.contains("62.5 %"), "{width}: {line}");
                assert_eq!(line.contains("aspect of our service?"), width == 160, "{width}: {line}");
            }
            let found = text.contains("3 of 23 scores by Region; --explain shows all");
            assert!(found, "{text}");
        }
    }

    #[test]
    fn ids_in_long_words_take_one_line_as_long_as_they_differ() {
        let mut report = sample::long_labels();
        for question in &mut report.survey.questions {
            question.id.clone_from(&question.text);
        }
        for estimate in &mut report.estimates {
            let number = estimate.question.trim_start_matches('q').to_owned();
            estimate.question =
                format!("All things considered, how satisfied are you with our aspect {number}?");
        }
        let text = render(&report, &at(80));
        for number in 1..=7 {
            let end = format!("aspect {number}?  50.0 %");
            assert_eq!(text.lines().filter(|line| line.contains(&end)).count(), 1, "{text}");
        }
    }

    #[test]
    fn a_verdict_without_room_stands_below() {
        let text = render(&sample::many_scores(), &at(48));
        let mut lines = text.lines().skip_while(|line| !line.starts_with("satisfied_overall"));
        assert!(lines.next().is_some_and(|line| line.ends_with("1000")), "{text}");
        assert_eq!(lines.next(), Some("  target 90: missed"));
        let coloured = render(&sample::many_scores(), &Look { colour: true, ..at(48) });
        assert!(coloured.contains("  target 90: \u{1b}[31mmissed\u{1b}[0m\n"), "{coloured}");
    }

    #[test]
    fn bars_of_gaps_share_one_range() {
        let text = render(&sample::many_scores(), &at(80));
        assert!(text.contains("\nGaps, perceived minus expected (bars from −2 to +2)\n"), "{text}");
        assert!(!render(&sample::many_scores(), &at(48)).contains("bars from"));
    }

    #[test]
    fn questions_of_the_same_wording_stay_apart() {
        let mut report = sample::bank();
        for question in &mut report.survey.questions {
            question.text = "How was it?".into();
        }
        let text = render(&report, &at(120));
        assert!(text.lines().any(|line| line.trim_start().starts_with("overall   ")), "{text}");
        assert!(
            text.lines().any(|line| line.split_whitespace().eq(["overall", "recommend", "(NPS)"])),
            "{text}"
        );
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
