//! Labels compared as respondents write them: case, accents, the shape of quotes, a last full stop and, where words
//! are not divided by them, spaces do not count.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::decompose_compatible;

use crate::survey::fold;

/// No label is longer, in bytes.
pub(super) const LONGEST: usize = 160;

/// A text folded as labels are ([`fold`]), without its accents and its last mark, in the common forms of its letters.
pub fn phrase_key(text: &str) -> String {
    let folded = fold(text);
    let plain = if folded.is_ascii() {
        folded
    } else {
        let unaccented = unaccented(&folded);
        if is_spaceless(&unaccented) { unaccented.split_whitespace().collect() } else { unaccented }
    };
    plain.trim_end_matches(['.', '!', '。']).trim_end().to_owned()
}

/// A text in NFC without the marks of its letters. Letters that are whole as they stand are taken so: to take all apart
/// and join them again costs several times as much.
fn unaccented(text: &str) -> String {
    let is_whole = |letter: char| {
        letter.is_ascii()
            || matches!(letter, '\u{3040}'..='\u{3098}' | '\u{309b}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
    };
    let is_mark = |letter: char| ('\u{300}'..='\u{36f}').contains(&letter);
    if text.chars().any(|letter| !is_whole(letter) && !('\u{a0}'..'\u{250}').contains(&letter)) {
        return text.nfkd().filter(|letter| !is_mark(*letter)).map(unstruck).nfc().collect();
    }
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars() {
        if is_whole(letter) {
            plain.push(letter);
        } else {
            decompose_compatible(letter, |part| {
                if !is_mark(part) {
                    plain.push(unstruck(part));
                }
            });
        }
    }
    plain
}

/// Whether a text is written in letters that form words without spaces, or with spaces that people put as they like.
pub(super) fn is_spaceless(text: &str) -> bool {
    text.chars().any(|letter| {
        matches!(letter, '\u{1100}'..='\u{11ff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
    })
}

/// The keys of a form: German is also written without its dots (`voellig`), which other languages never do.
pub(super) fn spellings(language: &str, form: &str) -> Vec<String> {
    let mut keys = vec![phrase_key(form)];
    if language == "de" && form.contains(['ä', 'ö', 'ü']) {
        keys.push(phrase_key(&form.replace('ä', "ae").replace('ö', "oe").replace('ü', "ue")));
    }
    keys
}

/// A text in words that ends in a remark in brackets, as both; a number in brackets is no remark.
pub(super) fn with_remark(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_end().trim_end_matches(['.', '。']);
    let inner = text.strip_suffix([')', '）'])?;
    let (words, remark) = inner.rsplit_once(['(', '（'])?;
    let has_words = |part: &str| part.chars().any(char::is_alphabetic);
    (has_words(words) && has_words(remark)).then(|| (words.trim_end(), remark.trim()))
}

/// Letters that are no base with a mark: `ł`, `ø`.
fn unstruck(letter: char) -> char {
    match letter {
        'ł' => 'l',
        'ø' => 'o',
        'đ' => 'd',
        _ => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_count() {
        assert_eq!(phrase_key(" Très\u{a0}Satisfait. "), phrase_key("TRES SATISFAIT"));
        assert_eq!(phrase_key("d\u{2019}accord"), "d'accord");
        assert_eq!(phrase_key("매우 만족"), phrase_key("매우만족"));
        assert_eq!(phrase_key("非常 满意。"), "非常满意");
        assert_eq!(phrase_key("Ｖｅｒｙ ｇｏｏｄ"), "very good");
        assert_eq!(phrase_key("Źle"), "zle");
        assert_eq!(phrase_key("ど"), "ど", "the marks of kana are letters");
        assert_eq!(phrase_key("słabo"), "slabo");
        for text in
            ["Très satisfait", "zufrieden – völlig", "とても満足", "매우 만족", "ﾄﾃﾓ", "Ｖery", "ǻ", "ﬁne"]
        {
            let slow: String = fold(text)
                .nfkd()
                .filter(|letter| !('\u{300}'..='\u{36f}').contains(letter))
                .map(unstruck)
                .nfc()
                .collect();
            assert_eq!(unaccented(&fold(text)), slow, "{text}");
        }
        assert_eq!(with_remark("Neither (neutral). "), Some(("Neither", "neutral")));
        assert_eq!(with_remark("どちらでもない（普通）"), Some(("どちらでもない", "普通")));
        for text in ["Good (5)", "(neutral)", "Good", "Good (a) b", "5 (best", ")"] {
            assert_eq!(with_remark(text), None, "{text}");
        }
        assert!(spellings("de", "völlig").contains(&"voellig".to_owned()));
    }
}
