//! Why complaints cannot be analysed.

use crate::analysis::records::RecordsError;

/// Why complaints cannot be analysed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ComplaintsError {
    /// No column says when complaints came in.
    #[error("no column says when complaints came in")]
    NoReceived,
    /// What holds for all records.
    #[error(transparent)]
    Records(#[from] RecordsError),
}
