//! Words of intensity before a subject that the phrasebook need not know.

use indexmap::IndexMap;

use crate::survey::Measure;
use crate::survey::phrasebook::phrasebook;

use super::super::values::folded;
use super::Words;

/// How much of something: `not at all able` to `extremely able`, whatever the something is.
pub(super) fn words(texts: &[(String, u64)]) -> Option<Words> {
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
    // Words of scales of their own, such as "very satisfied", have another order; three points make this one plain.
    let fixed = texts.iter().any(|(text, _)| !phrasebook().places(text).is_empty());
    let seen = labels.iter().flatten().count();
    if fixed || seen < 3 {
        return None;
    }
    let word = |point: usize| capitalized(&format!("{} {subject}", HOW_MUCH[point][0]));
    let labels =
        labels.into_iter().enumerate().map(|(point, label)| label.unwrap_or_else(|| word(point))).collect();
    Some(Words {
        name: "how_much".to_owned(),
        topic: None,
        measure: Measure::Rating,
        labels,
        translations: IndexMap::new(),
        languages: vec!["en"],
        seen,
        sure: seen == 5,
    })
}

fn capitalized(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map(|first| first.to_uppercase().chain(characters).collect()).unwrap_or_default()
}
