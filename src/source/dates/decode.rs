//! One text to the dates it can mean.

use chrono::NaiveDate;

use super::clock::Clock;
use super::half::Half;
use super::tail::{clock, is_tail};
use super::{DateReadings, date, short_year};
use crate::survey::{plain_date, plain_space};

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// A text understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::source) struct Decoded {
    /// What it says.
    pub(in crate::source) readings: DateReadings,
    /// Whether the year has two digits, so that the century is a guess.
    pub(in crate::source) short_year: bool,
    /// The time of day and the zone, which do not move the date.
    pub(in crate::source) clock: Clock,
}

/// The dates that a trimmed text can mean.
pub(in crate::source) fn decode(text: &str) -> Option<Decoded> {
    let plain = if text.is_ascii() {
        read(text.as_bytes())
    } else {
        read(text.chars().map(plain_space).collect::<String>().as_bytes())
    };
    plain.or_else(|| {
        let mut decoded = read(plain_date(text)?.as_bytes())?;
        // The plain date has lost the words for the half of the day.
        if let Some(half) = Half::of_words(text) {
            decoded.clock.second = decoded.clock.second.map(|second| half.second(second));
        }
        Some(decoded)
    })
}

/// `2026-09-14` with whatever may follow: the commonest form, worth its own way.
#[inline]
pub(super) fn iso(text: &[u8]) -> Option<NaiveDate> {
    let (date, rest) = iso_date(text)?;
    if is_tail(rest) { date } else { None }
}

/// The same with what follows.
#[inline]
pub(super) fn iso_moment(text: &[u8]) -> Option<(NaiveDate, Clock)> {
    let (date, rest) = iso_date(text)?;
    Some((date?, clock(rest)?))
}

/// The date of eight digits at the head of a text, if there is such a day, and the rest.
#[inline]
fn iso_date(text: &[u8]) -> Option<(Option<NaiveDate>, &[u8])> {
    let [a, b, c, d, b'-', e, f, b'-', g, h, rest @ ..] = text else {
        return None;
    };
    let digits = [a, b, c, d, e, f, g, h];
    if !digits.iter().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let [a, b, c, d, e, f, g, h] = digits.map(|byte| u32::from(byte - b'0'));
    let year = i32::try_from(a * 1_000 + b * 100 + c * 10 + d).ok()?;
    Some((date(year, e * 10 + f, g * 10 + h), rest))
}

/// The dates that a text in plain characters can mean.
pub(super) fn read(text: &[u8]) -> Option<Decoded> {
    let text = after_weekday(text);
    let (head, rest) = digits(text);
    match head.len() {
        0 => month_name_first(text),
        1 | 2 => short_number_first(number(head), rest),
        4 => year_first(head, rest),
        8 => compact(head, rest),
        14 => compact(&head[..8], &[b"T", &head[8..], rest].concat()),
        _ => None,
    }
}

/// `Sep 14, 2026`, `September 2026`.
fn month_name_first(text: &[u8]) -> Option<Decoded> {
    let (month, rest) = month_name(text)?;
    let rest = separators(rest);
    let (head, rest) = digits(rest);
    if head.len() == 4 {
        return month_only(head, month, rest);
    }
    if !(1..=2).contains(&head.len()) {
        return None;
    }
    let rest =
        ["st", "nd", "rd", "th"].iter().find_map(|end| rest.strip_prefix(end.as_bytes())).unwrap_or(rest);
    let (year, rest) = digits(separators(rest));
    sure(year, month, number(head), rest)
}

