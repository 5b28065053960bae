//! Cells that hold one of some texts; what differs only in writing is one category.

use std::collections::BTreeMap;

use hashbrown::HashMap;
use indexmap::IndexMap;

use super::column::Outcome;
use crate::source::MAX_CATEGORIES;
use crate::source::coder::Lexicon;
use crate::source::memo::Memo;
use crate::source::text::text;
use crate::survey::{fold, normalize};

/// The most ways of writing that are counted apart.
const MOST_SPELLINGS: usize = 4 * MAX_CATEGORIES;
/// The most bytes that the texts of a column may have.
pub(super) const MOST_TEXT: usize = 64 * 1024 * 1024;
/// The longest text in bytes that is a category; what is longer was written to somebody.
const LONGEST: usize = 2_000;
/// Distinct texts that are remembered.
const REMEMBERED: usize = 16_384;

/// The categories of a field, one a case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Categories {
    codes: Vec<u16>,
    names: Vec<String>,
}

/// A category that is written in several ways.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JoinedCategory {
    /// Its name: the way in which it is written most, without needless white space; of equals the first in sort order.
    pub kept: String,
    /// The other ways, as they stand in the file, each with its cells; those with most cells first, then in sort order.
    pub variants: Vec<(String, u64)>,
}

impl Categories {
    /// What stands for no category.
    pub const NONE: u16 = u16::MAX;

    /// By case the place of its name, [`Self::NONE`] without a category.
    pub fn codes(&self) -> &[u16] {
        &self.codes
    }

    /// The names, in sort order: trimmed, NFC, white space between words as one blank, all else as it stands.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The category of a case.
    pub fn get(&self, case: usize) -> Option<&str> {
        self.names.get(usize::from(*self.codes.get(case)?)).map(String::as_str)
    }

    /// Adds cases without a category, up to so many in all.
    pub(super) fn pad(&mut self, cases: usize) {
        self.codes.resize(cases, Self::NONE);
    }

    /// Puts so many cases without a category in front.
    pub(super) fn behind(&mut self, before: usize) {
        self.codes.splice(0..0, std::iter::repeat_n(Self::NONE, before));
    }

    /// How many cases have each category, by the place of its name.
    pub fn counts(&self) -> Vec<u64> {
        let mut counts = vec![0; self.names.len()];
        for code in &self.codes {
            if let Some(count) = counts.get_mut(usize::from(*code)) {
                *count += 1;
            }
        }
        counts
    }
}

/// A way of writing a category.
#[derive(Clone, Copy, Debug)]
struct Spelling {
    category: u16,
    cells: u64,
}

/// Reads categories.
#[derive(Debug)]
pub(super) struct CategoryReader {
    memo: Memo<Outcome<u32>>,
    texts: Texts,
    codes: Vec<u16>,
}

/// The texts that were met.
#[derive(Debug)]
struct Texts {
    missing: Lexicon,
    spellings: IndexMap<String, Spelling>,
    /// The categories by their folded text.
    categories: HashMap<String, u16>,
    bytes: usize,
    overflow: bool,
}

impl CategoryReader {
    /// A reader; `missing` are the texts that mean blank.
    pub(super) fn new(missing: &[String]) -> Self {
        let texts = Texts {
            missing: Lexicon::of_missing(missing),
            spellings: IndexMap::new(),
            categories: HashMap::new(),
            bytes: 0,
            overflow: false,
        };
        Self { memo: Memo::new(REMEMBERED), texts, codes: Vec::new() }
    }

    /// Adds a case.
    #[inline]
    pub(super) fn push(&mut self, cell: &[u8]) -> Outcome {
        let Self { memo, texts, codes } = self;
        let (number, outcome) = memo.get_or(cell, |cell| texts.find(cell)).split(u32::MAX);
        let spelling = texts.spellings.get_index_mut(number as usize).map(|(_, spelling)| spelling);
        codes.push(spelling.map_or(Categories::NONE, |spelling| {
            spelling.cells += 1;
            spelling.category
        }));
        outcome
    }

    /// Whether there are more texts than are told apart.
    pub(super) fn overflow(&self) -> bool {
        self.texts.overflow
    }

    /// The categories by the names that they are given most, and those that are written in several ways.
    pub(super) fn finish(self) -> (Categories, Vec<JoinedCategory>) {
        let mut ways: Vec<Vec<(String, u64)>> = vec![Vec::new(); self.texts.categories.len()];
        for (text, Spelling { category, cells }) in self.texts.spellings {
            if let Some(ways) = ways.get_mut(usize::from(category)) {
                ways.push((text, cells));
            }
        }
        let (names, code_of, joined) = settle(ways);
        let mut codes = self.codes;
        for code in &mut codes {
            *code = code_of.get(usize::from(*code)).copied().unwrap_or(Categories::NONE);
        }
        codes.shrink_to_fit();
        (Categories { codes, names }, joined)
    }
}

