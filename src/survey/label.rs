//! Texts compared as people read them: without the blanks around them, in one Unicode form, whatever the kind of
//! space and, for declared labels, whatever the letter case, the shape of quotes and the number of spaces between
//! words, which word processors and survey tools change. One rule for definitions, headers and cells.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// A text folded for comparison: trimmed, NFC, without letter case, white space between words as one plain space,
/// curly quotes and apostrophes as straight ones, the hyphens U+2010 and U+2011 as `-`.
///
/// Two texts that fold to the same are the same label. The Turkish dotless i keeps its difference from i.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return single_spaced(text.trim_matches(is_blank))
            .map(|letter| letter.to_ascii_lowercase())
            .collect();
    }
    let folded: String = single_spaced(&normalize(text)).flat_map(without_case).map(plain_mark).collect();
    composed(folded)
}

/// A text in NFC. Most texts are, which is cheaper to see than to do.
fn composed(text: String) -> String {
    if is_nfc_quick(text.chars()) == IsNormalized::Yes { text } else { text.nfc().collect() }
}

/// A text as it is shown: trimmed, NFC, no-break spaces as plain ones.
pub fn normalize(text: &str) -> String {
    if text.is_ascii() {
        return text.trim_matches(is_blank).to_owned();
    }
    let trimmed = text.trim_matches(is_blank);
    if is_nfc_quick(trimmed.chars()) == IsNormalized::Yes {
        return trimmed.chars().map(plain_space).collect();
    }
    trimmed.nfc().map(plain_space).collect()
}

/// What stands outside of the tags of HTML, each tag as a space; a `<` before anything but what may begin one, or
/// without its end, is a sign of its own.
pub fn without_tags(text: &str, may_begin: impl Fn(char) -> bool) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        let (before, tag) = rest.split_at(open);
        plain.push_str(before);
        match tag.find('>') {
            Some(close) if tag[1..].starts_with(&may_begin) => {
                plain.push(' ');
                rest = &tag[close + 1..];
            }
            _ => {
                plain.push('<');
                rest = &tag[1..];
            }
        }
    }
    plain + rest
}

/// The entities of HTML that exports of survey tools hold, as the characters that they stand for.
pub fn without_entities(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    // The ampersand comes last, so that `&amp;lt;` stays the text `&lt;`.
    [
        ("&nbsp;", " "),
        ("&#160;", " "),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&apos;", "'"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
    ]
    .into_iter()
    .fold(text.to_owned(), |text, (entity, character)| text.replace(entity, character))
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

/// Each run of white space as one plain space.
fn single_spaced(text: &str) -> impl Iterator<Item = char> {
    let mut in_space = false;
    text.chars().filter_map(move |character| {
        let follows = std::mem::replace(&mut in_space, character.is_whitespace());
        match (in_space, follows) {
            (false, _) => Some(character),
            (true, false) => Some(' '),
            (true, true) => None,
        }
    })
}

/// A quote, apostrophe or hyphen as a keyboard has it.
fn plain_mark(character: char) -> char {
    match character {
        '\u{2018}'..='\u{201b}' | '\u{2bc}' => '\'',
        '\u{201c}'..='\u{201f}' => '"',
        '\u{2010}' | '\u{2011}' => '-',
        _ => character,
    }
}

/// Lower, upper, lower: the way through capitals unites what has no single lower form, such as ß and ss, ς and σ.
fn without_case(character: char) -> impl Iterator<Item = char> {
    let is_plain = character.is_ascii() || character == 'ı';
    let plain = is_plain.then_some(character.to_ascii_lowercase());
    let other = (!is_plain).then_some(character);
    let folded = other
        .into_iter()
        .flat_map(char::to_lowercase)
        .flat_map(char::to_uppercase)
        .flat_map(char::to_lowercase);
    plain.into_iter().chain(folded)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn entities_are_the_characters_they_stand_for() {
        assert_eq!(without_entities("R&amp;D&nbsp;&#160;&lt;&gt;&quot;&#39;&apos;"), "R&D  <>\"''");
        assert_eq!(without_entities("&amp;lt; & &copy;"), "&lt; & &copy;");
    }

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

    #[test]
    fn quotes_hyphens_and_runs_of_spaces_are_those_of_a_keyboard() {
        assert_eq!(fold("I don\u{2019}t know"), fold("I don't know"));
        assert_eq!(fold("\u{201c}Very\u{201d} good"), fold("\"very\" good"));
        assert_eq!(fold("„sehr“  zu\u{2011}frieden"), fold("\"Sehr\" zu-frieden"));
        assert_eq!(fold("Very\u{a0} \n satisfied"), "very satisfied");
        assert_eq!(fold("very  satisfied"), "very satisfied");
        assert_ne!(fold("1–2"), fold("1-2"), "a dash is no hyphen");
        assert_eq!(normalize("Mike\u{2019}s  bar"), "Mike\u{2019}s  bar", "shown as written");
    }

    proptest! {
        #[test]
        fn folding_marks_and_spaces_twice_changes_nothing(text in "[a-zŉΣ'’“\u{2010}\u{a0}\u{2003}\u{200b} \\t\\n]{0,12}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn folding_twice_changes_nothing(text in any::<String>()) {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn plain_ascii_takes_the_same_way(text in "[ -~\\t]{0,12}") {
            let long_way: String =
                single_spaced(&normalize(&text)).flat_map(without_case).map(plain_mark).nfc().collect();
            prop_assert_eq!(fold(&text), long_way);
        }

        #[test]
        fn case_of_ascii_never_counts(text in "[ -~]{0,12}") {
            prop_assert_eq!(fold(&text.to_ascii_uppercase()), fold(&text.to_ascii_lowercase()));
        }
    }
}
