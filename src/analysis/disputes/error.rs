//! Why disputes cannot be analysed.

use crate::analysis::complaints::ComplaintsError;
use crate::analysis::records::RecordsError;

/// Why disputes cannot be analysed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DisputesError {
    /// No column says when disputes were referred.
    #[error("no column says when disputes were referred to a provider")]
    NoReferred,
    /// What holds for all records.
    #[error(transparent)]
    Records(#[from] RecordsError),
    /// The complaints that went before cannot be used.
    #[error("the file of complaints: {0}")]
    Complaints(#[from] ComplaintsError),
}
