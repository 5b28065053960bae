//! The keys of a list: exact texts first, then what spreadsheets make of numbers.

use std::borrow::Cow;

use hashbrown::{HashMap, HashTable};
use xxhash_rust::xxh3::xxh3_64;

use super::texts::Texts;
use crate::survey::normalize;

/// What a key stands for in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// A row, by number.
    Row(u32),
    /// There is no key.
    Blank,
    /// The list does not have it.
    Nothing {
        /// It would, if zeros at the start of numbers were nothing.
        without_zeros: bool,
    },
}

/// The keys, each with its row.
#[derive(Debug, Default)]
pub(super) struct Keys {
    texts: Texts,
    rows: Vec<u32>,
    by_text: HashTable<u32>,
    /// Keys such as `123.0`, by `123`; none where two rows would be meant.
    numbers: HashMap<String, Option<u32>>,
    /// Keys such as `007`, by `7`; none where two rows would be meant.
    zeros: HashMap<String, Option<u32>>,
    ignores_zeros: bool,
    /// Texts that mean blank.
    missing: Vec<String>,
}

impl Keys {
    pub(super) fn new(ignores_zeros: bool, missing: &[String]) -> Self {
        let missing = missing.iter().map(|text| normalize(text)).collect();
        Self { ignores_zeros, missing, ..Self::default() }
    }

    pub(super) fn len(&self) -> usize {
        self.texts.len()
    }

    /// How many bytes of text are held.
    pub(super) fn size(&self) -> usize {
        self.texts.size()
    }

    /// The key of a cell as it is compared; none where it is blank.
    pub(super) fn text<'a>(&self, cell: &'a [u8]) -> Option<Cow<'a, str>> {
        let text = match std::str::from_utf8(cell) {
            Ok(text) if is_plain(text) => Cow::Borrowed(text),
            _ => Cow::Owned(normalize(&String::from_utf8_lossy(cell))),
        };
        (!text.is_empty() && !self.missing.iter().any(|missing| *missing == *text)).then_some(text)
    }

    /// Adds a key with its row; where it is there already, its number and its row.
    pub(super) fn insert(&mut self, text: &str, row: u32) -> Option<(u32, u32)> {
        if let Some(number) = self.number(text) {
            return self.rows.get(number as usize).map(|row| (number, *row));
        }
        let number = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        self.texts.push(text.as_bytes());
        self.rows.push(row);
        let texts = &self.texts;
        let hash = |number: &u32| xxh3_64(texts.get(*number as usize));
        self.by_text.insert_unique(xxh3_64(text.as_bytes()), number, hash);
        let plain = whole_number(text).unwrap_or(text);
        if plain != text {
            enter(&mut self.numbers, plain, row);
        }
        if let Some(short) = without_zeros(plain).filter(|short| *short != plain) {
            enter(&mut self.zeros, short, row);
        }
        None
    }

    /// What a cell of the answers stands for.
    pub(super) fn find(&self, cell: &[u8]) -> Found {
        let Some(text) = self.text(cell) else { return Found::Blank };
        let plain = whole_number(&text).unwrap_or(&text);
        let found = self.exact(&text).or_else(|| self.plain(plain));
        if let Some(row) = found {
            return Found::Row(row);
        }
        let Some(short) = without_zeros(plain) else { return Found::Nothing { without_zeros: false } };
        let found = match (self.plain(short), self.zeros.get(short).copied()) {
            (row, None) | (None, Some(row)) => row,
            // Either could be meant.
            (Some(one), Some(other)) => other.filter(|other| *other == one),
        };
        match found {
            Some(row) if self.ignores_zeros => Found::Row(row),
            found => Found::Nothing { without_zeros: found.is_some() },
        }
    }

    fn plain(&self, text: &str) -> Option<u32> {
        self.exact(text).or_else(|| self.numbers.get(text).copied().flatten())
    }

    fn exact(&self, text: &str) -> Option<u32> {
        self.number(text).and_then(|number| self.rows.get(number as usize).copied())
    }

    fn number(&self, text: &str) -> Option<u32> {
        let is_it = |number: &u32| self.texts.get(*number as usize) == text.as_bytes();
        self.by_text.find(xxh3_64(text.as_bytes()), is_it).copied()
    }
}