/// `14/09/2026`, `9/14/26`, `14.09.2026`, `14-Sep-2026`, `14th September 2026`, `09/2026`.
fn short_number_first(first: u32, rest: &[u8]) -> Option<Decoded> {
    let ordinal = ["st", "nd", "rd", "th"].iter().find_map(|end| rest.strip_prefix(end.as_bytes()));
    if let Some((month, rest)) = month_name(separators(ordinal.unwrap_or(rest))) {
        let (year, rest) = digits(separators(rest));
        return sure(year, month, first, rest);
    }
    let (&separator, rest) = rest.split_first().filter(|(byte, _)| b"/-.".contains(byte))?;
    let dotted = separator == b'.';
    let (second, rest) = digits(if dotted { rest.trim_ascii_start() } else { rest });
    if second.len() == 4 && !dotted {
        return month_only(second, first, rest);
    }
    if !(1..=2).contains(&second.len()) {
        return None;
    }
    let rest = rest.strip_prefix(&[separator])?;
    let (year_digits, rest) = digits(if dotted { rest.trim_ascii_start() } else { rest });
    let clock = clock(rest)?;
    let year = year(year_digits)?;
    let second = number(second);
    let day_first = date(year, second, first);
    let month_first = if dotted && day_first.is_some() { day_first } else { date(year, first, second) };
    let readings = DateReadings { day_first, month_first, month_only: false };
    (day_first.is_some() || month_first.is_some()).then_some(Decoded {
        readings,
        short_year: year_digits.len() == 2,
        clock,
    })
}

/// `2026-09-14`, `2026/9/14`, `2026-Sep-14`, `2026. 9. 14.`, `2026-09`.
fn year_first(year: &[u8], rest: &[u8]) -> Option<Decoded> {
    let (&separator, rest) = rest.split_first().filter(|(byte, _)| b"/-. ".contains(byte))?;
    let dotted = separator == b'.';
    let rest = if dotted { rest.trim_ascii_start() } else { rest };
    let (month, rest) = if let Some(found) = month_name(rest) {
        found
    } else {
        let (head, rest) = digits(rest);
        ((1..=2).contains(&head.len()).then(|| number(head))?, rest)
    };
    if let Some(rest) = rest.strip_prefix(&[separator])
        && let (day @ ([_] | [_, _]), rest) = digits(if dotted { rest.trim_ascii_start() } else { rest })
    {
        let rest = if dotted { rest.strip_prefix(b".").unwrap_or(rest) } else { rest };
        return sure(year, month, number(day), rest);
    }
    b"/-".contains(&separator).then(|| month_only(year, month, rest))?
}

/// `20260914`.
fn compact(head: &[u8], rest: &[u8]) -> Option<Decoded> {
    sure(&head[..4], number(&head[4..6]), number(&head[6..]), rest)
}

/// A text that says its order itself, where what follows the date is a time of day or nothing.
fn sure(year_digits: &[u8], month: u32, day: u32, rest: &[u8]) -> Option<Decoded> {
    let clock = clock(rest)?;
    let date = date(year(year_digits)?, month, day)?;
    Some(Decoded { readings: DateReadings::sure(date), short_year: year_digits.len() == 2, clock })
}

/// The first day of a month.
fn month_only(year: &[u8], month: u32, rest: &[u8]) -> Option<Decoded> {
    let decoded = sure(year, month, 1, rest)?;
    Some(Decoded { readings: DateReadings { month_only: true, ..decoded.readings }, ..decoded })
}

/// The year of two or four digits.
fn year(digits: &[u8]) -> Option<i32> {
    match digits.len() {
        2 => Some(short_year(number(digits))),
        4 => i32::try_from(number(digits)).ok(),
        _ => None,
    }
}

/// What follows a day of the week, if the text begins with one.
fn after_weekday(text: &[u8]) -> &[u8] {
    let (word, rest) = letters(text);
    if is_short_for(word, &DAYS).is_some() { separators(rest) } else { text }
}

/// A month at the head of a text, and the rest.
fn month_name(text: &[u8]) -> Option<(u32, &[u8])> {
    let (word, rest) = letters(text);
    let index = is_short_for(word, &MONTHS)?;
    Some((u32::try_from(index + 1).ok()?, rest))
}

