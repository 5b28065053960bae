//! Cells of a choice or a segment: declared categories by code or label, others as they come.

use hashbrown::HashMap;
use indexmap::IndexMap;

use super::answer_code;
use super::lexicon::Lexicon;
use crate::source::memo::Memo;
use crate::source::records::{Record, Records};
use crate::source::text::text;
use crate::survey::{Code, Missing, normalize};

/// How many categories one column may have.
pub const MAX_CATEGORIES: usize = 65_000;

/// Distinct texts that are remembered.
const REMEMBERED: usize = 16_384;

/// Codes the cells of a choice or a segment.
///
/// Categories are labels: several declared texts with one label are one category. A cell is looked for among the
/// declared texts (as written, then folded, then as a number), the texts that mean blank, and the labels (folded).
/// What is none of these is a category of its own: trimmed and NFC, its letter case kept. In a closed list it is
/// invalid.
#[derive(Clone, Debug)]
pub struct CategoryCoder {
    memo: Memo<Code>,
    categories: Categories,
}

impl CategoryCoder {
    /// A coder: the labels are the first categories, in their order; `missing` are the texts that mean blank.
    pub fn new(labels: &IndexMap<String, String>, closed: bool, missing: &[String]) -> Self {
        let mut categories =
            Categories { missing: Lexicon::of_missing(missing), closed, ..Categories::default() };
        for (text, label) in labels {
            categories.declare(text, label);
        }
        Self { memo: Memo::new(REMEMBERED), categories }
    }

    /// The code of a cell.
    #[inline]
    pub fn code(&mut self, cell: &[u8]) -> Code {
        let Self { memo, categories } = self;
        memo.get_or(cell, |cell| categories.find(cell))
    }

    /// The code of a field; `copy` is room for its value.
    #[inline]
    pub fn code_field(
        &mut self,
        records: &Records<'_>,
        record: Record,
        position: usize,
        copy: &mut Vec<u8>,
    ) -> Code {
        match self.memo.known_field(records, record, position) {
            Some(code) => code,
            None => self.look_up(records, record, position, copy),
        }
    }

    #[inline(never)]
    fn look_up(
        &mut self,
        records: &Records<'_>,
        record: Record,
        position: usize,
        copy: &mut Vec<u8>,
    ) -> Code {
        self.code(records.field(record, position, copy))
    }

    /// The categories: code 5 + i is the i-th; declared labels first, in their order, even when never seen.
    pub fn names(&self) -> &[String] {
        &self.categories.names
    }

    /// Whether a category was refused because there are [`MAX_CATEGORIES`]; its cells became invalid.
    pub fn overflow(&self) -> bool {
        self.categories.overflow
    }

    /// The largest number of parts in a declared text that is split at `separator`.
    pub(super) fn longest_split(&self, separator: &str) -> usize {
        let Categories { declared, labels, missing, .. } = &self.categories;
        let texts = declared.texts().chain(labels.texts()).chain(missing.texts());
        texts.map(|text| text.matches(separator).count() + 1).max().unwrap_or(1)
    }

    /// The code of a text that is declared, as a category or as blank.
    pub(super) fn declared(&self, cell: &[u8]) -> Option<Code> {
        self.categories.declared(text(cell)?)
    }
}

#[derive(Clone, Debug, Default)]
struct Categories {
    names: Vec<String>,
    codes: HashMap<String, Code>,
    as_written: HashMap<String, Code>,
    declared: Lexicon,
    missing: Lexicon,
    labels: Lexicon,
    closed: bool,
    overflow: bool,
}

impl Categories {
    fn declare(&mut self, text: &str, label: &str) {
        let name = normalize(label);
        // A label that differs from an earlier one in letter case only is that one: cells could not tell them apart.
        let code = match self.labels.get(&name) {
            Some(code) => code,
            None => self.add(name),
        };
        if Missing::of(code).is_none() {
            self.as_written.entry(normalize(text)).or_insert(code);
            self.declared.insert(text, code);
            self.labels.insert_text(label, code);
        }
    }

    /// A new category, or invalid when there are too many.
    fn add(&mut self, name: String) -> Code {
        let code = answer_code(self.names.len()).filter(|_| self.names.len() < MAX_CATEGORIES);
        let Some(code) = code else {
            self.overflow = true;
            return Missing::Invalid.code();
        };
        self.codes.insert(name.clone(), code);
        self.names.push(name);
        code
    }

    fn find(&mut self, cell: &[u8]) -> Code {
        let Some(text) = text(cell) else {
            return Missing::Invalid.code();
        };
        if text.is_empty() {
            return Missing::Blank.code();
        }
        if let Some(code) = self.declared(text) {
            return code;
        }
        let name = normalize(text);
        match self.codes.get(&name) {
            Some(code) => *code,
            None if self.closed => Missing::Invalid.code(),
            None => self.add(name),
        }
    }

