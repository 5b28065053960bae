//! Caveats about results, in words.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A caveat about a result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Note {
    /// A stable name, such as `small_base`.
    pub code: String,
    /// How much it matters.
    pub severity: NoteSeverity,
    /// The sentence.
    pub text: String,
    /// The question, column or input it is about.
    pub about: Option<String>,
    /// What the sentence says of this report, by name, so that it can be said in other languages; written only where
    /// there is something.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub values: IndexMap<String, String>,
}

/// How much a note matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NoteSeverity {
    /// Good to know.
    Info,
    /// The reader should think before using the figure.
    Caution,
}
