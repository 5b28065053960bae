//! Whether a column writes the day or the month first, settled from all its rows.

use super::DateReadings;

/// How much the rows for one order must outweigh those for the other.
const BY_FAR: u64 = 10;

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

/// Why the order of a column's dates stays open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OrderOpen {
    /// No row decides.
    #[error("no date says whether the day or the month comes first")]
    NoEvidence,
    /// Rows decide for both orders, neither by far.
    #[error("some dates are day-first only, others month-first only")]
    Contradiction,
}

impl OrderEvidence {
    /// Adds a row.
    pub fn add(&mut self, readings: DateReadings) {
        match (readings.day_first, readings.month_first) {
            (Some(_), None) => self.day_first += 1,
            (None, Some(_)) => self.month_first += 1,
            _ if readings.is_open() => self.open += 1,
            _ => {}
        }
    }

    /// Adds what another has seen.
    pub fn merge(&mut self, other: Self) {
        self.day_first += other.day_first;
        self.month_first += other.month_first;
        self.open += other.open;
    }

    /// The order of the column: that of the rows which can be read one way only.
    ///
    /// Where some rows decide for each order, one must have ten times the rows of the other; the others then are
    /// invalid dates. Without any open row and any that decides the order makes no difference.
    ///
    /// # Errors
    /// No row decides though some are open, or rows decide for both orders, neither by far.
    pub fn settle(self) -> Result<DateOrder, OrderOpen> {
        let by_far = |many: u64, few: u64| many / BY_FAR >= few;
        match (self.day_first, self.month_first) {
            (0, 0) if self.open == 0 => Ok(DateOrder::DayFirst),
            (0, 0) => Err(OrderOpen::NoEvidence),
            (day, month) if by_far(day, month) => Ok(DateOrder::DayFirst),
            (day, month) if by_far(month, day) => Ok(DateOrder::MonthFirst),
            _ => Err(OrderOpen::Contradiction),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settle(day_first: u64, month_first: u64, open: u64) -> Result<DateOrder, OrderOpen> {
        OrderEvidence { day_first, month_first, open }.settle()
    }

    #[test]
    fn one_row_decides_unless_others_speak_against() {
        assert_eq!(settle(1, 0, 1_000), Ok(DateOrder::DayFirst));
        assert_eq!(settle(0, 1, 1_000), Ok(DateOrder::MonthFirst));
        assert_eq!(settle(0, 0, 1), Err(OrderOpen::NoEvidence));
        assert_eq!(settle(0, 0, 0), Ok(DateOrder::DayFirst));
        assert_eq!(settle(10, 1, 5), Ok(DateOrder::DayFirst));
        assert_eq!(settle(2, 20, 5), Ok(DateOrder::MonthFirst));
        assert_eq!(settle(9, 1, 5), Err(OrderOpen::Contradiction));
        assert_eq!(settle(1, 1, 0), Err(OrderOpen::Contradiction));
        assert_eq!(settle(u64::MAX, 1, 0), Ok(DateOrder::DayFirst));
    }
}
