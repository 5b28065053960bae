//! Text by the columns it takes in a terminal: East Asian letters take two, accents none.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// How far continued lines of a sentence are set in.
const HANGING: usize = 2;

/// Where a text is cut.
const ELLIPSIS: &str = "…";

/// The columns that a text takes.
pub(in crate::render) fn width(text: &str) -> usize {
    text.width()
}

/// The longest word of a text.
pub(super) fn longest_word(text: &str) -> usize {
    text.split_whitespace().map(width).max().unwrap_or(0)
}

/// The text in lines of at most that width, broken between words, and within words that are longer than a line.
pub(in crate::render) fn wrap(text: &str, columns: usize) -> Vec<String> {
    fill(text, columns, columns)
}

/// The same for a sentence whose further lines are set in.
pub(in crate::render) fn wrap_hanging(text: &str, columns: usize) -> Vec<String> {
    let lines = fill(text, columns, columns.saturating_sub(HANGING));
    let indent = " ".repeat(HANGING);
    lines
        .into_iter()
        .enumerate()
        .map(|(number, line)| if number == 0 { line } else { format!("{indent}{line}") })
        .collect()
}

/// The text in at most that many columns, cut with an ellipsis.
pub(in crate::render) fn cut(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let (start, _) = split_at(text, columns.saturating_sub(width(ELLIPSIS)));
    format!("{}{ELLIPSIS}", start.trim_end())
}

/// The same cut in its middle, for texts that begin alike.
pub(in crate::render) fn cut_middle(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let kept = columns.saturating_sub(width(ELLIPSIS));
    let (start, _) = split_at(text, kept / 2);
    let mut end = text;
    while width(end) > kept - kept / 2 {
        let Some(letter) = end.graphemes(true).next() else { break };
        end = &end[letter.len()..];
    }
    format!("{}{ELLIPSIS}{}", start.trim_end(), end.trim_start())
}

/// The text before and from a column on; a letter that stands on both sides of it comes after.
pub(super) fn split_at(text: &str, column: usize) -> (&str, &str) {
    let mut taken = 0;
    for (at, letter) in text.grapheme_indices(true) {
        taken += width(letter);
        if taken > column {
            return text.split_at(at);
        }
    }
    (text, "")
}

/// Lines of at most `first` columns for the first and `later` columns for the others.
fn fill(text: &str, first: usize, later: usize) -> Vec<String> {
    if width(text) <= first {
        return vec![text.trim_end().to_owned()];
    }
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let room = if lines.is_empty() { first } else { later };
        let joined = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if width(&joined) <= room {
            line = joined;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        if width(word) <= later {
            word.clone_into(&mut line);
        } else {
            line = break_word(word, first, later, &mut lines);
        }
    }
    lines.push(line);
    lines
}

/// Pushes the full lines of a word that no line can hold and returns the rest. It breaks between what a reader sees as
/// letters, so that accents and joined emoji stay whole.
fn break_word(word: &str, first: usize, later: usize, lines: &mut Vec<String>) -> String {
    let mut line = String::new();
    for letter in word.graphemes(true) {
        let room = if lines.is_empty() { first } else { later };
        let joined = format!("{line}{letter}");
        if width(&joined) > room && !line.is_empty() {
            lines.push(std::mem::replace(&mut line, letter.to_owned()));
        } else {
            line = joined;
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::{cut, cut_middle, split_at, width, wrap, wrap_hanging};

    #[test]
    fn lines_break_between_words() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("one", 7), ["one"]);
        assert_eq!(wrap("", 7), [""]);
        assert_eq!(wrap_hanging("one two three four", 9), ["one two", "  three", "  four"]);
    }

    #[test]
    fn long_words_break_within() {
        assert_eq!(wrap("abcdefghij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(wrap("a bcdefghij k", 4), ["a", "bcde", "fghi", "j k"]);
    }

    #[test]
    fn a_cut_text_says_so() {
        assert_eq!(cut("one two three", 13), "one two three");
        assert_eq!(cut("one two three", 12), "one two thr…");
        assert_eq!(cut("one two three", 9), "one two…");
        assert_eq!(cut("満足度調査", 6), "満足…");
        assert_eq!(cut("ab", 0), "…");
        assert_eq!(cut_middle("one two three", 13), "one two three");
        assert_eq!(cut_middle("one two three", 9), "one…hree");
        assert_eq!(cut_middle("満足度調査", 6), "満…査");
        assert_eq!(cut_middle("ab", 0), "…");
        assert_eq!(split_at("満足ab", 4), ("満足", "ab"));
        assert_eq!(split_at("満足ab", 3), ("満", "足ab"));
        assert_eq!(split_at("ab", 9), ("ab", ""));
    }

    #[test]
    fn wide_letters_count_twice_and_emoji_stay_whole() {
        assert_eq!(wrap("満足度調査", 4), ["満足", "度調", "査"]);
        assert_eq!(wrap("👩‍🚀👩‍🚀👩‍🚀", 4), ["👩‍🚀👩‍🚀", "👩‍🚀"]);
        for line in wrap("満足度 satisfaction רצון المدى", 9) {
            assert!(width(&line) <= 9, "{line}");
        }
    }
}