fn enter(rows: &mut HashMap<String, Option<u32>>, text: &str, row: u32) {
    rows.entry_ref(text)
        .and_modify(|known| *known = known.filter(|known| *known == row))
        .or_insert(Some(row));
}

/// Whether a text is compared as it stands.
fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_inner = |byte: Option<&u8>| byte.is_none_or(u8::is_ascii_graphic);
    text.is_ascii() && is_inner(bytes.first()) && is_inner(bytes.last())
}

/// `123` of `123.0`, which is what some programs make of a number in a table.
fn whole_number(text: &str) -> Option<&str> {
    let (whole, rest) = text.split_once('.')?;
    let is_whole = !whole.is_empty()
        && !rest.is_empty()
        && whole.bytes().all(|byte| byte.is_ascii_digit())
        && rest.bytes().all(|byte| byte == b'0');
    is_whole.then_some(whole)
}

/// `7` of `007`; none of what is not all digits.
fn without_zeros(text: &str) -> Option<&str> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let short = text.trim_start_matches('0');
    Some(if short.is_empty() { &text[text.len() - 1..] } else { short })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(ignores_zeros: bool, texts: &[&str]) -> Keys {
        let mut keys = Keys::new(ignores_zeros, &["NA".to_owned()]);
        for (row, text) in texts.iter().enumerate() {
            let text = keys.text(text.as_bytes()).unwrap().into_owned();
            keys.insert(&text, u32::try_from(row).unwrap());
        }
        keys
    }

    const NOTHING: Found = Found::Nothing { without_zeros: false };

    #[test]
    fn keys_are_trimmed_and_composed_and_otherwise_exact() {
        let keys = keys(false, &["C-1", " Cafe\u{301}", "c-1"]);
        let found = |text: &str| keys.find(text.as_bytes());
        assert_eq!([found(" C-1\t"), found("Caf\u{e9}\u{a0}"), found("c-1")], [0, 1, 2].map(Found::Row));
        assert_eq!(found("C-10"), NOTHING);
        assert_eq!([found(""), found("  "), found("NA ")], [Found::Blank; 3]);
    }

    #[test]
    fn numbers_of_spreadsheets_are_the_same_with_a_point_and_zeros() {
        let keys = keys(false, &["12", "34.0", "1.50", "5", "5.0"]);
        let found = |text: &str| keys.find(text.as_bytes());
        assert_eq!([found("12.0"), found("34"), found("34.00")], [0, 1, 1].map(Found::Row));
        assert_eq!(
            [found("5"), found("5.0")],
            [3, 4].map(Found::Row),
            "what is there as it stands comes first"
        );
        assert_eq!([found("1.5"), found("."), found("0.")], [NOTHING; 3]);
    }

    #[test]
    fn zeros_at_the_start_count_unless_they_are_ignored() {
        let texts = ["007", "8", "0", "A01", "12", "012", "0009.0"];
        let zeros = Found::Nothing { without_zeros: true };
        let strict = keys(false, &texts);
        let loose = keys(true, &texts);
        for (text, row) in [("7", 0), ("07.0", 0), ("08", 1), ("000", 2), ("9", 6)] {
            assert_eq!(strict.find(text.as_bytes()), zeros, "{text}");
            assert_eq!(loose.find(text.as_bytes()), Found::Row(row), "{text}");
        }
        for keys in [&strict, &loose] {
            assert_eq!(keys.find(b"A1"), NOTHING, "only numbers lose their zeros");
            assert_eq!(keys.find(b"012"), Found::Row(5));
            assert_eq!(keys.find(b"0012"), NOTHING, "either row could be meant");
        }
    }

    #[test]
    fn a_key_that_is_there_tells_its_row() {
        let mut keys = keys(false, &["a", "b"]);
        assert_eq!((keys.insert("b", 7), keys.insert("c", 2), keys.len()), (Some((1, 1)), None, 3));
    }
}
