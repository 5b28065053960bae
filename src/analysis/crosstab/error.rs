//! What was asked of tables and cannot be tabulated.

use crate::analysis::plan::hint;

/// What was asked of tables and cannot be tabulated.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum CrosstabError {
    /// A row or banner names nothing of the survey.
    #[error("`{found}` is no question and no segment of this survey{}", hint(found, suggestion.as_deref(), known, *is_column, "questions or segments to tabulate"))]
    Unknown {
        /// As typed.
        found: String,
        /// The nearest id.
        suggestion: Option<String>,
        /// The ids there are.
        known: Vec<String>,
        /// Whether the files have a column of that name.
        is_column: bool,
    },
    /// Rows of something without categories.
    #[error("`{id}` cannot be tabulated: {reason}")]
    NoRows {
        /// The question.
        id: String,
        /// Why.
        reason: &'static str,
    },
    /// Columns of something without categories.
    #[error("`{id}` cannot be a banner: {reason}")]
    NoColumns {
        /// The question.
        id: String,
        /// Why.
        reason: String,
    },
    /// Rows and columns of the same alone.
    #[error("`{id}` stands in the rows and in the columns; name another for one of them")]
    OnlyItself {
        /// The question or segment.
        id: String,
    },
    /// Rows and columns of the same in one command, where small groups are hidden.
    #[error(
        "`{id}` stands in the rows and in the columns, and small groups are hidden: a table turned round could give them \
         away; leave it out of one of the two"
    )]
    BothWays {
        /// The question or segment.
        id: String,
    },
    /// No question to tabulate.
    #[error("no question is scored, so there is nothing to tabulate; name rows with --rows")]
    NoStubs,
    /// One wave of tables that hold all of them.
    #[error(
        "the columns are all waves, and --wave names one; leave --wave out, or name another banner beside `wave`"
    )]
    OneWaveOfAll,
    /// Nothing to tabulate by.
    #[error(
        "there is nothing to tabulate by: the survey has no segments; name a question with --by, or make a column a \
         segment with --as COLUMN=segment"
    )]
    NoBanners,
    /// A net of a question that is not in the rows, or that has no categories.
    #[error("the net `{label}` is of `{question}`, {reason}")]
    NetQuestion {
        /// The net.
        label: String,
        /// The question.
        question: String,
        /// Why that cannot be.
        reason: &'static str,
    },
    /// A level that is none.
    #[error(
        "`--level {level}` is no level; give one from 0.5 to 0.9999, the stricter first: 0.95 or 0.95,0.90"
    )]
    Level {
        /// As typed.
        level: f64,
    },
    /// A test that weights do not allow.
    #[error("{name} has no weighted form; {instead} does for weighted answers")]
    Weighted {
        /// The test.
        name: &'static str,
        /// The one that does.
        instead: &'static str,
    },
    /// A test of weighted answers where there are no weights.
    #[error("{name} is for weighted answers; chi-square does without weights")]
    Unweighted {
        /// The test.
        name: &'static str,
    },
    /// Games and Howell's comparison of each column with another, where that is not what is compared.
    #[error("--pairs games-howell compares every two columns; leave --against out")]
    PairsAgainst,
}
