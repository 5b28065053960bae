//! Cells of a scale: points by number or by label, and the codes that mean no answer.

use super::lexicon::Lexicon;
use super::{REMEMBERED, answer_code};
use crate::source::memo::Memo;
use crate::source::number::Fixed;
use crate::source::records::{Record, Records};
use crate::source::text::text;
use crate::survey::{Code, Missing, Scale};

/// Codes the cells of a scale.
///
/// Where several meanings claim a text, the scale's own not applicable, don't know and missing come first, then the
/// texts that mean blank everywhere, then points, then labels in the order of the languages. A fraction is invalid.
#[derive(Clone, Debug)]
pub struct ScaleCoder {
    one_byte: [Code; 256],
    two_digits: [Code; 100],
    memo: Memo<Code>,
    lexicon: Lexicon,
}

impl ScaleCoder {
    /// A coder of this scale; `missing` are the texts that mean blank everywhere.
    pub fn new(scale: &Scale, missing: &[String]) -> Self {
        let lexicon = lexicon(scale, missing);
        let ascii = |bytes: &[u8]| look_up(&lexicon, bytes);
        let one_byte = std::array::from_fn(|byte| {
            u8::try_from(byte).map_or(Missing::Invalid.code(), |byte| ascii(&[byte]))
        });
        let two_digits = std::array::from_fn(|value| ascii(format!("{value:02}").as_bytes()));
        Self { one_byte, two_digits, memo: Memo::new(REMEMBERED), lexicon }
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
                let Self { memo, lexicon, .. } = self;
                memo.get_or(cell, |cell| look_up(lexicon, cell))
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
    for (index, value) in (scale.min..=scale.max).enumerate().take(usize::from(Code::MAX)) {
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

fn look_up(lexicon: &Lexicon, cell: &[u8]) -> Code {
    match text(cell) {
        None => Missing::Invalid.code(),
        Some("") => Missing::Blank.code(),
        Some(text) => {
            lexicon.get(text).or_else(|| lexicon.however_written(text)).unwrap_or(Missing::Invalid.code())
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
