//! Cells of a scale: points by number or by label, and the codes that mean no answer.

use super::lexicon::Lexicon;
use super::{REMEMBERED, answer_code};
use crate::source::memo::Memo;
use crate::source::number::Fixed;
use crate::source::records::{Record, Records};
use crate::source::text::text;
use crate::survey::{Code, Missing, NumberedLabel, Scale, numbered_label};

/// Codes the cells of a scale.
///
/// Where several meanings claim a text, the scale's own not applicable, don't know and missing come first, then the
/// texts that mean blank everywhere, then points, then labels in the order of the languages. A fraction is invalid.
/// A cell that writes number and label (`5 - Very satisfied`) is a point when both are the same one, or when the scale
/// knows the one and says nothing of the other.
#[derive(Clone, Debug)]
pub struct ScaleCoder {
    one_byte: [Code; 256],
    two_digits: [Code; 100],
    memo: Memo<Code>,
    lexicon: Lexicon,
    numbered: Numbered,
}

/// What a number beside a label can mean.
#[derive(Clone, Debug)]
struct Numbered {
    /// The largest point, to which `4/5` counts.
    last: i32,
    /// Codes of points without a word of their own.
    unlabelled: Vec<Code>,
}

impl ScaleCoder {
    /// A coder of this scale; `missing` are the texts that mean blank everywhere.
    pub fn new(scale: &Scale, missing: &[String]) -> Self {
        let lexicon = lexicon(scale, missing);
        let numbered = Numbered::of(scale);
        let ascii = |bytes: &[u8]| look_up(&lexicon, &numbered, bytes);
        let one_byte = std::array::from_fn(|byte| {
            u8::try_from(byte).map_or(Missing::Invalid.code(), |byte| ascii(&[byte]))
        });
        let two_digits = std::array::from_fn(|value| ascii(format!("{value:02}").as_bytes()));
        Self { one_byte, two_digits, memo: Memo::new(REMEMBERED), lexicon, numbered }
    }

    /// The code of a cell: 5 + k is the k-th point from the smallest.
    #[inline]
    pub fn code(&mut self, cell: &[u8]) -> Code {
        match cell {
            [byte] => self.one_byte[usize::from(*byte)],
            [] => Missing::Blank.code(),
            [tens @ b'0'..=b'9', units @ b'0'..=b'9'] => {
                self.two_digits[usize::from(tens - b'0') * 10 + usize::from(units - b'0')]
            }
            _ => {
                let Self { memo, lexicon, numbered, .. } = self;
                memo.get_or(cell, |cell| look_up(lexicon, numbered, cell))
            }
        }
    }

    /// The code of a field; `copy` is room for its value.
    #[inline(never)]
    pub fn code_field(
        &mut self,
        records: &Records<'_>,
        record: Record,
        position: usize,
        copy: &mut Vec<u8>,
    ) -> Code {
        match self.memo.known_field(records, record, position) {
            Some(code) => code,
            None => self.code(records.field(record, position, copy)),
        }
    }
}

fn lexicon(scale: &Scale, missing: &[String]) -> Lexicon {
    let mut lexicon = Lexicon::default();
    lexicon.insert_all(&scale.not_applicable, Missing::NotApplicable.code());
    lexicon.insert_all(&scale.dont_know, Missing::DontKnow.code());
    lexicon.insert_all(&scale.missing, Missing::Blank.code());
    lexicon.insert_all(missing, Missing::Blank.code());
    for (index, value) in scale.numbers().enumerate().take(usize::from(Code::MAX)) {
        if let (Some(value), Some(code)) = (Fixed::whole(value), answer_code(index)) {
            lexicon.insert_number(value, code);
        }
    }
    for labels in std::iter::once(&scale.labels).chain(scale.translations.values()) {
        for (index, label) in labels.iter().enumerate().take(scale.points()) {
            if let Some(code) = answer_code(index) {
                lexicon.insert(label, code);
            }
        }
    }
    lexicon
}

