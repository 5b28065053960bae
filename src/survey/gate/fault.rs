//! A complaint about a part of a text that is not placed yet: typed, or a value in a definition.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Place};

/// What is wrong with a part of a text.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::survey) struct Fault {
    /// The part, in bytes.
    pub(in crate::survey) at: Range<usize>,
    pub(in crate::survey) code: &'static str,
    pub(in crate::survey) message: String,
    pub(in crate::survey) help: String,
}

impl Fault {
    pub(super) fn new(
        at: Range<usize>,
        code: &'static str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self { at, code, message: message.into(), help: help.into() }
    }

    /// The complaint without a place.
    pub(in crate::survey) fn diagnostic(&self) -> Diagnostic {
        Diagnostic::error(self.code, self.message.clone()).help(self.help.clone())
    }

    /// The complaint about a text that was typed.
    pub(super) fn typed(&self, text: &str) -> Diagnostic {
        let count = |to: usize| text.get(..to).map_or(0, |before| before.chars().count());
        let (start, end) = (count(self.at.start), count(self.at.end));
        self.diagnostic().at(Place {
            file: "--fail-if".to_owned(),
            line: 1,
            column: start + 1,
            source: text.replace(['\n', '\r'], " "),
            length: end.saturating_sub(start).max(1),
        })
    }
}
