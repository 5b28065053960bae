//! The figures as estimates: one object each, as those of a survey.

use indexmap::IndexMap;

use crate::measures::{rounded, target_verdict};
use crate::report::{Better, Estimate, Flag, PromiseAnswer, PromiseFigures, Unit};
use crate::survey::{self, PROMISE_STATISTICS, PromiseStatistic, PromiseUnit, PromisesDefinition};

use super::figures::Known;

/// The statistic of estimates that stands first.
const HEADLINE: &str = "kept";

/// Of which promise, in which group and period figures are.
#[derive(Clone, Debug, Default)]
pub(super) struct Of {
    /// The id of the promise; none for all.
    pub(super) promise: Option<String>,
    pub(super) segment: IndexMap<String, String>,
    pub(super) wave: Option<String>,
    /// The organisation's own target for the share kept.
    pub(super) target_kept: Option<f64>,
}

impl Of {
    fn question(&self) -> String {
        self.promise.as_ref().map_or_else(|| "promises".to_owned(), |id| format!("promises.{id}"))
    }
}

/// Makes estimates.
pub(super) struct Estimates<'a> {
    pub(super) definition: &'a PromisesDefinition,
    pub(super) known: Known,
    /// Whether complaints are known of groups: those of a file are not.
    pub(super) complaints_of_groups: bool,
    pub(super) found: Vec<Estimate>,
}

