//! What stands in a cell, as text: numbers as short as they can be, dates as ISO 8601.
//!
//! A workbook stores dates as days since 1900 (with a 29 February 1900 that never was) or 1904 and shows them by a
//! number format; the format of the cell therefore says what the number is.

/// What the number format of a cell shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Shown {
    /// A number, or text.
    #[default]
    Number,
    /// A day.
    Date,
    /// A day and a time.
    DateTime,
    /// A time of the day.
    Time,
    /// Hours, minutes or seconds that passed.
    Elapsed,
    /// A whole number with so many digits at least, zeros in front: a code.
    Padded(u8),
}

impl Shown {
    /// What a built-in number format shows.
    pub(super) fn by_number(format: u32) -> Self {
        match format {
            14..=17 | 27..=31 | 34..=36 | 50..=58 => Self::Date,
            18..=21 | 32 | 33 | 45 | 47 => Self::Time,
            22 => Self::DateTime,
            46 => Self::Elapsed,
            _ => Self::Number,
        }
    }

    /// What a number format of one's own shows: its first section, quoted and escaped letters left out.
    pub(super) fn by_code(code: &str) -> Self {
        let digits = code.split(';').next().unwrap_or_default();
        if digits.len() > 1 && digits.bytes().all(|byte| byte == b'0') {
            return u8::try_from(digits.len()).map_or(Self::Number, Self::Padded);
        }
        let (mut has_day, mut has_month, mut has_time) = (false, false, false);
        let mut characters = code.chars().peekable();
        while let Some(character) = characters.next() {
            match character.to_ascii_lowercase() {
                '"' => while characters.next().is_some_and(|next| next != '"') {},
                '\\' | '_' | '*' => {
                    characters.next();
                }
                '[' => {
                    let inside: String =
                        std::iter::from_fn(|| characters.next().filter(|next| *next != ']')).collect();
                    let mut letters = inside.chars().map(|letter| letter.to_ascii_lowercase());
                    let first = letters.next();
                    if matches!(first, Some('h' | 'm' | 's')) && letters.all(|letter| Some(letter) == first) {
                        return Self::Elapsed;
                    }
                }
                ';' => break,
                'g' if code.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("general")) => {
                    return Self::Number;
                }
                'y' | 'd' | 'e' if !is_exponent(character, characters.peek().copied()) => has_day = true,
                'm' => has_month = true,
                'h' | 's' => has_time = true,
                '0' | '#' | '?' if !(has_day || has_month || has_time) => return Self::Number,
                _ => {}
            }
        }
        match (has_day, has_month, has_time) {
            (true, _, true) => Self::DateTime,
            (true, _, false) | (false, true, false) => Self::Date,
            (false, _, true) => Self::Time,
            (false, false, false) => Self::Number,
        }
    }
}

fn is_exponent(character: char, next: Option<char>) -> bool {
    character.eq_ignore_ascii_case(&'e') && matches!(next, Some('+' | '-'))
}

/// A number as the cell shows it, appended; `is_1904` tells how its days are counted.
pub(super) fn push_number(value: f64, shown: Shown, is_1904: bool, text: &mut String) {
    if let Shown::Padded(width) = shown {
        push_padded(value, usize::from(width), text);
        return;
    }
    let moment = if shown == Shown::Number { None } else { moment_text(value, shown, is_1904) };
    match moment {
        Some(moment) => text.push_str(&moment),
        None => push_shortest(value, text),
    }
}

/// A whole number with zeros in front; any other as it is stored.
fn push_padded(value: f64, width: usize, text: &mut String) {
    let start = text.len();
    push_shortest(value, text);
    let length = text.len() - start;
    if length < width && text[start..].bytes().all(|byte| byte.is_ascii_digit()) {
        text.insert_str(start, &"0".repeat(width - length));
    }
}

/// A number with the fewest digits that give it back.
pub(super) fn push_shortest(value: f64, text: &mut String) {
    use std::fmt::Write;
    if !value.is_finite() {
        return;
    }
    let size = value.abs();
    let value = if size <= 0.0 { 0.0 } else { value };
    let result = if size <= 0.0 || (1e-7..1e17).contains(&size) {
        write!(text, "{value}")
    } else {
        write!(text, "{value:e}")
    };
    debug_assert!(result.is_ok(), "a string takes every text");
}

