//! Texts as they are set: on one line of source, controls visible, and breakable where they have to be.

use unicode_segmentation::UnicodeSegmentation;

use super::super::chart::font::without_triangles;
use super::super::escape::in_xml;

/// Where a line may end although nothing is seen there.
const BREAK: char = '\u{200b}';

/// Words longer than this may break after punctuation.
const LONG: usize = 16;

/// No stretch of letters without a place to break is longer.
const LONGEST: usize = 32;

/// The text as it is set.
pub(super) fn shown(text: &str) -> String {
    let text = without_triangles(&in_xml(&text.replace(['\r', '\n', '\t'], " ")));
    let mut shown = String::with_capacity(text.len() + 8);
    for word in text.split_inclusive(' ') {
        push(&mut shown, word);
    }
    // An isolate whose direction is that of its first strong letter.
    if reads_from_right(&text) { format!("\u{2068}{shown}\u{2069}") } else { shown }
}

fn push(shown: &mut String, word: &str) {
    if word.len() <= LONG {
        shown.push_str(word);
        return;
    }
    let is_long = word.graphemes(true).count() > LONG;
    let mut since = 0;
    for grapheme in word.graphemes(true) {
        if since >= LONGEST && grapheme != " " {
            shown.push(BREAK);
            since = 0;
        }
        shown.push_str(grapheme);
        since += 1;
        if is_long && matches!(grapheme, "_" | "." | ":" | "@" | "/" | "\\" | "=" | "&" | "|" | "," | ";") {
            shown.push(BREAK);
            since = 0;
        }
    }
}

fn reads_from_right(text: &str) -> bool {
    text.chars().any(|character| {
        matches!(character, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
    })
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn usual_texts_stay_and_controls_are_seen() {
        for text in ["", "Wie zufrieden sind Sie mit der Öffnungszeit?", "#eval(1) $x$ *b* _i_ @a", "東京 👩‍🚀"]
        {
            assert_eq!(shown(text), text);
        }
        assert_eq!(shown("a\nb\u{0}\u{202e}"), "a b\\u{0}\\u{202e}");
    }

    #[test]
    fn triangles_are_left_to_the_words_after_them() {
        assert_eq!(shown("96 % ▲ above the rest"), "96 % above the rest");
    }

    #[test]
    fn long_words_may_break() {
        assert_eq!(shown("responses_2026_third_quarter.csv").matches('\u{200b}').count(), 4);
        assert_eq!(shown("a.b").matches('\u{200b}').count(), 0);
        let endless = shown(&"x".repeat(100));
        assert!(endless.split('\u{200b}').all(|piece| piece.len() <= 32));
        assert_eq!(endless.replace('\u{200b}', "").len(), 100);
    }

    #[test]
    fn what_is_read_from_right_to_left_turns_nothing_round_it() {
        assert_eq!(shown("סניף 7"), "\u{2068}סניף 7\u{2069}");
    }
}
