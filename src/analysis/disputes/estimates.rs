//! The figures as estimates: one object each, as those of a survey.

use indexmap::IndexMap;

use crate::analysis::records::{Amounts, Part, Share};
use crate::measures::{rounded, target_verdict};
use crate::report::{Better, DisputeAward, Estimate, Flag, StepTimes, Unit};
use crate::stats::{self, Confidence};
use crate::survey::{self, DISPUTE_STATISTICS, DisputeStatistic, DisputeUnit, DisputesDefinition};

/// The figures of one group.
pub(super) struct Figures<'a> {
    pub(super) definition: &'a DisputesDefinition,
    pub(super) confidence: Confidence,
    pub(super) flag_below: u64,
    pub(super) segment: IndexMap<String, String>,
    pub(super) wave: Option<String>,
    /// Why all figures are hidden.
    pub(super) hidden: Option<Flag>,
    pub(super) found: Vec<Estimate>,
}

/// The statistic of estimates that stands first.
const HEADLINE: &str = "overturned";

impl Figures<'_> {
    /// A number without limits: what was counted is known.
    pub(super) fn number(&mut self, statistic: &str, value: u64, base: u64) {
        self.add(statistic, base, |estimate| estimate.value = Some(value as f64));
    }

    /// The number of disputes.
    pub(super) fn count(&mut self, disputes: u64) {
        let limits = stats::garwood(disputes, self.confidence);
        self.add("count", disputes, |estimate| {
            estimate.value = Some(disputes as f64);
            estimate.low = limits.and_then(|limits| rounded(limits.low));
            estimate.high = limits.and_then(|limits| rounded(limits.high));
            estimate.method = Some("garwood".to_owned());
        });
    }

    /// The referral rate with its limits; `base` are the unresolved complaints.
    pub(super) fn referral(
        &mut self,
        [value, low, high]: [Option<f64>; 3],
        base: u64,
        method: Option<&str>,
        not_a_subset: bool,
    ) {
        let flag_below = self.flag_below;
        self.add("referral_rate", base, |estimate| {
            (estimate.value, estimate.low, estimate.high) = (value, low, high);
            estimate.method = method.map(str::to_owned);
            estimate.flag = match value {
                None => Some(Flag::NoAnswers),
                Some(_) if not_a_subset => Some(Flag::NotASubset),
                Some(_) => (base < flag_below).then_some(Flag::SmallBase),
            };
        });
    }

    /// A share.
    pub(super) fn share(&mut self, statistic: &str, part: Part) {
        let (share, flag_below) = (Share::new(part, self.confidence), self.flag_below);
        self.add(statistic, part.base, |estimate| match share {
            None => estimate.flag = Some(Flag::NoAnswers),
            Some(share) => {
                estimate.value = Some(share.percent);
                estimate.se = Some(share.se);
                (estimate.low, estimate.high) = (Some(share.low), Some(share.high));
                estimate.method = Some("wilson".to_owned());
                estimate.flag = (part.base < flag_below).then_some(Flag::SmallBase);
            }
        });
    }

    /// The share of an outcome, with limits that hold for all outcomes together; of a single dispute there is none.
    pub(super) fn outcome(&mut self, statistic: &str, part: Part, limits: Option<[f64; 2]>) {
        if part.base == 1 {
            return self.add(statistic, 1, |estimate| estimate.flag = Some(Flag::SingleAnswer));
        }
        self.share(statistic, part);
        if let (Some([low, high]), Some(estimate)) = (limits, self.found.last_mut())
            && estimate.value.is_some()
        {
            (estimate.low, estimate.high) = (Some(low), Some(high));
            estimate.method = Some("goodman".to_owned());
        }
    }

    /// A figure that does not exist for want of something.
    pub(super) fn missing(&mut self, statistic: &str, flag: Flag) {
        self.add(statistic, 0, |estimate| estimate.flag = Some(flag));
    }

    /// What was awarded of what was claimed.
    pub(super) fn award(&mut self, award: &DisputeAward) {
        self.mean(
            "award_ratio",
            ([award.ratio, award.low, award.high], award.se),
            award.cases,
            "ratio-of-sums",
        );
        let median = [award.median, award.median_low, award.median_high];
        self.mean("award_ratio_median", (median, None), award.cases, "order-statistics");
    }

    /// The mean of amounts and, where it has a statistic, their median.
    pub(super) fn amounts(&mut self, mean: &str, median: Option<&str>, amounts: &Amounts) {
        self.mean(mean, (amounts.mean, amounts.se), amounts.cases, "t");
        if let Some(median) = median {
            self.mean(median, (amounts.median, None), amounts.cases, "order-statistics");
        }
    }

    /// A figure that a single case does not have.
    fn mean(
        &mut self,
        statistic: &str,
        ([value, low, high], se): ([Option<f64>; 3], Option<f64>),
        base: u64,
        method: &str,
    ) {
        let flag_below = self.flag_below;
        self.add(statistic, base, |estimate| {
            if base < 2 {
                let is_none = base == 0;
                estimate.flag = Some(if is_none { Flag::NoAnswers } else { Flag::SingleAnswer });
                return;
            }
            (estimate.value, estimate.low, estimate.high, estimate.se) = (value, low, high, se);
            let has_limits = low.is_some() || high.is_some();
            estimate.method = has_limits.then(|| method.to_owned());
            estimate.flag = match (has_limits, method) {
                (false, "order-statistics") | (true, _) => (base < flag_below).then_some(Flag::SmallBase),
                (false, _) => Some(Flag::NoVariation),
            };
        });
    }

    /// The percentiles of a step.
    pub(super) fn times(&mut self, times: &StepTimes) {
        for (percent, part) in [(50, "median"), (80, "p80"), (90, "p90")] {
            let statistic = format!("time_to_{}_{part}", times.step);
            let found = times.quantiles.iter().find(|quantile| quantile.percent == percent);
            self.add(&statistic, times.cases.unwrap_or(0), |estimate| {
                estimate.value = found.and_then(|found| found.days);
                estimate.low = found.and_then(|found| found.low);
                estimate.high = found.and_then(|found| found.high);
                estimate.method = Some("kaplan-meier-log-log".to_owned());
                let is_none = times.cases == Some(0);
                estimate.flag = if is_none { Some(Flag::NoAnswers) } else { times.flag };
            });
        }
    }

    fn add(&mut self, statistic: &str, base: u64, fill: impl FnOnce(&mut Estimate)) {
        let Some(known) = DisputeStatistic::find(statistic) else { return };
        let mut estimate = self.empty(known, base);
        if self.hidden.is_none() {
            fill(&mut estimate);
            if base == 0 && estimate.value.is_none() {
                estimate.method = None;
            }
            judge(&mut estimate, self.definition);
        }
        self.found.push(estimate);
    }

    fn empty(&self, known: &DisputeStatistic, base: u64) -> Estimate {
        let base = self.hidden.is_none().then_some(base);
        Estimate {
            question: "disputes".to_owned(),
            measure: "disputes".to_owned(),
            statistic: known.id.to_owned(),
            headline: known.id == HEADLINE,
            segment: self.segment.clone(),
            wave: self.wave.clone(),
            value: None,
            unit: match known.unit {
                DisputeUnit::Percent => Unit::Percent,
                DisputeUnit::Days => Unit::Days,
                DisputeUnit::Count => Unit::Count,
                DisputeUnit::Amount => Unit::Scale,
            },
            better: match known.better {
                survey::Better::Higher => Some(Better::Higher),
                survey::Better::Lower => Some(Better::Lower),
                survey::Better::None => None,
            },
            se: None,
            low: None,
            high: None,
            confidence: self.confidence.level(),
            method: None,
            base,
            base_weighted: base.map(|base| base as f64),
            base_effective: base.map(|base| base as f64),
            degrees_of_freedom: None,
            base_kish: None,
            design_effect_kish: None,
            flag: self.hidden,
            target: None,
            target_verdict: None,
        }
    }
}

/// The verdict on the organisation's own target. A time of which the upper limit is not reached is judged by the lower.
fn judge(estimate: &mut Estimate, definition: &DisputesDefinition) {
    let Some(target) = definition.targets.get(&estimate.statistic).copied() else { return };
    estimate.target = Some(target);
    let Some(better) = estimate.better.filter(|_| estimate.value.is_some() || estimate.low.is_some()) else {
        return;
    };
    let limits = match (estimate.low, estimate.high) {
        (Some(low), high) => Some((low, high.unwrap_or(f64::INFINITY))),
        (None, Some(high)) => Some((0.0, high)),
        // What was counted is known.
        (None, None) => estimate.value.filter(|_| estimate.method.is_none()).map(|value| (value, value)),
    };
    estimate.target_verdict = Some(target_verdict(limits, target, better));
}

/// The estimates in the order of the statistics, for each group.
pub(super) fn in_order(mut found: Vec<Estimate>) -> Vec<Estimate> {
    let place = |estimate: &Estimate| {
        DISPUTE_STATISTICS.iter().position(|statistic| statistic.id == estimate.statistic)
    };
    found.sort_by_key(place);
    found
}
