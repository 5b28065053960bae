//! What a header can be about.

use crate::survey::phrasebook::Header;

/// What a header is about. The first that applies is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Topic {
    /// A response or respondent number.
    Id,
    /// A person, an address or another thing that is no answer.
    Private,
    /// A place on the map, a duration, a technical field.
    Technical,
    /// A weight.
    Weight,
    /// A moment.
    Date,
    /// Who or where: something to break scores by.
    Group,
    /// Willingness to recommend.
    Recommend,
    /// Satisfaction.
    Satisfaction,
    /// Effort.
    Effort,
    /// Stated importance.
    Importance,
    /// A comment.
    Comment,
    /// Nothing known.
    Other,
}

impl Topic {
    /// What a word of a header says, as a topic.
    pub(super) fn of(header: Header) -> Option<Self> {
        Some(match header {
            Header::Private => Self::Private,
            Header::Technical => Self::Technical,
            Header::Id => Self::Id,
            Header::Weight => Self::Weight,
            Header::Date => Self::Date,
            Header::Recommend => Self::Recommend,
            Header::Satisfaction => Self::Satisfaction,
            Header::Effort => Self::Effort,
            Header::Importance => Self::Importance,
            Header::Comment => Self::Comment,
            Header::Group | Header::Language => Self::Group,
            Header::Overall => return None,
        })
    }
}

/// Endings of the last token that make a group: `studage`, `subregion`.
pub(super) const GROUP_ENDINGS: &[&str] = &["age", "region", "group", "gender", "type", "category", "code"];
/// Words that end in one of these without being a group.
pub(super) const NOT_GROUPS: &[&str] =
    &["image", "message", "average", "package", "usage", "coverage", "language", "page", "storage"];
