//! One text to the numbers that it can mean.

use std::borrow::Cow;

/// The longest text that is looked at: no number is longer that anybody wrote.
const LONGEST: usize = 128;

/// The numbers that a text can mean, as plain texts (`-1234.5`); none where it is no number so read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NumberReadings {
    /// With a decimal point.
    pub point: Option<String>,
    /// With a decimal comma.
    pub comma: Option<String>,
}

impl NumberReadings {
    /// Whether there are two readings and they differ.
    pub fn is_open(&self) -> bool {
        self.point.is_some() && self.comma.is_some() && self.point != self.comma
    }

    /// The only reading there is.
    pub fn sure(self) -> Option<String> {
        if self.is_open() { None } else { self.point.or(self.comma) }
    }
}

/// The numbers that a trimmed text can mean.
pub fn number_readings(text: &str) -> NumberReadings {
    if text.len() > LONGEST {
        return NumberReadings::default();
    }
    let plain = plain_marks(text);
    NumberReadings { point: read(&plain, '.', ','), comma: read(&plain, ',', '.') }
}

/// Digits, signs, marks and spaces of every width as those of a keyboard.
pub(in crate::survey) fn plain_marks(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let plain = |character| match character {
        // Full-width forms are ASCII, moved as a block.
        '\u{ff01}'..='\u{ff5e}' => {
            u32::from(character).checked_sub(0xfee0).and_then(char::from_u32).unwrap_or(character)
        }
        '\u{2212}' | '\u{fe63}' => '-',
        '\u{2019}' | '\u{2032}' => '\'',
        '\u{a0}' | '\u{2007}' | '\u{2008}' | '\u{2009}' | '\u{202f}' | '\u{3000}' => ' ',
        '\u{ffe5}' => '¥',
        _ => character,
    };
    Cow::Owned(text.chars().map(plain).collect())
}

