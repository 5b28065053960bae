//! What a survey tool writes around the answers: rows of headers, columns about the interview, options as columns.
//!
//! A [`Layout`] looks at the first records and says what it sees; it rests on what stays the same in every language
//! and account, never on a localised word. What is seen is one header and a recipe for each column, so that the
//! rest of the file can be passed on as a plain table.

mod as_stood;
mod delighted;
mod first_records;
mod formbricks;
mod google_forms;
mod limesurvey;
mod limesurvey_codes;
mod medallia;
mod microsoft_forms;
mod naming;
mod plain;
mod qualtrics;
mod qualtrics_legacy;
mod qualtrics_rows;
mod recognise;
mod rewrite;
#[cfg(test)]
mod sample;
mod seen;
mod surveymonkey;
mod typeform;

pub use as_stood::{AsStood, DroppedColumn};
pub use first_records::{FIRST_RECORDS, FirstRecords};
pub use recognise::{LayoutError, Recognised, check_name, recognise};
pub use rewrite::{Edits, Rewritten};
pub use seen::{Cells, Seen, SeenColumn};

/// One survey tool's way to write answers.
pub trait Layout: Sync {
    /// The name for `--layout`, such as `qualtrics`.
    fn name(&self) -> &'static str;

    /// What is seen of this layout; none where a sign that it always has is missing.
    ///
    /// It must not claim files of other layouts, and a file that is half of it is not it.
    fn recognise(&self, first: &FirstRecords) -> Option<Seen>;

    /// The same for a file that was said to be of this layout: fewer signs do.
    fn recognise_typed(&self, first: &FirstRecords) -> Option<Seen> {
        self.recognise(first)
    }

    /// The signs that it goes by, for a file that was said to be of it and is not.
    fn signs(&self) -> &'static str;

    /// Why a file with its signs cannot be read by it: records that do not fit together, as after an edit by hand.
    fn damage(&self, _first: &FirstRecords) -> Option<String> {
        None
    }
}

/// Every layout that is recognised, `plain` apart.
pub const LAYOUTS: [&dyn Layout; 10] = [
    &qualtrics::Qualtrics,
    &qualtrics_legacy::QualtricsLegacy,
    &surveymonkey::SurveyMonkey,
    &limesurvey::LimeSurvey,
    &typeform::Typeform,
    &formbricks::Formbricks,
    &delighted::Delighted,
    &medallia::Medallia,
    &microsoft_forms::MicrosoftForms,
    &google_forms::GoogleForms,
];
