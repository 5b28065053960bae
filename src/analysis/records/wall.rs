//! Moments of a file on one wall: what an analysis compares.

use crate::source::cases::{Cases, Moments};
use crate::survey::TimeZone;

use super::RecordsError;

/// Seconds of a day.
pub(in crate::analysis) const DAY: i64 = 86_400;

/// A column of moments.
#[derive(Clone, Copy, Debug)]
pub(in crate::analysis) struct Wall<'a> {
    moments: &'a Moments,
    /// The zone of the file in seconds ahead of UTC, where any moment writes its own.
    zone: Option<i64>,
}

impl<'a> Wall<'a> {
    /// The moments of a field; `None` without a column for it.
    pub(in crate::analysis) fn new(cases: &'a Cases, field: &str, zone: Option<i64>) -> Option<Self> {
        Some(Self { moments: cases.moments(field)?, zone })
    }

    /// The moment of a case, seconds since 1970-01-01T00:00:00 in the zone of the file.
    pub(in crate::analysis) fn get(&self, case: usize) -> Option<i64> {
        let seconds = i64::from(self.moments.get(case)?);
        match (self.zone, self.moments.offset(case)) {
            (Some(zone), Some(ahead)) => Some(seconds - i64::from(ahead) * 60 + zone),
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

/// The zone to which moments are brought, in seconds ahead of UTC; `None` where no moment of these fields writes an offset,
/// so that all are taken as they stand.
///
/// # Errors
/// A zone that is a place: its rules are not known here.
pub(in crate::analysis) fn zone(
    cases: &Cases,
    fields: &[&str],
    declared: Option<&TimeZone>,
) -> Result<Option<i64>, RecordsError> {
    let with_offset =
        fields.iter().find(|field| cases.moments(field).is_some_and(|found| found.with_offset > 0));
    let Some(field) = with_offset else { return Ok(None) };
    match declared {
        None => Ok(Some(0)),
        Some(TimeZone::Fixed(minutes)) => Ok(Some(i64::from(*minutes) * 60)),
        Some(TimeZone::Named(place)) => {
            Err(RecordsError::NamedZone { zone: place.clone(), field: (*field).to_owned() })
        }
    }
}

/// Seconds since 1970 or of a wait as they are held: whole, not negative, below `most`, which stands for something else.
pub(in crate::analysis) fn seconds(of: i64, most: u32) -> u32 {
    u32::try_from(of.max(0)).unwrap_or(most).min(most - 1)
}
