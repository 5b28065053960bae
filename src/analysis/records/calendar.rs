//! The periods of records.

use chrono::{Datelike, NaiveDate};

use crate::prepare::wave_of;
use crate::survey::Period;

use super::wall::DAY;

/// The periods from the first record to the last day, without gaps.
#[derive(Clone, Debug)]
pub(in crate::analysis) struct Calendar {
    /// Months of a period.
    months: i64,
    /// The number of the first period, counted from the year 0.
    first: i64,
    /// The moment at which the first begins, in seconds since 1970.
    pub(in crate::analysis) begins: i64,
    /// The labels.
    pub(in crate::analysis) labels: Vec<String>,
    /// The moments at which they end: the first of the next, in seconds since 1970.
    pub(in crate::analysis) ends: Vec<i64>,
}

impl Calendar {
    /// The periods from one moment to another.
    pub(in crate::analysis) fn new(every: Period, from: i64, to: i64) -> Self {
        let months = match every {
            Period::Year => 12,
            Period::Half => 6,
            Period::Quarter => 3,
            _ => 1,
        };
        let period = match months {
            12 => Period::Year,
            6 => Period::Half,
            3 => Period::Quarter,
            _ => Period::Month,
        };
        let (first, last) = (month_of(from).div_euclid(months), month_of(to).div_euclid(months));
        let (mut labels, mut ends) = (Vec::new(), Vec::new());
        let begins = month_begins(first * months).map_or(from, |day| i64::from(day.to_epoch_days()) * DAY);
        for number in first..=last {
            let Some(begins) = month_begins(number * months) else { continue };
            labels.push(wave_of(begins, period, 1, true).label);
            let next = month_begins((number + 1) * months).unwrap_or(begins);
            ends.push(i64::from(next.to_epoch_days()) * DAY);
        }
        Self { months, first, begins, labels, ends }
    }

    /// The place of the period of a moment; the first or last for those outside.
    pub(in crate::analysis) fn place(&self, moment: i64) -> usize {
        let number = month_of(moment).div_euclid(self.months) - self.first;
        usize::try_from(number).unwrap_or(0).min(self.labels.len().saturating_sub(1))
    }
}

impl Calendar {
    /// The place of the period of a moment; `None` for one outside all of them.
    pub(in crate::analysis) fn within(&self, moment: i64) -> Option<usize> {
        let place = usize::try_from(month_of(moment).div_euclid(self.months) - self.first).ok()?;
        (place < self.labels.len()).then_some(place)
    }
}

/// The number of a moment's month, counted from the year 0.
fn month_of(moment: i64) -> i64 {
    date_of(moment).map_or(0, |date| i64::from(date.year()) * 12 + i64::from(date.month0()))
}

fn month_begins(month: i64) -> Option<NaiveDate> {
    let year = i32::try_from(month.div_euclid(12)).ok()?;
    NaiveDate::from_ymd_opt(year, u32::try_from(month.rem_euclid(12)).ok()? + 1, 1)
}

/// The day of a moment.
pub(in crate::analysis) fn date_of(moment: i64) -> Option<NaiveDate> {
    NaiveDate::from_epoch_days(i32::try_from(moment.div_euclid(DAY)).ok()?)
}