/// The number of a text with this decimal mark, and with `other`, spaces or apostrophes between thousands.
fn read(text: &str, decimal: char, other: char) -> Option<String> {
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let (mantissa, exponent) = match rest.find(['e', 'E']) {
        Some(at) => (&rest[..at], &rest[at..]),
        None => (rest, ""),
    };
    if !exponent.is_empty() {
        let power = &exponent[1..];
        is_digits(power.strip_prefix(['+', '-']).unwrap_or(power)).then_some(())?;
    }
    let (whole, fraction) = match mantissa.split_once(decimal) {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    // `4.` is written by programs, `4,` by nobody.
    let is_ended =
        fraction.is_none_or(|fraction| is_digits(fraction) || (fraction.is_empty() && decimal == '.'));
    if !is_ended || (whole.is_empty() && fraction.is_none_or(str::is_empty)) {
        return None;
    }
    let digits = match whole.find(|character: char| !character.is_ascii_digit()) {
        None => Cow::Borrowed(whole),
        Some(at) => {
            let mark = whole[at..].chars().next().filter(|mark| [other, ' ', '\''].contains(mark))?;
            (exponent.is_empty() && is_grouped(whole, mark)).then(|| Cow::Owned(whole.replace(mark, "")))?
        }
    };
    let point = if fraction.is_some_and(|fraction| !fraction.is_empty()) { "." } else { "" };
    Some(format!("{sign}{digits}{point}{}{exponent}", fraction.unwrap_or_default()))
}

/// Whether marks stand every three digits from the right, or as in India: every two, and three at the end.
fn is_grouped(whole: &str, mark: char) -> bool {
    let groups: Vec<&str> = whole.split(mark).collect();
    let [first, middle @ .., last] = groups.as_slice() else { return false };
    let all_digits = groups.iter().all(|group| is_digits(group));
    let begins = (1..=3).contains(&first.len()) && !first.starts_with('0');
    let by_three = middle.iter().all(|group| group.len() == 3);
    let by_two = mark == ',' && first.len() < 3 && middle.iter().all(|group| group.len() == 2);
    all_digits && begins && last.len() == 3 && (by_three || by_two)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn both(text: &str) -> (Option<String>, Option<String>) {
        let readings = number_readings(text);
        (readings.point, readings.comma)
    }

    #[test]
    fn one_reading() {
        for (text, number) in [
            ("1.234,5", "1234.5"),
            ("1,234.5", "1234.5"),
            ("1 234,5", "1234.5"),
            ("1'234.5", "1234.5"),
            ("1’234,5", "1234.5"),
            ("1\u{a0}234,5", "1234.5"),
            ("1\u{202f}234\u{202f}567", "1234567"),
            ("1.234.567", "1234567"),
            ("1,234,567", "1234567"),
            ("12,34,567.8", "1234567.8"),
            ("0,123", "0.123"),
            ("0.123", "0.123"),
            ("1234,567", "1234.567"),
            ("1 234,567", "1234.567"),
            ("4,0", "4.0"),
            (",5", ".5"),
            ("１２．５", "12.5"),
            ("４，５", "4.5"),
            ("\u{2212}4,5", "-4.5"),
            ("－４", "-4"),
            ("+4,5", "4.5"),
            ("1,5E+3", "1.5E+3"),
            ("-1'234", "-1234"),
        ] {
            assert_eq!(number_readings(text).sure().as_deref(), Some(number), "{text}");
        }
    }

    #[test]
    fn two_readings() {
        let two = |point: &str, comma: &str| (Some(point.to_owned()), Some(comma.to_owned()));
        assert_eq!(both("1,234"), two("1234", "1.234"));
        assert_eq!(both("-12.345"), two("-12.345", "-12345"));
        assert_eq!(both("１，２３４"), two("1234", "1.234"));
        assert_eq!(both("7"), two("7", "7"));
        assert_eq!(number_readings("1,234").sure(), None);
    }

    #[test]
    fn no_number() {
        for text in [
            "",
            "-",
            "+",
            ".",
            ",",
            "4,",
            "1,23,4",
            "1.2.3",
            "1,2,3",
            "1 2",
            "12 34",
            "1234 567",
            "1'23",
            "1.234,5,6",
            "1,234.567.8",
            "01,234.5",
            "1 234.567,8",
            "a",
            "4a",
            "1_000",
            "0x4",
            "inf",
            "NaN",
            "e3",
            "1e",
            "1,234e3,",
            "--4",
            "1-2",
            "1 234'567",
            "5 €",
            "٤",
        ] {
            assert_eq!(both(text), (None, None), "{text}");
        }
    }

    proptest! {
        #[test]
        fn whatever_the_habit_it_is_read_back(
            negative in any::<bool>(), whole in 0_u64..10_000_000_000, fraction in proptest::option::of("[0-9]{1,9}"),
            habit in 0_usize..6, wide in any::<bool>(),
        ) {
            let (mark, decimal) = [(",", '.'), (".", ','), (" ", ','), ("'", '.'), ("\u{202f}", ','), ("", ',')][habit];
            let digits = whole.to_string();
            let grouped: Vec<&str> = {
                let head = digits.len() % 3;
                let rest = digits.as_bytes()[head..].chunks(3).map(|group| std::str::from_utf8(group).unwrap());
                std::iter::once(&digits[..head]).filter(|head| !head.is_empty()).chain(rest).collect()
            };
            let sign = if negative { "-" } else { "" };
            let tail = fraction.as_ref().map(|fraction| format!("{decimal}{fraction}")).unwrap_or_default();
            let text = format!("{sign}{}{tail}", grouped.join(mark));
            let text = if wide {
                text.chars().map(|c| if c.is_ascii_digit() || c == decimal { char::from_u32(u32::from(c) + 0xfee0).unwrap() } else { c }).collect()
            } else { text };
            let readings = number_readings(&text);
            let read = if decimal == '.' { readings.point } else { readings.comma };
            let tail = fraction.map(|fraction| format!(".{fraction}")).unwrap_or_default();
            prop_assert_eq!(read, Some(format!("{sign}{digits}{tail}")), "{}", text);
        }

        #[test]
        fn a_reading_is_a_number(text in "[-+]?[0-9.,' ]{0,12}[eE]?[-+]?[0-9]{0,3}", wild in any::<String>()) {
            for text in [text, wild] {
                let readings = number_readings(&text);
                for read in [readings.point, readings.comma].into_iter().flatten() {
                    prop_assert!(read.parse::<f64>().is_ok(), "{}", read);
                }
            }
        }
    }
}
