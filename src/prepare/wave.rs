//! The calendar wave of a date.

use chrono::NaiveDate;

use crate::survey::Period;

/// A calendar wave.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CalendarWave {
    /// Its label, which sorts as text.
    pub label: String,
    /// Its last day.
    pub last_day: NaiveDate,
}

/// The wave that a date is in.
pub fn wave_of(_date: NaiveDate, _period: Period, _fiscal_year_start: u32, _named_end: bool) -> CalendarWave {
    todo!()
}
