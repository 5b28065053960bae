//! Items of a checklist: how much of what is asked for is there, by the judgement of whoever went through it.
//!
//! Yes counts one, partly one half and no nothing; what does not apply is out of the base. That partly is worth a half is
//! a convention, so the share of yes alone stands beside it. There is no interval: all items are judged, and whoever
//! judges them is no sample of anybody.

use indexmap::IndexMap;

use crate::report::{Better, Estimate, Flag, Unit};
use crate::survey::{Best, Headline, Measure, Missing, Scale};
use crate::tally::{Count, Counts};

use super::context::Context;
use super::figure::Figure;
use super::rounding::rounded;
use super::sheet::{Sheet, Statistic};

/// The judgements of one item, or of several together.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Fulfilment {
    /// Yes.
    pub yes: Count,
    /// Partly.
    pub partly: Count,
    /// No.
    pub no: Count,
    /// How often the item does not apply.
    pub not_applicable: u64,
    /// How often there is no answer that is known: blank, don't know, or a text that nobody knows.
    pub unanswered: u64,
}

impl Fulfilment {
    /// The judgements of an item on a scale of two or three points; `None` for other counts.
    pub fn of(scale: &Scale, counts: &Counts) -> Option<Self> {
        let Counts::Single(found) = counts else { return None };
        let mut points: Vec<Count> = found.points.clone();
        points.resize(scale.points(), Count::default());
        if scale.best == Best::Low {
            points.reverse();
        }
        let (no, partly, yes) = match points.as_slice() {
            [no, partly, yes] => (*no, *partly, *yes),
            [no, yes] => (*no, Count::default(), *yes),
            _ => return None,
        };
        let rows = |reason| counts.missing(reason).n;
        let unanswered = rows(Missing::Blank) + rows(Missing::DontKnow) + rows(Missing::Invalid);
        Some(Self { yes, partly, no, not_applicable: rows(Missing::NotApplicable), unanswered })
    }

    /// Adds other judgements.
    pub fn add(&mut self, other: &Self) {
        let both = |one: Count, other: Count| Count {
            n: one.n + other.n,
            w: one.w + other.w,
            w2: one.w2 + other.w2,
        };
        self.yes = both(self.yes, other.yes);
        self.partly = both(self.partly, other.partly);
        self.no = both(self.no, other.no);
        self.not_applicable += other.not_applicable;
        self.unanswered += other.unanswered;
    }

    /// How many judgements the figures rest on: yes, partly and no.
    pub fn base(&self) -> u64 {
        self.yes.n + self.partly.n + self.no.n
    }

    /// Yes and half of partly, percent of yes, partly and no; `None` without any of them.
    pub fn fulfilled(&self) -> Option<f64> {
        self.percent(self.yes.w + self.partly.w / 2.0)
    }

    /// Yes alone, percent of yes, partly and no; `None` without any of them.
    pub fn fulfilled_strictly(&self) -> Option<f64> {
        self.percent(self.yes.w)
    }

    fn percent(&self, met: f64) -> Option<f64> {
        let all = self.yes.w + self.partly.w + self.no.w;
        (all > 0.0).then(|| rounded(100.0 * met / all)).flatten()
    }
}

/// What is met, strictly met, and how often each answer was given; nothing where the counts are not of an item.
pub(super) fn figures(sheet: &Sheet, scale: &Scale, counts: &Counts) -> Vec<Estimate> {
    let Some(found) = Fulfilment::of(scale, counts) else { return Vec::new() };
    let effective = sheet.base.n as f64;
    estimates(&found, |statistic, value| {
        // All items are judged, so the value itself meets a target or does not.
        sheet.estimate(statistic, value.map(|value| Figure::bare(value, effective, Flag::Census)))
    })
}

/// The estimates of items judged together, under an id of their own; segment and wave are the caller's.
pub fn fulfilment_estimates(id: &str, found: &Fulfilment, context: &Context) -> Vec<Estimate> {
    let base = found.base();
    let weight = found.yes.w + found.partly.w + found.no.w;
    estimates(found, |statistic, value| Estimate {
        question: id.to_owned(),
        measure: Measure::Checklist.name().to_owned(),
        statistic: statistic.name.to_owned(),
        headline: statistic.name == Headline::Fulfilled.name(),
        segment: IndexMap::new(),
        wave: None,
        value: value.and_then(rounded),
        unit: statistic.unit,
        better: statistic.better,
        se: None,
        low: None,
        high: None,
        confidence: context.confidence.level(),
        method: None,
        base: Some(base),
        base_weighted: rounded(if context.weighted { weight } else { base as f64 }),
        base_effective: value.map(|_| base as f64),
        degrees_of_freedom: None,
        base_kish: None,
        design_effect_kish: None,
        flag: Some(if value.is_some() { Flag::Census } else { Flag::NoAnswers }),
        target: None,
        target_verdict: None,
    })
}

