//! Time that passes while an organisation works, and deadlines that are counted in it.
//!
//! Moments are seconds since 1970-01-01T00:00:00 on the wall of one place. A clock that is put forward or back there is
//! not corrected for: moments are taken as they are written, and the hour belongs to a night on which hardly anybody works.

use crate::survey::{BusinessHours, Deadline, DeadlineUnit};

/// Seconds of a day.
const DAY: i64 = 86_400;

/// When an organisation works.
#[derive(Clone, Debug)]
pub struct WorkingTime {
    hours: BusinessHours,
    /// The days since 1970-01-01 that would be worked and are not, each once, in order.
    holidays: Vec<i64>,
    /// Days worked in a whole week, at least 1.
    weekly: i64,
}

impl WorkingTime {
    /// Business hours with holidays, days since 1970-01-01 in any order; those on days that are not worked anyway change
    /// nothing.
    pub fn new(hours: BusinessHours, holidays: impl IntoIterator<Item = i64>) -> Self {
        let mut holidays: Vec<i64> = holidays.into_iter().filter(|day| is_worked(&hours, *day)).collect();
        holidays.sort_unstable();
        holidays.dedup();
        let weekly = hours.days.iter().filter(|works| **works).count();
        Self { hours, holidays, weekly: i64::try_from(weekly).unwrap_or(7).max(1) }
    }

    /// The seconds of business hours from one moment to another; 0 where `to` is not after `from`.
    pub fn seconds(&self, from: i64, to: i64) -> i64 {
        if to <= from {
            return 0;
        }
        let (first, last) = (from.div_euclid(DAY), to.div_euclid(DAY));
        let (opens, shuts) = (i64::from(self.hours.from) * 60, i64::from(self.hours.to) * 60);
        let since_opening =
            |moment: i64| (moment.rem_euclid(DAY).clamp(opens, shuts) - opens) * self.worked(moment);
        self.days(first, last) * (shuts - opens) + since_opening(to) - since_opening(from)
    }

    /// How many days are worked from one day to another, both since 1970-01-01, the last not counted.
    pub fn days(&self, from: i64, to: i64) -> i64 {
        if to <= from {
            return 0;
        }
        let (weeks, rest) = ((to - from) / 7, (to - from) % 7);
        let odd = (0..rest).filter(|offset| is_worked(&self.hours, from + offset)).count();
        let before = |day: i64| self.holidays.partition_point(|holiday| *holiday < day);
        let count = |count: usize| i64::try_from(count).unwrap_or(0);
        weeks * self.weekly + count(odd) - count(before(to) - before(from))
    }

    /// Whether something begun at one moment and done at another was done within a deadline.
    ///
    /// Hours, days and weeks are those of the clock; business hours those of [`Self::seconds`]. Business days begin with
    /// the first worked day after that of `from`, and the last may be used to its end, as a letter of that day says.
    pub fn is_kept(&self, deadline: Deadline, from: i64, to: i64) -> bool {
        let amount = i64::from(deadline.amount);
        match deadline.unit {
            DeadlineUnit::Hours => to - from <= amount * 3_600,
            DeadlineUnit::Days => to - from <= amount * DAY,
            DeadlineUnit::Weeks => to - from <= amount * 7 * DAY,
            DeadlineUnit::BusinessHours => self.seconds(from, to) <= amount * 3_600,
            DeadlineUnit::BusinessDays => {
                self.days(from.div_euclid(DAY) + 1, to.div_euclid(DAY) + 1) <= amount
            }
        }
    }

    /// 1 on a day that is worked, else 0.
    fn worked(&self, moment: i64) -> i64 {
        let day = moment.div_euclid(DAY);
        i64::from(is_worked(&self.hours, day) && self.holidays.binary_search(&day).is_err())
    }
}

