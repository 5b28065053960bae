//! A date format that the definition gives, in the notation of strftime.

use std::fmt::Write;

use chrono::format::{Item, Parsed, StrftimeItems, parse_and_remainder};
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Timelike};

use super::clock::{Clock, Zone};
use super::decode::iso_moment;
use super::quick_format::QuickFormat;
use super::tail::{clock, is_tail};
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
    /// In the notation of strftime, with the quick way to read it, if there is one.
    Written(Vec<Item<'static>>, Option<QuickFormat>),
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
        let quick = QuickFormat::of(&items);
        let format = Self::Written(items, quick);
        format.read(&text).map(|_| format).ok_or_else(invalid)
    }

    /// What a trimmed text says; a time of day that the format does not mention is passed over.
    pub(super) fn read(&self, text: &str) -> Option<DateReadings> {
        match self {
            Self::Counted(count) => counted(*count, text).map(|(date, _)| DateReadings::sure(date)),
            Self::Written(items, _) => {
                let mut parsed = Parsed::new();
                let rest = parse_and_remainder(&mut parsed, text, items.iter()).ok()?;
                if is_tail(rest.as_bytes()) { days(&mut parsed) } else { None }
            }
        }
    }

    /// The same with the time of day, which the format mentions or which follows what it does.
    pub(super) fn read_moment(&self, text: &str) -> Option<(DateReadings, Clock)> {
        match self {
            Self::Counted(count) => {
                counted(*count, text).map(|(date, clock)| (DateReadings::sure(date), clock))
            }
            Self::Written(items, _) => {
                let mut parsed = Parsed::new();
                let rest = parse_and_remainder(&mut parsed, text, items.iter()).ok()?;
                let rest = clock(rest.as_bytes())?;
                let days = days(&mut parsed)?;
                let second = if has_hour(&parsed) { Some(second(&mut parsed)?) } else { rest.second };
                let zone = parsed.offset().map_or(rest.zone, Zone::of_seconds);
                Some((days, Clock { second, zone }))
            }
        }
    }

    /// The same for texts that stand exactly as most are written; `None` says nothing of any other.
    pub(super) fn read_quickly(&self, text: &[u8]) -> Option<(DateReadings, Clock)> {
        let (date, clock) = match self {
            Self::Counted(count) => moment(*count, plain_decimal(text)?)?,
            Self::Written(_, quick) => quick.as_ref()?.read(text)?,
        };
        Some((DateReadings::sure(date), clock))
    }

    #[cfg(test)]
    pub(super) fn has_quick_way(&self) -> bool {
        matches!(self, Self::Written(_, Some(_)))
    }
}

/// The date of what was read by a format.
fn days(parsed: &mut Parsed) -> Option<DateReadings> {
    if let (None, None, Some(year)) = (parsed.year(), parsed.year_div_100(), parsed.year_mod_100()) {
        // chrono would take 69 for 2069.
        parsed.set_year_div_100(if year >= 69 { 19 } else { 20 }).ok()?;
    }
    let (date, month_only) = match parsed.to_naive_date() {
        Ok(date) => (date, false),
        Err(_) => (first_of_month(parsed)?, true),
    };
    in_reach(date).map(|date| DateReadings { month_only, ..DateReadings::sure(date) })
}

fn has_hour(parsed: &Parsed) -> bool {
    parsed.hour_div_12().is_some() || parsed.hour_mod_12().is_some()
}

/// The second of the day of what was read by a format with the hour.
fn second(parsed: &mut Parsed) -> Option<u32> {
    if parsed.minute().is_none() {
        parsed.set_minute(0).ok()?;
    }
    let time = parsed.to_naive_time().ok()?;
    // A leap second stands beyond the last nanosecond of the one before.
    Some(time.num_seconds_from_midnight() + time.nanosecond() / 1_000_000_000)
}

/// The moment of a count, or of a date in ISO form beside the counts, as spreadsheets leave them.
fn counted(count: DateCount, text: &str) -> Option<(NaiveDate, Clock)> {
    match decimal(text) {
        Some(number) => moment(count, number),
        None => iso_moment(text.as_bytes()),
    }
}

