//! Hostile text made visible.
//!
//! Labels, titles, segment values and file names come from files of strangers. A terminal obeys escape sequences, and
//! bidirectional controls turn the reading order round; both are shown as escapes instead of being passed on.

/// The text with control characters, line separators and bidirectional controls as visible escapes.
///
/// Joiners stay, since scripts and emoji need them; so do accents and right-to-left letters.
pub(super) fn visible(text: &str) -> String {
    if !text.chars().any(is_control) {
        return text.to_owned();
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            '\n' | '\r' | '\t' => shown.extend(character.escape_default()),
            character if is_control(character) => shown.extend(character.escape_unicode()),
            character => shown.push(character),
        }
    }
    shown
}

/// The text as XML and HTML take it, in content and in quoted attributes: markup harmless, controls visible.
pub(super) fn markup(text: &str) -> String {
    in_entities(&in_xml(text))
}

/// The text as [`visible`] shows it, without the two characters that XML does not have, not even as references.
pub(super) fn in_xml(text: &str) -> String {
    visible(text).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}

/// The text with its markup as entities; other characters as they are.
pub(super) fn in_entities(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            character => escaped.push(character),
        }
    }
    escaped
}

fn is_control(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{2028}' | '\u{2029}'                // line and paragraph separators
            | '\u{202a}'..='\u{202e}'              // bidirectional embeddings and overrides
            | '\u{2066}'..='\u{2069}'              // bidirectional isolates
            | '\u{feff}'                           // byte order mark
            | '\u{e0000}'..='\u{e007f}') // invisible tags
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn controls_become_visible_and_letters_stay() {
        assert_eq!(visible("\u{1b}[31mred\u{7}"), "\\u{1b}[31mred\\u{7}");
        assert_eq!(visible("a\nb\tc\r"), "a\\nb\\tc\\r");
        assert_eq!(visible("\u{202e}txt\u{9b}"), "\\u{202e}txt\\u{9b}");
        assert_eq!(visible("Zürich 東京 תל אביב 👩‍🚀"), "Zürich 東京 תל אביב 👩‍🚀");
    }
}
