//! One change of a question, with what it was and what it is.

/// One change of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Changed {
    /// Another wording.
    Wording {
        /// As it was.
        before: String,
        /// As it is.
        after: String,
    },
    /// Other points, words or another best end.
    Scale {
        /// As it was.
        before: String,
        /// As it is.
        after: String,
    },
    /// Other options.
    Options {
        /// As they were.
        before: String,
        /// As they are.
        after: String,
    },
    /// Another measure.
    Measure {
        /// As it was.
        before: String,
        /// As it is.
        after: String,
    },
    /// Another number of points in the top box: the same answers give another figure.
    TopBox {
        /// As it was.
        before: u32,
        /// As it is.
        after: u32,
    },
    /// Another headline; a trend of either still holds.
    Headline {
        /// As it was.
        before: Option<String>,
        /// As it is.
        after: Option<String>,
    },
    /// Only in the newer definition.
    Added,
    /// Only in the older definition.
    Removed,
}

impl Changed {
    /// Its name in outputs.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Wording { .. } => "wording",
            Self::Scale { .. } => "scale",
            Self::Options { .. } => "options",
            Self::Measure { .. } => "measure",
            Self::TopBox { .. } => "top_box",
            Self::Headline { .. } => "headline",
            Self::Added => "added",
            Self::Removed => "removed",
        }
    }

    /// What it was and what it is; null for a question that is on one side only.
    pub fn sides(&self) -> Option<(String, String)> {
        let name = |headline: &Option<String>| headline.clone().unwrap_or_else(|| "none".to_owned());
        match self {
            Self::Wording { before, after }
            | Self::Scale { before, after }
            | Self::Options { before, after }
            | Self::Measure { before, after } => Some((before.clone(), after.clone())),
            Self::TopBox { before, after } => Some((before.to_string(), after.to_string())),
            Self::Headline { before, after } => Some((name(before), name(after))),
            Self::Added | Self::Removed => None,
        }
    }

    /// Whether waves before and after it cannot be joined.
    pub const fn breaks(&self) -> bool {
        !matches!(self, Self::Headline { .. } | Self::Added | Self::Removed)
    }

    /// In a sentence without its subject, for messages.
    pub fn sentence(&self) -> String {
        let what = match self {
            Self::Wording { .. } => "the wording",
            Self::Scale { .. } => "the scale",
            Self::Options { .. } => "the options",
            Self::Measure { .. } => "the measure",
            Self::TopBox { .. } => "the size of the top box",
            Self::Headline { .. } => "the headline",
            Self::Added => return "it is new".to_owned(),
            Self::Removed => return "it is not asked any more".to_owned(),
        };
        let (before, after) = self.sides().unwrap_or_default();
        format!("{what} changed: \"{before}\" -> \"{after}\"")
    }

    /// The key that says it in a definition.
    pub(super) const fn key(&self) -> &'static str {
        match self {
            Self::Wording { .. } => "text",
            Self::Scale { .. } | Self::TopBox { .. } => "scale",
            Self::Options { .. } => "labels",
            Self::Measure { .. } => "measure",
            Self::Headline { .. } => "headline",
            Self::Added | Self::Removed => "id",
        }
    }
}
