//! Headings of tables and columns.

use super::number::confidence;

/// The column of what was scored.
pub const SCORE: &str = "Score";
/// The column of the figure.
pub const VALUE: &str = "Value";
/// The column of the number of answers.
pub const BASE: &str = "Base";
/// The column of the target and its verdict.
pub const TARGET: &str = "Target";
/// The column of the name of a statistic.
pub const STATISTIC: &str = "Statistic";
/// The column of an option.
pub const ANSWER: &str = "Answer";
/// The column of a question.
pub const QUESTION: &str = "Question";
/// The column of a share.
pub const SHARE: &str = "Share";
/// The column of waves.
pub const WAVE: &str = "Wave";
/// The column of standard errors.
pub const STANDARD_ERROR: &str = "SE";
/// The column of summed weights.
pub const WEIGHTED_BASE: &str = "Weighted";
/// The column of the n that the interval used.
pub const EFFECTIVE_BASE: &str = "Effective";
/// The column of Kish's effective base.
pub const KISH_BASE: &str = "Kish";
/// The column of Kish's design effect.
pub const DESIGN_EFFECT: &str = "Design effect";
/// The column of interval methods.
pub const METHOD: &str = "Method";
/// The column of reasons.
pub const REASON: &str = "Reason";
/// The column of numbers of rows.
pub const ROWS: &str = "Rows";
/// The column of places.
pub const FIRST_PLACES: &str = "First places";
/// The column of answers.
pub const ANSWERED: &str = "Answered";
/// The column of file names.
pub const INPUT: &str = "Input";
/// The column of sizes.
pub const BYTES: &str = "Bytes";
/// The column of hashes.
pub const HASH: &str = "Hash";

/// The column of intervals where there is little room.
pub const INTERVAL: &str = "interval";

/// The gaps below the scores.
pub const GAPS: &str = "Gaps, perceived minus expected";
/// The table of stated importance.
pub const IMPORTANCE: &str = "Stated importance";
/// The table of free numbers.
pub const NUMBERS: &str = "Numbers";
/// The table by wave.
pub const BY_WAVE: &str = "By wave";
/// The table of rows left out and kept.
pub const ROWS_LEFT_OUT: &str = "Rows left out, and odd rows kept";
/// The table of cells by question.
pub const ANSWERS_BY_QUESTION: &str = "Answers by question";
/// The notes.
pub const NOTES: &str = "Notes";
/// The account of what was read.
pub const WHAT_WAS_READ: &str = "What was read";
/// Where the figures came from.
pub const PROVENANCE: &str = "Where the figures came from";

/// The column of intervals.
///
/// ```
/// assert_eq!(csat::report::words::heading::interval(0.95), "95 % interval");
/// ```
pub fn interval(level: f64) -> String {
    format!("{} interval", confidence(level))
}

/// The table by one segment or by a crossing of several.
pub fn by<'a>(labels: impl IntoIterator<Item = &'a str>) -> String {
    format!("By {}", crossed(labels))
}

/// What a crossing is called: `region × age`.
pub fn crossed<'a>(labels: impl IntoIterator<Item = &'a str>) -> String {
    labels.into_iter().collect::<Vec<&str>>().join(" × ")
}
