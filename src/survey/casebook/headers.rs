//! The headers of columns in several languages.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use super::words::{joined, spellings, words};

/// What headers can name, and which of them are about dates.
#[derive(Debug, Default)]
pub(in crate::survey) struct Headers {
    languages: Vec<Columns>,
    moments: BTreeSet<String>,
}

/// The headers of one language.
#[derive(Debug, Default)]
struct Columns {
    filler: BTreeSet<String>,
    /// By wording the fields that it can be, with its rank.
    fields: BTreeMap<String, Vec<(String, usize)>>,
}

impl Headers {
    /// Adds those of a language: words that say nothing, words for a date or a time, and by field its ranks of wordings
    /// divided by ` | `.
    pub(super) fn add(
        &mut self,
        language: &str,
        filler: &[String],
        moment: &[String],
        column: &IndexMap<String, Vec<String>>,
    ) {
        let keys = |texts: &[String]| -> Vec<String> {
            texts.iter().flat_map(|text| spellings(language, text)).collect()
        };
        let mut columns = Columns { filler: keys(filler).into_iter().collect(), fields: BTreeMap::new() };
        for (field, ranks) in column {
            for (rank, wordings) in ranks.iter().enumerate() {
                for key in wordings.split('|').flat_map(|wording| spellings(language, wording)) {
                    columns.fields.entry(key).or_default().push((field.clone(), rank));
                }
            }
        }
        self.languages.push(columns);
        self.moments.extend(keys(moment));
    }

    /// The fields that a header can name, each once, with the rank of its wording: 0 is the surest.
    pub(in crate::survey) fn fields_of(&self, header: &str) -> Vec<(String, usize)> {
        let mut words = words(header);
        // Jira calls a column of one's own `Custom field (Request Type)`.
        if words.len() > 2 && words.starts_with(&["custom".to_owned(), "field".to_owned()]) {
            words.drain(..2);
        }
        let mut found: Vec<(String, usize)> = Vec::new();
        for columns in &self.languages {
            let rest: Vec<&str> =
                words.iter().map(String::as_str).filter(|word| !columns.filler.contains(*word)).collect();
            for key in [joined(&words), rest.join(" ")] {
                for (field, rank) in columns.fields.get(&key).into_iter().flatten() {
                    match found.iter_mut().find(|(known, _)| known == field) {
                        Some((_, best)) => *best = (*best).min(*rank),
                        None => found.push((field.clone(), *rank)),
                    }
                }
            }
        }
        found
    }

    /// Whether a header says that it is about a date or a time.
    pub(in crate::survey) fn is_about_a_moment(&self, header: &str) -> bool {
        words(header).iter().any(|word| self.moments.contains(word))
    }
}