impl Texts {
    /// The number of the way in which a cell is written.
    fn find(&mut self, cell: &[u8]) -> Outcome<u32> {
        let Ok(as_written) = std::str::from_utf8(cell) else { return Outcome::Unreadable };
        let number = |at: usize| u32::try_from(at).map_or(Outcome::Unreadable, Outcome::Read);
        if let Some(at) = self.spellings.get_index_of(as_written) {
            return number(at);
        }
        match text(cell) {
            None | Some("") => return Outcome::Blank,
            Some(text) if self.missing.get(text).is_some() => return Outcome::Blank,
            Some(_) if cell.len() > LONGEST => return Outcome::Unreadable,
            Some(_) => {}
        }
        let folded = fold(as_written);
        self.bytes += as_written.len();
        let is_new = !self.categories.contains_key(&folded);
        if self.spellings.len() >= MOST_SPELLINGS
            || self.bytes > MOST_TEXT
            || (is_new && self.categories.len() >= MAX_CATEGORIES)
        {
            self.overflow = true;
            return Outcome::Unreadable;
        }
        let next = u16::try_from(self.categories.len()).unwrap_or(Categories::NONE);
        let category = *self.categories.entry(folded).or_insert(next);
        let (at, _) = self.spellings.insert_full(as_written.to_owned(), Spelling { category, cells: 0 });
        number(at)
    }
}

/// The names of categories, in sort order, by their ways of writing; the place of each among the names; and those that are
/// written in several ways.
fn settle(mut ways: Vec<Vec<(String, u64)>>) -> (Vec<String>, Vec<u16>, Vec<JoinedCategory>) {
    let mut named: Vec<(String, usize)> =
        ways.iter().enumerate().map(|(category, ways)| (name(ways), category)).collect();
    named.sort_unstable();
    let mut code_of = vec![Categories::NONE; named.len()];
    let (mut names, mut joined) = (Vec::with_capacity(named.len()), Vec::new());
    for (kept, category) in named {
        if let Some(code) = code_of.get_mut(category) {
            *code = u16::try_from(names.len()).unwrap_or(Categories::NONE);
        }
        let mut variants = ways.get_mut(category).map(std::mem::take).unwrap_or_default();
        if variants.len() > 1 {
            variants.retain(|(text, _)| *text != kept);
            variants.sort_unstable_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
            joined.push(JoinedCategory { kept: kept.clone(), variants });
        }
        names.push(kept);
    }
    (names, code_of, joined)
}

/// Categories of the cases of two files, one behind the other, with the ways of writing of each; `None` where they are more
/// than are told apart.
pub(super) fn together(
    one: (Categories, Vec<JoinedCategory>),
    other: (Categories, Vec<JoinedCategory>),
) -> Option<(Categories, Vec<JoinedCategory>)> {
    let mut all: IndexMap<String, BTreeMap<String, u64>> = IndexMap::new();
    let mut codes: Vec<usize> = Vec::with_capacity(one.0.codes.len() + other.0.codes.len());
    for (found, joined) in [one, other] {
        let mut place_of = Vec::with_capacity(found.names.len());
        for (name, cells) in found.names.iter().zip(found.counts()) {
            let entry = all.entry(fold(name));
            place_of.push(entry.index());
            let ways = entry.or_default();
            let variants = joined.iter().find(|joined| joined.kept == *name);
            let variants = variants.map_or(&[][..], |joined| joined.variants.as_slice());
            let others: u64 = variants.iter().map(|(_, cells)| cells).sum();
            *ways.entry(name.clone()).or_default() += cells.saturating_sub(others);
            for (text, cells) in variants {
                *ways.entry(text.clone()).or_default() += cells;
            }
        }
        let place = |code: &u16| place_of.get(usize::from(*code)).copied().unwrap_or(usize::MAX);
        codes.extend(found.codes.iter().map(place));
    }
    if all.len() > MAX_CATEGORIES {
        return None;
    }
    let (names, code_of, joined) = settle(all.into_values().map(|ways| ways.into_iter().collect()).collect());
    let code = |place: usize| code_of.get(place).copied().unwrap_or(Categories::NONE);
    Some((Categories { codes: codes.into_iter().map(code).collect(), names }, joined))
}

