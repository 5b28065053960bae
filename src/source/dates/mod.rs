//! Texts to dates: each is read day-first and month-first until the column settles which.

use chrono::NaiveDate;

use crate::survey::Missing;

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
    /// The date in this order.
    pub fn in_order(self, _order: DateOrder) -> Option<NaiveDate> {
        todo!()
    }
    /// Whether both readings exist and differ.
    pub fn is_open(self) -> bool {
        todo!()
    }
}

/// Which comes first in a column's dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DateOrder {
    /// 14/09/2026
    DayFirst,
    /// 09/14/2026
    MonthFirst,
}

/// How many rows of a column can be read which way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OrderEvidence {
    /// Rows readable day-first only.
    pub day_first: u64,
    /// Rows readable month-first only.
    pub month_first: u64,
    /// Rows that can be read both ways, with different dates.
    pub open: u64,
}

impl OrderEvidence {
    /// Adds a row.
    pub fn add(&mut self, _readings: DateReadings) {
        todo!()
    }
    /// Adds what another has seen.
    pub fn merge(&mut self, _other: Self) {
        todo!()
    }
    /// The order of the column.
    ///
    /// # Errors
    /// The data do not say, or contradict themselves.
    pub fn settle(self) -> Result<DateOrder, OrderOpen> {
        todo!()
    }
}

/// The order of a column's dates stays open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OrderOpen {
    /// No row decides.
    #[error("no row says whether the day or the month comes first")]
    NoEvidence,
    /// Rows decide for both orders, neither by far.
    #[error("some rows are day-first, others month-first")]
    Contradiction,
}

/// A strftime format that cannot give a date.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a date format")]
pub struct InvalidDateFormat(pub String);

/// Reads the dates of a column.
#[derive(Clone, Debug)]
pub struct DateCoder {}

impl DateCoder {
    /// A coder; with a format, only texts in that format are dates, and both readings are equal.
    ///
    /// # Errors
    /// The format cannot give a date.
    pub fn new(_format: Option<&str>, _missing: &[String]) -> Result<Self, InvalidDateFormat> {
        todo!()
    }
    /// What a cell says.
    ///
    /// # Errors
    /// The reason why there is no date: blank or invalid.
    pub fn readings(&mut self, _cell: &[u8]) -> Result<DateReadings, Missing> {
        todo!()
    }
}
