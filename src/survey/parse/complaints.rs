//! All complaints about one definition, each at its place.

use std::ops::Range;

use super::document::Document;
use crate::diagnostic::{Diagnostic, Severity};

/// What was found so far.
pub(super) struct Complaints<'a> {
    pub(super) document: &'a Document<'a>,
    found: Vec<Diagnostic>,
}

impl<'a> Complaints<'a> {
    pub(super) fn new(document: &'a Document<'a>) -> Self {
        Self { document, found: Vec::new() }
    }

    /// Notes a complaint about the text at `span`.
    pub(super) fn add(&mut self, span: Range<usize>, complaint: Diagnostic) {
        self.found.push(complaint.at(self.document.place(span)));
    }

    /// An error about the text at `span`, with why it matters and what to do.
    pub(super) fn error(
        &mut self,
        span: Range<usize>,
        code: &'static str,
        message: impl Into<String>,
        why: &str,
        help: impl Into<String>,
    ) {
        self.add(span, Diagnostic::error(code, message).why(why).help(help));
    }

    /// A caution about the text at `span`, with why it matters and what to do.
    pub(super) fn caution(
        &mut self,
        span: Range<usize>,
        code: &'static str,
        message: impl Into<String>,
        why: &str,
        help: impl Into<String>,
    ) {
        self.add(span, Diagnostic::caution(code, message).why(why).help(help));
    }

    /// Adds complaints that have their places.
    pub(super) fn extend(&mut self, complaints: Vec<Diagnostic>) {
        self.found.extend(complaints);
    }

    /// Keeps only what `keep` says yes to.
    pub(super) fn retain(&mut self, keep: impl FnMut(&Diagnostic) -> bool) {
        self.found.retain(keep);
    }

    /// Everything by place, each once; and whether there is an error among it.
    pub(super) fn finish(mut self) -> (Vec<Diagnostic>, bool) {
        let place = |complaint: &Diagnostic| complaint.place.as_ref().map(|at| (at.line, at.column));
        self.found.sort_by_key(place);
        self.found.dedup();
        let failed = self.found.iter().any(|complaint| complaint.severity == Severity::Error);
        (self.found, failed)
    }
}
