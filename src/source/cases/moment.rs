//! Days and times of day, as seconds on the wall of whoever wrote them.

use chrono::{Datelike, NaiveDate};

use super::column::Outcome;
use super::ledger::{FieldLedger, FoundCell};
use super::order::{Orders, SettledOrder};
use crate::source::{DateOrder, MomentCoder, MomentReadings, Position, Zone};
use crate::survey::Missing;

/// Seconds of a day.
const DAY: u32 = 86_400;
/// The days of the year 1 to 1970 by the count of [`Datelike::num_days_from_ce`].
const EPOCH: i32 = 719_163;
/// The first day that is out of reach: that of 2106, in which seconds outgrow 32 bits.
const BEYOND: u32 = 49_673;

/// The moments of a field, one a case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moments {
    seconds: Vec<u32>,
    offsets: Vec<i16>,
    /// Cells with a time of day.
    pub with_time: u64,
    /// Of those, the ones at another time than midnight: a column without any holds days, however it is written.
    pub off_midnight: u64,
    /// Cells with an offset from UTC.
    pub with_offset: u64,
    /// Cells with the name of a zone, which says no offset and is passed over.
    pub with_named_zone: u64,
}

impl Moments {
    /// What stands for no moment.
    pub const NONE: u32 = u32::MAX;
    /// What stands for no offset.
    pub const NO_OFFSET: i16 = i16::MIN;

    /// By case the seconds since 1970-01-01T00:00:00 on the wall of whoever wrote them, [`Self::NONE`] without a moment.
    /// A day without a time of day is its midnight; fractions of seconds are cut.
    pub fn seconds(&self) -> &[u32] {
        &self.seconds
    }

    /// By case the minutes ahead of UTC, [`Self::NO_OFFSET`] where none is written; empty where no case has one. The
    /// seconds less sixty times these are those of UTC.
    pub fn offsets(&self) -> &[i16] {
        &self.offsets
    }

    /// The seconds of a case since 1970-01-01T00:00:00, as written.
    pub fn get(&self, case: usize) -> Option<u32> {
        self.seconds.get(case).copied().filter(|second| *second != Self::NONE)
    }

    /// Adds further cases behind the `before` that are there.
    pub(super) fn append(&mut self, other: Self, before: usize) {
        if !self.offsets.is_empty() || !other.offsets.is_empty() {
            self.offsets.resize(before, Self::NO_OFFSET);
            self.offsets.extend(other.offsets);
            self.offsets.resize(before + other.seconds.len(), Self::NO_OFFSET);
        }
        self.seconds.extend(other.seconds);
        self.with_time += other.with_time;
        self.off_midnight += other.off_midnight;
        self.with_offset += other.with_offset;
        self.with_named_zone += other.with_named_zone;
    }

    /// Adds cases without a moment, up to so many in all.
    pub(super) fn pad(&mut self, cases: usize) {
        self.seconds.resize(cases, Self::NONE);
        if !self.offsets.is_empty() {
            self.offsets.resize(cases, Self::NO_OFFSET);
        }
    }

    /// Puts so many cases without a moment in front.
    pub(super) fn behind(&mut self, before: usize) {
        self.seconds.splice(0..0, std::iter::repeat_n(Self::NONE, before));
        if !self.offsets.is_empty() {
            self.offsets.splice(0..0, std::iter::repeat_n(Self::NO_OFFSET, before));
        }
    }

    /// The minutes ahead of UTC that a case writes, from −840 to 840.
    pub fn offset(&self, case: usize) -> Option<i16> {
        self.offsets.get(case).copied().filter(|minutes| *minutes != Self::NO_OFFSET)
    }
}

/// How a cell can be read, as far as the order of day and month goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reading {
    /// One way, whatever the order.
    Sure,
    /// Both ways; the seconds are those read day first.
    Open,
    /// The same, and the day was written to its end, which is not yet added: 24:00.
    OpenToEnd,
    /// Day first only.
    DayFirst,
    /// Month first only.
    MonthFirst,
}

/// Reads moments.
#[derive(Debug)]
pub(super) struct MomentReader {
    coder: MomentCoder,
    found: Moments,
    /// Empty while all are sure.
    readings: Vec<Reading>,
    pub(super) orders: Orders,
}

impl MomentReader {
    /// A reader of what a coder reads.
    pub(super) fn new(coder: MomentCoder) -> Self {
        Self { coder, found: Moments::default(), readings: Vec::new(), orders: Orders::default() }
    }

    /// What a cell says.
    pub(super) fn look_at(&mut self, cell: &[u8]) -> Outcome {
        match self.coder.readings(cell) {
            Ok(_) => Outcome::Read(()),
            Err(Missing::Invalid) => Outcome::Unreadable,
            Err(_) => Outcome::Blank,
        }
    }

