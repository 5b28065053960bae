//! A date format that the definition gives, in the notation of strftime.

use std::fmt::Write;

use chrono::format::{Item, Parsed, StrftimeItems, parse_and_remainder};
use chrono::{DateTime, Days, NaiveDate, TimeDelta};

use super::decode::iso;
use super::tail::is_tail;
use super::{DateReadings, in_reach};
use crate::survey::{DateCount, number_readings};

/// A strftime format that cannot give a date.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a date format")]
pub struct InvalidDateFormat(pub String);

/// A format that gives a date, or a month.
#[derive(Clone, Debug)]
pub(super) enum DateFormat {
    /// A count of days or seconds.
    Counted(DateCount),
    /// In the notation of strftime.
    Written(Vec<Item<'static>>),
}

impl DateFormat {
    /// A format, tried out on a date.
    pub(super) fn new(format: &str) -> Result<Self, InvalidDateFormat> {
        if let Some(count) = DateCount::parse(format) {
            return Ok(Self::Counted(count));
        }
        let invalid = || InvalidDateFormat(format.to_owned());
        let items = StrftimeItems::new(format).parse_to_owned().map_err(|_| invalid())?;
        let trial = DateTime::from_timestamp(1_789_381_353, 0).ok_or_else(invalid)?;
        let mut text = String::new();
        write!(text, "{}", trial.format_with_items(items.iter())).map_err(|_| invalid())?;
        let format = Self::Written(items);
        format.read(&text).map(|_| format).ok_or_else(invalid)
    }

