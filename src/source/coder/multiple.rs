//! Cells that hold several categories, such as `Price;Speed;Staff`.

use indexmap::IndexMap;

use super::category::CategoryCoder;
use crate::survey::{Code, Missing, NONE_CHOSEN};

/// Codes cells that hold several categories.
///
/// Parts are coded as [`CategoryCoder`] codes cells; empty parts and those that mean blank are dropped. A declared
/// text or label may hold the separator itself: the longest run of parts that is declared is one part. A cell with a
/// part that is not UTF-8 is invalid as a whole. A cell that is [`NONE_CHOSEN`] and nothing else is an answer without a
/// category, unless that text is declared.
#[derive(Clone, Debug)]
pub struct MultipleCoder {
    categories: CategoryCoder,
    separator: Vec<u8>,
    longest: usize,
    parts: Vec<(usize, usize)>,
}

impl MultipleCoder {
    /// A coder; an empty separator splits nothing.
    pub fn new(labels: &IndexMap<String, String>, separator: &str, missing: &[String]) -> Self {
        let categories = CategoryCoder::new(labels, false, missing);
        let longest = if separator.is_empty() { 1 } else { categories.longest_split(separator) };
        Self { categories, separator: separator.as_bytes().to_vec(), longest, parts: Vec::new() }
    }

    /// Clears `out` and puts the categories of the cell into it, each once; `Some(reason)` when it is no answer.
    pub fn codes(&mut self, cell: &[u8], out: &mut Vec<Code>) -> Option<Missing> {
        out.clear();
        if cell.trim_ascii() == NONE_CHOSEN.as_bytes() && self.categories.declared(cell).is_none() {
            return None;
        }
        self.split(cell);
        let mut first = 0;
        while first < self.parts.len() {
            let (code, parts) = self.part(cell, first);
            match Missing::of(code) {
                None if !out.contains(&code) => out.push(code),
                Some(Missing::Invalid) => {
                    out.clear();
                    return Some(Missing::Invalid);
                }
                _ => {}
            }
            first += parts;
        }
        out.is_empty().then_some(Missing::Blank)
    }

    /// The categories, as of [`CategoryCoder::names`].
    pub fn names(&self) -> &[String] {
        self.categories.names()
    }

    /// Whether a category was refused, as of [`CategoryCoder::overflow`].
    pub fn overflow(&self) -> bool {
        self.categories.overflow()
    }

    /// Where the parts of a cell begin and end.
    fn split(&mut self, cell: &[u8]) {
        self.parts.clear();
        let mut start = 0;
        if !self.separator.is_empty() {
            for found in memchr::memmem::find_iter(cell, &self.separator) {
                self.parts.push((start, found));
                start = found + self.separator.len();
            }
        }
        self.parts.push((start, cell.len()));
        self.trim_ends(cell);
    }

    /// A separator at an end of the cell divides nothing, also where its blanks were cut off: `/ Price / Staff`.
    fn trim_ends(&mut self, cell: &[u8]) {
        let separator = self.separator.as_slice();
        let (bare, blanks) = (separator.trim_ascii(), separator.len() - separator.trim_ascii().len());
        if blanks == 0 || bare.is_empty() {
            return;
        }
        let is_blank = |part: &[u8]| part.trim_ascii().is_empty();
        if let Some(first) = self.parts.first_mut()
            && let Some(at) = memchr::memmem::find(&cell[first.0..first.1], bare)
            && is_blank(&cell[first.0..first.0 + at])
        {
            first.0 += at + bare.len();
        }
        if let Some(last) = self.parts.last_mut()
            && let Some(at) = memchr::memmem::rfind(&cell[last.0..last.1], bare)
            && is_blank(&cell[last.0 + at + bare.len()..last.1])
        {
            last.1 = last.0 + at;
        }
    }

