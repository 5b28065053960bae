//! The figures of disputes: their ids, units and which way is good.

use crate::survey::measure::Better;

/// What a figure of disputes is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DisputeUnit {
    /// A share, 0 to 100; more only for ratios: a referral rate whose disputes are not among the complaints counted, an
    /// award above the claim.
    Percent,
    /// Days, 0 or more; hours are parts of a day.
    Days,
    /// A number of disputes, 0 or more.
    Count,
    /// The currency of the file, 0 or more.
    Amount,
}

impl DisputeUnit {
    /// The least and the most that a target in it can be.
    pub const fn range(self) -> (f64, f64) {
        match self {
            Self::Percent => (0.0, 100.0),
            _ => (0.0, 1e12),
        }
    }
}

/// One figure of disputes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DisputeStatistic {
    /// Its id in estimates, targets and gates.
    pub id: &'static str,
    /// What it is in.
    pub unit: DisputeUnit,
    /// Which way is good. That few disputes are referred, settled or won is neither good nor bad by itself: a target
    /// for such a figure is refused.
    pub better: Better,
}

impl DisputeStatistic {
    /// The figure of this id.
    pub fn find(id: &str) -> Option<&'static Self> {
        DISPUTE_STATISTICS.iter().find(|statistic| statistic.id == id)
    }
}

const fn of(id: &'static str, unit: DisputeUnit, better: Better) -> DisputeStatistic {
    DisputeStatistic { id, unit, better }
}

use Better::{Higher, Lower, None as Neither};
use DisputeUnit::{Amount, Count, Days, Percent};

/// Every figure of disputes that can be an estimate.
pub const DISPUTE_STATISTICS: [DisputeStatistic; 33] = [
    of("count", Count, Neither),
    of("referral_rate", Percent, Neither),
    of("responded_in_time", Percent, Higher),
    of("decided_in_time", Percent, Higher),
    of("implemented_in_time", Percent, Higher),
    of("time_to_response_median", Days, Lower),
    of("time_to_response_p80", Days, Lower),
    of("time_to_response_p90", Days, Lower),
    of("time_to_outcome_median", Days, Lower),
    of("time_to_outcome_p80", Days, Lower),
    of("time_to_outcome_p90", Days, Lower),
    of("time_to_close_median", Days, Lower),
    of("time_to_close_p80", Days, Lower),
    of("time_to_close_p90", Days, Lower),
    of("open", Count, Lower),
    of("settled", Percent, Neither),
    of("recommendation", Percent, Neither),
    of("for_customer", Percent, Neither),
    of("split", Percent, Neither),
    of("for_organisation", Percent, Neither),
    of("withdrawn", Percent, Neither),
    of("out_of_scope", Percent, Neither),
    of("organisation_accepted", Percent, Neither),
    of("customer_accepted", Percent, Neither),
    of("accepted", Percent, Neither),
    of("overturned", Percent, Lower),
    of("award_ratio", Percent, Neither),
    of("award_ratio_median", Percent, Neither),
    of("awarded_mean", Amount, Neither),
    of("cost_mean", Amount, Neither),
    of("cost_median", Amount, Neither),
    of("fair", Percent, Higher),
    of("process_satisfaction", Percent, Higher),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_there_once_and_are_found() {
        for (index, statistic) in DISPUTE_STATISTICS.iter().enumerate() {
            let before = &DISPUTE_STATISTICS[..index];
            assert!(before.iter().all(|other| other.id != statistic.id), "{}", statistic.id);
            assert_eq!(DisputeStatistic::find(statistic.id), Some(statistic));
        }
        assert_eq!(DisputeStatistic::find("decided"), None);
    }

    #[test]
    fn few_disputes_and_won_disputes_are_not_good_by_themselves() {
        let better = |id| DisputeStatistic::find(id).map(|statistic| statistic.better);
        for id in ["count", "referral_rate", "settled", "for_organisation", "award_ratio", "cost_mean"] {
            assert_eq!(better(id), Some(Neither), "{id}");
        }
        assert_eq!((better("overturned"), better("fair")), (Some(Lower), Some(Higher)));
    }
}
