//! Cells that write a point with its number and its label: `5 - Very satisfied`, `Very satisfied (5)`, `4/5`,
//! `4 stars`, `★★★★☆`.
//!
//! A number with a unit (`5 years`), a range (`0-6`) and a name with a number in it (`1.FC`) are none of these.

/// A point as a cell writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NumberedLabel<'a> {
    /// The number.
    pub number: i32,
    /// The words beside it; empty for stars and fractions.
    pub words: &'a str,
    /// Of how many points, where the cell says so.
    pub of: Option<i32>,
}

/// Words for stars in the languages of the phrasebook, folded.
const STARS: &[&str] = &[
    "star",
    "stars",
    "stern",
    "sterne",
    "sternen",
    "étoile",
    "étoiles",
    "estrella",
    "estrellas",
    "stella",
    "stelle",
    "estrela",
    "estrelas",
    "ster",
    "sterren",
    "stjärna",
    "stjärnor",
    "gwiazdka",
    "gwiazdki",
    "gwiazdek",
    "つ星",
    "星",
    "별",
    "颗星",
    "顆星",
    "点",
    "점",
    "point",
    "points",
    "punkt",
    "punkte",
    "puntos",
    "punti",
    "pontos",
    "punten",
    "poäng",
    "punkty",
    "pkt",
];
/// What stands between a number and that of all points, folded.
const OF: &[&str] = &["/", "of", "out of", "von", "sur", "de", "su", "van", "av", "z", "di", "em"];

/// The point that a trimmed text writes with a number and more than that.
pub fn numbered_label(text: &str) -> Option<NumberedLabel<'_>> {
    // Longer texts are comments.
    if text.len() > 200 {
        return None;
    }
    stars(text).or_else(|| number_first(text)).or_else(|| number_last(text))
}

/// `★★★★☆`, `⭐⭐⭐`.
fn stars(text: &str) -> Option<NumberedLabel<'_>> {
    if !text.starts_with(['★', '⭐', '☆']) {
        return None;
    }
    let (mut filled, mut hollow) = (0, 0);
    for star in text.chars() {
        match star {
            '★' | '⭐' if hollow == 0 => filled += 1,
            '☆' => hollow += 1,
            // The sign that asks for a coloured star.
            '\u{fe0f}' => {}
            _ => return None,
        }
    }
    (filled + hollow <= 10).then_some(NumberedLabel {
        number: filled,
        words: "",
        of: (hollow > 0).then_some(filled + hollow),
    })
}

fn number_first(text: &str) -> Option<NumberedLabel<'_>> {
    if let Some((bracketed, words)) = bracketed(text) {
        return labelled(bracketed, words.trim_start_matches(['-', '–', '—', ':', ' ']));
    }
    let (digits, rest) = split_digits(text)?;
    let after = rest.trim_start();
    if let Some(of) = total(after) {
        return Some(NumberedLabel { number: whole(digits)?, words: "", of: Some(of) });
    }
    if STARS.contains(&after.to_lowercase().as_str()) {
        return Some(NumberedLabel { number: whole(digits)?, words: "", of: None });
    }
    if let Some(words) = after.strip_prefix('(').and_then(|words| words.strip_suffix(')')) {
        return labelled(digits, words);
    }
    // A full stop ties a number to a name: `1.FC`.
    let stop = |rest: &str| rest.strip_prefix('.').is_some_and(|words| words.starts_with([' ', '\u{a0}']));
    let words = if stop(rest) { rest.strip_prefix('.') } else { None };
    let words = words.or_else(|| after.strip_prefix(['-', '–', '—', ':', '=', ')', '：', '－', '＝']))?;
    labelled(digits, words)
}

