//! The result: plain data and the fixed words. The JSON schema is this; nothing is computed after it.
//!
//! Terminal, Markdown, CSV, HTML and the others are views of a [`Report`]; a report loaded back from JSON renders
//! to the same bytes.

mod estimate;
mod follow_up;
mod ledger;
mod lookup;
mod note;
mod row_weights;
mod section;
mod summary;
mod verification;
pub mod words;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use estimate::{Better, Estimate, Flag, TargetVerdict, Unit};
pub use follow_up::{FollowUp, FollowUpCell};
pub use ledger::{Excluded, Ledger, LedgerPlace, QuestionLedger};
pub use lookup::LookupLedger;
pub use note::{Note, NoteSeverity};
pub use row_weights::{RowWeight, RowWeights};
pub use section::*;
pub use summary::{
    DefinitionUsed, HeadlinePoints, Input, InputKind, OwnWordsSummary, Provenance, QuestionSummary,
    SegmentSummary, SurveySummary, Waves,
};
pub use verification::{Difference, Verification, VerifiedSource};

/// The format's name and version, the first key of every report.
pub const FORMAT: &str = "csat-report/1";

/// One report, serialised as it stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Report {
    /// `csat-report/1`.
    pub format: String,
    /// The survey's title, or the input's name.
    pub title: String,
    /// The date the report speaks at, `YYYY-MM-DD`.
    pub as_of: String,
    /// The survey in short.
    pub survey: SurveySummary,
    /// Which waves the report speaks of.
    pub waves: Waves,
    /// The crossings asked for with `--by`, each a list of segment ids; empty: each segment by itself.
    pub by: Vec<Vec<String>>,
    /// Where the figures came from.
    pub provenance: Provenance,
    /// What was read, used and left out.
    pub ledger: Ledger,
    /// The figures: one object each.
    pub estimates: Vec<Estimate>,
    /// Further sections by kind.
    pub sections: Vec<Section>,
    /// Caveats.
    pub notes: Vec<Note>,
}

/// The JSON schema of a report, for `csat schema report` and for readers that are not written in Rust.
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(Report).to_value()
}
