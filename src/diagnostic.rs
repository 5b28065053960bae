//! One shape for every complaint about a file: what, where, the line itself, why it matters, what to do.
//!
//! Definitions, expressions and data files all complain through [`Diagnostic`], so that the program prints
//! them alike and a reader learns the shape once. Nothing here prints.

use std::fmt::{self, Write as _};

use unicode_width::UnicodeWidthStr;

/// A position in a text file, with the line it stands on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The name of the file as it was given.
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
    /// The column in characters, counted from 1.
    pub column: usize,
    /// The text of that line, without its line end; empty when it is not at hand.
    pub source: String,
    /// How many characters the caret underlines, at least 1.
    pub length: usize,
}

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing; nothing is wrong.
    Note,
    /// The work goes on, the reader should look.
    Caution,
    /// The work cannot go on.
    Error,
}

/// One complaint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// A stable name, such as `unknown_key`.
    pub code: &'static str,
    /// What is wrong: names the thing, what was found, what was expected; lower case, no full stop.
    pub message: String,
    /// Where, when there is a place.
    pub place: Option<Place>,
    /// Why it matters, in a sentence.
    pub why: Option<String>,
    /// What to do.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error without a place yet.
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message)
    }

    /// A caution without a place yet.
    pub fn caution(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Caution, code, message)
    }

    /// A note without a place yet.
    pub fn note(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Note, code, message)
    }

    fn new(severity: Severity, code: &'static str, message: impl Into<String>) -> Self {
        Self { severity, code, message: message.into(), place: None, why: None, help: None }
    }

    /// Says where.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// Says why it matters.
    #[must_use]
    pub fn why(mut self, why: impl Into<String>) -> Self {
        self.why = Some(why.into());
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The complaint as plain text in the shape that compilers use, with a line end after every line.
    ///
    /// Definitions and data are strangers' text: control characters, terminal escapes and characters that turn
    /// the direction of writing are spelt out, and a very long line is cut around the caret.
    pub fn render(&self) -> String {
        let mut out = format!("{}[{}]: {}\n", self.severity.name(), self.code, visible(&self.message));
        let mut indent = 1;
        if let Some(place) = &self.place {
            let number = place.line.to_string();
            indent = number.len();
            let _ =
                writeln!(out, "{:indent$}--> {}:{}:{}", "", visible(&place.file), place.line, place.column);
            if !place.source.is_empty() {
                let (line, before, carets) = excerpt(place);
                let _ = writeln!(out, "{:indent$} |", "");
                let _ = writeln!(out, "{number} | {line}");
                let _ = writeln!(out, "{:indent$} | {:before$}{}", "", "", "^".repeat(carets));
            }
        }
        for (word, text) in [("why", &self.why), ("help", &self.help)] {
            if let Some(text) = text {
                let _ = writeln!(out, "{:indent$} = {word}: {}", "", visible(text));
            }
        }
        out
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.render().trim_end())
    }
}

impl Severity {
    /// The word in front of a complaint.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Caution => "caution",
            Self::Error => "error",
        }
    }
}

/// The widest excerpt of a line, in columns of a terminal.
const EXCERPT: usize = 100;

/// How much of a long line stands before the caret.
const LEAD: usize = 40;

/// The line as it is shown, the columns before the caret, and how many carets stand under it.
fn excerpt(place: &Place) -> (String, usize, usize) {
    let shown: Vec<String> = place.source.chars().map(visible_char).collect();
    let width =
        |cells: &[String]| cells.iter().map(|cell| UnicodeWidthStr::width(cell.as_str())).sum::<usize>();
    let caret = place.column.saturating_sub(1).min(shown.len());
    let end = caret.saturating_add(place.length.max(1)).min(shown.len());
    let mut start = 0;
    if width(&shown) > EXCERPT {
        while start < caret && width(&shown[start..caret]) > LEAD {
            start += 1;
        }
    }
    let mut line = String::new();
    let mut used = 0;
    if start > 0 {
        line.push('…');
        used = 1;
    }
    let before = used + width(&shown[start..caret]);
    let mut last = start;
    for cell in &shown[start..] {
        let next = UnicodeWidthStr::width(cell.as_str());
        if used + next > EXCERPT {
            line.push('…');
            break;
        }
        line.push_str(cell);
        used += next;
        last += 1;
    }
    let carets = if end.min(last) > caret { width(&shown[caret..end.min(last)]) } else { 1 };
    (line.trim_end().to_owned(), before, carets.max(1))
}

