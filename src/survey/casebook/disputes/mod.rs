//! The words of files of disputes: the headers of their columns and the texts of outcomes, in four languages.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use indexmap::IndexMap;
use serde::Deserialize;

use super::headers::Headers;
use super::longest_beginning;
use super::words::spellings;
use crate::survey::disputes::DisputeOutcome;

/// The languages and their files.
const LANGUAGES: [(&str, &str); 4] = [
    ("en", include_str!("en.toml")),
    ("de", include_str!("de.toml")),
    ("fr", include_str!("fr.toml")),
    ("es", include_str!("es.toml")),
];

static WORDS: LazyLock<DisputeWords> = LazyLock::new(DisputeWords::read);

/// The words of disputes, read on first use.
pub(in crate::survey) fn dispute_words() -> &'static DisputeWords {
    &WORDS
}

/// All languages together.
#[derive(Debug, Default)]
pub(in crate::survey) struct DisputeWords {
    /// The headers.
    pub(in crate::survey) headers: Headers,
    /// By beginning what it says; `None` for one that is not decided yet.
    outcomes: BTreeMap<String, Option<DisputeOutcome>>,
}

/// One language as its file has it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct LanguageFile {
    filler: Vec<String>,
    moment: Vec<String>,
    column: IndexMap<String, Vec<String>>,
    outcome: OutcomeWords,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OutcomeWords {
    settled: Vec<String>,
    recommendation: Vec<String>,
    for_customer: Vec<String>,
    split: Vec<String>,
    for_organisation: Vec<String>,
    withdrawn: Vec<String>,
    out_of_scope: Vec<String>,
    undecided: Vec<String>,
}

impl OutcomeWords {
    fn lists(&self) -> [(Option<DisputeOutcome>, &[String]); 8] {
        [
            (Some(DisputeOutcome::Settled), &self.settled),
            (Some(DisputeOutcome::Recommendation), &self.recommendation),
            (Some(DisputeOutcome::ForCustomer), &self.for_customer),
            (Some(DisputeOutcome::Split), &self.split),
            (Some(DisputeOutcome::ForOrganisation), &self.for_organisation),
            (Some(DisputeOutcome::Withdrawn), &self.withdrawn),
            (Some(DisputeOutcome::OutOfScope), &self.out_of_scope),
            (None, &self.undecided),
        ]
    }
}

impl DisputeWords {
    fn read() -> Self {
        let mut words = Self::default();
        for (language, text) in LANGUAGES {
            // A test reads every file: none is ever left out.
            if let Ok(file) = toml::from_str::<LanguageFile>(text) {
                words.headers.add(language, &file.filler, &file.moment, &file.column);
                for (outcome, texts) in file.outcome.lists() {
                    let keys = texts.iter().flat_map(|text| spellings(language, text));
                    words.outcomes.extend(keys.map(|key| (key, outcome)));
                }
            }
        }
        words
    }

    /// How a dispute ended, `Some(None)` for not yet; `None` when the words are not known.
    #[allow(clippy::option_option, reason = "not decided yet is one of the things that a text can say")]
    pub(in crate::survey) fn outcome(&self, text: &str) -> Option<Option<DisputeOutcome>> {
        longest_beginning(&self.outcomes, text).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::disputes::DISPUTE_FIELDS;

    #[test]
    fn every_file_is_read_and_names_every_field_and_no_other() {
        for (language, text) in LANGUAGES {
            let file: LanguageFile =
                toml::from_str(text).unwrap_or_else(|fault| panic!("{language}: {fault}"));
            let named: Vec<&str> = file.column.keys().map(String::as_str).collect();
            assert_eq!(named, DISPUTE_FIELDS.map(|field| field.id), "{language}");
        }
    }

    #[test]
    fn no_text_means_two_things() {
        let mut known: BTreeMap<String, Option<DisputeOutcome>> = BTreeMap::new();
        for (language, text) in LANGUAGES {
            let file: LanguageFile = toml::from_str(text).unwrap();
            for (outcome, texts) in file.outcome.lists() {
                for key in texts.iter().flat_map(|text| spellings(language, text)) {
                    let before = known.insert(key.clone(), outcome);
                    assert!(before.is_none_or(|before| before == outcome), "{language}: {key}");
                }
            }
        }
    }

    #[test]
    fn headers_are_known_in_every_way_of_writing() {
        let first = |header: &str| {
            let found = dispute_words().headers.fields_of(header);
            found.first().map(|(field, _)| field.clone())
        };
        for (header, field) in [
            ("dispute_id", "id"),
            ("complaint_id", "complaint"),
            ("provider", "provider"),
            ("method", "method"),
            ("referred_at", "referred"),
            ("notice_at", "notice"),
            ("org_response_at", "responded"),
            ("hearing_at", "hearing"),
            ("outcome_at", "decided"),
            ("outcome", "outcome"),
            ("org_accepted", "organisation_accepted"),
            ("customer_accepted", "customer_accepted"),
            ("amount_claimed", "claimed"),
            ("amount_awarded", "awarded"),
            ("cost_org", "cost"),
            ("implemented_at", "implemented"),
            ("implementation_due", "implementation_due"),
            ("closed_at", "closed"),
            ("fair_provider", "fair"),
            ("process_sat", "process_satisfaction"),
            ("Internal decision", "internal_outcome"),
            ("Schlichtungsstelle", "provider"),
            ("Streitwert", "claimed"),
            ("Montant réclamé", "claimed"),
            ("Fecha de cierre", "closed"),
        ] {
            assert_eq!(first(header).as_deref(), Some(field), "{header}");
        }
        for field in DISPUTE_FIELDS {
            assert_eq!(first(field.id).as_deref(), Some(field.id), "the name of the field itself");
        }
    }
}
