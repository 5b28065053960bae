//! Texts of cells compared as people read them: without the blanks around them, in one Unicode form, whatever the
//! kind of space and, where a definition declares the text, whatever the letter case.
//!
//! Assumes UTF-8; a cell that is not has no text.

use unicode_normalization::UnicodeNormalization;

/// A text folded for comparison: trimmed, NFC, without letter case, no-break spaces as plain ones.
///
/// Two texts that fold to the same are the same label. The Turkish dotless i keeps its difference from i.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return trim_blanks(text).to_ascii_lowercase();
    }
    fold_any(text)
}

/// The same for every script; slow, where most texts are ASCII.
fn fold_any(text: &str) -> String {
    tidy(text).chars().flat_map(without_case).nfc().collect()
}

/// A text as it is shown: trimmed, NFC, no-break spaces as plain ones.
pub(super) fn tidy(text: &str) -> String {
    if text.is_ascii() {
        return trim_blanks(text).to_owned();
    }
    trim_blanks(text).nfc().map(plain_space).collect()
}

/// The text of a cell without blanks around it, or `None` when the cell is not UTF-8.
pub(super) fn text(cell: &[u8]) -> Option<&str> {
    std::str::from_utf8(cell).ok().map(trim_blanks)
}

fn trim_blanks(text: &str) -> &str {
    text.trim_matches(is_blank)
}

/// The bytes of a cell without blanks around them; a cell that is not UTF-8 loses ASCII blanks only.
pub(super) fn trim(cell: &[u8]) -> &[u8] {
    let ascii = cell.trim_ascii();
    let plain = |end: Option<&u8>| end.is_none_or(u8::is_ascii_graphic);
    if plain(ascii.first()) && plain(ascii.last()) { ascii } else { text(ascii).map_or(ascii, str::as_bytes) }
}

/// Unicode white space, and the invisible characters that exports leave at the ends of cells.
fn is_blank(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\u{200b}' | '\u{feff}')
}

pub(super) fn plain_space(character: char) -> char {
    match character {
        '\u{a0}' | '\u{2007}' | '\u{202f}' => ' ',
        _ => character,
    }
}

/// Lower, upper, lower: the way through capitals unites what has no single lower form, such as ß and ss, ς and σ.
fn without_case(character: char) -> impl Iterator<Item = char> {
    let dotless = (character == 'ı').then_some(character);
    let folded = character
        .to_lowercase()
        .flat_map(char::to_uppercase)
        .flat_map(char::to_lowercase)
        .filter(move |_| dotless.is_none());
    dotless.into_iter().chain(folded)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn case_form_and_spaces_do_not_count() {
        assert_eq!(fold("  Très Satisfait\u{a0}! "), fold("tre\u{300}s satisfait\u{202f}!"));
        assert_eq!(fold("STRASSE"), fold("Straße"));
        assert_eq!(fold("STRAẞE"), fold("strasse"));
        assert_eq!(fold("ΟΔΟΣ"), fold("οδός".replace('ό', "ο").as_str()));
        assert_ne!(fold("ı"), fold("i"));
        assert_ne!(fold("a b"), fold("ab"));
    }

    #[test]
    fn what_is_shown_keeps_its_case() {
        assert_eq!(tidy("\u{3000}Noord\u{a0}Holland\u{feff}\t"), "Noord Holland");
        assert_eq!(tidy("e\u{301}"), "é");
    }

    #[test]
    fn cells_lose_blanks_of_every_kind() {
        assert_eq!(trim(b" 4 "), b"4");
        assert_eq!(trim("\u{a0}4\u{3000}".as_bytes()), b"4");
        assert_eq!(trim(b""), b"");
        assert_eq!(trim("\u{200b}".as_bytes()), b"");
        assert_eq!(trim(b" \xff "), b"\xff");
        assert_eq!(text(b"\xff"), None);
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in any::<String>()) {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn ascii_folds_as_other_texts_do(text in "[\\x00-\\x7f]{0,12}") {
            prop_assert_eq!(fold(&text), fold_any(&text));
        }

        #[test]
        fn case_of_ascii_never_counts(text in "[ -~]{0,12}") {
            prop_assert_eq!(fold(&text.to_ascii_uppercase()), fold(&text.to_ascii_lowercase()));
        }
    }
}
