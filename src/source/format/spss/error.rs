//! What is wrong with an SPSS file, and where.

use std::io;

/// A complaint about an SPSS file.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SpssError {
    /// The stream itself failed.
    #[error("byte {offset} cannot be read: {source}")]
    Unreadable {
        /// The place.
        offset: u64,
        /// What the stream says.
        source: io::Error,
    },
    /// The file begins as no system file does.
    #[error("no SPSS system file: it begins with {found}, expected `$FL2` or `$FL3`")]
    NotASystemFile {
        /// The first bytes.
        found: String,
    },
    /// The file is of another kind that SPSS writes.
    #[error("this is {found}, which is not read; open it in SPSS or PSPP and save it as .sav")]
    OtherKind {
        /// The kind, with its article.
        found: &'static str,
    },
    /// The file ends too early.
    #[error("the file ends at byte {offset}, within {expected}; it was cut, copy or export it again")]
    Cut {
        /// Where it ends.
        offset: u64,
        /// What was being read.
        expected: &'static str,
    },
    /// The file ends before the cases that its header counts.
    #[error(
        "the file ends at byte {offset} after {read} of the {claimed} cases that its header counts; it was cut, copy \
         or export it again"
    )]
    CasesMissing {
        /// Where it ends.
        offset: u64,
        /// Cases read.
        read: u64,
        /// Cases that the header counts.
        claimed: u64,
    },
    /// The file goes on after the cases that its header counts.
    #[error(
        "byte {offset}: more cases follow the {claimed} that the header counts; open it in SPSS or PSPP and save it \
         again"
    )]
    CasesBeyond {
        /// Where the last counted case ends.
        offset: u64,
        /// Cases that the header counts.
        claimed: u64,
    },
    /// Something else stands where the format has its place.
    #[error(
        "byte {offset}: found {found}, expected {expected}; the file is damaged, copy or export it again"
    )]
    Unexpected {
        /// The place.
        offset: u64,
        /// What stands there.
        found: String,
        /// What should.
        expected: &'static str,
    },
    /// The dictionary is larger than any survey's.
    #[error("byte {offset}: {what} is over the limit of {limit} bytes")]
    TooLarge {
        /// The place.
        offset: u64,
        /// What is.
        what: &'static str,
        /// The limit.
        limit: u64,
    },
}

impl From<SpssError> for io::Error {
    fn from(error: SpssError) -> Self {
        let kind = match &error {
            SpssError::Unreadable { source, .. } => source.kind(),
            SpssError::Cut { .. } | SpssError::CasesMissing { .. } => io::ErrorKind::UnexpectedEof,
            _ => io::ErrorKind::InvalidData,
        };
        Self::new(kind, error)
    }
}
