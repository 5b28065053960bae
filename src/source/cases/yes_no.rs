//! Cells that say yes or no.

use super::column::Outcome;
use crate::source::coder::Lexicon;
use crate::source::memo::Memo;
use crate::source::text::text;
use crate::survey::{Code, fold};

/// How everyday files say yes; -1 is that of a database program.
const YES: [&str; 24] = [
    "yes",
    "y",
    "true",
    "t",
    "1",
    "-1",
    "x",
    "on",
    "✓",
    "✔",
    "☑",
    "ja",
    "j",
    "wahr",
    "oui",
    "vrai",
    "sí",
    "si",
    "verdadero",
    "vero",
    "sim",
    "tak",
    "はい",
    "是",
];
/// How they say no.
const NO: [&str; 20] = [
    "no",
    "n",
    "false",
    "f",
    "0",
    "off",
    "nein",
    "falsch",
    "non",
    "faux",
    "falso",
    "nee",
    "não",
    "nao",
    "nej",
    "nie",
    "✗",
    "☐",
    "いいえ",
    "否",
];

const IS_NO: Code = 100;
const IS_YES: Code = IS_NO + 1;
const NONE: u8 = u8::MAX;

/// Whether a text says yes, as everyday files do; `None` where it says neither. Of several words the first counts, as of
/// `Yes, at once`.
pub fn says_yes(text: &str) -> Option<bool> {
    let of = |text: &str| {
        let text = fold(text);
        let is_in = |words: &[&str]| words.iter().any(|word| fold(word) == text);
        if is_in(&YES) { Some(true) } else { is_in(&NO).then_some(false) }
    };
    let first = text.trim().split([' ', ',', ';', '.', ':', '(', '–', '—']).next().unwrap_or_default();
    of(text).or_else(|| of(first).filter(|_| first.chars().count() > 1))
}

/// Answers of yes or no, one a case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct YesNos {
    answers: Vec<u8>,
}

impl YesNos {
    /// By case 1 for yes, 0 for no, 255 where neither is said.
    pub fn answers(&self) -> &[u8] {
        &self.answers
    }

    /// Adds further cases.
    pub(super) fn append(&mut self, other: Self) {
        self.answers.extend(other.answers);
    }

    /// Adds cases that say neither, up to so many in all.
    pub(super) fn pad(&mut self, cases: usize) {
        self.answers.resize(cases, NONE);
    }

    /// Puts so many cases that say neither in front.
    pub(super) fn behind(&mut self, before: usize) {
        self.answers.splice(0..0, std::iter::repeat_n(NONE, before));
    }

    /// Whether a case says yes; none where it says neither.
    pub fn get(&self, case: usize) -> Option<bool> {
        self.answers.get(case).filter(|answer| **answer != NONE).map(|answer| *answer == 1)
    }
}

/// Reads answers of yes or no.
#[derive(Debug)]
pub(super) struct YesNoReader {
    words: Lexicon,
    memo: Memo<Outcome<u8>>,
    pub(super) found: YesNos,
}

impl YesNoReader {
    /// A reader that knows more words for yes and no; `missing` are the texts that mean blank, whatever else they do.
    pub(super) fn new(yes: &[String], no: &[String], missing: &[String]) -> Self {
        let mut words = Lexicon::of_missing(missing);
        words.insert_all(yes, IS_YES);
        words.insert_all(no, IS_NO);
        for (known, code) in [(&YES[..], IS_YES), (&NO[..], IS_NO)] {
            for word in known {
                words.insert(word, code);
            }
        }
        Self { words, memo: Memo::new(1_024), found: YesNos::default() }
    }

    /// Adds a case.
    #[inline]
    pub(super) fn push(&mut self, cell: &[u8]) -> Outcome {
        let Self { words, memo, found } = self;
        let outcome = memo.get_or(cell, |cell| look_up(words, cell));
        let (answer, outcome) = outcome.split(NONE);
        found.answers.push(answer);
        outcome
    }
}

fn look_up(words: &Lexicon, cell: &[u8]) -> Outcome<u8> {
    match text(cell) {
        Some("") => Outcome::Blank,
        Some(text) => match words.get(text) {
            Some(IS_YES) => Outcome::Read(1),
            Some(IS_NO) => Outcome::Read(0),
            Some(_) => Outcome::Blank,
            None => Outcome::Unreadable,
        },
        None => Outcome::Unreadable,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_say_yes_or_no() {
        for (text, says) in [
            ("yes", Some(true)),
            (" Ja ", Some(true)),
            ("Oui, tout de suite", Some(true)),
            ("No – I gave up", Some(false)),
            ("nein", Some(false)),
            ("partly", None),
            ("T rex", None),
            ("", None),
            ("Nobody", None),
        ] {
            assert_eq!(says_yes(text), says, "{text}");
        }
    }

    fn answers(reader: &mut YesNoReader, cells: &[&str]) -> Vec<Outcome> {
        cells.iter().map(|cell| reader.push(cell.as_bytes())).collect()
    }

    #[test]
    fn everyday_words() {
        let mut reader = YesNoReader::new(&[], &[], &["NA".to_owned()]);
        let yes = ["Yes", " y ", "TRUE", "1", "1.0", "-1", "ja", "Oui", "SÍ", "si", "x", "✓"];
        assert!(answers(&mut reader, &yes).iter().all(|outcome| *outcome == Outcome::Read(())));
        let no = ["No", "N", "false", "0", "0.0", "Nein", "non", "não", "✗"];
        assert!(answers(&mut reader, &no).iter().all(|outcome| *outcome == Outcome::Read(())));
        let said: Vec<Option<bool>> = (0..yes.len() + no.len()).map(|case| reader.found.get(case)).collect();
        assert!(said[..yes.len()].iter().all(|said| *said == Some(true)));
        assert!(said[yes.len()..].iter().all(|said| *said == Some(false)));
    }

    #[test]
    fn neither_is_said() {
        let mut reader = YesNoReader::new(&[], &[], &["NA".to_owned()]);
        assert_eq!(answers(&mut reader, &["", " ", "na"]), [Outcome::Blank; 3]);
        assert_eq!(answers(&mut reader, &["maybe", "2", "yes and no"]), [Outcome::Unreadable; 3]);
        assert_eq!(reader.push(b"yes\xff"), Outcome::Unreadable);
        assert_eq!(reader.found.answers(), [NONE; 7]);
        assert_eq!((reader.found.get(0), reader.found.get(7)), (None, None));
    }

    #[test]
    fn words_of_a_definition_come_first() {
        let words = |word: &str| [word.to_owned()];
        let mut reader = YesNoReader::new(&words("Timely"), &words("1"), &words("0"));
        assert_eq!(
            answers(&mut reader, &["timely", "1", "0"]),
            [Outcome::Read(()), Outcome::Read(()), Outcome::Blank]
        );
        assert_eq!(reader.found.answers(), [1, 0, NONE]);
    }
}