/// The name of a category that is written in these ways.
fn name(ways: &[(String, u64)]) -> String {
    let mut names: BTreeMap<String, u64> = BTreeMap::new();
    for (text, cells) in ways {
        let words = normalize(text);
        *names.entry(words.split_whitespace().collect::<Vec<_>>().join(" ")).or_default() += cells;
    }
    let most = names.values().max().copied();
    names.into_iter().find(|(_, cells)| Some(*cells) == most).map(|(name, _)| name).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cells: &[&str]) -> (Categories, Vec<JoinedCategory>, Vec<Outcome>) {
        let mut reader = CategoryReader::new(&[String::new(), "n/a".to_owned()]);
        let outcomes = cells.iter().map(|cell| reader.push(cell.as_bytes())).collect();
        assert!(!reader.overflow());
        let (categories, joined) = reader.finish();
        (categories, joined, outcomes)
    }

    fn joined(kept: &str, variants: &[(&str, u64)]) -> JoinedCategory {
        let variants = variants.iter().map(|(text, cells)| ((*text).to_owned(), *cells)).collect();
        JoinedCategory { kept: kept.to_owned(), variants }
    }

    #[test]
    fn what_differs_in_writing_only_is_one_category() {
        let (categories, found, _) = read(&[
            "late  delivery",
            "Late delivery",
            "Late delivery ",
            "LATE DELIVERY",
            "Damage",
            "Qualit\u{e9}",
            "Qualite\u{301}",
            "Late\ndelivery",
        ]);
        assert_eq!(categories.names(), ["Damage", "Late delivery", "Qualit\u{e9}"]);
        assert_eq!(categories.codes(), [1, 1, 1, 1, 0, 2, 2, 1]);
        assert_eq!(categories.counts(), [1, 5, 2]);
        let variants =
            [("LATE DELIVERY", 1), ("Late\ndelivery", 1), ("Late delivery ", 1), ("late  delivery", 1)];
        assert_eq!(
            found,
            [joined("Late delivery", &variants), joined("Qualit\u{e9}", &[("Qualite\u{301}", 1)])]
        );
    }

    #[test]
    fn the_most_frequent_writing_names_it_and_of_equals_the_first() {
        let (categories, found, _) = read(&["PRICE", "price", "price", "Staff", "STAFF"]);
        assert_eq!(categories.names(), ["STAFF", "price"]);
        assert_eq!(found, [joined("STAFF", &[("Staff", 1)]), joined("price", &[("PRICE", 1)])]);
        let (categories, found, _) = read(&[" North ", " North "]);
        assert_eq!((categories.names(), found.len()), (&["North".to_owned()][..], 0), "one way of writing");
    }

    #[test]
    fn blanks_and_what_is_no_category() {
        let long = "x".repeat(LONGEST + 1);
        let (categories, _, outcomes) = read(&["", " \u{a0}", "N/A", &long, "=1+1", "a\u{1b}[31m\u{7}"]);
        let kept = Outcome::Read(());
        assert_eq!(
            outcomes,
            [Outcome::Blank, Outcome::Blank, Outcome::Blank, Outcome::Unreadable, kept, kept]
        );
        assert_eq!(categories.names(), ["=1+1", "a\u{1b}[31m\u{7}"], "texts stay texts");
        assert_eq!((categories.get(0), categories.get(4), categories.get(9)), (None, Some("=1+1"), None));
        let mut reader = CategoryReader::new(&[]);
        assert_eq!(reader.push(b"caf\xe9"), Outcome::Unreadable);
    }

    #[test]
    fn too_many_texts_are_said_and_not_held() {
        let mut reader = CategoryReader::new(&[]);
        for number in 0..MAX_CATEGORIES {
            assert_eq!(reader.push(format!("text {number}").as_bytes()), Outcome::Read(()));
        }
        assert!(!reader.overflow());
        assert_eq!(reader.push(b"TEXT 64999"), Outcome::Read(()), "one more way of writing");
        assert_eq!(reader.push(b"one more"), Outcome::Unreadable);
        assert!(reader.overflow());
        let (categories, _) = reader.finish();
        assert_eq!(
            (categories.names().len(), categories.codes().len()),
            (MAX_CATEGORIES, MAX_CATEGORIES + 2)
        );
        assert_eq!(categories.get(MAX_CATEGORIES), Some("TEXT 64999"));
    }

    #[test]
    fn many_long_texts_are_too_many() {
        let mut reader = CategoryReader::new(&[]);
        let long = "y".repeat(LONGEST - 1);
        assert_eq!(reader.push(format!("1{long}").as_bytes()), Outcome::Read(()));
        assert_eq!(reader.texts.bytes, LONGEST);
        reader.texts.bytes = MOST_TEXT - LONGEST;
        assert_eq!(reader.push(format!("2{long}").as_bytes()), Outcome::Read(()));
        assert!(!reader.overflow());
        assert_eq!(reader.push(format!("3{long}").as_bytes()), Outcome::Unreadable);
        assert!(reader.overflow());
    }
}
