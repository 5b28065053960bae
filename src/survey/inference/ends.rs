//! The scale that a header names: `Note (1=sehr gut, 6=ungenügend)`, `Speed (1-6)`, `von 1 bis 10`.
//!
//! Only scales from 0 or 1 to at most 10 are read. A number counts where it stands alone (not in `q1-5` or in a date),
//! a word for it where `=`, a bracket or, within brackets, a colon ties the two together.

use std::collections::BTreeMap;

use crate::survey::Best;
use crate::survey::phrasebook::phrasebook;

use super::values;
use super::wording;

/// A scale as a header names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) min: i32,
    pub(super) max: i32,
    /// Which end the words call the best; `None` where they do not say.
    pub(super) best: Option<Best>,
    /// Whether there are words at an end.
    pub(super) worded: bool,
    /// Whether brackets or words such as `to` say that it is a range, rather than a hyphen alone.
    pub(super) plain: bool,
}

/// A number that stands alone, with the bytes that it takes up.
struct Number {
    value: i32,
    from: usize,
    to: usize,
}

/// The scale that the header names, if it names one.
pub(super) fn named(header: &str) -> Option<Named> {
    let numbers = numbers(header);
    let words = words(header, &numbers);
    let range = range(header, &numbers);
    let (min, max, plain) = match range {
        Some(range) => range,
        None if words.len() >= 2 => (*words.keys().next()?, *words.keys().next_back()?, true),
        None => return None,
    };
    if !matches!(min, 0 | 1) || !(3..=10).contains(&max) {
        return None;
    }
    let word = |value: i32| words.get(&value).copied();
    Some(Named {
        min,
        max,
        best: best(word(min), word(max)),
        worded: word(min).or(word(max)).is_some(),
        plain,
    })
}

/// Which end is the best by the words of the smallest and the largest point; `None` where they do not say.
pub(super) fn best(low: Option<&str>, high: Option<&str>) -> Option<Best> {
    match (low.and_then(is_good), high.and_then(is_good)) {
        (Some(true), Some(false) | None) | (None, Some(false)) => Some(Best::Low),
        (Some(false), Some(true) | None) | (None, Some(true)) => Some(Best::High),
        (Some(_), Some(_)) | (None, None) => None,
    }
}

fn is_good(text: &str) -> Option<bool> {
    phrasebook().is_praise(text, &wording::tokens(text))
}

fn numbers(header: &str) -> Vec<Number> {
    let mut found = Vec::new();
    let mut from = None;
    let ends = header.char_indices().chain([(header.len(), ' ')]);
    for (at, character) in ends {
        if character.is_ascii_digit() {
            from.get_or_insert(at);
        } else if let Some(start) = from.take() {
            let digits = header.get(start..at).unwrap_or_default();
            let before = header.get(..start).unwrap_or_default().chars().next_back();
            let tied = |other: char| other.is_alphanumeric() || other == '_';
            let leading_zero = digits.len() > 1 && digits.starts_with('0');
            if let Ok(value) = digits.parse()
                && !leading_zero
                && !tied(character)
                && !before.is_some_and(|before| tied(before) || before == '.' || before == ',')
            {
                found.push(Number { value, from: start, to: at });
            }
        }
    }
    found
}

/// The first range, and whether more than a hyphen says so.
fn range(header: &str, numbers: &[Number]) -> Option<(i32, i32, bool)> {
    numbers.windows(2).find_map(|pair| {
        let [low, high] = pair else { return None };
        let between = header.get(low.to..high.from)?.trim().to_lowercase();
        let hyphen = matches!(between.as_str(), "-" | "–" | "—");
        let word =
            matches!(between.as_str(), "to" | "through" | "bis" | "à" | "a" | "hasta" | ".." | "..." | "…");
        let before = header.get(..low.from)?.chars().next_back();
        // Parts of a date or of a number such as 3-1-5.
        let part = before.is_some_and(|before| matches!(before, '-' | '/'))
            || header.get(high.to..)?.starts_with(['-', '/']);
        let fits = matches!(low.value, 0 | 1) && (3..=10).contains(&high.value);
        ((hyphen || word) && !part && fits)
            .then(|| (low.value, high.value, word || is_in_brackets(header, low.from)))
    })
}

/// The words tied to a number, by number; a number whose words mean "no answer" is no point.
fn words<'a>(header: &'a str, numbers: &[Number]) -> BTreeMap<i32, &'a str> {
    let mut words = BTreeMap::new();
    for (index, number) in numbers.iter().enumerate() {
        let end = numbers.get(index + 1).map_or(header.len(), |next| next.from);
        let rest = header.get(number.to..end).unwrap_or_default().trim_start();
        let tied = rest
            .strip_prefix(['=', '('])
            .or_else(|| rest.strip_prefix(':').filter(|_| is_in_brackets(header, number.from)));
        let Some(tied) = tied else { continue };
        let stop = tied.find([',', ';', ')', ']', '(', '/', '…', '|']).unwrap_or(tied.len());
        let text = tied.get(..stop).unwrap_or_default().trim();
        let is_word = text.chars().any(char::is_alphabetic);
        if is_word && (0..=10).contains(&number.value) && values::reason(text).is_none() {
            words.entry(number.value).or_insert(text);
        }
    }
    words
}

fn is_in_brackets(header: &str, at: usize) -> bool {
    let before = header.get(..at).unwrap_or_default();
    let count = |brackets: [char; 2]| before.matches(brackets).count();
    count(['(', '[']) > count([')', ']'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(header: &str) -> Option<(i32, i32, Option<Best>)> {
        named(header).map(|named| (named.min, named.max, named.best))
    }

    #[test]
    fn ranges_and_words_at_the_ends() {
        for (header, expected) in [
            ("Note (1=sehr gut, 6=ungenügend)", (1, 6, Some(Best::Low))),
            ("1 = very bad … 7 = very good", (1, 7, Some(Best::High))),
            ("Wie zufrieden? 1 (sehr zufrieden) bis 5 (gar nicht zufrieden)", (1, 5, Some(Best::Low))),
            ("Speed (1-6)", (1, 6, None)),
            ("Bewertung von 1 bis 10", (1, 10, None)),
            ("Score 0 – 10", (0, 10, None)),
            ("Service [1: poor, 4: excellent]", (1, 4, Some(Best::High))),
            ("Speed (1-5, 1 = best)", (1, 5, Some(Best::Low))),
            ("Speed (1=slow, 5=fast, 6=keine Angabe)", (1, 5, None)),
            ("Tempo (1=nicht gut, 5=gut)", (1, 5, Some(Best::High))),
        ] {
            assert_eq!(read(header), Some(expected), "{header}");
        }
        assert!(named("Speed (1-6)").unwrap().plain && !named("Speed 1-6").unwrap().plain);
    }

    #[test]
    fn other_numbers_are_no_scale() {
        for header in [
            "",
            "q1-5",
            "Q7_1-5",
            "2026-01-05",
            "1: How good was it in 5 days?",
            "1 = yes, 2 = no",
            "3-1-5",
            "Survey 2024 - 2026",
            "within 1-100 days",
            "speed",
            "1.5-7",
            "(",
            "1-",
            "1=",
            "ü1–5ü",
        ] {
            assert_eq!(read(header), None, "{header}");
        }
    }
}
