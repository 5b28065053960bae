//! What stands in a cell, before it is laid out.

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::render) enum Cell {
    /// A text or a number.
    Text(String),
    /// The name of the row.
    Name(Name),
    /// A target and its verdict.
    Verdict {
        /// The target.
        target: String,
        /// The verdict in words, if there is one.
        verdict: Option<(&'static str, Tone)>,
    },
    /// An interval.
    Interval(Interval),
}

impl Cell {
    /// Whether there is nothing to see.
    pub(super) fn is_empty(&self) -> bool {
        matches!(self, Self::Text(text) if text.is_empty())
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// What a score or an option is called: by its wording where there is room, else by its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::render) struct Name {
    /// The id or the code.
    pub(in crate::render) id: String,
    /// The wording; the id where there is none.
    pub(in crate::render) text: String,
    /// The kind of score in short, such as `NPS`, where the id does not say it.
    pub(in crate::render) kind: Option<&'static str>,
    /// The statistic, where it does not go without saying.
    pub(in crate::render) statistic: Option<String>,
}

impl Name {
    /// The wording with the statistic.
    pub(in crate::render) fn in_full(&self) -> String {
        self.with_statistic(&self.text)
    }

    /// The id with the kind of score and the statistic.
    pub(in crate::render) fn in_short(&self) -> String {
        match self.kind {
            Some(kind) => self.with_statistic(&format!("{} ({kind})", self.id)),
            None => self.with_statistic(&self.id),
        }
    }

    fn with_statistic(&self, name: &str) -> String {
        match &self.statistic {
            Some(statistic) => format!("{name}, {statistic}"),
            None => name.to_owned(),
        }
    }
}

/// Whether a word is good news; never said by colour alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::render) enum Tone {
    /// On the good side.
    Good,
    /// On the bad side.
    Bad,
    /// Neither.
    Plain,
}

/// An interval as text and as positions on the fixed range of its unit.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::render) struct Interval {
    /// The lower limit.
    pub(in crate::render) low: String,
    /// The upper limit.
    pub(in crate::render) high: String,
    /// Where to draw it; none where the unit has no fixed range.
    pub(in crate::render) bar: Option<Bar>,
}

/// Positions of an interval between 0 (the left end of the range) and 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::render) struct Bar {
    /// The lower limit.
    pub(in crate::render) low: f64,
    /// The figure.
    pub(in crate::render) value: f64,
    /// The upper limit.
    pub(in crate::render) high: f64,
}
