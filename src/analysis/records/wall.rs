//! Moments of a file on one wall: what an analysis compares.

use chrono::{DateTime, Offset, TimeZone as _};
use chrono_tz::Tz;

use crate::source::cases::{Cases, Moments};
use crate::survey::TimeZone;

use super::RecordsError;

/// Seconds of a day.
pub(in crate::analysis) const DAY: i64 = 86_400;

/// A column of moments.
#[derive(Clone, Copy, Debug)]
pub(in crate::analysis) struct Wall<'a> {
    moments: &'a Moments,
    /// The clock to which moments are brought, where any writes its own zone.
    zone: Option<Clock>,
}

/// The clock on a wall.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::analysis) enum Clock {
    /// So many seconds ahead of UTC, all year round.
    Fixed(i64),
    /// That of a place, with its summer time.
    Place(Tz),
}

impl Clock {
    /// The seconds since 1970-01-01T00:00:00 that it shows at a moment of UTC.
    fn shows(self, utc: i64) -> i64 {
        let ahead = match self {
            Self::Fixed(ahead) => ahead,
            Self::Place(place) => DateTime::from_timestamp(utc, 0).map_or(0, |moment| {
                i64::from(place.offset_from_utc_datetime(&moment.naive_utc()).fix().local_minus_utc())
            }),
        };
        utc + ahead
    }
}

impl<'a> Wall<'a> {
    /// The moments of a field; `None` without a column for it.
    pub(in crate::analysis) fn new(cases: &'a Cases, field: &str, zone: Option<Clock>) -> Option<Self> {
        Some(Self { moments: cases.moments(field)?, zone })
    }

    /// The moment of a case, seconds since 1970-01-01T00:00:00 in the zone of the file.
    pub(in crate::analysis) fn get(&self, case: usize) -> Option<i64> {
        let seconds = i64::from(self.moments.get(case)?);
        match (self.zone, self.moments.offset(case)) {
            (Some(clock), Some(ahead)) => Some(clock.shows(seconds - i64::from(ahead) * 60)),
            _ => Some(seconds),
        }
    }

    /// Whether a moment of this column lies before one of another, by day where either has no time of day.
    pub(in crate::analysis) fn before(&self, own: i64, other: Self, at: i64) -> bool {
        let by_day = self.is_days() || other.is_days();
        if by_day { own.div_euclid(DAY) < at.div_euclid(DAY) } else { own < at }
    }

    /// Whether the column holds days, without any time of day.
    pub(in crate::analysis) fn is_days(&self) -> bool {
        self.moments.off_midnight == 0
    }
}

/// The clock to which moments are brought; `None` where no moment of these fields writes an offset, so that all are taken as
/// they stand. Waits are then counted on that clock: over a change to summer time a day is a day, though it has 23 hours.
///
/// # Errors
/// A place that is not known.
pub(in crate::analysis) fn zone(
    cases: &Cases,
    fields: &[&str],
    declared: Option<&TimeZone>,
) -> Result<Option<Clock>, RecordsError> {
    let with_offset =
        fields.iter().find(|field| cases.moments(field).is_some_and(|found| found.with_offset > 0));
    let Some(field) = with_offset else { return Ok(None) };
    match declared {
        None => Ok(Some(Clock::Fixed(0))),
        Some(TimeZone::Fixed(minutes)) => Ok(Some(Clock::Fixed(i64::from(*minutes) * 60))),
        Some(TimeZone::Named(name)) => match name.parse() {
            Ok(place) => Ok(Some(Clock::Place(place))),
            Err(_) => Err(RecordsError::NamedZone { zone: name.clone(), field: (*field).to_owned() }),
        },
    }
}

/// Seconds since 1970 or of a wait as they are held: whole, not negative, below `most`, which stands for something else.
pub(in crate::analysis) fn seconds(of: i64, most: u32) -> u32 {
    u32::try_from(of.max(0)).unwrap_or(most).min(most - 1)
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDateTime;

    use super::*;

    fn seconds_of(text: &str) -> i64 {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap().and_utc().timestamp()
    }

    #[test]
    fn a_place_changes_its_clock_twice_a_year() {
        // The zone rules of 2026 by Python 3.11, zoneinfo: datetime(..., tzinfo=UTC).astimezone(ZoneInfo(place)).
        for (place, utc, local) in [
            ("Europe/Berlin", "2026-03-29 00:59", "2026-03-29 01:59"),
            ("Europe/Berlin", "2026-03-29 01:00", "2026-03-29 03:00"),
            ("Europe/Berlin", "2026-10-25 00:59", "2026-10-25 02:59"),
            ("Europe/Berlin", "2026-10-25 01:00", "2026-10-25 02:00"),
            ("America/New_York", "2026-03-08 06:59", "2026-03-08 01:59"),
            ("America/New_York", "2026-03-08 07:00", "2026-03-08 03:00"),
            ("America/New_York", "2026-11-01 05:59", "2026-11-01 01:59"),
            ("America/New_York", "2026-11-01 06:00", "2026-11-01 01:00"),
            ("Australia/Lord_Howe", "2026-04-04 14:59", "2026-04-05 01:59"),
            ("Australia/Lord_Howe", "2026-04-04 15:00", "2026-04-05 01:30"),
            ("Asia/Kolkata", "2026-06-01 12:00", "2026-06-01 17:30"),
        ] {
            let clock = Clock::Place(place.parse().unwrap());
            assert_eq!(clock.shows(seconds_of(utc)), seconds_of(local), "{place} {utc}");
        }
        assert_eq!(Clock::Fixed(-3600).shows(7200), 3600);
    }
}