fn look_up(lexicon: &Lexicon, numbered: &Numbered, cell: &[u8]) -> Code {
    match text(cell) {
        None => Missing::Invalid.code(),
        Some("") => Missing::Blank.code(),
        Some(text) => lexicon
            .get(text)
            .or_else(|| numbered.code(lexicon, &numbered_label(text)?))
            .or_else(|| lexicon.however_written(text))
            .unwrap_or(Missing::Invalid.code()),
    }
}

impl Numbered {
    fn of(scale: &Scale) -> Self {
        let is_word = |label: &String| Fixed::parse(label.trim().as_bytes()).is_none();
        let unlabelled = (0..scale.points().min(usize::from(Code::MAX)))
            .filter(|index| !scale.labels.get(*index).is_some_and(is_word))
            .filter_map(answer_code);
        Self { last: scale.max, unlabelled: unlabelled.collect() }
    }

    fn code(&self, lexicon: &Lexicon, label: &NumberedLabel<'_>) -> Option<Code> {
        if label.of.is_some_and(|of| of != self.last) {
            return None;
        }
        let by_words = lexicon.get(label.words).filter(|_| !label.words.is_empty());
        let by_number = Fixed::whole(label.number).and_then(|number| lexicon.number(number));
        match (by_words, by_number) {
            // "6 - Don't know" is no answer whatever its number.
            (Some(words), _) if Missing::of(words).is_some() => Some(words),
            (Some(words), Some(number)) if words != number => None,
            (Some(words), _) => Some(words),
            (None, Some(number)) => {
                let is_open = label.words.is_empty()
                    || Missing::of(number).is_some()
                    || self.unlabelled.contains(&number);
                is_open.then_some(number)
            }
            (None, None) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::survey::answer;

    const BLANK: Code = Missing::Blank.code();
    const INVALID: Code = Missing::Invalid.code();
    const DONT_KNOW: Code = Missing::DontKnow.code();
    const NOT_APPLICABLE: Code = Missing::NotApplicable.code();

    fn satisfaction() -> Scale {
        let words = |words: [&str; 5]| words.map(str::to_owned).to_vec();
        let mut scale = Scale::new("satisfaction", 1, 5);
        scale.labels = words(["Very dissatisfied", "Dissatisfied", "Neutral", "Satisfied", "Very satisfied"]);
        let german = ["Sehr unzufrieden", "Unzufrieden", "Teils, teils", "Zufrieden", "Größte Zufriedenheit"];
        scale.translations.insert("de".to_owned(), words(german));
        scale.not_applicable = vec!["0".to_owned(), "Does not apply".to_owned()];
        scale.dont_know = vec!["6".to_owned(), "Don't know".to_owned()];
        scale.missing = vec!["99".to_owned()];
        scale
    }

    fn coder(scale: &Scale, missing: &[&str]) -> ScaleCoder {
        ScaleCoder::new(scale, &missing.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn points_however_they_are_written() {
        let mut coder = coder(&satisfaction(), &["", "NA"]);
        for cell in [
            "4",
            "4.0",
            " 4 ",
            "+4",
            "04",
            "\u{a0}4",
            "4e0",
            "4,0",
            "４",
            "４．０",
            "4,000",
            "Satisfied",
            "satisfied ",
            "ZUFRIEDEN",
        ] {
            for _ in 0..2 {
                assert_eq!(coder.code(cell.as_bytes()), 8, "{cell}");
            }
        }
        assert_eq!(coder.code("Very\u{a0}Satisfied".as_bytes()), 9);
        assert_eq!(coder.code("GRÖSSTE zufriedenheit".as_bytes()), 9);
        assert_eq!(coder.code("Gro\u{308}ßte Zufriedenheit".as_bytes()), 9);
        assert_eq!(coder.code(b"teils, teils"), 7);
    }

    #[test]
    fn numbers_with_their_labels() {
        let mut labelled = coder(&satisfaction(), &[]);
        for cell in
            ["4 - Satisfied", "4: satisfied", "Zufrieden (4)", "(4) SATISFIED", "4/5", "★★★★☆", "4 stars"]
        {
            assert_eq!(labelled.code(cell.as_bytes()), 8, "{cell}");
        }
        assert_eq!(labelled.code(b"9 - Satisfied"), 8, "the number is that of another coding");
        assert_eq!(labelled.code(b"6 - Don't know"), DONT_KNOW);
        assert_eq!(labelled.code(b"99 - Refused"), BLANK);
        for cell in ["1 - Satisfied", "4 - Splendid", "4/10", "7 stars", "4 years", "Splendid (9)"] {
            assert_eq!(labelled.code(cell.as_bytes()), INVALID, "{cell}");
        }
        let mut bare = coder(&Scale::new("recommend", 0, 10), &[]);
        assert_eq!(bare.code(b"10 - Extremely likely"), 15);
        assert_eq!(bare.code(b"0 (not at all likely)"), 5);
        assert_eq!(bare.code(b"11 - more"), INVALID);
        assert_eq!(bare.code(b"7 - 8"), INVALID);
    }

    #[test]
    fn reasons_by_text_and_by_number() {
        let mut coder = coder(&satisfaction(), &["", "NA", "-"]);
        for (cell, reason) in [
            ("", BLANK),
            (" ", BLANK),
            ("\u{3000}\u{a0}", BLANK),
            ("na", BLANK),
            ("-", BLANK),
            ("99", BLANK),
            ("99.0", BLANK),
            ("0", NOT_APPLICABLE),
            ("0.00", NOT_APPLICABLE),
            ("does not apply", NOT_APPLICABLE),
            ("6", DONT_KNOW),
            ("06", DONT_KNOW),
            ("DON'T KNOW", DONT_KNOW),
            ("7", INVALID),
            ("-1", INVALID),
            ("3.5", INVALID),
            ("4,5", INVALID),
            ("\u{2212}4", INVALID),
            ("９９", BLANK),
            ("good", INVALID),
            ("1e308", INVALID),
        ] {
            assert_eq!(coder.code(cell.as_bytes()), reason, "{cell:?}");
        }
        assert_eq!(coder.code(b"\xff"), INVALID);
        assert_eq!(coder.code(b"4\xff\xfe"), INVALID);
    }

    #[test]
    fn the_scale_speaks_before_the_file_and_missing_before_points() {
        let mut scale = Scale::new("recommend", 0, 10);
        scale.dont_know = vec!["10".to_owned()];
        let mut coder = coder(&scale, &["10", "0", "NA"]);
        assert_eq!(coder.code(b"10"), DONT_KNOW);
        assert_eq!(coder.code(b"0"), BLANK);
        assert_eq!(coder.code(b"1"), 6);
        assert_eq!(coder.code(b"09"), 14);
    }

    #[test]
    fn points_below_zero_and_above_a_hundred() {
        let mut coder = coder(&Scale::new("wide", -500, 500), &[]);
        assert_eq!(coder.code(b"-500"), 5);
        assert_eq!(coder.code(b"-1"), 504);
        assert_eq!(coder.code(b"500"), 1005);
        assert_eq!(coder.code(b"501"), INVALID);
    }

    #[test]
    fn scales_that_no_definition_lets_pass_do_no_harm() {
        assert_eq!(coder(&Scale::new("none", 5, 1), &[]).code(b"3"), INVALID);
        let mut huge = coder(&Scale::new("huge", i32::MIN, i32::MAX), &[]);
        assert_eq!(huge.code(b"3"), INVALID);
    }

    proptest! {
        #[test]
        fn every_point_is_its_own_code(min in -20_i32..20, points in 1_usize..120, cell in -200_i64..200) {
            let scale = Scale::new("any", min, min + i32::try_from(points).expect("small") - 1);
            let mut coder = coder(&scale, &[]);
            for text in [format!("{cell}"), format!(" {cell}.0")] {
                prop_assert_eq!(answer(coder.code(text.as_bytes())), scale.index(cell));
            }
        }

        #[test]
        fn any_bytes_have_a_code_and_keep_it(cells in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..5), 0..50)) {
            let mut coder = coder(&satisfaction(), &["", "NA"]);
            let first: Vec<Code> = cells.iter().map(|cell| coder.code(cell)).collect();
            let second: Vec<Code> = cells.iter().map(|cell| coder.code(cell)).collect();
            prop_assert_eq!(&first, &second);
            prop_assert!(first.iter().all(|code| *code < 10 && *code != Missing::NotAsked.code()));
        }
    }
}
