//! Why promises cannot be analysed.

use crate::analysis::records::RecordsError;

/// Why promises cannot be analysed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PromisesError {
    /// No column says which promise an event is about.
    #[error("no column says which promise an event is about")]
    NoPromise,
    /// No column says when an event was.
    #[error("no column says when an event was")]
    NoDate,
    /// Nothing tells whether a promise was kept.
    #[error("neither `met` nor `value` says whether a promise was kept")]
    NothingToJudgeBy,
    /// What holds for all records.
    #[error(transparent)]
    Records(#[from] RecordsError),
}
