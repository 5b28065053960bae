//! Declared texts and the codes they stand for.

use std::collections::BTreeMap;

use crate::source::number::Fixed;
use crate::source::text::trim;
use crate::survey::{Code, Missing, fold};

/// Texts with a meaning, found folded or, where they are numbers, by value. The first to declare a text keeps it.
#[derive(Clone, Debug, Default)]
pub(in crate::source) struct Lexicon {
    texts: BTreeMap<String, Code>,
    numbers: BTreeMap<Fixed, Code>,
}

impl Lexicon {
    /// The texts that mean blank.
    pub(in crate::source) fn of_missing(missing: &[String]) -> Self {
        let mut lexicon = Self::default();
        lexicon.insert_all(missing, Missing::Blank.code());
        lexicon
    }

    /// Gives texts a meaning, as texts and as numbers.
    pub(in crate::source) fn insert_all(&mut self, texts: &[String], code: Code) {
        for text in texts {
            self.insert(text, code);
        }
    }

    /// Gives a text a meaning, and the number that it writes.
    pub(in crate::source) fn insert(&mut self, text: &str, code: Code) {
        self.insert_text(text, code);
        if let Some(number) = Fixed::parse(trim(text.as_bytes())) {
            self.insert_number(number, code);
        }
    }

    /// Gives a text a meaning, but not the number that it writes.
    pub(in crate::source) fn insert_text(&mut self, text: &str, code: Code) {
        self.texts.entry(fold(text)).or_insert(code);
    }

    /// Gives a number a meaning, however it is written.
    pub(in crate::source) fn insert_number(&mut self, number: Fixed, code: Code) {
        self.numbers.entry(number).or_insert(code);
    }

    /// The meaning of a trimmed text.
    pub(in crate::source) fn get(&self, text: &str) -> Option<Code> {
        let number = Fixed::parse(text.as_bytes()).and_then(|number| self.number(number));
        number.or_else(|| self.texts.get(&fold(text)).copied())
    }

    /// The meaning of a number.
    pub(in crate::source) fn number(&self, number: Fixed) -> Option<Code> {
        if self.numbers.is_empty() { None } else { self.numbers.get(&number).copied() }
    }

    /// The meaning of the number that a text writes in any style, where only one of its readings has a meaning: `4,000`
    /// is 4 on a scale that has no 4000.
    pub(in crate::source) fn however_written(&self, text: &str) -> Option<Code> {
        if self.numbers.is_empty() {
            return None;
        }
        let mut meanings = Fixed::readings(text).filter_map(|number| self.number(number));
        let first = meanings.next()?;
        meanings.all(|other| other == first).then_some(first)
    }

    /// The folded texts.
    pub(in crate::source) fn texts(&self) -> impl Iterator<Item = &str> {
        self.texts.keys().map(String::as_str)
    }
}
