//! Wordings and labels in other languages (`translations.de`, `labels_in.de`): what a file in that language has.

use indexmap::IndexMap;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::answers::listed;
use super::complaints::Complaints;
use super::questions::Written;
use crate::survey::label::{fold, normalize};
use crate::survey::suggestion::did_you_mean;

/// The wordings of a question by language.
pub(super) fn of_text(written: &Written<'_>) -> IndexMap<String, String> {
    let languages = written.get("translations").and_then(|value| value.get_ref().as_table());
    let text = |(language, value): (&Spanned<std::borrow::Cow<'_, str>>, &Spanned<DeValue<'_>>)| {
        let text = value.get_ref().as_str().filter(|text| !text.trim().is_empty())?;
        Some((language.get_ref().to_string(), text.to_owned()))
    };
    languages.into_iter().flatten().filter_map(text).collect()
}

/// The words for a question's options by language and by label.
pub(super) fn of_options(
    written: &Written<'_>,
    options: &IndexMap<String, String>,
    complaints: &mut Complaints<'_>,
) -> IndexMap<String, IndexMap<String, String>> {
    let owner = format!("question `{}`", written.id);
    let table = written.get("labels_in").and_then(|value| value.get_ref().as_table());
    labels_in(&owner, table, options, complaints)
}

/// The labels of a segment's values in other languages, by language and by label: each is a text for its value from then
/// on.
pub(super) fn of_segment(
    id: &str,
    table: &DeTable<'_>,
    labels: &mut IndexMap<String, String>,
    complaints: &mut Complaints<'_>,
) -> IndexMap<String, IndexMap<String, String>> {
    let table = table.get("labels_in").and_then(|value| value.get_ref().as_table());
    let found = labels_in(&format!("segment `{id}`"), table, labels, complaints);
    for (label, word) in found.values().flatten() {
        labels.entry(normalize(word)).or_insert_with(|| label.clone());
    }
    found
}

fn labels_in(
    owner: &str,
    languages: Option<&DeTable<'_>>,
    own: &IndexMap<String, String>,
    complaints: &mut Complaints<'_>,
) -> IndexMap<String, IndexMap<String, String>> {
    let mut found: IndexMap<String, IndexMap<String, String>> = IndexMap::new();
    for (language, value) in languages.into_iter().flatten() {
        let mut words: IndexMap<String, String> = IndexMap::new();
        for (code, word) in listed(value.get_ref()) {
            let Some(label) = own.get(&code).or_else(|| own.values().find(|label| **label == code)) else {
                let known = own.keys().chain(own.values()).map(String::as_str);
                let help = did_you_mean(&code, known).map_or_else(
                    || "write the labels themselves by `labels`, with the same codes".to_owned(),
                    |near| format!("did you mean `{near}`?"),
                );
                complaints.error(
                    value.span(),
                    "unknown_value",
                    format!("{owner}, `labels_in.{}`: `{code}` has no label", language.get_ref()),
                    "a word in another language stands for a label",
                    help,
                );
                continue;
            };
            let is_same = |text: &str| fold(text) == fold(&word);
            let words_so_far = found.values().chain([&words]).flatten();
            let all = own.iter().map(|(text, label)| (label, text)).chain(words_so_far);
            let is_other =
                |(other, text): &(&String, &String)| (is_same(text) || is_same(other)) && *other != label;
            let other = all.into_iter().find(is_other).map(|(other, _)| other.clone());
            if let Some(other) = other {
                complaints.error(
                    value.span(),
                    "duplicate_value",
                    format!(
                        "{owner}, `labels_in.{}`: `{word}` means both `{other}` and `{label}`",
                        language.get_ref()
                    ),
                    "it cannot be told which is meant",
                    "give it another word",
                );
                continue;
            }
            words.insert(label.clone(), word.clone());
        }
        found.insert(language.get_ref().to_string(), words);
    }
    found
}
