//! The figures as estimates: one object each, as those of a survey.

use indexmap::IndexMap;

use crate::analysis::records::{Part, Share};
use crate::measures::{rounded, target_verdict};
use crate::report::{Better, ComplaintVolume, Estimate, Flag, StepTimes, Unit};
use crate::stats::Confidence;
use crate::survey::{self, COMPLAINT_STATISTICS, ComplaintStatistic, ComplaintUnit, ComplaintsDefinition};

/// The figures of one group.
pub(super) struct Figures<'a> {
    pub(super) definition: &'a ComplaintsDefinition,
    pub(super) confidence: Confidence,
    pub(super) flag_below: u64,
    pub(super) segment: IndexMap<String, String>,
    pub(super) wave: Option<String>,
    /// Why all figures are hidden.
    pub(super) hidden: Option<Flag>,
    pub(super) found: Vec<Estimate>,
}

/// The statistic of estimates that stands first.
const HEADLINE: &str = "closed_in_time";

impl Figures<'_> {
    /// A number without limits: what was counted is known.
    pub(super) fn number(&mut self, statistic: &str, value: Option<f64>, base: u64) {
        self.add(statistic, base, |estimate| {
            estimate.value = value.and_then(rounded);
            if value.is_none() {
                estimate.flag = Some(Flag::NoAnswers);
            }
        });
    }

    /// The number of complaints and their rate.
    pub(super) fn volume(&mut self, volume: &ComplaintVolume) {
        self.add("count", volume.received, |estimate| {
            estimate.value = Some(volume.received as f64);
            (estimate.low, estimate.high) = (volume.received_low, volume.received_high);
            estimate.method = Some("garwood".to_owned());
            if volume.received == 0 {
                estimate.flag = None;
            }
        });
        if volume.transactions.is_some() {
            self.add("rate_per_1000", volume.events.unwrap_or(0), |estimate| {
                estimate.value = volume.rate_per_1000;
                (estimate.low, estimate.high) = (volume.rate_low, volume.rate_high);
                estimate.method = Some("garwood".to_owned());
                if volume.rate_per_1000.is_some() {
                    estimate.flag = None;
                }
            });
        }
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

    /// The share of an outcome, with limits that hold for all outcomes together.
    pub(super) fn outcome(&mut self, statistic: &str, part: Part, limits: Option<[f64; 2]>) {
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

    /// One over another with its limits.
    pub(super) fn ratio(&mut self, statistic: &str, figure: [Option<f64>; 3], base: u64) {
        let [value, low, high] = figure;
        self.add(statistic, base, |estimate| {
            (estimate.value, estimate.low, estimate.high) = (value, low, high);
            estimate.method = value.map(|_| "exact-poisson-ratio".to_owned());
            estimate.flag = value.is_none().then_some(Flag::NoAnswers);
        });
    }

    /// The percentiles of a step.
    pub(super) fn times(&mut self, times: &StepTimes) {
        let statistics = [50, 80, 90].map(|percent| {
            let name = if percent == 50 { "median".to_owned() } else { format!("p{percent}") };
            (percent, format!("time_to_{}_{name}", times.step))
        });
        for (percent, statistic) in statistics {
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
        let Some(known) = ComplaintStatistic::find(statistic) else { return };
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

    fn empty(&self, known: &ComplaintStatistic, base: u64) -> Estimate {
        let base = self.hidden.is_none().then_some(base);
        Estimate {
            segment: self.segment.clone(),
            wave: self.wave.clone(),
            flag: self.hidden,
            ..of_statistic(known, base, self.confidence)
        }
    }
}

/// A figure of this statistic and base without a value, of all complaints.
pub(super) fn blank(statistic: &str, base: Option<u64>, confidence: Confidence) -> Estimate {
    let unknown = ComplaintStatistic { id: "", unit: ComplaintUnit::Count, better: survey::Better::None };
    of_statistic(ComplaintStatistic::find(statistic).unwrap_or(&unknown), base, confidence)
}

fn of_statistic(known: &ComplaintStatistic, base: Option<u64>, confidence: Confidence) -> Estimate {
    Estimate {
        question: "complaints".to_owned(),
        measure: "complaints".to_owned(),
        statistic: known.id.to_owned(),
        headline: known.id == HEADLINE,
        segment: IndexMap::new(),
        wave: None,
        value: None,
        unit: match known.unit {
            ComplaintUnit::Percent => Unit::Percent,
            ComplaintUnit::Days => Unit::Days,
            ComplaintUnit::PerThousand | ComplaintUnit::Ratio => Unit::Rate,
            ComplaintUnit::Count => Unit::Count,
        },
        better: match known.better {
            survey::Better::Higher => Some(Better::Higher),
            survey::Better::Lower => Some(Better::Lower),
            survey::Better::None => None,
        },
        se: None,
        low: None,
        high: None,
        confidence: confidence.level(),
        method: None,
        base,
        base_weighted: base.map(|base| base as f64),
        base_effective: base.map(|base| base as f64),
        degrees_of_freedom: None,
        base_kish: None,
        design_effect_kish: None,
        flag: None,
        target: None,
        target_verdict: None,
    }
}

/// The verdict on the organisation's own target. A time of which the upper limit is not reached is judged by the lower.
pub(super) fn judge(estimate: &mut Estimate, definition: &ComplaintsDefinition) {
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
        COMPLAINT_STATISTICS.iter().position(|statistic| statistic.id == estimate.statistic)
    };
    found.sort_by_key(place);
    found
}
