//! How a number is printed: as itself, or as the date or time that its print format makes of it.

use chrono::{DateTime, NaiveDateTime};

/// Seconds from the beginning of SPSS's calendar, 14 October 1582, to 1970.
const SECONDS_TO_1970: i64 = 12_219_379_200;
/// 2^52: added to a smaller whole number, it leaves that in the low bits of the float.
const WHOLE_BITS: u32 = 52;
/// Seconds of the dates after which the year has five digits, roughly: what is above is printed as a number.
const LAST_SECOND: f64 = 265_621_000_000.0;

/// What a number stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Itself; durations of days and minutes are seconds.
    Number,
    /// A day, month or week, as its first day.
    Date,
    /// A day and a time.
    DateTime,
    /// Hours, minutes and seconds: of a day, or long.
    Time,
}

impl Shape {
    /// The shape that a print format gives.
    pub(super) fn of(format: i32) -> Self {
        match (format >> 16) & 0xff {
            // DATE, ADATE, JDATE, MOYR, QYR, WKYR, EDATE, SDATE
            20 | 23 | 24 | 28 | 29 | 30 | 38 | 39 => Self::Date,
            // DATETIME, YMDHMS
            22 | 41 => Self::DateTime,
            21 => Self::Time,
            _ => Self::Number,
        }
    }

    /// The number as a cell.
    pub(super) fn print(self, value: f64) -> String {
        let printed = match self {
            Self::Number => None,
            Self::Date => moment(value).map(|moment| moment.date().to_string()),
            Self::DateTime => moment(value).map(|moment| moment.to_string()),
            Self::Time => time(value),
        };
        printed.unwrap_or_else(|| number(value))
    }
}

/// The shortest digits that give the number back.
fn number(value: f64) -> String {
    let magnitude = value.abs();
    if let Some(whole) = whole(magnitude) {
        // Nearly all answers, and faster than the search for the shortest fraction.
        if value < 0.0 { (-whole).to_string() } else { whole.to_string() }
    } else if (1e-7..1e17).contains(&magnitude) {
        value.to_string()
    } else {
        format!("{value:e}")
    }
}

/// The day and second, where there is one with a year of up to four digits.
fn moment(value: f64) -> Option<NaiveDateTime> {
    if !(0.0..LAST_SECOND).contains(&value) {
        return None;
    }
    // Floats this large are off by a millionth of a second; a whole second must not become the one before.
    let seconds = whole((value + 1e-4).floor())? - SECONDS_TO_1970;
    Some(DateTime::from_timestamp(seconds, 0)?.naive_utc())
}

/// `HH:MM:SS`, with the fraction of a second where there is one.
fn time(value: f64) -> Option<String> {
    let magnitude = value.abs();
    if magnitude >= 1e12 {
        return None;
    }
    let seconds = whole(magnitude.floor())?;
    let fraction = whole(((magnitude - magnitude.floor()) * 1e3 + 1e-4).floor())?;
    let sign = if value < 0.0 { "-" } else { "" };
    let mut text = format!("{sign}{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    if fraction > 0 {
        text.push_str(format!(".{fraction:03}").trim_end_matches('0'));
    }
    Some(text)
}

/// A whole number from 0 to below 2^52 as an integer.
pub(super) fn whole(value: f64) -> Option<i64> {
    let beyond = f64::from(1 << 26) * f64::from(1 << 26);
    if !(0.0..beyond).contains(&value) || value.fract() > 0.0 {
        return None;
    }
    i64::try_from((value + beyond).to_bits() & ((1 << WHOLE_BITS) - 1)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_printed_as_short_as_they_can_be() {
        let print = |value| Shape::Number.print(value);
        assert_eq!(print(5.0), "5");
        assert_eq!(print(0.1), "0.1");
        assert_eq!(print(-0.0), "0");
        assert_eq!(print(-99.5), "-99.5");
        assert_eq!(print(1e16), "10000000000000000");
        assert_eq!(print(1.5e300), "1.5e300");
        assert_eq!(print(2e-9), "2e-9");
        assert_eq!(print(0.1 + 0.2), "0.30000000000000004");
    }

    #[test]
    fn dates_begin_with_the_gregorian_calendar() {
        assert_eq!(Shape::Date.print(0.0), "1582-10-14");
        assert_eq!(Shape::Date.print(86_400.0), "1582-10-15");
        // 2024-02-29, as SPSS writes it.
        assert_eq!(Shape::Date.print(13_928_544_000.0), "2024-02-29");
        assert_eq!(Shape::DateTime.print(13_928_544_000.0 + 36_930.0), "2024-02-29 10:15:30");
        assert_eq!(Shape::DateTime.print(13_928_544_000.0 - 0.000_001), "2024-02-29 00:00:00");
        assert_eq!(Shape::DateTime.print(13_928_544_000.75), "2024-02-29 00:00:00");
    }

    #[test]
    fn a_number_that_is_no_date_stays_one() {
        assert_eq!(Shape::Date.print(-1.0), "-1");
        assert_eq!(Shape::Date.print(1e15), "1000000000000000");
        assert_eq!(Shape::Time.print(1e15), "1000000000000000");
    }

    #[test]
    fn times_are_clocks_and_durations() {
        assert_eq!(Shape::Time.print(36_930.0), "10:15:30");
        assert_eq!(Shape::Time.print(-61.5), "-00:01:01.5");
        assert_eq!(Shape::Time.print(360_000.0), "100:00:00");
        assert_eq!(Shape::Time.print(0.25), "00:00:00.25");
    }

    #[test]
    fn formats_say_what_a_number_is() {
        for (kind, shape) in [
            (5, Shape::Number),
            (20, Shape::Date),
            (21, Shape::Time),
            (22, Shape::DateTime),
            (23, Shape::Date),
            (24, Shape::Date),
            (25, Shape::Number),
            (38, Shape::Date),
            (39, Shape::Date),
            (40, Shape::Number),
            (41, Shape::DateTime),
        ] {
            assert_eq!(Shape::of(kind << 16 | 10 << 8 | 2), shape, "{kind}");
        }
    }

    #[test]
    fn whole_numbers_are_exact() {
        assert_eq!(whole(0.0), Some(0));
        assert_eq!(whole(4_503_599_627_370_495.0), Some(4_503_599_627_370_495));
        for value in [-1.0, 0.5, 4_503_599_627_370_496.0, f64::NAN, f64::INFINITY] {
            assert_eq!(whole(value), None, "{value}");
        }
    }
}
