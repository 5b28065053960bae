//! A language of the casebook as its file has it.

use indexmap::IndexMap;
use serde::Deserialize;

/// One language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CaseWords {
    /// Words of headers that say nothing of the field.
    pub(super) filler: Vec<String>,
    /// Words of headers that say that it is a date or a time.
    pub(super) moment: Vec<String>,
    /// Words that turn the meaning of the others round.
    pub(super) negation: Vec<String>,
    /// Categories that mean "other".
    pub(super) other_category: Vec<String>,
    /// Words of severity, five ranks from the mildest.
    pub(super) severity: Vec<String>,
    /// By field its headers, the surest first.
    pub(super) column: IndexMap<String, Vec<String>>,
    pub(super) status: StatusWords,
    pub(super) kind: KindWords,
    pub(super) outcome: OutcomeWords,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StatusWords {
    pub(super) open: Vec<String>,
    pub(super) closed: Vec<String>,
    pub(super) escalated: Vec<String>,
}

/// Words of which one is enough; `*beschwerde` is the end of a word.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KindWords {
    pub(super) complaint: Vec<String>,
    pub(super) other: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OutcomeWords {
    pub(super) upheld: Vec<String>,
    pub(super) partly_upheld: Vec<String>,
    pub(super) rejected: Vec<String>,
    pub(super) withdrawn: Vec<String>,
}
