//! The words of files of complaints that are recognised without a definition, in four languages: the headers of their
//! columns, and the texts of statuses, kinds, outcomes, categories and severity.
//!
//! One file a language. Words are compared without case and accents. Of a column, each entry is a rank, the surest
//! first, whose wordings are divided by ` | `; they are what is left of a header without the words of `filler`, or a
//! whole header. A status, an outcome or a severity is known by the words that it begins with, the longest first; by
//! `=word` only as a whole. A kind is known by any of its words, `*word` being the end of one.
//!
//! The files are read once, when words first have to be recognised. What is not in them is not guessed.

mod disputes;
mod file;
mod headers;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

pub(super) use disputes::dispute_words;
use file::CaseWords;
use headers::Headers;
use words::{joined, spellings, words};

use super::complaints::{CaseState, Outcome};

/// The languages and their files.
const LANGUAGES: [(&str, &str); 4] = [
    ("en", include_str!("en.toml")),
    ("de", include_str!("de.toml")),
    ("fr", include_str!("fr.toml")),
    ("es", include_str!("es.toml")),
];

static CASEBOOK: LazyLock<Casebook> = LazyLock::new(Casebook::read);

/// The casebook, read on first use.
pub(super) fn casebook() -> &'static Casebook {
    &CASEBOOK
}

/// All languages together.
#[derive(Debug, Default)]
pub(super) struct Casebook {
    headers: Headers,
    negations: BTreeSet<String>,
    states: BTreeMap<String, CaseState>,
    escalated: BTreeSet<String>,
    complaints: Vec<String>,
    other_kinds: Vec<String>,
    outcomes: BTreeMap<String, Outcome>,
    others: BTreeSet<String>,
    severities: BTreeMap<String, u32>,
}

impl Casebook {
    fn read() -> Self {
        let mut book = Self::default();
        for (language, text) in LANGUAGES {
            // A test reads every file: none is ever left out.
            if let Ok(file) = toml::from_str::<CaseWords>(text) {
                book.add(language, &file);
            }
        }
        book
    }

    fn add(&mut self, language: &str, file: &CaseWords) {
        let keys = |texts: &[String]| -> Vec<String> {
            texts.iter().flat_map(|text| spellings(language, text)).collect()
        };
        self.headers.add(language, &file.filler, &file.moment, &file.column);
        self.negations.extend(keys(&file.negation));
        for (texts, state) in [
            (&file.status.open, CaseState::Open),
            (&file.status.closed, CaseState::Closed),
            (&file.status.escalated, CaseState::Open),
        ] {
            self.states.extend(keys(texts).into_iter().map(|key| (key, state)));
        }
        self.escalated.extend(keys(&file.status.escalated));
        self.complaints.extend(keys(&file.kind.complaint));
        self.other_kinds.extend(keys(&file.kind.other));
        for (texts, outcome) in [
            (&file.outcome.upheld, Outcome::Upheld),
            (&file.outcome.partly_upheld, Outcome::PartlyUpheld),
            (&file.outcome.rejected, Outcome::Rejected),
            (&file.outcome.withdrawn, Outcome::Withdrawn),
        ] {
            self.outcomes.extend(keys(texts).into_iter().map(|key| (key, outcome)));
        }
        self.others.extend(keys(&file.other_category));
        for (points, wordings) in (1..).zip(&file.severity) {
            let keys = wordings.split('|').flat_map(|wording| spellings(language, wording));
            self.severities.extend(keys.map(|key| (key, points)));
        }
    }

    /// The fields that a header can name, each once, with the rank of its wording: 0 is the surest.
    pub(super) fn fields_of(&self, header: &str) -> Vec<(String, usize)> {
        self.headers.fields_of(header)
    }

    /// Whether a header says that it is about a date or a time.
    pub(super) fn is_about_a_moment(&self, header: &str) -> bool {
        self.headers.is_about_a_moment(header)
    }

    /// What a status says; `None` when its words are not known.
    pub(super) fn state(&self, status: &str) -> Option<CaseState> {
        longest_beginning(&self.states, status).copied()
    }

    /// Whether a status says that a case was passed on.
    pub(super) fn is_escalated(&self, status: &str) -> bool {
        let words = words(status);
        let at = words.iter().position(|word| self.escalated.contains(word));
        at.is_some_and(|at| !self.is_negated(&words, at))
    }

    /// Whether a kind is a complaint (`true`) or something else that is known (`false`).
    pub(super) fn is_complaint(&self, kind: &str) -> Option<bool> {
        let words = words(kind);
        let find = |known: &[String]| {
            let is_known = |word: &String| {
                known.iter().any(|known| match known.strip_prefix('*') {
                    Some(ending) => word.ends_with(ending),
                    None => word == known,
                })
            };
            words.iter().position(is_known)
        };
        match find(&self.complaints) {
            Some(at) => Some(!self.is_negated(&words, at)),
            None => find(&self.other_kinds).map(|_| false),
        }
    }

