//! Texts compared as people read them: without the blanks around them, in one Unicode form, whatever the kind of
//! space and, for declared labels, whatever the letter case. One rule for definitions, headers and cells.

use unicode_normalization::UnicodeNormalization;

/// A text folded for comparison: trimmed, NFC, without letter case, no-break spaces as plain ones.
///
/// Two texts that fold to the same are the same label. The Turkish dotless i keeps its difference from i.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.trim_matches(is_blank).to_ascii_lowercase();
    }
    normalize(text).chars().flat_map(without_case).nfc().collect()
}

/// A text as it is shown: trimmed, NFC, no-break spaces as plain ones.
pub fn normalize(text: &str) -> String {
    if text.is_ascii() {
        return text.trim_matches(is_blank).to_owned();
    }
    text.trim_matches(is_blank).nfc().map(plain_space).collect()
}

/// Unicode white space, and the invisible characters that exports leave at the ends of cells.
pub fn is_blank(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\u{200b}' | '\u{feff}')
}

/// A no-break space as the plain one.
pub fn plain_space(character: char) -> char {
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
        assert_eq!(normalize("\u{3000}Noord\u{a0}Holland\u{feff}\t"), "Noord Holland");
        assert_eq!(normalize("e\u{301}"), "é");
    }

    #[test]
    fn the_same_label_written_differently_is_the_same() {
        assert_eq!(fold(" Tr\u{e8}s\u{a0}satisfait "), fold("TRE\u{300}S SATISFAIT"));
        assert_eq!(normalize("\u{a0}North\u{a0}"), "North");
        assert_ne!(normalize("north"), normalize("North"));
        assert_eq!(fold(""), "");
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in any::<String>()) {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn plain_ascii_takes_the_same_way(text in "[ -~\\t]{0,12}") {
            let long_way: String =
                text.trim_matches(is_blank).nfc().map(plain_space).flat_map(without_case).nfc().collect();
            prop_assert_eq!(fold(&text), long_way);
        }

        #[test]
        fn case_of_ascii_never_counts(text in "[ -~]{0,12}") {
            prop_assert_eq!(fold(&text.to_ascii_uppercase()), fold(&text.to_ascii_lowercase()));
        }
    }
}