    /// The code of the part at `first`, and how many parts it takes up.
    fn part(&mut self, cell: &[u8], first: usize) -> (Code, usize) {
        let start = self.parts[first].0;
        for taken in (2..=self.longest.min(self.parts.len() - first)).rev() {
            let end = self.parts[first + taken - 1].1;
            if let Some(code) = self.categories.declared(&cell[start..end]) {
                return (code, taken);
            }
        }
        (self.categories.code(&cell[start..self.parts[first].1]), 1)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn coder(labels: &[(&str, &str)], separator: &str) -> MultipleCoder {
        let labels = labels.iter().map(|(text, label)| ((*text).to_owned(), (*label).to_owned())).collect();
        MultipleCoder::new(&labels, separator, &[String::new(), "N/A".to_owned()])
    }

    fn names(coder: &mut MultipleCoder, cell: &str) -> Result<Vec<String>, Missing> {
        let mut codes = vec![9];
        match coder.codes(cell.as_bytes(), &mut codes) {
            Some(reason) => {
                assert!(codes.is_empty());
                Err(reason)
            }
            None => Ok(codes.iter().map(|code| coder.names()[usize::from(*code) - 5].clone()).collect()),
        }
    }

    #[test]
    fn parts_are_trimmed_and_counted_once() {
        let mut coder = coder(&[("p", "Price"), ("s", "Speed")], ";");
        assert_eq!(names(&mut coder, "p; S ;;price;Staff;p").expect("answers"), ["Price", "Speed", "Staff"]);
        assert_eq!(names(&mut coder, "Staff").expect("answers"), ["Staff"]);
        assert_eq!(coder.names(), ["Price", "Speed", "Staff"]);
    }

    #[test]
    fn nothing_chosen_is_blank() {
        let mut coder = coder(&[("p", "Price")], ";");
        for cell in ["", " ", ";", " ; ;", "n/a", "N/A; "] {
            assert_eq!(names(&mut coder, cell), Err(Missing::Blank), "{cell:?}");
        }
        assert_eq!(names(&mut coder, "n/a;p").expect("an answer"), ["Price"]);
        assert_eq!(coder.codes(b"p;\xff", &mut Vec::new()), Some(Missing::Invalid));
    }

    #[test]
    fn who_says_no_to_every_option_has_answered() {
        let mut plain = coder(&[("p", "Price")], ";");
        assert_eq!(names(&mut plain, NONE_CHOSEN).expect("an answer"), [""; 0]);
        assert_eq!(names(&mut plain, " (none chosen) ").expect("an answer"), [""; 0]);
        assert_eq!(plain.names(), ["Price"], "it is no option");
        assert_eq!(names(&mut plain, "(none chosen);p").expect("answers"), [NONE_CHOSEN, "Price"]);
        let mut declared = coder(&[("0", NONE_CHOSEN)], ";");
        assert_eq!(names(&mut declared, NONE_CHOSEN).expect("an answer"), [NONE_CHOSEN]);
    }

    #[test]
    fn a_label_may_hold_the_separator() {
        let labels =
            [("1", "Email"), ("2", "Phone, or text"), ("3", "Phone, or text, or post"), ("4", "Phone")];
        let mut coder = coder(&labels, ",");
        assert_eq!(
            names(&mut coder, "email, phone, or text, or post,Phone, or text").expect("answers"),
            ["Email", "Phone, or text, or post", "Phone, or text"]
        );
        assert_eq!(names(&mut coder, "Phone, or fax").expect("answers"), ["Phone", "or fax"]);
        assert_eq!(names(&mut coder, "2,4").expect("answers"), ["Phone, or text", "Phone"]);
    }

    #[test]
    fn a_separator_may_be_long_or_missing() {
        assert_eq!(names(&mut coder(&[], " | "), "a | b|c").expect("answers"), ["a", "b|c"]);
        assert_eq!(names(&mut coder(&[], ""), "a;b").expect("an answer"), ["a;b"]);
    }

    #[test]
    fn separators_at_the_ends_divide_nothing() {
        let mut slashes = coder(&[], " / ");
        assert_eq!(names(&mut slashes, "/ Biceps / Deltoid").expect("answers"), ["Biceps", "Deltoid"]);
        assert_eq!(names(&mut slashes, " / Biceps / Deltoid /").expect("answers"), ["Biceps", "Deltoid"]);
        assert_eq!(names(&mut slashes, "a/b / Biceps").expect("answers"), ["a/b", "Biceps"]);
        assert_eq!(names(&mut slashes, "/"), Err(Missing::Blank));
        assert_eq!(names(&mut coder(&[], "\n"), "a\r\nb\n").expect("answers"), ["a", "b"]);
    }

    proptest! {
        #[test]
        fn every_part_once_in_order(parts in proptest::collection::vec("[a-d]{0,2}", 0..8)) {
            let mut coder = coder(&[], ";");
            let mut expected: Vec<String> = Vec::new();
            for part in parts.iter().filter(|part| !part.is_empty()) {
                if !expected.contains(part) {
                    expected.push(part.clone());
                }
            }
            let expected = if expected.is_empty() { Err(Missing::Blank) } else { Ok(expected) };
            prop_assert_eq!(names(&mut coder, &parts.join(";")), expected);
        }

        #[test]
        fn no_bytes_make_it_panic(cell in proptest::collection::vec(any::<u8>(), 0..40), separator in ".{0,2}") {
            let mut out = Vec::new();
            let reason = coder(&[("1", "a;b"), ("2", "a, b, c")], &separator).codes(&cell, &mut out);
            prop_assert_eq!(reason.is_some(), out.is_empty());
        }
    }
}