/// `Very satisfied (5)`, `Very satisfied [5]`, `Very satisfied = 5`, `Very satisfied - 5`.
fn number_last(text: &str) -> Option<NumberedLabel<'_>> {
    let in_brackets = text
        .strip_suffix(')')
        .and_then(|text| text.rsplit_once('('))
        .or_else(|| text.strip_suffix(']').and_then(|text| text.rsplit_once('[')))
        .or_else(|| text.strip_suffix('）').and_then(|text| text.rsplit_once('（')));
    let (words, number) = in_brackets
        .or_else(|| text.rsplit_once('='))
        // Blanks divide a label from its number: `Apollo-11` is a name.
        .or_else(|| [" - ", " – ", " — "].into_iter().find_map(|dash| text.rsplit_once(dash)))?;
    labelled(number.trim(), words)
}

/// `(5) words`, as `5` and `words`.
fn bracketed(text: &str) -> Option<(&str, &str)> {
    let (number, words) = text
        .strip_prefix('(')
        .and_then(|rest| rest.split_once(')'))
        .or_else(|| text.strip_prefix('[').and_then(|rest| rest.split_once(']')))?;
    Some((number.trim(), words))
}

fn labelled<'a>(number: &str, words: &'a str) -> Option<NumberedLabel<'a>> {
    let words = words.trim();
    let is_worded = words.chars().any(char::is_alphabetic) && !words.chars().any(char::is_numeric);
    is_worded.then_some(NumberedLabel { number: whole(number)?, words, of: None })
}

fn split_digits(text: &str) -> Option<(&str, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    (digits > 0).then(|| text.split_at_checked(digits)).flatten()
}

/// A number of at most two digits.
fn whole(digits: &str) -> Option<i32> {
    let plain = (1..=2).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    if plain { digits.parse().ok() } else { None }
}

/// How many points there are, of `/5`, `out of 5`, `von 5 Sternen`.
fn total(after: &str) -> Option<i32> {
    let lower = after.to_lowercase();
    OF.iter().find_map(|word| {
        let rest = lower.strip_prefix(word)?;
        let is_apart = *word == "/" || rest.starts_with(' ');
        let (digits, unit) = split_digits(rest.trim_start())?;
        let unit = unit.trim();
        (is_apart && (unit.is_empty() || STARS.contains(&unit))).then(|| whole(digits)).flatten()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(i32, &str, Option<i32>)> {
        numbered_label(text).map(|label| (label.number, label.words, label.of))
    }

    #[test]
    fn numbers_and_labels() {
        for text in [
            "5 - Very satisfied",
            "5-Very satisfied",
            "5 – Very satisfied",
            "5 = Very satisfied",
            "5: Very satisfied",
            "5. Very satisfied",
            "5) Very satisfied",
            "5 (Very satisfied)",
            "(5) Very satisfied",
            "[5] Very satisfied",
            "Very satisfied (5)",
            "Very satisfied [5]",
            "Very satisfied = 5",
            "Very satisfied - 5",
            "Very satisfied – 5",
        ] {
            assert_eq!(read(text), Some((5, "Very satisfied", None)), "{text}");
        }
        assert_eq!(read("10 (extremely likely)"), Some((10, "extremely likely", None)));
        assert_eq!(read("5：とても満足"), Some((5, "とても満足", None)));
    }

    #[test]
    fn stars_and_fractions() {
        assert_eq!(read("★★★★☆"), Some((4, "", Some(5))));
        assert_eq!(read("⭐️⭐️⭐️"), Some((3, "", None)));
        assert_eq!(read("4 stars"), Some((4, "", None)));
        assert_eq!(read("4 Sterne"), Some((4, "", None)));
        for text in ["4/5", "4 / 5", "4 out of 5", "4 von 5", "4 von 5 Sternen"] {
            assert_eq!(read(text), Some((4, "", Some(5))), "{text}");
        }
    }

    #[test]
    fn other_texts_with_numbers() {
        for text in [
            "",
            "5",
            "-",
            "()",
            "5 years",
            "0-6",
            "18 - 25",
            "1.FC Köln",
            "2026-01-05",
            "4/5/2026",
            "room 5",
            "★ nice",
            "☆★",
            "100 - all",
            "5 -",
            "(x) y",
            "Mr. (55555)",
            "3.5 - good",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_safe(text in ".{0,20}") {
            let _ = numbered_label(&text);
        }
    }
}
