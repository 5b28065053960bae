//! The calendar wave of a date.
//!
//! Weeks are those of ISO 8601. A fiscal year moves quarters, halves and years; days, weeks and months stay those of
//! the calendar. Labels of one period sort as text.

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::survey::Period;

/// A calendar wave.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CalendarWave {
    /// Its label: `2026-09-14`, `2026-W38`, `2026-09`, `2026-Q3`, `2026-H2`, `2026`, fiscal `FY2026-Q1`.
    pub label: String,
    /// Its last day.
    pub last_day: NaiveDate,
}

/// The wave that a date is in.
///
/// `fiscal_year_start` is the month in which the fiscal year starts; 1, and what is no month, is the calendar year. A
/// fiscal year is named after the calendar year in which it ends (`named_end`) or starts.
pub fn wave_of(date: NaiveDate, period: Period, fiscal_year_start: u32, named_end: bool) -> CalendarWave {
    match period {
        Period::Day => CalendarWave { label: date.format("%Y-%m-%d").to_string(), last_day: date },
        Period::Week => {
            let week = date.iso_week();
            let left = u64::from(6 - date.weekday().num_days_from_monday());
            let last_day = date.checked_add_days(Days::new(left)).unwrap_or(date);
            CalendarWave { label: format!("{:04}-W{:02}", week.year(), week.week()), last_day }
        }
        Period::Month => CalendarWave {
            label: format!("{:04}-{:02}", date.year(), date.month()),
            last_day: last_day(date, 0),
        },
        Period::Quarter => part_of_year(date, 3, 'Q', fiscal_year_start, named_end),
        Period::Half => part_of_year(date, 6, 'H', fiscal_year_start, named_end),
        Period::Year => part_of_year(date, 12, 'Y', fiscal_year_start, named_end),
    }
}

/// A quarter, a half or a whole of a year that may be fiscal.
fn part_of_year(date: NaiveDate, months: u32, letter: char, start: u32, named_end: bool) -> CalendarWave {
    let start = if (1..=12).contains(&start) { start } else { 1 };
    let month = (date.month0() + 13 - start) % 12;
    // A fiscal year from February on ends in the next calendar year, wherever it starts.
    let starts_in = if date.month() < start { date.year() - 1 } else { date.year() };
    let (prefix, year) = match (start, named_end) {
        (1, _) => ("", starts_in),
        (_, true) => ("FY", starts_in + 1),
        (_, false) => ("FY", starts_in),
    };
    let label = if months == 12 {
        format!("{prefix}{year:04}")
    } else {
        format!("{prefix}{year:04}-{letter}{}", month / months + 1)
    };
    CalendarWave { label, last_day: last_day(date, months - 1 - month % months) }
}

/// The last day of the month that lies so many months after that of a date.
fn last_day(date: NaiveDate, months: u32) -> NaiveDate {
    let next = date.with_day(1).and_then(|first| first.checked_add_months(Months::new(months + 1)));
    next.and_then(|next| next.pred_opt()).unwrap_or(date)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PERIODS: [Period; 6] =
        [Period::Day, Period::Week, Period::Month, Period::Quarter, Period::Half, Period::Year];

    fn wave(date: &str, period: Period, start: u32, named_end: bool) -> (String, String) {
        let wave = wave_of(date.parse().expect("a date"), period, start, named_end);
        (wave.label, wave.last_day.to_string())
    }

    fn calendar(date: &str, period: Period) -> (String, String) {
        wave(date, period, 1, true)
    }

    fn pair(label: &str, last_day: &str) -> (String, String) {
        (label.to_owned(), last_day.to_owned())
    }

    #[test]
    fn calendar_periods() {
        assert_eq!(calendar("2026-09-14", Period::Day), pair("2026-09-14", "2026-09-14"));
        assert_eq!(calendar("2026-09-14", Period::Week), pair("2026-W38", "2026-09-20"));
        assert_eq!(calendar("2026-09-14", Period::Month), pair("2026-09", "2026-09-30"));
        assert_eq!(calendar("2026-09-14", Period::Quarter), pair("2026-Q3", "2026-09-30"));
        assert_eq!(calendar("2026-09-14", Period::Half), pair("2026-H2", "2026-12-31"));
        assert_eq!(calendar("2026-09-14", Period::Year), pair("2026", "2026-12-31"));
        assert_eq!(calendar("2024-02-01", Period::Month), pair("2024-02", "2024-02-29"));
    }

    #[test]
    fn weeks_belong_to_the_year_of_their_thursday() {
        assert_eq!(calendar("2027-01-01", Period::Week), pair("2026-W53", "2027-01-03"));
        assert_eq!(calendar("2024-12-30", Period::Week), pair("2025-W01", "2025-01-05"));
        assert_eq!(wave("2024-12-30", Period::Week, 4, true), pair("2025-W01", "2025-01-05"));
    }

    #[test]
    fn fiscal_years_are_named_after_their_end_or_start() {
        assert_eq!(wave("2025-04-01", Period::Quarter, 4, true), pair("FY2026-Q1", "2025-06-30"));
        assert_eq!(wave("2026-03-31", Period::Quarter, 4, true), pair("FY2026-Q4", "2026-03-31"));
        assert_eq!(wave("2026-03-31", Period::Year, 4, true), pair("FY2026", "2026-03-31"));
        assert_eq!(wave("2026-03-31", Period::Year, 4, false), pair("FY2025", "2026-03-31"));
        assert_eq!(wave("2025-10-01", Period::Half, 4, true), pair("FY2026-H2", "2026-03-31"));
        assert_eq!(wave("2025-12-15", Period::Quarter, 12, true), pair("FY2026-Q1", "2026-02-28"));
        assert_eq!(wave("2025-09-30", Period::Quarter, 10, false), pair("FY2024-Q4", "2025-09-30"));
        assert_eq!(wave("2025-04-01", Period::Month, 4, true), pair("2025-04", "2025-04-30"));
    }

    #[test]
    fn what_is_no_month_is_january() {
        assert_eq!(wave("2026-09-14", Period::Quarter, 0, true), calendar("2026-09-14", Period::Quarter));
        assert_eq!(wave("2026-09-14", Period::Quarter, 13, true), calendar("2026-09-14", Period::Quarter));
    }

    #[test]
    fn the_ends_of_time_do_no_harm() {
        for period in PERIODS {
            for start in [1, 4, 12] {
                let _ = wave_of(NaiveDate::MAX, period, start, true);
                let _ = wave_of(NaiveDate::MIN, period, start, false);
            }
        }
    }

    proptest! {
        #[test]
        fn days_of_a_wave_lie_together_and_labels_sort(first in 0_u64..109_000, later in 0_u64..800, start in 1_u32..=12, named_end: bool) {
            let origin = NaiveDate::from_ymd_opt(1900, 1, 1).expect("a date");
            let (date, other) = (origin + Days::new(first), origin + Days::new(first + later));
            for period in PERIODS {
                let (a, b) = (wave_of(date, period, start, named_end), wave_of(other, period, start, named_end));
                prop_assert!(a.last_day >= date);
                prop_assert!(a.label <= b.label);
                prop_assert_eq!(a.label == b.label, other <= a.last_day);
                prop_assert_eq!(a.label == b.label, a.last_day == b.last_day);
                prop_assert_eq!(wave_of(a.last_day, period, start, named_end), a);
            }
        }
    }
}
