//! One shape for every complaint about a file: what, where, the line itself, why it matters, what to do.
//!
//! Definitions, expressions and data files all complain through [`Diagnostic`], so that the program prints
//! them alike and a reader learns the shape once. Nothing here prints.

/// A position in a text file, with the line it stands on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The name of the file as it was given.
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
    /// The column in characters, counted from 1.
    pub column: usize,
    /// The text of that line, without its line end; empty when it is not at hand.
    pub source: String,
    /// How many characters the caret underlines, at least 1.
    pub length: usize,
}

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing; nothing is wrong.
    Note,
    /// The work goes on, the reader should look.
    Caution,
    /// The work cannot go on.
    Error,
}

/// One complaint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// A stable name, such as `unknown_key`.
    pub code: &'static str,
    /// What is wrong: names the thing, what was found, what was expected; lower case, no full stop.
    pub message: String,
    /// Where, when there is a place.
    pub place: Option<Place>,
    /// Why it matters, in a sentence.
    pub why: Option<String>,
    /// What to do.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error without a place yet.
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message)
    }

    /// A caution without a place yet.
    pub fn caution(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Caution, code, message)
    }

    /// A note without a place yet.
    pub fn note(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Note, code, message)
    }

    fn new(severity: Severity, code: &'static str, message: impl Into<String>) -> Self {
        Self { severity, code, message: message.into(), place: None, why: None, help: None }
    }

    /// Says where.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// Says why it matters.
    #[must_use]
    pub fn why(mut self, why: impl Into<String>) -> Self {
        self.why = Some(why.into());
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}
