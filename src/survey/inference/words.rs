//! Families of answer words with their order: agreement, satisfaction, likelihood and the like.
//!
//! A column belongs to a family when each of its words is one of the family's, no two of them the same point.

use crate::survey::Measure;

use super::families::{FAMILIES, Family, KANO};
use super::points::is_nearly_all;
use super::values::folded;

/// What the words of a column are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Words {
    pub(super) name: &'static str,
    pub(super) measure: Measure,
    /// One label a point, the worst first, as the file writes it where it does.
    pub(super) labels: Vec<String>,
    /// Whether every point was seen, or no other family fits.
    pub(super) sure: bool,
}

/// More different texts than this are no scale, whatever a few of them say.
const MOST_WORDS: usize = 40;

/// Whether most of these are answers to Kano's questions.
pub(super) fn is_kano(texts: &[(String, u64)]) -> bool {
    if texts.len() > MOST_WORDS {
        return false;
    }
    let known = texts.iter().filter(|(text, _)| KANO.contains(&folded(text).trim_end_matches('.')));
    let cells = |texts: &mut dyn Iterator<Item = &(String, u64)>| texts.map(|(_, count)| count).sum::<u64>();
    texts.len() > 1
        && cells(&mut known.into_iter()).saturating_mul(3) >= cells(&mut texts.iter()).saturating_mul(2)
}

/// The family of these words. At least two of them must be known; others may stand among them when they are rare
/// (5 % of the cells), but then it is not sure.
pub(super) fn family(texts: &[(String, u64)]) -> Option<Words> {
    if texts.len() > MOST_WORDS {
        return None;
    }
    if let Some(words) = exact_family(texts) {
        return Some(words);
    }
    let is_known = |text: &str| {
        let folded = folded(text);
        FAMILIES.iter().any(|family| family.points.iter().any(|words| words.contains(&folded.as_str())))
    };
    let known: Vec<(String, u64)> = texts.iter().filter(|(text, _)| is_known(text)).cloned().collect();
    let cells = |texts: &[(String, u64)]| texts.iter().map(|(_, count)| count).sum::<u64>();
    if known.len() == texts.len() || !is_nearly_all(cells(&known), cells(texts)) {
        return None;
    }
    exact_family(&known).map(|words| Words { sure: false, ..words })
}

fn exact_family(texts: &[(String, u64)]) -> Option<Words> {
    if texts.len() < 2 {
        return None;
    }
    if let Some(words) = intensities(texts) {
        return Some(words);
    }
    let wanted: Vec<(String, &str)> = texts.iter().map(|(text, _)| (folded(text), text.as_str())).collect();
    let mut fitting =
        FAMILIES.iter().filter_map(|family| fit(family, &wanted).map(|labels| (family, labels)));
    let (family, labels) = fitting.next()?;
    // Families without the middle, and with more points, are alternatives as long as a point was not seen.
    let sure = labels.iter().all(Option::is_some) || fitting.next().is_none();
    let labels = family
        .points
        .iter()
        .zip(labels)
        .map(|(words, label)| {
            label.unwrap_or_else(|| capitalized(words.first().copied().unwrap_or_default()))
        })
        .collect();
    Some(Words { name: family.name, measure: family.measure, labels, sure })
}

/// How much of something: `not at all able` to `extremely able`, whatever the something is.
fn intensities(texts: &[(String, u64)]) -> Option<Words> {
    const HOW_MUCH: [&[&str]; 5] = [
        &["not at all", "not"],
        &["slightly", "a little", "not very", "not so"],
        &["moderately", "somewhat", "fairly"],
        &["very"],
        &["extremely", "completely"],
    ];
    let mut labels: [Option<String>; 5] = Default::default();
    let mut subject: Option<String> = None;
    for (text, _) in texts {
        let folded = folded(text);
        let mut found = HOW_MUCH
            .iter()
            .enumerate()
            .flat_map(|(point, words)| words.iter().map(move |word| (point, *word)));
        let (point, rest) = found.find_map(|(point, word)| {
            let rest = folded.strip_prefix(word)?.strip_prefix(' ')?;
            // "not very able" begins with "not" too.
            (word != "not" || !(rest.starts_with("very ") || rest.starts_with("so ")))
                .then(|| (point, rest.to_owned()))
        })?;
        if subject.get_or_insert_with(|| rest.clone()) != &rest || labels[point].is_some() {
            return None;
        }
        labels[point] = Some(text.clone());
    }
    let subject = subject?;
    let fixed = FAMILIES.iter().any(|family| {
        family.points.iter().any(|words| words.iter().any(|word| word.split(' ').any(|word| word == subject)))
    });
    let seen = labels.iter().flatten().count();
    // Families of their own, such as "very satisfied", have another order; three points make this one plain.
    if fixed || seen < 3 {
        return None;
    }
    let word = |point: usize| capitalized(&format!("{} {subject}", HOW_MUCH[point][0]));
    let labels =
        labels.into_iter().enumerate().map(|(point, label)| label.unwrap_or_else(|| word(point))).collect();
    Some(Words { name: "how_much", measure: Measure::Rating, labels, sure: seen == 5 })
}

