//! A date format that the definition gives, in the notation of strftime.

use std::fmt::Write;

use chrono::format::{Item, Parsed, StrftimeItems, parse_and_remainder};
use chrono::{DateTime, NaiveDate};

use super::tail::is_tail;
use super::{DateReadings, in_reach};

/// A strftime format that cannot give a date.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a date format")]
pub struct InvalidDateFormat(pub String);

/// A format that gives a date, or a month.
#[derive(Clone, Debug)]
pub(super) struct DateFormat(Vec<Item<'static>>);

impl DateFormat {
    /// A format, tried out on a date.
    pub(super) fn new(format: &str) -> Result<Self, InvalidDateFormat> {
        let invalid = || InvalidDateFormat(format.to_owned());
        let format = Self(StrftimeItems::new(format).parse_to_owned().map_err(|_| invalid())?);
        let trial = DateTime::from_timestamp(1_789_381_353, 0).ok_or_else(invalid)?;
        let mut text = String::new();
        write!(text, "{}", trial.format_with_items(format.0.iter())).map_err(|_| invalid())?;
        format.read(&text).map(|_| format).ok_or_else(invalid)
    }

    /// What a trimmed text says; a time of day that the format does not mention is passed over.
    pub(super) fn read(&self, text: &str) -> Option<DateReadings> {
        let mut parsed = Parsed::new();
        let rest = parse_and_remainder(&mut parsed, text, self.0.iter()).ok()?;
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
