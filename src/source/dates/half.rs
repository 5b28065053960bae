//! Before or after noon, in figures and in the words of several languages.

/// Before or after noon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Half {
    /// `AM`
    Before,
    /// `PM`
    After,
}

/// Characters that stand for a half of the day in Japanese, Chinese and Korean.
const SIGNS: [(&str, Half); 6] = [
    ("午前", Half::Before),
    ("上午", Half::Before),
    ("오전", Half::Before),
    ("午後", Half::After),
    ("下午", Half::After),
    ("오후", Half::After),
];

impl Half {
    /// The hour of the day that an hour on the dial is: 12 is the first of its half.
    pub(super) fn hour(self, dial: u32) -> u32 {
        dial % 12 + if self == Self::After { 12 } else { 0 }
    }

    /// The second of the day that a time on the dial is; one that is none on a dial stays.
    pub(super) fn second(self, second: u32) -> u32 {
        let hour = second / 3_600;
        if hour > 12 { second } else { self.hour(hour) * 3_600 + second % 3_600 }
    }

    /// The half that a text with words says: `3:15 p. m.`, `午後3時15分`. Words in Latin letters stand behind the hour:
    /// `am 14. September um 12:15 Uhr` is at noon.
    pub(super) fn of_words(text: &str) -> Option<Self> {
        if let Some((_, half)) = SIGNS.iter().find(|(sign, _)| text.contains(sign)) {
            return Some(*half);
        }
        let mut before = "";
        let (_, behind_hour) =
            text.split_once(':').or_else(|| text.rsplit_once(|sign: char| sign.is_ascii_digit()))?;
        for word in behind_hour.split(|letter: char| !letter.is_alphabetic()).filter(|word| !word.is_empty())
        {
            let is_half = |short: &str| {
                let apart = word.eq_ignore_ascii_case("m") && before.eq_ignore_ascii_case(&short[..1]);
                word.eq_ignore_ascii_case(short) || apart
            };
            match () {
                () if is_half("am") => return Some(Self::Before),
                () if is_half("pm") => return Some(Self::After),
                () => before = word,
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_halves() {
        for (text, half) in [
            ("4 de octubre de 2026 a las 10:15 p. m.", Some(Half::After)),
            ("4 oct 2026 10:15 p.m.", Some(Half::After)),
            ("4 oct 2026 10:15 a.\u{a0}m.", Some(Half::Before)),
            ("4 Okt 2026 10:15 PM", Some(Half::After)),
            ("2026年10月4日(日) 午後3時15分30秒", Some(Half::After)),
            ("2026年10月4日 上午10:15", Some(Half::Before)),
            ("2026. 10. 4. 오후 3:15:00", Some(Half::After)),
            ("4 oct 2026 10.15 p. m.", Some(Half::After)),
            ("am 4. Oktober 2026 um 12:15 Uhr", None),
            ("4 mai 2026 à 10h15", None),
            ("4 de mayo a las 10", None),
            ("", None),
        ] {
            assert_eq!(Half::of_words(text), half, "{text}");
        }
    }

    #[test]
    fn twelve_is_the_first_hour_of_its_half() {
        assert_eq!([0, 1, 11, 12].map(|hour| Half::Before.hour(hour)), [0, 1, 11, 0]);
        assert_eq!([0, 1, 11, 12].map(|hour| Half::After.hour(hour)), [12, 13, 23, 12]);
        assert_eq!(Half::After.second(15 * 3_600), 15 * 3_600, "no hour of a dial");
        assert_eq!(Half::After.second(12 * 3_600 + 59), 12 * 3_600 + 59);
    }
}