    /// Adds a case, whose cell stands at a place.
    #[inline]
    pub(super) fn push(
        &mut self,
        cell: &[u8],
        ledger: &mut FieldLedger,
        place: impl Fn() -> Position,
    ) -> Outcome {
        if cell.is_empty() {
            self.add(Moments::NONE, Reading::Sure, Zone::Unwritten);
            return Outcome::Blank;
        }
        let outcome = match self.coder.readings(cell) {
            Ok(moment) => match self.take(moment, || FoundCell::of(place(), cell)) {
                Some((second, reading)) => {
                    if moment.days.month_only {
                        ledger.month_only.note(place);
                    }
                    self.add(second, reading, moment.zone);
                    return Outcome::Read(());
                }
                None => Outcome::OutOfReach,
            },
            Err(Missing::Invalid) => Outcome::Unreadable,
            Err(_) => Outcome::Blank,
        };
        self.add(Moments::NONE, Reading::Sure, Zone::Unwritten);
        outcome
    }

    /// The moments, days and months in this order; cells that have the other are unreadable after all. Without an order
    /// those are that can be read both ways.
    pub(super) fn finish(mut self, settled: Option<SettledOrder>, ledger: &mut FieldLedger) -> Moments {
        ledger.order = settled;
        let order = settled.map(|settled| settled.order);
        let contrary = match order {
            Some(DateOrder::DayFirst) => self.orders.month_first,
            Some(DateOrder::MonthFirst) => self.orders.day_first,
            None => self.orders.open,
        };
        ledger.read -= contrary.cells;
        ledger.unreadable.merge(contrary);
        for (second, reading) in self.found.seconds.iter_mut().zip(&self.readings) {
            *second = in_order(*second, *reading, order);
        }
        self.found.seconds.shrink_to_fit();
        self.found
    }

    /// The seconds of a moment and how it can be read; none where it is out of reach.
    #[inline]
    fn take(&mut self, moment: MomentReadings, cell: impl Fn() -> FoundCell) -> Option<(u32, Reading)> {
        let MomentReadings { days, second, .. } = moment;
        let day = day_number(days.day_first.or(days.month_first)?)?;
        if let Some(second) = second {
            self.found.with_time += 1;
            self.found.off_midnight += u64::from(second % DAY != 0);
        }
        let second = second.unwrap_or(0);
        let (start, end) = (day * DAY, day * DAY + second);
        self.orders.evidence.add(days);
        Some(match (days.day_first, days.month_first) {
            (Some(_), None) => {
                self.orders.day_first.note(cell);
                (end, Reading::DayFirst)
            }
            (None, Some(_)) => {
                self.orders.month_first.note(cell);
                (end, Reading::MonthFirst)
            }
            _ if days.is_open() => {
                self.orders.open.note(cell);
                if second == DAY { (start, Reading::OpenToEnd) } else { (end, Reading::Open) }
            }
            _ => (end, Reading::Sure),
        })
    }

    #[inline]
    fn add(&mut self, second: u32, reading: Reading, zone: Zone) {
        let cases = self.found.seconds.len();
        self.found.seconds.push(second);
        if reading != Reading::Sure || !self.readings.is_empty() {
            self.readings.resize(cases, Reading::Sure);
            self.readings.push(reading);
        }
        let offset = match zone {
            Zone::Minutes(minutes) => {
                self.found.with_offset += 1;
                minutes
            }
            Zone::Named => {
                self.found.with_named_zone += 1;
                Moments::NO_OFFSET
            }
            Zone::Unwritten => Moments::NO_OFFSET,
        };
        if offset != Moments::NO_OFFSET || !self.found.offsets.is_empty() {
            self.found.offsets.resize(cases, Moments::NO_OFFSET);
            self.found.offsets.push(offset);
        }
    }
}

/// The seconds of a moment that can be read so, in an order of day and month.
fn in_order(second: u32, reading: Reading, order: Option<DateOrder>) -> u32 {
    use DateOrder::{DayFirst, MonthFirst};
    match (reading, order) {
        (Reading::Sure, _)
        | (Reading::DayFirst, None | Some(DayFirst))
        | (Reading::MonthFirst, None | Some(MonthFirst))
        | (Reading::Open, Some(DayFirst)) => second,
        (Reading::OpenToEnd, Some(DayFirst)) => second + DAY,
        (Reading::Open, Some(MonthFirst)) => turned(second),
        (Reading::OpenToEnd, Some(MonthFirst)) => turned(second) + DAY,
        (Reading::DayFirst, Some(MonthFirst))
        | (Reading::MonthFirst, Some(DayFirst))
        | (Reading::Open | Reading::OpenToEnd, None) => Moments::NONE,
    }
}

/// Days since 1970; none before that and from 2106 on.
#[inline]
fn day_number(date: NaiveDate) -> Option<u32> {
    u32::try_from(date.num_days_from_ce() - EPOCH).ok().filter(|day| *day < BEYOND)
}

/// The moment with day and month the other way round; it stays where there is no such day.
fn turned(second: u32) -> u32 {
    let date =
        i32::try_from(second / DAY).ok().and_then(|day| NaiveDate::from_num_days_from_ce_opt(day + EPOCH));
    let other = date.and_then(|date| NaiveDate::from_ymd_opt(date.year(), date.day(), date.month()));
    other.and_then(day_number).map_or(second, |day| day * DAY + second % DAY)
}

#[cfg(test)]
mod tests;