/// Whether a day of the week is worked; 1970-01-01 was a Thursday.
fn is_worked(hours: &BusinessHours, day: i64) -> bool {
    let weekday = usize::try_from((day + 3).rem_euclid(7)).unwrap_or(0);
    hours.days.get(weekday).copied().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use chrono::{NaiveDate, NaiveDateTime};
    use proptest::prelude::*;

    use super::*;

    fn at(text: &str) -> i64 {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap().and_utc().timestamp()
    }

    fn day(year: i32, month: u32, day: u32) -> i64 {
        NaiveDate::from_ymd_opt(year, month, day).unwrap().to_epoch_days().into()
    }

    fn office(holidays: &[i64]) -> WorkingTime {
        WorkingTime::new(BusinessHours::parse("Mon-Fri 09:00-17:00").unwrap(), holidays.iter().copied())
    }

    #[test]
    fn hours_of_an_office() {
        // 2026-09-07 is a Monday; the figures are counted on a calendar.
        let plain = office(&[]);
        for (from, to, hours) in [
            ("2026-09-07 10:00", "2026-09-07 12:30", 2.5),
            ("2026-09-07 07:00", "2026-09-07 20:00", 8.0),
            ("2026-09-11 16:00", "2026-09-14 10:00", 2.0),
            ("2026-09-12 10:00", "2026-09-13 18:00", 0.0),
            ("2026-09-07 09:00", "2026-09-21 09:00", 80.0),
            ("2026-09-07 12:00", "2026-09-07 11:00", 0.0),
        ] {
            let found = plain.seconds(at(from), at(to)) as f64 / 3_600.0;
            assert!((found - hours).abs() < 1e-12, "{from} to {to}: {found}");
        }
        let closed = office(&[day(2026, 9, 14), day(2026, 9, 13)]);
        assert_eq!(closed.seconds(at("2026-09-11 16:00"), at("2026-09-15 10:00")), 2 * 3_600);
        assert_eq!(closed.seconds(at("2026-09-14 10:00"), at("2026-09-14 16:00")), 0);
        assert_eq!(closed.days(day(2026, 9, 7), day(2026, 9, 21)), 9);
    }

    #[test]
    fn deadlines_by_the_clock_and_by_days_of_work() {
        let office = office(&[day(2026, 9, 14)]);
        for (deadline, from, to, kept) in [
            ("48 hours", "2026-09-11 16:00", "2026-09-13 16:00", true),
            ("48 hours", "2026-09-11 16:00", "2026-09-13 16:01", false),
            ("2 days", "2026-09-11 00:00", "2026-09-13 00:00", true),
            ("1 week", "2026-09-07 10:00", "2026-09-14 10:01", false),
            ("8 business hours", "2026-09-11 16:00", "2026-09-15 16:00", true),
            ("8 business hours", "2026-09-11 16:00", "2026-09-15 16:01", false),
            // Friday; Monday is a holiday: Tuesday is the first day, Wednesday the second.
            ("2 business days", "2026-09-11 16:00", "2026-09-16 23:59", true),
            ("2 business days", "2026-09-11 16:00", "2026-09-17 00:00", false),
            ("1 business day", "2026-09-12 16:00", "2026-09-15 09:00", true),
            ("1 business day", "2026-09-07 09:00", "2026-09-07 09:01", true),
        ] {
            let within = Deadline::parse(deadline).unwrap();
            assert_eq!(office.is_kept(within, at(from), at(to)), kept, "{deadline}, {from} to {to}");
        }
    }

    fn working() -> impl Strategy<Value = WorkingTime> {
        let days = any::<[bool; 7]>().prop_filter("a day is worked", |days| days.contains(&true));
        (days, 0..1_440_u16, 1..=1_440_u16, prop::collection::vec(0..200_i64, 0..20)).prop_map(
            |(days, from, length, holidays)| {
                WorkingTime::new(BusinessHours { days, from, to: (from + length).min(1_440) }, holidays)
            },
        )
    }

    proptest! {
        #[test]
        fn time_adds_up_over_any_split(working in working(), mut at in prop::array::uniform3(0..200 * DAY)) {
            at.sort_unstable();
            let [from, between, to] = at;
            let whole = working.seconds(from, to);
            prop_assert_eq!(whole, working.seconds(from, between) + working.seconds(between, to));
            prop_assert!(whole >= 0 && whole <= to - from);
        }

        #[test]
        fn it_is_the_sum_of_its_days(working in working(), from in 0..150_i64, length in 0..50_i64) {
            let by_day: i64 = (from..from + length).map(|day| working.days(day, day + 1)).sum();
            prop_assert_eq!(working.days(from, from + length), by_day);
            let daily = i64::from(working.hours.minutes()) * 60;
            prop_assert_eq!(working.seconds(from * DAY, (from + length) * DAY), by_day * daily);
        }

        #[test]
        fn free_days_take_no_time(working in working(), day in 0..200_i64, within in 0..DAY) {
            if working.days(day, day + 1) == 0 {
                prop_assert_eq!(working.seconds(day * DAY, day * DAY + within), 0);
            }
        }

        #[test]
        fn what_is_done_later_is_kept_no_better(
            working in working(), amount in 1..60_u32, unit in 0..5_usize,
            from in 0..100 * DAY, after in 0..60 * DAY, later in 0..20 * DAY,
        ) {
            let unit = [
                DeadlineUnit::Hours,
                DeadlineUnit::Days,
                DeadlineUnit::Weeks,
                DeadlineUnit::BusinessHours,
                DeadlineUnit::BusinessDays,
            ][unit];
            let deadline = Deadline { amount, unit };
            let kept = |to| working.is_kept(deadline, from, to);
            prop_assert!(kept(from + after) || !kept(from + after + later));
            prop_assert!(kept(from));
        }
    }
}
