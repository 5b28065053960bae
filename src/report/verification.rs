//! What came out when a saved report was computed anew.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What came out when a saved report was computed anew from the inputs that its provenance names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Verification {
    /// The file of the report, without folders.
    pub report: String,
    /// `sha256:…` of that file.
    pub report_hash: String,
    /// The title of the report.
    pub title: String,
    /// The date that the report speaks at.
    pub as_of: String,
    /// The date of the verification.
    pub verified_on: String,
    /// The version that wrote the report.
    pub written_by: String,
    /// The version that computed it anew.
    pub computed_by: String,
    /// Whether the seal fits the report; null where there is none.
    pub seal_fits: Option<bool>,
    /// The inputs and the definition, each with what became of its hash.
    pub sources: Vec<VerifiedSource>,
    /// How many numbers, flags and texts were compared.
    pub compared: u64,
    /// Where the report and what was computed anew differ.
    pub differences: Vec<Difference>,
}

impl Verification {
    /// Whether every source is the one that was read, the report the one that was sealed, and nothing differs.
    pub fn holds(&self) -> bool {
        self.differences.is_empty()
            && self.seal_fits == Some(true)
            && self.sources.iter().all(|source| source.found.as_ref() == Some(&source.hash))
    }
}

/// A file that the report was computed from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct VerifiedSource {
    /// Its name, without folders.
    pub name: String,
    /// Its hash in the report.
    pub hash: String,
    /// Its hash now; null where it could not be read.
    pub found: Option<String>,
}

/// One figure that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Difference {
    /// Which figure, flag or text: its place in the report, rows by what names them.
    pub figure: String,
    /// As the report says; null where it has no such figure.
    pub filed: Option<String>,
    /// As computed anew; null where there is no such figure.
    pub computed: Option<String>,
}