/// A text that cannot move a cursor, ring a bell or turn the direction of writing; tabs are blanks.
pub fn visible(text: &str) -> String {
    text.chars().map(visible_char).collect()
}

fn visible_char(character: char) -> String {
    match character {
        '\t' => "    ".to_owned(),
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => {
            character.escape_unicode().to_string()
        }
        control if control.is_control() => control.escape_unicode().to_string(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(source: &str, column: usize, length: usize) -> Place {
        Place { file: "responses.toml".to_owned(), line: 12, column, source: source.to_owned(), length }
    }

    #[test]
    fn the_shape_is_the_compilers() {
        let complaint = Diagnostic::error("unknown_key", "question `overall` has no key `taget`")
            .at(place("taget = 80", 1, 5))
            .why("a key that is not known would be ignored")
            .help("did you mean `target`?");
        assert_eq!(
            complaint.render(),
            "error[unknown_key]: question `overall` has no key `taget`\n  \
             --> responses.toml:12:1\n   \
             |\n12 | taget = 80\n   \
             | ^^^^^\n   \
             = why: a key that is not known would be ignored\n   \
             = help: did you mean `target`?\n"
        );
        assert_eq!(format!("{complaint}\n"), complaint.render());
    }

    #[test]
    fn without_a_place_the_sentences_follow_at_once() {
        let note = Diagnostic::note("not_asked", "question `q1` is not in `b.csv`").help("nothing to do");
        assert_eq!(
            note.render(),
            "note[not_asked]: question `q1` is not in `b.csv`\n  = help: nothing to do\n"
        );
    }

    #[test]
    fn escapes_and_turned_text_are_spelt_out_and_carets_stay_below() {
        let text = Diagnostic::caution("x", "bell \u{7}").at(place("a\u{1b}[31m\u{202e} = 1", 9, 1)).render();
        assert!(text.starts_with("caution[x]: bell \\u{7}\n"), "{text}");
        assert!(text.contains("12 | a\\u{1b}[31m\\u{202e} = 1\n"), "{text}");
        let caret = text.lines().find(|line| line.ends_with('^')).unwrap();
        assert_eq!(caret.len(), "12 | a\\u{1b}[31m\\u{202e} =".len());
    }

    #[test]
    fn wide_characters_take_two_columns() {
        let text = Diagnostic::error("x", "y").at(place("满意 = 度", 6, 1)).render();
        assert!(text.contains("   |        ^^\n"), "{text}");
    }

    #[test]
    fn a_long_line_is_cut_around_the_caret() {
        let source = format!("{}HERE{}", "x".repeat(500), "y".repeat(500));
        let text = Diagnostic::error("x", "y").at(place(&source, 501, 4)).render();
        let line = text.lines().find(|line| line.contains("HERE")).unwrap();
        assert!(line.starts_with("12 | …x") && line.ends_with("y…"), "{line}");
        assert!(line.chars().count() <= EXCERPT + 7, "{line}");
        let carets = text.lines().find(|line| line.ends_with("^^^^")).unwrap();
        assert_eq!(carets.chars().count(), "12 | …".chars().count() + LEAD + 4);
    }

    #[test]
    fn a_caret_past_the_end_or_an_empty_line_does_not_panic() {
        assert!(Diagnostic::error("x", "y").at(place("ab", 90, 7)).render().contains("|   ^\n"));
        assert!(!Diagnostic::error("x", "y").at(place("", 1, 0)).render().contains('^'));
    }
}