    /// What a trimmed text says; a time of day that the format does not mention is passed over.
    pub(super) fn read(&self, text: &str) -> Option<DateReadings> {
        let items = match self {
            Self::Counted(count) => return counted(*count, text).map(DateReadings::sure),
            Self::Written(items) => items,
        };
        let mut parsed = Parsed::new();
        let rest = parse_and_remainder(&mut parsed, text, items.iter()).ok()?;
        if !is_tail(rest.as_bytes()) {
            return None;
        }
        if let (None, None, Some(year)) = (parsed.year(), parsed.year_div_100(), parsed.year_mod_100()) {
            // chrono would take 69 for 2069.
            parsed.set_year_div_100(if year >= 69 { 19 } else { 20 }).ok()?;
        }
        let (date, month_only) = match parsed.to_naive_date() {
            Ok(date) => (date, false),
            Err(_) => (first_of_month(&mut parsed)?, true),
        };
        in_reach(date).map(|date| DateReadings { month_only, ..DateReadings::sure(date) })
    }
}

/// The date of a count, or of a date in ISO form beside the counts, as spreadsheets leave them.
fn counted(count: DateCount, text: &str) -> Option<NaiveDate> {
    const DAY: i64 = 86_400;
    const NANO: i64 = 1_000_000_000;
    let Some(number) = decimal(text) else { return iso(text.as_bytes()) };
    let date = match count {
        DateCount::Excel => {
            // Day 60 is 29 February 1900, which was none: what comes after counts from 30 December 1899.
            let day = number.div_euclid(i128::from(NANO));
            let epoch = NaiveDate::from_ymd_opt(1899, 12, 30)?;
            epoch.checked_add_days(Days::new(u64::try_from(day).ok().filter(|day| *day > 60)?))?
        }
        DateCount::Unix | DateCount::UnixMillis => {
            let per_second = if count == DateCount::Unix { NANO } else { NANO * 1_000 };
            let seconds = i64::try_from(number.div_euclid(i128::from(per_second))).ok()?;
            let epoch = NaiveDate::from_ymd_opt(1970, 1, 1)?;
            epoch.checked_add_signed(TimeDelta::try_days(seconds.div_euclid(DAY))?)?
        }
    };
    in_reach(date)
}

/// A decimal number in units of 10⁻⁹, beyond what a free number may be.
fn decimal(text: &str) -> Option<i128> {
    let plain = number_readings(text);
    let plain = plain.point.filter(|_| !text.contains(',')).or(plain.comma)?;
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let nano: i128 = format!("{fraction:0<9}").get(..9)?.parse().ok()?;
    let whole: i128 = whole.parse().ok().filter(|whole: &i128| whole.unsigned_abs() < 1 << 60)?;
    Some(if plain.starts_with('-') { whole * 1_000_000_000 - nano } else { whole * 1_000_000_000 + nano })
}

/// The first day of a month without a day.
fn first_of_month(parsed: &mut Parsed) -> Option<NaiveDate> {
    if parsed.day().is_some() || parsed.month().is_none() {
        return None;
    }
    parsed.set_day(1).ok()?;
    parsed.to_naive_date().ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(format: &str, text: &str) -> Option<NaiveDate> {
        let readings = DateFormat::new(format).expect(format).read(text)?;
        assert_eq!(readings.day_first, readings.month_first);
        readings.day_first
    }

    #[test]
    fn a_format_decides() {
        let date = NaiveDate::from_ymd_opt(2026, 4, 3);
        assert_eq!(read("%d/%m/%Y", "03/04/2026"), date);
        assert_eq!(read("%d/%m/%Y", "3/4/2026 10:15:00"), date);
        assert_eq!(read("%m/%d/%Y", "04/03/2026"), date);
        assert_eq!(read("%Y-%m-%d %H:%M", "2026-04-03 10:15"), date);
        assert_eq!(read("%d%b%y", "03Apr26"), date);
        assert_eq!(read("%Y-%m-%dT%H:%M:%S%z", "2026-04-03T23:15:00-0500"), date);
        assert_eq!(read("%y%m%d", "690403"), NaiveDate::from_ymd_opt(1969, 4, 3));
        assert_eq!(read("%y%m%d", "680403"), NaiveDate::from_ymd_opt(2068, 4, 3));
        assert_eq!(read("%m.%Y", "04.2026"), NaiveDate::from_ymd_opt(2026, 4, 1));
        assert!(DateFormat::new("%m.%Y").expect("a format").read("04.2026").expect("a month").month_only);
    }

    #[test]
    fn days_and_seconds_that_are_counted() {
        let date = NaiveDate::from_ymd_opt(2026, 10, 4);
        for text in ["46299", "46299.427", "46299,427", "2026-10-04", "2026-10-04 10:15"] {
            assert_eq!(read("excel", text), date, "{text}");
        }
        assert_eq!(read("excel", "61"), NaiveDate::from_ymd_opt(1900, 3, 1));
        assert_eq!(read("unix", "1791108900"), date);
        assert_eq!(read("unix", "1791108900.5"), date);
        assert_eq!(read("unix_ms", "1791108900123"), date);
        assert_eq!(read("unix", "-1"), NaiveDate::from_ymd_opt(1969, 12, 31));
        for (format, text) in [
            ("excel", "60"),
            ("excel", "-5"),
            ("excel", "4/10/2026"),
            ("excel", "999999999999"),
            ("unix", "1791108900123"),
            ("unix_ms", "99999999999999999999999"),
            ("unix", ""),
        ] {
            assert_eq!(read(format, text), None, "{format} {text}");
        }
    }

    #[test]
    fn other_texts_are_no_dates() {
        for text in ["31/02/2026", "2026-04-03", "03/04/1066", "03/04/2026x", "", "03/04"] {
            assert_eq!(read("%d/%m/%Y", text), None, "{text}");
        }
    }

    #[test]
    fn formats_that_give_no_date() {
        for format in ["", "%", "%Q", "%H:%M", "%d/%m", "%Y", "date"] {
            assert_eq!(DateFormat::new(format).err(), Some(InvalidDateFormat(format.to_owned())), "{format}");
        }
    }

    proptest! {
        #[test]
        fn no_format_makes_it_panic(format in "[%a-zA-Z:#.0-9/ -]{0,12}", text in any::<String>()) {
            if let Ok(format) = DateFormat::new(&format) {
                let _ = format.read(&text);
            }
        }
    }
}
