//! Why records cannot be analysed.

/// Why records cannot be analysed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RecordsError {
    /// Moments with offsets are to be brought to a place that is not known.
    #[error("moments of `{field}` are written with an offset from UTC and cannot be brought to `{zone}`")]
    NamedZone {
        /// The zone.
        zone: String,
        /// A field with offsets.
        field: String,
    },
    /// What figures are to be broken by has no groups.
    #[error("`{0}` has no values to break figures by")]
    NoGroups(String),
    /// More groups than anybody reads.
    #[error("`{segment}` has more than {most} groups")]
    TooManyGroups {
        /// The segment.
        segment: String,
        /// The most.
        most: usize,
    },
}
