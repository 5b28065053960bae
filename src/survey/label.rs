//! Labels compared as the data are read: trimmed, NFC, no-break spaces as spaces, case folded.

use unicode_normalization::UnicodeNormalization;

/// A header or segment value as it is compared: trimmed, NFC, no-break spaces as spaces; case is kept.
pub fn normalize(text: &str) -> String {
    let spaced: String =
        text.nfc().map(|character| if is_no_break(character) { ' ' } else { character }).collect();
    spaced.trim().to_owned()
}

/// A declared label as it is compared: like [`normalize`], and without case.
pub fn fold(text: &str) -> String {
    normalize(text).to_lowercase().nfc().collect()
}

fn is_no_break(character: char) -> bool {
    matches!(character, '\u{a0}' | '\u{2007}' | '\u{202f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_label_written_differently_is_the_same() {
        assert_eq!(fold(" Tr\u{e8}s\u{a0}satisfait "), fold("TRE\u{300}S SATISFAIT"));
        assert_eq!(normalize("\u{a0}North\u{a0}"), "North");
        assert_ne!(normalize("north"), normalize("North"));
        assert_eq!(fold(""), "");
    }
}
