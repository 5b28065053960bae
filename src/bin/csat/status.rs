//! How the program ends: exit codes and failures that carry one.

use csat::analysis::{AnalysisError, PlanError};
use csat::diagnostic::Diagnostic;
use csat::tally::CountError;

/// The exit codes of docs/design.md.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ExitStatus {
    /// Done.
    Done,
    /// Files and data.
    Data,
    /// What was typed.
    Usage,
    /// A gate or a check said no.
    Gate,
    /// Something inside a definition, as in sysexits' EX_CONFIG.
    Definition,
}

impl ExitStatus {
    pub(crate) fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Data => 1,
            Self::Usage => 2,
            Self::Gate => 3,
            Self::Definition => 78,
        }
    }
}

/// A failure with the exit code it leads to.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// One sentence.
    #[error("{message}")]
    Message {
        /// The exit code.
        status: ExitStatus,
        /// What is wrong.
        message: String,
        /// What to do.
        help: Option<String>,
    },
    /// Complaints about a file, all at once.
    #[error("{} complaint(s)", complaints.len())]
    Complaints {
        /// The exit code.
        status: ExitStatus,
        /// The complaints.
        complaints: Vec<Diagnostic>,
    },
}

impl Failure {
    pub(crate) fn data(message: impl Into<String>) -> Self {
        Self::Message { status: ExitStatus::Data, message: message.into(), help: None }
    }

    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::Message { status: ExitStatus::Usage, message: message.into(), help: None }
    }

    #[must_use]
    pub(crate) fn help(mut self, text: impl Into<String>) -> Self {
        if let Self::Message { help, .. } = &mut self {
            *help = Some(text.into());
        }
        self
    }

    pub(crate) fn status(&self) -> ExitStatus {
        match self {
            Self::Message { status, .. } | Self::Complaints { status, .. } => *status,
        }
    }
}

impl From<PlanError> for Failure {
    fn from(error: PlanError) -> Self {
        match error {
            PlanError::Filter(complaints) => Self::Complaints { status: ExitStatus::Usage, complaints },
            other => Self::usage(other.to_string()),
        }
    }
}

impl From<CountError> for Failure {
    fn from(error: CountError) -> Self {
        Self::data(error.to_string())
    }
}

impl From<AnalysisError> for Failure {
    fn from(error: AnalysisError) -> Self {
        let status = match &error {
            AnalysisError::PopulationExceeded { .. } => ExitStatus::Definition,
            AnalysisError::Drivers(error) if error.is_of_what_was_asked() => ExitStatus::Usage,
            AnalysisError::NotWeighted { .. } | AnalysisError::Drivers(_) => ExitStatus::Data,
            _ => ExitStatus::Usage,
        };
        Self::Message { status, message: error.to_string(), help: None }
    }
}