impl Estimates<'_> {
    /// The estimates of some figures; the target and the verdict of the share kept are set in the figures too.
    pub(super) fn add(&mut self, of: &Of, figures: &mut PromiseFigures) {
        let hidden = figures.flag.filter(|flag| matches!(flag, Flag::Suppressed | Flag::Complementary));
        for statistic in &PROMISE_STATISTICS {
            let mut estimate = self.empty(of, statistic);
            if let Some(flag) = hidden {
                if self.is_known(statistic.id) {
                    estimate.flag = Some(flag);
                    self.found.push(estimate);
                }
                continue;
            }
            if self.fill(&mut estimate, figures) {
                self.judge(&mut estimate, of);
                if statistic.id == HEADLINE {
                    (figures.target, figures.target_verdict) = (estimate.target, estimate.target_verdict);
                }
                self.found.push(estimate);
            }
        }
    }

    /// The estimate of what customers say.
    pub(super) fn answer(&mut self, answer: &PromiseAnswer) {
        let Some(statistic) = PromiseStatistic::find(&answer.statistic) else { return };
        let of = Of { wave: None, ..Of::default() };
        let mut estimate = self.empty(&of, statistic);
        estimate.unit = answer.unit;
        (estimate.value, estimate.low, estimate.high) = (answer.value, answer.low, answer.high);
        estimate.method.clone_from(&answer.method);
        set_base(&mut estimate, answer.base);
        estimate.flag = match answer.base {
            _ if answer.value.is_none() => Some(Flag::NoAnswers),
            Some(base) => self.small(base),
            None => None,
        };
        self.judge(&mut estimate, &of);
        self.found.push(estimate);
    }

    /// Whether a figure of this kind can be known in this run.
    fn is_known(&self, statistic: &str) -> bool {
        match statistic {
            "kept" | "events" => true,
            "overshoot_mean" => self.known.values,
            "remedy_honoured" => self.known.due && self.known.paid,
            "complaints_per_1000" => self.complaints_of_groups,
            _ => false,
        }
    }

    fn small(&self, base: u64) -> Option<Flag> {
        (base < self.known.flag_below).then_some(Flag::SmallBase)
    }

    /// Fills an estimate; `false` where nothing can be known of it.
    fn fill(&self, estimate: &mut Estimate, figures: &PromiseFigures) -> bool {
        let statistic = estimate.statistic.clone();
        let mut share = |value: Option<f64>, limits: [Option<f64>; 2], base: Option<u64>, small: bool| {
            estimate.value = value;
            [estimate.low, estimate.high] = limits;
            set_base(estimate, base);
            estimate.flag = match value {
                None => Some(Flag::NoAnswers),
                Some(_) if small => base.and_then(|base| self.small(base)),
                Some(_) => None,
            };
        };
        let method = match statistic.as_str() {
            "kept" => {
                share(figures.kept_share, [figures.low, figures.high], figures.judged, true);
                "wilson"
            }
            "events" => {
                share(figures.events.map(|events| events as f64), [None; 2], figures.events, false);
                ""
            }
            "overshoot_mean" => {
                let Some(row) = &figures.overshoot else { return false };
                if row.reason.as_deref() == Some("mixed_units") {
                    return false;
                }
                share(row.mean, [row.mean_low, row.mean_high], Some(row.base), true);
                estimate.se = row.mean_se;
                match row.reason.as_deref() {
                    Some("single_breach") => estimate.flag = Some(Flag::SingleAnswer),
                    Some("no_variation") => estimate.flag = Some(Flag::NoVariation),
                    _ => {}
                }
                if row.mean_low.is_some() { "t" } else { "" }
            }
            "remedy_honoured" => {
                let Some(row) = figures.remedies.as_ref().filter(|row| row.honoured.is_some()) else {
                    return false;
                };
                share(row.share, [row.low, row.high], Some(row.due), true);
                "wilson"
            }
            "complaints_per_1000" => {
                if figures.complaints.is_none() {
                    return false;
                }
                let limits = [figures.complaints_low, figures.complaints_high];
                share(figures.complaints_per_1000, limits, figures.events, false);
                "garwood"
            }
            "misunderstood" => {
                let Some(base) = figures.misunderstood_base else { return false };
                let limits = [figures.misunderstood_low, figures.misunderstood_high];
                share(figures.misunderstood_share, limits, Some(base), true);
                "wilson"
            }
            _ => return false,
        };
        if estimate.value.is_some() && !method.is_empty() {
            estimate.method = Some(method.to_owned());
        }
        if method == "wilson"
            && let (Some(percent), Some(base)) = (estimate.value, estimate.base)
        {
            let p = percent / 100.0;
            estimate.se = rounded((p * (1.0 - p) / base.max(1) as f64).sqrt() * 100.0);
        }
        true
    }

    /// The verdict on the organisation's own target.
    fn judge(&self, estimate: &mut Estimate, of: &Of) {
        let declared = self.definition.targets.get(&estimate.statistic).copied();
        let own = of.target_kept.filter(|_| estimate.statistic == HEADLINE);
        let Some(target) = own.or(declared) else { return };
        estimate.target = Some(target);
        let Some(better) = estimate.better.filter(|_| estimate.value.is_some()) else { return };
        estimate.target_verdict = Some(target_verdict(estimate.low.zip(estimate.high), target, better));
    }

    fn empty(&self, of: &Of, statistic: &PromiseStatistic) -> Estimate {
        Estimate {
            question: of.question(),
            measure: "promises".to_owned(),
            statistic: statistic.id.to_owned(),
            headline: statistic.id == HEADLINE,
            segment: of.segment.clone(),
            wave: of.wave.clone(),
            value: None,
            unit: match statistic.unit {
                PromiseUnit::Percent => Unit::Percent,
                PromiseUnit::Own => Unit::Scale,
                PromiseUnit::PerThousand => Unit::Rate,
                PromiseUnit::Count => Unit::Count,
            },
            better: match statistic.better {
                survey::Better::Higher => Some(Better::Higher),
                survey::Better::Lower => Some(Better::Lower),
                survey::Better::None => None,
            },
            se: None,
            low: None,
            high: None,
            confidence: self.known.confidence.level(),
            method: None,
            base: None,
            base_weighted: None,
            base_effective: None,
            degrees_of_freedom: None,
            base_kish: None,
            design_effect_kish: None,
            flag: None,
            target: None,
            target_verdict: None,
        }
    }
}

fn set_base(estimate: &mut Estimate, base: Option<u64>) {
    estimate.base = base;
    estimate.base_weighted = base.map(|base| base as f64);
    estimate.base_effective = estimate.base_weighted;
}