/// The moment of a count in units of 10⁻⁹. Days of spreadsheets without a fraction have no time of day; a fraction is
/// rounded to the second, as it is seldom exact.
fn moment(count: DateCount, number: i128) -> Option<(NaiveDate, Clock)> {
    const DAY: i64 = 86_400;
    const NANO: i64 = 1_000_000_000;
    let (date, clock) = match count {
        DateCount::Excel => {
            // Day 60 is 29 February 1900, which was none: what comes after counts from 30 December 1899.
            let day = number.div_euclid(i128::from(NANO));
            let epoch = NaiveDate::from_ymd_opt(1899, 12, 30)?;
            let date = epoch.checked_add_days(Days::new(u64::try_from(day).ok().filter(|day| *day > 60)?))?;
            let nano = i64::try_from(number.rem_euclid(i128::from(NANO))).ok()?;
            let second = u32::try_from((nano * DAY + NANO / 2) / NANO).ok().filter(|_| nano > 0);
            (date, Clock { second, zone: Some(Zone::Unwritten) })
        }
        DateCount::Unix | DateCount::UnixMillis => {
            let per_second = if count == DateCount::Unix { NANO } else { NANO * 1_000 };
            let seconds = i64::try_from(number.div_euclid(i128::from(per_second))).ok()?;
            let epoch = NaiveDate::from_ymd_opt(1970, 1, 1)?;
            let date = epoch.checked_add_signed(TimeDelta::try_days(seconds.div_euclid(DAY))?)?;
            let second = u32::try_from(seconds.rem_euclid(DAY)).ok();
            (date, Clock { second, zone: Some(Zone::Minutes(0)) })
        }
    };
    in_reach(date).map(|date| (date, clock))
}

/// The number, in units of 10⁻⁹, of digits with at most one point between them.
fn plain_decimal(text: &[u8]) -> Option<i128> {
    const MOST_DIGITS: usize = 17;
    let point = text.iter().position(|byte| *byte == b'.').unwrap_or(text.len());
    let (whole, fraction) = (text.get(..point)?, text.get(point + 1..).unwrap_or_default());
    let is_plain = !whole.is_empty() && whole.len() <= MOST_DIGITS && fraction.len() <= 9;
    if !is_plain || (point + 1 == text.len()) || !whole.iter().chain(fraction).all(u8::is_ascii_digit) {
        return None;
    }
    let digits = whole.iter().chain(fraction).chain(std::iter::repeat_n(&b'0', 9 - fraction.len()));
    Some(digits.fold(0, |number, byte| number * 10 + i128::from(byte - b'0')))
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
    fn times_of_day_by_a_format_or_behind_it() {
        let clock = |format: &str, text: &str| {
            let (_, clock) = DateFormat::new(format).expect(format).read_moment(text)?;
            Some((clock.second, clock.zone))
        };
        let at = |hour: u32, minute: u32, second: u32| Some(hour * 3_600 + minute * 60 + second);
        let unwritten = Some(Zone::Unwritten);
        assert_eq!(clock("%d/%m/%Y", "03/04/2026"), Some((None, unwritten)));
        assert_eq!(clock("%d/%m/%Y", "03/04/2026 3:15:07 PM"), Some((at(15, 15, 7), unwritten)));
        assert_eq!(clock("%d.%m.%Y %H:%M", "03.04.2026 15:07"), Some((at(15, 7, 0), unwritten)));
        assert_eq!(clock("%d.%m.%Y %H Uhr", "03.04.2026 15 Uhr"), Some((at(15, 0, 0), unwritten)));
        assert_eq!(clock("%m/%d/%Y %I:%M %p", "04/03/2026 12:00 AM"), Some((at(0, 0, 0), unwritten)));
        assert_eq!(
            clock("%Y-%m-%dT%H:%M:%S%z", "2026-04-03T23:59:60-0530"),
            Some((at(23, 59, 60), Some(Zone::Minutes(-330))))
        );
        assert_eq!(clock("%m/%d/%Y %I:%M", "04/03/2026 11:00"), None, "which half of the day is not said");
        assert_eq!(clock("%d/%m/%Y", "03/04/2026 noon"), None);
    }

    #[test]
    fn times_of_day_that_are_counted() {
        let clock = |format: &str, text: &str| {
            let (_, clock) = DateFormat::new(format).expect(format).read_moment(text)?;
            Some((clock.second, clock.zone))
        };
        let at = |hour: u32, minute: u32, second: u32| Some(hour * 3_600 + minute * 60 + second);
        assert_eq!(clock("excel", "46299"), Some((None, Some(Zone::Unwritten))));
        assert_eq!(clock("excel", "46299,5"), Some((at(12, 0, 0), Some(Zone::Unwritten))));
        // A spreadsheet writes 10:15 as 0.427083333.
        assert_eq!(clock("excel", "46299.427083333"), Some((at(10, 15, 0), Some(Zone::Unwritten))));
        assert_eq!(clock("excel", "2026-10-04 10:15"), Some((at(10, 15, 0), Some(Zone::Unwritten))));
        assert_eq!(clock("unix", "1791108900"), Some((at(10, 15, 0), Some(Zone::Minutes(0)))));
        assert_eq!(clock("unix", "-1"), Some((at(23, 59, 59), Some(Zone::Minutes(0)))));
        assert_eq!(clock("unix_ms", "1791108900999"), Some((at(10, 15, 0), Some(Zone::Minutes(0)))));
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
                let read = format.read(&text);
                if let Some((days, clock)) = format.read_moment(&text) {
                    prop_assert_eq!(read, Some(days));
                    prop_assert!(clock.second.is_none_or(|second| second <= 86_400));
                }
            }
        }
    }
}
