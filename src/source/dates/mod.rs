//! Texts to dates: each is read day-first and month-first until the column settles which.
//!
//! Understood without a format: ISO 8601 (`2026-09-14`, with a time, with an offset), `20260914`, `14/09/2026`,
//! `9/14/26 15:29`, `14.09.2026`, `2026. 9. 14.`, `14-Sep-2026`, `Sep 14, 2026`, `Monday, 14 September 2026 at 10:15 PM`,
//! `14. September 2026`, `2026年9月14日` (months and days in twelve languages, [`crate::survey::plain_date`]), and months
//! (`2026-09`, `09/2026`, `Sep 2026`). The date is the local one as written: an offset or zone does not move it. Dots are
//! day-first wherever that is a date, as no country writes the month first with dots. Years of two digits are 1969 to
//! 2068, as in POSIX; a column whose dates have such a year first ([`crate::survey::YearFirst`])
//! is read by a format. Counts of days or seconds are dates only where the definition says so. Refused: days that do not exist,
//! years outside 1900 to 2200.
//!
//! A [`MomentCoder`] also says the time of day that stands behind the date, and the zone: `10:15`, `3:29:01 PM`, `10h15`,
//! `午後3時15分`, after a T `101500` too; `24:00` and a leap second are the midnight that ends the day. A zone is an offset
//! (`Z`, `+01:00`, `GMT+1`), at most 14 hours from UTC, or a name, whose offset nobody here knows.

mod clock;
mod coder;
mod decode;
mod format;
mod half;
mod moment;
mod order;
mod quick_format;
mod tail;

pub use clock::Zone;
pub use coder::DateCoder;
pub use format::InvalidDateFormat;
pub use moment::{MomentCoder, MomentReadings};
pub use order::{DateOrder, OrderEvidence, OrderOpen};

pub(super) use decode::{Decoded, decode};

use chrono::{Datelike, NaiveDate};

/// What a text says, read both ways; at least one is there, and both are equal where the text says it itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DateReadings {
    /// Read day before month.
    pub day_first: Option<NaiveDate>,
    /// Read month before day.
    pub month_first: Option<NaiveDate>,
    /// Whether the text names a month only; the readings are its first day.
    pub month_only: bool,
}

impl DateReadings {
    /// The readings of a text that says its order itself.
    fn sure(date: NaiveDate) -> Self {
        Self { day_first: Some(date), month_first: Some(date), month_only: false }
    }

    /// The date in this order.
    pub fn in_order(self, order: DateOrder) -> Option<NaiveDate> {
        match order {
            DateOrder::DayFirst => self.day_first,
            DateOrder::MonthFirst => self.month_first,
        }
    }

    /// Whether both readings exist and differ.
    pub fn is_open(self) -> bool {
        self.day_first.is_some() && self.month_first.is_some() && self.day_first != self.month_first
    }
}

/// A date that exists, in a year that a survey can be from.
fn date(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    in_reach(NaiveDate::from_ymd_opt(year, month, day)?)
}

fn in_reach(date: NaiveDate) -> Option<NaiveDate> {
    (1900..=2200).contains(&date.year()).then_some(date)
}

/// The year of two digits.
fn short_year(digits: u32) -> i32 {
    let year = i32::try_from(digits).unwrap_or(0);
    if year >= 69 { 1900 + year } else { 2000 + year }
}
