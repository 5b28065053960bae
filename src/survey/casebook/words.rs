//! Headers and texts cut into plain words.

use crate::survey::phrasebook::phrase_key;

/// A text cut into words in lower case without accents: at everything that is no letter or digit, between letters and
/// digits, and where capitals begin a word (`SRStatus`, `closedAt`).
pub(super) fn words(text: &str) -> Vec<String> {
    let characters: Vec<char> = text.chars().collect();
    let mut spaced = String::with_capacity(text.len() + 8);
    for (index, &character) in characters.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|index| characters.get(index));
        let after = characters.get(index + 1);
        let begins = before.is_some_and(|before| {
            before.is_numeric() != character.is_numeric()
                || (before.is_lowercase() && character.is_uppercase())
                || (before.is_uppercase()
                    && character.is_uppercase()
                    && after.is_some_and(|after| after.is_lowercase()))
        });
        if begins {
            spaced.push(' ');
        }
        spaced.push(if is_part(character) { character } else { ' ' });
    }
    phrase_key(&spaced).split_whitespace().map(str::to_owned).collect()
}

/// Whether a character belongs to a word; marks that stand on the letter before do as well.
fn is_part(character: char) -> bool {
    character.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&character)
}

/// Words as one key.
pub(super) fn joined(words: &[String]) -> String {
    words.join(" ")
}

/// The keys of a text of a language; German is also written without its dots (`faellig`). A `*` or `=` at the start is kept.
pub(super) fn spellings(language: &str, text: &str) -> Vec<String> {
    let text = text.trim();
    let (mark, text) = text.split_at(usize::from(text.starts_with(['*', '='])));
    let key = |text: &str| format!("{mark}{}", joined(&words(text)));
    let mut keys = vec![key(text)];
    if language == "de" && text.contains(['ä', 'ö', 'ü']) {
        keys.push(key(&text.replace('ä', "ae").replace('ö', "oe").replace('ü', "ue")));
    }
    keys
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_begin_where_people_see_them_begin() {
        for (text, expected) in [
            ("SRStatus", "sr status"),
            ("ServiceRequestNum", "service request num"),
            ("closed_at", "closed at"),
            ("Date/Time Opened", "date time opened"),
            ("IsEscalated", "is escalated"),
            ("  Date de\u{a0}clôture ", "date de cloture"),
            ("re\u{301}solu", "resolu"),
            ("N° de dossier", "n de dossier"),
            ("2 - High", "2 high"),
            ("Timely response?", "timely response"),
        ] {
            assert_eq!(joined(&words(text)), expected, "{text}");
        }
        assert_eq!(spellings("de", "fällig"), ["fallig", "faellig"]);
        assert_eq!(spellings("de", "*beschwerde"), ["*beschwerde"]);
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in any::<String>()) {
            let _ = words(&text);
        }
    }
}