    /// What was decided; `None` when the words are not known.
    pub(super) fn outcome(&self, text: &str) -> Option<Outcome> {
        longest_beginning(&self.outcomes, text).copied()
    }

    /// Whether a category is "other", whatever remark stands behind it.
    pub(super) fn is_other(&self, category: &str) -> bool {
        let plain = category.split(['(', ':', ',', '/', ';', '-', '–', '.']).next().unwrap_or_default();
        self.others.contains(&joined(&words(plain)))
    }

    /// How grave a word of severity is, from 1 to 5.
    pub(super) fn severity(&self, text: &str) -> Option<u32> {
        longest_beginning(&self.severities, text).copied()
    }

    /// Whether the word at a place is turned round by one of the two before: `not a complaint`.
    fn is_negated(&self, words: &[String], at: usize) -> bool {
        let before = words.get(at.saturating_sub(2)..at).unwrap_or_default();
        before.iter().any(|word| self.negations.contains(word))
    }
}

/// What is known of the whole text (`=partly`) or of its longest beginning, a number before it left out: `2 - High`.
fn longest_beginning<'m, T>(known: &'m BTreeMap<String, T>, text: &str) -> Option<&'m T> {
    let words = words(text);
    let is_number = |word: &String| word.bytes().all(|byte| byte.is_ascii_digit());
    let start = words.iter().position(|word| !is_number(word))?;
    let words = words.get(start..)?;
    let beginning = || (1..=words.len()).rev().find_map(|length| known.get(&joined(words.get(..length)?)));
    known.get(&format!("={}", joined(words))).or_else(beginning)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::complaints::COMPLAINT_FIELDS;

    #[test]
    fn every_file_is_read_and_names_fields_only() {
        for (language, text) in LANGUAGES {
            let file: CaseWords = toml::from_str(text).unwrap_or_else(|fault| panic!("{language}: {fault}"));
            for field in file.column.keys() {
                assert!(COMPLAINT_FIELDS.iter().any(|known| known.id == field), "{language}: {field}");
            }
            for field in COMPLAINT_FIELDS {
                assert!(file.column.contains_key(field.id), "{language}: no words for {}", field.id);
            }
            assert_eq!(file.severity.len(), 5, "{language}");
        }
    }

    #[test]
    fn no_text_means_two_things() {
        let mut known: BTreeMap<&str, BTreeMap<String, String>> = BTreeMap::new();
        for (language, text) in LANGUAGES {
            let file: CaseWords = toml::from_str(text).unwrap();
            let lists = [
                ("status", "open", &file.status.open),
                ("status", "closed", &file.status.closed),
                ("outcome", "upheld", &file.outcome.upheld),
                ("outcome", "partly", &file.outcome.partly_upheld),
                ("outcome", "rejected", &file.outcome.rejected),
                ("outcome", "withdrawn", &file.outcome.withdrawn),
                ("kind", "complaint", &file.kind.complaint),
                ("kind", "other", &file.kind.other),
            ];
            for (of, meaning, texts) in lists {
                for key in texts.iter().flat_map(|text| spellings(language, text)) {
                    let before = known.entry(of).or_default().insert(key.clone(), meaning.to_owned());
                    assert!(before.is_none_or(|before| before == meaning), "{of}: {key}");
                }
            }
        }
    }

    #[test]
    fn headers_are_known_in_every_way_of_writing() {
        let first = |header: &str| casebook().fields_of(header).first().map(|(field, _)| field.clone());
        for (header, field) in [
            ("CreatedDate", "received"),
            ("received_at", "received"),
            ("Date received", "received"),
            ("Eingang", "received"),
            ("Eingangsdatum", "received"),
            ("date de réception", "received"),
            ("Fecha de recepción", "received"),
            ("ClosedDate", "closed"),
            ("CLOSED_AT", "closed"),
            ("Abschlussdatum", "closed"),
            ("SRStatus", "status"),
            ("SRType", "category"),
            ("Kategorie", "category"),
            ("Motif", "category"),
            ("MethodReceived", "channel"),
            ("FÄLLIG AM", "due"),
            ("Faellig am", "due"),
            ("Complaint ID", "id"),
        ] {
            assert_eq!(first(header).as_deref(), Some(field), "{header}");
        }
        for header in [
            "",
            "Disclosed",
            "Created By",
            "Zip Code",
            "Subject",
            "Last Updated",
            "First response time (in hrs)",
        ] {
            assert_eq!(casebook().fields_of(header), [], "{header}");
        }
        assert!(casebook().is_about_a_moment("Date/Time Closed") && !casebook().is_about_a_moment("Closed"));
    }
}
