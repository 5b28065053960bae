//! What the words in a file of indicators mean: units, directions and what stands for all, in four languages.

use super::label::fold;
use super::measure::Better;

/// What a unit says of the figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IndicatorUnit {
    /// Percent: of a denominator where there is one, else the figure itself.
    Percent,
    /// A part of a whole, which is the denominator.
    Share,
    /// A number of events.
    Count,
    /// Days.
    Days,
    /// Anything else, such as a currency or a rate.
    Other,
}

const PERCENT: [&str; 10] = [
    "%",
    "percent",
    "per cent",
    "pct",
    "percentage",
    "prozent",
    "pour cent",
    "pourcentage",
    "por ciento",
    "porcentaje",
];
const SHARE: [&str; 6] = ["share", "proportion", "part of whole", "anteil", "part", "proporción"];
const COUNT: [&str; 12] = [
    "count", "counts", "number", "cases", "events", "anzahl", "fälle", "nombre", "cas", "número", "cantidad",
    "casos",
];
const DAYS: [&str; 8] = ["day", "days", "tag", "tage", "jour", "jours", "día", "días"];

const HIGHER: [&str; 16] = [
    "higher",
    "high",
    "higher is better",
    "more",
    "more is better",
    "up",
    "höher",
    "hoch",
    "mehr",
    "plus",
    "plus haut",
    "haut",
    "hausse",
    "mayor",
    "más",
    "alto",
];
const LOWER: [&str; 16] = [
    "lower",
    "low",
    "lower is better",
    "less",
    "less is better",
    "down",
    "niedriger",
    "niedrig",
    "weniger",
    "moins",
    "plus bas",
    "bas",
    "baisse",
    "menor",
    "menos",
    "bajo",
];
const NEITHER: [&str; 13] = [
    "none", "neither", "neutral", "n/a", "keine", "keins", "aucun", "aucune", "neutre", "ninguno", "ninguna",
    "neutro", "no",
];

const ALL: [&str; 15] = [
    "all",
    "total",
    "overall",
    "everyone",
    "alle",
    "gesamt",
    "insgesamt",
    "tous",
    "toutes",
    "ensemble",
    "todos",
    "todas",
    "global",
    "total general",
    "*",
];

/// What a unit says of the figures, whatever its case.
pub fn indicator_unit(text: &str) -> IndicatorUnit {
    let word = fold(text);
    let is_in = |words: &[&str]| words.contains(&word.as_str());
    match () {
        () if is_in(&PERCENT) => IndicatorUnit::Percent,
        () if is_in(&SHARE) => IndicatorUnit::Share,
        () if is_in(&COUNT) => IndicatorUnit::Count,
        () if is_in(&DAYS) => IndicatorUnit::Days,
        () => IndicatorUnit::Other,
    }
}

/// Which way is good by a word such as `higher`, `weniger` or `none`; `None` for one that is not known.
pub fn indicator_direction(text: &str) -> Option<Better> {
    let word = fold(text);
    let is_in = |words: &[&str]| words.contains(&word.as_str());
    match () {
        () if is_in(&HIGHER) => Some(Better::Higher),
        () if is_in(&LOWER) => Some(Better::Lower),
        () if is_in(&NEITHER) => Some(Better::None),
        () => None,
    }
}

/// Whether the text of a segment says that the row is about all, as an empty cell does.
pub fn is_all_segments(text: &str) -> bool {
    ALL.contains(&fold(text).as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_four_languages_are_known_whatever_their_case() {
        for (text, unit) in [
            (" Percent", IndicatorUnit::Percent),
            ("%", IndicatorUnit::Percent),
            ("PROPORCIÓN", IndicatorUnit::Share),
            ("Fälle", IndicatorUnit::Count),
            ("jours", IndicatorUnit::Days),
            ("EUR", IndicatorUnit::Other),
            ("per 1000", IndicatorUnit::Other),
        ] {
            assert_eq!(indicator_unit(text), unit, "{text}");
        }
        for (text, direction) in [
            ("Higher", Some(Better::Higher)),
            ("plus  haut", Some(Better::Higher)),
            ("weniger", Some(Better::Lower)),
            ("MENOR", Some(Better::Lower)),
            ("aucune", Some(Better::None)),
            ("sideways", None),
            ("", None),
        ] {
            assert_eq!(indicator_direction(text), direction, "{text}");
        }
        assert!(is_all_segments("Gesamt") && !is_all_segments("North"));
    }

    #[test]
    fn no_word_says_two_things() {
        for lists in [&[&HIGHER[..], &LOWER, &NEITHER][..], &[&PERCENT[..], &SHARE, &COUNT, &DAYS]] {
            let all: Vec<&str> = lists.iter().flat_map(|list| list.iter().copied()).collect();
            for (place, word) in all.iter().enumerate() {
                assert_eq!(*word, fold(word), "written as it is compared");
                assert!(!all[..place].contains(word), "{word}");
            }
        }
    }
}
