//! Text in pictures: cleaned, measured and broken into lines before anything is placed.
//!
//! Widths are estimates from a table of the embedded font. A page has a font of its own, so its texts are taken as a
//! little wider. Letters are taken by grapheme: accents and joined emoji are never torn apart.

use super::frame::Theme;
use super::widths;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// How much wider bold letters are.
const BOLD: f64 = 1.04;

/// How much wider the usual fonts of systems are than the embedded one.
const SYSTEM: f64 = 1.12;

/// A text broken into lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Lines {
    /// The lines; none for an empty text.
    pub(super) lines: Vec<String>,
    /// The whole text where the lines do not show all of it.
    pub(super) whole: Option<String>,
}

/// Measures and breaks texts for one theme.
#[derive(Clone, Copy, Debug)]
pub(super) struct Measure {
    factor: f64,
}

impl Measure {
    /// For pictures of that theme.
    pub(super) fn new(theme: Theme) -> Self {
        Self { factor: if theme == Theme::Page { SYSTEM } else { 1.0 } }
    }

    /// The estimated width of a text in pixels.
    pub(super) fn width(self, text: &str, size: f64, bold: bool) -> f64 {
        let hundredths: f64 = text.graphemes(true).map(grapheme_width).sum();
        hundredths / 100.0 * size * self.factor * if bold { BOLD } else { 1.0 }
    }

    /// The text in at most `most` lines of that width; what does not fit ends in an ellipsis.
    pub(super) fn lines(self, text: &str, size: f64, bold: bool, width: f64, most: usize) -> Lines {
        let text = clean(text);
        let fits = |line: &str| self.width(line.trim_end(), size, bold) <= width;
        let mut lines: Vec<String> = Vec::new();
        let mut line = String::new();
        for piece in pieces(&text) {
            if fits(&format!("{line}{piece}")) {
                line.push_str(&piece);
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            for grapheme in piece.graphemes(true) {
                if !line.is_empty() && !fits(&format!("{line}{grapheme}")) {
                    lines.push(std::mem::take(&mut line));
                }
                line.push_str(grapheme);
            }
        }
        lines.push(line);
        let mut lines: Vec<String> = lines
            .into_iter()
            .map(|line| line.trim_end().to_owned())
            .filter(|line| !line.is_empty())
            .collect();
        if lines.len() <= most {
            return Lines { lines, whole: None };
        }
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            let mut kept: Vec<&str> = last.graphemes(true).collect();
            while !kept.is_empty() && !fits(&format!("{}…", kept.concat())) {
                kept.pop();
            }
            *last = format!("{}…", kept.concat().trim_end());
        }
        Lines { lines, whole: Some(text) }
    }
}

/// The text on one line without characters that no picture can show, or that turn the reading order round.
pub(super) fn clean(text: &str) -> String {
    let shown: String =
        text.chars()
            .map(|character| {
                if matches!(character, '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}') {
                    ' '
                } else {
                    character
                }
            })
            .filter(|character| !is_invisible(*character))
            .collect();
    shown.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Whether a text holds letters that are read from right to left.
pub(super) fn has_right_to_left(text: &str) -> bool {
    text.chars().any(|character| {
        matches!(character, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}')
            || matches!(u32::from(character), 0x1_0800..=0x1_0fff | 0x1_e800..=0x1_efff)
    })
}

fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{61c}' // marks of direction
            | '\u{202a}'..='\u{202e}'                        // embeddings and overrides
            | '\u{2066}'..='\u{2069}'                        // isolates
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}'           // byte order mark, annotations
            | '\u{fffe}' | '\u{ffff}'                        // no characters, which XML refuses
            | '\u{e0000}'..='\u{e007f}') // invisible tags
}

/// Pieces between which a line may end.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut piece = String::new();
    for grapheme in text.graphemes(true) {
        let is_wide = grapheme.width() >= 2;
        if is_wide && !piece.is_empty() {
            pieces.push(std::mem::take(&mut piece));
        }
        piece.push_str(grapheme);
        if is_wide || matches!(grapheme, " " | "/" | "-" | "–" | "—" | "_") {
            pieces.push(std::mem::take(&mut piece));
        }
    }
    pieces.push(piece);
    pieces
}

/// In hundredths of the size of the font.
fn grapheme_width(grapheme: &str) -> f64 {
    let Some(first) = grapheme.chars().next() else { return 0.0 };
    if let Some(width) = widths::advance(first) {
        return width;
    }
    match grapheme.width() {
        0 => 0.0,
        1 => 70.0,
        // Emoji are wider than ideographs.
        _ if matches!(u32::from(first), 0x2600..=0x27bf | 0x1_f000..=0x1_ffff) => 137.0,
        _ => 100.0,
    }
}

#[cfg(test)]
mod tests {
    use super::{Measure, Theme, clean, has_right_to_left};

    fn lines(text: &str, width: f64, most: usize) -> (Vec<String>, bool) {
        let lines = Measure::new(Theme::Fixed).lines(text, 13.0, false, width, most);
        (lines.lines, lines.whole.is_some())
    }

    #[test]
    fn lines_break_at_words_and_end_in_an_ellipsis() {
        assert_eq!(lines("North", 100.0, 3), (vec!["North".to_owned()], false));
        assert_eq!(lines("", 100.0, 3), (vec![], false));
        let (broken, cut) = lines("Staff who know what they are talking about", 90.0, 3);
        assert_eq!((broken.len(), cut), (3, true), "{broken:?}");
        assert!(broken[2].ends_with('…'), "{broken:?}");
        let measure = Measure::new(Theme::Fixed);
        assert!(broken.iter().all(|line| measure.width(line, 13.0, false) <= 90.0), "{broken:?}");
    }

    #[test]
    fn words_longer_than_a_line_are_broken_between_graphemes() {
        let (broken, _) = lines("e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}👩‍🚀👩‍🚀", 30.0, 9);
        assert!(broken.len() > 1);
        assert!(broken.iter().all(|line| !line.starts_with(['\u{301}', '\u{200d}'])), "{broken:?}");
    }

    #[test]
    fn no_width_is_too_small() {
        assert_eq!(lines("ab", 0.0, 3), (vec!["a".to_owned(), "b".to_owned()], false));
        assert_eq!(lines("abcd", 0.0, 2), (vec!["a".to_owned(), "…".to_owned()], true));
    }

    #[test]
    fn what_cannot_be_shown_is_dropped() {
        assert_eq!(clean(" a\n b\u{0}\u{1b}[31m\u{202e}c\u{ffff} "), "a b[31mc");
        assert_eq!(clean("12\u{202f}345\u{a0}%"), "12\u{202f}345\u{a0}%");
        assert!(has_right_to_left("תל אביב") && !has_right_to_left("東京 Ελλάδα"));
    }
}