/// The name that a word of three letters or more begins.
fn is_short_for(word: &[u8], names: &[&str]) -> Option<usize> {
    (word.len() >= 3).then(|| {
        names.iter().position(|name| {
            name.as_bytes().get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word))
        })
    })?
}

fn digits(text: &[u8]) -> (&[u8], &[u8]) {
    text.split_at(text.iter().take_while(|byte| byte.is_ascii_digit()).count())
}

fn letters(text: &[u8]) -> (&[u8], &[u8]) {
    text.split_at(text.iter().take_while(|byte| byte.is_ascii_alphabetic()).count())
}

/// What follows the marks that stand around month names.
fn separators(text: &[u8]) -> &[u8] {
    &text[text.iter().take_while(|byte| b" ,.-/".contains(byte)).count()..]
}

/// The number of at most four digits.
fn number(digits: &[u8]) -> u32 {
    digits.iter().fold(0, |number, byte| number * 10 + u32::from(byte - b'0'))
}

#[cfg(test)]
mod tests {
    use chrono::Datelike;
    use proptest::prelude::*;

    use super::*;

    fn ymd(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(year, month, day)
    }

    fn readings(text: &str) -> Option<(Option<NaiveDate>, Option<NaiveDate>)> {
        decode(text).map(|decoded| (decoded.readings.day_first, decoded.readings.month_first))
    }

    #[test]
    fn texts_that_say_their_order() {
        let date = ymd(2026, 9, 14);
        for text in [
            "2026-09-14",
            "2026-09-14 10:22:33",
            "2026-09-14T23:59:59Z",
            "2026-09-14T00:00:00+05:30",
            "2026-9-14",
            "2026/09/14 10:15:00 AM GMT+5:30",
            "2026.09.14",
            "2026-Sep-14",
            "20260914",
            "20260914T101500Z",
            "20260914101500",
            "14-Sep-2026",
            "14Sep2026",
            "14-SEP-26",
            "14 September 2026",
            "14. Sept. 2026 10:15",
            "14th September 2026",
            "Sep 14, 2026",
            "Sep 14 2026 3:29 PM",
            "September 14th, 2026 at 10:15",
            "Mon, 14 Sep 2026 10:15:00 +0200",
            "Monday, September 14, 2026",
            "14.09.2026",
            "14. 9. 2026",
            "14.9.26 10:15",
            "2026. 9. 14.",
            "2026. 9. 14. 10:15:00",
            "2026. 9. 14. 오전 10:15:00",
            "2026年9月14日",
            "2026年9月14日（月）10時15分",
            "2026년 9월 14일",
            "２０２６／０９／１４",
            "14. September 2026",
            "Montag, 14. Sept. 2026 um 10:15 Uhr",
            "lun. 14 septembre 2026 à 10h15",
            "14 de septiembre de 2026",
            "14 settembre 2026",
            "14 de setembro de 2026 às 10:15",
            "maandag 14 september 2026 om 10:15",
            "14 sept. 2026 kl. 10:15",
            "14 września 2026 r.",
            "14-sep-26",
        ] {
            assert_eq!(readings(text), Some((date, date)), "{text}");
        }
    }

    #[test]
    fn texts_that_can_be_read_one_way() {
        assert_eq!(readings("14/09/2026"), Some((ymd(2026, 9, 14), None)));
        assert_eq!(readings("7/22/20 11:00:22"), Some((None, ymd(2020, 7, 22))));
        assert_eq!(readings("14/9/2026 a las 11:02"), Some((ymd(2026, 9, 14), None)));
        assert_eq!(readings("9/14/26 15:29"), Some((None, ymd(2026, 9, 14))));
        assert_eq!(readings("9/14/2026, 3:29:00\u{202f}PM"), Some((None, ymd(2026, 9, 14))));
        assert_eq!(readings("9.14.2026"), Some((None, ymd(2026, 9, 14))));
    }