/// The estimates of judgements, made one by one from the statistic and its value.
fn estimates(
    found: &Fulfilment,
    mut estimate: impl FnMut(Statistic, Option<f64>) -> Estimate,
) -> Vec<Estimate> {
    let any = found.base() > 0;
    let count = |count: Count| any.then_some(count.n as f64);
    let number = |name, better| Statistic { name, unit: Unit::Count, better, range: None };
    vec![
        estimate(Statistic::percent("fulfilled", Some(Better::Higher)), found.fulfilled()),
        estimate(Statistic::percent("fulfilled_strictly", Some(Better::Higher)), found.fulfilled_strictly()),
        estimate(number("yes", Some(Better::Higher)), count(found.yes)),
        estimate(number("partly", None), count(found.partly)),
        estimate(number("no", Some(Better::Lower)), count(found.no)),
    ]
}

#[cfg(test)]
mod tests {
    use super::Fulfilment;
    use crate::measures::figures;
    use crate::measures::sample::{self, single};
    use crate::report::{Better, Flag, TargetVerdict, Unit};
    use crate::survey::{Best, Measure, Missing, Scale};
    use crate::tally::Counts;

    fn of(points: &[u64]) -> Fulfilment {
        let question = sample::question("a", Measure::Checklist);
        Fulfilment::of(question.scale.as_ref().unwrap(), &single(points)).unwrap()
    }

    #[test]
    fn partly_counts_half_and_the_stricter_figure_only_yes() {
        // 3 no, 2 partly, 5 yes: (5 + 1) / 10 and 5 / 10.
        let found = of(&[3, 2, 5]);
        assert_eq!((found.fulfilled(), found.fulfilled_strictly()), (Some(60.0), Some(50.0)));
        assert_eq!((found.yes.n, found.partly.n, found.no.n, found.base()), (5, 2, 3, 10));
        assert_eq!((of(&[0, 0, 0]).fulfilled(), of(&[0, 0, 0]).base()), (None, 0));
    }

    #[test]
    fn what_does_not_apply_is_out_of_the_base_and_unanswered_is_never_met() {
        let mut counts = single(&[1, 0, 1]);
        if let Counts::Single(counts) = &mut counts {
            for (reason, missing) in counts.missing.iter_mut().enumerate() {
                *missing = sample::rows(reason as u64 + 1);
            }
        }
        let question = sample::question("a", Measure::Checklist);
        let found = Fulfilment::of(question.scale.as_ref().unwrap(), &counts).unwrap();
        assert_eq!(found.fulfilled(), Some(50.0));
        // Each reason has rows of its own; those who were not asked are in none of the two.
        let missing = |reason| counts.missing(reason).n;
        assert_eq!(found.not_applicable, missing(Missing::NotApplicable));
        let unanswered =
            [Missing::Blank, Missing::DontKnow, Missing::Invalid].map(missing).iter().sum::<u64>();
        assert_eq!(found.unanswered, unanswered);
    }

    #[test]
    fn a_scale_may_have_two_points_and_its_best_end_low() {
        let mut scale = Scale::new("met", 0, 1);
        let two = Fulfilment::of(&scale, &single(&[1, 3])).unwrap();
        assert_eq!((two.fulfilled(), two.partly.n), (Some(75.0), 0));
        scale.best = Best::Low;
        assert_eq!(Fulfilment::of(&scale, &single(&[1, 3])).unwrap().fulfilled(), Some(25.0));
        assert_eq!(Fulfilment::of(&Scale::new("five", 1, 5), &single(&[1, 1, 1, 1, 1])), None);
    }

    #[test]
    fn estimates_have_no_interval_and_a_target_is_judged_by_the_value() {
        let mut question = sample::question("a", Measure::Checklist);
        question.target = Some(60.0);
        let found = figures(&question, &single(&[3, 2, 5]), &[], &sample::context()).unwrap();
        let names: Vec<&str> = found.iter().map(|estimate| estimate.statistic.as_str()).collect();
        assert_eq!(names, ["fulfilled", "fulfilled_strictly", "yes", "partly", "no"]);
        let met = &found[0];
        assert_eq!(
            (met.value, met.unit, met.headline, met.base),
            (Some(60.0), Unit::Percent, true, Some(10))
        );
        assert_eq!(
            (met.low, met.high, met.se, met.method.as_deref(), met.flag),
            (None, None, None, None, Some(Flag::Census))
        );
        assert_eq!(met.target_verdict, Some(TargetVerdict::Met));
        assert_eq!(
            (found[4].value, found[4].unit, found[4].better),
            (Some(3.0), Unit::Count, Some(Better::Lower))
        );
        let nothing = figures(&question, &single(&[0, 0, 0]), &[], &sample::context()).unwrap();
        assert!(
            nothing.iter().all(|estimate| (estimate.value, estimate.flag) == (None, Some(Flag::NoAnswers)))
        );
        assert_eq!(nothing[0].target_verdict, Some(TargetVerdict::CannotTell));
    }
}
