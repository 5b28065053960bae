//! Which distribution a p-value comes from.

/// How a p-value was found.
///
/// Only [`Self::Exact`] holds without an assumption on size or shape; a statement in words must not
/// call the others exact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PKind {
    /// From the exact conditional distribution.
    Exact,
    /// From the normal approximation; the rank tests with continuity correction.
    Normal,
    /// From Student's t: exact for normal answers, an approximation for all others.
    StudentT,
    /// From the chi-square approximation.
    ChiSquare,
    /// From Fisher's F: exact for normal answers, an approximation for all others.
    F,
    /// From the studentized range: exact for normal answers spread alike, an approximation for all others.
    StudentizedRange,
}
