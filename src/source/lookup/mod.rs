//! Columns of lists brought to the answers: each record gets the cells of the row of the list that its key names.
//!
//! The cells are put before those of the record, which stays as it stands: its line, its faults, a field too few. What
//! of the key is compared is its text, trimmed and in NFC. A record without a row in the list is kept, with blank
//! cells, and counted.

mod error;
mod joined;
mod key;
mod list;
mod texts;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

pub use self::error::LookupError;
use self::error::{beside_answers, clash, long_header, twice};
use self::joined::Joined;
use self::key::Found;
pub use self::list::{List, MOST_BYTES, MOST_KEYS};
use super::head::{self, HeadOptions, OpenedSource};
use super::header::Header;
use super::input::{self, InputName, OpenedInput};
use super::late_encoding;
use super::layout::Edits;
use crate::survey::{is_same_name, normalize};

/// A list and what became of the answers' keys in it.
#[derive(Debug)]
pub struct Brought {
    /// The list.
    pub list: List,
    matched: AtomicU64,
    unmatched: AtomicU64,
    blank: AtomicU64,
    without_zeros: AtomicU64,
}

impl Brought {
    /// A list in which no key was looked for yet.
    pub fn new(list: List) -> Self {
        let [matched, unmatched, blank, without_zeros] = Default::default();
        Self { list, matched, unmatched, blank, without_zeros }
    }

    /// What became of the keys of every record read so far.
    pub fn matches(&self) -> Matches {
        let read = |count: &AtomicU64| count.load(Ordering::Relaxed);
        Matches {
            matched: read(&self.matched),
            unmatched: read(&self.unmatched),
            blank: read(&self.blank),
            without_zeros: read(&self.without_zeros),
        }
    }

    /// Puts these in place of what was counted: answers that are read once more count once.
    pub fn set(&self, matches: Matches) {
        self.matched.store(matches.matched, Ordering::Relaxed);
        self.unmatched.store(matches.unmatched, Ordering::Relaxed);
        self.blank.store(matches.blank, Ordering::Relaxed);
        self.without_zeros.store(matches.without_zeros, Ordering::Relaxed);
    }

    fn note(&self, matches: Matches) {
        self.matched.fetch_add(matches.matched, Ordering::Relaxed);
        self.unmatched.fetch_add(matches.unmatched, Ordering::Relaxed);
        self.blank.fetch_add(matches.blank, Ordering::Relaxed);
        self.without_zeros.fetch_add(matches.without_zeros, Ordering::Relaxed);
    }
}

/// What became of the keys of some records: each is matched, unmatched or blank.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Matches {
    /// Records with a row in the list.
    pub matched: u64,
    /// Records with a key that is not in the list.
    pub unmatched: u64,
    /// Records without a key.
    pub blank: u64,
    /// Unmatched records that would have a row, if zeros at the start of numbers were nothing.
    pub without_zeros: u64,
}

impl Matches {
    fn add(&mut self, found: Found) {
        match found {
            Found::Row(_) => self.matched += 1,
            Found::Blank => self.blank += 1,
            Found::Nothing { without_zeros } => {
                self.unmatched += 1;
                self.without_zeros += u64::from(without_zeros);
            }
        }
    }
}

/// Opens an input with the columns of the lists before its own, and looks at its head.
///
/// A key that the input lacks is blank in all its records: whether another input has it is judged where columns are
/// bound.
///
/// # Errors
/// The input cannot be read, or has a column of the name of one that is brought.
pub fn open(
    name: &InputName,
    options: &HeadOptions,
    lists: &[Arc<Brought>],
) -> Result<OpenedSource, LookupError> {
    let before: Vec<Matches> = lists.iter().map(|brought| brought.matches()).collect();
    late_encoding::open_by(name, options, |options| {
        lists.iter().zip(&before).for_each(|(brought, before)| brought.set(*before));
        open_noting(name, options, lists, None)
    })
}

/// As [`open`]; `edits` is told of every cell that is passed on otherwise than it stands in the file.
///
/// # Errors
/// As for [`open`].
pub fn open_noting(
    name: &InputName,
    options: &HeadOptions,
    lists: &[Arc<Brought>],
    edits: Option<Box<dyn Edits>>,
) -> Result<OpenedSource, LookupError> {
    let input = input::open(name, &options.input, edits).map_err(head::HeadError::from)?;
    if lists.is_empty() || head::separator_line(input.sample()).is_some() {
        return Ok(head::read(input, options)?);
    }
    let (joined, brought) = join(input, lists, options)?;
    let mut opened = head::read(joined, options)?;
    let profile = &mut opened.profile;
    profile.header_fields = profile.header_fields.saturating_sub(brought);
    let of_file = |(fields, rows): (&usize, &u64)| (fields.saturating_sub(brought), *rows);
    profile.fields = profile.fields.iter().map(of_file).collect();
    // Opened once more, the file would lack the columns: what stands here is kept for a second reading.
    opened.source.again = None;
    Ok(opened)
}

/// The input with the brought columns before its own, and how many they are.
fn join(
    input: OpenedInput,
    lists: &[Arc<Brought>],
    options: &HeadOptions,
) -> Result<(OpenedInput, usize), LookupError> {
    let delimiter = head::delimiter_of(&input, options);
    if input.is_sample_full() && !head::first_record_ends(input.sample(), delimiter.byte()) {
        return Err(long_header(input.name()));
    }
    let header = Header::parse(input.sample(), delimiter.byte());
    let mut names: Vec<String> = Vec::new();
    let mut keys = Vec::new();
    for brought in lists {
        let lookup = brought.list.lookup();
        keys.push(key_of(&header, &names, &lookup.key, input.name(), lookup)?);
        for name in brought.list.names() {
            if header.names().contains(name) {
                return Err(beside_answers(name, input.name(), &brought.list, header.names()));
            }
            if names.contains(name) {
                return Err(clash(name, &brought.list));
            }
            names.push(name.clone());
        }
    }
    let brought = names.len();
    let lists = lists.to_vec();
    let joined = input
        .with_columns(brought, delimiter, |stream| {
            Box::new(Joined::new(stream, delimiter.byte(), lists, keys))
        })
        .map_err(head::HeadError::from)?;
    Ok((joined, brought))
}

/// Where a key stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum KeyAt {
    /// In the record, from 0.
    Record(usize),
    /// Among the cells that lists before have brought.
    Brought(usize),
    /// Nowhere.
    Absent,
}

fn key_of(
    header: &Header,
    brought: &[String],
    key: &str,
    input: &InputName,
    lookup: &crate::survey::Lookup,
) -> Result<KeyAt, LookupError> {
    let key = normalize(key);
    let place = |names: &[String]| names.iter().position(|name| *name == key);
    if header.duplicates().iter().any(|duplicate| duplicate.name == key) {
        return Err(twice(&key, &input.to_string(), lookup));
    }
    Ok(match (place(header.names()), place(brought)) {
        (Some(position), _) => KeyAt::Record(position),
        (None, Some(position)) => KeyAt::Brought(position),
        // As the columns of a definition are found in a file: under another case or with other blanks, if only one is.
        (None, None) => {
            let mut alike =
                (0..header.len()).filter(|position| is_same_name(&header.names()[*position], &key));
            match (alike.next(), alike.next()) {
                (Some(position), None) => KeyAt::Record(position),
                _ => KeyAt::Absent,
            }
        }
    })
}

#[cfg(test)]
mod tests;
