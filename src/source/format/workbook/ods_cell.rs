//! One cell of an OpenDocument table: its value stands in attributes, its words in paragraphs.

use super::cell::{push_iso, push_shortest};
use super::xml::Tag;

/// A cell whose end is still to come.
pub(super) struct OpenCell {
    pub(super) column: u32,
    pub(super) repeats: u32,
    kind: Kind,
    /// What its attributes say that it holds.
    stored: String,
    text: String,
    paragraphs: u32,
    is_in_paragraph: bool,
    /// How deep in a note or a drawing, whose words are not the cell's.
    aside: u32,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Number,
    Bool,
    Moment,
}

impl OpenCell {
    /// The cell that this tag opens, standing in a column and the next `repeats - 1`.
    pub(super) fn new(tag: &Tag<'_>, column: u32, repeats: u32) -> Self {
        let (kind, stored) = match tag.raw(b"value-type") {
            Some(b"float" | b"percentage" | b"currency") => (Kind::Number, tag.value(b"value")),
            Some(b"boolean") => (Kind::Bool, tag.value(b"boolean-value")),
            Some(b"date") => (Kind::Moment, tag.value(b"date-value")),
            Some(b"time") => (Kind::Moment, tag.value(b"time-value")),
            _ => (Kind::Text, tag.value(b"string-value")),
        };
        Self {
            column,
            repeats,
            kind,
            stored: stored.unwrap_or_default(),
            text: String::new(),
            paragraphs: 0,
            is_in_paragraph: false,
            aside: 0,
        }
    }

    /// A tag within it.
    pub(super) fn enter(&mut self, tag: &Tag<'_>) {
        match tag.name {
            b"annotation" | b"frame" | b"custom-shape" | b"shapes" if !tag.is_closed => self.aside += 1,
            _ if self.aside > 0 => {}
            b"p" | b"h" => {
                if self.paragraphs > 0 {
                    self.text.push('\n');
                }
                self.paragraphs += 1;
                self.is_in_paragraph = !tag.is_closed;
            }
            b"s" => {
                let count = repeats_of(tag, b"c").min(1000);
                self.text.extend(std::iter::repeat_n(' ', usize::try_from(count).unwrap_or(1)));
            }
            b"tab" => self.text.push('\t'),
            b"line-break" => self.text.push('\n'),
            _ => {}
        }
    }

    /// The end of a tag within it.
    pub(super) fn leave(&mut self, name: &[u8]) {
        match name {
            b"annotation" | b"frame" | b"custom-shape" | b"shapes" => {
                self.aside = self.aside.saturating_sub(1);
            }
            b"p" | b"h" if self.aside == 0 => self.is_in_paragraph = false,
            _ => {}
        }
    }

    /// Whether text that comes now is the cell's.
    pub(super) fn is_in_text(&self) -> bool {
        self.is_in_paragraph && self.aside == 0
    }

    /// Words of a paragraph: white space counts as one blank, more of it has a tag of its own.
    pub(super) fn push_words(&mut self, words: &str) {
        let mut is_blank = self.text.is_empty() || self.text.ends_with([' ', '\n']);
        for character in words.chars() {
            if matches!(character, ' ' | '\t' | '\r' | '\n') {
                if !is_blank {
                    self.text.push(' ');
                }
                is_blank = true;
            } else {
                self.text.push(character);
                is_blank = false;
            }
        }
    }

    /// What the cell holds, once it is closed.
    pub(super) fn into_text(self) -> String {
        let mut text = String::new();
        match self.kind {
            Kind::Number => match self.stored.trim().parse::<f64>() {
                Ok(value) if value.is_finite() => push_shortest(value, &mut text),
                _ => return self.text,
            },
            Kind::Bool if self.stored == "true" => text.push_str("TRUE"),
            Kind::Bool if self.stored == "false" => text.push_str("FALSE"),
            Kind::Moment if !self.stored.is_empty() => push_iso(&self.stored, &mut text),
            Kind::Text if self.paragraphs == 0 => return self.stored,
            _ => return self.text,
        }
        text
    }
}

/// How often something stands there, once where it does not say.
pub(super) fn repeats_of(tag: &Tag<'_>, name: &[u8]) -> u32 {
    let number = tag.raw(name).and_then(|raw| std::str::from_utf8(raw).ok()?.trim().parse::<u64>().ok());
    number.map_or(1, |number| u32::try_from(number.max(1)).unwrap_or(u32::MAX / 2))
}