    #[test]
    fn texts_that_can_be_read_both_ways() {
        assert_eq!(readings("03/04/2026"), Some((ymd(2026, 4, 3), ymd(2026, 3, 4))));
        assert_eq!(readings("3-4-26"), Some((ymd(2026, 4, 3), ymd(2026, 3, 4))));
        assert_eq!(readings("05/05/2026"), Some((ymd(2026, 5, 5), ymd(2026, 5, 5))));
        assert_eq!(readings("03.04.2026"), Some((ymd(2026, 4, 3), ymd(2026, 4, 3))));
    }

    #[test]
    fn months_are_their_first_day() {
        for text in ["2026-09", "2026/9", "09/2026", "9-2026", "Sep 2026", "September, 2026"] {
            let decoded = decode(text).expect(text);
            assert_eq!(decoded.readings.day_first, ymd(2026, 9, 1), "{text}");
            assert!(decoded.readings.month_only, "{text}");
        }
        assert!(!decode("2026-09-01").expect("a date").readings.month_only);
    }

    #[test]
    fn years_of_two_digits() {
        assert_eq!(readings("31/12/69").map(|both| both.0), Some(ymd(1969, 12, 31)));
        assert_eq!(readings("31/12/68").map(|both| both.0), Some(ymd(2068, 12, 31)));
        assert!(decode("31/12/68").expect("a date").short_year);
        assert!(!decode("31/12/1968").expect("a date").short_year);
    }

    #[test]
    fn what_is_no_date() {
        for text in [
            "",
            "31/02/2026",
            "2026-02-30",
            "2026-13-01",
            "00/00/2026",
            "14/09/1899",
            "14/09/2201",
            "2026",
            "26",
            "4.5",
            "2026.09",
            "14/09",
            "14/09/202",
            "14/09-2026",
            "14/09/20261",
            "45123",
            "45123.5",
            "next Monday",
            "Sep",
            "Mon",
            "20261399",
            "2026-09-14 noon",
            "2026-09-14 25:00",
            "Se 14 2026",
            "1/2/3",
            "१४/०९/२०२६",
            "2026-09-14-",
            "/",
            "-",
            "2026-",
        ] {
            assert_eq!(decode(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_day_in_every_form(days in 0_u64..109_000) {
            let date = ymd(1900, 1, 1).expect("a date") + chrono::Days::new(days);
            let (year, month, day) = (date.year(), date.month(), date.day());
            let name = &MONTHS[usize::try_from(month).expect("small") - 1];
            for text in [
                format!("{year}-{month:02}-{day:02}"),
                format!("{year}{month:02}{day:02}"),
                format!("{day}.{month}.{year}"),
                format!("{day} {name} {year}"),
                format!("{}-{day}-{year}", &name[..3]),
            ] {
                prop_assert_eq!(readings(&text), Some((Some(date), Some(date))), "{}", text);
            }
            let slashed = readings(&format!("{day:02}/{month:02}/{year}")).expect("a date");
            prop_assert_eq!(slashed, (Some(date), ymd(year, day, month)));
            let iso_text = format!("{year}-{month:02}-{day:02}T08:30:00Z");
            prop_assert_eq!(iso(iso_text.as_bytes()), Some(date));
        }

        #[test]
        fn no_text_makes_it_panic(text in any::<String>(), shaped in "[A-Za-z]{0,4}[ ,]{0,2}[0-9]{0,15}[/.: T-]{0,2}[0-9a-zA-Z]{0,5}[/.: T-]{0,2}[0-9]{0,5}[ T]?[0-9:]{0,9}") {
            for text in [text, shaped] {
                if let Some(decoded) = decode(&text) {
                    let readings = decoded.readings;
                    prop_assert!(readings.day_first.is_some() || readings.month_first.is_some());
                }
                prop_assert!(iso(text.as_bytes()).is_none_or(|date| readings(&text) == Some((Some(date), Some(date)))));
            }
        }
    }
}
