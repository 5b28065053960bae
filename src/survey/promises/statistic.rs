//! The figures of promises: their ids, units and which way is good.

use crate::survey::measure::Better;

/// What a figure of promises is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PromiseUnit {
    /// A share, 0 to 100.
    Percent,
    /// The unit of the promise, 0 or more.
    Own,
    /// Complaints for each thousand events, 0 or more.
    PerThousand,
    /// A number of events, 0 or more.
    Count,
}

impl PromiseUnit {
    /// The least and the most that a figure in it can be.
    pub const fn range(self) -> (f64, f64) {
        match self {
            Self::Percent => (0.0, 100.0),
            _ => (0.0, 1e12),
        }
    }
}

/// One figure of promises.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PromiseStatistic {
    /// Its id in estimates, targets and gates.
    pub id: &'static str,
    /// What it is in.
    pub unit: PromiseUnit,
    /// Which way is good; how many events there were is neither.
    pub better: Better,
}

impl PromiseStatistic {
    /// The figure of this id.
    pub fn find(id: &str) -> Option<&'static Self> {
        PROMISE_STATISTICS.iter().find(|statistic| statistic.id == id)
    }
}

const fn of(id: &'static str, unit: PromiseUnit, better: Better) -> PromiseStatistic {
    PromiseStatistic { id, unit, better }
}

/// Every figure of promises that can be an estimate, in the order of estimates.
pub const PROMISE_STATISTICS: [PromiseStatistic; 8] = [
    of("kept", PromiseUnit::Percent, Better::Higher),
    of("events", PromiseUnit::Count, Better::None),
    of("overshoot_mean", PromiseUnit::Own, Better::Lower),
    of("remedy_honoured", PromiseUnit::Percent, Better::Higher),
    of("complaints_per_1000", PromiseUnit::PerThousand, Better::Lower),
    of("misunderstood", PromiseUnit::Percent, Better::Lower),
    of("awareness", PromiseUnit::Percent, Better::Higher),
    of("satisfaction", PromiseUnit::Percent, Better::Higher),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_there_once_and_are_found() {
        for (index, statistic) in PROMISE_STATISTICS.iter().enumerate() {
            let earlier = &PROMISE_STATISTICS[..index];
            assert!(earlier.iter().all(|other| other.id != statistic.id), "{}", statistic.id);
            assert_eq!(PromiseStatistic::find(statistic.id), Some(statistic));
        }
        assert_eq!(PromiseStatistic::find("broken"), None);
        assert_eq!(PromiseStatistic::find("events").map(|found| found.better), Some(Better::None));
    }
}
