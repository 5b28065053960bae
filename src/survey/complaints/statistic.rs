//! The figures of complaints: their ids, units and which way is good.

use crate::survey::measure::Better;

/// What a figure of complaints is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ComplaintUnit {
    /// A share of complaints, 0 to 100.
    Percent,
    /// Days, 0 or more; hours are parts of a day.
    Days,
    /// Complaints for each thousand transactions, 0 or more.
    PerThousand,
    /// A number of complaints, 0 or more.
    Count,
    /// One number over another, 0 or more.
    Ratio,
}

impl ComplaintUnit {
    /// The least and the most that a figure in it can be.
    pub const fn range(self) -> (f64, f64) {
        match self {
            Self::Percent => (0.0, 100.0),
            _ => (0.0, 1e12),
        }
    }
}

/// One figure of complaints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ComplaintStatistic {
    /// Its id in estimates, targets and gates.
    pub id: &'static str,
    /// What it is in.
    pub unit: ComplaintUnit,
    /// Which way is good. That few complain, or that few complaints are upheld, is neither good nor bad by itself: a target
    /// for such a figure is refused.
    pub better: Better,
}

impl ComplaintStatistic {
    /// The figure of this id.
    pub fn find(id: &str) -> Option<&'static Self> {
        COMPLAINT_STATISTICS.iter().find(|statistic| statistic.id == id)
    }
}

const fn of(id: &'static str, unit: ComplaintUnit, better: Better) -> ComplaintStatistic {
    ComplaintStatistic { id, unit, better }
}

use Better::{Higher, Lower, None as Neither};
use ComplaintUnit::{Count, Days, PerThousand, Percent, Ratio};

/// Every figure of complaints that can be an estimate.
pub const COMPLAINT_STATISTICS: [ComplaintStatistic; 34] = [
    of("count", Count, Neither),
    of("rate_per_1000", PerThousand, Lower),
    of("acknowledged_in_time", Percent, Higher),
    of("responded_in_time", Percent, Higher),
    of("closed_in_time", Percent, Higher),
    of("time_to_acknowledge_median", Days, Lower),
    of("time_to_acknowledge_p80", Days, Lower),
    of("time_to_acknowledge_p90", Days, Lower),
    of("time_to_respond_median", Days, Lower),
    of("time_to_respond_p80", Days, Lower),
    of("time_to_respond_p90", Days, Lower),
    of("time_to_decide_median", Days, Lower),
    of("time_to_decide_p80", Days, Lower),
    of("time_to_decide_p90", Days, Lower),
    of("time_to_close_median", Days, Lower),
    of("time_to_close_p80", Days, Lower),
    of("time_to_close_p90", Days, Lower),
    of("first_contact", Percent, Higher),
    of("open", Count, Lower),
    of("flow_ratio", Ratio, Higher),
    of("upheld", Percent, Neither),
    of("partly_upheld", Percent, Neither),
    of("rejected", Percent, Neither),
    of("withdrawn", Percent, Neither),
    of("reopened", Percent, Lower),
    of("repeat", Percent, Lower),
    of("recurrent", Percent, Lower),
    of("escalated", Percent, Lower),
    of("other_category", Percent, Lower),
    of("process_satisfaction", Percent, Higher),
    of("outcome_satisfaction", Percent, Higher),
    of("complained", Percent, Neither),
    of("recovered", Percent, Higher),
    of("problems_estimated", Count, Neither),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_there_once_and_are_found() {
        for (index, statistic) in COMPLAINT_STATISTICS.iter().enumerate() {
            assert!(
                COMPLAINT_STATISTICS[..index].iter().all(|other| other.id != statistic.id),
                "{}",
                statistic.id
            );
            assert_eq!(ComplaintStatistic::find(statistic.id), Some(statistic));
        }
        assert_eq!(ComplaintStatistic::find("closed"), None);
    }

    #[test]
    fn few_complaints_are_not_good_by_themselves() {
        let better = |id| ComplaintStatistic::find(id).map(|statistic| statistic.better);
        assert_eq!(better("count"), Some(Neither));
        assert_eq!(better("upheld"), Some(Neither));
        assert_eq!(better("time_to_close_median"), Some(Lower));
    }
}