/// The file's word for each point of the family, if every word has a point of its own (letter case aside).
fn fit(family: &Family, wanted: &[(String, &str)]) -> Option<Vec<Option<String>>> {
    let mut labels: Vec<Option<String>> = vec![None; family.points.len()];
    for (folded_text, text) in wanted {
        let at = family.points.iter().position(|words| words.contains(&folded_text.as_str()))?;
        match &labels[at] {
            Some(other) if folded(other) != *folded_text => return None,
            Some(_) => {}
            None => labels[at] = Some((*text).to_owned()),
        }
    }
    (labels.iter().flatten().count() > 1).then_some(labels)
}

fn capitalized(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map(|first| first.to_uppercase().chain(characters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn texts(words: &[&str]) -> Vec<(String, u64)> {
        words.iter().map(|word| ((*word).to_owned(), 1)).collect()
    }

    #[test]
    fn no_family_says_a_word_twice_and_all_words_are_folded() {
        for family in FAMILIES {
            let words: Vec<&str> = family.points.iter().flat_map(|words| words.iter().copied()).collect();
            let distinct: BTreeSet<&str> = words.iter().copied().collect();
            assert_eq!(distinct.len(), words.len(), "{}", family.name);
            assert!(words.iter().all(|word| folded(word) == *word), "{}", family.name);
        }
    }

    #[test]
    fn words_have_their_order_and_keep_their_writing() {
        let found =
            family(&texts(&["Satisfied", "VERY satisfied", "Very Dissatisfied", "satisfied"])).unwrap();
        assert_eq!((found.name, found.measure), ("satisfied", Measure::Csat));
        assert_eq!(
            found.labels,
            ["Very Dissatisfied", "Dissatisfied", "Neutral", "Satisfied", "VERY satisfied"]
        );
        assert!(!found.sure, "there may be no middle");
        let found = family(&texts(&["Agree", "Somewhat agree", "Strongly disagree"])).unwrap();
        assert_eq!(found.labels.len(), 7);
        let german = ["sehr zufrieden", "zufrieden", "teils, teils", "unzufrieden", "sehr unzufrieden"];
        assert!(family(&texts(&german)).unwrap().sure);
        assert_eq!(
            family(&texts(&["Poor", "Fair", "Good", "Very good", "Excellent"])).unwrap().name,
            "excellent"
        );
    }

    #[test]
    fn strangers_are_no_family() {
        assert_eq!(family(&texts(&["North", "South"])), None);
        assert_eq!(family(&texts(&["Satisfied", "North"])), None);
        assert_eq!(family(&texts(&["Satisfied"])), None);
        assert_eq!(family(&[]), None);
        let found = family(&texts(&["Very able", "Not at all able", "Slightly able"])).unwrap();
        assert_eq!(
            (found.labels[0].as_str(), found.labels[4].as_str(), found.sure),
            ("Not at all able", "Extremely able", false)
        );
        assert_eq!(
            family(&[("Agree".into(), 50), ("Disagree".into(), 48), ("agreee".into(), 2)])
                .map(|found| found.sure),
            Some(false)
        );
        assert!(is_kano(&texts(&["I like it that way", "I am neutral"])));
        assert!(!is_kano(&texts(&["I like it that way", "North"])));
    }
}