    fn declared(&self, text: &str) -> Option<Code> {
        let as_written =
            if self.as_written.is_empty() { None } else { self.as_written.get(&normalize(text)).copied() };
        as_written
            .or_else(|| self.declared.get(text))
            .or_else(|| self.missing.get(text))
            .or_else(|| self.labels.get(text))
            .or_else(|| self.declared.however_written(text))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const BLANK: Code = Missing::Blank.code();
    const INVALID: Code = Missing::Invalid.code();

    fn coder(labels: &[(&str, &str)], closed: bool) -> CategoryCoder {
        let labels = labels.iter().map(|(text, label)| ((*text).to_owned(), (*label).to_owned())).collect();
        CategoryCoder::new(&labels, closed, &[String::new(), "NA".to_owned(), "-9".to_owned()])
    }

    #[test]
    fn declared_texts_labels_and_numbers_are_one_category() {
        let mut coder = coder(&[("1", "North"), ("2", "South"), ("n", "North")], false);
        for cell in ["1", "1.0", "01", " 1", "1,0", "１", "n", "N", "North", "NORTH", "north\u{a0}"] {
            assert_eq!(coder.code(cell.as_bytes()), 5, "{cell}");
        }
        assert_eq!(coder.code(b"south"), 6);
        assert_eq!(coder.names(), ["North", "South"]);
    }

    #[test]
    fn others_come_as_they_are() {
        let mut coder = coder(&[("1", "North")], false);
        assert_eq!(coder.code(b"east"), 6);
        assert_eq!(coder.code(b"East"), 7);
        assert_eq!(coder.code(b" East "), 7);
        assert_eq!(coder.code("E\u{301}st".as_bytes()), 8);
        assert_eq!(coder.code("Ést".as_bytes()), 8);
        assert_eq!(coder.names(), ["North", "east", "East", "Ést"]);
        assert_eq!(coder.code(b"na"), BLANK);
        assert_eq!(coder.code(b"-9.0"), BLANK);
        assert_eq!(coder.code("\u{a0}".as_bytes()), BLANK);
        assert_eq!(coder.code(b"caf\xe9"), INVALID);
    }

    #[test]
    fn a_closed_list_takes_no_others() {
        let mut coder = coder(&[("y", "Yes"), ("n", "No")], true);
        assert_eq!(coder.code(b"Y"), 5);
        assert_eq!(coder.code(b"no"), 6);
        assert_eq!(coder.code(b"maybe"), INVALID);
        assert_eq!(coder.names(), ["Yes", "No"]);
    }

    #[test]
    fn as_written_comes_before_folded_and_declared_before_missing() {
        let mut coder = coder(&[("a", "Alpha"), ("A", "Beta"), ("NA", "Namibia")], false);
        assert_eq!(coder.code(b"a"), 5);
        assert_eq!(coder.code(b"A"), 6);
        assert_eq!(coder.code(b"NA"), 7);
    }

    #[test]
    fn a_text_of_one_category_may_be_the_label_of_another() {
        let mut coder = coder(&[("1", "2"), ("2", "1")], true);
        assert_eq!(coder.code(b"1"), 5);
        assert_eq!(coder.code(b"2"), 6);
        assert_eq!(coder.names(), ["2", "1"]);
    }

    #[test]
    fn too_many_categories_are_said() {
        let mut coder = coder(&[], false);
        for index in 0..MAX_CATEGORIES {
            let code = coder.code(format!("value {index}").as_bytes());
            assert_eq!(usize::from(code), index + 5);
        }
        assert!(!coder.overflow());
        assert_eq!(coder.code(b"one more"), INVALID);
        assert!(coder.overflow());
        assert_eq!(coder.code(b"value 64999"), 65_004);
        assert_eq!(coder.names().len(), MAX_CATEGORIES);
    }

    proptest! {
        #[test]
        fn names_and_codes_agree(cells in proptest::collection::vec("[a-cA-C ]{0,3}", 0..60)) {
            let mut coder = coder(&[("a", "b")], false);
            for cell in &cells {
                let code = coder.code(cell.as_bytes());
                let expected = match cell.trim() {
                    "" => None,
                    "a" | "A" | "b" | "B" => Some("b"),
                    other => Some(other),
                };
                let name = crate::survey::answer(code).map(|index| coder.names()[index].as_str());
                prop_assert_eq!(name, expected);
            }
        }

        #[test]
        fn any_bytes_have_a_code(cell in proptest::collection::vec(any::<u8>(), 0..40)) {
            let mut coder = coder(&[("1", "North")], false);
            let code = coder.code(&cell);
            prop_assert_eq!(coder.code(&cell), code);
            prop_assert!(usize::from(code) < 5 + coder.names().len());
        }
    }
}