/// A date or time in ISO 8601 as a cell holds it, appended in our shape: `2026-03-04`, `2026-03-04 05:06:07`.
pub(super) fn push_iso(stored: &str, text: &mut String) {
    let stored = stored.trim();
    if let Some(time) = duration_text(stored) {
        text.push_str(&time);
        return;
    }
    let Some((day, time)) = stored.split_once('T') else {
        text.push_str(stored);
        return;
    };
    // Fractions of a second are below what a survey means.
    let whole = time.split_once('.').map_or(time, |(whole, fraction)| {
        if fraction.bytes().all(|byte| byte.is_ascii_digit()) { whole } else { time }
    });
    text.push_str(day);
    if !day.is_empty() {
        text.push(' ');
    }
    text.push_str(whole);
}

const DAY_SECONDS: i64 = 86_400;
/// The day after the last that a spreadsheet knows, 9999-12-31.
const END_1900: f64 = 2_958_466.0;
/// Days from the first of 1900 to 1970, and from that of 1904.
const UNIX_1900: i64 = 25_569;
const UNIX_1904: i64 = 24_107;

fn moment_text(value: f64, shown: Shown, is_1904: bool) -> Option<String> {
    if !(0.0..END_1900).contains(&value) {
        return None;
    }
    // A day is 86,400 seconds, and what is stored is off by parts of a microsecond.
    let seconds = whole(value * 86_400.0);
    if shown == Shown::Elapsed {
        let hours = seconds / 3600;
        return Some(format!("{hours:02}:{:02}:{:02}", seconds / 60 % 60, seconds % 60));
    }
    let (day, second) = (seconds / DAY_SECONDS, seconds % DAY_SECONDS);
    let time = format!("{:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60);
    if day == 0 && shown == Shown::Time {
        return Some(time);
    }
    let date = if is_1904 {
        date_text(day - UNIX_1904)
    } else {
        match day {
            // Day 60 is the 29 February 1900 of the program that was copied; the days before are one off.
            60 => "1900-02-29".to_owned(),
            ..60 => date_text(day + 1 - UNIX_1900),
            _ => date_text(day - UNIX_1900),
        }
    };
    let is_date_only = second == 0 && shown == Shown::Date;
    Some(if is_date_only { date } else { format!("{date} {time}") })
}

/// The nearest whole number.
#[expect(clippy::cast_possible_truncation, reason = "callers keep it between 0 and 3e11")]
fn whole(value: f64) -> i64 {
    value.round() as i64
}

/// The date that many days after 1970-01-01, by the arithmetic of whole 400-year cycles
/// (Howard Hinnant, "chrono-compatible low-level date algorithms").
fn date_text(days: i64) -> String {
    let shifted = days + 719_468;
    let cycle = shifted.div_euclid(146_097);
    let day_of_cycle = shifted.rem_euclid(146_097);
    let year_of_cycle =
        (day_of_cycle - day_of_cycle / 1460 + day_of_cycle / 36_524 - day_of_cycle / 146_096) / 365;
    let day_of_year = day_of_cycle - (365 * year_of_cycle + year_of_cycle / 4 - year_of_cycle / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_cycle + cycle * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

/// `PT26H03M04.5S` as `26:03:04`.
fn duration_text(stored: &str) -> Option<String> {
    let mut rest = stored.strip_prefix("PT")?;
    let mut parts = [0_u64; 3];
    for (part, unit) in parts.iter_mut().zip(['H', 'M', 'S']) {
        if let Some((number, after)) = rest.split_once(unit) {
            let number = number.split(['.', ',']).next().unwrap_or(number);
            *part = number.parse().ok()?;
            rest = after;
        }
    }
    rest.is_empty().then(|| format!("{:02}:{:02}:{:02}", parts[0], parts[1], parts[2]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(value: f64, shown: Shown, is_1904: bool) -> String {
        let mut text = String::new();
        push_number(value, shown, is_1904, &mut text);
        text
    }

    #[test]
    fn numbers_have_the_digits_that_they_need() {
        let texts = [5.0, -0.0, 0.1, 1e-9, 1.0 / 3.0, 123_456_789_012.0, 1e20, -2.5, f64::NAN, f64::INFINITY]
            .map(|value| shown(value, Shown::Number, false));
        let expected =
            ["5", "0", "0.1", "1e-9", "0.3333333333333333", "123456789012", "1e20", "-2.5", "", ""];
        assert_eq!(texts, expected);
    }

    #[test]
    fn days_are_counted_from_1900_with_its_wrong_leap_year_and_from_1904() {
        // ECMA-376 18.17.4.1: 1900-01-01 is 1, 1900-03-01 is 61; 1904-01-01 is 0 in the other system.
        let days = [1.0, 59.0, 60.0, 61.0, 25_569.0, 46_085.0, 2_958_465.0];
        assert_eq!(
            days.map(|day| shown(day, Shown::Date, false)),
            [
                "1900-01-01",
                "1900-02-28",
                "1900-02-29",
                "1900-03-01",
                "1970-01-01",
                "2026-03-04",
                "9999-12-31"
            ]
        );
        assert_eq!(shown(0.0, Shown::Date, true), "1904-01-01");
        assert_eq!(shown(46_085.0 - 1462.0, Shown::Date, true), "2026-03-04");
    }

    #[test]
    fn times_are_rounded_to_the_second_and_shown_where_there_are_any() {
        assert_eq!(shown(46_085.5, Shown::DateTime, false), "2026-03-04 12:00:00");
        assert_eq!(shown(46_085.0, Shown::DateTime, false), "2026-03-04 00:00:00");
        assert_eq!(shown(46_085.5, Shown::Date, false), "2026-03-04 12:00:00");
        assert_eq!(shown(46_085.999_999_9, Shown::Date, false), "2026-03-05");
        assert_eq!(shown(0.25, Shown::Time, false), "06:00:00");
        assert_eq!(shown(46_085.25, Shown::Time, false), "2026-03-04 06:00:00");
        assert_eq!(shown(1.5, Shown::Elapsed, false), "36:00:00");
        assert_eq!(shown(-1.0, Shown::Date, false), "-1");
        assert_eq!(shown(815.0, Shown::Padded(5), false), "00815");
        assert_eq!(shown(123_456.0, Shown::Padded(5), false), "123456");
        assert_eq!(shown(-1.0, Shown::Padded(5), false), "-1");
        assert_eq!(shown(0.5, Shown::Padded(5), false), "0.5");
        assert_eq!(shown(3e6, Shown::Date, false), "3000000");
    }

    #[test]
    fn number_formats_tell_dates_from_numbers() {
        let codes = [
            ("General", Shown::Number),
            ("0.00", Shown::Number),
            ("#,##0 \"days\"", Shown::Number),
            ("0.00E+00", Shown::Number),
            ("[Red]0;[Blue]-0", Shown::Number),
            ("\\d0", Shown::Number),
            ("_d0", Shown::Number),
            ("@", Shown::Number),
            ("\"y\"0", Shown::Number),
            ("yyyy-mm-dd", Shown::Date),
            ("[$-407]dd/mm/yyyy;@", Shown::Date),
            ("mmm", Shown::Date),
            ("dd.mm.yyyy hh:mm", Shown::DateTime),
            ("m/d/yy h:mm AM/PM", Shown::DateTime),
            ("hh:mm", Shown::Time),
            ("mm:ss", Shown::Time),
            ("[h]:mm:ss", Shown::Elapsed),
            ("[mm]:ss", Shown::Elapsed),
            ("ge.m.d", Shown::Date),
            ("", Shown::Number),
            ("00000", Shown::Padded(5)),
            ("00;-00", Shown::Padded(2)),
            ("0", Shown::Number),
            ("00.0", Shown::Number),
        ];
        for (code, expected) in codes {
            assert_eq!(Shown::by_code(code), expected, "{code}");
        }
        assert_eq!(Shown::by_number(22), Shown::DateTime);
        assert_eq!(Shown::by_number(10), Shown::Number);
    }

    #[test]
    fn stored_iso_dates_take_our_shape() {
        let texts = [
            "2026-03-04",
            "2026-03-04T05:06:07",
            "2026-03-04T05:06:07.123",
            "2026-03-04T05:06:07Z",
            "PT26H03M04.5S",
            "PT5M",
            "soon",
        ]
        .map(|stored| {
            let mut text = String::new();
            push_iso(stored, &mut text);
            text
        });
        let expected = [
            "2026-03-04",
            "2026-03-04 05:06:07",
            "2026-03-04 05:06:07",
            "2026-03-04 05:06:07Z",
            "26:03:04",
            "00:05:00",
            "soon",
        ];
        assert_eq!(texts, expected);
    }
}
