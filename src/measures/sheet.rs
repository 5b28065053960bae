//! From a computed figure to an estimate of the report: units, limits on the scale, bases, flags, target.

use indexmap::IndexMap;

use crate::report::{Better, Estimate, Flag, Unit};
use crate::stats::kish;
use crate::survey::Question;
use crate::tally::Count;

use super::context::{Context, degrees_of_freedom};
use super::direction::judged;
use super::figure::Figure;
use super::interval::printed;
use super::rounding::rounded;
use super::target::verdict;

/// The estimates of one question in one stratum take their common parts from here.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sheet<'a> {
    pub(super) question: &'a Question,
    pub(super) context: &'a Context<'a>,
    /// Who answered the question.
    pub(super) base: Count,
}

/// What a statistic is, apart from its value.
#[derive(Clone, Copy, Debug)]
pub(super) struct Statistic<'a> {
    pub(super) name: &'a str,
    pub(super) unit: Unit,
    /// Which way is good by itself.
    pub(super) better: Option<Better>,
    /// The least and the greatest possible figure.
    pub(super) range: Option<(f64, f64)>,
}

impl Statistic<'_> {
    /// A share in percent.
    pub(super) fn percent(name: &str, better: Option<Better>) -> Statistic<'_> {
        Statistic { name, unit: Unit::Percent, better, range: Some((0.0, 100.0)) }
    }

    /// A difference of two shares in points.
    pub(super) fn points(name: &str, better: Option<Better>) -> Statistic<'_> {
        Statistic { name, unit: Unit::Points, better, range: Some((-100.0, 100.0)) }
    }
}

impl Sheet<'_> {
    /// The estimate; a figure that does not exist is null with a flag.
    pub(super) fn estimate(&self, statistic: Statistic, figure: Option<Figure>) -> Estimate {
        let headline = self.question.headline.is_some_and(|headline| headline.name() == statistic.name);
        let mut estimate = self.empty(statistic, headline);
        let Some(figure) = figure else { return estimate };
        estimate.value = rounded(figure.value);
        estimate.se = figure.se.and_then(rounded);
        estimate.base_effective = rounded(figure.effective);
        if let Some(limits) = figure.interval {
            let printed = printed(limits, figure.value, statistic.range);
            estimate.low = rounded(printed.low);
            estimate.high = rounded(printed.high);
            let extended = if printed.extended { ", extended" } else { "" };
            estimate.method = Some(format!("{}{extended}", figure.method));
        }
        let by_rows = degrees_of_freedom(self.base.n);
        estimate.degrees_of_freedom = figure.df.filter(|df| (df - by_rows).abs() > 1e-9).and_then(rounded);
        let small = figure.effective < self.context.flag_below as f64;
        estimate.flag = figure.flag.or(small.then_some(Flag::SmallBase));
        // One answer that outweighs all others by far is as good as no variation: no width by accident.
        let flat = estimate.low.zip(estimate.high).is_some_and(|(low, high)| low >= high);
        if flat && !may_be_flat(figure.method) {
            (estimate.se, estimate.low, estimate.high, estimate.method) = (None, None, None, None);
            estimate.flag = Some(Flag::NoVariation);
        }
        if let (true, Some(target), Some(better)) = (headline, self.question.target, estimate.better) {
            let limits = match estimate.flag {
                Some(Flag::Census) => estimate.value.zip(estimate.value),
                _ => estimate.low.zip(estimate.high),
            };
            estimate.target_verdict = Some(verdict(limits, target, better));
        }
        estimate
    }

    fn empty(&self, statistic: Statistic, headline: bool) -> Estimate {
        let kish = if self.context.weighted { kish(self.base.n, self.base.w, self.base.w2) } else { None };
        let target = if headline { self.question.target } else { None };
        let better = judged(self.question, statistic.better);
        Estimate {
            question: self.question.id.clone(),
            measure: self.question.measure.name().to_owned(),
            statistic: statistic.name.to_owned(),
            headline,
            segment: IndexMap::new(),
            wave: None,
            value: None,
            unit: statistic.unit,
            better,
            se: None,
            low: None,
            high: None,
            confidence: self.context.confidence.level(),
            method: None,
            base: Some(self.base.n),
            base_weighted: rounded(if self.context.weighted { self.base.w } else { self.base.n as f64 }),
            base_effective: None,
            degrees_of_freedom: None,
            base_kish: kish.and_then(|kish| rounded(kish.effective_n)),
            design_effect_kish: kish.and_then(|kish| rounded(kish.design_effect)),
            flag: Some(Flag::NoAnswers),
            target,
            // Without a figure nobody can tell.
            target_verdict: target.zip(better).map(|(target, better)| verdict(None, target, better)),
        }
    }
}

/// A Wald interval that was asked for, and the limits of a median of tied answers.
fn may_be_flat(method: &str) -> bool {
    method.starts_with("wald") || method.starts_with("woodruff")
}
